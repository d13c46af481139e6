"""A file as it arrives -> a list as read: its sheets, rows, sections, totals, and what is wrong with it."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from provider.clock import Month
from provider.lists.problems import Problem
from provider.lists.reading import headings, legacy, refusals, rows, values, workbook
from provider.lists.reading.listed import ReadList, ReadRow, ReadSheet, Section, Total
from provider.lists.reading.rows import Kind
from provider.lists.reading.steady import no_collecting
from provider.lists.reading.titles import unit_in
from provider.lists.reading.walk import Walk
from provider.lists.reading.workbook import Sheet
from provider.lists.reading.xlsx_marks import column_number
from provider.money import Money
from provider.names import fold

__all__ = ["Kind", "ReadList", "ReadRow", "ReadSheet", "Section", "Total", "read_list"]

_MONTH = re.compile(r"(ngay[\s.…_\d]*)?\b(?:thang|t) ?\.?(\d{1,2})(?: ?(?:nam|/|-|\.) ?| )(20\d\d)\b")
_SUMMARY = re.compile(r"tong hop|^th\b|^bia\b|bang tong|tong so|^tong$")
_BEYOND: Final = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9\u0300-\u0323]")
_PURPOSES: Final = (
    ("decrease", re.compile(r"\b(?:doi tuong |danh sach |bao |cat )giam\b|thoi huong|dung huong")),
    ("adjust", re.compile(r"dieu chinh|thay doi muc")),
    ("increase", re.compile(r"\b(?:doi tuong |danh sach |bao )tang\b|huong moi|moi huong")),
)


def read_list(
    content: bytes,
    name: str,
    *,
    mapping: Mapping[str, Mapping[str, str]] | None = None,
    month: Month | None = None,
    limit: int = workbook.FILE_LIMIT,
    unpacked_limit: int = workbook.UNPACKED_LIMIT,
) -> ReadList:
    """Read a whole file. Raises the refusals of ``refusals.py`` when there is no list in it at all.

    ``mapping`` is what a person decided about columns: sheet name (or "*" for all) -> {"B": "name", "L": "total",
    "row": "8", "last_row": "9"}; a column mapped to "" is not used. ``month`` is the month the list is taken in for:
    sheets that say another month are then left unread, as long as one says this one.
    """
    with no_collecting():
        book = workbook.open_workbook(content, name, limit=limit, unpacked_limit=unpacked_limit)
        reading = _Reading(mapping or {}, month)
        sheets = list(book.sheets()) if len(book.names) > 1 else None
        if sheets is not None:
            reading.choose(sheets)
        for sheet in sheets if sheets is not None else book.sheets():
            reading.take(sheet)
            sheet.rows = []
        return reading.result(book.kind)


class _Reading:
    def __init__(self, mapping: Mapping[str, Mapping[str, str]], month: Month | None) -> None:
        self.mapping, self.month = mapping, month
        self.skipped: dict[str, Problem] = {}
        self.sheets: list[ReadSheet] = []
        self.rows: list[ReadRow] = []
        self.sections: list[Section] = []
        self.totals: list[Total] = []
        self.words: list[Money] = []
        self.tail_people: list[int] = []
        self.problems: list[Problem] = []
        self.summary: tuple[int | None, Money | None] | None = None
        self.failed = 0

    def choose(self, sheets: list[Sheet]) -> None:
        """Of several sheets: hidden ones and those of another month are not this month's list."""
        visible = [sheet for sheet in sheets if sheet.visible and sheet.rows]
        for sheet in sheets:
            if not sheet.visible and visible:
                self.skipped[sheet.name] = Problem("sheet_hidden", sheet.name, facts={"name": sheet.name})
        months = {sheet.name: _month_of(sheet) for sheet in visible}
        told = {each for each in months.values() if each is not None}
        if len(told) < 2:
            return
        wanted = self.month if self.month in told else None if self.month else max(told)
        if wanted is None:
            return
        for sheet in visible:
            found = months[sheet.name]
            if found is not None and found != wanted:
                facts = {"name": sheet.name, "month": f"{found.number:02}/{found.year}"}
                self.skipped[sheet.name] = Problem("sheet_of_other_month", sheet.name, facts=facts)

    def take(self, sheet: Sheet) -> None:
        if sheet.failed is not None:
            self.failed += 1
            self._leave(sheet, Problem("sheet_failed", sheet.name, facts={"name": sheet.name}))
            return
        if sheet.name in self.skipped:
            self._leave(sheet, self.skipped[sheet.name])
            return
        if not sheet.rows:
            self._leave(sheet, None)
            return
        raws = _to_unicode(sheet)
        given = self.mapping.get(sheet.name) or self.mapping.get("*")
        titles = _titles(sheet)
        month, times = _month_in(titles, sheet.name), _times_in(titles)
        walk = Walk(
            sheet,
            raws,
            month=month or self.month,
            times=times,
            given=given,
            first_section=len(self.sections),
            first_row=len(self.rows),
        ).go()
        if not walk.headings:
            self._without_heading(sheet)
            return
        if sheet.marks.far_cells:
            facts = {"cells": ", ".join(sheet.marks.far_cells[:5])}
            walk.problems.append(Problem("far_cells", sheet.name, facts=facts))
        if self._repeats_others(walk):
            self._leave(sheet, Problem("sheet_repeats_others", sheet.name, facts={"name": sheet.name}), walk)
            return
        if raws is not None:
            _mark_old_fonts(sheet, raws, walk.rows)
        heading = walk.headings[0]
        columns = heading.columns
        self.sheets.append(
            ReadSheet(
                sheet.name,
                True,
                columns,
                heading.signature,
                (sheet.numbers[heading.first], sheet.numbers[heading.last]),
                month,
                times,
                _purpose(titles, heading),
                _numbers(sheet),
                tuple(walk.kinds),
                tuple(titles),
                len(walk.rows),
                _head(sheet, heading.last + 6),
            )
        )
        self.rows.extend(walk.rows)
        self.sections.extend(walk.sections.all)
        self.totals.extend(walk.totals)
        self.words.extend(walk.words)
        self.problems.extend(walk.problems)
        if walk.tail_people:
            self.tail_people.append(walk.tail_people)

    def _leave(self, sheet: Sheet, problem: Problem | None, walk: Walk | None = None) -> None:
        if problem is not None:
            self.problems.append(problem)
        kinds = (
            tuple(walk.kinds)
            if walk
            else tuple(Kind.EMPTY if rows.is_empty(row) else Kind.UNREAD for row in sheet.rows)
        )
        self.sheets.append(
            ReadSheet(
                sheet.name, False, numbers=_numbers(sheet), kinds=kinds, head=_head(sheet, 20), month=_month_of(sheet)
            )
        )

    def _without_heading(self, sheet: Sheet) -> None:
        """A sheet without a heading that we understand: a summary, a cover, or a list in words we do not know."""
        figures = sum(1 for row in sheet.rows for cell in row if type(cell) in (int, float) and cell >= 10_000)
        if _SUMMARY.search(fold(sheet.name)) or _is_summary(sheet):
            self.summary = _declared_by_summary(sheet) or self.summary
            problem = Problem("sheet_is_summary", sheet.name, facts={"name": sheet.name})
        elif figures >= 3:
            problem = Problem("sheet_not_understood", sheet.name, facts={"name": sheet.name})
        elif not any(not rows.is_empty(row) for row in sheet.rows):
            self._leave(sheet, None)
            return
        else:
            problem = Problem("sheet_without_list", sheet.name, facts={"name": sheet.name})
        self._leave(sheet, problem)

    def _repeats_others(self, walk: Walk) -> bool:
        """A sheet "Toàn huyện" that only repeats the people of the sheets before it."""
        read = [sheet for sheet in self.sheets if sheet.read]
        if len(read) < 2 or len(walk.rows) != len(self.rows) or not walk.rows:
            return False
        return Counter(map(_who, walk.rows)) == Counter(map(_who, self.rows))

    def result(self, kind: str) -> ReadList:
        read = [sheet for sheet in self.sheets if sheet.read]
        if not read:
            if self.failed and self.failed == len(self.sheets):
                raise refusals.CutShort()
            raise refusals.NoListInside()
        if len(read) > 2:
            self._drop_first_if_it_repeats(read)
        people, amount = self._declared([sheet for sheet in self.sheets if sheet.read])
        months = Counter(sheet.month for sheet in self.sheets if sheet.read and sheet.month)
        if self.month is not None:
            for month in set(months) - {self.month}:
                facts = {"found": month.label, "expected": self.month.label}
                self.problems.append(Problem("months_differ", facts=facts))
        purposes = Counter(sheet.purpose for sheet in self.sheets if sheet.read)
        return ReadList(
            kind,
            self.sheets,
            self.rows,
            people,
            amount,
            self._said(amount),
            months.most_common(1)[0][0] if months else None,
            purposes.most_common(1)[0][0],
            self.sections,
            self.totals,
            self.problems,
        )

    def _drop_first_if_it_repeats(self, read: list[ReadSheet]) -> None:
        """The same when the sheet of everybody comes first."""
        name = read[0].name
        first = [row for row in self.rows if row.sheet == name]
        others = [row for row in self.rows if row.sheet != name]
        if not first or len(first) != len(others) or Counter(map(_who, first)) != Counter(map(_who, others)):
            return
        gone = sum(1 for section in self.sections if section.sheet == name)
        self.rows = [replace(row, sections=tuple(index - gone for index in row.sections)) for row in others]
        self.sections = [section for section in self.sections if section.sheet != name]
        self.totals = [
            replace(
                total, after=total.after - len(first), section=None if total.section is None else total.section - gone
            )
            for total in self.totals
            if total.sheet != name
        ]
        self.problems = [problem for problem in self.problems if problem.sheet != name]
        self.problems.append(Problem("sheet_repeats_others", name, facts={"name": name}))
        self.sheets = [replace(sheet, read=False) if sheet.name == name else sheet for sheet in self.sheets]

    def _declared(self, read: list[ReadSheet]) -> tuple[int | None, Money | None]:
        """What the file itself says it adds up to: the last grand total of every sheet, else its summary sheet."""
        people: list[int | None] = []
        amounts: list[Money | None] = []
        for sheet in read:
            grand = [total for total in self.totals if total.sheet == sheet.name and total.grand]
            amounts.append(next((total.amount for total in reversed(grand) if total.amount is not None), None))
            people.append(next((total.people for total in reversed(grand) if total.people is not None), None))
        amount = Money.sum(a for a in amounts if a is not None) if all(a is not None for a in amounts) else None
        count = sum(p for p in people if p is not None) if all(p is not None for p in people) else None
        if count is None and self.tail_people and len(self.tail_people) == len(read):
            count = sum(self.tail_people)
        if self.summary is not None and len(read) > 1:
            count = count if count is not None else self.summary[0]
            amount = amount if amount is not None else self.summary[1]
        return count, amount

    def _said(self, amount: Money | None) -> Money | None:
        """The sum in words: one line, or one line per sheet."""
        if not self.words:
            return None
        if len(self.words) == 1:
            return self.words[0]
        read = sum(1 for sheet in self.sheets if sheet.read)
        return Money.sum(self.words) if len(self.words) == read else self.words[-1]


