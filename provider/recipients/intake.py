"""Taking in many people at once, as an accepted list does: bulk, in a handful of statements."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import delete, or_, select, text, update
from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.rules import Programme
from provider.bulk import among, insert_many, take_ids
from provider.clock import Month
from provider.names import clean, fold
from provider.recipients.finding import traces
from provider.recipients.models import Entitlement, PayWay, Person, PersonWord
from provider.recipients.recognition import Acquaintances, Candidate, Known
from provider.recipients.rules import Birth, Way

T = TypeVar("T")
_AT_ONCE = 10_000
_FEW_COMMUNES = 20
_LOCK = 7_215_002
"""The number of the PostgreSQL lock under which people are taken in; SQLite has its write lock."""

_PERSON = (
    "id",
    "code",
    "name",
    "name_fold",
    "birth_year",
    "birth_month",
    "birth_day",
    "sex",
    "id_number",
    "id_reversed",
    "old_id",
    "phone",
    "commune_id",
    "hamlet",
    "address",
    "book_no",
    "created_at",
)
_KNOWN = (
    Person.id,
    Person.name_fold,
    Person.birth_year,
    Person.birth_month,
    Person.birth_day,
    Person.id_number,
    Person.commune_id,
    Person.hamlet,
    Person.book_no,
)


def take_in_people(session: Session, candidates: Sequence[Candidate]) -> list[int]:
    """Recognise or register each candidate; person ids in the order given, the same id twice for one person twice.

    What we did not know yet of somebody recognised (identity number, fuller birth, sex, phone, book) is filled in; a
    new commune or hamlet replaces the old one. Nothing known is overwritten otherwise.
    """
    if not candidates:
        return []
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    folded = [fold(candidate.name) for candidate in candidates]
    known = Acquaintances(_of_numbers(session, {each.id_number for each in candidates if each.id_number}))
    unclear = [
        (name_fold, candidate.commune_id)
        for candidate, name_fold in zip(candidates, folded, strict=True)
        if known.by_number(candidate, name_fold) is None
    ]
    for each in _of_names(session, unclear):
        known.meet(each)
    meant: list[Known] = []
    new: list[tuple[Known, Candidate]] = []
    for candidate, name_fold in zip(candidates, folded, strict=True):
        found = known.recognise(candidate, name_fold)
        if found is None:
            found = _as_known(candidate, name_fold)
            known.meet(found)
            new.append((found, candidate))
        elif found.person_id and _tells_more(found, candidate):
            _learn(session, found.person_id, candidate)
        meant.append(found)
    _register(session, new)
    return [each.person_id for each in meant]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an accepted row says a person is entitled to."""

    person_id: int
    programme: Programme
    benefit_code: str
    agency_id: int
    decision_no: str = ""
    book_no: str = ""


