"""Names: folded, compared, sorted, shortened."""

import itertools
from random import Random
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.names import clean, fold, fold_loose, initials, same_name, sort_key, tone_normal

_IN_ORDER = (
    "An Anh Ánh Ân Ấn Ba Bà Bả Bã Bá Bạ Ban Băng Bằng Bân Bích Bình Cúc Dung Dũng Đào Đạt Em Hà Hạ Hải Hân Hoa Hòa "
    "Hương Oanh Ổn Ơn Thủy Thúy Tú Tuấn Tư Từ Tự Út Ưng Văn Vân Xuân Yến"
)
GIVEN_NAMES = _IN_ORDER.split()
PEOPLE = [
    "Lê Văn An",
    "Nguyễn Thị An",
    "Nguyễn Văn An",
    "Đỗ Thị Ánh",
    "Trần Thị Ân",
    "Bùi Văn Bảy",
    "Vũ Thị Bẩy",
]
_PARTS = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Thị Văn Hữu Đức Ngọc Hồng Quý Quỳnh Thuỷ "
    "Thủy Hoà Hòa Khoẻ Mỹ Mĩ Hải Nhung Bưởi Ổn Ưng Ý Y H'Ñuôl Blôk Ƀlô Kpă Rơ Châm"
)
SYLLABLES = _PARTS.split()
names = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=5).map(" ".join)
words = st.text(alphabet="aăâeêioôơuưyđbcghnmtqáàảãạấầẩẫậóòỏõọúùủũụýỳỷỹỵ ", max_size=12)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Nguyễn Thị Bưởi", "nguyen thi buoi"),
        ("ĐỖ  THỊ\u00a0ÁNH ", "do thi anh"),
        ("Ðỗ Thị Ánh", "do thi anh"),  # Ð of Icelandic, as old keyboards typed it
        ("Hoàng Thị Mỹ Duyên", "hoang thi my duyen"),
        ("H\u2019Ñuôl Kpă", "h'nuol kpa"),
        ("Y Ƀlô Niê", "y blo nie"),
        ("Lê\u200b Văn\ufeff An", "le van an"),
        ("Phước Hòa - thôn 3", "phuoc hoa - thon 3"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_folded_name_has_no_marks(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_all_vietnamese_letters_fold_to_plain_ones() -> None:
    letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    for text in (letters, letters.upper(), normalize("NFD", letters), normalize("NFD", letters.upper())):
        assert fold(text) == "a" * 18 + "e" * 12 + "i" * 6 + "o" * 18 + "u" * 12 + "y" * 6 + "d"


@given(names | st.text())
def test_folding_does_not_care_how_a_text_is_composed_and_folds_once(text: str) -> None:
    assert fold(normalize("NFD", text)) == fold(normalize("NFC", text)) == fold(text)
    assert fold(fold(text)) == fold(text)


@given(names)
def test_folding_a_vietnamese_name_leaves_ascii(name: str) -> None:
    assert fold(name).isascii()
    assert fold(name.upper()) == fold(name.lower()) == fold(f"  {name} ")


def test_the_loose_fold_takes_y_for_i_at_the_end_of_words() -> None:
    assert fold_loose("Mỹ Duyên Thủy") == fold_loose("Mĩ Duyên Thủi") == "mi duyen thui"


def test_initials_are_what_is_typed_in_a_hurry() -> None:
    assert initials("Nguyễn Thị Bưởi") == "ntb"
    assert initials("  Đỗ  ánh ") == "da"
    assert initials("") == ""


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà", "hòa"),
        ("hoá", "hóa"),
        ("hoạ", "họa"),
        ("thuỷ", "thủy"),
        ("Thuý", "Thúy"),
        ("luỹ", "lũy"),
        ("luỵ", "lụy"),
        ("uỷ", "ủy"),
        ("khoẻ", "khỏe"),
        ("xoè", "xòe"),
        ("HOÀ", "HÒA"),
        ("THUỶ", "THỦY"),
        ("Hoà, Thuỷ.", "Hòa, Thủy."),
        ("Nguyễn Thị Hoà Thuỷ", "Nguyễn Thị Hòa Thủy"),
    ],
)
def test_new_and_old_tone_placement_become_one(new: str, old: str) -> None:
    assert tone_normal(new) == tone_normal(old) == tone_normal(normalize("NFD", new)) == old


