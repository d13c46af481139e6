"""One opening: its people, its changes, its roster."""

import datetime as dt
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider import clock, figures
from provider.audit.queries import deeds_about
from provider.errors import Missing
from provider.paper import sheet
from provider.points import queries, service
from provider.points.forms import ChangeForm, MoveForm, ReasonForm
from provider.points.queries import OpeningRow
from provider.points.roster import roster_of
from provider.points.rules import OpeningState, slots_of
from provider.points.views.shared import bp, with_choices
from provider.staff.guard import current_actor, current_may, current_scope, requires
from provider.staff.rules import Right
from provider.web import PDF, done, file_answer, page, store


@bp.get("/openings/<int:opening_id>")
@requires(Right.SEE_OPENING)
def show(opening_id: int) -> Response:
    """One opening: who is expected when, how far it is, who pays, what to print, and its story."""
    with store().read() as session:
        return _show(session, opening_id)


@bp.post("/openings/<int:opening_id>/change")
@requires(Right.PLAN_OPENING)
def change(opening_id: int) -> AnyResponse:
    """Another day, other hours, other people, another place."""
    with store().read() as session:
        form = with_choices(session, ChangeForm(prefix="change"))
        if not form.validate_on_submit():
            return _show(session, opening_id, 422, change=form)
    with store().write() as session:
        service.change_opening(
            session,
            opening_id,
            on=form.on.data,
            from_time=form.from_time.data,
            to_time=form.to_time.data,
            staff_ids=form.staff_ids.data or (),
            reason=form.reason.data,
            point_id=form.point_id.data,
            by=current_actor(),
        )
    return done(_("Đã đổi lịch phiên chi trả."), url_for("points.show", opening_id=opening_id))


@bp.post("/openings/<int:opening_id>/cancel")
@requires(Right.PLAN_OPENING)
def cancel(opening_id: int) -> AnyResponse:
    """It will not take place."""
    form = ReasonForm(prefix="cancel")
    if not form.validate_on_submit():
        with store().read() as session:
            return _show(session, opening_id, 422, cancel=form)
    with store().write() as session:
        opening = service.cancel_opening(session, opening_id, reason=form.reason.data, by=current_actor())
        month = opening.month
    return done(_("Đã hủy phiên chi trả."), url_for("points.calendar", month=month.iso))


@bp.post("/openings/<int:opening_id>/close")
@requires(Right.PLAN_OPENING, Right.CLOSE_TILL)
def close(opening_id: int) -> AnyResponse:
    """The day at the point is over."""
    with store().write() as session:
        service.close_opening(session, opening_id, by=current_actor())
    return done(_("Đã kết thúc phiên chi trả."), url_for("points.show", opening_id=opening_id))


@bp.post("/openings/<int:opening_id>/seat")
@requires(Right.PLAN_OPENING)
def seat(opening_id: int) -> AnyResponse:
    """Seat who is new in the commune; or give all places anew."""
    afresh = request.form.get("afresh") == "1"
    with store().write() as session:
        seated = service.seat(session, opening_id, by=current_actor(), afresh=afresh)
    told = _(
        "Đã xếp thêm %(people)s người, %(payouts)s khoản; bỏ %(removed)s khoản không còn chi tại điểm.",
        people=figures.count(seated.people),
        payouts=figures.count(seated.payouts),
        removed=figures.count(seated.removed),
    )
    return done(told, url_for("points.show", opening_id=opening_id))


@bp.get("/openings/<int:opening_id>/people/<int:person_id>")
@requires(Right.PLAN_OPENING)
def person(opening_id: int, person_id: int) -> Response:
    """Where one person is expected, and where else that could be."""
    with store().read() as session:
        return _person_page(session, opening_id, person_id)


@bp.post("/openings/<int:opening_id>/people/<int:person_id>")
@requires(Right.PLAN_OPENING)
def move(opening_id: int, person_id: int) -> AnyResponse:
    """Expect a person at another opening or hour."""
    with store().read() as session:
        form = _move_form(session, _opening(session, opening_id))
        if not form.validate_on_submit():
            return _person_page(session, opening_id, person_id, form, 422)
    target, _at, slot = form.place.data.partition("@")
    with store().write() as session:
        service.move_seat(
            session,
            opening_id,
            person_id,
            to_opening_id=int(target),
            slot_from=dt.time.fromisoformat(slot),
            reason=form.reason.data,
            by=current_actor(),
        )
    return done(_("Đã đổi giờ hẹn."), url_for("points.show", opening_id=opening_id))


@bp.get("/openings/<int:opening_id>/roster.pdf")
@requires(Right.PRINT_ROSTER)
def roster(opening_id: int) -> Response:
    """The list to sign, in the order it is read out."""
    with store().read() as session:
        opening = _opening(session, opening_id)
        printed = f"In lúc {figures.moment(clock.now())} bởi {current_actor().name}"
        content = roster_of(session, opening, printed=printed)
    if not content.rows:
        raise Missing()
    name = f"danh-sach-chi-tra-{opening.month.iso}-{opening.id}.pdf"
    return file_answer(sheet("roster.html", roster=content), name, PDF)


def _opening(session: Session, opening_id: int) -> OpeningRow:
    found = queries.opening(session, current_scope(session), opening_id)
    if found is None:
        raise Missing()
    return found


def _show(session: Session, opening_id: int, status: int = 200, **refused: ReasonForm | ChangeForm) -> Response:
    opening = _opening(session, opening_id)
    people = queries.expected(session, opening_id)
    waiting = queries.unseated(session, current_scope(session), opening.month).get(opening.commune_id, 0)
    forms: dict[str, Any] = {}
    if opening.is_alive and current_may(Right.PLAN_OPENING):
        forms["change"] = with_choices(session, ChangeForm(None, obj=opening, prefix="change", reason=""))
        if opening.state is OpeningState.PLANNED:
            forms["cancel"] = ReasonForm(None, prefix="cancel")
    return page(
        "points/show.html",
        status,
        opening=opening,
        slots=queries.by_slot(people),
        deeds=deeds_about(session, f"opening:{opening_id}"),
        waiting=waiting,
        forms={**forms, **refused},
        refused=next(iter(refused.values()), None),
    )


def _person_page(
    session: Session, opening_id: int, person_id: int, form: MoveForm | None = None, status: int = 200
) -> Response:
    opening = _opening(session, opening_id)
    found = next((one for one in queries.expected(session, opening_id) if one.person_id == person_id), None)
    if found is None:
        raise Missing()
    form = form or _move_form(session, opening, now=f"{opening_id}@{found.slot.from_time:%H:%M}")
    return page("points/person.html", status, opening=opening, person=found, form=form)


def _move_form(session: Session, opening: OpeningRow, now: str = "") -> MoveForm:
    form = MoveForm(None, place=now) if now else MoveForm()
    form.place.choices = [
        (
            f"{one.id}@{slot.from_time:%H:%M}",
            f"{one.point}, {figures.day(one.on)}, {slot.from_time:%H:%M}–{slot.to_time:%H:%M}",
        )
        for one in queries.siblings(session, current_scope(session), opening)
        for slot in slots_of(one.from_time, one.to_time)
    ]
    return form
