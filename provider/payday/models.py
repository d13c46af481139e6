"""Slips, tills, hand-outs and undos."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from provider.clock import Month
from provider.db import Base, Id, Moment, MoneyColumn, MonthColumn, word_enum
from provider.money import Money
from provider.recipients.rules import PayeeKind


class Slip(Base):
    """The notice to collect of one person for one agency's month: all allowances together, one code for ever."""

    __tablename__ = "slip"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    """8 random bytes as hex: what the QR carries, signed."""
    short: Mapped[str] = mapped_column(String(9), index=True)
    """The code under the QR, for typing: "XR8V PG8T"."""
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"))
    agency_id: Mapped[int] = mapped_column(Id, ForeignKey("agency.id"))
    month: Mapped[Month] = mapped_column(MonthColumn)
    copies: Mapped[int] = mapped_column(Integer, default=0)
    printed_at: Mapped[dt.datetime | None] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("person_id", "agency_id", "month", name="uq_slip_one_per_month"),
        UniqueConstraint("agency_id", "month", "short", name="uq_slip_short"),
    )


class TillState(StrEnum):
    """Where a till stands."""

    OPEN = "open"
    CLOSED = "closed"


class Till(Base):
    """The cash one payer answers for: at an opening, at the counter, or on a round."""

    __tablename__ = "till"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    office_id: Mapped[int] = mapped_column(Id, ForeignKey("post_office.id"))
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    opening_id: Mapped[int | None] = mapped_column(Id, ForeignKey("opening.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(Id, ForeignKey("round.id"), index=True)
    state: Mapped[TillState] = mapped_column(word_enum(TillState, "state"), default=TillState.OPEN)
    opened_at: Mapped[dt.datetime] = mapped_column(Moment)
    opened_by_id: Mapped[int | None] = mapped_column(Id)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    counted: Mapped[Money | None] = mapped_column(MoneyColumn)
    """What the payer counted, blind, at closing; the difference to the book is a question, never a debt by itself."""
    difference: Mapped[Money | None] = mapped_column(MoneyColumn)
    difference_note: Mapped[str] = mapped_column(String(400), default="")

    __table_args__ = (
        CheckConstraint("opening_id IS NULL OR round_id IS NULL", name="one_place"),
        CheckConstraint("state = 'open' OR (closed_at IS NOT NULL AND counted IS NOT NULL)", name="closed_is_counted"),
        Index(
            "uq_till_one_open_per_payer",
            "staff_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )


class AdvanceState(StrEnum):
    """Where an advance stands."""

    ISSUED = "issued"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


class Advance(Base):
    """Cash prepared by the cashier for one payer; it becomes the payer's till when he has counted and taken it."""

    __tablename__ = "advance"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    office_id: Mapped[int] = mapped_column(Id, ForeignKey("post_office.id"))
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"), index=True)
    opening_id: Mapped[int | None] = mapped_column(Id, ForeignKey("opening.id"))
    round_id: Mapped[int | None] = mapped_column(Id, ForeignKey("round.id"))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    state: Mapped[AdvanceState] = mapped_column(word_enum(AdvanceState, "state"), default=AdvanceState.ISSUED)
    issued_at: Mapped[dt.datetime] = mapped_column(Moment)
    issued_by_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    accepted_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    till_id: Mapped[int | None] = mapped_column(Id, ForeignKey("till.id"))

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("issued_by_id <> staff_id", name="two_people"),
        CheckConstraint("opening_id IS NULL OR round_id IS NULL", name="one_place"),
        CheckConstraint("(state = 'accepted') = (till_id IS NOT NULL)", name="accepted_into_a_till"),
    )


class Handout(Base):
    """Money put into a hand: all payable allowances of one person at once; its number stands on the receipt."""

    __tablename__ = "handout"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    """8 random bytes as hex: what the receipt's QR carries, signed."""
    till_id: Mapped[int] = mapped_column(Id, ForeignKey("till.id"), index=True)
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    collector: Mapped[PayeeKind] = mapped_column(word_enum(PayeeKind, "collector"))
    collector_name: Mapped[str] = mapped_column(String(160), default="")
    collector_id_number: Mapped[str] = mapped_column(String(20), default="")
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    month: Mapped[Month] = mapped_column(MonthColumn)
    at: Mapped[dt.datetime] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("collector = 'self' OR collector_name <> ''", name="representative_is_named"),
    )


class HandoutLine(Base):
    """One payout in a hand-out, with the entry of the cash book that paid it."""

    __tablename__ = "handout_line"

    handout_id: Mapped[int] = mapped_column(Id, ForeignKey("handout.id"), primary_key=True)
    payout_id: Mapped[int] = mapped_column(Id, ForeignKey("payout.id"), primary_key=True, index=True)
    entry_id: Mapped[int] = mapped_column(Id, ForeignKey("entry.id"), unique=True)


class UndoState(StrEnum):
    """Where a wish to undo stands."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Undo(Base):
    """A wish to undo a hand-out, by one person, answered by another; the money goes back by a reversal."""

    __tablename__ = "undo"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    handout_id: Mapped[int] = mapped_column(Id, ForeignKey("handout.id"))
    state: Mapped[UndoState] = mapped_column(word_enum(UndoState, "state"), default=UndoState.ASKED)
    reason: Mapped[str] = mapped_column(String(300))
    asked_at: Mapped[dt.datetime] = mapped_column(Moment)
    asked_by_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))

    __table_args__ = (
        CheckConstraint("answered_by_id IS NULL OR answered_by_id <> asked_by_id", name="answered_by_another"),
        CheckConstraint("state = 'asked' OR answered_by_id IS NOT NULL", name="answered_by_somebody"),
        CheckConstraint("reason <> ''", name="reason_given"),
        Index(
            "uq_undo_one_live",
            "handout_id",
            unique=True,
            sqlite_where=text("state <> 'declined'"),
            postgresql_where=text("state <> 'declined'"),
        ),
    )
