"""Closing a month: the state of the books, cut-off, the settlement, its papers."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider import jobs
from provider.agreements import queries as agreements
from provider.audit.actor import Actor
from provider.audit.once import once
from provider.clock import Month
from provider.db import Store
from provider.errors import Missing
from provider.money import Money
from provider.payouts import queries as payout_queries
from provider.payouts.lifecycle import State
from provider.settlement import closing, issuing, queries, service
from provider.settlement.checks import CHECKS
from provider.settlement.models import SettlementState
from provider.settlement.refusals import NothingToSettle
from provider.staff.guard import current_actor, current_may, current_scope, refuse_unless, requires
from provider.staff.rules import AGENCY_ROLES, Right
from provider.web import PDF, XLSX, done, file_answer, page, settings, store

bp = Blueprint("settlement", __name__, url_prefix="/settlement")

UNPAID_SHOWN = 500
UNPAID_ORDER = (State.HELD, State.MISSED, State.DUE)
"""Who is to be decided about stands first."""
KINDS = {"pdf": PDF, "xlsx": XLSX, "fee": PDF, "unpaid": PDF}


@bp.get("/")
@requires(Right.SEE_SETTLEMENT)
def index() -> Response:
    """The months of the agencies within reach, and how each was settled."""
    with store().read() as session:
        scope = current_scope(session)
        periods = payout_queries.periods(session, agency_ids=scope.agency_ids, office_ids=scope.office_ids)
        months = sorted({(row.month, row.agency_id, row.agency_name, row.agency_code) for row in periods}, reverse=True)
        newest: dict[tuple[int, Month], queries.SettlementRow] = {}
        for row in queries.settlements(session):
            newest.setdefault((row.agency_id, row.month), row)
    return page("settlement/index.html", months=months, settlements=newest)


@bp.get("/<code>/<month>")
@requires(Right.SEE_SETTLEMENT)
def month(code: str, month: str) -> Response:
    """One agency's month: what is unpaid, what was settled, what can be done next."""
    with store().read() as session:
        agency = _agency(session, code)
        its_month = Month.parse(month)
        periods = _periods(session, agency.id, its_month)
        ids = [row.id for row in periods]
        books = queries.books_of(session, ids)
        unpaid = sorted(queries.unpaid(session, ids), key=lambda one: UNPAID_ORDER.index(one.state))
        settled = queries.settlements(session, agency_id=agency.id, month=its_month)
        job = jobs.newest(session, issuing.JOB, f"settlement:{settled[0].id}") if settled else None
        inside = _is_inside()
    received = [one for one in books.movements if one.kind.value == "received"]
    paid = [one for one in books.movements if one.kind.value == "paid"]
    return page(
        "settlement/month.html",
        agency=agency,
        month=its_month,
        periods=periods,
        cut_off=all(row.cut_off_at for row in periods),
        unpaid=unpaid,
        unpaid_shown=UNPAID_SHOWN,
        left=Money.sum(one.amount for one in unpaid),
        may_read=bool(settled) and _may_read(settled[0]),
        inside=inside,
        opening=books.opening,
        received=Money.sum(one.amount for one in received),
        paid=Money.sum(one.amount for one in paid),
        settled=settled,
        job=job,
        me=current_actor().staff_id,
    )


@bp.post("/<code>/<month>/cut-off")
@requires(Right.CUT_OFF)
def cut_off(code: str, month: str) -> AnyResponse:
    """Stop paying; the ticked payouts return to the agency, all others go over into the next month."""
    its_month, back = Month.parse(month), request.form.getlist("give_back", type=int)
    actor = current_actor()
    with store().write() as session:
        agency = _agency(session, code)
        _periods(session, agency.id, its_month)
        first = once(
            session,
            request.form.get("idempotency_key", ""),
            by=actor,
            purpose="settlement.cut_off",
            agency=agency.id,
            month=its_month.iso,
            back=sorted(back),
        )
        if first.is_new:
            closed = closing.close_month(session, agency.id, its_month, give_back=back, by=actor)
            first.keep(carried=closed.carried, returned=closed.returned)
        answer = first.answer or {}
    return done(
        _("Đã chốt kỳ: %(carried)s khoản chuyển kỳ sau, %(returned)s khoản hoàn trả.", **answer),
        url_for("settlement.month", code=code, month=its_month.iso),
    )


@bp.post("/<code>/<month>/draw-up")
@requires(Right.DRAW_UP_SETTLEMENT)
def draw_up(code: str, month: str) -> AnyResponse:
    """Draw up the settlement as a new version."""
    its_month, actor = Month.parse(month), current_actor()
    with store().write() as session:
        agency = _agency(session, code)
        _periods(session, agency.id, its_month)
        first = once(
            session,
            request.form.get("idempotency_key", ""),
            by=actor,
            purpose="settlement.draw_up",
            agency=agency.id,
            month=its_month.iso,
        )
        if first.is_new:
            first.keep(settlement=service.draw_up(session, agency.id, its_month, by=actor).id)
        number = int((first.answer or {})["settlement"])
    _issue(store(), number, actor)
    return done(_("Đã lập bảng kê quyết toán."), url_for("settlement.month", code=code, month=its_month.iso))


