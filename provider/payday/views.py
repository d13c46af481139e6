"""Payout day on the phone: the till, the search, the card, handing out, the receipt, the undo."""

from flask import Blueprint, Response, make_response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider.audit.once import once
from provider.errors import Missing, Refusal
from provider.figures import dong
from provider.ledger import accounts
from provider.ledger.queries import statement
from provider.money import Money
from provider.paper import qr_svg, sheet
from provider.payday import queries, receipts, service, slip_register, tills
from provider.payday import till as till_service
from provider.payday.forms import AskUndoForm, CloseTillForm, TakeAdvanceForm
from provider.payday.labels import label_of, note_of
from provider.payday.refusals import SlipExpired, SlipOfAnotherPlace, TillIsClosed
from provider.payday.slip_sheet import Collector, ReceiptSheet, SlipLine
from provider.payday.slips import make, read
from provider.payday.tills import TillRow
from provider.payouts import queries as payout_queries
from provider.places.models import PostOffice
from provider.recipients.queries import search
from provider.recipients.rules import PayeeKind
from provider.staff.guard import current_actor, current_scope, public, refuse_unless, requires
from provider.staff.rules import Right
from provider.web import PDF, done, file_answer, go, htmx, page, settings, store

bp = Blueprint("payday", __name__, url_prefix="/payday")

SHOWN = 25


@bp.get("/")
@requires(Right.OPEN_TILL)
def today() -> Response:
    """Where a payer begins: his till, or the advance that waits for him; then the queue."""
    actor = current_actor()
    with store().read() as session:
        till = tills.open_till_of(session, actor.staff_id or 0)
        waiting = tills.advances(session, staff_id=actor.staff_id)
        people = queries.queue(session, till) if till else []
        undos = receipts.open_undos(session, [till.office_id]) if till else []
    left = [row for row in people if row.state.value in ("due", "missed")]
    shown = request.args.get("shown", SHOWN, type=int)
    return page(
        "payday/today.html",
        till=till,
        advances=waiting,
        people=left[:shown],
        more=max(0, len(left) - shown),
        shown=shown + SHOWN,
        undos=[undo for undo in undos if undo.asked_by_id != actor.staff_id],
        form=TakeAdvanceForm(),
    )


@bp.post("/tills")
@requires(Right.OPEN_TILL)
def open_till() -> AnyResponse:
    """Take over an advance after counting it."""
    form, actor = TakeAdvanceForm(), current_actor()
    if not form.validate_on_submit():
        with store().read() as session:
            waiting = tills.advances(session, staff_id=actor.staff_id)
            till = tills.open_till_of(session, actor.staff_id or 0)
        return page(
            "payday/today.html", 422, till=till, advances=waiting, people=[], more=0, shown=SHOWN, undos=[], form=form
        )
    counted = form.counted.money()
    with store().write() as session:
        first = once(
            session,
            request.form.get("idempotency_key", ""),
            by=actor,
            purpose="payday.open_till",
            advance=form.advance_id.data,
            counted=counted.dong,
        )
        if first.is_new:
            till_service.open_till(session, form.advance_id.data, counted=counted, by=actor)
            first.keep(done=True)
    return done(_("Đã nhận %(amount)s vào quỹ.", amount=dong(counted)), url_for("payday.today"))


@bp.get("/tills/<int:till_id>/close")
@requires(Right.OPEN_TILL)
def closing(till_id: int) -> Response:
    """Count the till, blind: nothing on this page says what the book expects."""
    _own_till(till_id)
    return page("payday/close.html", form=CloseTillForm(), till_id=till_id)


@bp.post("/tills/<int:till_id>/close")
@requires(Right.OPEN_TILL)
def close_till(till_id: int) -> AnyResponse:
    """Hand the till back as counted."""
    form, actor = CloseTillForm(), current_actor()
    if not form.validate_on_submit():
        return page("payday/close.html", 422, form=form, till_id=till_id)
    counted = form.counted.money()
    with store().write() as session:
        first = once(
            session,
            request.form.get("idempotency_key", ""),
            by=actor,
            purpose="payday.close_till",
            till=till_id,
            counted=counted.dong,
        )
        if first.is_new:
            till_service.close_till(
                session, till_id, counted=counted, explanation=form.explanation.data or "", by=actor
            )
            first.keep(done=True)
    return done(_("Đã đóng quỹ."), url_for("payday.closed", till_id=till_id))


@bp.get("/tills/<int:till_id>")
@requires(Right.OPEN_TILL, Right.ISSUE_ADVANCE, Right.CONFIRM_UNDO)
def closed(till_id: int) -> Response:
    """A till with everything that touched it: its payer may see all of it."""
    with store().read() as session:
        till = tills.till(session, till_id)
        refuse_unless(till is not None and current_scope(session).covers_office(till.office_id))
        entries = statement(session, accounts.till(till_id))
    return page("payday/till.html", till=till, entries=entries, account=accounts.till(till_id))


