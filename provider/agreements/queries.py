"""Agencies, contracts in force, benefits and what they are worth in a month, tariffs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from provider.agreements.models import Agency, Benefit, Contract, Rate, Standard, Tariff
from provider.agreements.rules import (
    BenefitKind,
    BenefitTerms,
    Programme,
    RateComponent,
    RateLevel,
    StandardLevel,
    TariffTerms,
    rate_of,
)
from provider.clock import Month
from provider.errors import N_, Missing
from provider.money import Money
from provider.places.models import PostOffice
from provider.places.queries import communes_ever_under
from provider.staff.rules import Scope


class NoContract(Missing):
    """Nobody agreed that we pay this programme for this agency in this month."""

    code = "no_contract"
    sentence = N_(
        "Cơ quan này không có hợp đồng chi trả %(programme)s nào còn hiệu lực trong %(month)s. "
        "Hãy báo quản trị viên ghi hợp đồng."
    )


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """Who sends lists and money, with the lines its papers need."""

    id: int
    code: str
    name: str
    short_name: str
    parent_name: str
    place_name: str
    unit_id: int
    email: str
    account_no: str
    account_bank: str
    account_holder: str
    active_from: dt.date
    active_to: dt.date | None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract with the names of its parties and the days of the month that were agreed."""

    id: int
    agency_id: int
    agency_code: str
    agency_name: str
    programme: Programme
    office_id: int
    office_name: str
    number: str
    signed_on: dt.date
    valid_from: dt.date
    valid_to: dt.date | None
    window_from_day: int
    window_to_day: int
    cut_off_day: int
    settle_day: int
    warn_months: int
    report_months: int


@dataclass(frozen=True, slots=True)
class KnownBenefit:
    """A benefit as it stands in one month. ``amounts`` is empty when nothing is in force or nothing is known."""

    code: str
    programme: Programme
    name: str
    synonyms: tuple[str, ...]
    kind: BenefitKind
    group: str
    coefficient: Decimal | None
    amounts: Mapping[RateComponent, Money]
    sensitive: bool


@dataclass(frozen=True, slots=True)
class BenefitLabel:
    """How a benefit is shown: ``neutral`` is what others may read over a shoulder."""

    code: str
    name: str
    group: str
    kind: BenefitKind
    sensitive: bool

    @property
    def neutral(self) -> str:
        """The name, or the group's where the name gives away an illness (Nghị định 20/2021/NĐ-CP Điều 8.1b)."""
        return self.group if self.sensitive else self.name


@dataclass(frozen=True, slots=True)
class StandardRow:
    """A standard with where it stands."""

    programme: Programme
    amount: Money
    effective_from: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class TariffRow:
    """A tariff with the contract it belongs to."""

    terms: TariffTerms
    contract_number: str
    agency_id: int
    programme: Programme


def agency_by_code(session: Session, code: str) -> AgencyRow | None:
    """The agency with a code, case aside."""
    found = session.scalars(select(Agency).where(Agency.code == code.strip().upper())).first()
    return _agency(found) if found else None


def agency(session: Session, agency_id: int) -> AgencyRow | None:
    """The agency with an id."""
    found = session.get(Agency, agency_id)
    return _agency(found) if found else None


def agencies(session: Session, scope: Scope) -> list[AgencyRow]:
    """All agencies within reach: one's own, or those whose contracts an office within reach carries out."""
    wanted = select(Agency).order_by(Agency.code)
    if scope.agency_ids is not None:
        wanted = wanted.where(Agency.id.in_(scope.agency_ids))
    if scope.office_ids is not None:
        served = select(Contract.agency_id).where(Contract.office_id.in_(scope.office_ids))
        wanted = wanted.where(Agency.id.in_(served))
    return [_agency(each) for each in session.scalars(wanted)]


def contract_for(session: Session, *, agency_id: int, programme: str, month: Month) -> ContractRow:
    """The contract in force in a month (on any day of it; the newer one counts). Raises NoContract."""
    wanted = (
        _contracts()
        .where(
            Contract.agency_id == agency_id,
            Contract.programme == Programme(programme),
            Contract.valid_from <= month.last_day,
            or_(Contract.valid_to.is_(None), Contract.valid_to >= month.first_day),
        )
        .order_by(Contract.valid_from.desc())
    )
    found = session.execute(wanted).first()
    if found is None:
        raise NoContract(programme=programme, month=month.label)
    return _contract(*found)


def contracts(session: Session, scope: Scope, *, on: dt.date | None = None) -> list[ContractRow]:
    """Contracts within reach, by agency and programme; with ``on`` only those in force on that day."""
    wanted = scope.limit(_contracts(), office=Contract.office_id, agency=Contract.agency_id)
    if on is not None:
        wanted = wanted.where(Contract.valid_from <= on, or_(Contract.valid_to.is_(None), Contract.valid_to >= on))
    rows = session.execute(wanted.order_by(Agency.code, Contract.programme, Contract.valid_from))
    return [_contract(*row) for row in rows]


