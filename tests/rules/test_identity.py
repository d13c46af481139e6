"""Identity numbers: shape, lost zeros, birth year and sex."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.errors import Invalid
from provider.identity import (
    PROVINCE_CODES,
    IdDoubt,
    IdKind,
    IdNumber,
    Sex,
    UnclearId,
    birth_year_in,
    check_id,
    mask,
    read_id,
    repad,
    sex_in,
)

GOOD = "045137000402"  # Quảng Trị, a woman born in 1937
KEPT_SINCE_2025 = (
    "01 04 08 11 12 14 15 19 20 22 24 25 31 33 37 38 40 42 44 46 48 51 52 56 66 68 75 79 80 82 86 91 92 96"
)

years = st.integers(1900, 2099)
sexes = st.sampled_from(Sex)
serials = st.integers(0, 999_999)


def number_of(place: str, year: int, sex: Sex, serial: int) -> str:
    century = (year - 1900) // 100 * 2 + (sex is Sex.FEMALE)
    return f"{place}{century}{year % 100:02}{serial:06}"


def test_there_are_63_provinces_and_all_34_of_today_are_among_them() -> None:
    assert len(PROVINCE_CODES) == 63
    assert {f"0{code}" for code in KEPT_SINCE_2025.split()} <= set(PROVINCE_CODES)
    assert (PROVINCE_CODES["001"], PROVINCE_CODES["045"], PROVINCE_CODES["096"]) == ("Hà Nội", "Quảng Trị", "Cà Mau")


@given(st.sampled_from(sorted(PROVINCE_CODES)), years, sexes, serials)
def test_a_number_made_by_the_rules_has_no_doubts(place: str, year: int, sex: Sex, serial: int) -> None:
    number = number_of(place, year, sex, serial)
    assert check_id(number, birth_year=year, sex=sex) == []
    assert check_id(number, birth_year=None, sex=None) == []
    assert (birth_year_in(number), sex_in(number)) == (year, sex)


@given(st.sampled_from(sorted(PROVINCE_CODES)), years, years, sexes, sexes, serials)
def test_year_and_sex_are_compared_with_the_person(
    place: str, year: int, other_year: int, sex: Sex, other_sex: Sex, serial: int
) -> None:
    doubts = check_id(number_of(place, year, sex, serial), birth_year=other_year, sex=other_sex)
    assert (IdDoubt.BIRTH_YEAR in doubts) == (year != other_year)
    assert (IdDoubt.SEX in doubts) == (sex is not other_sex)


@pytest.mark.parametrize(
    ("number", "doubts"),
    [
        (GOOD, []),
        ("003137000402", [IdDoubt.PLACE]),  # 003 was never given
        ("000137000402", [IdDoubt.PLACE]),
        ("097137000402", [IdDoubt.PLACE]),
        ("100137000402", [IdDoubt.PLACE]),
        ("999137000402", [IdDoubt.PLACE]),
        ("101137000402", []),  # registered abroad
        ("045437000402", [IdDoubt.CENTURY, IdDoubt.BIRTH_YEAR, IdDoubt.SEX]),
        ("045037000402", [IdDoubt.SEX]),
        ("045136000402", [IdDoubt.BIRTH_YEAR]),
        ("045337000402", [IdDoubt.BIRTH_YEAR]),  # 2037
        ("04513700040", [IdDoubt.SHAPE]),
        ("0451370004020", [IdDoubt.SHAPE]),
        ("04513700040a", [IdDoubt.SHAPE]),
        ("045 137000402", [IdDoubt.SHAPE]),
        ("٠٤٥١٣٧٠٠٠٤٠٢", [IdDoubt.SHAPE]),
        ("", [IdDoubt.SHAPE]),
        ("201234567", []),
        ("012345678", []),
        ("20123456", [IdDoubt.SHAPE]),
    ],
)
def test_what_speaks_against_a_number_of_a_woman_born_in_1937(number: str, doubts: list[IdDoubt]) -> None:
    assert check_id(number, birth_year=1937, sex=Sex.FEMALE) == doubts


def test_every_doubt_has_a_sentence_of_its_own() -> None:
    assert len({doubt.sentence for doubt in IdDoubt}) == len(IdDoubt)


@pytest.mark.parametrize(
    ("digits", "whole", "padded"),
    [
        ("45137000402", "045137000402", True),
        ("1137000402", "001137000402", True),
        ("3137000402", "3137000402", False),  # 003 is no province
        ("97137000402", "97137000402", False),
        ("45437000402", "45437000402", False),  # would be born after 2099
        ("09137000402", "09137000402", False),  # begins with zero: a digit is missing elsewhere
        ("0912345678", "0912345678", False),  # a telephone number
        (GOOD, GOOD, False),
        ("137000402", "137000402", False),  # a CMND as it stands
        ("12345678", "012345678", True),
        ("01234567", "01234567", False),
        ("1234567", "1234567", False),
        ("1234567890123", "1234567890123", False),
        ("4.5137E+10", "4.5137E+10", False),
        ("٤٥١٣٧٠٠٠٤٠٢", "٤٥١٣٧٠٠٠٤٠٢", False),
        ("", "", False),
    ],
)
def test_lost_zeros_are_put_back_only_when_the_result_is_a_possible_number(
    digits: str, whole: str, padded: bool
) -> None:
    assert repad(digits) == (whole, padded)


def test_lost_zeros_are_not_put_back_against_what_is_known_of_the_person() -> None:
    assert repad("45137000402", birth_year=1937, sex=Sex.FEMALE) == (GOOD, True)
    assert repad("45137000402", birth_year=1938) == ("45137000402", False)
    assert repad("45137000402", sex=Sex.MALE) == ("45137000402", False)


@given(st.sampled_from(sorted(PROVINCE_CODES)), years, sexes, serials)
def test_a_number_that_went_through_a_spreadsheet_comes_back(place: str, year: int, sex: Sex, serial: int) -> None:
    number = number_of(place, year, sex, serial)
    for lost in (int(number), float(number), str(int(number)), f"{int(number)}.0"):
        assert read_id(lost, birth_year=year, sex=sex) == IdNumber(number, IdKind.CITIZEN, padded=True)


@given(st.text(alphabet="0123456789", max_size=14))
def test_padding_adds_zeros_only_and_never_a_doubt(digits: str) -> None:
    whole, padded = repad(digits)
    assert whole.endswith(digits)
    assert set(whole[: len(whole) - len(digits)]) <= {"0"}
    assert padded == (whole != digits)
    if padded:
        assert check_id(whole, birth_year=None, sex=None) == []


@pytest.mark.parametrize(
    "written",
    [
        GOOD,
        f"'{GOOD}",
        f" {GOOD}\u00a0",
        "045 137 000 402",
        "045.137.000.402",
        "045-137-000402",
        f"CCCD: {GOOD}",
        f"Số CCCD {GOOD}",
        f"Căn cước {GOOD}",
    ],
)
def test_a_number_is_read_as_lists_write_it(written: str) -> None:
    assert read_id(written) == IdNumber(GOOD, IdKind.CITIZEN)


def test_a_nine_digit_card_is_read_with_or_without_its_zero() -> None:
    assert read_id("201234567") == IdNumber("201234567", IdKind.OLD)
    assert read_id(12345678.0) == IdNumber("012345678", IdKind.OLD, padded=True)
    assert read_id("CMND: 201 234 567") == IdNumber("201234567", IdKind.OLD)


@pytest.mark.parametrize("written", [f"201234567/{GOOD}", f"{GOOD} ; 201234567", f"{GOOD}\n201234567"])
def test_of_two_numbers_in_a_cell_the_new_one_counts_and_the_old_is_kept(written: str) -> None:
    assert read_id(written) == IdNumber(GOOD, IdKind.CITIZEN, former="201234567")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "chưa có",
        "mất",
        "-",
        "4.5204E+10",
        "4,52E+10",
        4.5,
        0,
        "0",
        "123",
        "97137000402",
        f"{GOOD}1",
        "4.5137000402",
        "45.137000402",
        "4.51370004020",
        "45 137 000 402",
        "45.137.000.402",
        f"{GOOD}/{GOOD}",
        "201234567/201234568",
        f"{GOOD}/mất",
        "/",
        "45 người",
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_identity_number_is_refused(written: str | float) -> None:
    with pytest.raises(UnclearId) as refusal:
        read_id(written)
    assert isinstance(refusal.value, Invalid)
    assert str(written) in str(refusal.value)


@given(st.text() | st.text(alphabet="0123456789 ./;'-E+", max_size=30) | st.floats() | st.integers())
def test_anything_is_an_identity_number_or_a_refusal(written: str | float) -> None:
    try:
        found = read_id(written)
    except UnclearId:
        return
    assert IdDoubt.SHAPE not in check_id(found.number, birth_year=None, sex=None)


def test_a_masked_number_shows_its_last_three_digits() -> None:
    assert mask(GOOD) == "••• ••• 402"
    assert mask("201234567") == "••• ••• 567"
    assert mask("402") == mask("") == "••• ••• •••"
