"""Formats, encodings, and what is marked besides the values: hidden, struck out, broken, far away."""

import io
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Font

from provider.lists.reading.document import read_list
from provider.lists.reading.workbook import open_workbook
from provider.money import Money
from tests.rules.reading.books import HEAD, a_list, ods, person, rewritten, text_table, xls, xlsx, xlsx_by_writer

TAM = person(2, "Lê Văn Tám", 1945, "045045025403")
LINES = a_list(person(), TAM)
LAST = 6  # the row of Lê Văn Tám


@pytest.mark.parametrize(
    "content",
    [xlsx(LINES), xlsx_by_writer(LINES), xls(LINES), ods(LINES)],
    ids=["openpyxl", "xlsxwriter", "xls", "ods"],
)
def test_the_content_decides_and_not_the_name(content: bytes) -> None:
    read = read_list(content, "danh sach.pdf")
    assert [(row.row, row.name, row.total) for row in read.rows] == [
        (5, "Nguyễn Thị Bưởi", Money(750_000)),
        (6, "Lê Văn Tám", Money(750_000)),
    ]
    assert read.rows[0].raw[:4] == ("1", "Nguyễn Thị Bưởi", "1940", "045140025402")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_text_files(separator: str, encoding: str) -> None:
    lines = text_table(a_list(person(1, "Nguyễn Thị Bưởi", note='nói "không", đi rồi; nhé'), TAM), separator)
    read = read_list(lines.encode(encoding), "a.csv")
    assert [row.name for row in read.rows] == ["Nguyễn Thị Bưởi", "Lê Văn Tám"]
    assert read.rows[0].note == 'nói "không", đi rồi; nhé'


def test_a_text_file_of_old_windows() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", text_table(LINES))
    for whole in ("\u0302", "\u0306", "\u031b"):  # cp1258 has â, ă, ơ… whole and the tones apart
        text = "".join(unicodedata.normalize("NFC", part) if whole in part else part for part in _clusters(text))
    raw = text.replace("ệ", "ê\u0323").encode("cp1258", "replace")
    read = read_list(raw, "a.csv")
    assert read.rows[1].name == "Lê Văn Tám"


def _clusters(text: str) -> list[str]:
    import unicodedata

    out: list[str] = []
    for letter in text:
        if unicodedata.combining(letter) and out and letter in "\u0302\u0306\u031b":
            out[-1] += letter
        else:
            out.append(letter)
    return out


def test_a_table_that_begins_in_the_middle_of_the_sheet_keeps_its_letters() -> None:
    book = openpyxl.Workbook()
    for line, row in enumerate([HEAD, person()]):
        for column, cell in enumerate(row):
            book.active.cell(line + 5, column + 4, cell or None)
    out = io.BytesIO()
    book.save(out)
    row = read_list(out.getvalue(), "a.xlsx").rows[0]
    assert (row.row, row.letter("name"), row.raw[4]) == (6, "E", "Nguyễn Thị Bưởi")


def _hide(book: Any) -> None:
    book.worksheets[0].row_dimensions[LAST].hidden = True


def _hide_old(_book: Any, sheet: Any) -> None:
    sheet.row(LAST - 1).hidden = True


@pytest.mark.parametrize("content", [xlsx(LINES, touch=_hide), xls(LINES, _hide_old)], ids=["xlsx", "xls"])
def test_hidden_rows_are_read_and_marked(content: bytes) -> None:
    rows = read_list(content, "a").rows
    assert [row.hidden for row in rows] == [False, True]
    assert [problem.code for problem in rows[1].problems] == ["row_hidden"]


def _strike(book: Any) -> None:
    for cell in book.worksheets[0][LAST]:
        cell.font = Font(strike=True)
    book.worksheets[0]["K5"].font = Font(strike=True)
    book.worksheets[0]["E5"].font = Font(strike=True)


def _strike_old(_book: Any, sheet: Any) -> None:
    font = xlwt.Font()
    font.struck_out = True
    style = xlwt.XFStyle()
    style.font = font
    sheet._cell_overwrite_ok = True
    sheet.write(LAST - 1, 1, "Lê Văn Tám", style)


@pytest.mark.parametrize("content", [xlsx(LINES, touch=_strike), xls(LINES, _strike_old)], ids=["xlsx", "xls"])
def test_struck_out_rows_are_read_marked_and_wait_for_a_decision(content: bytes) -> None:
    rows = read_list(content, "a").rows
    assert [row.struck for row in rows] == [False, True]
    assert [problem.code for problem in rows[1].problems if problem.is_error] == ["row_struck_out"]


