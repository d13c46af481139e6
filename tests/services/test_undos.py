"""Undoing a hand-out: by reversal, with a second person, as long as its till is open."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from provider.agreements.rules import Programme
from provider.audit.actor import Actor
from provider.audit.queries import deeds_about
from provider.db import Store
from provider.errors import Missing
from provider.ledger import accounts
from provider.ledger.queries import balance
from provider.money import Money
from provider.payday import receipts, service
from provider.payday.models import Handout, UndoState
from provider.payday.refusals import UndoAlreadyAsked, UndoAnswered, UndoNeedsAnother, UndoTooLate
from provider.payday.till import close_till
from provider.payouts.lifecycle import State
from provider.payouts.models import Payout
from provider.payouts.service import ReasonNeeded
from tests.make import SEPTEMBER, make_payout, make_period, make_person
from tests.make.payday import make_payday, pay


def states(session: Session, *payouts: Payout) -> list[State]:
    return list(session.scalars(select(Payout.state).where(Payout.id.in_([one.id for one in payouts]))))


def undo_of(session: Session, given: Handout, by: Actor, reason: str = "Đưa nhầm người") -> Any:
    return service.ask_undo(session, given.id, reason=reason, by=by)


def test_an_undo_confirmed_by_another_puts_the_money_back_and_the_person_can_be_paid_again(store: Store) -> None:
    with store.write() as session:
        one, two = make_payout(session), make_payout(session, period=make_period(session, Programme.NCC))
        day = make_payday(session, one, two)
        first = pay(session, day, one, two)
        undo = undo_of(session, first, day.payer)
        assert states(session, one, two) == [State.PAID, State.PAID]
        assert service.confirm_undo(session, undo.id, by=day.cashier).state is UndoState.CONFIRMED
        assert states(session, one, two) == [State.DUE, State.DUE]
        assert balance(session, accounts.till(day.till.id)) == Money(10_000_000)
        assert [deed.kind.verb for deed in deeds_about(session, f"payout:{two.id}")] == [
            "handed_out",
            "undo_asked",
            "undo_confirmed",
        ]
        second = pay(session, day, one, two)
        assert second.number != first.number
        check = receipts.receipt_check(session, bytes.fromhex(first.code))
        assert check is not None
        assert check.reversed
        check = receipts.receipt_check(session, bytes.fromhex(second.code))
        assert check is not None
        assert (check.reversed, check.commune, check.month, check.on) == (
            False,
            "Phường 1",
            SEPTEMBER,
            dt.date(2024, 9, 5),
        )


def test_the_one_who_asks_cannot_confirm_or_decline(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        day = make_payday(session, payout)
        undo = undo_of(session, pay(session, day, payout), day.payer)
        for verb in (service.confirm_undo, service.decline_undo):
            with pytest.raises(UndoNeedsAnother):
                verb(session, undo.id, by=day.payer)
            with pytest.raises(UndoNeedsAnother):
                verb(session, undo.id, by=Actor(None, "Hệ thống", "system"))
        assert [row.id for row in receipts.open_undos(session, None)] == [undo.id]
        assert receipts.count_open_undos(session, day.till.id) == 1


def test_a_declined_undo_changes_nothing_and_may_be_asked_again(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        day = make_payday(session, payout)
        given = pay(session, day, payout)
        undo = undo_of(session, given, day.payer)
        with pytest.raises(UndoAlreadyAsked):
            undo_of(session, given, day.payer)
        service.decline_undo(session, undo.id, by=day.cashier)
        assert states(session, payout) == [State.PAID]
        for verb in (service.confirm_undo, service.decline_undo):
            with pytest.raises(UndoAnswered):
                verb(session, undo.id, by=day.cashier)
        again = undo_of(session, given, day.payer)
        service.confirm_undo(session, again.id, by=day.cashier)
        with pytest.raises(UndoAlreadyAsked):
            undo_of(session, given, day.payer)


def test_after_the_till_is_closed_nothing_is_undone_there_but_an_open_wish_can_be_declined(store: Store) -> None:
    with store.write() as session:
        one, two = make_payout(session), make_payout(session, make_person(session, "Trần Văn Đức"))
        day = make_payday(session, one, two)
        first, second = pay(session, day, one), pay(session, day, two)
        undo = undo_of(session, first, day.payer)
        close_till(session, day.till.id, counted=Money(9_000_000), by=day.payer)
        with pytest.raises(UndoTooLate):
            undo_of(session, second, day.payer)
        with pytest.raises(UndoTooLate):
            service.confirm_undo(session, undo.id, by=day.cashier)
        service.decline_undo(session, undo.id, by=day.cashier)


def test_an_undo_needs_a_reason_and_something_to_undo(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        day = make_payday(session, payout)
        given = pay(session, day, payout)
        with pytest.raises(ReasonNeeded):
            undo_of(session, given, day.payer, reason="  ")
        with pytest.raises(Missing):
            service.ask_undo(session, 999, reason="Nhầm", by=day.payer)
        with pytest.raises(Missing):
            service.confirm_undo(session, 999, by=day.cashier)
