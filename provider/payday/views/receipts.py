"""Receipts on screen and paper, undoing a hand-out with a second person, and the public check."""

from flask import Response, make_response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider.errors import Missing, Refusal
from provider.paper import qr_svg, sheet
from provider.payday import receipts, service, tills
from provider.payday.forms import AskUndoForm
from provider.payday.slips import make, read
from provider.payday.views.shared import bp, keyed, public_bp, shell
from provider.staff.guard import current_actor, current_scope, public, refuse_unless, requires
from provider.staff.rules import Right
from provider.web import PDF, done, file_answer, page, settings, store


@bp.get("/receipts/<int:handout_id>")
@requires(Right.HAND_OUT, Right.CONFIRM_UNDO)
def receipt(handout_id: int) -> Response:
    """What was handed out, with its number and QR; just after paying, the whole screen says so."""
    return _receipt_page(handout_id, AskUndoForm(formdata=None))


@bp.get("/receipts/<int:handout_id>.pdf")
@requires(Right.HAND_OUT, Right.CONFIRM_UNDO)
def receipt_paper(handout_id: int) -> Response:
    """The receipt as an A6 paper."""
    with store().read() as session:
        given = _handout(session, handout_id)
        paper = receipts.receipt_sheet(session, given, token=_address(given))
    return file_answer(sheet("receipt.html", receipt=paper), f"bien-nhan-{given.number}.pdf", PDF)


@bp.get("/receipts/<int:handout_id>.svg")
@requires(Right.HAND_OUT, Right.CONFIRM_UNDO)
def receipt_qr(handout_id: int) -> Response:
    """The QR of a receipt, to be shown to the one who collected: it leads to the public check."""
    with store().read() as session:
        given = _handout(session, handout_id)
    answer = make_response(qr_svg(_address(given)))
    answer.headers["Content-Type"] = "image/svg+xml"
    return answer


@bp.post("/receipts/<int:handout_id>/undo")
@requires(Right.ASK_UNDO)
def ask_undo(handout_id: int) -> AnyResponse:
    """Ask that a hand-out be undone."""
    form = AskUndoForm()
    with store().read() as session:
        _handout(session, handout_id)
    if not form.validate_on_submit():
        return _receipt_page(handout_id, form, 422)
    reason = " ".join(form.reason.data.split())
    with store().write() as session:
        first = keyed(session, "ask_undo", handout=handout_id, reason=reason)
        if first.is_new:
            service.ask_undo(session, handout_id, reason=reason, by=current_actor())
            first.keep(done=True)
    return done(_("Đã gửi đề nghị hủy. Người thứ hai phải xác nhận."), url_for("payday.receipt", handout_id=handout_id))


@bp.get("/undos")
@requires(Right.CONFIRM_UNDO)
def undos() -> Response:
    """Wishes to undo that wait for a second person."""
    with store().read() as session:
        rows = receipts.open_undos(session, current_scope(session).office_ids)
    return page("payday/undos.html", shell=shell(), undos=rows, me=current_actor().staff_id)


@bp.post("/undos/<int:undo_id>")
@requires(Right.CONFIRM_UNDO)
def answer_undo(undo_id: int) -> AnyResponse:
    """The second person confirms or declines."""
    actor, agreed = current_actor(), request.form.get("answer") == "confirm"
    with store().write() as session:
        refuse_unless(current_scope(session).covers_office(receipts.office_of_undo(session, undo_id)))
        first = keyed(session, "answer_undo", undo=undo_id, agreed=agreed)
        if first.is_new:
            (service.confirm_undo if agreed else service.decline_undo)(session, undo_id, by=actor)
            first.keep(done=True)
    said = _("Đã hủy lần chi; tiền ghi lại vào quỹ.") if agreed else _("Đã từ chối đề nghị hủy; lần chi giữ nguyên.")
    return done(said, url_for("payday.undos"))


@public_bp.get("/v/<token>")
@public
def check(token: str) -> Response:
    """The public check of a receipt: valid, commune, month, day; nothing personal."""
    try:
        code = read(token, settings().key("receipt"), context="receipt")
    except Refusal:
        return page("payday/check.html", 404, found=None)
    with store().read() as session:
        found = receipts.receipt_check(session, code)
    return page("payday/check.html", 200 if found else 404, found=found)


def _receipt_page(handout_id: int, form: AskUndoForm, status: int = 200) -> Response:
    with store().read() as session:
        given = _handout(session, handout_id)
        till = tills.till(session, given.till_id)
    own = given.staff_id == current_actor().staff_id
    return page(
        "payday/receipt.html",
        status,
        given=given,
        till=till if own else None,
        form=form,
        just_paid=request.args.get("just") == "paid" and given.undo is None and own,
    )


def _handout(session: Session, handout_id: int) -> receipts.HandoutCard:
    given = receipts.handout(session, handout_id)
    if given is None or not current_scope(session).covers_office(given.office_id):
        raise Missing()
    return given


def _address(given: receipts.HandoutCard) -> str:
    token = make(given.code, settings().key("receipt"), context="receipt")
    return f"{settings().public_url}/v/{token}"