def take_in_entitlements(session: Session, claims: Iterable[Claim], month: Month) -> int:
    """Record what people are entitled to from a month on, where it is not recorded yet; how many were new."""
    wanted = {(each.person_id, each.benefit_code, each.agency_id): each for each in claims if each.benefit_code}
    open_ones = set()
    for some in _portions({each.person_id for each in wanted.values()}):
        found = select(Entitlement.person_id, Entitlement.benefit_code, Entitlement.agency_id).where(
            among(session, Entitlement.person_id, some), Entitlement.to_month.is_(None)
        )
        open_ones |= {tuple(row) for row in session.execute(found)}
    new = [claim for key, claim in wanted.items() if key not in open_ones]
    columns = ("person_id", "programme", "benefit_code", "agency_id", "decision_no", "book_no", "from_month")
    return insert_many(
        session,
        Entitlement,
        columns,
        (
            (c.person_id, c.programme, c.benefit_code, c.agency_id, c.decision_no[:60], c.book_no[:40], month)
            for c in new
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as an accepted row gives it."""

    person_id: int
    bank: str
    account_no: str
    holder: str = ""


def take_in_accounts(session: Session, accounts: Iterable[Account], *, reason: str) -> int:
    """Make accounts from a list the way people are paid from today, where that is not so already; how many changed.

    ``reason`` says where they came from ("Danh sách BTXH 09/2024").
    """
    wanted = {each.person_id: each for each in accounts if each.account_no}
    today = clock.today()
    same: set[int] = set()
    ended: list[int] = []
    for some in _portions(wanted):
        for way in session.scalars(
            select(PayWay).where(among(session, PayWay.person_id, some), PayWay.valid_to.is_(None))
        ):
            account = wanted[way.person_id]
            if way.channel is Way.ACCOUNT and (way.account_no, way.bank) == (account.account_no, account.bank):
                same.add(way.person_id)
            else:
                ended.append(way.id)
    for some in _portions(ended):
        session.execute(update(PayWay).where(among(session, PayWay.id, some)).values(valid_to=today))
    columns = ("person_id", "channel", "bank", "account_no", "holder", "valid_from", "reason")
    return insert_many(
        session,
        PayWay,
        columns,
        (
            (each.person_id, Way.ACCOUNT, each.bank[:80], each.account_no[:24], each.holder[:120], today, reason[:200])
            for each in wanted.values()
            if each.person_id not in same
        ),
    )


def retrace(session: Session, person: Person) -> None:
    """Make the words a person is found by anew, after the name, commune, birth year or a number changed."""
    session.flush()
    session.execute(delete(PersonWord).where(PersonWord.person_id == person.id))
    found = traces(person.name, person.birth_year, (person.book_no, person.old_id, person.phone))
    rows = ((word, person.id, person.commune_id, found.line) for word in found.words)
    insert_many(session, PersonWord, ("word", "person_id", "commune_id", "line"), rows)


def _of_numbers(session: Session, numbers: Iterable[str]) -> Iterator[Known]:
    """Everybody we know who has one of these identity numbers."""
    for some in _portions(numbers):
        yield from _read(session.execute(select(*_KNOWN).where(among(session, Person.id_number, some))))


def _of_names(session: Session, wanted: Iterable[tuple[str, int | None]]) -> Iterator[Known]:
    """Everybody we know who has one of these folded names in one of the communes."""
    names, communes = set(), set()
    for name_fold, commune_id in wanted:
        names.add(name_fold)
        communes.add(commune_id)
    here = sorted(number for number in communes if number is not None)
    # Few communes: the index is asked for each name in each. Many: for each name, and the commune is only compared.
    column = Person.commune_id if len(here) <= _FEW_COMMUNES else Person.commune_id + 0
    inside = column.in_(here) if None not in communes else or_(column.in_(here), Person.commune_id.is_(None))
    for some in _portions(names):
        yield from _read(session.execute(select(*_KNOWN).where(among(session, Person.name_fold, some), inside)))


def _read(rows: Iterable[Any]) -> Iterator[Known]:
    for number, name_fold, year, month, day, id_number, commune_id, hamlet, book_no in rows:
        yield Known(number, name_fold, Birth(year, month, day), id_number, commune_id, hamlet, book_no)


def _as_known(candidate: Candidate, name_fold: str) -> Known:
    return Known(
        0,
        name_fold,
        candidate.birth,
        candidate.id_number,
        candidate.commune_id,
        candidate.hamlet,
        candidate.book_no,
    )


def _register(session: Session, new: Sequence[tuple[Known, Candidate]]) -> None:
    at = clock.now()
    words: list[tuple[str, int, int | None, str]] = []
    people: list[tuple[object, ...]] = []
    for number, (known, candidate) in zip(take_ids(session, Person, len(new)), new, strict=True):
        known.person_id = number
        found = traces(candidate.name, candidate.birth.year, (candidate.book_no, candidate.old_id, candidate.phone))
        words += [(word, number, candidate.commune_id, found.line) for word in found.words]
        people.append(
            (
                number,
                f"{number:07}",
                clean(candidate.name)[:120],
                known.name_fold[:120],
                candidate.birth.year,
                candidate.birth.month,
                candidate.birth.day,
                candidate.sex,
                candidate.id_number,
                candidate.id_number[::-1] if candidate.id_number else None,
                candidate.old_id,
                candidate.phone[:20],
                candidate.commune_id,
                candidate.hamlet[:120],
                candidate.address[:200],
                candidate.book_no[:40],
                at,
            )
        )
    insert_many(session, Person, _PERSON, people)
    words.sort()  # in the order of the index: pages fill up instead of splitting
    insert_many(session, PersonWord, ("word", "person_id", "commune_id", "line"), words)


def _tells_more(known: Known, candidate: Candidate) -> bool:
    return bool(
        (candidate.id_number and not known.id_number)
        or candidate.birth.precision > known.birth.precision
        or (candidate.book_no and not known.book_no)
        or (candidate.commune_id and candidate.commune_id != known.commune_id)
        or (candidate.hamlet and candidate.hamlet != known.hamlet)
    )


def _learn(session: Session, person_id: int, candidate: Candidate) -> None:
    person = session.get_one(Person, person_id)
    if candidate.id_number and not person.id_number:
        person.id_number, person.id_reversed = candidate.id_number, candidate.id_number[::-1]
    known = Birth(person.birth_year, person.birth_month, person.birth_day)
    if candidate.birth.precision > known.precision and candidate.birth.agrees_with(known):
        person.birth_year, person.birth_month, person.birth_day = (
            candidate.birth.year,
            candidate.birth.month,
            candidate.birth.day,
        )
    person.sex = person.sex or candidate.sex
    person.phone = person.phone or candidate.phone[:20]
    person.book_no = person.book_no or candidate.book_no[:40]
    if candidate.commune_id and candidate.commune_id != person.commune_id:
        person.commune_id, person.hamlet = candidate.commune_id, candidate.hamlet[:120]
    elif candidate.hamlet:
        person.hamlet = candidate.hamlet[:120]
    retrace(session, person)


def _portions(values: Iterable[T]) -> Iterator[list[T]]:
    """Portions small enough for one statement."""
    rest = iter(values)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
