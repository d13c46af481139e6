"""Closing a month: what is left goes over or back, two people settle, papers stay as issued, a locked month is over."""

import hashlib
from decimal import Decimal
from typing import NamedTuple

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM, Actor
from provider.audit.deeds import DeedKind
from provider.audit.models import Deed
from provider.clock import Month, Stopped
from provider.db import Store
from provider.errors import Missing
from provider.ledger import accounts
from provider.ledger.models import Entry, EntryKind
from provider.ledger.queries import balance
from provider.ledger.service import NotEnoughMoney
from provider.money import ZERO, Money
from provider.payday.safe import issue_advance, withdraw
from provider.payday.service import ask_undo, confirm_undo, hand_out
from provider.payday.till import close_till, open_till
from provider.payouts.funds import receive_funds
from provider.payouts.lifecycle import Channel, State, Step
from provider.payouts.models import Component, ComponentKind, Payout, Period
from provider.payouts.service import PeriodIsLocked, hold, move_channel, take_step
from provider.settlement import issuing, provisional, queries
from provider.settlement.closing import close_month
from provider.settlement.frozen import from_text, to_text
from provider.settlement.models import Paper, Settlement, SettlementState
from provider.settlement.papers import fee_of, hash_of, statement_of
from provider.settlement.refusals import (
    AlreadySettled,
    ConfirmNeedsAnother,
    FiguresChanged,
    NotCutOff,
    NothingToSettle,
    TillsStillOpen,
    TransfersWithoutAnswer,
    UndosStillOpen,
    UnpaidNotResolved,
)
from provider.settlement.service import confirm, content_of, draw_up, frozen, keep_paper
from provider.settlement.statement import Kind, MorePaidThanReceived
from provider.staff.rules import Role
from tests.make import (
    SEPTEMBER,
    make_actor,
    make_agency,
    make_funds,
    make_office,
    make_opening,
    make_payout,
    make_period,
    make_person,
    make_staff,
)

OCTOBER = SEPTEMBER.next()
KEY = b"a key for the settlements of the tests"


class House(NamedTuple):
    agency: int
    office: int
    paid: int
    due: int
    missed: int


@pytest.fixture
def house_of_september(store: Store) -> House:
    """Three people: one paid 500.000, one due 700.000, one who did not come for 900.000; all of it funded."""
    with store.write() as session:
        make_actor(session), make_actor(session, Role.CONTROLLER)
        return House(
            make_agency(session).id,
            make_office(session).id,
            make_payout(session, make_person(session, "Nguyễn Thị Bưởi"), amount=500_000, state=State.PAID).id,
            make_payout(session, make_person(session, "Trần Văn Đức"), amount=700_000).id,
            make_payout(session, make_person(session, "Lê Thị Hoa"), amount=900_000, state=State.MISSED).id,
        )


def settle(store: Store, agency_id: int, month: Month = SEPTEMBER) -> int:
    """Close, draw up and confirm a month; the settlement's number."""
    with store.write() as session:
        accountant, controller = make_actor(session), make_actor(session, Role.CONTROLLER)
        close_month(session, agency_id, month, by=accountant)
        settlement = draw_up(session, agency_id, month, by=accountant)
        confirm(session, settlement.id, content_hash=settlement.content_hash, by=controller)
        return settlement.id


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


# -- the settlement


def test_what_came_in_is_paid_returned_carried_or_still_there(store: Store, house_of_september: House) -> None:
    house = house_of_september
    with store.write() as session:
        accountant = make_actor(session)
        make_funds(session, make_period(session), 50_000)
        close_month(session, house.agency, SEPTEMBER, give_back=[house.missed], by=accountant)
        settlement = draw_up(session, house.agency, SEPTEMBER, by=accountant)
        it = statement_of(from_text(settlement.content))
        assert (it.opening, it.received) == (ZERO, Money(2_150_000))
        assert (it.paid, it.returned, it.carried) == (Money(500_000), Money(900_000), Money(700_000))
        assert it.closing == Money(50_000)
        assert it.opening + it.received == it.paid + it.returned + it.carried + it.closing
        assert it.total.due.amount == it.paid + it.returned + it.carried
        assert settlement.paid == it.paid
        assert [line.movement.kind for line in it.lines].count(Kind.PAID) == 1


