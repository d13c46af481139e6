"""What the doors of this room share: the blueprints, the key of a form, the open till, a refusal as a card."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from provider.audit.once import Once, once
from provider.errors import Refusal
from provider.payday import tills
from provider.payday.refusals import TillIsClosed
from provider.payday.tills import TillRow
from provider.staff.guard import current_actor
from provider.staff.rules import PHONE_ROLES
from provider.web import htmx, page, store, wants_json

bp = Blueprint("payday", __name__, url_prefix="/payday")
public_bp = Blueprint("receipts", __name__)

SHOWN = 25
"""So many people or movements stand on a page of the phone; more on demand."""


def keyed(session: Session, purpose: str, **content: Any) -> Once:
    """Whether the form that was sent came before: by its key and its content."""
    key = request.form.get("idempotency_key", "")
    return once(session, key, by=current_actor(), purpose=f"payday.{purpose}", **content)


def shown_count() -> int:
    """How many rows a page shows: more each time somebody asks for more."""
    return max(SHOWN, request.args.get("shown", SHOWN, type=int))


def open_till(session: Session) -> TillRow:
    """The till of the one who asks. Raises TillIsClosed."""
    till = tills.open_till_of(session, current_actor().staff_id or 0)
    if till is None:
        raise TillIsClosed()
    return till


def shell() -> str:
    """The phone's shell for who pays on a phone, the desk's for everybody else."""
    return "phone.html" if current_actor().role in PHONE_ROLES else "base.html"


def refused(refusal: Refusal, *, person_id: int | None = None, words: str = "", part: bool = False) -> Response:
    """A refusal as the card that a payer reads in a second, instead of the card he asked for.

    ``words`` is what was searched for, so that nothing is lost; ``part`` answers htmx with the card alone.
    """
    if wants_json():
        raise refusal
    with store().read() as session:
        till = tills.open_till_of(session, current_actor().staff_id or 0)
    sentence = refusal.text(_)
    template = "payday/_refused.html" if part and htmx else "payday/refused.html"
    status = 409 if htmx and refusal.status != 422 else refusal.status  # htmx shows these two and no other
    return page(template, status, refusal=refusal, sentence=sentence, person_id=person_id, till=till, words=words)
