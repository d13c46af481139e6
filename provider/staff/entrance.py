"""Coming in and going out: sign-in, second factor, lock and PIN.

A refused sign-in is *given back*, not raised: the failed attempt must be counted and noted, and a raised refusal would
undo that together with the transaction.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider.audit.actor import SYSTEM, Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.errors import Refusal
from provider.staff import passwords, second_factor, sessions, throttle
from provider.staff.models import SessionKind, Staff, Stage, UserSession
from provider.staff.passwords import Proof
from provider.staff.refusals import PinUsedUp, SignInExpired, SlowDown, WrongCode, WrongPin, WrongSignIn
from provider.staff.sessions import PIN_TRIES, Door


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody came in: who, the secret for the cookie, and a word by which this browser is known next time."""

    staff: Staff
    token: str
    device: str = ""
    waits_for_code: bool = False
    """The password was right; the session opens nothing until ``give_code``."""


def actor_of(staff: Staff, row: UserSession | None = None) -> Actor:
    """Somebody as the day book names them."""
    return Actor(staff.id, staff.name, staff.role.value, row.id if row else None)


def sign_in(
    session: Session,
    login: str,
    password: str,
    code: str = "",
    *,
    door: Door | None = None,
    key: bytes = b"",
    proof: Proof | None = None,
) -> SignIn | Refusal:
    """Come in with login and password, and with the code of the second factor where there is one.

    ``proof`` is the password checked before the transaction (see ``passwords.prove``); without it that is done here.
    ``key`` is the room's key. Gives back SlowDown, WrongSignIn or WrongCode instead of raising them.
    """
    door = door or Door()
    device = throttle.known_device(key, login, door.device)
    staff = session.scalar(select(Staff).where(Staff.login == login.strip().lower()).with_for_update())
    if wait := throttle.wait_before_trying(session, login, door, device):
        return SlowDown(seconds=wait)
    kept = staff.password_hash if staff is not None and staff.active else ""
    proof = proof or passwords.prove(kept, password)
    if staff is None or not proof.right or proof.against != kept:
        return _failed(session, login, staff, door, device, WrongSignIn())
    if staff.totp_secret:
        if not code:
            _row, token = sessions.begin(session, staff, door, stage=Stage.CODE)
            return SignIn(staff, token, waits_for_code=True)
        if not _code_opens(staff, code, key):
            return _failed(session, login, staff, door, device, WrongCode())
    if proof.renewed:
        staff.password_hash = proof.renewed
    return come_in(session, staff, door, key=key)


def give_code(
    session: Session, token: str, code: str, *, door: Door | None = None, key: bytes = b""
) -> SignIn | Refusal:
    """The second half of a sign-in; the first half ends. Gives back SignInExpired, SlowDown or WrongCode."""
    door = door or Door()
    half = sessions.whose(session, token)
    if half is None or half.stage is not Stage.CODE:
        return SignInExpired()
    staff = session.get_one(Staff, half.staff_id, with_for_update=True, populate_existing=True)
    device = throttle.known_device(key, staff.login, door.device)
    if wait := throttle.wait_before_trying(session, staff.login, door, device):
        return SlowDown(seconds=wait)
    if not _code_opens(staff, code, key):
        return _failed(session, staff.login, staff, door, device, WrongCode())
    sessions.end(session, session.get_one(UserSession, half.session_id))
    return come_in(session, staff, door, key=key)


def come_in(session: Session, staff: Staff, door: Door, *, key: bytes = b"") -> SignIn:
    """A session for somebody who proved who they are."""
    row, token = sessions.begin(session, staff, door)
    known = throttle.known_device(key, staff.login, door.device)
    throttle.forget_failures(session, staff.login, door, known)
    note(session, DeedKind.SIGNED_IN, by=actor_of(staff, row), about=f"staff:{staff.id}", ip=door.ip)
    return SignIn(staff, token, device="" if known else throttle.new_device_word(key, staff.login))


def sign_out(session: Session, *, by: Actor) -> None:
    """End the session of the one who asks."""
    row = session.get(UserSession, by.session_id)
    if row is not None and row.staff_id == by.staff_id:
        sessions.end(session, row)
        note(session, DeedKind.SIGNED_OUT, by=by, about=f"staff:{by.staff_id}")


def lock(session: Session, *, by: Actor) -> bool:
    """Put a phone aside; only its PIN opens it again. A desk, or a phone without a PIN, is signed out: False then."""
    row = session.get_one(UserSession, by.session_id)
    staff = session.get_one(Staff, by.staff_id)
    if row.kind is not SessionKind.PHONE or not staff.pin_hash:
        sign_out(session, by=by)
        return False
    row.stage = Stage.LOCKED
    note(session, DeedKind.SESSION_LOCKED, by=by, about=f"staff:{staff.id}")
    return True


def unlock(session: Session, pin: str, *, by: Actor, proof: Proof | None = None) -> str | Refusal:
    """Open a locked phone with its PIN: a new secret for the cookie. The fifth wrong PIN ends the session.

    Gives back WrongPin or PinUsedUp instead of raising them.
    """
    row = session.get_one(UserSession, by.session_id, with_for_update=True, populate_existing=True)
    staff = session.get_one(Staff, by.staff_id)
    proof = proof or passwords.prove(staff.pin_hash, pin)
    if row.revoked_at is not None or row.pin_failures >= PIN_TRIES:
        return PinUsedUp()
    if proof.right and proof.against == staff.pin_hash:
        note(session, DeedKind.SESSION_UNLOCKED, by=by, about=f"staff:{staff.id}")
        return sessions.renew(session, row)
    row.pin_failures += 1
    note(session, DeedKind.SIGN_IN_FAILED, by=SYSTEM, about=f"staff:{staff.id}", reason="pin", ip=row.ip)
    if row.pin_failures >= PIN_TRIES:
        sessions.end(session, row)
        return PinUsedUp()
    return WrongPin(left=PIN_TRIES - row.pin_failures)


def _code_opens(staff: Staff, code: str, key: bytes) -> bool:
    secret = second_factor.unseal(key, f"staff:{staff.id}", staff.totp_secret)
    step = second_factor.step_of(secret, code, after=staff.totp_step) if secret else None
    if step is not None:
        staff.totp_step = step
    return step is not None


def _failed(session: Session, login: str, staff: Staff | None, door: Door, device: str, refusal: Refusal) -> Refusal:
    throttle.remember_failure(session, login, door, device)
    about = f"staff:{staff.id}" if staff else "staff:unknown"
    note(session, DeedKind.SIGN_IN_FAILED, by=SYSTEM, about=about, reason=refusal.code, ip=door.ip)
    return refusal
