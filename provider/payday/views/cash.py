"""The cashier's desk: the agency's money, the safe, advances and tills of one post office."""

from collections.abc import Callable

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider import clock
from provider.errors import Refusal
from provider.figures import dong
from provider.ledger.service import NotEnoughMoney
from provider.money import Money
from provider.payday import cash, safe, tills
from provider.payday.forms import AdvanceForm, BankForm, FundsForm, WithdrawForm
from provider.payday.views.shared import bp, keyed
from provider.payouts.funds import receive_funds
from provider.payouts.models import Period
from provider.staff.guard import current_actor, current_may, current_scope, refuse_unless, requires
from provider.staff.rules import Right, Scope
from provider.web import done, page, store

Forms = dict[str, FlaskForm]


@bp.get("/cash")
@requires(Right.ISSUE_ADVANCE, Right.RECEIVE_FUNDS, Right.CONFIRM_UNDO)
def cash_desk() -> Response:
    """Where the money is: deposit account, safe, tills, advances that wait; and what may be done with it."""
    return _cash_page()


@bp.post("/cash/funds")
@requires(Right.RECEIVE_FUNDS)
def funds() -> AnyResponse:
    """Money of the agency reached the deposit account."""
    form = FundsForm(prefix="funds")
    with store().read() as session:
        form.period_id.choices = cash.period_choices(session, current_scope(session))
    if not form.validate_on_submit():
        return _cash_page({"funds": form}, status=422)
    amount, actor = form.amount.money(), current_actor()
    with store().write() as session:
        period = session.get(Period, form.period_id.data)
        refuse_unless(
            period is not None and current_scope(session).covers(office_id=period.office_id, agency_id=period.agency_id)
        )
        first = keyed(
            session,
            "funds",
            period=form.period_id.data,
            amount=amount.dong,
            document=form.document.data,
            on=form.on.data.isoformat(),
        )
        if first.is_new:
            receive_funds(session, form.period_id.data, amount, document=form.document.data, on=form.on.data, by=actor)
            first.keep(done=True)
    return done(_("Đã ghi nhận %(amount)s kinh phí.", amount=dong(amount)), url_for("payday.cash_desk"))


@bp.post("/cash/<int:office_id>/withdraw")
@requires(Right.ISSUE_ADVANCE)
def withdraw(office_id: int) -> AnyResponse:
    """Cash from the deposit account into the safe."""
    return _move(office_id, "withdraw", WithdrawForm(prefix="withdraw"), safe.withdraw, _("Đã rút %(amount)s về két."))


@bp.post("/cash/<int:office_id>/bank")
@requires(Right.ISSUE_ADVANCE)
def bank(office_id: int) -> AnyResponse:
    """Cash from the safe back into the deposit account."""
    return _move(office_id, "bank", BankForm(prefix="bank"), safe.bank, _("Đã nộp %(amount)s vào tài khoản tiền gửi."))


@bp.post("/cash/<int:office_id>/advances")
@requires(Right.ISSUE_ADVANCE)
def advance(office_id: int) -> AnyResponse:
    """Prepare cash for a payer."""
    form, actor = AdvanceForm(prefix="advance"), current_actor()
    with store().read() as session:
        scope = current_scope(session)
        refuse_unless(scope.covers_office(office_id))
        _fill(session, form, scope, office_id)
    if not form.validate_on_submit():
        return _cash_page({"advance": form}, office_id, 422)
    amount = form.amount.money()
    kind, _colon, number = form.place.data.partition(":")
    try:
        with store().write() as session:
            first = keyed(
                session,
                "advance",
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
    except NotEnoughMoney as refusal:
        return _beside(refusal, "advance", form, office_id)
    said = _("Đã chuẩn bị tạm ứng %(amount)s. Người chi trả đếm và nhận trên điện thoại.", amount=dong(amount))
    return done(said, url_for("payday.cash_desk", office=office_id))


@bp.post("/cash/advances/<int:advance_id>/cancel")
@requires(Right.ISSUE_ADVANCE)
def cancel_advance(advance_id: int) -> AnyResponse:
    """Take back an advance that nobody counted yet."""
    with store().write() as session:
        refuse_unless(current_scope(session).covers_office(tills.office_of_advance(session, advance_id)))
        first = keyed(session, "cancel_advance", advance=advance_id)
        if first.is_new:
            safe.cancel_advance(session, advance_id, by=current_actor())
            first.keep(done=True)
    return done(_("Đã hủy khoản tạm ứng chưa nhận."), url_for("payday.cash_desk"))


def _move(
    office_id: int, purpose: str, form: WithdrawForm | BankForm, verb: Callable[..., object], said: str
) -> AnyResponse:
    with store().read() as session:
        refuse_unless(current_scope(session).covers_office(office_id))
    if not form.validate_on_submit():
        return _cash_page({purpose: form}, office_id, 422)
    amount: Money = form.amount.money()
    document = form.document.data
    try:
        with store().write() as session:
            first = keyed(session, purpose, office=office_id, amount=amount.dong, document=document)
            if first.is_new:
                verb(session, office_id, amount, document=document, by=current_actor())
                first.keep(done=True)
    except NotEnoughMoney as refusal:
        return _beside(refusal, purpose, form, office_id)
    return done(said % {"amount": dong(amount)}, url_for("payday.cash_desk", office=office_id))


def _beside(refusal: Refusal, name: str, form: FlaskForm, office_id: int) -> Response:
    """The form again with the refusal beside the amount."""
    form.amount.errors = [refusal.text(_)]
    return _cash_page({name: form}, office_id, refusal.status)


def _cash_page(refused: Forms | None = None, office_id: int = 0, status: int = 200) -> Response:
    with store().read() as session:
        scope = current_scope(session)
        offices = cash.offices(session, scope)
        wanted = office_id or request.args.get("office", 0, type=int)
        chosen = next((one for one in offices if one.id == wanted), offices[0] if offices else None)
        waiting = tills.advances(session, office_ids=scope.office_ids)
        its_tills = tills.tills_of_office(session, scope.office_ids)
        forms = _forms(refused or {})
        if chosen is not None:
            for form in forms.values():
                _fill(session, form, scope, chosen.id)
    return page(
        "payday/cash.html",
        status,
        offices=offices,
        chosen=chosen,
        advances=waiting,
        tills=its_tills,
        forms=forms,
        refused=next(iter(refused.values())) if refused else None,
    )


def _forms(refused: Forms) -> Forms:
    """The forms that the one who asks may send; one that was refused comes back as it was filled in."""
    forms: Forms = {}
    if current_may(Right.RECEIVE_FUNDS):
        forms["funds"] = FundsForm(formdata=None, prefix="funds", on=clock.today())
    if current_may(Right.ISSUE_ADVANCE):
        forms["withdraw"] = WithdrawForm(formdata=None, prefix="withdraw")
        forms["advance"] = AdvanceForm(formdata=None, prefix="advance")
        forms["bank"] = BankForm(formdata=None, prefix="bank")
    return forms | refused


def _fill(session: Session, form: FlaskForm, scope: Scope, office_id: int) -> None:
    if isinstance(form, FundsForm):
        form.period_id.choices = cash.period_choices(session, scope)
    elif isinstance(form, AdvanceForm):
        form.staff_id.choices = cash.payer_choices(session, scope, but=current_actor().staff_id)
        form.place.choices = [(value, _(label)) for value, label in cash.place_choices(session, office_id)]
