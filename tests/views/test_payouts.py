"""Payouts on screen: the table, one payout with its story, deeds with reasons, planning a month."""

from collections.abc import Callable

import pytest

from provider.audit.actor import SYSTEM
from provider.db import Store
from provider.payouts import service
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout
from provider.staff.models import Staff
from provider.staff.rules import Role
from tests.browser import JudgingClient
from tests.make import (
    make_agency,
    make_district,
    make_office,
    make_payout,
    make_person,
    make_staff,
    make_way,
)

SignIn = Callable[[Role | Staff], JudgingClient]


def one_payout(store: Store) -> int:
    with store.write() as session:
        return make_payout(session, amount=1_080_000).id


def somebody_else(store: Store) -> Staff:
    """An accountant of another district."""
    with store.write() as session:
        office = make_office(session, "DH", "Bưu điện thành phố Đông Hà")
        make_agency(session, "LDTBXH-DH", "Phòng Đông Hà", make_district(session, "461", "Đông Hà"))
        return make_staff(session, Role.ACCOUNTANT, login="dongha", office=office)


def test_the_table_shows_a_month_with_its_sums(store: Store, sign_in: SignIn) -> None:
    one_payout(store)
    text = sign_in(Role.ACCOUNTANT).get("/payouts").text
    assert "Nguyễn Thị Bưởi" in text
    assert "1.080.000" in text
    assert "Tháng 09/2024" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("channel=home", False),
        ("channel=cash_point", True),
        ("state=paid", False),
        ("state=due&programme=BTXH", True),
        ("programme=NCC", False),
        ("month=2024-08", False),
        ("month=nonsense&state=nonsense&commune=x&page=99", True),
    ],
)
def test_the_table_is_narrowed_down_by_its_address(store: Store, sign_in: SignIn, query: str, found: bool) -> None:
    one_payout(store)
    text = sign_in(Role.CONTROLLER).get(f"/payouts?{query}").text
    assert ("Nguyễn Thị Bưởi" in text) is found


def test_an_empty_month_says_what_to_do(sign_in: SignIn) -> None:
    assert "Không có khoản chi nào" in sign_in(Role.ACCOUNTANT).get("/payouts").text


def test_a_long_table_has_pages(store: Store, sign_in: SignIn) -> None:
    with store.write() as session:
        for number in range(51):
            make_payout(session, make_person(session, f"Người {number:02}"), funded=False)
    client = sign_in(Role.ACCOUNTANT)
    assert "Người 50" not in client.get("/payouts").text
    assert "Người 50" in client.get("/payouts?page=2").text


def test_one_payout_tells_its_story(store: Store, sign_in: SignIn) -> None:
    number = one_payout(store)
    with store.write() as session:
        service.hold(session, number, reason="Có tin đã mất", by=SYSTEM)
    text = sign_in(Role.AGENCY_OFFICER).get(f"/payouts/{number}").text
    assert "Tạm giữ khoản chi" in text
    assert "Lý do: Có tin đã mất" in text
    assert "Một triệu không trăm tám mươi nghìn đồng" in text
    assert "045141000017" not in text


def test_an_illness_is_not_named_on_screen(store: Store, sign_in: SignIn) -> None:
    from tests.make import make_benefit

    with store.write() as session:
        code = make_benefit(session, "BT08", name="Người nhiễm HIV", group="Đối tượng khác", sensitive=True).code
        number = make_payout(session, benefit=code, benefit_text="Người nhiễm HIV/AIDS").id
    assert "HIV" not in sign_in(Role.ACCOUNTANT).get(f"/payouts/{number}").text


@pytest.mark.parametrize("address", ["/payouts/{}", "/payouts/of/{}"])
def test_another_district_finds_nothing(store: Store, sign_in: SignIn, address: str) -> None:
    number = one_payout(store)
    with store.read() as session:
        person = session.get_one(Payout, number).person_id
    answer = sign_in(somebody_else(store)).get(address.format(number if "of" not in address else person))
    assert answer.status_code == 404


@pytest.mark.parametrize("deed", ["hold", "release", "move"])
def test_another_district_does_nothing(store: Store, sign_in: SignIn, deed: str) -> None:
    number = one_payout(store)
    form = {f"{deed}-reason": "Thử", "move-channel": "home"}
    assert sign_in(somebody_else(store)).post(f"/payouts/{number}/{deed}", data=form).status_code == 404


