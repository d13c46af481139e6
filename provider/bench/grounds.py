"""Temporary databases with tables and reference data, thrown away afterwards; never the house's own."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from provider import migrate as numbered_changes
from provider.agreements.first_parties import take_in_reference
from provider.audit.actor import SYSTEM
from provider.config import read_settings
from provider.db import Store
from provider.places.service import take_in_units
from provider.points.reference import take_in_points


@dataclass(frozen=True, slots=True)
class Ground:
    """A temporary database: its store, its address, and a folder for files beside it."""

    engine: str
    store: Store
    url: str
    folder: Path


def engines() -> list[str]:
    """SQLite always; PostgreSQL too where DATABASE_URL names one."""
    given = os.environ.get("DATABASE_URL", "")
    return ["sqlite", "postgresql"] if given.startswith("postgres") else ["sqlite"]


@contextmanager
def ground(engine: str = "sqlite") -> Iterator[Ground]:
    """A fresh house without people. On PostgreSQL the role must be allowed to create a database."""
    with tempfile.TemporaryDirectory(prefix="chitra-bench-") as place:
        folder = Path(place)
        if engine == "sqlite":
            yield from _prepared(Ground(engine, Store(url := f"sqlite:///{folder / 'bench.sqlite3'}"), url, folder))
            return
        server = make_url(read_settings().database_url)
        fresh = server.set(database=f"chitra_bench_{secrets.token_hex(4)}")
        _say(server.render_as_string(hide_password=False), f'CREATE DATABASE "{fresh.database}"')
        try:
            url = fresh.render_as_string(hide_password=False)
            yield from _prepared(Ground(engine, Store(url), url, folder))
        finally:
            _say(server.render_as_string(hide_password=False), f'DROP DATABASE "{fresh.database}" WITH (FORCE)')


def _prepared(fresh: Ground) -> Iterator[Ground]:
    try:
        numbered_changes.upgrade(fresh.store.engine)
        with fresh.store.write() as session:
            take_in_units(session, by=SYSTEM)
        with fresh.store.write() as session:
            take_in_reference(session, by=SYSTEM)
            take_in_points(session, by=SYSTEM)
        yield fresh
    finally:
        fresh.store.close()


def _say(url: str, statement: str) -> None:
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.execute(text(statement))
    finally:
        server.dispose()
