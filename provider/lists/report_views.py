"""Báo giảm on screen: whom the unit reported, sending the list, entering the agency's answer."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider.audit.once import once
from provider.errors import Missing
from provider.lists import report_queries, reports
from provider.lists.decrease import Answer, DecreaseKind, ReportState
from provider.lists.forms import AnswerForm, ReportForm
from provider.lists.report_queries import ReportRow
from provider.lists.views import bp
from provider.lists.worksheets import decrease_list
from provider.recipients.queries import people_of
from provider.staff.guard import current_actor, current_scope, requires
from provider.staff.rules import Right
from provider.web import XLSX, done, file_answer, page, store


@bp.get("/reports")
@requires(Right.SEND_DECREASE, Right.ANSWER_DECREASE)
def reported() -> Response:
    """Everybody reported within reach: to be sent, waiting for an answer, answered."""
    with store().read() as session:
        rows = report_queries.reports(session, current_scope(session))
    return page(
        "lists/reports.html",
        groups=[(state, [row for row in rows if row.state is state]) for state in ReportState],
        agencies=sorted({(row.agency_id, row.agency) for row in rows if row.state is ReportState.REPORTED}),
        translate=_,
    )


@bp.get("/reports/new")
@requires(Right.REPORT_DECREASE)
def report_new() -> Response:
    """Report somebody: ``?person_id=``."""
    return _new(ReportForm(formdata=None))


@bp.post("/reports/new")
@requires(Right.REPORT_DECREASE)
def report() -> AnyResponse:
    """Report somebody to the agency; what is payable is held at once."""
    form, actor = ReportForm(), current_actor()
    kind = DecreaseKind(form.kind.data) if form.kind.data in set(DecreaseKind) else None
    if form.validate_on_submit() and kind is DecreaseKind.OTHER and not (form.remark.data or "").strip():
        form.remark.errors = [_("Hãy ghi rõ lý do khác là gì.")]
    if kind is None or form.errors or form.remark.errors:
        return _new(form, 422)
    person_id = request.args.get("person_id", 0, type=int)
    with store().write() as session:
        office_id = report_queries.office_paying(session, current_scope(session), person_id)
        if office_id is None:
            raise Missing()
        first = once(
            session, request.form.get("idempotency_key", ""), by=actor, purpose="lists.report", person=person_id
        )
        if first.is_new:
            made = reports.report_decrease(
                session,
                person_id=person_id,
                kind=kind,
                office_id=office_id,
                happened_on=form.happened_on.data,
                remark=form.remark.data or "",
                by=actor,
            )
            first.keep(reports=[one.id for one in made])
    return done(_("Đã báo giảm; khoản chưa chi được giữ đến khi cơ quan trả lời."), url_for("lists.reported"))


@bp.post("/reports/send")
@requires(Right.SEND_DECREASE)
def report_send() -> AnyResponse:
    """Put the chosen reports on one numbered list for their agency."""
    chosen, actor = request.form.getlist("report_id", type=int), current_actor()
    with store().write() as session:
        within = {row.id for row in report_queries.reports(session, current_scope(session))}
        first = once(
            session, request.form.get("idempotency_key", ""), by=actor, purpose="lists.send", reports=sorted(chosen)
        )
        if first.is_new:
            letter = reports.send_reports(session, [one for one in chosen if one in within], by=actor)
            first.keep(number=letter.number)
        answer = first.answer or {}
    return done(_("Đã lập danh sách báo giảm số %(number)s.", **answer), url_for("lists.reported"))


@bp.get("/reports/letters/<int:letter_id>")
@requires(Right.SEND_DECREASE, Right.ANSWER_DECREASE)
def report_letter(letter_id: int) -> Response:
    """The list as it was sent, as a workbook."""
    with store().read() as session:
        scope = current_scope(session)
        letter = report_queries.letter_of(session, scope, letter_id)
        if letter is None:
            raise Missing()
        rows = report_queries.reports(session, scope, letter_id=letter_id)
    content = decrease_list(letter, rows)
    return file_answer(content, f"bao-giam-{letter.number.replace('/', '-')}.xlsx", XLSX)


@bp.get("/reports/<int:report_id>")
@requires(Right.SEND_DECREASE, Right.ANSWER_DECREASE)
def report_show(report_id: int) -> Response:
    """One report, and the agency's answer."""
    return _show(report_id, AnswerForm(formdata=None))


@bp.post("/reports/<int:report_id>/answer")
@requires(Right.ANSWER_DECREASE)
def report_answer(report_id: int) -> AnyResponse:
    """Enter what the agency decided: what is held is released, or goes back when the month is closed."""
    form, actor = AnswerForm(), current_actor()
    with store().write() as session:
        _report(session, report_id)
        if form.validate_on_submit():
            answer = Answer(form.answer.data)
            reports.mark_answered(session, report_id, answer=answer, words=form.words.data or "", by=actor)
            return done(_("Đã ghi trả lời của cơ quan."), url_for("lists.reported"))
    return _show(report_id, form, 422)


def _new(form: ReportForm, status: int = 200) -> Response:
    person_id = request.args.get("person_id", 0, type=int)
    with store().read() as session:
        if report_queries.office_paying(session, current_scope(session), person_id) is None:
            raise Missing()
        person = people_of(session, [person_id])[person_id]
    return page("lists/report_new.html", status, form=form, person=person)


def _show(report_id: int, form: AnswerForm, status: int = 200) -> Response:
    with store().read() as session:
        row = _report(session, report_id)
    mine = row.reported_by_id is not None and row.reported_by_id == current_actor().staff_id
    return page("lists/report.html", status, report=row, form=form, mine=mine, translate=_)


def _report(session: Session, report_id: int) -> ReportRow:
    found = report_queries.reports(session, current_scope(session), report_id=report_id)
    if not found:
        raise Missing()
    return found[0]