def _who(row: ReadRow) -> tuple[Any, ...]:
    return row.name, row.birth_year, row.id_number, row.total


def _numbers(sheet: Sheet) -> tuple[int, ...] | range:
    return sheet.numbers if isinstance(sheet.numbers, range) else tuple(sheet.numbers)


def _head(sheet: Sheet, depth: int) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(values.as_text(cell) for cell in row) for row in sheet.rows[:depth])


def _titles(sheet: Sheet) -> list[str]:
    """The lines above the first heading, and the heading cells themselves are not among them."""
    titles: list[str] = []
    for row in sheet.rows[: headings.DEPTH]:
        if headings.looks_like_heading(row):
            break
        titles.extend(text for _, text in headings.texts(row))
    return titles


def _month_of(sheet: Sheet) -> Month | None:
    return _month_in(_titles(sheet), sheet.name)


def _month_in(titles: list[str], sheet_name: str) -> Month | None:
    """The month a title names; the date of a letter ("ngày 3 tháng 9 năm 2024") is none."""
    for text in [*titles, sheet_name]:
        for match in _MONTH.finditer(fold(legacy.to_unicode(text)).replace("_", " ")):
            if match[1] is None and 1 <= int(match[2]) <= 12:
                return Month(int(match[3]), int(match[2]))
    return None


