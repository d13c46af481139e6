"""The month: periods, payouts, money, points and their openings."""

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider.agreements.models import Agency
from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM, Actor
from provider.clock import Month
from provider.ledger import accounts
from provider.ledger.models import EntryKind
from provider.ledger.service import book
from provider.money import Money
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Component, ComponentKind, Payout, Period
from provider.places.models import AdminUnit, PostOffice
from provider.points.models import Opening, OpeningStaff, Point, Seat
from provider.recipients.models import Person
from provider.staff.models import Staff
from tests.make.registers import kept, make_agency, make_benefit, make_commune, make_contract, make_office, make_person

SEPTEMBER = Month(2024, 9)
FIRST_PAYDAY = dt.date(2024, 9, 5)


def make_period(
    session: Session, programme: Programme = Programme.BTXH, month: Month = SEPTEMBER, agency: Agency | None = None
) -> Period:
    """One month of one programme, opened by its contract."""
    agency = agency or make_agency(session)
    wanted = select(Period).where(Period.agency_id == agency.id, Period.programme == programme, Period.month == month)
    found = session.scalars(wanted).first()
    if found:
        return found
    contract = make_contract(session, programme, agency)
    return kept(
        session,
        Period(
            agency_id=agency.id,
            programme=programme,
            month=month,
            office_id=contract.office_id,
            window_from=month.first_day.replace(day=5),
            window_to=month.first_day.replace(day=15),
            cut_off_on=month.first_day.replace(day=25),
            settle_on=month.first_day.replace(day=28),
        ),
    )


def make_funds(session: Session, period: Period, amount: int | Money, by: Actor = SYSTEM) -> None:
    """The agency's money for a period, received on the deposit account."""
    book(
        session,
        EntryKind.RECEIVED,
        amount if isinstance(amount, Money) else Money(amount),
        source=accounts.agency(period.agency_id),
        target=accounts.deposit(period.office_id),
        period_id=period.id,
        by=by,
    )


def make_cash(session: Session, office: PostOffice | None = None, amount: int = 50_000_000, by: Actor = SYSTEM) -> None:
    """Cash in the safe of an office, drawn from its deposit account, where the agency's money was received before."""
    office = office or make_office(session)
    source, target = accounts.deposit(office.id), accounts.safe(office.id)
    book(session, EntryKind.WITHDRAWN, Money(amount), source=source, target=target, by=by)


def make_payout(
    session: Session,
    person: Person | None = None,
    *,
    amount: int = 500_000,
    arrears: int = 0,
    period: Period | None = None,
    state: State = State.DUE,
    channel: Channel = Channel.CASH_POINT,
    funded: bool = True,
    **more: Any,
) -> Payout:
    """What one row of an accepted list entitles a person to, with the agency's money for it (``funded``).

    A payout that is PAID has its payment in the cash book, straight from the deposit account; one that must have gone
    through a till or a batch is made with the services of that room.
    """
    person, period = person or make_person(session), period or make_period(session)
    line = len(session.scalars(select(Payout.id).where(Payout.period_id == period.id)).all()) + 1
    values = {
        "benefit": make_benefit(session).code,
        "benefit_text": "NCT từ đủ 80 tuổi",
        "hamlet": person.hamlet,
    } | more
    payout = Payout(
        period_id=period.id,
        person_id=person.id,
        commune_id=person.commune_id,
        amount=Money(amount + arrears),
        state=state,
        channel=channel,
        list_row=f"list:{period.id}/row:{line}",
        line_no=line,
        **values,
    )
    payout.components.append(Component(kind=ComponentKind.ALLOWANCE, amount=Money(amount)))
    if arrears:
        payout.components.append(Component(kind=ComponentKind.ARREARS, amount=Money(arrears)))
    kept(session, payout)
    if funded:
        make_funds(session, period, payout.amount)
    if state is State.PAID:
        _pay(session, payout, period)
    return payout


def make_point(
    session: Session, commune: AdminUnit | None = None, office: PostOffice | None = None, **more: Any
) -> Point:
    """A cash point in a commune."""
    commune, office = commune or make_commune(session), office or make_office(session)
    found = session.scalars(select(Point).where(Point.code == f"D{commune.code}")).first()
    values = {"name": f"Nhà văn hóa {commune.name}", "address": f"{commune.name}, thị xã Quảng Trị"} | more
    return found or kept(session, Point(code=f"D{commune.code}", commune_id=commune.id, office_id=office.id, **values))


def make_opening(
    session: Session,
    point: Point | None = None,
    *,
    month: Month = SEPTEMBER,
    on: dt.date = FIRST_PAYDAY,
    staff: Staff | None = None,
    payouts: tuple[Payout, ...] = (),
    **more: Any,
) -> Opening:
    """One morning at a point, with who pays and whose payouts are expected there."""
    point = point or make_point(session)
    values = {"from_time": dt.time(7, 30), "to_time": dt.time(11, 0)} | more
    opening = kept(session, Opening(month=month, point_id=point.id, office_id=point.office_id, on=on, **values))
    if staff:
        session.add(OpeningStaff(opening_id=opening.id, staff_id=staff.id))
    for line, payout in enumerate(payouts, start=1):
        slot = {"slot_from": opening.from_time, "slot_to": opening.to_time, "line_no": line}
        session.add(Seat(payout_id=payout.id, opening_id=opening.id, **slot))
    session.flush()
    return opening


def _pay(session: Session, payout: Payout, period: Period) -> None:
    target = {
        Channel.CASH_POINT: accounts.CASH,
        Channel.HOME: accounts.HOME,
        Channel.ACCOUNT: accounts.ACCOUNT,
    }[payout.channel]
    source = accounts.deposit(period.office_id)
    book(
        session,
        EntryKind.PAYMENT,
        payout.amount,
        source=source,
        target=target,
        period_id=period.id,
        payout_id=payout.id,
        by=SYSTEM,
    )
