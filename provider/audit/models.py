"""The day book's table and the head of its chain."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from provider.db import Base, Id, Moment


class Deed(Base):
    """One thing one person did; appended, never edited (triggers refuse it)."""

    __tablename__ = "deed"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(String(48))
    staff_id: Mapped[int | None] = mapped_column(Id)
    staff_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(24))
    session_id: Mapped[int | None] = mapped_column(Id)
    about: Mapped[str] = mapped_column(String(48))
    within: Mapped[str] = mapped_column(String(48), default="")
    facts: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    __table_args__ = (
        Index("ix_deed_about", "about"),
        Index("ix_deed_within", "within"),
        Index("ix_deed_at", "at"),
    )


class ChainHead(Base):
    """One row: the number and hash of the newest deed; locked while a deed is appended, so the chain has no forks."""

    __tablename__ = "chain_head"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    deed_id: Mapped[int] = mapped_column(Id)
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)


class AnsweredRequest(Base):
    """The answer to a request that moved money, by its idempotency key; kept for ever."""

    __tablename__ = "answered_request"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(48))
    staff_id: Mapped[int | None] = mapped_column(Id)
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(Moment)
