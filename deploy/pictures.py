"""Pictures of the house for its README, taken from a demo month that runs for this alone: ``make pictures``."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.journeys.browsing import Visitor
from tests.journeys.conftest import CHROMIUM, OPTIONS
from tests.journeys.demo import DemoHouse

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PEOPLE = 240
WIDTH = 880
MOST_BYTES = 120_000
PAYER, ACCOUNTANT, OFFICER = "diem3", "ketoan", "canbo"


def main() -> None:
    """Take them all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        house = DemoHouse(Path(folder), people=PEOPLE)
        try:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
            _take(house, lambda **how: Visitor(chromium, house, **how))
            chromium.close()
        finally:
            house.close()


def _take(house: DemoHouse, visitor) -> None:  # type: ignore[no-untyped-def]
    def come(login: str, **how: bool) -> Visitor:
        return visitor(**how).sign_in(login, house.sign_ins[login].passphrase)

    accountant = come(ACCOUNTANT)
    accountant.go("/lists/")
    accountant.page.locator("tbody tr", has_text="chờ nhận vào kỳ").get_by_role("link").first.click()
    accountant.page.set_viewport_size({"width": 1280, "height": 1160})
    keep("list", accountant.page.screenshot())

    payer = come(PAYER, small=True)
    queue = payer.page.screenshot()
    payer.page.locator("#queue a").first.click()
    card = payer.page.screenshot()
    payer.page.locator("[data-must-tick]").first.or_(payer.page.locator(".button-money")).scroll_into_view_if_needed()
    for point in payer.page.locator("[data-must-tick]").all():
        point.check()
    payer.page.locator(".button-money").click()
    payer.page.wait_for_url("**/payday/receipts/*")
    keep("card", beside(queue, card, payer.page.screenshot()))

    officer = come(OFFICER)
    officer.go("/progress")
    keep("progress", officer.page.screenshot())
    officer.go("/settlement/")
    officer.page.locator("tbody tr", has_text="Đã xác nhận").get_by_role("link").first.click()
    keep("settlement", first_page(officer.download(lambda: officer.follow("Bảng kê (PDF)"))))


def beside(*pictures: bytes) -> bytes:
    """Phones beside one another on a quiet ground."""
    phones = [Image.open(BytesIO(one)).convert("RGB") for one in pictures]
    gap = phones[0].width // 12
    sheet = Image.new("RGB", (sum(one.width + gap for one in phones) + gap, phones[0].height + 2 * gap), "#dfe5ee")
    left = gap
    for one in phones:
        sheet.paste(one, (left, gap))
        left += one.width + gap
    return _png(sheet)


def first_page(pdf: bytes) -> bytes:
    """The first page of a paper as a picture, with a thin edge."""
    told = ["pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-png", "-"]
    page = Image.open(BytesIO(subprocess.run(told, input=pdf, check=True, capture_output=True).stdout)).convert("RGB")
    edged = Image.new("RGB", (page.width + 4, page.height + 4), "#9aa5b4")
    edged.paste(page, (2, 2))
    return _png(edged)


def keep(name: str, picture: bytes) -> None:
    """Write it small: ``WIDTH`` pixels wide, as few colours as fit into ``MOST_BYTES``."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    if image.width > WIDTH:
        image = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
    for colours in (128, 64, 32, 16):
        content = _png(image.quantize(colours, dither=Image.Dither.NONE))
        if len(content) < MOST_BYTES:
            break
    (PICTURES / f"{name}.png").write_bytes(content)
    print(f"docs/pictures/{name}.png  {image.width} x {image.height}, {len(content)} bytes, {colours} colours")


def _png(image: Image.Image) -> bytes:
    kept = BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


if __name__ == "__main__":
    sys.exit(main())
