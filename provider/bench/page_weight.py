"""What a phone transfers: its first visit with everything a page needs, and later pages when files are kept."""

import re
from urllib.parse import urljoin

from provider.bench.browser import Browser, loads_of
from provider.bench.counter import counter
from provider.bench.grounds import ground
from provider.bench.measure import Measure, Sizes
from provider.bench.server import served

FIRST_KB, LATER_KB = 60.0, 15.0
_IMPORTED = re.compile(r"""(?:import|from)\s*\(?["'](/?[^"']+\.js[^"']*)["']|url\(\s*["']?([^"')]+)["']?\s*\)""")


def measure(engine: str, sizes: Sizes) -> list[Measure]:
    """The page of a payer in the morning, then a card, then the page again."""
    with ground(engine) as place:
        ready = counter(place, people=sizes.apart, payers=1)
        with served(place) as port:
            browser = Browser(port, ready.payers[0].token)
            kept: dict[str, int] = {}
            pages = {}
            for name, address in (
                ("first", "/payday/"),
                ("card", f"/payday/people/{ready.people[0]}"),
                ("again", "/payday/"),
            ):
                pages[name] = _visit(browser, address, kept)
            browser.close()
    later = max(pages["card"], pages["again"])
    facts = {f"{address.partition('?')[0]} B": size for address, size in kept.items()}
    return [
        _against("page, first visit", engine, pages["first"], FIRST_KB, facts),
        _against("page, later", engine, later, LATER_KB, {"card B": pages["card"], "queue B": pages["again"]}),
    ]


def _visit(browser: Browser, address: str, kept: dict[str, int]) -> int:
    """Bytes transferred for a page; what was fetched before is kept, as its address carries a fingerprint."""
    page = browser.get(address)
    if page.status != 200:
        raise RuntimeError(f"{address} answered {page.status}")
    total = page.wire
    waiting = [urljoin(address, one) for one in loads_of(page.text)]
    while waiting:
        one = waiting.pop()
        if one in kept:
            continue
        file = browser.get(one)
        kept[one] = file.wire
        total += file.wire
        if re.search(r"\.(?:js|css|mjs)(?:\?|$)", one):
            found = ["".join(groups) for groups in _IMPORTED.findall(file.text)]
            waiting += [urljoin(one, each) for each in found if not each.startswith("data:")]
    return total


def _against(name: str, engine: str, size: int, goal: float, details: dict[str, int]) -> Measure:
    kilobytes = size / 1000
    return Measure(
        name=name,
        engine=engine,
        measured=kilobytes,
        unit="kB",
        limit_name="what a slow phone loads in time",
        limit=goal,
        ratio=kilobytes / goal,
        goal=f"at most {goal:g} kB",
        is_met=kilobytes <= goal,
        details=dict(details),
    )
