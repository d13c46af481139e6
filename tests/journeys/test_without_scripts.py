"""With scripts switched off everything that must go on goes on: sign-in, find, hand out, upload."""

import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browsing import Visitor
from tests.journeys.demo import DemoHouse

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

LISTS: Final = Path(__file__).resolve().parents[1] / "files" / "lists"
PAYER, ACCOUNTANT = "diem3", "ketoan"


def _arrive(browser: Browser, demo: DemoHouse, login: str, *, small: bool) -> Visitor:
    visitor = Visitor(browser, demo, small=small, scripts=False)
    return visitor.sign_in(login, demo.sign_ins[login].passphrase)


def test_a_payer_finds_a_person_and_hands_out(demo: DemoHouse, browser: Browser) -> None:
    payer = _arrive(browser, demo, PAYER, small=True)
    page = payer.page
    expect(page.locator("#till-left")).to_be_visible()
    name = page.locator("#queue .person-row-name").first.inner_text().partition(". ")[2]
    page.locator("#q").fill(name)
    payer.press("Tìm")
    if not re.search(r"/payday/people/\d+$", page.url):
        page.locator(".found").get_by_role("link", name=re.compile(re.escape(name))).first.click()
    expect(page.locator("#result")).to_contain_text(name)
    for point in page.locator("[data-must-tick]").all():
        point.check()
    page.locator(".button-money").click()
    expect(page).to_have_url(re.compile(r"/payday/receipts/\d+"))
    payer.told(name)
    payer.leave()


def test_an_accountant_uploads_a_list(demo: DemoHouse, browser: Browser) -> None:
    accountant = _arrive(browser, demo, ACCOUNTANT, small=False)
    page = accountant.page
    accountant.go("/lists/")
    accountant.follow("Nhận danh sách mới")
    _send(accountant, "btxh_2024-10.xlsx", "10/2024")
    expect(page.locator(".problem-summary")).to_contain_text("đã chốt")
    _send(accountant, "btxh_2024-09.xlsx", "09/2024")
    expect(page).to_have_url(re.compile(r"/lists/\d+$"))
    accountant.told("Đối chiếu số cộng")
    accountant.leave()


def _send(accountant: Visitor, name: str, month: str) -> None:
    accountant.page.get_by_label("Tệp danh sách").set_input_files(LISTS / name)
    accountant.page.get_by_label("Tháng chi trả").fill(month)
    accountant.press("Đọc và kiểm tra tệp")
