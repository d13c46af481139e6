"""Seating: who waits in a commune gets a place at its openings; places already given stay, slips may be printed."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.clock import Month
from provider.payouts.lifecycle import PAYABLE, Channel, State
from provider.payouts.models import Payout, Period
from provider.points.models import Opening, Point, Seat
from provider.points.refusals import OpeningHasBegun, OpeningIsOver
from provider.points.rules import ALIVE, Expected, Hours, OpeningState, Placed, Slot, Taken, add, share

SOME = 500


@dataclass(frozen=True, slots=True)
class Seated:
    """What seating came to: people and payouts newly placed, payouts whose place was given up."""

    people: int
    payouts: int
    removed: int


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A payout that is expected at a cash point, and where it is seated now."""

    payout_id: int
    person_id: int
    hamlet: str
    place: tuple[str, int]
    seat: Taken | None


def seat_people(session: Session, opening: Opening, *, by: Actor, afresh: bool = False) -> Seated:
    """Seat everybody who waits in the commune of an opening over all openings of that commune and month.

    All allowances of one person share one place. Done twice it changes nothing. With ``afresh`` all places are given
    out anew, which is possible until money is paid there. Raises OpeningIsOver, OpeningHasBegun.
    """
    if opening.state not in ALIVE:
        raise OpeningIsOver()
    commune_id = session.get_one(Point, opening.point_id).commune_id
    # One seating of a commune at a time.
    session.execute(select(Point.id).where(Point.commune_id == commune_id).order_by(Point.id).with_for_update())
    openings = _openings(session, opening.month, opening.office_id, commune_id)
    if afresh and any(state is not OpeningState.PLANNED for _hours, state in openings):
        raise OpeningHasBegun()
    hours = [each for each, _state in openings]
    removed = _give_up(session, [each.opening_id for each in hours], afresh=afresh)
    waiting = _waiting(session, opening.month, opening.office_id, commune_id)
    result = _place(session, hours, waiting, removed)
    if result.payouts or result.removed:
        note(
            session,
            DeedKind.SEATED,
            by=by,
            about=f"opening:{opening.id}",
            within=f"commune:{commune_id}",
            people=result.people,
            payouts=result.payouts,
            removed=result.removed,
        )
    return result


def _place(session: Session, hours: list[Hours], waiting: list[_Waiting], removed: int) -> Seated:
    seated: dict[int, Taken] = {}
    for one in waiting:
        if one.seat is not None:
            seated.setdefault(one.person_id, one.seat)
    joining = [one for one in waiting if one.seat is None and one.person_id in seated]
    rows = [_row(one.payout_id, seated[one.person_id]) for one in joining]
    newcomers = _people(one for one in waiting if one.person_id not in seated)
    taken = _taken(session, [each.opening_id for each in hours])
    placed: list[Placed] = add(newcomers, hours, taken) if taken else share(newcomers, hours)
    rows += [_row(payout_id, one) for one in placed for payout_id in one.payout_ids]
    # What is left at an opening that is over gives way: a payout has one place.
    _forget(session, [one.payout_id for one in waiting if one.seat is None])
    if rows:
        session.execute(insert(Seat), rows)
    return Seated(len(placed), len(rows), removed)


def _openings(session: Session, month: Month, office_id: int, commune_id: int) -> list[tuple[Hours, OpeningState]]:
    rows = session.execute(
        select(Opening, Point.people_per_hour)
        .join(Point, Point.id == Opening.point_id)
        .where(
            Opening.month == month,
            Opening.office_id == office_id,
            Point.commune_id == commune_id,
            Opening.state.in_(ALIVE),
        )
        .order_by(Opening.on, Opening.from_time, Opening.id)
    )
    return [(Hours(one.id, one.from_time, one.to_time, people_per_hour), one.state) for one, people_per_hour in rows]


def _give_up(session: Session, opening_ids: list[int], *, afresh: bool) -> int:
    """Places of payouts that took another way meanwhile, or all places that may still be given anew."""
    gone = select(Payout.id).join(Seat, Seat.payout_id == Payout.id).where(Seat.opening_id.in_(opening_ids))
    if afresh:
        gone = gone.where(Payout.state.not_in((State.PAID,)))
    else:
        gone = gone.where(
            (Payout.state == State.SENT)
            | (Payout.channel != Channel.CASH_POINT) & Payout.state.in_((*PAYABLE, State.HELD))
        )
    ids = list(session.scalars(gone))
    _forget(session, ids)
    return 0 if afresh else len(ids)


def _waiting(session: Session, month: Month, office_id: int, commune_id: int) -> list[_Waiting]:
    rows = session.execute(
        select(
            Payout.id,
            Payout.person_id,
            Payout.hamlet,
            Period.programme,
            Payout.line_no,
            Seat.opening_id,
            Seat.slot_from,
            Seat.slot_to,
            Seat.line_no.label("seat_line"),
            Opening.state.label("opening_state"),
        )
        .join(Period, Period.id == Payout.period_id)
        .outerjoin(Seat, Seat.payout_id == Payout.id)
        .outerjoin(Opening, Opening.id == Seat.opening_id)
        .where(
            Period.month == month,
            Period.office_id == office_id,
            Period.locked_at.is_(None),
            Payout.commune_id == commune_id,
            Payout.channel == Channel.CASH_POINT,
            Payout.state.in_(PAYABLE),
        )
        .order_by(Payout.id)
    )
    return [
        _Waiting(
            row.id,
            row.person_id,
            row.hamlet,
            (row.programme, row.line_no),
            Taken(row.hamlet, row.opening_id, Slot(row.slot_from, row.slot_to), row.seat_line)
            if row.opening_state in ALIVE
            else None,
        )
        for row in rows
    ]


def _taken(session: Session, opening_ids: list[int]) -> list[Taken]:
    """One place per person and opening, whatever became of the payout."""
    rows = session.execute(
        select(Payout.person_id, Payout.hamlet, Seat.opening_id, Seat.slot_from, Seat.slot_to, Seat.line_no)
        .join(Payout, Payout.id == Seat.payout_id)
        .where(Seat.opening_id.in_(opening_ids))
    )
    found = {
        (row.opening_id, row.person_id): Taken(
            row.hamlet, row.opening_id, Slot(row.slot_from, row.slot_to), row.line_no
        )
        for row in rows
    }
    return list(found.values())


def _people(waiting: Iterable[_Waiting]) -> list[Expected]:
    people: dict[int, list[_Waiting]] = {}
    for one in waiting:
        people.setdefault(one.person_id, []).append(one)
    found = []
    for person_id, payouts in people.items():
        first = min(payouts, key=lambda one: one.place)
        found.append(Expected(person_id, first.hamlet, first.place, tuple(one.payout_id for one in payouts)))
    return found


def _row(payout_id: int, taken: Taken | Placed) -> dict[str, object]:
    return {
        "payout_id": payout_id,
        "opening_id": taken.opening_id,
        "slot_from": taken.slot.from_time,
        "slot_to": taken.slot.to_time,
        "line_no": taken.line_no,
    }


def _forget(session: Session, payout_ids: list[int]) -> None:
    for start in range(0, len(payout_ids), SOME):
        session.execute(
            delete(Seat)
            .where(Seat.payout_id.in_(payout_ids[start : start + SOME]))
            .execution_options(synchronize_session=False)
        )
