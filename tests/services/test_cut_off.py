"""The cut-off: what is left goes over or back, and what must be done first."""

from typing import NamedTuple

import pytest
from sqlalchemy import select

from provider.agreements.rules import Programme
from provider.audit.actor import Actor
from provider.db import Store
from provider.ledger import accounts
from provider.ledger.models import Entry, EntryKind
from provider.ledger.queries import balance
from provider.ledger.service import NotEnoughMoney
from provider.money import ZERO, Money
from provider.payday.safe import issue_advance, withdraw
from provider.payday.service import ask_undo, confirm_undo, hand_out
from provider.payday.till import close_till, open_till
from provider.payouts.lifecycle import State, Step
from provider.payouts.models import Component, ComponentKind, Payout, Period
from provider.payouts.service import hold, take_step
from provider.settlement.closing import close_month
from provider.settlement.frozen import from_text
from provider.settlement.papers import statement_of
from provider.settlement.refusals import (
    NothingToSettle,
    TillsStillOpen,
    TransfersWithoutAnswer,
    UndosStillOpen,
)
from provider.settlement.service import draw_up
from provider.staff.rules import Role
from tests.make import (
    SEPTEMBER,
    make_actor,
    make_funds,
    make_opening,
    make_payout,
    make_period,
    make_person,
    make_staff,
)
from tests.make.settled import House, make_september

OCTOBER = SEPTEMBER.next()
KEY = b"a key for the settlements of the tests"


@pytest.fixture
def house_of_september(store: Store) -> House:
    """See ``make_september``."""
    return make_september(store)


# -- the cut-off


def test_what_is_left_goes_over_into_the_next_month_with_its_money(store: Store, house_of_september: House) -> None:
    house = house_of_september
    with store.write() as session:
        before = balance(session, accounts.deposit(house.office))
        closed = close_month(session, house.agency, SEPTEMBER, by=make_actor(session))
        assert (closed.carried, closed.returned) == (2, 0)
        assert balance(session, accounts.deposit(house.office)) == before
        assert balance(session, accounts.carried(house.office)) == ZERO
    with store.read() as session:
        assert [session.get_one(Payout, number).state for number in house[2:]] == [
            State.PAID,
            State.CARRIED,
            State.CARRIED,
        ]
        october = session.scalars(
            select(Payout).join(Period).where(Period.month == OCTOBER).order_by(Payout.carried_from_id)
        ).all()
        assert [(one.amount, one.state, one.carried_from_id) for one in october] == [
            (Money(700_000), State.DUE, house.due),
            (Money(900_000), State.DUE, house.missed),
        ]
        parts = session.scalars(select(Component).where(Component.payout_id == october[0].id)).all()
        assert [(part.kind, part.amount) for part in parts] == [(ComponentKind.CARRIED, Money(700_000))]


def test_a_held_payout_goes_over_too(store: Store, house_of_september: House) -> None:
    with store.write() as session:
        hold(session, house_of_september.due, reason="Báo đã mất, chờ xác minh", by=make_actor(session))
        assert close_month(session, house_of_september.agency, SEPTEMBER, by=make_actor(session)).carried == 2


def test_what_is_ticked_returns_to_the_agency(store: Store, house_of_september: House) -> None:
    house = house_of_september
    with store.write() as session:
        closed = close_month(session, house.agency, SEPTEMBER, give_back=[house.missed], by=make_actor(session))
        assert (closed.carried, closed.returned) == (1, 1)
        assert session.get_one(Payout, house.missed).state is State.RETURNED
        assert balance(session, accounts.deposit(house.office)) == Money(700_000)
        back = session.scalars(select(Entry).where(Entry.kind == EntryKind.RETURNED)).one()
        assert (back.amount, back.to_account) == (Money(900_000), accounts.agency(house.agency))


def test_giving_back_needs_the_cash_back_in_the_bank(store: Store, house_of_september: House) -> None:
    house = house_of_september
    with store.write() as session:
        withdraw(session, house.office, Money(1_000_000), document="RT-1", by=make_actor(session, Role.CASHIER))
    with pytest.raises(NotEnoughMoney), store.write() as session:
        close_month(session, house.agency, SEPTEMBER, give_back=[house.missed], by=make_actor(session))
    with store.read() as session:
        assert session.get_one(Payout, house.due).state is State.DUE


