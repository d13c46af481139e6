"""Every row of a sheet is a person, a section, a sum, words, a signature or nothing: and it is said which."""

import pytest

from provider.clock import Month
from provider.lists.reading.document import Kind, read_list
from provider.lists.reading.rows import Label, Subject, label_of, subject_of, total_kind
from provider.money import Money
from tests.rules.reading.books import HEAD, a_list, person, text_table, xls, xlsx

TAM = person(2, "Lê Văn Tám", 1945, "045045025403")


def kinds(read: object) -> list[str]:
    return [kind.value for sheet in read.sheets for kind in sheet.kinds]  # type: ignore[attr-defined]


def total_line(text: str, amount: object, **more: object) -> list[object]:
    return [more.get("number", ""), text, "", "", "", "", "", "", "", amount]


def test_the_tail_of_a_list_is_no_person() -> None:
    tail = [
        total_line("Tổng cộng", 1_500_000, number=2),
        ["Bằng chữ: Một triệu năm trăm nghìn đồng chẵn./."],
        [],
        ["", "", "", "", "", "", "Hải Lệ, ngày 05 tháng 9 năm 2024"],
        ["", "NGƯỜI LẬP BIỂU", "", "", "", "KẾ TOÁN", "", "TRƯỞNG PHÒNG"],
        ["", "(Ký, họ tên)"],
        [],
        ["", "Lê Thị Thanh Hà", "", "", "", "", "", "Nguyễn Đức Tân"],
    ]
    read = read_list(xlsx(a_list(person(), TAM, tail=tail)), "a.xlsx")
    assert len(read.rows) == 2
    assert (read.declared_people, read.declared_amount, read.words_amount) == (2, Money(1_500_000), Money(1_500_000))
    assert kinds(read)[4:] == ["data", "data", "total", "words", "empty", "tail", "tail", "tail", "empty", "tail"]
    assert read.problems == []


@pytest.mark.parametrize(
    "words",
    [
        "(Số tiền bằng chữ: Một triệu năm trăm ngàn đồng)",
        "Bằng chữ: Một triệu năm trăm nghìn đồng chẵn./.",
        "Tổng số tiền bằng chữ: một triệu, năm trăm nghìn đồng.",
    ],
)
def test_the_sum_in_words(words: str) -> None:
    assert read_list(xlsx(a_list(person(), TAM, tail=[[words]])), "a.xlsx").words_amount == Money(1_500_000)


def test_words_in_the_cell_beside() -> None:
    assert read_list(
        xlsx(a_list(person(), tail=[["", "Bằng chữ:", "Bảy trăm năm mươi nghìn đồng"]])), "a.xlsx"
    ).words_amount == Money(750_000)


def test_words_that_cannot_be_read_are_said() -> None:
    read = read_list(xlsx(a_list(person(), tail=[["Bằng chữ: bảy tram gì đó"]])), "a.xlsx")
    assert [problem.code for problem in read.problems] == ["words_unclear"]


@pytest.mark.parametrize(
    "text", ["Tổng cộng", "TỔNG CỘNG:", "Tổng số", "Tổng", "T.cộng", "TC:", "Tổng cộng: 2 người", "Tong cong"]
)
def test_totals(text: str) -> None:
    assert total_kind(text) == "grand"


@pytest.mark.parametrize("text", ["Cộng", "Cộng trang", "Cộng mục I", "CỘNG II", "Lũy kế", "Cộng trang 3"])
def test_sums_of_a_part(text: str) -> None:
    assert total_kind(text) == "part"


@pytest.mark.parametrize("name", ["Tống Thị Hoa", "Công Văn Tám", "TỐNG VĂN TÁM", "Lũy Văn Kế"])
def test_a_family_name_is_no_total(name: str) -> None:
    read = read_list(xlsx(a_list(person(1, name), TAM)), "a.xlsx")
    assert [row.name for row in read.rows] == [name, "Lê Văn Tám"]


@pytest.mark.parametrize(
    "name",
    [
        "Tô Văn Bảy",
        "Bàn Thị Xuân",
        "Phương Văn Nam",
        "Phượng Thị Lan",
        "Thôi Văn Hai",
        "Tạ Ấp",
        "Khu Văn Tý",
        "Nguyễn Anh Hùng",
        "Trần Công An",
    ],
)
def test_a_name_that_begins_like_a_place_or_a_category_is_a_person(name: str) -> None:
    read = read_list(
        xlsx(a_list(person(1, name), person(2, name, "", "", total="", allowance="", coefficient=""))), "a.xlsx"
    )
    assert [row.name for row in read.rows] == [name, name]
    assert read.rows[1].total is None


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("PHƯỜNG 1", Subject.COMMUNE),
        ("Xã Hải Lệ", Subject.COMMUNE),
        ("Thị trấn Ái Tử", Subject.COMMUNE),
        ("XA HAI LE", Subject.COMMUNE),
        ("Thôn 3", Subject.HAMLET),
        ("Khu phố 2", Subject.HAMLET),
        ("KP 4", Subject.HAMLET),
        ("Tổ 5", Subject.HAMLET),
        ("Ấp 3", Subject.HAMLET),
        ("Bệnh binh", Subject.CATEGORY),
        ("Người khuyết tật nặng", Subject.CATEGORY),
        ("Thân nhân liệt sĩ", Subject.CATEGORY),
        ("Phương Thị Hoa", Subject.OTHER),
        ("Tô Văn A", Subject.OTHER),
    ],
)
def test_what_a_section_is_about(text: str, subject: Subject) -> None:
    assert subject_of(text) is subject


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I", Label.ROMAN),
        ("IV.", Label.ROMAN),
        ("A", Label.CAPITAL),
        ("a)", Label.SMALL),
        ("1", Label.DIGIT),
        ("*", Label.SIGN),
    ],
)
def test_how_sections_are_numbered(text: str, label: Label) -> None:
    assert label_of(text) is label


