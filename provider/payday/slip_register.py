"""The register of slips: one per person, agency and month, with one code for ever."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from provider import clock
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.clock import Month
from provider.errors import Refusal
from provider.payday import slips
from provider.payday.models import Slip
from provider.payday.refusals import SlipUnknown


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One slip: its id (8 bytes), what is typed, and which copy was printed last."""

    id8: bytes
    short: str
    person_id: int
    agency_id: int
    month: Month
    copies: int


def print_slips(
    session: Session, *, agency_id: int, month: Month, person_ids: Sequence[int], about: str, by: Actor
) -> dict[int, SlipRow]:
    """Slips of people for one agency's month, made where missing; this printing is counted and noted."""
    have = slips_of(session, agency_id=agency_id, month=month, person_ids=person_ids)
    missing = [person for person in dict.fromkeys(person_ids) if person not in have]
    if missing:
        taken = set(session.scalars(select(Slip.short).where(Slip.agency_id == agency_id, Slip.month == month)))
        session.execute(insert(Slip), [_new(person, agency_id, month, taken) for person in missing])
    wanted = list(dict.fromkeys(person_ids))
    for start in range(0, len(wanted), 500):
        session.execute(
            update(Slip)
            .where(Slip.agency_id == agency_id, Slip.month == month, Slip.person_id.in_(wanted[start : start + 500]))
            .values(copies=Slip.copies + 1, printed_at=clock.now())
            .execution_options(synchronize_session=False)
        )
    note(
        session,
        DeedKind.SLIPS_PRINTED,
        by=by,
        about=about,
        within=f"agency:{agency_id}",
        month=month.iso,
        people=len(wanted),
        first_copies=len(missing),
    )
    return slips_of(session, agency_id=agency_id, month=month, person_ids=person_ids)


def slips_of(session: Session, *, agency_id: int, month: Month, person_ids: Collection[int]) -> dict[int, SlipRow]:
    """The slips that exist, by person."""
    found: dict[int, SlipRow] = {}
    wanted = list(person_ids)
    for start in range(0, len(wanted), 500):
        some = select(Slip).where(
            Slip.agency_id == agency_id, Slip.month == month, Slip.person_id.in_(wanted[start : start + 500])
        )
        found.update(
            {slip.person_id: _row(slip) for slip in session.scalars(some.execution_options(populate_existing=True))}
        )
    return found


def slip_meant(session: Session, text: str, *, key: bytes) -> SlipRow | None:
    """The slip that was scanned or typed; None when the text is no code at all but a name or some digits.

    Raises Forged, AnotherPaper, MistypedCode, SlipUnknown.
    """
    if looks_like_token(text):
        return slip_behind(session, text, key=key)
    shape = slips.shape_of_short_code(text)
    if shape == "no code":
        return None
    if shape == "digits":  # the last digits of an identity number may by chance be a code
        try:
            return slip_behind(session, text, key=key)
        except (slips.MistypedCode, SlipUnknown):
            return None
    return slip_behind(session, text, key=key)


def slip_behind(session: Session, text: str, *, key: bytes) -> SlipRow:
    """The slip whose QR was scanned, or whose short code was typed.

    Raises NotASlip, Forged, AnotherPaper, MistypedCode (from the code itself) or SlipUnknown.
    """
    if looks_like_token(text):
        id8 = slips.read(text, key, context="notice")
        found = session.scalars(select(Slip).where(Slip.code == id8.hex())).first()
    else:
        short = slips.read_short_code(text)
        found = session.scalars(select(Slip).where(Slip.short == short).order_by(Slip.id.desc())).first()
    if found is None:
        raise SlipUnknown()
    return _row(found)


def looks_like_token(text: str) -> bool:
    """Whether this is, or tries to be, what a QR of ours holds: alone or at the end of an address."""
    try:
        slips.read(text, b"")
    except slips.NotASlip:
        return False
    except Refusal:
        return True
    return True


def _new(person_id: int, agency_id: int, month: Month, taken: set[str]) -> dict[str, object]:
    while True:
        id8 = secrets.token_bytes(slips.ID_BYTES)
        short = slips.short_code(id8)
        if short not in taken:
            taken.add(short)
            return {
                "code": id8.hex(),
                "short": short,
                "person_id": person_id,
                "agency_id": agency_id,
                "month": month,
                "copies": 0,
            }


def _row(slip: Slip) -> SlipRow:
    return SlipRow(bytes.fromhex(slip.code), slip.short, slip.person_id, slip.agency_id, slip.month, slip.copies)
