"""The desk's side of payday: the agency's money, the safe, advances, and the notices of an opening."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider import clock
from provider.audit.once import once
from provider.errors import Missing
from provider.figures import dong
from provider.paper import sheet
from provider.payday import cash, safe, tills
from provider.payday.forms import AdvanceForm, FundsForm, WithdrawForm
from provider.payday.notices import notices
from provider.payday.views import bp
from provider.payouts.funds import receive_funds
from provider.payouts.models import Period
from provider.points.models import Opening
from provider.staff.guard import current_actor, current_may, current_scope, refuse_unless, requires
from provider.staff.rules import Right
from provider.web import PDF, done, file_answer, page, settings, store


@bp.get("/cash")
@requires(Right.ISSUE_ADVANCE, Right.RECEIVE_FUNDS, Right.CONFIRM_UNDO)
def cash_desk() -> Response:
    """Where the money is: deposit account, safe, tills, advances that wait; and what may be done with it."""
    return _cash_page()


@bp.post("/cash/funds")
@requires(Right.RECEIVE_FUNDS)
def funds() -> AnyResponse:
    """Money of the agency reached the deposit account."""
    form = FundsForm()
    with store().read() as session:
        form.period_id.choices = cash.period_choices(session, current_scope(session))
    if not form.validate_on_submit():
        return _cash_page(funds=form, status=422)
    amount, actor = form.amount.money(), current_actor()
    with store().write() as session:
        period = session.get(Period, form.period_id.data)
        refuse_unless(period is not None and current_scope(session).covers_office(period.office_id))
        first = once(
            session,
            request.form.get("idempotency_key", ""),
            by=actor,
            purpose="payday.funds",
            period=form.period_id.data,
            amount=amount.dong,
        )
        if first.is_new:
            receive_funds(session, form.period_id.data, amount, document=form.document.data, on=form.on.data, by=actor)
            first.keep(done=True)
    return done(_("Đã ghi nhận %(amount)s kinh phí.", amount=dong(amount)), url_for("payday.cash_desk"))


@bp.post("/cash/<int:office_id>/withdraw")
@requires(Right.ISSUE_ADVANCE)
def withdraw(office_id: int) -> AnyResponse:
    """Cash from the deposit account into the safe."""
    form, actor = WithdrawForm(), current_actor()
    _office_in_scope(office_id)
    if not form.validate_on_submit():
        return _cash_page(withdraw=form, status=422)
    amount = form.amount.money()
    with store().write() as session:
        first = once(
            session,
            request.form.get("idempotency_key", ""),
            by=actor,
            purpose="payday.withdraw",
            office=office_id,
            amount=amount.dong,
        )
        if first.is_new:
            safe.withdraw(session, office_id, amount, document=form.document.data, by=actor)
            first.keep(done=True)
    return done(_("Đã rút %(amount)s về quỹ.", amount=dong(amount)), url_for("payday.cash_desk"))


@bp.post("/cash/<int:office_id>/advances")
@requires(Right.ISSUE_ADVANCE)
def advance(office_id: int) -> AnyResponse:
    """Prepare cash for a payer."""
    form, actor = AdvanceForm(), current_actor()
    _office_in_scope(office_id)
    with store().read() as session:
        form.staff_id.choices = cash.payer_choices(session, office_id)
        form.place.choices = cash.place_choices(session, office_id)
    if not form.validate_on_submit():
        return _cash_page(advance=form, status=422)
    amount = form.amount.money()
    kind, _sign, number = form.place.data.partition(":")
    with store().write() as session:
        first = once(
            session,
            request.form.get("idempotency_key", ""),
            by=actor,
            purpose="payday.advance",
            office=office_id,
            staff=form.staff_id.data,
            place=form.place.data,
            amount=amount.dong,
        )
        if first.is_new:
            safe.issue_advance(
                session,
                office_id=office_id,
                staff_id=form.staff_id.data,
                amount=amount,
                opening_id=int(number) if kind == "opening" else None,
                round_id=int(number) if kind == "round" else None,
                by=actor,
            )
            first.keep(done=True)
    return done(_("Đã chuẩn bị tạm ứng %(amount)s.", amount=dong(amount)), url_for("payday.cash_desk"))


@bp.post("/cash/advances/<int:advance_id>/cancel")
@requires(Right.ISSUE_ADVANCE)
def cancel_advance(advance_id: int) -> AnyResponse:
    """Take back an advance that nobody counted yet."""
    with store().write() as session:
        reach = current_scope(session).office_ids
        waiting = {row.id for row in tills.advances(session, office_ids=reach)}
        refuse_unless(advance_id in waiting)
        safe.cancel_advance(session, advance_id, by=current_actor())
    return done(_("Đã hủy khoản tạm ứng chưa nhận."), url_for("payday.cash_desk"))


@bp.get("/openings/<int:opening_id>/slips")
@requires(Right.PRINT_SLIPS)
def slips(opening_id: int) -> Response:
    """Print the notices of an opening: choose the layout."""
    with store().read() as session:
        row = _opening(session, opening_id)
        shown = cash.opening_row(session, row)
    return page("payday/slips.html", opening=shown)


@bp.post("/openings/<int:opening_id>/slips.pdf")
@requires(Right.PRINT_SLIPS)
def slips_paper(opening_id: int) -> Response:
    """The notices of an opening as one PDF. A POST: every print is counted."""
    layout = request.form.get("layout", "a4x4")
    key = settings().key("notice")
    with store().write() as session:
        opening = _opening(session, opening_id)
        sheets = [
            one
            for agency_id in cash.agencies_of_opening(session, opening_id)
            for one in notices(
                session,
                agency_id=agency_id,
                month=opening.month,
                key=key,
                by=current_actor(),
                opening_id=opening_id,
            )
        ]
        name = f"giay-bao-{opening.month.iso}-{opening_id}.pdf"
    if not sheets:
        raise Missing()
    return file_answer(sheet("slip.html", slips=sheets, layout=layout), name, PDF)


def _cash_page(
    *,
    funds: FundsForm | None = None,
    withdraw: WithdrawForm | None = None,
    advance: AdvanceForm | None = None,
    status: int = 200,
) -> Response:
    with store().read() as session:
        scope = current_scope(session)
        offices = cash.offices(session, scope)
        waiting = tills.advances(session, office_ids=scope.office_ids)
        open_tills = tills.tills_of_office(session, scope.office_ids)
        office_id = offices[0].id if offices else 0
        funds_form = funds or FundsForm(formdata=None, on=clock.today())
        funds_form.period_id.choices = cash.period_choices(session, scope)
        advance_form = advance or AdvanceForm(formdata=None)
        advance_form.staff_id.choices = cash.payer_choices(session, office_id)
        advance_form.place.choices = cash.place_choices(session, office_id)
    return page(
        "payday/cash.html",
        status,
        offices=offices,
        advances=waiting,
        tills=open_tills,
        funds=funds_form if current_may(Right.RECEIVE_FUNDS) else None,
        withdraw=(withdraw or WithdrawForm(formdata=None)) if current_may(Right.ISSUE_ADVANCE) else None,
        advance=advance_form if current_may(Right.ISSUE_ADVANCE) else None,
        refused=funds or withdraw or advance,
        office_id=office_id,
    )


def _office_in_scope(office_id: int) -> None:
    with store().read() as session:
        refuse_unless(current_scope(session).covers_office(office_id))


def _opening(session: Session, opening_id: int) -> Opening:
    opening = session.get(Opening, opening_id)
    if opening is None or not current_scope(session).covers(office_id=opening.office_id, point_id=opening.point_id):
        raise Missing()
    return opening
