"""Receiving a list against the least that must be done: reading the workbook and writing its rows once."""

import sqlite3
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.engine import make_url

from provider.agreements.models import Agency
from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM
from provider.bench.grounds import Ground, ground
from provider.bench.measure import Measure, Sizes, median, stopwatch
from provider.clock import Month
from provider.demo.benefits import Worth
from provider.demo.cast import HOME_AGENCY
from provider.demo.files import ListFile, list_file
from provider.demo.population import QUANG_TRI, Census
from provider.demo.story import SENDER
from provider.lists.service import receive

FIRST = Month(2024, 9)
COLUMNS = 14
GOAL = 4.0


def measure(engine: str, sizes: Sizes) -> list[Measure]:
    """Receive and check one list several times, each time in another month; the medians count."""
    with ground(engine) as place:
        with place.store.read() as session:
            agency_id = session.scalars(select(Agency.id).where(Agency.code == HOME_AGENCY)).one()
        ours, limits, read_only = [], [], []
        working: list[float] = []
        least_working: list[float] = []
        for number in range(sizes.repeats):
            month = FIRST.plus(number)
            file = _file(place, month, sizes.rows)
            busy = time.process_time()
            seconds, reading = _least(place, file, number)
            least_working.append(time.process_time() - busy)
            busy = time.process_time()
            limits.append(seconds)
            read_only.append(reading)
            with stopwatch() as so_far:
                with place.store.write() as session:
                    received = receive(
                        session,
                        file.content,
                        file.name,
                        agency_id=agency_id,
                        programme=Programme.BTXH.value,
                        month=month,
                        by=SYSTEM,
                    )
                    rows = received.rows
                ours.append(so_far())
            working.append(time.process_time() - busy)
    ratio = median(ours) / median(limits)
    return [
        Measure(
            name="receive",
            engine=engine,
            measured=median(ours),
            unit="s",
            limit_name="calamine + raw executemany",
            limit=median(limits),
            ratio=ratio,
            goal=f"at most {GOAL:g} x",
            is_met=ratio <= GOAL,
            details={
                "rows": rows,
                "limit, reading alone": median(read_only),
                "processor time s": median(working),
                "its limit s": median(least_working),
                "file kB": len(file.content) // 1024,
            },
        )
    ]


def _file(place: Ground, month: Month, rows: int) -> ListFile:
    with place.store.read() as session:
        worth = Worth(session, month)
    lines = Census(QUANG_TRI, month, worth, seed=f"bench {month}").newcomers(rows)
    return list_file(SENDER, lines, month, worth, programme=Programme.BTXH)


def _least(place: Ground, file: ListFile, number: int) -> tuple[float, float]:
    """Seconds for reading the workbook and one executemany into a plain table with three indexes; reading alone."""
    with stopwatch() as so_far:
        read = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_index(0).to_python()
        reading = so_far()
        rows = [tuple(str(cell) for cell in row[:COLUMNS]) + ("",) * (COLUMNS - len(row)) for row in read]
        if place.engine == "sqlite":
            _into_sqlite(place.folder / f"least{number}.sqlite3", rows)
        else:
            _into_postgres(place.url, number, rows)
        return so_far(), reading


def _into_sqlite(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    columns = [f"c{column}" for column in range(COLUMNS)]
    connection.execute(f"CREATE TABLE plain ({', '.join(columns)})")
    for column in columns[1:4]:
        connection.execute(f"CREATE INDEX ix_{column} ON plain ({column})")
    connection.executemany(f"INSERT INTO plain VALUES ({', '.join('?' * COLUMNS)})", rows)
    connection.commit()
    connection.close()


def _into_postgres(url: str, number: int, rows: Sequence[tuple[str, ...]]) -> None:
    table = f"plain{number}"
    columns = [f"c{column}" for column in range(COLUMNS)]
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        say: Any = cursor.execute
        say(f"CREATE TABLE {table} ({', '.join(f'{column} text' for column in columns)})")
        for column in columns[1:4]:
            say(f"CREATE INDEX ON {table} ({column})")
        many: Any = cursor.executemany
        many(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * COLUMNS)})", rows)
