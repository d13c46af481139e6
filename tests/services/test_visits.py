"""Rounds: planned, planned anew, closed; and paid from the till of the round."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from provider.audit.queries import deeds_about
from provider.db import Store
from provider.errors import Missing
from provider.ledger import accounts
from provider.ledger.queries import balance
from provider.money import Money
from provider.payday import safe, till
from provider.payday.service import hand_out
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout
from provider.payouts.service import cut_off, hold
from provider.staff.queries import scope_of
from provider.staff.rules import Role, Scope
from provider.visits import queries
from provider.visits.models import Round, RoundState, Stop
from provider.visits.refusals import NotACourier, NotForARound, NothingToVisit, RoundIsClosed
from provider.visits.service import close_round, plan_round
from tests.make import (
    SEPTEMBER,
    actor,
    make_actor,
    make_agency,
    make_cash,
    make_commune,
    make_office,
    make_payout,
    make_period,
    make_person,
    make_staff,
)

ON = dt.date(2024, 9, 12)


def at_home(session: Session, name: str, commune: str = "Phường 1", **more: object) -> Payout:
    person = make_person(session, name, make_commune(session, commune))
    return make_payout(session, person, channel=Channel.HOME, **more)  # type: ignore[arg-type]


def plan(session: Session, courier: str = "", **more: object) -> Round:
    values: dict[str, object] = {
        "office_id": make_office(session).id,
        "month": SEPTEMBER,
        "staff_id": make_staff(session, Role.COURIER, login=courier, name="Đỗ Văn Tá").id,
        "on": ON,
        "by": make_actor(session),
    }
    return plan_round(session, **(values | more))  # type: ignore[arg-type]


def test_a_round_takes_everybody_of_its_communes_who_waits_at_home(store: Store) -> None:
    with store.write() as session:
        first, second = at_home(session, "Nguyễn Thị Bưởi"), at_home(session, "Trần Văn Đức")
        elsewhere = at_home(session, "Lê Thị Hoa", "Phường 2")
        at_the_point = make_payout(session, make_person(session, "Võ Hữu Long"))
        planned = plan(session, commune_ids=[first.commune_id])
        stops = set(session.scalars(select(Stop.payout_id).where(Stop.round_id == planned.id)))
        assert stops == {first.id, second.id}
        assert not stops & {elsewhere.id, at_the_point.id}
        (deed,) = deeds_about(session, f"round:{planned.id}")
        assert (deed.facts["people"], deed.facts["amount"]) == (2, 1_000_000)


def test_the_doors_come_in_walking_order_and_one_person_is_one_door(store: Store) -> None:
    with store.write() as session:
        commune = make_commune(session)
        for name, hamlet in (("Nguyễn Thị Bưởi", "Khu phố 10"), ("Trần Văn Đức", "Khu phố 2")):
            make_payout(session, make_person(session, name, commune, hamlet=hamlet), channel=Channel.HOME)
        make_payout(session, make_person(session, "Trần Văn Đức"), channel=Channel.HOME, amount=300_000)
        planned = plan(session, commune_ids=[commune.id])
    with store.read() as session:
        doors = queries.doors(session, planned.id)
        assert [(door.position, door.name, door.amount) for door in doors] == [
            (1, "Trần Văn Đức", Money(800_000)),
            (2, "Nguyễn Thị Bưởi", Money(500_000)),
        ]
        assert doors[0].where == "Khu phố 2, Phường 1"


def test_who_is_on_a_round_still_to_come_is_taken_only_when_asked_for(store: Store) -> None:
    with store.write() as session:
        payout = at_home(session, "Nguyễn Thị Bưởi")
        first = plan(session, commune_ids=[payout.commune_id])
        with pytest.raises(NothingToVisit):
            plan(session, courier="buuta2", commune_ids=[payout.commune_id])
        second = plan(session, courier="buuta2", commune_ids=[payout.commune_id], replan=True)
        assert session.get_one(Stop, payout.id).round_id == second.id
        third = plan(session, payout_ids=[payout.id])
        assert session.get_one(Stop, payout.id).round_id == third.id
        assert deeds_about(session, f"round:{second.id}")[0].facts["taken_from"] == [f"round:{first.id}"]


def test_who_was_not_met_on_a_closed_round_waits_for_the_next(store: Store) -> None:
    with store.write() as session:
        payout = at_home(session, "Nguyễn Thị Bưởi")
        first = plan(session, commune_ids=[payout.commune_id])
        close_round(session, first.id, by=actor(session.get_one(type(make_staff(session)), first.staff_id)))
        assert first.state is RoundState.CLOSED
        second = plan(session, commune_ids=[payout.commune_id])
        assert session.get_one(Stop, payout.id).round_id == second.id
        with pytest.raises(RoundIsClosed):
            close_round(session, first.id, by=make_actor(session))


def test_people_of_an_unknown_commune_can_be_planned_too(store: Store) -> None:
    with store.write() as session:
        payout = at_home(session, "Nguyễn Thị Bưởi")
        payout.commune_id = None
        session.flush()
        planned = plan(session, commune_ids=[None])
        assert session.get_one(Stop, payout.id).round_id == planned.id


def test_held_paid_and_cut_off_payouts_are_not_for_a_round(store: Store) -> None:
    with store.write() as session:
        held, paid = at_home(session, "Nguyễn Thị Bưởi"), at_home(session, "Trần Văn Đức", state=State.PAID)
        hold(session, held.id, reason="Báo tử", by=make_actor(session))
        with pytest.raises(NothingToVisit):
            plan(session, commune_ids=[held.commune_id])
        with pytest.raises(NotForARound, match="2 khoản"):
            plan(session, payout_ids=[held.id, paid.id])
        due = at_home(session, "Lê Thị Hoa")
        cut_off(session, make_period(session), by=make_actor(session))
        with pytest.raises(NotForARound):
            plan(session, payout_ids=[due.id])


def test_only_active_payers_of_the_office_or_below_go_on_a_round(store: Store) -> None:
    with store.write() as session:
        payout = at_home(session, "Nguyễn Thị Bưởi")
        strangers = make_office(session, "DHA", "Bưu điện thành phố Đông Hà")
        gone = make_staff(session, Role.COURIER, login="cu", name="Người Cũ", active=False)
        stranger = make_staff(session, Role.COURIER, login="la", name="Người Lạ", office=strangers)
        for staff in (gone, stranger, make_staff(session, Role.ACCOUNTANT)):
            with pytest.raises(NotACourier):
                plan(session, staff_id=staff.id, payout_ids=[payout.id])


def test_another_office_s_round_looks_as_if_it_were_not_there(store: Store) -> None:
    with store.write() as session:
        payout = at_home(session, "Nguyễn Thị Bưởi")
        planned = plan(session, payout_ids=[payout.id])
        other = make_office(session, "DHA", "Bưu điện thành phố Đông Hà")
        stranger = make_actor(session, Role.ACCOUNTANT, login="ketoan2", name="Kế Toán Khác", office=other)
        with pytest.raises(Missing):
            plan(session, payout_ids=[payout.id], by=stranger)
        with pytest.raises(Missing):
            close_round(session, planned.id, by=stranger)
        scope = scope_of(session, stranger.staff_id or 0)
        assert queries.round_row(session, scope, planned.id, by=stranger) is None
        assert queries.rounds(session, scope, by=stranger, month=SEPTEMBER) == []
        assert queries.waiting_places(session, scope, month=SEPTEMBER) == []
        assert queries.without_round(session, scope, month=SEPTEMBER) == []


def test_a_courier_sees_and_closes_his_own_rounds_alone(store: Store) -> None:
    with store.write() as session:
        payout = at_home(session, "Nguyễn Thị Bưởi")
        planned = plan(session, payout_ids=[payout.id])
        own = make_actor(session, Role.COURIER)
        other = make_actor(session, Role.COURIER, login="buuta2", name="Bưu Tá Khác")
        everything = Scope.everything()
        assert queries.round_row(session, everything, planned.id, by=own) is not None
        assert queries.round_row(session, everything, planned.id, by=other) is None
        with pytest.raises(Missing):
            close_round(session, planned.id, by=other)


def test_places_say_who_waits_and_who_is_planned(store: Store) -> None:
    with store.write() as session:
        payout = at_home(session, "Nguyễn Thị Bưởi")
        at_home(session, "Trần Văn Đức")
        at_home(session, "Lê Thị Hoa", "Phường 2")
        plan(session, payout_ids=[payout.id])
        places = queries.waiting_places(session, Scope.everything(), month=SEPTEMBER)
        assert [(place.commune, place.people, place.planned) for place in places] == [
            ("Phường 1", 1, 1),
            ("Phường 2", 1, 0),
        ]
        waiting = queries.without_round(session, Scope.everything(), month=SEPTEMBER)
        assert [door.name for door in waiting] == ["Trần Văn Đức", "Lê Thị Hoa"]


def test_money_handed_out_at_the_door_reaches_home_and_the_round_shows_it(store: Store) -> None:
    with store.write() as session:
        payout = at_home(session, "Nguyễn Thị Bưởi")
        missed = at_home(session, "Trần Văn Đức")
        planned = plan(session, payout_ids=[payout.id, missed.id])
        make_cash(session, amount=1_000_000)
        cashier, courier = make_actor(session, Role.CASHIER), make_actor(session, Role.COURIER)
        advance = safe.issue_advance(
            session,
            office_id=planned.office_id,
            staff_id=planned.staff_id,
            amount=Money(1_000_000),
            round_id=planned.id,
            by=cashier,
        )
        opened = till.open_till(session, advance.id, counted=Money(1_000_000), by=courier)
        hand_out(
            session,
            till_id=opened.id,
            person_id=payout.person_id,
            payout_ids=[payout.id],
            total=payout.amount,
            by=courier,
        )
        assert balance(session, accounts.HOME) == Money(500_000)
        (row,) = queries.rounds(session, Scope.everything(), by=make_actor(session), month=SEPTEMBER)
        assert (row.people, row.people_paid, row.amount_left) == (2, 1, Money(500_000))
        till.close_till(session, opened.id, counted=Money(500_000), explanation="", by=courier)
        close_round(session, planned.id, by=courier)
        deed = deeds_about(session, f"round:{planned.id}")[-1]
        assert deed.facts == {"due": 1, "paid": 1}


def test_two_agencies_of_one_office_share_a_round(store: Store) -> None:
    with store.write() as session:
        payout = at_home(session, "Nguyễn Thị Bưởi")
        second = make_agency(session, "LDTBXH-HL", "Phòng Lao động - Thương binh và Xã hội huyện Hải Lăng")
        other = at_home(session, "Trần Văn Đức", period=make_period(session, agency=second))
        planned = plan(session, commune_ids=[payout.commune_id])
        assert {door.person_id for door in queries.doors(session, planned.id)} == {payout.person_id, other.person_id}
