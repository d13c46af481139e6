"""Points on screen: alarms, the calendar, planning a month, one opening with its people and its roster."""

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from provider.audit.actor import SYSTEM
from provider.db import Store
from provider.points import service
from provider.points.models import Opening, Point, Seat
from provider.points.rules import OpeningState
from provider.staff.models import Staff, StaffPoint
from provider.staff.rules import Role
from tests.browser import JudgingClient
from tests.make import (
    make_agency,
    make_commune,
    make_district,
    make_office,
    make_opening,
    make_payout,
    make_person,
    make_point,
    make_staff,
)

SignIn = Callable[[Role | Staff], JudgingClient]
CHANGE = {
    "change-on": "2024-09-09",
    "change-from_time": "07:30",
    "change-to_time": "11:00",
    "change-reason": "Mưa bão",
}


def one_opening(store: Store) -> int:
    """An opening in Phường 1 with one person expected."""
    with store.write() as session:
        make_payout(session, amount=1_080_000)
        opening = make_opening(session)
        service.seat(session, opening.id, by=SYSTEM)
        return opening.id


def somebody_else(store: Store) -> Staff:
    """An accountant of another district."""
    with store.write() as session:
        office = make_office(session, "DH", "Bưu điện thành phố Đông Hà")
        make_agency(session, "LDTBXH-DH", "Phòng Đông Hà", make_district(session, "461", "Đông Hà"))
        return make_staff(session, Role.ACCOUNTANT, login="dongha", office=office)


def test_a_commune_with_people_and_no_point_is_an_alarm_until_it_has_one(store: Store, sign_in: SignIn) -> None:
    with store.write() as session:
        make_payout(session)
        commune, office = make_commune(session).id, make_office(session).id
    client = sign_in(Role.ACCOUNTANT)
    assert "Phường 1 chưa có điểm chi trả" in client.get("/points").text
    assert "Phường 1 chưa có điểm chi trả" in client.get("/openings").text
    assert client.get(f"/points/new?commune={commune}").status_code == 200
    form = {
        "name": "Bưu cục Phường 1",
        "code": "BC-1",
        "commune_id": commune,
        "office_id": office,
        "people_per_hour": "60",
    }
    assert client.post("/points", data=form).status_code == 303
    assert "chưa có điểm chi trả" not in client.get("/points").text
    assert client.post("/points", data=form).status_code == 409


def test_a_point_without_a_name_is_shown_again(store: Store, sign_in: SignIn) -> None:
    one_opening(store)
    answer = sign_in(Role.ACCOUNTANT).post("/points", data={"name": "", "code": "X", "people_per_hour": "0"})
    assert answer.status_code == 422
    assert "Hãy ghi tên điểm." in answer.text


def test_the_calendar_shows_the_openings_of_a_month(store: Store, sign_in: SignIn) -> None:
    one_opening(store)
    text = sign_in(Role.PROVINCIAL_MANAGER).get("/openings?month=2024-09").text
    assert "Nhà văn hóa Phường 1" in text
    assert "Thứ Năm, 05/09/2024 · hôm nay" in text
    assert "0/1" in text


def test_an_empty_month_says_what_to_do(sign_in: SignIn) -> None:
    assert "Tháng này chưa có phiên chi trả nào" in sign_in(Role.ACCOUNTANT).get("/openings").text


def test_a_month_is_planned_with_one_form(store: Store, sign_in: SignIn) -> None:
    with store.write() as session:
        make_payout(session)
        commune = make_point(session).commune_id
        payer = make_staff(session, Role.POINT_STAFF)
        agency = make_agency(session).id
    client = sign_in(Role.ACCOUNTANT)
    assert "Bùi Văn Điểm" in client.get("/openings/plan?month=2024-09").text
    form = {
        "month": "2024-09",
        "agency": agency,
        "first_day": "2024-09-05",
        f"day-{commune}": "2024-09-07",
        "day-x": "2024-09-07",
        "from_time": "07:30",
        "to_time": "11:00",
        "staff_ids": [payer.id],
    }
    answer = client.post("/openings/plan", data=form)
    assert answer.status_code == 303
    text = client.get(answer.location).text
    assert "Đã lên lịch 1 phiên, xếp 1 người." in text
    assert "07/09/2024" in text
    assert "Đã có phiên" in client.get("/openings/plan?month=2024-09").text


