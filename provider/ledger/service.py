"""The only ways into the cash book."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from provider import clock
from provider.audit.actor import Actor
from provider.errors import N_, Refusal
from provider.figures import dong
from provider.ledger.models import Entry, EntryKind
from provider.ledger.queries import balance
from provider.money import Money


class NotEnoughMoney(Refusal):
    """An account would go below zero."""

    code = "not_enough_money"
    sentence = N_("Không đủ tiền: cần %(needed)s, hiện còn %(left)s.")

    @classmethod
    def of(cls, *, needed: Money, left: Money) -> "NotEnoughMoney":
        """The refusal with its two amounts written out."""
        return cls(needed=dong(needed), left=dong(left))


class AlreadyReversed(Refusal):
    """An entry is undone at most once."""

    code = "already_reversed"
    sentence = N_("Bút toán này đã được hủy trước đó.")


def book(
    session: Session,
    kind: EntryKind,
    amount: Money,
    *,
    source: str,
    target: str,
    by: Actor,
    period_id: int | None = None,
    payout_id: int | None = None,
    document: str = "",
    on: dt.date | None = None,
    covered: bool = True,
) -> Entry:
    """Move ``amount`` đồng from ``source`` to ``target``.

    With ``covered`` the source must hold that much (an agency is the exception: money comes from outside). The
    database refuses a second payment of the same payout, whatever the code does. Raises NotEnoughMoney.
    """
    if covered and not source.startswith("agency:"):
        left = balance(session, source)
        if left < amount:
            raise NotEnoughMoney.of(needed=amount, left=left)
    entry = Entry(
        at=clock.now(),
        on=on or clock.today(),
        kind=kind,
        amount=amount,
        from_account=source,
        to_account=target,
        period_id=period_id,
        payout_id=payout_id,
        attempt=_next_attempt(session, payout_id) if kind is EntryKind.PAYMENT and payout_id else None,
        document=document,
        by_staff_id=by.staff_id,
    )
    session.add(entry)
    session.flush()
    return entry


def book_payments(
    session: Session,
    payments: Sequence[tuple[int, int, Money]],
    *,
    source: str,
    target: str,
    by: Actor,
    document: str = "",
) -> None:
    """Book many first payments at once: (payout, period, amount). The database's guards hold for each of them."""
    at, on = clock.now(), clock.today()
    rows = [
        {
            "at": at,
            "on": on,
            "kind": EntryKind.PAYMENT,
            "amount": amount,
            "from_account": source,
            "to_account": target,
            "period_id": period_id,
            "payout_id": payout_id,
            "attempt": _next_attempt(session, payout_id),
            "document": document,
            "by_staff_id": by.staff_id,
        }
        for payout_id, period_id, amount in payments
    ]
    if rows:
        session.execute(insert(Entry), rows)


def reverse(session: Session, entry: Entry, *, by: Actor, document: str = "") -> Entry:
    """Undo an entry by its mirror image. Raises AlreadyReversed; the database refuses it too."""
    if session.scalar(select(Entry.id).where(Entry.reverses_id == entry.id)):
        raise AlreadyReversed()
    mirror = Entry(
        at=clock.now(),
        on=clock.today(),
        kind=entry.kind,
        amount=entry.amount,
        from_account=entry.to_account,
        to_account=entry.from_account,
        period_id=entry.period_id,
        payout_id=entry.payout_id,
        document=document,
        reverses_id=entry.id,
        by_staff_id=by.staff_id,
    )
    session.add(mirror)
    session.flush()
    return mirror


def _next_attempt(session: Session, payout_id: int) -> int:
    paid = select(func.count()).where(
        Entry.payout_id == payout_id, Entry.kind == EntryKind.PAYMENT, Entry.reverses_id.is_(None)
    )
    return 1 + (session.scalar(paid) or 0)
