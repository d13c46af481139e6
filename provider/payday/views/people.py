"""Finding somebody, reading the card, handing out, or saying why not."""

from dataclasses import dataclass
from typing import Any, Self

from flask import Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider.agreements.queries import communes_in_scope
from provider.errors import Invalid, Missing, Refusal
from provider.money import Money
from provider.payday import queries, queue, service, slip_register
from provider.payday.refusals import SlipExpired, SlipOfAnotherPlace
from provider.payday.slip_register import SlipRow
from provider.payday.tills import TillRow
from provider.payday.views.shared import bp, keyed, open_till, refused
from provider.payouts.queries import periods
from provider.places.models import PostOffice
from provider.recipients.queries import search
from provider.recipients.rules import PayeeKind
from provider.staff.guard import current_actor, current_scope, requires
from provider.staff.rules import Right
from provider.web import done, go, htmx, page, settings, store

HITS = 20
"""So many people a search shows; who sees more types more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the card's form says: who is to get how much (đồng) for what, out of which till, into whose hand."""

    till_id: int
    person_id: int
    payout_ids: tuple[int, ...]
    total: Money
    collector: PayeeKind
    payee_id: int | None

    @classmethod
    def read(cls, form: Any) -> Self:
        """Out of the form that was sent. Raises Invalid."""
        kind, _colon, payee = form.get("collector", PayeeKind.SELF.value).partition(":")
        try:
            return cls(
                int(form.get("till", "")),
                int(form.get("person", "")),
                tuple(sorted(int(number) for number in form.getlist("payout"))),
                Money(int(form.get("total", ""))),
                PayeeKind(kind),
                int(payee) if payee else None,
            )
        except ValueError:
            raise Invalid() from None

    @property
    def content(self) -> dict[str, Any]:
        """Plain values, for the key: the same key with other content is refused."""
        return {
            "till": self.till_id,
            "person": self.person_id,
            "payouts": list(self.payout_ids),
            "total": self.total.dong,
            "collector": self.collector.value,
            "payee": self.payee_id,
        }


@bp.post("/find")
@requires(Right.HAND_OUT)
def find() -> AnyResponse:
    """Find somebody by slip code, name or last digits: one hit opens the card, several are listed.

    A POST although it only looks: what is typed may be an identity number, which must not stand in an address.
    """
    words = request.form.get("q", "").strip()
    till = None
    try:
        with store().read() as session:
            till = open_till(session)
            slip = slip_register.slip_meant(session, words, key=settings().key("notice"))
            if slip is not None:
                _check_slip(session, slip, till)
                return go(url_for("payday.card", person_id=slip.person_id))
            people = _search(session, words, till)
    except Refusal as refusal:
        _keep_refusal(refusal, None, till.id if till else None)
        return refused(refusal, words=words, part=True)
    if len(people) == 1 and not htmx:
        return go(url_for("payday.card", person_id=people[0].person_id))
    template = "payday/_found.html" if htmx else "payday/found.html"
    return page(template, people=people, words=words, till=till)


@bp.get("/people/<int:person_id>")
@requires(Right.HAND_OUT)
def card(person_id: int) -> Response:
    """The one card to read before handing out."""
    try:
        with store().read() as session:
            till = open_till(session)
            its_card = queries.card(session, person_id, till=till)
    except Refusal as refusal:
        return refused(refusal)
    if its_card is None:
        raise Missing()
    return page("payday/card.html", card=its_card, till=till, reasons=service.MISS_REASONS)


@bp.post("/hand-out")
@requires(Right.HAND_OUT)
def hand_out() -> AnyResponse:
    """Hand out everything on the card; sent twice it pays once, and leads to the same receipt."""
    asked = Asked.read(request.form)
    try:
        with store().write() as session:
            first = keyed(session, "hand_out", **asked.content)
            if first.is_new:
                given = service.hand_out(
                    session,
                    till_id=asked.till_id,
                    person_id=asked.person_id,
                    payout_ids=asked.payout_ids,
                    total=asked.total,
                    collector=asked.collector,
                    payee_id=asked.payee_id,
                    by=current_actor(),
                )
                first.keep(handout=given.id)
            handout_id = int((first.answer or {})["handout"])
    except Refusal as refusal:
        _keep_refusal(refusal, asked.person_id, asked.till_id)
        return refused(refusal, person_id=asked.person_id)
    return go(url_for("payday.receipt", handout_id=handout_id, just="paid"))


@bp.post("/miss")
@requires(Right.HAND_OUT)
def miss() -> AnyResponse:
    """Not paid, and why."""
    person_id, till_id = request.form.get("person", 0, type=int), request.form.get("till", 0, type=int)
    reason = request.form.get("reason", "")
    try:
        with store().write() as session:
            first = keyed(session, "miss", person=person_id, till=till_id, reason=reason)
            if first.is_new:
                service.miss(session, person_id=person_id, till_id=till_id, reason=reason, by=current_actor())
                first.keep(done=True)
    except Refusal as refusal:
        return refused(refusal, person_id=person_id)
    said = _(service.MISS_REASONS[reason])
    words = _("Đã ghi chưa nhận: %(reason)s.", reason=said)
    if reason in service.HOLDING_REASONS:
        words = _("Đã ghi: %(reason)s. Khoản chi được tạm giữ chờ cơ quan trả lời.", reason=said)
    return done(words, url_for("payday.today"))


def _search(session: Session, words: str, till: TillRow) -> list[queue.QueueRow]:
    if len(words) < 2:
        return []
    communes = communes_in_scope(session, current_scope(session))
    ids = [row.id for row in search(session, words, communes, limit=3 * HITS)]
    return queue.found_people(session, till, ids, limit=HITS)


def _check_slip(session: Session, slip: SlipRow, till: TillRow) -> None:
    """A genuine slip of another place, or of a month that is closed, is refused with its reason."""
    found = periods(session, month=slip.month, agency_ids=[slip.agency_id])
    here = [period for period in found if period.office_id == till.office_id]
    if not here:
        office = session.get(PostOffice, found[0].office_id) if found else None
        raise SlipOfAnotherPlace(place=office.name if office else "bưu cục khác")
    if all(period.locked_at or period.cut_off_at for period in here):
        raise SlipExpired(month=slip.month.label)


def _keep_refusal(refusal: Refusal, person_id: int | None, till_id: int | None) -> None:
    with store().write() as session:
        service.note_refusal(
            session,
            person_id=person_id,
            till_id=till_id,
            code=refusal.code,
            reason=refusal.text(),
            by=current_actor(),
        )
