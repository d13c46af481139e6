"""What screens read of rounds: rounds of a month, the doors of one, and who still waits for a round."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from provider.audit.actor import Actor
from provider.clock import Month
from provider.figures import birth
from provider.identity import mask
from provider.money import Money
from provider.names import sort_key
from provider.payouts.lifecycle import PAYABLE, Channel, State
from provider.payouts.models import Payout, Period
from provider.places.models import AdminUnit, PostOffice
from provider.recipients.models import Person
from provider.staff.models import Staff
from provider.staff.rules import MAY, PHONE_ROLES, Right, Role, Scope
from provider.visits.models import Round, RoundState, Stop
from provider.visits.rules import by_number, state_of_door


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One round: whose, when, how many doors, how far it is. Amounts in đồng."""

    id: int
    month: Month
    office_id: int
    office: str
    staff_id: int
    courier: str
    on: dt.date
    state: RoundState
    communes: tuple[str, ...]
    people: int
    people_paid: int
    amount: Money
    amount_paid: Money

    @property
    def amount_left(self) -> Money:
        """What is still to be brought home, in đồng."""
        return self.amount - self.amount_paid

    @property
    def is_closed(self) -> bool:
        """Whether the courier is back."""
        return self.state is RoundState.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorRow:
    """One door of a round: who lives there, and all that is to be brought."""

    position: int
    person_id: int
    name: str
    born: str
    id_masked: str
    phone: str
    commune: str
    hamlet: str
    address: str
    amount: Money
    parts: tuple[tuple[str, Money, State], ...]
    """Programme, đồng and state of every payout."""
    state: State

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes of its payouts, each once."""
        return tuple(dict.fromkeys(programme for programme, _amount, _state in self.parts))

    @property
    def where(self) -> str:
        """House, hamlet and commune, as far as they are known."""
        return ", ".join(part for part in (self.address, self.hamlet, self.commune) if part)


@dataclass(frozen=True, slots=True)
class WaitingPlace:
    """A commune with people to be paid at home who stand on no round that is still to come (``people``, ``amount``),
    and how many stand on one (``planned``)."""

    office_id: int
    office: str
    commune_id: int | None
    commune: str
    people: int
    amount: Money
    planned: int


@dataclass(frozen=True, slots=True)
class Courier:
    """Somebody who may be sent on a round of an office."""

    staff_id: int
    name: str


def sees(by: Actor, scope: Scope, staff_id: int, office_id: int) -> bool:
    """Whether a round of this courier and office is this person's to see: payers see their own rounds alone."""
    if by.role in PHONE_ROLES:
        return staff_id == by.staff_id
    return scope.covers_office(office_id)


def rounds(session: Session, scope: Scope, *, by: Actor, month: Month | None = None) -> list[RoundRow]:
    """Rounds of a month (None: of all) that this person may see, by day."""
    wanted = _visible(_round_rows(), scope, by).order_by(Round.on.desc(), Round.id.desc())
    if month is not None:
        wanted = wanted.where(Round.month == month)
    return _with_figures(session, session.execute(wanted).all())


def round_row(session: Session, scope: Scope, round_id: int, *, by: Actor) -> RoundRow | None:
    """One round, or None where it is not this person's to see."""
    wanted = _visible(_round_rows(), scope, by).where(Round.id == round_id)
    found = _with_figures(session, session.execute(wanted).all())
    return found[0] if found else None


