"""Which rows are the heading of a table, and what each column means.

The heading is found by its words, in any order of columns, over one to three rows with merged cells or with cells that
only look merged. Where two columns claim the same meaning the claim is settled here, and said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from provider.lists.reading.synonyms import AMOUNTS, LABELS, OF_ANOTHER, PEOPLE_WORDS, SYNONYMS, UNDER
from provider.lists.reading.titles import MILLIONS, THOUSANDS, key, likely_meaning, meaning_of
from provider.lists.reading.xlsx_marks import column_letters
from provider.names import fold

DEPTH: Final = 40
"""The heading stands among the first rows; so deep we look for the first one."""

_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-Za-zĐđ]|[a-z]\d)\s*\)?(?:\s*=.*)?")
_FORMULA_IN_WORDS = re.compile(r"\(?\d{1,2}\s*=\s*[\d\s()+\-*/x×.]+\)?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column as understood: ``meaning`` is a key of synonyms.LABELS or "" when nothing was understood."""

    index: int
    title: str
    meaning: str
    times: int = 1
    """what one unit of an amount in it is worth in đồng: 1, or 1.000 for nghìn đồng"""

    @property
    def letter(self) -> str:
        return column_letters(self.index)


@dataclass(frozen=True, slots=True)
class Heading:
    """``first`` and ``last`` are positions in the sheet's rows; ``doubts`` are (code, facts, column letter)."""

    first: int
    last: int
    columns: tuple[Column, ...]
    doubts: tuple[tuple[str, Mapping[str, Any], str], ...] = ()

    @property
    def signature(self) -> str:
        """The shape of the heading, by which a mapping made by hand is remembered for the next file."""
        return "|".join(f"{column.letter}:{key(column.title)}" for column in self.columns if column.title)

    def meanings(self) -> set[str]:
        return {column.meaning for column in self.columns}


def texts(row: Sequence[Any]) -> list[tuple[int, str]]:
    """(column, text) of the cells that hold words."""
    return [(index, cell.strip()) for index, cell in enumerate(row) if type(cell) is str and cell.strip()]


def looks_like_heading(row: Sequence[Any]) -> bool:
    """Three columns or more that say what they are, one of them the name (or four and an amount), and no figures."""
    meanings = set()
    for index, cell in enumerate(row):
        if type(cell) is str:
            if cell:
                found = meaning_of(cell.strip())
                if found:
                    meanings.add(found)
        elif cell is not None and index > 1:
            return False
    if len(meanings) < 3:
        return False
    if meanings & {"name", "family_name"}:
        return True
    return len(meanings) >= 4 and bool(meanings & {"total", "allowance", "number"})


def is_column_numbers(row: Sequence[Any]) -> bool:
    """The row ``A B 1 2 3=1+2`` under a heading: at least 60 per cent of its cells are such marks."""
    marks = filled = 0
    for cell in row:
        if type(cell) is str:
            text = cell.strip()
            if not text:
                continue
            filled += 1
            if len(text) <= 40 and (_COLUMN_NUMBER.fullmatch(text) or _FORMULA_IN_WORDS.fullmatch(text)):
                marks += 1
        elif type(cell) in (int, float):
            filled += 1
            if 0 < cell < 60 and cell == int(cell):
                marks += 1
        elif cell is not None:
            filled += 1
    return filled >= 3 and marks * 10 >= filled * 6


def find(
    rows: Sequence[Sequence[Any]],
    start: int,
    merged: Sequence[tuple[int, int, int, int]],
    *,
    depth: int = DEPTH,
    times: int = 1,
) -> Heading | None:
    """The first heading at or after row position ``start``; None when there is none within ``depth`` rows."""
    for position in range(start, min(len(rows), start + depth)):
        if looks_like_heading(rows[position]):
            return at(rows, position, merged, times=times)
    return None