def test_sections_within_sections_give_commune_hamlet_and_category() -> None:
    lines = [
        ["I", "XÃ HẢI LỆ", "", "", "", "", "", "", "", 1_500_000],
        ["1", "Thôn Như Lệ"],
        [*person(1, benefit="", commune="")],
        ["2", "Thôn Tân Mỹ"],
        [*person(2, "Lê Văn Tám", 1945, "045045025403", commune="", benefit="")],
        ["II", "PHƯỜNG 1 (1 người)"],
        ["a)", "Người khuyết tật nặng"],
        [*person(1, "Trần Văn Đức", 1950, "045050025404", commune="", benefit="")],
    ]
    read = read_list(xlsx(a_list(*lines)), "a.xlsx")
    assert [(row.commune, row.hamlet, row.benefit_text) for row in read.rows] == [
        ("XÃ HẢI LỆ", "Thôn Như Lệ", ""),
        ("XÃ HẢI LỆ", "Thôn Tân Mỹ", ""),
        ("PHƯỜNG 1", "", "Người khuyết tật nặng"),
    ]
    assert (read.sections[0].amount, read.sections[3].people) == (Money(1_500_000), 1)
    assert [row.sections for row in read.rows] == [(0, 1), (0, 2), (3, 4)]


def test_a_section_in_one_merged_cell() -> None:
    lines = [["I. PHƯỜNG 1"], person(1, commune=""), ["II. XÃ HẢI LỆ"], [*TAM[:4], "", *TAM[5:]]]
    read = read_list(xlsx(a_list(*lines)), "a.xlsx")
    assert [row.commune for row in read.rows] == ["PHƯỜNG 1", "XÃ HẢI LỆ"]


def test_the_column_of_a_row_wins_over_its_section() -> None:
    read = read_list(xlsx(a_list(["I", "PHƯỜNG 1"], person())), "a.xlsx")
    assert read.rows[0].commune == "Xã Hải Lệ"


def test_a_commune_without_its_kind_is_known_by_its_sum() -> None:
    lines = [["1", "HẢI LỆ", "", "", "", "", "", "", "", 1_500_000], person(1), TAM]
    read = read_list(xlsx(a_list(*lines)), "a.xlsx")
    assert len(read.rows) == 2
    assert read.sections[0].amount == Money(1_500_000)


def test_a_heading_repeated_on_every_page_and_the_sums_of_pages() -> None:
    lines = [
        person(1),
        total_line("Cộng trang 1", 750_000),
        [],
        HEAD,
        ["A", "B", 1, 2, 3, 4, 5, 6, 7, 8, 9],
        TAM,
        total_line("Cộng trang 2", 750_000),
    ]
    read = read_list(xlsx(a_list(*lines, tail=[total_line("Tổng cộng", 1_500_000)])), "a.xlsx")
    assert len(read.rows) == 2
    assert kinds(read)[4:] == ["data", "subtotal", "empty", "heading", "column_numbers", "data", "subtotal", "total"]


def test_two_tables_with_different_headings_in_one_sheet() -> None:
    other = [["STT", "Họ và tên", "Mức hưởng", "Ghi chú"], [1, "Trần Văn Đức", 500_000, "bổ sung"]]
    tail = [total_line("Tổng cộng", 750_000), ["", "Người lập biểu"], [], ["DANH SÁCH BỔ SUNG"], *other]
    read = read_list(xlsx(a_list(person(), tail=tail)), "a.xlsx")
    assert [(row.name, row.total) for row in read.rows] == [
        ("Nguyễn Thị Bưởi", Money(750_000)),
        ("Trần Văn Đức", Money(500_000)),
    ]


def test_people_go_on_after_a_signature_without_a_new_heading() -> None:
    read = read_list(xlsx(a_list(person(), tail=[["", "Người lập biểu"], ["", "Lê Thị Hà"], TAM])), "a.xlsx")
    assert [row.name for row in read.rows] == ["Nguyễn Thị Bưởi", "Lê Văn Tám"]


