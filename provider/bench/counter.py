"""A counter ready for payday: one opening, people on its roster, payers with open tills and open sessions."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.models import Agency
from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM, Actor
from provider.bench.grounds import Ground
from provider.clock import Month
from provider.demo.benefits import Worth
from provider.demo.cast import HOME_AGENCY, HOME_OFFICE
from provider.demo.files import list_file
from provider.demo.planning import MORNING
from provider.demo.population import QUANG_TRI, Census
from provider.demo.story import SENDER
from provider.lists.service import accept, receive
from provider.money import Money
from provider.payday import safe
from provider.payday.till import open_till
from provider.payouts.funds import receive_funds
from provider.payouts.models import Payout
from provider.places.models import AdminUnit, PostOffice
from provider.points.models import Point
from provider.points.service import plan_opening, seat
from provider.staff import sessions
from provider.staff.entrance import actor_of
from provider.staff.models import Staff
from provider.staff.rules import Role
from provider.staff.service import appoint


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody who hands out: the secret of an open session and the till."""

    token: str
    till_id: int
    actor: Actor


@dataclass(frozen=True, slots=True)
class Counter:
    """The payers and, in order, the people expected."""

    payers: list[Payer]
    people: list[int]
    payouts: int


def counter(place: Ground, *, people: int, payers: int) -> Counter:
    """Everything made by the services; each payer's till holds enough for everybody."""
    with place.store.write() as session:
        return _set_up(session, people, payers)


def _set_up(session: Session, people: int, payers: int) -> Counter:
    today = clock.today()
    month = Month(today.year, today.month)
    agency = session.scalars(select(Agency).where(Agency.code == HOME_AGENCY)).one()
    office_id = session.scalars(select(PostOffice.id).where(PostOffice.code == HOME_OFFICE)).one()
    period_id = _accepted(session, agency.id, month, people)
    total = Money.sum(session.scalars(select(Payout.amount).where(Payout.period_id == period_id)))
    everything = total * payers
    receive_funds(session, period_id, everything, document="bench", on=today, by=SYSTEM)
    safe.withdraw(session, office_id, everything, document="bench", by=SYSTEM)
    point = select(Point.id).join(AdminUnit, AdminUnit.id == Point.commune_id).where(Point.office_id == office_id)
    point_id = session.scalars(point.where(AdminUnit.name == QUANG_TRI[0].commune)).one()
    cashier = _hired(session, Role.CASHIER, "thuquy", office_id)
    staff = [_hired(session, Role.POINT_STAFF, f"diem{number}", office_id, point_id) for number in range(payers)]
    opening = plan_opening(
        session,
        point_id=point_id,
        month=month,
        on=today,
        from_time=MORNING[0],
        to_time=MORNING[1],
        staff_ids=[one.id for one in staff],
        by=SYSTEM,
    )
    seat(session, opening.id, by=SYSTEM)
    ready = []
    for one in staff:
        advance = safe.issue_advance(
            session, office_id=office_id, staff_id=one.id, amount=total, opening_id=opening.id, by=actor_of(cashier)
        )
        till = open_till(session, advance.id, counted=total, by=actor_of(one))
        _row, token = sessions.begin(session, one)
        ready.append(Payer(token, till.id, actor_of(one)))
    waiting = session.scalars(select(Payout.person_id).where(Payout.period_id == period_id).order_by(Payout.line_no))
    found = list(waiting)
    return Counter(ready, list(dict.fromkeys(found)), len(found))


def _accepted(session: Session, agency_id: int, month: Month, people: int) -> int:
    """A list of one ward's people, accepted; its period."""
    worth = Worth(session, month)
    lines = Census(QUANG_TRI[:1], month, worth, seed="counter").newcomers(people)
    file = list_file(SENDER, lines, month, worth, programme=Programme.BTXH)
    received = receive(
        session,
        file.content,
        file.name,
        agency_id=agency_id,
        programme=Programme.BTXH.value,
        month=month,
        by=SYSTEM,
    )
    accept(session, received.id, by=SYSTEM)
    return received.period_id


def _hired(session: Session, role: Role, login: str, office_id: int, point_id: int | None = None) -> Staff:
    points = [] if point_id is None else [point_id]
    name = f"Người đo {login}"
    return appoint(session, login=login, name=name, role=role, office_id=office_id, point_ids=points, by=SYSTEM).staff
