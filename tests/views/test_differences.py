"""What changed since last month, on screen and by command."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.orm import Session

from provider.audit.actor import SYSTEM
from provider.db import Store
from provider.lists.kinds import ListKind
from provider.lists.service import accept
from provider.staff.rules import Role
from tests.make import SEPTEMBER, make_agency, make_contract, make_district, make_office, make_staff
from tests.make.lists import line, receive_list

if TYPE_CHECKING:
    from flask import Flask

    from tests.browser import JudgingClient

SAMPLES = Path(__file__).resolve().parents[1] / "files" / "lists"
OCTOBER = SEPTEMBER.next()


def two_months(session: Session) -> int:
    """Bưởi stays with more, Đức is gone, Hoa is new; only Hoa stands on a list of increases. October's list."""
    before = receive_list(session, line(), line("Trần Văn Đức", 700_000))
    accept(session, before.id, by=SYSTEM)
    receive_list(session, line("Lê Thị Hoa"), month=OCTOBER, kind=ListKind.INCREASE)
    october = receive_list(session, line(allowance=750_000), line("Lê Thị Hoa"), month=OCTOBER)
    return october.id


def test_who_is_new_gone_and_changed_is_shown_with_why(store: Store, sign_in: "Callable[..., JudgingClient]") -> None:
    with store.write() as session:
        number = two_months(session)
    browser = sign_in(Role.ACCOUNTANT)
    page = browser.get(f"/lists/{number}/differences").text
    assert "Tháng trước có, tháng này không còn, danh sách giảm không có." in page
    assert "500.000 đ → 750.000 đ" in page
    assert "Danh sách tăng, dòng" in page
    assert "Chưa có: Danh sách giảm." in page
    assert "045036000025" not in page
    gone = browser.get(f"/lists/{number}/differences?show=gone").text
    assert "Trần Văn Đức" in gone
    assert "Lê Thị Hoa" not in gone
    assert f"/lists/{number}/differences" in browser.get(f"/lists/{number}").text


def test_a_movement_list_shows_how_each_row_was_matched(store: Store, sign_in: "Callable[..., JudgingClient]") -> None:
    with store.write() as session:
        number = two_months(session)
        moved = receive_list(session, line("Lê Thị Hoa"), line("Võ Hữu Long"), month=OCTOBER, kind=ListKind.INCREASE)
    browser = sign_in(Role.ACCOUNTANT)
    page = browser.get(f"/lists/{moved.id}/matches").text
    assert "dòng 6 của danh sách chi trả" in page
    assert "Danh sách tăng có, danh sách chi trả tháng này không có." in page
    wrong = browser.get(f"/lists/{moved.id}/matches?show=unexplained").text
    assert "Lê Thị Hoa" not in wrong
    assert browser.get(f"/lists/{number}/matches").status_code == 404
    assert f"/lists/{moved.id}/matches" in browser.get(f"/lists/{moved.id}").text


def test_without_a_month_before_the_page_says_so(store: Store, sign_in: "Callable[..., JudgingClient]") -> None:
    with store.write() as session:
        number = receive_list(session, line()).id
    page = sign_in(Role.ACCOUNTANT).get(f"/lists/{number}/differences").text
    assert "Chưa có danh sách nào để so." in page


def test_a_corrected_version_is_shown_against_what_is_in_force(
    store: Store, sign_in: "Callable[..., JudgingClient]"
) -> None:
    with store.write() as session:
        accept(session, receive_list(session, line(), line("Trần Văn Đức", 700_000)).id, by=SYSTEM)
        number = receive_list(session, line(), line("Lê Thị Hoa")).id
    page = sign_in(Role.ACCOUNTANT).get(f"/lists/{number}/differences?against=month&show=new").text
    assert "Lê Thị Hoa" in page
    assert "Chưa có: Danh sách" not in page


def test_another_district_does_not_see_it(store: Store, sign_in: "Callable[..., JudgingClient]") -> None:
    with store.write() as session:
        number = two_months(session)
        there = make_agency(
            session, "LDTBXH-VL", "Phòng LĐ-TB&XH huyện Vĩnh Linh", make_district(session, "464", "Huyện Vĩnh Linh")
        )
        make_contract(session, agency=there, office=make_office(session, "VLINH", "Bưu điện huyện Vĩnh Linh"))
        officer = make_staff(session, Role.AGENCY_OFFICER, login="canbovl", agency=there)
    assert sign_in(officer).get(f"/lists/{number}/differences").status_code == 404
    assert sign_in(Role.AGENCY_OFFICER).get(f"/lists/{number}/differences").status_code == 200


@pytest.fixture
def run(app: "Flask", store: Store) -> "Callable[..., Any]":
    """``run("lists", "compare", 3)``: what the command printed, as JSON."""

    def go(*words: object) -> Any:
        result = app.test_cli_runner().invoke(args=[*map(str, words), "--json"])
        return json.loads(result.output)

    return go


def test_the_command_takes_in_the_samples_and_explains_every_line(store: Store, run: "Callable[..., Any]") -> None:
    with store.write() as session:
        receive_list(session, line("Võ Hữu Long"), month=SEPTEMBER.previous())
    sent = ("--agency", "LDTBXH-TXQT", "--programme", "BTXH", "--month")
    september = run("lists", "receive", SAMPLES / "btxh_2024-09.xlsx", *sent, "2024-09", "--accept")
    assert "kind" not in september
    october = run("lists", "receive", SAMPLES / "btxh_2024-10.xlsx", *sent, "2024-10")
    kinds = [
        run("lists", "receive", SAMPLES / f"btxh_2024-10_{name}.xlsx", *sent, "2024-10", "--accept")
        for name in ("tang", "giam", "dieu_chinh")
    ]
    assert [one["kind"] for one in kinds] == ["increase", "decrease", "adjust"]
    found = run("lists", "compare", october["list_id"])
    assert found == {
        "against": september["list_id"],
        "new": 14,
        "gone": 14,
        "changed": 7,
        "explained": 35,
        "to_look_at": 0,
        "unexplained": [],
    }


def test_the_command_names_what_is_not_explained(store: Store, run: "Callable[..., Any]") -> None:
    with store.write() as session:
        number = two_months(session)
    found = run("lists", "compare", number)
    assert [(one["side"], one["name"], one["code"]) for one in found["unexplained"]] == [
        ("before", "Trần Văn Đức", "gone_without_decrease"),
        ("list", "Nguyễn Thị Bưởi", "changed_without_adjust"),
    ]
    assert run("lists", "compare", 99)["refused"]["code"] == "missing"
