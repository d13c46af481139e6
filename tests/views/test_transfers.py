"""The pages of batches."""

import csv
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from provider.audit.deeds import DeedKind
from provider.audit.models import Deed
from provider.db import Store
from provider.ledger.models import Entry, EntryKind
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout
from provider.staff.rules import Role
from provider.transfers.models import Batch, BatchState, Line
from tests.make import make_agency, make_office, make_payout, make_person, make_staff, make_way

if TYPE_CHECKING:
    from tests.browser import JudgingClient

    SignIn = Callable[[Any], JudgingClient]


def key(number: int) -> dict[str, str]:
    return {"idempotency_key": f"{number:08}-1111-4111-8111-111111111111"}


def ready(store: Store, *, funded: bool = True) -> dict[str, Any]:
    """Two people with accounts, one with another name on it; what the button for a batch sends."""
    with store.write() as session:
        for name, holder in (("Nguyễn Thị Bưởi", ""), ("Trần Văn Đức", ""), ("Lê Thị Hoa", "VO HUU LONG")):
            person = make_person(session, name)
            make_way(session, person, holder=holder)
            make_payout(session, person, channel=Channel.ACCOUNT, funded=funded)
        return {"agency_id": make_agency(session).id, "office_id": make_office(session).id, "month": "2024-09"}


def sent(store: Store, sign_in: "SignIn") -> str:
    """A released batch: its address."""
    address = sign_in(Role.ACCOUNTANT).post("/transfers/", data={**ready(store), **key(1)}).location
    assert sign_in(Role.CONTROLLER).post(f"{address}/release", data=key(2)).status_code == 303
    return str(address)


def test_the_page_says_who_may_enter_and_who_may_not_and_why(store: Store, sign_in: "SignIn") -> None:
    ready(store)
    shown = sign_in(Role.ACCOUNTANT).get("/transfers/").text
    assert "2 khoản đủ điều kiện" in shown
    assert "Lập lô 2 khoản, 1.000.000 đ" in shown
    assert "Lệch tên" in shown
    assert "VO HUU LONG" in shown
    assert "0451000123456" not in shown


def test_one_builds_another_releases_and_the_button_names_the_amount(store: Store, sign_in: "SignIn") -> None:
    accountant, controller = sign_in(Role.ACCOUNTANT), sign_in(Role.CONTROLLER)
    address = accountant.post("/transfers/", data={**ready(store), **key(1)}).location
    assert "Người lập lô không được tự duyệt." in accountant.get(address).text
    assert accountant.post(f"{address}/release", data=key(2)).status_code == 403
    assert accountant.post(f"{address}/file").status_code == 409
    assert "Duyệt chuyển 1.000.000 đ cho 2 khoản" in controller.get(address).text
    assert controller.post(f"{address}/release", data=key(3)).status_code == 303
    assert "Đã gửi ngân hàng" in controller.get(address).text


def test_money_asked_for_twice_with_one_key_moves_once(store: Store, sign_in: "SignIn") -> None:
    accountant, controller = sign_in(Role.ACCOUNTANT), sign_in(Role.CONTROLLER)
    form = {**ready(store), **key(1)}
    address = accountant.post("/transfers/", data=form).location
    assert accountant.post("/transfers/", data=form).location == address
    for _again in range(2):
        assert controller.post(f"{address}/release", data=key(2)).status_code == 303
        paid = accountant.post(f"{address}/paid", data={"paid-reference": "FT1", **key(3)})
        assert paid.status_code == 303
    with store.read() as session:
        counts = dict(session.execute(select(Entry.kind, func.count()).group_by(Entry.kind)).all())
        assert (counts[EntryKind.SENT], counts[EntryKind.PAYMENT]) == (2, 2)
        assert session.scalar(select(func.count()).select_from(Batch)) == 1
    assert controller.post(f"{address}/release").status_code == 422


def test_a_batch_without_its_money_says_so(store: Store, sign_in: "SignIn") -> None:
    accountant = sign_in(Role.ACCOUNTANT)
    form = {**ready(store, funded=False), **key(1)}
    assert "Tài khoản tiền gửi chưa đủ" in accountant.get("/transfers/").text
    address = accountant.post("/transfers/", data=form).location
    answer = sign_in(Role.CONTROLLER).post(f"{address}/release", data=key(2))
    assert answer.status_code == 409
    assert "Không đủ tiền: cần 1.000.000 đ, hiện còn 0 đ." in answer.text


