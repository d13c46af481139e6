"""The notices to collect of a commune or an opening, as values for the paper."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider import figures, identity
from provider.agreements.models import Agency
from provider.audit.actor import Actor
from provider.clock import Month
from provider.payday import slips
from provider.payday.labels import label_of, note_of
from provider.payday.slip_register import print_slips
from provider.payday.slip_sheet import Collector, SlipLine, SlipSheet
from provider.payouts.lifecycle import PAYABLE, Channel
from provider.payouts.models import Payout, Period
from provider.payouts.queries import PayoutRow, components_of, payouts
from provider.places.models import PostOffice
from provider.points.models import Opening, Point, Seat
from provider.recipients.queries import payees_of
from provider.recipients.rules import PayeeKind


@dataclass(frozen=True, slots=True)
class _Place:
    point: str
    address: str
    day: dt.date | None
    hours: str
    slot: str


def notices(
    session: Session,
    *,
    agency_id: int,
    month: Month,
    key: bytes,
    by: Actor,
    commune_ids: Collection[int] | None = None,
    opening_id: int | None = None,
) -> list[SlipSheet]:
    """One notice per person who is to be paid in cash at a point, all allowances together, in roster order.

    Prints are counted: the slips are registered, and the deed is noted. Restrict by communes or by one opening.
    """
    rows = _cash_payouts(session, agency_id, month, commune_ids, opening_id)
    people: dict[int, list[PayoutRow]] = {}
    for row in rows:
        people.setdefault(row.person_id, []).append(row)
    if not people:
        return []
    about = f"opening:{opening_id}" if opening_id else f"agency:{agency_id}"
    registered = print_slips(session, agency_id=agency_id, month=month, person_ids=list(people), about=about, by=by)
    parts = components_of(session, [row.id for row in rows])
    places = _places(session, [row.id for row in rows])
    agency = session.get_one(Agency, agency_id)
    office = session.get_one(PostOffice, rows[0].office_id)
    window_to = session.get_one(Period, rows[0].period_id).cut_off_on
    collectors = _collectors(session, list(people))
    sheets = []
    for person_id, own in people.items():
        first, slip = own[0], registered[person_id]
        place = next((places[row.id] for row in own if row.id in places), _Place("", "", None, "", ""))
        sheets.append(
            SlipSheet(
                token=slips.make(slip.id8, key, context="notice"),
                short_code=slip.short,
                month=month,
                office=office.name,
                agency=agency.name,
                name=first.name,
                birth=figures.birth(first.birth_year, first.birth_month, first.birth_day),
                id_masked=identity.mask(first.id_number) if first.id_number else "",
                hamlet=first.hamlet,
                commune=first.commune,
                lines=tuple(SlipLine(label_of(row), row.amount, note_of(parts.get(row.id, []))) for row in own),
                point=place.point,
                address=place.address,
                day=place.day,
                hours=place.hours,
                slot=place.slot,
                until=window_to,
                collectors=collectors.get(person_id, ()),
                phone=office.phone or "",
                copy=slip.copies,
            )
        )
    return sheets


def _cash_payouts(
    session: Session, agency_id: int, month: Month, commune_ids: Collection[int] | None, opening_id: int | None
) -> list[PayoutRow]:
    wanted = (
        select(Payout.id)
        .join(Period, Period.id == Payout.period_id)
        .where(
            Period.agency_id == agency_id,
            Period.month == month,
            Payout.channel == Channel.CASH_POINT,
            Payout.state.in_(PAYABLE),
        )
    )
    if commune_ids is not None:
        wanted = wanted.where(Payout.commune_id.in_(list(commune_ids)))
    if opening_id is not None:
        wanted = wanted.join(Seat, Seat.payout_id == Payout.id).where(Seat.opening_id == opening_id)
    ids = list(session.scalars(wanted))
    rows: list[PayoutRow] = []
    for start in range(0, len(ids), 500):
        rows += payouts(session, ids=ids[start : start + 500])
    order = _lines(session, opening_id) if opening_id else {}
    return sorted(rows, key=lambda row: (order.get(row.id, 0), row.commune, row.hamlet, row.line_no, row.id))


def _lines(session: Session, opening_id: int) -> dict[int, int]:
    rows = session.execute(select(Seat.payout_id, Seat.line_no).where(Seat.opening_id == opening_id))
    return dict(rows.all())


def _places(session: Session, payout_ids: list[int]) -> dict[int, _Place]:
    found: dict[int, _Place] = {}
    for start in range(0, len(payout_ids), 500):
        rows = session.execute(
            select(Seat, Opening, Point)
            .join(Opening, Opening.id == Seat.opening_id)
            .join(Point, Point.id == Opening.point_id)
            .where(Seat.payout_id.in_(payout_ids[start : start + 500]))
        )
        for seat, opening, point in rows:
            hours = f"{opening.from_time:%H:%M} – {opening.to_time:%H:%M}"
            slot = f"{seat.slot_from:%H:%M} – {seat.slot_to:%H:%M}"
            found[seat.payout_id] = _Place(point.name, point.address, opening.on, hours, slot)
    return found


def _collectors(session: Session, person_ids: list[int]) -> dict[int, tuple[Collector, ...]]:
    """Who else may collect today, by person."""
    return {
        person_id: tuple(
            Collector(payee.name, payee.relation or payee.kind.sentence.lower(), payee.id_masked)
            for payee in payees
            if payee.kind is not PayeeKind.SELF
        )
        for person_id, payees in payees_of(session, person_ids).items()
    }
