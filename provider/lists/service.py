"""Receiving, accepting, rejecting lists."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.models import Agency
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.bulk import insert_many
from provider.clock import Month
from provider.db import lock_row
from provider.errors import Missing
from provider.lists.checks import check
from provider.lists.knowledge import knowledge_for
from provider.lists.models import ListRow, ListState, PayoutList, ReceivedFile, RowLevel
from provider.lists.problems import Level, Problem
from provider.lists.reading.document import read_list
from provider.lists.refusals import ListIsDecided, MonthIsOver, NothingToAccept, NotTiedOut, SameFileAgain
from provider.lists.storing import ROW, accounts_of, candidate_of, claims_of, payout_of, row_values, understood
from provider.lists.tie_out import tie_out
from provider.money import Money
from provider.payouts.models import Period
from provider.payouts.service import ReasonNeeded, open_payouts, open_period, refuse_locked
from provider.recipients.intake import take_in_accounts, take_in_entitlements, take_in_people


def receive(
    session: Session,
    content: bytes,
    file_name: str,
    *,
    agency_id: int,
    programme: str,
    month: Month,
    sent_people: int | None = None,
    sent_amount: Money | None = None,
    by: Actor,
) -> PayoutList:
    """Take a file in as a new version of an agency's list: read it, check every row, tie it out. Nothing is paid of it.

    Raises the refusals of ``reading/refusals.py`` for a file that is no list, SameFileAgain, MonthIsOver, NoContract.
    """
    agency = session.get(Agency, agency_id)
    if agency is None:
        raise Missing()
    digest = hashlib.sha256(content).hexdigest()
    _refuse_same(session, agency_id, programme, month, digest)
    read = read_list(content, file_name, month=month)
    period = open_period(session, agency_id=agency_id, programme=programme, month=month, by=by)
    _refuse_over(period)
    knowledge = knowledge_for(session, agency, programme, month)
    checked = check(read.rows, month=month, programme=programme, known=knowledge.known)
    good = [one.row for one in checked if one.is_good]
    tie = tie_out(read, good, sent_people=sent_people, sent_amount=sent_amount)
    levels = [level_of(one.problems) for one in checked]
    version = select(func.max(PayoutList.version)).where(
        PayoutList.agency_id == agency_id, PayoutList.programme == programme, PayoutList.month == month
    )
    if session.get(ReceivedFile, digest) is None:
        session.add(ReceivedFile(hash=digest, content=content, size=len(content), received_at=clock.now()))
        session.flush()
    received = PayoutList(
        period_id=period.id,
        agency_id=agency_id,
        programme=programme,
        month=month,
        version=1 + (session.scalar(version) or 0),
        file_hash=digest,
        file_name=file_name[-200:],
        state=ListState.RECEIVED,
        received_at=clock.now(),
        received_by_id=by.staff_id,
        rows=len(checked),
        good=levels.count(RowLevel.GOOD),
        with_warnings=levels.count(RowLevel.WARNING),
        with_errors=levels.count(RowLevel.ERROR),
        total=tie.total_found,
        declared_people=sent_people if sent_people is not None else tie.declared_people,
        declared_amount=sent_amount if sent_amount is not None else tie.declared_amount,
        words_amount=tie.words_amount,
        ties_out=tie.ties_out,
        understood=understood(read, tie),
    )
    session.add(received)
    session.flush()
    rows = (
        row_values(received.id, at, one, level, knowledge)
        for at, (one, level) in enumerate(zip(checked, levels, strict=True))
    )
    insert_many(session, ListRow, ROW, rows)
    note(
        session,
        DeedKind.LIST_RECEIVED,
        by=by,
        about=f"list:{received.id}",
        within=f"period:{period.id}",
        file=received.file_name,
        hash=digest,
        rows=received.rows,
        with_errors=received.with_errors,
        total=received.total.dong,
        ties_out=received.ties_out,
    )
    return received


def accept(session: Session, list_id: int, *, reason: str = "", by: Actor) -> int:
    """Make a payout of every row without an error; how many. What was paid before is never touched.

    A list that does not tie out is accepted only by somebody other than its receiver, with a reason. Raises Missing,
    ListIsDecided, NothingToAccept, NotTiedOut, ReasonNeeded, MonthIsOver.
    """
    received = _undecided(session, list_id)
    period: Period = lock_row(session, Period, received.period_id)  # type: ignore[assignment]
    refuse_locked(period)
    _refuse_over(period)
    if not received.ties_out:
        if (by.staff_id or 0) == (received.received_by_id or 0):
            raise NotTiedOut()
        if not reason.strip():
            raise ReasonNeeded()
    rows = session.scalars(
        select(ListRow).where(ListRow.list_id == list_id, ListRow.level != RowLevel.ERROR).order_by(ListRow.position)
    ).all()
    if not rows:
        raise NothingToAccept()
    people = take_in_people(session, [candidate_of(row) for row in rows])
    take_in_entitlements(session, claims_of(received, rows, people), received.month)
    take_in_accounts(
        session, accounts_of(rows, people), reason=f"Danh sách {received.programme} {received.month.label}"
    )
    payouts = open_payouts(session, period, [payout_of(row, person) for row, person in zip(rows, people, strict=True)])
    session.execute(
        update(ListRow.__table__)  # type: ignore[arg-type]
        .where(ListRow.__table__.c.id == bindparam("row_id"))
        .values(payout_id=bindparam("its_payout")),
        [{"row_id": row.id, "its_payout": payout} for row, payout in zip(rows, payouts, strict=True)],
    )
    session.expire_all()
    _decide(session, received, ListState.ACCEPTED, reason, by)
    note(
        session,
        DeedKind.LIST_ACCEPTED,
        by=by,
        about=f"list:{list_id}",
        within=f"period:{period.id}",
        payouts=len(payouts),
        left_out=received.with_errors,
        reason=reason,
    )
    return len(payouts)


def reject(session: Session, list_id: int, *, reason: str, by: Actor) -> PayoutList:
    """Send a list back: nothing of it becomes a payout. Raises Missing, ListIsDecided, ReasonNeeded."""
    if not reason.strip():
        raise ReasonNeeded()
    received = _undecided(session, list_id)
    _decide(session, received, ListState.REJECTED, reason, by)
    note(
        session,
        DeedKind.LIST_REJECTED,
        by=by,
        about=f"list:{list_id}",
        within=f"period:{received.period_id}",
        reason=reason,
    )
    return received


def level_of(problems: Sequence[Problem]) -> RowLevel:
    """The worst of a row's problems; notices do not count."""
    if any(problem.level is Level.ERROR for problem in problems):
        return RowLevel.ERROR
    return RowLevel.WARNING if any(problem.level is Level.WARNING for problem in problems) else RowLevel.GOOD


