"""The only way into the day book."""

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from provider import clock
from provider.audit.actor import Actor
from provider.audit.chain import START, canonical, link
from provider.audit.deeds import DeedKind
from provider.audit.models import ChainHead, Deed


def note(session: Session, kind: DeedKind, /, *, by: Actor, about: str, within: str = "", **facts: Any) -> int:
    """Append one deed to the day book, in the transaction of the deed itself; its number is given back.

    ``about`` names the thing ("payout:12"), ``within`` the larger thing it belongs to ("period:3"); ``facts`` are
    plain values (text, whole numbers, lists of them).
    """
    head = session.execute(select(ChainHead.deed_id, ChainHead.hash).where(ChainHead.id == 1).with_for_update()).first()
    number, previous = (head.deed_id + 1, head.hash) if head else (1, START)
    at = clock.now()
    words = canonical(facts)
    who = (str(by.staff_id or ""), by.name, by.role, str(by.session_id or ""))
    parts = (str(number), at.isoformat(), kind.value, *who, about, within, words)
    own = link(previous, *parts)
    session.execute(
        insert(Deed),
        {
            "id": number,
            "at": at,
            "kind": kind.value,
            "staff_id": by.staff_id,
            "staff_name": by.name,
            "role": by.role,
            "session_id": by.session_id,
            "about": about,
            "within": within,
            "facts": words,
            "previous_hash": previous,
            "hash": own,
        },
    )
    if head:
        session.execute(update(ChainHead).where(ChainHead.id == 1).values(deed_id=number, hash=own))
    else:
        session.execute(insert(ChainHead), {"id": 1, "deed_id": number, "hash": own})
    return number
