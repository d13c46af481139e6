"""Rounds of a month, planning one, and its sheet: a table at the desk, the doors in order on a phone."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider import clock
from provider.audit.once import once
from provider.clock import Month, UnclearMonth
from provider.payouts.lifecycle import PAYABLE
from provider.payouts.table import months, newest_month
from provider.staff.guard import current_actor, current_may, current_scope, refuse_unless, requires
from provider.staff.rules import PHONE_ROLES, Right, Scope
from provider.visits import queries, service
from provider.visits.forms import RoundForm
from provider.visits.queries import RoundRow, WaitingPlace
from provider.visits.refusals import NotACourier, NothingToVisit
from provider.visits.rules import UNKNOWN_COMMUNE
from provider.web import done, month_shown, page, store

bp = Blueprint("visits", __name__, url_prefix="/visits")


@bp.get("/")
@requires(Right.SEE_VISIT)
def index() -> Response:
    """Rounds of a month; for who plans, also the communes where people wait and the form for the next round."""
    actor = current_actor()
    with store().read() as session:
        scope = current_scope(session)
        if actor.role in PHONE_ROLES:
            return page("visits/mine.html", rounds=queries.rounds(session, scope, by=actor))
        return _index(session, scope, _month(session, scope))


@bp.post("/")
@requires(Right.PLAN_VISIT)
def plan() -> AnyResponse:
    """Plan a round: communes, courier, day."""
    with store().read() as session:
        scope = current_scope(session)
        month, office_id = _month(session, scope), request.form.get("office_id", 0, type=int)
        refuse_unless(scope.covers_office(office_id))
        form = _form(session, queries.waiting_places(session, scope, month=month), office_id)
        if not form.validate_on_submit():
            return _index(session, scope, month, refused=form, status=422)
    try:
        number = _plan(form, month)
    except (NothingToVisit, NotACourier) as refusal:
        field = form.staff_id if isinstance(refusal, NotACourier) else form.communes
        field.errors = [refusal.text(_)]
        with store().read() as session:
            return _index(session, current_scope(session), month, refused=form, status=422)
    return done(_("Đã lập tuyến chi tại nhà."), url_for("visits.show", round_id=number))


def _plan(form: RoundForm, month: Month) -> int:
    actor, communes = current_actor(), sorted(form.communes.data)
    with store().write() as session:
        first = once(
            session,
            request.form.get("idempotency_key", ""),
            by=actor,
            purpose="visits.plan_round",
            office=form.office_id.data,
            month=month.iso,
            courier=form.staff_id.data,
            on=form.on.data.isoformat(),
            communes=communes,
            replan=form.replan.data,
        )
        if first.answer is not None:
            return int(first.answer["round"])
        planned = service.plan_round(
            session,
            office_id=form.office_id.data,
            month=month,
            staff_id=form.staff_id.data,
            on=form.on.data,
            commune_ids=[None if number == UNKNOWN_COMMUNE else number for number in communes],
            replan=form.replan.data,
            by=actor,
        )
        first.keep(round=planned.id)
        return planned.id


@bp.get("/<int:round_id>")
@requires(Right.SEE_VISIT)
def show(round_id: int) -> Response:
    """One round: its doors in the order in which they are visited."""
    actor = current_actor()
    with store().read() as session:
        row = queries.round_row(session, current_scope(session), round_id, by=actor)
        refuse_unless(row is not None)
        doors = queries.doors(session, round_id)
    return page(
        "visits/sheet.html" if actor.role in PHONE_ROLES else "visits/show.html",
        round=row,
        doors=doors,
        waiting=[door for door in doors if door.state in PAYABLE],
        may_close=_may_close(row),
    )


@bp.post("/<int:round_id>/close")
@requires(Right.MARK_VISIT_PAID, Right.PLAN_VISIT)
def close(round_id: int) -> AnyResponse:
    """The courier is back."""
    actor = current_actor()
    with store().write() as session:
        refuse_unless(queries.round_row(session, current_scope(session), round_id, by=actor) is not None)
        key = request.form.get("idempotency_key", "")
        first = once(session, key, by=actor, purpose="visits.close_round", round=round_id)
        if first.is_new:
            service.close_round(session, round_id, by=actor)
            first.keep(done=True)
    return done(_("Đã kết thúc tuyến."), url_for("visits.show", round_id=round_id))


def _index(
    session: Session, scope: Scope, month: Month, *, refused: RoundForm | None = None, status: int = 200
) -> Response:
    places = queries.waiting_places(session, scope, month=month)
    offices = list(dict.fromkeys((place.office_id, place.office) for place in places))
    plans = []
    for office_id, office in offices if current_may(Right.PLAN_VISIT) else []:
        own = [place for place in places if place.office_id == office_id]
        form = (
            refused if refused is not None and refused.office_id.data == office_id else _form(session, own, office_id)
        )
        plans.append((office, form, own))
    return page(
        "visits/index.html",
        status,
        month=month,
        month_options=[(one.iso, month_shown(one)) for one in months(session, scope) or [month]],
        rounds=queries.rounds(session, scope, by=current_actor(), month=month),
        places=places,
        plans=plans,
        people=queries.without_round(session, scope, month=month),
        refused=refused,
    )


def _form(session: Session, places: list[WaitingPlace], office_id: int) -> RoundForm:
    """The form with what may be chosen at this office; ids carry the office, since one page may hold several."""
    form = RoundForm() if request.method == "POST" else RoundForm(None, office_id=office_id, on=clock.today())
    form.communes.choices = [
        (place.commune_id or UNKNOWN_COMMUNE, place.commune or _("Chưa rõ xã, phường"))
        for place in places
        if place.office_id == office_id
    ]
    form.staff_id.choices = [(one.staff_id, one.name) for one in queries.couriers(session, office_id)]
    for field in (form.communes, form.staff_id, form.on, form.replan):
        field.id = f"{field.short_name}-{office_id}"
        field.label.field_id = field.id
    return form


def _month(session: Session, scope: Scope) -> Month:
    try:
        return Month.parse(request.values.get("month", ""))
    except UnclearMonth:
        return newest_month(session, scope)


def _may_close(row: RoundRow | None) -> bool:
    own = row is not None and row.staff_id == current_actor().staff_id
    return row is not None and not row.is_closed and (current_may(Right.PLAN_VISIT) or own)
