"""What is done to points and openings: planned, changed, cancelled, closed; people seated there, and moved."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import column, delete, func, select, table
from sqlalchemy.orm import Session

from provider import clock, figures
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.clock import Month
from provider.db import lock_row
from provider.errors import Missing
from provider.payouts.lifecycle import PAYABLE
from provider.payouts.models import Payout
from provider.payouts.service import ReasonNeeded
from provider.places.models import AdminUnit
from provider.points.models import Opening, Point, Seat
from provider.points.payers import people_of_point, put_staff, refuse_staff
from provider.points.refusals import (
    HoursOutOfOrder,
    NotExpected,
    OpeningHasBegun,
    OpeningIsOver,
    OpeningOverlaps,
    OtherCommune,
    PointCodeTaken,
    PointIsClosed,
    SeatUnchanged,
    SlotUnknown,
    TillStillOpen,
)
from provider.points.rules import ALIVE, OpeningState, Slot, slots_of
from provider.points.seating import Seated, seat_people
from provider.staff.queries import scope_of
from provider.staff.rules import Scope

# Tills are upstairs: this room knows their table by name only.
_tills = table("till", column("opening_id"), column("state"))


def open_point(
    session: Session,
    *,
    code: str,
    name: str,
    commune_id: int,
    office_id: int,
    address: str = "",
    people_per_hour: int = 60,
    by: Actor,
) -> Point:
    """A place in a commune where people are paid in cash from now on. Raises Missing, PointCodeTaken."""
    if not _reach(session, by).covers_office(office_id) or session.get(AdminUnit, commune_id) is None:
        raise Missing()
    code, name = " ".join(code.split()), " ".join(name.split())
    if session.scalar(select(Point.id).where(Point.code == code)) is not None:
        raise PointCodeTaken(code=code)
    point = Point(
        code=code,
        name=name,
        commune_id=commune_id,
        office_id=office_id,
        address=address,
        people_per_hour=people_per_hour,
    )
    session.add(point)
    session.flush()
    note(session, DeedKind.POINT_OPENED, by=by, about=f"point:{point.id}", within=f"office:{office_id}", name=name)
    return point


def plan_opening(
    session: Session,
    *,
    point_id: int,
    month: Month,
    on: dt.date,
    from_time: dt.time,
    to_time: dt.time,
    staff_ids: Collection[int] = (),
    by: Actor,
) -> Opening:
    """One point paying on one day for the payouts of one month. Without ``staff_ids`` the people of the point pay.

    Nobody is seated by this (see ``seat``). Raises Missing, PointIsClosed, HoursOutOfOrder, OpeningOverlaps, CannotPay,
    StaffElsewhere.
    """
    point = _point(session, point_id, by)
    _refuse_hours(session, point, on, from_time, to_time)
    people = set(staff_ids) or people_of_point(session, point_id)
    refuse_staff(session, people, point.office_id, on, from_time, to_time)
    opening = Opening(
        month=month,
        point_id=point.id,
        office_id=point.office_id,
        on=on,
        from_time=from_time,
        to_time=to_time,
        state=OpeningState.PLANNED,
    )
    session.add(opening)
    session.flush()
    put_staff(session, opening.id, people)
    note(
        session,
        DeedKind.OPENING_PLANNED,
        by=by,
        about=f"opening:{opening.id}",
        within=f"office:{point.office_id}",
        point=point.name,
        month=month.iso,
        on=figures.day(on),
        hours=_hours(from_time, to_time),
        staff=sorted(people),
    )
    return opening


def seat(session: Session, opening_id: int, *, by: Actor, afresh: bool = False) -> Seated:
    """Seat who waits in the commune of an opening; see ``seating.seat_people``. Raises Missing, OpeningIsOver…"""
    return seat_people(session, _opening(session, opening_id, by), by=by, afresh=afresh)


def change_opening(
    session: Session,
    opening_id: int,
    *,
    on: dt.date,
    from_time: dt.time,
    to_time: dt.time,
    staff_ids: Collection[int],
    reason: str,
    point_id: int | None = None,
    by: Actor,
) -> Opening:
    """Another day, other hours, other people, another place in the same commune. With other hours all places are given
    anew, so slips must be printed again. Once money is paid there only the people may change.

    Raises Missing, ReasonNeeded, OpeningIsOver, OpeningHasBegun, OtherCommune, and what ``plan_opening`` raises.
    """
    reason = _need(reason)
    opening = _opening(session, opening_id, by)
    if opening.state not in ALIVE:
        raise OpeningIsOver()
    old = session.get_one(Point, opening.point_id)
    point = _point(session, point_id or opening.point_id, by) if point_id != opening.point_id else old
    other_hours = (from_time, to_time, point.people_per_hour) != (
        opening.from_time,
        opening.to_time,
        old.people_per_hour,
    )
    if opening.state is not OpeningState.PLANNED and (other_hours or (on, point.id) != (opening.on, old.id)):
        raise OpeningHasBegun()
    if point.commune_id != old.commune_id:
        raise OtherCommune()
    _refuse_hours(session, point, on, from_time, to_time, but=opening.id)
    refuse_staff(session, set(staff_ids), point.office_id, on, from_time, to_time, but=opening.id)
    opening.point_id, opening.office_id = point.id, point.office_id
    opening.on, opening.from_time, opening.to_time, opening.reason = on, from_time, to_time, reason
    session.flush()
    put_staff(session, opening.id, staff_ids)
    note(
        session,
        DeedKind.OPENING_CHANGED,
        by=by,
        about=f"opening:{opening.id}",
        within=f"office:{opening.office_id}",
        reason=reason,
        point=point.name,
        on=figures.day(on),
        hours=_hours(from_time, to_time),
        staff=sorted(staff_ids),
    )
    if other_hours and session.scalar(select(func.count()).where(Seat.opening_id == opening.id)):
        seat_people(session, opening, by=by, afresh=True)
    return opening


def cancel_opening(session: Session, opening_id: int, *, reason: str, by: Actor) -> Opening:
    """It will not take place; its people are expected nowhere until they are seated again.

    Raises Missing, ReasonNeeded, OpeningIsOver, OpeningHasBegun.
    """
    reason = _need(reason)
    opening = _opening(session, opening_id, by)
    if opening.state not in ALIVE:
        raise OpeningIsOver()
    if opening.state is OpeningState.OPEN:
        raise OpeningHasBegun()
    opening.state, opening.reason = OpeningState.CANCELLED, reason
    session.execute(delete(Seat).where(Seat.opening_id == opening_id).execution_options(synchronize_session=False))
    session.flush()
    note(
        session,
        DeedKind.OPENING_CANCELLED,
        by=by,
        about=f"opening:{opening_id}",
        within=f"office:{opening.office_id}",
        reason=reason,
    )
    return opening


def close_opening(session: Session, opening_id: int, *, by: Actor) -> Opening:
    """The day at the point is over; who did not come keeps the payout. Raises Missing, OpeningIsOver, TillStillOpen."""
    opening = _opening(session, opening_id, by)
    if opening.state not in ALIVE:
        raise OpeningIsOver()
    open_tills = select(func.count()).where(_tills.c.opening_id == opening_id, _tills.c.state == "open")
    if session.scalar(open_tills):
        raise TillStillOpen()
    opening.state, opening.closed_at = OpeningState.CLOSED, clock.now()
    session.flush()
    waiting = (
        select(func.count(Payout.person_id.distinct()))
        .join(Seat, Seat.payout_id == Payout.id)
        .where(Seat.opening_id == opening_id, Payout.state.in_(PAYABLE))
    )
    note(
        session,
        DeedKind.OPENING_CLOSED,
        by=by,
        about=f"opening:{opening_id}",
        within=f"office:{opening.office_id}",
        left=session.scalar(waiting) or 0,
    )
    return opening


def move_seat(
    session: Session,
    opening_id: int,
    person_id: int,
    *,
    to_opening_id: int,
    slot_from: dt.time,
    reason: str,
    by: Actor,
) -> None:
    """Expect a person with all payouts at another opening of the month, or at another hour.

    Raises Missing, ReasonNeeded, OpeningIsOver, NotExpected, SlotUnknown, SeatUnchanged.
    """
    reason = _need(reason)
    source = _opening(session, opening_id, by)
    target = _opening(session, to_opening_id, by)
    if target.state not in ALIVE or target.month != source.month:
        raise OpeningIsOver()
    slot = _slot(target, slot_from)
    seats = list(
        session.scalars(
            select(Seat)
            .join(Payout, Payout.id == Seat.payout_id)
            .where(Seat.opening_id == opening_id, Payout.person_id == person_id, Payout.state.in_(PAYABLE))
            .with_for_update(of=Seat)
        )
    )
    if not seats:
        raise NotExpected()
    if all((one.opening_id, one.slot_from) == (target.id, slot.from_time) for one in seats):
        raise SeatUnchanged()
    line = seats[0].line_no if target.id == source.id else _next_line(session, target.id)
    for one in seats:
        one.opening_id, one.slot_from, one.slot_to, one.line_no = target.id, slot.from_time, slot.to_time, line
    session.flush()
    for one in seats:
        note(
            session,
            DeedKind.SEAT_MOVED,
            by=by,
            about=f"payout:{one.payout_id}",
            within=f"opening:{target.id}",
            before=f"opening:{source.id}",
            slot=_hours(slot.from_time, slot.to_time),
            reason=reason,
        )


def _reach(session: Session, by: Actor) -> Scope:
    return scope_of(session, by.staff_id) if by.staff_id is not None else Scope.everything()


def _point(session: Session, point_id: int, by: Actor) -> Point:
    point: Point | None = lock_row(session, Point, point_id)
    if point is None or not _reach(session, by).covers(office_id=point.office_id, point_id=point.id):
        raise Missing()
    if point.closed_on is not None and point.closed_on <= clock.today():
        raise PointIsClosed(point=point.name)
    return point


def _opening(session: Session, opening_id: int, by: Actor) -> Opening:
    opening: Opening | None = lock_row(session, Opening, opening_id)
    if opening is None or not _reach(session, by).covers(office_id=opening.office_id, point_id=opening.point_id):
        raise Missing()
    return opening


def _refuse_hours(
    session: Session, point: Point, on: dt.date, from_time: dt.time, to_time: dt.time, *, but: int = 0
) -> None:
    if from_time >= to_time:
        raise HoursOutOfOrder()
    same_time = select(Opening.id).where(
        Opening.point_id == point.id,
        Opening.id != but,
        Opening.on == on,
        Opening.state.in_(ALIVE),
        Opening.from_time < to_time,
        Opening.to_time > from_time,
    )
    if session.scalar(same_time.limit(1)) is not None:
        raise OpeningOverlaps(point=point.name, on=figures.day(on))


def _slot(opening: Opening, slot_from: dt.time) -> Slot:
    for slot in slots_of(opening.from_time, opening.to_time):
        if slot.from_time == slot_from:
            return slot
    raise SlotUnknown()


def _next_line(session: Session, opening_id: int) -> int:
    return 1 + (session.scalar(select(func.max(Seat.line_no)).where(Seat.opening_id == opening_id)) or 0)


def _need(written: str) -> str:
    reason = " ".join(written.split())[:200]
    if not reason:
        raise ReasonNeeded()
    return reason


def _hours(from_time: dt.time, to_time: dt.time) -> str:
    return f"{from_time:%H:%M}–{to_time:%H:%M}"
