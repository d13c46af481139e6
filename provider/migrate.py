"""Brings the tables of a database up to the newest numbered change, without an ini file."""

import importlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, text
from sqlalchemy.engine import Engine

from provider.db import Base

HOUSE = Path(__file__).resolve().parent
CHANGES = HOUSE / "migrations"
ONE_AT_A_TIME = 7_215_001
"""The number of the PostgreSQL lock under which tables are changed; SQLite has its write lock."""


def upgrade(engine: Engine, to: str = "head") -> None:
    """Make every numbered change that this database does not have yet, all of them or none, in one transaction.

    Started twice at once, the second waits and finds nothing left to do.
    """
    with engine.execution_options(chitra_writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_AT_A_TIME})
        known = settings()
        known.attributes["connection"] = connection
        command.upgrade(known, to)


def standing(engine: Engine) -> str | None:
    """The number of the newest change this database has; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The number of the newest change there is. Raises when two changes both claim to be the newest."""
    return ScriptDirectory.from_config(settings()).get_current_head()


def all_tables() -> MetaData:
    """The tables as the models of all rooms describe them."""
    for models in sorted(HOUSE.glob("*/models.py")):
        importlib.import_module(f"provider.{models.parent.name}.models")
    importlib.import_module("provider.jobs")
    return Base.metadata


def settings() -> Config:
    """What Alembic would read from its ini file."""
    known = Config()
    known.set_main_option("script_location", str(CHANGES).replace("%", "%%"))
    known.set_main_option("path_separator", "os")
    return known
