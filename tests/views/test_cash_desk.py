"""The cashier's desk, taking cash over, the blind count, and the notices of an opening."""

import re
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from provider.agreements.rules import Programme
from provider.db import Store
from provider.ledger import accounts
from provider.ledger.models import Entry
from provider.ledger.queries import balance
from provider.money import Money
from provider.payday.models import Advance, AdvanceState, Slip, Till
from provider.staff.rules import Role
from tests.make import (
    make_cash,
    make_contract,
    make_funds,
    make_office,
    make_opening,
    make_payout,
    make_period,
    make_person,
    make_staff,
)
from tests.make.payday import make_payday, pay
from tests.papers.read_back import page_count, texts

if TYPE_CHECKING:
    from tests.browser import JudgingClient

    SignIn = Callable[[Any], JudgingClient]


def key() -> dict[str, str]:
    return {"idempotency_key": str(uuid.uuid4())}


def the_house(store: Store) -> dict[str, int]:
    """A period with its money, ten million in the safe, an opening with one payer."""
    with store.write() as session:
        payout = make_payout(session)
        payer = make_staff(session, Role.POINT_STAFF)
        opening = make_opening(session, staff=payer, payouts=(payout,))
        make_funds(session, make_period(session), 20_000_000)
        make_cash(session, amount=10_000_000)
        return {
            "office": make_office(session).id,
            "period": payout.period_id,
            "payer": payer.id,
            "opening": opening.id,
        }


def held(store: Store, account: str) -> Money:
    with store.read() as session:
        return balance(session, account)


def test_money_comes_in_goes_to_the_safe_and_back_to_the_bank_each_once(store: Store, sign_in: "SignIn") -> None:
    here, browser = the_house(store), sign_in(Role.CASHIER)
    office = here["office"]
    forms = (
        (
            "/payday/cash/funds",
            {
                "funds-period_id": here["period"],
                "funds-amount": "5.000.000",
                "funds-document": "GBC 12",
                "funds-on": "2024-09-04",
            },
        ),
        (f"/payday/cash/{office}/withdraw", {"withdraw-amount": "2.000.000", "withdraw-document": "SEC 7"}),
        (f"/payday/cash/{office}/bank", {"bank-amount": "1000000", "bank-document": "NT 3"}),
    )
    for address, sent in forms:
        sent |= key()
        assert [browser.post(address, data=sent).status_code for _twice in range(2)] == [303, 303], address
        other = {name: "9" if name.endswith("amount") else value for name, value in sent.items()}
        assert browser.post(address, data=other).status_code == 422
    assert held(store, accounts.safe(office)) == Money(11_000_000)
    assert held(store, accounts.deposit(office)) == Money(500_000 + 10_000_000 + 5_000_000 - 1_000_000)
    page = browser.get("/payday/cash").text
    assert "11.000.000" in page


@pytest.mark.parametrize(
    ("form", "sent", "said"),
    [
        ("funds", {"funds-amount": "nhiều", "funds-document": "GBC 9", "funds-on": "2024-09-04"}, "GBC 9"),
        ("funds", {"funds-amount": "1.000.000", "funds-document": "", "funds-on": ""}, "1.000.000"),
        ("withdraw", {"withdraw-amount": "0", "withdraw-document": "SEC 8"}, "SEC 8"),
        ("withdraw", {"withdraw-amount": "900.000.000", "withdraw-document": "SEC 8"}, "hiện còn 10.500.000 đ"),
        ("bank", {"bank-amount": "900.000.000", "bank-document": "NT 4"}, "hiện còn 10.000.000 đ"),
        ("advances", {"advance-amount": "99.000.000"}, "hiện còn 10.000.000 đ"),
        ("advances", {"advance-amount": "1,5"}, "1,5"),
        ("advances", {"advance-amount": "1.000", "advance-staff_id": "999"}, "1.000"),
    ],
)
def test_a_wrong_form_comes_back_with_the_problem_beside_the_field_and_nothing_lost(
    store: Store, sign_in: "SignIn", form: str, sent: dict[str, Any], said: str
) -> None:
    here, browser = the_house(store), sign_in(Role.CASHIER)
    sent = {
        "funds-period_id": here["period"],
        "advance-staff_id": here["payer"],
        "advance-place": f"opening:{here['opening']}",
    } | sent
    address = "/payday/cash/funds" if form == "funds" else f"/payday/cash/{here['office']}/{form}"
    with store.read() as session:
        before = session.scalar(select(func.count()).select_from(Entry))
    answer = browser.post(address, data=sent | key())
    assert answer.status_code in (409, 422)
    assert "data-problem-summary" in answer.text
    assert 'class="problem"' in answer.text
    assert said in answer.text
    for name, value in sent.items():
        if name.endswith(("amount", "document")) and name.startswith(form.removesuffix("s")):
            assert f'value="{value}"' in answer.text
    if form == "advances" and sent["advance-staff_id"] == here["payer"]:
        assert f'selected value="opening:{here["opening"]}"' in answer.text
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == before
        assert session.scalar(select(func.count()).select_from(Advance)) == 0


