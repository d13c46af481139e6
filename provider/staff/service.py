"""What the administrator does: appoint, suspend, change roles by two; and how a new account comes to life.

Coming in is in ``entrance``, one's own account in ``account``; both are offered here too, under one name.
"""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from provider import clock
from provider.audit.actor import SYSTEM, Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.db import lock_row
from provider.errors import ChangedMeanwhile, Missing, Refusal
from provider.names import clean
from provider.staff import passwords, sessions, throttle
from provider.staff.account import (
    change_password,
    choose_language,
    end_session,
    remove_second_factor,
    set_pin,
    set_second_factor,
)
from provider.staff.entrance import SignIn, actor_of, come_in, give_code, lock, sign_in, sign_out, unlock
from provider.staff.models import RoleChange, Staff, StaffPoint
from provider.staff.queries import ROLE_CHANGE_LIFE
from provider.staff.refusals import (
    AlreadyAppointed,
    LoginTaken,
    NameNeeded,
    NotOneself,
    PlaceNeeded,
    RoleChangeLapsed,
    SameRole,
    SlowDown,
    UnusableLogin,
    WrongActivation,
)
from provider.staff.rules import AGENCY_ROLES, PHONE_ROLES, PROVINCE_ROLES, Role, refuse_same_person
from provider.staff.sessions import Door

__all__ = [
    "Appointed",
    "SignIn",
    "activate",
    "appoint",
    "assign_points",
    "change_password",
    "choose_language",
    "confirm_role",
    "decline_role",
    "end_session",
    "first_administrator",
    "give_code",
    "lock",
    "propose_role",
    "reinstate",
    "remove_second_factor",
    "renew_activation",
    "set_pin",
    "set_second_factor",
    "sign_in",
    "sign_out",
    "suspend",
    "unlock",
]

ACTIVATION_LIFE: Final = dt.timedelta(hours=72)
_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


@dataclass(frozen=True, slots=True)
class Appointed:
    """A new account and the one-time code that activates it; the code is shown once and not kept."""

    staff: Staff
    code: str


def appoint(
    session: Session,
    *,
    login: str,
    name: str,
    role: Role,
    office_id: int | None = None,
    agency_id: int | None = None,
    point_ids: Collection[int] = (),
    password: str = "",
    by: Actor,
) -> Appointed:
    """Give somebody an account. They activate it with a one-time code within three days and choose their password.

    ``password`` is for commands that set up a demonstration or a test: then there is no code. Raises UnusableLogin,
    LoginTaken, NameNeeded, PlaceNeeded, and what ``passwords.refuse_weak`` raises.
    """
    login, name = login.strip().lower(), clean(name)
    if not _LOGIN.fullmatch(login):
        raise UnusableLogin()
    if not name:
        raise NameNeeded()
    office_id, agency_id = _place_for(role, office_id, agency_id)
    if session.scalar(select(Staff.id).where(Staff.login == login)):
        raise LoginTaken()
    person = Staff(login=login, name=name, role=role, office_id=office_id, agency_id=agency_id, created_at=clock.now())
    code = ""
    if password:
        passwords.refuse_weak(password, second_factor=False, about=(login, name))
        person.password_hash = passwords.hash_of(password)
    else:
        code = _new_code(person)
    session.add(person)
    session.flush()
    _put_points(session, person, point_ids)
    note(
        session,
        DeedKind.STAFF_APPOINTED,
        by=by,
        about=f"staff:{person.id}",
        role=role.value,
        office=office_id,
        agency=agency_id,
        points=sorted(point_ids),
    )
    return Appointed(person, code)


def first_administrator(session: Session, *, login: str, name: str) -> str:
    """The first account of a new house, made on the machine itself: its activation code. Raises AlreadyAppointed."""
    living = select(func.count()).where(Staff.role == Role.ADMINISTRATOR, Staff.active.is_(True))
    if session.scalar(living):
        raise AlreadyAppointed()
    return appoint(session, login=login, name=name, role=Role.ADMINISTRATOR, by=SYSTEM).code


