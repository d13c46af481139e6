"""What is recorded about people once they are known: who collects for them, how they are paid, who is reported dead."""

import datetime as dt
from random import Random

from sqlalchemy import select

from provider.demo.people import PeopleMaker
from provider.demo.stage import Stage
from provider.payouts.lifecycle import PAYABLE
from provider.payouts.models import Payout, Period
from provider.recipients.models import Person
from provider.recipients.rules import PayeeKind, Way
from provider.recipients.service import choose_way, name_payee

CHILD_BELOW = 16
PROXIES, EXPIRED, AT_HOME, CARED_FOR = 12, 5, 6, 4
"""So many people have somebody authorised, had one until last month, asked to be paid at home, are cared for."""


def name_representatives(stage: Stage, *, seed: str) -> None:
    """Guardians for children, proxies in force and expired, carers; some people are from now on paid at home."""
    choose = Random(seed)
    maker = PeopleMaker(seed=choose.randrange(2**31))
    people = _people(stage)
    year, first = stage.month.year, stage.month.first_day
    children = [one for one in people if (one.birth_year or 0) > year - CHILD_BELOW]
    old = [one for one in people if (one.birth_year or year) <= year - 78]
    choose.shuffle(old)
    long_ago = first.replace(year=year - 2, day=1)
    for child in children:
        _name(stage, maker, child, PayeeKind.GUARDIAN, "mẹ", f"Giấy khai sinh số {child.id}", since=long_ago)
    proxies, expired = old[:PROXIES], old[PROXIES : PROXIES + EXPIRED]
    rest = old[PROXIES + EXPIRED :]
    for one in proxies:
        relation = choose.choice(("con trai", "con gái", "cháu", "vợ"))
        until = (first + dt.timedelta(days=400)).replace(day=1)
        _name(
            stage, maker, one, PayeeKind.PROXY, relation, f"Giấy ủy quyền số {one.id}/UBND", since=long_ago, until=until
        )
    for one in expired:
        _name(
            stage,
            maker,
            one,
            PayeeKind.PROXY,
            "con",
            f"Giấy ủy quyền số {one.id}/UBND",
            since=long_ago,
            until=stage.month.previous().first_day + dt.timedelta(days=14),
        )
    for one in rest[:CARED_FOR]:
        _name(stage, maker, one, PayeeKind.CARER, "người chăm sóc", f"Quyết định số {one.id}/QĐ-UBND", since=long_ago)
    for one in rest[CARED_FOR : CARED_FOR + AT_HOME]:
        stage.walk.on(seconds=40)
        choose_way(stage.session, one.id, Way.HOME, reason="Già yếu, gia đình đề nghị chi tại nhà", by=stage.accountant)


def _people(stage: Stage) -> list[Person]:
    """People of the month who have no account, in the order of the lists."""
    waiting = (
        select(Payout.person_id)
        .join(Period, Period.id == Payout.period_id)
        .where(Period.agency_id == stage.agency.id, Period.month == stage.month, Payout.state.in_(PAYABLE))
    )
    return list(stage.session.scalars(select(Person).where(Person.id.in_(waiting)).order_by(Person.id)))


def _name(
    stage: Stage,
    maker: PeopleMaker,
    person: Person,
    kind: PayeeKind,
    relation: str,
    paper: str,
    *,
    since: dt.date,
    until: dt.date | None = None,
) -> None:
    other = maker.person(born_from=1962, born_to=1998)
    stage.walk.on(seconds=25)
    name_payee(
        stage.session,
        person.id,
        kind=kind,
        name=other.name,
        id_number=other.id_number,
        relation=relation,
        paper=paper,
        valid_from=since,
        valid_to=until,
        by=stage.accountant,
    )
