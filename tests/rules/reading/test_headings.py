"""The heading is found by its words, over one to three rows, and understood column by column."""

import pytest

from provider.lists.reading import headings
from provider.lists.reading.document import read_list
from provider.lists.reading.synonyms import LABELS, SYNONYMS
from provider.money import Money
from tests.rules.reading.books import a_list, person, xlsx


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("Số TT", "number"),
        ("Họ, chữ đệm và tên khai sinh", "name"),
        ("HỌ VÀ TÊN", "name"),
        ("Họ\nvà tên", "name"),
        ("Người hưởng", "name"),
        ("Ngày, tháng, năm sinh", "birth"),
        ("NTNS", "birth"),
        ("Số CCCD/CMND", "id_number"),
        ("Số ĐDCN", "id_number"),
        ("Số định danh cá nhân/CCCD", "id_number"),
        ("Thôn/Tổ", "hamlet"),
        ("TDP", "hamlet"),
        ("Địa chỉ (thôn, KP)", "hamlet"),
        ("Xã, phường, thị trấn", "commune"),
        ("Diện đối tượng", "benefit"),
        ("TLTT", "percent"),
        ("Số QĐ", "decision_no"),
        ("HS", "coefficient"),
        ("Mức TC", "allowance"),
        ("Tiền trợ cấp tháng này", "allowance"),
        ("Trợ cấp tháng 9/2024", "allowance"),
        ("Phụ cấp", "supplement"),
        ("TC NPV", "attendant"),
        ("KP chăm sóc", "care"),
        ("Truy lĩnh", "arrears"),
        ("Truy thu", "deduction"),
        ("MTP", "funeral"),
        ("TC 1 lần", "one_off"),
        ("Thực lĩnh", "total"),
        ("Tổng số tiền (đồng)", "total"),
        ("Ký nhận", "signature"),
        ("Người nhận thay", "payee_name"),
        ("QH với ĐT", "payee_relation"),
        ("CCCD người nhận", "payee_id"),
        ("SĐT", "phone"),
        ("STK", "account"),
        ("Tên chủ TK", "account_holder"),
        ("Mở tại", "bank"),
        ("Ghi chú", "note"),
        ("Số tiền truy lĩnh từ tháng 5 đến tháng 8", "arrears"),
        ("Họ và tên người giám hộ", "payee_name"),
        ("Số CCCD của người giám hộ", "payee_id"),
        ("Số tài khoản nhận trợ cấp", "account"),
    ],
)
def test_a_title_in_other_words(title: str, meaning: str) -> None:
    assert headings.likely_meaning(title) == meaning


def test_no_title_means_two_things() -> None:
    assert set(SYNONYMS.values()) <= set(LABELS) | {"phone_or_benefit"}


def test_columns_in_any_order() -> None:
    order = [9, 0, 1, 7, 3, 2]
    lines = a_list(person())
    read = read_list(
        xlsx([[row[i] if i < len(row) else "" for i in order] if len(row) > 5 else row for row in lines]), "a.xlsx"
    )
    row = read.rows[0]
    assert (row.name, row.total, row.id_number, row.birth_year) == (
        "Nguyễn Thị Bưởi",
        Money(750_000),
        "045140025402",
        1940,
    )
    assert row.letter("total") == "A"


TWO_ROWS = [
    [
        "STT",
        "Họ tên",
        "Năm sinh",
        "",
        "Tiền trợ cấp tháng này",
        "Chưa trả tháng trước",
        "",
        "Tổng số tiền trợ cấp",
        "Người nhận",
        "",
    ],
    ["", "", "Nam", "Nữ", "", "Số tháng", "Số tiền", "", "Ký", "Họ tên"],
]
MERGES = ["A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:G4", "H4:H5", "I4:J4"]
LINE = [1, "Nguyễn Thị Bưởi", "", 1940, 500_000, 2, 1_000_000, 1_500_000, "", "Trần Văn Đức"]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    "numbers",
    [
        None,
        ["A", "B", 1, 2, 3, 4, 5, "6=3+5", 7, 8],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"],
    ],
)
def test_the_form_of_the_decree_with_its_heading_of_two_rows(merged: bool, numbers: list[object] | None) -> None:
    lines = [
        ["DANH SÁCH CHI TRẢ TRỢ CẤP HÀNG THÁNG"],
        ["Tháng 9 Năm 2024"],
        [],
        *TWO_ROWS,
        *([numbers] if numbers else []),
        LINE,
    ]

    def merge(book: object) -> None:
        if merged:
            for place in MERGES:
                book.worksheets[0].merge_cells(place)  # type: ignore[attr-defined]

    read = read_list(xlsx(lines, touch=merge), "a.xlsx")
    assert [column.meaning for column in read.sheets[0].columns] == [
        "number",
        "name",
        "birth_male",
        "birth_female",
        "allowance",
        "arrears_months",
        "arrears",
        "total",
        "signature",
        "payee_name",
    ]
    assert read.sheets[0].columns[2].title == "Năm sinh > Nam"
    row = read.rows[0]
    assert (row.sex, row.birth_year, row.payee_name) == ("nữ", 1940, "Trần Văn Đức")
    assert row.components == {"allowance": Money(500_000), "arrears": Money(1_000_000)}
    assert len(read.rows) == 1


