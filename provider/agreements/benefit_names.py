"""Which benefit a list means, however it writes it: "NKT ĐBN là NCT, trẻ em", "Thương binh" with "61%"; pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from provider.names import fold_loose

_SHORT: Final = {
    "nkt": "nguoi khuyet tat",
    "nct": "nguoi cao tuoi",
    "dbn": "dac biet nang",
    "dbkk": "dac biet kho khan",
    "hdkc": "hoat dong khang chien",
    "hdcm": "hoat dong cach mang",
    "cdhh": "chat doc hoa hoc",
    "bmvnah": "ba me viet nam anh hung",
    "vnah": "viet nam anh hung",
    "ahllvt": "anh hung luc luong vu trang",
    "ahld": "anh hung lao dong",
    "ls": "liet si",
    "tnls": "than nhan liet si",
    "tb": "thuong binh",
    "bb": "benh binh",
    "te": "tre em",
    "mtp": "mai tang phi",
    "hckc": "huan chuong khang chien",
}
_PERCENT: Final = re.compile(
    r"(\d{1,3})\s*%?\s*(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|den)\s*(\d{1,3})\s*%?|(\d{1,3})\s*%"
)
_APART: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class _Said:
    """A text taken apart: its words in full, and the percentage or range it names."""

    words: str
    percent: tuple[int, int] | None


def _said(text: str) -> _Said:
    folded = fold_loose(text)
    found = _PERCENT.search(folded)
    percent = None
    if found:
        low, high = (int(found[1]), int(found[2])) if found[1] else (int(found[3]), int(found[3]))
        percent = (low, high)
        folded = f"{folded[: found.start()]} {folded[found.end() :]}"
    words = [_SHORT.get(word, word) for word in _APART.split(folded) if word]
    return _Said(" ".join(words), percent)


class BenefitNames:
    """The names and synonyms of known benefits, ready to be asked for thousands of rows."""

    def __init__(self, benefits: Iterable[tuple[str, Sequence[str]]]) -> None:
        """``benefits``: the code, then its name and synonyms."""
        self._exact: dict[_Said, set[str]] = {}
        self._ranged: dict[str, list[tuple[int, int, str]]] = {}
        self._bare: dict[str, set[str]] = {}
        self._codes: dict[str, str] = {}
        self._asked: dict[tuple[str, str], str | None] = {}
        for code, names in benefits:
            self._codes[code.upper()] = code
            for name in names:
                said = _said(name)
                self._exact.setdefault(said, set()).add(code)
                self._bare.setdefault(said.words, set()).add(code)
                if said.percent:
                    self._ranged.setdefault(said.words, []).append((*said.percent, code))

    def find(self, text: str, detail: str = "") -> str | None:
        """The code of the benefit meant by a text with its detail ("61%", "2 liệt sĩ"); None when none or unclear."""
        key = (text, detail)
        if key not in self._asked:
            self._asked[key] = self._search(text, detail)
        return self._asked[key]

    def _search(self, text: str, detail: str) -> str | None:
        if (code := self._codes.get(text.strip().upper())) is not None:
            return code
        whole = _said(f"{text} {detail}") if detail.strip() else _said(text)
        if not whole.words:
            return None
        for found in (self._exact.get(whole, set()), self._within(whole)):
            if len(found) == 1:
                return next(iter(found))
        alone = _said(text)
        if whole.percent or alone == whole:
            found = self._bare.get(whole.words, set()) if not whole.percent else set()
        else:
            found = self._exact.get(alone, set())
        return next(iter(found)) if len(found) == 1 else None

    def _within(self, said: _Said) -> set[str]:
        """Benefits whose range of percentages holds what was said."""
        if said.percent is None:
            return set()
        low, high = said.percent
        return {code for least, most, code in self._ranged.get(said.words, []) if least <= low and high <= most}
