"""What the title of one column means: by its synonyms, without unit or month behind it, else by its telling part."""

import re
from functools import lru_cache
from typing import Final

from provider.lists.reading.synonyms import SYNONYMS
from provider.names import fold

_PARENTHESIS = re.compile(r"\([^()]*\)")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_OF_MONTH = re.compile(r" (?:cua )?(?:thang|t|quy|nam) ?\d{1,2}(?: (?:nam )?\d{2,4})?$| (?:nam )?20\d\d$")
_UNIT = re.compile(
    r"\b(?:dvt|don vi tinh|don vi)\b.*$| (?:dong|vnd|d|nghin dong|ngan dong|trieu dong|1000 ?d(?:ong)?)$"
)
THOUSANDS = re.compile(r"\b(?:nghin|ngan) dong\b|\b1[ .]?000 ?(?:d|dong|vnd)\b|\b1000d\b")
MILLIONS = re.compile(r"\btrieu dong\b")

_LOOSE: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"^(?=.*(giam ho|uy quyen|nhan thay|linh thay|nhan ho|nguoi dai dien|nguoi nuoi duong))(?=.*(cccd|"
         r"cmnd|can cuoc|dinh danh))", "payee_id"),
        (r"^(?=.*(giam ho|uy quyen|nhan thay|linh thay|nhan ho|nguoi dai dien))(?=.*(quan he))", "payee_relation"),
        (r"^(?=.*(giam ho|uy quyen|nhan thay|linh thay|nhan ho|nguoi dai dien))(?=.*(nam sinh|"
         r"ngay sinh))", "payee_birth"),
        (r"giam ho|uy quyen|nhan thay|linh thay|nhan ho\b|nguoi dai dien", "payee_name"),
        (r"^(tu thang|so thang|thoi gian).*", "arrears_months"),
        (r"^tong\b|^cong\b|thuc linh|thuc nhan", "total"),
        (r"truy linh|chua tra thang|thang truoc chua|chua nhan", "arrears"),
        (r"truy thu|thu hoi|khau tru", "deduction"),
        (r"mai tang", "funeral"),
        (r"mot lan\b|\b1 lan\b|tho cung|dieu duong", "one_off"),
        (r"nguoi phuc vu|\bnpv\b", "attendant"),
        (r"phu cap", "supplement"),
        (r"cham soc", "care"),
        (r"^(chu|ten).*(tai khoan|\btk\b)", "account_holder"),
        (r"tai khoan|\bstk\b|^so tk", "account"),
        (r"ngan hang", "bank"),
        (r"\bcccd\b|\bcmnd\b|can cuoc|dinh danh", "id_number"),
        (r"^ho (va )?ten|^ho chu dem", "name"),
        (r"^(ngay sinh|nam sinh|ngay thang nam sinh|ntns)", "birth"),
        (r"dien thoai|\bsdt\b", "phone"),
        (r"^he so", "coefficient"),
        (r"^muc chuan", "standard"),
        (r"^(muc |so tien |tien )?(tro cap|huong|tc)\b|^so tien|^muc huong", "allowance"),
        (r"^(loai |dien |nhom )?doi tuong|^dien |^loai tro cap|^che do", "benefit"),
        (r"^(thon|khu pho|to dan pho|xom|ap)\b", "hamlet"),
        (r"^(xa|phuong)\b", "commune"),
        (r"^(dia chi|noi o|noi cu tru|noi thuong tru|ho khau|cho o)", "address"),
        (r"^(so )?(quyet dinh|qd)\b", "decision_no"),
        (r"^so so\b", "book_no"),
        (r"^(ma|so) (doi tuong|ho so)", "code"),
        (r"^ty le|^ti le|^muc do khuyet tat", "percent"),
        (r"^(nguoi nhan|nguoi linh) ky|^ky\b|chu ky", "signature"),
        (r"^ghi chu", "note"),
    )
)  # fmt: skip


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """A heading text for comparing: folded, punctuation as spaces."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


@lru_cache(maxsize=20_000)
def meaning_of(text: str) -> str:
    """Our word for one heading text by the synonyms alone, or ""."""
    if not text or len(text) > 120:
        return ""
    return _strict(key(text)) or _strict(key(_PARENTHESIS.sub(" ", text)))


def _strict(word: str) -> str:
    for candidate in (word, _OF_MONTH.sub("", word), _UNIT.sub("", word).strip()):
        if candidate in SYNONYMS:
            return SYNONYMS[candidate]
    return ""


@lru_cache(maxsize=20_000)
def likely_meaning(text: str) -> str:
    """Our word for one heading text, also by its telling part; "" when nothing fits."""
    found = meaning_of(text)
    if found or not text or len(text) > 120:
        return found
    word = key(_PARENTHESIS.sub(" ", text)) or key(text)
    return next((meaning for pattern, meaning in _LOOSE if pattern.search(word)), "")


def unit_in(text: str) -> int | None:
    """1.000 for "Đơn vị tính: nghìn đồng", 1.000.000 for triệu đồng, 1 for đồng; None when no unit is named."""
    folded = fold(text)
    if THOUSANDS.search(folded):
        return 1_000
    if MILLIONS.search(folded):
        return 1_000_000
    if re.search(r"\b(?:dong|vnd)\b", folded) and re.search(r"don vi|dvt", folded):
        return 1
    return None
