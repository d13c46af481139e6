"""Batches of a month, one batch with its lines, the bank's file, the bank's answers."""

from collections.abc import Callable

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider.audit.deeds import DeedKind
from provider.audit.once import once
from provider.audit.queries import deeds_about
from provider.audit.service import note
from provider.clock import Month, UnclearMonth
from provider.errors import Missing
from provider.figures import count, dong
from provider.money import Money
from provider.payouts.table import months, newest_month
from provider.staff.guard import current_actor, current_may, current_scope, refuse_unless, requires
from provider.staff.rules import Right, Scope
from provider.transfers import queries, service
from provider.transfers.bank_file import as_csv, as_xlsx
from provider.transfers.forms import FailedForm, PaidForm
from provider.transfers.models import BatchState, LineState
from provider.transfers.queries import BatchRow
from provider.transfers.refusals import BatchNotSent
from provider.transfers.rules import Failure
from provider.web import XLSX, done, file_answer, month_shown, page, store

bp = Blueprint("transfers", __name__, url_prefix="/transfers")

CSV = "text/csv; charset=utf-8"
LINES_SHOWN = 50
LEFT_OUT_SHOWN = 100


@bp.get("/")
@requires(Right.SEE_BATCH)
def index() -> Response:
    """Batches of a month, what may enter the next one, and what may not and why."""
    with store().read() as session:
        scope = current_scope(session)
        month = _month(session, scope)
        waiting = queries.waiting(session, scope, month=month)
        left_out = [one for one in waiting if one.stays_out is not None]
        return page(
            "transfers/index.html",
            month=month,
            month_options=[(one.iso, month_shown(one)) for one in months(session, scope) or [month]],
            batches=queries.batches(session, scope, month=month),
            ready=queries.ready(session, waiting),
            left_out=left_out[:LEFT_OUT_SHOWN],
            left_out_count=len(left_out),
        )


@bp.post("/")
@requires(Right.BUILD_BATCH)
def build() -> AnyResponse:
    """Build a batch of everything that may enter, for one agency and office."""
    actor, asked = current_actor(), request.form
    agency_id, office_id = asked.get("agency_id", 0, type=int), asked.get("office_id", 0, type=int)
    month = Month.parse(asked.get("month", ""))
    with store().write() as session:
        key = asked.get("idempotency_key", "")
        first = once(
            session, key, by=actor, purpose="transfers.build", agency=agency_id, office=office_id, month=month.iso
        )
        if first.is_new:
            built = service.build_batch(session, agency_id=agency_id, office_id=office_id, month=month, by=actor)
            first.keep(batch=built.id)
        number = (first.answer or {})["batch"]
    return done(_("Đã lập lô chuyển khoản. Người thứ hai phải duyệt."), url_for("transfers.show", batch_id=number))


@bp.get("/<int:batch_id>")
@requires(Right.SEE_BATCH)
def show(batch_id: int) -> Response:
    """One batch: where it stands, what may be done now, its lines."""
    return _show(batch_id)


@bp.post("/<int:batch_id>/release")
@requires(Right.RELEASE_BATCH)
def release(batch_id: int) -> AnyResponse:
    """The second person lets the batch go to the bank."""
    _once(batch_id, "release", lambda session: service.release_batch(session, batch_id, by=current_actor()))
    return done(_("Đã duyệt. Tải tệp để gửi ngân hàng."), url_for("transfers.show", batch_id=batch_id))


@bp.post("/<int:batch_id>/cancel")
@requires(Right.BUILD_BATCH, Right.RELEASE_BATCH)
def cancel(batch_id: int) -> AnyResponse:
    """Take a batch back that nobody released."""
    _once(batch_id, "cancel", lambda session: service.cancel_batch(session, batch_id, by=current_actor()))
    return done(_("Đã hủy lô chuyển khoản."), url_for("transfers.show", batch_id=batch_id))


@bp.post("/<int:batch_id>/file")
@requires(Right.MARK_TRANSFER_PAID, Right.RELEASE_BATCH)
def bank_file(batch_id: int) -> Response:
    """The bank's file of a released batch. A POST, since who took whole accounts and numbers along is written down."""
    as_text = request.form.get("kind") == "csv"
    with store().write() as session:
        row = _visible(session, batch_id)
        if row.released_at is None:
            raise BatchNotSent()
        file = queries.bank_file(session, row)
        kind = "csv" if as_text else "xlsx"
        note(
            session,
            DeedKind.PERSONAL_DATA_SEEN,
            by=current_actor(),
            about=f"batch:{batch_id}",
            what="bank_file",
            file=kind,
            people=len(file.transfers),
        )
    if as_text:
        return file_answer(as_csv(file), f"{file.number}.csv", CSV)
    return file_answer(as_xlsx(file), f"{file.number}.xlsx", XLSX)


