"""Kinds of places, and what the name of a commune says however it was written; pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from provider.names import fold


class Level(StrEnum):
    """How high a unit stands; districts exist until 30/06/2025 only."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class OfficeKind(StrEnum):
    """How high a post office stands."""

    PROVINCE = "province"
    AREA = "area"
    COUNTER = "counter"


# The longest spelling first, so that "thi xa" is not read as "xa".
_KINDS: Final = {
    "thu do": "thanh pho",
    "thanh pho": "thanh pho",
    "thi tran": "thi tran",
    "thi xa": "thi xa",
    "dac khu": "dac khu",
    "phuong": "phuong",
    "huyen": "huyen",
    "quan": "quan",
    "tinh": "tinh",
    "xa": "xa",
    "t.p": "thanh pho",
    "t.t": "thi tran",
    "t.x": "thi xa",
    "tp": "thanh pho",
    "tt": "thi tran",
    "tx": "thi xa",
    "dk": "dac khu",
    "p": "phuong",
    "h": "huyen",
    "q": "quan",
    "t": "tinh",
    "x": "xa",
}
_WHOLE: Final = "|".join(word for word in _KINDS if word == "xa" or (len(word) > 2 and "." not in word))
_SHORT: Final = "|".join(re.escape(word) for word in _KINDS if word != "xa" and (len(word) <= 2 or "." in word))
# A short form needs its point, a space or a digit after it: "P.1", "P 1", "P1", "TT Thanh Miện", but not "Ptoy".
_KIND: Final = re.compile(rf"(?P<whole>{_WHOLE})[ .:]+(?=\w)|(?P<short>{_SHORT})(?:\s*[.:]\s*|\s+|(?=\d))(?=\w)")
_APART: Final = re.compile(r"[\s\-\u2010-\u2015.,;:()]+")
_ZEROS: Final = re.compile(r"\b0+(?=\d)")


@dataclass(frozen=True, slots=True)
class UnitName:
    """What a written name says: ``kind`` folded ("phuong"; empty when not said) and ``bare`` ("1", "hai le")."""

    kind: str
    bare: str

    @property
    def whole(self) -> str:
        """Kind and name, as units are found in the register: "phuong 1"."""
        return f"{self.kind} {self.bare}".strip()


def read_unit_name(text: str) -> UnitName:
    """What "Phường 1", "P.1", "X. Hải Lệ", "TT Thanh Miện" or "Hải Lệ" say; case, marks and hyphens do not count."""
    folded = fold(text).strip(" .,:;-")
    found = _KIND.match(folded)
    kind = _KINDS[found["whole"] or found["short"]] if found else ""
    rest = folded[found.end() :] if found else folded
    return UnitName(kind, _ZEROS.sub("", " ".join(_APART.split(rest)).strip()))


_TIDY_KINDS: Final = re.compile(
    r"^(?:thành phố|thủ đô|thị trấn|thị xã|đặc khu|phường|huyện|quận|tỉnh|xã)\b", re.IGNORECASE
)


def tidy_unit_name(text: str) -> str:
    """The name with one capital at its kind: "Thành Phố Cần Thơ" is "Thành phố Cần Thơ"; "Thủ Đô" is a "Thành phố"."""
    name = " ".join(text.split())
    found = _TIDY_KINDS.match(name)
    if not found:
        return name
    kind = found[0].lower()
    return ("Thành phố" if kind == "thủ đô" else kind.capitalize()) + name[found.end() :]
