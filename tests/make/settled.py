"""September with everything a settlement may find: paid, due, not come."""

from typing import NamedTuple

from provider.clock import Month
from provider.db import Store
from provider.payouts.lifecycle import State
from provider.settlement.closing import close_month
from provider.settlement.service import confirm, draw_up
from provider.staff.rules import Role
from tests.make import (
    SEPTEMBER,
    make_actor,
    make_agency,
    make_office,
    make_payout,
    make_person,
)

OCTOBER = SEPTEMBER.next()
KEY = b"a key for the settlements of the tests"


class House(NamedTuple):
    agency: int
    office: int
    paid: int
    due: int
    missed: int


def make_september(store: Store) -> House:
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
