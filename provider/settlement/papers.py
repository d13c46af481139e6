"""The papers of a settlement, made from its frozen content alone; pure values in, bytes out."""

from collections.abc import Sequence

from provider.letterhead import Letterhead, PaperMark
from provider.settlement import statement as statements
from provider.settlement.fees import Fee, reckon
from provider.settlement.frozen import Content
from provider.settlement.settlement_sheet import FeeClaimSheet, SettlementSheet, UnpaidRow, UnpaidSheet
from provider.settlement.statement import Statement


def statement_of(content: Content) -> Statement:
    """The statement that the content makes; it raises what ``draw_up`` raises."""
    return statements.draw_up(content.movements, opening=content.opening)


def fee_of(content: Content) -> Fee:
    """The fee of what was paid, by the tariffs as they were."""
    return reckon(content.counted, content.tariffs, month=content.month)


def hash_of(content: Content) -> str:
    """The hash (64 hex digits) that stands on the paper."""
    facts = (content.number, str(content.version), content.month.iso, content.agency_code)
    return statements.content_hash(statement_of(content), *facts)


def settlement_sheet(content: Content, *, token: str, head_hash: str, printed: str = "") -> SettlementSheet:
    """The settlement table as it is signed."""
    return SettlementSheet(
        letterhead=_letterhead(content),
        mark=PaperMark(number=content.number, signed_on=content.drawn_on, printed=printed),
        month=content.month,
        agency=content.agency_name,
        contract=content.contract,
        account=content.account,
        period_from=content.window_from,
        period_to=content.window_to,
        statement=statement_of(content),
        fee=fee_of(content),
        content_hash=hash_of(content),
        day_book_head=head_hash,
        token=token,
        version=content.version,
        recipients=(content.agency_name, content.office_name, "Lưu: kế toán"),
    )


def fee_claim_sheet(content: Content, *, account_holder: str, account_number: str, bank: str) -> FeeClaimSheet:
    """The claim for the fee."""
    return FeeClaimSheet(
        letterhead=_letterhead(content),
        mark=PaperMark(number=content.number.replace("BKQT", "ĐNTT"), signed_on=content.drawn_on),
        month=content.month,
        addressee=content.agency_name,
        contract=content.contract,
        minutes=f"Bảng kê quyết toán số {content.number}",
        fee=fee_of(content),
        account_holder=account_holder,
        account_number=account_number,
        bank=bank,
        recipients=(content.agency_name, "Lưu: kế toán"),
    )


def unpaid_sheet(content: Content, rows: Sequence[UnpaidRow]) -> UnpaidSheet:
    """The list of who did not collect."""
    return UnpaidSheet(
        letterhead=_letterhead(content),
        mark=PaperMark(number=content.number.replace("BKQT", "DSCN"), signed_on=content.drawn_on),
        month=content.month,
        agency=content.agency_name,
        rows=tuple(rows),
        recipients=(content.agency_name, "Lưu: kế toán"),
    )


def _letterhead(content: Content) -> Letterhead:
    return Letterhead(parent=content.office_parent, issuer=content.office_name, place=content.place)
