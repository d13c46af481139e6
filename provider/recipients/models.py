"""People, the words they are found by, what they are entitled to, who collects for them, how they are paid."""

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from provider.agreements.rules import Programme
from provider.clock import Month
from provider.db import Base, Id, Moment, MonthColumn, word_enum
from provider.identity import Sex
from provider.recipients.rules import PayeeKind, Way

ByteOrdered = String(32).with_variant(String(32, collation="C"), "postgresql")
"""Text compared byte by byte, so that a prefix is a range of an index on both engines."""


class Person(Base):
    """Somebody we pay. The identity number is not unique on purpose: lists do bring one number for two people."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120))
    name_fold: Mapped[str] = mapped_column(String(120))
    birth_year: Mapped[int | None] = mapped_column(SmallInteger)
    birth_month: Mapped[int | None] = mapped_column(SmallInteger)
    birth_day: Mapped[int | None] = mapped_column(SmallInteger)
    sex: Mapped[Sex | None] = mapped_column(word_enum(Sex, "sex"))
    id_number: Mapped[str | None] = mapped_column(String(12))
    id_reversed: Mapped[str | None] = mapped_column(ByteOrdered)
    old_id: Mapped[str] = mapped_column(String(12), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    commune_id: Mapped[int | None] = mapped_column(Id, ForeignKey("admin_unit.id"))
    hamlet: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    book_no: Mapped[str] = mapped_column(String(40), default="")
    deceased_on: Mapped[dt.date | None] = mapped_column(Date)
    created_at: Mapped[dt.datetime] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("code", name="uq_person_code"),
        CheckConstraint("birth_month IS NULL OR birth_month BETWEEN 1 AND 12", name="birth_month"),
        CheckConstraint(
            "birth_day IS NULL OR (birth_day BETWEEN 1 AND 31 AND birth_month IS NOT NULL)", name="birth_day"
        ),
        Index("ix_person_id_number", "id_number"),
        Index("ix_person_id_reversed", "id_reversed"),
        Index("ix_person_name_fold", "name_fold", "commune_id"),
        Index("ix_person_commune", "commune_id"),
    )


class PersonWord(Base):
    """One word a person is found by, with the whole line to check the other words against, and the commune.

    Everything a search needs before it fetches twenty people stands in this one row, twice ordered: by word for wide
    scopes, by commune and word for narrow ones. What the words and the line are: ``finding.traces``.
    """

    __tablename__ = "person_word"

    word: Mapped[str] = mapped_column(ByteOrdered, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), primary_key=True)
    commune_id: Mapped[int | None] = mapped_column(Id)
    line: Mapped[str] = mapped_column(String(320))

    __table_args__ = (
        Index("ix_person_word_commune", "commune_id", "word", "person_id", "line"),
        Index("ix_person_word_person", "person_id"),
        {"sqlite_with_rowid": False},
    )


class Entitlement(Base):
    """One benefit of one person through one agency, from a month to a month (None while it lasts)."""

    __tablename__ = "entitlement"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"))
    programme: Mapped[Programme] = mapped_column(word_enum(Programme, "programme"))
    benefit_code: Mapped[str] = mapped_column(String(16), ForeignKey("benefit.code"))
    agency_id: Mapped[int] = mapped_column(Id, ForeignKey("agency.id"))
    decision_no: Mapped[str] = mapped_column(String(60), default="")
    book_no: Mapped[str] = mapped_column(String(40), default="")
    from_month: Mapped[Month] = mapped_column(MonthColumn)
    to_month: Mapped[Month | None] = mapped_column(MonthColumn)

    __table_args__ = (
        UniqueConstraint("person_id", "benefit_code", "agency_id", "from_month", name="uq_entitlement_from"),
        CheckConstraint("to_month IS NULL OR to_month >= from_month", name="months_in_order"),
        Index("ix_entitlement_agency", "agency_id", "programme"),
    )


class Payee(Base):
    """Who may collect for a person between two days, and on what paper that rests."""

    __tablename__ = "payee"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    kind: Mapped[PayeeKind] = mapped_column(word_enum(PayeeKind, "kind"))
    name: Mapped[str] = mapped_column(String(120))
    id_number: Mapped[str] = mapped_column(String(12), default="")
    relation: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    paper: Mapped[str] = mapped_column(String(120), default="")
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)

    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days_in_order"),
        Index("ix_payee_id_number", "id_number"),
    )


class PayWay(Base):
    """How money shall reach a person between two days. At most one is open (``valid_to`` is None)."""

    __tablename__ = "pay_way"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"))
    channel: Mapped[Way] = mapped_column(word_enum(Way, "channel"))
    bank: Mapped[str] = mapped_column(String(80), default="")
    account_no: Mapped[str] = mapped_column(String(24), default="")
    holder: Mapped[str] = mapped_column(String(120), default="")
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days_in_order"),
        CheckConstraint("(channel = 'account') = (account_no <> '')", name="account_has_a_number"),
        Index("ix_pay_way_person", "person_id", "valid_from"),
        Index(
            "uq_pay_way_one_open",
            "person_id",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
        Index("ix_pay_way_account", "account_no"),
    )
