"""Every screen that each role can reach, at the size of a phone and of a desk, judged by axe and by a ruler."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page

from provider.staff.rules import PHONE_ROLES
from tests.journeys.browsing import DESK, PHONE, Visitor
from tests.journeys.demo import DemoHouse

pytestmark = [pytest.mark.e2e, pytest.mark.database, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

AXE: Final = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
JUDGE: Final = """async () => {
  const told = await axe.run(document, {resultTypes: ["violations"], elementRef: false});
  return told.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) =>
    `${one.id}: ${one.help}: ` + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "));
}"""
RULER: Final = """() => {
  const least = 48, found = [];
  const across = document.scrollingElement.scrollWidth - innerWidth;
  if (across > 0) found.push(`scrolls sideways by ${across} px`);
  if (!document.body.classList.contains("phone")) return found;
  const inSentence = (one) => one.tagName === "A" && getComputedStyle(one).display === "inline"
    && one.parentElement.textContent.trim().length > one.textContent.trim().length;
  for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    const target = one.matches("[type=checkbox], [type=radio]") ? one.closest("label") ?? one : one;
    if (!target.checkVisibility({visibilityProperty: true}) || target.matches(".skip, .unseen")) continue;
    if (inSentence(one)) continue;
    const box = target.getBoundingClientRect();
    if (box.width && (box.height < least - .5 || box.width < least - .5))
      found.push(`${Math.round(box.width)} x ${Math.round(box.height)} px: ${target.outerHTML.slice(0, 160)}`);
  }
  return found;
}"""

LOGINS: Final = {
    "quantri": 2,
    "ketoan": 3,
    "kiemsoat": 2,
    "thuquy": 2,
    "diem3": 3,
    "diem4": 3,
    "buuta1": 2,
    "buuta2": 3,
    "canbo": 2,
    "giamsat": 1,
    "lanhdao": 1,
}
"""Who looks around, and how many screens of one kind (``/payouts/7``, ``/payouts/12``…) they open."""
REFUSED: Final = 409
"""A refusal is a screen too: the card of a person while no till is open."""
NO_SCREEN: Final = re.compile(r"\.(pdf|svg|xlsx)$|/file$|/papers/\d+/|^/static/|^/sign-out|^/healthz")


@pytest.mark.parametrize("login", LOGINS)
def test_every_screen_is_for_everybody(login: str, demo: DemoHouse, browser: Browser) -> None:
    who = demo.sign_ins[login]
    visitor = Visitor(browser, demo, small=who.role in PHONE_ROLES)
    visitor.sign_in(login, who.passphrase)
    wrong = [
        f"{address} at {width} px: {sentence}"
        for address in screens(visitor, each=LOGINS[login])
        for width, sentence in faults(visitor.page)
    ]
    visitor.leave()
    assert not wrong, "\n".join(wrong)


def test_the_doors_are_for_everybody(demo: DemoHouse, browser: Browser) -> None:
    visitor, wrong = Visitor(browser, demo, small=True), []
    for address in ("/sign-in", "/activate", "/v/CT1NOTHING", "/nowhere"):
        visitor.go(address)
        wrong += [f"{address} at {width} px: {sentence}" for width, sentence in faults(visitor.page)]
    visitor.leave()
    assert not wrong, "\n".join(wrong)


def screens(visitor: Visitor, *, each: int) -> Iterator[str]:
    """Open every screen that can be reached by links from the start; of one kind at most ``each``."""
    start = visitor.page.url.removeprefix(visitor.house.address)
    waiting, known, opened = [start], {start}, dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        kind = re.sub(r"\d+", "0", address.partition("?")[0])
        if opened.get(kind, 0) >= each:
            continue
        opened[kind] = opened.get(kind, 0) + 1
        status = visitor.go(address)
        assert status in (200, REFUSED), f"{address} is linked, but does not open: {status}"
        visitor.page.wait_for_load_state("networkidle")
        yield address
        for link in links(visitor.page):
            if link not in known and not NO_SCREEN.search(link.partition("?")[0]):
                known.add(link)
                waiting.append(link)


def links(page: Page) -> list[str]:
    """The addresses of this house that a page leads to."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('a[href]')].filter((one) => one.origin === location.origin && !one.download)"
        ".map((one) => one.pathname + one.search)"
    )
    return list(dict.fromkeys(found))


def faults(page: Page) -> Iterator[tuple[int, str]]:
    """What is wrong with the open screen, with everything unfolded that folds: its width and a sentence."""
    sizes: tuple[Any, ...] = (DESK, PHONE)
    page.evaluate(AXE)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for size in sizes:
        page.set_viewport_size(size)
        for sentence in page.evaluate(JUDGE):
            yield size["width"], sentence
        if size is PHONE:
            for sentence in page.evaluate(RULER):
                yield size["width"], sentence