def _times_in(titles: list[str]) -> int:
    for text in titles:
        unit = unit_in(legacy.to_unicode(text))
        if unit is not None:
            return unit
    return 1


def _purpose(titles: list[str], heading: headings.Heading) -> str:
    meanings = heading.meanings()
    if "amount_new" in meanings or "coefficient_new" in meanings:
        return "adjust"
    if "stopped_from" in meanings or ("reason" in meanings and not meanings & {"total", "allowance"}):
        return "decrease"
    for text in titles:
        folded = fold(text)
        if "danh sach" in folded or len(titles) < 3:
            for purpose, pattern in _PURPOSES:
                if pattern.search(folded) and "chi tra" not in folded:
                    return purpose
    return "payout"


def _is_summary(sheet: Sheet) -> bool:
    return any("tong hop" in fold(text) for text in _titles(sheet)[:12])


def _declared_by_summary(sheet: Sheet) -> tuple[int | None, Money | None] | None:
    """People and đồng of the total line of a summary sheet: its largest figure is the sum, a small one the people."""
    for row in reversed(sheet.rows):
        found = headings.texts(row)
        if (found and rows.total_kind(found[0][1]) == "grand") or (
            len(found) > 1 and rows.total_kind(found[1][1]) == "grand"
        ):
            figures = [
                money.dong
                for cell in row
                for money in [values.amount(cell)[0]]
                if money is not None and type(cell) is not str
            ]
            if figures:
                small = [figure for figure in figures if 0 < figure < 200_000]
                return (small[0] if small else None), Money(max(figures)) if max(figures) >= 200_000 else None
    return None


