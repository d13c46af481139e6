"""One payout month on two real lists, from the agency's files to the settlement, as its people live it."""

import pytest

from tests.journeys.cast import ACCOUNTANT, CASHIER
from tests.journeys.conftest import Arrival
from tests.journeys.preparing import FILES, Story, plan_channels, record_funds, take_in
from tests.journeys.running import House

pytestmark = [pytest.mark.e2e, pytest.mark.database, pytest.mark.slow, pytest.mark.xdist_group("journeys")]


def test_a_month_goes_from_the_lists_to_the_settlement(house: House, arrive: Arrival) -> None:
    story = Story()
    house.on("2024-09-03T08:00")
    accountant = arrive(ACCOUNTANT)
    for programme in FILES:
        take_in(accountant, programme)
    for programme in FILES:
        record_funds(accountant, programme)
    plan_channels(accountant)