def test_closing_again_finds_nothing_more(store: Store, house_of_september: House) -> None:
    with store.write() as session:
        close_month(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))
        again = close_month(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))
        assert (again.carried, again.returned) == (0, 0)


def test_all_programmes_of_the_month_are_closed_together(store: Store, house_of_september: House) -> None:
    with store.write() as session:
        merit = make_period(session, Programme.NCC)
        make_payout(session, make_person(session, "Trần Văn Đức"), amount=2_789_000, period=merit)
        assert close_month(session, house_of_september.agency, SEPTEMBER, by=make_actor(session)).carried == 3
        assert all(period.cut_off_at for period in session.scalars(select(Period).where(Period.month == SEPTEMBER)))


def test_a_month_without_lists_cannot_be_closed(store: Store, house_of_september: House) -> None:
    with store.write() as session, pytest.raises(NothingToSettle):
        close_month(session, house_of_september.agency, OCTOBER, by=make_actor(session))


def test_money_on_its_way_to_accounts_must_be_answered_first(store: Store, house_of_september: House) -> None:
    with store.write() as session:
        take_step(session, house_of_september.due, Step.SEND)
        with pytest.raises(TransfersWithoutAnswer) as refused:
            close_month(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))
        assert refused.value.facts == {"count": 1}
        take_step(session, house_of_september.due, Step.BOUNCE)


class Morning(NamedTuple):
    till: int
    handout: int
    payer: Actor


@pytest.fixture
def morning(store: Store, house_of_september: House) -> Morning:
    """An opening where the one who is due is paid 700.000 out of a till of 2.000.000."""
    house = house_of_september
    with store.write() as session:
        make_funds(session, make_period(session), 2_000_000)
        payer = make_staff(session, Role.POINT_STAFF)
        due = session.get_one(Payout, house.due)
        opening = make_opening(session, staff=payer, payouts=(due,))
        cashier, by = make_actor(session, Role.CASHIER), make_actor(session, Role.POINT_STAFF)
        withdraw(session, house.office, Money(2_000_000), document="RT-1", by=cashier)
        advance = issue_advance(
            session,
            office_id=house.office,
            staff_id=payer.id,
            amount=Money(2_000_000),
            opening_id=opening.id,
            by=cashier,
        )
        till = open_till(session, advance.id, counted=Money(2_000_000), by=by)
        given = hand_out(
            session, till_id=till.id, person_id=due.person_id, payout_ids=[due.id], total=due.amount, by=by
        )
        return Morning(till.id, given.id, by)


def test_tills_must_be_closed_first_and_the_refusal_names_who(
    store: Store, house_of_september: House, morning: Morning
) -> None:
    with store.write() as session:
        with pytest.raises(TillsStillOpen) as refused:
            close_month(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))
        assert refused.value.facts == {"count": 1, "names": "Bùi Văn Điểm"}
        close_till(session, morning.till, counted=Money(1_300_000), explanation="", by=morning.payer)
        assert close_month(session, house_of_september.agency, SEPTEMBER, by=make_actor(session)).carried == 1


def test_a_wish_to_undo_must_be_answered_first(store: Store, house_of_september: House, morning: Morning) -> None:
    with store.write() as session:
        ask_undo(session, morning.handout, reason="Nhầm người", by=morning.payer)
        with pytest.raises(UndosStillOpen):
            close_month(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))


def test_an_undone_payment_is_no_line_of_the_statement(
    store: Store, house_of_september: House, morning: Morning
) -> None:
    with store.write() as session:
        wish = ask_undo(session, morning.handout, reason="Nhầm người", by=morning.payer)
        confirm_undo(session, wish.id, by=make_actor(session, Role.CONTROLLER))
        close_till(session, morning.till, counted=Money(2_000_000), explanation="", by=morning.payer)
        accountant = make_actor(session)
        close_month(session, house_of_september.agency, SEPTEMBER, by=accountant)
        statement = statement_of(
            from_text(draw_up(session, house_of_september.agency, SEPTEMBER, by=accountant).content)
        )
        assert (statement.paid, statement.carried) == (Money(500_000), Money(1_600_000))
