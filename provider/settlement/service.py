"""Drawing up and confirming the settlement of an agency's month; keeping its papers as issued."""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.models import Agency
from provider.agreements.queries import contract_for, tariffs_of
from provider.audit import queries as day_book
from provider.audit.actor import Actor
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.clock import Month
from provider.db import lock_row
from provider.errors import Missing
from provider.payouts.lifecycle import OPEN
from provider.payouts.models import Payout, Period
from provider.payouts.service import lock_period
from provider.places.models import PostOffice
from provider.settlement.closing import periods_of
from provider.settlement.frozen import Content, from_text, to_text
from provider.settlement.models import Paper, Settlement, SettlementState
from provider.settlement.papers import fee_of, hash_of, statement_of
from provider.settlement.queries import books_of
from provider.settlement.refusals import (
    AlreadySettled,
    ConfirmNeedsAnother,
    FiguresChanged,
    NotCutOff,
    UnpaidNotResolved,
)
from provider.settlement.tariffs import tariff_for_fee


def draw_up(session: Session, agency_id: int, month: Month, *, by: Actor) -> Settlement:
    """The settlement of an agency's month out of the books, as a new version, for a second person to confirm.

    Raises NothingToSettle, NotCutOff, UnpaidNotResolved, AlreadySettled, MorePaidThanReceived.
    """
    if by.staff_id is None:
        raise ConfirmNeedsAnother()
    periods = periods_of(session, agency_id, month)
    standing = session.scalars(
        select(Settlement).where(
            Settlement.agency_id == agency_id,
            Settlement.month == month,
            Settlement.state == SettlementState.CONFIRMED,
        )
    ).first()
    if standing:
        raise AlreadySettled(month=month.label, number=standing.number)
    if any(period.cut_off_at is None for period in periods):
        raise NotCutOff()
    ids = [period.id for period in periods]
    left = session.scalar(select(func.count()).where(Payout.period_id.in_(ids), Payout.state.in_(OPEN)))
    if left:
        raise UnpaidNotResolved(count=left)
    version = 1 + (
        session.scalar(
            select(func.max(Settlement.version)).where(Settlement.agency_id == agency_id, Settlement.month == month)
        )
        or 0
    )
    content = content_of(session, periods, version)
    statement = statement_of(content)
    deed_id, head_hash = day_book.head(session)
    settlement = Settlement(
        agency_id=agency_id,
        office_id=periods[0].office_id,
        month=month,
        version=version,
        number=content.number,
        state=SettlementState.DRAWN_UP,
        content=to_text(content),
        content_hash=hash_of(content),
        code=secrets.token_hex(8),
        head_deed_id=deed_id,
        head_hash=head_hash,
        paid=statement.paid,
        fee=fee_of(content).gross,
        drawn_up_at=clock.now(),
        drawn_up_by_id=by.staff_id,
    )
    session.add(settlement)
    session.flush()
    note(
        session,
        DeedKind.SETTLEMENT_DRAWN_UP,
        by=by,
        about=f"settlement:{settlement.id}",
        within=f"agency:{agency_id}",
        number=settlement.number,
        paid=statement.paid.dong,
        hash=settlement.content_hash,
    )
    return settlement


def confirm(session: Session, settlement_id: int, *, content_hash: str, by: Actor) -> Settlement:
    """A second person confirms what was shown (``content_hash``); the periods are locked for ever.

    Raises Missing, ConfirmNeedsAnother, AlreadySettled, FiguresChanged (the books say something else by now).
    """
    settlement: Settlement | None = lock_row(session, Settlement, settlement_id)
    if settlement is None:
        raise Missing()
    if settlement.state is SettlementState.CONFIRMED:
        raise AlreadySettled(month=settlement.month.label, number=settlement.number)
    if by.staff_id is None or by.staff_id == settlement.drawn_up_by_id:
        raise ConfirmNeedsAnother()
    periods = periods_of(session, settlement.agency_id, settlement.month)
    frozen = from_text(settlement.content)
    books = books_of(session, [period.id for period in periods])
    same_books = (books.opening, books.movements) == (frozen.opening, frozen.movements)
    if content_hash != settlement.content_hash or not same_books:
        raise FiguresChanged()
    settlement.state = SettlementState.CONFIRMED
    settlement.confirmed_at, settlement.confirmed_by_id = clock.now(), by.staff_id
    session.flush()
    for period in periods:
        lock_period(session, period, by=by)
    note(
        session,
        DeedKind.SETTLEMENT_CONFIRMED,
        by=by,
        about=f"settlement:{settlement.id}",
        within=f"agency:{settlement.agency_id}",
        number=settlement.number,
        hash=settlement.content_hash,
    )
    return settlement


@dataclass(frozen=True, slots=True)
class Frozen:
    """A settlement's content and what else its papers carry."""

    content: Content
    code: bytes
    head_hash: str
    state: SettlementState


def frozen(session: Session, settlement_id: int) -> Frozen:
    """What the papers of a settlement are made of. Raises Missing."""
    settlement = session.get(Settlement, settlement_id)
    if settlement is None:
        raise Missing()
    return Frozen(from_text(settlement.content), bytes.fromhex(settlement.code), settlement.head_hash, settlement.state)


def keep_paper(session: Session, settlement_id: int, kind: str, content: bytes, *, by: Actor) -> None:
    """Keep a paper as it was issued; issued once, it stays as it is."""
    known = session.scalar(select(Paper.id).where(Paper.settlement_id == settlement_id, Paper.kind == kind))
    if known:
        return
    digest = hashlib.sha256(content).hexdigest()
    session.add(Paper(settlement_id=settlement_id, kind=kind, content=content, hash=digest, made_at=clock.now()))
    session.flush()
    note(session, DeedKind.PAPER_ISSUED, by=by, about=f"settlement:{settlement_id}", kind=kind, hash=digest)


def content_of(session: Session, periods: list[Period], version: int) -> Content:
    """What a settlement of these periods holds; version 0 is a draft."""
    first = periods[0]
    agency = session.get_one(Agency, first.agency_id)
    office = session.get_one(PostOffice, first.office_id)
    parent = session.get(PostOffice, office.parent_id) if office.parent_id else None
    contracts = [
        contract_for(session, agency_id=agency.id, programme=period.programme, month=period.month) for period in periods
    ]
    books = books_of(session, [period.id for period in periods])
    return Content(
        number=_number(agency.code, first.month, version),
        version=version,
        month=first.month,
        agency_code=agency.code,
        agency_name=agency.name,
        agency_parent=agency.parent_name,
        office_name=office.name,
        office_parent=parent.name if parent else "",
        place=agency.place_name,
        contract="; ".join(dict.fromkeys(contract.number for contract in contracts)),
        account=" – ".join(part for part in (agency.account_no, agency.account_bank) if part),
        window_from=min(period.window_from for period in periods),
        window_to=max(period.cut_off_on for period in periods),
        drawn_on=clock.today(),
        opening=books.opening,
        movements=books.movements,
        tariffs=tuple(
            tariff_for_fee(terms, programme=contract.programme.value)
            for contract in contracts
            for terms in tariffs_of(session, contract.id)
        ),
        counted=books.counted,
    )


def _number(agency_code: str, month: Month, version: int) -> str:
    """Unique for ever: agency, month and version stand in it."""
    short = agency_code.removeprefix("LDTBXH-")
    again = f".{version}" if version > 1 else ("" if version else "-DT")
    return f"{month.number:02}{month.year}{again}/BKQT-{short}"
