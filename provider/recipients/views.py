"""Finding a person; the card: who they are, who may collect, how they are paid."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider.agreements.queries import communes_in_scope
from provider.errors import Missing
from provider.recipients import queries, service
from provider.recipients.forms import PayeeForm, WayForm
from provider.recipients.rules import PayeeKind, Way
from provider.staff.guard import current_actor, current_may, current_scope, requires
from provider.staff.rules import PHONE_ROLES, Right
from provider.web import done, htmx, page, store

bp = Blueprint("recipients", __name__)

SHOWN = 20


@bp.get("/people")
@requires(Right.SEE_PERSON)
def index() -> Response:
    """Search by name, last digits of the identity number, book number."""
    text = request.args.get("q", "").strip()[:120]
    with store().read() as session:
        found = queries.search(session, text, _communes(session), SHOWN + 1) if text else ()
        template = "recipients/_found.html" if htmx and not htmx.boosted else "recipients/index.html"
        return page(template, text=text, found=found[:SHOWN], more=len(found) > SHOWN)


@bp.get("/people/<int:person_id>")
@requires(Right.SEE_PERSON)
def card(person_id: int) -> Response:
    """One person: who they are, what they are entitled to, who may collect, how they are paid."""
    return _card(person_id)


@bp.post("/people/<int:person_id>/id-number")
@requires(Right.REVEAL_PERSONAL_DATA)
def reveal(person_id: int) -> Response:
    """Show the identity number whole; the day book says who looked."""
    with store().write() as session:
        _refuse_out_of_reach(session, person_id)
        number = service.see_id_number(session, person_id, by=current_actor())
    if htmx:
        return page("recipients/_id_number.html", number=number)
    return _card(person_id, number=number)


@bp.post("/people/<int:person_id>/payees")
@requires(Right.CORRECT_PERSON)
def name_payee(person_id: int) -> AnyResponse:
    """Name somebody who may collect for a person."""
    form = PayeeForm(prefix="payee")
    if not form.validate_on_submit():
        return _card(person_id, 422, payee=form)
    with store().write() as session:
        _refuse_out_of_reach(session, person_id)
        service.name_payee(
            session,
            person_id,
            kind=PayeeKind(form.kind.data),
            name=form.name.data,
            paper=form.paper.data,
            id_number=form.id_number.data or "",
            relation=form.relation.data or "",
            phone=form.phone.data or "",
            valid_to=form.valid_to.data,
            by=current_actor(),
        )
    return done(_("Đã ghi người nhận thay."), url_for("recipients.card", person_id=person_id))


@bp.post("/people/<int:person_id>/payees/end")
@requires(Right.CORRECT_PERSON)
def end_payee(person_id: int) -> AnyResponse:
    """Let somebody collect no longer."""
    with store().write() as session:
        _refuse_out_of_reach(session, person_id)
        service.end_payee(
            session, request.form.get("payee_id", 0, type=int), of_person_id=person_id, by=current_actor()
        )
    return done(_("Người này không còn được nhận thay."), url_for("recipients.card", person_id=person_id))


@bp.post("/people/<int:person_id>/way")
@requires(Right.CORRECT_PERSON)
def choose_way(person_id: int) -> AnyResponse:
    """Pay a person another way from today on."""
    form = WayForm(prefix="way")
    if not form.validate_on_submit():
        return _card(person_id, 422, way=form)
    with store().write() as session:
        _refuse_out_of_reach(session, person_id)
        service.choose_way(
            session,
            person_id,
            Way(form.channel.data),
            bank=form.bank.data or "",
            account_no=form.account_no.data or "",
            holder=form.holder.data or "",
            reason=form.reason.data,
            by=current_actor(),
        )
    return done(_("Đã đổi hình thức nhận tiền."), url_for("recipients.card", person_id=person_id))


def _card(
    person_id: int, status: int = 200, *, number: str = "", payee: PayeeForm | None = None, way: WayForm | None = None
) -> Response:
    with store().read() as session:
        found = queries.person_card(session, person_id, _communes(session))
        if found is None:
            raise Missing()
        return page(
            "recipients/card.html",
            status,
            card=found,
            number=number,
            payee_form=payee or PayeeForm(prefix="payee", formdata=None),
            way_form=way or WayForm(prefix="way", formdata=None),
            refused=payee or way,
            may_correct=current_may(Right.CORRECT_PERSON),
            may_reveal=current_may(Right.REVEAL_PERSONAL_DATA),
        )


def _communes(session: Session) -> frozenset[int] | None:
    """The communes whose people the one who asks may see; on a phone only those of one's own points."""
    scope = current_scope(session)
    reached = communes_in_scope(session, scope)
    if current_actor().role not in PHONE_ROLES or scope.point_ids is None:
        return reached
    own = queries.communes_of_points(session, scope.point_ids)
    return own if reached is None else own & reached


def _refuse_out_of_reach(session: Session, person_id: int) -> None:
    if queries.person_card(session, person_id, _communes(session)) is None:
        raise Missing()
