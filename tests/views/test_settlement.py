"""The pages of a month's end: cut-off, drawing up, the second person, papers; each to whom it may concern."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from provider import jobs
from provider.agreements.rules import Programme
from provider.db import Store
from provider.jobs import Job, JobState
from provider.payouts.lifecycle import State
from provider.payouts.models import Payout
from provider.settlement import issuing
from provider.settlement.closing import close_month
from provider.settlement.models import Paper, Settlement, SettlementState
from provider.settlement.service import confirm, draw_up, keep_paper
from provider.staff.rules import Role
from tests.make import (
    SEPTEMBER,
    make_actor,
    make_agency,
    make_contract,
    make_district,
    make_office,
    make_payout,
    make_period,
    make_person,
    make_staff,
)

if TYPE_CHECKING:
    from tests.browser import JudgingClient

    SignIn = Callable[[Any], JudgingClient]

MONTH = "/settlement/LDTBXH-TXQT/2024-09"
PAPERS = ("pdf", "xlsx", "fee", "unpaid")


def key(number: int) -> dict[str, str]:
    return {"idempotency_key": f"{number:08}-2222-4222-8222-222222222222"}


@pytest.fixture
def september(store: Store) -> dict[str, int]:
    """One paid 500.000, one due 700.000, one held 900.000."""
    with store.write() as session:
        return {
            "paid": make_payout(session, make_person(session), amount=500_000, state=State.PAID).id,
            "due": make_payout(session, make_person(session, "Trần Văn Đức"), amount=700_000).id,
            "held": make_payout(session, make_person(session, "Lê Thị Hoa"), amount=900_000, state=State.HELD).id,
        }


@pytest.fixture(autouse=True)
def _no_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers have tests of their own; here each is a few bytes."""

    def issue(store: Store, settlement_id: int, *, key: bytes, by: Any, report: Callable[[int, int], None]) -> None:
        for place, kind in enumerate(PAPERS, start=1):
            with store.write() as session:
                keep_paper(session, settlement_id, kind, f"the {kind} of {settlement_id}".encode(), by=by)
            report(place, len(PAPERS))

    monkeypatch.setattr(issuing, "issue", issue)


def wait_for_papers() -> None:
    jobs._workers.submit(lambda: None).result(20)


def drawn(store: Store, *, confirmed: bool = False) -> int:
    with store.write() as session:
        accountant, controller = make_actor(session), make_actor(session, Role.CONTROLLER)
        close_month(session, make_agency(session).id, SEPTEMBER, by=accountant)
        settlement = draw_up(session, make_agency(session).id, SEPTEMBER, by=accountant)
        for kind in PAPERS:
            keep_paper(session, settlement.id, kind, f"the {kind}".encode(), by=accountant)
        if confirmed:
            confirm(session, settlement.id, content_hash=settlement.content_hash, by=controller)
        return settlement.id


def hash_of(store: Store, number: int) -> str:
    with store.read() as session:
        return session.get_one(Settlement, number).content_hash


def stranger(store: Store) -> Any:
    """The officer of another district that the same office pays for."""
    with store.write() as session:
        district = make_district(session, "461", "Huyện Hải Lăng")
        other = make_agency(session, "LDTBXH-HL", "Phòng LĐ-TB&XH huyện Hải Lăng", district)
        make_contract(session, Programme.BTXH, other)
        return make_staff(session, Role.AGENCY_OFFICER, login="canbo.hl", agency=other)


# -- the whole way


def test_a_month_is_closed_settled_and_confirmed_by_two(
    store: Store, sign_in: "SignIn", september: dict[str, int]
) -> None:
    accountant, controller = sign_in(Role.ACCOUNTANT), sign_in(Role.CONTROLLER)
    assert MONTH in accountant.get("/settlement/").text
    shown = accountant.get(MONTH).text
    assert "2 khoản chưa chi, 1.600.000 đ" in shown
    assert shown.index("Lê Thị Hoa") < shown.index("Trần Văn Đức"), "who is to be decided about stands first"

    closed = accountant.post(f"{MONTH}/cut-off", data=key(1) | {"give_back": str(september["held"])})
    assert closed.location == MONTH
    assert "1 khoản chuyển kỳ sau, 1 khoản hoàn trả" in accountant.get(MONTH).text

    assert accountant.post(f"{MONTH}/draw-up", data=key(2)).status_code == 303
    wait_for_papers()
    mine = accountant.get(MONTH).text
    assert "092024/BKQT-TXQT" in mine
    assert "Chờ kiểm soát viên" in mine
    assert "Bảng kê (PDF)" in mine

    with store.read() as session:
        number = session.scalars(select(Settlement.id)).one()
    assert "Xác nhận quyết toán 500.000 đ" in controller.get(MONTH).text
    done = controller.post(f"/settlement/papers/{number}/confirm", data=key(3) | {"hash": hash_of(store, number)})
    assert done.location == MONTH
    after = controller.get(MONTH).text
    assert "Phạm Văn Soát" in after
    assert "Chốt kỳ Tháng" not in after
    assert "092024/BKQT-TXQT" in accountant.get("/settlement/").text