def test_a_heading_of_three_rows() -> None:
    lines = [
        ["TT", "Họ và tên", "Số tiền", "", "", "", "Ghi chú"],
        ["", "", "Trợ cấp", "Truy lĩnh", "", "Tổng cộng", ""],
        ["", "", "", "Số tháng", "Số tiền", "", ""],
        [1, "Nguyễn Thị Bưởi", 500_000, 1, 500_000, 1_000_000, ""],
    ]

    def merge(book: object) -> None:
        sheet = book.worksheets[0]  # type: ignore[attr-defined]
        for place in ("A1:A3", "B1:B3", "C1:F1", "C2:C3", "D2:E2", "F2:F3", "G1:G3"):
            sheet.merge_cells(place)

    read = read_list(xlsx(lines, touch=merge), "a.xlsx")
    assert read.rows[0].components == {"allowance": Money(500_000), "arrears": Money(500_000)}
    assert read.rows[0].total == Money(1_000_000)
    assert read.sheets[0].heading_rows == (1, 3)


def test_family_and_given_name_in_two_columns() -> None:
    lines = [["STT", "Họ đệm", "Tên", "Năm sinh", "Mức hưởng"], [1, "Nguyễn Thị", "Bưởi", 1940, 500_000]]
    assert read_list(xlsx(lines), "a.xlsx").rows[0].name == "Nguyễn Thị Bưởi"


def test_one_title_merged_over_family_and_given_name() -> None:
    lines = [["STT", "Họ và tên", "", "Năm sinh", "Mức hưởng"], [1, "Nguyễn Thị", "Bưởi", 1940, 500_000]]
    content = xlsx(lines, touch=lambda book: book.worksheets[0].merge_cells("B1:C1"))
    assert read_list(content, "a.xlsx").rows[0].name == "Nguyễn Thị Bưởi"


def test_day_month_and_year_of_birth_in_three_columns() -> None:
    lines = [
        ["STT", "Họ và tên", "Ngày sinh", "", "", "Mức hưởng"],
        ["", "", "Ngày", "Tháng", "Năm", ""],
        [1, "Nguyễn Thị Bưởi", 5, 3, 1940, 500_000],
    ]
    row = read_list(xlsx(lines), "a.xlsx").rows[0]
    assert (row.birth_day, row.birth_month, row.birth_year) == (5, 3, 1940)


def test_a_tick_for_the_sex() -> None:
    lines = [
        ["STT", "Họ và tên", "Ngày sinh", "Nam", "Nữ", "Mức hưởng"],
        [1, "Nguyễn Thị Bưởi", "05/03/1940", "", "x", 500_000],
    ]
    assert read_list(xlsx(lines), "a.xlsx").rows[0].sex == "nữ"


@pytest.mark.parametrize(("cell", "field"), [("0912345678", "phone"), ("Người khuyết tật nặng", "benefit_text")])
def test_what_dt_means_is_decided_by_what_stands_below(cell: str, field: str) -> None:
    lines = [["STT", "Họ và tên", "Năm sinh", "ĐT", "Mức hưởng"], [1, "Nguyễn Thị Bưởi", 1940, cell, 500_000]]
    assert getattr(read_list(xlsx(lines), "a.xlsx").rows[0], field) == cell


@pytest.mark.parametrize("where", ["line", "heading"])
def test_a_list_in_thousands(where: str) -> None:
    lines = [["Đơn vị tính: nghìn đồng" if where == "line" else "Danh sách"], []]
    lines += [
        ["STT", "Họ và tên", "Năm sinh", "Mức hưởng" + (" (1.000đ)" if where == "heading" else "")],
        [1, "Nguyễn Thị Bưởi", 1940, 1080.5],
    ]
    assert read_list(xlsx(lines), "a.xlsx").rows[0].total == Money(1_080_500)


def test_a_title_that_nobody_knows_is_said_and_its_cells_are_kept() -> None:
    lines = [
        ["STT", "Họ và tên", "Năm sinh", "Sao chiếu mệnh", "Mức hưởng"],
        [1, "Nguyễn Thị Bưởi", 1940, "Thái Bạch", 500_000],
    ]
    read = read_list(xlsx(lines), "a.xlsx")
    assert [(problem.code, problem.column) for problem in read.problems] == [("heading_partly_unknown", "D")]
    assert read.rows[0].raw[3] == "Thái Bạch"


def test_columns_put_right_by_hand_win() -> None:
    lines = [["Số", "Ai", "Bao nhiêu", "Sinh"], [1, "Nguyễn Thị Bưởi", 500_000, 1940]]
    mapping = {"*": {"row": "1", "A": "number", "B": "name", "C": "total", "D": "birth"}}
    read = read_list(xlsx(lines), "a.xlsx", mapping=mapping)
    assert (read.rows[0].name, read.rows[0].total, read.rows[0].birth_year) == ("Nguyễn Thị Bưởi", Money(500_000), 1940)
    mapping = {"*": {"J": "", "H": "total"}}
    read = read_list(xlsx(a_list(person())), "a.xlsx", mapping=mapping)
    assert read.rows[0].letter("total") == "H"


def test_the_shape_of_a_heading_is_remembered_by_its_signature() -> None:
    first = read_list(xlsx(a_list(person())), "a.xlsx").sheets[0].signature
    second = read_list(xlsx([["Phòng LĐTBXH"], *a_list(person(2, "Lê Văn Tám"))]), "b.xlsx").sheets[0].signature
    assert first == second


def test_a_second_heading_never_swallows_the_person_above_it() -> None:
    lines = [
        ["STT", "Họ và tên", "Năm sinh", "Mức hưởng"],
        [1, "TT", "", ""],
        ["TT", "Họ và tên", "Tổng", "Ghi chú"],
        [1, "Lê Văn Tám", 500_000, ""],
    ]
    assert [row.name for row in read_list(xlsx(lines), "a.xlsx").rows] == ["TT", "Lê Văn Tám"]
