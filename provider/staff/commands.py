"""``flask admin``: the first administrator of a new house."""

import sys

import click
from flask.cli import AppGroup

from provider.errors import Refusal
from provider.staff import service
from provider.web import settings, store

cli = AppGroup("admin", help="Administrators: create the first one.")


@cli.command("create")
@click.argument("login")
@click.option("--name", required=True, help="Full name, as it shall stand in the day book.")
def create(login: str, name: str) -> None:
    """Create the first administrator LOGIN and print a one-time activation code, good for 72 hours.

    There are no accounts in a new house, and no default passwords. Refused once there is an administrator.
    """
    try:
        with store().write() as session:
            code = service.first_administrator(session, login=login, name=name)
    except Refusal as refusal:
        click.echo(refusal.text(), err=True)
        sys.exit(2)
    click.echo(f"{code}\n{settings().public_url}/activate?login={login.strip().lower()}")
