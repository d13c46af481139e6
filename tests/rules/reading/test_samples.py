"""The lists of one district read exactly as their truth says."""

import json
from collections import Counter

import pytest

from provider.clock import Month
from provider.lists.reading.document import read_list
from provider.money import Money
from tests.rules.reading.books import LISTS


@pytest.mark.parametrize("name", ["btxh_2024-09.xlsx", "btxh_2024-10.xlsx", "ncc_2024-09.xls"])
def test_a_sample_reads_as_its_truth_says_without_a_single_problem(name: str) -> None:
    truth = json.loads((LISTS / name).with_suffix(".json").read_text())
    read = read_list((LISTS / name).read_bytes(), name)
    assert len(read.rows) == truth["rows"]
    assert read.amount == read.declared_amount == read.words_amount == Money(truth["total"])
    assert read.month == Month.parse(name.rsplit("_", 1)[1].split(".", maxsplit=1)[0])
    assert [problem for row in read.rows for problem in row.problems] == []
    assert read.problems == []


def test_a_ward_named_in_a_section_is_given_to_its_rows() -> None:
    read = read_list((LISTS / "btxh_2024-09.xlsx").read_bytes(), "a.xlsx")
    assert Counter(row.commune for row in read.rows) == {
        "PHƯỜNG 1": 259,
        "PHƯỜNG 2": 200,
        "PHƯỜNG 3": 318,
        "PHƯỜNG AN ĐÔN": 141,
        "XÃ HẢI LỆ": 260,
    }
    row = next(each for each in read.rows if each.row == 12)
    assert (row.name, row.birth_day, row.birth_month, row.birth_year, row.id_number) == (
        "Trần Thị Mỹ",
        1,
        1,
        1938,
        "045138026681",
    )
    assert (row.hamlet, row.decision_no, row.book_no) == ("KP 5", "1828/QĐ-UBND", "4548/BTXH")
    assert row.components == {"allowance": Money(1_000_000), "arrears": Money(2_000_000)}
    assert row.total == Money(3_000_000)
    assert row.raw[1] == "Trần Thị Mỹ"
    assert row.letter("total") == "L"


def test_a_category_named_in_a_section_and_the_percentage_are_kept() -> None:
    read = read_list((LISTS / "ncc_2024-09.xls").read_bytes(), "a.xls")
    row = next(each for each in read.rows if each.row == 16)
    assert row.benefit_text == "Thương binh, người hưởng chính sách như thương binh"
    assert (row.percent_text, row.commune, row.hamlet, row.code) == ("81%", "Phường 3", "KP 3", "QT/I-97720")
    assert row.components == {"allowance": Money(7_240_000), "attendant": Money(2_789_000)}
    assert row.sex == "nữ"


@pytest.mark.parametrize(
    ("name", "purpose", "rows"),
    [
        ("btxh_2024-10_tang.xlsx", "increase", 14),
        ("btxh_2024-10_giam.xlsx", "decrease", 14),
        ("btxh_2024-10_dieu_chinh.xlsx", "adjust", 7),
    ],
)
def test_the_lists_of_movements_are_told_apart(name: str, purpose: str, rows: int) -> None:
    read = read_list((LISTS / name).read_bytes(), name)
    assert (read.purpose, len(read.rows), read.declared_people) == (purpose, rows, rows)
    assert [problem for row in read.rows for problem in row.problems] == []


def test_what_a_movement_says_beyond_a_payout_is_kept() -> None:
    gone = read_list((LISTS / "btxh_2024-10_giam.xlsx").read_bytes(), "giam.xlsx").rows[0]
    assert gone.extra == {"amount_old": "750000", "reason": "Chết", "stopped_from": "10/2024"}


@pytest.mark.parametrize(
    "name", ["btxh_2024-09.xlsx", "btxh_2024-10.xlsx", "ncc_2024-09.xls", "btxh_2024-10_giam.xlsx"]
)
def test_every_row_of_a_sample_is_explained(name: str) -> None:
    read = read_list((LISTS / name).read_bytes(), name)
    kinds = Counter(kind.value for sheet in read.sheets for kind in sheet.kinds)
    assert kinds["data"] == len(read.rows)
    assert kinds["remark"] == kinds["unread"] == 0
    assert {row.row for row in read.rows} == {n for s in read.sheets for n in s.numbers if s.kind_of(n).value == "data"}
