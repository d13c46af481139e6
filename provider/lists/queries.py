"""What screens and commands read of lists."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.orm import Session, aliased

from provider.agreements.models import Agency
from provider.clock import Month
from provider.lists import comparing
from provider.lists.cells import Columns, by_cell, columns_of
from provider.lists.kinds import ListKind
from provider.lists.models import ListRow, ListState, PayoutList, ReceivedFile, RowLevel
from provider.lists.problems import CATALOGUE, Level, Problem
from provider.money import Money
from provider.payouts.models import Period
from provider.staff.models import Staff

differences_of = comparing.differences_of
"""What a list changes against the month before, and what of it the movement lists explain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShown:
    """One list with its figures."""

    id: int
    agency_id: int
    agency_code: str
    agency_name: str
    agency_short: str
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
    wrong: dict[str, list[Problem]]
    """The problems by the cell of our table they belong to; "" for the row as a whole."""


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
    kind: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> list[RowShown]:
    """Rows of a list in the file's order; one level, one kind of problem, one page."""
    wanted = select(ListRow).where(*_chosen(list_id, level, kind)).order_by(ListRow.position)
    if limit is not None:
        wanted = wanted.limit(limit).offset(offset)
    understood = session.scalar(select(PayoutList.understood).where(PayoutList.id == list_id)) or {}
    columns = columns_of(understood)
    return [_row(row, columns) for row in session.scalars(wanted)]


def kinds_of_problems(session: Session, list_id: int) -> dict[str, int]:
    """How many rows have each kind of problem: the gravest first, of these the most frequent."""
    counts: dict[str, int] = {}
    wanted = select(ListRow.problems).where(ListRow.list_id == list_id, cast(ListRow.problems, Text) != "[]")
    for (found,) in session.execute(wanted):
        for code in {problem["code"] for problem in found}:
            counts[code] = counts.get(code, 0) + 1
    levels = list(Level)
    return dict(sorted(counts.items(), key=lambda item: (levels.index(CATALOGUE[item[0]].level), -item[1], item[0])))


def count_of_rows(session: Session, list_id: int, level: RowLevel | None = None, kind: str = "") -> int:
    """How many rows a list has, of one level and one kind of problem, or of all."""
    return session.scalar(select(func.count()).where(*_chosen(list_id, level, kind))) or 0


def _chosen(list_id: int, level: RowLevel | None, kind: str) -> list[ColumnElement[bool]]:
    chosen = [ListRow.list_id == list_id]
    if level is not None:
        chosen.append(ListRow.level == level)
    if kind:
        chosen.append(cast(ListRow.problems, Text).contains(f'"code": "{kind}"', autoescape=True))
    return chosen


def original(session: Session, list_id: int) -> tuple[str, bytes] | None:
    """The file as it came: its name and its bytes."""
    found = session.execute(
        select(PayoutList.file_name, ReceivedFile.content)
        .join(ReceivedFile, ReceivedFile.hash == PayoutList.file_hash)
        .where(PayoutList.id == list_id)
    ).first()
    return (found[0], found[1]) if found else None


def office_of(session: Session, period_id: int) -> int | None:
    """The post office that pays a period."""
    return session.scalar(select(Period.office_id).where(Period.id == period_id))


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
        agency_short=agency.short_name,
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


def _row(row: ListRow, columns: Columns) -> RowShown:
    problems = [problem_of(raw) for raw in row.problems]
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
        problems=problems,
        components=row.more["components"],
        wrong=by_cell(problems, columns),
    )