def test_an_advance_is_prepared_counted_blind_and_becomes_the_till(store: Store, sign_in: "SignIn") -> None:
    here, cashier = the_house(store), sign_in(Role.CASHIER)
    sent = {
        "advance-staff_id": here["payer"],
        "advance-place": f"opening:{here['opening']}",
        "advance-amount": "3000000",
    }
    sent |= key()
    for _twice in range(2):
        assert cashier.post(f"/payday/cash/{here['office']}/advances", data=sent).status_code == 303
    assert "Bùi Văn Điểm" in cashier.get("/payday/cash").text
    browser = sign_in(Role.POINT_STAFF)
    page = browser.get("/payday/").text
    assert "Nhận tạm ứng" in page
    assert "3.000.000" not in page
    assert "3000000" not in page
    wrong = browser.post("/payday/advances/1/take", data={"counted": "2.900.000"} | key())
    assert wrong.status_code == 422
    assert "không khớp với số thủ quỹ giao" in wrong.text
    assert 'value="2.900.000"' in wrong.text
    assert "3.000.000" not in wrong.text
    assert browser.post("/payday/advances/1/take", data={"counted": ""} | key()).status_code == 422
    right = {"counted": "3.000.000"} | key()
    for _twice in range(2):
        assert browser.post("/payday/advances/1/take", data=right).status_code == 303
    page = browser.get("/payday/").text
    assert "Đã nhận 3.000.000 đ vào quỹ." in page
    assert "Nguyễn Thị Bưởi" in page
    gone = browser.post("/payday/advances/1/take", data={"counted": "3.000.000"} | key())
    assert gone.status_code == 409
    assert "đã được nhận hoặc đã hủy" in gone.text
    assert "Nguyễn Thị Bưởi" in gone.text


def test_a_wrong_count_of_more_money_keeps_the_queue_and_every_form_on_the_page(
    store: Store, sign_in: "SignIn"
) -> None:
    with store.write() as session:
        payout = make_payout(session)
        day = make_payday(session, payout, cash=1_000_000)
        make_funds(session, make_period(session), 5_000_000)
        make_cash(session, amount=5_000_000)
    cashier = sign_in(Role.CASHIER)
    place = f"opening:{day.opening.id}" if day.opening else ""
    for amount in ("1.000.000", "2.000.000"):
        sent = {"advance-staff_id": day.payer.staff_id, "advance-place": place, "advance-amount": amount} | key()
        assert cashier.post(f"/payday/cash/{day.till.office_id}/advances", data=sent).status_code == 303
    browser = sign_in(Role.POINT_STAFF)
    answer = browser.post("/payday/advances/3/take", data={"counted": "1.999.000"} | key())
    assert answer.status_code == 422
    assert "Nguyễn Thị Bưởi" in answer.text
    assert 'id="find"' in answer.text
    assert 'id="counted-2"' in answer.text
    assert re.search(r'id="counted-3"[^>]*value="1.999.000"', answer.text)


