"""The number on an identity card: its shape, zeros a spreadsheet lost, and what it says about birth year and sex.

``PPP G YY SSSSSS``: place of birth registration, century and sex, year of birth, six random digits; there is no check
digit. Numbers given before the mergers of 2025 stay as they are, so all 63 old province codes stay good. The older
nine-digit card (CMND) says nothing that can be checked.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from provider.errors import N_, Invalid
from provider.names import fold

PROVINCE_CODES: Final = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang", "010": "Lào Cai",
    "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái", "017": "Hòa Bình", "019": "Thái Nguyên",
    "020": "Lạng Sơn", "022": "Quảng Ninh", "024": "Bắc Giang", "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh",
    "030": "Hải Dương", "031": "Hải Phòng", "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định",
    "037": "Ninh Bình", "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình", "045": "Quảng Trị",
    "046": "Thừa Thiên Huế", "048": "Đà Nẵng", "049": "Quảng Nam", "051": "Quảng Ngãi", "052": "Bình Định",
    "054": "Phú Yên", "056": "Khánh Hòa", "058": "Ninh Thuận", "060": "Bình Thuận", "062": "Kon Tum", "064": "Gia Lai",
    "066": "Đắk Lắk", "067": "Đắk Nông", "068": "Lâm Đồng", "070": "Bình Phước", "072": "Tây Ninh", "074": "Bình Dương",
    "075": "Đồng Nai", "077": "Bà Rịa - Vũng Tàu", "079": "Thành phố Hồ Chí Minh", "080": "Long An",
    "082": "Tiền Giang", "083": "Bến Tre", "084": "Trà Vinh", "086": "Vĩnh Long", "087": "Đồng Tháp", "089": "An Giang",
    "091": "Kiên Giang", "092": "Cần Thơ", "093": "Hậu Giang", "094": "Sóc Trăng", "095": "Bạc Liêu", "096": "Cà Mau",
}  # fmt: skip
# Births registered abroad carry a three-digit country code; we hold no list of them, so only their range is checked.
_COUNTRY_CODES: Final = range(101, 400)

_CITIZEN: Final = re.compile(r"[0-9]{12}")
_OLD: Final = re.compile(r"[0-9]{9}")
# A single dot may as well be a decimal one, so dots count as separators only between groups of three or more.
_BETWEEN_DIGITS: Final = re.compile(r"(?<=[0-9])[\s\-]+(?=[0-9])|(?<=[0-9]{3})\.(?=[0-9]{3})")
_LABEL: Final = re.compile(r"^(?:so )?(?:cccd|cmnd|cmtnd|cmt|can cuoc(?: cong dan)?|dinh danh)(?: so)?[ :.]*")


class Sex(StrEnum):
    MALE = "nam"
    FEMALE = "nữ"


class IdDoubt(StrEnum):
    """What speaks against a number. Only the first makes it no number at all: civil-status books do get corrected."""

    SHAPE = "shape"
    PLACE = "place"
    CENTURY = "century"
    BIRTH_YEAR = "birth_year"
    SEX = "sex"

    @property
    def sentence(self) -> str:
        """What to tell a person, in Vietnamese; the web translates it."""
        return _SENTENCES[self]


_SENTENCES: Final = {
    IdDoubt.SHAPE: N_("Số định danh phải có 12 chữ số (hoặc 9 chữ số đối với CMND cũ)."),
    IdDoubt.PLACE: N_("Ba số đầu không phải mã tỉnh, thành phố hoặc mã nước nào."),
    IdDoubt.CENTURY: N_("Theo số định danh, người này sinh sau năm 2099."),
    IdDoubt.BIRTH_YEAR: N_("Năm sinh không khớp với số định danh."),
    IdDoubt.SEX: N_("Giới tính không khớp với số định danh."),
}


class IdKind(StrEnum):
    CITIZEN = "citizen"  # 12 digits: căn cước, CCCD, số định danh cá nhân
    OLD = "old"  # 9 digits: CMND


class UnclearId(Invalid):
    """No identity number, or not one that can be relied on; ``text`` is what was written."""

    code = "unclear_id"
    sentence = N_("Không đọc được số định danh “%(text)s”.")


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number as read: ``padded`` when lost zeros were put back; ``former`` is an old number in the same cell."""

    number: str
    kind: IdKind
    padded: bool = False
    former: str | None = None


