"""Search, the card of a person, people for papers and plans."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.models import Agency, Benefit
from provider.agreements.rules import Programme
from provider.bulk import among
from provider.clock import Month
from provider.identity import Sex, mask
from provider.names import clean, sort_key
from provider.places.models import AdminUnit
from provider.recipients.finding import Asked, asked
from provider.recipients.models import Entitlement, Payee, PayWay, Person
from provider.recipients.rules import PayeeKind, Way, in_force
from provider.recipients.search import ids_found

_AT_ONCE = 5_000
_points = table("point", column("id"), column("commune_id"))  # points are upstairs: this room knows the table by name


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A hit of a search: enough to tell two people apart, the identity number masked."""

    id: int
    code: str
    name: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    sex: Sex | None
    id_masked: str
    commune_id: int | None
    commune: str
    hamlet: str
    book_no: str
    deceased_on: dt.date | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person for papers and plans. ``id_number`` is whole: screens show it through the mask only."""

    id: int
    code: str
    name: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    sex: Sex | None
    id_number: str
    phone: str
    commune_id: int | None
    commune: str
    hamlet: str
    address: str
    book_no: str
    deceased_on: dt.date | None


@dataclass(frozen=True, slots=True)
class EntitlementRow:
    """One benefit of a person; ``neutral`` is the name that others may read along."""

    id: int
    programme: Programme
    benefit_code: str
    benefit: str
    neutral: str
    agency_id: int
    agency: str
    decision_no: str
    book_no: str
    from_month: Month
    to_month: Month | None


@dataclass(frozen=True, slots=True)
class PayeeRow:
    """Who may collect, and whether today."""

    id: int
    person_id: int
    kind: PayeeKind
    name: str
    id_masked: str
    relation: str
    phone: str
    paper: str
    valid_from: dt.date
    valid_to: dt.date | None
    may_collect: bool


@dataclass(frozen=True, slots=True)
class WayRow:
    """How a person is or was paid."""

    id: int
    person_id: int
    channel: Way
    bank: str
    account_no: str
    holder: str
    valid_from: dt.date
    valid_to: dt.date | None
    reason: str

    @property
    def account_masked(self) -> str:
        """The account number by its last four digits."""
        return f"•••• {self.account_no[-4:]}" if self.account_no else ""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything a desk shows of one person; numbers masked."""

    person: FoundPerson
    phone: str
    address: str
    has_id_number: bool
    same_number: tuple[FoundPerson, ...]
    """Others whose records carry the same identity number: one of them is wrong."""
    entitlements: tuple[EntitlementRow, ...]
    payees: tuple[PayeeRow, ...]
    ways: tuple[WayRow, ...]

    @property
    def way(self) -> WayRow | None:
        """How the person is paid now; None when nothing was chosen (then at the cash point)."""
        return next((way for way in self.ways if way.valid_to is None), None)


def search(
    session: Session, text: str, scope_communes: frozenset[int] | None, limit: int = 20
) -> tuple[FoundPerson, ...]:
    """People whom a typed text may mean, the likeliest first, inside some communes (None: everywhere).

    Words in any order, each by its beginning, without diacritics; initials ("ntb"); a birth year beside a name; the
    last four or more digits of an identity number; a book number. Names with exactly the accents typed come first.
    """
    question = asked(text)
    ids = ids_found(session, question, scope_communes, limit)
    rows = [_found(*row) for row in _with_communes(session, ids)]
    return tuple(sorted(rows, key=lambda row: _rank(row, question)))[:limit]


def communes_of_points(session: Session, point_ids: frozenset[int]) -> frozenset[int]:
    """The communes in which these cash points stand: as far as somebody reaches who pays there."""
    wanted = select(_points.c.commune_id).where(_points.c.id.in_(sorted(point_ids)))
    return frozenset(session.scalars(wanted))


def people_of(session: Session, person_ids: Iterable[int]) -> dict[int, PersonRow]:
    """People by their ids, for papers and plans."""
    return {person.id: _person(person, commune) for person, commune in _with_communes(session, person_ids)}


def ways_of(session: Session, person_ids: Iterable[int]) -> dict[int, WayRow]:
    """How each of these people is paid now; who is missing is paid at the cash point."""
    ways: dict[int, WayRow] = {}
    numbers = list(dict.fromkeys(person_ids))
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        for way in session.scalars(
            select(PayWay).where(among(session, PayWay.person_id, some), PayWay.valid_to.is_(None))
        ):
            ways[way.person_id] = _way(way)
    return ways


def payees_of(
    session: Session, person_ids: Iterable[int], on: dt.date | None = None
) -> dict[int, tuple[PayeeRow, ...]]:
    """Who may collect for each of these people on a day (today), beside themselves."""
    day = on or clock.today()
    payees: dict[int, tuple[PayeeRow, ...]] = {}
    numbers = list(dict.fromkeys(person_ids))
    for start in range(0, len(numbers), _AT_ONCE):
        some = (
            select(Payee).where(among(session, Payee.person_id, numbers[start : start + _AT_ONCE])).order_by(Payee.id)
        )
        for payee in session.scalars(some):
            if in_force(payee.valid_from, payee.valid_to, day):
                payees[payee.person_id] = (*payees.get(payee.person_id, ()), _payee(payee, day))
    return payees


