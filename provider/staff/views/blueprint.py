"""Where the doors of this room hang, and what they share."""

from flask import Blueprint
from flask_babel import gettext
from wtforms import Field

from provider.errors import Refusal
from provider.staff import passwords, queries
from provider.staff.guard import current_actor
from provider.staff.passwords import Proof
from provider.web import settings, store

bp = Blueprint("staff", __name__)


def beside(field: Field, refusal: Refusal) -> int:
    """Say beside a field what was refused; the status of the answer."""
    field.errors = [*field.errors, refusal.text(gettext)]
    return refusal.status


def room_key() -> bytes:
    """The key of this room: seals second factors, signs the words of known browsers."""
    return settings().key("staff")


def own_proof(password: str) -> Proof:
    """The present password of the one who asks, checked before a writing transaction begins: hashing is slow."""
    with store().read() as session:
        kept = queries.kept_hashes(session, current_actor().staff_id or 0)
    return passwords.prove(kept.password, password)
