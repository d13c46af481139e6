"""``flask demo-month``: an invented month in an empty house."""

import csv
import sys
import time
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from provider import clock
from provider import migrate as numbered_changes
from provider.agreements.first_parties import take_in_reference
from provider.audit.actor import SYSTEM
from provider.audit.deeds import DeedKind
from provider.audit.models import Deed
from provider.clock import Month
from provider.config import Settings
from provider.db import Store
from provider.demo import sign_ins
from provider.demo.sign_ins import SignIn
from provider.demo.story import Keys, Say, tell
from provider.demo.walk import calendar_of
from provider.errors import Refusal
from provider.places.service import take_in_units
from provider.points.reference import take_in_points
from provider.staff.models import Staff
from provider.web import settings, store

TARGETS = Path(__file__).parent / "data" / "quang_tri_targets_2024.csv"
DISTRICT = "Thị xã Quảng Trị"
FEWEST, EARLIEST = 20, Month(2024, 2)


@click.command("demo-month")
@click.option(
    "--people", type=click.IntRange(min=FEWEST), help="How many people; one district of Phụ lục 01 if left out."
)
@click.option("--month", "month_text", help="YYYY-MM; the current month if left out.")
@click.option("--quiet", is_flag=True, help="Say nothing but the sign-ins.")
@with_appcontext
def demo_month(people: int | None, month_text: str | None, quiet: bool) -> None:
    """Fill an empty house with an invented month: everything in every state that a screen can show.

    Sign-ins are drawn anew for this installation, printed once, and kept in var/sign-ins.txt.
    """
    house, month = store(), _month(month_text)
    with clock.stopped(calendar_of(month, clock.now()).of_month_before(1)):
        _prepare(house)
    if _is_lived_in(house):
        click.echo(f"Somebody works in this house already: nothing was changed. Sign-ins of a demo: {sign_ins.path()}")
        return
    try:
        drawn = make(house, settings(), month, people=people, say=_silent if quiet else _progress())
    except Refusal as refusal:
        click.echo(refusal.text(), err=True)
        sys.exit(2)
    sign_ins.keep(drawn)
    click.echo(sign_ins.table(drawn), nl=False)


def make(house: Store, how: Settings, month: Month, *, people: int | None = None, say: Say) -> list[SignIn]:
    """Make the demo, whole or not at all; its sign-ins."""
    merit, social = _heads(people)
    keys = Keys(how.key("notice"), how.key("settlement"))
    with house.write() as session:
        return tell(session, month, merit=merit, social=social, keys=keys, say=say)


def is_demo(house: Store) -> bool:
    """Whether what is in this house was invented."""
    with house.read() as session:
        return bool(session.scalar(select(func.count()).where(Deed.kind == DeedKind.DEMO_MADE.value)))


def _prepare(house: Store) -> None:
    """Tables and reference data, as ``flask migrate`` makes them."""
    numbered_changes.upgrade(house.engine)
    with house.write() as session:
        take_in_units(session, by=SYSTEM)
    with house.write() as session:
        take_in_reference(session, by=SYSTEM)
        take_in_points(session, by=SYSTEM)


def _is_lived_in(house: Store) -> bool:
    with house.read() as session:
        return bool(session.scalar(select(func.count()).select_from(Staff)))


def _month(text: str | None) -> Month:
    today = clock.today()
    current = Month(today.year, today.month)
    try:
        month = Month.parse(text) if text else current
    except Refusal as unclear:
        raise click.BadParameter(unclear.text(), param_hint="--month") from None
    if not EARLIEST <= month <= current:
        raise click.BadParameter(f"between {EARLIEST} and {current}, please", param_hint="--month")
    return month


def _heads(people: int | None) -> tuple[int, int]:
    """People with merit allowances and people with social ones, in the proportion of the district of Phụ lục 01."""
    with TARGETS.open(encoding="utf-8", newline="") as table:
        rows = {row["group"]: int(row["beneficiaries"]) for row in csv.DictReader(table) if row["district"] == DISTRICT}
    merit, social = rows["NCC"], rows["BTXH"]
    if people is None:
        return merit, social
    part = people * merit // (merit + social)
    return part, people - part


def _progress() -> Say:
    begun = time.monotonic()

    def say(what: str) -> None:
        click.echo(f"  {time.monotonic() - begun:5.1f} s  {what}", err=True)

    return say


def _silent(_what: str) -> None:
    return
