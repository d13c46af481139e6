"""Several payers press at the same moment: one of them pays, the others hear who did."""

import threading
from collections import Counter

from sqlalchemy import func, select

from provider.audit.actor import Actor
from provider.db import Store
from provider.errors import Refusal
from provider.ledger.models import Entry, EntryKind
from provider.money import Money
from provider.payday.models import Handout, Till
from provider.payday.safe import issue_advance
from provider.payday.service import hand_out
from provider.payday.till import open_till
from provider.staff.rules import Role
from tests.make import (
    actor,
    make_cash,
    make_funds,
    make_office,
    make_payout,
    make_period,
    make_person,
    make_staff,
)

PAYERS = 6
PEOPLE = ("Nguyễn Thị Bưởi", "Trần Văn Đức", "Lê Thị Hoa")


def test_six_counters_pay_the_same_three_people_and_nobody_is_paid_twice(store: Store) -> None:
    with store.write() as session:
        due = [make_payout(session, make_person(session, name)) for name in PEOPLE]
        office, cashier = make_office(session), actor(make_staff(session, Role.CASHIER))
        make_funds(session, make_period(session), 20_000_000)
        make_cash(session, office, 20_000_000)
        tills: list[tuple[Till, Actor]] = []
        for number in range(PAYERS):
            payer = make_staff(session, Role.POINT_STAFF, login=f"diem{number}", name=f"Người Chi {number}")
            amount = Money(2_000_000)
            advance = issue_advance(session, office_id=office.id, staff_id=payer.id, amount=amount, by=cashier)
            tills.append((open_till(session, advance.id, counted=amount, by=actor(payer)), actor(payer)))
    heard: Counter[str] = Counter()
    start = threading.Barrier(PAYERS)

    def pay_everybody(till: Till, by: Actor) -> None:
        start.wait()
        for payout in due:
            try:
                with store.write() as session:
                    hand_out(
                        session,
                        till_id=till.id,
                        person_id=payout.person_id,
                        payout_ids=[payout.id],
                        total=payout.amount,
                        by=by,
                    )
                heard["paid"] += 1
            except Refusal as refusal:
                heard[refusal.code] += 1

    phones = [threading.Thread(target=pay_everybody, args=each) for each in tills]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert heard == {"paid": len(due), "already_paid": len(due) * (PAYERS - 1)}
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Handout)) == len(due)
        assert session.scalar(select(func.count()).where(Entry.kind == EntryKind.PAYMENT)) == len(due)
