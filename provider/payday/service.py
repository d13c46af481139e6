"""Handing out, missing, undoing: what a payer does all morning."""

import secrets
from collections.abc import Sequence

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from provider import clock, figures
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.db import lock_row
from provider.errors import N_, Invalid, Missing
from provider.ledger import accounts
from provider.ledger.models import Entry, EntryKind
from provider.ledger.queries import balance
from provider.ledger.service import book, reverse
from provider.lists.decrease import DecreaseKind
from provider.lists.reports import report_decrease
from provider.money import Money
from provider.payday.models import Handout, HandoutLine, Till, TillState, Undo, UndoState
from provider.payday.refusals import (
    AlreadyPaid,
    ExpectedElsewhere,
    NothingToPay,
    UndoAlreadyAsked,
    UndoAnswered,
    UndoNeedsAnother,
    UndoTooLate,
)
from provider.payday.rules import (
    Collecting,
    Place,
    Standing,
    Waiting,
    check_hand_out,
    expected_elsewhere,
    is_of_newest_month,
    payable_now,
    standing_of,
    why_nothing,
)
from provider.payday.till import till_of
from provider.payday.waiting import last_handout_of, waiting_of
from provider.payouts.lifecycle import Channel, Step
from provider.payouts.service import ReasonNeeded, take_step
from provider.recipients.models import Payee, Person
from provider.recipients.rules import PayeeKind

MISS_REASONS = {
    "absent": N_("Vắng mặt"),
    "refused": N_("Từ chối nhận"),
    "papers_missing": N_("Thiếu giấy tờ"),
    "amount_disputed": N_("Không đồng ý số tiền"),
    "dead": N_("Đã mất"),
    "moved": N_("Đã chuyển đi"),
    "in_prison": N_("Đang chấp hành án"),
}
"""Why somebody was not paid; the last three also hold the payout until the agency has answered."""

HOLDING_REASONS = {"dead": DecreaseKind.DEATH, "moved": DecreaseKind.MOVE, "in_prison": DecreaseKind.PRISON}
"""Reasons that are reported to the agency (báo giảm); everything payable of the person is held until it answers."""


class UnknownReason(Invalid):
    """A reason that is not on the list."""

    code = "unknown_reason"
    sentence = N_("Hãy chọn một lý do trong danh sách.")


def hand_out(
    session: Session,
    *,
    till_id: int,
    person_id: int,
    payout_ids: Sequence[int],
    total: Money,
    collector: PayeeKind = PayeeKind.SELF,
    payee_id: int | None = None,
    by: Actor,
) -> Handout:
    """Put all payable allowances of one person (``total`` đồng, as shown on the card) into a hand.

    Both books, the payouts and the receipt are written in one transaction. Raises TillNotYours, TillIsClosed,
    AlreadyPaid, NothingToPay, ExpectedElsewhere, CardIsStale, PersonHasDied, RepresentativeExpired,
    RepresentativeUnknown, TillTooLow.
    """
    till = till_of(session, till_id, by=by)
    person: Person | None = lock_row(session, Person, person_id)
    if person is None:
        raise Missing()
    waiting = waiting_of(session, person_id, office_id=till.office_id)
    if not payable_now(waiting):
        _say_who_paid(session, person_id, till.office_id, waiting)
    payee = _payee(session, person_id, collector, payee_id)
    due = check_hand_out(
        waiting,
        place=Place(till.opening_id, till.round_id),
        shown_ids=payout_ids,
        shown_total=total,
        till_balance=balance(session, accounts.till(till.id)),
        collecting=_collecting(payee, collector),
        died_on=person.deceased_on,
    )
    code = secrets.token_hex(8)
    handout = Handout(
        number=code,
        code=code,
        till_id=till.id,
        staff_id=till.staff_id,
        person_id=person_id,
        collector=collector,
        collector_name=payee.name if payee else "",
        collector_id_number=payee.id_number if payee else "",
        amount=Money.sum(one.amount for one in due),
        month=max(one.month for one in due),
        at=clock.now(),
    )
    session.add(handout)
    session.flush()
    handout.number = f"BN{handout.month.year % 100:02}{handout.month.number:02}-{handout.id:06}"
    at_home = till.round_id is not None
    lines = []
    for one in due:
        entry = book(
            session,
            EntryKind.PAYMENT,
            one.amount,
            source=accounts.till(till.id),
            target=accounts.HOME if at_home else accounts.CASH,
            period_id=one.period_id,
            payout_id=one.payout_id,
            document=handout.number,
            covered=False,
            by=by,
        )
        payout = take_step(session, one.payout_id, Step.PAY)
        if at_home != (payout.channel is Channel.HOME):
            payout.channel = Channel.HOME if at_home else Channel.CASH_POINT
        lines.append({"handout_id": handout.id, "payout_id": one.payout_id, "entry_id": entry.id})
    session.execute(insert(HandoutLine), lines)
    # The day book comes last: whoever waits for it holds nothing that somebody else needs first.
    for one in due:
        note(
            session,
            DeedKind.HANDED_OUT,
            by=by,
            about=f"payout:{one.payout_id}",
            within=f"handout:{handout.id}",
            amount=one.amount.dong,
            number=handout.number,
            collector=collector.value,
            collector_name=handout.collector_name,
            till=till.id,
        )
    session.flush()
    return handout


