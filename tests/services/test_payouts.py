"""What is done to payouts: every step through one door, holds, channels, planning, the lock."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from provider import clock as house_clock
from provider.audit.actor import SYSTEM
from provider.audit.deeds import DeedKind
from provider.audit.queries import deeds_about
from provider.db import Store
from provider.errors import ChangedMeanwhile, Missing, Refusal
from provider.money import Money
from provider.payouts import service, table
from provider.payouts.lifecycle import LIFE, Channel, State, Step, StepNotPossible
from provider.payouts.models import ComponentKind, Payout
from provider.payouts.planning import plan_month
from provider.payouts.queries import components_of
from provider.payouts.queries import payout as payout_row
from provider.payouts.rules import Why
from provider.payouts.service import ChannelUnchanged, NewPayout, NoAccount, PeriodIsLocked, ReasonNeeded
from provider.payouts.table import Asked
from provider.recipients.rules import Way
from provider.staff.queries import scope_of
from provider.staff.rules import Role, Scope
from tests.make import (
    actor,
    make_agency,
    make_benefit,
    make_district,
    make_funds,
    make_office,
    make_payee,
    make_payout,
    make_period,
    make_person,
    make_staff,
    make_way,
)

# A payment needs its entry in the cash book: those steps are proven in the rooms that pay.
WITHOUT_MONEY = [(state, step) for state, step in LIFE if State.PAID not in (state, LIFE[state, step])]


@pytest.mark.parametrize(("state", "step"), WITHOUT_MONEY)
def test_a_step_of_the_table_is_taken(store: Store, state: State, step: Step) -> None:
    with store.write() as session:
        number = make_payout(session, state=state).id
    with store.write() as session:
        taken = service.take_step(session, number, step)
        assert taken.state is LIFE[state, step]
    with store.write() as session:
        session.get_one(Payout, number).state = state  # the books are checked after each test
        session.flush()


def test_a_step_that_is_not_in_the_table_changes_nothing(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id
    with pytest.raises(StepNotPossible), store.write() as session:
        service.take_step(session, number, Step.UNDO)
    with store.read() as session:
        found = session.get_one(Payout, number)
        assert (found.state, found.version) == (State.DUE, 1)


def test_a_payout_that_is_not_there_is_missing(store: Store) -> None:
    with pytest.raises(Missing), store.write() as session:
        service.take_step(session, 404, Step.HOLD)


def test_every_step_counts_a_version(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id
        service.hold(session, number, reason="Chờ xác minh", by=SYSTEM)
        released = service.release(session, number, reason="Đã xác minh", by=SYSTEM)
        assert (released.state, released.version) == (State.DUE, 3)


def test_hold_and_release_are_told_with_their_reasons(store: Store) -> None:
    with store.write() as session:
        by = actor(make_staff(session, Role.ACCOUNTANT))
        number = make_payout(session).id
        service.hold(session, number, reason="  Có tin   đã mất ", by=by)
        service.release(session, number, reason="Tin nhầm người", by=by)
    with store.read() as session:
        told = [(deed.kind, deed.facts["reason"], deed.staff_name) for deed in deeds_about(session, f"payout:{number}")]
    assert told == [
        (DeedKind.PAYOUT_HELD, "Có tin đã mất", "Lê Thị Kế"),
        (DeedKind.PAYOUT_RELEASED, "Tin nhầm người", "Lê Thị Kế"),
    ]


@pytest.mark.parametrize("reason", ["", "   ", "rule:", "rule: "])
def test_without_a_reason_nothing_is_held_released_or_moved(store: Store, reason: str) -> None:
    with store.write() as session:
        number = make_payout(session).id
        for deed in (
            lambda: service.hold(session, number, reason=reason, by=SYSTEM),
            lambda: service.release(session, number, reason=reason, by=SYSTEM),
            lambda: service.move_channel(session, number, Channel.HOME, reason=reason, by=SYSTEM),
        ):
            with pytest.raises(ReasonNeeded):
                deed()


def test_a_stale_page_changes_nothing(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id
        service.hold(session, number, reason="Chờ xác minh", seen=1, by=SYSTEM)
    with pytest.raises(ChangedMeanwhile), store.write() as session:
        service.release(session, number, reason="Đã xác minh", seen=1, by=SYSTEM)
    with pytest.raises(ChangedMeanwhile), store.write() as session:
        service.move_channel(session, number, Channel.HOME, reason="Xin nhận tại nhà", seen=1, by=SYSTEM)


def test_a_payout_moves_to_another_channel_with_a_reason(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id
        service.move_channel(session, number, Channel.HOME, reason="Gãy chân", by=SYSTEM)
    with store.read() as session:
        row = payout_row(session, number)
        assert row is not None
        assert (row.channel, row.channel_reason) == (Channel.HOME, "Gãy chân")
        [deed] = deeds_about(session, f"payout:{number}")
        assert (deed.facts["before"], deed.facts["after"]) == ("cash_point", "home")


def test_sent_twice_the_same_move_is_refused(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id
        service.move_channel(session, number, Channel.HOME, reason="Gãy chân", by=SYSTEM)
    with pytest.raises(ChannelUnchanged), store.write() as session:
        service.move_channel(session, number, Channel.HOME, reason="Gãy chân", by=SYSTEM)


def test_money_is_sent_to_an_account_only_where_there_is_one(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        number = make_payout(session, person).id
    with pytest.raises(NoAccount) as refused, store.write() as session:
        service.move_channel(session, number, Channel.ACCOUNT, reason="Có thẻ mới", by=SYSTEM)
    assert "Nguyễn Thị Bưởi" in str(refused.value)
    with store.write() as session:
        make_way(session, person, Way.ACCOUNT)
        moved = service.move_channel(session, number, Channel.ACCOUNT, reason="Có thẻ mới", by=SYSTEM)
        assert moved.channel is Channel.ACCOUNT


@pytest.mark.parametrize("state", [State.SENT, State.CARRIED, State.RETURNED])
def test_what_is_on_its_way_or_at_its_end_keeps_its_channel(store: Store, state: State) -> None:
    with store.write() as session:
        number = make_payout(session).id
        session.get_one(Payout, number).state = state
        session.flush()
        with pytest.raises(StepNotPossible):
            service.move_channel(session, number, Channel.HOME, reason="Gãy chân", by=SYSTEM)
        session.get_one(Payout, number).state = State.DUE


def test_nothing_moves_in_a_locked_period(store: Store) -> None:
    with store.write() as session:
        period = make_period(session)
        number = make_payout(session).id
        period.cut_off_at = period.locked_at = house_clock.now()
    for deed in (
        lambda session: service.take_step(session, number, Step.HOLD),
        lambda session: service.take_steps(session, [number], Step.HOLD),
        lambda session: service.move_channel(session, number, Channel.HOME, reason="Gãy chân", by=SYSTEM),
        lambda session: plan_month(session, [period.id], by=SYSTEM),
    ):
        with pytest.raises(PeriodIsLocked), store.write() as session:
            deed(session)
    with store.write() as session:
        fresh = make_period(session)
        fresh.cut_off_at = fresh.locked_at = None


def test_many_take_the_same_step_or_none_does(store: Store) -> None:
    with store.write() as session:
        one = make_payout(session).id
        two = make_payout(session, make_person(session, "Trần Văn Đức")).id
        service.take_steps(session, [one, two], Step.MISS)
        service.hold(session, two, reason="Chờ xác minh", by=SYSTEM)
    with pytest.raises(StepNotPossible), store.write() as session:
        service.take_steps(session, [one, two], Step.SEND)
    with pytest.raises(Missing), store.write() as session:
        service.take_steps(session, [one, 404], Step.SEND)
    with store.read() as session:
        assert session.get_one(Payout, one).state is State.MISSED


def both_at_once(deed: Callable[[], None]) -> list[Refusal | None]:
    """Do the same thing twice at the same moment; what each was answered."""
    answers: list[Refusal | None] = []
    start = threading.Barrier(2)

    def run() -> None:
        start.wait()
        try:
            deed()
        except Refusal as refusal:
            answers.append(refusal)
        else:
            answers.append(None)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_two_who_take_the_same_step_at_once_one_wins(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id

    def hold() -> None:
        with store.write() as session:
            service.hold(session, number, reason="Chờ xác minh", by=SYSTEM)

    answers = both_at_once(hold)
    assert sum(answer is None for answer in answers) == 1
    assert [type(answer) for answer in answers if answer] == [StepNotPossible]
    with store.read() as session:
        assert session.get_one(Payout, number).version == 2
        assert len(deeds_about(session, f"payout:{number}")) == 1


def test_of_two_who_move_one_payout_at_once_one_wins(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id

    def move() -> None:
        with store.write() as session:
            service.move_channel(session, number, Channel.HOME, reason="Gãy chân", seen=1, by=SYSTEM)

    answers = both_at_once(move)
    assert sorted(type(answer).__name__ for answer in answers) == ["ChangedMeanwhile", "NoneType"]


def test_rows_of_a_list_become_payouts_with_their_parts_in_the_order_given(store: Store) -> None:
    def new(line: int, amount: int) -> NewPayout:
        return NewPayout(
            person_id=person,
            commune_id=None,
            hamlet="",
            benefit="",
            benefit_text="",
            components=((ComponentKind.ALLOWANCE, Money(amount)), (ComponentKind.DEDUCTION, Money(-1_000))),
            source=f"list:9/row:{line}",
            line_no=line,
        )

    with store.write() as session:
        person = make_person(session).id
        period = make_period(session)
        make_funds(session, period, 1_498_000)
        numbers = service.open_payouts(session, period, [new(2, 500_000), new(1, 1_000_000)])
        assert service.open_payouts(session, period, []) == []
        assert [session.get_one(Payout, number).amount.dong for number in numbers] == [499_000, 999_000]
        assert [len(parts) for parts in components_of(session, numbers).values()] == [2, 2]


# -- planning


def plan(store: Store) -> dict[str, tuple[Channel, str]]:
    """Plan September; where everybody is, by name."""
    with store.write() as session:
        plan_month(session, [make_period(session).id], by=SYSTEM)
    return planned(store)


def planned(store: Store) -> dict[str, tuple[Channel, str]]:
    with store.read() as session:
        rows = table.page(session, Scope.everything(), Asked()).rows
        return {row.name: (row.channel, row.channel_reason) for row in rows}


def test_a_month_is_planned_by_what_is_recorded_of_people(store: Store) -> None:
    with store.write() as session:
        make_payout(session, make_person(session))
        make_payout(session, in_account := make_person(session, "Lê Thị Hoa"))
        make_way(session, in_account, Way.ACCOUNT)
        make_payout(session, through_son := make_person(session, "Võ Hữu Long"))
        make_way(session, through_son, Way.ACCOUNT, holder="TRAN VAN DUC")
        make_payee(session, through_son, name="Trần Văn Đức")
        make_payout(session, make_person(session, "Hoàng Thị Mỹ Linh"), benefit=make_benefit(session, "BT06B").code)
    assert plan(store) == {
        "Nguyễn Thị Bưởi": (Channel.CASH_POINT, Why.CASH.sentence),
        "Lê Thị Hoa": (Channel.ACCOUNT, Why.OWN_ACCOUNT.sentence),
        "Võ Hữu Long": (Channel.ACCOUNT, Why.REPRESENTATIVE_ACCOUNT.sentence),
        "Hoàng Thị Mỹ Linh": (Channel.HOME, Why.HOME_BENEFIT.sentence),
    }


def test_planning_again_changes_nothing_and_is_not_told_again(store: Store) -> None:
    with store.write() as session:
        period = make_period(session).id
        make_payout(session)
        first = plan_month(session, [period], by=SYSTEM)
        again = plan_month(session, [period], by=SYSTEM)
        assert (first.payouts, first.changed) == (1, 1)
        assert (again.payouts, again.changed) == (1, 0)
        told = [deed.kind for deed in deeds_about(session, f"period:{period}")]
        assert told.count(DeedKind.CHANNEL_PLANNED) == 1


def test_planning_leaves_alone_what_a_person_chose_by_hand(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id
        service.move_channel(session, number, Channel.HOME, reason="Gãy chân", by=SYSTEM)
        result = plan_month(session, [make_period(session).id], by=SYSTEM)
    assert (result.changed, result.by_hand, result.counts[Channel.HOME]) == (0, 1, 1)
    assert planned(store)["Nguyễn Thị Bưởi"] == (Channel.HOME, "Gãy chân")


def test_planning_touches_only_what_can_still_be_paid(store: Store) -> None:
    with store.write() as session:
        number = make_payout(session).id
        service.hold(session, number, reason="Chờ xác minh", by=SYSTEM)
        result = plan_month(session, [make_period(session).id], by=SYSTEM)
    assert result.payouts == 0


def test_a_way_that_has_ended_does_not_count(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        make_payout(session, person)
        way = make_way(session, person, Way.ACCOUNT)
        way.valid_to = house_clock.today().replace(day=1)
    assert plan(store)["Nguyễn Thị Bưởi"][0] is Channel.CASH_POINT


def test_a_period_that_is_not_there_cannot_be_planned(store: Store) -> None:
    with pytest.raises(Missing), store.write() as session:
        plan_month(session, [404], by=SYSTEM)


# -- the table


def test_the_table_adds_up_and_filters(store: Store) -> None:
    with store.write() as session:
        make_payout(session, amount=500_000)
        make_payout(session, make_person(session, "Lê Thị Hoa"), amount=540_000, channel=Channel.HOME)
    with store.read() as session:
        scope = Scope.everything()
        whole = table.sum_of(session, scope, Asked())
        assert (whole.payouts, whole.people, whole.amount.dong) == (2, 2, 1_040_000)
        assert [row.name for row in table.page(session, scope, Asked(channel=Channel.HOME)).rows] == ["Lê Thị Hoa"]
        assert table.sum_of(session, scope, Asked(state=State.PAID)).payouts == 0
        [commune] = table.plan_by_commune(session, scope, Asked())
        assert (commune.commune, commune.total.payouts) == ("Phường 1", 2)


def test_nobody_sees_the_payouts_of_another_district(store: Store) -> None:
    with store.write() as session:
        mine = make_payout(session).id
        far_office = make_office(session, "DH", "Bưu điện thành phố Đông Hà")
        far_agency = make_agency(session, "LDTBXH-DH", "Phòng Đông Hà", make_district(session, "461", "Đông Hà"))
        stranger = make_staff(session, Role.ACCOUNTANT, login="dongha", office=far_office)
        officer = make_staff(session, Role.AGENCY_OFFICER, login="canbodh", agency=far_agency)
        own = make_staff(session, Role.AGENCY_OFFICER)
        for person, seen in ((stranger, False), (officer, False), (own, True)):
            scope = scope_of(session, person.id)
            assert (table.visible(session, scope, mine) is not None) is seen
            assert bool(table.page(session, scope, Asked()).rows) is seen
            assert bool(table.period_ids(session, scope, Asked())) is seen
            assert bool(table.of_person(session, scope, session.get_one(Payout, mine).person_id)) is seen
        session.expire_all()


def test_a_page_beyond_the_last_is_the_last(store: Store) -> None:
    with store.write() as session:
        make_payout(session)
    with store.read() as session:
        assert table.page(session, Scope.everything(), Asked(), number=99).number == 1
        assert session.scalars(select(Payout.id)).all()
