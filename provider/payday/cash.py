"""What the cashier's page shows: where the money is, who pays where, and for how much."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider import figures
from provider.clock import Month
from provider.errors import N_
from provider.ledger import accounts
from provider.ledger.queries import balance
from provider.money import Money
from provider.payday.safe import waiting_advances
from provider.payouts.lifecycle import PAYABLE
from provider.payouts.models import Payout, Period
from provider.payouts.queries import periods
from provider.places.models import PostOffice
from provider.points.models import Opening, Point, Seat
from provider.points.queries import payers
from provider.points.rules import ALIVE
from provider.staff.models import Staff
from provider.staff.rules import Scope
from provider.visits.models import Round, RoundState, Stop


@dataclass(frozen=True, slots=True)
class OfficeCash:
    """The money of one post office, in đồng."""

    id: int
    name: str
    deposit: Money
    safe: Money
    promised: Money
    """Part of the safe that waits for payers."""


@dataclass(frozen=True, slots=True)
class OpeningShown:
    """An opening as the slips page names it."""

    id: int
    month: Month
    point: str
    on: dt.date
    people: int


def offices(session: Session, scope: Scope) -> list[OfficeCash]:
    """The offices within reach that have money or periods."""
    wanted = select(PostOffice).where(PostOffice.id.in_(select(Period.office_id).union(select(Point.office_id))))
    wanted = scope.limit(wanted, office=PostOffice.id).order_by(PostOffice.id)
    return [
        OfficeCash(
            office.id,
            office.name,
            balance(session, accounts.deposit(office.id)),
            balance(session, accounts.safe(office.id)),
            waiting_advances(session, office.id),
        )
        for office in session.scalars(wanted)
    ]


def period_choices(session: Session, scope: Scope) -> list[tuple[int, str]]:
    """Periods that may still receive money."""
    found = periods(session, office_ids=scope.office_ids, agency_ids=scope.agency_ids)
    return [
        (row.id, f"{row.month.label} · {row.programme} · {row.agency_name}") for row in found if row.locked_at is None
    ]


def payer_choices(session: Session, scope: Scope, *, but: int | None = None) -> list[tuple[int, str]]:
    """Who hands out cash within reach; ``but`` is the one who gives it, since nobody gives to himself."""
    return [(one.id, one.name) for one in payers(session, scope) if one.id != but]


def place_choices(session: Session, office_id: int) -> list[tuple[str, str]]:
    """Where an advance may be for, with the sum that is expected there: openings, rounds, the counter."""
    found = []
    expected = func.sum(Payout.amount)
    openings = session.execute(
        select(Opening.id, Opening.on, Point.name, expected)
        .join(Point, Point.id == Opening.point_id)
        .outerjoin(Seat, Seat.opening_id == Opening.id)
        .outerjoin(Payout, (Payout.id == Seat.payout_id) & Payout.state.in_(PAYABLE))
        .where(Opening.office_id == office_id, Opening.state.in_(ALIVE))
        .group_by(Opening.id, Opening.on, Point.name)
        .order_by(Opening.on, Point.name)
    )
    for number, on, name, amount in openings:
        found.append((f"opening:{number}", _place(on, name, amount)))
    rounds = session.execute(
        select(Round.id, Round.on, Staff.name, expected)
        .join(Staff, Staff.id == Round.staff_id)
        .outerjoin(Stop, Stop.round_id == Round.id)
        .outerjoin(Payout, (Payout.id == Stop.payout_id) & Payout.state.in_(PAYABLE))
        .where(Round.office_id == office_id, Round.state == RoundState.PLANNED)
        .group_by(Round.id, Round.on, Staff.name)
        .order_by(Round.on)
    )
    for number, on, name, amount in rounds:
        found.append((f"round:{number}", _place(on, f"Chi tại nhà: {name}", amount)))
    return [*found, ("counter:", N_("Quầy bưu cục"))]


def agencies_of_opening(session: Session, opening_id: int) -> list[int]:
    """The agencies whose payouts are expected at an opening."""
    wanted = (
        select(Period.agency_id)
        .join(Payout, Payout.period_id == Period.id)
        .join(Seat, Seat.payout_id == Payout.id)
        .where(Seat.opening_id == opening_id)
        .distinct()
    )
    return sorted(session.scalars(wanted))


def opening_row(session: Session, opening: Opening) -> OpeningShown:
    """An opening with its point and the number of people expected."""
    people = session.scalar(
        select(func.count(Payout.person_id.distinct()))
        .join(Seat, Seat.payout_id == Payout.id)
        .where(Seat.opening_id == opening.id)
    )
    point = session.get_one(Point, opening.point_id)
    return OpeningShown(opening.id, opening.month, point.name, opening.on, people or 0)


def _place(on: dt.date, name: str, amount: Money | int | None) -> str:
    money = amount if isinstance(amount, Money) else Money(int(amount or 0))
    return f"{figures.day(on)} · {name} · {figures.dong(money)}"
