"""The pages of rounds."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from provider.db import Store
from provider.payouts.lifecycle import Channel
from provider.staff.rules import Role
from provider.visits.models import Round, RoundState, Stop
from tests.make import make_commune, make_office, make_payout, make_person, make_staff

if TYPE_CHECKING:
    from tests.browser import JudgingClient

    SignIn = Callable[[Any], JudgingClient]

KEY = "11111111-1111-4111-8111-111111111111"


def ready(store: Store) -> dict[str, Any]:
    """Two people who wait at home, one courier; what the form for a round sends."""
    with store.write() as session:
        for name, hamlet, phone in (("Nguyễn Thị Bưởi", "Khu phố 10", "0912345678"), ("Trần Văn Đức", "Khu phố 2", "")):
            person = make_person(session, name, hamlet=hamlet, phone=phone)
            make_payout(session, person, channel=Channel.HOME)
        return {
            "office_id": make_office(session).id,
            "communes": make_commune(session).id,
            "staff_id": make_staff(session, Role.COURIER).id,
            "on": "2024-09-12",
            "month": "2024-09",
            "idempotency_key": KEY,
        }


def test_the_accountant_sees_who_waits_and_plans_a_round(store: Store, sign_in: "SignIn") -> None:
    sent, browser = ready(store), sign_in(Role.ACCOUNTANT)
    shown = browser.get("/visits/").text
    assert "Phường 1" in shown
    assert "2 người chờ" in shown
    assert "Đỗ Văn Tá" in shown
    answer = browser.post("/visits/", data=sent)
    assert answer.status_code == 303
    page = browser.get(answer.location).text
    assert page.index("Trần Văn Đức") < page.index("Nguyễn Thị Bưởi")
    assert "1.000.000" in page
    assert "Không còn ai chờ tuyến" in browser.get("/visits/?month=2024-09").text


def test_the_same_form_sent_twice_plans_one_round(store: Store, sign_in: "SignIn") -> None:
    sent, browser = ready(store), sign_in(Role.ACCOUNTANT)
    assert browser.post("/visits/", data=sent).location == browser.post("/visits/", data=sent).location
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Round)) == 1


def test_a_wrong_form_comes_back_with_the_problem_and_what_was_filled_in(store: Store, sign_in: "SignIn") -> None:
    sent, browser = ready(store), sign_in(Role.ACCOUNTANT)
    answer = browser.post("/visits/", data={**sent, "on": ""})
    assert answer.status_code == 422
    assert "Hãy chọn ngày đi." in answer.text
    assert re.search(r'value="\d+"[^>]*checked|checked[^>]*value="\d+"', answer.text)
    without_commune = {name: value for name, value in sent.items() if name != "communes"}
    assert "Hãy chọn ít nhất một xã, phường." in browser.post("/visits/", data=without_commune).text
    with store.write() as session:
        accountant = make_staff(session).id
    answer = browser.post("/visits/", data={**sent, "staff_id": accountant})
    assert answer.status_code == 422
    assert "không đi chi trả" in answer.text
    browser.post("/visits/", data=sent)
    again = browser.post("/visits/", data={**sent, "idempotency_key": KEY.replace("1", "2")})
    assert again.status_code == 422
    assert "Không có khoản nào chờ chi tại nhà" in again.text


def test_an_office_out_of_reach_is_not_there(store: Store, sign_in: "SignIn") -> None:
    sent = ready(store)
    with store.write() as session:
        other = make_office(session, "DHA", "Bưu điện thành phố Đông Hà")
        stranger = make_staff(session, Role.ACCOUNTANT, login="ketoan2", name="Kế Toán Khác", office=other)
    number = sign_in(Role.ACCOUNTANT).post("/visits/", data=sent).location
    browser = sign_in(stranger)
    assert browser.post("/visits/", data=sent).status_code == 404
    assert browser.get(number).status_code == 404
    assert browser.post(f"{number}/close", data={"idempotency_key": KEY}).status_code == 404
    assert "Nguyễn Thị Bưởi" not in browser.get("/visits/?month=2024-09").text


def test_the_courier_has_a_sheet_on_the_phone_with_the_way_to_each_card(store: Store, sign_in: "SignIn") -> None:
    number = sign_in(Role.ACCOUNTANT).post("/visits/", data=ready(store)).location
    browser = sign_in(Role.COURIER)
    assert number in browser.get("/visits/").text
    sheet = browser.get(number).text
    with store.read() as session:
        first = session.scalars(select(Stop).order_by(Stop.position)).first()
        assert first is not None
    assert 'class="phone"' in sheet
    assert re.search(r'href="/payday/people/\d+".*Trần Văn Đức', sheet)
    assert "tel:0912345678" in sheet
    answer = browser.post(f"{number}/close", data={"idempotency_key": KEY.replace("1", "3")})
    assert answer.status_code == 303
    with store.read() as session:
        assert session.scalars(select(Round)).one().state is RoundState.CLOSED


def test_another_courier_does_not_see_it(store: Store, sign_in: "SignIn") -> None:
    number = sign_in(Role.ACCOUNTANT).post("/visits/", data=ready(store)).location
    with store.write() as session:
        other = make_staff(session, Role.COURIER, login="buuta2", name="Bưu Tá Khác")
    browser = sign_in(other)
    assert browser.get(number).status_code == 404
    assert "Bạn chưa có tuyến nào" in browser.get("/visits/").text


def test_an_agency_has_no_business_with_rounds(store: Store, sign_in: "SignIn") -> None:
    ready(store)
    assert sign_in(Role.AGENCY_OFFICER).get("/visits/").status_code == 403
    assert sign_in(Role.COURIER).post("/visits/", data={}).status_code == 403
