"""The cash book's one table."""

import datetime as dt
from enum import StrEnum
from typing import Final

from sqlalchemy import CheckConstraint, Date, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from provider.db import Base, Id, Moment, MoneyColumn, word_enum
from provider.errors import N_
from provider.money import Money


class EntryKind(StrEnum):
    """Why money moved."""

    RECEIVED = "received"
    """The agency's money reached our deposit account."""
    WITHDRAWN = "withdrawn"
    """Cash drawn from the deposit account into the safe."""
    ADVANCE = "advance"
    """From the safe to a payer's till."""
    HAND_BACK = "hand_back"
    """From a till back to the safe."""
    BANKED = "banked"
    """Cash left in the safe, paid back into the deposit account."""
    SENT = "sent"
    """Handed to the bank in a batch."""
    BOUNCED = "bounced"
    """Came back from the bank: closed account, wrong name."""
    PAYMENT = "payment"
    """Reached the person it was meant for."""
    RETURNED = "returned"
    """Given back to the agency."""
    CARRIED = "carried"
    """Taken over into the next period."""

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _KINDS[self]


_KINDS: Final = {
    EntryKind.RECEIVED: N_("Nhận kinh phí"),
    EntryKind.WITHDRAWN: N_("Rút tiền mặt về két"),
    EntryKind.ADVANCE: N_("Tạm ứng"),
    EntryKind.HAND_BACK: N_("Nộp lại két"),
    EntryKind.BANKED: N_("Nộp tiền vào tài khoản"),
    EntryKind.SENT: N_("Gửi ngân hàng"),
    EntryKind.BOUNCED: N_("Ngân hàng trả về"),
    EntryKind.PAYMENT: N_("Chi trả"),
    EntryKind.RETURNED: N_("Hoàn trả cơ quan"),
    EntryKind.CARRIED: N_("Chuyển kỳ sau"),
}


class Entry(Base):
    """One movement of money. ``attempt`` counts the payments of a payout: 1, and one more after each reversal."""

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    on: Mapped[dt.date] = mapped_column(Date)
    kind: Mapped[EntryKind] = mapped_column(word_enum(EntryKind, "kind"))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    from_account: Mapped[str] = mapped_column(String(40))
    to_account: Mapped[str] = mapped_column(String(40))
    period_id: Mapped[int | None] = mapped_column(Id)
    payout_id: Mapped[int | None] = mapped_column(Id)
    attempt: Mapped[int | None] = mapped_column(SmallInteger)
    document: Mapped[str] = mapped_column(String(40), default="")
    reverses_id: Mapped[int | None] = mapped_column(Id)
    by_staff_id: Mapped[int | None] = mapped_column(Id)

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("from_account <> to_account", name="moves_somewhere"),
        CheckConstraint(
            "kind <> 'payment' OR reverses_id IS NOT NULL"
            " OR (payout_id IS NOT NULL AND attempt >= 1 AND period_id IS NOT NULL AND to_account LIKE 'recipient:%')",
            name="payment_names_its_payout",
        ),
        UniqueConstraint("reverses_id", name="uq_entry_reversed_once"),
        UniqueConstraint("payout_id", "attempt", name="uq_entry_paid_once"),
        Index("ix_entry_from_account", "from_account"),
        Index("ix_entry_to_account", "to_account"),
        Index("ix_entry_period", "period_id", "kind"),
        Index("ix_entry_payout", "payout_id"),
    )