def doors(session: Session, round_id: int) -> list[DoorRow]:
    """The doors of a round, in the order in which they are visited."""
    rows = session.execute(
        select(Stop.position, Payout, Period.programme, Person, func.coalesce(AdminUnit.name, ""))
        .join(Payout, Payout.id == Stop.payout_id)
        .join(Period, Period.id == Payout.period_id)
        .join(Person, Person.id == Payout.person_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
        .where(Stop.round_id == round_id)
        .order_by(Stop.position, Person.id, Payout.id)
    )
    return [_door(list(stops)) for _key, stops in groupby(rows, key=lambda row: (row[0], row[3].id))]


def waiting_places(session: Session, scope: Scope, *, month: Month) -> list[WaitingPlace]:
    """Communes with people to be paid at home that month, by office and name: how many wait for a round."""
    rows = session.execute(
        scope.limit(
            _home(month)
            .join(PostOffice, PostOffice.id == Period.office_id)
            .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
            .with_only_columns(
                Period.office_id,
                PostOffice.name,
                Payout.commune_id,
                func.coalesce(AdminUnit.name, ""),
                or_(Stop.round_id.is_(None), Round.state == RoundState.CLOSED),
                Payout.person_id,
                Payout.amount,
            ),
            office=Period.office_id,
            agency=Period.agency_id,
        )
    ).all()
    found = []
    keys = {(row[0], row[1], row[2], row[3]) for row in rows}
    for office_id, office, commune_id, commune in sorted(keys, key=lambda key: (key[1], key[0], by_number(key[3]))):
        here = [row for row in rows if (row[0], row[2]) == (office_id, commune_id)]
        free = [row for row in here if row[4]]
        found.append(
            WaitingPlace(
                office_id,
                office,
                commune_id,
                commune,
                people=len({row[5] for row in free}),
                amount=Money.sum(row[6] for row in free),
                planned=len({row[5] for row in here if not row[4]}),
            )
        )
    return found


def without_round(session: Session, scope: Scope, *, month: Month, limit: int = 200) -> list[DoorRow]:
    """People to be paid at home that month who stand on no round still to come, by commune, hamlet and list line."""
    wanted = (
        _home(month)
        .join(Person, Person.id == Payout.person_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
        .where(or_(Stop.round_id.is_(None), Round.state == RoundState.CLOSED))
        .with_only_columns(Payout, Period.programme, Person, func.coalesce(AdminUnit.name, ""))
        .order_by(AdminUnit.name, Payout.hamlet, Person.id, Payout.id)
        .limit(limit)
    )
    rows = session.execute(scope.limit(wanted, office=Period.office_id, agency=Period.agency_id))
    return [
        _door([(number, *row) for row in stops])
        for number, (_person, stops) in enumerate(groupby(rows, key=lambda row: row[2].id), start=1)
    ]


def couriers(session: Session, office_id: int) -> list[Courier]:
    """Active staff of an office and of those below it who may hand out money, by given name; couriers first."""
    below = select(PostOffice.id).where(PostOffice.id == office_id).cte("below", recursive=True)
    below = below.union(select(PostOffice.id).where(PostOffice.parent_id == below.c.id))
    roles = [role for role, rights in MAY.items() if Right.HAND_OUT in rights]
    people = session.execute(
        select(Staff.id, Staff.name, Staff.role).where(
            Staff.office_id.in_(select(below.c.id)), Staff.active.is_(True), Staff.role.in_(roles)
        )
    ).all()
    ordered = sorted(people, key=lambda person: (person.role is not Role.COURIER, sort_key(person.name), person.id))
    return [Courier(person.id, person.name) for person in ordered]


def _home(month: Month) -> Select[Any]:
    """Payouts of a month that may still be brought home, with the stop and round they stand on, if any."""
    return (
        select(Payout.id)
        .join(Period, Period.id == Payout.period_id)
        .outerjoin(Stop, Stop.payout_id == Payout.id)
        .outerjoin(Round, Round.id == Stop.round_id)
        .where(
            Period.month == month,
            Period.cut_off_at.is_(None),
            Period.locked_at.is_(None),
            Payout.channel == Channel.HOME,
            Payout.state.in_(PAYABLE),
        )
    )


def _round_rows() -> Select[Any]:
    wanted: Any = select(Round, Staff.name, PostOffice.name)
    joined: Select[Any] = wanted.join(Staff, Staff.id == Round.staff_id)
    return joined.join(PostOffice, PostOffice.id == Round.office_id)


def _visible(wanted: Select[Any], scope: Scope, by: Actor) -> Select[Any]:
    if by.role in PHONE_ROLES:
        return wanted.where(Round.staff_id == by.staff_id)
    return scope.limit(wanted, office=Round.office_id)


def _with_figures(session: Session, found: Sequence[Any]) -> list[RoundRow]:
    stops = session.execute(
        select(Stop.round_id, Payout.person_id, Payout.state, Payout.amount, func.coalesce(AdminUnit.name, ""))
        .join(Payout, Payout.id == Stop.payout_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
        .where(Stop.round_id.in_([one.id for one, _courier, _office in found]))
    ).all()
    rows = []
    for one, courier, office in found:
        own = [stop for stop in stops if stop[0] == one.id]
        unpaid = {person_id for _round, person_id, state, _amount, _commune in own if state is not State.PAID}
        people = {stop[1] for stop in own}
        rows.append(
            RoundRow(
                id=one.id,
                month=one.month,
                office_id=one.office_id,
                office=office,
                staff_id=one.staff_id,
                courier=courier,
                on=one.on,
                state=one.state,
                communes=tuple(sorted({stop[4] for stop in own if stop[4]}, key=by_number)),
                people=len(people),
                people_paid=len(people - unpaid),
                amount=Money.sum(stop[3] for stop in own),
                amount_paid=Money.sum(stop[3] for stop in own if stop[2] is State.PAID),
            )
        )
    return rows


def _door(stops: Sequence[Any]) -> DoorRow:
    position, first, _programme, person, commune = stops[0]
    return DoorRow(
        position=position,
        person_id=person.id,
        name=person.name,
        born=birth(person.birth_year, person.birth_month, person.birth_day),
        id_masked=mask(person.id_number) if person.id_number else "",
        phone=person.phone,
        commune=commune,
        hamlet=first.hamlet,
        address=person.address,
        amount=Money.sum(payout.amount for _position, payout, *_rest in stops),
        parts=tuple((programme, payout.amount, payout.state) for _position, payout, programme, *_rest in stops),
        state=state_of_door([payout.state for _position, payout, *_rest in stops]),
    )
