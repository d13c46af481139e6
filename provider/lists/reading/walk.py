"""Walks down a sheet and says of every row what it is; data rows become ReadRows, headings between them sections.

Several tables in one sheet, repeated headings, sections within sections, totals, words, signatures.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from provider.clock import Month
from provider.lists.problems import Problem
from provider.lists.reading import headings, people, rows, values
from provider.lists.reading.cells import RowReader
from provider.lists.reading.headings import Heading
from provider.lists.reading.listed import ReadRow, Section, Total
from provider.lists.reading.rows import Kind, Label, Subject
from provider.lists.reading.sections import Sections
from provider.lists.reading.titles import key
from provider.lists.reading.workbook import Sheet
from provider.money import Money
from provider.words import UnclearWords, from_words

_COUNT_BEHIND = re.compile(r"\s*[(:]\s*\d[\d.]*\s*(?:người|đối tượng|suất)?\s*\)?\s*$")
_UPPER_ROWS = 2
_NO_ROW_YET = frozenset({Kind.TITLE, Kind.REMARK, Kind.TAIL})
_HAS_LETTERS = re.compile(r"[^\W\d_]")


class Walk:
    """One pass over one sheet. What it found lies in its fields when ``go`` is done."""

    def __init__(
        self,
        sheet: Sheet,
        raws: Sequence[Sequence[Any]] | None,
        *,
        month: Month | None,
        times: int,
        given: Mapping[str, str] | None = None,
        first_section: int = 0,
        first_row: int = 0,
    ) -> None:
        self.sheet, self.raws = sheet, raws
        self.month, self.times, self.given = month, times, given
        self.first_row = first_row
        self.kinds: list[Kind] = [Kind.TITLE] * len(sheet.rows)
        self.rows: list[ReadRow] = []
        self.sections = Sections(first_section)
        self.totals: list[Total] = []
        self.problems: list[Problem] = []
        self.words: list[Money] = []
        self.tail_people: int | None = None
        self.headings: list[Heading] = []
        self._reader: RowReader | None = None
        self._in_tail = self._after_total = False
        self._texts: dict[Any, str] = {}

    def go(self) -> "Walk":
        sheet, kinds = self.sheet, self.kinds
        grid, numbers, merged = sheet.rows, sheet.numbers, sheet.marks.merged
        raws = self.raws if self.raws is not None else grid
        position, end = 0, len(grid)
        reader: RowReader | None = None
        name_at = number_at = -1
        while position < end:
            row = grid[position]
            if reader is not None:
                name = row[name_at]
                number = row[number_at] if number_at >= 0 else None
                if (
                    type(name) is str
                    and not self._in_tail
                    and (type(number) is float or type(number) is int)
                    and " " in name
                    and reader.has_money(row)
                    and not rows.may_be_no_person(name)
                ):
                    kinds[position] = self._data(reader, row, raws[position], numbers[position])
                    position += 1
                    continue
            if rows.is_empty(row):
                kinds[position] = Kind.EMPTY
                position += 1
                continue
            heading = self._heading_at(position, merged)
            if heading is not None:
                for line in range(heading.first, heading.last + 1):
                    kinds[line] = Kind.HEADING
                if (
                    reader is None
                    or heading.meanings() != reader.heading.meanings()
                    or _places(heading) != _places(reader.heading)
                ):
                    reader = self._start_block(heading)
                    name_at = reader.at.get("name", reader.at.get("family_name", -1))
                    number_at = reader.at.get("number", -1)
                self._in_tail = False
                position = heading.last + 1
                if (
                    position < end
                    and headings.is_column_numbers(grid[position])
                    and not self._is_person(reader, grid[position])
                ):
                    kinds[position] = Kind.NUMBERS
                    position += 1
                continue
            if reader is not None:
                kinds[position] = self._classify(reader, row, raws[position], numbers[position], position)
            position += 1
        return self

    def _heading_at(self, position: int, merged: Sequence[tuple[int, int, int, int]]) -> Heading | None:
        row = self.sheet.rows[position]
        if self.given is not None:
            wanted = int(self.given.get("row", 0) or 0)
            if wanted:
                if self.sheet.numbers[position] == wanted:
                    last = int(self.given.get("last_row", wanted) or wanted)
                    bottom = position + max(0, min(last - wanted, 3))
                    return headings.understand(
                        self.sheet.rows, position, bottom, merged, times=self.times, given=self.given
                    )
                if not self.headings:
                    return None
        if not headings.looks_like_heading(row):
            return None
        floor = position
        while floor > 0 and position - floor < _UPPER_ROWS and self.kinds[floor - 1] in _NO_ROW_YET:
            floor -= 1
        found = headings.at(self.sheet.rows, position, merged, times=self.times, floor=floor)
        taken = set(self.sheet.numbers[found.first : position])
        if taken:
            self.problems = [each for each in self.problems if each.row not in taken]
        if self.given is not None:
            return headings.understand(
                self.sheet.rows, found.first, found.last, merged, times=self.times, given=self.given
            )
        return found

    def _start_block(self, heading: Heading) -> RowReader:
        heading = self._by_content(heading)
        self.headings.append(heading)
        reader = RowReader(self.sheet.name, heading, self.sheet.marks, self.month)
        width = max((column.index for column in heading.columns), default=0) + 1
        for row in self.sheet.rows:
            if len(row) < width:
                row.extend([""] * (width - len(row)))
        number = self.sheet.numbers[heading.first]
        for code, facts, letter in heading.doubts:
            self.problems.append(Problem(code, self.sheet.name, number, letter, facts))
        for column in heading.columns:
            if not column.meaning and column.title and not column.title.isdigit():
                facts = {"title": column.title[:80]}
                self.problems.append(Problem("heading_partly_unknown", self.sheet.name, number, column.letter, facts))
        self._reader = reader
        return reader

    def _by_content(self, heading: Heading) -> Heading:
        """ "ĐT" is a telephone or a category: what stands below decides."""
        columns = list(heading.columns)
        for place, column in enumerate(columns):
            if column.meaning != "phone_or_benefit":
                continue
            cells = [
                row[column.index]
                for row in self.sheet.rows[heading.last + 1 : heading.last + 60]
                if column.index < len(row)
            ]
            filled = [values.as_text(cell) for cell in cells if cell not in ("", None)]
            phones = sum(1 for text in filled if sum(letter.isdigit() for letter in text) >= 8)
            meaning = "phone" if phones * 2 > len(filled) else "benefit"
            if any(other.meaning == meaning for other in columns):
                meaning = ""
            columns[place] = headings.Column(column.index, column.title, meaning, column.times)
        return Heading(heading.first, heading.last, tuple(columns), heading.doubts)

    # -- one row

    def _is_person(self, reader: RowReader, row: Sequence[Any]) -> bool:
        return people.looks_like_name(reader.name_text(row))

    def _classify(self, reader: RowReader, row: Sequence[Any], raw: Sequence[Any], number: int, position: int) -> Kind:
        found = headings.texts(row)
        name = reader.name_text(row)
        first = found[0][1] if found else ""
        identified = reader.is_identified(row)
        if not identified:
            kind = self._closing_row(reader, row, found, number)
            if kind is not None:
                return kind
        money = reader.has_money(row)
        order = reader.text(row, "number")
        a_person = bool(name) and (identified or money) and (identified or order.isdigit() or not self._in_tail)
        if self._in_tail and not a_person:
            return Kind.TAIL
        if self.rows and not a_person and any(rows.is_tail(text) for _, text in found):
            self._in_tail = True
            self._note_people(found)
            return Kind.TAIL
        self._in_tail = False
        if name and (identified or (reader.has_components(row) and not self._is_section(reader, row, name, order))):
            return self._data(reader, row, raw, number)
        if self._is_section(reader, row, name or first, order):
            return self._section(reader, row, name or first, order, number)
        if not identified and not money and headings.is_column_numbers(row):
            return Kind.NUMBERS
        if name:
            if not money and not order.isdigit() and (self._after_total or len(found) == 1):
                return self._remark(name, number)
            return self._data(reader, row, raw, number)
        if identified or (money and order.isdigit()):
            return self._data(reader, row, raw, number)
        if money:
            return self._bare_figures(reader, row, raw, number, position)
        return self._remark(" ".join(text for _, text in found), number)

    def _closing_row(
        self, reader: RowReader, row: Sequence[Any], found: list[tuple[int, str]], number: int
    ) -> Kind | None:
        """A total or the line in words; None when it is neither."""
        words = [text for _, text in found if _HAS_LETTERS.search(text)]
        for place, text in enumerate(words[:3]):
            if rows.is_words(text):
                self._words(text, words[place + 1 :], number)
                self._after_total = True
                return Kind.WORDS
            if place and not _is_label(words[place - 1]):
                break
            kind = rows.total_kind(text)
            if kind:
                return self._total(reader, row, text, kind == "grand", found, number)
        return None

    def _total(
        self, reader: RowReader, row: Sequence[Any], text: str, grand: bool, found: list[tuple[int, str]], number: int
    ) -> Kind:
        amount = reader.sum_of(row)
        count = rows.people_in(" ".join(text for _, text in found))
        order = reader.text(row, "number")
        if count is None and order.isdigit():
            count = int(order)
        if reader.total is not None and amount is None:
            cell = values.as_text(row[reader.total[0]]).strip()
            if cell and any(letter.isdigit() for letter in cell):
                letter = reader.letters["total"]
                self.problems.append(Problem("total_unclear", self.sheet.name, number, letter, {"text": cell[:60]}))
        section = self.sections.closed_by(text) if not grand else None
        if grand and self.sections.open and self.sections.is_closed_by(text):
            grand, section = False, self.sections.open[-1]
        self.totals.append(
            Total(self.sheet.name, number, text[:120], grand, count, amount, section, self.first_row + len(self.rows))
        )
        self._after_total = grand
        return Kind.TOTAL if grand else Kind.SUBTOTAL

    def _words(self, text: str, more: list[str], number: int) -> None:
        said = text if ":" not in text or text.split(":", 1)[1].strip(" .") else " ".join([text, *more])
        if said.strip().rstrip(":").lower().endswith("chữ") and more:
            said = " ".join([text, *more])
        try:
            self.words.append(Money(from_words(_only_words(said))))
        except UnclearWords:
            if re.sub(r"[\W_]", "", key(_only_words(said))):
                self.problems.append(Problem("words_unclear", self.sheet.name, number, "", {"text": said[:160]}))

    def _note_people(self, found: list[tuple[int, str]]) -> None:
        for _, text in found:
            count = rows.people_in(text)
            if count and "danh sach" in key(text):
                self.tail_people = count

    # -- sections

    def _is_section(self, reader: RowReader, row: Sequence[Any], text: str, order: str) -> bool:
        if not text or reader.is_identified(row):
            return False
        label = rows.label_of(order) if order else None
        if not reader.name_text(row):  # its words stand in another column, merged over the table
            merged_label, _, rest = rows.split_label(text)
            known = rows.subject_of(rest) is not Subject.OTHER
            return (merged_label is not Label.NONE and bool(re.search(r"[^\W\d_]{2}", rest))) or known
        if reader.text(row, "coefficient"):
            return False
        if label in (Label.ROMAN, Label.CAPITAL, Label.SMALL, Label.SIGN):
            return True
        subject = rows.subject_of(text)
        if subject in (Subject.COMMUNE, Subject.HAMLET):
            return True
        if subject is Subject.CATEGORY and not people.looks_like_name(text):
            return True
        own, _, rest = rows.split_label(text)
        if own in (Label.ROMAN, Label.CAPITAL, Label.SMALL) and len(rest) > 2 and not order.isdigit():
            return True
        if subject is Subject.CATEGORY and text.isupper() and not order.isdigit():
            return True
        if (
            not order.isdigit()
            and not reader.has_components(row)
            and not people.looks_like_name(text)
            and len(text.split()) > 1
        ):
            return reader.total_of(row) is not None
        return self._adds_up_below(reader, row)

    def _adds_up_below(self, reader: RowReader, row: Sequence[Any]) -> bool:
        """A name-like line with nothing but a total that is the sum of the rows below it ("HẢI LỆ … 213.750.000")."""
        amount = reader.total_of(row)
        if amount is None or reader.has_components(row) or not reader.amounts:
            return False
        position = next((i for i, each in enumerate(self.sheet.rows) if each is row), None)
        if position is None:
            return False
        added = count = 0
        for below in self.sheet.rows[position + 1 :]:
            if reader.has_components(below):
                added += (reader.total_of(below) or Money(0)).dong
                count += 1
                if added >= amount.dong:
                    break
        return count >= 1 and added == amount.dong

    def _section(self, reader: RowReader, row: Sequence[Any], text: str, order: str, number: int) -> Kind:
        label = (rows.label_of(order) if order else None) or Label.NONE
        mark, title = order if label is not Label.NONE else "", text
        if label is Label.NONE or not reader.name_text(row):
            own, own_mark, rest = rows.split_label(text)
            if own is not Label.NONE:
                label, mark, title = own, own_mark, rest
        title = people.tidy(title)
        whole = " ".join(t for _, t in headings.texts(row))
        section = Section(
            self.sheet.name,
            number,
            _COUNT_BEHIND.sub("", title).strip(" :;") or title,
            mark.strip(".) "),
            label,
            rows.subject_of(title),
            rows.people_in(whole),
            reader.sum_of(row),
        )
        self.sections.enter(section)
        self._after_total = False
        return Kind.SECTION

    # -- data

    def _data(self, reader: RowReader, row: Sequence[Any], raw: Sequence[Any], number: int) -> Kind:
        known = self._texts
        words = tuple([cell if type(cell) is str else known.get(cell) or self._text(cell) for cell in raw])
        of = self.sections
        self.rows.append(reader.read(row, number, words, tuple(of.open), of.commune, of.category, of.hamlet))
        return Kind.DATA

    def _text(self, cell: Any) -> str:
        """The words of a cell, remembered; a tick box is no number."""
        text = values.as_text(cell)
        if type(cell) is not bool and len(self._texts) < 50_000:
            self._texts[cell] = text
        return text

    def _bare_figures(
        self, reader: RowReader, row: Sequence[Any], raw: Sequence[Any], number: int, position: int
    ) -> Kind:
        """Figures without a word: a sum that nobody named when it is one, else a person whose name is missing."""
        amount = reader.sum_of(row)
        start = self.totals[-1].after - self.first_row if self.totals else 0
        sums = {
            sum(each.total.dong for each in self.rows[start:] if each.total),
            sum(each.total.dong for each in self.rows if each.total),
        }
        if amount is not None and amount.dong in sums and self.rows:
            after = self.first_row + len(self.rows)
            self.totals.append(Total(self.sheet.name, number, "", False, None, amount, None, after))
            return Kind.SUBTOTAL
        return self._data(reader, row, raw, number)

    def _remark(self, text: str, number: int) -> Kind:
        if self._after_total:
            return Kind.TAIL
        if self.rows or self.sections.all:
            self.problems.append(Problem("text_outside_table", self.sheet.name, number, "", {"text": text[:160]}))
        return Kind.REMARK


def _places(heading: Heading) -> list[tuple[int, str]]:
    return [(column.index, column.meaning) for column in heading.columns if column.meaning]


def _is_label(text: str) -> bool:
    return rows.label_of(text) is not None


_SAID = re.compile(r"b[ằăa]ng\s+ch[ữưu]\s*[:;.\-]?\s*", re.IGNORECASE)


def _only_words(text: str) -> str:
    """What stands behind "bằng chữ", without the brackets around it."""
    match = _SAID.search(text)
    said = text[match.end() :] if match else text
    return said.strip(" ()[].;:/")
