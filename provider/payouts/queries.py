"""What screens and papers read of periods and payouts."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from provider.agreements.models import Agency, Benefit
from provider.agreements.rules import PROGRAMME_NAMES, Programme
from provider.clock import Month
from provider.money import Money
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Component, ComponentKind, Payout, Period
from provider.payouts.rules import may_tell_of_illness, reason_in_words
from provider.places.models import AdminUnit
from provider.recipients.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRow:
    """One period with its agency."""

    id: int
    agency_id: int
    agency_code: str
    agency_name: str
    office_id: int
    programme: str
    month: Month
    window_from: dt.date
    window_to: dt.date
    cut_off_on: dt.date
    settle_on: dt.date
    cut_off_at: dt.datetime | None
    locked_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutRow:
    """One payout with its person, ready for a table, a card or a paper."""

    id: int
    period_id: int
    programme: str
    month: Month
    agency_id: int
    office_id: int
    person_id: int
    name: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    sex: str | None
    id_number: str | None
    code: str
    book_no: str
    commune_id: int | None
    commune: str
    hamlet: str
    benefit: str
    benefit_text: str
    amount: Money
    state: State
    channel: Channel
    channel_reason: str
    missed_reason: str
    source: str | None
    carried_from_id: int | None
    line_no: int
    version: int
    locked: bool
    cut_off: bool


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A part of a payout."""

    kind: ComponentKind
    amount: Money
    months: int


def periods(
    session: Session,
    *,
    month: Month | None = None,
    agency_ids: Collection[int] | None = None,
    office_ids: Collection[int] | None = None,
    programme: str | None = None,
) -> list[PeriodRow]:
    """Periods within a scope (None = everything), newest month first."""
    wanted = select(Period, Agency).join(Agency, Agency.id == Period.agency_id)
    if month is not None:
        wanted = wanted.where(Period.month == month)
    if agency_ids is not None:
        wanted = wanted.where(Period.agency_id.in_(agency_ids))
    if office_ids is not None:
        wanted = wanted.where(Period.office_id.in_(office_ids))
    if programme is not None:
        wanted = wanted.where(Period.programme == programme)
    rows = session.execute(wanted.order_by(Period.month.desc(), Agency.code, Period.programme))
    return [
        PeriodRow(
            id=period.id,
            agency_id=agency.id,
            agency_code=agency.code,
            agency_name=agency.name,
            office_id=period.office_id,
            programme=period.programme,
            month=period.month,
            window_from=period.window_from,
            window_to=period.window_to,
            cut_off_on=period.cut_off_on,
            settle_on=period.settle_on,
            cut_off_at=period.cut_off_at,
            locked_at=period.locked_at,
        )
        for period, agency in rows
    ]


def payouts(
    session: Session,
    *,
    period_ids: Collection[int] | None = None,
    person_ids: Collection[int] | None = None,
    ids: Collection[int] | None = None,
    commune_ids: Collection[int] | None = None,
    states: Collection[State] | None = None,
    channels: Collection[Channel] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[PayoutRow]:
    """Payouts by what is given, in the order of commune, hamlet and list line. Give periods, people or numbers."""
    wanted = joined()
    for column, chosen in (
        (Payout.period_id, period_ids),
        (Payout.person_id, person_ids),
        (Payout.id, ids),
        (Payout.commune_id, commune_ids),
        (Payout.state, states),
        (Payout.channel, channels),
    ):
        if chosen is not None:
            wanted = wanted.where(column.in_(list(chosen)))
    wanted = wanted.order_by(AdminUnit.name, Payout.hamlet, Payout.period_id, Payout.line_no, Payout.id)
    if limit is not None:
        wanted = wanted.limit(limit).offset(offset)
    return [as_row(*row) for row in session.execute(wanted)]


def payout(session: Session, payout_id: int) -> PayoutRow | None:
    """One payout, or None."""
    found = session.execute(joined().where(Payout.id == payout_id)).first()
    return as_row(*found) if found else None


def benefit_shown(session: Session, row: PayoutRow) -> str:
    """How the benefit of a payout is called where others may read along: never by an illness."""
    known = session.get(Benefit, row.benefit) if row.benefit else None
    if known is not None:
        return known.group if known.sensitive else known.name
    if may_tell_of_illness(row.benefit_text):
        return PROGRAMME_NAMES[Programme(row.programme)]
    return row.benefit_text or row.benefit


def components_of(session: Session, payout_ids: Iterable[int]) -> dict[int, list[ComponentRow]]:
    """The components of payouts, by payout."""
    found: dict[int, list[ComponentRow]] = {}
    wanted = list(payout_ids)
    for start in range(0, len(wanted), 500):
        some = select(Component).where(Component.payout_id.in_(wanted[start : start + 500])).order_by(Component.id)
        for part in session.scalars(some):
            found.setdefault(part.payout_id, []).append(ComponentRow(part.kind, part.amount, part.months))
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a period is: payouts and đồng, by state and channel."""

    state: State
    channel: Channel
    commune_id: int | None
    commune: str
    programme: str
    count: int
    people: int
    amount: Money


def progress(session: Session, period_ids: Collection[int]) -> list[Progress]:
    """Counts and sums of payouts by programme, commune, channel and state."""
    rows = session.execute(
        select(
            Payout.state,
            Payout.channel,
            Payout.commune_id,
            func.coalesce(AdminUnit.name, ""),
            Period.programme,
            func.count(),
            func.count(Payout.person_id.distinct()),
            func.sum(Payout.amount),
        )
        .join(Period, Period.id == Payout.period_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
        .where(Payout.period_id.in_(list(period_ids)))
        .group_by(Payout.state, Payout.channel, Payout.commune_id, AdminUnit.name, Period.programme)
    )
    return [
        Progress(state, channel, commune_id, commune, programme, count, people, _money(amount))
        for state, channel, commune_id, commune, programme, count, people, amount in rows
    ]


def _money(amount: Money | int | None) -> Money:
    return amount if isinstance(amount, Money) else Money(int(amount or 0))


def joined() -> Select[Payout, Period, Person, str]:
    """Payouts with their period, person and commune's name, for ``as_row``."""
    return (
        select(Payout, Period, Person, func.coalesce(AdminUnit.name, ""))
        .join(Period, Period.id == Payout.period_id)
        .join(Person, Person.id == Payout.person_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
    )


def as_row(payout: Payout, period: Period, person: Person, commune: str) -> PayoutRow:
    """One row of ``joined``, frozen."""
    return PayoutRow(
        id=payout.id,
        period_id=period.id,
        programme=period.programme,
        month=period.month,
        agency_id=period.agency_id,
        office_id=period.office_id,
        person_id=person.id,
        name=person.name,
        birth_year=person.birth_year,
        birth_month=person.birth_month,
        birth_day=person.birth_day,
        sex=person.sex,
        id_number=person.id_number,
        code=person.code or "",
        book_no=person.book_no or "",
        commune_id=payout.commune_id,
        commune=commune,
        hamlet=payout.hamlet,
        benefit=payout.benefit,
        benefit_text=payout.benefit_text,
        amount=payout.amount,
        state=payout.state,
        channel=payout.channel,
        channel_reason=reason_in_words(payout.channel_reason),
        missed_reason=payout.missed_reason,
        source=payout.list_row,
        carried_from_id=payout.carried_from_id,
        line_no=payout.line_no,
        version=payout.version,
        locked=period.locked_at is not None,
        cut_off=period.cut_off_at is not None,
    )
