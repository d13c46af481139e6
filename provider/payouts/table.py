"""The table of payouts: what is asked for, what is within reach, pages of it, and its sums."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.models import Agency
from provider.agreements.queries import communes_in_scope
from provider.clock import Month
from provider.money import ZERO, Money
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout, Period
from provider.payouts.queries import PayoutRow, as_row, joined
from provider.places.models import AdminUnit
from provider.recipients.models import Person
from provider.staff.rules import Scope

PER_PAGE = 50

Query = TypeVar("Query")

# Points are upstairs: this room knows their table by name only.
_points = table("point", column("id"), column("commune_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which payouts somebody wants to see; None means all."""

    month: Month | None = None
    agency_id: int | None = None
    programme: str | None = None
    commune_id: int | None = None
    state: State | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Some payouts added up."""

    payouts: int = 0
    people: int = 0
    amount: Money = ZERO


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the table, with the sums of the whole."""

    rows: list[PayoutRow]
    number: int
    pages: int
    total: Sum


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: an agency, a commune."""

    id: int
    name: str


def page(session: Session, scope: Scope, asked: Asked, *, number: int = 1) -> Page:
    """One page of what was asked for, within reach, by commune, hamlet and list line."""
    total = sum_of(session, scope, asked)
    pages = max(1, -(-total.payouts // PER_PAGE))
    number = min(max(1, number), pages)
    order = (AdminUnit.name, Payout.hamlet, Payout.period_id, Payout.line_no, Payout.id)
    wanted = _filtered(joined(), scope, asked).order_by(*order).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    return Page([as_row(*row) for row in session.execute(wanted)], number, pages, total)


def sum_of(session: Session, scope: Scope, asked: Asked) -> Sum:
    """Payouts, people and đồng of what was asked for."""
    counted = select(func.count(), func.count(Payout.person_id.distinct()), func.sum(Payout.amount)).select_from(Payout)
    wanted = _filtered(counted.join(Period, Period.id == Payout.period_id), scope, asked)
    payouts, people, amount = session.execute(wanted).one()
    return Sum(payouts, people, amount or ZERO)


def sums_by_state(session: Session, scope: Scope, asked: Asked) -> dict[State, Sum]:
    """The same by state."""
    return _sums_by(session, scope, asked, Payout.state)


def sums_by_channel(session: Session, scope: Scope, asked: Asked) -> dict[Channel, Sum]:
    """The same by channel."""
    return _sums_by(session, scope, asked, Payout.channel)


@dataclass(frozen=True, slots=True)
class CommunePlan:
    """How the payouts of one commune shall reach their people; ``commune`` is empty where the list named none."""

    commune_id: int | None
    commune: str
    by_channel: dict[Channel, Sum]
    total: Sum


def plan_by_commune(session: Session, scope: Scope, asked: Asked) -> list[CommunePlan]:
    """Channels of a month, commune by commune."""
    counted = (
        select(
            Payout.commune_id,
            func.coalesce(AdminUnit.name, ""),
            Payout.channel,
            func.count(),
            func.count(Payout.person_id.distinct()),
            func.sum(Payout.amount),
        )
        .select_from(Payout)
        .join(Period, Period.id == Payout.period_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
        .group_by(Payout.commune_id, AdminUnit.name, Payout.channel)
        .order_by(AdminUnit.name)
    )
    found: dict[tuple[int | None, str], dict[Channel, Sum]] = {}
    for commune_id, name, channel, payouts, people, amount in session.execute(_filtered(counted, scope, asked)):
        found.setdefault((commune_id, name), {})[channel] = Sum(payouts, people, amount or ZERO)
    return [CommunePlan(commune_id, name, sums, _together(sums.values())) for (commune_id, name), sums in found.items()]


def visible(session: Session, scope: Scope, payout_id: int) -> PayoutRow | None:
    """One payout, when it is within reach."""
    found = session.execute(_within(joined(), scope).where(Payout.id == payout_id)).first()
    return as_row(*found) if found else None


def of_person(session: Session, scope: Scope, person_id: int, *, at_points: bool = False) -> list[PayoutRow] | None:
    """A person's payouts within reach, newest first; ``at_points`` limits them to the communes of one's points.

    None when the person is out of reach altogether; an empty list for somebody of ours who has none yet.
    """
    wanted = _within(joined(), scope).where(Payout.person_id == person_id)
    communes = _communes_of_points(session, scope) if at_points else None
    if communes is not None:
        wanted = wanted.where(Payout.commune_id.in_(communes))
    rows = [as_row(*row) for row in session.execute(wanted.order_by(*_NEWEST_FIRST).limit(60))]
    return rows if rows or _lives_within(session, scope, person_id, communes) else None


_NEWEST_FIRST = (Period.month.desc(), Period.programme, Payout.id)


def _communes_of_points(session: Session, scope: Scope) -> frozenset[int] | None:
    if scope.point_ids is None:
        return None
    return frozenset(session.scalars(select(_points.c.commune_id).where(_points.c.id.in_(sorted(scope.point_ids)))))


def _lives_within(session: Session, scope: Scope, person_id: int, communes: frozenset[int] | None) -> bool:
    """Whether somebody without payouts lives where our agencies, or our points, are."""
    known = session.execute(select(Person.commune_id).where(Person.id == person_id)).first()
    reached = communes_in_scope(session, scope) if communes is None else communes
    return known is not None and (reached is None or known.commune_id in reached)


def months(session: Session, scope: Scope) -> list[Month]:
    """Months that have periods within reach, newest first."""
    wanted = _within(select(Period.month).distinct(), scope).order_by(Period.month.desc())
    return list(session.scalars(wanted))


def newest_month(session: Session, scope: Scope) -> Month:
    """The newest month with a period within reach; this month when there is none."""
    return next(iter(months(session, scope)), Month.of(clock.today()))


def agencies(session: Session, scope: Scope) -> list[Option]:
    """Agencies that have periods within reach."""
    wanted = select(Agency.id, Agency.short_name).join(Period, Period.agency_id == Agency.id).distinct()
    rows = session.execute(_within(wanted, scope).order_by(Agency.short_name))
    return [Option(row.id, row.short_name) for row in rows]


def communes(session: Session, scope: Scope, asked: Asked) -> list[Option]:
    """Communes that have payouts in the month and for the agency asked for."""
    wanted = (
        select(AdminUnit.id, AdminUnit.name)
        .join(Payout, Payout.commune_id == AdminUnit.id)
        .join(Period, Period.id == Payout.period_id)
        .distinct()
        .order_by(AdminUnit.name)
    )
    wide = Asked(month=asked.month, agency_id=asked.agency_id)
    return [Option(row.id, row.name) for row in session.execute(_filtered(wanted, scope, wide))]


def period_ids(session: Session, scope: Scope, asked: Asked) -> list[int]:
    """The periods that were asked for, within reach."""
    wanted = _within(select(Period.id), scope)
    if asked.month is not None:
        wanted = wanted.where(Period.month == asked.month)
    if asked.agency_id is not None:
        wanted = wanted.where(Period.agency_id == asked.agency_id)
    if asked.programme is not None:
        wanted = wanted.where(Period.programme == asked.programme)
    return list(session.scalars(wanted.order_by(Period.id)))


def _sums_by(session: Session, scope: Scope, asked: Asked, what: Any) -> dict[Any, Sum]:
    counted = (
        select(what, func.count(), func.count(Payout.person_id.distinct()), func.sum(Payout.amount))
        .select_from(Payout)
        .join(Period, Period.id == Payout.period_id)
        .group_by(what)
    )
    return {row[0]: Sum(row[1], row[2], row[3] or ZERO) for row in session.execute(_filtered(counted, scope, asked))}


def _together(sums: Collection[Sum]) -> Sum:
    """Payouts and đồng added up; people too, as one person takes one channel (nearly always)."""
    return Sum(sum(one.payouts for one in sums), sum(one.people for one in sums), Money.sum(one.amount for one in sums))


def _within(wanted: Query, scope: Scope) -> Query:
    return scope.limit(wanted, office=Period.office_id, agency=Period.agency_id)


def _filtered(wanted: Query, scope: Scope, asked: Asked) -> Query:
    query: Any = _within(wanted, scope)
    for what, chosen in (
        (Period.month, asked.month),
        (Period.agency_id, asked.agency_id),
        (Period.programme, asked.programme),
        (Payout.commune_id, asked.commune_id),
        (Payout.state, asked.state),
        (Payout.channel, asked.channel),
    ):
        if chosen is not None:
            query = query.where(what == chosen)
    return cast(Query, query)
