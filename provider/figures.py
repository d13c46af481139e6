"""How figures are written, on screen and on paper alike: dots between thousands, a decimal comma, day before month."""

from datetime import date, datetime
from decimal import Decimal

from provider.clock import Month, local
from provider.money import Money


def dong(money: Money) -> str:
    """``1.080.000 đ``"""
    return f"{count(money.dong)} đ"


def plain(money: Money) -> str:
    """``1.080.000``, for columns whose head already says đồng."""
    return count(money.dong)


def count(number: int) -> str:
    """``1.178``"""
    return f"{number:,}".replace(",", ".")


def day(on: date) -> str:
    """``05/01/2026``. A moment is shown by its date in Việt Nam."""
    if isinstance(on, datetime):
        on = local(on).date()
    return f"{on.day:02}/{on.month:02}/{on.year:04}"


def moment(at: datetime) -> str:
    """``10:42 05/01/2026``, on a clock in Việt Nam."""
    here = local(at)
    return f"{here.hour:02}:{here.minute:02} {day(here.date())}"


def month(of: Month) -> str:
    """``Tháng 09/2024``"""
    return of.label


def long_day(on: date) -> str:
    """``ngày 05 tháng 01 năm 2026``: days below 10 and months 1 and 2 with a zero.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I.
    """
    number = f"{on.month:02}" if on.month <= 2 else str(on.month)
    return f"ngày {on.day:02} tháng {number} năm {on.year}"


def percent(rate: Decimal) -> str:
    """``0,75%``; zeros at the end of the fraction are not written."""
    whole, _, fraction = f"{rate:f}".partition(".")
    sign = "-" if whole.startswith("-") else ""
    fraction = fraction.rstrip("0")
    return f"{sign}{count(abs(int(whole)))}{',' + fraction if fraction else ''}%"


def birth(year: int | None, month: int | None, day: int | None) -> str:
    """As much as is known of a day of birth: ``1937``, ``03/1937`` or ``21/08/1937``; nothing when nothing is known."""
    if year is None:
        return ""
    if month is None:
        return str(year)
    if day is None:
        return f"{month:02}/{year}"
    return f"{day:02}/{month:02}/{year}"
