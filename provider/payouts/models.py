"""Periods, payouts and their components."""

import datetime as dt
from enum import StrEnum
from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from provider.clock import Month
from provider.db import Base, Id, Moment, MoneyColumn, MonthColumn, word_enum
from provider.errors import N_
from provider.money import Money
from provider.payouts.lifecycle import Channel, State


class Period(Base):
    """One agency, one programme, one month: its payout window, cut-off day, settlement day, and its lock."""

    __tablename__ = "period"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    agency_id: Mapped[int] = mapped_column(Id, ForeignKey("agency.id"))
    programme: Mapped[str] = mapped_column(String(8))
    month: Mapped[Month] = mapped_column(MonthColumn)
    office_id: Mapped[int] = mapped_column(Id, ForeignKey("post_office.id"))
    window_from: Mapped[dt.date] = mapped_column(Date)
    window_to: Mapped[dt.date] = mapped_column(Date)
    cut_off_on: Mapped[dt.date] = mapped_column(Date)
    settle_on: Mapped[dt.date] = mapped_column(Date)
    cut_off_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    locked_at: Mapped[dt.datetime | None] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("agency_id", "programme", "month", name="uq_period_agency_programme_month"),
        CheckConstraint("window_from <= window_to", name="window_in_order"),
        CheckConstraint("locked_at IS NULL OR cut_off_at IS NOT NULL", name="cut_off_before_lock"),
        Index("ix_period_month", "month"),
        Index("ix_period_office", "office_id", "month"),
    )


class ComponentKind(StrEnum):
    """What a payout is made of."""

    ALLOWANCE = "allowance"
    SUPPLEMENT = "supplement"
    ATTENDANT = "attendant"
    CARE = "care"
    ARREARS = "arrears"
    ONE_OFF = "one_off"
    FUNERAL = "funeral"
    CARRIED = "carried"
    DEDUCTION = "deduction"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _COMPONENTS[self]


_COMPONENTS: Final = {
    ComponentKind.ALLOWANCE: N_("Trợ cấp"),
    ComponentKind.SUPPLEMENT: N_("Phụ cấp"),
    ComponentKind.ATTENDANT: N_("Trợ cấp người phục vụ"),
    ComponentKind.CARE: N_("Hỗ trợ chăm sóc, nuôi dưỡng"),
    ComponentKind.ARREARS: N_("Truy lĩnh"),
    ComponentKind.ONE_OFF: N_("Trợ cấp một lần"),
    ComponentKind.FUNERAL: N_("Mai táng phí"),
    ComponentKind.CARRIED: N_("Kỳ trước chuyển sang"),
    ComponentKind.DEDUCTION: N_("Khấu trừ"),
}


class Payout(Base):
    """What one row of an accepted list entitles one person to, and where that money is in its life."""

    __tablename__ = "payout"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    period_id: Mapped[int] = mapped_column(Id, ForeignKey("period.id"))
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"))
    commune_id: Mapped[int | None] = mapped_column(Id, ForeignKey("admin_unit.id"))
    hamlet: Mapped[str] = mapped_column(String(120), default="")
    benefit: Mapped[str] = mapped_column(String(16), default="")
    benefit_text: Mapped[str] = mapped_column(String(200), default="")
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    state: Mapped[State] = mapped_column(word_enum(State, "state"), default=State.DUE)
    channel: Mapped[Channel] = mapped_column(word_enum(Channel, "channel"), default=Channel.CASH_POINT)
    channel_reason: Mapped[str] = mapped_column(String(200), default="")
    list_row: Mapped[str | None] = mapped_column(String(40))
    """Where it came from: "list:5/row:17", or "payout:9" for one carried over."""
    carried_from_id: Mapped[int | None] = mapped_column(Id, ForeignKey("payout.id"))
    line_no: Mapped[int] = mapped_column(Integer, default=0)
    missed_reason: Mapped[str] = mapped_column(String(40), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)

    components: Mapped[list["Component"]] = relationship(
        order_by="Component.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        UniqueConstraint("list_row", name="uq_payout_list_row"),
        UniqueConstraint("carried_from_id", name="uq_payout_carried_once"),
        Index("ix_payout_period_state", "period_id", "state"),
        Index("ix_payout_person", "person_id"),
        Index("ix_payout_commune", "commune_id", "period_id"),
    )


class Component(Base):
    """A part of a payout: "allowance 500.000 for 09/2024". A deduction is the only negative one."""

    __tablename__ = "component"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    payout_id: Mapped[int] = mapped_column(Id, ForeignKey("payout.id"), index=True)
    kind: Mapped[ComponentKind] = mapped_column(word_enum(ComponentKind, "kind"))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    months: Mapped[int] = mapped_column(SmallInteger, default=1)

    __table_args__ = (
        CheckConstraint("(kind = 'deduction') = (amount < 0) AND amount <> 0", name="sign"),
        CheckConstraint("months >= 1", name="months_positive"),
    )
