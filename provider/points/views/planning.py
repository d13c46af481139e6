"""Points, the calendar of openings, and planning."""

import datetime as dt

from flask import Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider import clock, figures
from provider.agreements.queries import agencies, communes_in_scope
from provider.clock import Month
from provider.places.queries import offices, units
from provider.points import planning, queries, service
from provider.points.forms import MonthForm, OpeningForm, PointForm
from provider.points.views.shared import asked_month, bp, month_list, with_choices
from provider.staff.guard import current_actor, current_scope, requires
from provider.staff.rules import Right
from provider.web import done, page, store


@bp.get("/points")
@requires(Right.SEE_OPENING)
def index() -> Response:
    """The points, and the communes that have people to pay and no point."""
    with store().read() as session:
        scope = current_scope(session)
        month = asked_month(session)
        return page(
            "points/index.html",
            points=queries.points(session, scope),
            alarms=_alarms(session, month),
            month=month,
        )


@bp.get("/points/new")
@requires(Right.PLAN_OPENING)
def new_point() -> Response:
    """A form for a new point."""
    with store().read() as session:
        return page("points/new_point.html", form=_point_form(session))


@bp.post("/points")
@requires(Right.PLAN_OPENING)
def open_point() -> AnyResponse:
    """Open a point."""
    with store().read() as session:
        form = _point_form(session)
    if not form.validate_on_submit():
        return page("points/new_point.html", 422, form=form)
    with store().write() as session:
        point = service.open_point(
            session,
            code=form.code.data,
            name=form.name.data,
            commune_id=form.commune_id.data,
            office_id=form.office_id.data,
            address=form.address.data or "",
            people_per_hour=form.people_per_hour.data,
            by=current_actor(),
        )
        name = point.name
    return done(_("Đã thêm điểm %(name)s.", name=name), url_for("points.index"))


@bp.get("/openings")
@requires(Right.SEE_OPENING)
def calendar() -> Response:
    """The openings of a month, in the order of the days."""
    with store().read() as session:
        month = asked_month(session)
        rows = queries.openings(session, current_scope(session), month=month)
        return page(
            "points/calendar.html",
            month=month,
            rows=rows,
            alarms=_alarms(session, month),
            months=month_list(session, month),
            today=clock.today(),
        )


@bp.get("/openings/plan")
@requires(Right.PLAN_OPENING)
def plan() -> Response:
    """The planning form of a month: which commune, which point, which day, which hours, who."""
    with store().read() as session:
        return _plan_page(session)


@bp.post("/openings/plan")
@requires(Right.PLAN_OPENING)
def plan_month() -> AnyResponse:
    """Plan the openings of a month for one agency and seat everybody."""
    with store().read() as session:
        form = _month_form(session)
        if not form.validate_on_submit():
            return _plan_page(session, form, status=422)
        month = asked_month(session)
    with store().write() as session:
        result = planning.plan_openings(
            session,
            month,
            request.form.get("agency", 0, type=int),
            first_day=form.first_day.data,
            hours=(form.from_time.data, form.to_time.data),
            staff_ids=form.staff_ids.data or (),
            days=_days(),
            by=current_actor(),
        )
    return done(_in_figures(result), url_for("points.calendar", month=month.iso))


@bp.get("/openings/new")
@requires(Right.PLAN_OPENING)
def new_opening() -> Response:
    """A form for one more opening."""
    with store().read() as session:
        form = with_choices(session, OpeningForm(None, point_id=request.args.get("point", type=int)))
        return page("points/new.html", form=form, month=asked_month(session))


@bp.post("/openings")
@requires(Right.PLAN_OPENING)
def plan_opening() -> AnyResponse:
    """Plan one opening; who waits in its commune without a place is seated."""
    with store().read() as session:
        form = with_choices(session, OpeningForm())
        month = asked_month(session)
    if not form.validate_on_submit():
        return page("points/new.html", 422, form=form, month=month)
    with store().write() as session:
        opening = service.plan_opening(
            session,
            point_id=form.point_id.data,
            month=month,
            on=form.on.data,
            from_time=form.from_time.data,
            to_time=form.to_time.data,
            staff_ids=form.staff_ids.data or (),
            by=current_actor(),
        )
        seated = service.seat(session, opening.id, by=current_actor())
        address = url_for("points.show", opening_id=opening.id)
    return done(_("Đã lên lịch, xếp %(people)s người vào phiên.", people=figures.count(seated.people)), address)


def _point_form(session: Session) -> PointForm:
    form = PointForm()
    scope = current_scope(session)
    within = communes_in_scope(session, scope)
    waiting = {one.commune_id for one in planning.communes_waiting(session, scope, asked_month(session))}
    known = units(session, {*(within or ()), *(one for one in waiting if one is not None)})
    communes = sorted(known.values(), key=lambda one: one.name)
    form.commune_id.choices = [(one.id, one.name) for one in communes]
    if request.method == "GET":
        form.commune_id.data = request.args.get("commune", type=int)
    form.office_id.choices = [(one.id, one.name) for one in offices(session) if scope.covers_office(one.id)]
    return form


def _month_form(session: Session) -> MonthForm:
    form = MonthForm(first_day=_first_day(asked_month(session)))
    form.staff_ids.choices = [(one.id, one.name) for one in queries.payers(session, current_scope(session))]
    return form


def _plan_page(session: Session, form: MonthForm | None = None, status: int = 200) -> Response:
    scope = current_scope(session)
    month = asked_month(session)
    known = agencies(session, scope)
    agency_id = request.values.get("agency", type=int) or next((one.id for one in known), 0)
    return page(
        "points/plan.html",
        status,
        form=form or _month_form(session),
        month=month,
        agency_id=agency_id,
        communes=planning.communes_waiting(session, scope, month, agency_id),
        days=_days(),
        lists=[
            month_list(session, month),
            {
                "name": "agency",
                "label": _("Cơ quan"),
                "options": [(one.id, one.short_name) for one in known],
                "value": agency_id,
            },
        ],
    )


def _alarms(session: Session, month: Month) -> list[planning.CommuneWaiting]:
    """Communes with people to pay in cash and no point, or nobody to tell which commune."""
    waiting = planning.communes_waiting(session, current_scope(session), month)
    return [one for one in waiting if one.point_id is None]


def _first_day(month: Month) -> dt.date:
    """The fifth, when most contracts begin to pay; later when that is past and the month is running."""
    return (
        max(month.first_day.replace(day=5), clock.today()) if clock.today() in month else month.first_day.replace(day=5)
    )


def _days() -> dict[int, dt.date]:
    """The day chosen for each commune, as far as it can be read."""
    days = {}
    for name, text in request.form.items():
        commune = name.removeprefix("day-")
        if commune != name and commune.isdigit():
            try:
                days[int(commune)] = dt.date.fromisoformat(text)
            except ValueError:
                continue
    return days


def _in_figures(result: planning.PlannedMonth) -> str:
    told = [
        _(
            "Đã lên lịch %(openings)s phiên, xếp %(people)s người.",
            openings=figures.count(len(result.planned)),
            people=figures.count(sum(one.people for one in result.planned)),
        )
    ]
    if result.skipped:
        told.append(_("Đã có phiên từ trước: %(communes)s.", communes=", ".join(result.skipped)))
    if result.without_point:
        told.append(_("Chưa có điểm chi trả: %(communes)s.", communes=", ".join(result.without_point)))
    if result.unplaced:
        told.append(_("%(count)s khoản chưa rõ xã, phường.", count=figures.count(result.unplaced)))
    return " ".join(told)
