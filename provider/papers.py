"""The papers of an agency's month as one file each, for the command line."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from provider import clock, figures
from provider.agreements.queries import agency
from provider.audit.actor import Actor
from provider.clock import Month
from provider.config import Settings
from provider.db import Store
from provider.errors import N_, Missing
from provider.paper import sheet, sheets
from provider.payday import slips
from provider.payday.notices import notices
from provider.payouts.queries import PeriodRow, periods
from provider.places.queries import commune_named
from provider.points import queries as point_queries
from provider.points.roster import roster_of, roster_without_opening
from provider.points.roster_sheet import RosterSheet
from provider.settlement import provisional, service
from provider.settlement.papers import settlement_sheet
from provider.settlement.queries import paper, settlements
from provider.staff.rules import Scope


class NothingToPrint(Missing):
    """No payouts for this month, agency and commune."""

    code = "nothing_to_print"
    sentence = N_("Không có gì để in: chưa có khoản chi nào của %(month)s cho lựa chọn này.")


class CommuneUnknown(Missing):
    """No commune of the agency has this name."""

    code = "commune_unknown"
    sentence = N_("Không có xã, phường nào tên “%(name)s” trong địa bàn của cơ quan này.")


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """Which paper of which agency's month; ``commune`` limits slips and rosters."""

    kind: str
    month: Month
    agency_id: int
    commune: str = ""
    layout: str = "a4x4"


def make(store: Store, settings: Settings, asked: PaperAsked, *, by: Actor) -> bytes:
    """The PDF. Raises NothingToPrint, CommuneUnknown."""
    if asked.kind == "slips":
        with store.write() as session:
            _periods(session, asked)
            notes = notices(
                session,
                agency_id=asked.agency_id,
                month=asked.month,
                key=settings.key("notice"),
                by=by,
                commune_ids=_communes(session, asked),
            )
        if not notes:
            raise NothingToPrint(month=asked.month.label)
        return sheet("slip.html", slips=notes, layout=asked.layout)
    if asked.kind == "roster":
        with store.read() as session:
            rosters = _rosters(session, asked)
        if not rosters:
            raise NothingToPrint(month=asked.month.label)
        return sheets("roster.html", [{"roster": roster} for roster in rosters])
    return _settlement(store, settings, asked)


def _settlement(store: Store, settings: Settings, asked: PaperAsked) -> bytes:
    """The settlement as issued; where none is drawn up yet, a draft of the books as they stand, marked as such."""
    key = settings.key("settlement")
    with store.read() as session:
        _periods(session, asked)
        drawn = settlements(session, agency_id=asked.agency_id, month=asked.month)
        if drawn:
            kept = paper(session, drawn[0].id, "pdf")
            if kept:
                return kept
            what = service.frozen(session, drawn[0].id)
            token = slips.make(what.code, key, context="settlement")
            content, head, printed = what.content, what.head_hash, ""
        else:
            content, head = provisional.content(session, asked.agency_id, asked.month)
            token = slips.make(bytes(8), key, context="settlement")
            printed = f"BẢN DỰ THẢO, kỳ chưa chốt, in lúc {figures.moment(clock.now())}"
    return sheet("settlement.html", settlement=settlement_sheet(content, token=token, head_hash=head, printed=printed))


def _rosters(session: Session, asked: PaperAsked) -> list[RosterSheet]:
    found = _periods(session, asked)
    communes = _communes(session, asked)
    printed = f"In lúc {figures.moment(clock.now())}"
    rosters = []
    for opening in point_queries.openings(session, Scope.everything(), month=asked.month):
        if not opening.is_alive or (communes is not None and opening.commune_id not in communes):
            continue
        roster = roster_of(session, opening, agency_id=asked.agency_id, printed=printed)
        if roster.rows:
            rosters.append(roster)
    return rosters + roster_without_opening(session, [row.id for row in found], communes, printed=printed)


def _periods(session: Session, asked: PaperAsked) -> list[PeriodRow]:
    found = periods(session, month=asked.month, agency_ids=[asked.agency_id])
    if not found:
        raise NothingToPrint(month=asked.month.label)
    return found


def _communes(session: Session, asked: PaperAsked) -> list[int] | None:
    if not asked.commune:
        return None
    its_agency = agency(session, asked.agency_id)
    unit = commune_named(session, asked.commune, its_agency.unit_id, asked.month.first_day) if its_agency else None
    if unit is None:
        raise CommuneUnknown(name=asked.commune)
    return [unit.id]
