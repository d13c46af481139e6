"""A name cell: the name, and what somebody wrote behind it (dead, guardian, "bà B nhận")."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from provider.names import fold

_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?\s*$")
_BRACKET_INSIDE = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_DASH = re.compile(r"\s+[-–—:]\s*|\s*[-–—]\s+|\s*[;/]\s*|\s*,\s*(?=[^\W\d_])")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"), None)
_DEAD = re.compile(r"\b(?:chet|tu tran|da mat|qua doi|mat ngay|mat thang|da chet|mat nam)\b|^mat$")
_STOPPED = re.compile(r"\b(?:cat|dung|giam|chuyen di|thoi huong|tam dung|da chuyen|chuyen khau)\b")
_PAYEE = re.compile(
    r"^(?P<relation>con ruot|con trai|con gai|con dau|con re|con|vo|chong|me|bo|cha|ba noi|ong noi|"
    r"ba ngoai|ong ngoai|ong|ba|anh|chi|"
    r"em|chau|co|di|chu|bac|gh|giam ho|nguoi giam ho|ngh|uq|uy quyen|nguoi nhan|nhan thay|ndd|dai dien|"
    r"ntn)\b\s*(?:la|:|\.|-)?\s*"
)
_TAKES = re.compile(r"\s*\b(?:nhận thay|lĩnh thay|nhận hộ|nhận|lĩnh|ký nhận)\b.*$", re.IGNORECASE)
_ROLE: Final = {
    "gh": "giám hộ",
    "giam ho": "giám hộ",
    "nguoi giam ho": "giám hộ",
    "ngh": "giám hộ",
    "uq": "ủy quyền",
    "uy quyen": "ủy quyền",
    "nguoi nhan": "người nhận",
    "nhan thay": "nhận thay",
    "ndd": "đại diện",
    "dai dien": "đại diện",
    "ntn": "người nhận",
}


@dataclass(frozen=True, slots=True)
class Name:
    """``notes`` are the parts that are no name; ``payee`` and ``relation`` when a note names who collects."""

    name: str
    notes: tuple[str, ...] = ()
    payee: str | None = None
    relation: str | None = None
    dead: str | None = None
    stopped: str | None = None
    doubts: tuple[str, ...] = field(default=())


def tidy(text: str) -> str:
    """NFC, single spaces, nothing invisible; tones and capitals stay as written."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).replace("\xa0", " ")
    return " ".join(text.split())


def read_name(text: str) -> Name:
    """Split a name cell into the name and its notes."""
    clean = tidy(text).lstrip("'*-–. ").rstrip("*.,;-– ")
    if clean.replace(" ", "").isalpha():
        return Name(clean)
    return _with_notes(clean)


@lru_cache(maxsize=4096)
def _with_notes(clean: str) -> Name:
    notes: list[str] = []
    match = _BRACKET.search(clean)
    while match and match.start() > 0:
        notes.insert(0, match[1].strip())
        clean = clean[: match.start()].strip()
        match = _BRACKET.search(clean)
    inside = _BRACKET_INSIDE.search(clean)
    if inside and inside.start() > 0:
        notes.append(inside[1].strip())
        clean = f"{clean[: inside.start()]} {clean[inside.end() :]}".strip()
    cut = _DASH.search(clean)
    if cut and cut.start() > 1:
        behind = clean[cut.end() :].strip()
        if behind and (" " in clean[: cut.start()].strip() or _is_note(behind)):
            notes.insert(0, behind)
            clean = clean[: cut.start()].strip()
    clean = re.sub(r"^\d{1,4}\s*[.)\-]\s*", "", clean).rstrip("*.,;-– ")
    payee = relation = dead = stopped = None
    for note in filter(None, notes):
        folded = fold(note)
        if _DEAD.search(folded):
            dead = dead or note
        elif _STOPPED.search(folded):
            stopped = stopped or note
        elif payee is None:
            payee, relation = _payee(note)
    return Name(clean, tuple(note for note in notes if note), payee, relation, dead, stopped)


def _is_note(text: str) -> bool:
    folded = fold(text)
    return bool(_DEAD.search(folded) or _STOPPED.search(folded) or _PAYEE.match(folded))


def _payee(note: str) -> tuple[str | None, str | None]:
    """Whom a note names: "con: Nguyễn Văn B", "GH: …", "Nguyễn Văn B nhận"."""
    takes = _TAKES.search(note)
    rest = note[: takes.start()].strip() if takes else note
    match = _PAYEE.match(fold(rest))
    relation = None
    if match:
        word = match["relation"]
        relation = _ROLE.get(word) or rest[: len(word)].lower()
        rest = rest[match.end() :].strip(" :.-")
    words = rest.split()
    if 2 <= len(words) <= 6 and all(word[:1].isalpha() and word[:1].isupper() for word in words) and (takes or match):
        return rest, relation
    return None, None


def says_dead(text: str) -> bool:
    return _DEAD.search(fold(text)) is not None


def says_stopped(text: str) -> bool:
    return _STOPPED.search(fold(text)) is not None


@lru_cache(maxsize=50_000)
def looks_like_name(text: str) -> bool:
    """Two to seven words of letters, the first ones with capitals."""
    words = text.split()
    if not 2 <= len(words) <= 8:
        return False
    letters = all(word.replace("'", "").replace("-", "").replace(".", "").isalpha() for word in words)
    return letters and words[0][0].isupper() and words[-1][:1].isupper()
