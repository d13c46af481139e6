"""The file that goes to the bank."""

import csv
import datetime as dt
import io

from python_calamine import CalamineWorkbook

from provider.clock import Month
from provider.money import Money
from provider.transfers.bank_file import HEADINGS, LONGEST_CONTENT, BankFile, Transfer, as_csv, as_xlsx, content_of
from provider.transfers.rules import line_of, token_of

BUOI = Transfer(
    line_id=18,
    account_no="0451000123456",
    holder="NGUYEN THI BUOI",
    bank_bin="970405",
    bank="Agribank",
    amount=Money(540_000),
    programme="BTXH",
    person="Nguyễn Thị Bưởi",
    id_number="045141000017",
)
DUC = Transfer(
    line_id=19,
    account_no="000123456",
    holder="Trần Văn Nam",
    bank_bin="970436",
    bank="Vietcombank",
    amount=Money(4_176_000),
    programme="NCC",
    person="Trần Văn Đức",
    id_number="",
)
FILE = BankFile("CK2409-000003", Month(2024, 9), dt.datetime(2024, 9, 5, 3, tzinfo=dt.UTC), (BUOI, DUC))


def test_the_content_is_ascii_names_the_month_and_carries_the_line_s_own_word() -> None:
    assert content_of(BUOI, FILE.month) == f"TRO CAP BTXH T9/2024 {token_of(18)} NGUYEN THI BUOI"
    assert content_of(DUC, FILE.month).isascii()
    assert line_of(content_of(DUC, FILE.month)) == 19


def test_a_long_name_never_pushes_the_word_out_of_the_content() -> None:
    long = content_of(
        Transfer(**{name: getattr(BUOI, name) for name in BUOI.__slots__} | {"person": "Công Tằng " * 20}), FILE.month
    )
    assert len(long) <= LONGEST_CONTENT
    assert line_of(long) == 18


def test_the_sheet_has_one_heading_row_text_accounts_and_whole_amounts() -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(FILE))).get_sheet_by_index(0).to_python()
    assert tuple(sheet[0]) == HEADINGS
    assert len(sheet) == 3
    first, second = sheet[1:]
    assert first[1:3] == ["0451000123456", "NGUYEN THI BUOI"]
    assert first[3:5] == ["970405", "Agribank"]
    assert first[6] == 540_000
    assert first[8:] == ["045141000017", token_of(18)]
    assert second[1] == "000123456"
    assert second[2] == "TRAN VAN NAM"
    assert sum(row[6] for row in sheet[1:]) == FILE.total.dong == 4_716_000


def test_the_text_file_says_the_same() -> None:
    content = as_csv(FILE)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEADINGS
    assert rows[1][1] == "0451000123456"
    assert rows[2][6] == "4176000"
    assert b'"000123456"' in content


def test_the_same_batch_makes_the_same_file_each_time() -> None:
    assert as_xlsx(FILE) == as_xlsx(FILE)
    assert as_csv(FILE) == as_csv(FILE)


def test_nothing_in_the_file_can_be_taken_for_a_formula() -> None:
    evil = Transfer(
        **{name: getattr(BUOI, name) for name in BUOI.__slots__}
        | {"holder": '=HYPERLINK("http://x")', "person": "+84 Bưởi"}
    )
    row = as_csv(BankFile("CK", Month(2024, 9), FILE.released_at, (evil,))).decode("utf-8-sig").splitlines()[1]
    assert '"=' not in row
    assert '"+' not in row