@bp.post("/<int:batch_id>/paid")
@requires(Right.MARK_TRANSFER_PAID)
def mark_paid(batch_id: int) -> AnyResponse:
    """The bank paid every line that waits."""
    form = PaidForm(prefix="paid")
    if not form.validate_on_submit():
        return _show(batch_id, 422, paid=form)
    reference = form.reference.data
    paid = _once(
        batch_id,
        "paid",
        lambda session: service.mark_paid(session, batch_id, reference=reference, by=current_actor()),
        reference=reference,
    )
    said = _("Đã ghi %(paid)s khoản chuyển thành công.", paid=count(paid))
    return done(said, url_for("transfers.show", batch_id=batch_id))


@bp.get("/lines/<int:line_id>/failed")
@requires(Right.MARK_TRANSFER_PAID)
def failing(line_id: int) -> Response:
    """The question before a line is written down as not paid."""
    return _failing(line_id, FailedForm())


@bp.post("/lines/<int:line_id>/failed")
@requires(Right.MARK_TRANSFER_PAID)
def mark_failed(line_id: int) -> AnyResponse:
    """The bank did not pay one line, or sent it back."""
    form = FailedForm()
    if not form.validate_on_submit():
        return _failing(line_id, form, 422)
    with store().read() as session:
        batch_id = queries.line_batch(session, line_id) or 0
    failure, remark = Failure(form.failure.data), form.remark.data
    amount = _once(
        batch_id,
        "failed",
        lambda session: service.mark_failed(session, line_id, failure, remark=remark, by=current_actor()).amount.dong,
        line=line_id,
        failure=failure.value,
        remark=remark,
    )
    said = _("Đã ghi ngân hàng trả lại %(amount)s. Khoản này chuyển sang chi tiền mặt.", amount=dong(Money(amount)))
    return done(said, url_for("transfers.show", batch_id=batch_id))


def _show(batch_id: int, status: int = 200, *, paid: PaidForm | None = None) -> Response:
    actor, number = current_actor(), max(1, request.args.get("page", 1, type=int))
    state, search = _line_state(request.args.get("state", "")), request.args.get("q", "").strip()[:60]
    with store().read() as session:
        row = _visible(session, batch_id)
        lines, total = queries.lines(
            session, batch_id, state=state, search=search, limit=LINES_SHOWN, offset=(number - 1) * LINES_SHOWN
        )
        deeds = deeds_about(session, f"batch:{batch_id}", limit=30)
    draft, waiting = row.state is BatchState.DRAFT, row.counts.get(LineState.WAITING, 0)
    may_answer = row.released_at is not None and current_may(Right.MARK_TRANSFER_PAID)
    return page(
        "transfers/show.html",
        status,
        batch=row,
        lines=lines,
        lines_total=total,
        number=number,
        pages=max(1, -(-total // LINES_SHOWN)),
        state=state.value if state else "",
        search=search,
        deeds=deeds,
        paid=paid or (PaidForm(None, prefix="paid") if may_answer and waiting else None),
        refused=paid,
        waiting=waiting,
        may_release=draft and current_may(Right.RELEASE_BATCH) and actor.staff_id != row.built_by_id,
        may_cancel=draft and (current_may(Right.BUILD_BATCH) or current_may(Right.RELEASE_BATCH)),
        may_take_file=row.released_at is not None
        and (current_may(Right.RELEASE_BATCH) or current_may(Right.MARK_TRANSFER_PAID)),
        may_fail=may_answer,
    )


def _failing(line_id: int, form: FailedForm, status: int = 200) -> Response:
    with store().read() as session:
        row = _visible(session, queries.line_batch(session, line_id) or 0)
        line = queries.line(session, line_id)
    return page("transfers/failed.html", status, batch=row, line=line, form=form)


def _visible(session: Session, batch_id: int) -> BatchRow:
    row = queries.batch_row(session, current_scope(session), batch_id)
    if row is None:
        raise Missing()
    return row


def _once(batch_id: int, what: str, deed: Callable[[Session], object], **content: object) -> int:
    """Do a deed with a batch once for its key, in one transaction; the whole number that it gave is kept (else 0)."""
    with store().write() as session:
        refuse_unless(queries.batch_row(session, current_scope(session), batch_id) is not None)
        key = request.form.get("idempotency_key", "")
        first = once(session, key, by=current_actor(), purpose=f"transfers.{what}", batch=batch_id, **content)
        if first.is_new:
            result = deed(session)
            first.keep(result=result if isinstance(result, int) else 0)
        return int((first.answer or {})["result"])


def _month(session: Session, scope: Scope) -> Month:
    try:
        return Month.parse(request.args.get("month", ""))
    except UnclearMonth:
        return newest_month(session, scope)


def _line_state(text: str) -> LineState | None:
    return LineState(text) if text in set(LineState) else None
