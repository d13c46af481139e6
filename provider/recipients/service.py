"""What is done to people's records: taking in, correcting, naming who collects, choosing how they are paid."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider import clock
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.clock import Month
from provider.db import lock_row
from provider.errors import Missing
from provider.names import clean, fold
from provider.recipients.intake import (
    Account,
    Claim,
    retrace,
    take_in_accounts,
    take_in_entitlements,
    take_in_people,
)
from provider.recipients.models import Payee, PayWay, Person
from provider.recipients.recognition import Candidate
from provider.recipients.refusals import (
    AccountIncomplete,
    DaysTurned,
    NoSuchPayee,
    PayeeIncomplete,
    WayReasonNeeded,
)
from provider.recipients.rules import Birth, PayeeKind, Way


def take_in_many(session: Session, candidates: Sequence[Candidate], *, by: Actor) -> list[int]:
    """Recognise or register people; their ids in the order given. Noted by the deed that brings them (a list)."""
    del by  # named for the caller's sake: who brings people in stands in the deed of the list
    return take_in_people(session, candidates)


def entitle_many(session: Session, claims: Iterable[Claim], *, from_month: Month, by: Actor) -> int:
    """Record entitlements that are new; how many. Noted by the deed that brings them."""
    del by
    return take_in_entitlements(session, claims, from_month)


def note_accounts(session: Session, accounts: Iterable[Account], *, reason: str, by: Actor) -> int:
    """Make accounts from an accepted list the way people are paid; how many changed. Noted once for all of them."""
    changed = take_in_accounts(session, accounts, reason=reason)
    if changed:
        note(session, DeedKind.WAY_CHOSEN, by=by, about="people:accounts", count=changed, reason=reason)
    return changed


def correct(
    session: Session,
    person_id: int,
    *,
    by: Actor,
    reason: str,
    name: str | None = None,
    birth: Birth | None = None,
    id_number: str | None = None,
    phone: str | None = None,
    hamlet: str | None = None,
    deceased_on: dt.date | None = None,
) -> Person:
    """Correct what is said; what is None stays. Numbers are noted by their last three digits only."""
    person = _person(session, person_id)
    before: dict[str, str] = {}
    if name is not None and clean(name) != person.name:
        before["name"] = person.name
        person.name, person.name_fold = clean(name), fold(name)
    if birth is not None:
        before["birth"] = f"{person.birth_year or ''}-{person.birth_month or ''}-{person.birth_day or ''}"
        person.birth_year, person.birth_month, person.birth_day = birth.year, birth.month, birth.day
    if id_number is not None and id_number != person.id_number:
        before["id_number"] = (person.id_number or "")[-3:]
        person.id_number, person.id_reversed = id_number or None, id_number[::-1] or None
    if phone is not None:
        before["phone"] = person.phone[-3:]
        person.phone = phone
    if hamlet is not None:
        before["hamlet"] = person.hamlet
        person.hamlet = hamlet
    if deceased_on is not None:
        before["deceased_on"] = person.deceased_on.isoformat() if person.deceased_on else ""
        person.deceased_on = deceased_on
    retrace(session, person)
    note(session, DeedKind.PERSON_CORRECTED, by=by, about=f"person:{person_id}", before=before, reason=reason)
    return person


def name_payee(
    session: Session,
    person_id: int,
    *,
    kind: PayeeKind,
    name: str,
    paper: str,
    by: Actor,
    id_number: str = "",
    relation: str = "",
    phone: str = "",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> Payee:
    """Name somebody who may collect for a person. Raises PayeeIncomplete, DaysTurned, Missing."""
    _person(session, person_id)
    since = valid_from or clock.today()
    if not name.strip() or not paper.strip():
        raise PayeeIncomplete()
    if valid_to is not None and valid_to < since:
        raise DaysTurned()
    payee = Payee(
        person_id=person_id,
        kind=kind,
        name=clean(name),
        id_number=id_number,
        relation=relation.strip(),
        phone=phone.strip(),
        paper=paper.strip(),
        valid_from=since,
        valid_to=valid_to,
    )
    session.add(payee)
    session.flush()
    note(
        session,
        DeedKind.PAYEE_NAMED,
        by=by,
        about=f"person:{person_id}",
        payee=payee.id,
        kind=kind.value,
        name=payee.name,
        paper=payee.paper,
        reason="",
    )
    return payee


def end_payee(
    session: Session,
    payee_id: int,
    *,
    by: Actor,
    of_person_id: int | None = None,
    on: dt.date | None = None,
    reason: str = "",
) -> Payee:
    """Let somebody collect no longer, from the day after ``on`` (today). Raises NoSuchPayee, DaysTurned, Missing.

    ``of_person_id`` says for whom they collect; for anybody else's payee the answer is Missing.
    """
    payee: Payee | None = lock_row(session, Payee, payee_id)
    if payee is None or of_person_id not in (None, payee.person_id):
        raise Missing()
    last = on or clock.today()
    if payee.valid_to is not None and payee.valid_to <= last:
        raise NoSuchPayee()
    if last < payee.valid_from:
        raise DaysTurned()
    payee.valid_to = last
    session.flush()
    note(session, DeedKind.PAYEE_ENDED, by=by, about=f"person:{payee.person_id}", payee=payee_id, reason=reason)
    return payee


def choose_way(
    session: Session,
    person_id: int,
    way: Way,
    *,
    reason: str,
    by: Actor,
    bank: str = "",
    account_no: str = "",
    holder: str = "",
) -> PayWay:
    """Pay a person this way from today on; the way before ends. Raises WayReasonNeeded, AccountIncomplete, Missing."""
    person: Person | None = lock_row(session, Person, person_id)
    if person is None:
        raise Missing()
    if not reason.strip():
        raise WayReasonNeeded()
    number = "".join(account_no.split()).replace(".", "") if way is Way.ACCOUNT else ""
    if way is Way.ACCOUNT and not (number and bank.strip()):
        raise AccountIncomplete()
    today = clock.today()
    open_way = select(PayWay).where(PayWay.person_id == person_id, PayWay.valid_to.is_(None))
    for before in session.scalars(open_way):
        before.valid_to = max(today, before.valid_from)
    session.flush()
    chosen = PayWay(
        person_id=person_id,
        channel=way,
        bank=bank.strip() if number else "",
        account_no=number,
        holder=holder.strip() if number else "",
        valid_from=today,
        reason=reason.strip(),
    )
    session.add(chosen)
    session.flush()
    note(
        session,
        DeedKind.WAY_CHOSEN,
        by=by,
        about=f"person:{person_id}",
        way=way.value,
        account=number[-4:],
        reason=chosen.reason,
    )
    return chosen


def see_id_number(session: Session, person_id: int, *, by: Actor, reason: str = "") -> str:
    """The identity number whole ("" when none is known); the day book notes who saw it. Raises Missing."""
    person = session.get(Person, person_id)
    if person is None:
        raise Missing()
    note(session, DeedKind.PERSONAL_DATA_SEEN, by=by, about=f"person:{person_id}", what="id_number", reason=reason)
    return person.id_number or ""


def _person(session: Session, person_id: int) -> Person:
    person: Person | None = lock_row(session, Person, person_id)
    if person is None:
        raise Missing()
    return person
