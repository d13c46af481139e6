"""Planning rounds and closing them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.orm import Session

from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.clock import Month
from provider.db import lock_row
from provider.errors import Missing
from provider.money import Money
from provider.payouts.lifecycle import PAYABLE, Channel
from provider.payouts.models import Payout, Period
from provider.places.models import AdminUnit, PostOffice
from provider.recipients.models import Person
from provider.staff.models import Staff
from provider.staff.queries import scope_of
from provider.staff.rules import Right, Scope, may
from provider.visits.models import Round, RoundState, Stop
from provider.visits.queries import sees
from provider.visits.refusals import NotACourier, NotForARound, NothingToVisit, RoundIsClosed
from provider.visits.rules import Door, order_of_doors


@dataclass(frozen=True, slots=True)
class _Due:
    """A payout that may be put on a round, with the round it stands on now."""

    payout_id: int
    amount: Money
    door: Door
    round_id: int | None
    round_is_over: bool


def plan_round(
    session: Session,
    *,
    office_id: int,
    month: Month,
    staff_id: int,
    on: dt.date,
    payout_ids: Collection[int] | None = None,
    commune_ids: Collection[int | None] | None = None,
    replan: bool = False,
    by: Actor,
) -> Round:
    """Put payouts that wait to be paid at home on a new round of one courier (``staff_id``) on one day.

    By ``payout_ids`` exactly these are taken, also from another round: a payout stands in at most one. By
    ``commune_ids`` (None in it: commune unknown) everybody waiting there is taken who stands on no round that is still
    to come; with ``replan`` those as well. Raises Missing (an office out of reach), NotACourier, NotForARound,
    NothingToVisit.
    """
    if not _reach(session, by).covers_office(office_id) or lock_row(session, PostOffice, office_id) is None:
        raise Missing()
    _need_courier(session, staff_id, office_id)
    due = _due(session, office_id, month, payout_ids=payout_ids, commune_ids=commune_ids)
    if payout_ids is not None and (gone := len(set(payout_ids) - {one.payout_id for one in due})):
        raise NotForARound(count=gone)
    if payout_ids is None and not replan:
        due = [one for one in due if one.round_id is None or one.round_is_over]
    if not due:
        raise NothingToVisit()
    planned = Round(month=month, office_id=office_id, staff_id=staff_id, on=on, state=RoundState.PLANNED)
    session.add(planned)
    session.flush()
    _put_stops(session, planned.id, due)
    moved = sorted({one.round_id for one in due if one.round_id is not None})
    note(
        session,
        DeedKind.ROUND_PLANNED,
        by=by,
        about=f"round:{planned.id}",
        within=f"office:{office_id}",
        courier=staff_id,
        on=on.isoformat(),
        month=month.iso,
        payouts=len(due),
        people=len({one.door.person_id for one in due}),
        amount=Money.sum(one.amount for one in due).dong,
        taken_from=[f"round:{number}" for number in moved],
    )
    return planned


def close_round(session: Session, round_id: int, *, by: Actor) -> Round:
    """The courier is back: who was not met may be put on another round.

    By the courier himself or by somebody of the office. Raises Missing, RoundIsClosed.
    """
    closing: Round | None = lock_row(session, Round, round_id)
    if closing is None or not sees(by, _reach(session, by), closing.staff_id, closing.office_id):
        raise Missing()
    if closing.state is RoundState.CLOSED:
        raise RoundIsClosed()
    closing.state = RoundState.CLOSED
    session.flush()
    counts = session.execute(
        select(Payout.state, func.count())
        .join(Stop, Stop.payout_id == Payout.id)
        .where(Stop.round_id == round_id)
        .group_by(Payout.state)
    )
    note(
        session,
        DeedKind.ROUND_CLOSED,
        by=by,
        about=f"round:{round_id}",
        within=f"office:{closing.office_id}",
        **{state.value: count for state, count in counts},
    )
    return closing


def _reach(session: Session, by: Actor) -> Scope:
    return scope_of(session, by.staff_id) if by.staff_id is not None else Scope.everything()


def _need_courier(session: Session, staff_id: int, office_id: int) -> None:
    """Active, with the right to hand out, and of this office or of one below it."""
    courier = session.get(Staff, staff_id)
    if courier is None or not courier.active or not may(courier.role, Right.HAND_OUT):
        raise NotACourier()
    above = courier.office_id
    while above is not None and above != office_id:
        above = session.scalar(select(PostOffice.parent_id).where(PostOffice.id == above))
    if above is None:
        raise NotACourier()


def _due(
    session: Session,
    office_id: int,
    month: Month,
    *,
    payout_ids: Collection[int] | None,
    commune_ids: Collection[int | None] | None,
) -> list[_Due]:
    wanted = (
        select(
            Payout.id,
            Payout.amount,
            Payout.hamlet,
            Payout.person_id,
            Person.name,
            Person.address,
            func.coalesce(AdminUnit.name, ""),
            Stop.round_id,
            Round.state,
        )
        .join(Period, Period.id == Payout.period_id)
        .join(Person, Person.id == Payout.person_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
        .outerjoin(Stop, Stop.payout_id == Payout.id)
        .outerjoin(Round, Round.id == Stop.round_id)
        .where(
            Period.office_id == office_id,
            Period.month == month,
            Period.cut_off_at.is_(None),
            Period.locked_at.is_(None),
            Payout.channel == Channel.HOME,
            Payout.state.in_(PAYABLE),
        )
        .order_by(Payout.id)
    )
    if commune_ids is not None:
        known = [number for number in commune_ids if number is not None]
        here = Payout.commune_id.in_(known)
        wanted = wanted.where(or_(here, Payout.commune_id.is_(None)) if None in commune_ids else here)
    chosen = None if payout_ids is None else set(payout_ids)
    return [
        _Due(payout_id, amount, Door(person_id, name, commune, hamlet, address), round_id, state is RoundState.CLOSED)
        for payout_id, amount, hamlet, person_id, name, address, commune, round_id, state in session.execute(wanted)
        if chosen is None or payout_id in chosen
    ]


def _put_stops(session: Session, round_id: int, due: list[_Due]) -> None:
    """Stops in the order of the doors; those of one person share its position."""
    ids = [one.payout_id for one in due]
    for start in range(0, len(ids), 500):
        session.execute(delete(Stop).where(Stop.payout_id.in_(ids[start : start + 500])))
    place = {person_id: number for number, person_id in enumerate(order_of_doors(one.door for one in due), start=1)}
    session.execute(
        insert(Stop),
        [
            {"payout_id": one.payout_id, "round_id": round_id, "position": place[one.door.person_id], "note": ""}
            for one in due
        ],
    )
