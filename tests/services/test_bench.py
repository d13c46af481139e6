"""Every measurement runs and reports numbers; how fast this machine is today is not tested."""

import json

import pytest
from flask import Flask

from provider.bench import commands
from provider.bench.browser import forms_of, loads_of
from provider.bench.commands import MEASUREMENTS, run
from provider.bench.measure import Measure, Sizes, percentile, table

TINY = Sizes(
    rows=40, repeats=1, people=300, questions=6, roster=3, apart=8, clients=2, seconds=20, slips=4, lines=20
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(MEASUREMENTS) - {"hand-out"}))
def test_a_measurement_reports_numbers(name: str) -> None:
    found = run([name], TINY, ["sqlite"], say=lambda _what: None)
    assert found
    for one in found:
        assert one.measured >= 0
        assert one.name.startswith(name)
        assert one.as_dict()["unit"]
        assert one.name in table([one])
    json.dumps([one.as_dict() for one in found])


@pytest.mark.slow
def test_nobody_is_paid_twice_and_nothing_is_lost_through_the_real_server() -> None:
    wrong, rate = run(["hand-out"], TINY, ["sqlite"], say=lambda _what: None)
    assert wrong.details["handed out"] == TINY.roster + TINY.apart
    assert wrong.details["double taps"] >= 1
    assert wrong.is_met, wrong.details
    assert rate.measured > 0


def test_the_command_prints_json_and_fails_when_a_goal_is_missed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(met: bool) -> list[Measure]:
        limit = {"limit_name": "a limit", "limit": 1.0, "ratio": 2.0, "goal": "at most 4 x"}
        return [Measure(name="slips", engine="-", measured=2.0, unit="s", is_met=met, **limit)]

    for met, code in ((True, 0), (False, 1)):
        monkeypatch.setitem(commands.MEASUREMENTS, "slips", lambda _engine, _sizes, met=met: measured(met))
        answer = app.test_cli_runner().invoke(args=["bench", "slips", "--json"])
        assert answer.exit_code == code
        facts = json.loads(answer.stdout)
        assert {"name", "measured", "limit", "ratio", "goal", "met"} <= set(facts[0])


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([5.0, 1.0, 3.0], 50) == 3.0
    assert percentile([5.0, 1.0, 3.0], 99) == 5.0
    assert percentile([], 99) == 0.0


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    page = (
        '<link rel="stylesheet" href="/static/a.css"><form action="/x"><input type="hidden" name="a" value="1">'
        '<input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>'
        '<input type="checkbox" name="c"></form><svg><use href="/static/s.svg#cash"></use></svg>'
    )
    (form,) = forms_of(page)
    assert (form.action, form.fields) == ("/x", [("a", "1"), ("r", "2"), ("c", "on")])
    assert loads_of(page) == ["/static/a.css", "/static/s.svg"]
