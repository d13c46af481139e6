"""Numbers to words and back."""

import contextlib
from itertools import product
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provider.errors import Invalid
from provider.money import Money
from provider.names import fold
from provider.words import SOUTHERN, UnclearWords, WordStyle, amount_in_words, from_words, in_words

# Made by an independent implementation and read through by a person.
PAIRS = {
    0: "không",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    44: "bốn mươi tư",
    55: "năm mươi lăm",
    91: "chín mươi mốt",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    505: "năm trăm linh năm",
    1_000: "một nghìn",
    1_001: "một nghìn không trăm linh một",
    1_010: "một nghìn không trăm mười",
    1_015: "một nghìn không trăm mười lăm",
    1_021: "một nghìn không trăm hai mươi mốt",
    1_234: "một nghìn hai trăm ba mươi tư",
    10_000: "mười nghìn",
    10_005: "mười nghìn không trăm linh năm",
    15_000: "mười lăm nghìn",
    21_000: "hai mươi mốt nghìn",
    24_000: "hai mươi tư nghìn",
    55_000: "năm mươi lăm nghìn",
    101_000: "một trăm linh một nghìn",
    360_000: "ba trăm sáu mươi nghìn",
    500_000: "năm trăm nghìn",
    540_000: "năm trăm bốn mươi nghìn",
    810_000: "tám trăm mười nghìn",
    1_000_000: "một triệu",
    1_000_001: "một triệu không trăm linh một",
    1_001_000: "một triệu không trăm linh một nghìn",
    1_080_000: "một triệu không trăm tám mươi nghìn",
    1_250_000: "một triệu hai trăm năm mươi nghìn",
    1_565_000: "một triệu năm trăm sáu mươi lăm nghìn",
    2_231_000: "hai triệu hai trăm ba mươi mốt nghìn",
    2_789_000: "hai triệu bảy trăm tám mươi chín nghìn",
    3_012_000: "ba triệu không trăm mười hai nghìn",
    3_667_000: "ba triệu sáu trăm sáu mươi bảy nghìn",
    4_021_000: "bốn triệu không trăm hai mươi mốt nghìn",
    8_367_000: "tám triệu ba trăm sáu mươi bảy nghìn",
    10_000_500: "mười triệu năm trăm",
    10_800_000: "mười triệu tám trăm nghìn",
    15_004_000: "mười lăm triệu không trăm linh bốn nghìn",
    24_055_000: "hai mươi tư triệu không trăm năm mươi lăm nghìn",
    105_005_005: "một trăm linh năm triệu không trăm linh năm nghìn không trăm linh năm",
    999_999_999: "chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín",
    1_000_000_000: "một tỷ",
    1_000_000_001: "một tỷ không trăm linh một",
    1_005_000_000: "một tỷ không trăm linh năm triệu",
    1_234_505_021: "một tỷ hai trăm ba mươi tư triệu năm trăm linh năm nghìn không trăm hai mươi mốt",
    2_015_000_000: "hai tỷ không trăm mười lăm triệu",
    15_250_000_000: "mười lăm tỷ hai trăm năm mươi triệu",
    21_040_500_105: "hai mươi mốt tỷ không trăm bốn mươi triệu năm trăm nghìn một trăm linh năm",
    1_000_000_000_000: "một nghìn tỷ",
    1_000_000_000_001: "một nghìn tỷ không trăm linh một",
}
STYLES = [
    WordStyle(thousand=thousand, billion=billion, odd=odd, four=four)
    for thousand, billion, odd, four in product(("nghìn", "ngàn"), ("tỷ", "tỉ"), ("linh", "lẻ"), ("tư", "bốn"))
]
styles = st.sampled_from(STYLES)
# Numbers with many zeros and repeated digits are where words go wrong; plain integers hardly ever have them.
numbers = st.integers(0, 10**15) | st.lists(st.sampled_from("0001459"), min_size=1, max_size=15).map(
    lambda digits: int("".join(digits))
)


@pytest.mark.parametrize(("number", "words"), PAIRS.items())
def test_a_number_is_said_as_vietnamese_say_it(number: int, words: str) -> None:
    assert in_words(number) == words


@pytest.mark.parametrize(("number", "words"), PAIRS.items())
def test_words_are_understood(number: int, words: str) -> None:
    assert from_words(words) == number
    assert from_words(f"Bằng chữ: {words.capitalize()} đồng chẵn./.") == number


@pytest.mark.parametrize("style", STYLES)
def test_every_style_says_all_pairs_and_is_read_back(style: WordStyle) -> None:
    for number, words in PAIRS.items():
        expected = (
            words.replace("nghìn", style.thousand).replace("tỷ", style.billion).replace("linh", style.odd)
        ).replace("mươi tư", f"mươi {style.four}")
        assert in_words(number, locale=style) == expected
        assert from_words(expected) == number


@pytest.mark.parametrize("style", [STYLES[0], STYLES[-1]])
def test_every_number_below_two_hundred_thousand_comes_back(style: WordStyle) -> None:
    for number in [*range(20_000), *range(20_000, 200_000, 7)]:
        assert from_words(in_words(number, locale=style)) == number