@pytest.mark.parametrize(
    "word",
    [
        "quý",
        "Quỳ",
        "QUỶ",
        "hoàng",
        "toán",
        "hoài",
        "huỳnh",
        "quỳnh",
        "thuyền",
        "khuỷu",
        "huýt",
        "của",
        "mùa",
        "huế",
        "thuở",
        "già",
        "quà",
        "què",
        "quả",
        "nghĩa",
        "loét",
        "hoằng",
        "bùi",
        "túi",
        "An",
        "Hòa",
    ],
)
def test_words_with_only_one_placement_stay(word: str) -> None:
    assert tone_normal(word) == word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Hòang", "Hoàng"),
        ("HÒANG", "HOÀNG"),
        ("tóan", "toán"),
        ("ngòai", "ngoài"),
        ("Hùynh", "Huỳnh"),
        ("qúy", "quý"),
        ("QÙYNH", "QUỲNH"),
        ("qủa", "quả"),
    ],
)
def test_tones_misplaced_by_old_typing_programs_are_put_right(typed: str, meant: str) -> None:
    assert tone_normal(typed) == meant


@given(names | words | st.text())
def test_placing_tones_twice_changes_nothing_more_and_loses_nothing(text: str) -> None:
    once = tone_normal(text)
    assert tone_normal(once) == once
    assert fold(once) == fold(text)


def test_a_clean_name_keeps_case_and_marks() -> None:
    assert clean("  NGUYỄN\u00a0 Thị  Hoà ") == "NGUYỄN Thị Hòa"
    assert clean(normalize("NFD", "Nguyễn Thị Hoà")) == "Nguyễn Thị Hòa"
    assert clean("Ðỗ Văn Ðức") == "Đỗ Văn Đức"


@given(names | st.text())
def test_cleaning_twice_changes_nothing_more(name: str) -> None:
    assert clean(clean(name)) == clean(name)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA"),
        ("Nguyễn Thị Hoà", normalize("NFD", "Nguyễn  Thị Hoà")),
        ("Trần Thị Mỹ", "Trần Thị Mĩ"),
        ("Lý Văn Quý", "Lí Văn Quí"),
        ("HÙYNH VĂN BA", "Huỳnh Văn Ba"),
    ],
)
def test_two_spellings_of_one_name_are_the_same(a: str, b: str) -> None:
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hoa", "Hòa"),
        ("Thủy", "Thúy"),
        ("Hay", "Hai"),
        ("Thủy", "Thủi"),
        ("Nguyễn Văn An", "Nguyen Van An"),
        ("Nguyễn Văn An", "Nguyễn An Văn"),
        ("Nguyễn Văn An", "Nguyễn An"),
        ("Ba", ""),
    ],
)
def test_marks_and_words_make_different_names(a: str, b: str) -> None:
    assert not same_name(a, b)
    assert not same_name(b, a)


def shuffled(items: list[str]) -> list[str]:
    mixed = items.copy()
    Random(20261120).shuffle(mixed)
    return mixed


def test_given_names_sort_by_the_vietnamese_alphabet_and_tones() -> None:
    assert sorted(shuffled(GIVEN_NAMES), key=sort_key) == GIVEN_NAMES
    keys = [sort_key(name) for name in GIVEN_NAMES]
    assert all(a < b for a, b in itertools.pairwise(keys))


def test_people_sort_by_given_name_then_family_name_then_middle_names() -> None:
    assert sorted(shuffled(PEOPLE), key=sort_key) == PEOPLE


def test_the_whole_alphabet_is_in_order() -> None:
    letters = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
    alphabet = list(letters)
    assert sorted(shuffled(alphabet), key=sort_key) == alphabet
    with_ends = [f"{letter}{end}" for letter in alphabet for end in ("", "a", "z")]
    assert sorted(shuffled(with_ends), key=sort_key) == with_ends


def test_tones_are_in_the_order_of_dictionaries() -> None:
    for row in ("a à ả ã á ạ", "ơ ờ ở ỡ ớ ợ", "y ỳ ỷ ỹ ý ỵ"):
        assert sorted(shuffled(row.split()), key=sort_key) == row.split()


@pytest.mark.parametrize(
    ("a", "b"),
    [("Thủy", "Thuỷ"), ("Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA"), ("Hoà", normalize("NFD", "hoà")), ("Ba (", "ba")],
)
def test_spellings_that_mean_the_same_sort_to_the_same_place(a: str, b: str) -> None:
    assert sort_key(a) == sort_key(b)


@given(names, names)
def test_sort_keys_are_plain_ascii_and_tell_folded_names_apart(a: str, b: str) -> None:
    assert sort_key(a).isascii()
    if sort_key(a) == sort_key(b):
        assert fold(a).replace("'", "") == fold(b).replace("'", "")


@given(st.text())
def test_any_text_has_a_place_in_the_order(text: str) -> None:
    assert isinstance(sort_key(text), str)
