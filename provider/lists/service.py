"""Receiving, checking again, accepting, rejecting lists."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.models import Agency
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.bulk import insert_many
from provider.clock import Month
from provider.db import lock_row
from provider.errors import N_, Missing
from provider.lists.checks import check
from provider.lists.kinds import ListKind
from provider.lists.knowledge import knowledge_for, standing_elsewhere
from provider.lists.models import ListRow, ListState, PayoutList, ReceivedFile, RowLevel
from provider.lists.movement_checks import of_movements
from provider.lists.problems import Level, Problem
from provider.lists.reading.document import ReadList, read_list
from provider.lists.reading.steady import no_collecting
from provider.lists.reading.workbook import FILE_LIMIT
from provider.lists.refusals import ListIsDecided, ListIsStale, MonthIsOver, NothingToAccept, NotTiedOut, SameFileAgain
from provider.lists.reports import hold_reported
from provider.lists.storing import ROW, accounts_of, candidate_of, claims_of, payout_of, row_values, understood
from provider.lists.tie_out import tie_out
from provider.money import Money
from provider.payouts.models import Period
from provider.payouts.service import ReasonNeeded, open_payouts, open_period, refuse_locked
from provider.recipients.intake import take_in_accounts, take_in_entitlements, take_in_people


def read(content: bytes, file_name: str, month: Month, *, limit: int = FILE_LIMIT) -> ReadList:
    """Read a file; it takes seconds and needs no database, so it is done before the transaction that receives it.

    ``limit`` in bytes. Raises the refusals of ``reading/refusals.py`` for a file that is no list.
    """
    return read_list(content, file_name, month=month, limit=limit)


def receive(
    session: Session,
    content: bytes,
    file_name: str,
    *,
    agency_id: int,
    programme: str,
    month: Month,
    kind: ListKind | None = None,
    sent_people: int | None = None,
    sent_amount: Money | None = None,
    already_read: ReadList | None = None,
    by: Actor,
) -> PayoutList:
    """Take a file in as a new version of an agency's list: read it, check every row, tie it out. Nothing is paid of it.

    ``kind`` is what its title and columns say, unless it is given. Raises Missing, SameFileAgain, NoContract,
    MonthIsOver, and what ``read`` raises.
    """
    agency: Agency | None = lock_row(session, Agency, agency_id)
    if agency is None:
        raise Missing()
    digest = hashlib.sha256(content).hexdigest()
    _refuse_same(session, agency_id, programme, month, digest)
    found = already_read or read(content, file_name, month)
    its_kind = kind or ListKind(found.purpose)
    period = open_period(session, agency_id=agency_id, programme=programme, month=month, by=by)
    _refuse_over(period)
    _keep_file(session, digest, content)
    version = select(func.max(PayoutList.version)).where(
        PayoutList.agency_id == agency_id,
        PayoutList.programme == programme,
        PayoutList.month == month,
        PayoutList.kind == its_kind,
    )
    received = PayoutList(
        period_id=period.id,
        agency_id=agency_id,
        programme=programme,
        month=month,
        kind=its_kind,
        version=1 + (session.scalar(version) or 0),
        file_hash=digest,
        file_name=file_name[-200:],
        state=ListState.RECEIVED,
        received_at=clock.now(),
        received_by_id=by.staff_id,
    )
    _check(session, received, agency, found, sent_people, sent_amount)
    note(
        session,
        DeedKind.LIST_RECEIVED,
        by=by,
        about=f"list:{received.id}",
        within=f"period:{period.id}",
        file=received.file_name,
        kind=its_kind.value,
        hash=digest,
        rows=received.rows,
        with_errors=received.with_errors,
        total=received.total.dong,
        ties_out=received.ties_out,
    )
    return received


def recheck(session: Session, list_id: int, *, already_read: ReadList | None = None, by: Actor) -> PayoutList:
    """Check an undecided list again against what is known by now: rates, communes, lists accepted meanwhile.

    Raises Missing, ListIsDecided.
    """
    received = _undecided(session, list_id)
    content = session.scalars(select(ReceivedFile.content).where(ReceivedFile.hash == received.file_hash)).one()
    found = already_read or read(content, received.file_name, received.month)
    sent = received.understood.get("sent", {})
    session.execute(delete(ListRow).where(ListRow.list_id == list_id).execution_options(synchronize_session=False))
    agency = session.get_one(Agency, received.agency_id)
    amount = sent.get("amount")
    _check(session, received, agency, found, sent.get("people"), None if amount is None else Money(amount))
    note(
        session,
        DeedKind.LIST_RECHECKED,
        by=by,
        about=f"list:{list_id}",
        within=f"period:{received.period_id}",
        with_errors=received.with_errors,
        ties_out=received.ties_out,
    )
    return received


def accept(session: Session, list_id: int, *, reason: str = "", by: Actor) -> int:
    """Make a payout of every row without an error; how many. What was paid before is never touched.

    A list of movements makes none: it counts from now on when months are compared, instead of the one before it.
    Who is reported to the agency and not answered yet is held at once.
    A list that does not tie out is accepted only by somebody other than its receiver, with a reason. Raises Missing,
    ListIsDecided, NothingToAccept, NotTiedOut, ReasonNeeded, MonthIsOver; ListIsStale when a row became a double since.
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
    if not received.kind.pays:
        _replace_former(session, received, by)
        _decide(session, received, ListState.ACCEPTED, reason, by)
        _note_accepted(session, received, 0, by)
        return 0
    rows = session.scalars(
        select(ListRow).where(ListRow.list_id == list_id, ListRow.level != RowLevel.ERROR).order_by(ListRow.position)
    ).all()
    if not rows:
        raise NothingToAccept()
    if doubles := standing_elsewhere(session, received, rows):
        raise ListIsStale(count=doubles)
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
    hold_reported(session, payouts, by=by)
    _decide(session, received, ListState.ACCEPTED, reason, by)
    _note_accepted(session, received, len(payouts), by)
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


