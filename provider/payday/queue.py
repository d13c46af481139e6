"""Who still waits at a till's place, page by page; and people found by a search, as far as this office pays them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, null, select
from sqlalchemy.orm import Session

from provider import figures
from provider.money import Money
from provider.payday.tills import TillRow
from provider.payouts.lifecycle import PAYABLE, Channel, State
from provider.payouts.models import Payout, Period
from provider.places.models import AdminUnit
from provider.points.models import Seat
from provider.recipients.models import Person
from provider.visits.models import Stop


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One person of the queue: the number on the roster, who that is, how much it is altogether (đồng)."""

    person_id: int
    number: int | None
    name: str
    line: str
    amount: Money
    state: State
    is_here: bool
    """Expected at this till's own opening or round."""


def waiting_people(session: Session, till: TillRow, *, limit: int) -> tuple[list[QueueRow], int]:
    """The next people who wait at the till's opening or round, in its order, and how many wait altogether.

    A till at the counter expects nobody in particular.
    """
    if till.opening_id is not None:
        wanted: Select[*tuple[Any, ...]] = (
            select(Payout.person_id, func.min(Seat.line_no).label("number"), func.min(Seat.slot_from).label("slot"))
            .join(Seat, Seat.payout_id == Payout.id)
            .where(Seat.opening_id == till.opening_id)
        )
    elif till.round_id is not None:
        wanted = (
            select(Payout.person_id, func.min(Stop.position).label("number"), null().label("slot"))
            .join(Stop, Stop.payout_id == Payout.id)
            .where(Stop.round_id == till.round_id)
        )
    else:
        return [], 0
    wanted = wanted.where(Payout.state.in_(PAYABLE)).group_by(Payout.person_id)
    left = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    next_ones = session.execute(wanted.order_by("number", Payout.person_id).limit(limit)).all()
    people = _people(session, till, [row.person_id for row in next_ones])
    return [_row(people[row.person_id], row.number, row.slot) for row in next_ones if row.person_id in people], left


def found_people(session: Session, till: TillRow, person_ids: Collection[int], *, limit: int) -> list[QueueRow]:
    """Those of ``person_ids`` with an open payout at the till's post office; who is expected here comes first."""
    order = {person_id: place for place, person_id in enumerate(person_ids)}
    rows = [_row(found) for found in _people(session, till, person_ids).values()]
    return sorted(rows, key=lambda row: (not row.is_here, order[row.person_id]))[:limit]


@dataclass(frozen=True, slots=True)
class _Found:
    person_id: int
    name: str
    birth_year: int | None
    hamlet: str
    commune: str
    payouts: list[tuple[Money, State, Channel]]
    is_here: bool


def _people(session: Session, till: TillRow, person_ids: Collection[int]) -> dict[int, _Found]:
    here = Stop.round_id == till.round_id if till.round_id is not None else Seat.opening_id == till.opening_id
    wanted: Select[*tuple[Any, ...]] = (
        select(
            Payout.person_id,
            Person.name,
            Person.birth_year,
            Payout.hamlet,
            AdminUnit.name,
            Payout.amount,
            Payout.state,
            Payout.channel,
            case((here, 1), else_=0),
        )
        .join(Period, Period.id == Payout.period_id)
        .join(Person, Person.id == Payout.person_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
        .outerjoin(Seat, Seat.payout_id == Payout.id)
        .outerjoin(Stop, Stop.payout_id == Payout.id)
        .where(
            Payout.person_id.in_(list(person_ids)),
            Period.office_id == till.office_id,
            Period.locked_at.is_(None),
            Period.cut_off_at.is_(None),
        )
        .order_by(Payout.id)
    )
    found: dict[int, _Found] = {}
    for person_id, name, year, hamlet, commune, amount, state, channel, is_here in session.execute(wanted):
        known = found.get(person_id)
        payouts = [*(known.payouts if known else []), (amount, state, channel)]
        at_this_place = bool(is_here) or (known is not None and known.is_here)
        found[person_id] = _Found(person_id, name, year, hamlet, commune or "", payouts, at_this_place)
    return found


def _row(found: _Found, number: int | None = None, slot: dt.time | None = None) -> QueueRow:
    """What is still to be handed out counts; where nothing is, what became of it is shown."""
    open_ones = [one for one in found.payouts if one[1] in PAYABLE and one[2] is not Channel.ACCOUNT]
    shown = open_ones or found.payouts
    missed = any(state is State.MISSED for _amount, state, _channel in open_ones)
    state = State.MISSED if missed else shown[0][1]
    where = (
        f"{slot:%H:%M}" if slot else "",
        figures.birth(found.birth_year, None, None),
        found.hamlet,
        "" if number is not None else found.commune,
    )
    amount = Money.sum(amount for amount, _state, _channel in shown)
    line = " · ".join(part for part in where if part)
    return QueueRow(found.person_id, number, found.name, line, amount, state, found.is_here)
