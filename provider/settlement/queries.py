"""What the settlement reads: the movements of a month in the cash book, what is unpaid, the settlements themselves."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from provider.agreements.queries import BenefitLabel, benefit_labels
from provider.agreements.rules import TariffChannel
from provider.clock import Month
from provider.ledger import accounts
from provider.ledger.models import Entry, EntryKind
from provider.money import Money
from provider.payouts.lifecycle import Channel
from provider.payouts.models import Payout, Period
from provider.payouts.queries import PayoutRow, payouts
from provider.places.models import AdminUnit
from provider.points.models import Opening, Seat
from provider.recipients.models import Person
from provider.settlement.closing import UNPAID
from provider.settlement.fees import CountedLine
from provider.settlement.models import Paper, Settlement, SettlementState
from provider.settlement.statement import Kind, Movement
from provider.staff.models import Staff

CHANNEL_OF = {accounts.CASH: Channel.CASH_POINT, accounts.HOME: Channel.HOME, accounts.ACCOUNT: Channel.ACCOUNT}
FEE_CHANNEL = {Channel.ACCOUNT: TariffChannel.OTHER_BANK.value}
"""Transfers go out from one account of ours; until batches know the bank, all count as another bank's."""
KIND_OF = {
    EntryKind.RECEIVED: Kind.RECEIVED,
    EntryKind.PAYMENT: Kind.PAID,
    EntryKind.RETURNED: Kind.RETURNED,
    EntryKind.CARRIED: Kind.CARRIED,
}


@dataclass(frozen=True, slots=True)
class Books:
    """A month as the cash book has it: what was brought over, and every movement that stands."""

    opening: Money
    movements: tuple[Movement, ...]
    counted: tuple[CountedLine, ...]


