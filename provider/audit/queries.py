"""What the day book tells."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider.audit.chain import START, link
from provider.audit.deeds import DeedKind
from provider.audit.models import ChainHead, Deed


@dataclass(frozen=True, slots=True)
class DeedRow:
    """One deed, ready to be shown."""

    id: int
    at: dt.datetime
    kind: DeedKind
    staff_name: str
    role: str
    about: str
    within: str
    facts: dict[str, Any]


def deeds_about(session: Session, *things: str, limit: int = 200) -> list[DeedRow]:
    """The story of one thing, or of several, oldest first."""
    rows = session.scalars(select(Deed).where(Deed.about.in_(things)).order_by(Deed.id.desc()).limit(limit))
    return [_row(deed) for deed in reversed(list(rows))]


def deeds_between(
    session: Session,
    since: dt.datetime,
    until: dt.datetime,
    *,
    limit: int = 200,
    offset: int = 0,
    kinds: Sequence[DeedKind] = (),
    staff_ids: Collection[int] | None = None,
) -> list[DeedRow]:
    """The day book between two moments, newest first; of these people, or of everybody and the system (None)."""
    wanted = select(Deed).where(Deed.at >= since, Deed.at < until)
    if kinds:
        wanted = wanted.where(Deed.kind.in_([kind.value for kind in kinds]))
    if staff_ids is not None:
        wanted = wanted.where(Deed.staff_id.in_(list(staff_ids)))
    return [_row(deed) for deed in session.scalars(wanted.order_by(Deed.id.desc()).limit(limit).offset(offset))]


def head(session: Session) -> tuple[int, str]:
    """Number and hash of the newest deed; (0, 64 zeros) for an empty book."""
    row = session.execute(select(ChainHead.deed_id, ChainHead.hash)).first()
    return (row.deed_id, row.hash) if row else (0, START)


def first_broken_deed(session: Session) -> int | None:
    """The number of the first deed whose hash does not follow from its content and the deed before; None when whole."""
    every = session.scalars(select(Deed).order_by(Deed.id).execution_options(yield_per=2000))
    with closing(every):
        return _first_broken(every, head(session))


def _first_broken(every: Iterable[Deed], newest: tuple[int, str]) -> int | None:
    previous, number = START, 0
    for deed in every:
        number += 1
        parts = (
            str(deed.id),
            deed.at.isoformat(),
            deed.kind,
            str(deed.staff_id or ""),
            deed.staff_name,
            deed.role,
            str(deed.session_id or ""),
            deed.about,
            deed.within,
            deed.facts,
        )
        if deed.id != number or deed.previous_hash != previous or deed.hash != link(previous, *parts):
            return number
        previous = deed.hash
    return number + 1 if newest != (number, previous) else None


def _row(deed: Deed) -> DeedRow:
    return DeedRow(
        deed.id,
        deed.at,
        DeedKind(deed.kind),
        deed.staff_name,
        deed.role,
        deed.about,
        deed.within,
        json.loads(deed.facts),
    )
