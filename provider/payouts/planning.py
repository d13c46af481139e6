"""Planning the channels of a month: what the rules need is read in bulk, what a person chose by hand is left alone."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from provider import clock
from provider.audit.actor import Actor
from provider.errors import Missing
from provider.payouts.lifecycle import PAYABLE, Channel
from provider.payouts.models import Payout, Period
from provider.payouts.rules import TERMS, PlanningFacts, PlanningTerms, age_in, channel_for, is_by_hand
from provider.payouts.service import plan_channels
from provider.recipients.models import Payee, PayWay, Person


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """What planning came to, in payouts: how many there are per channel, how many changed, how many a person chose."""

    payouts: int
    changed: int
    by_hand: int
    counts: dict[Channel, int]


def plan_month(session: Session, period_ids: Collection[int], *, by: Actor, terms: PlanningTerms = TERMS) -> MonthPlan:
    """Give every payable payout of these periods its channel by rule. Done twice it changes nothing.

    Ways and representatives count as they are today, or on the first day of the payout window if that is later.
    Raises Missing for a period that is not there, PeriodIsLocked.
    """
    counts: Counter[Channel] = Counter()
    changed = by_hand = 0
    for period_id in sorted(set(period_ids)):
        period = session.get(Period, period_id)
        if period is None:
            raise Missing()
        facts, kept = _facts(session, period)
        choices = []
        for payout_id, channel, reason, known in facts:
            chosen, why = channel_for(known, terms)
            counts[chosen] += 1
            if (channel, reason) != (chosen, why.value):
                choices.append((payout_id, chosen, why.value))
        changed += plan_channels(session, period, choices, by=by)
        by_hand += kept.total()
        counts += kept
    return MonthPlan(counts.total(), changed, by_hand, {channel: counts[channel] for channel in Channel})


def _facts(session: Session, period: Period) -> tuple[list[tuple[int, Channel, str, PlanningFacts]], Counter[Channel]]:
    """The payable payouts of a period with what is known of each; and, apart, those that a person has placed."""
    on = max(clock.today(), period.window_from)
    ways = _ways(session, period, on)
    representatives = _representatives(session, period, on)
    rows = session.execute(
        select(
            Payout.id,
            Payout.person_id,
            Payout.channel,
            Payout.channel_reason,
            Payout.benefit,
            Person.name,
            Person.birth_year,
            Person.birth_month,
        )
        .join(Person, Person.id == Payout.person_id)
        .where(Payout.period_id == period.id, Payout.state.in_(PAYABLE))
    )
    found: list[tuple[int, Channel, str, PlanningFacts]] = []
    kept: Counter[Channel] = Counter()
    for row in rows:
        if is_by_hand(row.channel_reason):
            kept[row.channel] += 1
            continue
        way, holder = ways.get(row.person_id, (None, ""))
        known = PlanningFacts(
            name=row.name,
            benefit=row.benefit,
            age=age_in(period.month, row.birth_year, row.birth_month),
            way=way,
            holder=holder,
            representatives=representatives.get(row.person_id, ()),
        )
        found.append((row.id, row.channel, row.channel_reason, known))
    return found, kept


def _ways(session: Session, period: Period, on: dt.date) -> dict[int, tuple[Channel, str]]:
    rows = session.execute(
        select(PayWay.person_id, PayWay.channel, PayWay.holder)
        .where(PayWay.person_id.in_(_people(period)), *_in_force(PayWay, on))
        .order_by(PayWay.valid_from, PayWay.id)
    )
    return {row.person_id: (Channel(row.channel.value), row.holder) for row in rows}


def _representatives(session: Session, period: Period, on: dt.date) -> dict[int, tuple[str, ...]]:
    rows = session.execute(
        select(Payee.person_id, Payee.name).where(Payee.person_id.in_(_people(period)), *_in_force(Payee, on))
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row.person_id] = (*found.get(row.person_id, ()), row.name)
    return found


def _people(period: Period) -> Select[int]:
    return select(Payout.person_id).where(Payout.period_id == period.id)


def _in_force(kind: type[PayWay] | type[Payee], on: dt.date) -> tuple[ColumnElement[bool], ...]:
    return kind.valid_from <= on, or_(kind.valid_to.is_(None), kind.valid_to >= on)
