"""Reported decreases as screens and the agency's list show them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from provider import clock
from provider.agreements.models import Agency
from provider.lists.decrease import Answer, DecreaseKind, ReportState
from provider.lists.models import MovementReport, ReportedPayout, ReportLetter
from provider.money import Money
from provider.payouts.lifecycle import State
from provider.payouts.models import Payout, Period
from provider.places.models import AdminUnit, PostOffice
from provider.recipients.models import Person
from provider.staff.models import Staff
from provider.staff.rules import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One reported person: who, why, what is held (đồng, and how many payouts), and what the agency said."""

    id: int
    person_id: int
    name: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    id_number: str
    commune: str
    hamlet: str
    agency_id: int
    agency: str
    office_id: int
    kind: DecreaseKind
    happened_on: dt.date | None
    remark: str
    source: str
    state: ReportState
    reported_at: dt.datetime
    reported_by_id: int | None
    reported_by: str
    letter_id: int | None
    letter: str
    answer: Answer | None
    answer_words: str
    answered_at: dt.datetime | None
    answered_by: str
    held: Money
    held_count: int


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A list that was sent, with what its heading needs."""

    id: int
    number: str
    agency_id: int
    agency: str
    office_id: int
    office: str
    parent_office: str
    sent_at: dt.datetime


def reports(
    session: Session,
    scope: Scope,
    *,
    states: Collection[ReportState] = tuple(ReportState),
    report_id: int | None = None,
    letter_id: int | None = None,
    limit: int = 500,
) -> list[ReportRow]:
    """Reports within reach, the oldest that waits first."""
    reporter, answerer = aliased(Staff), aliased(Staff)
    wanted = (
        select(
            MovementReport, Person, AdminUnit.name, Agency.short_name, reporter.name, answerer.name, ReportLetter.number
        )
        .join(Person, Person.id == MovementReport.person_id)
        .join(Agency, Agency.id == MovementReport.agency_id)
        .outerjoin(AdminUnit, AdminUnit.id == Person.commune_id)
        .outerjoin(reporter, reporter.id == MovementReport.reported_by_id)
        .outerjoin(answerer, answerer.id == MovementReport.answered_by_id)
        .outerjoin(ReportLetter, ReportLetter.id == MovementReport.letter_id)
        .where(MovementReport.state.in_(list(states)))
        .order_by(MovementReport.id)
        .limit(limit)
    )
    wanted = scope.limit(wanted, office=MovementReport.office_id, agency=MovementReport.agency_id)
    if report_id is not None:
        wanted = wanted.where(MovementReport.id == report_id)
    if letter_id is not None:
        wanted = wanted.where(MovementReport.letter_id == letter_id)
    found = session.execute(wanted).all()
    held = _held(session, [row[0].id for row in found])
    return [_row(*row, *held.get(row[0].id, (Money(0), 0))) for row in found]


def letter_of(session: Session, scope: Scope, letter_id: int) -> LetterShown | None:
    """A list that was sent; None when there is none within reach."""
    parent = aliased(PostOffice)
    wanted = (
        select(ReportLetter, Agency.name, PostOffice.name, parent.name)
        .join(Agency, Agency.id == ReportLetter.agency_id)
        .join(PostOffice, PostOffice.id == ReportLetter.office_id)
        .outerjoin(parent, parent.id == PostOffice.parent_id)
        .where(ReportLetter.id == letter_id)
    )
    found = session.execute(scope.limit(wanted, office=ReportLetter.office_id, agency=ReportLetter.agency_id)).first()
    if found is None:
        return None
    letter, agency, office, above = found
    return LetterShown(
        letter.id, letter.number, letter.agency_id, agency, letter.office_id, office, above or "", letter.sent_at
    )


@dataclass(frozen=True, slots=True)
class Reported:
    """Somebody an agency was told of, and did not say "pay on"."""

    name: str
    birth_year: int | None
    id_number: str
    commune: str
    """The code of the unit."""
    kind: DecreaseKind
    on: dt.date


def reported_people(session: Session, agency_id: int) -> list[Reported]:
    """Everybody reported to an agency, but for those it wants paid as before; the newest report last."""
    wanted = (
        select(MovementReport, Person, AdminUnit.code)
        .join(Person, Person.id == MovementReport.person_id)
        .outerjoin(AdminUnit, AdminUnit.id == Person.commune_id)
        .where(
            MovementReport.agency_id == agency_id,
            or_(MovementReport.answer.is_(None), MovementReport.answer != Answer.KEEP),
        )
        .order_by(MovementReport.id)
    )
    return [
        Reported(
            person.name,
            person.birth_year,
            person.id_number or "",
            commune or "",
            report.kind,
            report.happened_on or clock.local(report.reported_at).date(),
        )
        for report, person, commune in session.execute(wanted)
    ]


def office_paying(session: Session, scope: Scope, person_id: int) -> int | None:
    """The post office within reach that paid this person last; None when none did."""
    wanted = (
        select(Period.office_id)
        .join(Payout, Payout.period_id == Period.id)
        .where(Payout.person_id == person_id)
        .order_by(Period.month.desc(), Payout.id.desc())
        .limit(1)
    )
    return session.scalar(scope.limit(wanted, office=Period.office_id, agency=Period.agency_id))


def _held(session: Session, report_ids: Collection[int]) -> dict[int, tuple[Money, int]]:
    if not report_ids:
        return {}
    wanted = (
        select(ReportedPayout.report_id, func.sum(Payout.amount), func.count())
        .join(Payout, Payout.id == ReportedPayout.payout_id)
        .where(ReportedPayout.report_id.in_(list(report_ids)), Payout.state == State.HELD)
        .group_by(ReportedPayout.report_id)
    )
    return {
        number: (amount if isinstance(amount, Money) else Money(int(amount)), count)
        for number, amount, count in session.execute(wanted)
    }


def _row(
    report: MovementReport,
    person: Person,
    commune: str | None,
    agency: str,
    reported_by: str | None,
    answered_by: str | None,
    letter: str | None,
    held: Money,
    held_count: int,
) -> ReportRow:
    return ReportRow(
        id=report.id,
        person_id=person.id,
        name=person.name,
        birth_year=person.birth_year,
        birth_month=person.birth_month,
        birth_day=person.birth_day,
        id_number=person.id_number or person.old_id,
        commune=commune or "",
        hamlet=person.hamlet,
        agency_id=report.agency_id,
        agency=agency,
        office_id=report.office_id,
        kind=report.kind,
        happened_on=report.happened_on,
        remark=report.remark,
        source=report.source,
        state=report.state,
        reported_at=report.reported_at,
        reported_by_id=report.reported_by_id,
        reported_by=reported_by or "",
        letter_id=report.letter_id,
        letter=letter or "",
        answer=report.answer,
        answer_words=report.answer_words,
        answered_at=report.answered_at,
        answered_by=answered_by or "",
        held=held,
        held_count=held_count,
    )
