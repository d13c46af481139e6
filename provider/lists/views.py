"""Lists on screen: all of them, taking one in, looking through it row by row, accepting or rejecting it."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider import clock, figures
from provider.agreements.queries import agencies
from provider.audit.once import once
from provider.clock import Month
from provider.errors import Invalid, Missing
from provider.lists import queries, service
from provider.lists.forms import DecisionForm, UploadForm
from provider.lists.models import RowLevel
from provider.lists.problems import CATALOGUE
from provider.money import Money
from provider.staff.guard import current_actor, current_may, current_scope, refuse_unless, requires
from provider.staff.rules import Right
from provider.web import done, file_answer, page, store, takes_files

bp = Blueprint("lists", __name__, url_prefix="/lists")

ROWS_A_PAGE = 100


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
    with store().read() as session:
        form.agency_id.choices = _agency_choices(session)
    return page("lists/new.html", form=form)


@bp.post("/new")
@requires(Right.UPLOAD_LIST)
@takes_files
def receive() -> AnyResponse:
    """Read and check the file; show what was understood. Nothing is paid of it yet."""
    form = UploadForm()
    with store().read() as session:
        form.agency_id.choices = _agency_choices(session)
    if not form.validate_on_submit():
        return page("lists/new.html", 422, form=form)
    upload, actor = form.file.data, current_actor()
    try:
        with store().write() as session:
            refuse_unless(current_scope(session).covers_agency(form.agency_id.data))
            received = service.receive(
                session,
                upload.read(),
                upload.filename or "",
                agency_id=form.agency_id.data,
                programme=form.programme.data,
                month=Month.parse(form.month.data),
                sent_people=form.sent_people.data,
                sent_amount=Money.read(form.sent_amount.data) if form.sent_amount.data else None,
                by=actor,
            )
            number = received.id
    except Invalid as refusal:
        form.file.errors = [refusal.text(_)]
        return page("lists/new.html", 422, form=form)
    return done(_("Đã đọc tệp. Hãy xem lại trước khi nhận vào kỳ."), url_for("lists.show", list_id=number))


@bp.get("/<int:list_id>")
@requires(Right.SEE_LIST)
def show(list_id: int) -> Response:
    """One list: what was understood, what is wrong in which cell, whether it ties out."""
    level = request.args.get("level", "")
    chosen = RowLevel(level) if level in list(RowLevel) else None
    number = max(1, request.args.get("page", 1, type=int))
    with store().read() as session:
        its_list = _list(session, list_id)
        count = queries.count_of_rows(session, list_id, chosen)
        rows = queries.rows(session, list_id, level=chosen, limit=ROWS_A_PAGE, offset=(number - 1) * ROWS_A_PAGE)
        kinds = queries.kinds_of_problems(session, list_id)
    template = "lists/_rows.html" if "HX-Request" in request.headers else "lists/show.html"
    return page(
        template,
        list=its_list,
        rows=rows,
        level=chosen,
        page=number,
        pages=max(1, -(-count // ROWS_A_PAGE)),
        kinds=[(CATALOGUE[code], number_of) for code, number_of in kinds.items()],
        form=DecisionForm(formdata=None),
        me=current_actor().staff_id,
        translate=_,
    )


@bp.post("/<int:list_id>/accept")
@requires(Right.ACCEPT_LIST)
def accept(list_id: int) -> AnyResponse:
    """Make a payout of every row without an error."""
    actor, form = current_actor(), DecisionForm()
    with store().write() as session:
        its_list = _list(session, list_id)
        if not its_list.ties_out:
            refuse_unless(current_may(Right.ACCEPT_LIST_NOT_TIED_OUT))
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
    return done(_("Đã nhận vào kỳ: %(payouts)s khoản chi.", **answer), url_for("lists.show", list_id=list_id))


@bp.post("/<int:list_id>/reject")
@requires(Right.ACCEPT_LIST)
def reject(list_id: int) -> AnyResponse:
    """Send the list back with a reason."""
    form = DecisionForm()
    with store().write() as session:
        _list(session, list_id)
        service.reject(session, list_id, reason=form.reason.data or "", by=current_actor())
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


def _agency_choices(session: Session) -> list[tuple[int, str]]:
    return [(row.id, row.name) for row in agencies(session, current_scope(session))]


def _list(session: Session, list_id: int) -> queries.ListShown:
    found = queries.lists(session, list_id=list_id)
    if not found or not current_scope(session).covers(agency_id=found[0].agency_id, office_id=found[0].office_id):
        raise Missing()
    return found[0]
