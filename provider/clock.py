"""Time as the unit lives it: moments are kept in UTC, days and months are those of Việt Nam.

Việt Nam has kept UTC+7 without daylight saving since 1975, so the zone is a fixed offset: nothing depends on the zone
files of the machine. Tests stop the clock with ``stopped``; outside production ``CHITRA_NOW`` may fix it.
"""

import os
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from provider.errors import N_, Invalid

TZ: Final = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

_OFF: Final = ("", "0", "no", "false", "off")
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
_MONTH_FIRST: Final = re.compile(r"(?:tháng|thang|t)?[ .]*([0-9]{1,2}) ?(?:[-/.]| năm | nam ) ?([0-9]{4})")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})")


class UnclearMonth(Invalid):
    """A month that cannot be read; ``text`` is what was written."""

    code = "unclear_month"
    sentence = N_("Không đọc được tháng “%(text)s”. Hãy ghi như 09/2024.")


class Stopped:
    """A clock that stands still until it is moved by hand."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def forward(self, **amount: float) -> datetime:
        """Move on by ``days=``, ``hours=``, ``minutes=``…; answers the new moment."""
        self.at += timedelta(**amount)
        return self.at

    def move_to(self, at: datetime | date | str) -> datetime:
        """Move to a moment; a moment without a zone is local time."""
        self.at = _moment(at)
        return self.at


_stopped: Stopped | None = None


def now() -> datetime:
    """This moment, aware, in UTC."""
    if _stopped is not None:
        return _stopped.at
    fixed = os.environ.get("CHITRA_NOW")
    if fixed and os.environ.get("CHITRA_PRODUCTION", "").strip().lower() in _OFF:
        return _moment(fixed)
    return datetime.now(UTC)


def today() -> date:
    """Today's date in Việt Nam."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Việt Nam. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment must know its zone")
    return moment.astimezone(TZ)


@contextmanager
def stopped(at: datetime | date | str) -> Iterator[Stopped]:
    """For tests: the clock stands at ``at`` (a date is its first minute; no zone means local time)."""
    global _stopped
    before, _stopped = _stopped, Stopped(_moment(at))
    try:
        yield _stopped
    finally:
        _stopped = before


def _moment(at: datetime | date | str) -> datetime:
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    elif not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day, tzinfo=TZ)
    return (at if at.tzinfo else at.replace(tzinfo=TZ)).astimezone(UTC)


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month of a year: what an allowance is for, what a list is about."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and _FIRST_YEAR <= self.year <= _LAST_YEAR):
            raise ValueError(f"no such month: {self.number}/{self.year}")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read ``2024-09``, ``9/2024``, ``09/2024``, ``Tháng 9 năm 2024``, ``tháng 9/2024``. Raises UnclearMonth."""
        tidy = " ".join(unicodedata.normalize("NFC", text).lower().split())
        if found := _MONTH_FIRST.fullmatch(tidy):
            number, year = int(found[1]), int(found[2])
        elif found := _YEAR_FIRST.fullmatch(tidy):
            year, number = int(found[1]), int(found[2])
        else:
            raise UnclearMonth(text=text)
        try:
            return cls(year, number)
        except ValueError:
            raise UnclearMonth(text=text) from None

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month a day lies in. A moment is refused with TypeError: in UTC it may lie in the month before."""
        if isinstance(day, datetime):
            raise TypeError("take the local date of a moment first")
        return cls(day.year, day.month)

    @property
    def iso(self) -> str:
        """``2024-09``"""
        return f"{self.year:04}-{self.number:02}"

    @property
    def label(self) -> str:
        """``Tháng 09/2024``"""
        return f"Tháng {self.number:02}/{self.year}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> "Month":
        """So many months later; earlier when negative."""
        year, place = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, place + 1)

    def next(self) -> "Month":
        return self.plus(1)

    def previous(self) -> "Month":
        return self.plus(-1)

    def since(self, earlier: "Month") -> int:
        """How many months lie between; negative when ``earlier`` is in fact later."""
        return (self.year - earlier.year) * 12 + self.number - earlier.number

    def through(self, last: "Month") -> Iterator["Month"]:
        """This month, the next one… up to and including ``last``; nothing when ``last`` is earlier."""
        for step in range(last.since(self) + 1):
            yield self.plus(step)

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.number)

    def __str__(self) -> str:
        return self.iso
