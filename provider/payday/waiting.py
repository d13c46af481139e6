"""What waits for a person now, and what was handed out last: the reads that a hand-out rests on."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from provider import figures
from provider.clock import Month
from provider.money import Money
from provider.payday.models import Handout, HandoutLine, Undo, UndoState
from provider.payday.rules import Waiting
from provider.payouts.lifecycle import State
from provider.payouts.models import Payout, Period
from provider.points.models import Opening, Point, Seat
from provider.points.rules import ALIVE
from provider.staff.models import Staff
from provider.visits.models import Round, RoundState, Stop

NEWEST: Final = 24
"""So many payouts of a person are looked at: a year of two programmes; older ones are settled long since."""


def waiting_of(session: Session, person_id: int, *, office_id: int) -> list[Waiting]:
    """The newest payouts of a person at one post office, whatever became of them, oldest first.

    An opening that is over, or a round that is closed, expects nobody any more: its people may come to any other place.
    """
    rows = session.execute(
        select(
            Payout.id,
            Payout.amount,
            Payout.state,
            Payout.channel,
            Payout.period_id,
            Period.month,
            Period.cut_off_at,
            Period.locked_at,
            Seat.opening_id,
            Opening.on.label("opening_on"),
            Opening.state.label("opening_state"),
            Point.name.label("point"),
            Stop.round_id,
            Round.on.label("round_on"),
            Round.state.label("round_state"),
            Staff.name.label("courier"),
        )
        .join(Period, Period.id == Payout.period_id)
        .outerjoin(Seat, Seat.payout_id == Payout.id)
        .outerjoin(Opening, Opening.id == Seat.opening_id)
        .outerjoin(Point, Point.id == Opening.point_id)
        .outerjoin(Stop, Stop.payout_id == Payout.id)
        .outerjoin(Round, Round.id == Stop.round_id)
        .outerjoin(Staff, Staff.id == Round.staff_id)
        .where(Payout.person_id == person_id, Period.office_id == office_id)
        .order_by(Period.month.desc(), Payout.id.desc())
        .limit(NEWEST)
    ).all()
    return [_waiting(row) for row in reversed(rows)]


def _waiting(row: Any) -> Waiting:
    at_opening = row.opening_id is not None and row.opening_state in ALIVE
    on_round = row.round_id is not None and row.round_state is RoundState.PLANNED
    place = ""
    if at_opening:
        place = f"{row.point}, ngày {figures.day(row.opening_on)}"
    elif on_round:
        place = f"chi tại nhà ngày {figures.day(row.round_on)}, {row.courier}"
    return Waiting(
        payout_id=row.id,
        amount=row.amount,
        state=row.state,
        channel=row.channel,
        period_id=row.period_id,
        month=row.month,
        closed=row.cut_off_at is not None or row.locked_at is not None,
        opening_id=row.opening_id if at_opening else None,
        round_id=row.round_id if on_round else None,
        place=place,
    )


@dataclass(frozen=True, slots=True)
class HandoutSeen:
    """A hand-out that stands: who paid, when, how much, for which month, against which receipt."""

    id: int
    number: str
    amount: Money
    month: Month
    at: dt.datetime
    staff_name: str


def last_handout_of(session: Session, person_id: int, *, office_id: int) -> HandoutSeen | None:
    """The newest hand-out to a person that was not undone and whose period is not locked."""
    undone = exists().where(Undo.handout_id == Handout.id, Undo.state == UndoState.CONFIRMED)
    row = session.execute(
        select(Handout, Staff.name)
        .join(Staff, Staff.id == Handout.staff_id)
        .join(HandoutLine, HandoutLine.handout_id == Handout.id)
        .join(Payout, Payout.id == HandoutLine.payout_id)
        .join(Period, Period.id == Payout.period_id)
        .where(
            Handout.person_id == person_id,
            ~undone,
            Payout.state == State.PAID,
            Period.office_id == office_id,
            Period.locked_at.is_(None),
        )
        .order_by(Handout.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    given, name = row
    return HandoutSeen(given.id, given.number, given.amount, given.month, given.at, name)
