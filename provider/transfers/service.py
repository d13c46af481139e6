"""Batches: built by one person, released by another, answered by the bank line by line."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.models import Agency
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.clock import Month
from provider.db import lock_row
from provider.errors import Missing, NotAllowed
from provider.ledger import accounts
from provider.ledger.models import EntryKind
from provider.ledger.queries import balance, standing_payment
from provider.ledger.service import NotEnoughMoney, book, book_payments, reverse
from provider.money import Money
from provider.payouts.lifecycle import Channel, Step
from provider.payouts.models import Payout
from provider.payouts.service import move_channel, take_step, take_steps
from provider.places.models import PostOffice
from provider.staff.queries import scope_of
from provider.staff.rules import Scope, refuse_same_person
from provider.transfers.candidates import Candidate, candidates
from provider.transfers.models import Batch, BatchState, Line, LineState
from provider.transfers.refusals import (
    BatchIsNotDraft,
    BatchNotSent,
    LineAnswered,
    LinesChanged,
    NothingToSend,
    OfficeUnclear,
    ReferenceNeeded,
)
from provider.transfers.rules import Failure, batch_number, name_for_bank

LONGEST_REASON = 200


def build_batch(session: Session, *, agency_id: int, month: Month, office_id: int | None = None, by: Actor) -> Batch:
    """Put every payout of an agency's month that may enter into one batch, its accounts frozen. No money moves yet.

    Raises Missing (an agency out of reach), NothingToSend, OfficeUnclear (several offices pay for it: say which).
    """
    if by.staff_id is None:
        raise NotAllowed()
    reach = _reach(session, by)
    if not reach.covers_agency(agency_id) or lock_row(session, Agency, agency_id) is None:
        raise Missing()
    found = candidates(session, reach, month=month, agency_id=agency_id, office_id=office_id)
    ready = [one for one in found if one.stays_out is None]
    if not ready:
        raise NothingToSend()
    offices = {one.office_id for one in ready}
    if len(offices) > 1:
        raise OfficeUnclear()
    built = Batch(
        agency_id=agency_id,
        office_id=offices.pop(),
        month=month,
        state=BatchState.DRAFT,
        count=len(ready),
        total=Money.sum(one.amount for one in ready),
        built_at=clock.now(),
        built_by_id=by.staff_id,
    )
    session.add(built)
    session.flush()
    session.execute(insert(Line), [_line(built.id, one) for one in ready])
    note(
        session,
        DeedKind.BATCH_BUILT,
        by=by,
        about=f"batch:{built.id}",
        within=f"agency:{agency_id}",
        number=number_of(built),
        month=month.iso,
        payouts=built.count,
        amount=built.total.dong,
        left_out=len(found) - len(ready),
    )
    return built


def cancel_batch(session: Session, batch_id: int, *, by: Actor) -> Batch:
    """Take a batch back that nobody released: its payouts may enter another one. Raises Missing, BatchIsNotDraft."""
    drawn = _batch(session, batch_id, by)
    if drawn.state is not BatchState.DRAFT:
        raise BatchIsNotDraft()
    drawn.state = BatchState.CANCELLED
    session.flush()
    session.execute(
        update(Line)
        .where(Line.batch_id == batch_id)
        .values(state=LineState.CANCELLED)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    note(session, DeedKind.BATCH_CANCELLED, by=by, about=f"batch:{batch_id}", number=number_of(drawn))
    return drawn


def release_batch(session: Session, batch_id: int, *, by: Actor) -> Batch:
    """The second person lets a batch go to the bank: the money leaves the deposit account, the payouts are sent.

    Raises Missing, BatchIsNotDraft, SecondPersonNeeded, LinesChanged (somebody was held, paid otherwise or has another
    account since), NotEnoughMoney.
    """
    sent = _batch(session, batch_id, by)
    if sent.state is not BatchState.DRAFT:
        raise BatchIsNotDraft()
    refuse_same_person(sent.built_by_id, by.staff_id)
    lines = _lines(session, batch_id)
    known = _refuse_changed(session, sent, lines, by)
    lock_row(session, PostOffice, sent.office_id)
    deposit, on_its_way = accounts.deposit(sent.office_id), accounts.batch(sent.id)
    left = balance(session, deposit)
    if left < sent.total:
        raise NotEnoughMoney.of(needed=sent.total, left=left)
    sent.state, sent.released_at, sent.released_by_id = BatchState.SENT, clock.now(), by.staff_id
    session.flush()
    number = number_of(sent)
    facts = [(line.payout_id, line.amount) for line in lines]
    take_steps(session, [payout_id for payout_id, _amount in facts], Step.SEND)
    for payout_id, amount in facts:
        book(
            session,
            EntryKind.SENT,
            amount,
            source=deposit,
            target=on_its_way,
            period_id=known[payout_id].period_id,
            payout_id=payout_id,
            document=number,
            covered=False,
            by=by,
        )
        _note_payout(session, DeedKind.BATCH_SENT, payout_id, batch_id, by, number=number, amount=amount.dong)
    note(
        session,
        DeedKind.BATCH_SENT,
        by=by,
        about=f"batch:{batch_id}",
        number=number,
        payouts=len(facts),
        amount=Money.sum(amount for _payout, amount in facts).dong,
    )
    return sent


def mark_paid(
    session: Session, batch_id: int, line_ids: Collection[int] | None = None, *, reference: str, by: Actor
) -> int:
    """The bank paid these lines (None: all that wait), by its ``reference``. How many there were.

    Raises Missing, BatchNotSent, ReferenceNeeded, LineAnswered (one of them, or all, have their answer already).
    """
    reference = " ".join(reference.split())[:60]
    if not reference:
        raise ReferenceNeeded()
    answered = _batch(session, batch_id, by)
    if answered.released_at is None:
        raise BatchNotSent()
    waiting = [line for line in _lines(session, batch_id) if line.state is LineState.WAITING]
    paid = waiting if line_ids is None else [line for line in waiting if line.id in set(line_ids)]
    if not paid or (line_ids is not None and len(paid) != len(set(line_ids))):
        raise LineAnswered()
    for line in paid:
        line.state, line.answered_at = LineState.PAID, clock.now()
    answered.bank_reference = reference
    _finish(session, answered)
    payments = _payments(session, paid)
    on_its_way, total = accounts.batch(batch_id), Money.sum(amount for _payout, _period, amount in payments)
    if (left := balance(session, on_its_way)) < total:
        raise NotEnoughMoney.of(needed=total, left=left)
    number = number_of(answered)
    book_payments(session, payments, source=on_its_way, target=accounts.ACCOUNT, document=number, by=by)
    take_steps(session, [payout_id for payout_id, _period, _amount in payments], Step.PAY)
    for payout_id, _period, amount in payments:
        _note_payout(
            session,
            DeedKind.BATCH_ANSWERED,
            payout_id,
            batch_id,
            by,
            result=LineState.PAID.value,
            number=number,
            reference=reference,
            amount=amount.dong,
        )
    note(
        session,
        DeedKind.BATCH_ANSWERED,
        by=by,
        about=f"batch:{batch_id}",
        result=LineState.PAID.value,
        number=number,
        reference=reference,
        payouts=len(payments),
        amount=total.dong,
    )
    return len(payments)


def mark_failed(session: Session, line_id: int, failure: Failure, *, remark: str = "", by: Actor) -> Line:
    """The bank did not pay a line, or sent the money back after it had: back on the deposit account, due again in cash.

    Raises Missing, BatchNotSent, LineAnswered, PeriodIsLocked (the month is settled: it is the next month's business).
    """
    batch_id = session.scalar(select(Line.batch_id).where(Line.id == line_id))
    if batch_id is None:
        raise Missing()
    answered = _batch(session, batch_id, by)
    failed: Line | None = lock_row(session, Line, line_id)
    if failed is None or answered.released_at is None:
        raise BatchNotSent()
    if failed.state not in (LineState.WAITING, LineState.PAID):
        raise LineAnswered()
    was_paid, number = failed.state is LineState.PAID, number_of(answered)
    payout = take_step(session, failed.payout_id, Step.BOUNCE)
    if was_paid:
        payment = standing_payment(session, failed.payout_id)
        assert payment is not None, "a paid line has its payment in the cash book"
        reverse(session, payment, document=number, by=by)
    book(
        session,
        EntryKind.BOUNCED,
        failed.amount,
        source=accounts.batch(batch_id),
        target=accounts.deposit(answered.office_id),
        period_id=payout.period_id,
        payout_id=payout.id,
        document=number,
        by=by,
    )
    remark = " ".join(remark.split())
    words = f"{failure.sentence}: {remark}" if remark else failure.sentence
    failed.state, failed.reason, failed.answered_at = LineState.FAILED, words[:LONGEST_REASON], clock.now()
    _finish(session, answered)
    for about, within in ((f"payout:{payout.id}", f"batch:{batch_id}"), (f"batch:{batch_id}", "")):
        note(
            session,
            DeedKind.BATCH_ANSWERED,
            by=by,
            about=about,
            within=within,
            result=LineState.FAILED.value,
            number=number,
            line=line_id,
            reason=failed.reason,
            was_paid=was_paid,
            amount=failed.amount.dong,
        )
    if payout.channel is Channel.ACCOUNT:
        move_channel(
            session, payout.id, Channel.CASH_POINT, reason=f"Ngân hàng trả lại ({number}): {failed.reason}", by=by
        )
    return failed


def number_of(batch: Batch) -> str:
    """The number of a batch on papers, in the cash book and on the bank's file."""
    return batch_number(batch.id, batch.month)


def _reach(session: Session, by: Actor) -> Scope:
    return scope_of(session, by.staff_id) if by.staff_id is not None else Scope.everything()


def _batch(session: Session, batch_id: int, by: Actor) -> Batch:
    """The batch, locked, within reach of the one who asks. Raises Missing."""
    found: Batch | None = lock_row(session, Batch, batch_id)
    if found is None or not _reach(session, by).covers(office_id=found.office_id, agency_id=found.agency_id):
        raise Missing()
    return found


def _lines(session: Session, batch_id: int) -> list[Line]:
    return list(session.scalars(select(Line).where(Line.batch_id == batch_id).order_by(Line.id).with_for_update()))


def _line(batch_id: int, one: Candidate) -> dict[str, object]:
    return {
        "batch_id": batch_id,
        "payout_id": one.payout_id,
        "amount": one.amount,
        "bank": one.bank,
        "bank_bin": one.bank_bin,
        "account_no": one.account_no,
        "holder": name_for_bank(one.holder),
        "state": LineState.WAITING,
        "reason": "",
    }


def _refuse_changed(session: Session, sent: Batch, lines: Sequence[Line], by: Actor) -> dict[int, Candidate]:
    """What each line's payout is now, when all of them may still be sent to the same account. Raises LinesChanged."""
    found = candidates(
        session,
        _reach(session, by),
        month=sent.month,
        agency_id=sent.agency_id,
        office_id=sent.office_id,
        payout_ids=[line.payout_id for line in lines],
    )
    known = {one.payout_id: one for one in found if one.stays_out is None}
    changed = [line for line in lines if not _is_unchanged(line, known.get(line.payout_id))]
    if changed:
        raise LinesChanged(count=len(changed), example=changed[0].holder)
    return known


def _is_unchanged(line: Line, now: Candidate | None) -> bool:
    return now is not None and (line.amount, line.bank_bin, line.account_no, line.holder) == (
        now.amount,
        now.bank_bin,
        now.account_no,
        name_for_bank(now.holder),
    )


def _payments(session: Session, lines: Sequence[Line]) -> list[tuple[int, int, Money]]:
    """(payout, period, amount) of each line."""
    ids = [line.payout_id for line in lines]
    periods: dict[int, int] = {}
    for start in range(0, len(ids), 500):
        some = select(Payout.id, Payout.period_id).where(Payout.id.in_(ids[start : start + 500]))
        periods.update((row.id, row.period_id) for row in session.execute(some))
    return [(line.payout_id, periods[line.payout_id], line.amount) for line in lines]


def _finish(session: Session, answered: Batch) -> None:
    """A batch is answered when no line waits any more."""
    session.flush()
    waiting = select(func.count()).where(Line.batch_id == answered.id, Line.state == LineState.WAITING)
    if answered.state is BatchState.SENT and not session.scalar(waiting):
        answered.state = BatchState.ANSWERED
        session.flush()


def _note_payout(
    session: Session, kind: DeedKind, payout_id: int, batch_id: int, by: Actor, **facts: str | int
) -> None:
    note(session, kind, by=by, about=f"payout:{payout_id}", within=f"batch:{batch_id}", **facts)
