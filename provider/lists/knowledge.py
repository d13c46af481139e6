"""What the house knows that a list is compared with: communes, benefits, what was paid already."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider.agreements import queries as agreements
from provider.agreements.models import Agency
from provider.agreements.rules import Programme, standard_of
from provider.clock import Month
from provider.figures import day
from provider.lists.benefit_match import KnownBenefit
from provider.lists.checks import Known, person_key
from provider.lists.decrease import DecreaseKind
from provider.lists.models import ListRow, ListState, PayoutList
from provider.lists.report_queries import reported_people
from provider.names import fold
from provider.places.models import AdminUnit
from provider.places.queries import communes_ever_under, communes_under, units


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the checks compare with, and the unit behind each commune code."""

    known: Known
    commune_ids: dict[str, int]
    commune_names: dict[str, str]


def knowledge_for(session: Session, agency: Agency, programme: str, month: Month) -> Knowledge:
    """Everything known that matters for a list of an agency's programme and month."""
    communes = communes_under(session, agency.unit_id, month.first_day)
    if not communes:
        communes = list(units(session, communes_ever_under(session, agency.unit_id)).values())
    benefits = [
        KnownBenefit(
            code=benefit.code,
            programme=each.value,
            name=benefit.name,
            synonyms=benefit.synonyms,
            coefficient=benefit.coefficient,
            amounts={component.value: amount for component, amount in benefit.amounts.items()},
            kind=benefit.kind.value,
            sensitive=benefit.sensitive,
        )
        for each in Programme
        for benefit in agreements.known_benefits(session, each.value, month)
    ]
    paid, elsewhere = _accepted(session, programme, month)
    dead, stopped = _reported(session, agency.id)
    return Knowledge(
        Known(
            communes={fold(commune.name): commune.code for commune in communes},
            benefits=benefits,
            standard=standard_of(Programme(programme), month, agreements.standard_levels(session)),
            paid=paid,
            elsewhere=elsewhere,
            dead=dead,
            stopped=stopped,
        ),
        {commune.code: commune.id for commune in communes},
        {commune.code: commune.name for commune in communes},
    )


def standing_elsewhere(session: Session, received: PayoutList, rows: Sequence[ListRow]) -> int:
    """How many of these rows stand on an accepted list of the month by now: same person, same benefit."""
    paid, _elsewhere = _accepted(session, received.programme, received.month)
    if not paid:
        return 0
    communes = {row.commune_id for row in rows if row.commune_id}
    codes = {number: unit.code for number, unit in units(session, communes).items()}
    return sum(
        (_person_of(row.id_number, row.name, row.birth_year, codes.get(row.commune_id or 0, row.commune)), row.benefit)
        in paid
        for row in rows
    )


def _reported(session: Session, agency_id: int) -> tuple[dict[str, str], dict[str, str]]:
    """Who was reported dead (and when), who for another reason (and which), by number and by name."""
    dead: dict[str, str] = {}
    stopped: dict[str, str] = {}
    for one in reported_people(session, agency_id):
        keys = {
            _person_of(one.id_number, one.name, one.birth_year, one.commune),
            _person_of("", one.name, one.birth_year, one.commune),
        }
        if one.kind is DecreaseKind.DEATH:
            dead.update(dict.fromkeys(keys, day(one.on)))
        else:
            stopped.update(dict.fromkeys(keys, one.kind.sentence.lower()))
    return dead, stopped


def _person_of(id_number: str, name: str, birth_year: int | None, commune: str) -> str:
    return person_key(id_number or None, name, birth_year, commune)


def _accepted(
    session: Session, programme: str, month: Month
) -> tuple[dict[tuple[str, str], str], dict[str, Sequence[str]]]:
    """Who stands on accepted lists of the month already: by person and benefit, and by person in other programmes."""
    rows = session.execute(
        select(
            ListRow.id_number,
            ListRow.name,
            ListRow.birth_year,
            func.coalesce(AdminUnit.code, ListRow.commune),
            ListRow.benefit,
            PayoutList.programme,
            PayoutList.id,
            ListRow.row,
            Agency.short_name,
        )
        .join(PayoutList, PayoutList.id == ListRow.list_id)
        .join(Agency, Agency.id == PayoutList.agency_id)
        .outerjoin(AdminUnit, AdminUnit.id == ListRow.commune_id)
        .where(PayoutList.month == month, PayoutList.state == ListState.ACCEPTED, ListRow.payout_id.is_not(None))
    )
    paid: dict[tuple[str, str], str] = {}
    elsewhere: dict[str, set[str]] = {}
    for id_number, name, birth_year, commune, benefit, of_programme, list_id, row, agency in rows:
        person = _person_of(id_number, name, birth_year, commune)
        if of_programme == programme:
            paid[person, benefit] = f"danh sách số {list_id}, dòng {row} ({agency})"
        else:
            elsewhere.setdefault(person, set()).add(of_programme)
    return paid, {person: sorted(programmes) for person, programmes in elsewhere.items()}
