"""What is read of tills and advances: where they stand, whose they are, what is in them, how far the day is."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session, aliased

from provider.clock import Month
from provider.errors import N_
from provider.ledger import accounts
from provider.ledger.queries import balances
from provider.money import Money
from provider.payday.models import Advance, AdvanceState, Handout, Till, TillState, Undo, UndoState
from provider.payouts.lifecycle import State
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
    on: dt.date | None
    state: TillState
    left: Money
    done: int
    """Hand-outs of this till that stand."""
    expected: int
    """People expected at its place."""
    paid: int
    """Those of them who were paid, by this till or another."""
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
    return _till_rows(session, [till])[0] if till else None


def till(session: Session, till_id: int) -> TillRow | None:
    """One till."""
    found = session.get(Till, till_id)
    return _till_rows(session, [found])[0] if found else None


def tills_of_office(session: Session, office_ids: Collection[int] | None, *, limit: int = 50) -> list[TillRow]:
    """The newest tills of offices (None: all)."""
    wanted = select(Till).order_by(Till.id.desc()).limit(limit)
    if office_ids is not None:
        wanted = wanted.where(Till.office_id.in_(office_ids))
    return _till_rows(session, session.scalars(wanted).all())


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
            place=point or (N_("Chi trả tại nhà") if advance.round_id else N_("Quầy bưu cục")),
            on=round_on if opening_on is None else opening_on,
            state=advance.state,
            issued_at=advance.issued_at,
            issued_by=cashier_name,
        )
        for advance, payer_name, cashier_name, opening_on, point, round_on in session.execute(wanted)
    ]


def _till_rows(session: Session, found: Sequence[Till]) -> list[TillRow]:
    """Tills with what is in them and how far their places are, in as many statements for fifty as for one."""
    ids = [one.id for one in found]
    names = dict(session.execute(select(Staff.id, Staff.name).where(Staff.id.in_({t.staff_id for t in found}))).all())
    left = balances(session, [accounts.till(number) for number in ids])
    done = _hand_outs(session, ids)
    at_openings = _openings(session, {one.opening_id for one in found if one.opening_id is not None})
    on_rounds = _rounds(session, {one.round_id for one in found if one.round_id is not None})
    rows = []
    for one in found:
        here = COUNTER
        if one.opening_id is not None:
            here = at_openings[one.opening_id]
        elif one.round_id is not None:
            here = on_rounds[one.round_id]
        rows.append(
            TillRow(
                id=one.id,
                office_id=one.office_id,
                staff_id=one.staff_id,
                staff_name=names.get(one.staff_id, ""),
                opening_id=one.opening_id,
                round_id=one.round_id,
                place=here.name,
                month=here.month,
                on=here.on,
                state=one.state,
                left=left[accounts.till(one.id)],
                done=done.get(one.id, 0),
                expected=here.expected,
                paid=here.paid,
                opened_at=one.opened_at,
                closed_at=one.closed_at,
                counted=one.counted,
                difference=one.difference,
                difference_note=one.difference_note,
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class _PlaceRow:
    """Where a till stands, as its payer would say it; how many people are expected there, and paid by anybody."""

    name: str
    month: Month | None = None
    on: dt.date | None = None
    expected: int = 0
    paid: int = 0


COUNTER: Final = _PlaceRow(N_("Quầy bưu cục"))
_PEOPLE = func.count(Payout.person_id.distinct())
_PAID = func.count(case((Payout.state == State.PAID, Payout.person_id)).distinct())


def _openings(session: Session, ids: Collection[int]) -> dict[int, _PlaceRow]:
    if not ids:
        return {}
    rows = session.execute(
        select(Opening.id, Point.name, Opening.month, Opening.on, _PEOPLE, _PAID)
        .join(Point, Point.id == Opening.point_id)
        .outerjoin(Seat, Seat.opening_id == Opening.id)
        .outerjoin(Payout, Payout.id == Seat.payout_id)
        .where(Opening.id.in_(ids))
        .group_by(Opening.id, Point.name, Opening.month, Opening.on)
    )
    return {row[0]: _PlaceRow(row[1], row[2], row[3], row[4], row[5]) for row in rows}


def _rounds(session: Session, ids: Collection[int]) -> dict[int, _PlaceRow]:
    if not ids:
        return {}
    rows = session.execute(
        select(Round.id, Round.month, Round.on, _PEOPLE, _PAID)
        .outerjoin(Stop, Stop.round_id == Round.id)
        .outerjoin(Payout, Payout.id == Stop.payout_id)
        .where(Round.id.in_(ids))
        .group_by(Round.id, Round.month, Round.on)
    )
    return {row[0]: _PlaceRow(N_("Chi trả tại nhà"), row[1], row[2], row[3], row[4]) for row in rows}


def _hand_outs(session: Session, till_ids: Collection[int]) -> dict[int, int]:
    """How many hand-outs of each till stand."""
    undone = exists().where(Undo.handout_id == Handout.id, Undo.state == UndoState.CONFIRMED)
    counted = select(Handout.till_id, func.count()).where(Handout.till_id.in_(till_ids), ~undone)
    return dict(session.execute(counted.group_by(Handout.till_id)).all())


def place_name(session: Session, till: Till) -> str:
    """Where a till stands, as its payer would say it."""
    if till.opening_id is not None:
        named = select(Point.name).join(Opening, Opening.point_id == Point.id).where(Opening.id == till.opening_id)
        return session.scalar(named) or ""
    return N_("Chi trả tại nhà") if till.round_id is not None else COUNTER.name


def office_of_advance(session: Session, advance_id: int) -> int | None:
    """The post office whose safe an advance comes from."""
    return session.scalar(select(Advance.office_id).where(Advance.id == advance_id))
