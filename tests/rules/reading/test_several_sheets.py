"""Several sheets: one per commune, a summary, hidden ones, last month's, one that repeats all."""

from typing import Any

from provider.clock import Month
from provider.lists.reading.document import read_list
from provider.money import Money
from tests.rules.reading.books import a_list, person, xlsx

ONE = a_list(person(1), tail=[["", "Tổng cộng", "", "", "", "", "", "", "", 750_000]])
TWO = a_list(
    person(1, "Lê Văn Tám", 1945, "045045025403"), tail=[["", "Tổng cộng", "", "", "", "", "", "", "", 750_000]]
)
SUMMARY = [
    ["BẢNG TỔNG HỢP"],
    ["STT", "Đơn vị", "Số người", "Số tiền"],
    [1, "Phường 1", 1, 750_000],
    [2, "Phường 2", 1, 750_000],
    ["", "Tổng cộng", 2, 1_500_000],
]


def test_one_sheet_per_commune_with_a_summary() -> None:
    read = read_list(xlsx(ONE, TWO, SUMMARY, names=["Phường 1", "Phường 2", "Tổng hợp"]), "a.xlsx")
    assert [(row.sheet, row.name) for row in read.rows] == [("Phường 1", "Nguyễn Thị Bưởi"), ("Phường 2", "Lê Văn Tám")]
    assert (read.declared_people, read.declared_amount) == (2, Money(1_500_000))
    assert [(problem.code, problem.sheet) for problem in read.problems] == [("sheet_is_summary", "Tổng hợp")]


def test_a_hidden_sheet_is_not_read() -> None:
    def hide(book: Any) -> None:
        book.worksheets[1].sheet_state = "hidden"

    read = read_list(xlsx(ONE, TWO, names=["T9", "nháp"], touch=hide), "a.xlsx")
    assert len(read.rows) == 1
    assert [(problem.code, problem.facts) for problem in read.problems] == [("sheet_hidden", {"name": "nháp"})]
    assert {kind.value for kind in read.sheets[1].kinds} == {"unread", "empty"}


def test_last_months_sheet_is_not_read_as_this_months() -> None:
    last = a_list(person(1, "Trần Văn Đức", 1945, "045045025404"), title="Tháng 8 năm 2024")
    read = read_list(xlsx(last, ONE, names=["T8", "T9"]), "a.xlsx")
    assert [row.name for row in read.rows] == ["Nguyễn Thị Bưởi"]
    assert [problem.code for problem in read.problems] == ["sheet_of_other_month"]
    read = read_list(xlsx(last, ONE, names=["T8", "T9"]), "a.xlsx", month=Month(2024, 8))
    assert [row.name for row in read.rows] == ["Trần Văn Đức"]


def test_a_sheet_of_everybody_is_not_counted_twice() -> None:
    everybody = a_list(person(1), person(2, "Lê Văn Tám", 1945, "045045025403"))
    for order in ([ONE, TWO, everybody], [everybody, ONE, TWO]):
        read = read_list(xlsx(*order, names=["A", "B", "C"]), "a.xlsx")
        assert len(read.rows) == 2
        assert "sheet_repeats_others" in {problem.code for problem in read.problems}


def test_a_sheet_of_figures_that_is_not_understood_is_said() -> None:
    strange = [["aa", "bb"], ["x", 500_000], ["y", 600_000], ["z", 700_000]]
    read = read_list(xlsx(ONE, strange, names=["Phường 1", "Phường 2"]), "a.xlsx")
    assert [(problem.code, problem.sheet) for problem in read.problems] == [("sheet_not_understood", "Phường 2")]
    assert len(read.sheets[1].kinds) == 4


def test_sections_of_the_second_sheet_are_its_own() -> None:
    first = a_list(["I", "PHƯỜNG 1"], person(1, commune=""))
    second = a_list(["I", "PHƯỜNG 2"], person(1, "Lê Văn Tám", 1945, "045045025403", commune=""))
    read = read_list(xlsx(first, second, names=["A", "B"]), "a.xlsx")
    assert [(row.commune, row.sections) for row in read.rows] == [("PHƯỜNG 1", (0,)), ("PHƯỜNG 2", (1,))]


def test_a_list_of_another_month_is_read_and_the_difference_is_said() -> None:
    read = read_list(xlsx(ONE), "a.xlsx", month=Month(2024, 10))
    assert len(read.rows) == 1
    assert [problem.code for problem in read.problems] == ["months_differ"]
