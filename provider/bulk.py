"""Many rows at once: the driver's executemany on SQLite, COPY on PostgreSQL, with the columns' own types.

Measured against the ORM this is 4 to 15 times faster; it is for registers and lists, where thousands of rows come at
once. Rows inserted this way are not in the session; triggers and constraints hold as always.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Session


def take_ids(session: Session, model: type[DeclarativeBase], count: int) -> list[int]:
    """``count`` fresh primary keys of a table, for rows that must know each other's before they are written."""
    if count == 0:
        return []
    table = cast(Table, model.__table__)
    if session.get_bind().dialect.name == "postgresql":
        drawn = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
        return [int(number) for number in session.scalars(drawn, {"table": table.name, "count": count})]
    newest = session.scalar(select(func.max(table.c.id))) or 0
    return list(range(newest + 1, newest + count + 1))


def among(session: Session, column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """``column`` is one of thousands of values.

    On PostgreSQL they are a table to join with: as parameters, or as one array in a prepared statement, they would be
    compared one by one for every row whenever the engine does not choose the index.
    """
    wanted = list(values)
    if session.get_bind().dialect.name == "postgresql":
        inside: ColumnElement[bool] = column.in_(select(func.unnest(literal(wanted, ARRAY(column.type)))))
    else:
        inside = column.in_(wanted)
    return inside


def insert_many(
    session: Session, model: type[DeclarativeBase], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Write rows (values in the order of ``columns``, every column without a database default among them).

    What the session holds is flushed first. Returns how many rows were written.
    """
    session.flush()
    table = cast(Table, model.__table__)
    dialect = session.get_bind().dialect
    processors = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns]
    ready = _processed(rows, processors)
    names = ", ".join(f'"{name}"' for name in columns)
    connection = session.connection()
    if dialect.name == "postgresql":
        written = 0
        cursor = cast(Any, connection.connection).cursor()
        with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
            for row in ready:
                copy.write_row(row)
                written += 1
        return written
    values = list(ready)
    if values:
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', values)
    return len(values)


def _processed(
    rows: Iterable[Sequence[Any]], processors: Sequence[Callable[[Any], Any] | None]
) -> Iterable[tuple[Any, ...]]:
    working = [(place, process) for place, process in enumerate(processors) if process is not None]
    for row in rows:
        values = list(row)
        for place, process in working:
            values[place] = process(values[place])
        yield tuple(values)
