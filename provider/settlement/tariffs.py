"""The tariffs of a contract as the fee rule takes them; pure."""

from decimal import Decimal

from provider.agreements.rules import CountUnit, MergedMonths, TariffTerms
from provider.clock import Month
from provider.money import ZERO
from provider.settlement.fees import ANY, Tariff, Tier


def tariff_for_fee(terms: TariffTerms, *, programme: str) -> Tariff:
    """One line of a contract's tariff, for one programme, by whole months."""
    what = [terms.benefit_kind, terms.channel, terms.area]
    said = " · ".join(one.value for one in what if one is not None)
    return Tariff(
        id=terms.id,
        label=f"{programme} · {said}" if said else programme,
        basis=terms.basis,
        programme=programme,
        kind=terms.benefit_kind.value if terms.benefit_kind else ANY,
        channel=terms.channel.value if terms.channel else ANY,
        area=terms.area.value if terms.area else ANY,
        rate=terms.percent if terms.percent is not None else Decimal(0),
        price=terms.price or ZERO,
        tiers=tuple(Tier(up_to, rate) for up_to, rate in terms.tiers),
        least=terms.least,
        most=terms.most,
        person_once=terms.count_unit is CountUnit.PERSON,
        months_count=terms.merged_months is MergedMonths.EACH,
        vat_rate=terms.vat_percent,
        vat_included=terms.vat_included,
        rounding=terms.rounding,
        decision_no=terms.decision_no,
        effective_from=Month.of(terms.effective_from),
        effective_to=Month.of(terms.effective_to) if terms.effective_to else None,
        priority=terms.priority,
    )
