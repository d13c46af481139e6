"""Settlements and the papers issued with them: frozen, numbered, hashed."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from provider.clock import Month
from provider.db import Base, Id, Moment, MoneyColumn, MonthColumn, word_enum
from provider.money import Money


class SettlementState(StrEnum):
    """Drawn up by one person, confirmed by another; from then on nothing of it changes."""

    DRAWN_UP = "drawn_up"
    CONFIRMED = "confirmed"


class Settlement(Base):
    """The account of one agency's month over all its programmes. A correction is a new version, never an edit."""

    __tablename__ = "settlement"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    agency_id: Mapped[int] = mapped_column(Id, ForeignKey("agency.id"))
    office_id: Mapped[int] = mapped_column(Id, ForeignKey("post_office.id"))
    month: Mapped[Month] = mapped_column(MonthColumn)
    version: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    state: Mapped[SettlementState] = mapped_column(word_enum(SettlementState, "state"))
    content: Mapped[str] = mapped_column(Text, deferred=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(16), unique=True)
    head_deed_id: Mapped[int] = mapped_column(Id)
    head_hash: Mapped[str] = mapped_column(String(64))
    paid: Mapped[Money] = mapped_column(MoneyColumn)
    fee: Mapped[Money] = mapped_column(MoneyColumn)
    drawn_up_at: Mapped[dt.datetime] = mapped_column(Moment)
    drawn_up_by_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    confirmed_by_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))

    __table_args__ = (
        UniqueConstraint("agency_id", "month", "version", name="uq_settlement_version"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> drawn_up_by_id", name="confirmed_by_another"),
        CheckConstraint("(state = 'confirmed') = (confirmed_by_id IS NOT NULL)", name="confirmed_by_somebody"),
    )


class Paper(Base):
    """A paper as it was issued: its bytes and their hash."""

    __tablename__ = "paper"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    settlement_id: Mapped[int] = mapped_column(Id, ForeignKey("settlement.id"))
    kind: Mapped[str] = mapped_column(String(24))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[dt.datetime] = mapped_column(Moment)

    __table_args__ = (UniqueConstraint("settlement_id", "kind", name="uq_paper_kind"),)
