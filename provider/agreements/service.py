"""Registering agencies, signing contracts, setting standards, rates and tariffs."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from provider.agreements.models import Agency, Benefit, Contract, Rate, Standard, Tariff
from provider.agreements.rules import (
    PERCENT_BASES,
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
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.errors import N_, Invalid, Missing, Refusal
from provider.money import Money


class AgencyExists(Refusal):
    """Two agencies cannot have one code."""

    code = "agency_exists"
    sentence = N_("Mã cơ quan “%(code)s” đã có. Hãy dùng mã khác.")


class ContractOverlaps(Refusal):
    """One agency has at most one contract per programme on any day."""

    code = "contract_overlaps"
    sentence = N_("Cơ quan này đã có hợp đồng %(number)s cho chương trình này trong cùng thời gian.")


class TariffIncomplete(Invalid):
    """A tariff says what its basis needs and nothing else."""

    code = "tariff_incomplete"
    sentence = N_("Mức phí chưa đủ: cách tính theo tỷ lệ cần tỷ lệ phần trăm, cách tính khác cần đơn giá.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgency:
    """An agency to register."""

    code: str
    name: str
    short_name: str
    parent_name: str
    place_name: str
    unit_id: int
    active_from: dt.date
    active_to: dt.date | None = None
    email: str = ""
    account_no: str = ""
    account_bank: str = ""
    account_holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContract:
    """A contract to sign; days are days of the month."""

    agency_id: int
    programme: Programme
    office_id: int
    number: str
    signed_on: dt.date
    valid_from: dt.date
    valid_to: dt.date | None = None
    window_from_day: int = 5
    window_to_day: int = 20
    cut_off_day: int = 25
    settle_day: int = 28
    warn_months: int = 2
    report_months: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTariff:
    """A tariff to set; None means "any"; ``tiers`` are (up to this many đồng, percent)."""

    contract_id: int
    basis: Basis
    effective_from: dt.date
    percent: Decimal | None = None
    price: Money | None = None
    tiers: tuple[tuple[Money | None, Decimal], ...] = ()
    benefit_kind: BenefitKind | None = None
    channel: TariffChannel | None = None
    area: Area | None = None
    least: Money | None = None
    most: Money | None = None
    count_unit: CountUnit = CountUnit.PERSON
    merged_months: MergedMonths = MergedMonths.EACH
    vat_percent: Decimal = field(default_factory=lambda: Decimal(0))
    vat_included: bool = True
    rounding: Rounding = Rounding.DONG
    decision_no: str = ""
    effective_to: dt.date | None = None
    priority: int = 0


def register_agency(session: Session, new: NewAgency, *, by: Actor) -> Agency:
    """Register who sends lists and money. Raises AgencyExists."""
    code = new.code.strip().upper()
    if session.scalar(select(Agency.id).where(Agency.code == code)):
        raise AgencyExists(code=code)
    agency = Agency(
        code=code,
        name=new.name,
        short_name=new.short_name,
        parent_name=new.parent_name,
        place_name=new.place_name,
        unit_id=new.unit_id,
        email=new.email,
        account_no=new.account_no,
        account_bank=new.account_bank,
        account_holder=new.account_holder,
        active_from=new.active_from,
        active_to=new.active_to,
    )
    session.add(agency)
    session.flush()
    note(session, DeedKind.AGENCY_REGISTERED, by=by, about=f"agency:{agency.id}", code=code, name=new.name)
    return agency


def sign_contract(session: Session, new: NewContract, *, by: Actor) -> Contract:
    """Register a contract. Raises ContractOverlaps."""
    meets = select(Contract.number).where(
        Contract.agency_id == new.agency_id,
        Contract.programme == new.programme,
        or_(Contract.valid_to.is_(None), Contract.valid_to >= new.valid_from),
    )
    if new.valid_to is not None:
        meets = meets.where(Contract.valid_from <= new.valid_to)
    if (number := session.scalar(meets)) is not None:
        raise ContractOverlaps(number=number)
    contract = Contract(
        agency_id=new.agency_id,
        programme=new.programme,
        office_id=new.office_id,
        number=new.number,
        signed_on=new.signed_on,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        window_from_day=new.window_from_day,
        window_to_day=new.window_to_day,
        cut_off_day=new.cut_off_day,
        settle_day=new.settle_day,
        warn_months=new.warn_months,
        report_months=new.report_months,
    )
    session.add(contract)
    session.flush()
    note(
        session,
        DeedKind.CONTRACT_SIGNED,
        by=by,
        about=f"contract:{contract.id}",
        within=f"agency:{new.agency_id}",
        number=new.number,
        programme=new.programme.value,
    )
    return contract


def set_standard(
    session: Session, programme: Programme, amount: Money, *, effective_from: dt.date, source: str, by: Actor
) -> bool:
    """Set a standard from a day on; False when it was set so already. An earlier amount of that day is replaced."""
    found = session.scalars(
        select(Standard).where(Standard.programme == programme, Standard.effective_from == effective_from)
    ).first()
    if found is not None and (found.amount, found.source) == (amount, source):
        return False
    before = found.amount.dong if found else None
    if found is None:
        found = Standard(programme=programme, effective_from=effective_from, amount=amount, source=source)
        session.add(found)
    else:
        found.amount, found.source = amount, source
    session.flush()
    note(
        session,
        DeedKind.RATE_SET,
        by=by,
        about=f"standard:{programme.value}",
        amount=amount.dong,
        before=before,
        effective_from=effective_from.isoformat(),
        source=source,
    )
    return True


def set_rate(
    session: Session,
    benefit_code: str,
    component: RateComponent,
    amount: Money,
    *,
    effective_from: dt.date,
    source: str,
    by: Actor,
) -> bool:
    """Set a fixed rate from a day on; False when it was set so already. Raises Missing for an unknown benefit."""
    if session.get(Benefit, benefit_code) is None:
        raise Missing()
    found = session.scalars(
        select(Rate).where(
            Rate.benefit_code == benefit_code, Rate.component == component, Rate.effective_from == effective_from
        )
    ).first()
    if found is not None and (found.amount, found.source) == (amount, source):
        return False
    before = found.amount.dong if found else None
    if found is None:
        session.add(
            Rate(
                benefit_code=benefit_code,
                component=component,
                amount=amount,
                effective_from=effective_from,
                source=source,
            )
        )
    else:
        found.amount, found.source = amount, source
    session.flush()
    note(
        session,
        DeedKind.RATE_SET,
        by=by,
        about=f"benefit:{benefit_code}",
        component=component.value,
        amount=amount.dong,
        before=before,
        effective_from=effective_from.isoformat(),
        source=source,
    )
    return True


def set_tariff(session: Session, new: NewTariff, *, by: Actor) -> Tariff:
    """Set what we are paid under a contract. Raises TariffIncomplete when the figures do not fit the basis."""
    tiered = new.basis is Basis.TIERED_PERCENT
    by_percent = new.basis in PERCENT_BASES
    complete = (
        (new.percent is not None) == (by_percent and not tiered)
        and (new.price is not None) == (not by_percent)
        and bool(new.tiers) == tiered
    )
    if not complete:
        raise TariffIncomplete()
    tariff = Tariff(
        contract_id=new.contract_id,
        benefit_kind=new.benefit_kind,
        channel=new.channel,
        area=new.area,
        basis=new.basis,
        percent=new.percent,
        price=new.price,
        tiers=[[most.dong if most else None, str(percent)] for most, percent in new.tiers],
        least=new.least,
        most=new.most,
        count_unit=new.count_unit,
        merged_months=new.merged_months,
        vat_percent=new.vat_percent,
        vat_included=new.vat_included,
        rounding=new.rounding,
        decision_no=new.decision_no,
        effective_from=new.effective_from,
        effective_to=new.effective_to,
        priority=new.priority,
    )
    session.add(tariff)
    session.flush()
    note(
        session,
        DeedKind.TARIFF_SET,
        by=by,
        about=f"tariff:{tariff.id}",
        within=f"contract:{new.contract_id}",
        basis=new.basis.value,
        percent=str(new.percent) if new.percent is not None else None,
        price=new.price.dong if new.price else None,
        effective_from=new.effective_from.isoformat(),
    )
    return tariff