def _check(
    session: Session,
    received: PayoutList,
    agency: Agency,
    found: ReadList,
    sent_people: int | None,
    sent_amount: Money | None,
) -> None:
    """Check what was read, and keep the figures and every row."""
    knowledge = knowledge_for(session, agency, received.programme, received.month)
    checked = check(found.rows, month=received.month, programme=received.programme, known=knowledge.known)
    if not received.kind.pays:
        checked = of_movements(received.kind, checked)
    good = [one.row for one in checked if one.is_good]
    tie = tie_out(found, good, sent_people=sent_people, sent_amount=sent_amount)
    levels = [level_of(one.problems) for one in checked]
    received.rows, received.good = len(checked), levels.count(RowLevel.GOOD)
    received.with_warnings, received.with_errors = levels.count(RowLevel.WARNING), levels.count(RowLevel.ERROR)
    received.total, received.words_amount, received.ties_out = tie.total_found, tie.words_amount, tie.ties_out
    received.declared_people = tie.declared_people if sent_people is None else sent_people
    received.declared_amount = tie.declared_amount if sent_amount is None else sent_amount
    received.understood = understood(found, tie, sent_people, sent_amount)
    session.add(received)
    session.flush()
    rows = (
        row_values(received.id, at, one, level, knowledge)
        for at, (one, level) in enumerate(zip(checked, levels, strict=True))
    )
    with no_collecting():
        insert_many(session, ListRow, ROW, rows)


def _keep_file(session: Session, digest: str, content: bytes) -> None:
    """Keep a file once, whoever else sends the same one at this moment."""
    if session.get(ReceivedFile, digest) is None:
        with suppress(IntegrityError), session.begin_nested():
            session.add(ReceivedFile(hash=digest, content=content, size=len(content), received_at=clock.now()))


def _undecided(session: Session, list_id: int) -> PayoutList:
    received: PayoutList | None = lock_row(session, PayoutList, list_id)
    if received is None:
        raise Missing()
    if received.state is not ListState.RECEIVED:
        raise ListIsDecided(state=STATE_WORDS[received.state])
    return received


STATE_WORDS = {
    ListState.RECEIVED: N_("đã nhận"),
    ListState.ACCEPTED: N_("đã nhận vào kỳ"),
    ListState.REJECTED: N_("đã từ chối"),
    ListState.REPLACED: N_("đã thay bằng bản khác"),
}


def _replace_former(session: Session, received: PayoutList, by: Actor) -> None:
    """Of each kind of movements one list of a month counts: the newest accepted one."""
    former = session.scalars(
        select(PayoutList).where(
            PayoutList.agency_id == received.agency_id,
            PayoutList.programme == received.programme,
            PayoutList.month == received.month,
            PayoutList.kind == received.kind,
            PayoutList.state == ListState.ACCEPTED,
        )
    ).all()
    for one in former:
        one.state = ListState.REPLACED
    session.flush()
    for one in former:
        note(
            session,
            DeedKind.LIST_REPLACED,
            by=by,
            about=f"list:{one.id}",
            within=f"period:{one.period_id}",
            newer=received.id,
        )


def _note_accepted(session: Session, received: PayoutList, payouts: int, by: Actor) -> None:
    note(
        session,
        DeedKind.LIST_ACCEPTED,
        by=by,
        about=f"list:{received.id}",
        within=f"period:{received.period_id}",
        payouts=payouts,
        left_out=received.with_errors,
        reason=received.decision_reason,
    )


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