def at(
    rows: Sequence[Sequence[Any]],
    position: int,
    merged: Sequence[tuple[int, int, int, int]],
    *,
    times: int = 1,
    floor: int = 0,
) -> Heading:
    """The heading around a row that looks like one: extended upwards (not above ``floor``) and downwards."""
    first, last = position, position
    name_column = next((i for i, text in texts(rows[position]) if meaning_of(text) in ("name", "family_name")), None)
    for top, left, bottom, right in merged:
        if top <= position <= bottom and name_column is not None and left <= name_column <= right:
            first, last = min(first, max(top, floor)), max(last, min(bottom, position + 3))
    if first == position and position > floor and _is_upper(rows[position - 1], rows[position]):
        first = position - 1
    while last - first < 3 and last + 1 < len(rows) and _is_lower(rows[last + 1], rows[first : last + 1], name_column):
        last += 1
    return understand(rows, first, last, merged, times=times)


def _is_upper(row: Sequence[Any], below: Sequence[Any]) -> bool:
    """A row of group headings above the row that was found: its words stand over cells that go on below."""
    cells = texts(row)
    if not cells or len(cells) != sum(1 for cell in row if cell not in ("", None)):
        return False
    known = sum(1 for _, text in cells if meaning_of(text))
    return known >= 2 or (known == 1 and len(cells) == 1 and bool(below[cells[0][0]]) and cells[0][0] > 1)


def _is_lower(row: Sequence[Any], above: Sequence[Sequence[Any]], name_column: int | None) -> bool:
    cells = texts(row)
    if not cells or is_column_numbers(row) or len(cells) != sum(1 for cell in row if cell not in ("", None)):
        return False
    if (
        name_column is not None
        and any(index == name_column for index, _ in cells)
        and not _is_name_part(row, name_column)
    ):
        return False
    known = sum(1 for _, text in cells if likely_meaning(text) or key(text) in ("ngay", "thang", "nam"))
    return known * 2 >= len(cells) and (len(cells) > 1 or cells[0][0] > 1)


def _is_name_part(row: Sequence[Any], column: int) -> bool:
    return meaning_of(str(row[column]).strip()) in ("family_name", "name")


def understand(
    rows: Sequence[Sequence[Any]],
    first: int,
    last: int,
    merged: Sequence[tuple[int, int, int, int]],
    *,
    times: int = 1,
    given: Mapping[str, str] | None = None,
) -> Heading:
    """Columns of the heading rows ``first`` to ``last``. ``given`` (letter -> meaning) is what a person decided."""
    width = max((len(row) for row in rows[first : last + 1]), default=0)
    grid = [[_cell(row, column) for column in range(width)] for row in rows[first : last + 1]]
    anchors = [list(range(width)) for _ in grid]
    spanned: set[tuple[int, int]] = set()
    for top, left, bottom, right in merged:
        if top > last or bottom < first or left >= width:
            continue
        text = _cell(rows[top], left) if top >= first else ""
        for line in range(max(top, first), min(bottom, last) + 1):
            for column in range(left, min(right, width - 1) + 1):
                spanned.add((line - first, column))
                grid[line - first][column] = text
                anchors[line - first][column] = left
    for line in range(len(grid) - 1):  # groups that only look merged: text goes right over cells that go on below
        for column in range(1, width):
            if (line, column) in spanned or grid[line][column] or not grid[line + 1][column]:
                continue
            before = grid[line][column - 1]
            if before and grid[line + 1][column - 1] and grid[line + 1][column - 1] != before:
                grid[line][column] = before
    columns = []
    for column in range(width):
        path = _path([grid[line][column] for line in range(len(grid))])
        columns.append(Column(column, " > ".join(path), _meaning(path), _times(path, times)))
    columns = _join_split_names(columns, anchors[-1] if anchors else [])
    if given:
        columns = [replace(column, meaning=given.get(column.letter, column.meaning)) for column in columns]
        return Heading(first, last, tuple(columns))
    columns, doubts = _settle(columns)
    return Heading(first, last, tuple(columns), tuple(doubts))


def _cell(row: Sequence[Any], column: int) -> str:
    if column >= len(row):
        return ""
    value = row[column]
    if type(value) is str:
        return " ".join(value.split())
    if type(value) in (int, float) and value == int(value):
        return str(int(value))
    return ""


def _path(cells: list[str]) -> list[str]:
    path: list[str] = []
    for text in cells:
        if text and (not path or path[-1] != text):
            path.append(text)
    return path


