"""What lies under what, which commune a name means, and where an old commune went."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from provider import clock
from provider.names import fold
from provider.places.models import AdminUnit, PostOffice, UnitBecame
from provider.places.rules import Level, OfficeKind, UnitName, read_unit_name


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, ready to be shown; ``valid_to`` is its last day, None while it exists."""

    id: int
    code: str
    name: str
    level: Level
    parent_id: int | None
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Successor:
    """What an old unit became; ``whole`` is false where only a part of it went there."""

    unit: Unit
    whole: bool


@dataclass(frozen=True, slots=True)
class Office:
    """One of our offices, ready to be shown; ``depth`` is 0 for the topmost."""

    id: int
    code: str
    name: str
    kind: OfficeKind
    parent_id: int | None
    unit_id: int | None
    unit_name: str
    address: str
    phone: str
    depth: int = 0


def _alive(statement: Select[Any], on: dt.date | None) -> Select[Any]:
    day = on or clock.today()
    return statement.where(AdminUnit.valid_from <= day, or_(AdminUnit.valid_to.is_(None), AdminUnit.valid_to >= day))


def unit(session: Session, unit_id: int) -> Unit | None:
    """One unit by its id."""
    found = session.get(AdminUnit, unit_id)
    return _row(found) if found else None


def units(session: Session, unit_ids: Iterable[int]) -> dict[int, Unit]:
    """Units by their ids."""
    wanted = select(AdminUnit).where(AdminUnit.id.in_(set(unit_ids)))
    return {each.id: _row(each) for each in session.scalars(wanted)}


def unit_by_code(session: Session, code: str, level: Level, on: dt.date | None = None) -> Unit | None:
    """The unit with an official code on a day (today when not said)."""
    wanted = select(AdminUnit).where(AdminUnit.code == code, AdminUnit.level == level)
    found = session.scalars(_alive(wanted, on)).first()
    return _row(found) if found else None


def children(session: Session, parent_id: int | None, on: dt.date | None = None) -> list[Unit]:
    """What lies directly under a unit on a day; the provinces for None. By code."""
    wanted = select(AdminUnit).where(AdminUnit.parent_id == parent_id).order_by(AdminUnit.code)
    return [_row(each) for each in session.scalars(_alive(wanted, on))]


def line_of(session: Session, unit_id: int) -> list[Unit]:
    """A unit with everything above it, the province first."""
    line: list[Unit] = []
    number: int | None = unit_id
    while number is not None and (found := unit(session, number)):
        line.insert(0, found)
        number = found.parent_id
    return line


def communes_under(session: Session, unit_id: int, on: dt.date | None = None) -> list[Unit]:
    """All communes under a province, district, or the commune itself, on a day (today when not said)."""
    middle = aliased(AdminUnit)
    wanted = (
        select(AdminUnit)
        .outerjoin(middle, AdminUnit.parent_id == middle.id)
        .where(
            AdminUnit.level == Level.COMMUNE,
            or_(AdminUnit.id == unit_id, AdminUnit.parent_id == unit_id, middle.parent_id == unit_id),
        )
        .order_by(AdminUnit.code)
    )
    return [_row(each) for each in session.scalars(_alive(wanted, on))]


def communes_ever_under(session: Session, unit_id: int) -> frozenset[int]:
    """Ids of all communes under a unit on any day of its life, and of the old ones they were formed from.

    People keep the commune of the list they came in, so whoever serves a new ward must still find those whose commune
    is an old name.
    """
    middle = aliased(AdminUnit)
    own = set(
        session.scalars(
            select(AdminUnit.id)
            .outerjoin(middle, AdminUnit.parent_id == middle.id)
            .where(
                AdminUnit.level == Level.COMMUNE,
                or_(AdminUnit.id == unit_id, AdminUnit.parent_id == unit_id, middle.parent_id == unit_id),
            )
        )
    )
    former = session.scalars(select(UnitBecame.old_id).where(UnitBecame.new_id.in_(own))) if own else ()
    return frozenset(own | set(former))


def commune_named(session: Session, text: str, within_id: int, on: dt.date | None = None) -> Unit | None:
    """The commune that a written name means inside a district or province on a day; None when unknown or unclear.

    "Phường 1", "P.1", "X. Hải Lệ" and "Hải Lệ" are all understood. A wrong kind ("Xã" where a "Thị trấn" is) is
    forgiven when only one commune has that name.
    """
    return CommuneNames.within(session, within_id, on).find(text)


@dataclass(frozen=True, slots=True)
class CommuneNames:
    """The communes of one district or province on one day, to be asked for many names without the database."""

    communes: tuple[Unit, ...]
    _by_whole: dict[str, list[Unit]]
    _by_bare: dict[str, list[Unit]]

    @classmethod
    def within(cls, session: Session, unit_id: int, on: dt.date | None = None) -> "CommuneNames":
        """Read them from the register."""
        by_whole: dict[str, list[Unit]] = {}
        by_bare: dict[str, list[Unit]] = {}
        communes = tuple(communes_under(session, unit_id, on))
        for commune in communes:
            name = read_unit_name(commune.name)
            by_whole.setdefault(name.whole, []).append(commune)
            by_bare.setdefault(name.bare, []).append(commune)
        return cls(communes, by_whole, by_bare)

    def find(self, text: str) -> Unit | None:
        """The one commune a written name means; None when none or more than one fits."""
        name = read_unit_name(text)
        readings = (name, UnitName("", " ".join(fold(text).split())))  # "Xà Bang" written without its kind
        for reading in readings:
            for found in (self._by_whole.get(reading.whole, []), self._by_bare.get(reading.bare, [])):
                if len(found) == 1:
                    return found[0]
        return None