def test_the_bank_s_file_is_taken_along_and_that_is_written_down(store: Store, sign_in: "SignIn") -> None:
    address = sent(store, sign_in)
    browser = sign_in(Role.ACCOUNTANT)
    answer = browser.post(f"{address}/file", data={"kind": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["0451000123456"] * 2
    assert ".xlsx" in answer.headers["Content-Disposition"]
    text = browser.post(f"{address}/file", data={"kind": "csv"}).data.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == 3
    with store.read() as session:
        seen = session.scalar(select(func.count()).where(Deed.kind == DeedKind.PERSONAL_DATA_SEEN.value))
        assert seen == 2


def test_the_answers_of_the_bank_are_written_down(store: Store, sign_in: "SignIn") -> None:
    address, browser = sent(store, sign_in), sign_in(Role.ACCOUNTANT)
    with store.read() as session:
        first = session.scalars(select(Line).order_by(Line.id)).first()
        assert first is not None
    question = f"/transfers/lines/{first.id}/failed"
    assert "500.000 đ" in browser.get(question).text
    refused = browser.post(question, data={"failure": "", **key(4)})
    assert refused.status_code == 422
    assert "Hãy chọn lý do." in refused.text
    for _again in range(2):
        answer = browser.post(question, data={"failure": "account_closed", "remark": "mã 14", **key(5)})
        assert answer.status_code == 303
    assert "Tài khoản đã đóng: mã 14" in browser.get(address).text
    refused = browser.post(f"{address}/paid", data={"paid-reference": " ", **key(6)})
    assert refused.status_code == 422
    assert "Hãy ghi số chứng từ" in refused.text
    assert browser.post(f"{address}/paid", data={"paid-reference": "FT24249", **key(7)}).status_code == 303
    shown = browser.get(address).text
    assert "Ngân hàng đã trả lời mọi khoản. Chứng từ: FT24249." in shown
    assert "Ngân hàng báo không chuyển được" in shown
    with store.read() as session:
        assert session.scalars(select(Batch)).one().state is BatchState.ANSWERED
        back = session.get_one(Payout, first.payout_id)
        assert (back.state, back.channel) == (State.DUE, Channel.CASH_POINT)
    assert "đã có trả lời" in browser.get(question).text
    assert browser.post(question, data={"failure": "other", **key(8)}).status_code == 409


def test_a_draft_can_be_cancelled_and_built_anew(store: Store, sign_in: "SignIn") -> None:
    browser, form = sign_in(Role.ACCOUNTANT), ready(store)
    first = browser.post("/transfers/", data={**form, **key(1)}).location
    assert browser.post("/transfers/", data={**form, **key(2)}).status_code == 409
    assert browser.post(f"{first}/cancel", data=key(3)).status_code == 303
    assert "không có tiền nào được chuyển" in browser.get(first).text
    second = browser.post("/transfers/", data={**form, **key(4)}).location
    assert second != first
    assert "CK2409-" in browser.get("/transfers/?month=2024-09").text


def test_lines_are_searched_and_filtered(store: Store, sign_in: "SignIn") -> None:
    address, browser = sent(store, sign_in), sign_in(Role.CONTROLLER)
    found = browser.get(f"{address}?q=buoi&state=waiting").text
    assert "Nguyễn Thị Bưởi" in found
    assert "Trần Văn Đức" not in found
    assert "Không có khoản nào khớp" in browser.get(f"{address}?state=failed&page=9").text


def test_what_is_out_of_reach_is_not_there(store: Store, sign_in: "SignIn") -> None:
    address = sent(store, sign_in)
    with store.write() as session:
        other = make_office(session, "DHA", "Bưu điện thành phố Đông Hà")
        accountant = make_staff(session, Role.ACCOUNTANT, login="ketoan2", name="Kế Toán Khác", office=other)
        line = session.scalars(select(Line).order_by(Line.id)).first()
        assert line is not None
        form = {"agency_id": make_agency(session).id, "office_id": other.id, "month": "2024-09", **key(9)}
    browser = sign_in(accountant)
    failed = {"failure": "other", **key(10)}
    assert browser.get(address).status_code == 404
    assert browser.post(f"{address}/file").status_code == 404
    assert browser.post(f"{address}/paid", data={"paid-reference": "FT1", **key(11)}).status_code == 404
    assert browser.get(f"/transfers/lines/{line.id}/failed").status_code == 404
    assert browser.post(f"/transfers/lines/{line.id}/failed", data=failed).status_code == 404
    assert browser.post("/transfers/", data=form).status_code == 404
    assert browser.get("/transfers/lines/99999/failed").status_code == 404
    assert "CK2409" not in browser.get("/transfers/?month=2024-09").text


def test_who_has_no_right_is_refused(store: Store, sign_in: "SignIn") -> None:
    address = sent(store, sign_in)
    for role in (Role.COURIER, Role.AGENCY_OFFICER, Role.CASHIER, Role.ADMINISTRATOR):
        assert sign_in(role).get(address).status_code == 403
    manager = sign_in(Role.PROVINCIAL_MANAGER)
    assert "Tải tệp" not in manager.get(address).text
    assert manager.post(f"{address}/file").status_code == 403