def _times(path: list[str], times: int) -> int:
    for text in reversed(path):
        if THOUSANDS.search(fold(text)):
            return 1_000
        if MILLIONS.search(fold(text)):
            return 1_000_000
        if re.search(r"\((?:dong|d|vnd|dvt:? dong)\)", fold(text)):
            return 1
    return times


def _meaning(path: list[str]) -> str:
    if not path:
        return ""
    leaf = path[-1]
    if len(path) == 1:
        return likely_meaning(leaf)
    upper = " ".join(path[:-1])
    joined = key(" ".join(path))
    if SYNONYMS.get(joined) in ("birth_male", "sex_male", "birth_day", "birth_month") or key(leaf) in (
        "ngay",
        "thang",
        "nam",
    ):
        if likely_meaning(upper) == "birth" and leaf.strip().lower() == "năm":
            return "birth_year"
        if likely_meaning(upper) == "birth" and key(leaf) in ("ngay", "thang"):
            return {"ngay": "birth_day", "thang": "birth_month"}[key(leaf)]
    upper_meaning = likely_meaning(upper)
    lower_meaning = likely_meaning(leaf)
    if any(word in key(upper) for word in PEOPLE_WORDS) or upper_meaning == "payee_name":
        return OF_ANOTHER.get(lower_meaning, "" if lower_meaning else "payee_name")
    if joined in SYNONYMS:
        return SYNONYMS[joined]
    if (upper_meaning, lower_meaning) in UNDER:
        return UNDER[(upper_meaning, lower_meaning)]
    return lower_meaning or likely_meaning(" ".join(path)) or upper_meaning


def _join_split_names(columns: list[Column], anchors: list[int]) -> list[Column]:
    """ "Họ và tên" over two columns holds the family name in the first and the given name in the second."""
    result = list(columns)
    for index in range(1, len(columns)):
        before, here = columns[index - 1], columns[index]
        if here.meaning == "name" and before.meaning in ("name", "family_name"):
            split = before.meaning == "family_name" or (index < len(anchors) and anchors[index] == anchors[index - 1])
            if split:
                result[index - 1] = replace(before, meaning="family_name")
    return result


def _settle(columns: list[Column]) -> tuple[list[Column], list[tuple[str, Mapping[str, Any], str]]]:
    """Columns that claim the same meaning: who keeps it, and what becomes of the other."""
    settled = list(columns)
    doubts: list[tuple[str, Mapping[str, Any], str]] = []

    def places(meaning: str) -> list[int]:
        return [index for index, column in enumerate(settled) if column.meaning == meaning]

    def give(index: int, meaning: str) -> None:
        settled[index] = replace(settled[index], meaning=meaning)

    if places("birth_month") and not places("birth_year"):
        for index in places("birth_male")[:1]:
            give(index, "birth_year")
    for index in places("name")[1:]:
        title = key(settled[index].title)
        if title.startswith("doi tuong") and not places("benefit"):
            give(index, "benefit")
        else:
            give(index, "" if places("payee_name") else "payee_name")
    if not places("name") and not places("family_name") and places("payee_name"):
        give(places("payee_name")[0], "name")  # a list that only says "Người nhận": that is whom it pays
    for index in places("id_number")[1:]:
        give(index, "" if places("payee_id") else "payee_id")
    totals = places("total")
    allowances = places("allowance")
    if not totals and len(allowances) > 1 and key(settled[allowances[-1]].title).startswith(("so tien", "tien")):
        give(allowances.pop(), "total")
    for index in totals[:-1]:
        give(index, "subtotal")
    if len(allowances) > 1 and not all(re.search(r"thang \d", key(settled[index].title)) for index in allowances):
        for index in allowances[:-1]:
            doubts.append(_twice(settled[allowances[-1]], settled[index]))
            give(index, "")
    several = {*AMOUNTS, "", "subtotal", "payee_name", "allowance", "number", "signature", "note"}
    for meaning in {column.meaning for column in settled} - several:
        for index in places(meaning)[1:]:
            doubts.append(_twice(settled[places(meaning)[0]], settled[index]))
            give(index, "")
    return settled, doubts


def _twice(kept: Column, other: Column) -> tuple[str, Mapping[str, Any], str]:
    facts = {"meaning": LABELS.get(kept.meaning, kept.meaning), "kept": kept.letter, "other": other.letter}
    return "column_twice", facts, other.letter
