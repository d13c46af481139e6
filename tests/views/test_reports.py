"""Báo giảm on screen: from the till to the agency's answer."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import openpyxl
from sqlalchemy import select

from provider.db import Store
from provider.lists.decrease import Answer, DecreaseKind, ReportState
from provider.lists.models import MovementReport
from provider.lists.reports import report_decrease
from provider.payouts.lifecycle import State
from provider.payouts.models import Payout
from provider.staff.rules import Role
from tests.make import make_actor, make_agency, make_district, make_office, make_payout, make_person, make_staff

if TYPE_CHECKING:
    from tests.browser import JudgingClient

    SignIn = Callable[..., JudgingClient]


def a_report(store: Store) -> tuple[int, int]:
    """A payer's report about Bưởi; its number and the payout's."""
    with store.write() as session:
        payout = make_payout(session)
        (report,) = report_decrease(
            session,
            person_id=payout.person_id,
            kind=DecreaseKind.DEATH,
            office_id=make_office(session).id,
            source="till:1",
            by=make_actor(session, Role.POINT_STAFF),
        )
        return report.id, payout.id


def test_the_accountant_sends_the_list_and_the_officer_answers(store: Store, sign_in: "SignIn") -> None:
    number, payout_id = a_report(store)
    accountant, officer = sign_in(Role.ACCOUNTANT), sign_in(Role.AGENCY_OFFICER)
    page = accountant.get("/lists/reports").text
    assert "Nguyễn Thị Bưởi" in page
    assert "045141000017" not in page
    accountant.post("/lists/reports/send", data={"report_id": [number], "idempotency_key": "gui-1"})
    assert "01/2024/DSBG" in accountant.get("/lists/reports").text
    sheet = openpyxl.load_workbook(io.BytesIO(accountant.get("/lists/reports/letters/1").data)).active
    assert sheet is not None
    assert accountant.post(f"/lists/reports/{number}/answer", data={"answer": "keep"}).status_code == 403
    assert "Ghi trả lời của cơ quan" in officer.get(f"/lists/reports/{number}").text
    assert officer.post(f"/lists/reports/{number}/answer", data={}).status_code == 422
    officer.post(f"/lists/reports/{number}/answer", data={"answer": Answer.STOP.value, "words": "CV 12"})
    shown = officer.get(f"/lists/reports/{number}").text
    assert "Đồng ý giảm, hoàn trả khoản đang giữ" in shown
    assert "Khoản đang giữ sẽ hoàn trả cơ quan khi chốt kỳ." in shown
    with store.read() as session:
        assert session.get_one(MovementReport, number).state is ReportState.ANSWERED
        assert session.get_one(Payout, payout_id).state is State.HELD


def test_reporting_from_the_desk_holds_at_once_and_twice_is_once(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        payout = make_payout(session)
    accountant = sign_in(Role.ACCOUNTANT)
    address = f"/lists/reports/new?person_id={payout.person_id}"
    assert "Nguyễn Thị Bưởi" in accountant.get(address).text
    assert accountant.post(address, data={"idempotency_key": "k"}).status_code == 422
    assert "Hãy ghi rõ lý do khác" in accountant.post(address, data={"kind": "other", "idempotency_key": "k"}).text
    for _again in range(2):
        answer = accountant.post(address, data={"kind": "move", "remark": "Về Huế", "idempotency_key": "k"})
        assert answer.status_code in (302, 303)
    with store.read() as session:
        (report,) = session.scalars(select(MovementReport))
        assert (report.kind, report.remark, report.source) == (DecreaseKind.MOVE, "Về Huế", "desk")
        assert session.get_one(Payout, payout.id).state is State.HELD
    assert f"/lists/reports/new?person_id={payout.person_id}" in accountant.get(f"/people/{payout.person_id}").text


def test_another_district_s_officer_sees_and_answers_nothing(store: Store, sign_in: "SignIn") -> None:
    number, _payout = a_report(store)
    with store.write() as session:
        there = make_agency(
            session, "LDTBXH-VL", "Phòng LĐ-TB&XH huyện Vĩnh Linh", make_district(session, "464", "Huyện Vĩnh Linh")
        )
        stranger = make_staff(session, Role.AGENCY_OFFICER, login="canbovl", agency=there)
    browser = sign_in(stranger)
    assert "Nguyễn Thị Bưởi" not in browser.get("/lists/reports").text
    assert browser.get(f"/lists/reports/{number}").status_code == 404
    assert browser.post(f"/lists/reports/{number}/answer", data={"answer": "keep"}).status_code == 404


def test_somebody_never_paid_here_is_not_there_to_report(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        somebody = make_person(session)
    browser = sign_in(Role.ACCOUNTANT)
    assert browser.get(f"/lists/reports/new?person_id={somebody.id}").status_code == 404
    assert browser.get("/lists/reports/new").status_code == 404


def test_whoever_reported_is_told_who_answers(store: Store, sign_in: "SignIn") -> None:
    with store.write() as session:
        payout = make_payout(session)
        (report,) = report_decrease(
            session,
            person_id=payout.person_id,
            kind=DecreaseKind.DEATH,
            office_id=make_office(session).id,
            by=make_actor(session),
        )
    assert "Bạn đã báo giảm người này" in sign_in(Role.ACCOUNTANT).get(f"/lists/reports/{report.id}").text
