"""Money: what is read, what is refused, how it adds."""

import contextlib
import math
from decimal import ROUND_HALF_UP, Decimal, localcontext
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider import figures
from provider.errors import Invalid
from provider.money import LARGEST_READ, ZERO, Money, UnclearAmount

amounts = st.integers(-LARGEST_READ, LARGEST_READ)


@pytest.mark.parametrize(
    "written",
    [
        1080000,
        1080000.0,
        "1080000",
        "1080000.0",
        "1080000,00",
        "1.080.000",
        "1.080.000,00",
        "1,080,000",
        "1,080,000.00",
        "1 080 000",
        "1\u00a0080\u00a0000",
        "1\u202f080\u202f000",
        "\u00a01.080.000 \n",
        "'1080000",
        "+1.080.000",
        "1.080.000đ",
        "1.080.000 đ",
        "1.080.000 Đ",
        "1.080.000 đ.",
        "1.080.000 đồng",
        normalize("NFD", "1.080.000 đồng"),
        "1.080.000 ĐỒNG",
        "1.080.000 đồng Việt Nam",
        "1.080.000 VNĐ",
        "1.080.000VND",
        "VND 1,080,000",
        "₫1.080.000",
        "1.080.000*",
        "1.080.000 **",
        "1.080.000 (*)",
        "1.080.000 đ*",
        "\ufeff1.080.000",
    ],
)
def test_an_amount_is_read_as_people_and_spreadsheets_write_it(written: str | float) -> None:
    assert Money.read(written) == Money(1_080_000)


@pytest.mark.parametrize(
    "written",
    [
        "(500.000)",
        "(500.000) đ",
        "(500.000 đ)",
        "( 500,000 )",
        "-500.000",
        "- 500 000",
        "−500.000",
        "–500.000 đ",
        "(500.000)*",
        -500000,
        -500000.0,
    ],
)
def test_brackets_and_every_kind_of_minus_make_an_amount_negative(written: str | float) -> None:
    assert Money.read(written) == Money(-500_000)


@pytest.mark.parametrize("written", [0, 0.0, -0.0, "0", "0 đ", "0,00", "000"])
def test_nothing_is_zero(written: str | float) -> None:
    assert Money.read(written) == ZERO


def test_one_group_of_three_means_thousands() -> None:
    assert Money.read("1.080") == Money.read("1,080") == Money(1080)


@pytest.mark.parametrize(
    "written",
    [
        "1.08",
        "1,08",
        "1.0",
        "12.00",
        "1.080.00",
        "1.080.0000",
        "1080.000",
        "1.080,000",
        "1,080.000",
        "1.080 000",
        "1..080",
        ".080",
        "1.080.",
        "0.500",
        "01.080.000",
        "0001080000",
        "045204000123",
        "abc",
        "1.080.000 đồng/tháng",
        "500k",
        "1tr080",
        "1E+06",
        "1.080.000 2.000",
        "1.080.000/2",
        "--5",
        "-(5.000)",
        "(-5.000)",
        "(5.000",
        "((5.000))",
        "5-",
        "-",
        "",
        "   ",
        "*",
        "đ",
        "()",
        "١٠٠٠",  # digits of other scripts
        "１０００",
        "²",
        1.5,
        0.1,
        1080000.5,
        math.nan,
        math.inf,
        -math.inf,
        1e300,
        LARGEST_READ + 1,
        -LARGEST_READ - 1,
        "9" * 16,
        True,
        None,
        b"1000",
        Decimal(1000),
    ],
)
def test_what_is_unclear_is_refused(written: object) -> None:
    with pytest.raises(UnclearAmount) as refusal:
        Money.read(written)  # type: ignore[arg-type]
    assert isinstance(refusal.value, Invalid)
    assert refusal.value.code == "unclear_amount"
    assert str(written) in str(refusal.value)


