"""The one card that a payer reads before handing out."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider import clock, figures, identity
from provider.money import Money
from provider.payday.labels import note_of
from provider.payday.rules import (
    Place,
    Standing,
    Waiting,
    expected_elsewhere,
    is_of_newest_month,
    payable_now,
    standing_of,
    why_nothing,
)
from provider.payday.tills import TillRow
from provider.payday.waiting import HandoutSeen, last_handout_of, waiting_of
from provider.payouts.lifecycle import OPEN, Channel, State
from provider.payouts.models import ComponentKind
from provider.payouts.queries import ComponentRow, PayoutRow, components_of, payouts
from provider.recipients.models import Payee, Person
from provider.recipients.rules import PayeeKind


@dataclass(frozen=True, slots=True)
class CardLine:
    """One payout on a card, with what it is made of."""

    payout: PayoutRow
    parts: tuple[ComponentRow, ...]

    @property
    def note(self) -> str:
        """What is in it beside the allowance: "gồm truy lĩnh 1.080.000"."""
        return note_of(self.parts)


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
    standing: Standing


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
    elsewhere: str
    why_not: str
    died_on: dt.date | None
    checks: tuple[tuple[str, dict[str, str]], ...]
    remarks: tuple[str, ...]
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
    if last and not is_of_newest_month(last.month, waiting):
        last = None
    elsewhere = expected_elsewhere(due, Place(till.opening_id, till.round_id))
    payees = payees_of(session, person_id)
    died_on = session.scalar(select(Person.deceased_on).where(Person.id == person_id))
    checks = tuple(_checks(first, lines, died_on))
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
        elsewhere=elsewhere,
        why_not="" if due else why_nothing(waiting),
        died_on=died_on,
        checks=checks,
        remarks=tuple(_remarks(lines, others)),
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
            standing=standing_of(payee.valid_from, payee.valid_to, today),
        )
        for payee in session.scalars(select(Payee).where(Payee.person_id == person_id).order_by(Payee.id))
    ]


def _checks(first: PayoutRow, lines: tuple[CardLine, ...], died_on: dt.date | None) -> list[tuple[str, dict[str, str]]]:
    """What must be ticked before handing out, in reading order: a code and its facts; words stand in the template."""
    found: list[tuple[str, dict[str, str]]] = []
    if died_on is not None:
        found.append(("died", {"on": figures.day(died_on)}))
    if not first.id_number:
        found.append(("no_id", {}))
    if first.birth_year is None:
        found.append(("no_birth", {}))
    months = sorted({line.payout.month for line in lines})
    if len(months) > 1:
        found.append(("several_months", {"months": ", ".join(figures.month(month) for month in months)}))
    if arrears := Money.sum(part.amount for line in lines for part in line.parts if part.kind is ComponentKind.ARREARS):
        found.append(("arrears", {"amount": figures.dong(arrears)}))
    return found


def _remarks(lines: tuple[CardLine, ...], others: tuple[CardLine, ...]) -> list[str]:
    """What is good to know and stops nobody, as codes."""
    found = []
    if any(line.payout.state is State.HELD for line in others):
        found.append("held")
    if any(line.payout.channel is Channel.ACCOUNT and line.payout.state in OPEN for line in others):
        found.append("account")
    if any(line.payout.carried_from_id for line in lines):
        found.append("carried")
    if any(line.payout.state is State.MISSED for line in lines):
        found.append("missed_before")
    return found


def _kind(due: list[Waiting], last: HandoutSeen | None, elsewhere: str, checks: tuple[object, ...]) -> str:
    if not due:
        return "paid" if last else "refused"
    if elsewhere:
        return "refused"
    return "care" if checks else "pay"
