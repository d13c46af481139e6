"""The last chapters: transfers, cut-off, settlement, and what the agency sees of it."""

import io
import re
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader, PdfWriter

from provider.figures import count, dong
from provider.money import Money
from tests.journeys.browsing import PAPER_MS, Visitor
from tests.journeys.cast import HOME_AGENCY
from tests.journeys.preparing import PEOPLE, TOTAL
from tests.papers.read_back import codes, pictures, texts

MONTH = f"/settlement/{HOME_AGENCY}/2024-09"


def build_batch(accountant: Visitor) -> str:
    """Everything that may go to accounts; the address of the batch."""
    accountant.go("/transfers/")
    accountant.picture("transfers")
    accountant.confirm("Lập lô chuyển khoản", re.compile(r"Lập lô [\d.]+ khoản"))
    accountant.told("Người thứ hai phải duyệt")
    expect(accountant.button(re.compile("Duyệt chuyển"))).to_have_count(0)
    return accountant.page.url


def release_batch(controller: Visitor, batch: str) -> None:
    """The second person lets it go."""
    controller.go(batch)
    controller.confirm("Duyệt gửi ngân hàng", re.compile("Duyệt chuyển"))
    controller.told("Đã duyệt.")
    controller.picture("batch")


def mark_paid(accountant: Visitor, batch: str) -> Money:
    """The bank paid every line; how much that was."""
    accountant.go(batch)
    button = accountant.button(re.compile("Ghi đã chuyển"))
    amount = Money.read(button.inner_text().rpartition(", ")[2])
    accountant.page.get_by_label(re.compile("Số chứng từ hoặc mã giao dịch")).fill("FT24249 0001")
    button.click()
    accountant.told("khoản chuyển thành công")
    return amount


def cut_off(accountant: Visitor) -> Money:
    """Nothing more is paid of this month: one payout goes back to the agency, the others over; what goes back."""
    accountant.go(MONTH)
    accountant.picture("settlement-before")
    row = accountant.page.locator("#cut-off tbody tr").first
    row.get_by_role("checkbox").check()
    back = Money.read(row.locator(".is-money").inner_text())
    accountant.press(re.compile("Chốt kỳ"))
    accountant.told(re.compile(r"Đã chốt kỳ: [\d.]+ khoản chuyển kỳ sau, 1 khoản hoàn trả"))
    return back


def draw_up(accountant: Visitor) -> None:
    """The settlement with its papers; the page says by itself when they are ready."""
    accountant.press("Lập bảng kê quyết toán")
    accountant.told(re.compile("Đã lập bảng (kê )?quyết toán"))
    for name in ("Bảng kê (PDF)", "Bảng kê (Excel)", "Đề nghị thanh toán phí", "Danh sách chưa nhận"):
        expect(accountant.page.get_by_role("link", name=name)).to_be_visible(timeout=PAPER_MS)
    accountant.picture("settlement-drawn-up")
    expect(accountant.page.locator("body")).not_to_contain_text("Xác nhận quyết toán")


def confirm(controller: Visitor) -> None:
    """The second person compares and confirms; the month is locked."""
    controller.go(MONTH)
    controller.confirm("Xác nhận quyết toán", "Xác nhận và khóa kỳ")
    controller.told("kỳ chi trả đã khóa")
    controller.picture("settlement-confirmed")


def see_progress(officer: Visitor, paid: Money) -> None:
    """The agency sees how far its months are."""
    officer.go("/progress")
    officer.page.get_by_label("Tháng").select_option("2024-09")
    officer.press("Xem")
    officer.told(dong(TOTAL))
    officer.told(dong(paid))
    officer.picture("progress")


def take_settlement(officer: Visitor, paid: Money, back: Money, folder: Path) -> bytes:
    """The settlement as PDF and as workbook: both carry the same totals, and these are the truth."""
    officer.go("/settlement/")
    officer.picture("settlements")
    officer.page.get_by_role("link", name="Tháng 09/2024").click()
    pdf = officer.download(lambda: officer.follow("Bảng kê (PDF)"))
    xlsx = officer.download(lambda: officer.follow("Bảng kê (Excel)"))
    told = " ".join(texts(pdf))
    sheets = load_workbook(io.BytesIO(xlsx), data_only=True).worksheets
    cells = {cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}
    for amount in (TOTAL, paid, back, TOTAL - paid - back):
        assert dong(amount).removesuffix(" đ") in told, f"the PDF says nowhere {dong(amount)}"
        assert amount.dong in cells, f"the workbook says nowhere {dong(amount)}"
    assert count(PEOPLE) in told
    (folder / "settlement").mkdir(exist_ok=True)
    by_one, by_another = codes(pictures(_last_page(pdf), folder / "settlement")[0])
    assert by_one == by_another
    assert len(by_one) == 1
    assert "CT1" in by_one[0]
    return pdf


def _last_page(pdf: bytes) -> bytes:
    """The signed page alone, where the code stands."""
    kept, page = io.BytesIO(), PdfWriter()
    page.add_page(PdfReader(io.BytesIO(pdf)).pages[-1])
    page.write(kept)
    return kept.getvalue()


def sees_nothing(stranger: Visitor, papers: str) -> None:
    """The officer of the district next door."""
    assert stranger.go(MONTH) == 404
    assert stranger.go(papers) == 404
    assert stranger.go("/lists/1") == 404
    assert stranger.go("/payouts/1") == 404
    for address in ("/progress", "/settlement/", "/lists/", "/payouts"):
        stranger.go(address)
        expect(stranger.page.locator("main")).not_to_contain_text("thị xã Quảng Trị")
    stranger.picture("stranger")
