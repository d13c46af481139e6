"""May this money be handed out, here, now, from this till? Pure; the refusals stand in reading order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from provider.clock import Month
from provider.figures import dong
from provider.money import Money
from provider.payday.refusals import (
    CardIsStale,
    ExpectedElsewhere,
    NothingToPay,
    RepresentativeUnknown,
    TillTooLow,
)
from provider.payouts.lifecycle import PAYABLE, Channel, State
from provider.recipients.rules import PayeeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One payout of a person as it stands now. ``place`` names the opening or round where it is expected, if any."""

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


def check_hand_out(
    waiting: Sequence[Waiting],
    *,
    place: Place,
    shown_ids: Collection[int],
    shown_total: Money,
    till_balance: Money,
    collector: PayeeKind,
    representative_is_known: bool,
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
    if collector is not PayeeKind.SELF and not representative_is_known:
        raise RepresentativeUnknown()
    if till_balance < total:
        raise TillTooLow(left=dong(till_balance), needed=dong(total))
    return due


def expected_elsewhere(due: Sequence[Waiting], place: Place) -> str:
    """The name of the place where this person is expected, when it is not here; else ""."""
    if place.is_counter:
        return ""
    for one in due:
        if one.opening_id is not None and one.opening_id != place.opening_id:
            return one.place
        if one.round_id is not None and one.round_id != place.round_id:
            return one.place
    return ""


def why_nothing(waiting: Sequence[Waiting]) -> str:
    """In a few Vietnamese words, why nothing is payable."""
    if not waiting:
        return "không có trong danh sách kỳ này"
    if all(one.closed for one in waiting):
        return "kỳ chi trả đã khóa"
    states = {one.state for one in waiting if not one.closed}
    if State.HELD in states:
        return "đang tạm giữ"
    if State.SENT in states or any(one.channel is Channel.ACCOUNT and one.state in PAYABLE for one in waiting):
        return "nhận qua tài khoản"
    return "đã chi hoặc đã chuyển kỳ sau"
