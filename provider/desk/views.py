"""The start page, the progress of the months, the day book, the style page, the health of the house."""

import datetime as dt
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from sqlalchemy.orm import Session

from provider import clock
from provider.audit import queries as day_book_queries
from provider.clock import Month
from provider.desk import queries
from provider.desk.style_page import samples
from provider.payouts import queries as payout_queries
from provider.staff.guard import current_actor, current_may, current_scope, public, requires
from provider.staff.queries import staff_list
from provider.staff.rules import PHONE_ROLES, Right
from provider.web import csrf, go, log, page, store

bp = Blueprint("desk", __name__)

DEEDS_A_PAGE = 200


@bp.get("/")
@requires(Right.SEE_DESK)
def start() -> Response:
    """What waits for me today; payers go straight to their till."""
    if current_actor().role in PHONE_ROLES:
        return go("/payday/")  # type: ignore[return-value]
    with store().read() as session:
        scope = current_scope(session)
        waiting = queries.waiting(session, scope)
        shown = _progress(session, None) if current_may(Right.SEE_PROGRESS) else {}
    return page("desk/start.html", waiting=[one for one in waiting if current_may(one.right)], **shown)


@bp.get("/progress")
@requires(Right.SEE_PROGRESS, background=True)
def progress() -> Response:
    """How far a month is, live; the newest one unless the address names another."""
    asked = request.args.get("month", "")
    with store().read() as session:
        shown = _progress(session, Month.parse(asked) if asked else None)
    return page("desk/_progress.html" if "HX-Request" in request.headers else "desk/progress.html", **shown)


@bp.get("/day-book")
@requires(Right.SEE_DAY_BOOK)
def day_book() -> Response:
    """Who did what on a day: the people within reach; for the whole house also what the system did by itself."""
    try:
        day = dt.date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        day = clock.today()
    number_of_page = max(1, request.args.get("page", 1, type=int))
    since = dt.datetime.combine(day, dt.time(), tzinfo=clock.TZ)
    with store().read() as session:
        scope = current_scope(session)
        everything = scope.office_ids is None and scope.agency_ids is None
        people = None if everything else [person.id for person in staff_list(session, scope)]
        deeds = day_book_queries.deeds_between(
            session,
            since,
            since + dt.timedelta(days=1),
            limit=DEEDS_A_PAGE + 1,
            offset=(number_of_page - 1) * DEEDS_A_PAGE,
            staff_ids=people,
        )
        number, head = day_book_queries.head(session)
    return page(
        "desk/day_book.html",
        day=day,
        deeds=deeds[:DEEDS_A_PAGE],
        page=number_of_page,
        more=len(deeds) > DEEDS_A_PAGE,
        number=number,
        head=head,
    )


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


def _progress(session: Session, asked: Month | None) -> dict[str, Any]:
    """The agencies' progress in one month, and the months there are; where none is asked, the newest with payouts."""
    scope = current_scope(session)
    periods = payout_queries.periods(session, agency_ids=scope.agency_ids, office_ids=scope.office_ids)
    choices = sorted({row.month for row in periods}, reverse=True)
    begun = queries.months_begun(session, [row.id for row in periods])
    chosen = asked if asked in choices else next((month for month in choices if month in begun), None)
    grouped: dict[tuple[int, str, str], list[int]] = {}
    for row in periods:
        if row.month == chosen:
            grouped.setdefault((row.agency_id, row.agency_name, row.agency_code), []).append(row.id)
    months = [
        queries.month_progress(session, chosen, agency_id, name, code, ids)
        for (agency_id, name, code), ids in grouped.items()
        if chosen
    ]
    return {"months": months, "choices": choices, "chosen": chosen}
