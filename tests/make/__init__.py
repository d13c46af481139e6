"""Builders: the same office, the same agency and the same few people in all tests.

Each builder makes what is missing below it and gives back what is already there, so a test names only what it is
about::

    payout = make_payout(session, make_person(session, "Lê Thị Hoa"), amount=540_000)

Builders put rows where they belong and use services only where the books would not be true otherwise.
"""

from tests.make.month import (
    FIRST_PAYDAY,
    SEPTEMBER,
    make_cash,
    make_funds,
    make_opening,
    make_payout,
    make_period,
    make_point,
)
from tests.make.registers import (
    COMMUNES,
    PEOPLE,
    WORKERS,
    actor,
    make_actor,
    make_agency,
    make_benefit,
    make_commune,
    make_contract,
    make_district,
    make_office,
    make_payee,
    make_person,
    make_staff,
    make_unit,
    make_way,
)

__all__ = [
    "COMMUNES",
    "FIRST_PAYDAY",
    "PEOPLE",
    "SEPTEMBER",
    "WORKERS",
    "actor",
    "make_actor",
    "make_agency",
    "make_benefit",
    "make_cash",
    "make_commune",
    "make_contract",
    "make_district",
    "make_funds",
    "make_office",
    "make_opening",
    "make_payee",
    "make_payout",
    "make_period",
    "make_person",
    "make_point",
    "make_staff",
    "make_unit",
    "make_way",
]
