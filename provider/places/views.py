"""Reading: our offices, and the units of the country with what became of them."""

from typing import Any

from flask import Blueprint, Response, request

from provider import clock
from provider.errors import Missing
from provider.places import queries
from provider.staff.guard import current_scope, requires
from provider.staff.rules import Right
from provider.web import htmx, page, store

bp = Blueprint("places", __name__)

SHOWN = 60


@bp.get("/places")
@requires(Right.SEE_AGREEMENTS, Right.MANAGE_OFFICES)
def index() -> Response:
    """Our offices within reach, and a search among all units there ever were."""
    text = request.args.get("q", "").strip()[:80]
    with store().read() as session:
        reach = current_scope(session).office_ids
        found = queries.units_found(session, text, limit=SHOWN) if text else []
        above = queries.units(session, [each.parent_id for each in found if each.parent_id])
        context: dict[str, Any] = {"text": text, "found": found, "above": above}
        if htmx and not htmx.boosted:
            return page("places/_units.html", **context)
        shown = [each for each in queries.offices(session) if reach is None or each.id in reach]
        top = min((each.depth for each in shown), default=0)
        return page(
            "places/index.html",
            offices=shown,
            top=top,
            unplaced=len(queries.communes_without_successor(session)),
            **context,
        )


@bp.get("/places/unit")
@requires(Right.SEE_AGREEMENTS, Right.MANAGE_OFFICES)
def unit() -> Response:
    """One unit: where it lies, what lies under it, what it was formed from and what it became."""
    with store().read() as session:
        number = request.args.get("id", 0, type=int)
        line = queries.line_of(session, number)
        if not line:
            raise Missing()
        shown = line[-1]
        ended = shown.valid_to is not None and shown.valid_to < clock.today()
        return page(
            "places/unit.html",
            unit=shown,
            line=line[:-1],
            below=queries.children(session, shown.id, shown.valid_to or clock.today()),
            became=queries.today_unit_of(session, shown.id) if ended else [],
            came_from=queries.formed_from(session, shown.id),
            ended=ended,
        )


@bp.get("/places/unplaced")
@requires(Right.SEE_AGREEMENTS, Right.MANAGE_OFFICES)
def unplaced() -> Response:
    """Old communes of which nobody knows what they became."""
    with store().read() as session:
        communes = queries.communes_without_successor(session)
        above = queries.units(session, [each.parent_id for each in communes if each.parent_id])
        return page("places/unplaced.html", communes=communes, above=above)
