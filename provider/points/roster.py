"""The roster of an opening for the paper: who signs, in the order they are read out, with everything they get."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from provider.agreements.models import Agency
from provider.agreements.queries import BenefitLabel, benefit_labels
from provider.agreements.rules import PROGRAMME_NAMES, Programme
from provider.identity import Sex
from provider.ledger.models import Entry, EntryKind
from provider.letterhead import Letterhead, PaperMark
from provider.money import ZERO, Money
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import ComponentKind, Payout
from provider.payouts.queries import ComponentRow, PayoutRow, components_of
from provider.payouts.queries import payouts as payouts_of
from provider.places.models import PostOffice
from provider.points.models import Seat
from provider.points.queries import ExpectedPerson, OpeningRow, expected
from provider.points.roster_sheet import RosterRow, RosterSheet
from provider.points.rules import Slot
from provider.recipients.models import Payee

_ONE_OFF = (ComponentKind.ONE_OFF, ComponentKind.FUNERAL)
_ARREARS = (ComponentKind.ARREARS, ComponentKind.CARRIED)
_TO_SIGN = (State.DUE, State.MISSED, State.PAID)


def roster_of(session: Session, opening: OpeningRow, *, agency_id: int | None = None, printed: str = "") -> RosterSheet:
    """The list to sign of one opening, without who is held back; ``agency_id`` limits it to one agency's people."""
    people = []
    for person in expected(session, opening.id):
        kept = tuple(one for one in person.payouts if one.state in _TO_SIGN and agency_id in (None, one.agency_id))
        if kept:
            people.append(ExpectedPerson(person.line_no, person.person_id, person.slot, kept))
    payouts = [one for person in people for one in person.payouts]
    parts = components_of(session, [one.id for one in payouts])
    paid_on = _paid_on(session, payouts)
    collectors = _collectors(session, [person.person_id for person in people], opening.on)
    labels = benefit_labels(session)
    programmes = sorted({one.programme for one in payouts})
    return RosterSheet(
        letterhead=_letterhead(session, opening.office_id, payouts),
        mark=PaperMark(printed=printed),
        month=opening.month,
        agency=_agency_names(session, payouts),
        programme=", ".join(PROGRAMME_NAMES[Programme(one)] for one in programmes),
        commune=opening.commune,
        point=opening.point,
        address=opening.address,
        day=opening.on,
        hours=f"{opening.from_time:%H:%M} – {opening.to_time:%H:%M}",
        rows=tuple(_row(person, parts, labels, paid_on, collectors) for person in people),
    )


def _row(
    person: ExpectedPerson,
    parts: dict[int, list[ComponentRow]],
    labels: dict[str, BenefitLabel],
    paid_on: dict[int, dt.date],
    collectors: dict[int, str],
) -> RosterRow:
    first = person.first
    mine = [part for one in person.payouts for part in parts.get(one.id, [])]
    one_off = _sum(mine, _ONE_OFF)
    arrears = _sum(mine, _ARREARS)
    deduction = -_sum(mine, (ComponentKind.DEDUCTION,))
    return RosterRow(
        number=person.line_no,
        code=first.code,
        name=first.name,
        born=str(first.birth_year or ""),
        male=None if first.sex is None else Sex(first.sex) is Sex.MALE,
        id_number=first.id_number or "",
        hamlet=first.hamlet,
        benefits=", ".join(dict.fromkeys(_benefit(one, labels) for one in person.payouts)),
        allowance=person.amount - arrears - one_off + deduction,
        arrears=arrears,
        one_off=one_off,
        deduction=deduction,
        collector=collectors.get(person.person_id, ""),
        paid_on=max((paid_on[one.id] for one in person.payouts if one.id in paid_on), default=None),
        remark=_remark(person, mine),
    )


def _benefit(payout: PayoutRow, labels: dict[str, BenefitLabel]) -> str:
    """The code people know, or the neutral name: what the list says may give away an illness."""
    label = labels.get(payout.benefit)
    if label is None:
        return payout.benefit or PROGRAMME_NAMES[Programme(payout.programme)]
    return label.neutral if label.sensitive else label.code


def _remark(person: ExpectedPerson, parts: list[ComponentRow]) -> str:
    remarks = []
    if any(part.kind is ComponentKind.CARRIED for part in parts) or any(one.carried_from_id for one in person.payouts):
        remarks.append("Có tiền kỳ trước")
    if any(one.state is State.MISSED for one in person.payouts):
        remarks.append("Chưa nhận lần trước")
    return "; ".join(remarks)


