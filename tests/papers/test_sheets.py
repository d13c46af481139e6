"""Tables as .xlsx, opened again with another library: they add up, and text stays text."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from provider.letterhead import PaperMark
from provider.money import Money
from provider.sheets import Column, Kind, Table, workbook
from provider.words import amount_in_words
from tests.papers import made

COLUMNS = (
    Column(head="STT", width=6, kind=Kind.COUNT),
    Column(head="Họ và tên", width=28),
    Column(head="Số CCCD", width=16),
    Column(head="Ngày nhận", width=12, kind=Kind.DAY),
    Column(head="Trợ cấp", width=14, kind=Kind.MONEY, group="Số tiền", totalled=True),
    Column(head="Truy lĩnh", width=14, kind=Kind.MONEY, group="Số tiền", totalled=True),
    Column(head="Số khoản", width=10, kind=Kind.COUNT, totalled=True),
)
ROWS = (
    (None, "I. Người cao tuổi", None, None, Money(1_000_000), Money(300_000), 3),
    (1, "Nguyễn Thị Bưởi", "045042001234", date(2024, 9, 6), Money(500_000), None, 1),
    (2, "=1+1", "000000000001", None, Money(500_000), Money(300_000), 2),
    (3, '=HYPERLINK("http://example.com","x")', "@SUM(A1)", date(2024, 9, 7), Money(2_789_000), "", 1),
    (4, "https://example.com/ +84", "-5", None, Money(0), None, 0),
)
TABLE = Table(
    name="Danh sách: chi/trả [tháng 09]?", columns=COLUMNS, rows=ROWS, bold_rows=frozenset({0}), freeze_columns=2
)


def written(table: Table = TABLE, **changed) -> bytes:
    facts = {
        "letterhead": made.LETTERHEAD,
        "mark": PaperMark(number="05/BKQT-BĐQT", signed_on=date(2024, 9, 25), printed="In lúc 10:42 bởi An & Bình"),
        "about": ("Tháng 09/2024", "Đơn vị tính: đồng"),
        "in_words": Money(4_089_000),
        "signatures": made.settlement().signatures,
    }
    return workbook("Danh sách chi trả", [table], **{**facts, **changed})


def opened(data: bytes) -> Worksheet:
    page = openpyxl.load_workbook(BytesIO(data)).active
    assert page is not None
    return page


def values(page: Worksheet) -> list[tuple]:
    return list(page.iter_rows(values_only=True))


def row_of(page: Worksheet, text: str) -> int:
    return next(cell.row for row in page.iter_rows() for cell in row if cell.value == text)


def test_the_table_adds_up_without_the_group_heads():
    page = opened(written())
    total = [cell.value for cell in page[row_of(page, "Tổng cộng")]]
    assert total[4:] == [3_789_000, 300_000, 4]


def test_a_total_that_is_no_sum_is_taken_as_given():
    page = opened(written(Table(name="x", columns=COLUMNS, rows=ROWS, totals=((6, 2), (4, Money(7))))))
    total = [cell.value for cell in page[row_of(page, "Tổng cộng")]]
    assert (total[4], total[6]) == (7, 2)


def test_nothing_in_the_file_is_a_formula_or_a_link():
    page = opened(written())
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"n", "s", "d"}
    assert not any(cell.hyperlink for row in page.iter_rows() for cell in row)
    texts = {cell.value for row in page.iter_rows() for cell in row}
    assert {"=1+1", '=HYPERLINK("http://example.com","x")', "@SUM(A1)", "-5", "https://example.com/ +84"} <= texts


def test_an_id_keeps_its_zeros_and_money_is_a_whole_number():
    page = opened(written())
    row = row_of(page, "Nguyễn Thị Bưởi")
    number, day, money = page.cell(row, 3), page.cell(row, 4), page.cell(row, 5)
    assert (number.value, number.number_format) == ("045042001234", "@")
    assert (money.value, money.number_format) == (500_000, "#,##0")
    assert day.value.date() == date(2024, 9, 6)


def test_it_has_the_title_the_words_and_the_signatures():
    texts = [value for row in values(opened(written())) for value in row if isinstance(value, str)]
    for said in (
        "BƯU ĐIỆN TỈNH QUẢNG TRỊ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BKQT-BĐQT",
        "Quảng Trị, ngày 25 tháng 9 năm 2024", "DANH SÁCH CHI TRẢ", "Tháng 09/2024", "NGƯỜI LẬP BIỂU",
        "(Ký, ghi rõ họ tên, đóng dấu)", f"Bằng chữ: {amount_in_words(Money(4_089_000))}.",
    ):  # fmt: skip
        assert said in texts, said


def test_heads_are_merged_and_repeated_and_stay_in_sight():
    page = opened(written())
    head = row_of(page, "STT")
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {f"A{head}:A{head + 1}", f"E{head}:F{head}"} <= merged
    assert page.print_title_rows == f"${head}:${head + 1}"
    assert page.freeze_panes == f"C{head + 2}"
    assert page.title == "Danh sách  chi trả  tháng 09"


def test_it_prints_across_an_a4_one_page_wide():
    page = opened(written())
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddFooter.left.text.strip() == "In lúc 10:42 bởi An && Bình"  # a doubled & prints as one


def test_the_same_values_give_the_same_bytes():
    assert written() == written()


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_narrow_table_is_possible_too(columns):
    table = Table(name="Hẹp", columns=COLUMNS[:columns], rows=[row[:columns] for row in ROWS])
    assert row_of(opened(written(table)), "STT") > 1


def test_a_row_of_another_length_and_a_float_are_bugs():
    with pytest.raises(ValueError, match="6 values for 7 columns"):
        written(Table(name="x", columns=COLUMNS, rows=[ROWS[0][:6]]))
    with pytest.raises(TypeError, match="float"):
        written(Table(name="x", columns=COLUMNS, rows=[(*ROWS[0][:4], 0.5, None, 1)]))
