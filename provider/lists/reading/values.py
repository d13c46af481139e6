"""The values of cells: amounts, dates of birth with their precision, ID numbers, coefficients, accounts.

Each reader takes what the workbook holds (text, number, date) and returns what was understood together with the codes
of what is doubtful; nothing is guessed silently. No float ever becomes money: only whole numbers, or exact decimals.
"""

import datetime
import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from provider.identity import IdKind, Sex, UnclearId, read_id
from provider.money import Money, UnclearAmount
from provider.names import fold

Doubt = tuple[str, dict[str, Any]]
"""(code of the problem, its facts)"""

EPOCH: Final = datetime.date(1899, 12, 30)
_NOTHING = frozenset(("", "-", "–", "—", "--", "0", "x", ".", "…", "...", "không", "khong", "ko", "k", "//", "/"))
_DECIMAL = re.compile(r"-?\d+[.,]\d+")
_DATE = re.compile(r"(\d{1,4})\s*[/\-. ]\s*(\d{1,2})\s*[/\-. ]\s*(\d{1,4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/\-. ]\s*(\d{4})")
_YEAR = re.compile(r"(?:nam )?(?:sinh )?(?:nam )?(\d{4})")
_LONG_DATE = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_NO_ID = re.compile(r"^(?:chua|khong|mat|ko|k co|dang|cho|xin)\b|^[-–.xX/0]*$")
_ACCOUNT = re.compile(r"[0-9A-Z]{6,19}")
_COEFFICIENT = re.compile(r"(?:he so )?(\d{1,2}(?:[.,]\d{1,2})?)")
OLDEST: Final = 1880


@dataclass(frozen=True, slots=True)
class Birth:
    """As precise as it was given: year; year and month; or the whole date."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


NO_BIRTH: Final = Birth()


def as_text(value: Any) -> str:
    """The file's own words for a cell: a whole number without ".0", a date as it looks in a list."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is float:
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if value is None:
        return ""
    if kind is datetime.datetime:
        return f"{value:%d/%m/%Y}" if value.time() == datetime.time() else f"{value:%d/%m/%Y %H:%M}"
    if kind is datetime.date:
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if kind is bool:
        return "TRUE" if value else "FALSE"
    return str(value)


def amount(value: Any, times: int = 1) -> tuple[Money | None, Doubt | None]:
    """An amount in đồng; (None, None) for an empty cell or a dash. ``times`` is the unit of the column."""
    kind = type(value)
    if kind is int:
        return Money(value * times), None
    if kind is float:
        return _from_float(value, times)
    if kind is str:
        text = value.strip()
        if text.lower() in _NOTHING:
            return (Money(0), None) if text == "0" else (None, None)
        if times != 1 and _DECIMAL.fullmatch(text) and not re.fullmatch(r"-?\d{1,3}[.,]\d{3}", text):
            return _from_decimal(Decimal(text.replace(",", ".")), times, text)
        try:
            return Money.read(text) * times, None
        except UnclearAmount:
            return None, ("amount_unclear", {"text": text[:60]})
    if value is None:
        return None, None
    if kind in (datetime.date, datetime.datetime):  # a plain figure in a cell that is formatted as a date
        serial = serial_of(value)
        if serial is not None and serial >= 10_000:
            return Money(serial * times), None
    return None, ("amount_unclear", {"text": as_text(value)[:60]})


def _from_float(value: float, times: int) -> tuple[Money | None, Doubt | None]:
    if value.is_integer() and abs(value) < 1e15:
        return Money(int(value) * times), None
    if math.isnan(value) or abs(value) >= 1e15:
        return None, ("amount_unclear", {"text": repr(value)})
    nearest = round(value)
    if times == 1 and nearest >= 1_000 and abs(value - nearest) < 1e-4:
        return Money(nearest), None  # the noise of a formula, 1079999.9999999998
    return _from_decimal(Decimal(repr(value)), times, repr(value))


def _from_decimal(figure: Decimal, times: int, text: str) -> tuple[Money | None, Doubt | None]:
    dong = figure * times
    if times > 1 and dong == int(dong):
        return Money(int(dong)), None
    return None, ("amount_unclear", {"text": text[:60]})


def serial_of(value: datetime.date | datetime.datetime) -> int | None:
    """The whole number behind a date cell, or None when it carries a time."""
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            return None
        value = value.date()
    return (value - EPOCH).days


