"""What waits for whom: counts with a link, and how far a month is."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from provider.clock import Month
from provider.errors import N_
from provider.ledger import accounts
from provider.ledger.models import Entry, EntryKind
from provider.lists.models import ListState, PayoutList
from provider.money import Money
from provider.payday.models import Advance, AdvanceState, Handout, Till, TillState, Undo, UndoState
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout, Period
from provider.payouts.queries import Progress, progress
from provider.points.models import Opening
from provider.points.rules import OpeningState
from provider.settlement.models import Settlement, SettlementState
from provider.staff.rules import Right, Scope
from provider.transfers.models import Batch, BatchState


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: how many, in words, where."""

    count: int
    words: str
    url: str
    right: Right


def waiting(session: Session, scope: Scope) -> list[Waiting]:
    """Everything that waits within reach; a page shows what the reader may do."""

    def within(statement: Select[int], **columns: Any) -> int:
        return session.scalar(scope.limit(statement, **columns)) or 0

    periods: dict[str, Any] = {"office": Period.office_id, "agency": Period.agency_id}
    received = (
        select(func.count(PayoutList.id))
        .join(Period, Period.id == PayoutList.period_id)
        .where(PayoutList.state == ListState.RECEIVED)
    )
    undos = (
        select(func.count(Undo.id))
        .join(Handout, Handout.id == Undo.handout_id)
        .join(Till, Till.id == Handout.till_id)
        .where(Undo.state == UndoState.ASKED)
    )
    planned = select(func.count(Opening.id)).where(Opening.state == OpeningState.PLANNED)
    advances = select(func.count(Advance.id)).where(Advance.state == AdvanceState.ISSUED)
    tills = select(func.count(Till.id)).where(Till.state == TillState.OPEN)
    unreleased = select(func.count(Batch.id)).where(Batch.state == BatchState.DRAFT)
    sent = select(func.count(Batch.id)).where(Batch.state == BatchState.SENT)
    drawn = select(func.count(Settlement.id)).where(Settlement.state == SettlementState.DRAWN_UP)
    batches = {"office": Batch.office_id, "agency": Batch.agency_id}
    settled = {"office": Settlement.office_id, "agency": Settlement.agency_id}
    found = [
        Waiting(within(received, **periods), N_("danh sách chờ nhận vào kỳ"), "/lists/", Right.ACCEPT_LIST),
        Waiting(within(planned, office=Opening.office_id), N_("phiên chi trả sắp tới"), "/openings", Right.SEE_OPENING),
        Waiting(
            within(advances, office=Advance.office_id),
            N_("tạm ứng chờ người chi trả đếm và nhận"),
            "/payday/cash",
            Right.ISSUE_ADVANCE,
        ),
        Waiting(within(tills, office=Till.office_id), N_("quỹ đang mở"), "/payday/cash", Right.ISSUE_ADVANCE),
        Waiting(
            within(undos, office=Till.office_id),
            N_("đề nghị hủy chờ người thứ hai"),
            "/payday/undos",
            Right.CONFIRM_UNDO,
        ),
        Waiting(within(unreleased, **batches), N_("lô chuyển khoản chờ duyệt"), "/transfers", Right.RELEASE_BATCH),
        Waiting(within(sent, **batches), N_("lô chuyển khoản chờ kết quả"), "/transfers", Right.MARK_TRANSFER_PAID),
        Waiting(within(drawn, **settled), N_("quyết toán chờ xác nhận"), "/settlement/", Right.CONFIRM_SETTLEMENT),
    ]
    return [one for one in found if one.count]


def months_begun(session: Session, period_ids: Collection[int]) -> set[Month]:
    """The months in which there is anything to pay."""
    wanted = select(Period.month).where(
        Period.id.in_(list(period_ids)), exists(select(Payout.id).where(Payout.period_id == Period.id))
    )
    return set(session.scalars(wanted))


@dataclass(frozen=True, slots=True)
class MonthProgress:
    """How far a month is, in payouts, people-lines and đồng: altogether and by commune."""

    month: Month
    agency_id: int
    agency: str
    code: str
    received: Money
    done: int
    total: int
    paid: Money
    due: Money
    by_state: tuple[tuple[State, int, Money], ...]
    by_channel: tuple[tuple[Channel, int, int, Money, Money], ...]
    by_commune: tuple[tuple[str, int, int, Money, Money], ...]


def month_progress(
    session: Session, month: Month, agency_id: int, agency: str, code: str, period_ids: Collection[int]
) -> MonthProgress:
    """The progress of one agency's month; what was carried over or returned counts as resolved, not as paid."""
    rows = progress(session, period_ids)
    received = session.scalars(
        select(Entry.amount).where(
            Entry.period_id.in_(list(period_ids)),
            Entry.kind == EntryKind.RECEIVED,
            Entry.from_account == accounts.agency(agency_id),
        )
    )
    communes = sorted({row.commune for row in rows})
    return MonthProgress(
        month=month,
        agency_id=agency_id,
        agency=agency,
        code=code,
        received=Money.sum(received),
        done=_count(rows, paid=True),
        total=_count(rows),
        paid=_sum(rows, paid=True),
        due=_sum(rows),
        by_state=tuple(
            (state, _count(own), _sum(own)) for state in State if (own := [row for row in rows if row.state is state])
        ),
        by_channel=tuple(
            (channel, *_figures(own)) for channel in Channel if (own := [row for row in rows if row.channel is channel])
        ),
        by_commune=tuple((commune, *_figures([row for row in rows if row.commune == commune])) for commune in communes),
    )


def _figures(rows: list[Progress]) -> tuple[int, int, Money, Money]:
    return _count(rows, paid=True), _count(rows), _sum(rows, paid=True), _sum(rows)


def _count(rows: list[Progress], *, paid: bool = False) -> int:
    return sum(row.count for row in rows if not paid or row.state is State.PAID)


def _sum(rows: list[Progress], *, paid: bool = False) -> Money:
    return Money.sum(row.amount for row in rows if not paid or row.state is State.PAID)
