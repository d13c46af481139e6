"""Lists on screen: all of them, taking one in, looking through it row by row, accepting or rejecting it."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider import clock, figures
from provider.agreements.queries import agencies
from provider.audit.once import once
from provider.clock import Month
from provider.errors import Missing, Refusal
from provider.lists import queries, service
from provider.lists.cells import label_of
from provider.lists.forms import DecisionForm, UploadForm
from provider.lists.models import RowLevel
from provider.lists.problems import CATALOGUE
from provider.lists.refusals import ListIsStale, NotTiedOut, SameFileAgain
from provider.money import Money
from provider.payouts.service import ReasonNeeded
from provider.staff.guard import current_actor, current_may, current_scope, refuse_unless, requires
from provider.staff.rules import Right
from provider.web import done, file_answer, page, settings, store, takes_files

bp = Blueprint("lists", __name__, url_prefix="/lists")

ROWS_A_PAGE = 100
MEGABYTE = 1024 * 1024


@bp.get("/")
@requires(Right.SEE_LIST)
def index() -> Response:
    """The lists within reach, newest first."""
    with store().read() as session:
        scope = current_scope(session)
        found = queries.lists(session, agency_ids=scope.agency_ids, office_ids=scope.office_ids)
    return page("lists/index.html", lists=found)


@bp.get("/new")
@requires(Right.UPLOAD_LIST)
def new() -> Response:
    """Take a list in: which file, of whom, for which month."""
    form = UploadForm(formdata=None, month=figures.month(Month.of(clock.today())).removeprefix("Tháng "))
    return _new(form)


@bp.post("/new")
@requires(Right.UPLOAD_LIST)
@takes_files
def receive() -> AnyResponse:
    """Read and check the file; show what was understood. Nothing is paid of it yet."""
    form = UploadForm()
    with store().read() as session:
        form.agency_id.choices = _agency_choices(session)
    if not form.validate_on_submit():
        return _new(form, 422)
    upload, month, actor = form.file.data, Month.parse(form.month.data), current_actor()
    content, name = upload.read(), upload.filename or ""
    try:
        already_read = service.read(content, name, month, limit=settings().upload_limit)
        with store().write() as session:
            received = service.receive(
                session,
                content,
                name,
                agency_id=form.agency_id.data,
                programme=form.programme.data,
                month=month,
                sent_people=form.sent_people.data,
                sent_amount=Money.read(form.sent_amount.data) if form.sent_amount.data else None,
                already_read=already_read,
                by=actor,
            )
            refuse_unless(_covers(session, received.agency_id, received.period_id))
            number = received.id
    except SameFileAgain as refusal:
        form.file.errors = [refusal.text(_)]
        return _new(form, 409, first=refusal.facts["list_id"])
    except Refusal as refusal:
        form.file.errors = [refusal.text(_)]
        return _new(form, 422)
    return done(_("Đã đọc tệp. Hãy xem lại trước khi nhận vào kỳ."), url_for("lists.show", list_id=number))


@bp.get("/<int:list_id>")
@requires(Right.SEE_LIST)
def show(list_id: int) -> Response:
    """One list: what was understood, what is wrong in which cell, whether it ties out."""
    if "HX-Request" in request.headers:
        with store().read() as session:
            return page("lists/_rows.html", list=_list(session, list_id), **_rows(session, list_id))
    return _show(list_id, DecisionForm(formdata=None))


@bp.post("/<int:list_id>/accept")
@requires(Right.ACCEPT_LIST)
def accept(list_id: int) -> AnyResponse:
    """Make a payout of every row without an error."""
    actor, form = current_actor(), DecisionForm()
    try:
        with store().write() as session:
            its_list = _list(session, list_id)
            if not its_list.ties_out and not current_may(Right.ACCEPT_LIST_NOT_TIED_OUT):
                raise NotTiedOut()
            first = once(
                session,
                request.form.get("idempotency_key", ""),
                by=actor,
                purpose="lists.accept",
                list=list_id,
            )
            if first.is_new:
                first.keep(payouts=service.accept(session, list_id, reason=form.reason.data or "", by=actor))
            answer = first.answer or {}
    except ReasonNeeded as refusal:
        form.reason.errors = [refusal.text(_)]
        return _show(list_id, form, 422)
    except ListIsStale as refusal:
        return _show(list_id, form, 409, stale=refusal.text(_))
    return done(_("Đã nhận vào kỳ: %(payouts)s khoản chi.", **answer), url_for("lists.show", list_id=list_id))


@bp.post("/<int:list_id>/check-again")
@requires(Right.UPLOAD_LIST, Right.ACCEPT_LIST)
def recheck(list_id: int) -> AnyResponse:
    """Check an undecided list again against what is known by now."""
    with store().read() as session:
        its_list = _list(session, list_id)
        kept = queries.original(session, list_id)
    already_read = service.read(kept[1], kept[0], its_list.month) if kept else None
    with store().write() as session:
        service.recheck(session, list_id, already_read=already_read, by=current_actor())
    return done(_("Đã kiểm tra lại toàn bộ danh sách."), url_for("lists.show", list_id=list_id))


@bp.post("/<int:list_id>/reject")
@requires(Right.ACCEPT_LIST)
def reject(list_id: int) -> AnyResponse:
    """Send the list back with a reason."""
    form = DecisionForm(prefix="reject-")
    try:
        with store().write() as session:
            _list(session, list_id)
            service.reject(session, list_id, reason=form.reason.data or "", by=current_actor())
    except ReasonNeeded as refusal:
        form.reason.errors = [refusal.text(_)]
        return _show(list_id, DecisionForm(formdata=None), 422, rejecting=form)
    return done(_("Đã từ chối danh sách."), url_for("lists.show", list_id=list_id))


@bp.get("/<int:list_id>/file")
@requires(Right.SEE_LIST)
def original(list_id: int) -> Response:
    """The file exactly as it came."""
    with store().read() as session:
        _list(session, list_id)
        found = queries.original(session, list_id)
    if found is None:
        raise Missing()
    return file_answer(found[1], found[0], "application/octet-stream")


def _new(form: UploadForm, status: int = 200, *, first: int | None = None) -> Response:
    with store().read() as session:
        form.agency_id.choices = _agency_choices(session)
    return page("lists/new.html", status, form=form, first=first, megabytes=settings().upload_limit // MEGABYTE)


def _show(
    list_id: int, form: DecisionForm, status: int = 200, *, stale: str = "", rejecting: DecisionForm | None = None
) -> Response:
    with store().read() as session:
        its_list = _list(session, list_id)
        shown = _rows(session, list_id)
        kinds = queries.kinds_of_problems(session, list_id)
    return page(
        "lists/show.html",
        status,
        list=its_list,
        kinds=[(CATALOGUE[code], number_of) for code, number_of in kinds.items()],
        label_of=label_of,
        form=form,
        rejecting=rejecting or DecisionForm(formdata=None, prefix="reject-"),
        stale=stale,
        me=current_actor().staff_id,
        **shown,
    )


def _rows(session: Session, list_id: int) -> dict[str, Any]:
    """One page of rows, of the level and the kind of problem that the address names."""
    level, kind = request.args.get("level", ""), request.args.get("kind", "")
    chosen = RowLevel(level) if level in list(RowLevel) else None
    kind = kind if kind in CATALOGUE else ""
    count = queries.count_of_rows(session, list_id, chosen, kind)
    pages = max(1, -(-count // ROWS_A_PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    offset = (number - 1) * ROWS_A_PAGE
    return {
        "rows": queries.rows(session, list_id, level=chosen, kind=kind, limit=ROWS_A_PAGE, offset=offset),
        "count_of_rows": count,
        "level": chosen,
        "kind": CATALOGUE.get(kind),
        "translate": _,
        "page": number,
        "pages": pages,
    }


def _agency_choices(session: Session) -> list[tuple[int, str]]:
    return [(row.id, row.name) for row in agencies(session, current_scope(session))]


def _covers(session: Session, agency_id: int, period_id: int) -> bool:
    """Whether the period a list was taken in for is within reach: its office by the contract, and its agency."""
    return current_scope(session).covers(agency_id=agency_id, office_id=queries.office_of(session, period_id))


def _list(session: Session, list_id: int) -> queries.ListShown:
    found = queries.lists(session, list_id=list_id)
    if not found or not current_scope(session).covers(agency_id=found[0].agency_id, office_id=found[0].office_id):
        raise Missing()
    return found[0]
