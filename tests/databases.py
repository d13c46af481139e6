"""A fresh database for each test: made once with all its tables, then copied."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from provider import migrate
from provider.db import Store

SERVER = os.environ.get("TEST_DATABASE_URL", "")
"""A PostgreSQL server where databases may be made and thrown away; empty for SQLite."""


class Databases(Protocol):
    """Where fresh databases come from."""

    def fresh(self) -> Store:
        """A store of its own, with all tables and nothing in them."""

    def throw_away(self, store: Store) -> None:
        """Close a store and forget what was in it."""


class OnSqlite:
    """Copies one file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0
        self.template = folder / "template.sqlite3"
        store = Store(f"sqlite:///{self.template}")
        migrate.upgrade(store.engine)
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()

    def fresh(self) -> Store:
        self.count += 1
        copy = self.folder / f"{self.count}.sqlite3"
        shutil.copyfile(self.template, copy)
        return Store(f"sqlite:///{copy}")

    def throw_away(self, store: Store) -> None:
        store.close()
        for left in self.folder.glob(Path(store.engine.url.database or "").name + "*"):
            left.unlink()


class OnPostgres:
    """Lets the server copy a template database."""

    def __init__(self, server: str, worker: str) -> None:
        self.url, self.worker, self.count = make_url(server), worker, 0
        self.server = create_engine(self.url, isolation_level="AUTOCOMMIT")
        self.template = f"template_{worker}"
        self._say(f'DROP DATABASE IF EXISTS "{self.template}" WITH (FORCE)')
        self._say(f'CREATE DATABASE "{self.template}"')
        store = self._store(self.template)
        migrate.upgrade(store.engine)
        store.close()

    def fresh(self) -> Store:
        self.count += 1
        copy = f"test_{self.worker}_{self.count}"
        self._say(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        self._say(f'CREATE DATABASE "{copy}" TEMPLATE "{self.template}" STRATEGY FILE_COPY')
        return self._store(copy)

    def throw_away(self, store: Store) -> None:
        store.close()
        self._say(f'DROP DATABASE "{store.engine.url.database}" WITH (FORCE)')

    def _store(self, name: str) -> Store:
        return Store(self.url.set(database=name).render_as_string(hide_password=False))

    def _say(self, statement: str) -> None:
        with self.server.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def databases(folder: Path, worker: str) -> Iterator[Databases]:
    """Fresh databases on the engine that TEST_DATABASE_URL names."""
    if not SERVER:
        yield OnSqlite(folder)
        return
    source = OnPostgres(SERVER, worker)
    try:
        yield source
    finally:
        source._say(f'DROP DATABASE IF EXISTS "{source.template}" WITH (FORCE)')
        source.server.dispose()