def birth(value: Any, *, latest: int = 2100) -> tuple[Birth, Doubt | None]:
    """A date of birth as given: year, month and year, or full date. ``latest`` is the year of the list.

    A bare number from 1880 to ``latest`` is a year and never Excel's serial number; a date of 1905 in a cell that is
    formatted as a date is such a year too.
    """
    kind = type(value)
    if kind is str:
        return _birth_text(value, latest)
    if kind is float or kind is int:
        if value != int(value) or value <= 0:
            return NO_BIRTH, (("birth_unclear", {"text": as_text(value)}) if value else None)
        return _birth_number(int(value), latest)
    if kind is datetime.datetime or kind is datetime.date:
        serial = serial_of(value)
        if serial is not None and OLDEST <= serial <= latest:
            return Birth(serial), None
        return _dated(value.year, value.month, value.day, latest, as_text(value))
    if value is None:
        return NO_BIRTH, None
    return NO_BIRTH, ("birth_unclear", {"text": as_text(value)[:40]})


def _birth_number(number: int, latest: int) -> tuple[Birth, Doubt | None]:
    if OLDEST <= number <= latest:
        return Birth(number), None
    if 2_200 < number < 80_000:
        date = EPOCH + datetime.timedelta(days=number)
        return _dated(date.year, date.month, date.day, latest, str(number))
    text = str(number).zfill(8)
    if len(text) == 8:  # 15031945 typed without separators
        day, month, year = int(text[:2]), int(text[2:4]), int(text[4:])
        if OLDEST <= year <= latest and 0 <= day <= 31 and 0 <= month <= 12:
            return _dated(year, month, day, latest, text)
        year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
        if OLDEST <= year <= latest and month <= 12 and day <= 31:
            return _dated(year, month, day, latest, text)
    return NO_BIRTH, ("birth_unclear", {"text": str(number)})


def _birth_text(value: str, latest: int) -> tuple[Birth, Doubt | None]:
    text = value.strip().lstrip("'").strip()
    if not text:
        return NO_BIRTH, None
    if len(text) == 4 and text.isdecimal():
        return _year(int(text), latest, text)
    if len(text) == 10 and text[2] == "/" and text[5] == "/":  # the usual form
        try:
            return _dated(int(text[6:]), int(text[3:5]), int(text[:2]), latest, text)
        except ValueError:
            pass
    match = _ISO.fullmatch(text.lower())
    if match:
        return _dated(int(match[1]), int(match[2]), int(match[3]), latest, text)
    match = _DATE.fullmatch(text)
    if match:
        return _three_parts(match[1], match[2], match[3], latest, text)
    folded = fold(text)
    match = _LONG_DATE.fullmatch(folded)
    if match:
        return _dated(int(match[3]), int(match[2]), int(match[1]), latest, text)
    match = _MONTH_YEAR.fullmatch(text.strip("/-. "))
    if match:
        return _dated(int(match[2]), int(match[1]), 0, latest, text)
    match = _YEAR.fullmatch(folded.strip("/-. ~"))
    if match:
        return _year(int(match[1]), latest, text)
    if re.fullmatch(r"\d+(?:\.0+)?", text):
        return _birth_number(int(text.split(".")[0]), latest)
    if not any(letter.isdigit() for letter in text):
        return NO_BIRTH, (
            None if fold(text) in _NOTHING or set(text) <= set("/-. ") else ("birth_unclear", {"text": text[:40]})
        )
    return NO_BIRTH, ("birth_unclear", {"text": text[:40]})


def _three_parts(first: str, second: str, third: str, latest: int, text: str) -> tuple[Birth, Doubt | None]:
    if len(first) == 4:
        return _dated(int(first), int(second), int(third), latest, text)
    if len(first) > 2 or len(third) not in (2, 4):
        return NO_BIRTH, ("birth_unclear", {"text": text[:40]})
    day, month, year = int(first), int(second), int(third)
    if len(third) == 4:
        return _dated(year, month, day, latest, text)
    # two digits: lists are mostly of the old, so 19xx; children only when 19xx would be impossible to mean
    found, doubt = _dated(1900 + year, month, day, latest, text)
    return found, doubt or ("birth_two_digit_year", {"text": text, "year": found.year})


def _year(year: int, latest: int, text: str) -> tuple[Birth, Doubt | None]:
    if OLDEST <= year <= latest:
        return Birth(year), None
    return NO_BIRTH, ("birth_unlikely", {"year": year}) if year else ("birth_unclear", {"text": text})


def _dated(year: int, month: int, day: int, latest: int, text: str) -> tuple[Birth, Doubt | None]:
    """Year, month and day where 0 means not known."""
    if not OLDEST <= year <= latest:
        return NO_BIRTH, (("birth_unlikely", {"year": year}) if year else None)
    if month == 0:
        return Birth(year), None
    if month > 12 >= day > 0:
        if month <= _days(year, day):
            return Birth(year, day, month), ("birth_swapped", {"text": text})
        return Birth(year), ("birth_impossible", {"text": text, "year": year})
    if month > 12:
        return Birth(year), ("birth_impossible", {"text": text, "year": year})
    if day == 0:
        return Birth(year, month), None
    if day > _days(year, month):
        return Birth(year), ("birth_impossible", {"text": text, "year": year})
    return Birth(year, month, day), None


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@dataclass(frozen=True, slots=True)
class Id:
    """An ID number as read; ``old`` is a nine-digit number beside it."""

    number: str | None = None
    padded: bool = False
    old: str | None = None


