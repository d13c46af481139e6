"""Tables as .xlsx ready to sign: title block, merged heads, figures, totals, words, signatures, A4 landscape.

What is written is what was given: text stays text (ID and account numbers keep their zeros, "=1+1" is four characters),
money is a whole number with a number format, totals are figures and not formulas, so that a signed table cannot change
when it is opened. The same values always give the same bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from io import BytesIO
from itertools import groupby

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from provider import figures
from provider.letterhead import Letterhead, PaperMark, Signature
from provider.money import Money
from provider.words import amount_in_words

FACE = "Times New Roman"
A4 = 9
MM_PER_INCH = 25.4
LONGEST_CELL = 32_767
LONGEST_NAME = 31
LONGEST_FOOTER = 110
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_ROWS_TO_SIGN = 5
_MIDNIGHT = time(tzinfo=UTC)
_LONG_AGO = date(2000, 1, 1)

Value = str | int | Money | date | datetime | None


class Kind(StrEnum):
    """What a column holds, which decides how its cells are written and aligned."""

    TEXT = "text"
    MONEY = "money"
    COUNT = "count"
    DAY = "day"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column: its head, a common head over neighbours (``group``), its width in characters.

    A MONEY or COUNT column with ``totalled`` is added up in the total row.
    """

    head: str
    width: float = 12
    kind: Kind = Kind.TEXT
    group: str = ""
    totalled: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One worksheet: its tab name, columns, and rows with one value per column.

    ``totals`` replaces the added-up figures by column number where a plain sum is wrong (people counted once).
    ``bold_rows`` are numbers of rows (from 0) that head a group; they are left out of the added-up figures.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    total_label: str = "Tổng cộng"
    totals: tuple[tuple[int, int | Money], ...] = ()
    bold_rows: frozenset[int] = frozenset()
    freeze_columns: int = 0


def workbook(
    title: str,
    tables: Sequence[Table],
    *,
    letterhead: Letterhead,
    mark: PaperMark,
    about: Sequence[str] = (),
    in_words: Money | None = None,
    signatures: Sequence[Signature] = (),
) -> bytes:
    """The bytes of a workbook with one worksheet per table, each with the title block and signatures.

    ``about`` are the lines below the title (month, agency, unit of figures). ``in_words`` is written out under each
    table. Raises ValueError when a row has not one value per column; TypeError for a float.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties(
        {
            "title": title,
            "author": letterhead.issuer,
            "created": datetime.combine(mark.signed_on or _LONG_AGO, _MIDNIGHT),
        }
    )
    looks = _Looks(book)
    for table in tables:
        page = book.add_worksheet(_tab_name(table.name))
        top = _write_title(page, looks, table, title, letterhead, mark, about)
        end = _write_table(page, looks, table, top)
        _write_end(page, looks, table, end, in_words, signatures)
        _set_up_page(page, table, top, mark)
    book.close()
    return stream.getvalue()


class _Looks:
    """The cell formats of a workbook, made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        def look(**more: object) -> Format:
            return book.add_format({"font_name": FACE, "font_size": 11, "valign": "vcenter", **more})

        cell = {"border": 1, "text_wrap": True}
        bold = {"bold": True}
        self.centred = look(align="center", text_wrap=True)
        self.parent = look(align="center", font_size=12)
        self.issuer = look(align="center", font_size=12, **bold)
        self.motto = look(align="center", font_size=13, underline=1, **bold)
        self.place = look(align="center", font_size=13, italic=True)
        self.number = look(align="center", font_size=13)
        self.title = look(align="center", font_size=14, text_wrap=True, **bold)
        self.words = look(text_wrap=True, font_size=12, **bold)
        self.how = look(align="center", italic=True)
        self.head = look(align="center", **cell, **bold)
        shapes: dict[Kind, dict[str, object]] = {
            Kind.TEXT: {"num_format": "@"},
            Kind.MONEY: {"num_format": "#,##0", "align": "right"},
            Kind.COUNT: {"num_format": "#,##0", "align": "right"},
            Kind.DAY: {"num_format": "dd/mm/yyyy", "align": "center"},
        }
        self.cells = {kind: look(**cell, **shape) for kind, shape in shapes.items()}
        self.bold_cells = {kind: look(**cell, **bold, **shape) for kind, shape in shapes.items()}


