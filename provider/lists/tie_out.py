"""Does the list agree with itself: rows with sections, page sums, total and words; and with its sender's letter."""

from collections.abc import Sequence
from dataclasses import dataclass

from provider.figures import count, dong
from provider.lists.problems import Problem
from provider.lists.reading.listed import ReadList, ReadRow, Total
from provider.money import Money


@dataclass(frozen=True, slots=True)
class SectionTie:
    """A section: what it declares (in its own line or the line that closes it) and what its rows add up to."""

    sheet: str
    row: int
    title: str
    declared_people: int | None
    declared_amount: Money | None
    found_people: int
    found_amount: Money

    @property
    def ties(self) -> bool:
        return self.declared_amount in (None, self.found_amount) and self.declared_people in (None, self.found_people)


@dataclass(frozen=True, slots=True)
class TieOut:
    """``…_found`` count every row of a person, ``good_…`` those that can be paid.

    ``ties_out`` is false as soon as one declared figure says something else. Rows that cannot be paid are said beside
    it: they stand in the file, so its sums include them."""

    people_found: int
    total_found: Money
    good_people: int
    good_total: Money
    declared_people: int | None
    declared_amount: Money | None
    words_amount: Money | None
    sections: tuple[SectionTie, ...]
    differences: tuple[Problem, ...]

    @property
    def ties_out(self) -> bool:
        return not any(problem.code not in _ONLY_SAID for problem in self.differences)

    @property
    def compared(self) -> bool:
        """Whether there was anything to compare with."""
        return any(each is not None for each in (self.declared_people, self.declared_amount, self.words_amount))


_ONLY_SAID = frozenset({"nothing_declared", "ties_without_struck_out", "rows_left_out"})


def tie_out(
    read: ReadList,
    good_rows: Sequence[ReadRow],
    *,
    sent_people: int | None = None,
    sent_amount: Money | None = None,
) -> TieOut:
    """Compare a list with itself; ``sent_…`` is what the letter or the upload form declares."""
    totals = [row.total.dong if row.total is not None else 0 for row in read.rows]
    found, people = sum(totals), len(read.rows)
    good = sum(row.total.dong for row in good_rows if row.total is not None)
    differences: list[Problem] = []
    _whole(read, people, found, sent_people, sent_amount, differences)
    sections = _sections(read, totals, differences)
    _pages(read, totals, differences)
    if people > len(good_rows):
        left = {"rows": count(people - len(good_rows)), "amount": dong(Money(found - good))}
        differences.append(Problem("rows_left_out", facts=left))
    declared = (read.declared_people, read.declared_amount, read.words_amount, sent_people, sent_amount)
    if all(each is None for each in declared):
        differences.append(Problem("nothing_declared"))
    return TieOut(
        people,
        Money(found),
        len(good_rows),
        Money(good),
        read.declared_people,
        read.declared_amount,
        read.words_amount,
        sections,
        tuple(differences),
    )


def _whole(
    read: ReadList,
    people: int,
    found: int,
    sent_people: int | None,
    sent_amount: Money | None,
    differences: list[Problem],
) -> None:
    line = next((total for total in reversed(read.totals) if total.grand), None)
    sheet, row = (line.sheet, line.row) if line else ("", 0)
    pays = any(each.total is not None for each in read.rows)
    for code, declared in (("people_differ", read.declared_people), ("sent_people_differ", sent_people)):
        if declared is not None and declared != people:
            differences.append(Problem(code, sheet, row, "", {"declared": count(declared), "found": count(people)}))
    before = len(differences)
    for code, amount in (
        ("amount_differs", read.declared_amount),
        ("words_differ", read.words_amount),
        ("sent_amount_differs", sent_amount),
    ):
        if amount is not None and amount.dong != found and pays:
            differences.append(Problem(code, sheet, row, "", _facts(amount, found)))
    struck = [each for each in read.rows if each.struck]
    if len(differences) > before and struck:
        without = found - sum(each.total.dong for each in struck if each.total)
        if read.declared_amount is not None and read.declared_amount.dong == without:
            differences.append(Problem("ties_without_struck_out", facts={"rows": count(len(struck))}))


def _facts(declared: Money, found: int) -> dict[str, str]:
    return {"declared": dong(declared), "found": dong(Money(found)), "difference": dong(Money(found - declared.dong))}


def _sections(read: ReadList, totals: list[int], differences: list[Problem]) -> tuple[SectionTie, ...]:
    amounts, people = [0] * len(read.sections), [0] * len(read.sections)
    for row, total in zip(read.rows, totals, strict=True):
        for index in row.sections:
            amounts[index] += total
            people[index] += 1
    closing: dict[int, Total] = {}
    for line in read.totals:
        if line.section is not None:
            closing[line.section] = line
    ties = []
    for index, section in enumerate(read.sections):
        closed = closing.get(index)
        said: list[tuple[str, int, Money | None]] = [(section.sheet, section.row, section.amount)]
        if closed is not None:
            said.append((closed.sheet, closed.row, closed.amount))
        for sheet, line_row, amount in said:
            if amount is not None and amount.dong != amounts[index]:
                facts = {"title": section.title, **_facts(amount, amounts[index])}
                differences.append(Problem("section_amount_differs", sheet, line_row, "", facts))
        declared_people = section.people if section.people is not None else closed.people if closed else None
        if declared_people is not None and declared_people != people[index]:
            told = {"title": section.title, "declared": count(declared_people), "found": count(people[index])}
            differences.append(Problem("section_people_differ", section.sheet, section.row, "", told))
        declared = section.amount if section.amount is not None else closed.amount if closed else None
        ties.append(
            SectionTie(
                section.sheet,
                section.row,
                section.title,
                declared_people,
                declared,
                people[index],
                Money(amounts[index]),
            )
        )
    return tuple(ties)


def _pages(read: ReadList, totals: list[int], differences: list[Problem]) -> None:
    """Lines that close no section: the sum of a page since the last such line, or a running sum since the beginning."""
    since = 0
    sheet = ""
    for line in read.totals:
        if line.sheet != sheet:
            sheet, since = line.sheet, next((i for i, row in enumerate(read.rows) if row.sheet == line.sheet), 0)
            start = since
        if line.grand or line.section is not None or line.amount is None:
            continue
        page, running = sum(totals[since : line.after]), sum(totals[start : line.after])
        if line.amount.dong not in (page, running):
            facts = {"title": line.title, **_facts(line.amount, page)}
            differences.append(Problem("page_total_differs", line.sheet, line.row, "", facts))
        since = line.after
