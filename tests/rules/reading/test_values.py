"""Every form of DOMAIN 5.4: amounts, dates of birth, numbers, names with notes."""

import datetime
from decimal import Decimal

import pytest

from provider.identity import Sex
from provider.lists.reading import people, values
from provider.lists.reading.values import Birth
from provider.money import Money


@pytest.mark.parametrize(
    "written",
    [
        1_080_000,
        1_080_000.0,
        "1080000",
        "1.080.000",
        "1,080,000",
        "1 080 000",
        "1\u00a0080\u00a0000",
        "1\u202f080\u202f000",
        "1.080.000đ",
        "1.080.000 đồng",
        " 1.080.000 * ",
        "1.080.000,00",
        1_080_000.0000000002,
        "1080000.0",
    ],
)
def test_an_amount_is_read_however_it_is_written(written: object) -> None:
    assert values.amount(written) == (Money(1_080_000), None)


@pytest.mark.parametrize("written", ["", "-", "–", " ", None, "x"])
def test_a_dash_or_nothing_is_no_amount_and_no_problem(written: object) -> None:
    assert values.amount(written) == (None, None)


@pytest.mark.parametrize("written", ["(500.000)", "-500.000", -500_000])
def test_brackets_and_a_minus_are_negative(written: object) -> None:
    assert values.amount(written) == (Money(-500_000), None)


@pytest.mark.parametrize(
    "written", ["1.08", 1.08, "1.080.00", "năm trăm nghìn", "500k", 1080.5, float("nan"), 1e20, True]
)
def test_an_unclear_amount_is_never_guessed(written: object) -> None:
    money, doubt = values.amount(written)
    assert money is None
    assert doubt is not None
    assert doubt[0] == "amount_unclear"


@pytest.mark.parametrize(
    ("written", "dong"),
    [(1080, 1_080_000), ("1.080", 1_080_000), (1080.5, 1_080_500), ("1080,5", 1_080_500), (0.5, 500)],
)
def test_a_column_in_thousands(written: object, dong: int) -> None:
    assert values.amount(written, 1_000) == (Money(dong), None)


def test_text_with_one_group_of_three_is_thousands() -> None:
    assert values.amount("1.080") == (Money(1_080), None)


@pytest.mark.parametrize(
    ("written", "birth"),
    [
        ("15/03/1945", Birth(1945, 3, 15)),
        ("15-3-1945", Birth(1945, 3, 15)),
        ("15.03.1945", Birth(1945, 3, 15)),
        ("15/3/1945 ", Birth(1945, 3, 15)),
        ("'15/03/1945", Birth(1945, 3, 15)),
        ("1945-03-15", Birth(1945, 3, 15)),
        ("1945-03-15 00:00:00", Birth(1945, 3, 15)),
        ("ngày 15 tháng 3 năm 1945", Birth(1945, 3, 15)),
        (16501, Birth(1945, 3, 5)),
        (16501.0, Birth(1945, 3, 5)),
        (datetime.date(1945, 3, 5), Birth(1945, 3, 5)),
        (datetime.datetime(1945, 3, 5), Birth(1945, 3, 5)),
        (1945, Birth(1945)),
        (1945.0, Birth(1945)),
        ("1945", Birth(1945)),
        ("1945.0", Birth(1945)),
        ("năm 1945", Birth(1945)),
        (datetime.date(1905, 4, 28), Birth(1945)),
        ("00/00/1945", Birth(1945)),
        ("  /  /1945", Birth(1945)),
        ("00/03/1945", Birth(1945, 3)),
        ("03/1945", Birth(1945, 3)),
        (15031945, Birth(1945, 3, 15)),
        ("15031945", Birth(1945, 3, 15)),
        (5031945, Birth(1945, 3, 5)),
        ("", Birth()),
        ("/  /", Birth()),
        ("-", Birth()),
    ],
)
def test_a_date_of_birth_is_as_precise_as_it_was_given(written: object, birth: Birth) -> None:
    assert values.birth(written, latest=2024) == (birth, None)


@pytest.mark.parametrize(
    ("written", "birth", "code"),
    [
        ("31/02/1945", Birth(1945), "birth_impossible"),
        ("29/02/1945", Birth(1945), "birth_impossible"),
        ("45/13/1945", Birth(1945), "birth_impossible"),
        ("03/15/1945", Birth(1945, 3, 15), "birth_swapped"),
        ("15/3/45", Birth(1945, 3, 15), "birth_two_digit_year"),
        ("khoảng 80", Birth(), "birth_unclear"),
        ("15/03/2045", Birth(), "birth_unlikely"),
        ("1745", Birth(), "birth_unlikely"),
        ("không rõ", Birth(), "birth_unclear"),
        (12.5, Birth(), "birth_unclear"),
    ],
)
def test_a_doubtful_birth_is_said(written: object, birth: Birth, code: str) -> None:
    found, doubt = values.birth(written, latest=2024)
    assert found == birth
    assert doubt is not None
    assert doubt[0] == code


