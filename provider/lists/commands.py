"""``flask lists``: receive a file, show the rows of a list."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from provider.agreements.queries import agency_by_code
from provider.audit.actor import SYSTEM
from provider.clock import Month
from provider.errors import Missing, Refusal
from provider.lists import queries, service
from provider.lists.kinds import ListKind
from provider.lists.movements import Unexplained
from provider.lists.problems import Problem
from provider.lists.queries import ListShown, RowShown
from provider.lists.refusals import AgencyUnknown
from provider.web import settings, store

cli = AppGroup("lists", help="Payout lists: receive a file, show its rows.")


@cli.command("receive")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agency", "agency_code", required=True, help="Code of the sending agency.")
@click.option("--programme", required=True, type=click.Choice(["BTXH", "NCC", "HTXH"]))
@click.option("--month", "month_text", required=True, help="YYYY-MM")
@click.option("--kind", type=click.Choice(list(ListKind)), help="Instead of what the title says.")
@click.option("--accept", is_flag=True, help="Make a payout of every row without an error.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def receive(
    file: Path, agency_code: str, programme: str, month_text: str, kind: str | None, accept: bool, as_json: bool
) -> None:
    """Receive FILE as a list; without --accept nothing is paid out of it.

    Its kind (payout, increase, decrease, adjust) is what its title and columns say.
    """
    not_accepted: Refusal | None = None
    try:
        month = Month.parse(month_text)
        with store().read() as session:
            agency = agency_by_code(session, agency_code)
        if agency is None:
            raise AgencyUnknown(code=agency_code)
        content = file.read_bytes()
        already_read = service.read(content, file.name, month, limit=settings().upload_limit)
        with store().write() as session:
            list_id = service.receive(
                session,
                content,
                file.name,
                agency_id=agency.id,
                programme=programme,
                month=month,
                kind=ListKind(kind) if kind else None,
                already_read=already_read,
                by=SYSTEM,
            ).id
    except Refusal as refusal:
        _say({"refused": {"code": refusal.code, "text": refusal.text()}}, as_json)
        sys.exit(2)
    if accept:
        try:
            with store().write() as session:
                service.accept(session, list_id, by=SYSTEM)
        except Refusal as refusal:
            not_accepted = refusal
    with store().read() as session:
        shown = queries.lists(session, list_id=list_id)[0]
        problems = shown.problems + [problem for row in queries.rows(session, list_id) for problem in row.problems]
    answer = _answer(shown, problems)
    if not_accepted:
        answer["not_accepted"] = {"code": not_accepted.code, "text": not_accepted.text()}
    _say(answer, as_json)


@cli.command("compare")
@click.argument("list_id", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def compare(list_id: int, as_json: bool) -> None:
    """Compare list LIST_ID with the month before, and match it with the movement lists of its month."""
    try:
        with store().read() as session:
            found = queries.differences_of(session, list_id)
    except Missing as missing:
        _say({"refused": {"code": missing.code, "text": missing.text()}}, as_json)
        sys.exit(2)
    answer = {
        "against": found.against[0].id if found.against else None,
        "new": len(found.comparison.new),
        "gone": len(found.comparison.gone),
        "changed": len(found.comparison.changed),
        "explained": len(found.matched.explained),
        "to_look_at": len(found.matched.to_look_at),
        "unexplained": [_unexplained(one) for one in found.matched.unexplained],
    }
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for name, value in answer.items():
        click.echo(f"{name}: {len(value) if isinstance(value, list) else value}")
    for one in found.matched.unexplained:
        click.echo(f"  {one.line.sheet} {one.line.row}: {one.line.name}. {one.text()}")


def _unexplained(one: Unexplained) -> dict[str, Any]:
    """A line that one side has and the other has not; ``side`` is where the row stands."""
    if one.movement is not None:
        side = one.movement.kind.value
    else:
        side = "before" if one.difference is not None and one.difference.is_gone else "list"
    line = one.movement.line if one.movement is not None else one.line
    return {
        "side": side,
        "sheet": line.sheet,
        "row": line.row,
        "name": line.name,
        "id_number": line.id_number,
        "code": one.code,
        "text": one.text(),
    }


@cli.command("rows")
@click.argument("list_id", type=int)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def rows(list_id: int, as_json: bool) -> None:
    """Show the rows of list LIST_ID."""
    with store().read() as session:
        found = queries.rows(session, list_id)
        if not found and not queries.lists(session, list_id=list_id):
            click.echo(json.dumps({"refused": {"code": Missing.code, "text": Missing().text()}}, ensure_ascii=False))
            sys.exit(2)
        for row in found:
            facts = _row(row)
            click.echo(
                json.dumps(facts, ensure_ascii=False)
                if as_json
                else f"{facts['sheet']} {facts['row']}: {facts['name']} {facts['total']} {facts['state']}"
            )


def _answer(shown: ListShown, problems: list[Problem]) -> dict[str, Any]:
    return {
        "list_id": shown.id,
        **({} if shown.kind is ListKind.PAYOUT else {"kind": shown.kind.value}),
        "state": shown.state.value,
        "rows": shown.rows,
        "good": shown.good,
        "with_warnings": shown.with_warnings,
        "with_errors": shown.with_errors,
        "total": shown.total.dong,
        "declared": {
            "people": shown.declared_people,
            "amount": shown.declared_amount.dong if shown.declared_amount is not None else None,
            "words_amount": shown.words_amount.dong if shown.words_amount is not None else None,
        },
        "ties_out": shown.ties_out,
        "problems": [_problem(problem) for problem in problems],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "code": problem.code,
        "level": problem.level.value,
        "text": problem.text(),
    }


def _row(row: RowShown) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "name": row.name,
        "birth": _birth(row),
        "sex": row.sex,
        "id_number": row.id_number,
        "commune": row.commune,
        "hamlet": row.hamlet,
        "benefit": row.benefit,
        "allowance": row.allowance.dong if row.allowance is not None else None,
        "arrears": row.arrears.dong if row.arrears is not None else None,
        "total": row.total.dong if row.total is not None else None,
        "account": row.account,
        "bank": row.bank,
        "state": row.level.value,
        "problems": [_problem(problem) for problem in row.problems],
    }


def _birth(row: RowShown) -> str:
    """As much as is known: "1937", "1937-08", "1937-08-21"."""
    if row.birth_year is None:
        return ""
    parts = [f"{row.birth_year:04}"]
    if row.birth_month:
        parts.append(f"{row.birth_month:02}")
        if row.birth_day:
            parts.append(f"{row.birth_day:02}")
    return "-".join(parts)


def _say(answer: dict[str, Any], as_json: bool) -> None:
    if as_json or "refused" in answer:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for name, value in answer.items():
        if name != "problems":
            click.echo(f"{name}: {value}")
    for problem in answer["problems"]:
        click.echo(f"  {problem['sheet']} {problem['row']}{problem['column']} [{problem['level']}] {problem['text']}")
