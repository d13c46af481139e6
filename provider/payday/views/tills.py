"""The payer's till: the start of the day, taking cash over, what went through it, the blind count."""

from flask import Response, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider.figures import dong
from provider.ledger import accounts
from provider.ledger.queries import statement
from provider.payday import queue, receipts, tills
from provider.payday import till as till_service
from provider.payday.forms import CloseTillForm, ExplainForm, TakeAdvanceForm
from provider.payday.models import TillState
from provider.payday.refusals import AdvanceGone, CountDiffers, TillAlreadyOpen
from provider.payday.tills import TillRow
from provider.payday.views.shared import SHOWN, bp, keyed, shell, shown_count
from provider.staff.guard import current_actor, current_may, current_scope, refuse_unless, requires
from provider.staff.rules import PHONE_ROLES, Right
from provider.web import done, page, store


@bp.get("/")
@requires(Right.OPEN_TILL)
def today() -> Response:
    """Where a payer begins: his till, or the advance that waits for him; then the queue."""
    return _today()


@bp.post("/advances/<int:advance_id>/take")
@requires(Right.OPEN_TILL)
def take_advance(advance_id: int) -> AnyResponse:
    """Take over an advance after counting it: the amount is typed blind."""
    form, actor = _take_form(advance_id), current_actor()
    if not form.validate_on_submit():
        return _today(refused=(advance_id, form), status=422)
    counted = form.counted.money()
    try:
        with store().write() as session:
            first = keyed(session, "take_advance", advance=advance_id, counted=counted.dong)
            if first.is_new:
                till_service.open_till(session, advance_id, counted=counted, by=actor)
                first.keep(done=True)
    except (CountDiffers, TillAlreadyOpen, AdvanceGone) as refusal:
        form.counted.errors = [refusal.text(_)]
        return _today(refused=(advance_id, form), status=refusal.status)
    return done(_("Đã nhận %(amount)s vào quỹ.", amount=dong(counted)), url_for("payday.today"))


@bp.get("/tills/<int:till_id>")
@requires(Right.OPEN_TILL, Right.ISSUE_ADVANCE, Right.CONFIRM_UNDO)
def show_till(till_id: int) -> Response:
    """A till with everything that touched it: its payer may see all of it."""
    return _till_page(till_id, ExplainForm(formdata=None))


@bp.get("/tills/<int:till_id>/close")
@requires(Right.OPEN_TILL)
def closing(till_id: int) -> Response:
    """Count the till, blind: nothing on this page says what the book expects."""
    _own_till(till_id)
    return _closing_page(till_id, CloseTillForm())


@bp.post("/tills/<int:till_id>/close")
@requires(Right.OPEN_TILL)
def close_till(till_id: int) -> AnyResponse:
    """Hand the till back as counted; the difference, if any, is shown only now."""
    form, actor = CloseTillForm(), current_actor()
    _own_till(till_id)
    if not form.validate_on_submit():
        return _closing_page(till_id, form, 422)
    counted = form.counted.money()
    with store().write() as session:
        first = keyed(session, "close_till", till=till_id, counted=counted.dong)
        if first.is_new:
            till_service.close_till(session, till_id, counted=counted, by=actor)
            first.keep(done=True)
    return done(_("Đã đóng quỹ."), url_for("payday.show_till", till_id=till_id))


@bp.post("/tills/<int:till_id>/explain")
@requires(Right.OPEN_TILL)
def explain(till_id: int) -> AnyResponse:
    """The payer's own words about a difference."""
    form = ExplainForm()
    _own_till(till_id)
    if not form.validate_on_submit():
        return _till_page(till_id, form, 422)
    words = " ".join(form.explanation.data.split())
    with store().write() as session:
        first = keyed(session, "explain", till=till_id, words=words)
        if first.is_new:
            till_service.explain(session, till_id, explanation=words, by=current_actor())
            first.keep(done=True)
    return done(_("Đã ghi lời giải thích của bạn."), url_for("payday.show_till", till_id=till_id))


def _today(*, refused: tuple[int, TakeAdvanceForm] | None = None, status: int = 200) -> Response:
    actor, shown = current_actor(), shown_count()
    with store().read() as session:
        till = tills.open_till_of(session, actor.staff_id or 0)
        waiting = tills.advances(session, staff_id=actor.staff_id)
        people, left = queue.waiting_people(session, till, limit=shown) if till else ([], 0)
        undos = receipts.open_undos(session, [till.office_id]) if till and current_may(Right.CONFIRM_UNDO) else []
    offers = [
        (one, refused[1] if refused and refused[0] == one.id else _take_form(one.id, empty=True)) for one in waiting
    ]
    return page(
        "payday/today.html",
        status,
        till=till,
        offers=offers,
        refused=refused[1] if refused else None,
        gone=refused is not None and refused[0] not in {one.id for one in waiting},
        people=people,
        left=left,
        more=max(0, left - shown),
        shown=shown + SHOWN,
        undos=[undo for undo in undos if undo.asked_by_id != actor.staff_id],
    )


def _take_form(advance_id: int, *, empty: bool = False) -> TakeAdvanceForm:
    """The form of one advance; a page may hold several, so the field's id carries the number."""
    form = TakeAdvanceForm(formdata=None) if empty else TakeAdvanceForm()
    form.counted.id = f"counted-{advance_id}"
    form.counted.label.field_id = form.counted.id
    return form


def _closing_page(till_id: int, form: CloseTillForm, status: int = 200) -> Response:
    with store().read() as session:
        undos = receipts.count_open_undos(session, till_id)
    return page("payday/close.html", status, form=form, till_id=till_id, undos=undos)


def _till_page(till_id: int, form: ExplainForm, status: int = 200) -> Response:
    actor, shown = current_actor(), shown_count()
    with store().read() as session:
        till = _till_in_reach(session, till_id)
        entries = statement(session, accounts.till(till_id))
    may_explain = (
        till.staff_id == actor.staff_id
        and till.state is TillState.CLOSED
        and bool(till.difference)
        and not till.difference_note
    )
    return page(
        "payday/till.html",
        status,
        shell=shell(),
        till=till,
        entries=list(reversed(entries))[:shown],
        more=max(0, len(entries) - shown),
        shown=shown + SHOWN,
        account=accounts.till(till_id),
        form=form if may_explain else None,
    )


def _till_in_reach(session: Session, till_id: int) -> TillRow:
    """A till of one's office; on a phone only one's own. Raises Missing."""
    till, actor = tills.till(session, till_id), current_actor()
    refuse_unless(till is not None and current_scope(session).covers_office(till.office_id))
    assert till is not None
    refuse_unless(actor.role not in PHONE_ROLES or till.staff_id == actor.staff_id)
    return till


def _own_till(till_id: int) -> None:
    with store().read() as session:
        till = tills.till(session, till_id)
    refuse_unless(till is not None and till.staff_id == current_actor().staff_id)
