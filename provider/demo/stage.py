"""Where a month of the demo is played: the agency, the office, the month, and the people who do each thing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider.agreements.models import Agency
from provider.agreements.rules import Programme
from provider.audit.actor import Actor
from provider.clock import Month
from provider.demo.cast import Cast
from provider.demo.walk import Calendar, Walk
from provider.errors import Missing
from provider.money import ZERO, Money
from provider.payouts.lifecycle import PAYABLE, Channel, State
from provider.payouts.models import Payout, Period
from provider.places.models import AdminUnit, PostOffice
from provider.points.models import Point


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does what, by login."""

    accountant: str = "ketoan"
    controller: str = "kiemsoat"
    cashier: str = "thuquy"
    officer: str = "canbo"


@dataclass(slots=True, kw_only=True)
class Stage:
    """One agency's month, and everything that is needed to play it."""

    session: Session
    walk: Walk
    days: Calendar
    cast: Cast
    agency: Agency
    office_id: int
    month: Month
    crew: Crew = field(default_factory=Crew)

    @property
    def accountant(self) -> Actor:
        """Receives, plans, closes."""
        return self.cast[self.crew.accountant]

    @property
    def controller(self) -> Actor:
        """The second person."""
        return self.cast[self.crew.controller]

    @property
    def cashier(self) -> Actor:
        """Keeps the safe."""
        return self.cast[self.crew.cashier]

    @property
    def officer(self) -> Actor:
        """Of the agency: sends lists, confirms settlements."""
        return self.cast[self.crew.officer]

    def in_month(self, month: Month) -> "Stage":
        """The same place in another month."""
        return replace(self, month=month)

    def periods(self) -> dict[Programme, Period]:
        """The periods of this agency's month that are open by now."""
        rows = self.session.scalars(
            select(Period)
            .where(Period.agency_id == self.agency.id, Period.month == self.month)
            .order_by(Period.programme)
        )
        return {Programme(row.programme): row for row in rows}

    def payouts(
        self, *, channel: Channel | None = None, states: Sequence[State] = PAYABLE, commune: str = ""
    ) -> list[Payout]:
        """Payouts of the month, in the order of the lists."""
        wanted = select(Payout).join(Period, Period.id == Payout.period_id)
        wanted = wanted.where(
            Period.agency_id == self.agency.id, Period.month == self.month, Payout.state.in_(list(states))
        )
        if channel is not None:
            wanted = wanted.where(Payout.channel == channel)
        if commune:
            wanted = wanted.where(Payout.commune_id == self.commune_id(commune))
        return list(self.session.scalars(wanted.order_by(Payout.id)))

    def new_money(self, period: Period) -> Money:
        """What the payouts of a period come to that were not carried over into it."""
        amount = self.session.scalar(
            select(func.sum(Payout.amount)).where(Payout.period_id == period.id, Payout.carried_from_id.is_(None))
        )
        return amount if isinstance(amount, Money) else Money(int(amount)) if amount else ZERO

    def commune_id(self, name: str) -> int:
        """The commune where one of the office's points stands."""
        return self._point(name).commune_id

    def point_id(self, commune: str) -> int:
        """The office's point in a commune."""
        return self._point(commune).id

    def _point(self, commune: str) -> Point:
        wanted = select(Point).join(AdminUnit, AdminUnit.id == Point.commune_id)
        found = self.session.scalars(wanted.where(Point.office_id == self.office_id, AdminUnit.name == commune)).first()
        if found is None:
            raise Missing()
        return found


def agency_and_office(session: Session, agency: str, office: str) -> tuple[Agency, int]:
    """The parties of the demo, as the reference data has them. Raises Missing."""
    found = session.scalars(select(Agency).where(Agency.code == agency)).first()
    number = session.scalar(select(PostOffice.id).where(PostOffice.code == office))
    if found is None or number is None:
        raise Missing()
    return found, number
