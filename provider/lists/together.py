"""What only shows when all rows lie side by side: doubles, one account or one representative for many."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

from provider.lists.duplicates import Line, Verdict, verdict
from provider.names import fold

if TYPE_CHECKING:
    from provider.lists.checks import Case

SHOWN_ROWS: Final = 10
SMALL_GROUP: Final = 6


def look_at_all(cases: Sequence["Case"], many: int) -> None:
    """Add to the cases what is wrong between them. ``many``: from how many people on sharing is pointed out."""
    _same_numbers(cases)
    _same_people(cases)
    _shared(cases, many)


def _line(case: "Case") -> Line:
    row, benefit = case.row, case.benefit
    return Line(
        benefit.programme if benefit else case.programme,
        benefit.code if benefit else "",
        fold(f"{row.benefit_text} {row.percent_text}"),
        benefit.kind if benefit else "monthly",
        frozenset(row.components) or frozenset({"allowance"}),
    )


def _same_numbers(cases: Sequence["Case"]) -> None:
    """Rows with one ID number: the same person twice, or one number typed for two people."""
    by_number: dict[str, list[Case]] = {}
    for case in cases:
        number = case.row.id_number
        if number is not None and len(number) in (9, 12):
            by_number.setdefault(number, []).append(case)
    for group in by_number.values():
        if len(group) > 1:
            for first, second in _pairs(group):
                if fold(first.row.name) == fold(second.row.name):
                    _judge(first, second)
                else:
                    for one, other in ((first, second), (second, first)):
                        one.say("same_id_other_name", "id_number", row=_place(one, other), name=other.row.name)


def _pairs(group: Sequence["Case"]) -> Iterator[tuple["Case", "Case"]]:
    """Every two of a small group; in a large one (a number copied down a whole column) each with the first."""
    if len(group) <= SMALL_GROUP:
        yield from combinations(group, 2)
    else:
        yield from ((group[0], other) for other in group[1:])


def _judge(first: "Case", second: "Case") -> None:
    found = verdict(_line(first), _line(second))
    if found is Verdict.ALLOWED:
        return
    for one, other in ((first, second), (second, first)):
        if found is Verdict.TELL:
            programme = other.benefit.programme if other.benefit else other.programme
            one.say(found.value, "name", programme=programme)
        elif found is Verdict.PENSION_AND_BENEFIT:
            one.say(found.value, "name", where=_place(one, other))
        else:
            one.say(found.value, "name", row=_place(one, other))


def _same_people(cases: Sequence["Case"]) -> None:
    """Rows with one name, birth and commune whose numbers differ or are missing."""
    by_person: dict[tuple[str, int, str], list[Case]] = {}
    for case in cases:
        row = case.row
        if row.birth_year is not None and row.name:
            key = (fold(row.name), row.birth_year, case.commune or fold(row.commune))
            by_person.setdefault(key, []).append(case)
    for group in by_person.values():
        if len(group) < 2:
            continue
        for first, second in _pairs(group):
            a, b = first.row, second.row
            exact = a.birth_day is not None and (a.birth_month, a.birth_day) == (b.birth_month, b.birth_day)
            if a.birth_day is not None and b.birth_day is not None and not exact:
                continue
            if a.id_number and b.id_number:
                if a.id_number != b.id_number and exact:
                    for one, other in ((first, second), (second, first)):
                        one.say("same_person_other_id", "id_number", row=_place(one, other))
            elif exact or fold(a.hamlet) == fold(b.hamlet):
                if verdict(_line(first), _line(second)) in (Verdict.ALLOWED, Verdict.TELL):
                    continue
                for one, other in ((first, second), (second, first)):
                    one.say("maybe_double", "name", row=_place(one, other))


def _shared(cases: Sequence["Case"], many: int) -> None:
    accounts: dict[str, list[Case]] = {}
    payees: dict[str, list[Case]] = {}
    for case in cases:
        row = case.row
        if row.account:
            accounts.setdefault(row.account, []).append(case)
        if row.payee_name and fold(row.payee_name) != fold(row.name):
            payees.setdefault(row.payee_id or fold(row.payee_name), []).append(case)
    for group in accounts.values():
        people = {case.person for case in group}
        holders = {fold(case.row.payee_name or case.row.account_holder) for case in group}
        if len(people) > 1 and (len(people) >= many or holders == {""} or len(holders) > 1):
            for case in group:
                case.say("account_of_many", "account", count=len(people), rows=_rows(group))
    for group in payees.values():
        people = {case.person for case in group}
        if len(people) >= many:
            for case in group:
                case.say("payee_of_many", "payee_name", name=case.row.payee_name, count=len(people), rows=_rows(group))


def _place(one: "Case", other: "Case") -> str:
    """The other row's number, with its sheet when it is another one."""
    return str(other.row.row) if one.row.sheet == other.row.sheet else f"{other.row.row} ({other.row.sheet})"


def _rows(group: Iterable["Case"]) -> str:
    numbers = [str(case.row.row) for case in group]
    more = "…" if len(numbers) > SHOWN_ROWS else ""
    return ", ".join(numbers[:SHOWN_ROWS]) + more
