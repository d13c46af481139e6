"""Taking in the country's units; opening post offices."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.bulk import insert_many, take_ids
from provider.errors import N_, Missing, Refusal
from provider.places.mergers import Became, Mergers, UnitLine, read_mergers
from provider.places.models import AdminUnit, PostOffice, UnitBecame
from provider.places.published import BEGINNING, REDRAWN_ON, units_before, units_since
from provider.places.rules import Level, OfficeKind, read_unit_name

_UNIT_COLUMNS = ("id", "code", "name", "level", "parent_id", "valid_from", "valid_to", "name_fold", "bare_fold")


class OfficeExists(Refusal):
    """Two offices cannot have one code."""

    code = "office_exists"
    sentence = N_("Mã bưu cục “%(code)s” đã có. Hãy dùng mã khác.")


@dataclass(frozen=True, slots=True)
class UnitsTakenIn:
    """What taking in the registers came to; all zero when they were there already."""

    units: int = 0
    became: int = 0
    unplaced: tuple[str, ...] = ()
    """Old communes named in the published text that could not be placed: "Xã Pờ Y -> 23377"."""
    without_successor: int = 0


def take_in_units(session: Session, *, by: Actor) -> UnitsTakenIn:
    """Register all units before and since 01/07/2025 and what became of what; does nothing the second time."""
    if session.scalar(select(func.count()).select_from(AdminUnit)):
        return UnitsTakenIn()
    before, since = units_before(), units_since()
    mergers = read_mergers(before, since)
    old_ids = _register(session, before, BEGINNING, REDRAWN_ON - dt.timedelta(days=1))
    new_ids = _register(session, since, REDRAWN_ON, None)
    became = _register_mergers(session, mergers, old_ids, new_ids)
    taken = UnitsTakenIn(
        units=len(old_ids) + len(new_ids),
        became=became,
        unplaced=tuple(f"{each.mention} -> {each.new}" for each in mergers.unplaced),
        without_successor=len(mergers.without_successor),
    )
    note(
        session,
        DeedKind.UNITS_TAKEN_IN,
        by=by,
        about="units:2025-07",
        units=taken.units,
        became=became,
        unplaced=list(taken.unplaced),
        without_successor=list(mergers.without_successor),
    )
    return taken


def open_office(
    session: Session,
    *,
    code: str,
    name: str,
    kind: OfficeKind,
    by: Actor,
    parent_id: int | None = None,
    unit_id: int | None = None,
    address: str = "",
    phone: str = "",
) -> PostOffice:
    """Register one of our offices. Raises OfficeExists, and Missing for an unknown parent."""
    if session.scalar(select(PostOffice.id).where(PostOffice.code == code)):
        raise OfficeExists(code=code)
    if parent_id is not None and session.get(PostOffice, parent_id) is None:
        raise Missing()
    office = PostOffice(
        code=code, name=name, kind=kind, parent_id=parent_id, unit_id=unit_id, address=address, phone=phone
    )
    session.add(office)
    session.flush()
    note(session, DeedKind.OFFICE_OPENED, by=by, about=f"office:{office.id}", code=code, name=name)
    return office


def _register(
    session: Session, lines: Sequence[UnitLine], since: dt.date, until: dt.date | None
) -> dict[tuple[Level, str], int]:
    """Write units whose parents come before them; their ids by level and code."""
    ids: dict[tuple[Level, str], int] = {}
    rows = []
    for number, line in zip(take_ids(session, AdminUnit, len(lines)), lines, strict=True):
        ids[line.level, line.code] = number
        name = read_unit_name(line.name)
        parent = (
            ids.get((Level.DISTRICT, line.parent)) if len(line.parent) == 3 else ids.get((Level.PROVINCE, line.parent))
        )
        rows.append((number, line.code, line.name, line.level, parent, since, until, name.whole, name.bare))
    insert_many(session, AdminUnit, _UNIT_COLUMNS, rows)
    return ids


def _register_mergers(
    session: Session,
    mergers: Mergers,
    old_ids: dict[tuple[Level, str], int],
    new_ids: dict[tuple[Level, str], int],
) -> int:
    def pairs(level: Level, new_level: Level, all_became: Iterable[Became]) -> Iterable[tuple[int, int, bool]]:
        return ((old_ids[level, each.old], new_ids[new_level, each.new], each.whole) for each in all_became)

    rows = [
        *pairs(Level.PROVINCE, Level.PROVINCE, mergers.provinces),
        *pairs(Level.DISTRICT, Level.COMMUNE, mergers.districts),
        *pairs(Level.COMMUNE, Level.COMMUNE, mergers.communes),
    ]
    return insert_many(session, UnitBecame, ("old_id", "new_id", "whole"), rows)
