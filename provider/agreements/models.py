"""Agencies, contracts, benefits with their standards and rates, tariffs."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from provider.agreements.rules import (
    Area,
    Basis,
    BenefitKind,
    CountUnit,
    MergedMonths,
    Programme,
    RateComponent,
    Rounding,
    TariffChannel,
)
from provider.db import Base, Id, MoneyColumn, word_enum
from provider.money import Money


class Exact(TypeDecorator[Decimal]):
    """A Decimal with a fixed number of places, kept as a whole number: SQLite would otherwise keep a float."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.places} decimal places")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.places)


class Agency(Base):
    """Who sends lists and money: a district's office until 30/06/2025, mostly a commune since.

    ``parent_name`` and ``name`` are the two lines at the head of its papers, ``place_name`` stands before the date.
    """

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(160))
    short_name: Mapped[str] = mapped_column(String(80))
    parent_name: Mapped[str] = mapped_column(String(160), default="")
    place_name: Mapped[str] = mapped_column(String(60), default="")
    unit_id: Mapped[int] = mapped_column(Id, ForeignKey("admin_unit.id"))
    email: Mapped[str] = mapped_column(String(120), default="")
    account_no: Mapped[str] = mapped_column(String(24), default="")
    account_bank: Mapped[str] = mapped_column(String(80), default="")
    account_holder: Mapped[str] = mapped_column(String(160), default="")
    active_from: Mapped[dt.date] = mapped_column(Date)
    active_to: Mapped[dt.date | None] = mapped_column(Date)

    __table_args__ = (
        UniqueConstraint("code", name="uq_agency_code"),
        CheckConstraint("active_to IS NULL OR active_to >= active_from", name="days_in_order"),
    )


class Contract(Base):
    """One agency, one programme, the office that pays, and the days of the month that were agreed.

    ``window_from_day`` to ``window_to_day`` is when people are paid; after ``cut_off_day`` nothing more is; on
    ``settle_day`` accounts are settled. People who did not collect for ``warn_months`` are pointed out, for
    ``report_months`` are reported (Thông tư 02/2021/TT-BLĐTBXH Điều 2.3).
    """

    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    agency_id: Mapped[int] = mapped_column(Id, ForeignKey("agency.id"))
    programme: Mapped[Programme] = mapped_column(word_enum(Programme, "programme"))
    office_id: Mapped[int] = mapped_column(Id, ForeignKey("post_office.id"), index=True)
    number: Mapped[str] = mapped_column(String(40))
    signed_on: Mapped[dt.date] = mapped_column(Date)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    window_from_day: Mapped[int] = mapped_column(SmallInteger, default=5)
    window_to_day: Mapped[int] = mapped_column(SmallInteger, default=15)
    cut_off_day: Mapped[int] = mapped_column(SmallInteger, default=25)
    settle_day: Mapped[int] = mapped_column(SmallInteger, default=28)
    warn_months: Mapped[int] = mapped_column(SmallInteger, default=2)
    report_months: Mapped[int] = mapped_column(SmallInteger, default=3)

    __table_args__ = (
        UniqueConstraint("agency_id", "programme", "valid_from", name="uq_contract_agency_programme_from"),
        UniqueConstraint("number", name="uq_contract_number"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days_in_order"),
        CheckConstraint(
            "1 <= window_from_day AND window_from_day <= window_to_day AND window_to_day <= cut_off_day"
            " AND cut_off_day <= settle_day AND settle_day <= 31",
            name="month_in_order",
        ),
        CheckConstraint("1 <= warn_months AND warn_months <= report_months", name="warns_before_it_reports"),
    )


class Benefit(Base):
    """One kind of entitlement. ``group`` gathers benefits for summaries; ``synonyms`` are how lists write it.

    ``sensitive`` benefits (HIV) are shown under a neutral name wherever others may read along.
    """

    __tablename__ = "benefit"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    programme: Mapped[Programme] = mapped_column(word_enum(Programme, "programme"))
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[BenefitKind] = mapped_column(word_enum(BenefitKind, "kind"))
    group: Mapped[str] = mapped_column("group_name", String(80))
    coefficient: Mapped[Decimal | None] = mapped_column(Exact(2))
    sensitive: Mapped[bool] = mapped_column(Boolean, default=False)
    synonyms: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int] = mapped_column(SmallInteger, default=0)

    __table_args__ = (
        CheckConstraint("coefficient IS NULL OR coefficient > 0", name="coefficient_positive"),
        Index("ix_benefit_programme", "programme", "position"),
    )