@pytest.mark.parametrize(
    ("written", "number", "padded"),
    [
        ("045140025402", "045140025402", False),
        (45140025402, "045140025402", True),
        (45140025402.0, "045140025402", True),
        ("'045140025402", "045140025402", False),
        ("045 140 025 402", "045140025402", False),
        ("201234567", "201234567", False),
    ],
)
def test_an_id_number(written: object, number: str, padded: bool) -> None:
    found, _ = values.id_number(written, 1940, Sex.FEMALE)
    assert (found.number, found.padded) == (number, padded)


def test_zeros_are_not_put_back_against_the_rules_of_the_number() -> None:
    found, doubt = values.id_number(45140025402, 1950, Sex.FEMALE)
    assert (found.number, found.padded) == ("45140025402", False)
    assert doubt == ("id_unclear", {"text": "45140025402"})


def test_two_numbers_in_one_cell() -> None:
    found, doubt = values.id_number("201234567/045140025402")
    assert (found.number, found.old) == ("045140025402", "201234567")
    assert doubt == ("id_two_in_cell", {"old": "201234567"})


@pytest.mark.parametrize("written", ["chưa có", "mất", "", "-", "không có"])
def test_no_number_yet_is_no_unclear_number(written: str) -> None:
    assert values.id_number(written) == (values.NO_ID, None)


def test_digits_lost_to_a_power_of_ten_are_not_invented() -> None:
    found, doubt = values.id_number("4.5204E+10")
    assert found.number is None
    assert doubt == ("id_unclear", {"text": "4.5204E+10"})


@pytest.mark.parametrize(
    ("written", "number"), [("1,5", "1.5"), (1.5, "1.5"), ("2", "2"), (2.0, "2"), ("hệ số 2.5", "2.5")]
)
def test_a_coefficient(written: object, number: str) -> None:
    assert values.coefficient(written) == (Decimal(number), None)


@pytest.mark.parametrize(
    ("written", "text"),
    [("61%", "61%"), (0.61, "61%"), (61, "61%"), ("61", "61%"), ("61-70%", "61-70%"), ("Nặng", "Nặng")],
)
def test_a_percentage_stays_a_text(written: object, text: str) -> None:
    assert values.percent(written) == text


@pytest.mark.parametrize(
    ("written", "account"),
    [
        ("0011 0012 3456 7", "0011001234567"),
        ("9996228303883", "9996228303883"),
        (9996228303883.0, "9996228303883"),
        ("'0071000123", "0071000123"),
    ],
)
def test_an_account_keeps_its_zeros(written: object, account: str) -> None:
    assert values.account(written) == (account, None)


def test_what_is_no_account_is_said() -> None:
    assert values.account("nhận tiền mặt") == (None, ("account_unclear", {"text": "nhận tiền mặt"}))


@pytest.mark.parametrize(
    ("written", "phone"), [("0912 345 678", "0912345678"), (912345678.0, "0912345678"), ("+84912345678", "0912345678")]
)
def test_a_telephone_number(written: object, phone: str) -> None:
    assert values.phone(written) == (phone, None)


@pytest.mark.parametrize(
    ("written", "sex"), [("Nam", Sex.MALE), ("NỮ", Sex.FEMALE), ("nu", Sex.FEMALE), ("", None), ("?", None)]
)
def test_a_sex(written: str, sex: Sex | None) -> None:
    assert values.sex(written) is sex


def test_a_plain_name_stays_as_it_was_written_but_for_spaces_and_form() -> None:
    assert people.read_name("  NGUYỄN  THỊ   HOA ").name == "NGUYỄN THỊ HOA"
    assert people.read_name("Nguye\u0302\u0303n Thi\u0323 Hoa\u0300").name == "Nguyễn Thị Hoà"
    assert people.read_name("Ksor H'Bia").name == "Ksor H'Bia"


@pytest.mark.parametrize(
    ("written", "name", "payee", "relation"),
    [
        ("Nguyễn Văn A (con: Nguyễn Văn B)", "Nguyễn Văn A", "Nguyễn Văn B", "con"),
        ("Nguyễn Văn A (GH: Trần Thị C)", "Nguyễn Văn A", "Trần Thị C", "giám hộ"),
        ("Nguyễn Văn A - Nguyễn Văn B nhận", "Nguyễn Văn A", "Nguyễn Văn B", None),
        ("Nguyễn Văn A (Nguyễn Văn B nhận thay)", "Nguyễn Văn A", "Nguyễn Văn B", None),
        ("Nguyễn Văn A (vợ liệt sĩ)", "Nguyễn Văn A", None, None),
    ],
)
def test_who_collects_is_split_off_the_name(written: str, name: str, payee: str | None, relation: str | None) -> None:
    found = people.read_name(written)
    assert (found.name, found.payee, found.relation) == (name, payee, relation)
    assert found.notes


@pytest.mark.parametrize(
    "written",
    ["Nguyễn Văn A (chết)", "Nguyễn Văn A (đã chết 5/8)", "Nguyễn Văn A - chết", "Nguyễn Văn A (từ trần 1/9)"],
)
def test_a_death_in_the_name_cell_is_seen(written: str) -> None:
    found = people.read_name(written)
    assert found.name == "Nguyễn Văn A"
    assert found.dead
