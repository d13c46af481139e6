"""Finding a person among hundreds of thousands, by what is typed at a counter."""

import time
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider.bench.grounds import Ground, ground
from provider.bench.measure import Measure, Sizes, median, percentile, stopwatch
from provider.demo.people import PeopleMaker, PlausiblePerson
from provider.names import fold
from provider.places.models import AdminUnit
from provider.places.rules import Level
from provider.recipients.intake import take_in_people
from provider.recipients.queries import search
from provider.recipients.recognition import Candidate
from provider.recipients.rules import Birth

COMMUNES = 120
GOAL_MS = 30.0
AT_ONCE = 50_000


def measure(engine: str, sizes: Sizes) -> list[Measure]:
    """Names without diacritics and last digits, everywhere and within two communes; and a raw read by primary key."""
    with ground(engine) as place:
        with stopwatch() as so_far:
            people, communes = _fill(place, sizes.people)
            filling = so_far()
        choose = Random(7)
        asked = [choose.choice(people) for _ in range(sizes.questions)]
        narrow = [frozenset(choose.sample(communes, 2)) for _ in asked]
        kinds: dict[str, list[tuple[str, frozenset[int] | None]]] = {
            "name, everywhere": [(_name(one, choose), None) for one in asked],
            "name, two communes": [(_name(one, choose), scope) for one, scope in zip(asked, narrow, strict=True)],
            "digits, everywhere": [(_digits(one, choose), None) for one in asked],
            "digits, two communes": [(_digits(one, choose), scope) for one, scope in zip(asked, narrow, strict=True)],
        }
        seconds: dict[str, list[float]] = {}
        busy: list[float] = []
        with place.store.read() as session:
            search(session, "nguyen", None)
            for kind, questions in kinds.items():
                seconds[kind] = [_asked(session, text, scope, busy) for text, scope in questions]
            raw = _raw_reads(session, choose, len(people), sizes.questions)
    everything = [value * 1000 for values in seconds.values() for value in values]
    worst = percentile(everything, 99)
    details: dict[str, object] = {"people": len(people), "filled in s": filling, "p50 ms": percentile(everything, 50)}
    for kind, values in seconds.items():
        details[f"{kind}, p99 ms"] = percentile(values, 99) * 1000
    details["p99 of processor time ms"] = percentile(busy, 99) * 1000
    details["raw read by key ms"] = median(raw) * 1000
    details["p50 / raw read"] = percentile(everything, 50) / (median(raw) * 1000)
    return [
        Measure(
            name="search",
            engine=engine,
            measured=worst,
            unit="ms",
            limit_name="p99 a person does not notice",
            limit=GOAL_MS,
            ratio=worst / GOAL_MS,
            goal=f"p99 under {GOAL_MS:g} ms",
            is_met=worst < GOAL_MS,
            details=details,
        )
    ]


def _fill(place: Ground, count: int) -> tuple[list[PlausiblePerson], list[int]]:
    with place.store.read() as session:
        wanted = select(AdminUnit.id).where(AdminUnit.level == Level.COMMUNE).order_by(AdminUnit.code).limit(COMMUNES)
        communes = list(session.scalars(wanted))
    people = list(PeopleMaker(seed=200).people(count))
    for start in range(0, count, AT_ONCE):
        candidates = [
            Candidate(
                name=one.name,
                birth=Birth(one.birth_year, one.birth_month, one.birth_day),
                sex=one.sex,
                id_number=one.id_number,
                commune_id=communes[number % len(communes)],
                hamlet=f"Thôn {number % 9 + 1}",
            )
            for number, one in enumerate(people[start : start + AT_ONCE], start=start)
        ]
        with place.store.write() as session:
            take_in_people(session, candidates)
    with place.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if place.engine != "sqlite":
            connection.exec_driver_sql("ANALYZE")
    return people, communes


def _name(person: PlausiblePerson, choose: Random) -> str:
    """A name as it is typed in a hurry: without marks, sometimes only its two last words, or with the birth year."""
    words = fold(person.name).split()
    typed = " ".join(words if choose.random() < 0.5 else words[-2:])
    return f"{typed} {person.birth_year}" if choose.random() < 0.2 else typed


def _digits(person: PlausiblePerson, choose: Random) -> str:
    return person.id_number[-choose.choice((4, 5, 6)) :]


def _asked(session: Session, text: str, scope: frozenset[int] | None, busy: list[float]) -> float:
    """Seconds on the clock; those that this process was really working go to ``busy``."""
    working = time.process_time()
    with stopwatch() as so_far:
        search(session, text, scope)
        seconds = so_far()
    busy.append(time.process_time() - working)
    return seconds


def _raw_reads(session: Session, choose: Random, people: int, count: int) -> list[float]:
    """The least that any search does: one row by its primary key, through the bare driver."""
    driver = session.connection().connection.cursor()
    mark = "?" if session.get_bind().dialect.name == "sqlite" else "%s"
    seconds = []
    for _ in range(count):
        number = choose.randrange(1, people + 1)
        with stopwatch() as so_far:
            driver.execute(f"SELECT id, name, birth_year, commune_id FROM person WHERE id = {mark}", (number,))
            driver.fetchone()
            seconds.append(so_far())
    driver.close()
    return seconds
