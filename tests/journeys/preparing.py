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
from tests.journeys.cast import COLLEAGUE, COURIER, PAYER
from tests.papers.read_back import codes, pictures, texts

LISTS: Final = Path(__file__).resolve().parents[1] / "files" / "lists"
FILES: Final = {"BTXH": "btxh_2024-09.xlsx", "NCC": "ncc_2024-09.xls"}
COMMUNE: Final = "Phường An Đôn"
"""The commune whose opening the journey lives through: the smallest, so that its papers are printed soon."""

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
    moved: str = ""
    """Who was moved by hand from the opening to a home visit."""
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


def move_one_by_hand(accountant: Visitor) -> str:
    """Somebody of the opening's commune asks to be visited: the accountant moves the payout, and says why."""
    page = accountant.page
    accountant.go("/payouts")
    page.get_by_label("Xã, phường").select_option(label=COMMUNE)
    page.get_by_label("Hình thức").select_option("cash_point")
    accountant.press("Xem")
    expect(page).to_have_url(re.compile("channel=cash_point"))
    row = page.locator("tbody tr").first
    name = row.get_by_role("link").first.inner_text()
    row.get_by_role("link").first.click()
    accountant.picture("payout")
    panel = page.locator(".panel").filter(has=page.get_by_role("heading", name="Đổi hình thức chi"))
    panel.get_by_label("Hình thức chi mới").select_option("home")
    panel.get_by_label("Lý do").fill("Mới mổ, không đi lại được; con gái báo qua điện thoại.")
    accountant.press("Đổi hình thức")
    accountant.told("Đã đổi hình thức chi.")
    accountant.told("Mới mổ, không đi lại được")
    accountant.picture("payout-moved")
    return name


def plan_openings(accountant: Visitor) -> None:
    """One opening per commune, one a day, the commune of the journey first, with hours and the two who pay."""
    page = accountant.page
    accountant.go("/openings/plan")
    page.get_by_label("Ngày đầu tiên").fill("2024-09-06")
    page.get_by_label(f"Ngày chi trả ở {COMMUNE}").fill("2024-09-05")
    page.get_by_label("Từ giờ").fill("07:30")
    page.get_by_label("Đến giờ").fill("16:30")
    for part in (PAYER, COLLEAGUE):
        page.get_by_label(part.name).check()
    accountant.picture("openings-plan")
    accountant.press("Lên lịch và chia giờ hẹn")
    accountant.told(re.compile(r"Đã lên lịch 5 phiên"))
    accountant.picture("openings")


def print_papers(accountant: Visitor, story: Story, folder: Path) -> None:
    """The slips and the roster of the first opening, as a printer would get them; the codes read from a picture."""
    page = accountant.page
    accountant.go("/openings")
    page.get_by_role("link", name=re.compile("An Đôn")).click()
    accountant.told("05/09/2024")
    story.opening = page.url
    accountant.picture("opening")
    story.roster_pdf = accountant.download(lambda: accountant.follow("In danh sách ký nhận"))
    assert "Phường An Đôn" in texts(story.roster_pdf)[0]
    accountant.follow("In giấy báo lĩnh tiền")
    accountant.picture("slips")
    story.slips_pdf = accountant.download(lambda: accountant.press(re.compile("Tải tệp in")))
    first = pictures(story.slips_pdf, folder, dpi=200, pages=1)[0]
    by_one, by_another = codes(first)
    assert by_one == by_another, "two independent readers of the same printed page"
    assert len(by_one) == 4, "four slips on a sheet"
    story.slips = by_one


def plan_round(accountant: Visitor, story: Story) -> None:
    """The courier goes to everybody of the commune who is visited at home; among them who was moved by hand."""
    page = accountant.page
    accountant.go("/visits/")
    page.get_by_label(re.compile(COMMUNE)).check()
    page.get_by_label("Người đi chi").select_option(label=COURIER.name)
    page.get_by_label("Ngày đi").fill("2024-09-05")
    accountant.picture("visits")
    accountant.press("Lập tuyến")
    accountant.told("Đã lập tuyến chi tại nhà.")
    expect(page.locator("tbody")).to_contain_text(story.moved)
    accountant.picture("round")
