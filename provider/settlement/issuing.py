"""Making the papers of a settlement, once: rendered from frozen content, kept with their hash."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from provider import figures
from provider.audit.actor import Actor
from provider.db import Store
from provider.identity import mask
from provider.paper import sheet
from provider.payday import slips
from provider.payday.service import MISS_REASONS
from provider.payouts.lifecycle import State
from provider.payouts.queries import payouts
from provider.settlement import queries
from provider.settlement.closing import periods_of
from provider.settlement.models import Settlement
from provider.settlement.papers import fee_claim_sheet, settlement_sheet, unpaid_sheet
from provider.settlement.service import Frozen, frozen, keep_paper
from provider.settlement.settlement_sheet import UnpaidRow
from provider.settlement.worksheets import workbook_of

JOB = "settlement.papers"


def issue(store: Store, settlement_id: int, *, key: bytes, by: Actor, report: Callable[[int, int], None]) -> None:
    """Make and keep every paper of a settlement; papers that exist are left as they are."""
    with store.read() as session:
        what = frozen(session, settlement_id)
        unpaid = _unpaid(session, settlement_id)
    token = slips.make(what.code, key, context="settlement")
    paper = settlement_sheet(what.content, token=token, head_hash=what.head_hash)
    makers: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("xlsx", lambda: workbook_of(paper)),
        ("fee", lambda: _fee_claim(what)),
        ("unpaid", lambda: sheet("unpaid_list.html", unpaid=unpaid_sheet(what.content, unpaid))),
        ("pdf", lambda: sheet("settlement.html", settlement=paper)),
    )
    for place, (kind, make) in enumerate(makers):
        report(place, len(makers))
        content = make()
        with store.write() as session:
            keep_paper(session, settlement_id, kind, content, by=by)
    report(len(makers), len(makers))


def _fee_claim(what: Frozen) -> bytes:
    claim = fee_claim_sheet(what.content, account_holder=what.content.office_name, account_number="", bank="")
    return sheet("fee_claim.html", claim=claim)


def _unpaid(session: Session, settlement_id: int) -> list[UnpaidRow]:
    """Who did not collect, and what became of the money."""
    settlement = session.get_one(Settlement, settlement_id)
    ids = [period.id for period in periods_of(session, settlement.agency_id, settlement.month, locked=False)]
    rows = payouts(session, period_ids=ids, states=[State.CARRIED, State.RETURNED])
    streaks = queries.months_in_a_row(session, [row.id for row in rows])
    return [
        UnpaidRow(
            number=number,
            code=row.code,
            name=row.name,
            born=figures.birth(row.birth_year, row.birth_month, row.birth_day),
            id_number=mask(row.id_number) if row.id_number else "",
            hamlet=row.hamlet,
            commune=row.commune,
            benefits=row.programme,
            amount=row.amount,
            reason=MISS_REASONS.get(row.missed_reason, ""),
            streak=streaks[row.id],
            fate="Chuyển kỳ sau" if row.state is State.CARRIED else "Hoàn trả",
        )
        for number, row in enumerate(rows, start=1)
    ]
