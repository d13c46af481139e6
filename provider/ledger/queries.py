"""What the cash book tells: balances, statements, sums."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session, aliased

from provider.ledger.models import Entry, EntryKind
from provider.money import Money


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One movement, ready to be shown."""

    id: int
    at: dt.datetime
    on: dt.date
    kind: EntryKind
    amount: Money
    from_account: str
    to_account: str
    period_id: int | None
    payout_id: int | None
    document: str
    reverses_id: int | None


def balance(session: Session, account: str) -> Money:
    """What is in an account now, in đồng."""
    moved = func.sum(case((Entry.to_account == account, Entry.amount), else_=-Entry.amount))
    found = session.scalar(select(moved).where(or_(Entry.from_account == account, Entry.to_account == account)))
    return found if isinstance(found, Money) else Money(int(found or 0))


def balances(session: Session, accounts: Collection[str]) -> dict[str, Money]:
    """What is in each of these accounts now, in đồng; in two statements however many there are."""
    sums = dict.fromkeys(accounts, Money(0))
    for column, sign in ((Entry.to_account, 1), (Entry.from_account, -1)):
        moved = select(column, func.sum(Entry.amount)).where(column.in_(list(sums))).group_by(column)
        for account, amount in session.execute(moved):
            sums[account] += (amount if isinstance(amount, Money) else Money(int(amount))) * sign
    return sums


def statement(session: Session, account: str) -> list[EntryRow]:
    """Every movement that touched an account, in order: nobody's till is changed behind his back."""
    touched = select(Entry).where(or_(Entry.from_account == account, Entry.to_account == account)).order_by(Entry.id)
    return [_row(entry) for entry in session.scalars(touched)]


def entries_of_payout(session: Session, payout_id: int) -> list[EntryRow]:
    """Every movement of one payout's money, in order."""
    moved = select(Entry).where(Entry.payout_id == payout_id).order_by(Entry.id)
    return [_row(entry) for entry in session.scalars(moved)]


def standing_payment(session: Session, payout_id: int) -> Entry | None:
    """The payment of a payout that has not been reversed, if there is one."""
    reversal = aliased(Entry)
    found = (
        select(Entry)
        .outerjoin(reversal, reversal.reverses_id == Entry.id)
        .where(
            Entry.payout_id == payout_id,
            Entry.kind == EntryKind.PAYMENT,
            Entry.reverses_id.is_(None),
            reversal.id.is_(None),
        )
    )
    return session.scalars(found).first()


def sums_of_periods(session: Session, period_ids: Iterable[int]) -> dict[tuple[EntryKind, str, str], Money]:
    """Sums by kind and kind of place ("agency", "recipient:cash"…) over periods, reversals taken off."""
    rows = session.execute(
        select(
            Entry.kind,
            Entry.from_account,
            Entry.to_account,
            Entry.reverses_id.is_not(None).label("undone"),
            func.sum(Entry.amount),
        )
        .where(Entry.period_id.in_(list(period_ids)))
        .group_by(Entry.kind, Entry.from_account, Entry.to_account, "undone")
    )
    sums: dict[tuple[EntryKind, str, str], Money] = {}
    for kind, source, target, undone, amount in rows:
        dong = amount if isinstance(amount, Money) else Money(int(amount))
        key = (kind, target, source) if undone else (kind, source, target)
        sums[key] = sums.get(key, Money(0)) + (-dong if undone else dong)
    return sums


def _row(entry: Entry) -> EntryRow:
    return EntryRow(
        entry.id,
        entry.at,
        entry.on,
        entry.kind,
        entry.amount,
        entry.from_account,
        entry.to_account,
        entry.period_id,
        entry.payout_id,
        entry.document,
        entry.reverses_id,
    )
