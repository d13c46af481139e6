"""Random paydays: whatever people do in whatever order, the books stay true and nobody is paid twice."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from provider import clock as house_clock
from provider.audit.actor import Actor
from provider.db import Store
from provider.errors import Refusal
from provider.ledger import accounts
from provider.ledger.models import EntryKind
from provider.ledger.queries import balance, sums_of_periods
from provider.ledger.service import NotEnoughMoney
from provider.money import Money
from provider.payday import queries, safe, service, tills
from provider.payday.models import Handout, Till
from provider.payday.refusals import (
    AlreadyPaid,
    CountDiffers,
    ExpectedElsewhere,
    NothingToPay,
    PersonHasDied,
    RepresentativeExpired,
    RepresentativeUnknown,
    TillIsClosed,
    TillNotYours,
    TillTooLow,
    UndoAlreadyAsked,
    UndoAnswered,
    UndoNeedsAnother,
    UndoTooLate,
)
from provider.payday.till import close_till, open_till
from provider.payouts.lifecycle import State, StepNotPossible
from provider.payouts.models import Payout
from provider.payouts.queries import payouts
from provider.payouts.service import hold, release
from provider.recipients.rules import PayeeKind
from provider.staff.rules import Role
from tests.make import (
    PEOPLE,
    actor,
    make_actor,
    make_cash,
    make_commune,
    make_funds,
    make_office,
    make_opening,
    make_payee,
    make_payout,
    make_period,
    make_person,
    make_point,
    make_staff,
)
from tests.reading import untrue_sentences

PERSON = st.integers(0, 4)
PAYER = st.integers(0, 1)
AMOUNT = st.sampled_from([200_000, 1_000_000, 3_000_000])
BROUGHT = 20_000_000


class Payday(RuleBasedStateMachine):
    """Two openings, two payers, a cashier, five people with one or two payouts; a few of them represented."""

    fresh: Callable[[], Store]
    throw_away: Callable[[Store], None]

    def __init__(self) -> None:
        super().__init__()
        self.store = type(self).fresh()
        self.paid: dict[int, int] = {}
        """Our own account of who was paid: payout -> hand-out that stands."""

    @initialize()
    def morning(self) -> None:
        """Lists are accepted, money is there, people are invited."""
        with self.store.write() as session:
            due = {name: [make_payout(session, make_person(session, name), amount=300_000)] for name in PEOPLE}
            names = list(PEOPLE)
            for name in names[:2]:
                extra = make_period(session, "NCC")  # type: ignore[arg-type]
                due[name].append(make_payout(session, make_person(session, name), amount=1_500_000, period=extra))
            payers = [
                make_staff(session, Role.POINT_STAFF),
                make_staff(session, Role.POINT_STAFF, login="diem2", name="Cao Thị Hai"),
            ]
            second = make_point(session, make_commune(session, "Phường 2"))
            here = tuple(payout for name in names[:3] for payout in due[name])
            there = tuple(payout for name in names[3:] for payout in due[name])
            openings = [make_opening(session, payouts=here), make_opening(session, second, payouts=there)]
            self.payees = {
                0: make_payee(session, make_person(session, names[0])).id,
                3: make_payee(session, make_person(session, names[3]), valid_to=house_clock.today().replace(day=1)).id,
            }
            make_funds(session, make_period(session), BROUGHT)
            make_cash(session, amount=BROUGHT)
            self.office = make_office(session).id
            self.people = [make_person(session, name).id for name in names]
            self.payers = [actor(one) for one in payers]
            self.openings = [one.id for one in openings]
            self.cashier, self.controller = make_actor(session, Role.CASHIER), make_actor(session, Role.CONTROLLER)
        for payer in (0, 1):
            self.take_an_advance(payer, payer, 3_000_000, 0)

    def attempt(self, deed: Callable[[Any], Any], *refusals: type[Refusal]) -> Any:
        """Do it in a transaction of its own; one of these refusals leaves everything as it was."""
        try:
            with self.store.write() as session:
                return deed(session)
        except refusals:
            return None

    def till_of(self, payer: int) -> int | None:
        with self.store.read() as session:
            found = tills.open_till_of(session, self.payers[payer].staff_id or 0)
        return found.id if found else None

    @rule(payer=PAYER, place=st.integers(0, 2), amount=AMOUNT, miscounted=st.sampled_from([0, 0, 0, 1000]))
    def take_an_advance(self, payer: int, place: int, amount: int, miscounted: int) -> None:
        """The cashier prepares cash; the payer counts, rightly or not."""

        def prepare(session: Any) -> int:
            advance = safe.issue_advance(
                session,
                office_id=self.office,
                staff_id=self.payers[payer].staff_id or 0,
                amount=Money(amount),
                opening_id=self.openings[place] if place < 2 else None,
                by=self.cashier,
            )
            return int(advance.id)

        number = self.attempt(prepare, NotEnoughMoney)
        if number is None:
            return

        def take(session: Any) -> Till:
            return open_till(session, number, counted=Money(amount + miscounted), by=self.payers[payer])

        if self.attempt(take, CountDiffers, Refusal) is None:
            self.attempt(lambda session: safe.cancel_advance(session, number, by=self.cashier))

    @rule(person=PERSON)
    def pay_here(self, person: int) -> None:
        """Somebody comes to the right place, in person."""
        self.pay(0 if person < 3 else 1, person, "self", False)

    @rule(
        payer=PAYER,
        person=PERSON,
        who=st.sampled_from(["self", "self", "payee", "nobody"]),
        borrowed=st.sampled_from([False, False, True]),
    )
    def pay(self, payer: int, person: int, who: str, borrowed: bool) -> None:
        """What the card shows is handed out, to whoever stands there; sometimes from a colleague's till."""
        till_id = self.till_of(payer)
        if till_id is None:
            return
        with self.store.read() as session:
            till = tills.till(session, till_id)
            assert till is not None
            card = queries.card(session, self.people[person], till=till)
        assert card is not None
        payee = self.payees.get(person) if who == "payee" else None

        def hand_out(session: Any) -> Handout:
            return service.hand_out(
                session,
                till_id=till_id,
                person_id=self.people[person],
                payout_ids=card.payout_ids,
                total=card.total,
                collector=PayeeKind.SELF if who == "self" else PayeeKind.PROXY,
                payee_id=payee,
                by=self.payers[1 - payer] if borrowed else self.payers[payer],
            )

        refusals = (AlreadyPaid, NothingToPay, ExpectedElsewhere, TillTooLow, TillNotYours, PersonHasDied)
        given = self.attempt(hand_out, *refusals, RepresentativeUnknown, RepresentativeExpired)
        if given is None:
            return
        assert not borrowed
        assert who == "self" or (who == "payee" and person == 0)
        assert card.kind in ("pay", "care")
        for payout_id in card.payout_ids:
            assert payout_id not in self.paid, "paid twice"
            self.paid[payout_id] = given.id

    @rule(payer=PAYER, person=PERSON, reason=st.sampled_from(sorted(service.MISS_REASONS)))
    def miss(self, payer: int, person: int, reason: str) -> None:
        """Somebody was not paid."""
        till_id = self.till_of(payer)
        if till_id is None:
            return

        def note_it(session: Any) -> int:
            return service.miss(
                session, person_id=self.people[person], till_id=till_id, reason=reason, by=self.payers[payer]
            )

        self.attempt(note_it, AlreadyPaid, NothingToPay, ExpectedElsewhere)

    @rule(person=PERSON, let_go=st.sampled_from([True, True, False]))
    def hold_or_release(self, person: int, let_go: bool) -> None:
        """The office holds somebody's payouts, or lets them go again."""
        with self.store.read() as session:
            ids = [row.id for row in payouts(session, person_ids=[self.people[person]])]
        verb = release if let_go else hold
        for number in ids:
            self.attempt(
                lambda session, n=number: verb(session, n, reason="Xác minh", by=self.controller), StepNotPossible
            )

    @precondition(lambda self: self.paid)
    @rule(data=st.data(), asker=PAYER, answerer=st.sampled_from([3, 2, 1, 0]), agrees=st.booleans())
    def undo(self, data: st.DataObject, asker: int, answerer: int, agrees: bool) -> None:
        """One asks, somebody answers: another one, or the same, who may not."""
        handout = data.draw(st.sampled_from(sorted(set(self.paid.values()))))
        by: list[Actor] = [*self.payers, self.cashier, self.controller]
        asked = self.attempt(
            lambda session: service.ask_undo(session, handout, reason="Nhầm", by=self.payers[asker]).id,
            UndoTooLate,
            UndoAlreadyAsked,
        )
        if asked is None:
            return
        verb = service.confirm_undo if agrees else service.decline_undo
        done = self.attempt(
            lambda session: verb(session, asked, by=by[answerer]).id, UndoNeedsAnother, UndoAnswered, UndoTooLate
        )
        assert done is None or answerer != asker
        if done is None:
            self.attempt(lambda session: service.decline_undo(session, asked, by=self.controller))
        elif agrees:
            self.paid = {payout: given for payout, given in self.paid.items() if given != handout}

    @precondition(lambda self: len(self.paid) > 1)
    @rule(payer=PAYER, off_by=st.sampled_from([0, 0, -50_000, 10_000]))
    def close(self, payer: int, off_by: int) -> None:
        """The till is counted, rightly or not, and handed back."""
        till_id = self.till_of(payer)
        if till_id is None:
            return
        with self.store.read() as session:
            expected = balance(session, accounts.till(till_id))
        counted = max(Money(0), expected + Money(off_by))
        self.attempt(lambda session: close_till(session, till_id, counted=counted, by=self.payers[payer]))
        with self.store.read() as session:
            till = tills.till(session, till_id)
        assert till is not None
        assert till.difference == counted - expected
        self.attempt(
            lambda session: service.miss(
                session, person_id=self.people[0], till_id=till_id, reason="absent", by=self.payers[payer]
            ),
            TillIsClosed,
        )

    @invariant()
    def the_books_are_true(self) -> None:
        """Every self-check holds, both books agree with our own account, and no đồng is lost."""
        if not hasattr(self, "office"):
            return
        with self.store.read() as session:
            assert untrue_sentences(session) == []
            rows = payouts(session, person_ids=self.people)
            assert {row.id for row in rows if row.state is State.PAID} == set(self.paid)
            sums = sums_of_periods(session, {row.period_id for row in rows})
            handed = Money.sum(amount for (kind, _from, _to), amount in sums.items() if kind is EntryKind.PAYMENT)
            assert handed == Money.sum(row.amount for row in rows if row.id in self.paid)
            in_tills = Money.sum(till.left for till in tills.tills_of_office(session, None))
            assert balance(session, accounts.safe(self.office)) + in_tills + handed == Money(BROUGHT)
            assert all(session.get_one(Payout, number).state is State.PAID for number in self.paid)

    def teardown(self) -> None:
        type(self).throw_away(self.store)


@pytest.mark.slow
def test_random_days_leave_the_books_true(_databases: Any, clock: Any) -> None:  # noqa: PT019
    Payday.fresh = _databases.fresh
    Payday.throw_away = _databases.throw_away
    run_state_machine_as_test(
        Payday,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
