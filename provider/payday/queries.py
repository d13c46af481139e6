"""What the phone and the counter show: the tills of a payer, the queue, one person's card, a receipt, wishes to undo."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from provider import clock, figures, identity
from provider.clock import Month
from provider.ledger import accounts
from provider.ledger.queries import balance
from provider.money import Money
from provider.payday.models import Advance, AdvanceState, Handout, HandoutLine, Till, TillState, Undo, UndoState
from provider.payday.rules import Place, Waiting, expected_elsewhere, payable_now, why_nothing
from provider.payday.waiting import HandoutSeen, last_handout_of, waiting_of
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout, Period
from provider.payouts.queries import ComponentRow, PayoutRow, components_of, payouts
from provider.points.models import Opening, Point, Seat
from provider.recipients.models import Payee, Person
from provider.recipients.rules import PayeeKind, in_force
from provider.staff.models import Staff
from provider.visits.models import Round, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class TillRow:
    """A till: where it stands, whose it is, what is in it, how far the day is."""

    id: int
    office_id: int
    staff_id: int
    staff_name: str
    opening_id: int | None
    round_id: int | None
    place: str
    month: Month | None
    state: TillState
    left: Money
    done: int
    expected: int
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    counted: Money | None
    difference: Money | None
    difference_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceRow:
    """Cash that waits for its payer."""

    id: int
    office_id: int
    staff_id: int
    staff_name: str
    amount: Money
    place: str
    on: dt.date | None
    state: AdvanceState
    issued_at: dt.datetime
    issued_by: str


@dataclass(frozen=True, slots=True)
class CardLine:
    """One payout on a card, with what it is made of."""

    payout: PayoutRow
    parts: tuple[ComponentRow, ...]


@dataclass(frozen=True, slots=True)
class PayeeRow:
    """Somebody registered to collect for the person, and whether that holds today."""

    id: int
    kind: PayeeKind
    name: str
    relation: str
    id_masked: str
    paper: str
    valid_to: dt.date | None
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """The one card a payer reads before handing out: who, how much, what to check, who may collect.

    ``kind`` is how the card looks: pay, care (something must be looked at first), paid, refused.
    """

    person_id: int
    name: str
    birth: str
    id_masked: str
    place: str
    kind: str
    lines: tuple[CardLine, ...]
    other_lines: tuple[CardLine, ...]
    total: Money
    why_not: str
    checks: tuple[tuple[str, dict[str, str]], ...]
    payees: tuple[PayeeRow, ...]
    last: HandoutSeen | None

    @property
    def payout_ids(self) -> list[int]:
        """What is paid when the button is pressed."""
        return [line.payout.id for line in self.lines]


def open_till_of(session: Session, staff_id: int) -> TillRow | None:
    """The till a payer has open, if any."""
    till = session.scalars(select(Till).where(Till.staff_id == staff_id, Till.state == TillState.OPEN)).first()
    return _till_row(session, till) if till else None


def till(session: Session, till_id: int) -> TillRow | None:
    """One till."""
    found = session.get(Till, till_id)
    return _till_row(session, found) if found else None


def tills_of_office(session: Session, office_ids: Collection[int] | None, *, limit: int = 50) -> list[TillRow]:
    """The newest tills of offices (None: all)."""
    wanted = select(Till).order_by(Till.id.desc()).limit(limit)
    if office_ids is not None:
        wanted = wanted.where(Till.office_id.in_(office_ids))
    return [_till_row(session, one) for one in session.scalars(wanted)]


def advances(
    session: Session, *, staff_id: int | None = None, office_ids: Collection[int] | None = None
) -> list[AdvanceRow]:
    """Advances that wait for their payer."""
    payer, cashier = aliased(Staff), aliased(Staff)
    wanted = (
        select(Advance, payer.name, cashier.name, Opening.on, Point.name, Round.on)
        .join(payer, payer.id == Advance.staff_id)
        .join(cashier, cashier.id == Advance.issued_by_id)
        .outerjoin(Opening, Opening.id == Advance.opening_id)
        .outerjoin(Point, Point.id == Opening.point_id)
        .outerjoin(Round, Round.id == Advance.round_id)
        .where(Advance.state == AdvanceState.ISSUED)
        .order_by(Advance.id)
    )
    if staff_id is not None:
        wanted = wanted.where(Advance.staff_id == staff_id)
    if office_ids is not None:
        wanted = wanted.where(Advance.office_id.in_(office_ids))
    return [
        AdvanceRow(
            id=advance.id,
            office_id=advance.office_id,
            staff_id=advance.staff_id,
            staff_name=payer_name,
            amount=advance.amount,
            place=point or "",
            on=opening_on or round_on,
            state=advance.state,
            issued_at=advance.issued_at,
            issued_by=cashier_name,
        )
        for advance, payer_name, cashier_name, opening_on, point, round_on in session.execute(wanted)
    ]


def card(session: Session, person_id: int, *, till: TillRow) -> PersonCard | None:
    """The card of a person at a till; None when the person has nothing at this post office."""
    waiting = waiting_of(session, person_id, office_id=till.office_id)
    if not waiting:
        return None
    rows = {row.id: row for row in payouts(session, ids=[one.payout_id for one in waiting])}
    parts = components_of(session, rows)
    due = payable_now(waiting)
    due_ids = {one.payout_id for one in due}
    lines = tuple(CardLine(rows[one.payout_id], tuple(parts.get(one.payout_id, ()))) for one in due)
    others = tuple(
        CardLine(rows[one.payout_id], tuple(parts.get(one.payout_id, ())))
        for one in waiting
        if one.payout_id not in due_ids and not one.closed
    )
    first = rows[waiting[-1].payout_id]
    last = last_handout_of(session, person_id, office_id=till.office_id)
    elsewhere = expected_elsewhere(due, Place(till.opening_id, till.round_id))
    payees = payees_of(session, person_id)
    checks = tuple(_checks(first, lines, others))
    total = Money.sum(line.payout.amount for line in lines)
    return PersonCard(
        person_id=person_id,
        name=first.name,
        birth=figures.birth(first.birth_year, first.birth_month, first.birth_day),
        id_masked=identity.mask(first.id_number) if first.id_number else "",
        place=", ".join(part for part in (first.hamlet, first.commune) if part),
        kind=_kind(due, last, elsewhere, checks),
        lines=lines,
        other_lines=others,
        total=total,
        why_not=elsewhere or ("" if due else why_nothing(waiting)),
        checks=checks,
        payees=tuple(payees),
        last=last,
    )


def payees_of(session: Session, person_id: int) -> list[PayeeRow]:
    """Who is registered to collect for a person."""
    today = clock.today()
    return [
        PayeeRow(
            id=payee.id,
            kind=payee.kind,
            name=payee.name,
            relation=payee.relation,
            id_masked=identity.mask(payee.id_number) if payee.id_number else "",
            paper=payee.paper,
            valid_to=payee.valid_to,
            holds=in_force(payee.valid_from, payee.valid_to, today),
        )
        for payee in session.scalars(select(Payee).where(Payee.person_id == person_id).order_by(Payee.id))
    ]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One person of the queue: where he stands and how much it is altogether."""

    person_id: int
    name: str
    line: str
    amount: Money
    state: State