def _undecided(session: Session, list_id: int) -> PayoutList:
    received: PayoutList | None = lock_row(session, PayoutList, list_id)
    if received is None:
        raise Missing()
    if received.state is not ListState.RECEIVED:
        raise ListIsDecided(state=STATE_WORDS[received.state])
    return received


STATE_WORDS = {
    ListState.RECEIVED: "đã nhận",
    ListState.ACCEPTED: "đã nhận vào kỳ",
    ListState.REJECTED: "đã từ chối",
    ListState.REPLACED: "đã thay bằng bản khác",
}


def _decide(session: Session, received: PayoutList, state: ListState, reason: str, by: Actor) -> None:
    received.state = state
    received.decided_at, received.decided_by_id, received.decision_reason = clock.now(), by.staff_id, reason.strip()
    session.flush()


def _refuse_same(session: Session, agency_id: int, programme: str, month: Month, digest: str) -> None:
    first = session.scalars(
        select(PayoutList).where(
            PayoutList.agency_id == agency_id,
            PayoutList.programme == programme,
            PayoutList.month == month,
            PayoutList.file_hash == digest,
        )
    ).first()
    if first:
        raise SameFileAgain(list_id=first.id, version=first.version)


def _refuse_over(period: Period) -> None:
    if period.cut_off_at is not None:
        raise MonthIsOver(month=period.month.label)