def renew_activation(session: Session, staff_id: int, *, by: Actor) -> str:
    """A new one-time code for somebody who lost the password or the second factor; what they had opens nothing more."""
    person = _person(session, staff_id)
    _refuse_oneself(person, by)
    code = _new_code(person)
    person.password_hash = person.pin_hash = person.totp_secret = ""
    sessions.end_all(session, person.id)
    note(session, DeedKind.ACTIVATION_RENEWED, by=by, about=f"staff:{person.id}")
    return code


def activate(
    session: Session, login: str, code: str, password: str, *, door: Door | None = None, key: bytes = b""
) -> SignIn | Refusal:
    """Choose a password with the one-time code and come in.

    A wrong code is given back, not raised: the failed attempt must be counted. Raises what ``refuse_weak`` raises.
    """
    door = door or Door()
    if wait := throttle.wait_before_trying(session, login, door):
        return SlowDown(seconds=wait)
    person = session.scalar(select(Staff).where(Staff.login == login.strip().lower()).with_for_update())
    if person is None or not _code_fits(person, code):
        throttle.remember_failure(session, login, door)
        about = f"staff:{person.id}" if person else "staff:unknown"
        note(session, DeedKind.SIGN_IN_FAILED, by=SYSTEM, about=about, reason="activation", ip=door.ip)
        return WrongActivation()
    passwords.refuse_weak(password, second_factor=False, about=(person.login, person.name))
    person.password_hash = passwords.hash_of(password)
    person.activation_code_hash, person.activation_expires_at = "", None
    person.must_change_password = False
    note(session, DeedKind.STAFF_ACTIVATED, by=actor_of(person), about=f"staff:{person.id}")
    return come_in(session, person, door, key=key)


def suspend(session: Session, staff_id: int, *, reason: str = "", by: Actor) -> None:
    """Nobody is deleted: a suspended person cannot come in, and all their sessions end now. Raises NotOneself."""
    person = _person(session, staff_id)
    _refuse_oneself(person, by)
    person.active = False
    sessions.end_all(session, person.id)
    note(session, DeedKind.STAFF_SUSPENDED, by=by, about=f"staff:{person.id}", reason=reason)


def reinstate(session: Session, staff_id: int, *, by: Actor) -> None:
    """A suspended person may come in again, with the password they had."""
    person = _person(session, staff_id)
    _refuse_oneself(person, by)
    person.active = True
    note(session, DeedKind.STAFF_REINSTATED, by=by, about=f"staff:{person.id}")


def assign_points(session: Session, staff_id: int, point_ids: Collection[int], *, by: Actor) -> None:
    """The cash points somebody works at, in place of those before."""
    person = _person(session, staff_id)
    _put_points(session, person, point_ids)
    note(session, DeedKind.POINTS_ASSIGNED, by=by, about=f"staff:{person.id}", points=sorted(point_ids))


def propose_role(
    session: Session,
    staff_id: int,
    role: Role,
    *,
    office_id: int | None = None,
    agency_id: int | None = None,
    reason: str = "",
    by: Actor,
) -> RoleChange:
    """Propose another role or place for somebody; another administrator confirms it within 24 hours.

    A proposal that still waits is replaced. Raises NotOneself, PlaceNeeded, SameRole.
    """
    person = _person(session, staff_id)
    _refuse_oneself(person, by)
    office_id, agency_id = _place_for(role, office_id, agency_id)
    if (person.role, person.office_id, person.agency_id) == (role, office_id, agency_id):
        raise SameRole()
    now = clock.now()
    for earlier in session.scalars(
        select(RoleChange).where(
            RoleChange.staff_id == staff_id, RoleChange.confirmed_at.is_(None), RoleChange.declined_at.is_(None)
        )
    ):
        earlier.declined_at = now
    change = RoleChange(
        staff_id=staff_id,
        from_role=person.role,
        to_role=role,
        office_id=office_id,
        agency_id=agency_id,
        reason=reason.strip()[:200],
        proposed_by=by.staff_id,
        proposed_at=now,
    )
    session.add(change)
    session.flush()
    note(
        session,
        DeedKind.ROLE_PROPOSED,
        by=by,
        about=f"staff:{staff_id}",
        change=change.id,
        from_role=person.role.value,
        to_role=role.value,
        office=office_id,
        agency=agency_id,
    )
    return change


