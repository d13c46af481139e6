"""The registers on screen: people, contracts and rates, offices and units."""

from collections.abc import Callable

import pytest

from provider.agreements.first_parties import take_in_reference
from provider.audit.actor import SYSTEM
from provider.audit.deeds import DeedKind
from provider.audit.queries import deeds_about
from provider.db import Store
from provider.identity import Sex
from provider.places.service import take_in_units
from provider.recipients import service
from provider.recipients.models import Payee, PayWay
from provider.recipients.recognition import Candidate
from provider.recipients.rules import Birth, Way
from provider.staff.models import Staff
from provider.staff.rules import Role
from tests.browser import JudgingClient
from tests.make import make_agency, make_commune, make_contract, make_district, make_office, make_payee, make_staff

SignIn = Callable[[Role | Staff], JudgingClient]


@pytest.fixture
def buoi(store: Store) -> int:
    """Nguyễn Thị Bưởi of Phường 1, in whose district we pay."""
    with store.write() as session:
        make_contract(session)
        candidate = Candidate(
            name="Nguyễn Thị Bưởi",
            birth=Birth(1941, 3, 12),
            sex=Sex.FEMALE,
            id_number="045141000017",
            commune_id=make_commune(session).id,
            hamlet="Khu phố 2",
            book_no="1464/BTXH",
        )
        return service.take_in_many(session, [candidate], by=SYSTEM)[0]


def somebody_else(store: Store) -> Staff:
    """An accountant of another district, which has a contract of its own."""
    with store.write() as session:
        office = make_office(session, "DH", "Bưu điện thành phố Đông Hà")
        agency = make_agency(session, "LDTBXH-DH", "Phòng Đông Hà", make_district(session, "461", "Thành phố Đông Hà"))
        make_contract(session, agency=agency, office=office)
        return make_staff(session, Role.ACCOUNTANT, login="dongha", office=office)


@pytest.mark.parametrize("text", ["buoi", "Bưởi", "ntb", "0017", "1464", "nguyen 1941"])
def test_a_person_is_found_and_the_number_stays_masked(sign_in: SignIn, buoi: int, text: str) -> None:
    answer = sign_in(Role.ACCOUNTANT).get("/people", query_string={"q": text}).text
    assert f"/people/{buoi}" in answer
    assert "045141000017" not in answer


def test_searching_as_one_types_gives_the_rows_only(sign_in: SignIn, buoi: int) -> None:
    answer = sign_in(Role.ACCOUNTANT).get("/people?q=buoi", htmx=True).text
    assert "<html" not in answer
    assert f"/people/{buoi}" in answer


def test_nothing_typed_and_nobody_found_are_designed_states(sign_in: SignIn, buoi: int) -> None:
    client = sign_in(Role.ACCOUNTANT)
    assert "Gõ vài chữ để tìm" in client.get("/people").text
    assert "Không tìm thấy ai" in client.get("/people?q=xyz").text


def test_nobody_finds_people_of_another_district(store: Store, sign_in: SignIn, buoi: int) -> None:
    client = sign_in(somebody_else(store))
    assert "Không tìm thấy ai" in client.get("/people?q=buoi").text
    assert client.get(f"/people/{buoi}").status_code == 404
    assert client.post(f"/people/{buoi}/id-number").status_code == 404
    for form in ({"payee-name": "X", "payee-paper": "Y", "payee-kind": "proxy"},):
        assert client.post(f"/people/{buoi}/payees", data=form).status_code == 404


def test_a_payer_without_points_finds_nobody(sign_in: SignIn, buoi: int) -> None:
    assert "Không tìm thấy ai" in sign_in(Role.POINT_STAFF).get("/people?q=buoi").text


def test_the_card_masks_the_number_until_it_is_asked_for_and_that_is_noted(
    store: Store, sign_in: SignIn, buoi: int
) -> None:
    client = sign_in(Role.ACCOUNTANT)
    card = client.get(f"/people/{buoi}").text
    assert "••• ••• 017" in card
    assert "045141000017" not in card
    assert "045141000017" in client.post(f"/people/{buoi}/id-number").text
    assert client.post(f"/people/{buoi}/id-number", htmx=True).text.count("045141000017") == 1
    with store.read() as session:
        deeds = deeds_about(session, f"person:{buoi}")
    assert [deed.kind for deed in deeds] == [DeedKind.PERSONAL_DATA_SEEN] * 2
    assert "045141000017" not in client.get(f"/people/{buoi}").text


def test_a_manager_reads_the_card_but_changes_and_reveals_nothing(sign_in: SignIn, buoi: int) -> None:
    client = sign_in(Role.PROVINCIAL_MANAGER)
    card = client.get(f"/people/{buoi}").text
    assert "Ghi người nhận thay" not in card
    assert "id-number" not in card
    assert client.post(f"/people/{buoi}/id-number").status_code == 403


