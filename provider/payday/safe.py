"""The cashier's side: cash drawn into the safe, advances prepared for payers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider import clock
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.db import lock_row
from provider.errors import Missing
from provider.ledger import accounts
from provider.ledger.models import Entry, EntryKind
from provider.ledger.queries import balance
from provider.ledger.service import NotEnoughMoney, book
from provider.money import Money
from provider.payday.models import Advance, AdvanceState
from provider.payday.refusals import AdvanceGone, AdvanceToOneself
from provider.places.models import PostOffice


def withdraw(session: Session, office_id: int, amount: Money, *, document: str, by: Actor) -> Entry:
    """Cash drawn from the deposit account into the safe of an office. Raises NotEnoughMoney."""
    return _move(session, office_id, EntryKind.WITHDRAWN, amount, document=document, by=by)


def bank(session: Session, office_id: int, amount: Money, *, document: str, by: Actor) -> Entry:
    """Cash of the safe paid back into the deposit account. Raises NotEnoughMoney."""
    return _move(session, office_id, EntryKind.BANKED, amount, document=document, by=by)


def issue_advance(
    session: Session,
    *,
    office_id: int,
    staff_id: int,
    amount: Money,
    opening_id: int | None = None,
    round_id: int | None = None,
    by: Actor,
) -> Advance:
    """Prepare cash for a payer. It leaves the safe when he has counted and taken it (``till.open_till``).

    Raises AdvanceToOneself, NotEnoughMoney (advances that wait for their payer are already spoken for).
    """
    if by.staff_id is None or by.staff_id == staff_id:
        raise AdvanceToOneself()
    lock_row(session, PostOffice, office_id)
    left = balance(session, accounts.safe(office_id)) - waiting_advances(session, office_id)
    if left < amount:
        raise NotEnoughMoney.of(needed=amount, left=left)
    advance = Advance(
        office_id=office_id,
        staff_id=staff_id,
        opening_id=opening_id,
        round_id=round_id,
        amount=amount,
        state=AdvanceState.ISSUED,
        issued_at=clock.now(),
        issued_by_id=by.staff_id,
    )
    session.add(advance)
    session.flush()
    note(session, DeedKind.ADVANCE_ISSUED, by=by, about=f"advance:{advance.id}", staff=staff_id, amount=amount.dong)
    return advance


def cancel_advance(session: Session, advance_id: int, *, by: Actor) -> Advance:
    """Put an advance that nobody took back into the free cash of the safe. Raises Missing, AdvanceGone."""
    advance: Advance | None = lock_row(session, Advance, advance_id)
    if advance is None:
        raise Missing()
    if advance.state is not AdvanceState.ISSUED:
        raise AdvanceGone()
    advance.state = AdvanceState.CANCELLED
    session.flush()
    note(session, DeedKind.ADVANCE_CANCELLED, by=by, about=f"advance:{advance.id}", amount=advance.amount.dong)
    return advance


def waiting_advances(session: Session, office_id: int) -> Money:
    """What lies in the safe for payers who have not taken it yet, in đồng."""
    amounts = session.scalars(
        select(Advance.amount).where(Advance.office_id == office_id, Advance.state == AdvanceState.ISSUED)
    )
    return Money.sum(amounts)


def _move(session: Session, office_id: int, kind: EntryKind, amount: Money, *, document: str, by: Actor) -> Entry:
    if lock_row(session, PostOffice, office_id) is None:
        raise Missing()
    deposit, safe = accounts.deposit(office_id), accounts.safe(office_id)
    source, target = (deposit, safe) if kind is EntryKind.WITHDRAWN else (safe, deposit)
    entry = book(session, kind, amount, source=source, target=target, document=document, by=by)
    note(
        session,
        DeedKind.MONEY_BOOKED,
        by=by,
        about=f"office:{office_id}",
        kind=kind.value,
        amount=amount.dong,
        document=document,
    )
    return entry