class Standard(Base):
    """The amount that a programme's coefficients multiply, in đồng, from a day on."""

    __tablename__ = "standard"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    programme: Mapped[Programme] = mapped_column(word_enum(Programme, "programme"))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    effective_from: Mapped[dt.date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(160))

    __table_args__ = (
        UniqueConstraint("programme", "effective_from", name="uq_standard_programme_from"),
        CheckConstraint("amount > 0", name="amount_positive"),
    )


class Rate(Base):
    """A fixed amount of one component of a benefit, in đồng a month, from a day on; ``source`` says where it stands."""

    __tablename__ = "rate"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    benefit_code: Mapped[str] = mapped_column(String(16), ForeignKey("benefit.code"))
    component: Mapped[RateComponent] = mapped_column(word_enum(RateComponent, "component"))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    effective_from: Mapped[dt.date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(160))

    __table_args__ = (
        UniqueConstraint("benefit_code", "component", "effective_from", name="uq_rate_benefit_component_from"),
        CheckConstraint("amount > 0", name="amount_positive"),
    )


class Tariff(Base):
    """What we are paid for paying, by one contract; None means "any"; see ``rules.TariffTerms``."""

    __tablename__ = "tariff"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contract_id: Mapped[int] = mapped_column(Id, ForeignKey("contract.id"), index=True)
    benefit_kind: Mapped[BenefitKind | None] = mapped_column(word_enum(BenefitKind, "benefit_kind"))
    channel: Mapped[TariffChannel | None] = mapped_column(word_enum(TariffChannel, "channel"))
    area: Mapped[Area | None] = mapped_column(word_enum(Area, "area"))
    basis: Mapped[Basis] = mapped_column(word_enum(Basis, "basis"))
    percent: Mapped[Decimal | None] = mapped_column(Exact(4))
    price: Mapped[Money | None] = mapped_column(MoneyColumn)
    tiers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """[[up to this many đồng or null, "0.7500"], …]: percents as text, never as floats."""
    least: Mapped[Money | None] = mapped_column(MoneyColumn)
    most: Mapped[Money | None] = mapped_column(MoneyColumn)
    count_unit: Mapped[CountUnit] = mapped_column(word_enum(CountUnit, "count_unit"), default=CountUnit.PERSON)
    merged_months: Mapped[MergedMonths] = mapped_column(
        word_enum(MergedMonths, "merged_months"), default=MergedMonths.EACH
    )
    vat_percent: Mapped[Decimal] = mapped_column(Exact(2), default=Decimal(0))
    vat_included: Mapped[bool] = mapped_column(Boolean, default=True)
    rounding: Mapped[Rounding] = mapped_column(word_enum(Rounding, "rounding"), default=Rounding.DONG)
    decision_no: Mapped[str] = mapped_column(String(80), default="")
    effective_from: Mapped[dt.date] = mapped_column(Date)
    effective_to: Mapped[dt.date | None] = mapped_column(Date)
    priority: Mapped[int] = mapped_column(SmallInteger, default=0)

    __table_args__ = (
        CheckConstraint(
            "(basis = 'percent_amount' AND percent IS NOT NULL AND price IS NULL)"
            " OR (basis = 'tiered_percent' AND percent IS NULL AND price IS NULL)"
            " OR (basis NOT IN ('percent_amount', 'tiered_percent') AND percent IS NULL AND price IS NOT NULL)",
            name="says_what_its_basis_needs",
        ),
        CheckConstraint("least IS NULL OR most IS NULL OR least <= most", name="least_below_most"),
        CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="days_in_order"),
    )
