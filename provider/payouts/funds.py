"""The agency's money: received for a period on our deposit account."""

import datetime as dt

from sqlalchemy.orm import Session

from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.db import lock_row
from provider.errors import Missing
from provider.ledger import accounts
from provider.ledger.models import Entry, EntryKind
from provider.ledger.service import book
from provider.money import Money
from provider.payouts.models import Period
from provider.payouts.service import refuse_locked


def receive_funds(session: Session, period_id: int, amount: Money, *, document: str, on: dt.date, by: Actor) -> Entry:
    """Book money of the agency that reached the deposit account for one period: how much (đồng), by which document."""
    period: Period | None = lock_row(session, Period, period_id)
    if period is None:
        raise Missing()
    refuse_locked(period)
    entry = book(
        session,
        EntryKind.RECEIVED,
        amount,
        source=accounts.agency(period.agency_id),
        target=accounts.deposit(period.office_id),
        period_id=period.id,
        document=document,
        on=on,
        by=by,
    )
    note(
        session,
        DeedKind.FUNDS_RECEIVED,
        by=by,
        about=f"period:{period.id}",
        amount=amount.dong,
        document=document,
        on=on.isoformat(),
    )
    return entry