@bp.post("/find")
@requires(Right.HAND_OUT)
def find() -> AnyResponse:
    """Find somebody by slip code, name or last digits: one hit opens the card, several are listed.

    A POST although it only looks: what is typed may be an identity number, which must not stand in an address.
    """
    words = request.form.get("q", "").strip()
    key = settings().key("notice")
    with store().read() as session:
        till = _open_till(session)
        if words.upper().startswith("CT1") or "/CT1" in words.upper() or slip_register.looks_like_short_code(words):
            try:
                slip = slip_register.slip_behind(session, words, key=key)
                _check_slip(session, slip, till)
            except Refusal as refusal:
                _keep_refusal(refusal, None, till.id)
                raise
            return go(url_for("payday.card", person_id=slip.person_id))
        found = search(session, words, None, limit=60) if len(words) >= 2 else []
        ids = [row.id for row in found]
        people = queries.queue(session, till, person_ids=ids) if ids else []
    order = {person: place for place, person in enumerate(ids)}
    people = sorted(people, key=lambda row: order[row.person_id])[:20]
    if len(people) == 1 and not htmx:
        return go(url_for("payday.card", person_id=people[0].person_id))
    template = "payday/_found.html" if htmx else "payday/found.html"
    return page(template, people=people, words=words, till=till)


@bp.get("/people/<int:person_id>")
@requires(Right.HAND_OUT)
def card(person_id: int) -> Response:
    """The one card to read before handing out."""
    with store().read() as session:
        till = _open_till(session)
        its_card = queries.card(session, person_id, till=till)
    if its_card is None:
        raise Missing()
    return page("payday/card.html", card=its_card, till=till, reasons=service.MISS_REASONS)


@bp.post("/hand-out")
@requires(Right.HAND_OUT)
def hand_out() -> AnyResponse:
    """Hand out everything on the card; sent twice it pays once, and leads to the same receipt."""
    actor = current_actor()
    asked = _asked()
    try:
        with store().write() as session:
            first = once(session, request.form.get("idempotency_key", ""), by=actor, purpose="payday.hand_out", **asked)
            if first.is_new:
                given = service.hand_out(
                    session,
                    till_id=asked["till"],
                    person_id=asked["person"],
                    payout_ids=asked["payouts"],
                    total=Money(asked["total"]),
                    collector=PayeeKind(asked["collector"]),
                    payee_id=asked["payee"] or None,
                    by=actor,
                )
                first.keep(handout=given.id)
            handout_id = int((first.answer or {})["handout"])
    except Refusal as refusal:
        _keep_refusal(refusal, asked["person"], asked["till"])
        raise
    return go(url_for("payday.receipt", handout_id=handout_id))


@bp.post("/miss")
@requires(Right.HAND_OUT)
def miss() -> AnyResponse:
    """Not paid, and why."""
    actor = current_actor()
    person_id, till_id = request.form.get("person", 0, type=int), request.form.get("till", 0, type=int)
    reason = request.form.get("reason", "")
    with store().write() as session:
        first = once(
            session,
            request.form.get("idempotency_key", ""),
            by=actor,
            purpose="payday.miss",
            person=person_id,
            till=till_id,
            reason=reason,
        )
        if first.is_new:
            service.miss(session, person_id=person_id, till_id=till_id, reason=reason, by=actor)
            first.keep(done=True)
    return done(_("Đã ghi: %(reason)s.", reason=_(service.MISS_REASONS[reason])), url_for("payday.today"))


@bp.get("/receipts/<int:handout_id>")
@requires(Right.HAND_OUT, Right.CONFIRM_UNDO)
def receipt(handout_id: int) -> Response:
    """What was handed out, with its number and QR."""
    given = _handout(handout_id)
    with store().read() as session:
        till = tills.till(session, given.till_id)
    return page("payday/receipt.html", given=given, till=till, form=AskUndoForm(), token=_receipt_token(given))


@bp.get("/receipts/<int:handout_id>.pdf")
@requires(Right.HAND_OUT, Right.CONFIRM_UNDO)
def receipt_paper(handout_id: int) -> Response:
    """The receipt as an A6 paper."""
    given = _handout(handout_id)
    with store().read() as session:
        office = session.get_one(PostOffice, given.office_id)
        name, phone = office.name, office.phone or ""
    collector = None
    if given.collector is not PayeeKind.SELF:
        relation = given.collector_relation or given.collector.sentence.lower()
        collector = Collector(given.collector_name, relation, given.collector_id_masked)
    paper = ReceiptSheet(
        token=f"{settings().public_url}/v/{_receipt_token(given)}",
        short_code="",
        number=given.number,
        month=given.month,
        office=name,
        point=given.place,
        paid_at=given.at,
        staff=given.staff_name,
        name=given.name,
        birth=given.birth,
        id_masked=given.id_masked,
        hamlet=given.hamlet,
        commune=given.commune,
        lines=tuple(SlipLine(label_of(line.payout), line.payout.amount, note_of(line.parts)) for line in given.lines),
        collector=collector,
        phone=phone,
    )
    return file_answer(sheet("receipt.html", receipt=paper), f"bien-nhan-{given.number}.pdf", PDF)


