"""Eight payers hammer one roster through the real server: who is paid twice, what is lost, who sees a lock."""

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from provider.bench.browser import Answer, Browser, forms_of
from provider.bench.counter import Counter, counter
from provider.bench.grounds import Ground, ground
from provider.bench.measure import Measure, Sizes, percentile, stopwatch
from provider.bench.server import served
from provider.ledger.models import Entry, EntryKind
from provider.payday.models import Handout, HandoutLine
from provider.payouts.lifecycle import State
from provider.payouts.models import Payout

DOUBLE_TAP_EVERY = 3
"""Of so many hand-outs one is tapped twice: the same form, at the same moment, over another connection."""
WRITTEN = ("answered_request", "handout", "entry", "handout_line", "deed", "payout")
"""The tables a hand-out writes to."""


@dataclass(slots=True)
class Seen:
    """What the clients saw."""

    receipts: list[str] = field(default_factory=list)
    refused: int = 0
    crashed: int = 0
    locked: int = 0
    double_taps: int = 0
    answers_differ: int = 0
    seconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, answer: Answer) -> None:
        """Count one answer to a hand-out."""
        with self.lock:
            self.seconds.append(answer.seconds)
            self.locked += "locked" in answer.text.lower()
            if answer.status == 303 and "/receipts/" in answer.location:
                self.receipts.append(answer.location.partition("?")[0])
            elif answer.status >= 500:
                self.crashed += 1
            else:
                self.refused += 1


def measure(engine: str, sizes: Sizes) -> list[Measure]:
    """First all payers go through the same people in step, so they meet at every one of them; then each has his own."""
    with ground(engine) as place:
        ready = counter(place, people=sizes.roster + sizes.apart, payers=sizes.clients)
        together, own = Seen(), Seen()
        with served(place) as port:
            _in_step(ready, port, together, ready.people[: sizes.roster], sizes.seconds)
            with stopwatch() as so_far:
                _apart(ready, port, own, ready.people[sizes.roster :], sizes.seconds)
                took = so_far()
        handouts, wrong = _wrong(place, together, own)
        raw = _raw_rate(place, handouts) if engine == "sqlite" else None
    rate = len(set(own.receipts)) / took if took else 0.0
    return [
        Measure(
            name="hand-out",
            engine=engine,
            measured=float(sum(wrong.values())),
            unit="wrong",
            limit_name="paid twice, lost, locked, crashed",
            limit=0.0,
            ratio=None,
            goal="none",
            is_met=not any(wrong.values()) and handouts > 0,
            details={
                "handed out": handouts,
                **wrong,
                "attempts": len(together.seconds) + len(own.seconds),
                "refused (already paid…)": together.refused + own.refused,
                "double taps": together.double_taps + own.double_taps,
                "together p50 ms": percentile(together.seconds, 50) * 1000,
                "together p99 ms": percentile(together.seconds, 99) * 1000,
            },
        ),
        Measure(
            name="hand-out rate",
            engine=engine,
            measured=rate,
            unit="/s",
            limit_name="the same rows written raw, one connection" if raw else "not measured here",
            limit=raw,
            ratio=raw / rate if raw and rate else None,
            details={
                "clients": sizes.clients,
                "with the card before each": "yes",
                "p50 ms": percentile(own.seconds, 50) * 1000,
                "p99 ms": percentile(own.seconds, 99) * 1000,
            },
        ),
    ]


def _wrong(place: Ground, *seen: Seen) -> tuple[int, dict[str, int]]:
    """How many hand-outs there are in the books, and everything that must not be."""
    with place.store.read() as session:
        paid = session.scalar(select(func.count()).where(Payout.state == State.PAID)) or 0
        times = select(Entry.payout_id).where(Entry.kind == EntryKind.PAYMENT).group_by(Entry.payout_id)
        twice = len(session.execute(times.having(func.count() > 1)).all())
        lines = session.scalar(select(func.count()).select_from(HandoutLine)) or 0
        known = set(session.scalars(select(Handout.id)))
    told = {int(address.rpartition("/")[2]) for one in seen for address in one.receipts}
    return len(known), {
        "paid twice": twice,
        "lost": len(told ^ known) + abs(lines - paid),
        "locked shown": sum(one.locked for one in seen),
        "crashes": sum(one.crashed for one in seen),
        "answers that differ": sum(one.answers_differ for one in seen),
    }