def books_of(session: Session, period_ids: Collection[int]) -> Books:
    """The movements of periods, payments that were undone left out, and the paid lines that the fee counts."""
    mirror = aliased(Entry)
    wanted = (
        select(Entry, Payout, Period.programme, Person.name, AdminUnit.name, Opening.point_id)
        .outerjoin(mirror, mirror.reverses_id == Entry.id)
        .join(Period, Period.id == Entry.period_id)
        .outerjoin(Payout, Payout.id == Entry.payout_id)
        .outerjoin(Person, Person.id == Payout.person_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
        .outerjoin(Seat, Seat.payout_id == Payout.id)
        .outerjoin(Opening, Opening.id == Seat.opening_id)
        .where(
            Entry.period_id.in_(list(period_ids)),
            Entry.kind.in_(list(KIND_OF)),
            Entry.reverses_id.is_(None),
            mirror.id.is_(None),
        )
        .order_by(Entry.id)
        .execution_options(yield_per=2000)
    )
    labels = benefit_labels(session)
    opening = Money(0)
    movements: list[Movement] = []
    counted: list[CountedLine] = []
    for entry, payout, programme, person, commune, point_id in session.execute(wanted):
        if entry.kind is EntryKind.CARRIED and entry.from_account.startswith("carried:"):
            opening += entry.amount
            continue
        channel = CHANNEL_OF.get(entry.to_account)
        movements.append(_movement(entry, payout, programme, person or "", commune or "", channel, labels))
        if channel is not None and payout is not None:
            label = labels.get(payout.benefit)
            counted.append(
                CountedLine(
                    payout=payout.id,
                    person=payout.person_id,
                    programme=programme,
                    channel=FEE_CHANNEL.get(channel, channel.value),
                    amount=entry.amount,
                    kind=label.kind.value if label else "monthly",
                    point=point_id,
                )
            )
    return Books(opening, tuple(movements), tuple(counted))


def unpaid(session: Session, period_ids: Collection[int]) -> list[PayoutRow]:
    """What a cut-off would find unpaid."""
    return payouts(session, period_ids=list(period_ids), states=UNPAID)


def months_in_a_row(session: Session, payout_ids: Collection[int]) -> dict[int, int]:
    """For how many months in a row each of these payouts was not collected: 1, and one more for each carrying over."""
    streaks = dict.fromkeys(payout_ids, 1)
    earlier = {number: number for number in payout_ids}
    while earlier:
        found: dict[int, int] = {}
        wanted = list(earlier)
        for start in range(0, len(wanted), 500):
            some = select(Payout.id, Payout.carried_from_id).where(Payout.id.in_(wanted[start : start + 500]))
            for number, before in session.execute(some):
                if before is not None:
                    found[before] = earlier[number]
                    streaks[earlier[number]] += 1
        earlier = found
    return streaks


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementRow:
    """One settlement with its names and the papers that are ready."""

    id: int
    agency_id: int
    office_id: int
    month: Month
    version: int
    number: str
    state: SettlementState
    content_hash: str
    code: str
    head_hash: str
    paid: Money
    fee: Money
    drawn_up_at: dt.datetime
    drawn_up_by_id: int
    drawn_up_by: str
    confirmed_at: dt.datetime | None
    confirmed_by: str
    papers: tuple[str, ...]


def settlements(
    session: Session, *, agency_id: int | None = None, month: Month | None = None, number: int | None = None
) -> list[SettlementRow]:
    """Settlements, newest first."""
    maker, checker = aliased(Staff), aliased(Staff)
    wanted = (
        select(Settlement, maker.name, checker.name)
        .join(maker, maker.id == Settlement.drawn_up_by_id)
        .outerjoin(checker, checker.id == Settlement.confirmed_by_id)
        .order_by(Settlement.id.desc())
    )
    for column, value in (
        (Settlement.agency_id, agency_id),
        (Settlement.month, month),
        (Settlement.id, number),
    ):
        if value is not None:
            wanted = wanted.where(column == value)
    rows = session.execute(wanted).all()
    ready: dict[int, list[str]] = {}
    for settlement_id, kind in session.execute(
        select(Paper.settlement_id, Paper.kind).where(Paper.settlement_id.in_([row[0].id for row in rows]))
    ):
        ready.setdefault(settlement_id, []).append(kind)
    return [
        SettlementRow(
            id=one.id,
            agency_id=one.agency_id,
            office_id=one.office_id,
            month=one.month,
            version=one.version,
            number=one.number,
            state=one.state,
            content_hash=one.content_hash,
            code=one.code,
            head_hash=one.head_hash,
            paid=one.paid,
            fee=one.fee,
            drawn_up_at=one.drawn_up_at,
            drawn_up_by_id=one.drawn_up_by_id,
            drawn_up_by=made_by,
            confirmed_at=one.confirmed_at,
            confirmed_by=checked_by or "",
            papers=tuple(sorted(ready.get(one.id, []))),
        )
        for one, made_by, checked_by in rows
    ]


def paper(session: Session, settlement_id: int, kind: str) -> bytes | None:
    """The bytes of a paper as it was issued."""
    return session.scalar(select(Paper.content).where(Paper.settlement_id == settlement_id, Paper.kind == kind))


def _movement(
    entry: Entry,
    payout: Payout | None,
    programme: str,
    person: str,
    commune: str,
    channel: Channel | None,
    labels: dict[str, BenefitLabel],
) -> Movement:
    kind = KIND_OF[entry.kind]
    if payout is None:
        return Movement(
            kind=kind,
            at=entry.at,
            reference=entry.document,
            amount=entry.amount,
            text=f"Nhận kinh phí {programme}",
            programme=programme,
        )
    label = labels.get(payout.benefit)
    return Movement(
        kind=kind,
        at=entry.at,
        reference=entry.document if kind is Kind.PAID else f"KC-{payout.id:06}",
        amount=entry.amount,
        text=person,
        payout=payout.id,
        person=payout.person_id,
        commune=commune or "Chưa rõ xã, phường",
        programme=programme,
        group=label.group if label else "Nhóm khác",
        channel=channel,
    )
