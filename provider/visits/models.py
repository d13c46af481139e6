"""Rounds of home visits and their stops."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from provider.clock import Month
from provider.db import Base, Id, MonthColumn, word_enum


class RoundState(StrEnum):
    """Where a round stands."""

    PLANNED = "planned"
    CLOSED = "closed"


class Round(Base):
    """One courier, one day, the doors to visit."""

    __tablename__ = "round"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    month: Mapped[Month] = mapped_column(MonthColumn)
    office_id: Mapped[int] = mapped_column(Id, ForeignKey("post_office.id"))
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    on: Mapped[dt.date] = mapped_column(Date)
    state: Mapped[RoundState] = mapped_column(word_enum(RoundState, "state"), default=RoundState.PLANNED)

    __table_args__ = (Index("ix_round_month", "month", "office_id"),)


class Stop(Base):
    """A payout to be brought home on a round; at most one round per payout."""

    __tablename__ = "stop"

    payout_id: Mapped[int] = mapped_column(Id, ForeignKey("payout.id"), primary_key=True, autoincrement=False)
    round_id: Mapped[int] = mapped_column(Id, ForeignKey("round.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(String(200), default="")
