"""Planning a whole month: one opening for each commune of an agency that has people to pay in cash."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from provider import clock
from provider.audit.actor import Actor
from provider.clock import Month
from provider.errors import Missing
from provider.payouts.lifecycle import PAYABLE, Channel
from provider.payouts.models import Payout, Period
from provider.places.models import AdminUnit
from provider.points.models import Opening, Point
from provider.points.refusals import NothingToPlan
from provider.points.rules import ALIVE, days_for
from provider.points.service import plan_opening, seat
from provider.staff.queries import scope_of
from provider.staff.rules import Scope


@dataclass(frozen=True, slots=True)
class CommuneWaiting:
    """A commune with people who wait to be paid in cash, its point and its opening of the month if it has them."""

    commune_id: int | None
    commune: str
    people: int
    payouts: int
    office_id: int
    point_id: int | None
    point: str
    people_per_hour: int
    opening_id: int | None


@dataclass(frozen=True, slots=True)
class PlannedOpening:
    """An opening that was planned: where, when, for how many."""

    opening_id: int
    commune: str
    point: str
    on: dt.date
    people: int


@dataclass(frozen=True, slots=True)
class PlannedMonth:
    """What planning a month came to; ``without_point`` are alarms, ``unplaced`` payouts name no commune."""

    planned: tuple[PlannedOpening, ...]
    skipped: tuple[str, ...]
    without_point: tuple[str, ...]
    unplaced: int


def communes_waiting(
    session: Session, scope: Scope, month: Month, agency_id: int | None = None
) -> list[CommuneWaiting]:
    """Communes within reach with people who wait to be paid in cash that month, by name; the nameless one last."""
    wanted = (
        select(
            Payout.commune_id,
            func.coalesce(AdminUnit.name, ""),
            Period.office_id,
            func.count(Payout.person_id.distinct()),
            func.count(),
        )
        .join(Period, Period.id == Payout.period_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
        .where(
            Period.month == month,
            Period.locked_at.is_(None),
            Payout.channel == Channel.CASH_POINT,
            Payout.state.in_(PAYABLE),
        )
        .group_by(Payout.commune_id, AdminUnit.name, Period.office_id)
    )
    if agency_id is not None:
        wanted = wanted.where(Period.agency_id == agency_id)
    rows = session.execute(scope.limit(wanted, office=Period.office_id, agency=Period.agency_id)).all()
    points = _points(session, {row[0] for row in rows if row[0] is not None})
    openings = _openings(session, month, {row[0] for row in rows if row[0] is not None})
    found = []
    for commune_id, commune, office_id, people, payouts in rows:
        point = points.get((commune_id, office_id))
        found.append(
            CommuneWaiting(
                commune_id,
                commune,
                people,
                payouts,
                office_id,
                point.id if point else None,
                point.name if point else "",
                point.people_per_hour if point else 0,
                openings.get((commune_id, office_id)),
            )
        )
    return sorted(found, key=lambda one: (one.commune_id is None, one.commune))


def plan_openings(
    session: Session,
    month: Month,
    agency_id: int,
    *,
    first_day: dt.date,
    hours: tuple[dt.time, dt.time],
    staff_ids: Collection[int] = (),
    days: Mapping[int, dt.date] | None = None,
    by: Actor,
) -> PlannedMonth:
    """One opening per commune of the agency with payouts waiting for cash, and everybody seated.

    A commune that has an opening keeps it, and who is new there is seated. Without ``days`` (by commune) the openings
    follow each other day by day from ``first_day``, Sundays left out. Raises NothingToPlan, Missing, and what
    ``plan_opening`` raises; then nothing is planned at all.
    """
    scope = scope_of(session, by.staff_id) if by.staff_id is not None else Scope.everything()
    if not scope.covers_agency(agency_id):
        raise Missing()
    waiting = communes_waiting(session, scope, month, agency_id)
    if not waiting:
        raise NothingToPlan()
    placed = [one for one in waiting if one.commune_id is not None]
    to_plan = [one for one in placed if one.point_id is not None and one.opening_id is None]
    in_a_row = days_for(len(to_plan), first_day)
    chosen = dict(days or {})
    planned = []
    for one, next_day in zip(to_plan, in_a_row, strict=True):
        assert one.point_id is not None
        assert one.commune_id is not None
        opening = plan_opening(
            session,
            point_id=one.point_id,
            month=month,
            on=chosen.get(one.commune_id, next_day),
            from_time=hours[0],
            to_time=hours[1],
            staff_ids=staff_ids,
            by=by,
        )
        seated = seat(session, opening.id, by=by)
        planned.append(PlannedOpening(opening.id, one.commune, one.point, opening.on, seated.people))
    for one in placed:
        if one.opening_id is not None:
            seat(session, one.opening_id, by=by)
    return PlannedMonth(
        planned=tuple(planned),
        skipped=tuple(one.commune for one in placed if one.opening_id is not None),
        without_point=tuple(one.commune for one in placed if one.point_id is None),
        unplaced=sum(one.payouts for one in waiting if one.commune_id is None),
    )


def _points(session: Session, commune_ids: set[int]) -> dict[tuple[int | None, int], Point]:
    """The first open point of each commune and office."""
    rows = session.scalars(
        select(Point)
        .where(Point.commune_id.in_(commune_ids), or_(Point.closed_on.is_(None), Point.closed_on > clock.today()))
        .order_by(Point.id.desc())
    )
    return {(point.commune_id, point.office_id): point for point in rows}


def _openings(session: Session, month: Month, commune_ids: set[int]) -> dict[tuple[int | None, int], int]:
    """The first opening of each commune and office in a month that is still to come or going on."""
    rows = session.execute(
        select(Point.commune_id, Opening.office_id, Opening.id)
        .join(Point, Point.id == Opening.point_id)
        .where(Opening.month == month, Point.commune_id.in_(commune_ids), Opening.state.in_(ALIVE))
        .order_by(Opening.on.desc(), Opening.id.desc())
    )
    return {(row[0], row[1]): row[2] for row in rows}
