"""Long work in the background, with progress a person can watch, and that can be started again.

A job is a row; the work runs in one thread of the process that started it. When the process ends in the middle, the
row shows no sign of life any more, and the job can simply be started again: what it does must be safe to repeat.
"""

import datetime as dt
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Index, Integer, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from provider import clock
from provider.db import Base, Id, Moment, Store, word_enum

log = logging.getLogger("chitra")

SILENT_AFTER = dt.timedelta(minutes=5)
"""A running job that has said nothing for so long has died with its process."""

_workers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")


class JobState(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of long work about one thing."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(48))
    about: Mapped[str] = mapped_column(String(48))
    state: Mapped[JobState] = mapped_column(word_enum(JobState, "state"))
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer, default=0)
    started_at: Mapped[dt.datetime] = mapped_column(Moment)
    seen_at: Mapped[dt.datetime] = mapped_column(Moment)
    reference: Mapped[str] = mapped_column(String(16), default="")

    __table_args__ = (Index("ix_job_about", "about", "kind"),)


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as a page shows it."""

    id: int
    kind: str
    state: JobState
    done: int
    total: int
    reference: str
    silent: bool

    @property
    def may_start_again(self) -> bool:
        """Whether nothing is under way any more."""
        return self.state is not JobState.RUNNING or self.silent


Report = Callable[[int, int], None]
"""Tells how far the work is: done, of how many."""


def start(store: Store, kind: str, about: str, work: Callable[[Report], None]) -> tuple[int, "Future[None]"]:
    """Begin ``work`` in the background; its number, and the future for whoever must wait.

    While the same work about the same thing is under way, nothing is begun: its number is given, with a future that is
    done.
    """
    now = clock.now()
    with store.write() as session:
        running = newest(session, kind, about)
        if running is not None and not running.may_start_again:
            nothing: Future[None] = Future()
            nothing.set_result(None)
            return running.id, nothing
        job = Job(kind=kind, about=about, state=JobState.RUNNING, started_at=now, seen_at=now)
        session.add(job)
        session.flush()
        number = job.id
    return number, _workers.submit(_run, store, number, work)


def newest(session: Session, kind: str, about: str) -> JobRow | None:
    """The newest job of a kind about a thing."""
    job = session.scalars(
        select(Job).where(Job.kind == kind, Job.about == about).order_by(Job.id.desc()).limit(1)
    ).first()
    if job is None:
        return None
    silent = job.state is JobState.RUNNING and clock.now() - job.seen_at > SILENT_AFTER
    return JobRow(job.id, job.kind, job.state, job.done, job.total, job.reference, silent)


def _run(store: Store, number: int, work: Callable[[Report], None]) -> None:
    def report(done: int, total: int) -> None:
        _note(store, number, done=done, total=total)

    try:
        work(report)
    except Exception:
        reference = secrets.token_hex(4).upper()
        log.exception("job %s failed, reference %s", number, reference)
        _note(store, number, state=JobState.FAILED, reference=reference)
    else:
        _note(store, number, state=JobState.DONE)


def _note(store: Store, number: int, **values: object) -> None:
    with store.write() as session:
        session.execute(update(Job).where(Job.id == number).values(seen_at=clock.now(), **values))
