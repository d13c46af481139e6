"""Closing a month: what is left goes over or back, two people settle, papers stay as issued, a locked month is over."""

import hashlib
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM
from provider.audit.deeds import DeedKind
from provider.audit.models import Deed
from provider.clock import Stopped
from provider.db import Store
from provider.errors import Missing
from provider.money import ZERO, Money
from provider.payouts.funds import receive_funds
from provider.payouts.lifecycle import Channel, State, Step
from provider.payouts.models import Payout, Period
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
    make_payout,
    make_period,
    make_person,
)
from tests.make.settled import House, make_september, settle

OCTOBER = SEPTEMBER.next()
KEY = b"a key for the settlements of the tests"


@pytest.fixture
def house_of_september(store: Store) -> House:
    """See ``make_september``."""
    return make_september(store)


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
