"""One's own account: password, PIN, second factor, language, sessions."""

from sqlalchemy.orm import Session

from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.db import lock_row
from provider.errors import Missing
from provider.staff import passwords, second_factor, sessions
from provider.staff.models import Staff, UserSession
from provider.staff.passwords import Proof
from provider.staff.refusals import WrongCode, WrongPassword


def change_password(session: Session, proof: Proof, new: str, *, by: Actor) -> str:
    """Another password. All sessions end but this one, which gets a new secret for its cookie.

    ``proof`` is the present password, checked. Raises WrongPassword, and what ``passwords.refuse_weak`` raises.
    """
    person = _proven(session, proof, by)
    passwords.refuse_weak(new, second_factor=bool(person.totp_secret), about=(person.login, person.name))
    person.password_hash, person.must_change_password = passwords.hash_of(new), False
    ended = sessions.end_all(session, person.id, but=by.session_id)
    note(session, DeedKind.PASSWORD_CHANGED, by=by, about=f"staff:{person.id}", sessions_ended=ended)
    return sessions.renew(session, session.get_one(UserSession, by.session_id))


def set_pin(session: Session, proof: Proof, pin: str, *, by: Actor) -> None:
    """The six digits that open a locked phone. Raises WrongPassword, UnsafePin."""
    person = _proven(session, proof, by)
    passwords.refuse_unsafe_pin(pin)
    person.pin_hash = passwords.hash_of(pin)
    note(session, DeedKind.PIN_SET, by=by, about=f"staff:{person.id}")


def set_second_factor(session: Session, proof: Proof, sealed: str, code: str, *, key: bytes, by: Actor) -> str:
    """Take a new second factor into use, with a first code as proof that the authenticator knows it.

    ``sealed`` is the secret sealed for "enrol:<staff id>", as the enrolment page carried it. The other sessions end;
    a new secret for this one's cookie is given back. Raises WrongPassword, WrongCode.
    """
    person = _proven(session, proof, by)
    secret = second_factor.unseal(key, f"enrol:{person.id}", sealed)
    step = second_factor.step_of(secret, code, after=0) if secret else None
    if secret is None or step is None:
        raise WrongCode()
    person.totp_secret, person.totp_step = second_factor.seal(key, f"staff:{person.id}", secret), step
    sessions.end_all(session, person.id, but=by.session_id)
    note(session, DeedKind.SECOND_FACTOR_SET, by=by, about=f"staff:{person.id}")
    return sessions.renew(session, session.get_one(UserSession, by.session_id))


def remove_second_factor(session: Session, proof: Proof, *, by: Actor) -> None:
    """Do without the second factor; a password too short to stand alone must be changed first thing.

    Raises WrongPassword.
    """
    person = _proven(session, proof, by)
    person.totp_secret, person.must_change_password = "", True
    note(session, DeedKind.SECOND_FACTOR_REMOVED, by=by, about=f"staff:{person.id}")


def choose_language(session: Session, language: str, *, by: Actor) -> None:
    """The language this person reads from now on, on every device."""
    person = _own(session, by)
    if person.language != language:
        person.language = language
        note(session, DeedKind.LANGUAGE_CHOSEN, by=by, about=f"staff:{person.id}", language=language)


def end_session(session: Session, session_id: int, *, by: Actor) -> None:
    """End one of one's own sessions, on whatever device it is. Raises Missing for somebody else's."""
    row: UserSession | None = lock_row(session, UserSession, session_id)
    if row is None or row.staff_id != by.staff_id:
        raise Missing()
    sessions.end(session, row)
    note(session, DeedKind.SESSION_ENDED, by=by, about=f"staff:{by.staff_id}", ended=session_id)


def _own(session: Session, by: Actor) -> Staff:
    person: Staff | None = lock_row(session, Staff, by.staff_id or 0)
    if person is None:
        raise Missing()
    return person


def _proven(session: Session, proof: Proof, by: Actor) -> Staff:
    person = _own(session, by)
    if not proof.right or proof.against != person.password_hash:
        raise WrongPassword()
    return person