def known_benefits(session: Session, programme: str, month: Month) -> tuple[KnownBenefit, ...]:
    """All benefits of a programme with what each is worth in a month, for checking a list without the database."""
    standards = standard_levels(session)
    wanted = (
        select(Rate).join(Benefit, Benefit.code == Rate.benefit_code).where(Benefit.programme == Programme(programme))
    )
    by_benefit: dict[str, list[RateLevel]] = {}
    for rate in session.scalars(wanted):
        level = RateLevel(rate.benefit_code, rate.component, rate.amount, rate.effective_from)
        by_benefit.setdefault(rate.benefit_code, []).append(level)
    found = select(Benefit).where(Benefit.programme == Programme(programme)).order_by(Benefit.position)
    return tuple(
        KnownBenefit(
            code=each.code,
            programme=each.programme,
            name=each.name,
            synonyms=tuple(each.synonyms),
            kind=each.kind,
            group=each.group,
            coefficient=each.coefficient,
            amounts=MappingProxyType(
                dict(
                    rate_of(
                        BenefitTerms(each.code, each.programme, each.coefficient),
                        month,
                        standards=standards,
                        rates=by_benefit.get(each.code, []),
                    )
                )
            ),
            sensitive=each.sensitive,
        )
        for each in session.scalars(found)
    )


def benefit_labels(session: Session) -> dict[str, BenefitLabel]:
    """How each benefit is shown, by code; for screens and papers."""
    return {
        each.code: BenefitLabel(each.code, each.name, each.group, each.kind, each.sensitive)
        for each in session.scalars(select(Benefit))
    }


def standards(session: Session) -> list[StandardRow]:
    """All standards, newest first within each programme."""
    wanted = select(Standard).order_by(Standard.programme, Standard.effective_from.desc())
    return [
        StandardRow(each.programme, each.amount, each.effective_from, each.source) for each in session.scalars(wanted)
    ]


def tariffs_of(session: Session, contract_id: int) -> tuple[TariffTerms, ...]:
    """Every tariff of a contract, whatever its days: for ``rules.tariff_that_applies``."""
    wanted = select(Tariff).where(Tariff.contract_id == contract_id).order_by(Tariff.effective_from, Tariff.id)
    return tuple(_terms(each) for each in session.scalars(wanted))


def tariffs(session: Session, scope: Scope) -> list[TariffRow]:
    """Tariffs of all contracts within reach."""
    wanted = scope.limit(
        select(Tariff, Contract.number, Contract.agency_id, Contract.programme).join(
            Contract, Contract.id == Tariff.contract_id
        ),
        office=Contract.office_id,
        agency=Contract.agency_id,
    ).order_by(Contract.number, Tariff.effective_from, Tariff.id)
    return [
        TariffRow(_terms(found), number, agency_id, programme)
        for found, number, agency_id, programme in session.execute(wanted)
    ]


def communes_in_scope(session: Session, scope: Scope) -> frozenset[int] | None:
    """The communes whose people somebody may see, through the agencies within reach; None for all."""
    if scope.agency_ids is None and scope.office_ids is None:
        return None
    reached = {each.unit_id for each in agencies(session, scope)}
    return frozenset(commune for unit_id in reached for commune in communes_ever_under(session, unit_id))


def _contracts() -> Select[Contract, str, str, str]:
    parties = select(Contract, Agency.code, Agency.name, PostOffice.name)
    return parties.join(Agency, Agency.id == Contract.agency_id).join(PostOffice, PostOffice.id == Contract.office_id)


def standard_levels(session: Session) -> list[StandardLevel]:
    """All standards as the rule ``rate_of`` takes them."""
    return [
        StandardLevel(each.programme, each.amount, each.effective_from) for each in session.scalars(select(Standard))
    ]


def _agency(found: Agency) -> AgencyRow:
    return AgencyRow(
        found.id,
        found.code,
        found.name,
        found.short_name,
        found.parent_name,
        found.place_name,
        found.unit_id,
        found.email,
        found.account_no,
        found.account_bank,
        found.account_holder,
        found.active_from,
        found.active_to,
    )


def _contract(found: Contract, agency_code: str, agency_name: str, office_name: str) -> ContractRow:
    return ContractRow(
        id=found.id,
        agency_id=found.agency_id,
        agency_code=agency_code,
        agency_name=agency_name,
        programme=found.programme,
        office_id=found.office_id,
        office_name=office_name,
        number=found.number,
        signed_on=found.signed_on,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        window_from_day=found.window_from_day,
        window_to_day=found.window_to_day,
        cut_off_day=found.cut_off_day,
        settle_day=found.settle_day,
        warn_months=found.warn_months,
        report_months=found.report_months,
    )


def _terms(found: Tariff) -> TariffTerms:
    return TariffTerms(
        id=found.id,
        contract_id=found.contract_id,
        benefit_kind=found.benefit_kind,
        channel=found.channel,
        area=found.area,
        basis=found.basis,
        percent=found.percent,
        price=found.price,
        tiers=tuple((None if most is None else Money(most), Decimal(percent)) for most, percent in found.tiers),
        least=found.least,
        most=found.most,
        count_unit=found.count_unit,
        merged_months=found.merged_months,
        vat_percent=found.vat_percent,
        vat_included=found.vat_included,
        rounding=found.rounding,
        decision_no=found.decision_no,
        effective_from=found.effective_from,
        effective_to=found.effective_to,
        priority=found.priority,
    )