def _in_step(ready: Counter, port: int, seen: Seen, people: Sequence[int], seconds: int) -> None:
    """Everybody is at the same person at the same moment."""
    until = time.monotonic() + seconds
    step = threading.Barrier(len(ready.payers))

    def work(place: int, browser: Browser, second: Browser) -> None:
        for number, person in enumerate(people):
            try:
                step.wait(timeout=60)
            except threading.BrokenBarrierError:
                return
            if time.monotonic() > until:
                step.abort()
                return
            _try(browser, second, person, seen, double=(number + place) % DOUBLE_TAP_EVERY == 0)

    _all_at_once(ready, port, work)


def _apart(ready: Counter, port: int, seen: Seen, people: Sequence[int], seconds: int) -> None:
    """Everybody has people of his own and does not wait for the others."""
    until = time.monotonic() + seconds

    def work(place: int, browser: Browser, second: Browser) -> None:
        for person in people[place :: len(ready.payers)]:
            if time.monotonic() > until:
                return
            _try(browser, second, person, seen, double=False)

    _all_at_once(ready, port, work)


def _all_at_once(ready: Counter, port: int, work: Callable[[int, Browser, Browser], None]) -> None:
    def run(place: int) -> None:
        browser, second = Browser(port, ready.payers[place].token), Browser(port, ready.payers[place].token)
        work(place, browser, second)
        browser.close()
        second.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(ready.payers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _try(browser: Browser, second: Browser, person: int, seen: Seen, *, double: bool) -> None:
    """Open the card; where it offers the money, take it."""
    card = browser.get(f"/payday/people/{person}")
    form = next((one for one in forms_of(card.text) if one.action.endswith("/hand-out")), None)
    if form is None:
        with seen.lock:
            seen.crashed += card.status >= 500
            seen.locked += "locked" in card.text.lower()
        return
    if not double:
        seen.note(browser.post(form.action, form.fields))
        return
    answers: list[Answer] = []
    second.cookies = dict(browser.cookies)
    tap = threading.Thread(target=lambda: answers.append(second.post(form.action, form.fields)))
    tap.start()
    answers.append(browser.post(form.action, form.fields))
    tap.join()
    for answer in answers:
        seen.note(answer)
    with seen.lock:
        seen.double_taps += 1
        seen.answers_differ += len({(answer.status, answer.location) for answer in answers}) > 1


def _raw_rate(place: Ground, handouts: int) -> float:
    """Hand-outs per second when the very rows they wrote are written again: plain tables, one transaction each."""
    if not handouts:
        return 0.0
    source = Path(place.folder / "bench.sqlite3")
    connection = sqlite3.connect(place.folder / "raw.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("ATTACH ? AS house", (str(source),))
    portions = []
    for table in WRITTEN:
        connection.execute(f"CREATE TABLE {table} AS SELECT * FROM house.{table} WHERE 0")
        rows = connection.execute(f"SELECT * FROM house.{table} ORDER BY rowid DESC LIMIT ?", (handouts,)).fetchall()
        portions.append((table, rows))
    with stopwatch() as so_far:
        for number in range(handouts):
            connection.execute("BEGIN IMMEDIATE")
            for table, rows in portions:
                _write(connection, table, rows, number)
            connection.execute("COMMIT")
        seconds = so_far()
    connection.close()
    return handouts / seconds


def _write(connection: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]], number: int) -> None:
    if number < len(rows):
        marks = ", ".join("?" * len(rows[number]))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", rows[number])