def queue(session: Session, till: TillRow, *, person_ids: Collection[int] | None = None) -> list[QueueRow]:
    """The people expected at the till's place, in roster order; or those of ``person_ids`` at this post office."""
    wanted = select(Payout.id).join(Period, Period.id == Payout.period_id).where(Period.office_id == till.office_id)
    if person_ids is not None:
        wanted = wanted.where(Payout.person_id.in_(list(person_ids)), Period.locked_at.is_(None))
    elif till.opening_id is not None:
        wanted = wanted.join(Seat, Seat.payout_id == Payout.id).where(Seat.opening_id == till.opening_id)
    elif till.round_id is not None:
        wanted = wanted.join(Stop, Stop.payout_id == Payout.id).where(Stop.round_id == till.round_id)
    else:
        return []
    people: dict[int, list[PayoutRow]] = {}
    ids = list(session.scalars(wanted))
    for start in range(0, len(ids), 500):
        for row in payouts(session, ids=ids[start : start + 500]):
            people.setdefault(row.person_id, []).append(row)
    return [_queue_row(rows) for rows in people.values()]


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
        select(Handout, Staff.name, Till).join(Staff, Staff.id == Handout.staff_id).join(Till).where(Handout.id == handout_id)
    ).first()
    if found is None:
        return None
    given, staff_name, its_till = found
    ids = list(session.scalars(select(HandoutLine.payout_id).where(HandoutLine.handout_id == handout_id)))
    rows = payouts(session, ids=ids)
    parts = components_of(session, ids)
    undo = session.scalars(
        select(Undo.state).where(Undo.handout_id == handout_id).order_by(Undo.id.desc())
    ).first()
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
        place=_place(session, its_till)[0],
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
        UndoRow(undo.id, given.id, given.number, name, given.amount, undo.reason, undo.asked_by_id, asker, undo.asked_at)
        for undo, given, name, asker in session.execute(wanted)
    ]


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


