"""The store: where everything is kept, on SQLite or PostgreSQL, and how one transaction begins and ends.

Transactions live at the edge: ``with store.write() as session`` in a view or a command, ``store.read()`` for looking.
Services never commit. On SQLite a writing transaction takes the write lock at once (BEGIN IMMEDIATE): the driver's
default lets two processes both read "unpaid" and both pay.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Enum, Integer, MetaData, String, create_engine, event, text
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from provider.clock import Month
from provider.money import Money

BUSY_TIMEOUT_MS = 30_000

Id = BigInteger().with_variant(Integer, "sqlite")
"""A primary or foreign key: 64 bits on PostgreSQL, the rowid on SQLite."""


class MoneyColumn(TypeDecorator[Money]):
    """Whole đồng in the database, Money in Python."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        return None if value is None else value.dong

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:
        return None if value is None else Money(int(value))


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment, kept in UTC. A naive one is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class MonthColumn(TypeDecorator[Month]):
    """A month as "2024-09", so that it sorts and reads in any tool."""

    impl = String(7)
    cache_ok = True

    def process_bind_param(self, value: Month | None, dialect: Dialect) -> str | None:
        return None if value is None else value.iso

    def process_result_value(self, value: str | None, dialect: Dialect) -> Month | None:
        return None if value is None else Month.parse(value)


def word_enum(kind: type[StrEnum], name: str) -> Enum:
    """A word out of a closed set: text with a CHECK named ``ck_<table>_<name>``, the same on both engines."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=24,
        values_callable=lambda words: [word.value for word in words],
        validate_strings=True,
    )


class Base(DeclarativeBase):
    """All tables; constraints are named so that a violation can be recognised."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UncleanRead(AssertionError):
    """A looking transaction was left with changes: a bug, since GET never writes."""


class Store:
    """The database behind a URL."""

    def __init__(self, url: str, **engine_options: Any) -> None:
        self.engine = _engine(url, **engine_options)
        self.on_sqlite = self.engine.dialect.name == "sqlite"
        self._writing = self.engine.execution_options(chitra_writes=True)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is committed when the block ends well and undone when it does not."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction for looking. Raises UncleanRead when the block left something changed."""
        with Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            yield session
            if session.new or session.dirty or session.deleted:
                raise UncleanRead("something was changed while only looking")

    def state(self) -> str:
        """"ok" when the database answers, else the name of the trouble; for the health page."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except Exception as trouble:
            return type(trouble).__name__
        return "ok"

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def lock_row(session: Session, model: type[Any], key: int) -> Any | None:
    """The row by its key, fresh and locked until the transaction ends (SQLite already holds the write lock)."""
    return session.get(model, key, with_for_update=True, populate_existing=True)


_JSON = json.JSONEncoder(ensure_ascii=False)
"""Vietnamese is kept as it is: escaped it would be three times as long, and slower to write."""


def _engine(url: str, **options: Any) -> Engine:
    options.setdefault("json_serializer", _JSON.encode)
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True, **options)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False}, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin by itself; _begin_sqlite does
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "temp_store=MEMORY",
        "cache_size=-20000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("chitra_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
