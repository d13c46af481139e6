"""Payouts that shall reach an account: which of them may enter a batch now, and why the others may not."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from provider import clock
from provider.clock import Month
from provider.money import Money
from provider.payouts.lifecycle import PAYABLE, Channel
from provider.payouts.models import Payout, Period
from provider.places.models import AdminUnit
from provider.recipients.models import Payee, PayWay, Person
from provider.recipients.rules import Way, in_force
from provider.staff.rules import Scope
from provider.transfers.banks import bank_of
from provider.transfers.models import Line, LineState
from provider.transfers.rules import AccountFacts, StayOut, account_tail, account_written, may_enter

LIVE = (LineState.WAITING, LineState.PAID)
"""A payout stands in at most one line of these states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A payout of the account channel that waits: the account as it would be written to the bank, or why it may not
    enter (``stays_out``)."""

    payout_id: int
    period_id: int
    agency_id: int
    office_id: int
    programme: str
    person_id: int
    name: str
    commune: str
    amount: Money
    bank: str
    bank_bin: str
    account_no: str
    holder: str
    stays_out: StayOut | None

    @property
    def account_tail(self) -> str:
        """The end of the account, for tables that many may see."""
        return account_tail(self.account_no) if self.account_no else ""


@dataclass(frozen=True, slots=True)
class _Account:
    bank: str
    account_no: str
    holder: str


def candidates(
    session: Session,
    scope: Scope,
    *,
    month: Month,
    agency_id: int | None = None,
    office_id: int | None = None,
    payout_ids: Collection[int] | None = None,
) -> list[Candidate]:
    """Payouts of the account channel that may be paid, in the order of the list: those in no live line, or with
    ``payout_ids`` these wherever they stand, locked.

    Ways and representatives count as they are today, or on the first day of the payout window if that is later.
    """
    wanted = (
        select(Payout, Period, Person, func.coalesce(AdminUnit.name, ""))
        .join(Period, Period.id == Payout.period_id)
        .join(Person, Person.id == Payout.person_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
        .where(
            Period.month == month,
            Period.cut_off_at.is_(None),
            Period.locked_at.is_(None),
            Payout.channel == Channel.ACCOUNT,
            Payout.state.in_(PAYABLE),
        )
        .order_by(Period.agency_id, Period.office_id, Period.programme, Payout.line_no, Payout.id)
    )
    if payout_ids is not None:
        wanted = wanted.with_for_update(of=Payout)
    else:
        wanted = wanted.where(~exists().where(Line.payout_id == Payout.id, Line.state.in_(LIVE)))
    if agency_id is not None:
        wanted = wanted.where(Period.agency_id == agency_id)
    if office_id is not None:
        wanted = wanted.where(Period.office_id == office_id)
    rows = session.execute(scope.limit(wanted, office=Period.office_id, agency=Period.agency_id)).all()
    chosen = None if payout_ids is None else set(payout_ids)
    rows = [row for row in rows if chosen is None or row[0].id in chosen]
    people = sorted({person.id for _payout, _period, person, _commune in rows})
    ways, payees = _ways(session, people), _payees(session, people)
    today = clock.today()
    return [
        _candidate(payout, period, person, commune, ways, payees, max(today, period.window_from))
        for payout, period, person, commune in rows
    ]


def _candidate(
    payout: Payout,
    period: Period,
    person: Person,
    commune: str,
    ways: dict[int, list[PayWay]],
    payees: dict[int, list[Payee]],
    on: dt.date,
) -> Candidate:
    own = [way for way in ways.get(person.id, []) if in_force(way.valid_from, way.valid_to, on)]
    account = _Account(own[-1].bank, own[-1].account_no, own[-1].holder) if own else _Account("", "", "")
    named = tuple(one.name for one in payees.get(person.id, []) if in_force(one.valid_from, one.valid_to, on))
    bank = bank_of(account.bank)
    is_wallet = bank is not None and bank.is_wallet
    facts = AccountFacts(
        name=person.name,
        account_no=account.account_no,
        bank_is_known=bank is not None,
        is_wallet=is_wallet,
        holder=account.holder,
        representatives=named,
        is_deceased=person.deceased_on is not None,
    )
    return Candidate(
        payout_id=payout.id,
        period_id=period.id,
        agency_id=period.agency_id,
        office_id=period.office_id,
        programme=period.programme,
        person_id=person.id,
        name=person.name,
        commune=commune,
        amount=payout.amount,
        bank=bank.name if bank else account.bank,
        bank_bin=bank.bin if bank else "",
        account_no=account_written(account.account_no, is_wallet=is_wallet) or account.account_no,
        holder=account.holder or person.name,
        stays_out=may_enter(facts),
    )


def _ways(session: Session, people: list[int]) -> dict[int, list[PayWay]]:
    found: dict[int, list[PayWay]] = {}
    for start in range(0, len(people), 500):
        some = PayWay.person_id.in_(people[start : start + 500])
        for way in session.scalars(
            select(PayWay).where(some, PayWay.channel == Way.ACCOUNT).order_by(PayWay.valid_from, PayWay.id)
        ):
            found.setdefault(way.person_id, []).append(way)
    return found


def _payees(session: Session, people: list[int]) -> dict[int, list[Payee]]:
    found: dict[int, list[Payee]] = {}
    for start in range(0, len(people), 500):
        for payee in session.scalars(select(Payee).where(Payee.person_id.in_(people[start : start + 500]))):
            found.setdefault(payee.person_id, []).append(payee)
    return found