@given(amounts)
def test_every_figure_we_write_is_read_back(dong: int) -> None:
    money = Money(dong)
    assert Money.read(figures.dong(money)) == Money.read(figures.plain(money)) == Money.read(dong) == money
    assert Money.read(f"{dong:,}") == Money.read(f"{dong:,} VNĐ".replace(",", "\u202f")) == money
    assert Money.read(float(dong)) == money


@given(st.text(alphabet="0123456789.,- ()đ*", max_size=14))
def test_reading_never_fails_in_another_way_and_loses_no_digit(text: str) -> None:
    try:
        money = Money.read(text)
    except UnclearAmount:
        return
    digits = "".join(c for c in text if c.isdigit())
    assert digits.lstrip("0").startswith(str(abs(money.dong)).lstrip("0"))
    assert digits.lstrip("0")[len(str(abs(money.dong)).lstrip("0")) :] in ("", "0", "00")


@given(st.text())
def test_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    with contextlib.suppress(UnclearAmount):
        Money.read(text)


@pytest.mark.parametrize("wrong", [1.0, "1", None, True, Decimal(1)])
def test_money_is_made_of_whole_dong_only(wrong: object) -> None:
    with pytest.raises(TypeError):
        Money(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("other", [1, 0, 1.5, "1", None, Decimal(1)])
def test_money_adds_to_and_compares_with_money_only(other: object) -> None:
    with pytest.raises(TypeError):
        Money(1) + other  # type: ignore[operator]
    with pytest.raises(TypeError):
        other + Money(1)  # type: ignore[operator]
    with pytest.raises(TypeError):
        Money(1) - other  # type: ignore[operator]
    with pytest.raises(TypeError):
        assert Money(1) < other  # type: ignore[operator]
    assert Money(1) != other


@pytest.mark.parametrize("times", [1.0, "2", True, Decimal(2), Money(2)])
def test_money_is_multiplied_by_whole_numbers_only(times: object) -> None:
    with pytest.raises(TypeError):
        Money(3) * times  # type: ignore[operator]


@given(amounts, amounts, st.integers(-1000, 1000))
def test_money_reckons_like_whole_numbers(a: int, b: int, n: int) -> None:
    assert Money(a) + Money(b) == Money(a + b)
    assert Money(a) - Money(b) == Money(a - b)
    assert -Money(a) == Money(-a)
    assert abs(Money(a)) == Money(abs(a))
    assert Money(a) * n == n * Money(a) == Money(a * n)
    assert (Money(a) < Money(b), Money(a) <= Money(b), Money(a) > Money(b)) == (a < b, a <= b, a > b)
    assert bool(Money(a)) == bool(a)
    assert (hash(Money(a)) == hash(Money(b))) or a != b


@given(st.lists(amounts))
def test_a_sum_is_the_sum_of_the_dong(parts: list[int]) -> None:
    assert Money.sum(Money(part) for part in parts) == Money(sum(parts))


def test_a_sum_of_nothing_is_zero_and_a_sum_takes_no_plain_numbers() -> None:
    assert Money.sum([]) == ZERO
    with pytest.raises(TypeError):
        Money.sum([Money(1), 2])  # type: ignore[list-item]


def test_a_percentage_is_rounded_half_up_to_the_dong() -> None:
    assert Money(1_000_000).percent(Decimal("0.75")) == Money(7_500)
    assert Money(50).percent(Decimal(1)) == Money(1)
    assert Money(49).percent(Decimal(1)) == ZERO
    assert Money(-50).percent(Decimal(1)) == Money(-1)
    assert Money(926_750_000).percent(Decimal("0.6667")) == Money(6_178_642)  # 6.178.642,25
    with pytest.raises(TypeError):
        Money(1).percent(0.75)  # type: ignore[arg-type]


@given(amounts, st.decimals(-100, 100, places=4))
def test_a_percentage_agrees_with_decimal_arithmetic(dong: int, rate: Decimal) -> None:
    with localcontext(prec=60):
        expected = (dong * rate / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert Money(dong).percent(rate) == Money(int(expected))


def test_money_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Money(1).dong = 2  # type: ignore[misc]
