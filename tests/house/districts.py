"""Two districts side by side: one of each thing here, one of each thing there, to see who sees what."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.rules import Programme
from provider.lists.decrease import DecreaseKind
from provider.lists.models import ListRow, ListState, MovementReport, PayoutList, ReceivedFile, RowLevel
from provider.lists.reports import report_decrease, send_reports
from provider.money import Money
from provider.payday.models import Advance, Handout, Slip, Till
from provider.payday.safe import issue_advance, withdraw
from provider.payday.service import ask_undo, hand_out
from provider.payday.till import open_till
from provider.payouts.lifecycle import Channel, State
from provider.settlement.models import Settlement, SettlementState
from provider.staff.models import RoleChange, StaffPoint
from provider.staff.rules import Role
from provider.staff.sessions import begin
from provider.transfers.models import Batch, Line
from provider.visits.models import Round, Stop
from tests import make
from tests.make import SEPTEMBER
from tests.make.registers import kept


@dataclass(frozen=True)
class Place:
    """Where a district's things belong."""

    key: str
    office: Any
    agency: Any
    commune: Any


def here(session: Session) -> Place:
    """Thị xã Quảng Trị, where the people of the tests work."""
    return Place("1", make.make_office(session), make.make_agency(session), make.make_commune(session))


def there(session: Session) -> Place:
    """Huyện Vĩnh Linh, which is none of their business."""
    district = make.make_district(session, "464", "Huyện Vĩnh Linh")
    return Place(
        "2",
        make.make_office(session, "VLINH", "Bưu điện huyện Vĩnh Linh"),
        make.make_agency(session, "LDTBXH-VL", "Phòng LĐ-TB&XH huyện Vĩnh Linh", district),
        make.make_commune(session, "Thị trấn Hồ Xá", "19363", district),
    )


def one_of_each(session: Session, place: Place) -> dict[str, Any]:
    """One of everything that an address may name, by the name it has in the address."""
    make.make_contract(session, Programme.BTXH, place.agency, place.office)
    period = make.make_period(session, agency=place.agency)
    person, neighbour = (make.make_person(session, f"{name} {place.key}", place.commune) for name in ("Bưởi", "Đức"))
    somebody = make.make_person(session, f"Hoa {place.key}", place.commune)
    paid = make.make_payout(session, somebody, period=period, amount=700_000)
    payout = make.make_payout(session, person, period=period)
    other = make.make_payout(session, neighbour, period=period, channel=Channel.HOME)
    third = make.make_payout(session, neighbour, period=period, channel=Channel.ACCOUNT, amount=360_000)
    payer = make.make_staff(session, Role.POINT_STAFF, login=f"diem{place.key}", office=place.office)
    boss = make.make_staff(session, Role.CONTROLLER, login=f"soat{place.key}", office=place.office)
    opening = make.make_opening(
        session, make.make_point(session, place.commune, place.office), staff=payer, payouts=(payout, paid)
    )
    make.make_payee(session, person, id_number="")
    session.add(StaffPoint(staff_id=payer.id, point_id=opening.point_id))
    now = clock.now()
    ours = {"office_id": place.office.id}
    monthly = {**ours, "month": SEPTEMBER}
    cashier = make.make_staff(session, Role.CASHIER, login=f"quy{place.key}", office=place.office)
    till, handout, advance = _a_morning(session, place, opening, paid, payer, cashier)
    undo = ask_undo(session, handout.id, reason="Nhầm người", by=make.actor(payer))
    slip = Slip(
        code=place.key * 16, short=f"XR8V {place.key}", person_id=person.id, agency_id=place.agency.id, month=SEPTEMBER
    )
    kept(session, slip)
    visit = kept(session, Round(**monthly, staff_id=payer.id, on=dt.date(2024, 9, 6)))
    kept(session, Stop(payout_id=other.id, round_id=visit.id, position=1))
    batch = Batch(**monthly, agency_id=place.agency.id, count=1, total=third.amount, built_at=now, built_by_id=payer.id)
    kept(session, batch)
    bank = {"bank": "BIDV", "bank_bin": "970418", "account_no": f"0451000{place.key}", "holder": "LE THI HOA"}
    line = kept(session, Line(batch_id=batch.id, payout_id=third.id, amount=third.amount, **bank))
    received = _list(session, place, period)
    report = _report(session, place, payer)
    settlement = _settlement(session, place, boss.id)
    change = kept(
        session,
        RoleChange(
            staff_id=payer.id,
            from_role=Role.POINT_STAFF,
            to_role=Role.COURIER,
            office_id=place.office.id,
            proposed_by=boss.id,
            proposed_at=now,
        ),
    )
    entered, _token = begin(session, payer)
    return {
        "agency_id": place.agency.id,
        "office_id": place.office.id,
        "period_id": period.id,
        "payout_id": payout.id,
        "report_id": report.id,
        "letter_id": report.letter_id,
        "person_id": person.id,
        "staff_id": payer.id,
        "point_id": opening.point_id,
        "opening_id": opening.id,
        "till_id": till.id,
        "advance_id": advance.id,
        "handout_id": handout.id,
        "undo_id": undo.id,
        "slip_id": slip.id,
        "round_id": visit.id,
        "batch_id": batch.id,
        "line_id": line.id,
        "list_id": received.id,
        "settlement_id": settlement.id,
        "change_id": change.id,
        "session_id": entered.id,
        "commune_id": place.commune.id,
        "code": place.agency.code,
        "token": "CT1AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "kind": "settlement",
        "month": SEPTEMBER.iso,
        "programme": Programme.BTXH.value,
        "payer": payer,
    }