def read_id(text: str | float, *, birth_year: int | None = None, sex: Sex | None = None) -> IdNumber:
    """The identity number in a cell, whichever way it was typed; of two numbers the 12-digit one counts.

    Zeros lost in a spreadsheet are put back only as ``repad`` allows. Raises UnclearId for anything else: an empty
    cell, "chưa có", ``4.5204E+10`` (its digits are gone), two different numbers of one kind.
    """
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    parts = [part for part in re.split(r"[/;,|\n]", str(text)) if part.strip()]
    found = [_one_number(part, text, birth_year, sex) for part in parts]
    citizens = [each for each in found if each.kind is IdKind.CITIZEN]
    old = [each for each in found if each.kind is IdKind.OLD]
    if not found or len(citizens) > 1 or len(old) > 1:
        raise UnclearId(text=text)
    if citizens and old:
        return IdNumber(citizens[0].number, IdKind.CITIZEN, citizens[0].padded, former=old[0].number)
    return found[0]


def _one_number(part: str, text: object, birth_year: int | None, sex: Sex | None) -> IdNumber:
    number, padded = part.strip().lstrip("'").strip(), False
    if not (number.isascii() and number.isdecimal()):
        number = _LABEL.sub("", fold(number))
    if number.removesuffix(".0").isdecimal():
        number, padded = repad(number.removesuffix(".0"), birth_year=birth_year, sex=sex)
    else:  # grouped digits were typed as text: no zero was lost, and a missing digit must not look like one
        number = _BETWEEN_DIGITS.sub("", number)
    if _CITIZEN.fullmatch(number):
        return IdNumber(number, IdKind.CITIZEN, padded)
    if _OLD.fullmatch(number):
        return IdNumber(number, IdKind.OLD, padded)
    raise UnclearId(text=text)


def check_id(number: str, *, birth_year: int | None, sex: Sex | None) -> list[IdDoubt]:
    """What speaks against this number for a person born in ``birth_year``; what is not known is not compared.

    An empty list says no more than that: there is no check digit. A nine-digit CMND of the right shape has no doubts.
    """
    if not (number.isascii() and number.isdecimal()) or len(number) not in (9, 12):
        return [IdDoubt.SHAPE]
    if len(number) == 9:
        return []
    doubts = []
    if number[:3] not in PROVINCE_CODES and int(number[:3]) not in _COUNTRY_CODES:
        doubts.append(IdDoubt.PLACE)
    century = ord(number[3]) - 48 >> 1
    if century > 1:
        doubts.append(IdDoubt.CENTURY)
    if birth_year is not None and birth_year != birth_year_in(number):
        doubts.append(IdDoubt.BIRTH_YEAR)
    if sex is not None and sex is not sex_in(number):
        doubts.append(IdDoubt.SEX)
    return doubts


def birth_year_in(number: str) -> int:
    """The year of birth in a 12-digit number."""
    return 1900 + (int(number[3]) >> 1) * 100 + int(number[4:6])


def sex_in(number: str) -> Sex:
    """The sex in a 12-digit number: even for men, odd for women."""
    return Sex.FEMALE if int(number[3]) & 1 else Sex.MALE


def repad(digits: str, *, birth_year: int | None = None, sex: Sex | None = None) -> tuple[str, bool]:
    """Put back the zeros a spreadsheet dropped, and say whether it did.

    Ten or eleven digits become twelve only when nothing then speaks against the number; eight become the nine of a
    CMND. Digits that still begin with zero lost none: they are short for another reason and are left alone.
    """
    if not (digits.isascii() and digits.isdecimal()) or digits[0] == "0":
        return digits, False
    if len(digits) == 8:
        return f"0{digits}", True
    if len(digits) in (10, 11):
        whole = digits.zfill(12)
        if not check_id(whole, birth_year=birth_year, sex=sex):
            return whole, True
    return digits, False


def mask(number: str) -> str:
    """``••• ••• 402``: enough to tell two people apart in a queue, too little to misuse."""
    return f"••• ••• {number[-3:]}" if len(number) >= 8 else "••• ••• •••"
