"""The phone on payday, through the client: find, read the card, hand out, receipt, not paid, undo."""

import re
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from provider.agreements.rules import Programme
from provider.audit.queries import deeds_about
from provider.db import Store
from provider.payday import slips
from provider.payday.models import Handout, Undo
from provider.payday.refusals import SlipUnknown
from provider.payday.slip_register import print_slips
from provider.payouts.lifecycle import State
from provider.payouts.models import Payout
from provider.payouts.service import cut_off, hold
from provider.staff.rules import Role
from tests.conftest import SETTINGS
from tests.make import (
    SEPTEMBER,
    make_actor,
    make_agency,
    make_commune,
    make_contract,
    make_district,
    make_office,
    make_opening,
    make_payee,
    make_payout,
    make_period,
    make_person,
    make_point,
    make_staff,
)
from tests.make.payday import Payday, make_payday, pay
from tests.papers.read_back import texts

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.browser import JudgingClient

    SignIn = Callable[[Any], JudgingClient]

KEY = SETTINGS.key("notice")


def a_morning(store: Store, *names: str, **more: Any) -> tuple[Payday, list[Payout]]:
    """A payer with an open till, and people who are expected there."""
    with store.write() as session:
        people = [make_payout(session, make_person(session, name)) for name in names or ("Nguyễn Thị Bưởi",)]
        return make_payday(session, *people, **more), people


def slip_of(store: Store, payout: Payout) -> tuple[str, str]:
    """The token and the short code of a person's slip."""
    with store.write() as session:
        by, agency = make_actor(session), make_agency(session)
        ids = [payout.person_id]
        (slip,) = print_slips(
            session, agency_id=agency.id, month=SEPTEMBER, person_ids=ids, about="test", by=by
        ).values()
    return slips.make(slip.id8, KEY), slip.short


def card_form(page: str, form: str = "hand-out") -> dict[str, Any]:
    """What the browser would send when the button of a form is pressed."""
    body = re.search(rf'<form[^>]*id="{form}".*?</form>', page, re.DOTALL)
    assert body is not None, f"no form {form!r}"
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", body[0]):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="(\w+)"', tag)
        if kind and kind[1] in ("radio", "checkbox") and " checked" not in tag:
            continue
        if name and name[1] != "csrf_token":
            sent.setdefault(name[1], []).append(value[1] if value else "")
    return sent


def find(browser: "JudgingClient", words: str, **more: Any) -> "TestResponse":
    return browser.post("/payday/find", data={"q": words}, **more)


# -- finding -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["nguyen thi buoi", "Bưởi", "0017", "045141000017"])
def test_one_hit_opens_the_card(store: Store, sign_in: "SignIn", words: str) -> None:
    _day, (payout, _other) = a_morning(store, "Nguyễn Thị Bưởi", "Trần Văn Đức")
    browser = sign_in(Role.POINT_STAFF)
    answer = find(browser, words)
    assert (answer.status_code, answer.location) == (303, f"/payday/people/{payout.person_id}")
    assert "0017" not in answer.location
    page = browser.get(answer.location).text
    assert "Nguyễn Thị Bưởi" in page
    assert "Năm trăm nghìn đồng" in page
    assert "045141000017" not in page


def test_a_slip_opens_the_card_scanned_or_typed_and_while_typing_too(store: Store, sign_in: "SignIn") -> None:
    _day, (payout,) = a_morning(store)
    token, short = slip_of(store, payout)
    browser, card = sign_in(Role.POINT_STAFF), f"/payday/people/{payout.person_id}"
    for words in (token, f"https://chitra.example/{token}", short, short.lower().replace(" ", "")):
        assert find(browser, words).location == card
    assert find(browser, short, htmx=True).headers["HX-Redirect"] == card


def test_several_hits_are_listed_who_is_expected_here_first(store: Store, sign_in: "SignIn") -> None:
    a_morning(store, "Nguyễn Thị Bưởi", "Nguyễn Thị Hà")
    with store.write() as session:
        elsewhere = make_payout(session, make_person(session, "Nguyễn Thị An", make_commune(session, "Phường 2")))
        assert elsewhere.id
    browser = sign_in(Role.POINT_STAFF)
    whole = find(browser, "nguyen thi")
    assert whole.status_code == 200
    assert re.findall(r'person-row-name">([^<]+)<', whole.text) == [
        "Nguyễn Thị Bưởi",
        "Nguyễn Thị Hà",
        "Nguyễn Thị An",
    ]
    fragment = find(browser, "nguyen thi", htmx=True)
    assert 'id="found"' in fragment.text
    assert "<html" not in fragment.text
    assert len(fragment.data) < 4_000
    assert "Không tìm thấy" in find(browser, "zzz").text
    assert "Không tìm thấy" not in find(browser, "b", htmx=True).text


