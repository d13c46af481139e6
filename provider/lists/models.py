"""Lists as they came, and their rows in the file's own words."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from provider.clock import Month
from provider.db import Base, Id, Moment, MoneyColumn, MonthColumn, word_enum
from provider.lists.decrease import Answer, DecreaseKind, ReportState
from provider.lists.kinds import ListKind
from provider.money import Money


class ListState(StrEnum):
    """Where a list stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REPLACED = "replaced"


class RowLevel(StrEnum):
    """What may become of a row: only rows without an error become payouts."""

    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


_MOVEMENT_IN_FORCE = "state = 'accepted' AND kind IN ('increase', 'decrease', 'adjust')"
"""Of increases, decreases and adjustments the newest accepted list of a month counts; nobody was paid by another."""


class ReceivedFile(Base):
    """A file exactly as it came, by the SHA-256 of its bytes."""

    __tablename__ = "received_file"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int] = mapped_column(Integer)
    received_at: Mapped[dt.datetime] = mapped_column(Moment)


class PayoutList(Base):
    """One list of one period as sent, what was understood of it, and whether it was taken in."""

    __tablename__ = "payout_list"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    period_id: Mapped[int] = mapped_column(Id, ForeignKey("period.id"))
    agency_id: Mapped[int] = mapped_column(Id, ForeignKey("agency.id"))
    programme: Mapped[str] = mapped_column(String(8))
    month: Mapped[Month] = mapped_column(MonthColumn)
    kind: Mapped[ListKind] = mapped_column(word_enum(ListKind, "kind"), default=ListKind.PAYOUT)
    version: Mapped[int] = mapped_column(SmallInteger)
    """Counted for each kind by itself."""
    file_hash: Mapped[str] = mapped_column(String(64), ForeignKey("received_file.hash"))
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[ListState] = mapped_column(word_enum(ListState, "state"), default=ListState.RECEIVED)
    received_at: Mapped[dt.datetime] = mapped_column(Moment)
    received_by_id: Mapped[int | None] = mapped_column(Id)
    rows: Mapped[int] = mapped_column(Integer)
    good: Mapped[int] = mapped_column(Integer)
    with_warnings: Mapped[int] = mapped_column(Integer)
    with_errors: Mapped[int] = mapped_column(Integer)
    total: Mapped[Money] = mapped_column(MoneyColumn)
    declared_people: Mapped[int | None] = mapped_column(Integer)
    declared_amount: Mapped[Money | None] = mapped_column(MoneyColumn)
    words_amount: Mapped[Money | None] = mapped_column(MoneyColumn)
    ties_out: Mapped[bool] = mapped_column(Boolean)
    understood: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Columns per sheet, sections, totals, differences of the tie-out, problems of the file as a whole."""
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(Id)
    decision_reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("agency_id", "programme", "month", "kind", "version", name="uq_payout_list_version"),
        UniqueConstraint("agency_id", "programme", "month", "file_hash", name="uq_payout_list_same_file"),
        CheckConstraint("rows = good + with_warnings + with_errors", name="every_row_counted"),
        CheckConstraint(
            "state <> 'accepted' OR ties_out"
            " OR (coalesce(decided_by_id, 0) <> coalesce(received_by_id, 0) AND decision_reason <> '')",
            name="untied_needs_a_second_person",
        ),
        Index(
            "uq_payout_list_one_movement_in_force",
            "agency_id",
            "programme",
            "month",
            "kind",
            unique=True,
            sqlite_where=text(_MOVEMENT_IN_FORCE),
            postgresql_where=text(_MOVEMENT_IN_FORCE),
        ),
    )


class ListRow(Base):
    """One data row: the file's own words, what was understood, what is wrong, and the payout it became."""

    __tablename__ = "list_row"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    list_id: Mapped[int] = mapped_column(Id, ForeignKey("payout_list.id"))
    position: Mapped[int] = mapped_column(Integer)
    sheet: Mapped[str] = mapped_column(String(64))
    row: Mapped[int] = mapped_column(Integer)
    raw: Mapped[list[str]] = mapped_column(JSON)
    name: Mapped[str] = mapped_column(String(200), default="")
    birth_year: Mapped[int | None] = mapped_column(SmallInteger)
    birth_month: Mapped[int | None] = mapped_column(SmallInteger)
    birth_day: Mapped[int | None] = mapped_column(SmallInteger)
    sex: Mapped[str] = mapped_column(String(4), default="")
    id_number: Mapped[str] = mapped_column(String(20), default="")
    commune: Mapped[str] = mapped_column(String(120), default="")
    commune_id: Mapped[int | None] = mapped_column(Id, ForeignKey("admin_unit.id"))
    hamlet: Mapped[str] = mapped_column(String(120), default="")
    benefit: Mapped[str] = mapped_column(String(16), default="")
    benefit_text: Mapped[str] = mapped_column(String(200), default="")
    allowance: Mapped[Money | None] = mapped_column(MoneyColumn)
    arrears: Mapped[Money | None] = mapped_column(MoneyColumn)
    total: Mapped[Money | None] = mapped_column(MoneyColumn)
    account: Mapped[str] = mapped_column(String(40), default="")
    bank: Mapped[str] = mapped_column(String(80), default="")
    more: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The rest of what was understood: components, codes, decision, payee, holder, phone, note, hidden, struck."""
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    level: Mapped[RowLevel] = mapped_column(word_enum(RowLevel, "level"))
    payout_id: Mapped[int | None] = mapped_column(Id, ForeignKey("payout.id"), unique=True)

    __table_args__ = (
        UniqueConstraint("list_id", "position", name="uq_list_row_position"),
        CheckConstraint("payout_id IS NULL OR level <> 'error'", name="an_error_is_never_paid"),
        Index("ix_list_row_level", "list_id", "level", "position"),
    )


class ReportLetter(Base):
    """A list of reported decreases as it was sent to an agency, with a number of its own."""

    __tablename__ = "report_letter"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    agency_id: Mapped[int] = mapped_column(Id, ForeignKey("agency.id"), index=True)
    office_id: Mapped[int] = mapped_column(Id, ForeignKey("post_office.id"))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    sent_at: Mapped[dt.datetime] = mapped_column(Moment)
    sent_by_id: Mapped[int | None] = mapped_column(Id)


_OPEN_REPORT = "state <> 'answered'"


class MovementReport(Base):
    """Somebody the unit reports to an agency: dead, moved, in prison…; the money is held until the agency answers."""

    __tablename__ = "movement_report"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"))
    agency_id: Mapped[int] = mapped_column(Id, ForeignKey("agency.id"))
    office_id: Mapped[int] = mapped_column(Id, ForeignKey("post_office.id"))
    kind: Mapped[DecreaseKind] = mapped_column(word_enum(DecreaseKind, "kind"))
    happened_on: Mapped[dt.date | None] = mapped_column(Date)
    remark: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(40), default="")
    """Where it was learned: "desk", or "till:5" for a payer at a point, the counter or a door."""
    state: Mapped[ReportState] = mapped_column(word_enum(ReportState, "state"), default=ReportState.REPORTED)
    reported_at: Mapped[dt.datetime] = mapped_column(Moment)
    reported_by_id: Mapped[int | None] = mapped_column(Id)
    letter_id: Mapped[int | None] = mapped_column(Id, ForeignKey("report_letter.id"), index=True)
    answer: Mapped[Answer | None] = mapped_column(word_enum(Answer, "answer"))
    answer_words: Mapped[str] = mapped_column(String(300), default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(Id)

    __table_args__ = (
        CheckConstraint("state <> 'sent' OR letter_id IS NOT NULL", name="sent_by_letter"),
        CheckConstraint(
            "(state = 'answered') = (answer IS NOT NULL) AND (state = 'answered') = (answered_at IS NOT NULL)",
            name="answered_is_said",
        ),
        CheckConstraint(
            "state <> 'answered' OR coalesce(answered_by_id, 0) <> coalesce(reported_by_id, 0)",
            name="answered_by_another",
        ),
        CheckConstraint("kind <> 'other' OR remark <> ''", name="other_is_explained"),
        Index(
            "uq_movement_report_one_open",
            "person_id",
            "agency_id",
            unique=True,
            sqlite_where=text(_OPEN_REPORT),
            postgresql_where=text(_OPEN_REPORT),
        ),
        Index("ix_movement_report_agency", "agency_id", "state"),
        Index("ix_movement_report_office", "office_id", "state"),
    )


class ReportedPayout(Base):
    """A payout that is held because of a report."""

    __tablename__ = "reported_payout"

    report_id: Mapped[int] = mapped_column(Id, ForeignKey("movement_report.id"), primary_key=True)
    payout_id: Mapped[int] = mapped_column(Id, ForeignKey("payout.id"), primary_key=True, index=True)
