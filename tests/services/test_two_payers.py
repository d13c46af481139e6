"""Eight payers hand out to the same people at the same moment: on either engine everybody is paid once."""

import random
import threading
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider.agreements.rules import Programme
from provider.audit.actor import Actor
from provider.db import Store
from provider.errors import Refusal
from provider.ledger.models import Entry, EntryKind
from provider.money import Money
from provider.payday import safe
from provider.payday.models import Handout, HandoutLine
from provider.payday.rules import payable_now
from provider.payday.service import hand_out
from provider.payday.till import open_till
from provider.payday.waiting import waiting_of
from provider.payouts.lifecycle import State
from provider.payouts.models import Payout, Period
from provider.places.models import PostOffice
from provider.staff.rules import Role
from tests.make import make_actor, make_cash, make_opening, make_payout, make_period, make_person, make_staff

PAYERS, PEOPLE, AMOUNT = 8, 12, 500_000


@dataclass
class Seen:
    """What the threads met with."""

    paid: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    escaped: list[BaseException] = field(default_factory=list)


def ready(store: Store) -> tuple[list[tuple[int, Actor]], list[int]]:
    """Payers with full tills at one opening, and the people expected there, each with two allowances."""
    with store.write() as session:
        payouts: list[Payout] = []
        for number in range(PEOPLE):
            person = make_person(session, f"Người Thứ {number}")
            payouts += [
                make_payout(session, person, amount=AMOUNT, period=make_period(session, programme))
                for programme in (Programme.BTXH, Programme.NCC)
            ]
        staff = [make_staff(session, Role.POINT_STAFF, login=f"diem{number}") for number in range(PAYERS)]
        opening = make_opening(session, staff=staff[0], payouts=tuple(payouts))
        cashier = make_actor(session, Role.CASHIER)
        share = Money(2 * PEOPLE * AMOUNT // PAYERS)
        make_cash(session, amount=2 * PEOPLE * AMOUNT)
        office_id = session.scalars(select(PostOffice.id).where(PostOffice.code == "TXQT")).one()
        tills = []
        for person in staff:
            advance = safe.issue_advance(
                session, office_id=office_id, staff_id=person.id, amount=share, opening_id=opening.id, by=cashier
            )
            actor = Actor(person.id, person.name, person.role.value)
            tills.append((open_till(session, advance.id, counted=share, by=actor).id, actor))
        return tills, list(dict.fromkeys(payout.person_id for payout in payouts))


def pay(store: Store, till_id: int, actor: Actor, people: list[int], seen: Seen, start: threading.Barrier) -> None:
    """Look at each person's card, then hand out what stands on it."""
    start.wait(timeout=30)
    for person_id in people:
        try:
            with store.read() as session:
                due = payable_now(waiting_of(session, person_id, office_id=_office(session)))
            with store.write() as session:
                given = hand_out(
                    session,
                    till_id=till_id,
                    person_id=person_id,
                    payout_ids=[one.payout_id for one in due],
                    total=Money.sum(one.amount for one in due),
                    by=actor,
                )
                number = given.id
            seen.paid.append(number)
        except Refusal as refusal:
            seen.refused.append(refusal.code)
        except Exception as trouble:
            seen.escaped.append(trouble)


def _office(session: Session) -> int:
    return session.scalars(select(Period.office_id).limit(1)).one()


@pytest.mark.slow
def test_eight_payers_pay_everybody_once_and_nobody_sees_a_lock(store: Store) -> None:
    tills, people = ready(store)
    seen, start = Seen(), threading.Barrier(PAYERS)
    choose = random.Random(8)
    threads = [
        threading.Thread(
            target=pay, args=(store, till_id, actor, choose.sample(people, len(people)), seen, start), daemon=True
        )
        for till_id, actor in tills
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not seen.escaped, seen.escaped[:3]
    assert set(seen.refused) <= {"already_paid", "nothing_to_pay", "card_is_stale", "till_too_low"}
    with store.read() as session:
        paid = session.scalar(select(func.count()).where(Payout.state == State.PAID))
        times = select(Entry.payout_id, func.count()).where(Entry.kind == EntryKind.PAYMENT).group_by(Entry.payout_id)
        payments = {row[0]: row[1] for row in session.execute(times)}
        handouts = list(session.scalars(select(Handout.id)))
        lines = session.scalar(select(func.count()).select_from(HandoutLine))
    assert set(payments.values()) == {1}
    assert paid == len(payments) == lines == 2 * len(handouts)
    assert sorted(seen.paid) == sorted(handouts)
    assert len(seen.paid) + len(seen.refused) == PAYERS * PEOPLE
    assert len(handouts) >= PEOPLE - PAYERS  # a till that runs low may leave somebody for the next morning
