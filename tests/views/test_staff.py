"""The doors of the staff room: sign-in, second factor, lock, account, staff list; and the guard before every door."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pyotp
import pytest

from provider import clock as house_clock
from provider.clock import Stopped
from provider.config import Settings
from provider.db import Store
from provider.staff import passwords, queries, sessions
from provider.staff.guard import local_address
from provider.staff.models import Staff, UserSession
from provider.staff.passwords import Cost
from provider.staff.rules import Role, Scope
from tests.make import make_office, make_point, make_staff

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from tests.browser import JudgingClient

    SignInAs = Callable[[Role | Staff], JudgingClient]

PASSWORD = "lúa chín vàng bên triền đê"
ANOTHER = "bướm trắng đậu giàn mướp"


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", Cost(memory=8, passes=1, lanes=1))


@pytest.fixture
def strict(app: "Flask") -> Iterator[None]:
    """A house where desks need a second factor."""
    before: Settings = app.extensions["settings"]
    app.extensions["settings"] = Settings(
        database_url=before.database_url, secret=before.secret, second_factor_required=True
    )
    yield
    app.extensions["settings"] = before


def _worker(store: Store, role: Role = Role.ACCOUNTANT, **more: str) -> Staff:
    with store.write() as session:
        return make_staff(session, role, password_hash=passwords.hash_of(PASSWORD), **more)


def _enter(client: "JudgingClient", login: str = "ketoan", password: str = PASSWORD, **more: str) -> "TestResponse":
    return client.post("/sign-in", data={"login": login, "password": password, **more})


def _text(answer: "TestResponse") -> str:
    return answer.get_data(as_text=True)


def _sid(client: "JudgingClient") -> str:
    cookie = client.get_cookie("sid")
    return cookie.value if cookie else ""


# -- coming in


def test_signing_in_leads_on_to_the_page_that_was_asked_for(store: Store, client: "JudgingClient") -> None:
    _worker(store)
    turned_away = client.get("/account")
    assert turned_away.status_code == 302
    assert turned_away.location == "/sign-in?next=/account"
    assert client.get(turned_away.location).status_code == 200
    entered = _enter(client, next="/account")
    assert (entered.status_code, entered.location) == (303, "/account")
    page = client.get("/account")
    assert page.status_code == 200
    assert "Lê Thị Kế" in _text(page)
    assert "Phiên làm việc này" in _text(page)


def test_the_cookie_is_for_this_site_and_not_for_scripts(store: Store, client: "JudgingClient") -> None:
    _worker(store)
    cookie = next(one for one in _enter(client).headers.getlist("Set-Cookie") if one.startswith("sid="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_over_https_the_cookie_is_bound_to_this_very_host(app: "Flask", store: Store, client: "JudgingClient") -> None:
    before: Settings = app.extensions["settings"]
    app.extensions["settings"] = Settings(database_url=before.database_url, secret=before.secret, https=True)
    try:
        _worker(store)
        cookies = _enter(client).headers.getlist("Set-Cookie")
        cookie = next(one for one in cookies if one.startswith("__Host-sid="))
        assert "Secure" in cookie
    finally:
        app.extensions["settings"] = before


def test_a_wrong_password_says_so_beside_the_field_and_keeps_the_login(store: Store, client: "JudgingClient") -> None:
    _worker(store)
    answer = _enter(client, password="wrong", next="/account")
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in _text(answer)
    assert 'value="ketoan"' in _text(answer)
    assert 'value="/account"' in _text(answer)
    assert "wrong" not in re.sub(r"has-problem|problem", "", _text(answer))


def test_an_empty_form_is_shown_again(client: "JudgingClient") -> None:
    answer = client.post("/sign-in", data={})
    assert answer.status_code == 422
    assert "Hãy nhập tên đăng nhập." in _text(answer)
    assert "Hãy nhập mật khẩu." in _text(answer)


def test_after_five_mistakes_the_page_says_how_long_to_wait(store: Store, client: "JudgingClient") -> None:
    _worker(store)
    for _ in range(5):
        _enter(client, password="wrong")
    answer = _enter(client)
    assert answer.status_code == 429
    assert "Hãy chờ 30 giây" in _text(answer)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "/a\nb",
        "\\\\evil",
    ],
)
def test_one_is_never_led_on_to_another_site(address: str) -> None:
    assert local_address(address) == "/"


def test_somebody_signed_in_does_not_sign_in_again(sign_in: "SignInAs") -> None:
    answer = sign_in(Role.ACCOUNTANT).get("/sign-in?next=/account")
    assert (answer.status_code, answer.location) == (302, "/account")


def test_another_person_signing_in_on_the_same_browser_ends_the_first_session(
    store: Store, sign_in: "SignInAs"
) -> None:
    _worker(store, Role.CASHIER)
    browser = sign_in(Role.ACCOUNTANT)
    before = _sid(browser)
    assert _enter(browser, "thuquy").status_code == 303
    with store.read() as session:
        assert sessions.whose(session, before) is None
        now = sessions.whose(session, _sid(browser))
        assert now is not None
        assert now.role is Role.CASHIER


def test_signing_out_ends_the_session_on_the_server(store: Store, sign_in: "SignInAs") -> None:
    browser = sign_in(Role.ACCOUNTANT)
    token = _sid(browser)
    answer = browser.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "Clear-Site-Data" not in answer.headers
    with store.read() as session:
        assert sessions.whose(session, token) is None
    browser.set_cookie("sid", token)
    assert browser.get("/account").status_code == 302


def test_a_form_without_its_token_does_nothing(store: Store, sign_in: "SignInAs") -> None:
    browser = sign_in(Role.ACCOUNTANT)
    assert browser.post("/sign-out", csrf=False).status_code == 403
    assert browser.get("/account").status_code == 200


def test_a_session_that_ended_sends_htmx_to_the_sign_in_page_and_back(client: "JudgingClient") -> None:
    headers = {"HX-Current-URL": "http://localhost/staff?search=an"}
    answer = client.get("/staff", htmx=True, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/staff?search%3Dan"


def test_a_script_is_told_that_it_must_sign_in(client: "JudgingClient") -> None:
    answer = client.get("/account", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.get_json()["refused"]["code"] == "sign_in_needed"


# -- the guard


def test_every_door_of_the_room_declares_who_may_open_it(app: "Flask") -> None:
    own = {name: view for name, view in app.view_functions.items() if name.startswith("staff.")}
    assert own
    assert not [name for name, view in own.items() if not getattr(view, "required_rights", None)]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_the_administrator_sees_the_staff_list(role: Role, sign_in: "SignInAs") -> None:
    browser = sign_in(role)
    assert browser.get("/staff").status_code == 403
    assert browser.get("/staff/new").status_code == 403
    assert browser.post("/staff", data={}).status_code == 403


def test_a_door_that_declares_nothing_is_closed_to_everybody(sign_in: "SignInAs", app: "Flask") -> None:
    browser = sign_in(Role.ADMINISTRATOR)
    view = app.view_functions["staff.index"]
    rights = view.required_rights  # type: ignore[attr-defined]
    try:
        view.required_rights = frozenset()  # type: ignore[attr-defined]
        assert browser.get("/staff").status_code == 403
    finally:
        view.required_rights = rights  # type: ignore[attr-defined]


def test_an_address_that_does_not_exist_is_missing_for_everybody(client: "JudgingClient") -> None:
    assert client.get("/no/such/door").status_code == 404


def test_a_password_given_by_somebody_else_is_changed_before_anything_is_done(
    store: Store, sign_in: "SignInAs"
) -> None:
    staff = _worker(store, Role.ADMINISTRATOR)
    with store.write() as session:
        session.get_one(Staff, staff.id).must_change_password = True
    browser = sign_in(staff)
    answer = browser.get("/staff")
    assert answer.location == "/account/password?next=/staff"
    assert "Cần đổi mật khẩu trước khi làm việc" in _text(browser.get("/account/password"))
    changed = browser.post("/account/password", data={"current": PASSWORD, "new": ANOTHER, "again": ANOTHER})
    assert changed.status_code == 303
    assert browser.get("/staff").status_code == 200


@pytest.mark.usefixtures("strict")
def test_a_desk_sets_its_second_factor_first_where_that_is_required(sign_in: "SignInAs") -> None:
    answer = sign_in(Role.ADMINISTRATOR).get("/staff")
    assert answer.location == "/account/second-factor?next=/staff"


def test_being_in_use_keeps_a_desk_awake(store: Store, sign_in: "SignInAs", clock: Stopped) -> None:
    browser = sign_in(Role.ACCOUNTANT)
    for _ in range(4):
        clock.forward(minutes=10)
        assert browser.get("/account").status_code == 200
    clock.forward(minutes=16)
    assert browser.get("/account").status_code == 302


# -- second factor


def _secret_on(page: "TestResponse") -> tuple[str, str]:
    found = re.search(r'<span class="code">([A-Z2-7 ]+)</span>', _text(page))
    sealed = re.search(r'name="sealed"[^>]*value="([^"]+)"', _text(page))
    assert found
    assert sealed
    return found[1].replace(" ", ""), sealed[1]


def _code(secret: str) -> str:
    return pyotp.TOTP(secret).generate_otp(int(house_clock.now().timestamp()) // 30)


def test_a_second_factor_is_enrolled_asked_for_and_taken_off(
    store: Store, sign_in: "SignInAs", client: "JudgingClient", clock: Stopped
) -> None:
    browser = sign_in(_worker(store))
    page = browser.get("/account/second-factor")
    assert "<svg" in _text(page)
    secret, sealed = _secret_on(page)
    wrong = browser.post("/account/second-factor", data={"sealed": sealed, "code": "000000", "current": PASSWORD})
    assert wrong.status_code == 422
    assert _secret_on(wrong) == (secret, sealed)
    data = {"sealed": sealed, "code": _code(secret), "current": PASSWORD}
    assert browser.post("/account/second-factor", data=data).status_code == 303
    assert "Đang bật" in _text(browser.get("/account"))

    clock.forward(minutes=1)
    asked = _enter(client, next="/account")
    assert (asked.status_code, asked.location) == (303, "/sign-in/code?next=/account")
    assert client.get("/account").status_code == 302
    assert client.get(asked.location).status_code == 200
    assert client.post("/sign-in/code", data={"code": "123", "next": "/account"}).status_code == 422
    entered = client.post("/sign-in/code", data={"code": _code(secret), "next": "/account"})
    assert (entered.status_code, entered.location) == (303, "/account")
    assert client.get("/account").status_code == 200

    assert client.get("/account/second-factor/remove").status_code == 200
    assert client.post("/account/second-factor/remove", data={"current": "wrong"}).status_code == 422
    removed = client.post("/account/second-factor/remove", data={"current": PASSWORD})
    assert removed.location == "/account/password"


def test_nobody_sees_the_code_page_without_a_password(client: "JudgingClient") -> None:
    assert client.get("/sign-in/code").location == "/sign-in"


# -- phones


def _phone(store: Store, sign_in: "SignInAs") -> "JudgingClient":
    staff = _worker(store, Role.POINT_STAFF)
    with store.write() as session:
        session.get_one(Staff, staff.id).pin_hash = passwords.hash_of("508217")
    return sign_in(staff)


def test_a_phone_left_alone_asks_for_its_pin_and_goes_on_where_it_was(
    store: Store, sign_in: "SignInAs", clock: Stopped
) -> None:
    browser = _phone(store, sign_in)
    clock.forward(minutes=6)
    locked = browser.get("/account")
    assert locked.location == "/unlock?next=/account"
    assert "Bùi Văn Điểm" in _text(browser.get(locked.location))
    wrong = browser.post("/unlock", data={"pin": "000001", "next": "/account"})
    assert wrong.status_code == 422
    assert "Còn 4 lần thử" in _text(wrong)
    before = _sid(browser)
    opened = browser.post("/unlock", data={"pin": "508217", "next": "/account"})
    assert (opened.status_code, opened.location) == (303, "/account")
    assert _sid(browser) != before
    assert browser.get("/account").status_code == 200


def test_five_wrong_pins_lead_to_the_password(store: Store, sign_in: "SignInAs") -> None:
    browser = _phone(store, sign_in)
    assert browser.post("/lock").location == "/unlock"
    for _ in range(4):
        assert browser.post("/unlock", data={"pin": "000001"}).status_code == 422
    last = browser.post("/unlock", data={"pin": "000001"})
    assert (last.status_code, last.location) == (303, "/sign-in")
    assert browser.get("/account").status_code == 302


def test_a_locked_phone_may_change_hands(store: Store, sign_in: "SignInAs") -> None:
    browser = _phone(store, sign_in)
    browser.post("/lock")
    assert browser.get("/sign-in").status_code == 200
    _worker(store, Role.COURIER)
    assert _enter(browser, "buuta").status_code == 303
    assert "Đỗ Văn Tá" in _text(browser.get("/account"))


def test_a_desk_has_no_lock_but_the_door(sign_in: "SignInAs") -> None:
    assert sign_in(Role.ACCOUNTANT).post("/lock").location == "/sign-in"


def test_a_pin_is_set_with_the_password(store: Store, sign_in: "SignInAs") -> None:
    browser = sign_in(_worker(store, Role.COURIER))
    assert browser.get("/account/pin").status_code == 200
    assert "PIN gồm 6 chữ số" in _text(browser.post("/account/pin", data={"current": PASSWORD, "pin": "111111"}))
    assert browser.post("/account/pin", data={"current": "wrong", "pin": "508217"}).status_code == 422
    assert browser.post("/account/pin", data={"current": PASSWORD, "pin": "508217"}).status_code == 303


# -- one's own account


def test_a_new_password_is_refused_beside_its_field(store: Store, sign_in: "SignInAs") -> None:
    browser = sign_in(_worker(store))
    unlike = browser.post("/account/password", data={"current": PASSWORD, "new": ANOTHER, "again": "x"})
    assert "Hai lần nhập mật khẩu không giống nhau." in _text(unlike)
    common = browser.post(
        "/account/password", data={"current": PASSWORD, "new": "matkhau123456789", "again": "matkhau123456789"}
    )
    assert common.status_code == 422
    assert "quá dễ đoán" in _text(common)
    assert "matkhau123456789" not in _text(common)
    wrong = browser.post("/account/password", data={"current": "wrong", "new": ANOTHER, "again": ANOTHER})
    assert "Mật khẩu hiện tại không đúng." in _text(wrong)


def test_one_sees_and_ends_one_s_other_sessions(store: Store, sign_in: "SignInAs") -> None:
    staff = _worker(store)
    elsewhere, here = sign_in(staff), sign_in(staff)
    with store.read() as session:
        rows = queries.sessions_of(session, staff.id)
        token = sessions.token_hash(_sid(elsewhere))
        other = next(row.id for row in rows if session.get_one(UserSession, row.id).token_hash == token)
    assert f"/account/sessions/{other}/end" in _text(here.get("/account"))
    assert here.post(f"/account/sessions/{other}/end").status_code == 303
    assert elsewhere.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_somebody_else_s_session_is_not_there(store: Store, sign_in: "SignInAs") -> None:
    sign_in(Role.CASHIER)
    with store.read() as session:
        other = queries.sessions_of(session, queries.staff_list(session, Scope.everything())[0].id)[0].id
    assert sign_in(Role.ACCOUNTANT).post(f"/account/sessions/{other}/end").status_code == 404


def test_the_language_is_kept_for_the_person(store: Store, sign_in: "SignInAs", client: "JudgingClient") -> None:
    staff = _worker(store)
    answer = sign_in(staff).post("/language", data={"language": "en"}, headers={"Referer": "http://localhost/account"})
    assert (answer.status_code, answer.location) == (303, "/account")
    _enter(client)
    assert '<html lang="en">' in _text(client.get("/account"))


def test_a_language_is_chosen_before_signing_in_and_unknown_ones_are_ignored(client: "JudgingClient") -> None:
    client.post("/language", data={"language": "en"})
    assert '<html lang="en">' in _text(client.get("/sign-in"))
    client.post("/language", data={"language": "xx"}, headers={"Referer": "https://evil.example/account"})
    assert '<html lang="en">' in _text(client.get("/sign-in"))


# -- the staff list


def _appoint(browser: "JudgingClient", office: int, **more: str) -> "TestResponse":
    data = {"name": "Võ Hữu Long", "login": "vo.long", "role": "cashier", "office_id": str(office), "agency_id": ""}
    return browser.post("/staff", data=data | more)


def test_somebody_is_appointed_and_comes_in_with_the_code_shown_once(
    store: Store, sign_in: "SignInAs", client: "JudgingClient"
) -> None:
    browser = sign_in(Role.ADMINISTRATOR)
    with store.write() as session:
        office = make_office(session).id
    assert "Bưu điện thị xã Quảng Trị" in _text(browser.get("/staff/new"))
    made = _appoint(browser, office)
    assert made.status_code == 303
    page = browser.get(made.location)
    code = re.search(r'<p class="code">([A-Z0-9-]{14})</p>', _text(page))
    assert code
    assert code[1] not in _text(browser.get(made.location))
    assert client.get("/activate").status_code == 200
    data = {"login": "vo.long", "code": code[1].lower(), "new": PASSWORD, "again": PASSWORD}
    assert client.post("/activate", data=data | {"code": "WRONG"}).status_code == 422
    assert "quá dễ đoán" in _text(client.post("/activate", data=data | dict.fromkeys(("new", "again"), "1" * 20)))
    assert client.post("/activate", data=data).status_code == 303
    assert "Võ Hữu Long" in _text(client.get("/account"))
    listed = _text(browser.get("/staff?search=huu long"))
    assert "vo.long" in listed
    assert "Đang làm việc" in listed


def test_a_wrong_appointment_is_shown_again_with_nothing_lost(store: Store, sign_in: "SignInAs") -> None:
    browser = sign_in(Role.ADMINISTRATOR)
    with store.write() as session:
        office = make_office(session).id
    for more, sentence in (
        ({"login": "có dấu"}, "Tên đăng nhập gồm 3 đến 40"),
        ({"login": "quantri"}, "đã có người dùng"),
        ({"office_id": ""}, "Hãy chọn đơn vị"),
        ({"name": ""}, "Hãy ghi họ và tên."),
    ):
        answer = _appoint(browser, office, **more)
        assert answer.status_code == 422
        assert sentence in _text(answer)
        assert 'value="Võ Hữu Long"' in _text(answer) or more.get("name") == ""
    assert _appoint(browser, 4711).status_code == 422


def test_an_administrator_of_one_office_reaches_only_its_people(store: Store, sign_in: "SignInAs") -> None:
    with store.write() as session:
        own, elsewhere = make_office(session), make_office(session, "HLG", "Bưu điện huyện Hải Lăng")
        admin = make_staff(session, Role.ADMINISTRATOR, office=own)
        far = make_staff(session, Role.CASHIER, login="xa", office=elsewhere).id
    browser = sign_in(admin)
    assert browser.get(f"/staff/{far}").status_code == 404
    for deed in ("suspend", "reinstate", "activation", "points", "role", "role/1/confirm", "role/1/decline"):
        assert browser.post(f"/staff/{far}/{deed}", data={"reason": "x"}).status_code == 404
    assert _appoint(browser, elsewhere.id).status_code == 422
    assert _appoint(browser, 0, role="administrator", office_id="").status_code == 422


def test_suspending_needs_a_reason_and_holds_at_once(store: Store, sign_in: "SignInAs") -> None:
    staff = _worker(store)
    victim, browser = sign_in(staff), sign_in(Role.ADMINISTRATOR)
    assert browser.post(f"/staff/{staff.id}/suspend", data={}).status_code == 422
    assert victim.get("/account").status_code == 200
    assert browser.post(f"/staff/{staff.id}/suspend", data={"reason": "nghỉ việc"}).status_code == 303
    assert victim.get("/account").status_code == 302
    assert "Tạm ngừng" in _text(browser.get("/staff"))
    assert browser.post(f"/staff/{staff.id}/reinstate").status_code == 303
    renewed = browser.post(f"/staff/{staff.id}/activation")
    assert re.search(r'<p class="code">[A-Z0-9-]{14}</p>', _text(browser.get(renewed.location)))


def test_one_s_own_card_offers_no_deeds(store: Store, sign_in: "SignInAs") -> None:
    browser = sign_in(Role.ADMINISTRATOR)
    page = _text(browser.get(f"/staff/{browser.staff_id}"))
    assert "Đây là tài khoản của bạn" in page
    assert "/suspend" not in page
    assert browser.post(f"/staff/{browser.staff_id}/suspend", data={"reason": "x"}).status_code == 403


def test_a_role_needs_two_administrators(store: Store, sign_in: "SignInAs") -> None:
    staff = _worker(store)
    with store.write() as session:
        second = make_staff(session, Role.ADMINISTRATOR, login="quantri2", name="Hoàng Thị Hai")
    first = sign_in(Role.ADMINISTRATOR)
    data = {"role": "controller", "office_id": str(staff.office_id), "agency_id": "", "reason": "luân chuyển"}
    assert first.post(f"/staff/{staff.id}/role", data=data | {"reason": ""}).status_code == 422
    assert first.post(f"/staff/{staff.id}/role", data=data | {"role": "accountant"}).status_code == 422
    assert first.post(f"/staff/{staff.id}/role", data=data).status_code == 303
    page = _text(first.get(f"/staff/{staff.id}"))
    assert "Chờ người thứ hai" in page
    address = f"/staff/{staff.id}/role/1"
    assert f"{address}/confirm" not in page
    assert first.post(f"{address}/confirm").status_code == 403
    other = sign_in(second)
    assert f"{address}/confirm" in _text(other.get(f"/staff/{staff.id}"))
    assert other.post(f"/staff/{second.id}/role/1/confirm").status_code == 404
    assert other.post(f"{address}/confirm").status_code == 303
    assert other.post(f"{address}/decline").status_code == 409
    assert "Kiểm soát viên" in _text(other.get(f"/staff/{staff.id}"))


def test_a_payer_is_given_points_of_the_own_office(store: Store, sign_in: "SignInAs") -> None:
    staff = _worker(store, Role.POINT_STAFF)
    with store.write() as session:
        point = make_point(session)
    browser = sign_in(Role.ADMINISTRATOR)
    assert point.name in _text(browser.get(f"/staff/{staff.id}"))
    assert browser.post(f"/staff/{staff.id}/points", data={"point_ids": "4711"}).status_code == 422
    assert browser.post(f"/staff/{staff.id}/points", data={"point_ids": str(point.id)}).status_code == 303
    assert "checked" in _text(browser.get(f"/staff/{staff.id}"))
    with store.read() as session:
        assert queries.scope_of(session, staff.id).point_ids == {point.id}


def test_nothing_on_the_staff_pages_breaks_over_an_odd_address(sign_in: "SignInAs") -> None:
    browser = sign_in(Role.ADMINISTRATOR)
    for address in (
        "/staff?page=99",
        "/staff?page=x",
        "/staff?role=nobody",
        "/staff?search=%25_'",
        "/staff?role=cashier",
    ):
        assert browser.get(address).status_code == 200
    assert browser.get("/staff/4711").status_code == 404
