"""The payer's till: taken over, worked from, counted blind, handed back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider import clock
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.db import lock_row
from provider.errors import Missing
from provider.ledger import accounts
from provider.ledger.models import EntryKind
from provider.ledger.queries import balance
from provider.ledger.service import book
from provider.money import Money
from provider.payday.models import Advance, AdvanceState, Till, TillState
from provider.payday.refusals import (
    AdvanceGone,
    CountDiffers,
    DifferenceExplained,
    NoDifference,
    TillAlreadyOpen,
    TillIsClosed,
    TillNotYours,
)
from provider.payouts.service import ReasonNeeded
from provider.points.models import Opening
from provider.points.rules import OpeningState


def open_till(session: Session, advance_id: int, *, counted: Money, by: Actor) -> Till:
    """Take over an advance after counting it; from now on the payer answers for this till.

    When he has a till open for the same place, the advance tops it up. Raises Missing, TillNotYours, AdvanceGone,
    CountDiffers (nothing is booked), TillAlreadyOpen (another place), NotEnoughMoney.
    """
    advance: Advance | None = lock_row(session, Advance, advance_id)
    if advance is None:
        raise Missing()
    if advance.staff_id != by.staff_id:
        raise TillNotYours()
    if advance.state is not AdvanceState.ISSUED:
        raise AdvanceGone()
    if counted != advance.amount:
        raise CountDiffers()
    till = session.scalars(
        select(Till).where(Till.staff_id == advance.staff_id, Till.state == TillState.OPEN).with_for_update()
    ).first()
    if till and (till.opening_id, till.round_id) != (advance.opening_id, advance.round_id):
        raise TillAlreadyOpen()
    kind = DeedKind.TILL_TOPPED_UP if till else DeedKind.TILL_OPENED
    if till is None:
        till = Till(
            office_id=advance.office_id,
            staff_id=advance.staff_id,
            opening_id=advance.opening_id,
            round_id=advance.round_id,
            state=TillState.OPEN,
            opened_at=clock.now(),
            opened_by_id=advance.issued_by_id,
        )
        session.add(till)
        session.flush()
        _begin_opening(session, advance.opening_id)
    book(
        session,
        EntryKind.ADVANCE,
        advance.amount,
        source=accounts.safe(advance.office_id),
        target=accounts.till(till.id),
        document=f"advance:{advance.id}",
        by=by,
    )
    advance.state, advance.accepted_at, advance.till_id = AdvanceState.ACCEPTED, clock.now(), till.id
    session.flush()
    note(session, kind, by=by, about=f"till:{till.id}", within=f"advance:{advance.id}", amount=advance.amount.dong)
    return till


def close_till(session: Session, till_id: int, *, counted: Money, explanation: str = "", by: Actor) -> Till:
    """Hand back what was counted; a difference to the book is kept as a question to the payer (``explain``).

    What the book expects goes back to the safe as it was counted; the difference stays on the till's account until
    the controller has looked into it: a shortage is never booked as a debt by itself. Raises Missing, TillNotYours,
    TillIsClosed.
    """
    till = till_of(session, till_id, by=by)
    expected = balance(session, accounts.till(till.id))
    till.counted = counted
    till.difference = counted - expected
    till.difference_note = explanation
    till.state, till.closed_at = TillState.CLOSED, clock.now()
    session.flush()
    back = min(counted, expected)
    if back:
        book(
            session,
            EntryKind.HAND_BACK,
            back,
            source=accounts.till(till.id),
            target=accounts.safe(till.office_id),
            document=f"till:{till.id}",
            by=by,
        )
    note(
        session,
        DeedKind.TILL_CLOSED,
        by=by,
        about=f"till:{till.id}",
        counted=counted.dong,
        difference=till.difference.dong,
        explanation=explanation,
    )
    return till


def explain(session: Session, till_id: int, *, explanation: str, by: Actor) -> Till:
    """The payer says in words how the difference of a closed till came about; said once, it stays.

    Raises Missing, TillNotYours, NoDifference, DifferenceExplained, ReasonNeeded.
    """
    till: Till | None = lock_row(session, Till, till_id)
    if till is None:
        raise Missing()
    if till.staff_id != by.staff_id:
        raise TillNotYours()
    if till.state is not TillState.CLOSED or not till.difference:
        raise NoDifference()
    if till.difference_note:
        raise DifferenceExplained()
    words = " ".join(explanation.split())
    if not words:
        raise ReasonNeeded()
    till.difference_note = words
    session.flush()
    note(
        session,
        DeedKind.TILL_EXPLAINED,
        by=by,
        about=f"till:{till.id}",
        difference=till.difference.dong,
        explanation=words,
    )
    return till


def till_of(session: Session, till_id: int, *, by: Actor) -> Till:
    """The open till, locked, of the person who works it. Raises Missing, TillNotYours, TillIsClosed."""
    till: Till | None = lock_row(session, Till, till_id)
    if till is None:
        raise Missing()
    if till.staff_id != by.staff_id:
        raise TillNotYours()
    if till.state is not TillState.OPEN:
        raise TillIsClosed()
    return till


def _begin_opening(session: Session, opening_id: int | None) -> None:
    """The first till opens the opening."""
    if opening_id is None:
        return
    opening: Opening | None = lock_row(session, Opening, opening_id)
    if opening and opening.state is OpeningState.PLANNED:
        opening.state = OpeningState.OPEN
        session.flush()
