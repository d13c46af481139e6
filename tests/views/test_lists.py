"""The pages of lists: uploading, what was found in which cell, deciding; each to whom it may concern."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from provider.agreements.rules import Programme
from provider.db import Store
from provider.lists.models import PayoutList
from provider.lists.service import accept
from provider.payouts.models import Payout
from provider.staff.rules import Role
from tests.make import make_actor, make_agency, make_contract, make_district, make_office, make_staff
from tests.make.lists import line, list_file, make_registers, receive_list

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.browser import JudgingClient

    SignIn = Callable[[Any], JudgingClient]

TWO = (line(), line("Trần Văn Đức", 700_000, arrears=1_400_000))
WITH_ERROR = (line(), line("Lê Thị Hoa", 500_000, total=900_000))
KEY = {"idempotency_key": "00000001-1111-4111-8111-111111111111"}


def received(store: Store, *lines: Any, content: bytes | None = None) -> int:
    with store.write() as session:
        return receive_list(session, *lines, content=content, by=make_actor(session)).id


def stranger(store: Store) -> Any:
    """The officer of another district, whose agency has a contract with the same office."""
    with store.write() as session:
        district = make_district(session, "461", "Huyện Hải Lăng")
        other = make_agency(session, "LDTBXH-HL", "Phòng LĐ-TB&XH huyện Hải Lăng", district)
        make_contract(session, Programme.BTXH, other)
        return make_staff(session, Role.AGENCY_OFFICER, login="canbo.hl", agency=other)


def upload(browser: "JudgingClient", store: Store, content: bytes, **more: str) -> "TestResponse":
    with store.write() as session:
        agency_id = make_registers(session, Programme.BTXH)
    values = {"agency_id": str(agency_id), "programme": "BTXH", "month": "09/2024"} | more
    file = (io.BytesIO(content), "danh sách.xlsx")
    return browser.post("/lists/new", data=values | {"file": file}, content_type="multipart/form-data")


# -- uploading


def test_an_empty_house_says_what_to_do_first(store: Store, sign_in: "SignIn") -> None:
    accountant = sign_in(Role.ACCOUNTANT)
    assert "Chưa có danh sách nào" in accountant.get("/lists/").text
    form = accountant.get("/lists/new").text
    assert "09/2024" in form
    assert "Đang đọc tệp" in form


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.AGENCY_OFFICER])
def test_a_file_is_uploaded_and_looked_through_before_anything_is_paid(
    store: Store, sign_in: "SignIn", role: Role
) -> None:
    answer = upload(sign_in(role), store, list_file(*TWO))
    assert answer.status_code == 303
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 0
        assert session.scalars(select(PayoutList.file_name)).one() == "danh sách.xlsx"
    shown = sign_in(role).get(answer.location).text
    assert "Đọc được cả 2 dòng, không dòng nào lỗi, số cộng khớp." in shown
    assert ("Nhận 2 khoản chi vào kỳ" in shown) is (role is Role.ACCOUNTANT)


def test_a_file_that_is_no_list_is_refused_beside_its_field_and_nothing_else_is_lost(
    store: Store, sign_in: "SignIn"
) -> None:
    answer = upload(sign_in(Role.ACCOUNTANT), store, b"%PDF-1.7", sent_people="12", sent_amount="1.234.000")
    assert answer.status_code == 422
    assert "Đây là tệp PDF, không phải bảng tính" in answer.text
    assert 'value="12"' in answer.text
    assert 'value="1.234.000"' in answer.text
    assert 'value="09/2024"' in answer.text


def test_wrong_fields_say_what_is_wrong_beside_each(store: Store, sign_in: "SignIn") -> None:
    answer = upload(sign_in(Role.ACCOUNTANT), store, list_file(line()), month="tháng nào", sent_amount="nhiều")
    assert answer.status_code == 422
    assert "Không đọc được tháng" in answer.text
    assert 'value="tháng nào"' in answer.text
    assert 'value="nhiều"' in answer.text
    without_file = sign_in(Role.ACCOUNTANT).post("/lists/new", data={"month": "09/2024"})
    assert without_file.status_code == 422
    assert "Hãy chọn tệp danh sách" in without_file.text


def test_the_same_file_again_leads_to_the_first(store: Store, sign_in: "SignIn") -> None:
    accountant = sign_in(Role.ACCOUNTANT)
    content = list_file(*TWO)
    first = upload(accountant, store, content).location
    refused = upload(accountant, store, content)
    assert refused.status_code == 409
    assert f'href="{first}"' in refused.text


def test_a_month_without_a_contract_is_said_on_the_form(store: Store, sign_in: "SignIn") -> None:
    answer = upload(sign_in(Role.ACCOUNTANT), store, list_file(line()), programme="HTXH")
    assert answer.status_code == 422
    assert "không có hợp đồng chi trả HTXH" in answer.text


def test_an_officer_uploads_for_the_own_agency_only(store: Store, sign_in: "SignIn") -> None:
    answer = upload(sign_in(stranger(store)), store, list_file(line()))
    assert answer.status_code == 422
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(PayoutList)) == 0


# -- looking


def test_the_wrong_cell_itself_is_marked(store: Store, sign_in: "SignIn") -> None:
    shown = sign_in(Role.ACCOUNTANT).get(f"/lists/{received(store, *WITH_ERROR)}").text
    cell = next(part for part in shown.split("<td") if "has-problem" in part)
    assert 'data-label="Tổng"' in cell
    assert "900.000" in cell
    assert "J6" in cell
    below = next(part for part in shown.split("<li") if "Tổng ghi 900.000 đ" in part)
    assert "J6" in below
    assert "045150000033" not in shown


def test_rows_are_filtered_by_level_and_by_kind_of_problem(store: Store, sign_in: "SignIn") -> None:
    number, accountant = received(store, *WITH_ERROR), sign_in(Role.ACCOUNTANT)
    everything = accountant.get(f"/lists/{number}").text
    assert "Nguyễn Thị Bưởi" in everything
    assert f"/lists/{number}?kind=total_not_sum#rows" in everything
    for wish in ("level=error", "kind=total_not_sum"):
        some = accountant.get(f"/lists/{number}?{wish}").text
        assert "Lê Thị Hoa" in some
        assert "Nguyễn Thị Bưởi" not in some
    assert "Không có dòng nào như vậy" in accountant.get(f"/lists/{number}?level=good&kind=total_not_sum").text
    assert "Nguyễn Thị Bưởi" in accountant.get(f"/lists/{number}?level=purple&kind=nonsense&page=99").text


def test_a_hundred_rows_a_page(store: Store, sign_in: "SignIn") -> None:
    people = [line(f"Người Thứ {number}", id_number="") for number in range(1, 251)]
    number, accountant = received(store, *people), sign_in(Role.ACCOUNTANT)
    first, last = accountant.get(f"/lists/{number}").text, accountant.get(f"/lists/{number}?page=3").text
    assert "Người Thứ 100<" in first
    assert "Người Thứ 101<" not in first
    assert "Người Thứ 250<" in last
    assert "Trang 3/3" in last
    assert first.count('<th scope="row"') == 100


def test_htmx_gets_the_rows_alone(store: Store, sign_in: "SignIn") -> None:
    fragment = sign_in(Role.ACCOUNTANT).get(f"/lists/{received(store, *TWO)}?level=good", htmx=True).text
    assert fragment.lstrip().startswith("<section")
    assert 'id="rows"' in fragment


def test_it_is_shown_what_was_understood_of_every_column(store: Store, sign_in: "SignIn") -> None:
    shown = sign_in(Role.ACCOUNTANT).get(f"/lists/{received(store, *TWO)}").text
    assert "Mức trợ cấp" in shown
    assert "Hệ thống đã hiểu các cột" in shown


def test_the_original_comes_back_byte_for_byte(store: Store, sign_in: "SignIn") -> None:
    content = list_file(*TWO)
    answer = sign_in(Role.AGENCY_OFFICER).get(f"/lists/{received(store, content=content)}/file")
    assert answer.data == content
    assert "danh-sach.xlsx" in answer.headers["Content-Disposition"]


# -- deciding


def test_accepting_says_how_many_payouts_there_are(store: Store, sign_in: "SignIn") -> None:
    number, accountant = received(store, *TWO), sign_in(Role.ACCOUNTANT)
    for _again in range(2):
        answer = accountant.post(f"/lists/{number}/accept", data=KEY)
        assert answer.location == f"/lists/{number}"
    assert "Đã nhận vào kỳ: 2 khoản chi." in accountant.get(f"/lists/{number}").text
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 2


def test_a_list_that_does_not_tie_out_waits_for_the_controller_and_a_reason(store: Store, sign_in: "SignIn") -> None:
    number = received(store, content=list_file(*WITH_ERROR, declared=9_000_000))
    accountant, controller = sign_in(Role.ACCOUNTANT), sign_in(Role.CONTROLLER)
    assert "cần kiểm soát viên" in accountant.get(f"/lists/{number}").text
    assert accountant.post(f"/lists/{number}/accept", data={**KEY, "reason": "x"}).status_code == 403
    without = controller.post(f"/lists/{number}/accept", data=KEY)
    assert without.status_code == 422
    assert "Hãy ghi lý do" in without.text
    assert "Lê Thị Hoa" in without.text, "the list is shown again"
    given = controller.post(f"/lists/{number}/accept", data={**KEY, "reason": "Dòng lỗi gửi sau"})
    assert given.status_code == 303
    assert "Dòng lỗi gửi sau" in controller.get(f"/lists/{number}").text


def test_a_stale_list_is_checked_again_by_one_button(store: Store, sign_in: "SignIn") -> None:
    first, second, accountant = received(store, line()), received(store, *TWO), sign_in(Role.ACCOUNTANT)
    with store.write() as session:
        accept(session, first, by=make_actor(session))
    refused = accountant.post(f"/lists/{second}/accept", data=KEY)
    assert refused.status_code == 409
    assert "1 dòng trùng" in refused.text
    assert accountant.post(f"/lists/{second}/check-again").status_code == 303
    assert "Người này đã được chi khoản này" in accountant.get(f"/lists/{second}").text


def test_a_list_is_rejected_with_a_reason(store: Store, sign_in: "SignIn") -> None:
    number, accountant = received(store, *TWO), sign_in(Role.ACCOUNTANT)
    assert accountant.post(f"/lists/{number}/reject", data={}).status_code == 422
    assert accountant.post(f"/lists/{number}/reject", data={"reject-reason": "Nhầm tháng"}).status_code == 303
    shown = accountant.get(f"/lists/{number}").text
    assert "Nhầm tháng" in shown
    assert "Từ chối danh sách" not in shown


# -- who may


def test_an_officer_reads_and_decides_nothing(store: Store, sign_in: "SignIn") -> None:
    number, officer = received(store, *TWO), sign_in(Role.AGENCY_OFFICER)
    assert "Nhận 2 khoản chi" not in officer.get(f"/lists/{number}").text
    assert officer.post(f"/lists/{number}/accept", data=KEY).status_code == 403
    assert officer.post(f"/lists/{number}/reject", data={"reject-reason": "x"}).status_code == 403


def test_the_officer_of_another_district_finds_nothing(store: Store, sign_in: "SignIn") -> None:
    number, other = received(store, *TWO), sign_in(stranger(store))
    assert "Chưa có danh sách nào" in other.get("/lists/").text
    for address in (f"/lists/{number}", f"/lists/{number}/file", f"/lists/{number}?level=good"):
        assert other.get(address).status_code == 404
    assert other.get(f"/lists/{number}", htmx=True).status_code == 404
    assert other.post(f"/lists/{number}/check-again").status_code == 404


def test_the_accountant_of_another_office_finds_nothing(store: Store, sign_in: "SignIn") -> None:
    number = received(store, *TWO)
    with store.write() as session:
        elsewhere = make_office(session, "HL", "Bưu điện huyện Hải Lăng")
        other = make_staff(session, Role.ACCOUNTANT, login="ketoan.hl", office=elsewhere)
    browser = sign_in(other)
    assert browser.get(f"/lists/{number}").status_code == 404
    assert browser.post(f"/lists/{number}/accept", data=KEY).status_code == 404


@pytest.mark.parametrize("role", [Role.PROVINCIAL_MANAGER, Role.AGENCY_SUPERVISOR, Role.CASHIER])
def test_who_only_reads_reads_it_all(store: Store, sign_in: "SignIn", role: Role) -> None:
    number, reader = received(store, *TWO), sign_in(role)
    assert f"/lists/{number}" in reader.get("/lists/").text
    assert "Trần Văn Đức" in reader.get(f"/lists/{number}").text
    assert reader.get("/lists/new").status_code == 403
    assert reader.post(f"/lists/{number}/accept", data=KEY).status_code == 403


@pytest.mark.parametrize("role", [Role.POINT_STAFF, Role.COURIER, Role.ADMINISTRATOR])
def test_who_has_no_business_with_lists_does_not_see_them(store: Store, sign_in: "SignIn", role: Role) -> None:
    number = received(store, *TWO)
    assert sign_in(role).get(f"/lists/{number}").status_code == 403
