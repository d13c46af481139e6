"""Points, openings, and the seats of the people expected there."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from provider import clock as house_clock
from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM
from provider.audit.deeds import DeedKind
from provider.audit.queries import deeds_about
from provider.db import Store
from provider.errors import Missing
from provider.money import Money
from provider.payday.models import Till
from provider.payouts.lifecycle import Channel, State, Step
from provider.payouts.models import Payout
from provider.payouts.service import ReasonNeeded, hold, move_channel, take_step
from provider.points import queries, service
from provider.points.models import Opening, Point, Seat
from provider.points.planning import communes_waiting, plan_openings
from provider.points.reference import take_in_points
from provider.points.refusals import (
    CannotPay,
    HoursOutOfOrder,
    NotExpected,
    NothingToPlan,
    OpeningHasBegun,
    OpeningIsOver,
    OpeningOverlaps,
    OtherCommune,
    PointCodeTaken,
    PointIsClosed,
    SeatUnchanged,
    SlotUnknown,
    StaffElsewhere,
    TillStillOpen,
)
from provider.points.roster import roster_of
from provider.points.rules import OpeningState
from provider.staff.rules import Role, Scope
from tests.make import (
    FIRST_PAYDAY,
    SEPTEMBER,
    actor,
    make_agency,
    make_benefit,
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

MORNING = (dt.time(7, 30), dt.time(11, 0))
EVERYTHING = Scope.everything()


def make_crowd(session: Session, count: int, commune: str = "Phường 1", hamlets: int = 3) -> list[int]:
    """Payouts of so many people of a commune, over some hamlets."""
    home = make_commune(session, commune)
    return [
        make_payout(
            session,
            make_person(session, f"Người Thứ {number} {commune}", home, hamlet=f"Khu phố {1 + number % hamlets}"),
        ).id
        for number in range(count)
    ]


def seats(session: Session) -> dict[int, tuple[int, dt.time, int]]:
    return {one.payout_id: (one.opening_id, one.slot_from, one.line_no) for one in session.scalars(select(Seat))}


def plan_one(session: Session, **more: Any) -> Opening:
    values: dict[str, Any] = {
        "point_id": make_point(session).id,
        "month": SEPTEMBER,
        "on": FIRST_PAYDAY,
        "from_time": MORNING[0],
        "to_time": MORNING[1],
        "by": SYSTEM,
    }
    return service.plan_opening(session, **(values | more))


def change(session: Session, opening: Opening, **more: Any) -> Opening:
    values: dict[str, Any] = {
        "on": opening.on,
        "from_time": opening.from_time,
        "to_time": opening.to_time,
        "staff_ids": (),
        "reason": "Mưa bão",
        "by": SYSTEM,
    }
    return service.change_opening(session, opening.id, **(values | more))


# -- points


def test_a_point_is_opened_once(store: Store) -> None:
    with store.write() as session:
        values = {"commune_id": make_commune(session).id, "office_id": make_office(session).id, "by": SYSTEM}
        service.open_point(session, code="P1", name="Bưu cục Phường 1", **values)
        with pytest.raises(PointCodeTaken):
            service.open_point(session, code=" P1 ", name="Bưu cục khác", **values)
    with store.read() as session:
        [point] = queries.points(session, EVERYTHING)
        assert (point.code, point.commune, point.office) == ("P1", "Phường 1", "Bưu điện thị xã Quảng Trị")


def test_nobody_opens_a_point_for_another_office(store: Store) -> None:
    with store.write() as session:
        far = make_office(session, "DH", "Bưu điện thành phố Đông Hà")
        by = actor(make_staff(session, Role.ACCOUNTANT))
        with pytest.raises(Missing):
            service.open_point(
                session, code="X", name="X", commune_id=make_commune(session).id, office_id=far.id, by=by
            )


def test_every_commune_of_our_agencies_gets_a_point_once(store: Store) -> None:
    with store.write() as session:
        make_contract(session)
        for name in ("Phường 1", "Phường An Đôn", "Xã Hải Lệ"):
            make_commune(session, name)
        assert take_in_points(session, by=SYSTEM) == 3
        assert take_in_points(session, by=SYSTEM) == 0
        names = sorted(session.scalars(select(Point.name)))
    assert names == ["Bưu cục Phường 1", "Bưu cục Phường An Đôn", "Điểm BĐ-VHX Hải Lệ"]


# -- planning


def test_each_commune_with_people_to_pay_gets_one_opening_and_everybody_a_seat(store: Store) -> None:
    with store.write() as session:
        for commune, count in (("Phường 1", 40), ("Xã Hải Lệ", 12)):
            make_point(session, make_commune(session, commune))
            make_crowd(session, count, commune)
        planned = plan_openings(
            session, SEPTEMBER, make_agency(session).id, first_day=dt.date(2024, 9, 7), hours=MORNING, by=SYSTEM
        )
    assert [(one.commune, one.on, one.people) for one in planned.planned] == [
        ("Phường 1", dt.date(2024, 9, 7), 40),
        ("Xã Hải Lệ", dt.date(2024, 9, 9), 12),
    ]
    with store.read() as session:
        rows = queries.openings(session, EVERYTHING, month=SEPTEMBER)
        assert [(row.people, row.amount.dong) for row in rows] == [(40, 20_000_000), (12, 6_000_000)]
        assert not queries.unseated(session, EVERYTHING, SEPTEMBER)


def test_a_day_chosen_for_a_commune_counts(store: Store) -> None:
    with store.write() as session:
        point = make_point(session)
        make_crowd(session, 2)
        planned = plan_openings(
            session,
            SEPTEMBER,
            make_agency(session).id,
            first_day=FIRST_PAYDAY,
            hours=MORNING,
            days={point.commune_id: dt.date(2024, 9, 12)},
            by=SYSTEM,
        )
    assert planned.planned[0].on == dt.date(2024, 9, 12)


def test_a_commune_with_an_opening_is_skipped_and_who_is_new_there_is_seated(store: Store) -> None:
    with store.write() as session:
        make_point(session)
        make_crowd(session, 3)
        values = {"first_day": FIRST_PAYDAY, "hours": MORNING, "by": SYSTEM}
        plan_openings(session, SEPTEMBER, make_agency(session).id, **values)
        before = seats(session)
        new = make_payout(session, make_person(session, "Lê Thị Hoa")).id
        again = plan_openings(session, SEPTEMBER, make_agency(session).id, **values)
        assert (again.planned, again.skipped) == ((), ("Phường 1",))
        after = seats(session)
        assert {key: value for key, value in after.items() if key != new} == before
        assert new in after


def test_a_commune_without_a_point_is_an_alarm(store: Store) -> None:
    with store.write() as session:
        make_crowd(session, 2, "Phường 2")
        nameless = make_payout(session, make_person(session, "Lê Thị Hoa"))
        nameless.commune_id = None
        session.flush()
        planned = plan_openings(
            session, SEPTEMBER, make_agency(session).id, first_day=FIRST_PAYDAY, hours=MORNING, by=SYSTEM
        )
        assert (planned.planned, planned.without_point, planned.unplaced) == ((), ("Phường 2",), 1)
        alarms = [one.commune for one in communes_waiting(session, EVERYTHING, SEPTEMBER) if one.point_id is None]
        assert alarms == ["Phường 2", ""]


def test_a_month_without_people_to_pay_in_cash_cannot_be_planned(store: Store) -> None:
    with store.write() as session:
        make_payout(session, channel=Channel.HOME)
        with pytest.raises(NothingToPlan):
            plan_openings(session, SEPTEMBER, make_agency(session).id, first_day=FIRST_PAYDAY, hours=MORNING, by=SYSTEM)


def test_nobody_plans_for_another_agency(store: Store) -> None:
    with store.write() as session:
        make_payout(session)
        other = make_agency(session, "LDTBXH-DH", "Phòng Đông Hà", make_district(session, "461", "Đông Hà"))
        by = actor(make_staff(session, Role.ACCOUNTANT))
        with pytest.raises(Missing):
            plan_openings(session, SEPTEMBER, other.id, first_day=FIRST_PAYDAY, hours=MORNING, by=by)


def test_an_opening_ends_after_it_begins_and_meets_no_other_at_its_point(store: Store) -> None:
    with store.write() as session:
        with pytest.raises(HoursOutOfOrder):
            plan_one(session, to_time=MORNING[0])
        plan_one(session)
        with pytest.raises(OpeningOverlaps):
            plan_one(session, from_time=dt.time(10, 30), to_time=dt.time(12, 0))
        plan_one(session, from_time=MORNING[1], to_time=dt.time(12, 0))
        plan_one(session, on=dt.date(2024, 9, 6))


def test_a_closed_point_gets_no_opening(store: Store) -> None:
    with store.write() as session:
        make_point(session).closed_on = dt.date(2024, 9, 1)
        session.flush()
        with pytest.raises(PointIsClosed):
            plan_one(session)


def test_only_who_may_hand_out_money_here_pays_at_an_opening(store: Store) -> None:
    with store.write() as session:
        payer = make_staff(session, Role.POINT_STAFF)
        accountant = make_staff(session, Role.ACCOUNTANT)
        stranger = make_staff(
            session, Role.POINT_STAFF, login="la", office=make_office(session, "DH", "Bưu điện thành phố Đông Hà")
        )
        for wrong in ([accountant.id], [stranger.id], [404]):
            with pytest.raises(CannotPay):
                plan_one(session, staff_ids=wrong)
    with store.write() as session:
        opening = plan_one(session, staff_ids=[payer.id])
        number = opening.id
    with store.read() as session:
        assert [row.id for row in queries.openings_of_staff(session, payer.id, FIRST_PAYDAY)] == [number]
        assert not queries.openings_of_staff(session, payer.id, dt.date(2024, 9, 6))


def test_nobody_pays_at_two_places_at_once(store: Store) -> None:
    with store.write() as session:
        payer = make_staff(session, Role.POINT_STAFF)
        plan_one(session, staff_ids=[payer.id])
        elsewhere = make_point(session, make_commune(session, "Phường 2"))
        with pytest.raises(StaffElsewhere) as refused:
            plan_one(session, point_id=elsewhere.id, staff_ids=[payer.id])
        assert "Bùi Văn Điểm" in str(refused.value)


# -- seating


def test_all_allowances_of_one_person_share_one_place(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        one = make_payout(session, person).id
        two = make_payout(session, person, period=make_period(session, Programme.NCC)).id
        opening = make_opening(session)
        seated = service.seat(session, opening.id, by=SYSTEM)
        assert (seated.people, seated.payouts) == (1, 2)
        assert seats(session)[one] == seats(session)[two]


def test_a_second_allowance_that_comes_later_joins_the_first(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        one = make_payout(session, person).id
        opening = make_opening(session)
        service.seat(session, opening.id, by=SYSTEM)
        two = make_payout(session, person, period=make_period(session, Programme.NCC)).id
        service.seat(session, opening.id, by=SYSTEM)
        assert seats(session)[one] == seats(session)[two]


def test_seating_again_changes_nothing_and_is_not_told_again(store: Store) -> None:
    with store.write() as session:
        make_crowd(session, 70)
        opening = make_opening(session)
        service.seat(session, opening.id, by=SYSTEM)
        before = seats(session)
        again = service.seat(session, opening.id, by=SYSTEM)
        assert (again.people, again.payouts, again.removed) == (0, 0, 0)
        assert seats(session) == before
        told = [deed.kind for deed in deeds_about(session, f"opening:{opening.id}")]
        assert told == [DeedKind.SEATED]


def test_a_hamlet_comes_in_one_half_hour(store: Store) -> None:
    with store.write() as session:
        make_crowd(session, 60)
        service.seat(session, make_opening(session).id, by=SYSTEM)
        slots = {
            (session.get_one(Payout, number).hamlet, slot) for number, (_opening, slot, _line) in seats(session).items()
        }
        assert len(slots) == 3


def test_only_who_waits_for_cash_in_the_commune_is_seated(store: Store) -> None:
    with store.write() as session:
        wanted = make_payout(session).id
        missed = make_payout(session, make_person(session, "Trần Văn Đức"), state=State.MISSED).id
        make_payout(session, make_person(session, "Lê Thị Hoa"), channel=Channel.HOME)
        held = make_payout(session, make_person(session, "Võ Hữu Long")).id
        hold(session, held, reason="Chờ xác minh", by=SYSTEM)
        make_payout(session, make_person(session, "Hoàng Thị Mỹ Linh", make_commune(session, "Phường 2")))
        service.seat(session, make_opening(session).id, by=SYSTEM)
        assert set(seats(session)) == {wanted, missed}


def test_who_takes_another_channel_gives_the_place_up(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id
        opening = make_opening(session)
        service.seat(session, opening.id, by=SYSTEM)
        move_channel(session, number, Channel.HOME, reason="Gãy chân", by=SYSTEM)
        assert not queries.expected(session, opening.id)
        assert service.seat(session, opening.id, by=SYSTEM).removed == 1
        assert not seats(session)


def test_who_did_not_come_is_expected_again_at_the_next_opening(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id
        first = make_opening(session)
        service.seat(session, first.id, by=SYSTEM)
        take_step(session, number, Step.MISS)
        service.close_opening(session, first.id, by=SYSTEM)
        second = make_opening(session, on=dt.date(2024, 9, 12))
        service.seat(session, second.id, by=SYSTEM)
        assert seats(session)[number][0] == second.id


def test_two_openings_share_the_people_of_a_commune(store: Store) -> None:
    with store.write() as session:
        make_crowd(session, 120, hamlets=6)
        first = make_opening(session)
        service.seat(session, first.id, by=SYSTEM)
        second = make_opening(session, on=dt.date(2024, 9, 6))
        service.seat(session, second.id, by=SYSTEM, afresh=True)
        assert Counter(opening for opening, _slot, _line in seats(session).values()) == {first.id: 60, second.id: 60}


def test_places_are_not_given_anew_once_money_is_paid_there(store: Store) -> None:
    with store.write() as session:
        make_payout(session)
        opening = make_opening(session, state=OpeningState.OPEN)
        service.seat(session, opening.id, by=SYSTEM)
        with pytest.raises(OpeningHasBegun):
            service.seat(session, opening.id, by=SYSTEM, afresh=True)


# -- changes


def test_other_hours_give_all_places_anew(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id
        opening = make_opening(session)
        service.seat(session, opening.id, by=SYSTEM)
        change(session, opening, from_time=dt.time(13, 30), to_time=dt.time(16, 0))
        assert seats(session)[number] == (opening.id, dt.time(13, 30), 1)


def test_another_day_keeps_the_places(store: Store) -> None:
    with store.write() as session:
        make_crowd(session, 5)
        opening = make_opening(session)
        service.seat(session, opening.id, by=SYSTEM)
        before = seats(session)
        change(session, opening, on=dt.date(2024, 9, 9))
        assert seats(session) == before
        [*_, deed] = deeds_about(session, f"opening:{opening.id}")
        assert (deed.kind, deed.facts["reason"], deed.facts["on"]) == (
            DeedKind.OPENING_CHANGED,
            "Mưa bão",
            "09/09/2024",
        )


def test_an_opening_moves_to_another_place_in_its_commune_only(store: Store) -> None:
    with store.write() as session:
        opening = make_opening(session)
        far = make_point(session, make_commune(session, "Phường 2"))
        with pytest.raises(OtherCommune):
            change(session, opening, point_id=far.id)
        near = service.open_point(
            session,
            code="NVH2",
            name="Nhà văn hóa khu phố 2",
            commune_id=make_commune(session).id,
            office_id=make_office(session).id,
            by=SYSTEM,
        )
        assert change(session, opening, point_id=near.id).point_id == near.id


def test_an_opening_where_money_is_paid_changes_only_its_people(store: Store) -> None:
    with store.write() as session:
        payer = make_staff(session, Role.POINT_STAFF)
        opening = make_opening(session, state=OpeningState.OPEN)
        with pytest.raises(OpeningHasBegun):
            change(session, opening, on=dt.date(2024, 9, 9))
        with pytest.raises(OpeningHasBegun):
            service.cancel_opening(session, opening.id, reason="Mưa bão", by=SYSTEM)
        change(session, opening, staff_ids=[payer.id])
        assert queries.openings_of_staff(session, payer.id, FIRST_PAYDAY)


def test_a_cancelled_opening_expects_nobody(store: Store) -> None:
    with store.write() as session:
        make_payout(session)
        opening = make_opening(session)
        service.seat(session, opening.id, by=SYSTEM)
        service.cancel_opening(session, opening.id, reason="Mưa bão", by=SYSTEM)
        assert not seats(session)
        assert queries.unseated(session, EVERYTHING, SEPTEMBER) == {make_commune(session).id: 1}
        for deed in (
            lambda: service.seat(session, opening.id, by=SYSTEM),
            lambda: change(session, opening),
            lambda: service.cancel_opening(session, opening.id, reason="Mưa bão", by=SYSTEM),
            lambda: service.close_opening(session, opening.id, by=SYSTEM),
        ):
            with pytest.raises(OpeningIsOver):
                deed()


def test_without_a_reason_nothing_is_changed_cancelled_or_moved(store: Store) -> None:
    with store.write() as session:
        opening = make_opening(session)
        with pytest.raises(ReasonNeeded):
            change(session, opening, reason="  ")
        with pytest.raises(ReasonNeeded):
            service.cancel_opening(session, opening.id, reason="", by=SYSTEM)
        with pytest.raises(ReasonNeeded):
            service.move_seat(
                session, opening.id, 1, to_opening_id=opening.id, slot_from=MORNING[0], reason="", by=SYSTEM
            )


def test_an_opening_with_an_open_till_is_not_closed(store: Store) -> None:
    with store.write() as session:
        payer = make_staff(session, Role.POINT_STAFF)
        opening = make_opening(session, state=OpeningState.OPEN)
        till = Till(office_id=opening.office_id, staff_id=payer.id, opening_id=opening.id, opened_at=house_clock.now())
        session.add(till)
        session.flush()
        with pytest.raises(TillStillOpen):
            service.close_opening(session, opening.id, by=SYSTEM)


def test_a_person_moves_to_another_hour_or_opening_with_everything(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        one = make_payout(session, person).id
        two = make_payout(session, person, period=make_period(session, Programme.NCC)).id
        first, second = make_opening(session), make_opening(session, on=dt.date(2024, 9, 6))
        service.seat(session, first.id, by=SYSTEM)
        start = seats(session)[one][0]
        other = second.id if start == first.id else first.id
        values = {"to_opening_id": other, "reason": "Đi khám bệnh", "by": SYSTEM}
        with pytest.raises(SlotUnknown):
            service.move_seat(session, start, person.id, slot_from=dt.time(6, 0), **values)
        service.move_seat(session, start, person.id, slot_from=dt.time(9, 0), **values)
        assert seats(session)[one] == seats(session)[two] == (other, dt.time(9, 0), 1)
        with pytest.raises(SeatUnchanged):
            service.move_seat(session, other, person.id, slot_from=dt.time(9, 0), **values)
        with pytest.raises(NotExpected):
            service.move_seat(session, start, person.id, slot_from=dt.time(9, 0), **values)
        service.seat(session, first.id, by=SYSTEM)
        assert seats(session)[one] == (other, dt.time(9, 0), 1), "a place chosen by hand stays"


def test_nobody_touches_an_opening_of_another_office(store: Store) -> None:
    with store.write() as session:
        opening = make_opening(session)
        far = make_office(session, "DH", "Bưu điện thành phố Đông Hà")
        by = actor(make_staff(session, Role.ACCOUNTANT, login="dongha", office=far))
        for deed in (
            lambda: service.seat(session, opening.id, by=by),
            lambda: change(session, opening, by=by),
            lambda: service.cancel_opening(session, opening.id, reason="Mưa bão", by=by),
            lambda: service.close_opening(session, opening.id, by=by),
            lambda: plan_one(session, by=by),
        ):
            with pytest.raises(Missing):
                deed()


# -- the roster


def test_the_roster_adds_up_per_person_and_names_who_collects(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        make_payee(session, person)
        make_payout(session, person, amount=500_000, arrears=1_000_000)
        make_payout(session, person, amount=2_055_000, period=make_period(session, Programme.NCC))
        held = make_payout(session, make_person(session, "Lê Thị Hoa")).id
        opening = make_opening(session)
        service.seat(session, opening.id, by=SYSTEM)
        hold(session, held, reason="Có tin đã mất", by=SYSTEM)
        number = opening.id
    with store.read() as session:
        shown = queries.opening(session, EVERYTHING, number)
        assert shown is not None
        roster = roster_of(session, shown)
    [row] = roster.rows
    assert (row.name, row.born, row.male) == ("Nguyễn Thị Bưởi", "1941", False)
    assert (row.allowance, row.arrears, row.total) == (Money(2_555_000), Money(1_000_000), Money(3_555_000))
    assert row.collector == "Trần Văn Nam (con), 045075000066"
    assert roster.programme == "Bảo trợ xã hội, Người có công với cách mạng"
    assert roster.letterhead.issuer == "Bưu điện thị xã Quảng Trị"


def test_a_sensitive_benefit_is_not_named_on_the_roster(store: Store) -> None:
    with store.write() as session:
        code = make_benefit(session, "BT08", name="Người nhiễm HIV", group="Bảo trợ xã hội", sensitive=True).code
        make_payout(session, benefit=code, benefit_text="Người nhiễm HIV/AIDS")
        opening = make_opening(session)
        service.seat(session, opening.id, by=SYSTEM)
        number = opening.id
    with store.read() as session:
        shown = queries.opening(session, EVERYTHING, number)
        assert shown is not None
        [row] = roster_of(session, shown).rows
    assert row.benefits == "Bảo trợ xã hội"
