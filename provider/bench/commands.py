"""``flask bench``: how fast the house is here, each measurement against a limit measured in the same run."""

import json
import sys
import time
from collections.abc import Callable

import click
from flask.cli import with_appcontext

from provider.bench import handing_out, page_weight, papers, receiving, searching
from provider.bench.grounds import engines
from provider.bench.measure import Measure, Sizes, table

MEASUREMENTS: dict[str, Callable[[str, Sizes], list[Measure]]] = {
    "receive": receiving.measure,
    "search": searching.measure,
    "hand-out": handing_out.measure,
    "page": page_weight.measure,
    "slips": papers.measure_slips,
    "settlement": papers.measure_settlement,
}
ONE_ENGINE = frozenset({"page", "slips", "settlement"})
"""What does not depend on the database is measured once."""


@click.command("bench")
@click.argument("name", required=False, type=click.Choice(list(MEASUREMENTS)))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def bench(name: str | None, as_json: bool) -> None:
    """Measure speed on temporary databases; all of it, or NAME alone. Exit 1 when a goal was not met.

    SQLite always; PostgreSQL too when DATABASE_URL names one, in databases of its own that are dropped afterwards.
    """
    found = run([name] if name else list(MEASUREMENTS), Sizes(), engines(), say=lambda what: click.echo(what, err=True))
    click.echo(json.dumps([one.as_dict() for one in found], ensure_ascii=False) if as_json else table(found))
    sys.exit(1 if any(one.is_met is False for one in found) else 0)


def run(names: list[str], sizes: Sizes, on: list[str], *, say: Callable[[str], None]) -> list[Measure]:
    """The measurements by name, on each engine where that matters."""
    found: list[Measure] = []
    for name in names:
        for engine in on[:1] if name in ONE_ENGINE else on:
            begun = time.monotonic()
            found += MEASUREMENTS[name](engine, sizes)
            say(f"{name} on {engine}: {time.monotonic() - begun:.1f} s")
    return found
