"""What a new house begins with: benefits, standards, rates, the first agencies, offices and contracts. No people.

Idempotent: run again after an update, it adds what is new and leaves alone what is there.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider.agreements import reference
from provider.agreements.models import Agency, Benefit, Contract, Rate, Standard
from provider.agreements.rules import Basis, Programme
from provider.agreements.service import (
    NewAgency,
    NewContract,
    NewTariff,
    register_agency,
    set_tariff,
    sign_contract,
)
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.errors import Missing
from provider.money import Money
from provider.places.models import PostOffice
from provider.places.published import REDRAWN_ON
from provider.places.queries import unit_by_code
from provider.places.rules import Level, OfficeKind
from provider.places.service import open_office

PROVINCE_CODE: Final = "45"
PROVINCE_OFFICE: Final = "BDT-QT"
_BEFORE: Final = REDRAWN_ON - dt.timedelta(days=1)
_SINCE: Final = dt.date(2024, 1, 1)
_HTXH_SINCE: Final = dt.date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class _Party:
    code: str
    name: str
    short_name: str
    parent_name: str
    place_name: str
    unit_code: str
    office_code: str
    office_name: str
    mark: str


_PARTIES: Final = (
    _Party(
        "LDTBXH-TXQT",
        "Phòng Lao động - Thương binh và Xã hội thị xã Quảng Trị",
        "Phòng LĐ-TB&XH thị xã Quảng Trị",
        "UBND thị xã Quảng Trị",
        "Thị xã Quảng Trị",
        "462",
        "BD-TXQT",
        "Bưu điện thị xã Quảng Trị",
        "TXQT",
    ),
    _Party(
        "LDTBXH-DH",
        "Phòng Lao động - Thương binh và Xã hội thành phố Đông Hà",
        "Phòng LĐ-TB&XH thành phố Đông Hà",
        "UBND thành phố Đông Hà",
        "Đông Hà",
        "461",
        "BD-DH",
        "Bưu điện thành phố Đông Hà",
        "DH",
    ),
)


def take_in_reference(session: Session, *, by: Actor) -> int:
    """Register what is missing of the reference data and the first parties; how many things were added or changed.

    Raises Missing when the country's units were not taken in before.
    """
    changed = _benefits(session) + _standards(session) + _rates(session)
    if changed:
        note(session, DeedKind.RATE_SET, by=by, about="reference:agreements", changed=changed)
    province = _unit_id(session, PROVINCE_CODE, Level.PROVINCE)
    changed += _office(session, PROVINCE_OFFICE, "Bưu điện tỉnh Quảng Trị", OfficeKind.PROVINCE, None, province, by)
    parent = _office_id(session, PROVINCE_OFFICE)
    for party in _PARTIES:
        unit_id = _unit_id(session, party.unit_code, Level.DISTRICT)
        changed += _office(session, party.office_code, party.office_name, OfficeKind.AREA, parent, unit_id, by)
        changed += _agency(session, party, unit_id, by)
        for programme in Programme:
            changed += _contract(session, party, programme, by)
    return changed


def _benefits(session: Session) -> int:
    changed = 0
    known = {each.code: each for each in session.scalars(select(Benefit))}
    for position, line in enumerate(reference.benefits()):
        found = known.get(line.code)
        said = {
            "programme": line.programme,
            "name": line.name,
            "kind": line.kind,
            "group": line.group,
            "coefficient": line.coefficient,
            "sensitive": line.sensitive,
            "synonyms": list(line.synonyms),
            "position": position,
        }
        if found is None:
            session.add(Benefit(code=line.code, **said))
            changed += 1
        elif any(getattr(found, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(found, name, value)
            changed += 1
    session.flush()
    return changed


def _standards(session: Session) -> int:
    known = {tuple(row) for row in session.execute(select(Standard.programme, Standard.effective_from))}
    new = [line for line in reference.standards() if (line.programme, line.effective_from) not in known]
    session.add_all(
        Standard(programme=line.programme, amount=line.amount, effective_from=line.effective_from, source=line.source)
        for line in new
    )
    session.flush()
    return len(new)


def _rates(session: Session) -> int:
    known = {tuple(row) for row in session.execute(select(Rate.benefit_code, Rate.component, Rate.effective_from))}
    new = [line for line in reference.rates() if (line.benefit, line.component, line.effective_from) not in known]
    session.add_all(
        Rate(
            benefit_code=line.benefit,
            component=line.component,
            amount=line.amount,
            effective_from=line.effective_from,
            source=line.source,
        )
        for line in new
    )
    session.flush()
    return len(new)


def _office(
    session: Session, code: str, name: str, kind: OfficeKind, parent_id: int | None, unit_id: int, by: Actor
) -> int:
    if session.scalar(select(PostOffice.id).where(PostOffice.code == code)):
        return 0
    open_office(session, code=code, name=name, kind=kind, parent_id=parent_id, unit_id=unit_id, by=by)
    return 1


def _agency(session: Session, party: _Party, unit_id: int, by: Actor) -> int:
    if session.scalar(select(Agency.id).where(Agency.code == party.code)):
        return 0
    new = NewAgency(
        code=party.code,
        name=party.name,
        short_name=party.short_name,
        parent_name=party.parent_name,
        place_name=party.place_name,
        unit_id=unit_id,
        active_from=_SINCE,
        account_holder=party.name,
    )
    register_agency(session, new, by=by)
    return 1


def _contract(session: Session, party: _Party, programme: Programme, by: Actor) -> int:
    agency_id = session.scalar(select(Agency.id).where(Agency.code == party.code))
    assert agency_id is not None
    found = select(Contract.id).where(Contract.agency_id == agency_id, Contract.programme == programme)
    if session.scalar(found):
        return 0
    since = _HTXH_SINCE if programme is Programme.HTXH else _SINCE
    number = f"01/{since.year}/HĐ-{programme.value}-{party.mark}"
    contract = sign_contract(
        session,
        NewContract(
            agency_id=agency_id,
            programme=programme,
            office_id=_office_id(session, party.office_code),
            number=number,
            signed_on=since,
            valid_from=since,
        ),
        by=by,
    )
    set_tariff(session, _first_tariff(contract.id, programme, since, number), by=by)
    return 1


def _first_tariff(contract_id: int, programme: Programme, since: dt.date, number: str) -> NewTariff:
    """NCC at most 0.75 % of what is paid (Thông tư 44/2022/TT-BTC Điều 7); the others as found elsewhere: to be set."""
    decision = f"Hợp đồng số {number}"
    if programme is Programme.HTXH:
        return NewTariff(
            contract_id=contract_id,
            basis=Basis.PER_PERSON_PAID,
            price=Money(6_600),
            vat_percent=Decimal(10),
            vat_included=True,
            decision_no=decision,
            effective_from=since,
        )
    percent = Decimal("0.75") if programme is Programme.NCC else Decimal("0.80")
    return NewTariff(
        contract_id=contract_id,
        basis=Basis.PERCENT_AMOUNT,
        percent=percent,
        vat_percent=Decimal(10),
        vat_included=True,
        decision_no=decision,
        effective_from=since,
    )


def _unit_id(session: Session, code: str, level: Level) -> int:
    found = unit_by_code(session, code, level, _BEFORE)
    if found is None:
        raise Missing()
    return found.id


def _office_id(session: Session, code: str) -> int:
    found = session.scalar(select(PostOffice.id).where(PostOffice.code == code))
    if found is None:
        raise Missing()
    return found
