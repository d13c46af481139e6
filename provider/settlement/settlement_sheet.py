"""What the settlement papers take: the statement as a paper, the fee claim, the list of who did not collect; frozen."""

from dataclasses import dataclass
from datetime import date

from provider.clock import Month
from provider.letterhead import Letterhead, PaperMark, Signature
from provider.money import Money
from provider.settlement.fees import Fee
from provider.settlement.statement import Statement

SETTLEMENT_SIGNATURES = (
    Signature(title="NGƯỜI LẬP BIỂU"),
    Signature(title="KẾ TOÁN"),
    Signature(title="XÁC NHẬN CỦA CƠ QUAN QUẢN LÝ", how="(Ký, ghi rõ họ tên, đóng dấu)", stamped=True),
    Signature(title="GIÁM ĐỐC BƯU ĐIỆN", how="(Ký, ghi rõ họ tên, đóng dấu)", stamped=True),
)
CLAIM_SIGNATURES = (
    Signature(title="NGƯỜI ĐỀ NGHỊ"),
    Signature(title="KẾ TOÁN TRƯỞNG"),
    Signature(title="GIÁM ĐỐC", how="(Ký, ghi rõ họ tên, đóng dấu)", stamped=True),
)
UNPAID_SIGNATURES = (
    Signature(title="NGƯỜI LẬP BIỂU"),
    Signature(title="KẾ TOÁN"),
    Signature(title="GIÁM ĐỐC BƯU ĐIỆN", how="(Ký, ghi rõ họ tên, đóng dấu)", stamped=True),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SettlementSheet:
    """The settlement of one agency and month as it is signed.

    ``content_hash`` (hex) is shown in short form, ``day_book_head`` with its first 16 hex digits: the stamped paper is
    the outside witness of the books. ``token`` (context "settlement") goes into the QR. ``version`` above 1 replaces.
    """

    letterhead: Letterhead
    mark: PaperMark
    month: Month
    agency: str
    contract: str
    account: str
    period_from: date
    period_to: date
    statement: Statement
    fee: Fee | None
    content_hash: str
    day_book_head: str
    token: str
    version: int = 1
    recipients: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = SETTLEMENT_SIGNATURES


@dataclass(frozen=True, kw_only=True, slots=True)
class FeeClaimSheet:
    """The claim for the payout fee: on the ground of the contract, the minutes and the decision on the level."""

    letterhead: Letterhead
    mark: PaperMark
    month: Month
    addressee: str
    contract: str
    minutes: str
    fee: Fee
    account_holder: str
    account_number: str
    bank: str
    recipients: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = CLAIM_SIGNATURES


@dataclass(frozen=True, kw_only=True, slots=True)
class UnpaidRow:
    """One person who did not collect: ``streak`` months in a row, ``fate`` says what becomes of the money."""

    number: int
    code: str
    name: str
    born: str
    id_number: str
    hamlet: str
    commune: str
    benefits: str
    amount: Money
    reason: str = ""
    streak: int = 1
    fate: str = "Chuyển kỳ sau"


@dataclass(frozen=True, kw_only=True, slots=True)
class UnpaidSheet:
    """The list of the unpaid (danh sách chưa nhận) of an agency and month, communes in the order of the rows."""

    letterhead: Letterhead
    mark: PaperMark
    month: Month
    agency: str
    rows: tuple[UnpaidRow, ...]
    recipients: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = UNPAID_SIGNATURES

    @property
    def total(self) -> Money:
        """All that was not collected, in đồng."""
        return Money.sum(row.amount for row in self.rows)
