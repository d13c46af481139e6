"""What is done to periods and payouts; ``take_step`` is the one door through which a state changes."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.queries import contract_for
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.clock import Month
from provider.db import lock_row
from provider.errors import N_, ChangedMeanwhile, Invalid, Missing, Refusal
from provider.money import Money
from provider.payouts.lifecycle import PAYABLE, Channel, State, Step, after
from provider.payouts.models import Component, ComponentKind, Payout, Period
from provider.payouts.rules import MARK
from provider.recipients.models import PayWay, Person
from provider.recipients.rules import Way

LONGEST_REASON = 200


class PeriodIsLocked(Refusal):
    """The month is settled."""

    code = "period_is_locked"
    sentence = N_("Kỳ chi trả %(month)s đã quyết toán và khóa. Không thể thay đổi khoản chi của kỳ này.")


class ChannelUnchanged(Refusal):
    """The payout already takes the channel asked for."""

    code = "channel_unchanged"
    sentence = N_("Khoản chi đã ở hình thức này rồi, không có gì thay đổi.")


class NoAccount(Refusal):
    """Nobody knows an account to send the money to."""

    code = "no_account"
    sentence = N_("%(name)s chưa có tài khoản còn hiệu lực. Hãy ghi tài khoản ở thẻ người hưởng trước.")


class ReasonNeeded(Invalid):
    """A deed by hand must say why."""

    code = "reason_needed"
    sentence = N_("Hãy ghi lý do.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayout:
    """One payout to open: whose, for what, how much (``components`` in đồng, adding up to the amount)."""

    person_id: int
    commune_id: int | None
    hamlet: str
    benefit: str
    benefit_text: str
    components: tuple[tuple[ComponentKind, Money], ...]
    source: str
    line_no: int
    channel: Channel = Channel.CASH_POINT
    carried_from_id: int | None = None

    @property
    def amount(self) -> Money:
        """What the person is to get, in đồng."""
        return Money.sum(amount for _kind, amount in self.components)


def open_period(session: Session, *, agency_id: int, programme: str, month: Month, by: Actor) -> Period:
    """The period of an agency's programme and month; opened on first need by the terms of the contract in force.

    Raises Missing (through the agreements) when no contract covers that month.
    """
    found = session.scalars(
        select(Period).where(Period.agency_id == agency_id, Period.programme == programme, Period.month == month)
    ).first()
    if found:
        return found
    contract = contract_for(session, agency_id=agency_id, programme=programme, month=month)
    first, last = month.first_day, month.last_day
    period = Period(
        agency_id=agency_id,
        programme=programme,
        month=month,
        office_id=contract.office_id,
        window_from=_day_of(month, contract.window_from_day),
        window_to=_day_of(month, contract.window_to_day),
        cut_off_on=_day_of(month, contract.cut_off_day),
        settle_on=_day_of(month, contract.settle_day),
    )
    assert first <= period.window_from <= last
    session.add(period)
    session.flush()
    note(session, DeedKind.PERIOD_OPENED, by=by, about=f"period:{period.id}", programme=programme, month=month.iso)
    return period


def open_payouts(session: Session, period: Period, new: Sequence[NewPayout]) -> list[int]:
    """Open many payouts of one period at once; their numbers in the order given. Noted by the deed that opens them."""
    if not new:
        return []
    refuse_locked(period)
    session.execute(
        insert(Payout),
        [
            {
                "period_id": period.id,
                "person_id": payout.person_id,
                "commune_id": payout.commune_id,
                "hamlet": payout.hamlet,
                "benefit": payout.benefit,
                "benefit_text": payout.benefit_text,
                "amount": payout.amount,
                "state": State.DUE,
                "channel": payout.channel,
                "channel_reason": "",
                "list_row": payout.source,
                "carried_from_id": payout.carried_from_id,
                "line_no": payout.line_no,
                "missed_reason": "",
                "version": 1,
            }
            for payout in new
        ],
    )
    ids: dict[str | None, int] = {}
    sources = [payout.source for payout in new]
    for start in range(0, len(sources), 500):
        some = select(Payout.list_row, Payout.id).where(Payout.list_row.in_(sources[start : start + 500]))
        ids.update((source, number) for source, number in session.execute(some))
    session.execute(
        insert(Component),
        [
            {"payout_id": ids[payout.source], "kind": kind, "amount": amount, "months": 1}
            for payout in new
            for kind, amount in payout.components
        ],
    )
    return [ids[payout.source] for payout in new]


def take_step(session: Session, payout_id: int, step: Step, *, period: Period | None = None) -> Payout:
    """Take one step in the life of a payout, and give it back in its new state.

    The caller notes the deed it is part of, in the same transaction. Raises Missing, PeriodIsLocked, StepNotPossible.
    """
    payout: Payout | None = lock_row(session, Payout, payout_id)
    if payout is None:
        raise Missing()
    period = period or session.get_one(Period, payout.period_id)
    refuse_locked(period)
    payout.state = after(payout.state, step)
    session.flush()
    return payout


def take_steps(session: Session, payout_ids: Sequence[int], step: Step) -> None:
    """The same step for many payouts at once. Raises ChangedMeanwhile when one of them cannot take it any more."""
    for start in range(0, len(payout_ids), 500):
        some = list(payout_ids[start : start + 500])
        locked = select(Payout.id, Payout.state, Period.locked_at, Period.month)
        rows = session.execute(
            locked.join(Period, Period.id == Payout.period_id).where(Payout.id.in_(some)).with_for_update(of=Payout)
        ).all()
        if len(rows) != len(set(some)):
            raise Missing()
        by_target: dict[State, list[int]] = {}
        for number, state, locked_at, month in rows:
            if locked_at:
                raise PeriodIsLocked(month=month.label)
            by_target.setdefault(after(state, step), []).append(number)
        for target, numbers in by_target.items():
            changed = session.execute(
                update(Payout)
                .where(Payout.id.in_(numbers))
                .values(state=target, version=Payout.version + 1)
                .execution_options(synchronize_session=False)
            )
            if changed.rowcount != len(numbers):  # type: ignore[attr-defined]
                raise ChangedMeanwhile()
    session.expire_all()


def hold(session: Session, payout_id: int, *, reason: str, by: Actor, seen: int | None = None) -> Payout:
    """Hold a payout back: reported dead, papers missing, under question. It needs a reason.

    ``seen`` is the version the person was looking at. Raises ReasonNeeded, ChangedMeanwhile, StepNotPossible,
    PeriodIsLocked, Missing.
    """
    reason = _reason(reason)
    _refuse_changed(session, payout_id, seen)
    payout = take_step(session, payout_id, Step.HOLD)
    note(session, DeedKind.PAYOUT_HELD, by=by, about=f"payout:{payout_id}", within=_within(payout), reason=reason)
    return payout


def release(session: Session, payout_id: int, *, reason: str, by: Actor, seen: int | None = None) -> Payout:
    """Let a held payout go on. It needs a reason. Raises as ``hold`` does."""
    reason = _reason(reason)
    _refuse_changed(session, payout_id, seen)
    payout = take_step(session, payout_id, Step.RELEASE)
    note(session, DeedKind.PAYOUT_RELEASED, by=by, about=f"payout:{payout_id}", within=_within(payout), reason=reason)
    return payout


def move_channel(
    session: Session, payout_id: int, channel: Channel, *, reason: str, by: Actor, seen: int | None = None
) -> Payout:
    """Give one payout another channel by hand; planning leaves it alone from then on.

    Raises ReasonNeeded, ChangedMeanwhile, PeriodIsLocked, StepNotPossible, ChannelUnchanged, NoAccount, Missing.
    """
    reason = _reason(reason)
    payout: Payout | None = lock_row(session, Payout, payout_id)
    if payout is None:
        raise Missing()
    _refuse_changed(session, payout_id, seen)
    refuse_locked(session.get_one(Period, payout.period_id))
    if payout.state not in (*PAYABLE, State.HELD):
        after(payout.state, Step.HOLD)
    if payout.channel is channel:
        raise ChannelUnchanged()
    if channel is Channel.ACCOUNT:
        _need_account(session, payout.person_id)
    before, payout.channel, payout.channel_reason = payout.channel, channel, reason
    session.flush()
    note(
        session,
        DeedKind.CHANNEL_MOVED,
        by=by,
        about=f"payout:{payout_id}",
        within=_within(payout),
        before=before.value,
        after=channel.value,
        reason=reason,
    )
    return payout


def plan_channels(session: Session, period: Period, choices: Iterable[tuple[int, Channel, str]], *, by: Actor) -> int:
    """Give payable payouts of a period the channel chosen by rule: (payout, channel, why). How many were changed.

    Noted once, when anything changed. Raises PeriodIsLocked.
    """
    refuse_locked(period)
    groups: dict[tuple[Channel, str], list[int]] = {}
    for payout_id, channel, why in choices:
        groups.setdefault((channel, why), []).append(payout_id)
    counts: Counter[str] = Counter()
    for (channel, why), ids in groups.items():
        for start in range(0, len(ids), 500):
            changed = session.execute(
                update(Payout)
                .where(
                    Payout.id.in_(ids[start : start + 500]),
                    Payout.period_id == period.id,
                    Payout.state.in_(PAYABLE),
                )
                .values(channel=channel, channel_reason=why, version=Payout.version + 1)
                .execution_options(synchronize_session=False)
            )
            count = changed.rowcount  # type: ignore[attr-defined]
            counts[channel.value] += count
    number = counts.total()
    if number:
        session.expire_all()
        facts: dict[str, Any] = dict(counts)
        note(session, DeedKind.CHANNEL_PLANNED, by=by, about=f"period:{period.id}", **facts)
    return number


def cut_off(session: Session, period: Period, *, by: Actor) -> None:
    """Stop paying out of a period; what is left is carried over or given back next."""
    refuse_locked(period)
    if period.cut_off_at is None:
        period.cut_off_at = clock.now()
        session.flush()
        note(session, DeedKind.CUT_OFF, by=by, about=f"period:{period.id}")


def lock_period(session: Session, period: Period, *, by: Actor) -> None:
    """Lock a settled period for ever."""
    refuse_locked(period)
    period.cut_off_at = period.cut_off_at or clock.now()
    period.locked_at = clock.now()
    session.flush()
    note(session, DeedKind.PERIOD_LOCKED, by=by, about=f"period:{period.id}")


def _day_of(month: Month, number: int) -> dt.date:
    """Day ``number`` of a month, or its last day where the month is shorter."""
    return min(month.first_day + dt.timedelta(days=number - 1), month.last_day)


def refuse_locked(period: Period) -> None:
    """Raise PeriodIsLocked when the month is settled."""
    if period.locked_at is not None:
        raise PeriodIsLocked(month=period.month.label)


def _reason(written: str) -> str:
    """What a person wrote as reason, tidied. It may not look like the mark of a rule. Raises ReasonNeeded."""
    reason = " ".join(written.split()).removeprefix(MARK).strip()[:LONGEST_REASON]
    if not reason:
        raise ReasonNeeded()
    return reason


def _refuse_changed(session: Session, payout_id: int, seen: int | None) -> None:
    if seen is None:
        return
    payout: Payout | None = lock_row(session, Payout, payout_id)
    if payout is None:
        raise Missing()
    if payout.version != seen:
        raise ChangedMeanwhile()


def _need_account(session: Session, person_id: int) -> None:
    today = clock.today()
    known = select(PayWay.id).where(
        PayWay.person_id == person_id,
        PayWay.channel == Way.ACCOUNT,
        PayWay.valid_from <= today,
        or_(PayWay.valid_to.is_(None), PayWay.valid_to >= today),
    )
    if session.scalar(known.limit(1)) is None:
        raise NoAccount(name=session.get_one(Person, person_id).name)


def _within(payout: Payout) -> str:
    return f"period:{payout.period_id}"
