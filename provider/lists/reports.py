"""Báo giảm: reporting somebody to the agency, sending the list, entering the answer; the money is held meanwhile."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider import clock
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.db import lock_row
from provider.errors import Missing
from provider.lists.decrease import Answer, DecreaseKind, ReportState
from provider.lists.models import MovementReport, ReportedPayout, ReportLetter
from provider.lists.refusals import AnswerNeedsAnother, NoReportToSend, NothingToReport, ReportIsAnswered
from provider.payouts.lifecycle import PAYABLE, State
from provider.payouts.models import Payout, Period
from provider.payouts.service import ReasonNeeded, hold, release
from provider.recipients.models import Person


def report_decrease(
    session: Session,
    *,
    person_id: int,
    kind: DecreaseKind,
    office_id: int,
    source: str = "desk",
    happened_on: dt.date | None = None,
    remark: str = "",
    by: Actor,
) -> list[MovementReport]:
    """Report that somebody should be paid no more: one report for each agency that pays here; what is payable is held.

    While a report is open, reporting again adds to it. Raises Missing, NothingToReport, ReasonNeeded (another reason
    needs words).
    """
    remark = " ".join(remark.split())[:300]
    if kind is DecreaseKind.OTHER and not remark:
        raise ReasonNeeded()
    if lock_row(session, Person, person_id) is None:
        raise Missing()
    payable = _payable(session, person_id, office_id)
    agencies = sorted({agency for _payout, agency in payable}) or _agencies_lately(session, person_id, office_id)
    if not agencies:
        raise NothingToReport()
    reports = []
    for agency_id in agencies:
        report = _open_report(session, person_id, agency_id)
        if report is None:
            report = MovementReport(
                person_id=person_id,
                agency_id=agency_id,
                office_id=office_id,
                kind=kind,
                happened_on=happened_on,
                remark=remark,
                source=source,
                state=ReportState.REPORTED,
                reported_at=clock.now(),
                reported_by_id=by.staff_id,
            )
            session.add(report)
            session.flush()
        _hold(session, report, [payout for payout, agency in payable if agency == agency_id], by)
        note(
            session,
            DeedKind.DECREASE_REPORTED,
            by=by,
            about=f"report:{report.id}",
            within=f"person:{person_id}",
            kind=kind.value,
            remark=remark,
            source=source,
        )
        reports.append(report)
    return reports


def hold_reported(session: Session, payout_ids: Sequence[int], *, by: Actor) -> int:
    """Hold those of some new payouts whose person is reported and not answered yet; how many.

    For whoever opens payouts: a list that is accepted, a month that is carried over.
    """
    held = 0
    for start in range(0, len(payout_ids), 500):
        wanted = (
            select(Payout.id, MovementReport)
            .join(Period, Period.id == Payout.period_id)
            .join(
                MovementReport,
                (MovementReport.person_id == Payout.person_id) & (MovementReport.agency_id == Period.agency_id),
            )
            .where(
                Payout.id.in_(payout_ids[start : start + 500]),
                Payout.state.in_(PAYABLE),
                MovementReport.state != ReportState.ANSWERED,
            )
        )
        for payout_id, report in session.execute(wanted).all():
            _hold(session, report, [payout_id], by)
            held += 1
    return held


def send_reports(session: Session, report_ids: Collection[int], *, by: Actor) -> ReportLetter:
    """Put reports of one agency that nobody sent yet on one numbered list. Raises NoReportToSend."""
    reports = list(
        session.scalars(
            select(MovementReport)
            .where(MovementReport.id.in_(list(report_ids)), MovementReport.state == ReportState.REPORTED)
            .order_by(MovementReport.id)
            .with_for_update()
        )
    )
    if not reports or len({(report.agency_id, report.office_id) for report in reports}) > 1:
        raise NoReportToSend()
    now = clock.now()
    letter = ReportLetter(
        agency_id=reports[0].agency_id,
        office_id=reports[0].office_id,
        number=f"new-{reports[0].id}",
        sent_at=now,
        sent_by_id=by.staff_id,
    )
    session.add(letter)
    session.flush()
    letter.number = f"{letter.id:02}/{clock.local(now).year}/DSBG"
    for report in reports:
        report.state, report.letter_id = ReportState.SENT, letter.id
    session.flush()
    note(
        session,
        DeedKind.DECREASE_SENT,
        by=by,
        about=f"report_letter:{letter.id}",
        within=f"agency:{letter.agency_id}",
        number=letter.number,
        reports=[report.id for report in reports],
    )
    return letter


def mark_answered(session: Session, report_id: int, *, answer: Answer, words: str = "", by: Actor) -> MovementReport:
    """Enter what the agency decided. What may be paid is released; else it stays held until the month gives it back.

    Raises Missing, ReportIsAnswered, AnswerNeedsAnother (whoever reported cannot answer).
    """
    report: MovementReport | None = lock_row(session, MovementReport, report_id)
    if report is None:
        raise Missing()
    if report.state is ReportState.ANSWERED:
        raise ReportIsAnswered()
    if (by.staff_id or 0) == (report.reported_by_id or 0):
        raise AnswerNeedsAnother()
    report.state, report.answer = ReportState.ANSWERED, answer
    report.answer_words = " ".join(words.split())[:300]
    report.answered_at, report.answered_by_id = clock.now(), by.staff_id
    session.flush()
    released = 0
    if answer.pays:
        for payout_id in _still_held(session, report_id):
            release(session, payout_id, reason=f"Cơ quan trả lời: {answer.sentence.lower()}", by=by)
            released += 1
    note(
        session,
        DeedKind.DECREASE_ANSWERED,
        by=by,
        about=f"report:{report_id}",
        within=f"person:{report.person_id}",
        answer=answer.value,
        words=report.answer_words,
        released=released,
    )
    return report


def to_give_back(session: Session, period_ids: Collection[int]) -> frozenset[int]:
    """Payouts that are held because the agency agreed to stop: they go back when these periods are closed."""
    wanted = (
        select(Payout.id)
        .join(ReportedPayout, ReportedPayout.payout_id == Payout.id)
        .join(MovementReport, MovementReport.id == ReportedPayout.report_id)
        .where(Payout.period_id.in_(list(period_ids)), Payout.state == State.HELD, MovementReport.answer == Answer.STOP)
    )
    return frozenset(session.scalars(wanted))


def _payable(session: Session, person_id: int, office_id: int) -> list[tuple[int, int]]:
    wanted = (
        select(Payout.id, Period.agency_id)
        .join(Period, Period.id == Payout.period_id)
        .where(
            Payout.person_id == person_id,
            Payout.state.in_(PAYABLE),
            Period.office_id == office_id,
            Period.locked_at.is_(None),
        )
        .order_by(Payout.id)
        .with_for_update(of=Payout)
    )
    return [(payout, agency) for payout, agency in session.execute(wanted)]


def _agencies_lately(session: Session, person_id: int, office_id: int) -> list[int]:
    """Who paid this person here last: reported after everything was paid, so that next month is right."""
    ours = (Payout.person_id == person_id, Period.office_id == office_id)
    newest = select(func.max(Period.month)).join(Payout, Payout.period_id == Period.id).where(*ours).scalar_subquery()
    wanted = select(Period.agency_id).join(Payout, Payout.period_id == Period.id).where(*ours, Period.month == newest)
    return sorted(set(session.scalars(wanted)))


def _open_report(session: Session, person_id: int, agency_id: int) -> MovementReport | None:
    return session.scalars(
        select(MovementReport).where(
            MovementReport.person_id == person_id,
            MovementReport.agency_id == agency_id,
            MovementReport.state != ReportState.ANSWERED,
        )
    ).first()


def _hold(session: Session, report: MovementReport, payout_ids: Iterable[int], by: Actor) -> None:
    for payout_id in payout_ids:
        hold(session, payout_id, reason=f"Báo giảm: {report.kind.sentence.lower()}", by=by)
        if session.get(ReportedPayout, (report.id, payout_id)) is None:
            session.add(ReportedPayout(report_id=report.id, payout_id=payout_id))
    session.flush()


def _still_held(session: Session, report_id: int) -> list[int]:
    wanted = (
        select(Payout.id)
        .join(ReportedPayout, ReportedPayout.payout_id == Payout.id)
        .join(Period, Period.id == Payout.period_id)
        .where(ReportedPayout.report_id == report_id, Payout.state == State.HELD, Period.locked_at.is_(None))
        .order_by(Payout.id)
    )
    return list(session.scalars(wanted))