def test_an_order_number_may_be_missing_repeated_or_text() -> None:
    lines = [person(""), person("1", "Lê Văn Tám"), person(1, "Trần Văn Đức"), person("x", "Bùi Thị Bảy")]
    assert len(read_list(xlsx(a_list(*lines)), "a.xlsx").rows) == 4


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (person(1, ""), "name_missing"),
        (person(1, total="", allowance="năm trăm"), "amount_unclear"),
        (person(1, total="1.5"), "amount_unclear"),
    ],
)
def test_a_wrong_row_is_kept_with_its_problem(line: list[object], code: str) -> None:
    read = read_list(xlsx(a_list(line, TAM)), "a.xlsx")
    assert len(read.rows) == 2
    assert code in {problem.code for problem in read.rows[0].problems}
    assert read.rows[0].row == 5


def test_a_row_without_any_amount_is_still_a_row() -> None:
    read = read_list(xlsx(a_list(person(1, allowance="", total=""), TAM)), "a.xlsx")
    assert len(read.rows) == 2
    assert read.rows[0].total is None


def test_a_sum_without_a_word_is_no_person_without_a_name() -> None:
    read = read_list(xlsx(a_list(person(), TAM, tail=[total_line("", 1_500_000)])), "a.xlsx")
    assert kinds(read)[-1] == "subtotal"
    read = read_list(xlsx(a_list(person(), TAM, tail=[total_line("", 1_300_000)])), "a.xlsx")
    assert [problem.code for problem in read.rows[-1].problems] == ["name_missing", "allowance_filled_in"]


def test_a_remark_between_people_is_said() -> None:
    read = read_list(xlsx(a_list(person(), ["", "", "", "", "", "xem công văn số 12"], TAM)), "a.xlsx")
    assert [problem.code for problem in read.problems] == ["text_outside_table"]
    assert len(read.rows) == 2


def test_components_and_deductions() -> None:
    head = [
        "STT",
        "Họ và tên",
        "Năm sinh",
        "Trợ cấp",
        "Phụ cấp",
        "TC NPV",
        "Truy lĩnh",
        "Mai táng phí",
        "Truy thu",
        "Tổng cộng",
    ]
    line = [1, "Nguyễn Thị Bưởi", 1940, 100_000, 20_000, 3_000, 400_000, 5_000, "(8.000)", 520_000]
    row = read_list(xlsx([head, line]), "a.xlsx").rows[0]
    assert {key: money.dong for key, money in row.components.items()} == {
        "allowance": 100_000,
        "supplement": 20_000,
        "attendant": 3_000,
        "arrears": 400_000,
        "funeral": 5_000,
        "deduction": 8_000,
    }
    assert row.total == Money(520_000)


def test_a_list_with_a_single_amount_column() -> None:
    lines = [["STT", "Họ và tên", "Năm sinh", "Thực lĩnh"], [1, "Nguyễn Thị Bưởi", 1940, 500_000]]
    row = read_list(xlsx(lines), "a.xlsx").rows[0]
    assert (row.total, row.components, row.problems) == (Money(500_000), {"allowance": Money(500_000)}, [])


def test_a_cell_that_looks_like_a_formula_is_text() -> None:
    lines = text_table(a_list(person(1, "Nguyễn Thị Bưởi", note="=cmd|' /C calc'!A1")))
    assert read_list(lines.encode(), "a.csv").rows[0].note == "=cmd|' /C calc'!A1"


@pytest.mark.parametrize(
    "title",
    [
        "Tháng 9 năm 2024",
        "THÁNG 09/2024",
        "Danh sách tháng 9/2024 (kèm theo Công văn ngày 3 tháng 8 năm 2024)",
        "T9/2024",
    ],
)
def test_the_month_is_that_of_the_title(title: str) -> None:
    assert read_list(xlsx(a_list(person(), title=title)), "a.xlsx").month == Month(2024, 9)


def test_the_date_of_a_letter_is_no_month_of_a_list() -> None:
    assert read_list(xlsx(a_list(person(), title="Quảng Trị, ngày 3 tháng 8 năm 2024")), "a.xlsx").month is None


def test_every_row_is_accounted_for_in_every_format() -> None:
    lines = a_list(["I", "PHƯỜNG 1"], person(), TAM, tail=[total_line("Tổng cộng", 1_500_000), ["", "Người lập"]])
    for content in (xlsx(lines), xls(lines), text_table(lines).encode()):
        read = read_list(content, "a")
        assert len(read.rows) == 2
        assert all(kind is not Kind.UNREAD for sheet in read.sheets for kind in sheet.kinds)
        assert len(read.sheets[0].kinds) == len(read.sheets[0].numbers)


def test_people_without_an_amount_are_not_taken_for_a_tail() -> None:
    poor = person(3, "Trần Văn Đức", 1950, "045050025404", allowance="", total="", note="người đại diện nhận")
    read = read_list(xlsx(a_list(person(), poor, tail=[["", "Người lập biểu"], ["", "Lê Thị Hà"], poor])), "a.xlsx")
    assert [row.name for row in read.rows] == ["Nguyễn Thị Bưởi", "Trần Văn Đức", "Trần Văn Đức"]
