"""A walk through days: the clock is stopped and led on, never back and never beyond the moment the demo is made at."""

import datetime as dt
from dataclasses import dataclass

from provider import clock
from provider.clock import Month, Stopped

EARLY = dt.time(8, 30)
"""Before this hour nothing has happened yet today; the demo's latest day is then yesterday."""
PAYDAYS = 3
"""So many openings lie behind the one that is going on."""
FIRST_PAYDAY = 5


@dataclass(slots=True)
class Walk:
    """The stopped clock, and the moment it may not pass."""

    clock: Stopped
    limit: dt.datetime

    def to(self, day: dt.date, hour: str) -> None:
        """On to a day and hour in Việt Nam; where that is past already, or still to come, as near as possible."""
        wished = dt.datetime.combine(day, dt.time.fromisoformat(hour), clock.TZ).astimezone(dt.UTC)
        self._set(wished)

    def on(self, **amount: float) -> None:
        """On by ``seconds=``, ``minutes=``…"""
        self._set(self.clock.at + dt.timedelta(**amount))

    def _set(self, wished: dt.datetime) -> None:
        self.clock.move_to(min(max(wished, self.clock.at), max(self.limit, self.clock.at)))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the story: ``live`` is the day on which an opening is still going on."""

    month: Month
    live: dt.date
    paydays: tuple[dt.date, ...]
    to_come: dt.date

    @property
    def before(self) -> Month:
        """The month that is closed and settled."""
        return self.month.previous()

    def of_month_before(self, number: int) -> dt.date:
        """A day of the month before, or its last one."""
        return min(self.before.first_day + dt.timedelta(days=number - 1), self.before.last_day)


def calendar_of(month: Month, now: dt.datetime) -> Calendar:
    """The days on which the story of a month takes place when it is told at ``now``."""
    here = clock.local(now)
    live = min(month.first_day.replace(day=12), here.date())
    if here.date() in month:
        live = here.date() if here.time() >= EARLY else here.date() - dt.timedelta(days=1)
    earlier = [day for day in _days(month.previous().last_day, live) if day.weekday() != 6]
    usual = [day for day in earlier if day in month and day.day >= FIRST_PAYDAY]
    paydays = usual[:PAYDAYS] if len(usual) >= PAYDAYS else earlier[-PAYDAYS:]
    while len(paydays) < PAYDAYS:
        paydays.append(paydays[-1] if paydays else live)
    to_come = live + dt.timedelta(days=1)
    while to_come.weekday() == 6:
        to_come += dt.timedelta(days=1)
    return Calendar(month, live, tuple(paydays), to_come)


def _days(first: dt.date, until: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=number) for number in range(max(0, (until - first).days))]
