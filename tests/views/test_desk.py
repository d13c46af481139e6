"""The start page, the progress, the day book, the health of the house."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from provider.agreements.rules import Programme
from provider.clock import Stopped
from provider.db import Store
from provider.payouts.lifecycle import State
from provider.payouts.service import hold
from provider.staff.rules import Role
from tests.make import (
    SEPTEMBER,
    make_actor,
    make_agency,
    make_commune,
    make_contract,
    make_district,
    make_office,
    make_payout,
    make_period,
    make_person,
    make_staff,
)
from tests.make.lists import line, receive_list

if TYPE_CHECKING:
    from tests.browser import JudgingClient

    SignIn = Callable[[Any], JudgingClient]


def september(store: Store) -> None:
    """One of two in Phường 1 is paid, nobody yet in Xã Hải Lệ."""
    with store.write() as session:
        make_payout(session, make_person(session), amount=500_000, state=State.PAID)
        make_payout(session, make_person(session, "Trần Văn Đức"), amount=700_000)
        away = make_commune(session, "Xã Hải Lệ")
        make_payout(session, make_person(session, "Võ Hữu Long", away), amount=900_000)


def stranger(store: Store) -> Any:
    with store.write() as session:
        district = make_district(session, "461", "Huyện Hải Lăng")
        other = make_agency(session, "LDTBXH-HL", "Phòng LĐ-TB&XH huyện Hải Lăng", district)
        make_contract(session, Programme.BTXH, other)
        return make_staff(session, Role.AGENCY_OFFICER, login="canbo.hl", agency=other)


# -- the start page


def test_what_waits_has_a_count_and_a_link(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        receive_list(session, line(), by=make_actor(session))
    shown = sign_in(Role.ACCOUNTANT).get("/").text
    assert "danh sách chờ nhận vào kỳ" in shown
    assert 'href="/lists/"' in shown
    assert "danh sách chờ nhận vào kỳ" not in sign_in(Role.AGENCY_OFFICER).get("/").text


def test_an_empty_house_has_nothing_waiting(store: Store, sign_in: "SignIn") -> None:
    assert "Không có việc nào đang chờ" in sign_in(Role.ACCOUNTANT).get("/").text


@pytest.mark.parametrize("role", [Role.POINT_STAFF, Role.COURIER])
def test_payers_go_straight_to_their_till(store: Store, sign_in: "SignIn", role: Role) -> None:
    assert sign_in(role).get("/").location == "/payday/"


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.POINT_STAFF, Role.COURIER)])
def test_everybody_else_has_a_start_page_with_the_own_doors(store: Store, sign_in: "SignIn", role: Role) -> None:
    september(store)
    shown = sign_in(role).get("/").text
    assert 'aria-current="page"' in shown
    assert ('href="/settlement/"' in shown) is (role is not Role.ADMINISTRATOR)


# -- the progress


@pytest.mark.parametrize("role", [Role.AGENCY_OFFICER, Role.AGENCY_SUPERVISOR, Role.PROVINCIAL_MANAGER])
def test_the_progress_is_told_by_commune_and_channel(store: Store, sign_in: "SignIn", role: Role) -> None:
    september(store)
    shown = sign_in(role).get("/progress").text
    assert "Xã Hải Lệ" in shown
    assert "500.000 đ" in shown
    assert "2.100.000 đ" in shown


def test_the_progress_refreshes_itself_as_a_fragment_of_the_same_month(store: Store, sign_in: "SignIn") -> None:
    september(store)
    with store.write() as session:
        october = make_period(session, month=SEPTEMBER.next())
        make_payout(session, make_person(session), amount=123_000, period=october)
    officer = sign_in(Role.AGENCY_OFFICER)
    newest, asked = officer.get("/progress").text, officer.get("/progress?month=2024-09", htmx=True).text
    assert "123.000 đ" in newest
    assert asked.lstrip().startswith("<div")
    assert 'hx-get="/progress?month=2024-09"' in asked
    assert "123.000" not in asked
    assert "123.000 đ" in officer.get("/progress?month=1999-01").text
    assert officer.get("/progress?month=never").status_code == 422


def test_the_officer_of_another_district_sees_no_progress(store: Store, sign_in: "SignIn") -> None:
    september(store)
    other = sign_in(stranger(store))
    for address in ("/progress", "/progress?month=2024-09", "/"):
        shown = other.get(address).text
        assert "thị xã Quảng Trị" not in shown
        assert "Xã Hải Lệ" not in shown


# -- the day book


def test_the_day_book_tells_who_did_what(store: Store, sign_in: "SignIn", clock: Stopped) -> None:
    september(store)
    with store.write() as session:
        payout = make_payout(session, make_person(session, "Lê Thị Hoa"))
        hold(session, payout.id, reason="Chờ giấy ủy quyền", by=make_actor(session))
    controller = sign_in(Role.CONTROLLER)
    assert "Chờ giấy ủy quyền" in controller.get("/day-book").text
    clock.forward(days=1)
    controller = sign_in(Role.CONTROLLER)
    assert "Không có việc nào trong ngày này" in controller.get("/day-book?day=2024-09-06").text
    assert "Chờ giấy ủy quyền" in controller.get("/day-book?day=2024-09-05").text
    assert controller.get("/day-book?day=never").status_code == 200


def test_the_day_book_of_another_office_is_not_told(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        hold(session, make_payout(session).id, reason="Chờ giấy ủy quyền", by=make_actor(session))
        elsewhere = make_office(session, "HL", "Bưu điện huyện Hải Lăng")
        other = make_staff(session, Role.ACCOUNTANT, login="ketoan.hl", office=elsewhere)
    assert "Chờ giấy ủy quyền" not in sign_in(other).get("/day-book").text
    assert "Chờ giấy ủy quyền" in sign_in(Role.PROVINCIAL_MANAGER).get("/day-book").text
    assert "Chờ giấy ủy quyền" in sign_in(Role.ADMINISTRATOR).get("/day-book").text


def test_a_long_day_has_pages(store: Store, sign_in: "SignIn", monkeypatch: pytest.MonkeyPatch) -> None:
    from provider.desk import views

    monkeypatch.setattr(views, "DEEDS_A_PAGE", 1)
    with store.write() as session:
        for number, name in enumerate(("Lê Thị Hoa", "Trần Văn Đức")):
            payout = make_payout(session, make_person(session, name))
            hold(session, payout.id, reason=f"Lý do {number}", by=make_actor(session))
    first, second = (sign_in(Role.CONTROLLER).get(f"/day-book?page={page}").text for page in (1, 2))
    assert "Lý do 1" in first
    assert "Lý do 0" not in first
    assert "page=2" in first
    assert "Lý do 0" in second


@pytest.mark.parametrize("role", [Role.AGENCY_OFFICER, Role.AGENCY_SUPERVISOR, Role.POINT_STAFF, Role.CASHIER])
def test_the_day_book_is_not_for_everybody(store: Store, sign_in: "SignIn", role: Role) -> None:
    assert sign_in(role).get("/day-book").status_code == 403


# -- the health


def test_the_health_page_needs_no_sign_in_and_tells_version_and_database(store: Store, client: "JudgingClient") -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert set(answer.json) == {"version", "database"}
    assert answer.json["database"] == "ok"


def test_the_health_page_says_when_the_database_does_not_answer(
    store: Store, client: "JudgingClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "state", lambda _self: "OperationalError")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json["database"] if answer.json else "") == (503, "OperationalError")


@pytest.mark.parametrize("address", ["/style", "/style/phone"])
def test_the_style_page_shows_every_component(store: Store, sign_in: "SignIn", address: str) -> None:
    assert sign_in(Role.CONTROLLER).get(address).status_code == 200