def test_an_advance_nobody_took_is_cancelled_by_its_office_only(store: Store, sign_in: "SignIn") -> None:
    here, cashier = the_house(store), sign_in(Role.CASHIER)
    sent = {"advance-staff_id": here["payer"], "advance-place": "counter:", "advance-amount": "3000000"} | key()
    cashier.post(f"/payday/cash/{here['office']}/advances", data=sent)
    with store.write() as session:
        other = make_office(session, "DHA", "Bưu điện thành phố Đông Hà")
        stranger = make_staff(session, Role.CASHIER, login="quy2", name="Quỹ Khác", office=other)
    far = sign_in(stranger)
    assert far.post("/payday/cash/advances/1/cancel", data=key()).status_code == 404
    assert far.post(f"/payday/cash/{here['office']}/advances", data=sent).status_code == 404
    assert far.post(f"/payday/cash/{here['office']}/withdraw", data=sent).status_code == 404
    assert "Bùi Văn Điểm" not in far.get("/payday/cash").text
    cancelling = key()
    for _twice in range(2):
        assert cashier.post("/payday/cash/advances/1/cancel", data=cancelling).status_code == 303
    with store.read() as session:
        assert session.scalars(select(Advance.state)).one() is AdvanceState.CANCELLED
    assert cashier.post("/payday/cash/advances/1/cancel", data=key()).status_code == 409


def test_the_money_of_a_period_is_received_by_its_own_office(store: Store, sign_in: "SignIn") -> None:
    here = the_house(store)
    with store.write() as session:
        other = make_office(session, "DHA", "Bưu điện thành phố Đông Hà")
        stranger = make_staff(session, Role.CASHIER, login="quy2", name="Quỹ Khác", office=other)
    sent = {"funds-period_id": here["period"], "funds-amount": "5", "funds-document": "X", "funds-on": "2024-09-04"}
    assert sign_in(stranger).post("/payday/cash/funds", data=sent | key()).status_code == 422


def test_each_role_sees_the_forms_it_may_send(store: Store, sign_in: "SignIn") -> None:
    the_house(store)
    accountant = sign_in(Role.ACCOUNTANT).get("/payday/cash").text
    assert 'id="funds"' in accountant
    assert 'id="advance"' not in accountant
    controller = sign_in(Role.CONTROLLER).get("/payday/cash").text
    assert 'id="funds"' not in controller
    assert "Quỹ của người chi trả" in controller
    assert sign_in(Role.AGENCY_OFFICER).get("/payday/cash").status_code == 403


def test_the_cash_desk_of_a_house_without_points_says_so(store: Store, sign_in: "SignIn") -> None:
    assert "Chưa có bưu cục nào" in sign_in(Role.CASHIER).get("/payday/cash").text


# -- the blind count ---------------------------------------------------------------------------------------------------


