"""Rows, sections, pages, total, words and the sender's letter: what says something else is shown with both figures."""

from typing import Any

from provider.lists.reading.document import ReadList, read_list
from provider.lists.tie_out import tie_out
from provider.money import Money
from tests.rules.reading.books import HEAD, a_list, person, xlsx

TAM = person(2, "Lê Văn Tám", 1945, "045045025403")


def line(text: str, amount: Any = "", number: Any = "") -> list[Any]:
    return [number, text, "", "", "", "", "", "", "", amount]


def listed(*lines: list[Any]) -> ReadList:
    return read_list(xlsx(a_list(*lines)), "a.xlsx")


def test_a_list_that_agrees_with_itself() -> None:
    read = listed(
        ["I", "XÃ HẢI LỆ", "", "", "", "", "", "", "", 1_500_000],
        person(),
        TAM,
        line("Cộng I", 1_500_000),
        line("Tổng cộng: 2 người", 1_500_000),
        ["Bằng chữ: Một triệu năm trăm nghìn đồng"],
    )
    ties = tie_out(read, read.rows, sent_people=2, sent_amount=Money(1_500_000))
    assert ties.ties_out
    assert ties.compared
    assert ties.differences == ()
    assert [(section.title, section.found_people, section.found_amount) for section in ties.sections] == [
        ("XÃ HẢI LỆ", 2, Money(1_500_000))
    ]


def test_each_figure_that_says_something_else() -> None:
    read = listed(
        ["I", "XÃ HẢI LỆ (3 người)", "", "", "", "", "", "", "", 1_600_000],
        person(),
        line("Cộng trang 1", 750_000),
        TAM,
        line("Cộng trang 2", 700_000),
        line("Tổng cộng: 3 người", 1_400_000),
        ["Bằng chữ: Một triệu đồng"],
    )
    ties = tie_out(read, read.rows, sent_people=4, sent_amount=Money(2_000_000))
    assert not ties.ties_out
    assert [problem.code for problem in ties.differences] == [
        "people_differ",
        "sent_people_differ",
        "amount_differs",
        "words_differ",
        "sent_amount_differs",
        "section_amount_differs",
        "section_people_differ",
        "page_total_differs",
    ]
    amount = ties.differences[2]
    assert (amount.row, amount.facts) == (
        10,
        {"declared": "1.400.000 đ", "found": "1.500.000 đ", "difference": "100.000 đ"},
    )
    assert "1.400.000 đ" in amount.text()


def test_running_sums_are_sums_too() -> None:
    read = listed(person(), line("Cộng trang", 750_000), TAM, line("Cộng dồn", 1_500_000), line("Tổng cộng", 1_500_000))
    assert tie_out(read, read.rows).ties_out


def test_rows_that_cannot_be_paid_are_said_but_the_sums_of_the_file_tie_out() -> None:
    read = listed(person(), TAM, line("Tổng cộng", 1_500_000))
    ties = tie_out(read, read.rows[:1])
    assert [problem.code for problem in ties.differences] == ["rows_left_out"]
    assert ties.differences[0].facts == {"rows": "1", "amount": "750.000 đ"}
    assert ties.ties_out
    assert (ties.total_found, ties.good_total) == (Money(1_500_000), Money(750_000))


def test_struck_out_rows_may_explain_the_difference() -> None:
    from openpyxl.styles import Font

    def strike(book: Any) -> None:
        for cell in book.worksheets[0][6]:
            cell.font = Font(strike=True)

    read = read_list(xlsx(a_list(person(), TAM, line("Tổng cộng", 750_000)), touch=strike), "a.xlsx")
    ties = tie_out(read, read.rows[:1])
    assert "ties_without_struck_out" in [problem.code for problem in ties.differences]


def test_nothing_to_compare_with_is_said_and_is_no_contradiction() -> None:
    read = listed(person(), TAM)
    ties = tie_out(read, read.rows)
    assert [problem.code for problem in ties.differences] == ["nothing_declared"]
    assert ties.ties_out
    assert not ties.compared


def test_a_list_of_a_decrease_only_counts_people() -> None:
    head = [*HEAD[:4], "Mức đang hưởng", "Lý do", "Dừng từ tháng"]
    read = read_list(
        xlsx(
            [
                ["DANH SÁCH GIẢM"],
                head,
                [1, "Lê Văn Tám", 1945, "", 500_000, "Chết", "10/2024"],
                ["", "Tổng cộng: 1 người"],
            ]
        ),
        "a.xlsx",
    )
    assert tie_out(read, read.rows).ties_out