def test_people_of_another_district_are_not_found(store: Store, sign_in: "SignIn") -> None:
    a_morning(store)
    with store.write() as session:
        district = make_district(session, "464", "Huyện Vĩnh Linh")
        agency = make_agency(session, "LDTBXH-VL", "Phòng LĐ-TB&XH huyện Vĩnh Linh", district)
        make_contract(session, Programme.BTXH, agency, make_office(session, "VLINH", "Bưu điện huyện Vĩnh Linh"))
        commune = make_commune(session, "Thị trấn Hồ Xá", "19363", district)
        stranger = make_payout(
            session, make_person(session, "Hồ Thị Xa", commune), period=make_period(session, agency=agency)
        )
        by = make_actor(session)
        (slip,) = print_slips(
            session, agency_id=agency.id, month=SEPTEMBER, person_ids=[stranger.person_id], about="test", by=by
        ).values()
    browser = sign_in(Role.POINT_STAFF)
    assert "Không tìm thấy" in find(browser, "ho thi xa").text
    assert browser.get(f"/payday/people/{stranger.person_id}").status_code == 404
    answer = find(browser, slips.make(slip.id8, KEY))
    assert answer.status_code == 403
    assert "Phiếu này do Bưu điện huyện Vĩnh Linh chi, không chi ở đây" in answer.text


def test_each_kind_of_wrong_slip_says_which_it_is_and_the_attempt_is_kept(store: Store, sign_in: "SignIn") -> None:
    _day, (payout,) = a_morning(store)
    token, _short = slip_of(store, payout)
    browser = sign_in(Role.POINT_STAFF)
    last = "0" if token[-5] != "0" else "1"
    for words, status, said in (
        (token[:-5] + last + token[-4:], 422, slips.Forged.sentence),
        (slips.make(bytes(8), KEY), 404, SlipUnknown.sentence),
        (slips.make(bytes(8), KEY, context="receipt"), 422, slips.AnotherPaper.sentence),
    ):
        answer = find(browser, words)
        assert (answer.status_code, said in answer.text) == (status, True), words
        assert 'class="phone"' in answer.text
        assert find(browser, words, htmx=True).status_code in (409, 422)
    with store.write() as session:
        kept = [deed.facts["code"] for deed in deeds_about(session, "slip")]
        assert kept == [code for code in ("slip_is_forged", "slip_unknown", "another_paper") for _twice in range(2)]
        cut_off(session, make_period(session), by=make_actor(session))
    answer = find(browser, token)
    assert answer.status_code == 409
    assert "Phiếu của Tháng 09/2024 đã hết hạn" in answer.text


