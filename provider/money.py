"""Money: whole đồng, never a fraction.

Amounts arrive as people write them (``1.080.000``, ``1,080,000``, ``1 080 000 đ``) and as spreadsheets keep them
(``1080000.0``). What can be read in two ways is refused, because a wrong guess here is a wrong payment.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering
from typing import Any, Final

from provider.errors import N_, Invalid

# Beyond this a figure is an ID or an account number that slipped into the amount column.
LARGEST_READ: Final = 10**15

_SPACES: Final = re.compile(r"\s+")
_FOOTNOTE: Final = re.compile(r" ?(?:\*+|\(\*+\))$")
_CURRENCY: Final = re.compile(
    r"(?:(?:vnđ|vnd|₫) ?)?(?P<figure>[^a-zđ₫]*[0-9)])"
    r"(?: ?(?:việt nam đồng|đồng việt nam|đồng|dong|vnđ|vnd|đ|d|₫)\.?)?"
)
_SIGNED: Final = re.compile(r"(?P<sign>[-+\u2212\u2013]?) ?(?P<body>[0-9][0-9., ]*)")
_GROUPED: Final = re.compile(
    r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+(?:,0{1,2})?|(?:,[0-9]{3})+(?:\.0{1,2})?|(?: [0-9]{3})+)"
)
# A spreadsheet writes a whole number as 1080000.0; below four digits "1.0" may as well mean a million.
_PLAIN: Final = re.compile(r"(?:[1-9][0-9]*|0+)|(?:[1-9][0-9]{3,}|0)[.,]0{1,2}")

_DOTTED: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_NO_FRACTION: Final = re.compile(r"[.,]0{1,2}\Z")
_SEPARATORS: Final = re.compile(r"[., ]")


class UnclearAmount(Invalid):
    """An amount that cannot be read in exactly one way; ``text`` is what was written."""

    code = "unclear_amount"
    sentence = N_("Không đọc được số tiền “%(text)s”. Hãy ghi đủ các chữ số, ví dụ 1.080.000.")


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole đồng; may be negative (a deduction, a reversal). Adds only to other Money."""

    dong: int

    def __post_init__(self) -> None:
        if type(self.dong) is not int:
            raise TypeError(f"Money is whole đồng in an int, not {type(self.dong).__name__}")

    @classmethod
    def read(cls, text: str | float) -> "Money":
        """The amount a person wrote or a spreadsheet kept, in đồng.

        Raises UnclearAmount for what can be read in two ways or in none: ``1.08``, ``1.080.00``, ``1.5``, ``abc``. An
        empty cell and a dash are for the caller to understand: they raise too.
        """
        kind = type(text)
        if kind is int:
            if -LARGEST_READ <= text <= LARGEST_READ:  # type: ignore[operator]
                return cls(text)  # type: ignore[arg-type]
        elif kind is str:
            return cls(_dong_in(text))  # type: ignore[arg-type]
        elif kind is float and text.is_integer() and -LARGEST_READ <= text <= LARGEST_READ:  # type: ignore[union-attr,operator]
            return cls(int(text))
        raise UnclearAmount(text=text)

    @staticmethod
    def sum(amounts: Iterable["Money"]) -> "Money":
        """All of them together; ``ZERO`` when there are none. Raises TypeError when one of them is no Money."""
        total = 0
        for amount in amounts:
            if type(amount) is not Money:
                raise TypeError(f"only Money adds up to Money, not {type(amount).__name__}")
            total += amount.dong
        return Money(total)

    def percent(self, rate: Decimal) -> "Money":
        """``rate`` per cent of this amount, to the whole đồng, half a đồng away from zero.

        ``Money(1_000_000).percent(Decimal("0.75"))`` is 7,500 đồng. A float rate raises TypeError.
        """
        if not isinstance(rate, Decimal):
            raise TypeError(f"a rate is a Decimal, not {type(rate).__name__}")
        over, under = rate.as_integer_ratio()
        exact, parts = self.dong * over, under * 100
        rounded = (2 * abs(exact) + parts) // (2 * parts)
        return Money(rounded if exact >= 0 else -rounded)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.dong + other.dong) if type(other) is Money else NotImplemented

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.dong - other.dong) if type(other) is Money else NotImplemented

    def __mul__(self, times: int) -> "Money":
        return Money(self.dong * times) if type(times) is int else NotImplemented

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.dong)

    def __abs__(self) -> "Money":
        return Money(abs(self.dong))

    def __bool__(self) -> bool:
        return self.dong != 0

    def __lt__(self, other: Any) -> bool:
        return self.dong < other.dong if type(other) is Money else NotImplemented


ZERO: Final = Money(0)


def _dong_in(text: str) -> int:
    """Whole đồng in what somebody wrote. Raises UnclearAmount."""
    if text.isdecimal() and text.isascii() and text[0] != "0" and len(text) <= 15:
        return int(text)  # the common cases of a clean cell first
    if len(text) <= 19 and _DOTTED.fullmatch(text):
        return int(text.replace(".", ""))
    figure, negative = _without_brackets(_tidy(text), text)
    signed = _SIGNED.fullmatch(figure)
    if signed is None or (negative and signed["sign"]):
        raise UnclearAmount(text=text)
    dong = _digits(signed["body"], text)
    return -dong if negative or signed["sign"] not in ("", "+") else dong


def _tidy(text: str) -> str:
    """Lower case, one kind of space, without the spreadsheet's apostrophe, the footnote star and the currency."""
    tidy = _SPACES.sub(" ", unicodedata.normalize("NFC", text).replace("\ufeff", "").replace("\u200b", ""))
    tidy = _FOOTNOTE.sub("", tidy.strip().removeprefix("'").lower())
    found = _CURRENCY.fullmatch(tidy)
    return found["figure"] if found else tidy


def _without_brackets(figure: str, text: str) -> tuple[str, bool]:
    """Accountants write a negative amount in brackets; the currency may stand inside them."""
    if not (figure.startswith("(") and figure.endswith(")")):
        return figure, False
    inside = figure[1:-1].strip()
    found = _CURRENCY.fullmatch(inside)
    if found is None or found["figure"].endswith(")"):
        raise UnclearAmount(text=text)
    return found["figure"], True


def _digits(body: str, text: str) -> int:
    if not (_GROUPED.fullmatch(body) or _PLAIN.fullmatch(body)):
        raise UnclearAmount(text=text)
    dong = int(_SEPARATORS.sub("", _NO_FRACTION.sub("", body)))
    if dong > LARGEST_READ:
        raise UnclearAmount(text=text)
    return dong
