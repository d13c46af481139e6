"""Sessions on the server: one sign-in from one device, its hours, and its end. Knows no web."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from provider import clock
from provider.staff.models import SessionKind, Staff, Stage, UserSession
from provider.staff.rules import PHONE_ROLES, Role

DESK_IDLE: Final = dt.timedelta(minutes=15)
DESK_LIFE: Final = dt.timedelta(hours=8)
PHONE_IDLE: Final = dt.timedelta(minutes=5)
"""After this a phone is locked; its PIN opens it again."""
PHONE_LIFE: Final = dt.timedelta(hours=12)
"""One payout day."""
CODE_LIFE: Final = dt.timedelta(minutes=5)
"""How long the second factor may take after the password."""
SEEN_EVERY: Final = dt.timedelta(minutes=1)
PIN_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Door:
    """Where somebody comes in from: address, browser, and a word that this browser was given earlier, if any."""

    ip: str = ""
    user_agent: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that lives, and whose it is."""

    session_id: int
    staff_id: int
    name: str
    login: str
    role: Role
    office_id: int | None
    agency_id: int | None
    language: str
    kind: SessionKind
    stage: Stage
    last_seen_at: dt.datetime
    expires_at: dt.datetime
    step_up_at: dt.datetime | None
    must_change_password: bool
    has_second_factor: bool
    has_pin: bool

    def unseen_since(self, now: dt.datetime) -> bool:
        """Whether it is time to write down that this session is in use."""
        return now - self.last_seen_at >= SEEN_EVERY


def kind_for(role: Role) -> SessionKind:
    """Which hours a role keeps."""
    return SessionKind.PHONE if role in PHONE_ROLES else SessionKind.DESK


_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


def browser_name(user_agent: str) -> str:
    """A browser as a person knows it ("Chrome · Android"); its own first words when it is none of the known."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for name in _SYSTEMS if name in user_agent), "")
    return " · ".join(filter(None, (browser, system))) if browser else user_agent[:40].strip()


def token_hash(token: str) -> str:
    """What of a session's secret is kept."""
    return hashlib.sha256(token.encode("ascii", "replace")).hexdigest()


def begin(
    session: Session, staff: Staff, door: Door | None = None, *, stage: Stage = Stage.OPEN
) -> tuple[UserSession, str]:
    """A new session and its secret (256 random bits), which is given out once and not kept."""
    door = door or Door()
    now, kind, token = clock.now(), kind_for(staff.role), secrets.token_urlsafe(32)
    life = CODE_LIFE if stage is Stage.CODE else PHONE_LIFE if kind is SessionKind.PHONE else DESK_LIFE
    row = UserSession(
        token_hash=token_hash(token),
        staff_id=staff.id,
        kind=kind,
        stage=stage,
        created_at=now,
        last_seen_at=now,
        expires_at=now + life,
        step_up_at=None if stage is Stage.CODE else now,
        user_agent=browser_name(door.user_agent),
        ip=door.ip[:45],
    )
    session.add(row)
    session.flush()
    return row, token


def renew(session: Session, row: UserSession) -> str:
    """A new secret for a session whose person proved once more who they are; the old one opens nothing from now on."""
    now, token = clock.now(), secrets.token_urlsafe(32)
    row.token_hash, row.last_seen_at, row.step_up_at, row.pin_failures = token_hash(token), now, now, 0
    row.stage = Stage.OPEN
    session.flush()
    return token


def whose(session: Session, token: str) -> SignedIn | None:
    """The session behind a secret, when it lives. A phone left alone answers as locked; a desk left alone has ended."""
    now = clock.now()
    found = session.execute(
        select(UserSession, Staff)
        .join(Staff, Staff.id == UserSession.staff_id)
        .where(
            UserSession.token_hash == token_hash(token),
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > now,
            Staff.active.is_(True),
        )
    ).first()
    if found is None:
        return None
    row, staff = found
    stage = row.stage
    idle = now - row.last_seen_at
    if row.kind is SessionKind.DESK and idle > DESK_IDLE:
        return None
    if row.kind is SessionKind.PHONE and idle > PHONE_IDLE and stage is Stage.OPEN:
        stage = Stage.LOCKED
    return SignedIn(
        session_id=row.id,
        staff_id=staff.id,
        name=staff.name,
        login=staff.login,
        role=staff.role,
        office_id=staff.office_id,
        agency_id=staff.agency_id,
        language=staff.language,
        kind=row.kind,
        stage=stage,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        step_up_at=row.step_up_at,
        must_change_password=staff.must_change_password,
        has_second_factor=bool(staff.totp_secret),
        has_pin=bool(staff.pin_hash),
    )


def seen(session: Session, session_id: int) -> None:
    """Write down that a session is in use; at most once a minute, whoever asks."""
    now = clock.now()
    session.execute(
        update(UserSession)
        .where(UserSession.id == session_id, UserSession.last_seen_at <= now - SEEN_EVERY)
        .values(last_seen_at=now)
        .execution_options(synchronize_session=False)
    )


def end(session: Session, row: UserSession) -> None:
    """End one session."""
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        session.flush()


def end_all(session: Session, staff_id: int, *, but: int | None = None) -> int:
    """End all sessions of somebody, except one; how many there were."""
    living = select(UserSession).where(UserSession.staff_id == staff_id, UserSession.revoked_at.is_(None))
    rows = [row for row in session.scalars(living) if row.id != but]
    for row in rows:
        end(session, row)
    return len(rows)
