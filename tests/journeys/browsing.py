"""A person at a browser: signs in, presses what is written, takes files along; complaints of scripts are heard."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, ViewportSize, expect

from provider.staff.rules import PHONE_ROLES
from tests.journeys.cast import PASSWORD, Part
from tests.journeys.running import House

DESK: Final[ViewportSize] = {"width": 1280, "height": 800}
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
PATIENCE_MS: Final = 60_000
"""The machine of the tests may be busy; a person would wait too."""
PAPER_MS: Final = 240_000
"""Papers of hundreds of people take longer."""

ALBUM: Final = os.environ.get("CHITRA_ALBUM", "")
"""A folder for a picture of every stop, to look at; empty for none."""

expect.set_options(timeout=PATIENCE_MS)


class Visitor:
    """Somebody at a browser of their own (no shared cookies)."""

    def __init__(self, browser: Browser, house: House, *, small: bool = False, scripts: bool = True) -> None:
        self.house = house
        self.context = browser.new_context(
            base_url=house.address,
            viewport=PHONE if small else DESK,
            device_scale_factor=2 if small else 1,
            has_touch=small,
            locale="vi-VN",
            java_script_enabled=scripts,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._see)

    def go(self, address: str) -> int:
        """Open an address of the house; the status of its answer."""
        answer = self.page.goto(address)
        assert answer is not None, address
        return answer.status

    def sign_in(self, login: str, password: str = PASSWORD) -> "Visitor":
        """Come in by the door that people use."""
        self.go("/sign-in")
        self.page.get_by_label("Tên đăng nhập").fill(login)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.press("Đăng nhập")
        expect(self.page).not_to_have_url(re.compile("/sign-in"))
        return self

    def button(self, words: str | re.Pattern[str]) -> Locator:
        """The one button with these words that can be seen."""
        return self.page.get_by_role("button", name=words).filter(visible=True)

    def press(self, words: str | re.Pattern[str]) -> None:
        """Press the button with these words."""
        self.button(words).click()

    def confirm(self, question: str | re.Pattern[str], deed: str | re.Pattern[str]) -> None:
        """Open the question of a deed and answer it."""
        self.page.locator("summary").filter(has_text=question).click()
        self.press(deed)

    def follow(self, words: str | re.Pattern[str]) -> None:
        """Follow the link with these words."""
        self.page.get_by_role("link", name=words).filter(visible=True).first.click()

    def told(self, words: str | re.Pattern[str]) -> None:
        """The page says this."""
        expect(self.page.locator("body")).to_contain_text(words)

    def download(self, press: Callable[[], None]) -> bytes:
        """The file that pressing brings."""
        self.page.set_default_timeout(PAPER_MS)
        with self.page.expect_download(timeout=PAPER_MS) as coming:
            press()
        self.page.set_default_timeout(PATIENCE_MS)
        return Path(coming.value.path()).read_bytes()

    def picture(self, name: str, *, both: bool = True) -> None:
        """Keep a picture of this stop in the album, at the size of a phone and of a desk, when there is an album."""
        if not ALBUM:
            return
        before = self.page.viewport_size
        sizes = {"desk": DESK, "phone": PHONE} if both else {"phone": PHONE}
        for size, viewport in sizes.items():
            self.page.set_viewport_size(viewport)
            height = min(int(self.page.evaluate("document.documentElement.scrollHeight")), 3000)
            clip = {"x": 0, "y": 0, "width": viewport["width"], "height": height}
            self.page.screenshot(path=Path(ALBUM) / f"{name}-{size}.png", full_page=True, clip=clip)
        if before:
            self.page.set_viewport_size(before)

    def leave(self) -> None:
        """Close the browser; nothing may have gone wrong in it."""
        self.context.close()
        assert not self.complaints, "\n".join(self.complaints)

    def _hear(self, message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text  # refusals are looked at where they are expected
        if message.type in ("error", "warning") and not refused:
            self.complaints.append(f"console: {message.text} ({self.page.url})")

    def _see(self, answer: Response) -> None:
        if answer.status >= 500:
            self.complaints.append(f"{answer.status} {answer.request.method} {answer.url}\n{self.house.said()}")


def is_small(part: Part) -> bool:
    """Whether this person works on a phone."""
    return part.role in PHONE_ROLES