def test_no_answer_before_the_count_says_what_the_book_expects(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        payout = make_payout(session, amount=613_000)
        day = make_payday(session, payout, cash=4_321_000)
        pay(session, day, payout)
    expected = ("3.708.000", "3708000")
    browser = sign_in(Role.POINT_STAFF)
    address = f"/payday/tills/{day.till.id}/close"
    looked = [browser.get(address)]
    looked += [browser.post(address, data={"counted": counted} | key()) for counted in ("", "nhiều", "-5")]
    assert [answer.status_code for answer in looked] == [200, 422, 422, 422]
    for answer in looked:
        assert not any(figure in answer.text for figure in expected)
        assert "till-left" not in answer.text
    with store.read() as session:
        assert session.get_one(Till, day.till.id).closed_at is None
    counted = {"counted": "3.700.000"} | key()
    for _twice in range(2):
        assert browser.post(address, data=counted).location == f"/payday/tills/{day.till.id}"
    page = browser.get(f"/payday/tills/{day.till.id}").text
    assert "Thiếu 8.000 đ so với sổ." in page
    assert "3.708.000" in page
    assert browser.post(address, data={"counted": "3.708.000"} | key()).status_code == 409


def test_a_difference_is_explained_in_words_after_the_count(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        day = make_payday(session, at_counter=True, cash=1_000_000)
    browser, address = sign_in(Role.POINT_STAFF), f"/payday/tills/{day.till.id}"
    browser.post(f"{address}/close", data={"counted": "990.000"} | key())
    empty = browser.post(f"{address}/explain", data={"explanation": ""} | key())
    assert empty.status_code == 422
    assert "Hãy viết ít nhất một câu." in empty.text
    sent = {"explanation": "Có lẽ đưa thừa tờ mười nghìn."} | key()
    for _twice in range(2):
        assert browser.post(f"{address}/explain", data=sent).status_code == 303
    page = browser.get(address).text
    assert "Có lẽ đưa thừa tờ mười nghìn." in page
    assert 'id="explain"' not in page
    cashier = sign_in(Role.CASHIER)
    assert "Có lẽ đưa thừa tờ mười nghìn." in cashier.get(address).text
    assert "−10.000" in cashier.get("/payday/cash").text or "-10.000" in cashier.get("/payday/cash").text


def test_a_till_is_seen_by_its_payer_and_its_office_but_not_by_another_phone(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        payout = make_payout(session)
        day = make_payday(session, payout)
        pay(session, day, payout)
        colleague = make_staff(session, Role.POINT_STAFF, login="diem2", name="Cao Thị Hai")
        other = make_office(session, "DHA", "Bưu điện thành phố Đông Hà")
        stranger = make_staff(session, Role.CASHIER, login="quy2", name="Quỹ Khác", office=other)
    address = f"/payday/tills/{day.till.id}"
    page = sign_in(Role.POINT_STAFF).get(address).text
    assert "Nhận tạm ứng" in page
    assert "BN2409-000001" in page
    assert "Nhận tạm ứng · số 1" in page
    assert 'class="phone"' in page
    assert 'class="phone"' not in sign_in(Role.CASHIER).get(address).text
    for who in (colleague, stranger):
        assert sign_in(who).get(address).status_code == 404
    for who in (colleague, Role.CASHIER):
        assert sign_in(who).get(f"{address}/close").status_code in (403, 404)
        assert sign_in(who).post(f"{address}/close", data={"counted": "0"} | key()).status_code in (403, 404)


# -- slips -------------------------------------------------------------------------------------------------------------


def test_the_notices_of_an_opening_are_printed_by_a_post_and_counted(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        make_contract(session, Programme.NCC)
        people = [make_payout(session, make_person(session, name)) for name in ("Nguyễn Thị Bưởi", "Trần Văn Đức")]
        opening = make_opening(session, payouts=tuple(people))
    browser = sign_in(Role.ACCOUNTANT)
    page = browser.get(f"/payday/openings/{opening.id}/slips").text
    assert "2 người" in page
    for layout, pages in (("a4x4", 1), ("a6", 2)):
        paper = browser.post(f"/payday/openings/{opening.id}/slips.pdf", data={"layout": layout})
        assert (paper.status_code, paper.mimetype) == (200, "application/pdf")
        assert page_count(paper.data) == pages
    text = " ".join(texts(paper.data))
    assert "Trần Văn Đức" in text
    assert "Bản in lần 2" in text
    with store.read() as session:
        assert set(session.scalars(select(Slip.copies))) == {2}
        short = session.scalars(select(Slip.short)).first()
    assert short in text
    assert browser.post(f"/payday/openings/{opening.id}/slips.pdf", data={"layout": "a0"}).status_code == 422
    assert browser.get(f"/payday/openings/{opening.id}/slips.pdf").status_code == 405


def test_an_opening_where_nobody_waits_has_nothing_to_print(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        opening = make_opening(session)
    answer = sign_in(Role.ACCOUNTANT).post(f"/payday/openings/{opening.id}/slips.pdf", data={"layout": "a6"})
    assert answer.status_code == 404
    assert "không còn ai chờ" in answer.text