@bp.post("/papers/<int:settlement_id>/issue")
@requires(Right.DRAW_UP_SETTLEMENT, Right.CONFIRM_SETTLEMENT)
def issue(settlement_id: int) -> AnyResponse:
    """Make the papers again after an interruption; what was issued stays as it is."""
    row = _settlement(settlement_id)
    _issue(store(), row.id, current_actor())
    with store().read() as session:
        code = _code_of(session, row.agency_id)
    return done(_("Đang lập bản in."), url_for("settlement.month", code=code, month=row.month.iso))


@bp.get("/papers/<int:settlement_id>/progress")
@requires(Right.SEE_SETTLEMENT, background=True)
def progress(settlement_id: int) -> Response:
    """How far the papers are; the page asks again by itself."""
    row = _settlement(settlement_id)
    with store().read() as session:
        job = jobs.newest(session, issuing.JOB, f"settlement:{settlement_id}")
    return page("settlement/_papers.html", row=row, job=job)


@bp.post("/papers/<int:settlement_id>/confirm")
@requires(Right.CONFIRM_SETTLEMENT)
def confirm(settlement_id: int) -> AnyResponse:
    """The second person confirms what was shown; the month is locked for ever."""
    row, actor = _settlement(settlement_id), current_actor()
    with store().write() as session:
        first = once(
            session,
            request.form.get("idempotency_key", ""),
            by=actor,
            purpose="settlement.confirm",
            settlement=settlement_id,
        )
        if first.is_new:
            service.confirm(session, settlement_id, content_hash=request.form.get("hash", ""), by=actor)
            first.keep(done=True)
        code = _code_of(session, row.agency_id)
    return done(
        _("Đã xác nhận quyết toán số %(number)s; kỳ chi trả đã khóa.", number=row.number),
        url_for("settlement.month", code=code, month=row.month.iso),
    )


@bp.get("/papers/<int:settlement_id>/<kind>")
@requires(Right.SEE_SETTLEMENT)
def paper(settlement_id: int, kind: str) -> Response:
    """A paper as it was issued."""
    row = _settlement(settlement_id)
    if kind not in KINDS:
        raise Missing()
    refuse_unless(_may_read(row))
    with store().read() as session:
        content = queries.paper(session, settlement_id, kind)
    if content is None:
        raise Missing()
    ending = "xlsx" if kind == "xlsx" else "pdf"
    stem = {"fee": "phi-chi-tra", "unpaid": "chua-nhan"}.get(kind, "quyet-toan")
    return file_answer(content, f"{stem}-{row.month.iso}-ban-{row.version}.{ending}", KINDS[kind])


@bp.get("/checks")
@requires(Right.SEE_SETTLEMENT)
def checks() -> Response:
    """The self-checks of the books, each a sentence that must be true."""
    with store().read() as session:
        refuse_unless(_is_inside())
        found = [(sentence, check(session)) for sentence, check in CHECKS]
    return page("settlement/checks.html", checks=found)


def _issue(house_store: Store, settlement_id: int, actor: Actor) -> None:
    key = settings().key("settlement")
    jobs.start(
        house_store,
        issuing.JOB,
        f"settlement:{settlement_id}",
        lambda report: issuing.issue(house_store, settlement_id, key=key, by=actor, report=report),
    )


def _may_read(row: queries.SettlementRow) -> bool:
    """The unit reads its drafts; everybody else what was confirmed."""
    confirmed = row.state is SettlementState.CONFIRMED
    return confirmed or current_may(Right.DRAW_UP_SETTLEMENT) or current_may(Right.CONFIRM_SETTLEMENT)


def _is_inside() -> bool:
    """Whether the one who asks belongs to the post office: the books of all agencies are one book."""
    return current_actor().role not in AGENCY_ROLES


def _agency(session: Session, code: str) -> agreements.AgencyRow:
    agency = agreements.agency_by_code(session, code)
    if agency is None or not current_scope(session).covers_agency(agency.id):
        raise Missing()
    return agency


def _periods(session: Session, agency_id: int, month: Month) -> list[payout_queries.PeriodRow]:
    scope = current_scope(session)
    found = payout_queries.periods(session, month=month, agency_ids=[agency_id])
    if not found:
        raise NothingToSettle(month=month.label)
    refuse_unless(all(scope.covers(agency_id=row.agency_id, office_id=row.office_id) for row in found))
    return found


def _settlement(settlement_id: int) -> queries.SettlementRow:
    with store().read() as session:
        found = queries.settlements(session, number=settlement_id)
        if not found or not current_scope(session).covers(agency_id=found[0].agency_id, office_id=found[0].office_id):
            raise Missing()
    return found[0]


def _code_of(session: Session, agency_id: int) -> str:
    agency = agreements.agency(session, agency_id)
    return agency.code if agency else ""
