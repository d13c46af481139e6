"""Sentences that must be true of the books. Each check returns the differences it found; none means it holds."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from provider.audit.queries import first_broken_deed
from provider.errors import N_, Refusal
from provider.figures import dong
from provider.ledger.models import Entry, EntryKind
from provider.lists.kinds import MOVEMENTS
from provider.lists.models import ListRow, ListState, PayoutList, RowLevel
from provider.money import ZERO, Money
from provider.payday.models import Advance, AdvanceState, HandoutLine
from provider.payouts.lifecycle import OPEN, State
from provider.payouts.models import Component, Payout, Period
from provider.settlement.frozen import from_text
from provider.settlement.models import Paper, Settlement
from provider.settlement.papers import hash_of


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that does not hold, and where: things as "payout:12"."""

    sentence: str
    where: tuple[str, ...]


def _standing() -> ColumnElement[bool]:
    """Payment entries that were not reversed."""
    mirror = aliased(Entry)
    undone = exists(select(mirror.id).where(mirror.reverses_id == Entry.id))
    return (Entry.kind == EntryKind.PAYMENT) & Entry.reverses_id.is_(None) & ~undone


def paid_payouts_have_one_payment(session: Session) -> list[str]:
    """A payout is paid exactly when one payment of its amount stands."""
    standing = (
        select(Entry.payout_id, func.count().label("times"), func.sum(Entry.amount).label("sum"))
        .where(_standing())
        .group_by(Entry.payout_id)
        .subquery()
    )
    rows = session.execute(
        select(Payout.id)
        .outerjoin(standing, standing.c.payout_id == Payout.id)
        .where(
            (
                (Payout.state == State.PAID)
                & ((func.coalesce(standing.c.times, 0) != 1) | (standing.c.sum != Payout.amount))
            )
            | ((Payout.state != State.PAID) & (func.coalesce(standing.c.times, 0) != 0))
        )
        .limit(20)
    )
    return [f"payout:{number}" for (number,) in rows]


def components_add_up(session: Session) -> list[str]:
    """The amount of every payout is the sum of its components."""
    rows = session.execute(
        select(Payout.id)
        .outerjoin(Component, Component.payout_id == Payout.id)
        .group_by(Payout.id, Payout.amount)
        .having(func.coalesce(func.sum(Component.amount), 0) != Payout.amount)
        .limit(20)
    )
    return [f"payout:{number}" for (number,) in rows]


def no_place_holds_less_than_nothing(session: Session) -> list[str]:
    """No deposit account, safe, till or batch is below zero, and nothing is left between two periods."""
    moves = select(Entry.to_account.label("account"), Entry.amount.label("amount")).union_all(
        select(Entry.from_account, -Entry.amount)
    )
    sums = moves.subquery()
    rows = session.execute(select(sums.c.account, func.sum(sums.c.amount)).group_by(sums.c.account))
    found = []
    for account, amount in rows:
        left = _money(amount)
        if account.startswith("agency:"):
            continue
        if left < ZERO or (account.startswith("carried:") and left):
            found.append(f"{account} ({dong(left)})")
    return found


def money_of_periods_is_accounted_for(session: Session) -> list[str]:
    """received + brought over is at least paid + returned + carried, in every period that is locked."""
    mirror = aliased(Entry)
    rows = session.execute(
        select(
            Entry.period_id,
            Entry.kind,
            Entry.from_account.like("carried:%").label("brought_over"),
            func.sum(Entry.amount),
        )
        .join(Period, Period.id == Entry.period_id)
        .outerjoin(mirror, mirror.reverses_id == Entry.id)
        .where(
            Period.locked_at.is_not(None),
            Entry.kind.in_((EntryKind.RECEIVED, EntryKind.PAYMENT, EntryKind.RETURNED, EntryKind.CARRIED)),
            Entry.reverses_id.is_(None),
            mirror.id.is_(None),
        )
        .group_by(Entry.period_id, Entry.kind, "brought_over")
    )
    left: dict[int, Money] = {}
    for period_id, kind, brought_over, amount in rows:
        came_in = kind is EntryKind.RECEIVED or (kind is EntryKind.CARRIED and brought_over)
        value = _money(amount)
        left[period_id or 0] = left.get(period_id or 0, ZERO) + (value if came_in else -value)
    return [f"period:{period_id} ({dong(held)})" for period_id, held in left.items() if held < ZERO]


def locked_periods_are_resolved(session: Session) -> list[str]:
    """A locked period holds only payouts that were paid, carried over or returned."""
    rows = session.execute(
        select(Payout.id)
        .join(Period, Period.id == Payout.period_id)
        .where(Period.locked_at.is_not(None), Payout.state.in_(OPEN))
        .limit(20)
    )
    return [f"payout:{number}" for (number,) in rows]


def accepted_rows_are_payouts(session: Session) -> list[str]:
    """Every row of an accepted list is a payout, or has a stated problem; and the list counts every row."""
    rows = session.execute(
        select(ListRow.list_id, ListRow.row)
        .join(PayoutList, PayoutList.id == ListRow.list_id)
        .where(
            PayoutList.state == ListState.ACCEPTED,
            PayoutList.kind.not_in(MOVEMENTS),
            ListRow.payout_id.is_(None),
            ListRow.level != RowLevel.ERROR,
        )
        .limit(20)
    )
    found = [f"list:{list_id}/row:{row}" for list_id, row in rows]
    counted = session.execute(
        select(PayoutList.id)
        .outerjoin(ListRow, ListRow.list_id == PayoutList.id)
        .group_by(PayoutList.id, PayoutList.rows)
        .having(func.count(ListRow.id) != PayoutList.rows)
    )
    return found + [f"list:{list_id}" for (list_id,) in counted]


