"""The statement of payments of one agency and month, in the manner of a bank statement; pure.

Money comes in (brought over, received), one line per payment goes out in order with a running balance, what was not
collected is carried over or returned, and what is left is the closing balance:

    opening + received = paid + returned + carried + closing

The summaries by commune, group and channel are made of the same lines, so they cannot say anything else.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from provider.errors import N_, Refusal
from provider.figures import dong
from provider.money import ZERO, Money
from provider.names import fold
from provider.payouts.lifecycle import Channel


class Kind(StrEnum):
    """What a line of the statement does to the balance: only RECEIVED adds."""

    RECEIVED = "received"
    PAID = "paid"
    RETURNED = "returned"
    CARRIED = "carried"


_ORDER = {Kind.RECEIVED: 0, Kind.PAID: 0, Kind.RETURNED: 1, Kind.CARRIED: 1}


class MorePaidThanReceived(Refusal):
    """The closing balance would be negative: money went out that never came in, or a receipt is not booked."""

    code = "more_paid_than_received"
    sentence = N_("Số đã chi, hoàn trả và chuyển kỳ vượt kinh phí đã nhận %(missing)s. Hãy ghi đủ kinh phí đã nhận.")


class PayoutStandsTwice(Refusal):
    """One payout was given to the statement twice: paid and carried over, or paid twice."""

    code = "payout_stands_twice"
    sentence = N_("Khoản chi số %(payout)s có hai dòng trong bảng kê. Hãy kiểm tra sổ trước khi lập quyết toán.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """One thing that happened to the money, as the books have it; ``amount`` is positive, ``kind`` gives the direction.

    RECEIVED has neither payout nor person. The others name one payout and its person (``person`` is any stable key: the
    same person with two allowances is one person). A payment that was undone is no movement.
    """

    kind: Kind
    at: datetime
    reference: str
    amount: Money
    text: str = ""
    payout: int | None = None
    person: int | None = None
    commune: str = ""
    programme: str = ""
    group: str = ""
    channel: Channel | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementLine:
    """A movement in its place: ``number`` in the statement, ``balance`` after it."""

    number: int
    movement: Movement
    balance: Money


@dataclass(frozen=True, slots=True)
class Tally:
    """People (each counted once), payouts, and đồng."""

    people: int = 0
    payouts: int = 0
    amount: Money = ZERO


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryRow:
    """One row of a summary: what was due and what became of it. due = paid + carried + returned, in payouts and đồng.

    People are counted once per cell; a person paid in cash for one allowance and by account for another counts in both
    cells and once in ``paid``, so people need not add up across a row. Money always does.
    """

    label: str
    due: Tally
    at_point: Tally
    at_home: Tally
    by_account: Tally
    paid: Tally
    carried: Tally
    returned: Tally

    @property
    def cash(self) -> Money:
        """Paid in cash, at a point or at home."""
        return self.at_point.amount + self.at_home.amount


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """The whole statement, ready to be printed, hashed and frozen. Built by ``draw_up`` only."""

    opening: Money
    received: Money
    paid: Money
    returned: Money
    carried: Money
    closing: Money
    lines: tuple[StatementLine, ...]
    total: SummaryRow
    cash: Tally
    by_commune: tuple[SummaryRow, ...]
    by_group: tuple[tuple[SummaryRow, tuple[SummaryRow, ...]], ...]
    by_channel: tuple[tuple[Channel, Tally], ...]

    @property
    def people_counted_across(self) -> bool:
        """True when some person was paid through more than one channel, which the paper must explain."""
        return sum(tally.people for _, tally in self.by_channel) != self.total.paid.people


def draw_up(movements: Iterable[Movement], *, opening: Money = ZERO) -> Statement:
    """The statement of these movements, by time; what is returned or carried at the same moment comes last.

    ``opening`` is what was brought over from the month before, in đồng. Raises PayoutStandsTwice, MorePaidThanReceived;
    ValueError for a movement without a positive amount or a payment without its payout, person and channel.
    """
    ordered = sorted(movements, key=_place)
    _refuse_what_cannot_be(ordered)
    lines, balance = [], opening
    for number, movement in enumerate(ordered, start=1):
        balance = balance + movement.amount if movement.kind is Kind.RECEIVED else balance - movement.amount
        lines.append(StatementLine(number=number, movement=movement, balance=balance))
    if balance < ZERO:
        raise MorePaidThanReceived(missing=dong(-balance))
    sums = {kind: Money.sum(movement.amount for movement in ordered if movement.kind is kind) for kind in Kind}
    outgoing = [movement for movement in ordered if movement.kind is not Kind.RECEIVED]
    programmes = _grouped(outgoing, lambda movement: movement.programme)
    return Statement(
        opening=opening,
        received=sums[Kind.RECEIVED],
        paid=sums[Kind.PAID],
        returned=sums[Kind.RETURNED],
        carried=sums[Kind.CARRIED],
        closing=balance,
        lines=tuple(lines),
        total=_summary("Tổng cộng", outgoing),
        cash=_tally(
            movement
            for movement in outgoing
            if movement.kind is Kind.PAID and movement.channel in (Channel.CASH_POINT, Channel.HOME)
        ),
        by_commune=tuple(_summary(*item) for item in _grouped(outgoing, lambda movement: movement.commune)),
        by_group=tuple(
            (
                _summary(programme, members),
                tuple(_summary(*item) for item in _grouped(members, lambda movement: movement.group)),
            )
            for programme, members in programmes
        ),
        by_channel=tuple((channel, _paid_by(channel, outgoing)) for channel in Channel),
    )


def content_hash(statement: Statement, *facts: str) -> str:
    """SHA-256 (hex) over the opening balance, every line in order, the closing balance, and ``facts`` (number, month…).

    Two statements with one different đồng, name or moment have different hashes; moments are hashed in UTC.
    """
    rows = [
        [
            line.number, line.movement.kind.value, line.movement.at.astimezone(UTC).isoformat(),
            line.movement.reference, line.movement.amount.dong, line.movement.text, line.movement.payout,
            line.movement.person, line.movement.commune, line.movement.programme, line.movement.group,
            line.movement.channel.value if line.movement.channel else None, line.balance.dong,
        ]
        for line in statement.lines
    ]  # fmt: skip
    whole = [list(facts), statement.opening.dong, rows, statement.closing.dong]
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _place(movement: Movement) -> tuple[datetime, int, str, int]:
    """By time; the rest makes the order, and so the hash, the same whatever order the books were read in."""
    return movement.at, _ORDER[movement.kind], movement.reference, movement.payout or 0


def _refuse_what_cannot_be(movements: list[Movement]) -> None:
    seen: set[int] = set()
    for movement in movements:
        if movement.amount <= ZERO:
            raise ValueError(f"{movement.kind.value} {movement.reference}: {movement.amount.dong} đồng is no movement")
        if movement.kind is Kind.RECEIVED:
            continue
        if movement.payout is None or movement.person is None:
            raise ValueError(f"{movement.kind.value} {movement.reference} names no payout or no person")
        if movement.kind is Kind.PAID and movement.channel is None:
            raise ValueError(f"{movement.kind.value} {movement.reference} has no channel")
        if movement.payout in seen:
            raise PayoutStandsTwice(payout=movement.payout)
        seen.add(movement.payout)


def _grouped(movements: list[Movement], key: Callable[[Movement], str]) -> list[tuple[str, list[Movement]]]:
    groups: dict[str, list[Movement]] = {}
    for movement in movements:
        groups.setdefault(key(movement), []).append(movement)
    return sorted(groups.items(), key=lambda item: (fold(item[0]), item[0]))


def _summary(label: str, movements: list[Movement]) -> SummaryRow:
    return SummaryRow(
        label=label,
        due=_tally(movements),
        at_point=_paid_by(Channel.CASH_POINT, movements),
        at_home=_paid_by(Channel.HOME, movements),
        by_account=_paid_by(Channel.ACCOUNT, movements),
        paid=_tally(movement for movement in movements if movement.kind is Kind.PAID),
        carried=_tally(movement for movement in movements if movement.kind is Kind.CARRIED),
        returned=_tally(movement for movement in movements if movement.kind is Kind.RETURNED),
    )


def _paid_by(channel: Channel, movements: list[Movement]) -> Tally:
    return _tally(m for m in movements if m.kind is Kind.PAID and m.channel is channel)


def _tally(movements: Iterable[Movement]) -> Tally:
    counted = list(movements)
    people = {movement.person for movement in counted}
    return Tally(len(people), len(counted), Money.sum(movement.amount for movement in counted))