def test_a_payee_is_named_and_ended(store: Store, sign_in: SignIn, buoi: int) -> None:
    client = sign_in(Role.ACCOUNTANT)
    form = {
        "payee-kind": "proxy",
        "payee-name": "Trần Văn Nam",
        "payee-id_number": "045 075 000 066",
        "payee-paper": "Giấy ủy quyền ngày 05/09/2024",
    }
    assert client.post(f"/people/{buoi}/payees", data=form).status_code == 303
    with store.read() as session:
        payee = session.query(Payee).one()
        assert (payee.name, payee.id_number) == ("Trần Văn Nam", "045075000066")
    assert "Trần Văn Nam" in client.get(f"/people/{buoi}").text
    assert client.post(f"/people/{buoi}/payees/end", data={"payee_id": payee.id}).status_code == 303
    assert client.post(f"/people/{buoi}/payees/end", data={"payee_id": payee.id}).status_code == 409


def test_a_payee_of_somebody_else_cannot_be_ended_through_this_card(store: Store, sign_in: SignIn, buoi: int) -> None:
    with store.write() as session:
        from tests.make import make_person

        other = make_payee(session, make_person(session, "Trần Văn Đức")).id
    assert sign_in(Role.ACCOUNTANT).post(f"/people/{buoi}/payees/end", data={"payee_id": other}).status_code == 404


def test_a_wrong_form_is_shown_again_with_nothing_lost(sign_in: SignIn, buoi: int) -> None:
    client = sign_in(Role.ACCOUNTANT)
    answer = client.post(f"/people/{buoi}/payees", data={"payee-kind": "guardian", "payee-name": "Trần Văn Nam"})
    assert answer.status_code == 422
    assert "Hãy ghi giấy tờ làm căn cứ." in answer.text
    assert "Trần Văn Nam" in answer.text
    answer = client.post(f"/people/{buoi}/way", data={"way-channel": "account", "way-reason": "Xin đổi"})
    assert answer.status_code == 422
    assert "Hãy ghi số tài khoản." in answer.text
    assert "Hãy ghi ngân hàng." in answer.text


def test_another_way_is_chosen(store: Store, sign_in: SignIn, buoi: int) -> None:
    form = {
        "way-channel": "account",
        "way-bank": "LPBank",
        "way-account_no": "0451 0001 2345",
        "way-reason": "Xin nhận qua tài khoản",
    }
    client = sign_in(Role.ACCOUNTANT)
    assert client.post(f"/people/{buoi}/way", data=form).status_code == 303
    with store.read() as session:
        way = session.query(PayWay).one()
        assert (way.channel, way.account_no) == (Way.ACCOUNT, "045100012345")
    card = client.get(f"/people/{buoi}").text
    assert "•••• 2345" in card
    assert "045100012345" not in card


def test_contracts_are_read_with_their_tariffs_in_ones_own_district(store: Store, sign_in: SignIn, buoi: int) -> None:
    theirs = sign_in(somebody_else(store)).get("/agreements").text
    assert "Phòng Đông Hà" in theirs
    assert "thị xã Quảng Trị" not in theirs
    ours = sign_in(Role.AGENCY_OFFICER).get("/agreements").text
    assert "thị xã Quảng Trị" in ours
    assert "Phòng Đông Hà" not in ours
    assert "0,5%" in ours


@pytest.fixture
def reference(store: Store) -> None:
    with store.write() as session:
        take_in_units(session, by=SYSTEM)
        take_in_reference(session, by=SYSTEM)


@pytest.mark.usefixtures("reference")
def test_rates_are_those_of_the_month(sign_in: SignIn) -> None:
    client = sign_in(Role.CONTROLLER)
    before = client.get("/agreements/rates?programme=BTXH&month=2024-06").text
    after = client.get("/agreements/rates?programme=BTXH&month=2024-07").text
    assert ">720.000<" in before
    assert ">1.000.000<" in after
    assert ">7.240.000<" in client.get("/agreements/rates?programme=NCC&month=2024-09").text
    assert client.get("/agreements/rates?programme=nonsense&month=nonsense").status_code == 200


@pytest.mark.usefixtures("reference")
def test_an_old_commune_leads_to_what_it_became(sign_in: SignIn, clock: object) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    page = client.get("/places?q=hai+le").text
    assert "Xã Hải Lệ" in page
    assert "Bưu điện tỉnh Quảng Trị" in page
    fragment = client.get("/places?q=hai+le", htmx=True).text
    assert "<html" not in fragment
    address = fragment.split('href="/places/unit?id=')[1].split('"')[0]
    unit = client.get(f"/places/unit?id={address}").text
    assert "Xã Hải Lệ" in unit
    assert client.get("/places/unit?id=999999").status_code == 404
    assert "Xã Thạch Lâm" in client.get("/places/unplaced").text