def miss(session: Session, *, person_id: int, till_id: int, reason: str, remark: str = "", by: Actor) -> int:
    """Note that a person was not paid, and why. How many payouts there were.

    Death, move and prison are reported to the agency, and hold what is payable. Raises Missing, UnknownReason,
    TillNotYours, TillIsClosed, AlreadyPaid, NothingToPay, ExpectedElsewhere.
    """
    if reason not in MISS_REASONS:
        raise UnknownReason()
    till = till_of(session, till_id, by=by)
    if lock_row(session, Person, person_id) is None:
        raise Missing()
    waiting = waiting_of(session, person_id, office_id=till.office_id)
    due = payable_now(waiting)
    if not due:
        _say_who_paid(session, person_id, till.office_id, waiting)
        raise NothingToPay(why=why_nothing(waiting))
    if elsewhere := expected_elsewhere(due, Place(till.opening_id, till.round_id)):
        raise ExpectedElsewhere(place=elsewhere)
    for one in due:
        payout = take_step(session, one.payout_id, Step.MISS)
        payout.missed_reason = reason
    if reason in HOLDING_REASONS:
        report_decrease(
            session,
            person_id=person_id,
            kind=HOLDING_REASONS[reason],
            office_id=till.office_id,
            source=f"till:{till.id}",
            remark=remark,
            by=by,
        )
    for one in due:
        note(
            session,
            DeedKind.MISSED,
            by=by,
            about=f"payout:{one.payout_id}",
            within=f"till:{till.id}",
            reason=reason,
            remark=remark,
            held=reason in HOLDING_REASONS,
        )
    session.flush()
    return len(due)


def ask_undo(session: Session, handout_id: int, *, reason: str, by: Actor) -> Undo:
    """Ask that a hand-out be undone; somebody else must confirm. Raises ReasonNeeded, UndoTooLate, UndoAlreadyAsked."""
    if not reason.strip() or by.staff_id is None:
        raise ReasonNeeded()
    handout: Handout | None = lock_row(session, Handout, handout_id)
    if handout is None:
        raise Missing()
    if session.get_one(Till, handout.till_id).state is not TillState.OPEN:
        raise UndoTooLate()
    live = select(func.count()).where(Undo.handout_id == handout_id, Undo.state != UndoState.DECLINED)
    if session.scalar(live):
        raise UndoAlreadyAsked()
    undo = Undo(
        handout_id=handout_id,
        state=UndoState.ASKED,
        reason=reason.strip(),
        asked_at=clock.now(),
        asked_by_id=by.staff_id,
    )
    session.add(undo)
    session.flush()
    _note_undo(session, DeedKind.UNDO_ASKED, undo, by)
    return undo