def test_without_a_till_nobody_is_found_and_the_way_to_one_is_shown(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        payout = make_payout(session)
    browser = sign_in(Role.POINT_STAFF)
    for answer in (find(browser, "buoi"), browser.get(f"/payday/people/{payout.person_id}")):
        assert answer.status_code == 409
        assert "Nhận tạm ứng, mở quỹ" in answer.text
    assert "Bạn chưa có quỹ" in browser.get("/payday/").text


def test_the_queue_shows_twenty_five_and_more_on_demand(store: Store, sign_in: "SignIn") -> None:
    a_morning(store, *(f"Nguyễn Văn Số {number}" for number in range(30)))
    browser = sign_in(Role.POINT_STAFF)
    page = browser.get("/payday/").text
    assert page.count("person-row-name") == 25
    assert "Còn chờ 30 người" in page
    assert "Xem thêm (còn 5 người)" in page
    assert browser.get("/payday/?shown=50").text.count("person-row-name") == 30


# -- the card ----------------------------------------------------------------------------------------------------------


def test_the_card_shows_who_how_much_who_may_collect_and_what_to_check(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        person = make_person(session, "Hồ Thị Không Số", birth_year=None, id_number=None)
        one = make_payout(session, person, amount=540_000, arrears=1_000_000, benefit_text="Nhiễm HIV")
        two = make_payout(session, person, amount=2_055_000, period=make_period(session, Programme.NCC))
        held = make_payout(session, person, amount=111_000, period=make_period(session, Programme.HTXH))
        hold(session, held.id, reason="Chờ xác minh", by=make_actor(session))
        good, over = make_payee(session, person), make_payee(session, person, "Lê Văn Ba", id_number="")
        over.valid_to = over.valid_from
        make_payday(session, one, two)
    page = sign_in(Role.POINT_STAFF).get(f"/payday/people/{person.id}").text
    assert "3.595.000" in page
    assert "Ba triệu năm trăm chín mươi lăm nghìn đồng" in page
    assert page.count("data-must-tick") == 3
    assert "Có khoản đang tạm giữ" in page
    assert "111.000" in page
    assert "HIV" not in page
    assert f'value="proxy:{good.id}">' in page
    assert re.search(rf'value="proxy:{over.id}" disabled>.*đã hết hạn', page)
    assert f'value="{one.id}"' in page
    assert f'name="payout" value="{held.id}"' not in page


def test_who_is_expected_elsewhere_is_not_paid_and_the_place_is_named(store: Store, sign_in: "SignIn") -> None:
    a_morning(store)
    with store.write() as session:
        payout = make_payout(session, make_person(session, "Trần Văn Đức"))
        make_opening(session, make_point(session, make_commune(session, "Phường 2")), payouts=(payout,))
    page = sign_in(Role.POINT_STAFF).get(f"/payday/people/{payout.person_id}").text
    assert "Nhà văn hóa Phường 2, ngày 05/09/2024" in page
    assert "hand-out" not in page


# -- handing out -------------------------------------------------------------------------------------------------------


def test_from_the_card_to_the_receipt_and_a_double_press_pays_once(store: Store, sign_in: "SignIn") -> None:
    _day, (payout,) = a_morning(store)
    browser = sign_in(Role.POINT_STAFF)
    sent = card_form(browser.get(f"/payday/people/{payout.person_id}").text)
    answers = [browser.post("/payday/hand-out", data=sent) for _press in range(3)]
    (address,) = {answer.location for answer in answers}
    assert {answer.status_code for answer in answers} == {303}
    assert browser.post("/payday/hand-out", data=sent, htmx=True).headers["HX-Redirect"] == address
    page = browser.get(address).text
    assert "Đã chi xong" in page
    assert "BN2409-000001" in page
    assert "9.500.000" in page
    assert "Người tiếp theo" in page
    assert "Đã chi xong" not in browser.get(address.partition("?")[0]).text
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Handout)) == 1
        assert session.scalar(select(Payout.state)) is State.PAID
    card = browser.get(f"/payday/people/{payout.person_id}").text
    assert "Bùi Văn Điểm đã chi 500.000 đ lúc 10:00 05/09/2024" in card


def test_the_same_key_with_other_content_and_no_key_are_refused(store: Store, sign_in: "SignIn") -> None:
    _day, (payout, other) = a_morning(store, "Nguyễn Thị Bưởi", "Trần Văn Đức")
    browser = sign_in(Role.POINT_STAFF)
    sent = card_form(browser.get(f"/payday/people/{payout.person_id}").text)
    browser.post("/payday/hand-out", data=sent)
    of_other = card_form(browser.get(f"/payday/people/{other.person_id}").text)
    answer = browser.post("/payday/hand-out", data=of_other | {"idempotency_key": sent["idempotency_key"]})
    assert answer.status_code == 422
    assert "đã được gửi với nội dung khác" in answer.text
    del of_other["idempotency_key"]
    assert browser.post("/payday/hand-out", data=of_other).status_code == 422
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Handout)) == 1


def test_paid_meanwhile_by_a_colleague_says_who_when_and_which_receipt(store: Store, sign_in: "SignIn") -> None:
    day, (payout,) = a_morning(store)
    browser = sign_in(Role.POINT_STAFF)
    sent = card_form(browser.get(f"/payday/people/{payout.person_id}").text)
    with store.write() as session:
        pay(session, day, payout)
    for htmx in (False, True):
        answer = browser.post("/payday/hand-out", data=sent, htmx=htmx)
        assert answer.status_code == 409
        assert "Bùi Văn Điểm đã chi 500.000 đ lúc 10:00 05/09/2024, biên nhận BN2409-000001" in answer.text
        assert 'class="result result-paid"' in answer.text
    with store.read() as session:
        kept = deeds_about(session, f"person:{payout.person_id}")
        assert [deed.facts["code"] for deed in kept] == ["already_paid"] * 2


