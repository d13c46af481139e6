"""What screens and the bank's file read of batches."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from provider.agreements.models import Agency
from provider.clock import Month
from provider.ledger import accounts
from provider.ledger.queries import balance
from provider.money import Money
from provider.names import fold
from provider.payouts.models import Payout, Period
from provider.places.models import AdminUnit, PostOffice
from provider.recipients.models import Person
from provider.staff.models import Staff
from provider.staff.rules import Scope
from provider.transfers.bank_file import BankFile, Transfer
from provider.transfers.candidates import Candidate, candidates
from provider.transfers.models import Batch, BatchState, Line, LineState
from provider.transfers.rules import account_tail, batch_number, line_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One batch: whose, how much, where it stands, who built and who released it. ``counts`` are lines by state."""

    id: int
    number: str
    month: Month
    agency_id: int
    agency: str
    office_id: int
    office: str
    state: BatchState
    count: int
    total: Money
    counts: dict[LineState, int]
    amounts: dict[LineState, Money]
    built_at: dt.datetime
    built_by_id: int
    built_by: str
    released_at: dt.datetime | None
    released_by: str
    bank_reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One line of a batch; the account shows its end only."""

    id: int
    payout_id: int
    person_id: int
    name: str
    commune: str
    programme: str
    holder: str
    bank: str
    account_tail: str
    amount: Money
    state: LineState
    reason: str
    answered_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyRow:
    """What waits for a batch, by agency and office: how many payouts may enter, how many may not, is there money."""

    agency_id: int
    agency: str
    office_id: int
    office: str
    count: int
    total: Money
    left_out: int
    deposit: Money


def batches(session: Session, scope: Scope, *, month: Month | None = None) -> list[BatchRow]:
    """Batches of a month (None: of all) within reach, newest first."""
    wanted = _batch_rows(scope)
    if month is not None:
        wanted = wanted.where(Batch.month == month)
    return _with_counts(session, session.execute(wanted.order_by(Batch.id.desc())).all())


def batch_row(session: Session, scope: Scope, batch_id: int) -> BatchRow | None:
    """One batch, or None where it is out of reach."""
    found = _with_counts(session, session.execute(_batch_rows(scope).where(Batch.id == batch_id)).all())
    return found[0] if found else None


def lines(
    session: Session,
    batch_id: int,
    *,
    state: LineState | None = None,
    search: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> tuple[list[LineRow], int]:
    """Lines of a batch in the order of the file, and how many there are in all.

    ``search`` finds part of a name without marks, the end of an account, or the word of the bank's statement.
    """
    wanted = _line_rows().where(Line.batch_id == batch_id)
    if state is not None:
        wanted = wanted.where(Line.state == state)
    if sought := fold(search):
        by_token = Line.id == (line_of(search) or 0)
        by_words = or_(
            Person.name_fold.contains(sought, autoescape=True),
            Line.account_no.endswith(sought.upper(), autoescape=True),
        )
        wanted = wanted.where(or_(by_token, by_words))
    count = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.execute(wanted.order_by(Line.id).limit(limit).offset(offset))
    return [_line_row(*row) for row in rows], count


def line(session: Session, line_id: int) -> LineRow | None:
    """One line."""
    found = session.execute(_line_rows().where(Line.id == line_id)).first()
    return _line_row(*found) if found else None


def line_batch(session: Session, line_id: int) -> int | None:
    """The batch that a line stands in."""
    return session.scalar(select(Line.batch_id).where(Line.id == line_id))


def ready(session: Session, found: Sequence[Candidate]) -> list[ReadyRow]:
    """What may enter a batch, by agency and office."""
    rows = []
    for agency_id, office_id in sorted({(one.agency_id, one.office_id) for one in found}):
        own = [one for one in found if (one.agency_id, one.office_id) == (agency_id, office_id)]
        enter = [one for one in own if one.stays_out is None]
        rows.append(
            ReadyRow(
                agency_id=agency_id,
                agency=session.get_one(Agency, agency_id).short_name,
                office_id=office_id,
                office=session.get_one(PostOffice, office_id).name,
                count=len(enter),
                total=Money.sum(one.amount for one in enter),
                left_out=len(own) - len(enter),
                deposit=balance(session, accounts.deposit(office_id)),
            )
        )
    return rows


def waiting(session: Session, scope: Scope, *, month: Month) -> list[Candidate]:
    """Payouts of the account channel that stand in no batch, with the reason where they may not enter one."""
    return candidates(session, scope, month=month)


def bank_file(session: Session, batch: BatchRow) -> BankFile:
    """Everything of a released batch that the bank sees."""
    assert batch.released_at is not None, "a draft is not for the bank's eyes"
    rows = session.execute(
        select(Line, Period.programme, Person.name, Person.id_number)
        .join(Payout, Payout.id == Line.payout_id)
        .join(Period, Period.id == Payout.period_id)
        .join(Person, Person.id == Payout.person_id)
        .where(Line.batch_id == batch.id)
        .order_by(Line.id)
    )
    transfers = tuple(
        Transfer(
            line_id=line.id,
            account_no=line.account_no,
            holder=line.holder,
            bank_bin=line.bank_bin,
            bank=line.bank,
            amount=line.amount,
            programme=programme,
            person=name,
            id_number=id_number or "",
        )
        for line, programme, name, id_number in rows
    )
    return BankFile(batch.number, batch.month, batch.released_at, transfers)


def _batch_rows(scope: Scope) -> Select[Any]:
    builder, releaser = aliased(Staff), aliased(Staff)
    wanted: Any = select(Batch, Agency.short_name, PostOffice.name, builder.name, releaser.name)
    wanted = (
        wanted.join(Agency, Agency.id == Batch.agency_id)
        .join(PostOffice, PostOffice.id == Batch.office_id)
        .join(builder, builder.id == Batch.built_by_id)
        .outerjoin(releaser, releaser.id == Batch.released_by_id)
    )
    return scope.limit(wanted, office=Batch.office_id, agency=Batch.agency_id)


def _line_rows() -> Select[Any]:
    wanted: Any = select(Line, Payout.person_id, Person.name, func.coalesce(AdminUnit.name, ""), Period.programme)
    joined: Select[Any] = (
        wanted.join(Payout, Payout.id == Line.payout_id)
        .join(Period, Period.id == Payout.period_id)
        .join(Person, Person.id == Payout.person_id)
        .outerjoin(AdminUnit, AdminUnit.id == Payout.commune_id)
    )
    return joined


def _line_row(line: Line, person_id: int, name: str, commune: str, programme: str) -> LineRow:
    return LineRow(
        id=line.id,
        payout_id=line.payout_id,
        person_id=person_id,
        name=name,
        commune=commune,
        programme=programme,
        holder=line.holder,
        bank=line.bank,
        account_tail=account_tail(line.account_no),
        amount=line.amount,
        state=line.state,
        reason=line.reason,
        answered_at=line.answered_at,
    )


def _with_counts(session: Session, found: Sequence[Any]) -> list[BatchRow]:
    sums = session.execute(
        select(Line.batch_id, Line.state, func.count(), func.sum(Line.amount))
        .where(Line.batch_id.in_([row[0].id for row in found]))
        .group_by(Line.batch_id, Line.state)
    ).all()
    return [
        BatchRow(
            id=batch.id,
            number=batch_number(batch.id, batch.month),
            month=batch.month,
            agency_id=batch.agency_id,
            agency=agency,
            office_id=batch.office_id,
            office=office,
            state=batch.state,
            count=batch.count,
            total=batch.total,
            counts={state: count for number, state, count, _sum in sums if number == batch.id},
            amounts={state: _money(total) for number, state, _count, total in sums if number == batch.id},
            built_at=batch.built_at,
            built_by_id=batch.built_by_id,
            built_by=builder,
            released_at=batch.released_at,
            released_by=releaser or "",
            bank_reference=batch.bank_reference,
        )
        for batch, agency, office, builder, releaser in found
    ]


def _money(total: Money | int) -> Money:
    return total if isinstance(total, Money) else Money(int(total))
