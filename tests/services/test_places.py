"""The units of the country, what became of them, and our offices."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from provider.audit.actor import SYSTEM
from provider.audit.deeds import DeedKind
from provider.audit.queries import deeds_about
from provider.db import Store
from provider.errors import Missing
from provider.places import queries
from provider.places.models import AdminUnit
from provider.places.rules import Level, OfficeKind
from provider.places.service import OfficeExists, open_office, take_in_units

SEPTEMBER_2024 = dt.date(2024, 9, 1)
TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def country(store: Store) -> Store:
    with store.write() as session:
        take_in_units(session, by=SYSTEM)
    return store


def town(session: object) -> queries.Unit:
    found = queries.unit_by_code(session, "462", Level.DISTRICT, SEPTEMBER_2024)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_the_units_are_taken_in_once_and_what_was_not_understood_is_noted(country: Store) -> None:
    with country.write() as session:
        again = take_in_units(session, by=SYSTEM)
        assert again.units == 0
        assert session.scalar(select(func.count()).select_from(AdminUnit)) == 10_794 + 3_355
        deeds = deeds_about(session, "units:2025-07")
    assert [deed.kind for deed in deeds] == [DeedKind.UNITS_TAKEN_IN]
    assert len(deeds[0].facts["without_successor"]) == 17
    with country.read() as session:
        listed = {unit.code for unit in queries.communes_without_successor(session)}
    assert listed == set(deeds[0].facts["without_successor"])


@pytest.mark.parametrize("written", ["Xã Hải Lệ", "X. Hải Lệ", "hai le", "XÃ HẢI LỆ", "Phường Hải Lệ"])
def test_a_commune_is_found_however_its_name_is_written(country: Store, written: str) -> None:
    with country.read() as session:
        found = queries.commune_named(session, written, town(session).id, SEPTEMBER_2024)
    assert found is not None
    assert found.code == "19705"


def test_a_name_from_elsewhere_or_from_another_time_is_not_found(country: Store) -> None:
    with country.read() as session:
        district = town(session).id
        assert queries.commune_named(session, "Phường 9", district, SEPTEMBER_2024) is None
        assert queries.commune_named(session, "Xã Hải Lệ", district, TODAY) is None


def test_an_old_commune_leads_to_the_one_of_today_and_back(country: Store) -> None:
    with country.read() as session:
        old = queries.commune_named(session, "Hải Lệ", town(session).id, SEPTEMBER_2024)
        assert old is not None
        (now,) = queries.today_unit_of(session, old.id, TODAY)
        assert (now.unit.name, now.whole) == ("Phường Quảng Trị", True)
        assert [each.unit for each in queries.today_unit_of(session, old.id, SEPTEMBER_2024)] == [old]
        assert {each.unit.name for each in queries.formed_from(session, now.unit.id)} == {
            "Phường 1",
            "Phường 2",
            "Phường 3",
            "Phường An Đôn",
            "Xã Hải Lệ",
        }
        assert [each.name for each in queries.line_of(session, now.unit.id)] == ["Tỉnh Quảng Trị", "Phường Quảng Trị"]
        assert queries.today_unit_of(session, town(session).id, TODAY) == [], "districts ended"


def test_communes_under_a_unit_are_those_of_the_day(country: Store) -> None:
    with country.read() as session:
        district = town(session)
        assert len(queries.communes_under(session, district.id, SEPTEMBER_2024)) == 5
        assert queries.communes_under(session, district.id, TODAY) == []
        province = queries.unit_by_code(session, "44", Level.PROVINCE, TODAY)
        assert province is not None
        assert len(queries.communes_under(session, province.id, TODAY)) == 78


def test_who_serves_a_new_ward_reaches_the_old_communes_it_was_formed_from(country: Store) -> None:
    with country.read() as session:
        ward = queries.unit_by_code(session, "19360", Level.COMMUNE, TODAY)
        assert ward is not None
        old = {unit.id for unit in queries.communes_under(session, town(session).id, SEPTEMBER_2024)}
        assert queries.communes_ever_under(session, ward.id) == old | {ward.id}
        assert queries.communes_ever_under(session, town(session).id) == old


def test_search_finds_units_of_all_times_or_of_one_day(country: Store) -> None:
    with country.read() as session:
        names = [(unit.name, unit.level) for unit in queries.units_found(session, "quang tri")]
        assert names[:2] == [("Tỉnh Quảng Trị", Level.PROVINCE)] * 2
        assert ("Thị xã Quảng Trị", Level.DISTRICT) in names
        assert [unit.name for unit in queries.units_found(session, "P. Quảng Trị", on=TODAY)] == ["Phường Quảng Trị"]
        assert queries.units_found(session, "%") == []


def test_offices_are_a_tree(store: Store) -> None:
    with store.write() as session:
        top = open_office(session, code="BDT", name="Bưu điện tỉnh", kind=OfficeKind.PROVINCE, by=SYSTEM)
        area = open_office(session, code="KV1", name="Khu vực 1", kind=OfficeKind.AREA, parent_id=top.id, by=SYSTEM)
        counter = open_office(
            session, code="BC1", name="Bưu cục", kind=OfficeKind.COUNTER, parent_id=area.id, by=SYSTEM
        )
        other = open_office(session, code="KV2", name="Khu vực 2", kind=OfficeKind.AREA, parent_id=top.id, by=SYSTEM)
        assert queries.offices_below(session, area.id) == {area.id, counter.id}
        assert queries.offices_below(session, top.id) == {top.id, area.id, counter.id, other.id}
        assert queries.offices_below(session, 999) == frozenset()
        assert [(each.code, each.depth) for each in queries.offices(session)] == [
            ("BDT", 0),
            ("KV1", 1),
            ("BC1", 2),
            ("KV2", 1),
        ]


def test_two_offices_cannot_have_one_code_nor_an_unknown_parent(store: Store) -> None:
    with store.write() as session:
        open_office(session, code="BDT", name="Bưu điện tỉnh", kind=OfficeKind.PROVINCE, by=SYSTEM)
        with pytest.raises(OfficeExists):
            open_office(session, code="BDT", name="Lại", kind=OfficeKind.PROVINCE, by=SYSTEM)
        with pytest.raises(Missing):
            open_office(session, code="X", name="X", kind=OfficeKind.AREA, parent_id=77, by=SYSTEM)
