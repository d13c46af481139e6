"""Cut-off: nothing more is paid out of a month; what is left is carried over or given back."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.clock import Month
from provider.ledger import accounts
from provider.ledger.models import EntryKind
from provider.ledger.service import book
from provider.lists.reports import hold_reported, to_give_back
from provider.payday.models import Handout, HandoutLine, Till, TillState, Undo, UndoState
from provider.payouts.lifecycle import State, Step
from provider.payouts.models import ComponentKind, Payout, Period
from provider.payouts.service import NewPayout, cut_off, open_payouts, open_period, take_step
from provider.points.models import Seat
from provider.settlement.refusals import (
    NothingToSettle,
    TillsStillOpen,
    TransfersWithoutAnswer,
    UndosStillOpen,
)
from provider.staff.models import Staff
from provider.visits.models import Stop

UNPAID = (State.DUE, State.MISSED, State.HELD)
"""What a cut-off finds and must resolve."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What a cut-off did, in payouts."""

    carried: int
    returned: int


def periods_of(session: Session, agency_id: int, month: Month, *, locked: bool = True) -> list[Period]:
    """The periods that are settled together: one agency, one month; ``locked`` for whoever changes something.

    Raises NothingToSettle.
    """
    wanted = select(Period).where(Period.agency_id == agency_id, Period.month == month).order_by(Period.programme)
    found = list(session.scalars(wanted.with_for_update() if locked else wanted))
    if not found:
        raise NothingToSettle(month=month.label)
    return found


def close_month(
    session: Session, agency_id: int, month: Month, *, give_back: Collection[int] = (), by: Actor
) -> Closed:
    """Cut off every period of an agency's month; payouts in ``give_back`` return, all other unpaid ones go over.

    What the agency agreed to stop returns too; who is reported and not answered stays held in the next month.
    A payout carried over is opened again in the next month, with its own line and its money. Raises NothingToSettle,
    TransfersWithoutAnswer, TillsStillOpen, UndosStillOpen, NotEnoughMoney (returns need the cash back in the bank).
    """
    periods = periods_of(session, agency_id, month)
    ids = [period.id for period in periods]
    _refuse_what_is_open(session, ids)
    for period in periods:
        cut_off(session, period, by=by)
    back_ids = to_give_back(session, ids) | set(give_back)
    carried = returned = 0
    for period in periods:
        unpaid = session.scalars(
            select(Payout)
            .where(Payout.period_id == period.id, Payout.state.in_(UNPAID))
            .order_by(Payout.line_no, Payout.id)
        ).all()
        back = [payout for payout in unpaid if payout.id in back_ids]
        over = [payout for payout in unpaid if payout.id not in back_ids]
        for payout in back:
            _give_back(session, period, payout, by=by)
        if over:
            _carry_over(session, period, over, by=by)
        carried += len(over)
        returned += len(back)
    return Closed(carried, returned)


def _give_back(session: Session, period: Period, payout: Payout, *, by: Actor) -> None:
    take_step(session, payout.id, Step.GIVE_BACK, period=period)
    book(
        session,
        EntryKind.RETURNED,
        payout.amount,
        source=accounts.deposit(period.office_id),
        target=accounts.agency(period.agency_id),
        period_id=period.id,
        payout_id=payout.id,
        document=f"payout:{payout.id}",
        by=by,
    )
    note(
        session,
        DeedKind.MONEY_RETURNED,
        by=by,
        about=f"payout:{payout.id}",
        within=f"period:{period.id}",
        amount=payout.amount.dong,
    )


def _carry_over(session: Session, period: Period, unpaid: list[Payout], *, by: Actor) -> None:
    """Both sides of the move are booked at once: out of this period, into the next; no cash moves."""
    following = open_period(
        session, agency_id=period.agency_id, programme=period.programme, month=period.month.next(), by=by
    )
    for payout in unpaid:
        take_step(session, payout.id, Step.CARRY_OVER, period=period)
    new = open_payouts(
        session,
        following,
        [
            NewPayout(
                person_id=payout.person_id,
                commune_id=payout.commune_id,
                hamlet=payout.hamlet,
                benefit=payout.benefit,
                benefit_text=payout.benefit_text,
                components=((ComponentKind.CARRIED, payout.amount),),
                source=f"payout:{payout.id}",
                line_no=payout.line_no,
                channel=payout.channel,
                carried_from_id=payout.id,
            )
            for payout in unpaid
        ],
    )
    deposit, between = accounts.deposit(period.office_id), accounts.carried(period.office_id)
    for payout, new_id in zip(unpaid, new, strict=True):
        for its_period, source, target, number in (
            (period.id, deposit, between, payout.id),
            (following.id, between, deposit, new_id),
        ):
            book(
                session,
                EntryKind.CARRIED,
                payout.amount,
                source=source,
                target=target,
                period_id=its_period,
                payout_id=number,
                document=f"payout:{payout.id}",
                covered=False,
                by=by,
            )
        note(
            session,
            DeedKind.CARRIED_OVER,
            by=by,
            about=f"payout:{payout.id}",
            within=f"period:{period.id}",
            into=f"payout:{new_id}",
            month=following.month.iso,
        )
    hold_reported(session, new, by=by)


def _refuse_what_is_open(session: Session, period_ids: list[int]) -> None:
    on_the_way = session.scalar(
        select(func.count()).where(Payout.period_id.in_(period_ids), Payout.state == State.SENT)
    )
    if on_the_way:
        raise TransfersWithoutAnswer(count=on_the_way)
    wishes = session.scalar(
        select(func.count(Undo.id.distinct()))
        .join(Handout, Handout.id == Undo.handout_id)
        .join(HandoutLine, HandoutLine.handout_id == Handout.id)
        .join(Payout, Payout.id == HandoutLine.payout_id)
        .where(Undo.state == UndoState.ASKED, Payout.period_id.in_(period_ids))
    )
    if wishes:
        raise UndosStillOpen(count=wishes)
    ours = Payout.period_id.in_(period_ids)
    openings = select(Seat.opening_id).join(Payout, Payout.id == Seat.payout_id).where(ours)
    rounds = select(Stop.round_id).join(Payout, Payout.id == Stop.payout_id).where(ours)
    names = session.scalars(
        select(Staff.name)
        .join(Till, Till.staff_id == Staff.id)
        .where(Till.state == TillState.OPEN, or_(Till.opening_id.in_(openings), Till.round_id.in_(rounds)))
        .order_by(Staff.name)
    ).all()
    if names:
        raise TillsStillOpen(count=len(names), names=", ".join(names))
