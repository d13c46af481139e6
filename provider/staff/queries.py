"""Who works here, what they reach, and which sessions live."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, column, or_, select, table, union
from sqlalchemy.orm import Session

from provider import clock
from provider.names import fold, sort_key
from provider.staff import throttle
from provider.staff.models import RoleChange, SessionKind, Staff, StaffPoint, Stage, UserSession
from provider.staff.rules import AGENCY_ROLES, PHONE_ROLES, PROVINCE_ROLES, Role, Scope
from provider.staff.sessions import Door

# Places, agreements and points are upstairs: this room knows their tables by name only.
_offices = table("post_office", column("id"), column("parent_id"), column("name"))
_agencies = table("agency", column("id"), column("name"))
_points = table("point", column("id"), column("office_id"), column("name"), column("closed_on"))
_contracts = table("contract", column("agency_id"), column("office_id"))
_periods = table("period", column("agency_id"), column("office_id"))

ROLE_CHANGE_LIFE = dt.timedelta(hours=24)
"""A proposal not confirmed within a day has lapsed."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One line of the staff list."""

    id: int
    login: str
    name: str
    role: Role
    place: str
    active: bool
    activated: bool
    has_second_factor: bool
    last_seen_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RoleChangeRow:
    """A proposed change of role that still waits."""

    id: int
    staff_id: int
    from_role: Role
    to_role: Role
    place: str
    reason: str
    proposed_by_id: int
    proposed_by: str
    proposed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class StaffCard:
    """Everything the administrator sees about one person."""

    row: StaffRow
    office_id: int | None
    agency_id: int | None
    must_change_password: bool
    activation_expires_at: dt.datetime | None
    created_at: dt.datetime
    points: tuple[tuple[int, str], ...]
    sessions: int
    change: RoleChangeRow | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One of somebody's own sessions."""

    id: int
    kind: SessionKind
    created_at: dt.datetime
    last_seen_at: dt.datetime
    expires_at: dt.datetime
    user_agent: str
    ip: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in a form: an office, an agency, a point."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class KeptHashes:
    """What a password and a PIN are checked against; empty for nobody, and for whoever is suspended."""

    password: str = ""
    pin: str = ""


@dataclass(frozen=True, slots=True)
class BeforeSignIn:
    """Whether an account may be tried now (``wait`` in seconds), and what its password is checked against."""

    wait: int
    kept: str


def before_sign_in(session: Session, login: str, door: Door, *, key: bytes) -> BeforeSignIn:
    """What is looked up before a password is checked, outside the writing transaction: hashing is slow on purpose."""
    wait = throttle.wait_before_trying(session, login, door, throttle.known_device(key, login, door.device))
    kept = session.scalar(
        select(Staff.password_hash).where(Staff.login == login.strip().lower(), Staff.active.is_(True))
    )
    return BeforeSignIn(wait, kept or "")


def kept_hashes(session: Session, staff_id: int) -> KeptHashes:
    """What this person's password and PIN are checked against."""
    kept = session.execute(
        select(Staff.password_hash, Staff.pin_hash).where(Staff.id == staff_id, Staff.active.is_(True))
    ).first()
    return KeptHashes(kept.password_hash, kept.pin_hash) if kept else KeptHashes()


def is_change_of(session: Session, change_id: int, staff_id: int) -> bool:
    """Whether a proposed change of role is about this person."""
    return session.scalar(select(RoleChange.staff_id).where(RoleChange.id == change_id)) == staff_id


def scope_of(session: Session, staff_id: int) -> Scope:
    """How far somebody reaches: their office and those below it with the agencies these pay for; or their agency."""
    person = session.execute(select(Staff.role, Staff.office_id, Staff.agency_id).where(Staff.id == staff_id)).first()
    if person is None:
        return Scope()
    if person.role in AGENCY_ROLES:
        return _agency_scope(session, person.agency_id)
    if person.office_id is None:
        return Scope.everything() if person.role in PROVINCE_ROLES else Scope()
    office_ids = _office_and_below(session, person.office_id)
    by_contract = select(_contracts.c.agency_id).where(_contracts.c.office_id.in_(office_ids))
    by_period = select(_periods.c.agency_id).where(_periods.c.office_id.in_(office_ids))
    agency_ids = frozenset(session.scalars(union(by_contract, by_period)))
    return Scope(office_ids, agency_ids, _points_reached(session, staff_id, person.role, office_ids))


def _agency_scope(session: Session, agency_id: int) -> Scope:
    by_contract = select(_contracts.c.office_id).where(_contracts.c.agency_id == agency_id)
    by_period = select(_periods.c.office_id).where(_periods.c.agency_id == agency_id)
    return Scope(frozenset(session.scalars(union(by_contract, by_period))), frozenset({agency_id}), frozenset())


def _office_and_below(session: Session, office_id: int) -> frozenset[int]:
    tree = select(_offices.c.id).where(_offices.c.id == office_id).cte("below", recursive=True)
    tree = tree.union(select(_offices.c.id).where(_offices.c.parent_id == tree.c.id))
    return frozenset(session.scalars(select(tree.c.id)))


def _points_reached(session: Session, staff_id: int, role: Role, office_ids: frozenset[int]) -> frozenset[int]:
    if role in PHONE_ROLES:
        return frozenset(session.scalars(select(StaffPoint.point_id).where(StaffPoint.staff_id == staff_id)))
    return frozenset(session.scalars(select(_points.c.id).where(_points.c.office_id.in_(office_ids))))


