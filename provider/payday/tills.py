"""What is read of tills and advances: where they stand, whose they are, what is in them, how far the day is."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from provider.clock import Month
from provider.ledger import accounts
from provider.ledger.queries import balance
from provider.money import Money
from provider.payday.models import Advance, AdvanceState, Handout, Till, TillState, Undo, UndoState
from provider.payouts.models import Payout
from provider.points.models import Opening, Point, Seat
from provider.staff.models import Staff
from provider.visits.models import Round, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class TillRow:
    """A till: where it stands, whose it is, what is in it, how far the day is."""

    id: int
    office_id: int
    staff_id: int
    staff_name: str
    opening_id: int | None
    round_id: int | None
    place: str
    month: Month | None
    state: TillState
    left: Money
    done: int
    expected: int
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    counted: Money | None
    difference: Money | None
    difference_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceRow:
    """Cash that waits for its payer."""

    id: int
    office_id: int
    staff_id: int
    staff_name: str
    amount: Money
    place: str
    on: dt.date | None
    state: AdvanceState
    issued_at: dt.datetime
    issued_by: str


def open_till_of(session: Session, staff_id: int) -> TillRow | None:
    """The till a payer has open, if any."""
    till = session.scalars(select(Till).where(Till.staff_id == staff_id, Till.state == TillState.OPEN)).first()
    return _till_row(session, till) if till else None


def till(session: Session, till_id: int) -> TillRow | None:
    """One till."""
    found = session.get(Till, till_id)
    return _till_row(session, found) if found else None


def tills_of_office(session: Session, office_ids: Collection[int] | None, *, limit: int = 50) -> list[TillRow]:
    """The newest tills of offices (None: all)."""
    wanted = select(Till).order_by(Till.id.desc()).limit(limit)
    if office_ids is not None:
        wanted = wanted.where(Till.office_id.in_(office_ids))
    return [_till_row(session, one) for one in session.scalars(wanted)]


def advances(
    session: Session, *, staff_id: int | None = None, office_ids: Collection[int] | None = None
) -> list[AdvanceRow]:
    """Advances that wait for their payer."""
    payer, cashier = aliased(Staff), aliased(Staff)
    wanted = (
        select(Advance, payer.name, cashier.name, Opening.on, Point.name, Round.on)
        .join(payer, payer.id == Advance.staff_id)
        .join(cashier, cashier.id == Advance.issued_by_id)
        .outerjoin(Opening, Opening.id == Advance.opening_id)
        .outerjoin(Point, Point.id == Opening.point_id)
        .outerjoin(Round, Round.id == Advance.round_id)
        .where(Advance.state == AdvanceState.ISSUED)
        .order_by(Advance.id)
    )
    if staff_id is not None:
        wanted = wanted.where(Advance.staff_id == staff_id)
    if office_ids is not None:
        wanted = wanted.where(Advance.office_id.in_(office_ids))
    return [
        AdvanceRow(
            id=advance.id,
            office_id=advance.office_id,
            staff_id=advance.staff_id,
            staff_name=payer_name,
            amount=advance.amount,
            place=point or "",
            on=opening_on or round_on,
            state=advance.state,
            issued_at=advance.issued_at,
            issued_by=cashier_name,
        )
        for advance, payer_name, cashier_name, opening_on, point, round_on in session.execute(wanted)
    ]


def _till_row(session: Session, till: Till) -> TillRow:
    place, month = place_of(session, till)
    done = session.scalar(
        select(func.count()).where(
            Handout.till_id == till.id,
            Handout.id.not_in(select(Undo.handout_id).where(Undo.state == UndoState.CONFIRMED)),
        )
    )
    return TillRow(
        id=till.id,
        office_id=till.office_id,
        staff_id=till.staff_id,
        staff_name=session.scalar(select(Staff.name).where(Staff.id == till.staff_id)) or "",
        opening_id=till.opening_id,
        round_id=till.round_id,
        place=place,
        month=month,
        state=till.state,
        left=balance(session, accounts.till(till.id)),
        done=done or 0,
        expected=_expected(session, till),
        opened_at=till.opened_at,
        closed_at=till.closed_at,
        counted=till.counted,
        difference=till.difference,
        difference_note=till.difference_note,
    )


def place_of(session: Session, till: Till) -> tuple[str, Month | None]:
    """Where a till stands and for which month, as its payer would say it."""
    if till.opening_id is not None:
        found = session.execute(
            select(Point.name, Opening.month)
            .join(Point, Point.id == Opening.point_id)
            .where(Opening.id == till.opening_id)
        ).one()
        return found[0], found[1]
    if till.round_id is not None:
        return "Chi trả tại nhà", session.scalar(select(Round.month).where(Round.id == till.round_id))
    return "Quầy bưu cục", None


def _expected(session: Session, till: Till) -> int:
    people = func.count(Payout.person_id.distinct())
    if till.opening_id is not None:
        wanted = select(people).join(Seat, Seat.payout_id == Payout.id).where(Seat.opening_id == till.opening_id)
    elif till.round_id is not None:
        wanted = select(people).join(Stop, Stop.payout_id == Payout.id).where(Stop.round_id == till.round_id)
    else:
        return 0
    return session.scalar(wanted) or 0