def test_a_single_struck_out_cell_is_pointed_at() -> None:
    rows = read_list(xlsx(LINES, touch=_strike), "a").rows
    assert [(problem.code, problem.column) for problem in rows[0].problems] == [("cell_struck_out", "E")]


def _formula(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet["J5"] = "=H5+I5"
    sheet["A6"] = "=A5+1"
    sheet["K6"] = "=A5+1"


def test_a_formula_without_a_stored_value_is_a_problem_of_its_cell_and_no_zero() -> None:
    rows = read_list(xlsx(LINES, touch=_formula), "a.xlsx").rows
    assert [(problem.code, problem.column) for problem in rows[0].problems] == [("formula_without_value", "J")]
    assert [(problem.code, problem.column) for problem in rows[1].problems] == [("cell_without_value", "K")]
    assert rows[1].name == "Lê Văn Tám"


def _error(book: Any) -> None:
    cell = book.worksheets[0]["J5"]
    cell.value = "#REF!"
    cell.data_type = "e"


def test_an_error_in_an_amount_is_a_problem_of_its_cell() -> None:
    row = read_list(xlsx(LINES, touch=_error), "a.xlsx").rows[0]
    assert [(problem.code, problem.column, problem.facts) for problem in row.problems if problem.is_error] == [
        ("cell_error", "J", {"shown": "#REF!"})
    ]


def test_a_formula_of_an_old_workbook_that_was_never_calculated() -> None:
    def formula(_book: Any, sheet: Any) -> None:
        sheet._cell_overwrite_ok = True
        sheet.write(4, 9, xlwt.Formula("H5+I5"))

    row = read_list(xls(LINES, formula), "a.xls").rows[0]
    assert row.total is None or row.problems
    assert any(problem.column == "J" for problem in row.problems)


def test_a_cell_at_the_end_of_the_world_costs_nothing_and_is_said() -> None:
    def far(book: Any) -> None:
        book.worksheets[0]["XFD1048576"] = "?"
        book.worksheets[0]["C900000"] = "Người lập biểu"

    read = read_list(xlsx(LINES, touch=far), "a.xlsx")
    assert [row.name for row in read.rows] == ["Nguyễn Thị Bưởi", "Lê Văn Tám"]
    assert [(problem.code, problem.facts) for problem in read.problems] == [("far_cells", {"cells": "XFD1048576"})]
    assert read.sheets[0].kind_of(900_000).value == "tail"
    assert read.sheets[0].kind_of(5).value == "data"


def test_a_year_typed_into_a_cell_formatted_as_a_date_stays_a_year() -> None:
    def date_format(book: Any) -> None:
        book.worksheets[0]["C5"].number_format = "dd/mm/yyyy"

    assert read_list(xlsx(LINES, touch=date_format), "a.xlsx").rows[0].birth_year == 1940


def test_the_calendar_of_1904() -> None:
    import datetime

    def other_epoch(book: Any) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book.worksheets[0]["C5"] = datetime.date(1945, 3, 5)
        book.worksheets[0]["C5"].number_format = "dd/mm/yyyy"

    row = read_list(xlsx(LINES, touch=other_epoch), "a.xlsx").rows[0]
    assert (row.birth_year, row.birth_month, row.birth_day) == (1945, 3, 5)


def test_a_sheet_that_is_damaged_is_said_and_the_others_are_kept() -> None:
    content = xlsx(LINES, a_list(person(3, "Trần Văn Đức")), names=["Phường 1", "Phường 2"])
    broken = rewritten(
        content, lambda name, part: part[: len(part) // 2] + b"<<" if name.endswith("sheet2.xml") else part
    )
    read = read_list(broken, "a.xlsx")
    assert len(read.rows) == 2
    assert [(problem.code, problem.sheet) for problem in read.problems] == [("sheet_failed", "Phường 2")]


def test_fonts_of_old_text_are_found_in_xlsx() -> None:
    def old_font(book: Any) -> None:
        book.worksheets[0]["B5"].value = "NguyÔn ThÞ B\u00adëi"
        book.worksheets[0]["B5"].font = Font(name=".VnTimeH")

    book = open_workbook(xlsx(LINES, touch=old_font), "a.xlsx")
    assert next(book.sheets()).marks.fonts == {(5, 1): "tcvn3h"}
    assert read_list(xlsx(LINES, touch=old_font), "a.xlsx").rows[0].name == "NGUYỄN THỊ BƯỞI"