def test_a_payout_is_held_released_and_moved_with_reasons(store: Store, sign_in: SignIn) -> None:
    number = one_payout(store)
    client = sign_in(Role.ACCOUNTANT)
    for deed, form in (
        ("hold", {"hold-reason": "Chờ xác minh", "hold-seen": "1"}),
        ("release", {"release-reason": "Đã xác minh", "release-seen": "2"}),
        ("move", {"move-reason": "Gãy chân", "move-channel": "home", "move-seen": "3"}),
    ):
        answer = client.post(f"/payouts/{number}/{deed}", data=form)
        assert (answer.status_code, answer.location) == (303, f"/payouts/{number}")
    with store.read() as session:
        found = session.get_one(Payout, number)
        assert (found.state, found.channel) == (State.DUE, Channel.HOME)


def test_the_same_form_sent_twice_does_it_once(store: Store, sign_in: SignIn) -> None:
    number = one_payout(store)
    client = sign_in(Role.ACCOUNTANT)
    form = {"hold-reason": "Chờ xác minh", "hold-seen": "1"}
    assert client.post(f"/payouts/{number}/hold", data=form).status_code == 303
    assert client.post(f"/payouts/{number}/hold", data=form).status_code == 409


@pytest.mark.parametrize("deed", ["hold", "release", "move"])
def test_a_missing_reason_is_shown_beside_the_field(store: Store, sign_in: SignIn, deed: str) -> None:
    number = one_payout(store)
    if deed == "release":
        with store.write() as session:
            service.hold(session, number, reason="Chờ xác minh", by=SYSTEM)
    answer = sign_in(Role.ACCOUNTANT).post(
        f"/payouts/{number}/{deed}", data={f"{deed}-reason": " ", "move-channel": "home"}
    )
    assert answer.status_code == 422
    assert "Hãy ghi lý do." in answer.text


def test_who_only_reads_is_offered_no_deed(store: Store, sign_in: SignIn) -> None:
    number = one_payout(store)
    client = sign_in(Role.AGENCY_SUPERVISOR)
    assert f"/payouts/{number}/hold" not in client.get(f"/payouts/{number}").text
    assert client.post(f"/payouts/{number}/hold", data={"hold-reason": "Thử"}).status_code == 403
    assert client.get("/payouts/plan").status_code == 403


def test_point_staff_have_no_table_but_see_a_persons_payouts_at_their_points(store: Store, sign_in: SignIn) -> None:
    from provider.staff.models import StaffPoint
    from tests.make import make_commune, make_point

    with store.write() as session:
        near = make_payout(session).person_id
        far = make_payout(session, make_person(session, "Lê Thị Hoa", make_commune(session, "Phường 2"))).person_id
        payer = make_staff(session, Role.POINT_STAFF)
        session.add(StaffPoint(staff_id=payer.id, point_id=make_point(session).id))
    client = sign_in(payer)
    assert client.get("/payouts").status_code == 403
    assert "Tháng 09/2024" in client.get(f"/payouts/of/{near}").text
    assert client.get(f"/payouts/of/{far}").status_code == 404


def test_somebody_of_ours_without_payouts_has_an_empty_table(store: Store, sign_in: SignIn) -> None:
    one_payout(store)
    with store.write() as session:
        person = make_person(session, "Lê Thị Hoa").id
    assert "Chưa có khoản chi nào" in sign_in(Role.ACCOUNTANT).get(f"/payouts/of/{person}").text


def test_a_month_is_planned_and_the_result_said_in_figures(store: Store, sign_in: SignIn) -> None:
    with store.write() as session:
        make_payout(session)
        person = make_person(session, "Lê Thị Hoa")
        make_way(session, person)
        make_payout(session, person)
    client = sign_in(Role.ACCOUNTANT)
    assert "Xếp 2 khoản" in client.get("/payouts/plan?month=2024-09").text
    answer = client.post("/payouts/plan", data={"month": "2024-09", "agency": ""})
    assert answer.status_code == 303
    text = client.get(answer.location).text
    assert "Đã xếp hình thức chi cho 2 khoản: 1 tại điểm, 0 tại nhà, 1 vào tài khoản." in text


def test_a_month_of_another_district_cannot_be_planned(store: Store, sign_in: SignIn) -> None:
    one_payout(store)
    assert sign_in(somebody_else(store)).post("/payouts/plan", data={"month": "2024-09"}).status_code == 404