def test_the_same_press_twice_does_it_once(store: Store, sign_in: "SignIn", september: dict[str, int]) -> None:
    accountant = sign_in(Role.ACCOUNTANT)
    for _again in range(2):
        accountant.post(f"{MONTH}/cut-off", data=key(1))
        accountant.post(f"{MONTH}/draw-up", data=key(2))
    wait_for_papers()
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Settlement)) == 1
        assert session.scalar(select(func.count()).where(Payout.carried_from_id.is_not(None))) == 2
        assert session.scalar(select(func.count()).select_from(Paper)) == 4


def test_a_refusal_says_what_to_do_first(store: Store, sign_in: "SignIn", september: dict[str, int]) -> None:
    refused = sign_in(Role.ACCOUNTANT).post(f"{MONTH}/draw-up", data=key(1))
    assert refused.status_code == 409
    assert "Hãy chốt kỳ trước" in refused.text


# -- two people


def test_the_accountant_cannot_confirm_the_own_settlement(
    store: Store, sign_in: "SignIn", september: dict[str, int]
) -> None:
    number = drawn(store)
    accountant = sign_in(Role.ACCOUNTANT)
    assert "Xác nhận quyết toán" not in accountant.get(MONTH).text
    answer = accountant.post(f"/settlement/papers/{number}/confirm", data=key(1) | {"hash": hash_of(store, number)})
    assert answer.status_code == 403
    with store.read() as session:
        assert session.get_one(Settlement, number).state is SettlementState.DRAWN_UP


def test_an_old_page_does_not_confirm_new_figures(store: Store, sign_in: "SignIn", september: dict[str, int]) -> None:
    number = drawn(store)
    answer = sign_in(Role.CONTROLLER).post(f"/settlement/papers/{number}/confirm", data=key(1) | {"hash": "0" * 64})
    assert answer.status_code == 409
    assert "Số liệu đã thay đổi" in answer.text


def test_versions_before_the_last_are_still_told(store: Store, sign_in: "SignIn", september: dict[str, int]) -> None:
    drawn(store)
    accountant = sign_in(Role.ACCOUNTANT)
    accountant.post(f"{MONTH}/draw-up", data=key(1))
    wait_for_papers()
    shown = accountant.get(MONTH).text
    assert "092024.2/BKQT-TXQT" in shown
    assert "Số 092024/BKQT-TXQT, bản 1" in shown


# -- papers


def test_papers_are_downloaded_as_issued(store: Store, sign_in: "SignIn", september: dict[str, int]) -> None:
    number = drawn(store)
    controller = sign_in(Role.CONTROLLER)
    for kind in PAPERS:
        answer = controller.get(f"/settlement/papers/{number}/{kind}")
        assert answer.data == f"the {kind}".encode()
        assert "2024-09-ban-1" in answer.headers["Content-Disposition"]
    assert controller.get(f"/settlement/papers/{number}/novel").status_code == 404
    assert controller.get("/settlement/papers/77/pdf").status_code == 404


def test_the_progress_of_printing_is_a_fragment_that_asks_again_by_itself(
    store: Store, sign_in: "SignIn", september: dict[str, int]
) -> None:
    number, accountant = drawn(store), sign_in(Role.ACCOUNTANT)
    address = f"/settlement/papers/{number}/progress"
    assert "hx-get" not in accountant.get(address, htmx=True).text
    with store.write() as session:
        from provider import clock

        job = Job(kind=issuing.JOB, about=f"settlement:{number}", state=JobState.RUNNING, done=1, total=4)
        job.started_at = job.seen_at = clock.now()
        session.add(job)
    running = accountant.get(address, htmx=True).text
    assert f'hx-get="{address}"' in running
    assert "Đang lập bản in" in running
    with store.write() as session:
        job = session.scalars(select(Job)).one()
        job.state, job.reference = JobState.FAILED, "A1B2C3D4"
    failed = accountant.get(address, htmx=True).text
    assert "A1B2C3D4" in failed
    assert "Lập lại bản in" in failed
    assert accountant.post(f"/settlement/papers/{number}/issue").location == MONTH
    wait_for_papers()
    assert "Bảng kê (Excel)" in accountant.get(address, htmx=True).text


