"""What the phone and the counter show: the queue of a till, and one person's card."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider import clock, figures, identity
from provider.money import Money
from provider.payday.rules import Place, Waiting, expected_elsewhere, payable_now, why_nothing
from provider.payday.tills import TillRow
from provider.payday.waiting import HandoutSeen, last_handout_of, waiting_of
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout, Period
from provider.payouts.queries import ComponentRow, PayoutRow, components_of, payouts
from provider.points.models import Seat
from provider.recipients.models import Payee
from provider.recipients.rules import PayeeKind, in_force
from provider.visits.models import Stop


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
