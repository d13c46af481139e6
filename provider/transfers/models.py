"""Batches of account transfers and their lines."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from provider.clock import Month
from provider.db import Base, Id, Moment, MoneyColumn, MonthColumn, word_enum
from provider.money import Money


class BatchState(StrEnum):
    """Where a batch stands."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    SENT = "sent"
    ANSWERED = "answered"


class LineState(StrEnum):
    """What the bank did with a line; cancelled with its batch, it never saw it."""

    WAITING = "waiting"
    CANCELLED = "cancelled"
    PAID = "paid"
    FAILED = "failed"


class Batch(Base):
    """Transfers of one agency's month that go to the bank together: built by one person, released by another."""

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    agency_id: Mapped[int] = mapped_column(Id, ForeignKey("agency.id"))
    office_id: Mapped[int] = mapped_column(Id, ForeignKey("post_office.id"))
    month: Mapped[Month] = mapped_column(MonthColumn)
    state: Mapped[BatchState] = mapped_column(word_enum(BatchState, "state"), default=BatchState.DRAFT)
    count: Mapped[int] = mapped_column(Integer)
    total: Mapped[Money] = mapped_column(MoneyColumn)
    built_at: Mapped[dt.datetime] = mapped_column(Moment)
    built_by_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    released_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    released_by_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    bank_reference: Mapped[str] = mapped_column(String(60), default="")

    __table_args__ = (
        CheckConstraint("released_by_id IS NULL OR released_by_id <> built_by_id", name="released_by_another"),
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR released_by_id IS NOT NULL", name="sent_only_when_released"
        ),
        Index("ix_batch_month", "month", "agency_id"),
    )


class Line(Base):
    """One payout in a batch, its account frozen. A payout stands in at most one line that waits or was paid."""

    __tablename__ = "transfer_line"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    batch_id: Mapped[int] = mapped_column(Id, ForeignKey("batch.id"), index=True)
    payout_id: Mapped[int] = mapped_column(Id, ForeignKey("payout.id"))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    bank: Mapped[str] = mapped_column(String(80))
    bank_bin: Mapped[str] = mapped_column(String(8))
    account_no: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(String(160))
    state: Mapped[LineState] = mapped_column(word_enum(LineState, "state"), default=LineState.WAITING)
    reason: Mapped[str] = mapped_column(String(200), default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(Moment)

    __table_args__ = (
        Index(
            "uq_transfer_line_one_live",
            "payout_id",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'paid')"),
            postgresql_where=text("state IN ('waiting', 'paid')"),
        ),
    )