def _sum(parts: list[ComponentRow], kinds: tuple[ComponentKind, ...]) -> Money:
    return Money.sum(part.amount for part in parts if part.kind in kinds) if parts else ZERO


def _paid_on(session: Session, payouts: list[PayoutRow]) -> dict[int, dt.date]:
    """The day of the last payment of each payout that is paid."""
    ids = [one.id for one in payouts if one.state is State.PAID]
    found: dict[int, dt.date] = {}
    for start in range(0, len(ids), 500):
        rows = session.execute(
            select(Entry.payout_id, Entry.on)
            .where(
                Entry.payout_id.in_(ids[start : start + 500]),
                Entry.kind == EntryKind.PAYMENT,
                Entry.reverses_id.is_(None),
            )
            .order_by(Entry.id)
        )
        found.update((payout_id, on) for payout_id, on in rows if payout_id is not None)
    return found


def _collectors(session: Session, person_ids: list[int], on: dt.date) -> dict[int, str]:
    """Who is registered to collect for a person on the day: name, relation, number."""
    found: dict[int, str] = {}
    for start in range(0, len(person_ids), 500):
        rows = session.scalars(
            select(Payee)
            .where(
                Payee.person_id.in_(person_ids[start : start + 500]),
                Payee.valid_from <= on,
                or_(Payee.valid_to.is_(None), Payee.valid_to >= on),
            )
            .order_by(Payee.id)
        )
        for payee in rows:
            relation = f" ({payee.relation})" if payee.relation else ""
            found[payee.person_id] = ", ".join(part for part in (f"{payee.name}{relation}", payee.id_number) if part)
    return found


def _letterhead(session: Session, office_id: int, payouts: list[PayoutRow]) -> Letterhead:
    office = session.get_one(PostOffice, office_id)
    parent = session.get(PostOffice, office.parent_id) if office.parent_id else None
    agency = session.get(Agency, payouts[0].agency_id) if payouts else None
    return Letterhead(
        parent=parent.name if parent else "", issuer=office.name, place=agency.place_name if agency else ""
    )


def _agency_names(session: Session, payouts: list[PayoutRow]) -> str:
    ids = {one.agency_id for one in payouts}
    return ", ".join(session.scalars(select(Agency.name).where(Agency.id.in_(ids)).order_by(Agency.name)))


def roster_without_opening(
    session: Session, period_ids: Collection[int], commune_ids: Collection[int] | None, *, printed: str = ""
) -> list[RosterSheet]:
    """Lists to sign, one per commune, of people in cash without a place at an opening: day and point left open."""
    seated = select(Seat.payout_id)
    wanted = select(Payout.id).where(
        Payout.period_id.in_(list(period_ids)),
        Payout.channel == Channel.CASH_POINT,
        Payout.state.in_(_TO_SIGN),
        Payout.id.not_in(seated),
    )
    if commune_ids is not None:
        wanted = wanted.where(Payout.commune_id.in_(list(commune_ids)))
    ids = list(session.scalars(wanted))
    by_commune: dict[str, dict[int, list[PayoutRow]]] = {}
    for start in range(0, len(ids), 500):
        for one in payouts_of(session, ids=ids[start : start + 500]):
            by_commune.setdefault(one.commune, {}).setdefault(one.person_id, []).append(one)
    sheets = []
    for commune, people in sorted(by_commune.items()):
        nowhere = Slot(dt.time(), dt.time())
        rows = [
            ExpectedPerson(number, person_id, nowhere, tuple(own))
            for number, (person_id, own) in enumerate(people.items(), start=1)
        ]
        first = rows[0].first
        everything = [one for person in rows for one in person.payouts]
        parts = components_of(session, [one.id for one in everything])
        labels = benefit_labels(session)
        paid_on = _paid_on(session, everything)
        collectors = _collectors(session, list(people), first.month.last_day)
        sheets.append(
            RosterSheet(
                letterhead=_letterhead(session, first.office_id, everything),
                mark=PaperMark(printed=printed),
                month=first.month,
                agency=_agency_names(session, everything),
                programme=", ".join(
                    PROGRAMME_NAMES[Programme(one)] for one in sorted({one.programme for one in everything})
                ),
                commune=commune or "Chưa rõ xã, phường",
                point="Chưa lên lịch điểm chi trả",
                address="",
                day=None,
                hours="",
                rows=tuple(_row(person, parts, labels, paid_on, collectors) for person in rows),
            )
        )
    return sheets
