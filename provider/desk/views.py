"""The start page, the progress of the months, the day book, the style page, the health of the house."""

import datetime as dt

from flask import Blueprint, Response, current_app, jsonify, request

from provider import clock
from provider.audit import queries as day_book_queries
from provider.desk import queries
from provider.desk.style_page import samples
from provider.errors import Missing
from provider.payouts import queries as payout_queries
from provider.staff.guard import current_actor, current_may, current_scope, public, requires
from provider.staff.rules import PHONE_ROLES, Right
from provider.web import csrf, go, log, page, store

bp = Blueprint("desk", __name__)

MONTHS_SHOWN = 12


@bp.get("/")
@requires(Right.SEE_DESK)
def start() -> Response:
    """What waits for me today; payers go straight to their till."""
    if current_actor().role in PHONE_ROLES:
        return go("/payday/")  # type: ignore[return-value]
    with store().read() as session:
        scope = current_scope(session)
        waiting = queries.waiting(session, scope)
        months = _months(session, limit=3) if current_may(Right.SEE_PROGRESS) else []
    return page("desk/start.html", waiting=[one for one in waiting if current_may(one.right)], months=months)


@bp.get("/progress")
@requires(Right.SEE_PROGRESS)
def progress() -> Response:
    """How far the months are, live."""
    with store().read() as session:
        months = _months(session, limit=MONTHS_SHOWN)
    return page("desk/_progress.html" if "HX-Request" in request.headers else "desk/progress.html", months=months)


@bp.get("/day-book")
@requires(Right.SEE_DAY_BOOK)
def day_book() -> Response:
    """Who did what on a day."""
    try:
        day = dt.date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        day = clock.today()
    since = dt.datetime.combine(day, dt.time(), tzinfo=clock.TZ)
    with store().read() as session:
        if current_scope(session).agency_ids is not None:
            raise Missing()
        deeds = day_book_queries.deeds_between(session, since, since + dt.timedelta(days=1), limit=500)
        number, head = day_book_queries.head(session)
    return page("desk/day_book.html", day=day, deeds=deeds, number=number, head=head)


@bp.get("/style")
@requires(Right.SEE_STYLE)
def style() -> Response:
    """Every component in every state."""
    return page("desk/style.html", **samples())


@bp.get("/style/phone")
@requires(Right.SEE_STYLE)
def style_phone() -> Response:
    """Every component of the phone in every state."""
    return page("desk/style_phone.html", **samples())


@bp.post("/csp-report")
@csrf.exempt
@public
def policy_report() -> tuple[str, int]:
    """A browser tells what the content policy stopped: a bug of ours, or somebody else's script."""
    log.warning("content policy: %s", request.get_data(as_text=True)[:2000])
    return "", 204


@bp.get("/healthz")
@public
def health() -> tuple[Response, int]:
    """Whether the house answers and its database too."""
    state = store().state()
    answer = {"version": current_app.extensions["version"], "database": state}
    return jsonify(answer), 200 if state == "ok" else 503


def _months(session, *, limit: int) -> list[queries.MonthProgress]:  # type: ignore[no-untyped-def]
    scope = current_scope(session)
    grouped: dict[tuple[object, int, str, str], list[int]] = {}
    for row in payout_queries.periods(session, agency_ids=scope.agency_ids, office_ids=scope.office_ids):
        grouped.setdefault((row.month, row.agency_id, row.agency_name, row.agency_code), []).append(row.id)
    return [
        queries.month_progress(session, month, agency_id, name, code, ids)  # type: ignore[arg-type]
        for (month, agency_id, name, code), ids in list(grouped.items())[:limit]
    ]
