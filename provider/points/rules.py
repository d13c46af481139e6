"""Who is expected at which opening, at which hour, on which line: pure.

Lists are read aloud hamlet by hamlet, in the order of the list (DOMAIN 8.3). A hamlet comes together where it fits, so
that neighbours travel together and the elderly do not queue; all allowances of one person stand in one place.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from provider.errors import N_
from provider.names import fold

SLOT_MINUTES: Final = 30
NEAR_ENOUGH: Final = 4
"""A share may differ by a quarter where that keeps a hamlet together."""


class OpeningState(StrEnum):
    """Where an opening stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _STATES[self]


_STATES: Final = {
    OpeningState.PLANNED: N_("Đã lên lịch"),
    OpeningState.OPEN: N_("Đang chi"),
    OpeningState.CLOSED: N_("Đã kết thúc"),
    OpeningState.CANCELLED: N_("Đã hủy"),
}

ALIVE: Final = (OpeningState.PLANNED, OpeningState.OPEN)
"""Openings that people may be expected at."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A time at which people are asked to come."""

    from_time: dt.time
    to_time: dt.time


@dataclass(frozen=True, slots=True)
class Hours:
    """An opening as far as sharing needs it: when it is and how many people it serves in an hour."""

    opening_id: int
    from_time: dt.time
    to_time: dt.time
    people_per_hour: int

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its time slots; a rest of less than half a slot belongs to the last one."""
        return slots_of(self.from_time, self.to_time)

    @property
    def capacity(self) -> int:
        """How many people it serves altogether."""
        return max(1, self.people_per_hour * _minutes_between(self.from_time, self.to_time) // 60)

    @property
    def per_slot(self) -> int:
        """How many people it serves in one slot."""
        return max(1, self.people_per_hour * SLOT_MINUTES // 60)


@dataclass(frozen=True, slots=True)
class Expected:
    """One person with all payouts that wait in a commune; ``place`` is the list and the line there."""

    person_id: int
    hamlet: str
    place: tuple[str, int]
    payout_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one person is expected: opening, slot, line of the roster."""

    person_id: int
    opening_id: int
    slot: Slot
    line_no: int
    payout_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """Who already has a place that must not change, because it may stand on a printed slip."""

    hamlet: str
    opening_id: int
    slot: Slot
    line_no: int


def slots_of(from_time: dt.time, to_time: dt.time) -> tuple[Slot, ...]:
    """The hours of an opening cut into slots of half an hour."""
    total = _minutes_between(from_time, to_time)
    count = max(1, (total + SLOT_MINUTES // 2) // SLOT_MINUTES)
    starts = [_later(from_time, SLOT_MINUTES * number) for number in range(count)]
    return tuple(Slot(start, end) for start, end in zip(starts, [*starts[1:], to_time], strict=True))


def reading_order(people: Iterable[Expected]) -> list[Expected]:
    """Hamlet by hamlet ("Thôn 2" before "Thôn 10", no hamlet last), within it in the order of the list."""
    return sorted(people, key=lambda one: (_hamlet_key(one.hamlet), one.place, one.person_id))


def share(people: Iterable[Expected], openings: Sequence[Hours]) -> list[Placed]:
    """A place for everybody: over the openings of a commune by what each can serve, then over its slots.

    Nobody is left out: with more people than the hours can serve, every slot takes evenly more. Raises ValueError
    without an opening.
    """
    if not openings:
        raise ValueError("people can only be shared over openings")
    placed: list[Placed] = []
    ordered = reading_order(people)
    start = 0
    for opening, end in zip(openings, _ends(ordered, [one.capacity for one in openings]), strict=True):
        placed += _share_over_slots(ordered[start:end], opening)
        start = end
    return placed


def add(people: Iterable[Expected], openings: Sequence[Hours], taken: Iterable[Taken]) -> list[Placed]:
    """Places for newcomers beside those already taken: with their hamlet where there is room, else where most is left.

    Their lines come after the last one of the opening. Raises ValueError without an opening.
    """
    if not openings:
        raise ValueError("people can only be shared over openings")
    filled: Counter[tuple[int, Slot]] = Counter()
    home: dict[str, tuple[int, Slot]] = {}
    last: Counter[int] = Counter()
    for one in taken:
        spot = (one.opening_id, one.slot)
        filled[spot] += 1
        home[fold(one.hamlet)] = max(spot, home.get(fold(one.hamlet), spot))
        last[one.opening_id] = max(last[one.opening_id], one.line_no)
    room = {(opening.opening_id, slot): opening.per_slot for opening in openings for slot in opening.slots}
    placed: list[Placed] = []
    for person in reading_order(people):
        known = home.get(fold(person.hamlet))
        if known in room and filled[known] < room[known]:
            spot = known
        else:
            spot = max(room, key=lambda each: room[each] - filled[each])
        filled[spot] += 1
        last[spot[0]] += 1
        placed.append(Placed(person.person_id, spot[0], spot[1], last[spot[0]], person.payout_ids))
    return placed


def days_for(count: int, first: dt.date) -> list[dt.date]:
    """So many days of work in a row from the first one; Sundays are left out."""
    days: list[dt.date] = []
    day = first
    while len(days) < count:
        if day.weekday() != 6:
            days.append(day)
        day += dt.timedelta(days=1)
    return days


def _share_over_slots(ordered: Sequence[Expected], opening: Hours) -> list[Placed]:
    slots = opening.slots
    size = max(opening.per_slot, -(-len(ordered) // len(slots)))
    spare = size * len(slots) - len(ordered)
    number = used = 0
    placed: list[Placed] = []
    for _hamlet, group in groupby(ordered, key=lambda one: fold(one.hamlet)):
        hamlet = list(group)
        left = size - used
        if used and left < len(hamlet) <= size and left <= spare and number + 1 < len(slots):
            spare, number, used = spare - left, number + 1, 0
        for person in hamlet:
            if used == size:
                number, used = number + 1, 0
            used += 1
            line = len(placed) + 1
            placed.append(Placed(person.person_id, opening.opening_id, slots[number], line, person.payout_ids))
    return placed


def _ends(ordered: Sequence[Expected], capacities: Sequence[int]) -> list[int]:
    """Where each opening's share ends: in proportion to what it serves, at the end of a hamlet where one is near."""
    total, served = sum(capacities), 0
    ends: list[int] = []
    boundaries = [
        place for place in range(1, len(ordered)) if fold(ordered[place].hamlet) != fold(ordered[place - 1].hamlet)
    ]
    for capacity in capacities[:-1]:
        served += capacity
        exact = len(ordered) * served // total
        allowed = max(1, len(ordered) * capacity // total // NEAR_ENOUGH)
        near = min(boundaries, key=lambda place: abs(place - exact), default=exact)
        end = near if abs(near - exact) <= allowed else exact
        ends.append(max(end, ends[-1] if ends else 0))
    return [*ends, len(ordered)]


def _hamlet_key(hamlet: str) -> tuple[bool, tuple[tuple[int, str], ...]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", fold(hamlet))
    return not parts, tuple((int(part), "") if part.isdigit() else (-1, part.strip()) for part in parts)


def _minutes_between(from_time: dt.time, to_time: dt.time) -> int:
    return (to_time.hour - from_time.hour) * 60 + to_time.minute - from_time.minute


def _later(time: dt.time, minutes: int) -> dt.time:
    hours, minute = divmod(time.hour * 60 + time.minute + minutes, 60)
    return dt.time(hours, minute)
