"""What is read of hand-outs: the receipt, the wishes to undo, and the public check that tells nothing personal."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider import clock, figures, identity
from provider.clock import Month
from provider.money import Money
from provider.payday.labels import label_of
from provider.payday.models import Handout, HandoutLine, Till, TillState, Undo, UndoState
from provider.payday.queries import CardLine
from provider.payday.slip_sheet import Collector, ReceiptSheet, SlipLine
from provider.payday.tills import place_name
from provider.payouts.queries import components_of, payouts
from provider.places.models import PostOffice
from provider.recipients.models import Payee, Person
from provider.recipients.rules import PayeeKind
from provider.staff.models import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutCard:
    """A hand-out as its receipt tells it."""

    id: int
    number: str
    code: bytes
    person_id: int
    name: str
    birth: str
    id_masked: str
    hamlet: str
    commune: str
    month: Month
    amount: Money
    at: dt.datetime
    staff_id: int
    staff_name: str
    till_id: int
    till_open: bool
    office_id: int
    place: str
    collector: PayeeKind
    collector_name: str
    collector_relation: str
    collector_id_masked: str
    lines: tuple[CardLine, ...]
    undo: UndoState | None


def handout(session: Session, handout_id: int) -> HandoutCard | None:
    """One hand-out with everything its receipt needs."""
    found = session.execute(
        select(Handout, Staff.name, Till)
        .join(Staff, Staff.id == Handout.staff_id)
        .join(Till)
        .where(Handout.id == handout_id)
    ).first()
    if found is None:
        return None
    given, staff_name, its_till = found
    ids = list(session.scalars(select(HandoutLine.payout_id).where(HandoutLine.handout_id == handout_id)))
    rows = payouts(session, ids=ids)
    parts = components_of(session, ids)
    undo = session.scalars(select(Undo.state).where(Undo.handout_id == handout_id).order_by(Undo.id.desc())).first()
    relation = session.scalar(
        select(Payee.relation).where(Payee.person_id == given.person_id, Payee.name == given.collector_name)
    )
    first = rows[0]
    return HandoutCard(
        id=given.id,
        number=given.number,
        code=bytes.fromhex(given.code),
        person_id=given.person_id,
        name=first.name,
        birth=figures.birth(first.birth_year, first.birth_month, first.birth_day),
        id_masked=identity.mask(first.id_number) if first.id_number else "",
        hamlet=first.hamlet,
        commune=first.commune,
        month=given.month,
        amount=given.amount,
        at=given.at,
        staff_id=given.staff_id,
        staff_name=staff_name,
        till_id=given.till_id,
        till_open=its_till.state is TillState.OPEN,
        office_id=its_till.office_id,
        place=place_name(session, its_till),
        collector=given.collector,
        collector_name=given.collector_name,
        collector_relation=relation or "",
        collector_id_masked=identity.mask(given.collector_id_number) if given.collector_id_number else "",
        lines=tuple(CardLine(row, tuple(parts.get(row.id, ()))) for row in rows),
        undo=undo,
    )


@dataclass(frozen=True, slots=True)
class UndoRow:
    """A wish to undo that waits for a second person."""

    id: int
    handout_id: int
    number: str
    name: str
    amount: Money
    reason: str
    asked_by_id: int
    asked_by: str
    asked_at: dt.datetime


def open_undos(session: Session, office_ids: Collection[int] | None) -> list[UndoRow]:
    """Wishes to undo that nobody has answered, oldest first."""
    wanted = (
        select(Undo, Handout, Person.name, Staff.name)
        .join(Handout, Handout.id == Undo.handout_id)
        .join(Till, Till.id == Handout.till_id)
        .join(Person, Person.id == Handout.person_id)
        .join(Staff, Staff.id == Undo.asked_by_id)
        .where(Undo.state == UndoState.ASKED)
        .order_by(Undo.id)
    )
    if office_ids is not None:
        wanted = wanted.where(Till.office_id.in_(office_ids))
    return [
        UndoRow(
            undo.id, given.id, given.number, name, given.amount, undo.reason, undo.asked_by_id, asker, undo.asked_at
        )
        for undo, given, name, asker in session.execute(wanted)
    ]


def count_open_undos(session: Session, till_id: int) -> int:
    """How many wishes to undo hand-outs of a till nobody has answered."""
    wanted = select(func.count()).select_from(Undo).join(Handout, Handout.id == Undo.handout_id)
    return session.scalar(wanted.where(Handout.till_id == till_id, Undo.state == UndoState.ASKED)) or 0


def receipt_sheet(session: Session, given: HandoutCard, *, token: str) -> ReceiptSheet:
    """What stands on the paper of a receipt; ``token`` is what its QR holds."""
    office = session.get_one(PostOffice, given.office_id)
    collector = None
    if given.collector is not PayeeKind.SELF:
        relation = given.collector_relation or given.collector.sentence.lower()
        collector = Collector(given.collector_name, relation, given.collector_id_masked)
    return ReceiptSheet(
        token=token,
        number=given.number,
        month=given.month,
        office=office.name,
        point=given.place,
        paid_at=given.at,
        staff=given.staff_name,
        name=given.name,
        birth=given.birth,
        id_masked=given.id_masked,
        hamlet=given.hamlet,
        commune=given.commune,
        lines=tuple(SlipLine(label_of(line.payout), line.payout.amount, line.note) for line in given.lines),
        collector=collector,
        phone=office.phone or "",
    )


def office_of_undo(session: Session, undo_id: int) -> int | None:
    """The post office a wish to undo belongs to."""
    return session.scalar(
        select(Till.office_id)
        .join(Handout, Handout.till_id == Till.id)
        .join(Undo, Undo.handout_id == Handout.id)
        .where(Undo.id == undo_id)
    )


@dataclass(frozen=True, slots=True)
class ReceiptCheck:
    """What anybody may know of a receipt: that it is genuine, and nothing personal."""

    number: str
    commune: str
    month: Month
    on: dt.date
    reversed: bool


def receipt_check(session: Session, code: bytes) -> ReceiptCheck | None:
    """The public answer about a receipt."""
    found = session.scalars(select(Handout.id).where(Handout.code == code.hex())).first()
    given = handout(session, found) if found else None
    if given is None:
        return None
    undone = given.undo is UndoState.CONFIRMED
    return ReceiptCheck(given.number, given.commune, given.month, clock.local(given.at).date(), undone)
