"""Who pays at an opening: people of the office who may hand out money, and who are nowhere else at that time."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session

from provider import figures
from provider.places.models import PostOffice
from provider.points.models import Opening, OpeningStaff, Point
from provider.points.refusals import CannotPay, StaffElsewhere
from provider.points.rules import ALIVE
from provider.staff.models import Staff, StaffPoint
from provider.staff.rules import Right, may


def people_of_point(session: Session, point_id: int) -> set[int]:
    """Active people who work at a point and may hand out money."""
    people = session.execute(
        select(Staff.id, Staff.role)
        .join(StaffPoint, and_(StaffPoint.staff_id == Staff.id, StaffPoint.point_id == point_id))
        .where(Staff.active)
    )
    return {person.id for person in people if may(person.role, Right.HAND_OUT)}


def refuse_staff(
    session: Session,
    staff_ids: Collection[int],
    office_id: int,
    on: dt.date,
    from_time: dt.time,
    to_time: dt.time,
    *,
    but: int = 0,
) -> None:
    """Who pays is active, may hand out money, is of this office, and is nowhere else then.

    Raises CannotPay, StaffElsewhere.
    """
    people = list(session.scalars(select(Staff).where(Staff.id.in_(staff_ids)).order_by(Staff.id).with_for_update()))
    offices = _offices_above(session, office_id) | _offices_below(session, office_id)
    if len(people) != len(set(staff_ids)) or not all(
        person.active and may(person.role, Right.HAND_OUT) and person.office_id in offices for person in people
    ):
        raise CannotPay()
    busy = session.execute(
        select(Staff.name, Point.name)
        .join(OpeningStaff, OpeningStaff.staff_id == Staff.id)
        .join(Opening, Opening.id == OpeningStaff.opening_id)
        .join(Point, Point.id == Opening.point_id)
        .where(
            Staff.id.in_(staff_ids),
            Opening.id != but,
            Opening.on == on,
            Opening.state.in_(ALIVE),
            Opening.from_time < to_time,
            Opening.to_time > from_time,
        )
    ).first()
    if busy is not None:
        raise StaffElsewhere(name=busy[0], point=busy[1], on=figures.day(on))


def put_staff(session: Session, opening_id: int, staff_ids: Collection[int]) -> None:
    """Who pays at an opening, in place of those before."""
    session.execute(
        delete(OpeningStaff).where(OpeningStaff.opening_id == opening_id).execution_options(synchronize_session="fetch")
    )
    session.add_all(OpeningStaff(opening_id=opening_id, staff_id=number) for number in sorted(set(staff_ids)))
    session.flush()


def _offices_above(session: Session, office_id: int) -> set[int]:
    found: set[int] = set()
    above: int | None = office_id
    while above is not None and above not in found:
        found.add(above)
        above = session.scalar(select(PostOffice.parent_id).where(PostOffice.id == above))
    return found


def _offices_below(session: Session, office_id: int) -> set[int]:
    return set(session.scalars(select(PostOffice.id).where(PostOffice.parent_id == office_id)))
