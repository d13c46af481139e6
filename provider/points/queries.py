"""The calendar of openings, points, and who is expected at an opening."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from provider import clock
from provider.clock import Month
from provider.money import ZERO, Money
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout, Period
from provider.payouts.queries import PayoutRow, as_row, joined
from provider.places.models import AdminUnit, PostOffice
from provider.points.models import Opening, OpeningStaff, Point, Seat
from provider.points.rules import ALIVE, OpeningState, Slot
from provider.staff.models import Staff
from provider.staff.rules import Right, Scope, may


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point with its place and office."""

    id: int
    code: str
    name: str
    commune_id: int
    commune: str
    office_id: int
    office: str
    address: str
    people_per_hour: int
    closed_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningRow:
    """One opening, ready for the calendar: where, when, who pays, how many are expected and how many were paid."""

    id: int
    month: Month
    point_id: int
    point: str
    commune_id: int
    commune: str
    address: str
    office_id: int
    people_per_hour: int
    on: dt.date
    from_time: dt.time
    to_time: dt.time
    state: OpeningState
    reason: str
    closed_at: dt.datetime | None
    staff: tuple[str, ...] = ()
    staff_ids: tuple[int, ...] = ()
    people: int = 0
    amount: Money = ZERO
    paid_people: int = 0
    paid: Money = ZERO

    @property
    def is_alive(self) -> bool:
        """Whether people may still be expected there."""
        return self.state in ALIVE


@dataclass(frozen=True, slots=True)
class ExpectedPerson:
    """One person on the roster, with all payouts that have a place there."""

    line_no: int
    person_id: int
    slot: Slot
    payouts: tuple[PayoutRow, ...]

    @property
    def first(self) -> PayoutRow:
        """The payout that says who the person is."""
        return self.payouts[0]

    @property
    def amount(self) -> Money:
        """All payouts together, in đồng."""
        return Money.sum(one.amount for one in self.payouts)

    @property
    def state(self) -> State:
        """Where the person stands: what is still open comes first."""
        states = {one.state for one in self.payouts}
        return next((state for state in (State.DUE, State.MISSED, State.HELD) if state in states), self.first.state)


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One time slot of an opening with the people expected then."""

    slot: Slot
    people: tuple[ExpectedPerson, ...]

    @property
    def amount(self) -> Money:
        """What is to be paid in this slot, in đồng."""
        return Money.sum(one.amount for one in self.people)

    @property
    def paid(self) -> int:
        """How many people of this slot were paid."""
        return sum(one.state is State.PAID for one in self.people)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in a form."""

    id: int
    name: str


def points(session: Session, scope: Scope, *, closed: bool = False) -> list[PointRow]:
    """Points within reach, by office and commune."""
    wanted = select(Point, AdminUnit.name, PostOffice.name).join(AdminUnit, AdminUnit.id == Point.commune_id)
    wanted = wanted.join(PostOffice, PostOffice.id == Point.office_id)
    if not closed:
        wanted = wanted.where(or_(Point.closed_on.is_(None), Point.closed_on > clock.today()))
    wanted = scope.limit(wanted, office=Point.office_id, point=Point.id)
    return [
        PointRow(
            point.id,
            point.code,
            point.name,
            point.commune_id,
            commune,
            point.office_id,
            office,
            point.address,
            point.people_per_hour,
            point.closed_on,
        )
        for point, commune, office in session.execute(wanted.order_by(PostOffice.name, AdminUnit.name, Point.name))
    ]


def openings(session: Session, scope: Scope, *, month: Month) -> list[OpeningRow]:
    """The calendar of a month within reach, by day and hour."""
    return _with_figures(session, _openings(scope).where(Opening.month == month))


def openings_of_staff(session: Session, staff_id: int, on: dt.date) -> list[OpeningRow]:
    """Where somebody pays on a day."""
    wanted = _openings(Scope.everything()).join(OpeningStaff, OpeningStaff.opening_id == Opening.id)
    return _with_figures(
        session, wanted.where(OpeningStaff.staff_id == staff_id, Opening.on == on, Opening.state.in_(ALIVE))
    )


def opening(session: Session, scope: Scope, opening_id: int) -> OpeningRow | None:
    """One opening, when it is within reach."""
    return next(iter(_with_figures(session, _openings(scope).where(Opening.id == opening_id))), None)


def siblings(session: Session, scope: Scope, of: OpeningRow) -> list[OpeningRow]:
    """Openings of the same month where somebody expected at this one could go instead, itself included."""
    wanted = _openings(scope).where(
        Opening.month == of.month, Opening.office_id == of.office_id, Opening.state.in_(ALIVE)
    )
    return _with_figures(session, wanted)


def months(session: Session, scope: Scope) -> list[Month]:
    """Months with payouts or openings within reach, newest first."""
    with_openings = scope.limit(select(Opening.month).distinct(), office=Opening.office_id, point=Opening.point_id)
    with_periods = scope.limit(select(Period.month).distinct(), office=Period.office_id, agency=Period.agency_id)
    return sorted({*session.scalars(with_openings), *session.scalars(with_periods)}, reverse=True)