def today_unit_of(session: Session, unit_id: int, on: dt.date | None = None) -> list[Successor]:
    """What a unit is called on a day (today when not said): itself while it exists, else what it became.

    Several where it was divided; none where it ended without a successor (districts) or none is known.
    """
    found = session.get(AdminUnit, unit_id)
    if found is None:
        return []
    day = on or clock.today()
    if found.valid_to is None or found.valid_to >= day:
        return [Successor(_row(found), whole=True)]
    became = (
        select(AdminUnit, UnitBecame.whole)
        .join(UnitBecame, UnitBecame.new_id == AdminUnit.id)
        .where(UnitBecame.old_id == unit_id)
        .order_by(AdminUnit.code)
    )
    return [
        Successor(later.unit, whole and later.whole)
        for new, whole in session.execute(became)
        for later in today_unit_of(session, new.id, day)
    ]


def formed_from(session: Session, unit_id: int) -> list[Successor]:
    """The old units that a unit was formed from; ``whole`` is false where only a part of one came."""
    came = (
        select(AdminUnit, UnitBecame.whole)
        .join(UnitBecame, UnitBecame.old_id == AdminUnit.id)
        .where(UnitBecame.new_id == unit_id)
        .order_by(AdminUnit.code)
    )
    return [Successor(_row(old), whole) for old, whole in session.execute(came)]


def communes_without_successor(session: Session) -> list[Unit]:
    """Old communes of which we do not know what they became: to be looked up by hand, never silently dropped."""
    went = select(UnitBecame.old_id).where(UnitBecame.old_id == AdminUnit.id).exists()
    ended = select(AdminUnit).where(AdminUnit.level == Level.COMMUNE, AdminUnit.valid_to.is_not(None), ~went)
    return [_row(each) for each in session.scalars(ended.order_by(AdminUnit.code))]


def units_found(session: Session, text: str, *, on: dt.date | None = None, limit: int = 30) -> list[Unit]:
    """Units whose name begins with what was typed, with or without kind and diacritics; higher units first.

    With ``on`` only those that existed on that day, else all there ever were.
    """
    name = read_unit_name(text)
    if not name.bare:
        return []
    starts = AdminUnit.bare_fold.startswith(name.bare, autoescape=True)
    if name.kind:
        starts = or_(
            and_(starts, AdminUnit.name_fold.startswith(name.kind, autoescape=True)),
            AdminUnit.bare_fold.startswith(fold(text), autoescape=True),
        )
    order = {Level.PROVINCE: 0, Level.DISTRICT: 1, Level.COMMUNE: 2}
    wanted = select(AdminUnit).where(starts).order_by(func.length(AdminUnit.code), AdminUnit.bare_fold, AdminUnit.code)
    if on is not None:
        wanted = _alive(wanted, on)
    found = [_row(each) for each in session.scalars(wanted.limit(limit))]
    return sorted(found, key=lambda each: (order[each.level], each.name != text.strip()))


def offices(session: Session) -> list[Office]:
    """All our offices as a tree written line by line: an office, then those below it."""
    rows = session.execute(
        select(PostOffice, AdminUnit.name)
        .outerjoin(AdminUnit, AdminUnit.id == PostOffice.unit_id)
        .order_by(PostOffice.code)
    ).all()
    below: dict[int | None, list[tuple[PostOffice, str]]] = {}
    for found, place in rows:
        below.setdefault(found.parent_id, []).append((found, place or ""))

    def walk(parent: int | None, depth: int) -> Iterable[Office]:
        for found, place in below.get(parent, []):
            yield _office(found, place, depth)
            yield from walk(found.id, depth + 1)

    return list(walk(None, 0))


def office_by_code(session: Session, code: str) -> Office | None:
    """One of our offices by its code."""
    found = session.scalars(select(PostOffice).where(PostOffice.code == code)).first()
    return _office(found) if found else None


def office(session: Session, office_id: int) -> Office | None:
    """One of our offices by its id."""
    found = session.get(PostOffice, office_id)
    return _office(found) if found else None


def offices_below(session: Session, office_id: int) -> frozenset[int]:
    """The ids of an office and all offices below it."""
    parents = session.execute(select(PostOffice.id, PostOffice.parent_id)).all()
    reached = {office_id} if any(number == office_id for number, _parent in parents) else set()
    grown = True
    while grown:
        more = {number for number, parent in parents if parent in reached} - reached
        reached |= more
        grown = bool(more)
    return frozenset(reached)


def _office(found: PostOffice, place: str = "", depth: int = 0) -> Office:
    return Office(
        found.id,
        found.code,
        found.name,
        found.kind,
        found.parent_id,
        found.unit_id,
        place,
        found.address,
        found.phone,
        depth,
    )


def _row(found: AdminUnit) -> Unit:
    return Unit(found.id, found.code, found.name, found.level, found.parent_id, found.valid_from, found.valid_to)