def test_a_wrong_planning_form_is_shown_again_with_what_was_typed(store: Store, sign_in: SignIn) -> None:
    with store.write() as session:
        make_payout(session)
        commune = make_point(session).commune_id
        agency = make_agency(session).id
    form = {
        "month": "2024-09",
        "agency": agency,
        "first_day": "",
        "from_time": "11:00",
        "to_time": "07:30",
        f"day-{commune}": "2024-09-07",
    }
    answer = sign_in(Role.ACCOUNTANT).post("/openings/plan", data=form)
    assert answer.status_code == 422
    assert "Hãy chọn ngày đầu tiên." in answer.text
    assert "Giờ kết thúc phải sau giờ bắt đầu." in answer.text
    assert 'value="2024-09-07"' in answer.text


def test_one_more_opening_is_planned_and_its_people_seated(store: Store, sign_in: SignIn) -> None:
    with store.write() as session:
        make_payout(session)
        point = make_point(session).id
    client = sign_in(Role.ACCOUNTANT)
    assert client.get(f"/openings/new?point={point}").status_code == 200
    form = {"month": "2024-09", "point_id": point, "on": "2024-09-05", "from_time": "13:30", "to_time": "16:00"}
    answer = client.post("/openings", data=form)
    assert answer.status_code == 303
    assert "xếp 1 người vào phiên" in client.get(answer.location).text
    assert client.post("/openings", data=form).status_code == 409
    assert client.post("/openings", data=form | {"on": ""}).status_code == 422


def test_one_opening_shows_who_is_expected_when(store: Store, sign_in: SignIn) -> None:
    number = one_opening(store)
    text = sign_in(Role.ACCOUNTANT).get(f"/openings/{number}").text
    assert "07:30–08:00: 1 người" in text
    assert "Nguyễn Thị Bưởi" in text
    assert "1.080.000 đ" in text
    assert f"/payday/openings/{number}/slips" in text
    assert f"/openings/{number}/roster.pdf" in text
    assert "045141000017" not in text


def test_who_is_new_in_the_commune_is_pointed_out_and_seated(store: Store, sign_in: SignIn) -> None:
    number = one_opening(store)
    with store.write() as session:
        make_payout(session, make_person(session, "Lê Thị Hoa"))
    client = sign_in(Role.ACCOUNTANT)
    assert "1 người ở Phường 1 chưa có giờ hẹn" in client.get(f"/openings/{number}").text
    assert client.post(f"/openings/{number}/seat").status_code == 303
    text = client.get(f"/openings/{number}").text
    assert "chưa có giờ hẹn" not in text
    assert "Lê Thị Hoa" in text


def test_an_opening_is_changed_and_cancelled_with_a_reason(store: Store, sign_in: SignIn) -> None:
    number = one_opening(store)
    client = sign_in(Role.ACCOUNTANT)
    with store.read() as session:
        form = CHANGE | {"change-point_id": str(session.get_one(Opening, number).point_id)}
    assert client.post(f"/openings/{number}/change", data=form | {"change-reason": ""}).status_code == 422
    assert client.post(f"/openings/{number}/change", data=form).status_code == 303
    assert "Lý do: Mưa bão" in client.get(f"/openings/{number}").text
    assert client.post(f"/openings/{number}/cancel", data={"cancel-reason": ""}).status_code == 422
    assert client.post(f"/openings/{number}/cancel", data={"cancel-reason": "Ngập lụt"}).status_code == 303
    text = client.get(f"/openings/{number}").text
    assert "Phiên này đã hủy" in text
    assert "Ngập lụt" in text
    assert client.post(f"/openings/{number}/cancel", data={"cancel-reason": "Ngập lụt"}).status_code == 409