def _to_unicode(sheet: Sheet) -> list[list[Any]] | None:
    """Old font text of a sheet becomes Unicode in place; the rows as they were, or None when nothing was old."""
    fonts = sheet.marks.fonts
    doubtful = {
        cell
        for row in sheet.rows
        for cell in row
        if type(cell) is str and not cell.isascii() and _BEYOND.search(cell) is None
    }
    if not fonts and not any(legacy.scheme(cell) for cell in doubtful):
        return None
    texts = list({cell for row in sheet.rows for cell in row if type(cell) is str and cell})
    prior = legacy.prevailing(texts)
    originals = [list(row) for row in sheet.rows]
    for position, row in enumerate(sheet.rows):
        number = sheet.numbers[position]
        for index, cell in enumerate(row):
            if type(cell) is str and cell:
                font = fonts.get((number, index)) if fonts else None
                if font or cell in doubtful:
                    row[index] = legacy.to_unicode(cell, font=font, prior=prior)
    return originals


def _mark_old_fonts(sheet: Sheet, originals: list[list[Any]], read: list[ReadRow]) -> None:
    """Say in each row whose name was converted what stood there."""
    place = {number: position for position, number in enumerate(sheet.numbers)}
    for row in read:
        letter = row.letter("name") or row.letter("family_name")
        if not letter:
            continue
        index = column_number(letter)
        before, after = originals[place[row.row]][index], sheet.rows[place[row.row]][index]
        if before != after:
            row.problems.append(Problem("text_was_old_font", sheet.name, row.row, letter, {"text": str(before)[:80]}))