@bp.get("/receipts/<int:handout_id>.svg")
@requires(Right.HAND_OUT, Right.CONFIRM_UNDO)
def receipt_qr(handout_id: int) -> Response:
    """The QR of a receipt, to be shown to the one who collected: it leads to the public check."""
    address = f"{settings().public_url}/v/{_receipt_token(_handout(handout_id))}"
    answer = make_response(qr_svg(address))
    answer.headers["Content-Type"] = "image/svg+xml"
    return answer


@bp.post("/receipts/<int:handout_id>/undo")
@requires(Right.ASK_UNDO)
def ask_undo(handout_id: int) -> AnyResponse:
    """Ask that a hand-out be undone."""
    form, given = AskUndoForm(), _handout(handout_id)
    if not form.validate_on_submit():
        with store().read() as session:
            till = tills.till(session, given.till_id)
        return page("payday/receipt.html", 422, given=given, till=till, form=form, token=_receipt_token(given))
    with store().write() as session:
        service.ask_undo(session, handout_id, reason=form.reason.data, by=current_actor())
    return done(_("Đã gửi đề nghị hủy. Người thứ hai phải xác nhận."), url_for("payday.receipt", handout_id=handout_id))


@bp.get("/undos")
@requires(Right.CONFIRM_UNDO)
def undos() -> Response:
    """Wishes to undo that wait for a second person."""
    with store().read() as session:
        rows = receipts.open_undos(session, current_scope(session).office_ids)
    return page("payday/undos.html", undos=rows, me=current_actor().staff_id)


@bp.post("/undos/<int:undo_id>")
@requires(Right.CONFIRM_UNDO)
def answer_undo(undo_id: int) -> AnyResponse:
    """The second person confirms or declines."""
    actor, agreed = current_actor(), request.form.get("answer") == "confirm"
    with store().write() as session:
        refuse_unless(current_scope(session).covers_office(receipts.office_of_undo(session, undo_id)))
        first = once(
            session,
            request.form.get("idempotency_key", ""),
            by=actor,
            purpose="payday.answer_undo",
            undo=undo_id,
            agreed=agreed,
        )
        if first.is_new:
            (service.confirm_undo if agreed else service.decline_undo)(session, undo_id, by=actor)
            first.keep(done=True)
    said = _("Đã hủy lần chi; tiền ghi lại vào quỹ.") if agreed else _("Đã từ chối đề nghị hủy.")
    return done(said, url_for("payday.undos"))


public_bp = Blueprint("receipts", __name__)


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


def _asked() -> dict[str, object]:
    return {
        "till": request.form.get("till", 0, type=int),
        "person": request.form.get("person", 0, type=int),
        "payouts": sorted(request.form.getlist("payout", type=int)),
        "total": request.form.get("total", 0, type=int),
        "collector": request.form.get("collector", "self").partition(":")[0],
        "payee": int(request.form.get("collector", "self").partition(":")[2] or 0),
    }


def _open_till(session: Session) -> TillRow:
    till = tills.open_till_of(session, current_actor().staff_id or 0)
    if till is None:
        raise TillIsClosed()
    return till


def _own_till(till_id: int) -> None:
    with store().read() as session:
        till = tills.till(session, till_id)
    refuse_unless(till is not None and till.staff_id == current_actor().staff_id)


def _handout(handout_id: int) -> receipts.HandoutCard:
    with store().read() as session:
        given = receipts.handout(session, handout_id)
        if given is None or not current_scope(session).covers_office(given.office_id):
            raise Missing()
    return given


def _check_slip(session: Session, slip: slip_register.SlipRow, till: TillRow) -> None:
    """A genuine slip of another place, or of a month that is closed, is refused with its reason."""
    periods = payout_queries.periods(session, month=slip.month, agency_ids=[slip.agency_id])
    if not any(period.office_id == till.office_id for period in periods):
        raise SlipOfAnotherPlace(place=periods[0].agency_name if periods else "")
    if all(period.locked_at or period.cut_off_at for period in periods):
        raise SlipExpired(month=slip.month.label)


def _keep_refusal(refusal: Refusal, person_id: int | None, till_id: int | None) -> None:
    with store().write() as session:
        service.note_refusal(session, person_id=person_id, till_id=till_id, code=refusal.code, by=current_actor())


def _receipt_token(given: receipts.HandoutCard) -> str:
    return make(given.code, settings().key("receipt"), context="receipt")
