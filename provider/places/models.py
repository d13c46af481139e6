"""Administrative units through time, what became of them, and our post offices."""

import datetime as dt

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from provider.db import Base, Id, word_enum
from provider.places.rules import Level, OfficeKind


class AdminUnit(Base):
    """A province, district or commune between two days (``valid_to`` is its last day; None while it exists).

    The same code and name may stand for two different units before and since 01/07/2025; ``name_fold`` is the whole
    name folded ("phuong 1"), ``bare_fold`` without its kind ("1").
    """

    __tablename__ = "admin_unit"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(5))
    name: Mapped[str] = mapped_column(String(80))
    level: Mapped[Level] = mapped_column(word_enum(Level, "level"))
    parent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("admin_unit.id"))
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    name_fold: Mapped[str] = mapped_column(String(80))
    bare_fold: Mapped[str] = mapped_column(String(80))

    __table_args__ = (
        UniqueConstraint("code", "valid_from", "level", name="uq_admin_unit_code_from"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days_in_order"),
        CheckConstraint("(level = 'province') = (parent_id IS NULL)", name="only_provinces_have_no_parent"),
        Index("ix_admin_unit_parent", "parent_id", "name_fold"),
        Index("ix_admin_unit_bare", "bare_fold"),
        Index("ix_admin_unit_name", "name_fold"),
    )


class UnitBecame(Base):
    """An old unit became, or went into, a new one; ``whole`` is false where only a part of it went there."""

    __tablename__ = "unit_became"

    old_id: Mapped[int] = mapped_column(Id, ForeignKey("admin_unit.id"), primary_key=True)
    new_id: Mapped[int] = mapped_column(Id, ForeignKey("admin_unit.id"), primary_key=True, index=True)
    whole: Mapped[bool] = mapped_column(Boolean, default=True)

    __table_args__ = (CheckConstraint("old_id <> new_id", name="became_another"),)


class PostOffice(Base):
    """One of our offices: the province's, an area's, or a counter; ``unit_id`` is where it stands."""

    __tablename__ = "post_office"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[OfficeKind] = mapped_column(word_enum(OfficeKind, "kind"))
    parent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("post_office.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(Id, ForeignKey("admin_unit.id"))
    address: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")

    __table_args__ = (
        UniqueConstraint("code", name="uq_post_office_code"),
        CheckConstraint("(kind = 'province') = (parent_id IS NULL)", name="only_provinces_have_no_parent"),
    )