def test_a_card_that_became_stale_leads_back_to_the_card(store: Store, sign_in: "SignIn") -> None:
    _day, (payout,) = a_morning(store)
    browser = sign_in(Role.POINT_STAFF)
    sent = card_form(browser.get(f"/payday/people/{payout.person_id}").text)
    with store.write() as session:
        make_payout(session, make_person(session), period=make_period(session, Programme.NCC))
    answer = browser.post("/payday/hand-out", data=sent)
    assert answer.status_code == 409
    assert f'href="/payday/people/{payout.person_id}"' in answer.text
    assert "Mở lại thẻ" in answer.text


@pytest.mark.parametrize("wrong", [{"collector": "proxy:x"}, {"collector": "king"}, {"total": "a lot"}, {"till": ""}])
def test_a_form_that_nobody_could_have_filled_in_is_refused(
    store: Store, sign_in: "SignIn", wrong: dict[str, str]
) -> None:
    _day, (payout,) = a_morning(store)
    browser = sign_in(Role.POINT_STAFF)
    sent = card_form(browser.get(f"/payday/people/{payout.person_id}").text)
    assert browser.post("/payday/hand-out", data=sent | wrong).status_code == 422


def test_a_phone_that_speaks_json_gets_the_code_of_the_refusal(store: Store, sign_in: "SignIn") -> None:
    _day, (payout,) = a_morning(store, cash=100_000)
    browser = sign_in(Role.POINT_STAFF)
    sent = card_form(browser.get(f"/payday/people/{payout.person_id}").text)
    answer = browser.post("/payday/hand-out", data=sent, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["refused"]["code"] == "till_too_low"


def test_a_representative_collects_and_stands_on_the_receipt_and_on_paper(store: Store, sign_in: "SignIn") -> None:
    _day, (payout,) = a_morning(store)
    with store.write() as session:
        payee = make_payee(session, make_person(session))
    browser = sign_in(Role.POINT_STAFF)
    sent = card_form(browser.get(f"/payday/people/{payout.person_id}").text)
    address = browser.post("/payday/hand-out", data=sent | {"collector": f"proxy:{payee.id}"}).location.partition("?")[
        0
    ]
    assert "Trần Văn Nam" in browser.get(address).text
    paper = browser.get(f"{address}.pdf")
    assert (paper.status_code, paper.mimetype) == (200, "application/pdf")
    text = " ".join(texts(paper.data))
    assert "BN2409-000001" in text
    assert "Người nhận thay: Trần Văn Nam (con, số căn cước" in text
    assert "045141000017" not in text
    picture = browser.get(f"{address}.svg")
    assert picture.mimetype == "image/svg+xml"


def test_a_receipt_of_another_office_is_not_there(store: Store, sign_in: "SignIn") -> None:
    day, (payout,) = a_morning(store)
    with store.write() as session:
        given = pay(session, day, payout)
        other = make_office(session, "DHA", "Bưu điện thành phố Đông Hà")
        stranger = make_staff(session, Role.POINT_STAFF, login="la", name="Người Lạ", office=other)
    browser = sign_in(stranger)
    for end in ("", ".pdf", ".svg"):
        assert browser.get(f"/payday/receipts/{given.id}{end}").status_code == 404
    assert browser.post(f"/payday/receipts/{given.id}/undo", data={"reason": "x"}).status_code == 404


# -- not paid ----------------------------------------------------------------------------------------------------------


def test_not_paid_in_two_presses_and_a_death_holds_the_payout(store: Store, sign_in: "SignIn") -> None:
    _day, (payout, dead) = a_morning(store, "Nguyễn Thị Bưởi", "Trần Văn Đức")
    browser = sign_in(Role.POINT_STAFF)
    sent = card_form(browser.get(f"/payday/people/{payout.person_id}").text, "miss")
    answer = browser.post("/payday/miss", data=sent | {"reason": "absent"})
    assert (answer.status_code, answer.location) == (303, "/payday/")
    assert browser.post("/payday/miss", data=sent | {"reason": "absent"}).status_code == 303
    sent = card_form(browser.get(f"/payday/people/{dead.person_id}").text, "miss")
    browser.post("/payday/miss", data=sent | {"reason": "dead"})
    page = browser.get("/payday/").text
    assert "Còn chờ 1 người" in page
    assert "tạm giữ chờ cơ quan trả lời" in page
    with store.read() as session:
        assert list(session.scalars(select(Payout.state).order_by(Payout.id))) == [State.MISSED, State.HELD]
        assert len(deeds_about(session, f"payout:{payout.id}")) == 1
    assert browser.post("/payday/miss", data=sent | {"reason": "lazy"}).status_code == 422


# -- undo --------------------------------------------------------------------------------------------------------------


def test_an_undo_is_asked_by_one_and_confirmed_by_another(store: Store, sign_in: "SignIn") -> None:
    day, (payout,) = a_morning(store)
    with store.write() as session:
        given = pay(session, day, payout)
    browser, address = sign_in(Role.POINT_STAFF), f"/payday/receipts/{given.id}"
    empty = browser.post(f"{address}/undo", data={"reason": "", "idempotency_key": str(uuid.uuid4())})
    assert empty.status_code == 422
    assert "Hãy ghi lý do hủy." in empty.text
    assert 'class="disclosure" open' in empty.text
    sent = card_form(browser.get(address).text, "undo") | {"reason": "Đưa nhầm người"}
    assert browser.post(f"{address}/undo", data=sent).location == address
    assert browser.post(f"{address}/undo", data=sent).location == address
    assert "Đang chờ người thứ hai" in browser.get(address).text
    with store.read() as session:
        number = session.scalars(select(Undo.id)).one()
    key = {"answer": "confirm", "idempotency_key": str(uuid.uuid4())}
    assert "Cần người khác xác nhận" in browser.get("/payday/undos").text
    assert browser.post(f"/payday/undos/{number}", data=key).status_code == 403
    cashier = sign_in(Role.CASHIER)
    shown = cashier.get("/payday/undos").text
    assert "Đồng ý hủy 500.000 đ" in shown
    assert "“Đưa nhầm người”" in shown
    key["idempotency_key"] = str(uuid.uuid4())
    assert cashier.post(f"/payday/undos/{number}", data=key).status_code == 303
    assert cashier.post(f"/payday/undos/{number}", data=key).status_code == 303
    assert "đã bị hủy" in browser.get(address).text
    assert "Không có đề nghị hủy nào" in cashier.get("/payday/undos").text


def test_a_declined_undo_leaves_everything_as_it_was(store: Store, sign_in: "SignIn") -> None:
    day, (payout,) = a_morning(store)
    with store.write() as session:
        given = pay(session, day, payout)
    browser = sign_in(Role.POINT_STAFF)
    sent = card_form(browser.get(f"/payday/receipts/{given.id}").text, "undo") | {"reason": "Nhầm"}
    browser.post(f"/payday/receipts/{given.id}/undo", data=sent)
    cashier = sign_in(Role.CASHIER)
    key = {"answer": "decline", "idempotency_key": str(uuid.uuid4())}
    assert cashier.post("/payday/undos/1", data=key).status_code == 303
    assert "Đưa nhầm? Đề nghị hủy" in browser.get(f"/payday/receipts/{given.id}").text
    with store.read() as session:
        assert session.scalar(select(Payout.state)) is State.PAID


# -- the public check --------------------------------------------------------------------------------------------------


def test_anybody_may_check_a_receipt_and_learns_nothing_personal(
    store: Store, sign_in: "SignIn", client: "JudgingClient"
) -> None:
    day, (payout,) = a_morning(store)
    with store.write() as session:
        given = pay(session, day, payout)
        token = slips.make(bytes.fromhex(given.code), SETTINGS.key("receipt"), context="receipt")
    page = client.get(f"/v/{token}")
    assert page.status_code == 200
    for said in ("Hợp lệ", "BN2409-000001", "Phường 1", "Tháng 09/2024", "05/09/2024"):
        assert said in page.text
    for secret in ("Bưởi", "500.000", "••• 017", "Bùi Văn Điểm"):
        assert secret not in page.text
    forged = token[:-5] + ("0" if token[-5] != "0" else "1") + token[-4:]
    for wrong in (forged, slips.make(bytes(8), SETTINGS.key("receipt"), context="receipt"), slip_of(store, payout)[0]):
        answer = client.get(f"/v/{wrong}")
        assert answer.status_code == 404
        assert "không phải biên nhận do Bưu điện cấp" in answer.text
    browser = sign_in(Role.POINT_STAFF)
    sent = card_form(browser.get(f"/payday/receipts/{given.id}").text, "undo") | {"reason": "Nhầm"}
    browser.post(f"/payday/receipts/{given.id}/undo", data=sent)
    sign_in(Role.CASHIER).post("/payday/undos/1", data={"answer": "confirm", "idempotency_key": str(uuid.uuid4())})
    assert "Đã bị hủy" in client.get(f"/v/{token}").text
