"""What kind of row is this: a person, a section, a subtotal, a total, words, a signature, nothing.

The order of the questions is that of DOMAIN 5.3. A row that is none of these is said to be so, never dropped silently.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from provider.names import fold


class Kind(StrEnum):
    EMPTY = "empty"
    TITLE = "title"
    HEADING = "heading"
    NUMBERS = "column_numbers"
    SECTION = "section"
    DATA = "data"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    WORDS = "words"
    TAIL = "tail"
    REMARK = "remark"
    UNREAD = "unread"


class Label(StrEnum):
    """How a section is numbered."""

    ROMAN = "I"
    CAPITAL = "A"
    DIGIT = "1"
    SMALL = "a"
    SIGN = "*"
    NONE = ""


class Subject(StrEnum):
    """What a section is about."""

    COMMUNE = "commune"
    HAMLET = "hamlet"
    CATEGORY = "category"
    OTHER = "other"


_TOTAL = re.compile(
    r"^[\s\W]*(?:(?P<grand>tổng\s*cộng|tổng\s*số|tổng|t[.\s]*cộng|toàn\s+(?:bộ|huyện|xã|tỉnh)|tc\s*:)|(?P<part>cộng|lu[ỹy]\s*kế|lũy\s*kế|"
    r"mang sang|chuyển sang|trang trước)\b)",
    re.IGNORECASE,
)
_TOTAL_BARE = re.compile(
    r"^\W*(?:(?P<grand>tong (?:cong|so|tien|chi)\b|tong$|tong:)|(?P<part>cong (?:trang|muc|don|so|phan|xa|"
    r"phuong|[ivx]+)\b|cong$|cong:|luy ke))"
)
_NO_PERSON = re.compile(
    r"\W*(?:tổng|cộng|t\.?c\b|lu[ỹy]|lũy|toàn|mang sang|chuyển sang|trang|xã|phường|thị trấn|tt\b|p\.|x\.|"
    r"đặc khu|thôn|khu|kp|tổ|tdp|xóm|ấp|"
    r"bản|buôn|khối|làng|khóm|kdc|sóc|plei|bon|tong|cong|luy|phuong|xa|thi tran|thon|to|ap|xom)\b|\d",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\bbang chu\b")
_TAIL = re.compile(
    r"nguoi lap|\bke toan\b|thu truong|truong phong|chu tich|giam doc|thu quy|can bo chi tra|"
    r"nhan vien chi tra|nguoi chi tra|dai dien|"
    r"^(?:tm|kt|tuq|tl|q)\b ?\.|\(ky,|ky, ?(?:ghi ro|ho ten|dong dau)|ky ten|dong dau|"
    r"ngay .{0,12} ?thang .{0,12} ?nam|noi nhan ?:|^luu ?:|bo phan|"
    r"nguoi kiem|kiem soat|xac nhan cua|nguoi duyet|danh sach (?:nay|tren) (?:co|gom)|an dinh danh sach"
)
_ROMAN = re.compile(r"^(?:[IVX]{1,6}|[IVX]{1,4}[.,]?\d{0,2})[.):]?$")
_COMMUNE = re.compile(r"^(?:xã|phường|thị trấn|tt|p\.|x\.|p(?=\d)|đặc khu)(?:(?<=\.)|(?![^\W\d_]))[ .]*\S")
_HAMLET = re.compile(
    r"^(?:thôn|khu phố|kp|tổ dân phố|tdp|tổ|xóm|ấp|bản|buôn|khối phố|khối|làng|khu dân cư|khu(?= *\d)|"
    r"khóm|kdc|sóc|plei|bon)(?![^\W\d_])[ .]*\S"
)
_BARE_COMMUNE = re.compile(r"^(?:xa|phuong|thi tran)[ .]+\S")
_BARE_HAMLET = re.compile(r"^(?:thon|khu pho|kp|to dan pho|tdp)[ .]+\S|^(?:to|xom|ap|khoi|khu)[ .]+\d")
_CATEGORY = re.compile(
    r"thuong binh|benh binh|liet si|ba me|anh hung|chat doc|cdhh|tu day|khang chien|cach mang|khuyet tat|"
    r"nkt|cao tuoi|nct|tre em|"
    r"tre mo coi|mo coi|don than|hiv|huu tri|cham soc|nuoi duong|doi tuong|tro cap|phu cap|bao tro|ngheo|"
    r"than nhan|tuat|"
    r"nguoi co cong|phuc vu|huan chuong|huy chuong|quan nhan|cong an|thanh nien|nguoi tu|nguoi bi|"
    r"dan quan|mai tang|truy linh|tiep nhan"
)
_COUNT: Final = re.compile(
    r"(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:người|nguoi|đối tượng|doi tuong|đt|suất|suat|hồ sơ|ho so|"
    r"trường hợp|hộ|lượt|đ/t)\b",
    re.IGNORECASE,
)


def total_kind(text: str) -> str | None:
    """ "grand" for Tổng cộng, "part" for Cộng trang, Cộng I; None for other words (Tống Thị Hoa is a person)."""
    match = _TOTAL.match(text)
    if match is None:
        if not text.isascii():
            return None
        match = _TOTAL_BARE.match(text.lower())
        if match is None:
            return None
    return "grand" if match["grand"] else "part"


def may_be_no_person(text: str) -> bool:
    """A quick look: text in the name column that may begin a total or a section and is worth a longer look."""
    return _NO_PERSON.match(text) is not None


@lru_cache(maxsize=20_000)
def is_words(text: str) -> bool:
    return _WORDS.search(fold(text)) is not None


@lru_cache(maxsize=20_000)
def is_tail(text: str) -> bool:
    """Signature blocks, the line with place and date, "Nơi nhận"."""
    return len(text) < 200 and _TAIL.search(fold(text)) is not None


def label_of(text: str) -> Label | None:
    """How a section is numbered by the text in its first cell; None when that is no number of a section."""
    tidy = text.strip()
    if _ROMAN.fullmatch(tidy):
        return Label.ROMAN
    tidy = tidy.rstrip(".):/")
    if len(tidy) == 1 and tidy.isalpha():
        return Label.CAPITAL if tidy.isupper() else Label.SMALL
    if tidy in ("*", "-", "+", "–", "•"):
        return Label.SIGN
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*", tidy):
        return Label.DIGIT
    return None


_LEADING = re.compile(
    r"^(?P<label>[IVX]{1,6}|[A-Z]|[a-zđ]|\d{1,2}(?:\.\d{1,2})*)\s*(?:[.)\-:/]|\s-)\s*(?P<rest>\D.*)$|^(?P<sign>[*+•–-])\s*(?P<after>\S.*)$"
)


def split_label(text: str) -> tuple[Label, str, str]:
    """(kind of label, label, the rest) of "I. Thương binh" in one cell."""
    match = _LEADING.match(text.strip())
    if match is None:
        return Label.NONE, "", text.strip()
    if match["sign"]:
        return Label.SIGN, match["sign"], match["after"].strip()
    return label_of(match["label"]) or Label.NONE, match["label"], match["rest"].strip()


@lru_cache(maxsize=20_000)
def subject_of(text: str) -> Subject:
    """What a section named so is about."""
    lower = " ".join(unicodedata.normalize("NFC", text).lower().split())
    bare = lower.isascii()  # without any mark "Bàn" and "bản", "Tô" and "tổ" cannot be told apart: be careful
    if _COMMUNE.match(lower) or (bare and _BARE_COMMUNE.match(lower)):
        return Subject.COMMUNE
    if _HAMLET.match(lower) if not bare else _BARE_HAMLET.match(lower):
        return Subject.HAMLET
    folded = fold(text)
    if _CATEGORY.search(folded):
        return Subject.CATEGORY
    return Subject.OTHER


def people_in(text: str) -> int | None:
    """The number of people a line states: "Tổng cộng: 1.178 người"."""
    match = _COUNT.search(text)
    return int(re.sub(r"[.,]", "", match[1])) if match else None


def is_empty(row: Sequence[Any]) -> bool:
    """Nothing in it but spaces."""
    return not any(cell is not None and cell != "" and (type(cell) is not str or cell.strip()) for cell in row)
