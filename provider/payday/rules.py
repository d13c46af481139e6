"""May this money be handed out, here, now, from this till? Pure; the refusals stand in reading order."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from provider.clock import Month
from provider.errors import N_
from provider.figures import day, dong
from provider.money import Money
from provider.payday.refusals import (
    CardIsStale,
    ExpectedElsewhere,
    NothingToPay,
    PersonHasDied,
    RepresentativeExpired,
    RepresentativeUnknown,
    TillTooLow,
)
from provider.payouts.lifecycle import PAYABLE, Channel, State
from provider.recipients.rules import PayeeKind, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One payout of a person as it stands now. ``place`` names the opening or round where it is expected, if any,
    as it follows "nơi khác:"."""

    payout_id: int
    amount: Money
    state: State
    channel: Channel
    period_id: int
    month: Month
    closed: bool
    """The period is cut off or locked."""
    opening_id: int | None = None
    round_id: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the till stands: an opening, a round, or (neither) the counter, which pays whoever comes."""

    opening_id: int | None = None
    round_id: int | None = None

    @property
    def is_counter(self) -> bool:
        """The counter of a post office."""
        return self.opening_id is None and self.round_id is None


def payable_now(waiting: Sequence[Waiting]) -> list[Waiting]:
    """Everything of one person that may be paid in cash: all of it is paid together."""
    return [one for one in waiting if one.state in PAYABLE and one.channel is not Channel.ACCOUNT and not one.closed]


class Standing(StrEnum):
    """What the register says today of the one who collects."""

    HOLDS = "holds"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Collecting:
    """Who stretches out a hand: in which capacity, whether that holds today, and until when it held."""

    kind: PayeeKind
    standing: Standing = Standing.HOLDS
    name: str = ""
    until: dt.date | None = None


def standing_of(valid_from: dt.date, valid_to: dt.date | None, on: dt.date) -> Standing:
    """What a registration is worth on a day; one that has not begun is not known yet."""
    if in_force(valid_from, valid_to, on):
        return Standing.HOLDS
    return Standing.OVER if valid_to is not None and valid_to < on else Standing.UNKNOWN


def check_hand_out(
    waiting: Sequence[Waiting],
    *,
    place: Place,
    shown_ids: Collection[int],
    shown_total: Money,
    till_balance: Money,
    collecting: Collecting,
    died_on: dt.date | None = None,
) -> list[Waiting]:
    """The payouts to pay, all together. Raises the first refusal that applies."""
    due = payable_now(waiting)
    if not due:
        raise NothingToPay(why=why_nothing(waiting))
    if elsewhere := expected_elsewhere(due, place):
        raise ExpectedElsewhere(place=elsewhere)
    total = Money.sum(one.amount for one in due)
    if set(shown_ids) != {one.payout_id for one in due} or shown_total != total:
        raise CardIsStale()
    refuse_collector(collecting, died_on)
    if till_balance < total:
        raise TillTooLow(left=dong(till_balance), needed=dong(total))
    return due


def refuse_collector(collecting: Collecting, died_on: dt.date | None) -> None:
    """Raise PersonHasDied, RepresentativeExpired or RepresentativeUnknown when this one may not collect."""
    if collecting.kind is PayeeKind.SELF:
        if died_on is not None:
            raise PersonHasDied(on=day(died_on))
    elif collecting.standing is Standing.OVER and collecting.until is not None:
        raise RepresentativeExpired(name=collecting.name, until=day(collecting.until))
    elif collecting.standing is not Standing.HOLDS:
        raise RepresentativeUnknown()


def expected_elsewhere(due: Sequence[Waiting], place: Place) -> str:
    """The name of the place where this person is expected, when it is not here; else "".

    Who is expected here with one payout gets all of them here. The counter pays whoever comes.
    """
    if place.is_counter or any(_is_at(one, place) for one in due):
        return ""
    return next((one.place for one in due if one.opening_id is not None or one.round_id is not None), "")


def why_nothing(waiting: Sequence[Waiting]) -> str:
    """In a few Vietnamese words, why nothing is payable: the newest month that is still open decides."""
    if not waiting:
        return N_("không có trong danh sách kỳ này")
    live = [one for one in waiting if not one.closed]
    if not live:
        return N_("kỳ chi trả đã khóa")
    newest = max(one.month for one in live)
    states = {one.state for one in live}
    if State.HELD in states:
        return N_("đang tạm giữ")
    if State.SENT in states or any(one.channel is Channel.ACCOUNT and one.state in PAYABLE for one in live):
        return N_("nhận qua tài khoản")
    states = {one.state for one in live if one.month == newest}
    if State.PAID in states:
        by_account = any(one.channel is Channel.ACCOUNT for one in live if one.state is State.PAID)
        return N_("đã nhận qua tài khoản") if by_account else N_("đã chi")
    return N_("đã hoàn trả cơ quan") if State.RETURNED in states else N_("đã chuyển sang kỳ sau")


def is_of_newest_month(month: Month, waiting: Sequence[Waiting]) -> bool:
    """Whether a hand-out of ``month`` is the last word about a person: nothing newer waits, is held or on its way."""
    return all(one.month <= month for one in waiting)


def _is_at(one: Waiting, place: Place) -> bool:
    if place.opening_id is not None:
        return one.opening_id == place.opening_id
    return one.round_id == place.round_id