def test_the_next_month_opens_with_what_was_carried_over(
    store: Store, house_of_september: House, clock: Stopped
) -> None:
    settle(store, house_of_september.agency)
    clock.forward(days=30)
    with store.write() as session:
        accountant = make_actor(session)
        close_month(session, house_of_september.agency, OCTOBER, by=accountant)
        it = statement_of(from_text(draw_up(session, house_of_september.agency, OCTOBER, by=accountant).content))
        assert (it.opening, it.received, it.carried, it.closing) == (Money(1_600_000), ZERO, Money(1_600_000), ZERO)


def test_the_list_of_the_unpaid_counts_the_months_in_a_row(store: Store, house_of_september: House) -> None:
    house = house_of_september
    settle(store, house.agency)
    with store.write() as session:
        controller = make_actor(session, Role.CONTROLLER)
        close_month(session, house.agency, OCTOBER, by=controller)
        third = session.scalars(select(Payout.id).join(Period).where(Period.month == OCTOBER.next())).all()
        assert set(queries.months_in_a_row(session, third).values()) == {3}
        assert queries.months_in_a_row(session, [house.paid, house.due]) == {house.paid: 1, house.due: 1}


def test_the_fee_is_of_what_was_paid_and_of_nothing_else(store: Store, house_of_september: House) -> None:
    with store.write() as session:
        accountant = make_actor(session)
        close_month(session, house_of_september.agency, SEPTEMBER, by=accountant)
        settlement = draw_up(session, house_of_september.agency, SEPTEMBER, by=accountant)
        fee = fee_of(from_text(settlement.content))
        assert [(row.tariff.rate, row.amount, row.payouts) for row in fee.rows] == [
            (Decimal("0.5"), Money(500_000), (house_of_september.paid,))
        ]
        assert settlement.fee == fee.gross == Money(2_500)


def test_frozen_content_reads_back_as_it_was(store: Store, house_of_september: House) -> None:
    with store.write() as session:
        accountant = make_actor(session)
        close_month(session, house_of_september.agency, SEPTEMBER, by=accountant)
        settlement = draw_up(session, house_of_september.agency, SEPTEMBER, by=accountant)
        content = from_text(settlement.content)
        assert to_text(content) == settlement.content
        assert hash_of(content) == settlement.content_hash


def test_a_settlement_is_numbered_by_month_and_version(store: Store, house_of_september: House) -> None:
    with store.write() as session:
        accountant = make_actor(session)
        close_month(session, house_of_september.agency, SEPTEMBER, by=accountant)
        first = draw_up(session, house_of_september.agency, SEPTEMBER, by=accountant)
        second = draw_up(session, house_of_september.agency, SEPTEMBER, by=accountant)
        assert [(one.version, one.number) for one in (first, second)] == [
            (1, "092024/BKQT-TXQT"),
            (2, "092024.2/BKQT-TXQT"),
        ]


def test_before_the_cut_off_nothing_is_drawn_up(store: Store, house_of_september: House) -> None:
    with store.write() as session, pytest.raises(NotCutOff):
        draw_up(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))


def test_what_is_unresolved_is_not_settled(store: Store, house_of_september: House) -> None:
    with store.write() as session:
        close_month(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))
        make_payout(session, make_person(session, "Võ Hữu Long"))
        with pytest.raises(UnpaidNotResolved) as refused:
            draw_up(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))
        assert refused.value.facts == {"count": 1}


