"""May this payout enter a batch, by which words is it found again, how are accounts written; pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from provider.clock import Month
from provider.errors import N_
from provider.names import fold


class StayOut(StrEnum):
    """Why a payout may not enter a batch."""

    NO_ACCOUNT = "no_account"
    ACCOUNT_UNCLEAR = "account_unclear"
    BANK_UNKNOWN = "bank_unknown"
    NAME_DIFFERS = "name_differs"
    DECEASED = "deceased"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _STAY_OUT[self]


_STAY_OUT: Final = {
    StayOut.NO_ACCOUNT: N_("Chưa có số tài khoản đang dùng"),
    StayOut.ACCOUNT_UNCLEAR: N_("Số tài khoản không đúng dạng"),
    StayOut.BANK_UNKNOWN: N_("Không rõ ngân hàng"),
    StayOut.NAME_DIFFERS: N_("Lệch tên: chủ tài khoản không phải người hưởng hay người đại diện đã đăng ký"),
    StayOut.DECEASED: N_("Người hưởng đã mất, chờ cơ quan trả lời"),
}


class Failure(StrEnum):
    """Why the bank did not pay a line, as banks say it."""

    ACCOUNT_WRONG = "account_wrong"
    NAME_WRONG = "name_wrong"
    ACCOUNT_CLOSED = "account_closed"
    BANK_NOT_REACHED = "bank_not_reached"
    TOO_LATE = "too_late"
    OTHER = "other"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _FAILURES[self]


_FAILURES: Final = {
    Failure.ACCOUNT_WRONG: N_("Sai số tài khoản"),
    Failure.NAME_WRONG: N_("Sai tên chủ tài khoản"),
    Failure.ACCOUNT_CLOSED: N_("Tài khoản đã đóng"),
    Failure.BANK_NOT_REACHED: N_("Ngân hàng nhận không hỗ trợ"),
    Failure.TOO_LATE: N_("Quá hạn xử lý"),
    Failure.OTHER: N_("Lý do khác"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """What is known of a person's account. ``representatives`` are the names registered and in force today."""

    name: str
    account_no: str
    bank_is_known: bool
    is_wallet: bool = False
    holder: str = ""
    representatives: tuple[str, ...] = ()
    is_deceased: bool = False


def may_enter(facts: AccountFacts) -> StayOut | None:
    """None when the payout may enter a batch, else the first reason why not.

    The holder's name is compared as banks keep it: unaccented, upper or lower case. It must be the person's, or that of
    a representative registered for him; an account without a written holder is the person's own, as the list says, and
    is sent under the person's name, so that the bank refuses it when it is not.
    """
    if facts.is_deceased:
        return StayOut.DECEASED
    if not facts.account_no.strip():
        return StayOut.NO_ACCOUNT
    if not facts.bank_is_known:
        return StayOut.BANK_UNKNOWN
    if account_written(facts.account_no, is_wallet=facts.is_wallet) is None:
        return StayOut.ACCOUNT_UNCLEAR
    holder = name_for_bank(facts.holder)
    if holder and holder not in {name_for_bank(name) for name in (facts.name, *facts.representatives)}:
        return StayOut.NAME_DIFFERS
    return None


_SEPARATORS: Final = re.compile(r"[\s.\-\u2010-\u2015_]+")
_ACCOUNT: Final = re.compile(r"(?=.*\d)[0-9A-Z]{6,19}")
_BROKEN_BY_A_SHEET: Final = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_MOBILE: Final = re.compile(r"0[35789]\d{8}")
# Mobile numbers of eleven digits until 2018: the old beginning and the new one.
_OLD_MOBILES: Final = {f"016{digit}": f"03{digit}" for digit in "23456789"} | {
    "0120": "070",
    "0121": "079",
    "0122": "077",
    "0126": "076",
    "0128": "078",
    "0123": "083",
    "0124": "084",
    "0125": "085",
    "0127": "081",
    "0129": "082",
    "0186": "056",
    "0188": "058",
    "0199": "059",
}


def account_written(text: str, *, is_wallet: bool = False) -> str | None:
    """The account as a bank reads it: digits (and letters of a nickname), no spaces; zeros at the head are kept.

    A wallet is a mobile number; one of eleven digits is turned into today's. None when it is neither: 6 to 19 digits or
    letters with at least one digit, not one digit over and over, not a number that a spreadsheet broke (1,2E+12).
    """
    if _BROKEN_BY_A_SHEET.fullmatch(text.strip()):
        return None
    account = _SEPARATORS.sub("", text).upper()
    if is_wallet:
        number = re.sub(r"^(?:\+84|84(?=\d{9}$))", "0", account)
        if len(number) == 11 and number[:4] in _OLD_MOBILES:
            number = _OLD_MOBILES[number[:4]] + number[4:]
        return number if _MOBILE.fullmatch(number) else None
    return account if _ACCOUNT.fullmatch(account) and len(set(account)) > 1 else None


def name_for_bank(name: str) -> str:
    """A name as banks keep it: "NGUYEN THI BUOI"."""
    return " ".join(re.sub(r"[^A-Z0-9 ]", " ", fold(name).upper()).split())


def account_tail(account: str) -> str:
    """The end of an account, for tables that many may see: "•••• 3456"."""
    return f"••••\N{NO-BREAK SPACE}{account[-4:]}" if len(account) > 4 else "••••"


def batch_number(batch_id: int, month: Month) -> str:
    """The number of a batch, as it stands in the cash book and on the bank's file: "CK2409-000012"."""
    return f"CK{month.year % 100:02}{month.number:02}-{batch_id:06}"


def token_of(line_id: int) -> str:
    """The word by which a line is found again in the bank's answer: "CT000012347", the last digit checks the others."""
    digits = f"{line_id:08}"
    return f"CT{digits}{_check_digit(digits)}"


_TOKEN: Final = re.compile(r"\bCT(\d{8,})(\d)\b")


def line_of(content: str) -> int | None:
    """The line that a transfer's content names, or None. A misread digit is no line."""
    for digits, check in _TOKEN.findall(content.upper()):
        if _check_digit(digits) == int(check):
            return int(digits)
    return None


def _check_digit(digits: str) -> int:
    """By Luhn: a single wrong digit and nearly every swap of neighbours is noticed."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10