def _write_title(
    page: Worksheet,
    looks: _Looks,
    table: Table,
    title: str,
    letterhead: Letterhead,
    mark: PaperMark,
    about: Sequence[str],
) -> int:
    """Issuing body at the left, state at the right, title in the middle; the first free row."""
    last = len(table.columns) - 1
    half = max(0, last // 2)
    when = figures.long_day(mark.signed_on) if mark.signed_on else "ngày …… tháng …… năm 20……"
    pairs = (
        (letterhead.parent.upper(), looks.parent, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", looks.issuer),
        (letterhead.issuer.upper(), looks.issuer, "Độc lập - Tự do - Hạnh phúc", looks.motto),
        (f"Số: {mark.number}" if mark.number else "", looks.number, f"{letterhead.place}, {when}", looks.place),
    )
    for row, (left, left_look, right, right_look) in enumerate(pairs):
        _across(page, row, 0, half, left, left_look)
        _across(page, row, half + 1, last, right, right_look)
    row = len(pairs) + 1
    _across(page, row, 0, last, title.upper(), looks.title)
    for line in about:
        row += 1
        _across(page, row, 0, last, line, looks.centred)
    return row + 2


def _write_table(page: Worksheet, looks: _Looks, table: Table, top: int) -> int:
    """Heads, rows, total; the first free row after them."""
    _write_heads(page, looks, table, top)
    row = top + 2
    for index, values in enumerate(table.rows):
        if len(values) != len(table.columns):
            raise ValueError(f"{table.name}: {len(values)} values for {len(table.columns)} columns")
        cells = looks.bold_cells if index in table.bold_rows else looks.cells
        for at, (column, value) in enumerate(zip(table.columns, values, strict=True)):
            _write(page, row, at, value, cells[column.kind])
        row += 1
    if any(column.totalled for column in table.columns):
        _write_total(page, looks, table, row)
        row += 1
    return row


def _write_heads(page: Worksheet, looks: _Looks, table: Table, top: int) -> None:
    """Two rows of heads: a common head over its columns, or one head over both rows."""
    at = 0
    for group, members in groupby(table.columns, key=lambda column: column.group):
        columns = list(members)
        if group:
            _across(page, top, at, at + len(columns) - 1, group, looks.head)
        for offset, column in enumerate(columns):
            if group:
                page.write_string(top + 1, at + offset, column.head, looks.head)
            else:
                page.merge_range(top, at + offset, top + 1, at + offset, "", looks.head)
                page.write_string(top, at + offset, column.head, looks.head)
        at += len(columns)


def _write_total(page: Worksheet, looks: _Looks, table: Table, row: int) -> None:
    given = dict(table.totals)
    first = next(at for at, column in enumerate(table.columns) if column.totalled)
    if first:
        _across(page, row, 0, first - 1, table.total_label, looks.head)
    for at, column in enumerate(table.columns[first:], start=first):
        value: Value = given.get(at, _added_up(table, at) if column.totalled else None)
        _write(page, row, at, value, looks.bold_cells[column.kind])


def _added_up(table: Table, at: int) -> int:
    total = 0
    for index, values in enumerate(table.rows):
        value = values[at]
        if index not in table.bold_rows and value is not None and value != "":
            total += value.dong if isinstance(value, Money) else int(value)  # type: ignore[arg-type]
    return total


def _write_end(
    page: Worksheet, looks: _Looks, table: Table, row: int, in_words: Money | None, signatures: Sequence[Signature]
) -> None:
    last = len(table.columns) - 1
    if in_words is not None:
        _across(page, row + 1, 0, last, f"Bằng chữ: {amount_in_words(in_words)}.", looks.words)
        row += 1
    row += 2
    for index, one in enumerate(signatures):
        left = index * (last + 1) // len(signatures)
        right = max(left, (index + 1) * (last + 1) // len(signatures) - 1)
        _across(page, row, left, right, one.on_behalf, looks.issuer)
        _across(page, row + 1, left, right, one.title, looks.issuer)
        _across(page, row + 2, left, right, one.how, looks.how)
        _across(page, row + 3 + _ROWS_TO_SIGN, left, right, one.name, looks.issuer)


def _set_up_page(page: Worksheet, table: Table, top: int, mark: PaperMark) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=20 / MM_PER_INCH, right=15 / MM_PER_INCH, top=20 / MM_PER_INCH, bottom=20 / MM_PER_INCH)
    page.repeat_rows(top, top + 1)
    page.freeze_panes(top + 2, table.freeze_columns)
    # The space keeps a digit at the start from being read as part of the size.
    page.set_footer(f"&L&8 {mark.printed[:LONGEST_FOOTER].replace('&', '&&')}&R&8 Trang &P/&N")
    for at, column in enumerate(table.columns):
        page.set_column(at, at, column.width)


def _write(page: Worksheet, row: int, at: int, value: Value, look: Format) -> None:
    if value is None or value == "":
        page.write_blank(row, at, None, look)
    elif isinstance(value, Money):
        page.write_number(row, at, value.dong, look)
    elif isinstance(value, datetime):
        page.write_string(row, at, figures.moment(value), look)
    elif isinstance(value, date):
        page.write_datetime(row, at, value, look)
    elif isinstance(value, int):
        page.write_number(row, at, value, look)
    elif isinstance(value, str):
        page.write_string(row, at, value[:LONGEST_CELL], look)
    else:
        raise TypeError(f"a cell holds text, whole numbers, money or days, not {type(value).__name__}")


def _across(page: Worksheet, row: int, left: int, right: int, text: str, look: Format) -> None:
    """Text over one or more cells; written as a string whatever it looks like."""
    if left > right:
        return
    if left < right:
        page.merge_range(row, left, row, right, "", look)
    if text:
        page.write_string(row, left, text, look)


def _tab_name(name: str) -> str:
    return _NOT_IN_A_NAME.sub(" ", name)[:LONGEST_NAME].strip("' ") or "Bảng"