def expected(session: Session, opening_id: int) -> list[ExpectedPerson]:
    """Who has a place at an opening, in roster order. Who takes another channel by now is left out."""
    wanted = (
        joined()
        .add_columns(Seat.line_no, Seat.slot_from, Seat.slot_to)
        .join(Seat, Seat.payout_id == Payout.id)
        .where(Seat.opening_id == opening_id, Payout.channel == Channel.CASH_POINT)
        .order_by(Seat.line_no, Period.programme, Payout.id)
    )
    people: dict[tuple[int, int], tuple[Slot, list[PayoutRow]]] = {}
    for *payout, line_no, slot_from, slot_to in session.execute(wanted):
        row = as_row(*payout)
        people.setdefault((line_no, row.person_id), (Slot(slot_from, slot_to), []))[1].append(row)
    return [
        ExpectedPerson(line_no, person_id, slot, tuple(rows)) for (line_no, person_id), (slot, rows) in people.items()
    ]


def by_slot(people: Collection[ExpectedPerson]) -> list[SlotRow]:
    """The same by time slot."""
    slots = sorted({one.slot for one in people})
    return [SlotRow(slot, tuple(one for one in people if one.slot == slot)) for slot in slots]


def unseated(session: Session, scope: Scope, month: Month) -> dict[int, int]:
    """How many people wait for cash at a point without a place, by commune within reach."""
    alive = select(Seat.payout_id).join(Opening, Opening.id == Seat.opening_id).where(Opening.state.in_(ALIVE))
    wanted = (
        select(Payout.commune_id, func.count(Payout.person_id.distinct()))
        .join(Period, Period.id == Payout.period_id)
        .where(
            Period.month == month,
            Period.locked_at.is_(None),
            Payout.channel == Channel.CASH_POINT,
            Payout.state.in_((State.DUE, State.MISSED)),
            Payout.commune_id.is_not(None),
            Payout.id.not_in(alive),
        )
        .group_by(Payout.commune_id)
    )
    wanted = scope.limit(wanted, office=Period.office_id, agency=Period.agency_id)
    return {row[0]: row[1] for row in session.execute(wanted) if row[0] is not None}


def payers(session: Session, scope: Scope) -> list[Choice]:
    """Active people within reach who may hand out money at a point, by name."""
    wanted = scope.limit(select(Staff.id, Staff.name, Staff.role).where(Staff.active), office=Staff.office_id)
    rows = session.execute(wanted.order_by(Staff.name))
    return [Choice(row.id, row.name) for row in rows if may(row.role, Right.HAND_OUT)]


def _openings(scope: Scope) -> Select[Opening, Point, str]:
    wanted = (
        select(Opening, Point, AdminUnit.name)
        .join(Point, Point.id == Opening.point_id)
        .join(AdminUnit, AdminUnit.id == Point.commune_id)
        .order_by(Opening.on, Opening.from_time, AdminUnit.name, Opening.id)
    )
    return scope.limit(wanted, office=Opening.office_id, point=Opening.point_id)


def _with_figures(session: Session, wanted: Select[Opening, Point, str]) -> list[OpeningRow]:
    found = session.execute(wanted).all()
    ids = [opening.id for opening, _point, _commune in found]
    staff = _staff(session, ids)
    sums = _sums(session, ids)
    rows = []
    for opening, point, commune in found:
        people = staff.get(opening.id, [])
        rows.append(
            OpeningRow(
                id=opening.id,
                month=opening.month,
                point_id=point.id,
                point=point.name,
                commune_id=point.commune_id,
                commune=commune,
                address=point.address,
                office_id=opening.office_id,
                people_per_hour=point.people_per_hour,
                on=opening.on,
                from_time=opening.from_time,
                to_time=opening.to_time,
                state=opening.state,
                reason=opening.reason,
                closed_at=opening.closed_at,
                staff=tuple(name for _id, name in people),
                staff_ids=tuple(number for number, _name in people),
                **sums.get(opening.id, {}),
            )
        )
    return rows


def _staff(session: Session, opening_ids: list[int]) -> dict[int, list[tuple[int, str]]]:
    rows = session.execute(
        select(OpeningStaff.opening_id, Staff.id, Staff.name)
        .join(Staff, Staff.id == OpeningStaff.staff_id)
        .where(OpeningStaff.opening_id.in_(opening_ids))
        .order_by(Staff.name)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for opening_id, staff_id, name in rows:
        found.setdefault(opening_id, []).append((staff_id, name))
    return found


def _sums(session: Session, opening_ids: list[int]) -> dict[int, dict[str, Any]]:
    paid = Payout.state == State.PAID
    rows = session.execute(
        select(
            Seat.opening_id,
            func.count(Payout.person_id.distinct()),
            func.sum(Payout.amount),
            func.count(case((paid, Payout.person_id)).distinct()),
            func.sum(case((paid, Payout.amount))),
        )
        .join(Payout, Payout.id == Seat.payout_id)
        .where(Seat.opening_id.in_(opening_ids), Payout.channel == Channel.CASH_POINT)
        .group_by(Seat.opening_id)
    )
    return {
        opening_id: {
            "people": people,
            "amount": amount or ZERO,
            "paid_people": paid_people,
            "paid": paid_amount or ZERO,
        }
        for opening_id, people, amount, paid_people, paid_amount in rows
    }
