"""What screens and commands read of lists."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from provider.agreements.models import Agency
from provider.clock import Month
from provider.lists import comparing
from provider.lists import comparing
from provider.lists.kinds import ListKind
from provider.lists.models import ListRow, ListState, PayoutList, ReceivedFile, RowLevel
from provider.lists.problems import Problem
from provider.money import Money
from provider.payouts.models import Period
from provider.staff.models import Staff

differences_of = comparing.differences_of
"""What a list changes against the month before, and what of it the movement lists explain."""

differences_of = comparing.differences_of
"""What a list changes against the month before, and what of it the movement lists explain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShown:
    """One list with its figures."""

    id: int
    agency_id: int
    agency_code: str
    agency_name: str
    office_id: int
    programme: str
    month: Month
    kind: ListKind
    version: int
    file_name: str
    file_hash: str
    state: ListState
    received_at: dt.datetime
    received_by_id: int | None
    received_by: str
    rows: int
    good: int
    with_warnings: int
    with_errors: int
    total: Money
    declared_people: int | None
    declared_amount: Money | None
    words_amount: Money | None
    ties_out: bool
    understood: dict[str, Any]
    decided_at: dt.datetime | None
    decided_by: str
    decision_reason: str
    period_open: bool

    @property
    def usable(self) -> int:
        """Rows that become payouts when the list is accepted."""
        return self.good + self.with_warnings

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the file as a whole."""
        return [problem_of(raw) for raw in self.understood.get("problems", [])]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """One row with what is wrong in which cell."""

    id: int
    sheet: str
    row: int
    raw: list[str]
    name: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    sex: str
    id_number: str
    commune: str
    hamlet: str
    benefit: str
    benefit_text: str
    allowance: Money | None
    arrears: Money | None
    total: Money | None
    account: str
    bank: str
    level: RowLevel
    payout_id: int | None
    problems: list[Problem]
    components: dict[str, int]


def lists(
    session: Session,
    *,
    agency_ids: Collection[int] | None = None,
    office_ids: Collection[int] | None = None,
    month: Month | None = None,
    list_id: int | None = None,
    limit: int = 200,
) -> list[ListShown]:
    """Lists within reach (None: everything), newest first."""
    receiver, decider = aliased(Staff), aliased(Staff)
    wanted = (
        select(PayoutList, Agency, Period, receiver.name, decider.name)
        .join(Agency, Agency.id == PayoutList.agency_id)
        .join(Period, Period.id == PayoutList.period_id)
        .outerjoin(receiver, receiver.id == PayoutList.received_by_id)
        .outerjoin(decider, decider.id == PayoutList.decided_by_id)
        .order_by(PayoutList.id.desc())
        .limit(limit)
    )
    if agency_ids is not None:
        wanted = wanted.where(PayoutList.agency_id.in_(agency_ids))
    if office_ids is not None:
        wanted = wanted.where(Period.office_id.in_(office_ids))
    if month is not None:
        wanted = wanted.where(PayoutList.month == month)
    if list_id is not None:
        wanted = wanted.where(PayoutList.id == list_id)
    return [_shown(*row) for row in session.execute(wanted)]


def rows(
    session: Session,
    list_id: int,
    *,
    level: RowLevel | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[RowShown]:
    """Rows of a list in the file's order; one level, one page."""
    wanted = select(ListRow).where(ListRow.list_id == list_id)
    if level is not None:
        wanted = wanted.where(ListRow.level == level)
    wanted = wanted.order_by(ListRow.position)
    if limit is not None:
        wanted = wanted.limit(limit).offset(offset)
    return [_row(row) for row in session.scalars(wanted)]


def kinds_of_problems(session: Session, list_id: int) -> dict[str, int]:
    """How many rows have each kind of problem, most frequent first."""
    counts: dict[str, int] = {}
    wanted = select(ListRow.problems).where(ListRow.list_id == list_id, ListRow.level != RowLevel.GOOD)
    for (found,) in session.execute(wanted):
        for code in {problem["code"] for problem in found}:
            counts[code] = counts.get(code, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def count_of_rows(session: Session, list_id: int, level: RowLevel | None = None) -> int:
    """How many rows a list has, of one level or of all."""
    wanted = select(func.count()).where(ListRow.list_id == list_id)
    if level is not None:
        wanted = wanted.where(ListRow.level == level)
    return session.scalar(wanted) or 0


def original(session: Session, list_id: int) -> tuple[str, bytes] | None:
    """The file as it came: its name and its bytes."""
    found = session.execute(
        select(PayoutList.file_name, ReceivedFile.content)
        .join(ReceivedFile, ReceivedFile.hash == PayoutList.file_hash)
        .where(PayoutList.id == list_id)
    ).first()
    return (found[0], found[1]) if found else None


def problem_of(raw: dict[str, Any]) -> Problem:
    """A problem back from how it is kept."""
    return Problem(raw["code"], raw["sheet"], raw["row"], raw["column"], facts=raw["facts"])


def _shown(
    found: PayoutList, agency: Agency, period: Period, received_by: str | None, decided_by: str | None
) -> ListShown:
    return ListShown(
        id=found.id,
        agency_id=agency.id,
        agency_code=agency.code,
        agency_name=agency.name,
        office_id=period.office_id,
        programme=found.programme,
        month=found.month,
        kind=found.kind,
        version=found.version,
        file_name=found.file_name,
        file_hash=found.file_hash,
        state=found.state,
        received_at=found.received_at,
        received_by_id=found.received_by_id,
        received_by=received_by or "",
        rows=found.rows,
        good=found.good,
        with_warnings=found.with_warnings,
        with_errors=found.with_errors,
        total=found.total,
        declared_people=found.declared_people,
        declared_amount=found.declared_amount,
        words_amount=found.words_amount,
        ties_out=found.ties_out,
        understood=found.understood,
        decided_at=found.decided_at,
        decided_by=decided_by or "",
        decision_reason=found.decision_reason,
        period_open=period.cut_off_at is None,
    )


def _row(row: ListRow) -> RowShown:
    return RowShown(
        id=row.id,
        sheet=row.sheet,
        row=row.row,
        raw=row.raw,
        name=row.name,
        birth_year=row.birth_year,
        birth_month=row.birth_month,
        birth_day=row.birth_day,
        sex=row.sex,
        id_number=row.id_number,
        commune=row.commune,
        hamlet=row.hamlet,
        benefit=row.benefit,
        benefit_text=row.benefit_text,
        allowance=row.allowance,
        arrears=row.arrears,
        total=row.total,
        account=row.account,
        bank=row.bank,
        level=row.level,
        payout_id=row.payout_id,
        problems=[problem_of(raw) for raw in row.problems],
        components=row.more["components"],
    )
