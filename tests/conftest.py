"""What every test may ask for: a fresh database, the house, a judging client, a stopped clock, the same few people."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from jinja2 import Undefined

from deploy.translations import compile_all
from provider import clock as house_clock
from provider.clock import Stopped
from provider.config import Settings
from provider.db import Store
from tests.databases import Databases, databases

if TYPE_CHECKING:
    from flask import Flask

    from provider.staff.models import Staff
    from provider.staff.rules import Role
    from tests.browser import JudgingClient

TEN_O_CLOCK = "2024-09-05T10:00"
"""The first payday of September 2024, in Việt Nam."""

SETTINGS = Settings(database_url="sqlite://", secret="a secret of the tests only, long enough to be one")


class NotThere(Undefined):
    """A template may ask whether something is there; printing or walking through what is not there fails the test."""

    __str__ = __iter__ = __len__ = __add__ = __radd__ = Undefined._fail_with_undefined_error  # type: ignore[assignment]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for the store is worth running on PostgreSQL too."""
    for item in items:
        if "store" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def _databases(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Databases]:
    with databases(tmp_path_factory.mktemp("databases"), worker_id) as source:
        yield source


@pytest.fixture
def clock() -> Iterator[Stopped]:
    """The clock, stopped at ten o'clock on 05/09/2024; ``clock.forward(minutes=5)`` moves it."""
    with house_clock.stopped(TEN_O_CLOCK) as stopped:
        yield stopped


@pytest.fixture
def store(_databases: Databases, clock: Stopped) -> Iterator[Store]:
    """A database of its own, with all tables and nothing in them."""
    fresh = _databases.fresh()
    yield fresh
    _databases.throw_away(fresh)


@pytest.fixture(scope="session")
def built() -> "Flask":
    """The house is built once; each test brings its own database."""
    from provider import create_app

    compile_all()
    app = create_app(SETTINGS, Store("sqlite://"))
    app.config.update(TESTING=True, PROPAGATE_CRASHES=True)
    app.jinja_env.undefined = NotThere
    return app


@pytest.fixture
def app(built: "Flask", store: Store) -> "Flask":
    """The whole house over this test's database; a crash fails the test instead of becoming a page."""
    built.extensions["store"] = store
    return built


@pytest.fixture
def house(app: "Flask") -> "Flask":
    """The same as ``app``."""
    return app


@pytest.fixture
def client(app: "Flask") -> "JudgingClient":
    """A browser that nobody has signed in with yet; it judges every answer (see tests/browser.py)."""
    from tests.browser import client_of

    return client_of(app)


@pytest.fixture
def sign_in(app: "Flask", store: Store) -> "Callable[[Role | Staff], JudgingClient]":
    """``sign_in(Role.ACCOUNTANT)``: a browser of its own where somebody of this role is signed in.

    Give a staff member instead of a role to say who. The password page has tests of its own.
    """
    from provider.staff import sessions
    from provider.staff.rules import Role
    from tests.browser import client_of
    from tests.make import make_staff

    def come_in(who: "Role | Staff") -> "JudgingClient":
        with store.write() as session:
            person = make_staff(session, who) if isinstance(who, Role) else who
            _row, token = sessions.begin(session, person)
        browser = client_of(app)
        browser.staff_id = person.id
        browser.set_cookie("sid", token)
        return browser

    return come_in


@pytest.fixture
def books(request: pytest.FixtureRequest) -> Iterator[None]:
    """After the test, the books must still be true: run by itself in tests/services and tests/views."""
    used = request.getfixturevalue("store") if "store" in request.fixturenames else None
    yield
    if isinstance(used, Store):
        from tests.reading import untrue_sentences

        with used.read() as session:
            untrue = untrue_sentences(session)
        assert not untrue, "the books are not true any more:\n  " + "\n  ".join(untrue)