@given(numbers, styles)
@example(10**15, WordStyle())
@example(10**18, WordStyle())
@example(1_005_000_000 * 10**9, WordStyle())
def test_every_number_comes_back_in_every_style(number: int, style: WordStyle) -> None:
    words = in_words(number, locale=style)
    assert from_words(words) == number
    assert from_words(words.upper()) == number
    assert from_words(fold(words)) == number  # marks lost on the way
    assert from_words(in_words(-number, locale=style)) == -number
    assert "  " not in words
    assert words == words.strip().lower()


@given(numbers, numbers)
def test_two_numbers_never_sound_alike(a: int, b: int) -> None:
    assert (in_words(a) == in_words(b)) == (a == b)


@given(st.integers(-(10**15), 10**15), styles, st.booleans())
def test_an_amount_in_words_comes_back(dong: int, style: WordStyle, even: bool) -> None:
    assert from_words(amount_in_words(Money(dong), locale=style, even=even)) == dong


def test_an_amount_begins_with_a_capital_and_ends_with_dong() -> None:
    assert amount_in_words(Money(1_080_000)) == "Một triệu không trăm tám mươi nghìn đồng"
    assert amount_in_words(Money(0)) == "Không đồng"
    assert amount_in_words(Money(-500_000)) == "Âm năm trăm nghìn đồng"


def test_chan_is_added_only_when_asked_for_and_when_nothing_is_below_a_thousand() -> None:
    assert amount_in_words(Money(540_000), even=True) == "Năm trăm bốn mươi nghìn đồng chẵn"
    assert amount_in_words(Money(540_500), even=True) == "Năm trăm bốn mươi nghìn năm trăm đồng"


def test_the_south_says_ngan_and_le() -> None:
    assert in_words(1_005, locale=SOUTHERN) == "một ngàn không trăm lẻ năm"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("hai mốt", 21),
        ("hai tư", 24),
        ("hai lăm", 25),
        ("hai nhăm", 25),
        ("ba trăm bốn lăm nghìn", 345_000),
        ("hai mươi bốn", 24),
        ("hai mươi tư", 24),
        ("một trăm linh tư", 104),
        ("hai mươi năm", 25),
        ("hai mươi một", 21),
        ("mười năm", 15),
        ("một mươi lăm", 15),
        ("một triệu tám mươi nghìn", 1_080_000),
        ("một triệu linh năm nghìn", 1_005_000),
        ("một triệu không nghìn năm trăm", 1_000_500),
        ("một tỷ không trăm triệu không trăm nghìn năm trăm", 1_000_000_500),
        ("một ngàn không trăm lẻ bốn", 1_004),
        ("hai tỉ", 2_000_000_000),
        ("bẩy trăm bẩy mươi bẩy", 777),
        ("MỘT TRIỆU KHÔNG TRĂM TÁM MƯƠI NGHÌN ĐỒNG", 1_080_000),
        ("mot trieu khong tram tam muoi nghin dong", 1_080_000),
        (normalize("NFD", "Một triệu không trăm tám mươi nghìn đồng"), 1_080_000),
        ("(Bằng chữ: Một triệu, không trăm tám mươi nghìn đồng chẵn.)", 1_080_000),
        ("Số tiền viết bằng chữ: Một triệu không trăm tám mươi nghìn đồng./.", 1_080_000),
        ("Tổng số tiền (Viết bằng chữ): Năm trăm nghìn đồng Việt Nam", 500_000),
        ("Bằng chữ : Năm trăm nghìn chẵn đồng", 500_000),
        ("năm trăm nghìn VNĐ", 500_000),
        ("Bằng chữ: Năm", 5),
        ("âm năm trăm", -500),
        ("Không đồng", 0),
        ("một nghìn tỷ", 10**12),
        ("một triệu tỷ", 10**15),
    ],
)
def test_words_are_read_as_lists_really_write_them(words: str, number: int) -> None:
    assert from_words(words) == number


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "Bằng chữ:",
        "đồng",
        "âm",
        "abc",
        "một triệu hai",  # 1.200.000 in speech
        "một trăm hai",
        "một nghìn năm",
        "ba hai",
        "một tư",
        "trăm",
        "triệu",
        "nghìn năm trăm",
        "tỷ hai trăm triệu",
        "không triệu",
        "không tỷ",
        "một nghìn hai triệu",
        "một triệu hai triệu",
        "một trăm hai trăm",
        "hai mươi ba mươi",
        "hai mươi mười",
        "hai mươi không",
        "tư",
        "lăm",
        "mốt hai",
        "linh năm",
        "một linh năm",
        "năm trăm nghìn năm trăm nghìn",
        "1.080.000",
        "Tám triệu đồng hai trăm nghìn",
        "Bằng chữ: Bằng chữ",
    ],
)
def test_words_that_say_no_one_number_are_refused(words: str) -> None:
    with pytest.raises(UnclearWords) as refusal:
        from_words(words)
    assert isinstance(refusal.value, Invalid)
    assert refusal.value.code == "unclear_words"


SAID = "không một hai bốn năm tư lăm mốt mươi mười trăm linh lẻ nghìn triệu tỷ đồng chẵn âm bằng chữ"


@given(st.lists(st.sampled_from(SAID.split())))
def test_any_heap_of_number_words_is_a_number_or_a_refusal(heap: list[str]) -> None:
    try:
        number = from_words(" ".join(heap))
    except UnclearWords:
        return
    assert from_words(in_words(number)) == number


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(UnclearWords):
        from_words(text)
