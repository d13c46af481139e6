"""Old font text becomes Unicode, cell by cell."""

import pytest

from provider.lists.reading import legacy
from provider.lists.reading.document import read_list
from tests.rules.reading.books import a_list, person, xls

PAIRS = [
    ("NguyÔn ThÞ Hoa", "Nguyễn Thị Hoa"),
    ("TrÇn V¨n §øc", "Trần Văn Đức"),
    ("Lª ThÞ B\u00adëi", "Lê Thị Bưởi"),
    ("Hoµng ThÞ Mü Duyªn", "Hoàng Thị Mỹ Duyên"),
    ("Nguyeãn Thò Hoa", "Nguyễn Thị Hoa"),
    ("Traàn Vaên Ñöùc", "Trần Văn Đức"),
    ("Leâ Thò Böôûi", "Lê Thị Bưởi"),
    ("Hoaøng Thò Myõ Duyeân", "Hoàng Thị Mỹ Duyên"),
    ("NGUYEÃN THÒ HOA", "NGUYỄN THỊ HOA"),
    ("Nguyá»…n Thá»‹ Hoa", "Nguyễn Thị Hoa"),
    ("LÃª Thá»‹ BÆ°á»Ÿi", "Lê Thị Bưởi"),
    ("HoÃ\u00a0ng Thá»‹ Má»¹", "Hoàng Thị Mỹ"),
]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_the_table_of_the_domain(old: str, new: str) -> None:
    assert legacy.to_unicode(old) == new


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Hoa",
        "Lê Thị Hòa",
        "Tô Hoài Đức",
        "Võ Thị Thò",
        "Hồ Văn Ka-lăng",
        "Lò Thị Hà",
        "Y Blôk Êban",
        "Hà Tô",
        "Cô Tô",
        "Xã Hải Lệ",
        "KP 2",
        "Phường 1",
        "Nguye\u0302\u0303n Thi\u0323 Hoa\u0300",
        "1696/QĐ-UBND",
    ],
)
def test_unicode_stays_as_it_is(text: str) -> None:
    assert legacy.to_unicode(text) == text


def test_every_letter_of_tcvn3_has_one_meaning() -> None:
    table = dict(pair for pair in zip(legacy._TCVN3.split(" "), legacy._TCVN3.split(" "), strict=True))
    assert len({pair[0] for pair in table}) == len(table) == 74


def test_capitals_come_from_the_font() -> None:
    assert legacy.to_unicode("NguyÔn V¨n §øc", font="tcvn3h") == "NGUYỄN VĂN ĐỨC"


def test_an_old_word_that_is_also_a_word_of_today_follows_its_sheet() -> None:
    assert legacy.to_unicode("Thò") == "Thò"
    assert legacy.to_unicode("Thò", prior="vni") == "Thị"
    assert legacy.to_unicode("Thò", font="vni") == "Thị"


def test_a_list_in_tcvn3_with_a_single_unicode_cell() -> None:
    people = [
        person(1, "NguyÔn ThÞ B\u00adëi", commune="X· H¶i LÖ"),
        person(2, "TrÇn V¨n §øc", id_number="045045025403"),
        person(3, "Lê Văn Tám"),
    ]
    read = read_list(xls(a_list(*people)), "a.xls")
    assert [row.name for row in read.rows] == ["Nguyễn Thị Bưởi", "Trần Văn Đức", "Lê Văn Tám"]
    assert read.rows[0].commune == "Xã Hải Lệ"
    assert read.rows[0].raw[1] == "NguyÔn ThÞ B\u00adëi"
    assert [problem.code for problem in read.rows[0].problems] == ["text_was_old_font"]
    assert read.rows[2].problems == []


def test_a_whole_heading_in_an_old_font() -> None:
    heading = ["STT", "Hä vµ tªn", "N¨m sinh", "Møc trî cÊp", "Tæng céng"]
    read = read_list(
        xls([["danh s¸ch chi tr¶ th¸ng 9 n¨m 2024"], heading, [1, "TrÇn V¨n §øc", 1940, 500000, 500000]]), "a.xls"
    )
    assert read.rows[0].name == "Trần Văn Đức"
    assert read.month is not None