def test_more_paid_than_received_is_refused_with_what_is_missing(store: Store, house_of_september: House) -> None:
    with store.write() as session:
        make_funds(session, make_period(session, Programme.NCC), 3_000_000)
        make_payout(session, make_person(session, "Võ Hữu Long"), amount=600_000, state=State.PAID, funded=False)
        session.execute(text("UPDATE period SET month = '2024-08' WHERE programme = 'NCC'"))
        session.expire_all()
        close_month(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))
        with pytest.raises(MorePaidThanReceived) as refused:
            draw_up(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))
        assert refused.value.facts == {"missing": "600.000 đ"}


def test_the_system_itself_draws_up_nothing(store: Store, house_of_september: House) -> None:
    with store.write() as session, pytest.raises(ConfirmNeedsAnother):
        draw_up(session, house_of_september.agency, SEPTEMBER, by=SYSTEM)


# -- the second person


def drawn(store: Store, house: House) -> tuple[int, str]:
    with store.write() as session:
        accountant = make_actor(session)
        close_month(session, house.agency, SEPTEMBER, by=accountant)
        settlement = draw_up(session, house.agency, SEPTEMBER, by=accountant)
        return settlement.id, settlement.content_hash


def test_who_drew_it_up_does_not_confirm_it(store: Store, house_of_september: House) -> None:
    number, digest = drawn(store, house_of_september)
    for same in (make_actor, lambda _session: SYSTEM):
        with store.write() as session, pytest.raises(ConfirmNeedsAnother):
            confirm(session, number, content_hash=digest, by=same(session))


def test_the_database_refuses_it_too(store: Store, house_of_september: House) -> None:
    number, _digest = drawn(store, house_of_september)
    change = "UPDATE settlement SET state = 'confirmed', confirmed_by_id = drawn_up_by_id WHERE id = :id"
    with pytest.raises(IntegrityError, match="confirmed_by_another"), store.write() as session:
        session.execute(text(change), {"id": number})


def test_a_second_person_confirms_and_the_month_is_locked(store: Store, house_of_september: House) -> None:
    number, digest = drawn(store, house_of_september)
    with store.write() as session:
        controller = make_actor(session, Role.CONTROLLER)
        assert confirm(session, number, content_hash=digest, by=controller).state is SettlementState.CONFIRMED
        assert all(period.locked_at for period in session.scalars(select(Period).where(Period.month == SEPTEMBER)))
        with pytest.raises(AlreadySettled):
            confirm(session, number, content_hash=digest, by=controller)
        with pytest.raises(AlreadySettled):
            draw_up(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))


def test_another_hash_than_the_one_shown_is_not_confirmed(store: Store, house_of_september: House) -> None:
    number, _digest = drawn(store, house_of_september)
    with store.write() as session, pytest.raises(FiguresChanged):
        confirm(session, number, content_hash="0" * 64, by=make_actor(session, Role.CONTROLLER))


def test_books_that_changed_since_are_drawn_up_again_before_they_are_confirmed(
    store: Store, house_of_september: House
) -> None:
    number, digest = drawn(store, house_of_september)
    with store.write() as session:
        controller = make_actor(session, Role.CONTROLLER)
        period = session.scalars(select(Period).where(Period.month == SEPTEMBER)).one()
        receive_funds(session, period.id, Money(1_000), document="GBC-2", on=SEPTEMBER.last_day, by=controller)
        with pytest.raises(FiguresChanged):
            confirm(session, number, content_hash=digest, by=controller)
        again = draw_up(session, house_of_september.agency, SEPTEMBER, by=make_actor(session))
        assert again.version == 2
        confirm(session, again.id, content_hash=again.content_hash, by=controller)


def test_a_settlement_that_does_not_exist_is_missing(store: Store, house_of_september: House) -> None:
    with store.write() as session:
        with pytest.raises(Missing):
            confirm(session, 77, content_hash="", by=make_actor(session, Role.CONTROLLER))
        with pytest.raises(Missing):
            frozen(session, 77)


