"""From the safe to the till and back: two people, two counts, and what becomes of a difference."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider.audit.actor import SYSTEM
from provider.audit.queries import deeds_about
from provider.db import Store
from provider.errors import Missing
from provider.ledger import accounts
from provider.ledger.models import EntryKind
from provider.ledger.queries import balance, balances, statement
from provider.ledger.service import NotEnoughMoney
from provider.money import Money
from provider.payday import cash, queue, safe, tills
from provider.payday.models import Advance, AdvanceState, Till, TillState
from provider.payday.refusals import (
    AdvanceGone,
    AdvanceToOneself,
    CountDiffers,
    DifferenceExplained,
    NoDifference,
    TillAlreadyOpen,
    TillIsClosed,
    TillNotYours,
)
from provider.payday.service import miss
from provider.payday.till import close_till, explain, open_till
from provider.payouts.lifecycle import Channel
from provider.payouts.service import ReasonNeeded
from provider.points.models import Opening
from provider.points.rules import OpeningState
from provider.staff.rules import Role, Scope
from provider.visits.service import plan_round
from tests.make import (
    FIRST_PAYDAY,
    SEPTEMBER,
    actor,
    make_actor,
    make_cash,
    make_commune,
    make_funds,
    make_office,
    make_opening,
    make_payout,
    make_period,
    make_person,
    make_point,
    make_staff,
)
from tests.make.payday import make_payday, pay

MILLION = 1_000_000


def prepared(session: Session, amount: int = 3 * MILLION, opening: Opening | None = None) -> Advance:
    """Ten million in the safe the first time, and an advance for the payer."""
    office = make_office(session)
    if not balance(session, accounts.safe(office.id)):
        make_funds(session, make_period(session), 10 * MILLION)
        make_cash(session, office, 10 * MILLION)
    return safe.issue_advance(
        session,
        office_id=office.id,
        staff_id=make_staff(session, Role.POINT_STAFF).id,
        amount=Money(amount),
        opening_id=opening.id if opening else None,
        by=make_actor(session, Role.CASHIER),
    )


def test_an_advance_leaves_the_safe_when_its_payer_has_counted_it(store: Store) -> None:
    with store.write() as session:
        opening = make_opening(session)
        advance = prepared(session, opening=opening)
        office_id, payer = advance.office_id, make_actor(session, Role.POINT_STAFF)
        assert balance(session, accounts.safe(office_id)) == Money(10 * MILLION)
        assert safe.waiting_advances(session, office_id) == Money(3 * MILLION)
        (shown,) = tills.advances(session, staff_id=payer.staff_id)
        assert (shown.place, shown.issued_by, shown.on) == ("Nhà văn hóa Phường 1", "Ngô Thị Quỹ", FIRST_PAYDAY)
        till = open_till(session, advance.id, counted=Money(3 * MILLION), by=payer)
        assert balances(session, [accounts.safe(office_id), accounts.till(till.id), "till:999"]) == {
            accounts.safe(office_id): Money(7 * MILLION),
            accounts.till(till.id): Money(3 * MILLION),
            "till:999": Money(0),
        }
        assert (advance.state, advance.till_id) == (AdvanceState.ACCEPTED, till.id)
        assert tills.advances(session, staff_id=payer.staff_id) == []
        assert session.get_one(Opening, opening.id).state is OpeningState.OPEN
        (deed,) = deeds_about(session, f"till:{till.id}")
        assert (deed.kind.verb, deed.facts["amount"]) == ("till_opened", 3 * MILLION)


@pytest.mark.parametrize("counted", [0, 1, 2_999_000, 3_000_001, 30_000_000])
def test_a_count_that_differs_books_nothing_and_does_not_say_the_sum(store: Store, counted: int) -> None:
    with store.write() as session:
        advance = prepared(session)
        with pytest.raises(CountDiffers) as refused:
            open_till(session, advance.id, counted=Money(counted), by=make_actor(session, Role.POINT_STAFF))
        assert "3.000.000" not in refused.value.text()
        assert session.scalar(select(func.count()).select_from(Till)) == 0
        assert balance(session, accounts.safe(advance.office_id)) == Money(10 * MILLION)


def test_an_advance_is_taken_once_by_its_own_payer(store: Store) -> None:
    with store.write() as session:
        advance, payer = prepared(session), make_actor(session, Role.POINT_STAFF)
        with pytest.raises(TillNotYours):
            open_till(session, advance.id, counted=advance.amount, by=make_actor(session, Role.CASHIER))
        open_till(session, advance.id, counted=advance.amount, by=payer)
        with pytest.raises(AdvanceGone):
            open_till(session, advance.id, counted=advance.amount, by=payer)
        with pytest.raises(Missing):
            open_till(session, 999, counted=advance.amount, by=payer)


def test_a_second_advance_for_the_same_place_tops_the_till_up_and_for_another_is_refused(store: Store) -> None:
    with store.write() as session:
        payer = make_actor(session, Role.POINT_STAFF)
        here = make_opening(session)
        there = make_opening(session, make_point(session, make_commune(session, "Phường 2")))
        one, two, three = (prepared(session, MILLION, place) for place in (here, here, there))
        till = open_till(session, one.id, counted=one.amount, by=payer)
        assert open_till(session, two.id, counted=two.amount, by=payer).id == till.id
        assert balance(session, accounts.till(till.id)) == Money(2 * MILLION)
        with pytest.raises(TillAlreadyOpen):
            open_till(session, three.id, counted=three.amount, by=payer)
        verbs = [deed.kind.verb for deed in deeds_about(session, f"till:{till.id}")]
        assert verbs == ["till_opened", "till_topped_up"]


def test_nobody_gives_an_advance_to_himself_and_the_system_gives_none(store: Store) -> None:
    with store.write() as session:
        prepared(session)
        cashier, office = make_actor(session, Role.CASHIER), make_office(session)
        for by, staff_id in ((cashier, cashier.staff_id), (SYSTEM, 1)):
            with pytest.raises(AdvanceToOneself):
                safe.issue_advance(
                    session, office_id=office.id, staff_id=staff_id or 0, amount=Money(1), opening_id=None, by=by
                )


def test_money_that_waits_for_one_payer_is_not_promised_to_another(store: Store) -> None:
    with store.write() as session:
        prepared(session, 6 * MILLION)
        with pytest.raises(NotEnoughMoney, match=r"cần 5\.000\.000 đ, hiện còn 4\.000\.000 đ"):
            prepared(session, 5 * MILLION)
        prepared(session, 4 * MILLION)


def test_a_cancelled_advance_is_free_again_and_cannot_be_taken(store: Store) -> None:
    with store.write() as session:
        advance, cashier = prepared(session), make_actor(session, Role.CASHIER)
        safe.cancel_advance(session, advance.id, by=cashier)
        assert safe.waiting_advances(session, advance.office_id) == Money(0)
        with pytest.raises(AdvanceGone):
            open_till(session, advance.id, counted=advance.amount, by=make_actor(session, Role.POINT_STAFF))
        with pytest.raises(AdvanceGone):
            safe.cancel_advance(session, advance.id, by=cashier)
        with pytest.raises(Missing):
            safe.cancel_advance(session, 999, by=cashier)


def test_cash_moves_between_the_bank_and_the_safe_as_far_as_there_is_some(store: Store) -> None:
    with store.write() as session:
        office, cashier = make_office(session), make_actor(session, Role.CASHIER)
        make_funds(session, make_period(session), 5 * MILLION)
        safe.withdraw(session, office.id, Money(4 * MILLION), document="SEC 01", by=cashier)
        safe.bank(session, office.id, Money(MILLION), document="NT 01", by=cashier)
        (shown,) = cash.offices(session, Scope.everything())
        assert (shown.deposit, shown.safe) == (Money(2 * MILLION), Money(3 * MILLION))
        with pytest.raises(NotEnoughMoney):
            safe.withdraw(session, office.id, Money(3 * MILLION), document="SEC 02", by=cashier)
        with pytest.raises(NotEnoughMoney):
            safe.bank(session, office.id, Money(4 * MILLION), document="NT 02", by=cashier)
        with pytest.raises(Missing):
            safe.withdraw(session, 999, Money(1), document="SEC 03", by=cashier)
        kinds = [entry.kind for entry in statement(session, accounts.safe(office.id))]
        assert kinds == [EntryKind.WITHDRAWN, EntryKind.BANKED]


# -- closing -----------------------------------------------------------------------------------------------------------


def test_a_till_that_counts_right_is_empty_afterwards(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        day = make_payday(session, payout, cash=MILLION)
        pay(session, day, payout)
        till = close_till(session, day.till.id, counted=Money(500_000), by=day.payer)
        assert (till.state, till.difference) == (TillState.CLOSED, Money(0))
        assert balance(session, accounts.till(till.id)) == Money(0)
        assert balance(session, accounts.safe(till.office_id)) == Money(500_000)
        with pytest.raises(NoDifference):
            explain(session, till.id, explanation="Đúng rồi", by=day.payer)


@pytest.mark.parametrize(
    ("counted", "difference", "back", "left"),
    [(480_000, -20_000, 480_000, 20_000), (510_000, 10_000, 500_000, 0), (0, -500_000, 0, 500_000)],
)
def test_a_difference_is_a_question_that_the_payer_answers_and_never_a_debt(
    store: Store, counted: int, difference: int, back: int, left: int
) -> None:
    with store.write() as session:
        payout = make_payout(session)
        day = make_payday(session, payout, cash=MILLION)
        pay(session, day, payout)
        with pytest.raises(NoDifference):
            explain(session, day.till.id, explanation="Chưa đóng", by=day.payer)
        till = close_till(session, day.till.id, counted=Money(counted), by=day.payer)
        assert till.difference == Money(difference)
        assert balance(session, accounts.safe(till.office_id)) == Money(back)
        assert balance(session, accounts.till(till.id)) == Money(left)
        with pytest.raises(TillNotYours):
            explain(session, till.id, explanation="Không phải tôi", by=day.cashier)
        with pytest.raises(ReasonNeeded):
            explain(session, till.id, explanation=" \n ", by=day.payer)
        explain(session, till.id, explanation="Có thể đã  đưa thừa\nmột tờ.", by=day.payer)
        assert till.difference_note == "Có thể đã đưa thừa một tờ."
        with pytest.raises(DifferenceExplained):
            explain(session, till.id, explanation="Nghĩ lại", by=day.payer)
        with pytest.raises(Missing):
            explain(session, 999, explanation="Gì đó", by=day.payer)
        verbs = [deed.kind.verb for deed in deeds_about(session, f"till:{till.id}")]
        assert verbs == ["till_opened", "till_closed", "till_explained"]


def test_a_till_is_closed_once_by_its_own_payer_who_may_then_open_another(store: Store) -> None:
    with store.write() as session:
        day = make_payday(session, at_counter=True, cash=MILLION)
        with pytest.raises(TillNotYours):
            close_till(session, day.till.id, counted=Money(MILLION), by=day.cashier)
        with pytest.raises(Missing):
            close_till(session, 999, counted=Money(MILLION), by=day.payer)
        close_till(session, day.till.id, counted=Money(MILLION), by=day.payer)
        with pytest.raises(TillIsClosed):
            close_till(session, day.till.id, counted=Money(MILLION), by=day.payer)
        assert tills.open_till_of(session, day.payer.staff_id or 0) is None
        again = prepared(session, MILLION)
        assert open_till(session, again.id, counted=again.amount, by=day.payer).id != day.till.id


# -- what is read ------------------------------------------------------------------------------------------------------


def test_a_till_shows_its_place_what_is_left_and_how_far_the_opening_is(store: Store) -> None:
    with store.write() as session:
        people = [make_payout(session, make_person(session, name)) for name in ("Nguyễn Thị Bưởi", "Trần Văn Đức")]
        day = make_payday(session, *people)
        pay(session, day, people[0])
        row = tills.open_till_of(session, day.payer.staff_id or 0)
        assert row is not None
        assert (row.place, row.month, row.on) == ("Nhà văn hóa Phường 1", SEPTEMBER, FIRST_PAYDAY)
        assert (row.left, row.done, row.paid, row.expected) == (Money(9_500_000), 1, 1, 2)
        assert tills.tills_of_office(session, [make_office(session).id]) == [row]
        assert tills.tills_of_office(session, []) == []
        assert tills.till(session, 999) is None


def test_the_queue_is_in_the_order_of_the_roster_and_holds_who_still_waits(store: Store) -> None:
    with store.write() as session:
        names = ("Trần Văn Đức", "Nguyễn Thị Bưởi", "Lê Thị Hoa", "Võ Hữu Long")
        people = [make_payout(session, make_person(session, name)) for name in names]
        day = make_payday(session, *people)
        pay(session, day, people[1])
        miss(session, person_id=people[2].person_id, till_id=day.till.id, reason="absent", by=day.payer)
        miss(session, person_id=people[3].person_id, till_id=day.till.id, reason="dead", by=day.payer)
        till = tills.till(session, day.till.id)
        assert till is not None
        rows, left = queue.waiting_people(session, till, limit=25)
        assert [(row.number, row.name, row.state.value) for row in rows] == [
            (1, "Trần Văn Đức", "due"),
            (3, "Lê Thị Hoa", "missed"),
        ]
        assert left == 2
        assert rows[0].line == "07:30 · 1936 · Khu phố 1"
        rows, left = queue.waiting_people(session, till, limit=1)
        assert (len(rows), left) == (1, 2)


def test_the_queue_of_a_round_is_in_the_order_of_its_doors_and_the_counter_has_none(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session, channel=Channel.HOME)
        courier, cashier = make_staff(session, Role.COURIER), make_actor(session, Role.CASHIER)
        planned = plan_round(
            session,
            office_id=make_office(session).id,
            month=SEPTEMBER,
            staff_id=courier.id,
            on=FIRST_PAYDAY,
            payout_ids=[payout.id],
            by=make_actor(session),
        )
        prepared(session, MILLION)
        advance = safe.issue_advance(
            session,
            office_id=planned.office_id,
            staff_id=courier.id,
            amount=Money(MILLION),
            round_id=planned.id,
            by=cashier,
        )
        (shown,) = tills.advances(session, staff_id=courier.id)
        assert (shown.place, shown.on) == ("Chi trả tại nhà", FIRST_PAYDAY)
        till = open_till(session, advance.id, counted=advance.amount, by=actor(courier))
        row = tills.till(session, till.id)
        assert row is not None
        assert (row.place, row.expected) == ("Chi trả tại nhà", 1)
        people, left = queue.waiting_people(session, row, limit=25)
        assert ([one.number for one in people], left) == ([1], 1)
        day = make_payday(session, at_counter=True, cash=MILLION)
        counter = tills.till(session, day.till.id)
        assert counter is not None
        assert (counter.place, counter.expected) == ("Quầy bưu cục", 0)
        assert queue.waiting_people(session, counter, limit=25) == ([], 0)