def confirm_undo(session: Session, undo_id: int, *, by: Actor) -> Undo:
    """The second person confirms: the money is booked back into the till, the payouts are due again.

    Raises UndoNeedsAnother, UndoAnswered, UndoTooLate.
    """
    undo = _open_undo(session, undo_id, by)
    handout: Handout | None = lock_row(session, Handout, undo.handout_id)
    assert handout is not None
    till: Till | None = lock_row(session, Till, handout.till_id)
    if till is None or till.state is not TillState.OPEN:
        raise UndoTooLate()
    for line in _lines(session, undo.handout_id):
        reverse(session, session.get_one(Entry, line.entry_id), by=by, document=f"undo:{undo.id}")
        take_step(session, line.payout_id, Step.UNDO)
    _answer(session, undo, UndoState.CONFIRMED, by)
    _note_undo(session, DeedKind.UNDO_CONFIRMED, undo, by)
    return undo


def decline_undo(session: Session, undo_id: int, *, by: Actor) -> Undo:
    """The second person does not agree: nothing changes. Raises UndoNeedsAnother, UndoAnswered."""
    undo = _open_undo(session, undo_id, by)
    _answer(session, undo, UndoState.DECLINED, by)
    _note_undo(session, DeedKind.UNDO_DECLINED, undo, by)
    return undo


def note_refusal(
    session: Session, *, person_id: int | None, till_id: int | None, code: str, reason: str = "", by: Actor
) -> None:
    """Keep a failed attempt to hand out: who tried, for whom, and why it was refused (``reason`` in words)."""
    about = f"person:{person_id}" if person_id else "slip"
    within = f"till:{till_id}" if till_id else ""
    note(session, DeedKind.HAND_OUT_REFUSED, by=by, about=about, within=within, code=code, reason=reason)


def _open_undo(session: Session, undo_id: int, by: Actor) -> Undo:
    undo: Undo | None = lock_row(session, Undo, undo_id)
    if undo is None:
        raise Missing()
    if undo.state is not UndoState.ASKED:
        raise UndoAnswered()
    if by.staff_id is None or by.staff_id == undo.asked_by_id:
        raise UndoNeedsAnother()
    return undo


def _answer(session: Session, undo: Undo, state: UndoState, by: Actor) -> None:
    session.execute(
        update(Undo).where(Undo.id == undo.id).values(state=state, answered_at=clock.now(), answered_by_id=by.staff_id)
    )
    session.refresh(undo)


def _lines(session: Session, handout_id: int) -> list[HandoutLine]:
    return list(session.scalars(select(HandoutLine).where(HandoutLine.handout_id == handout_id)))


def _note_undo(session: Session, kind: DeedKind, undo: Undo, by: Actor) -> None:
    for line in _lines(session, undo.handout_id):
        about, within = f"payout:{line.payout_id}", f"handout:{undo.handout_id}"
        note(session, kind, by=by, about=about, within=within, reason=undo.reason)


def _payee(session: Session, person_id: int, collector: PayeeKind, payee_id: int | None) -> Payee | None:
    """The representative who is named, if the register knows him for this person in this capacity."""
    if collector is PayeeKind.SELF or not payee_id:
        return None
    wanted = select(Payee).where(Payee.id == payee_id, Payee.person_id == person_id, Payee.kind == collector)
    return session.scalars(wanted).first()


def _collecting(payee: Payee | None, collector: PayeeKind) -> Collecting:
    if collector is PayeeKind.SELF:
        return Collecting(collector)
    if payee is None:
        return Collecting(collector, Standing.UNKNOWN)
    standing = standing_of(payee.valid_from, payee.valid_to, clock.today())
    return Collecting(collector, standing, payee.name, payee.valid_to)


def _say_who_paid(session: Session, person_id: int, office_id: int, waiting: Sequence[Waiting]) -> None:
    """When the last thing that happened was a hand-out that stands, the refusal names it."""
    last = last_handout_of(session, person_id, office_id=office_id)
    if last and is_of_newest_month(last.month, waiting):
        raise AlreadyPaid(
            amount=figures.dong(last.amount), at=figures.moment(last.at), by=last.staff_name, number=last.number
        )