def confirm_role(session: Session, change_id: int, *, by: Actor) -> None:
    """The second person puts a proposed role into force; the person's sessions end, so that it holds at once.

    Raises SecondPersonNeeded, NotOneself, RoleChangeLapsed, ChangedMeanwhile.
    """
    change = _waiting_change(session, change_id)
    refuse_same_person(change.proposed_by, by.staff_id)
    person = _person(session, change.staff_id)
    _refuse_oneself(person, by)
    if person.role is not change.from_role:
        raise ChangedMeanwhile()
    change.confirmed_by, change.confirmed_at = by.staff_id, clock.now()
    moved = person.office_id != change.office_id
    person.role, person.office_id, person.agency_id = change.to_role, change.office_id, change.agency_id
    if moved or person.role not in PHONE_ROLES:
        _put_points(session, person, ())
    sessions.end_all(session, person.id)
    note(session, DeedKind.ROLE_CONFIRMED, by=by, about=f"staff:{person.id}", change=change.id, to=person.role.value)


def decline_role(session: Session, change_id: int, *, by: Actor) -> None:
    """A proposed role is not put into force; the one who proposed it may take it back too. Raises RoleChangeLapsed."""
    change = _waiting_change(session, change_id)
    change.declined_at = clock.now()
    note(session, DeedKind.ROLE_DECLINED, by=by, about=f"staff:{change.staff_id}", change=change.id)


def _waiting_change(session: Session, change_id: int) -> RoleChange:
    change: RoleChange | None = lock_row(session, RoleChange, change_id)
    if change is None:
        raise Missing()
    lapsed = change.proposed_at + ROLE_CHANGE_LIFE <= clock.now()
    if lapsed or change.confirmed_at is not None or change.declined_at is not None:
        raise RoleChangeLapsed()
    return change


def _person(session: Session, staff_id: int) -> Staff:
    person: Staff | None = lock_row(session, Staff, staff_id)
    if person is None:
        raise Missing()
    return person


def _refuse_oneself(person: Staff, by: Actor) -> None:
    if person.id == by.staff_id:
        raise NotOneself()


def _place_for(role: Role, office_id: int | None, agency_id: int | None) -> tuple[int | None, int | None]:
    """A role belongs to an agency or to an office, never to both; those who read for the province may do without."""
    if role in AGENCY_ROLES:
        if agency_id is None:
            raise PlaceNeeded()
        return None, agency_id
    if office_id is None and role not in PROVINCE_ROLES:
        raise PlaceNeeded()
    return office_id, None


def _put_points(session: Session, person: Staff, point_ids: Collection[int]) -> None:
    session.execute(delete(StaffPoint).where(StaffPoint.staff_id == person.id))
    if point_ids:
        rows = [{"staff_id": person.id, "point_id": point_id} for point_id in sorted(set(point_ids))]
        session.execute(insert(StaffPoint), rows)


def _new_code(person: Staff) -> str:
    code = passwords.new_activation_code()
    person.activation_code_hash = passwords.activation_hash(code)
    person.activation_expires_at = clock.now() + ACTIVATION_LIFE
    return code


def _code_fits(person: Staff, code: str) -> bool:
    expires = person.activation_expires_at
    if not person.active or expires is None or expires <= clock.now():
        return False
    return bool(person.activation_code_hash) and person.activation_code_hash == passwords.activation_hash(code)
