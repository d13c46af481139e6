"""The payout fee: tariff x counted lines -> fee, VAT, rounding, with the lines it counted; pure, whole đồng.

The fee is for what was *paid* (Thông tư 101/2018/TT-BTC Điều 14.2g; the contract): unpaid, returned and failed lines
are never given to this module. Levels come from the contract: for BTXH the province decides (Thông tư 76/2021), for
NCC the Minister, at most 0,75 % of what is paid over the whole sector (Thông tư 44/2022 Điều 7). Beneficiaries pay
nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from provider.agreements.rules import Basis, Rounding
from provider.clock import Month
from provider.money import ZERO, Money

ANY = "*"


@dataclass(frozen=True, slots=True)
class Tier:
    """``rate`` per cent on the part of the sum up to ``up_to``; None on the last tier means without end."""

    up_to: Money | None
    rate: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Tariff:
    """One line of the price annex of a contract. ``*`` in a condition means any.

    ``rate`` is per cent for PERCENT; ``price`` is đồng for the PER_ bases and FIXED; ``tiers`` for TIERED. With
    ``months_count`` a line that pays n months together counts n times for PER_PERSON and PER_LINE. ``person_once``
    counts a person once per programme and month, however many lines. ``effective_to`` is the last month, None for open.
    """

    id: int
    label: str
    basis: Basis
    programme: str = ANY
    kind: str = ANY
    channel: str = ANY
    area: str = ANY
    rate: Decimal = Decimal(0)
    price: Money = ZERO
    tiers: tuple[Tier, ...] = ()
    least: Money | None = None
    most: Money | None = None
    person_once: bool = True
    months_count: bool = False
    vat_rate: Decimal = Decimal(0)
    vat_included: bool = False
    rounding: Rounding = Rounding.DONG
    decision_no: str = ""
    effective_from: Month
    effective_to: Month | None = None
    priority: int = 0

    def holds_in(self, month: Month) -> bool:
        """True when the tariff is in force in this month."""
        return self.effective_from <= month and (self.effective_to is None or month <= self.effective_to)

    def fits(self, line: "CountedLine") -> bool:
        """True when every condition is ``*`` or what the line has."""
        pairs = (
            (self.programme, line.programme),
            (self.kind, line.kind),
            (self.channel, line.channel),
            (self.area, line.area),
        )
        return all(condition in (ANY, value) for condition, value in pairs)

    @property
    def precision(self) -> int:
        """How many conditions are not ``*``: of two tariffs with the same priority, the more precise one holds."""
        return sum(condition != ANY for condition in (self.programme, self.kind, self.channel, self.area))


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedLine:
    """One payout that was paid: what the fee looks at. ``months`` is how many months it pays together."""

    payout: int
    person: int
    programme: str
    channel: str
    amount: Money
    kind: str = "monthly"
    area: str = ANY
    point: int | None = None
    months: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class FeeRow:
    """The fee by one tariff: what was counted and what it comes to, in đồng. ``payouts`` are the ids it counted."""

    tariff: Tariff
    payouts: tuple[int, ...]
    people: int
    units: int
    amount: Money
    net: Money
    vat: Money

    @property
    def gross(self) -> Money:
        """With VAT: what the agency pays for this row."""
        return self.net + self.vat


@dataclass(frozen=True, kw_only=True, slots=True)
class Fee:
    """The whole fee of a month. ``without_tariff`` are paid payouts that no tariff covers and nobody pays for."""

    rows: tuple[FeeRow, ...]
    without_tariff: tuple[int, ...]

    @property
    def net(self) -> Money:
        """Before VAT, in đồng."""
        return Money.sum(row.net for row in self.rows)

    @property
    def vat(self) -> Money:
        """VAT, in đồng."""
        return Money.sum(row.vat for row in self.rows)

    @property
    def gross(self) -> Money:
        """What the agency pays, in đồng."""
        return self.net + self.vat


def reckon(lines: Iterable[CountedLine], tariffs: Iterable[Tariff], *, month: Month) -> Fee:
    """The fee of these paid lines in a month. Every line is charged under one tariff at most.

    Of the tariffs that fit, the one with the highest priority holds, then the more precise one, then the lower id. A
    FIXED tariff is charged in every month it is in force, and takes no line away from the others.
    """
    alive = [tariff for tariff in tariffs if tariff.holds_in(month)]
    ranked = sorted(alive, key=lambda tariff: (-tariff.priority, -tariff.precision, tariff.id))
    counted: dict[int, list[CountedLine]] = {tariff.id: [] for tariff in ranked}
    without: list[int] = []
    for line in lines:
        for tariff in ranked:
            if tariff.basis is not Basis.FIXED_MONTH and tariff.fits(line):
                counted[tariff.id].append(line)
                break
        else:
            if not any(tariff.basis is Basis.FIXED_MONTH and tariff.fits(line) for tariff in ranked):
                without.append(line.payout)
    rows = [
        _row(tariff, counted[tariff.id])
        for tariff in sorted(alive, key=lambda tariff: tariff.id)
        if counted[tariff.id] or tariff.basis is Basis.FIXED_MONTH
    ]
    return Fee(rows=tuple(rows), without_tariff=tuple(without))


def _row(tariff: Tariff, lines: list[CountedLine]) -> FeeRow:
    amount = Money.sum(line.amount for line in lines)
    units, price = _RECKONED[tariff.basis](tariff, lines, amount)
    if tariff.least is not None:
        price = max(price, tariff.least)
    if tariff.most is not None:
        price = min(price, tariff.most)
    net, vat = _with_vat(tariff, _rounded(price, tariff.rounding))
    return FeeRow(
        tariff=tariff,
        payouts=tuple(line.payout for line in lines),
        people=len({line.person for line in lines}),
        units=units,
        amount=amount,
        net=net,
        vat=vat,
    )


def _with_vat(tariff: Tariff, price: Money) -> tuple[Money, Money]:
    """Net and VAT of a price; where the price includes VAT, the two add up to the price exactly."""
    if not tariff.vat_included:
        return price, price.percent(tariff.vat_rate)
    over, under = tariff.vat_rate.as_integer_ratio()
    net = Money(_half_up(price.dong * 100 * under, 100 * under + over))
    return net, price - net


def _rounded(price: Money, rounding: Rounding) -> Money:
    return price if rounding is Rounding.DONG else Money(_half_up(price.dong, 1000) * 1000)


def _half_up(over: int, under: int) -> int:
    """over / under as a whole number, half up; both are positive here, a fee is never negative."""
    return (2 * over + under) // (2 * under)


def _percent(tariff: Tariff, lines: list[CountedLine], amount: Money) -> tuple[int, Money]:
    return len(lines), amount.percent(tariff.rate)


def _per_person(tariff: Tariff, lines: list[CountedLine], amount: Money) -> tuple[int, Money]:
    months: dict[tuple[object, ...], int] = {}
    for line in lines:
        key = (line.programme, line.person) if tariff.person_once else (line.payout,)
        months[key] = max(months.get(key, 0), line.months if tariff.months_count else 1)
    units = sum(months.values())
    return units, tariff.price * units


def _per_line(tariff: Tariff, lines: list[CountedLine], amount: Money) -> tuple[int, Money]:
    units = sum(line.months if tariff.months_count else 1 for line in lines)
    return units, tariff.price * units


def _per_point(tariff: Tariff, lines: list[CountedLine], amount: Money) -> tuple[int, Money]:
    units = len({line.point for line in lines if line.point is not None})
    return units, tariff.price * units


def _fixed(tariff: Tariff, lines: list[CountedLine], amount: Money) -> tuple[int, Money]:
    return 1, tariff.price


def _tiered(tariff: Tariff, lines: list[CountedLine], amount: Money) -> tuple[int, Money]:
    """Each tier takes its part of the sum, and the parts are rounded once together. Raises ValueError for a gap."""
    over, under, below = 0, 1, 0
    for tier in tariff.tiers:
        top = amount.dong if tier.up_to is None else min(amount.dong, tier.up_to.dong)
        part = max(0, top - below)
        rate_over, rate_under = tier.rate.as_integer_ratio()
        over, under = over * rate_under + part * rate_over * under, under * rate_under
        below = max(below, top)
    if below < amount.dong:
        raise ValueError(f"tariff {tariff.id}: no tier for amounts above {below} đồng")
    return len(lines), Money(_half_up(over, under * 100))


_RECKONED: dict[Basis, Callable[[Tariff, list[CountedLine], Money], tuple[int, Money]]] = {
    Basis.PERCENT_AMOUNT: _percent,
    Basis.PER_PERSON_PAID: _per_person,
    Basis.PER_PAYMENT_LINE: _per_line,
    Basis.PER_POINT_PER_MONTH: _per_point,
    Basis.FIXED_MONTH: _fixed,
    Basis.TIERED_PERCENT: _tiered,
}
