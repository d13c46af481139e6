"""The clock and the months."""

import contextlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.clock import TZ, Month, UnclearMonth, local, now, stopped, today

months = st.builds(Month, st.integers(1950, 2100), st.integers(1, 12))


def test_now_is_an_aware_moment_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHITRA_NOW", raising=False)
    before = datetime.now(UTC)
    assert before <= now() <= datetime.now(UTC)
    assert now().tzinfo is UTC


def test_the_day_begins_at_midnight_in_viet_nam() -> None:
    with stopped(datetime(2026, 1, 4, 16, 59, tzinfo=UTC)):
        assert today() == date(2026, 1, 4)
    with stopped(datetime(2026, 1, 4, 17, 0, tzinfo=UTC)):
        assert today() == date(2026, 1, 5)


def test_viet_nam_is_seven_hours_ahead_in_every_season() -> None:
    for month in range(1, 13):
        assert local(datetime(2026, month, 1, tzinfo=UTC)).utcoffset() == timedelta(hours=7)
    assert local(datetime(2026, 1, 5, 3, 42, tzinfo=UTC)) == datetime(2026, 1, 5, 10, 42, tzinfo=TZ)


def test_a_moment_without_a_zone_has_no_local_time() -> None:
    with pytest.raises(ValueError, match="zone"):
        local(datetime(2026, 1, 5))


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 1, 5, 1, 0, tzinfo=UTC),
        datetime(2026, 1, 5, 8, 0),
        datetime(2026, 1, 5, 3, 0, tzinfo=timezone(timedelta(hours=2))),
        "2026-01-05 08:00",
        "2026-01-05T01:00:00Z",
    ],
)
def test_a_stopped_clock_stands_still_and_takes_local_time_by_default(at: datetime | str) -> None:
    with stopped(at):
        assert now() == now() == datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
        assert now().tzinfo is UTC


def test_a_stopped_clock_is_moved_by_hand_and_runs_again_afterwards() -> None:
    with stopped(date(2026, 1, 5)) as clock:
        assert (today(), local(now()).hour) == (date(2026, 1, 5), 0)
        clock.forward(hours=23, minutes=59)
        assert today() == date(2026, 1, 5)
        clock.forward(minutes=1)
        assert today() == date(2026, 1, 6)
        with stopped("2027-01-01"):
            assert today() == date(2027, 1, 1)
        assert today() == date(2026, 1, 6)
        assert clock.move_to("2026-02-01 07:00") == now()
        assert local(now()).hour == 7
    assert abs(now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_clock_starts_again_even_after_a_failure() -> None:
    with pytest.raises(RuntimeError), stopped("2020-01-01"):
        raise RuntimeError
    assert today() > date(2020, 1, 1)


def test_outside_production_the_environment_may_fix_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHITRA_NOW", "2024-09-05T08:00")
    monkeypatch.delenv("CHITRA_PRODUCTION", raising=False)
    assert now() == datetime(2024, 9, 5, 1, 0, tzinfo=UTC)
    with stopped("2026-01-05"):
        assert today() == date(2026, 1, 5)
    monkeypatch.setenv("CHITRA_PRODUCTION", "1")
    assert now() > datetime(2026, 1, 1, tzinfo=UTC)
    monkeypatch.setenv("CHITRA_PRODUCTION", "0")
    assert today() == date(2024, 9, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2024-09",
        "2024-9",
        "2024/09",
        "9/2024",
        "09/2024",
        "9-2024",
        "09.2024",
        "9 / 2024",
        "Tháng 9 năm 2024",
        "Tháng 09 năm 2024",
        "tháng 9/2024",
        "tháng 09/2024",
        "THÁNG 9 NĂM 2024",
        "  Tháng  9\u00a0năm 2024 ",
        "thang 9 nam 2024",
        "T9/2024",
        "T.9/2024",
    ],
)
def test_a_month_is_read_as_people_write_it(written: str) -> None:
    assert Month.parse(written) == Month(2024, 9)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "9",
        "2024",
        "13/2024",
        "0/2024",
        "2024-00",
        "2024-13",
        "9/24",
        "5/9/2024",
        "2024-09-05",
        "tháng chín",
        "9/1024",
        "9/20244",
        "Tháng 9 2024 năm",
        "9  2024",
        "٩/2024",
    ],
)
def test_an_unclear_month_is_refused(written: str) -> None:
    with pytest.raises(UnclearMonth):
        Month.parse(written)


@given(st.text())
def test_any_text_is_a_month_or_a_refusal(text: str) -> None:
    with contextlib.suppress(UnclearMonth):
        Month.parse(text)


@given(months)
def test_what_we_write_of_a_month_is_read_back(month: Month) -> None:
    assert Month.parse(month.iso) == Month.parse(month.label) == Month.parse(str(month)) == month


def test_a_month_is_shown_in_two_ways() -> None:
    assert (Month(2024, 9).iso, Month(2024, 9).label) == ("2024-09", "Tháng 09/2024")


@given(months, months, st.integers(-500, 500))
def test_months_are_counted(month: Month, other: Month, steps: int) -> None:
    assert month.next().previous() == month.previous().next() == month
    assert month < month.next()
    assert month.plus(month.plus(steps).since(month)) == month.plus(steps)
    assert month.plus(steps).since(month) == steps
    assert (month < other) == (month.since(other) < 0) == (month.iso < other.iso)
    assert month.last_day + timedelta(days=1) == month.next().first_day
    assert Month.of(month.first_day) == Month.of(month.last_day) == month


def test_the_year_turns_in_december() -> None:
    assert Month(2024, 12).next() == Month(2025, 1)
    assert Month(2025, 1).previous() == Month(2024, 12)
    assert list(Month(2024, 11).through(Month(2025, 2))) == [
        Month(2024, 11),
        Month(2024, 12),
        Month(2025, 1),
        Month(2025, 2),
    ]
    assert list(Month(2025, 2).through(Month(2025, 1))) == []


def test_a_month_knows_its_days() -> None:
    assert Month(2024, 2).last_day == date(2024, 2, 29)
    assert date(2024, 2, 29) in Month(2024, 2)
    assert date(2023, 2, 28) not in Month(2024, 2)


@pytest.mark.parametrize(("year", "number"), [(2024, 0), (2024, 13), (24, 9), (0, 1), (3000, 1)])
def test_there_is_no_such_month(year: int, number: int) -> None:
    with pytest.raises(ValueError, match="no such month"):
        Month(year, number)


def test_the_month_of_a_moment_is_taken_from_its_local_date_only() -> None:
    with pytest.raises(TypeError):
        Month.of(datetime(2026, 1, 31, 18, 0, tzinfo=UTC))