NO_ID: Final = Id()


def id_number(value: Any, birth_year: int | None = None, sex: Sex | None = None) -> tuple[Id, Doubt | None]:
    """A citizen's number, or the old nine-digit one; lost zeros are put back only when its rules allow it."""
    if type(value) is str and len(value) == 12 and value.isascii() and value.isdecimal():
        return Id(value), None
    text = as_text(value).strip()
    if not text or _NO_ID.match(fold(text)):
        return NO_ID, None
    try:
        found = read_id(text, birth_year=birth_year, sex=sex)
    except UnclearId:
        digits = re.sub(r"[\s.']", "", text)
        if digits.isascii() and digits.isdecimal() and 7 <= len(digits) <= 14:
            # kept as written, so that a clerk sees it where it belongs; it identifies nobody until put right
            return Id(digits), ("id_unclear", {"text": text[:40]})
        return NO_ID, ("id_unclear", {"text": text[:40]})
    if found.kind is IdKind.CITIZEN:
        if found.former:
            return Id(found.number, found.padded, found.former), ("id_two_in_cell", {"old": found.former})
        return Id(found.number, found.padded), (("id_padded", {"number": found.number}) if found.padded else None)
    return Id(found.number, found.padded), (("id_padded", {"number": found.number}) if found.padded else None)


def coefficient(value: Any) -> tuple[Decimal | None, Doubt | None]:
    """A coefficient such as 1,5; None for an empty cell."""
    kind = type(value)
    if kind is float or kind is int:
        figure = Decimal(repr(value)).normalize()
        if 0 < figure <= 50 and figure * 100 == int(figure * 100):
            return figure, None
        return None, ("coefficient_unclear", {"text": as_text(value)[:40]})
    text = as_text(value).strip()
    if text.lower() in _NOTHING:
        return None, None
    match = _COEFFICIENT.fullmatch(fold(text))
    if match:
        try:
            return Decimal(match[1].replace(",", ".")).normalize(), None
        except InvalidOperation:
            pass
    return None, ("coefficient_unclear", {"text": text[:40]})


def percent(value: Any) -> str:
    """A rate of injury or a grade as text: 61%, 61-70%, 0.61 in a cell formatted as per cent is 61%."""
    kind = type(value)
    if kind is float or kind is int:
        if 0 < value <= 1:
            return f"{Decimal(repr(value)) * 100:f}".rstrip("0").rstrip(".") + "%"
        return f"{Decimal(repr(value)):f}".removesuffix(".0") + "%"
    text = " ".join(as_text(value).split())
    return f"{text}%" if text.isdecimal() and 1 <= int(text) <= 100 else text


def account(value: Any) -> tuple[str | None, Doubt | None]:
    """An account number as text, zeros kept; spaces and dots between the digits are left out."""
    text = as_text(value).strip().lstrip("'")
    if text.isdecimal() and 6 <= len(text) <= 19:
        return text, None
    if not text or _NO_ID.match(fold(text)):
        return None, None
    tidy = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", text)).upper()
    if _ACCOUNT.fullmatch(tidy) and any(letter.isdigit() for letter in tidy):
        return tidy, None
    return None, ("account_unclear", {"text": text[:40]})


def phone(value: Any) -> tuple[str | None, Doubt | None]:
    """A telephone number as ten digits; a lost zero in front is put back."""
    text = re.sub(r"[\s.\-()']", "", as_text(value))
    if not text:
        return None, None
    if text.startswith("+84"):
        text = "0" + text[3:]
    if text.isdecimal() and len(text) == 9 and text[0] != "0":
        text = "0" + text
    if text.isdecimal() and 10 <= len(text) <= 11:
        return text, None
    return None, ("phone_unclear", {"text": as_text(value)[:40]})


def sex(value: Any) -> Sex | None:
    """Nam or nữ, however it is written."""
    folded = fold(as_text(value)).strip(". ")
    if folded in ("nam", "m", "trai", "male", "ong"):
        return Sex.MALE
    if folded in ("nu", "f", "gai", "female", "ba"):
        return Sex.FEMALE
    return None


def ticked(value: Any) -> bool:
    """Whether a cell is a tick: x, 1, a sign."""
    if value is True:
        return True
    return fold(as_text(value)).strip() in ("x", "1", "v", "+", "✓", "✔", "√", "*")
