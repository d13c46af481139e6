"""What the written name of a commune says, and what the published text says about mergers."""

import pytest

from provider.places.mergers import Became, UnitLine, mentions, read_mergers
from provider.places.published import units_before, units_since
from provider.places.rules import Level, UnitName, read_unit_name, tidy_unit_name


@pytest.mark.parametrize(
    ("written", "kind", "bare"),
    [
        ("Phường 1", "phuong", "1"),
        ("P.1", "phuong", "1"),
        ("P1", "phuong", "1"),
        ("P. 01", "phuong", "1"),
        ("PHƯỜNG AN ĐÔN", "phuong", "an don"),
        ("Xã Hải Lệ", "xa", "hai le"),
        ("X. Hải Lệ", "xa", "hai le"),
        ("xã  Hải  Lệ", "xa", "hai le"),
        ("TT Thanh Miện", "thi tran", "thanh mien"),
        ("T.T Thanh Miện", "thi tran", "thanh mien"),
        ("T.X Quảng Trị", "thi xa", "quang tri"),
        ("Hải Lệ", "", "hai le"),
        ("Ptoy", "", "ptoy"),
        ("Xã B'Lá", "xa", "b'la"),
        ("Phường Thủy-Xuân", "phuong", "thuy xuan"),
    ],
)
def test_a_name_is_read_with_or_without_its_kind(written: str, kind: str, bare: str) -> None:
    assert read_unit_name(written) == UnitName(kind, bare)


@pytest.mark.parametrize(
    ("odd", "tidy"),
    [
        ("Thành Phố Cần Thơ", "Thành phố Cần Thơ"),
        ("Thủ Đô Hà Nội", "Thành phố Hà Nội"),
        ("Tỉnh Quảng Trị", "Tỉnh Quảng Trị"),
        ("Thị Trấn Bến Quan", "Thị trấn Bến Quan"),
    ],
)
def test_odd_capitals_are_tidied(odd: str, tidy: str) -> None:
    assert tidy_unit_name(odd) == tidy


def test_the_text_of_a_merger_names_each_commune_with_its_district_and_whether_only_a_part_went() -> None:
    text = "Phường 1, Phường 3 (thị xã Quảng Trị), Xã Trần Hợi (phần còn lại sau khi sáp nhập vào xã Đá Bạc)"
    assert [(each.name, each.hint, each.part) for each in mentions(text)] == [
        ("Phường 1", "", False),
        ("Phường 3", "thị xã Quảng Trị", False),
        ("Xã Trần Hợi", "", True),
    ]


def test_a_part_reaches_to_the_end_of_the_enumeration_it_opens() -> None:
    named = mentions("Xã Song Mai và một phần diện tích tự nhiên, quy mô dân số của  Xã Ngọc Thanh, Xã Hùng An")
    assert [(each.name, each.part) for each in named] == [
        ("Xã Song Mai", False),
        ("Xã Ngọc Thanh", True),
        ("Xã Hùng An", True),
    ]


def test_the_word_va_inside_a_name_divides_nothing() -> None:
    assert [each.name for each in mentions("Xã Lao Và Chải, Xã Hữu Vinh")] == ["Xã Lao Và Chải", "Xã Hữu Vinh"]


def test_two_communes_of_one_name_are_told_apart_by_the_district_of_the_new_code() -> None:
    before = [
        UnitLine("45", "Tỉnh Quảng Trị", Level.PROVINCE, ""),
        UnitLine("461", "Thành phố Đông Hà", Level.DISTRICT, "45"),
        UnitLine("462", "Thị xã Quảng Trị", Level.DISTRICT, "45"),
        UnitLine("00001", "Phường 1", Level.COMMUNE, "461"),
        UnitLine("00002", "Phường 1", Level.COMMUNE, "462"),
        UnitLine("00003", "Phường 2", Level.COMMUNE, "462"),
        UnitLine("00004", "Phường 9", Level.COMMUNE, "462"),
    ]
    since = [
        UnitLine("44", "Tỉnh Quảng Trị", Level.PROVINCE, "", "tỉnh Quảng Trị"),
        UnitLine("00003", "Phường Quảng Trị", Level.COMMUNE, "44", "Phường 1, Phường 2, Phường Không Có"),
    ]
    read = read_mergers(before, since)
    assert set(read.communes) == {Became("00002", "00003", True), Became("00003", "00003", True)}
    assert [each.mention for each in read.unplaced] == ["Phường Không Có"]
    assert set(read.without_successor) == {"00001", "00004"}


def test_nearly_every_old_commune_finds_its_new_unit_and_the_others_are_listed() -> None:
    before, since = units_before(), units_since()
    read = read_mergers(before, since)
    old = {line.code for line in before if line.level is Level.COMMUNE}
    assert len(old) == 10_035
    assert read.coverage(len(old)) > 0.998
    assert {each.old for each in read.communes} | set(read.without_successor) == old
    assert len(read.without_successor) <= 17
    assert {each.old for each in read.provinces} == {line.code for line in before if line.level is Level.PROVINCE}
    new = {line.code for line in since if line.level is Level.COMMUNE}
    reached = {each.new for each in read.communes} | {each.new for each in read.districts}
    assert new <= reached, "a new commune without anything it was formed from"


def test_the_wards_of_quang_tri_town_became_one_ward() -> None:
    read = read_mergers(units_before(), units_since())
    went = {each.old: (each.new, each.whole) for each in read.communes}
    assert {went[code] for code in ("19357", "19358", "19360", "19361", "19705")} == {("19360", True)}
