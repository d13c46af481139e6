"""Cash points, their openings, and who is expected at which."""

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Time,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from provider.clock import Month
from provider.db import Base, Id, Moment, MonthColumn, word_enum
from provider.points.rules import OpeningState


class Point(Base):
    """A place in a commune where people are paid in cash: a commune post point, a hamlet hall, a counter."""

    __tablename__ = "point"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    commune_id: Mapped[int] = mapped_column(Id, ForeignKey("admin_unit.id"), index=True)
    office_id: Mapped[int] = mapped_column(Id, ForeignKey("post_office.id"), index=True)
    address: Mapped[str] = mapped_column(String(240), default="")
    people_per_hour: Mapped[int] = mapped_column(Integer, default=60)
    closed_on: Mapped[dt.date | None] = mapped_column(Date)

    __table_args__ = (CheckConstraint("people_per_hour > 0", name="people_per_hour_positive"),)


class Opening(Base):
    """One point paying on one day, within hours, for the payouts of one month."""

    __tablename__ = "opening"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    month: Mapped[Month] = mapped_column(MonthColumn)
    point_id: Mapped[int] = mapped_column(Id, ForeignKey("point.id"))
    office_id: Mapped[int] = mapped_column(Id, ForeignKey("post_office.id"))
    on: Mapped[dt.date] = mapped_column(Date)
    from_time: Mapped[dt.time] = mapped_column(Time)
    to_time: Mapped[dt.time] = mapped_column(Time)
    state: Mapped[OpeningState] = mapped_column(word_enum(OpeningState, "state"), default=OpeningState.PLANNED)
    reason: Mapped[str] = mapped_column(String(200), default="")
    closed_at: Mapped[dt.datetime | None] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("from_time < to_time", name="hours_in_order"),
        Index("ix_opening_month", "month", "office_id"),
        Index("ix_opening_point", "point_id", "on"),
    )


class OpeningStaff(Base):
    """Who pays at an opening."""

    __tablename__ = "opening_staff"

    opening_id: Mapped[int] = mapped_column(Id, ForeignKey("opening.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"), primary_key=True)


class Seat(Base):
    """A payout expected at an opening, in a time slot; at most one opening per payout."""

    __tablename__ = "seat"

    payout_id: Mapped[int] = mapped_column(Id, ForeignKey("payout.id"), primary_key=True, autoincrement=False)
    opening_id: Mapped[int] = mapped_column(Id, ForeignKey("opening.id"))
    slot_from: Mapped[dt.time] = mapped_column(Time)
    slot_to: Mapped[dt.time] = mapped_column(Time)
    line_no: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        UniqueConstraint("opening_id", "line_no", "payout_id", name="uq_seat_line"),
        Index("ix_seat_opening", "opening_id"),
    )