# -- who may


def test_the_officer_reads_and_downloads_what_was_confirmed(
    store: Store, sign_in: "SignIn", september: dict[str, int]
) -> None:
    number, officer = drawn(store), sign_in(Role.AGENCY_OFFICER)
    waiting = officer.get(MONTH).text
    assert "Bảng kê (PDF)" not in waiting
    assert "sau khi bưu điện xác nhận" in waiting
    assert officer.get(f"/settlement/papers/{number}/pdf").status_code == 404
    for deed in (f"{MONTH}/cut-off", f"{MONTH}/draw-up", f"/settlement/papers/{number}/confirm"):
        assert officer.post(deed, data=key(1)).status_code == 403
    with store.write() as session:
        confirm(session, number, content_hash=session.get_one(Settlement, number).content_hash,
                by=make_actor(session, Role.CONTROLLER))  # fmt: skip
    assert "Bảng kê (PDF)" in officer.get(MONTH).text
    assert officer.get(f"/settlement/papers/{number}/pdf").data == b"the pdf"
    assert officer.get("/settlement/checks").status_code == 404
    assert "Tự kiểm tra" not in officer.get(MONTH).text


def test_the_officer_of_another_district_finds_nothing(
    store: Store, sign_in: "SignIn", september: dict[str, int]
) -> None:
    number, other = drawn(store, confirmed=True), sign_in(stranger(store))
    assert "Chưa có kỳ chi trả nào" in other.get("/settlement/").text
    for address in (
        MONTH,
        f"/settlement/papers/{number}/progress",
        *(f"/settlement/papers/{number}/{kind}" for kind in PAPERS),
    ):
        assert other.get(address).status_code == 404
        assert other.get(address, htmx=True).status_code == 404


def test_an_accountant_who_reaches_half_of_a_month_does_not_close_it(
    store: Store, sign_in: "SignIn", september: dict[str, int]
) -> None:
    with store.write() as session:
        elsewhere = make_office(session, "HL", "Bưu điện huyện Hải Lăng")
        make_contract(session, Programme.NCC, make_agency(session), elsewhere)
        make_payout(session, make_person(session, "Võ Hữu Long"), period=make_period(session, Programme.NCC))
    accountant = sign_in(Role.ACCOUNTANT)
    assert accountant.get(MONTH).status_code == 404
    assert accountant.post(f"{MONTH}/cut-off", data=key(1)).status_code == 404


def test_the_provincial_manager_reads_all(store: Store, sign_in: "SignIn", september: dict[str, int]) -> None:
    number, manager = drawn(store, confirmed=True), sign_in(Role.PROVINCIAL_MANAGER)
    assert MONTH in manager.get("/settlement/").text
    assert "Bảng kê (PDF)" in manager.get(MONTH).text
    assert manager.get(f"/settlement/papers/{number}/pdf").status_code == 200
    assert "Sổ nhật ký nguyên vẹn" in manager.get("/settlement/checks").text
    assert manager.post(f"{MONTH}/cut-off", data=key(1)).status_code == 403


@pytest.mark.parametrize("role", [Role.POINT_STAFF, Role.COURIER, Role.ADMINISTRATOR])
def test_who_has_no_business_with_settlements(
    store: Store, sign_in: "SignIn", september: dict[str, int], role: Role
) -> None:
    assert sign_in(role).get(MONTH).status_code == 403


def test_addresses_that_mean_nothing(store: Store, sign_in: "SignIn", september: dict[str, int]) -> None:
    accountant = sign_in(Role.ACCOUNTANT)
    assert accountant.get("/settlement/NOBODY/2024-09").status_code == 404
    assert accountant.get("/settlement/LDTBXH-TXQT/2024-08").status_code == 404
    assert accountant.get("/settlement/LDTBXH-TXQT/2024-13").status_code == 422


def test_the_self_checks_are_shown_and_name_what_is_wrong(
    store: Store, sign_in: "SignIn", september: dict[str, int]
) -> None:
    accountant = sign_in(Role.ACCOUNTANT)
    assert "Không đúng ở" not in accountant.get("/settlement/checks").text
    with store.write() as session:
        session.get_one(Payout, september["due"]).state = State.PAID
    assert f"payout:{september['due']}" in accountant.get("/settlement/checks").text
    with store.write() as session:
        session.get_one(Payout, september["due"]).state = State.DUE
