"""What a benefit is worth in a month, and which tariff applies; pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from provider.clock import Month
from provider.errors import N_
from provider.money import Money


class Programme(StrEnum):
    """For whom the state pays."""

    BTXH = "BTXH"
    NCC = "NCC"
    HTXH = "HTXH"

    @property
    def sentence(self) -> str:
        """Its Vietnamese name; the web translates it."""
        return PROGRAMME_NAMES[self]


PROGRAMME_NAMES: Final = {
    Programme.BTXH: N_("Bảo trợ xã hội"),
    Programme.NCC: N_("Người có công với cách mạng"),
    Programme.HTXH: N_("Hưu trí xã hội"),
}


class BenefitKind(StrEnum):
    """How often a benefit is paid."""

    MONTHLY = "monthly"
    ONE_OFF = "one_off"
    FUNERAL = "funeral"
    YEARLY = "yearly"


class RateComponent(StrEnum):
    """Which part of a payout a fixed rate is for."""

    ALLOWANCE = "allowance"
    SUPPLEMENT = "supplement"
    ATTENDANT = "attendant"


class TariffChannel(StrEnum):
    """How a payout reached its person, as far as a fee may depend on it."""

    CASH_POINT = "cash_point"
    HOME = "home"
    SAME_BANK = "same_bank"
    OTHER_BANK = "other_bank"
    WALLET = "wallet"


class Area(StrEnum):
    """What kind of country a commune is in, as far as a fee may depend on it."""

    PLAIN = "plain"
    MOUNTAIN = "mountain"
    ISLAND = "island"
    REMOTE = "remote"


class Basis(StrEnum):
    """What a fee is counted on."""

    PERCENT_AMOUNT = "percent_amount"
    PER_PERSON_PAID = "per_person_paid"
    PER_PAYMENT_LINE = "per_payment_line"
    PER_POINT_PER_MONTH = "per_point_per_month"
    FIXED_MONTH = "fixed_month"
    TIERED_PERCENT = "tiered_percent"


PERCENT_BASES: Final = (Basis.PERCENT_AMOUNT, Basis.TIERED_PERCENT)


class CountUnit(StrEnum):
    """What "one" means on a fee claim."""

    PERSON = "person"
    VISIT = "visit"
    LINE = "line"


class MergedMonths(StrEnum):
    """What two months paid at once count as."""

    ONE = "one"
    EACH = "each"


class Rounding(StrEnum):
    """To what a fee is rounded, half up."""

    DONG = "dong"
    THOUSAND = "thousand"


@dataclass(frozen=True, slots=True)
class StandardLevel:
    """The amount that a programme's coefficients multiply, from a day on."""

    programme: Programme
    amount: Money
    effective_from: dt.date


@dataclass(frozen=True, slots=True)
class RateLevel:
    """A fixed amount of one component of a benefit, from a day on."""

    benefit: str
    component: RateComponent
    amount: Money
    effective_from: dt.date


@dataclass(frozen=True, slots=True)
class BenefitTerms:
    """What a benefit's amount follows from: its programme and, where it has one, its coefficient."""

    code: str
    programme: Programme
    coefficient: Decimal | None


def standard_of(programme: Programme, month: Month, standards: Iterable[StandardLevel]) -> Money | None:
    """The standard in force on the first day of a month; None before the first one."""
    known = [each for each in standards if each.programme is programme and each.effective_from <= month.first_day]
    return max(known, key=lambda each: each.effective_from).amount if known else None


def _standard_since(programme: Programme, month: Month, standards: Iterable[StandardLevel]) -> dt.date:
    known = (each.effective_from for each in standards if each.programme is programme)
    return max((since for since in known if since <= month.first_day), default=dt.date.min)


def rate_of(
    benefit: BenefitTerms, month: Month, *, standards: Iterable[StandardLevel], rates: Iterable[RateLevel]
) -> Mapping[RateComponent, Money]:
    """What a benefit is worth in a month, per component; empty when nothing is in force.

    A fixed rate wins over coefficient x standard; the product is a whole number of đồng, half up (Nghị định
    20/2021/NĐ-CP Điều 4, 6; Nghị định 77/2024/NĐ-CP Phụ lục). A rate made under an earlier standard of its programme no
    longer counts: better no expected amount than a wrong one.
    """
    standards = list(standards)
    since = _standard_since(benefit.programme, month, standards)
    worth: dict[RateComponent, tuple[dt.date, Money]] = {}
    for rate in rates:
        if rate.benefit != benefit.code or not since <= rate.effective_from <= month.first_day:
            continue
        if rate.component not in worth or worth[rate.component][0] < rate.effective_from:
            worth[rate.component] = (rate.effective_from, rate.amount)
    amounts = {component: amount for component, (_since, amount) in worth.items()}
    if RateComponent.ALLOWANCE not in amounts and benefit.coefficient is not None:
        standard = standard_of(benefit.programme, month, standards)
        if standard is not None:
            amounts[RateComponent.ALLOWANCE] = times(standard, benefit.coefficient)
    return amounts


def times(standard: Money, coefficient: Decimal) -> Money:
    """A standard multiplied by a coefficient, in whole đồng, half up."""
    return Money(int((standard.dong * coefficient).to_integral_value(ROUND_HALF_UP)))


@dataclass(frozen=True, slots=True)
class TariffTerms:
    """One line of a contract's tariff; None means "any". ``percent`` or ``price`` is set, as the basis asks.

    ``tiers`` (for a tiered percentage) are (up to this many đồng, percent), the last one open (None).
    """

    id: int
    contract_id: int
    benefit_kind: BenefitKind | None
    channel: TariffChannel | None
    area: Area | None
    basis: Basis
    percent: Decimal | None
    price: Money | None
    tiers: tuple[tuple[Money | None, Decimal], ...]
    least: Money | None
    most: Money | None
    count_unit: CountUnit
    merged_months: MergedMonths
    vat_percent: Decimal
    vat_included: bool
    rounding: Rounding
    decision_no: str
    effective_from: dt.date
    effective_to: dt.date | None
    priority: int


def tariff_that_applies(
    tariffs: Iterable[TariffTerms],
    *,
    on: dt.date,
    benefit_kind: BenefitKind,
    channel: TariffChannel,
    area: Area | None = None,
) -> TariffTerms | None:
    """The tariff for one payment on a day: the highest priority, then the one that says most, then the newest.

    None when the contract has no tariff for it: the fee claim must then say so rather than count zero.
    """
    fitting = [
        tariff
        for tariff in tariffs
        if tariff.effective_from <= on
        and (tariff.effective_to is None or on <= tariff.effective_to)
        and tariff.benefit_kind in (None, benefit_kind)
        and tariff.channel in (None, channel)
        and (tariff.area is None or tariff.area is area)
    ]
    return max(fitting, key=_weight, default=None)


def _weight(tariff: TariffTerms) -> tuple[int, int, dt.date, int]:
    said = sum(what is not None for what in (tariff.benefit_kind, tariff.channel, tariff.area))
    return tariff.priority, said, tariff.effective_from, tariff.id
