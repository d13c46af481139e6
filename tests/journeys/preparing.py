"""The first chapters of a month: lists, funds, channels, openings, papers."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import expect

from provider.figures import count, dong
from provider.money import Money
from tests.journeys.browsing import Visitor
from tests.journeys.cast import COLLEAGUE, PAYER

LISTS: Final = Path(__file__).resolve().parents[1] / "files" / "lists"
FILES: Final = {"BTXH": "btxh_2024-09.xlsx", "NCC": "ncc_2024-09.xls"}
AGENCY: Final = "Phòng Lao động - Thương binh và Xã hội thị xã Quảng Trị"


def _truth(programme: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((LISTS / FILES[programme]).with_suffix(".json").read_text(encoding="utf-8"))
    return truth


TRUTH: Final = {programme: _truth(programme) for programme in FILES}
PEOPLE: Final = sum(truth["rows"] for truth in TRUTH.values())
TOTAL: Final = Money.sum(Money(truth["total"]) for truth in TRUTH.values())


@dataclass
class Story:
    """What one chapter tells the next."""

    opening: str = ""
    """The address of the opening that the journey pays at."""
    commune: str = ""
    slips: list[str] = field(default_factory=list)
    """The codes on the slips, as a reader of QR codes found them in the picture of the printed page."""
    slips_pdf: bytes = b""
    roster_pdf: bytes = b""
    paid: Money = Money(0)
    settlement_pdf: bytes = b""


def take_in(accountant: Visitor, programme: str) -> None:
    """Upload the agency's file as it came, look at what was understood, accept it."""
    page, truth = accountant.page, TRUTH[programme]
    accountant.go("/lists/")
    accountant.follow("Nhận danh sách mới")
    page.get_by_label("Tệp danh sách").set_input_files(LISTS / FILES[programme])
    page.get_by_label("Cơ quan gửi").select_option(label=AGENCY)
    page.get_by_label(re.compile("Chương trình")).select_option(programme)
    page.get_by_label("Tháng chi trả").fill("09/2024")
    accountant.picture(f"list-new-{programme}")
    accountant.press("Đọc và kiểm tra tệp")
    accountant.told("Đã đọc tệp. Hãy xem lại trước khi nhận vào kỳ.")
    figures = page.locator(".figures").first
    expect(figures).to_contain_text(count(truth["rows"]))
    expect(figures).to_contain_text(dong(Money(truth["total"])))
    accountant.picture(f"list-{programme}")
    accountant.press(re.compile("Nhận .* khoản chi vào kỳ"))
    accountant.told(re.compile(r"Đã nhận vào kỳ"))


def record_funds(visitor: Visitor, programme: str) -> None:
    """The agency's money for a programme reached the deposit account."""
    page = visitor.page
    visitor.go("/payday/cash")
    form = page.locator("#funds")
    option = form.locator("option").filter(has_text=programme)
    form.get_by_label("Kỳ chi trả").select_option(option.get_attribute("value"))
    form.get_by_label("Số tiền nhận").fill(dong(Money(TRUTH[programme]["total"])).removesuffix(" đ"))
    form.get_by_label(re.compile("Chứng từ")).fill(f"GBC-{programme}-09")
    form.get_by_label("Ngày nhận").fill("2024-09-03")
    visitor.press("Ghi nhận kinh phí")
    visitor.told(f"Đã ghi nhận {dong(Money(TRUTH[programme]['total']))} kinh phí.")


def plan_channels(accountant: Visitor) -> None:
    """By rule, all payouts of the month."""
    accountant.go("/payouts")
    accountant.picture("payouts")
    accountant.follow("Xếp hình thức chi")
    accountant.confirm("Xếp hình thức chi", re.compile(r"Xếp .* khoản"))
    accountant.told(f"Đã xếp hình thức chi cho {count(PEOPLE)} khoản")
    accountant.picture("payouts-plan")