def test_a_locked_month_refuses_everything(store: Store, house_of_september: House) -> None:
    house = house_of_september
    settle(store, house.agency)
    with store.write() as session:
        by = make_actor(session)
        period = session.scalars(select(Period).where(Period.month == SEPTEMBER)).one()
        for deed in (
            lambda: close_month(session, house.agency, SEPTEMBER, by=by),
            lambda: receive_funds(session, period.id, Money(1), document="x", on=SEPTEMBER.last_day, by=by),
            lambda: take_step(session, house.paid, Step.UNDO),
            lambda: hold(session, house.due, reason="x", by=by),
            lambda: move_channel(session, house.due, Channel.HOME, reason="x", by=by),
        ):
            with pytest.raises(PeriodIsLocked):
                deed()


# -- papers


def test_every_paper_is_issued_once_and_stays_as_issued(store: Store, house_of_september: House) -> None:
    number = settle(store, house_of_september.agency)
    told: list[tuple[int, int]] = []
    for _again in range(2):
        with store.write() as session:
            by = make_actor(session)
        issuing.issue(store, number, key=KEY, by=by, report=lambda done, total: told.append((done, total)))
    with store.read() as session:
        papers = {paper.kind: (paper.content, paper.hash) for paper in session.scalars(select(Paper))}
        assert set(papers) == {"pdf", "xlsx", "fee", "unpaid"}
        assert all(hashlib.sha256(content).hexdigest() == digest for content, digest in papers.values())
        assert papers["pdf"][0].startswith(b"%PDF")
        assert papers["xlsx"][0].startswith(b"PK")
        assert session.scalar(select(func.count()).where(Deed.kind == DeedKind.PAPER_ISSUED)) == 4
        assert queries.settlements(session, number=number)[0].papers == ("fee", "pdf", "unpaid", "xlsx")
        assert queries.paper(session, number, "pdf") == papers["pdf"][0]
    assert told[:5] == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_other_bytes_for_an_issued_paper_are_left_aside(store: Store, house_of_september: House) -> None:
    number = settle(store, house_of_september.agency)
    with store.write() as session:
        keep_paper(session, number, "fee", b"first", by=make_actor(session))
        keep_paper(session, number, "fee", b"second", by=make_actor(session))
        assert queries.paper(session, number, "fee") == b"first"


def test_papers_are_made_of_what_was_frozen_not_of_what_is_known_today(store: Store, house_of_september: House) -> None:
    number = settle(store, house_of_september.agency)
    with store.write() as session:
        make_agency(session).name = "Phòng Nội vụ"
        make_person(session, "Nguyễn Thị Bưởi").name = "Nguyễn Thị Khác"
    with store.read() as session:
        what = frozen(session, number)
        assert what.content.agency_name.startswith("Phòng Lao động")
        assert {one.text for one in what.content.movements if one.kind is Kind.PAID} == {"Nguyễn Thị Bưởi"}


def test_a_draft_tells_how_an_open_month_stands(store: Store, house_of_september: House) -> None:
    with store.read() as session:
        content, _head = provisional.content(session, house_of_september.agency, SEPTEMBER)
        it = statement_of(content)
        assert (content.version, content.number) == (0, "092024-DT/BKQT-TXQT")
        assert (it.received, it.paid, it.closing) == (Money(2_100_000), Money(500_000), Money(1_600_000))
        periods = list(session.scalars(select(Period)))
        assert content_of(session, periods, 0) == content


def test_settlements_are_found_by_agency_month_and_number(store: Store, house_of_september: House) -> None:
    number = settle(store, house_of_september.agency)
    with store.read() as session:
        shown = queries.settlements(session, agency_id=house_of_september.agency, month=SEPTEMBER)[0]
        assert (shown.id, shown.drawn_up_by, shown.confirmed_by) == (number, "Lê Thị Kế", "Phạm Văn Soát")
        assert queries.settlements(session, month=OCTOBER) == []
        assert session.get_one(Settlement, number).confirmed_at is not None