def test_an_open_opening_is_closed(store: Store, sign_in: SignIn) -> None:
    number = one_opening(store)
    with store.write() as session:
        session.get_one(Opening, number).state = OpeningState.OPEN
    client = sign_in(Role.ACCOUNTANT)
    assert "Kết thúc phiên" in client.get(f"/openings/{number}").text
    assert client.post(f"/openings/{number}/close").status_code == 303
    assert "Đã kết thúc" in client.get(f"/openings/{number}").text


def test_a_person_gets_another_hour(store: Store, sign_in: SignIn) -> None:
    number = one_opening(store)
    with store.read() as session:
        person = make_person(session).id
    client = sign_in(Role.ACCOUNTANT)
    address = f"/openings/{number}/people/{person}"
    assert "05/09/2024, 09:00–09:30" in client.get(address).text
    assert client.post(address, data={"place": f"{number}@09:00", "reason": ""}).status_code == 422
    assert client.post(address, data={"place": "x", "reason": "Đi khám bệnh"}).status_code == 422
    assert client.post(address, data={"place": f"{number}@09:00", "reason": "Đi khám bệnh"}).status_code == 303
    with store.read() as session:
        assert session.scalars(select(Seat.slot_from)).all() == [dt.time(9, 0)]
    assert client.get(f"/openings/{number}/people/404").status_code == 404


def test_the_roster_is_a_paper_to_sign(store: Store, sign_in: SignIn, tmp_path: Path) -> None:
    number = one_opening(store)
    answer = sign_in(Role.CASHIER).get(f"/openings/{number}/roster.pdf")
    assert answer.mimetype == "application/pdf"
    paper = tmp_path / "roster.pdf"
    paper.write_bytes(answer.data)
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True).stdout
    assert "Nguyễn Thị Bưởi" in " ".join(text.split())
    assert "1.080.000" in text


def test_an_opening_without_people_has_no_roster(store: Store, sign_in: SignIn) -> None:
    with store.write() as session:
        number = make_opening(session).id
    assert sign_in(Role.ACCOUNTANT).get(f"/openings/{number}/roster.pdf").status_code == 404


def test_point_staff_see_the_openings_of_their_points_only(store: Store, sign_in: SignIn) -> None:
    number = one_opening(store)
    with store.write() as session:
        far = make_opening(session, make_point(session, make_commune(session, "Phường 2"))).id
        payer = make_staff(session, Role.POINT_STAFF)
        point = session.scalars(select(Point.id).where(Point.commune_id == make_commune(session).id)).one()
        session.add(StaffPoint(staff_id=payer.id, point_id=point))
    client = sign_in(payer)
    assert client.get(f"/openings/{number}").status_code == 200
    assert client.get(f"/openings/{far}").status_code == 404
    assert client.get(f"/openings/{far}/roster.pdf").status_code == 404
    assert client.post(f"/openings/{number}/cancel", data={"cancel-reason": "Thử"}).status_code == 403


@pytest.mark.parametrize("deed", ["seat", "change", "cancel", "close"])
def test_another_district_does_nothing(store: Store, sign_in: SignIn, deed: str) -> None:
    number = one_opening(store)
    client = sign_in(somebody_else(store))
    form = CHANGE | {"cancel-reason": "Thử", "change-point_id": "1"}
    assert client.get(f"/openings/{number}").status_code == 404
    assert client.post(f"/openings/{number}/{deed}", data=form).status_code == 404


def test_an_agency_has_no_business_with_openings(sign_in: SignIn) -> None:
    assert sign_in(Role.AGENCY_OFFICER).get("/openings").status_code == 403