def person_card(session: Session, person_id: int, scope_communes: frozenset[int] | None) -> PersonCard | None:
    """The card of a person; None when there is none, or not within reach: the two look the same."""
    rows = _with_communes(session, [person_id])
    if not rows or (scope_communes is not None and rows[0][0].commune_id not in scope_communes):
        return None
    person, commune = rows[0]
    today = clock.today()
    payees = session.scalars(select(Payee).where(Payee.person_id == person_id).order_by(Payee.valid_from.desc()))
    ways = session.scalars(
        select(PayWay).where(PayWay.person_id == person_id).order_by(PayWay.valid_from.desc(), PayWay.id.desc())
    )
    return PersonCard(
        person=_found(person, commune),
        phone=person.phone,
        address=person.address,
        has_id_number=bool(person.id_number),
        same_number=_same_number(session, person, scope_communes),
        entitlements=_entitlements(session, person_id),
        payees=tuple(_payee(payee, today) for payee in payees),
        ways=tuple(_way(way) for way in ways),
    )


def _same_number(session: Session, person: Person, scope_communes: frozenset[int] | None) -> tuple[FoundPerson, ...]:
    if not person.id_number:
        return ()
    others = select(Person.id).where(Person.id_number == person.id_number, Person.id != person.id)
    if scope_communes is not None:
        others = others.where(Person.commune_id.in_(scope_communes))
    return tuple(_found(*row) for row in _with_communes(session, session.scalars(others.limit(5))))


def _entitlements(session: Session, person_id: int) -> tuple[EntitlementRow, ...]:
    wanted = (
        select(Entitlement, Benefit, Agency.short_name)
        .join(Benefit, Benefit.code == Entitlement.benefit_code)
        .join(Agency, Agency.id == Entitlement.agency_id)
        .where(Entitlement.person_id == person_id)
        .order_by(Entitlement.from_month.desc(), Entitlement.id)
    )
    return tuple(
        EntitlementRow(
            id=each.id,
            programme=each.programme,
            benefit_code=each.benefit_code,
            benefit=benefit.name,
            neutral=benefit.group if benefit.sensitive else benefit.name,
            agency_id=each.agency_id,
            agency=agency,
            decision_no=each.decision_no,
            book_no=each.book_no,
            from_month=each.from_month,
            to_month=each.to_month,
        )
        for each, benefit, agency in session.execute(wanted)
    )


def _with_communes(session: Session, person_ids: Iterable[int]) -> list[tuple[Person, str]]:
    numbers = list(dict.fromkeys(person_ids))
    rows: list[tuple[Person, str]] = []
    for start in range(0, len(numbers), _AT_ONCE):
        wanted = (
            select(Person, AdminUnit.name)
            .outerjoin(AdminUnit, AdminUnit.id == Person.commune_id)
            .where(among(session, Person.id, numbers[start : start + _AT_ONCE]))
        )
        rows += [(person, commune or "") for person, commune in session.execute(wanted)]
    return rows


def _rank(row: FoundPerson, question: Asked) -> tuple[int, int, int, str, int]:
    accented = clean(row.name).lower().split()
    folded = _folded_words(row.name)
    exact = sum(word in accented for word in question.accented)
    whole = sum(word in folded for word in question.words)
    return -exact if question.has_accents else 0, -whole, len(folded), sort_key(row.name), row.birth_year or 0


def _folded_words(name: str) -> list[str]:
    return list(asked(name).words)


def _found(person: Person, commune: str) -> FoundPerson:
    return FoundPerson(
        id=person.id,
        code=person.code,
        name=person.name,
        birth_year=person.birth_year,
        birth_month=person.birth_month,
        birth_day=person.birth_day,
        sex=person.sex,
        id_masked=mask(person.id_number) if person.id_number else "",
        commune_id=person.commune_id,
        commune=commune,
        hamlet=person.hamlet,
        book_no=person.book_no,
        deceased_on=person.deceased_on,
    )


def _person(person: Person, commune: str) -> PersonRow:
    return PersonRow(
        id=person.id,
        code=person.code,
        name=person.name,
        birth_year=person.birth_year,
        birth_month=person.birth_month,
        birth_day=person.birth_day,
        sex=person.sex,
        id_number=person.id_number or "",
        phone=person.phone,
        commune_id=person.commune_id,
        commune=commune,
        hamlet=person.hamlet,
        address=person.address,
        book_no=person.book_no,
        deceased_on=person.deceased_on,
    )


def _payee(payee: Payee, on: dt.date) -> PayeeRow:
    return PayeeRow(
        id=payee.id,
        person_id=payee.person_id,
        kind=payee.kind,
        name=payee.name,
        id_masked=mask(payee.id_number) if payee.id_number else "",
        relation=payee.relation,
        phone=payee.phone,
        paper=payee.paper,
        valid_from=payee.valid_from,
        valid_to=payee.valid_to,
        may_collect=in_force(payee.valid_from, payee.valid_to, on),
    )


def _way(way: PayWay) -> WayRow:
    return WayRow(
        id=way.id,
        person_id=way.person_id,
        channel=way.channel,
        bank=way.bank,
        account_no=way.account_no,
        holder=way.holder,
        valid_from=way.valid_from,
        valid_to=way.valid_to,
        reason=way.reason,
    )