def _a_morning(
    session: Session, place: Place, opening: Any, paid: Any, payer: Any, cashier: Any
) -> tuple[Till, Handout, Advance]:
    """A till taken over and one person paid out of it, by the services themselves; and an advance that still waits."""
    payer_acts, cashier_acts = make.actor(payer), make.actor(cashier)
    at_opening = {"office_id": place.office.id, "opening_id": opening.id, "by": cashier_acts}
    withdraw(session, place.office.id, Money(1_000_000), document=f"RT{place.key}", by=cashier_acts)
    first = issue_advance(session, staff_id=payer.id, amount=Money(800_000), **at_opening)
    till = open_till(session, first.id, counted=first.amount, by=payer_acts)
    handout = hand_out(
        session,
        till_id=till.id,
        person_id=paid.person_id,
        payout_ids=[paid.id],
        total=paid.amount,
        by=payer_acts,
    )
    waiting = issue_advance(session, staff_id=payer.id, amount=Money(100_000), **at_opening)
    return till, handout, waiting


def _report(session: Session, place: Place, payer: Any) -> MovementReport:
    """Somebody who died after everything was paid, reported and sent."""
    gone = make.make_person(session, f"Long {place.key}", place.commune)
    period = make.make_period(session, agency=place.agency)
    make.make_payout(session, gone, period=period, state=State.PAID)
    by = make.actor(payer)
    (report,) = report_decrease(session, person_id=gone.id, kind=DecreaseKind.DEATH, office_id=place.office.id, by=by)
    send_reports(session, [report.id], by=by)
    return report


def _list(session: Session, place: Place, period: Any) -> PayoutList:
    now = clock.now()
    file = kept(session, ReceivedFile(hash=place.key * 64, content=b"a list", size=6, received_at=now))
    received = kept(
        session,
        PayoutList(
            period_id=period.id,
            agency_id=place.agency.id,
            programme="BTXH",
            month=SEPTEMBER,
            version=1,
            file_hash=file.hash,
            file_name="danh sách.xlsx",
            state=ListState.RECEIVED,
            received_at=now,
            rows=1,
            good=1,
            with_warnings=0,
            with_errors=0,
            total=Money(500_000),
            ties_out=True,
            understood={
                "kind": "payout",
                "month": "2024-09",
                "purpose": "",
                "sheets": [],
                "sections": [],
                "problems": [],
            },
        ),
    )
    row = ListRow(
        list_id=received.id,
        position=1,
        sheet="Sheet1",
        row=7,
        raw=["1", "Lê Thị Hoa"],
        name="Lê Thị Hoa",
        allowance=Money(500_000),
        total=Money(500_000),
        more={"components": {"allowance": 500_000}, "note": "", "hidden": False, "struck": False},
        problems=[],
        level=RowLevel.GOOD,
    )
    kept(session, row)
    return received


def _settlement(session: Session, place: Place, by: int) -> Settlement:
    return kept(
        session,
        Settlement(
            agency_id=place.agency.id,
            office_id=place.office.id,
            month=SEPTEMBER,
            version=1,
            number=f"{place.key:0>2}/BKQT",
            state=SettlementState.DRAWN_UP,
            content="{}",
            content_hash="0" * 64,
            code=place.key * 16,
            head_deed_id=0,
            head_hash="0" * 64,
            paid=Money(0),
            fee=Money(0),
            drawn_up_at=clock.now(),
            drawn_up_by_id=by,
        ),
    )
