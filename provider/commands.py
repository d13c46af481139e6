"""The commands of the house: ``flask --app app …``. Each is a plain process; none needs a server."""

import json
import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from provider import migrate as numbered_changes
from provider.agreements.first_parties import take_in_reference
from provider.agreements.queries import agency_by_code
from provider.audit.actor import SYSTEM
from provider.bench.commands import bench
from provider.clock import Month
from provider.demo.commands import demo_month
from provider.errors import Refusal
from provider.lists.commands import cli as lists
from provider.lists.refusals import AgencyUnknown
from provider.papers import PaperAsked, make
from provider.places.service import take_in_units
from provider.points.reference import take_in_points
from provider.settlement.checks import differences
from provider.staff.commands import cli as admin
from provider.web import settings, store


def register(app: Flask) -> None:
    """Give the app its commands."""
    for command in (migrate, check_books, papers, lists, admin, demo_month, bench):
        app.cli.add_command(command)


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the tables up to date and take in the reference data; safe to repeat."""
    house = store()
    numbered_changes.upgrade(house.engine)
    with house.write() as session:
        take_in_units(session, by=SYSTEM)
    with house.write() as session:
        take_in_reference(session, by=SYSTEM)
        take_in_points(session, by=SYSTEM)
    click.echo(f"The database is up to date ({numbered_changes.standing(house.engine)}).")


@click.command("check-books")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def check_books(as_json: bool) -> None:
    """Check every sentence that must be true of the books; exit 1 when one is not."""
    with store().read() as session:
        found = differences(session)
    if as_json:
        answer = [{"sentence": one.sentence, "where": list(one.where)} for one in found]
        click.echo(json.dumps({"holds": not found, "differences": answer}, ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"{one.sentence} ({', '.join(one.where)})")
        if not found:
            click.echo("Sổ sách đúng: mọi câu kiểm tra đều thỏa.")
    sys.exit(1 if found else 0)


@click.command("papers")
@click.argument("kind", type=click.Choice(["slips", "roster", "settlement"]))
@click.option("--month", "month_text", required=True, help="YYYY-MM")
@click.option("--agency", "agency_code", required=True, help="Code of the agency.")
@click.option("--commune", default="", help="Name of one commune; all of them where left out.")
@click.option("--layout", type=click.Choice(["a4x4", "a6"]), default="a4x4", help="Layout of slips.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@with_appcontext
def papers(kind: str, month_text: str, agency_code: str, commune: str, layout: str, out: Path) -> None:
    """Write slips, roster or settlement of an agency's month to a PDF file."""
    try:
        month = Month.parse(month_text)
        with store().read() as session:
            agency = agency_by_code(session, agency_code)
        if agency is None:
            raise AgencyUnknown(code=agency_code)
        asked = PaperAsked(kind, month, agency.id, commune, layout)
        content = make(store(), settings(), asked, by=SYSTEM)
    except Refusal as refusal:
        click.echo(json.dumps({"refused": {"code": refusal.code, "text": refusal.text()}}, ensure_ascii=False))
        sys.exit(2)
    out.write_bytes(content)
    click.echo(f"{out} ({len(content)} bytes)")
