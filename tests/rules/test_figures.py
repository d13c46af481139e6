"""How figures are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider import figures
from provider.clock import Month
from provider.money import Money


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1.000"),
        (1080000, "1.080.000"),
        (1234505021, "1.234.505.021"),
        (-500000, "-500.000"),
    ],
)
def test_amounts_have_dots_between_thousands(amount: int, written: str) -> None:
    assert figures.plain(Money(amount)) == figures.count(amount) == written
    assert figures.dong(Money(amount)) == f"{written} đ"


@given(st.integers())
def test_dots_change_no_digit(number: int) -> None:
    assert int(figures.count(number).replace(".", "")) == number


def test_days_are_written_day_first() -> None:
    assert figures.day(date(2026, 1, 5)) == "05/01/2026"
    assert figures.day(datetime(2026, 1, 4, 18, 0, tzinfo=UTC)) == "05/01/2026"


def test_moments_are_written_by_the_clock_in_viet_nam() -> None:
    assert figures.moment(datetime(2026, 1, 5, 3, 42, 59, tzinfo=UTC)) == "10:42 05/01/2026"
    assert figures.moment(datetime(2026, 1, 4, 17, 5, tzinfo=UTC)) == "00:05 05/01/2026"


def test_a_month_is_written_with_two_digits() -> None:
    assert figures.month(Month(2024, 9)) == "Tháng 09/2024"


@pytest.mark.parametrize(
    ("on", "written"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 20), "ngày 20 tháng 11 năm 2026"),
    ],
)
def test_the_long_form_pads_as_the_decree_on_paperwork_says(on: date, written: str) -> None:
    assert figures.long_day(on) == written


@pytest.mark.parametrize(
    ("rate", "written"),
    [
        ("0.75", "0,75%"),
        ("8", "8%"),
        ("8.00", "8%"),
        ("10", "10%"),
        ("100.50", "100,5%"),
        ("-0.5", "-0,5%"),
        ("0", "0%"),
        ("1E+1", "10%"),
        ("1E-3", "0,001%"),
        ("1234.5", "1.234,5%"),
        ("-12", "-12%"),
    ],
)
def test_percentages_have_a_decimal_comma(rate: str, written: str) -> None:
    assert figures.percent(Decimal(rate)) == written


def test_a_birth_is_written_as_far_as_it_is_known() -> None:
    assert figures.birth(1937, None, None) == "1937"
    assert figures.birth(1937, 3, None) == "03/1937"
    assert figures.birth(1937, 8, 21) == "21/08/1937"
    assert figures.birth(1937, None, 21) == "1937"
    assert figures.birth(None, None, None) == ""
