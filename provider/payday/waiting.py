"""What waits for a person now, and what was handed out last: the reads that a hand-out rests on."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider.money import Money
from provider.payday.models import Handout, HandoutLine, Undo, UndoState
from provider.payday.rules import Waiting
from provider.payouts.lifecycle import State
from provider.payouts.models import Payout, Period
from provider.points.models import Opening, Point, Seat
from provider.staff.models import Staff
from provider.visits.models import Stop


def waiting_of(session: Session, person_id: int, *, office_id: int) -> list[Waiting]:
    """Every payout of a person at one post office whose period is not locked, or that was paid last."""
    rows = session.execute(
        select(
            Payout.id,
            Payout.amount,
            Payout.state,
            Payout.channel,
            Period.id,
            Period.month,
            Period.cut_off_at,
            Period.locked_at,
            Seat.opening_id,
            Stop.round_id,
            Point.name,
        )
        .join(Period, Period.id == Payout.period_id)
        .outerjoin(Seat, Seat.payout_id == Payout.id)
        .outerjoin(Opening, Opening.id == Seat.opening_id)
        .outerjoin(Point, Point.id == Opening.point_id)
        .outerjoin(Stop, Stop.payout_id == Payout.id)
        .where(Payout.person_id == person_id, Period.office_id == office_id)
        .order_by(Period.month, Payout.id)
    )
    return [
        Waiting(
            payout_id=payout_id,
            amount=amount,
            state=state,
            channel=channel,
            period_id=period_id,
            month=month,
            closed=cut_off_at is not None or locked_at is not None,
            opening_id=opening_id,
            round_id=round_id,
            place=point or "",
        )
        for payout_id, amount, state, channel, period_id, month, cut_off_at, locked_at, opening_id, round_id, point in rows
    ]


@dataclass(frozen=True, slots=True)
class HandoutSeen:
    """A hand-out that stands: who paid, when, how much, against which receipt."""

    id: int
    number: str
    amount: Money
    at: dt.datetime
    staff_name: str


def last_handout_of(session: Session, person_id: int, *, office_id: int) -> HandoutSeen | None:
    """The newest hand-out to a person that was not undone and whose period is not locked."""
    undone = select(Undo.handout_id).where(Undo.state == UndoState.CONFIRMED)
    row = session.execute(
        select(Handout, Staff.name)
        .join(Staff, Staff.id == Handout.staff_id)
        .join(HandoutLine, HandoutLine.handout_id == Handout.id)
        .join(Payout, Payout.id == HandoutLine.payout_id)
        .join(Period, Period.id == Payout.period_id)
        .where(
            Handout.person_id == person_id,
            Handout.id.not_in(undone),
            Payout.state == State.PAID,
            Period.office_id == office_id,
            Period.locked_at.is_(None),
        )
        .order_by(Handout.id.desc())
    ).first()
    if row is None:
        return None
    handout, name = row
    return HandoutSeen(handout.id, handout.number, handout.amount, handout.at, name)
