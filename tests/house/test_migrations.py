"""Numbered changes: one head, and what they make is what the models say."""

import importlib
import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from provider import migrate
from provider.db import Store
from provider.guards import append_only
from tests.house.walk import PROVIDER, parsed

CHANGES = sorted((PROVIDER / "migrations" / "versions").glob("*.py"))


def test_there_is_one_newest_change_and_the_numbers_have_no_gap() -> None:
    numbers = [path.name[:4] for path in CHANGES]
    assert numbers == [f"{number:04}" for number in range(1, len(CHANGES) + 1)]
    assert migrate.newest() == numbers[-1]


def test_a_change_is_named_in_words_and_says_why() -> None:
    for path in CHANGES:
        assert re.fullmatch(r"\d{4}(_[a-z0-9]+)+\.py", path.name), path.name
        assert re.search(rf'^revision = "{path.name[:4]}"$', path.read_text(encoding="utf-8"), re.MULTILINE), path.name
        assert parsed(path).body, path.name


def test_a_migrated_database_is_what_the_models_say(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, migrate.all_tables())
    assert differences == []


def test_check_constraints_are_those_of_the_models(store: Store) -> None:
    """What Alembic does not compare: CHECK constraints by name, on a database that was only migrated."""
    promised = {
        str(constraint.name)
        for table in migrate.all_tables().tables.values()
        for constraint in table.constraints
        if constraint.name and str(constraint.name).startswith("ck_")
    }
    with store.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            made = " ".join(connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'table'")))
            kept = set(re.findall(r"CONSTRAINT \"?(ck_\w+)", made))
        else:
            kept = set(
                connection.scalars(text("SELECT conname FROM pg_constraint WHERE contype = 'c' AND conname LIKE 'ck%'"))
            )
    assert promised == kept


def test_text_is_ordered_as_the_models_say(store: Store) -> None:
    """Searching by prefix uses an index on PostgreSQL only where text is compared byte by byte."""
    if store.on_sqlite:
        pytest.skip("SQLite compares bytes anyway")
    promised = {
        (table.name, column.name): collation
        for table in migrate.all_tables().tables.values()
        for column in table.columns
        if (collation := getattr(column.type.dialect_impl(store.engine.dialect), "collation", None))
    }
    asked = (
        "SELECT table_name, column_name, collation_name FROM information_schema.columns WHERE table_schema = 'public'"
    )
    with store.engine.connect() as connection:
        kept = {(row[0], row[1]): row[2] for row in connection.execute(text(asked)) if row[2]}
    assert promised
    assert promised == kept


def test_the_guards_of_the_books_are_in_the_database(store: Store) -> None:
    engine = store.engine.dialect.name
    statements = append_only("deed", engine)
    for room in PROVIDER.glob("*/guards.py"):
        statements += importlib.import_module(f"provider.{room.parent.name}.guards").statements(engine)
    promised = set(re.findall(r"CREATE TRIGGER (\w+)", " ".join(statements)))
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with store.engine.connect() as connection:
        assert promised == set(connection.scalars(text(asked[engine])))


def test_making_all_changes_twice_changes_nothing(store: Store) -> None:
    assert migrate.standing(store.engine) == migrate.newest()
    migrate.upgrade(store.engine)
    assert migrate.standing(store.engine) == migrate.newest()


def test_an_empty_database_has_no_number(store: Store) -> None:
    from sqlalchemy import create_engine

    empty = create_engine("sqlite://")
    assert migrate.standing(empty) is None
    empty.dispose()