def hand_outs_are_booked(session: Session) -> list[str]:
    """Every line of a hand-out names a payment of that payout out of its till."""
    rows = session.execute(
        select(HandoutLine.handout_id)
        .outerjoin(Entry, Entry.id == HandoutLine.entry_id)
        .where((Entry.id.is_(None)) | (Entry.payout_id != HandoutLine.payout_id) | (Entry.kind != EntryKind.PAYMENT))
        .limit(20)
    )
    return [f"handout:{number}" for (number,) in rows]


def tills_were_fed(session: Session) -> list[str]:
    """What was booked into every till is the sum of its accepted advances."""
    advanced: dict[str, Money] = {}
    for till_id, amount in session.execute(
        select(Advance.till_id, func.sum(Advance.amount))
        .where(Advance.state == AdvanceState.ACCEPTED)
        .group_by(Advance.till_id)
    ):
        advanced[f"till:{till_id}"] = _money(amount)
    booked: dict[str, Money] = {}
    for account, amount in session.execute(
        select(Entry.to_account, func.sum(Entry.amount))
        .where(Entry.kind == EntryKind.ADVANCE, Entry.reverses_id.is_(None))
        .group_by(Entry.to_account)
    ):
        booked[account] = _money(amount)
    return sorted(till for till in advanced | booked if advanced.get(till) != booked.get(till))


def carried_payouts_arrive(session: Session) -> list[str]:
    """Every payout carried over stands in the next month with the same amount."""
    following = aliased(Payout)
    rows = session.execute(
        select(Payout.id)
        .outerjoin(following, following.carried_from_id == Payout.id)
        .where(Payout.state == State.CARRIED, (following.id.is_(None)) | (following.amount != Payout.amount))
        .limit(20)
    )
    return [f"payout:{number}" for (number,) in rows]


def issued_stays_as_issued(session: Session) -> list[str]:
    """What a settlement says, and every paper issued with it, still have the hash they were issued with."""
    found = [
        f"settlement:{number}"
        for number, text, digest in session.execute(
            select(Settlement.id, Settlement.content, Settlement.content_hash).execution_options(yield_per=10)
        )
        if not _says(text, digest)
    ]
    papers = select(Paper.id, Paper.content, Paper.hash).execution_options(yield_per=10)
    return found + [
        f"paper:{number}"
        for number, content, digest in session.execute(papers)
        if hashlib.sha256(content).hexdigest() != digest
    ]


def _says(text: str, digest: str) -> bool:
    try:
        return hash_of(from_text(text)) == digest
    except (Refusal, ValueError, KeyError, TypeError):
        return False


def _money(amount: Money | int) -> Money:
    """A sum as each engine gives it back."""
    return amount if isinstance(amount, Money) else Money(int(amount))


def day_book_is_whole(session: Session) -> list[str]:
    """No deed of the day book was changed, removed or reordered."""
    broken = first_broken_deed(session)
    return [f"deed:{broken}"] if broken else []


CHECKS: tuple[tuple[str, Callable[[Session], list[str]]], ...] = (
    (N_("Mỗi khoản “đã chi” có đúng một bút toán chi còn hiệu lực, đúng số tiền."), paid_payouts_have_one_payment),
    (N_("Số tiền mỗi khoản bằng tổng các thành phần."), components_add_up),
    (N_("Không nơi giữ tiền nào âm; không có tiền lơ lửng giữa hai kỳ."), no_place_holds_less_than_nothing),
    (N_("Kinh phí nhận đủ cho đã chi, hoàn trả và chuyển kỳ của mỗi kỳ đã khóa."), money_of_periods_is_accounted_for),
    (N_("Kỳ đã khóa không còn khoản nào chưa giải quyết."), locked_periods_are_resolved),
    (N_("Mỗi dòng của danh sách đã nhận là một khoản chi hoặc có lỗi ghi rõ."), accepted_rows_are_payouts),
    (N_("Mỗi biên nhận khớp với bút toán chi."), hand_outs_are_booked),
    (N_("Mỗi khoản tạm ứng đã nhận được ghi vào quỹ."), tills_were_fed),
    (N_("Mỗi khoản chuyển kỳ có mặt ở kỳ sau với đúng số tiền."), carried_payouts_arrive),
    (N_("Quyết toán và bản in đã phát hành còn nguyên như khi phát hành."), issued_stays_as_issued),
    (N_("Sổ nhật ký nguyên vẹn, không bị sửa, xóa hay đổi thứ tự."), day_book_is_whole),
)
"""Every self-check of the books: the sentence that must be true, and the function that looks."""


def differences(session: Session) -> list[Difference]:
    """The sentences that do not hold."""
    found = []
    for sentence, check in CHECKS:
        where = check(session)
        if where:
            found.append(Difference(sentence, tuple(where)))
    return found
