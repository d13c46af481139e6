"""In which order doors are visited, and what a door looks like as a whole; pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from provider.names import fold, sort_key
from provider.payouts.lifecycle import PAYABLE, State

UNKNOWN_COMMUNE: Final = 0
"""Stands for "commune unknown" where a number is chosen in a form."""

_NUMBER: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Door:
    """Where one person lives, as far as lists say it."""

    person_id: int
    name: str
    commune: str = ""
    hamlet: str = ""
    address: str = ""


def order_of_doors(doors: Iterable[Door]) -> list[int]:
    """People in the order in which a courier passes: commune by commune, hamlet by hamlet, then house, then name.

    "Thôn 2" comes before "Thôn 10", "Ngõ 9" before "Ngõ 12"; a person without a hamlet comes last in the commune,
    since somebody must be asked for the way. A person who stands twice is visited once.
    """
    ordered = sorted(
        doors,
        key=lambda door: (
            by_number(door.commune),
            not door.hamlet.strip(),
            by_number(door.hamlet),
            by_number(door.address),
            sort_key(door.name),
            door.person_id,
        ),
    )
    return list(dict.fromkeys(door.person_id for door in ordered))


def by_number(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key under which "Thôn 2" comes before "Thôn 10"; case and marks do not count."""
    parts = _NUMBER.split(fold(text))
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part.strip()) for part in parts if part.strip())


def state_of_door(states: Collection[State]) -> State:
    """What a door shows for all payouts of its person: still to be visited while anything of it may be paid."""
    for state in (*PAYABLE, State.HELD, State.SENT):
        if state in states:
            return state
    return next(iter(states))
