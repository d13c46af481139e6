"""One payout month on two real lists, from the agency's files to the settlement, as its people live it."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from provider.figures import plain
from provider.money import Money
from provider.names import fold
from tests.journeys.browsing import Visitor
from tests.journeys.cast import (
    ACCOUNTANT,
    CASHIER,
    COLLEAGUE,
    CONTROLLER,
    COURIER,
    OFFICER,
    PAYER,
    STRANGER,
)
from tests.journeys.closing import (
    build_batch,
    confirm,
    cut_off,
    draw_up,
    mark_paid,
    release_batch,
    see_progress,
    sees_nothing,
    take_settlement,
)
from tests.journeys.conftest import Arrival
from tests.journeys.paying import (
    agree_to_undo,
    ask_undo,
    check_receipt,
    choose,
    close_till,
    draw_cash,
    expected_people,
    hand_out,
    look_for,
    prepare_advance,
    take_over,
    visit_a_door,
)
from tests.journeys.preparing import (
    FILES,
    Story,
    move_one_by_hand,
    plan_channels,
    plan_openings,
    plan_round,
    print_papers,
    record_funds,
    take_in,
)
from tests.journeys.running import House

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

ADVANCE, ROUND = Money(200_000_000), Money(90_000_000)


def test_a_month_goes_from_the_lists_to_the_settlement(house: House, arrive: Arrival, tmp_path: Path) -> None:
    story = Story()
    house.on("2024-09-03T08:00")
    _the_month_is_prepared(arrive, story, tmp_path)
    house.on("2024-09-05T07:15")
    _the_day_is_paid(house, arrive, story)
    house.on("2024-09-26T08:00")
    _the_month_is_closed(arrive, story, tmp_path)
    assert json.loads(house.command("check-books", "--json")) == {"holds": True, "differences": []}


def _the_month_is_prepared(arrive: Arrival, story: Story, folder: Path) -> None:
    accountant = arrive(ACCOUNTANT)
    for programme in FILES:
        take_in(accountant, programme)
    for programme in FILES:
        record_funds(accountant, programme)
    plan_channels(accountant)
    story.moved = move_one_by_hand(accountant)
    plan_openings(accountant)
    plan_round(accountant, story)
    print_papers(accountant, story, folder)


def _the_day_is_paid(house: House, arrive: Arrival, story: Story) -> None:
    cashier = arrive(CASHIER)
    draw_cash(cashier, Money(400_000_000))
    prepare_advance(cashier, PAYER, "An Đôn", ADVANCE)
    prepare_advance(cashier, COURIER, "Chi tại nhà", ROUND)

    payer = arrive(PAYER)
    take_over(payer, ADVANCE)
    *_, by_digits, by_name = expected_people(house)
    by_slip = _pay_by_slip(payer, story.slips[0])
    look_for(payer, fold(by_name.name))
    payer.picture("found")
    choose(payer, by_name)
    hand_out(payer)
    check_receipt(payer, arrive(small=True), by_name)
    look_for(payer, by_digits.id_number[-6:])
    choose(payer, by_digits)
    receipt = hand_out(payer)
    _refused_slips(payer, story.slips[0])

    ask_undo(payer, receipt)
    agree_to_undo(arrive(COLLEAGUE))
    payer.go(receipt)
    payer.told("đã bị hủy")
    payer.picture("undone")
    look_for(payer, fold(by_digits.name))
    choose(payer, by_digits)
    hand_out(payer)

    at_the_point = by_slip + by_name.amount + by_digits.amount
    close_till(payer, ADVANCE - at_the_point)
    story.paid = at_the_point + visit_a_door(arrive(COURIER), ROUND)
    accountant, controller = arrive(ACCOUNTANT), arrive(CONTROLLER)
    batch = build_batch(accountant)
    release_batch(controller, batch)
    story.paid += mark_paid(accountant, batch)


def _pay_by_slip(payer: Visitor, slip: str) -> Money:
    """Scanned, read, paid with an impatient finger: one payment; how much."""
    look_for(payer, slip)
    expect(payer.page).to_have_url(re.compile(r"/payday/people/\d+$"))
    payer.picture("card")
    amount = Money.read(payer.page.locator(".money-huge").inner_text())
    hand_out(payer, twice=True)
    payer.picture("receipt")
    expect(payer.page.locator("#till-left")).to_contain_text(plain(ADVANCE - amount))
    expect(payer.page.locator("#payout-counter")).to_contain_text("1/203")
    return amount


def _refused_slips(payer: Visitor, slip: str) -> None:
    """An altered slip is refused as such; a paid one says who paid it, and when."""
    look_for(payer, slip[:-1] + ("0" if slip[-1] != "0" else "1"))
    payer.told("không do Bưu điện cấp hoặc đã bị sửa")
    payer.picture("forged")
    look_for(payer, slip)
    for words in ("lúc 07:15 05/09/2024", PAYER.name, "BN2409-000001"):
        expect(payer.page.locator("#result")).to_contain_text(words)
    payer.picture("already-paid")


def _the_month_is_closed(arrive: Arrival, story: Story, folder: Path) -> None:
    accountant = arrive(ACCOUNTANT)
    back = cut_off(accountant)
    draw_up(accountant)
    confirm(arrive(CONTROLLER))
    officer = arrive(OFFICER)
    see_progress(officer, story.paid)
    take_settlement(officer, story.paid, back, folder)
    sees_nothing(arrive(STRANGER), "/settlement/papers/1/pdf")
