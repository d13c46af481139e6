"""Reference data, contracts, standards, rates and tariffs in the database."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from provider.agreements import queries
from provider.agreements.benefit_names import BenefitNames
from provider.agreements.first_parties import take_in_reference
from provider.agreements.rules import Basis, Programme, RateComponent
from provider.agreements.service import (
    AgencyExists,
    ContractOverlaps,
    NewAgency,
    NewContract,
    NewTariff,
    TariffIncomplete,
    register_agency,
    set_rate,
    set_standard,
    set_tariff,
    sign_contract,
)
from provider.audit.actor import SYSTEM
from provider.clock import Month
from provider.db import Store
from provider.errors import Missing
from provider.money import Money
from provider.places.queries import units
from provider.places.service import take_in_units
from provider.staff.rules import Scope
from tests.make import make_agency, make_benefit, make_contract, make_district, make_office

LISTS = Path(__file__).parent.parent / "files" / "lists"
SEPTEMBER = Month(2024, 9)


@pytest.fixture
def reference(store: Store) -> Store:
    with store.write() as session:
        take_in_units(session, by=SYSTEM)
        take_in_reference(session, by=SYSTEM)
    return store


def test_the_reference_is_taken_in_once(reference: Store) -> None:
    with reference.write() as session:
        assert take_in_reference(session, by=SYSTEM) == 0


def test_without_the_units_of_the_country_there_is_no_reference(store: Store) -> None:
    with pytest.raises(Missing), store.write() as session:
        take_in_reference(session, by=SYSTEM)


def test_the_sender_of_the_sample_lists_has_its_contracts(reference: Store) -> None:
    with reference.read() as session:
        agency = queries.agency_by_code(session, "ldtbxh-txqt")
        assert agency is not None
        assert agency.parent_name == "UBND thị xã Quảng Trị"
        contract = queries.contract_for(session, agency_id=agency.id, programme="BTXH", month=SEPTEMBER)
        assert contract.office_name == "Bưu điện thị xã Quảng Trị"
        assert len(queries.tariffs_of(session, contract.id)) == 1
        with pytest.raises(queries.NoContract):
            queries.contract_for(session, agency_id=agency.id, programme="HTXH", month=SEPTEMBER)


def test_nobody_sees_another_district(reference: Store) -> None:
    with reference.read() as session:
        ours, theirs = (queries.agency_by_code(session, code) for code in ("LDTBXH-TXQT", "LDTBXH-DH"))
        assert ours is not None
        assert theirs is not None
        scope = Scope(agency_ids=frozenset({ours.id}), office_ids=None)
        assert {each.agency_code for each in queries.contracts(session, scope)} == {"LDTBXH-TXQT"}
        assert {each.agency_id for each in queries.tariffs(session, scope)} == {ours.id}
        assert [each.code for each in queries.agencies(session, scope)] == ["LDTBXH-TXQT"]
        reached = queries.communes_in_scope(session, scope)
        assert reached is not None
        assert {unit.name for unit in units(session, reached).values()} >= {"Phường 1", "Xã Hải Lệ"}
        assert len(reached) == 5
        assert queries.communes_in_scope(session, Scope.everything()) is None
        assert queries.communes_in_scope(session, Scope()) == frozenset()


@pytest.mark.parametrize(("name", "rows", "heading"), [("btxh_2024-09.xlsx", 1178, 9), ("ncc_2024-09.xls", 1151, 7)])
def test_every_row_of_the_sample_lists_finds_a_benefit_with_the_amount_it_pays(
    reference: Store, name: str, rows: int, heading: int
) -> None:
    programme = "BTXH" if name.startswith("btxh") else "NCC"
    with reference.read() as session:
        known = {each.code: each for each in queries.known_benefits(session, programme, SEPTEMBER)}
    names = BenefitNames((each.code, (each.name, *each.synonyms)) for each in known.values())
    read, section = 0, ""
    for row in CalamineWorkbook.from_path(LISTS / name).get_sheet_by_index(0).to_python()[heading:]:
        if not isinstance(row[0], int | float):
            section = str(row[2]) or section
            continue
        read += 1
        code = names.find(str(row[7])) if programme == "BTXH" else names.find(section, str(row[8]))
        assert code is not None, row
        paid = known[code].amounts[RateComponent.ALLOWANCE]
        assert paid == Money(int(float(str(row[9])))), row
        if programme == "NCC" and row[10]:
            assert known[code].amounts[RateComponent.ATTENDANT] == Money(int(float(str(row[10])))), row
    assert read == rows


def test_a_coefficient_is_exactly_what_was_written(reference: Store) -> None:
    with reference.read() as session:
        known = {each.code: each for each in queries.known_benefits(session, "BTXH", SEPTEMBER)}
    assert known["BT01A"].coefficient == Decimal("2.5")
    assert known["BT05C"].amounts == {RateComponent.ALLOWANCE: Money(500_000)}
    assert known["BT08"].sensitive


def test_a_sensitive_benefit_is_shown_by_its_group(reference: Store) -> None:
    with reference.read() as session:
        labels = queries.benefit_labels(session)
    assert labels["BT08"].neutral == "Đối tượng khác"
    assert "HIV" not in labels["BT03A"].neutral
    assert labels["BT05C"].neutral == labels["BT05C"].name


def test_a_standard_and_a_rate_are_set_once_and_every_change_is_noted(store: Store) -> None:
    since = dt.date(2027, 1, 1)
    with store.write() as session:
        make_benefit(session, "NC09", Programme.NCC)
        said = {"effective_from": since, "source": "Nghị định mới", "by": SYSTEM}
        assert set_standard(session, Programme.BTXH, Money(600_000), **said)
        assert not set_standard(session, Programme.BTXH, Money(600_000), **said)
        assert set_standard(session, Programme.BTXH, Money(610_000), **said)
        assert set_rate(session, "NC09", RateComponent.ALLOWANCE, Money(1_900_000), **said)
        assert not set_rate(session, "NC09", RateComponent.ALLOWANCE, Money(1_900_000), **said)
        with pytest.raises(Missing):
            set_rate(session, "KHONG-CO", RateComponent.ALLOWANCE, Money(1), **said)
        (known,) = queries.known_benefits(session, "NCC", Month(2027, 2))
        assert known.amounts == {RateComponent.ALLOWANCE: Money(1_900_000)}


def test_an_agency_has_one_contract_per_programme_on_any_day(store: Store) -> None:
    with store.write() as session:
        contract = make_contract(session)
        new = NewContract(
            agency_id=contract.agency_id,
            programme=Programme.BTXH,
            office_id=contract.office_id,
            number="02/2025/HĐ-BTXH",
            signed_on=dt.date(2025, 1, 1),
            valid_from=dt.date(2025, 1, 1),
        )
        with pytest.raises(ContractOverlaps):
            sign_contract(session, new, by=SYSTEM)
        contract.valid_to = dt.date(2024, 12, 31)
        session.flush()
        signed = sign_contract(session, new, by=SYSTEM)
        for month, number in (("2024-12", contract.number), ("2025-01", signed.number)):
            found = queries.contract_for(
                session, agency_id=contract.agency_id, programme="BTXH", month=Month.parse(month)
            )
            assert found.number == number


def test_two_agencies_cannot_have_one_code(store: Store) -> None:
    with store.write() as session:
        agency = make_agency(session)
        new = NewAgency(
            code=agency.code.lower(),
            name="Khác",
            short_name="Khác",
            parent_name="",
            place_name="",
            unit_id=make_district(session).id,
            active_from=dt.date(2024, 1, 1),
        )
        with pytest.raises(AgencyExists):
            register_agency(session, new, by=SYSTEM)


def test_a_tariff_says_what_its_basis_needs_and_nothing_else(store: Store) -> None:
    since = dt.date(2024, 1, 1)
    with store.write() as session:
        number = make_contract(session, office=make_office(session)).id
        wrong = [
            NewTariff(contract_id=number, basis=Basis.PERCENT_AMOUNT, effective_from=since),
            NewTariff(contract_id=number, basis=Basis.PER_PERSON_PAID, percent=Decimal("0.5"), effective_from=since),
            NewTariff(contract_id=number, basis=Basis.TIERED_PERCENT, percent=Decimal("0.5"), effective_from=since),
        ]
        for each in wrong:
            with pytest.raises(TariffIncomplete):
                set_tariff(session, each, by=SYSTEM)
        tiers = ((Money(1_000_000_000), Decimal("0.80")), (None, Decimal("0.6")))
        set_tariff(
            session,
            NewTariff(contract_id=number, basis=Basis.TIERED_PERCENT, tiers=tiers, effective_from=since, priority=1),
            by=SYSTEM,
        )
        kept = next(each for each in queries.tariffs_of(session, number) if each.priority == 1)
        assert kept.tiers == tiers
