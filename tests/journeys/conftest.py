"""What a journey starts from: the system's browser, and a house with its people and no lists yet."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from deploy.translations import compile_all
from tests.journeys.browsing import Visitor, is_small
from tests.journeys.cast import Part, appoint_everybody
from tests.journeys.demo import DemoHouse
from tests.journeys.running import House

CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--no-sandbox", "--disable-background-networking"]

Arrival = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with the country's places, the first agencies, offices and points, and everybody who works there."""
    compile_all()
    house = new_house(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoHouse]:
    """The demo month of a few people, open; what one journey does there the next one finds done."""
    compile_all()
    house = DemoHouse(tmp_path_factory.mktemp("demo"), people=90)
    yield house
    house.close()


def new_house(folder: Path) -> House:
    """Everything a new house has, closed; nobody is paid anything yet."""
    house = House(folder)
    house.command("migrate")
    store = house.store()
    appoint_everybody(store)
    store.close()
    return house


@pytest.fixture
def arrive(browser: Browser, house: House) -> Iterator[Arrival]:
    """``arrive(CASHIER)``: that person signed in at a browser of their own; all leave without complaints."""
    present: list[Visitor] = []

    def come(part: Part | None = None, *, small: bool | None = None, scripts: bool = True) -> Visitor:
        on_phone = small if small is not None else part is not None and is_small(part)
        visitor = Visitor(browser, house, small=on_phone, scripts=scripts)
        present.append(visitor)
        return visitor.sign_in(part.login) if part else visitor

    yield come
    for number, visitor in enumerate(present, start=1):
        visitor.picture(f"end-{number}")
    for visitor in present:
        visitor.leave()
