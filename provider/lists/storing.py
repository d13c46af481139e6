"""Between reading and the tables: a list and its rows as they are kept, and what a kept row becomes."""

from collections.abc import Sequence
from typing import Any

from provider.agreements.rules import Programme
from provider.identity import Sex
from provider.lists.checks import Checked
from provider.lists.knowledge import Knowledge
from provider.lists.models import ListRow, PayoutList, RowLevel
from provider.lists.problems import Problem
from provider.lists.reading.listed import ReadList
from provider.lists.tie_out import TieOut
from provider.money import Money
from provider.payouts.models import ComponentKind
from provider.payouts.service import NewPayout
from provider.recipients.intake import Account, Claim
from provider.recipients.recognition import Candidate
from provider.recipients.rules import Birth

ROW = (
    *("list_id", "position", "sheet", "row", "raw", "name", "birth_year", "birth_month", "birth_day", "sex"),
    *("id_number", "commune", "commune_id", "hamlet", "benefit", "benefit_text", "allowance", "arrears", "total"),
    *("account", "bank", "more", "problems", "level"),
)
"""The columns of a kept row, in the order of ``row_values``."""


def understood(
    read: ReadList, tie: TieOut, sent_people: int | None = None, sent_amount: Money | None = None
) -> dict[str, Any]:
    """What a page shows beside the rows: columns, sections, differences, problems of the file as a whole."""
    return {
        "kind": read.kind,
        "month": read.month.iso if read.month else None,
        "purpose": read.purpose,
        "sent": {"people": sent_people, "amount": sent_amount.dong if sent_amount is not None else None},
        "sheets": [
            {
                "name": sheet.name,
                "read": sheet.read,
                "people": sheet.people,
                "columns": [
                    {"letter": column.letter, "title": column.title, "meaning": column.meaning}
                    for column in sheet.columns
                ],
            }
            for sheet in read.sheets
        ],
        "sections": [
            {
                "sheet": section.sheet,
                "row": section.row,
                "title": section.title,
                "declared_people": section.declared_people,
                "declared_amount": None if section.declared_amount is None else section.declared_amount.dong,
                "people": section.found_people,
                "amount": section.found_amount.dong,
            }
            for section in tie.sections
        ],
        "problems": [as_dict(problem) for problem in (*read.problems, *tie.differences)],
    }


def as_dict(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept beside its row."""
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "code": problem.code,
        "facts": {name: str(value) for name, value in problem.facts.items()},
    }


def row_values(list_id: int, position: int, one: Checked, level: RowLevel, knowledge: Knowledge) -> tuple[Any, ...]:
    """A checked row in the order of ROW. Of ``more`` only what is there is kept: most rows have little of it."""
    row = one.row
    more: dict[str, Any] = {"components": {kind: amount.dong for kind, amount in row.components.items()}}
    for name, value in (
        ("code", row.code),
        ("book_no", row.book_no),
        ("decision_no", row.decision_no),
        ("address", row.address),
        ("old_id", row.old_id),
        ("percent", row.percent_text),
        ("holder", row.account_holder),
        ("phone", row.phone),
        ("note", row.note),
        ("hidden", row.hidden),
        ("struck", row.struck),
    ):
        if value:
            more[name] = value
    if row.coefficient is not None:
        more["coefficient"] = str(row.coefficient)
    if row.payee_name or row.payee_id:
        more["payee"] = {"name": row.payee_name, "relation": row.payee_relation, "id": row.payee_id or ""}
    if row.extra:
        more["extra"] = dict(row.extra)
    return (
        list_id,
        position,
        row.sheet[:64],
        row.row,
        list(row.raw),
        row.name[:200],
        row.birth_year,
        row.birth_month,
        row.birth_day,
        row.sex.value if row.sex else "",
        (row.id_number or "")[:20],
        (knowledge.commune_names.get(one.commune or "") or row.commune)[:120],
        knowledge.commune_ids.get(one.commune or ""),
        row.hamlet[:120],
        one.benefit or "",
        row.benefit_text[:200],
        row.components.get("allowance"),
        row.components.get("arrears"),
        row.total,
        (row.account or "")[:40],
        row.bank[:80],
        more,
        [as_dict(problem) for problem in one.problems],
        level,
    )


def candidate_of(row: ListRow) -> Candidate:
    """The person a row tells of."""
    number = row.id_number if len(row.id_number) == 12 else None
    return Candidate(
        name=row.name[:120],
        birth=Birth(row.birth_year, row.birth_month, row.birth_day),
        sex=Sex(row.sex) if row.sex else None,
        id_number=number,
        old_id=str(row.more.get("old_id", ""))[:12] if number else row.id_number[:12],
        phone=str(row.more.get("phone", ""))[:20],
        commune_id=row.commune_id,
        hamlet=row.hamlet,
        address=str(row.more.get("address", ""))[:200],
        book_no=str(row.more.get("book_no") or row.more.get("code") or "")[:40],
    )


def claims_of(received: PayoutList, rows: Sequence[ListRow], people: Sequence[int]) -> list[Claim]:
    """What rows say people are entitled to."""
    return [
        Claim(
            person_id=person,
            programme=Programme(received.programme),
            benefit_code=row.benefit,
            agency_id=received.agency_id,
            decision_no=str(row.more.get("decision_no", "")),
            book_no=str(row.more.get("book_no", "")),
        )
        for row, person in zip(rows, people, strict=True)
        if row.benefit
    ]


def accounts_of(rows: Sequence[ListRow], people: Sequence[int]) -> list[Account]:
    """The accounts that rows give."""
    return [
        Account(person_id=person, bank=row.bank, account_no=row.account, holder=str(row.more.get("holder") or row.name))
        for row, person in zip(rows, people, strict=True)
        if row.account
    ]


def payout_of(row: ListRow, person_id: int) -> NewPayout:
    """The payout a row becomes."""
    parts = [(ComponentKind(kind), Money(dong)) for kind, dong in row.more["components"].items() if dong]
    signed = tuple((kind, -amount if kind is ComponentKind.DEDUCTION else amount) for kind, amount in parts)
    return NewPayout(
        person_id=person_id,
        commune_id=row.commune_id,
        hamlet=row.hamlet,
        benefit=row.benefit,
        benefit_text=row.benefit_text,
        components=signed,
        source=f"list:{row.list_id}/row:{row.position}",
        line_no=row.position + 1,
    )
