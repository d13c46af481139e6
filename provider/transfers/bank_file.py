"""A batch as the bank takes it: rows of the general template, as .xlsx and .csv; pure.

Names and contents are upper case without marks, accounts are text (a spreadsheet would eat their zeros), and every
line carries a word of its own by which its answer is found again.
"""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import xlsxwriter

from provider.clock import Month
from provider.money import Money
from provider.transfers.rules import name_for_bank, token_of

HEADINGS: Final = (
    "STT",
    "Số tài khoản",
    "Tên người thụ hưởng",
    "Mã ngân hàng (BIN)",
    "Tên ngân hàng",
    "Chi nhánh",
    "Số tiền",
    "Nội dung",
    "Số CCCD",
    "Mã tham chiếu",
)
_WIDTHS: Final = (6, 22, 34, 12, 18, 14, 14, 60, 16, 16)
_AMOUNT: Final = HEADINGS.index("Số tiền")
LONGEST_CONTENT: Final = 100
"""More than this, some banks cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One line of a batch, as it was frozen when the batch was built."""

    line_id: int
    account_no: str
    holder: str
    bank_bin: str
    bank: str
    amount: Money
    programme: str
    person: str
    id_number: str


@dataclass(frozen=True, slots=True)
class BankFile:
    """Everything of a batch that the bank sees. ``released_at`` dates the file, so that it is the same each time."""

    number: str
    month: Month
    released_at: dt.datetime
    transfers: tuple[Transfer, ...]

    @property
    def total(self) -> Money:
        """The sum of all lines, in đồng."""
        return Money.sum(transfer.amount for transfer in self.transfers)


def content_of(transfer: Transfer, month: Month) -> str:
    """What stands on the person's statement: "TRO CAP BTXH T9/2024 CT000000018 NGUYEN THI BUOI"; ASCII.

    Never the kind of benefit: some of them tell an illness.
    """
    words = f"TRO CAP {transfer.programme} T{month.number}/{month.year} {token_of(transfer.line_id)}"
    return f"{words} {name_for_bank(transfer.person)}"[:LONGEST_CONTENT].rstrip()


def rows_of(file: BankFile) -> list[tuple[str | int, ...]]:
    """The rows below the headings; the amount is a whole number, everything else but the line number is text."""
    return [
        (
            number,
            transfer.account_no,
            name_for_bank(transfer.holder),
            transfer.bank_bin,
            transfer.bank,
            "",
            transfer.amount.dong,
            content_of(transfer, file.month),
            transfer.id_number,
            token_of(transfer.line_id),
        )
        for number, transfer in enumerate(file.transfers, start=1)
    ]


def as_csv(file: BankFile) -> bytes:
    """UTF-8 with a mark at its head, so that a spreadsheet shows the headings rightly; every text in quotes."""
    text = io.StringIO(newline="")
    table = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    table.writerow(HEADINGS)
    table.writerows(rows_of(file))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def as_xlsx(file: BankFile) -> bytes:
    """One sheet: headings in the first row, one line each below, no title and no total, as upload forms want it."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": file.number, "created": file.released_at.replace(tzinfo=None)})
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    money = book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet("CHUYEN KHOAN")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, money if column == _AMOUNT else text if column else None)
    sheet.write_row(0, 0, HEADINGS, heading)
    for row, values in enumerate(rows_of(file), start=1):
        _write(sheet, row, values, text, money)
    sheet.freeze_panes(1, 0)
    book.close()
    return content.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, values: Sequence[str | int], text: object, money: object
) -> None:
    for column, value in enumerate(values):
        if isinstance(value, int):
            sheet.write_number(row, column, value, money if column == _AMOUNT else None)
        elif value:
            sheet.write_string(row, column, value, text)