def within(scope: Scope, statement: Select[Staff]) -> Select[Staff]:
    """Staff of the offices and agencies within reach."""
    if scope.office_ids is None and scope.agency_ids is None:
        return statement
    return statement.where(
        or_(Staff.office_id.in_(scope.office_ids or ()), Staff.agency_id.in_(scope.agency_ids or ()))
    )


def staff_list(session: Session, scope: Scope, *, search: str = "", role: Role | None = None) -> list[StaffRow]:
    """Staff within reach by given name; found by any part of name or login, without diacritics."""
    wanted = within(scope, select(Staff))
    if role:
        wanted = wanted.where(Staff.role == role)
    people = list(session.scalars(wanted))
    if sought := fold(search):
        people = [person for person in people if sought in fold(person.name) or sought in person.login]
    people.sort(key=lambda person: (not person.active, sort_key(person.name), person.id))
    return _rows(session, people)


def staff_card(session: Session, scope: Scope, staff_id: int) -> StaffCard | None:
    """One person within reach; None when there is none."""
    person = session.scalar(within(scope, select(Staff).where(Staff.id == staff_id)))
    if person is None:
        return None
    points = session.execute(
        select(_points.c.id, _points.c.name)
        .join(StaffPoint, StaffPoint.point_id == _points.c.id)
        .where(StaffPoint.staff_id == staff_id)
        .order_by(_points.c.name)
    )
    return StaffCard(
        row=_rows(session, [person])[0],
        office_id=person.office_id,
        agency_id=person.agency_id,
        must_change_password=person.must_change_password,
        activation_expires_at=person.activation_expires_at if person.activation_code_hash else None,
        created_at=person.created_at,
        points=tuple((point.id, point.name) for point in points),
        sessions=len(sessions_of(session, staff_id)),
        change=waiting_change(session, staff_id),
    )


def waiting_change(session: Session, staff_id: int) -> RoleChangeRow | None:
    """The change of role that waits for a second person."""
    change = session.scalar(
        select(RoleChange)
        .where(
            RoleChange.staff_id == staff_id,
            RoleChange.confirmed_at.is_(None),
            RoleChange.declined_at.is_(None),
            RoleChange.proposed_at > clock.now() - ROLE_CHANGE_LIFE,
        )
        .order_by(RoleChange.id.desc())
        .limit(1)
    )
    if change is None:
        return None
    return RoleChangeRow(
        id=change.id,
        staff_id=change.staff_id,
        from_role=change.from_role,
        to_role=change.to_role,
        place=place_name(session, change.office_id, change.agency_id),
        reason=change.reason,
        proposed_by_id=change.proposed_by,
        proposed_by=session.scalar(select(Staff.name).where(Staff.id == change.proposed_by)) or "",
        proposed_at=change.proposed_at,
    )


def sessions_of(session: Session, staff_id: int) -> list[SessionRow]:
    """The sessions of somebody that were neither ended nor have run out, newest first."""
    rows = session.scalars(
        select(UserSession)
        .where(
            UserSession.staff_id == staff_id,
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > clock.now(),
            UserSession.stage != Stage.CODE,
        )
        .order_by(UserSession.id.desc())
    )
    return [
        SessionRow(row.id, row.kind, row.created_at, row.last_seen_at, row.expires_at, row.user_agent, row.ip)
        for row in rows
    ]


def offices_within(session: Session, scope: Scope) -> list[Choice]:
    """Post offices within reach, by name."""
    wanted = scope.limit(select(_offices.c.id, _offices.c.name), office=_offices.c.id)
    return [Choice(row.id, row.name) for row in session.execute(wanted.order_by(_offices.c.name))]


def agencies_within(session: Session, scope: Scope) -> list[Choice]:
    """Agencies within reach, by name."""
    wanted = scope.limit(select(_agencies.c.id, _agencies.c.name), agency=_agencies.c.id)
    return [Choice(row.id, row.name) for row in session.execute(wanted.order_by(_agencies.c.name))]


def points_of_office(session: Session, office_id: int) -> list[Choice]:
    """Cash points of an office and of those below it that are not closed, by name."""
    wanted = select(_points.c.id, _points.c.name).where(
        _points.c.office_id.in_(_office_and_below(session, office_id)), _points.c.closed_on.is_(None)
    )
    return [Choice(row.id, row.name) for row in session.execute(wanted.order_by(_points.c.name))]


def place_name(session: Session, office_id: int | None, agency_id: int | None) -> str:
    """The name of an office or of an agency; empty for neither."""
    if office_id is not None:
        return session.scalar(select(_offices.c.name).where(_offices.c.id == office_id)) or ""
    if agency_id is not None:
        return session.scalar(select(_agencies.c.name).where(_agencies.c.id == agency_id)) or ""
    return ""


def _rows(session: Session, people: list[Staff]) -> list[StaffRow]:
    seen: dict[int, dt.datetime] = {}
    if people:
        ids = [person.id for person in people]
        for row in session.execute(
            select(UserSession.staff_id, UserSession.last_seen_at).where(UserSession.staff_id.in_(ids))
        ):
            seen[row.staff_id] = max(row.last_seen_at, seen.get(row.staff_id, row.last_seen_at))
    offices = {row.id: row.name for row in session.execute(select(_offices.c.id, _offices.c.name))}
    agencies = {row.id: row.name for row in session.execute(select(_agencies.c.id, _agencies.c.name))}
    return [
        StaffRow(
            id=person.id,
            login=person.login,
            name=person.name,
            role=person.role,
            place=offices.get(person.office_id or 0) or agencies.get(person.agency_id or 0) or "",
            active=person.active,
            activated=bool(person.password_hash),
            has_second_factor=bool(person.totp_secret),
            last_seen_at=seen.get(person.id),
        )
        for person in people
    ]