def _checks(
    first: PayoutRow, lines: tuple[CardLine, ...], others: tuple[CardLine, ...]
) -> list[tuple[str, dict[str, str]]]:
    """What to look at before handing out, in reading order: a code and its facts; words stand in the template."""
    found: list[tuple[str, dict[str, str]]] = []
    if any(line.payout.state is State.HELD for line in others):
        found.append(("held", {}))
    if any(line.payout.channel is Channel.ACCOUNT for line in others):
        found.append(("account", {}))
    if not first.id_number:
        found.append(("no_id", {}))
    elif first.birth_year is None:
        found.append(("no_birth", {}))
    months = sorted({line.payout.month for line in lines})
    if len(months) > 1:
        found.append(("several_months", {"months": ", ".join(figures.month(month) for month in months)}))
    if any(line.payout.carried_from_id for line in lines):
        found.append(("carried", {}))
    if any(line.payout.state is State.MISSED for line in lines):
        found.append(("missed_before", {}))
    return found


def _kind(due: list[Waiting], last: HandoutSeen | None, elsewhere: str, checks: tuple[object, ...]) -> str:
    if not due:
        return "paid" if last else "refused"
    if elsewhere:
        return "refused"
    return "care" if checks else "pay"


def _queue_row(rows: list[PayoutRow]) -> QueueRow:
    first = rows[0]
    open_ones = [row for row in rows if row.state in (State.DUE, State.MISSED)]
    shown = open_ones or rows
    born = figures.birth(first.birth_year, None, None)
    line = " · ".join(part for part in (born, first.hamlet, first.commune) if part)
    return QueueRow(first.person_id, first.name, line, Money.sum(row.amount for row in shown), shown[0].state)


def _till_row(session: Session, till: Till) -> TillRow:
    place, month = _place(session, till)
    done = session.scalar(
        select(func.count()).where(
            Handout.till_id == till.id,
            Handout.id.not_in(select(Undo.handout_id).where(Undo.state == UndoState.CONFIRMED)),
        )
    )
    return TillRow(
        id=till.id,
        office_id=till.office_id,
        staff_id=till.staff_id,
        staff_name=session.scalar(select(Staff.name).where(Staff.id == till.staff_id)) or "",
        opening_id=till.opening_id,
        round_id=till.round_id,
        place=place,
        month=month,
        state=till.state,
        left=balance(session, accounts.till(till.id)),
        done=done or 0,
        expected=_expected(session, till),
        opened_at=till.opened_at,
        closed_at=till.closed_at,
        counted=till.counted,
        difference=till.difference,
        difference_note=till.difference_note,
    )


def _place(session: Session, till: Till) -> tuple[str, Month | None]:
    if till.opening_id is not None:
        found = session.execute(
            select(Point.name, Opening.month).join(Point, Point.id == Opening.point_id).where(Opening.id == till.opening_id)
        ).one()
        return found[0], found[1]
    if till.round_id is not None:
        return "Chi trả tại nhà", session.scalar(select(Round.month).where(Round.id == till.round_id))
    return "Quầy bưu cục", None


def _expected(session: Session, till: Till) -> int:
    people = func.count(Payout.person_id.distinct())
    if till.opening_id is not None:
        wanted = select(people).join(Seat, Seat.payout_id == Payout.id).where(Seat.opening_id == till.opening_id)
    elif till.round_id is not None:
        wanted = select(people).join(Stop, Stop.payout_id == Payout.id).where(Stop.round_id == till.round_id)
    else:
        return 0
    return session.scalar(wanted) or 0
