"""Long work in the background: a row one can watch, a failure with a reference, a restart that is safe."""

import datetime as dt
import logging
import threading

import pytest
from sqlalchemy import func, select

from provider import jobs
from provider.clock import Stopped
from provider.db import Store
from provider.jobs import Job, JobState, Report

KIND, ABOUT = "papers", "settlement:1"


def shown(store: Store) -> jobs.JobRow:
    with store.read() as session:
        row = jobs.newest(session, KIND, ABOUT)
    assert row is not None
    return row


def test_a_job_runs_and_tells_how_far_it_is(store: Store) -> None:
    half, go_on = threading.Event(), threading.Event()

    def work(report: Report) -> None:
        report(2, 4)
        half.set()
        assert go_on.wait(10)
        report(4, 4)

    number, future = jobs.start(store, KIND, ABOUT, work)
    assert half.wait(10)
    row = shown(store)
    assert (row.id, row.state, row.done, row.total, row.may_start_again) == (number, JobState.RUNNING, 2, 4, False)
    go_on.set()
    future.result(10)
    row = shown(store)
    assert (row.state, row.done, row.may_start_again) == (JobState.DONE, 4, True)


def test_what_is_under_way_is_not_begun_a_second_time(store: Store) -> None:
    go_on = threading.Event()
    first, future = jobs.start(store, KIND, ABOUT, lambda _report: go_on.wait(10))  # type: ignore[arg-type]
    again, nothing = jobs.start(store, KIND, ABOUT, lambda _report: pytest.fail("begun twice"))
    assert again == first
    assert nothing.done()
    go_on.set()
    future.result(10)
    after, future = jobs.start(store, KIND, ABOUT, lambda report: report(1, 1))
    future.result(10)
    assert after != first
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 2


def test_a_failure_is_kept_with_a_reference_that_the_log_has_too(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def work(_report: Report) -> None:
        raise RuntimeError("the printer is on fire")

    with caplog.at_level(logging.ERROR, logger="chitra"):
        _number, future = jobs.start(store, KIND, ABOUT, work)
        future.result(10)
    row = shown(store)
    assert (row.state, row.may_start_again, len(row.reference)) == (JobState.FAILED, True, 8)
    assert row.reference in caplog.text
    assert "the printer is on fire" in caplog.text


def test_a_job_whose_process_died_may_start_again_after_a_while(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        session.add(Job(kind=KIND, about=ABOUT, state=JobState.RUNNING, started_at=clock.at, seen_at=clock.at))
    assert not shown(store).may_start_again
    clock.forward(minutes=jobs.SILENT_AFTER / dt.timedelta(minutes=1) + 1)
    assert (shown(store).silent, shown(store).may_start_again) == (True, True)
    _number, future = jobs.start(store, KIND, ABOUT, lambda report: report(1, 1))
    future.result(10)
    assert shown(store).state is JobState.DONE


def test_nobody_started_anything_about_another_thing(store: Store) -> None:
    _number, future = jobs.start(store, KIND, ABOUT, lambda report: report(1, 1))
    future.result(10)
    with store.read() as session:
        assert jobs.newest(session, KIND, "settlement:2") is None
        assert jobs.newest(session, "other", ABOUT) is None
