"""What a person is found by, and what somebody meant who typed into the search box; pure.

A person leaves *traces*: words (each a row of the index) and one line that holds all of them, so that one row can be
checked against every other word that was typed. Words are folded; the line also has the words as they are accented,
the birth year, and the initials after a point.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from provider.names import clean, fold, fold_loose, initials

LINE: Final = 320
WORD: Final = 32
_ODD: Final = re.compile(r"[^\w.'/\-]|_")
_DIGITS: Final = re.compile(r"\d{4,}")
ID_DIGITS: Final = 4
"""From so many digits on, what was typed may be the end of an identity number."""


@dataclass(frozen=True, slots=True)
class Traces:
    """The words a person is found by, and the line to check other words against."""

    words: tuple[str, ...]
    line: str


def traces(name: str, birth_year: int | None, marks: Iterable[str] = ()) -> Traces:
    """What a person is found by; ``marks`` are book numbers, an old identity number, a phone number."""
    folded = _tokens(fold(name))
    loose = [word for word in _tokens(fold_loose(name)) if word not in folded]
    short = f".{initials(name)}"
    written: list[str] = []
    for mark in marks:
        whole = "".join(_tokens(fold(mark)))
        if whole:
            written.append(whole)
            written += [digits for digits in _DIGITS.findall(whole) if not whole.startswith(digits)]
    words = dict.fromkeys(word[:WORD] for word in (*folded, *loose, short, *written) if word != ".")
    accented = [word for word in _tokens(clean(name).lower()) if word not in folded]
    year = [str(birth_year)] if birth_year else []
    line = " ".join((*words, *year, *accented))
    return Traces(tuple(words), f" {line[: LINE - 2]} ")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: folded words, the same as accented where accents were typed, and digits that may end an ID."""

    words: tuple[str, ...]
    accented: tuple[str, ...]
    digits: str

    @property
    def has_accents(self) -> bool:
        """Whether accents were typed, so that hits with the same accents come first."""
        return self.accented != self.words

    @property
    def names(self) -> tuple[str, ...]:
        """The words without the digits."""
        return tuple(word for word in self.words if not word.isdigit())

    @property
    def loose(self) -> tuple[str, ...]:
        """The words with y as i at their end: a second chance for Mỹ and Mĩ."""
        return tuple(fold_loose(word) for word in self.words)

    @property
    def as_initials(self) -> tuple[str, ...]:
        """The words with the first of two to five letters read as initials; empty when none can be."""
        for place, word in enumerate(self.words):
            if word.isalpha() and 2 <= len(word) <= 5:
                return (*self.words[:place], f".{word}", *self.words[place + 1 :])
        return ()


def asked(text: str) -> Asked:
    """Read what was typed: at most eight words; an identity number written with spaces is one."""
    joined = re.sub(r"(?<=\d)[ .]+(?=\d)", "", clean(text)) if not re.search(r"[^\d .]", text) else clean(text)
    accented = _tokens(joined.lower())[:8]
    words = [fold(word)[:WORD] for word in accented]
    digits = [word for word in words if word.isdigit() and ID_DIGITS <= len(word) <= 12]
    return Asked(tuple(words), tuple(accented), digits[0] if len(digits) == 1 else "")


def weight(word: str) -> tuple[int, int]:
    """How much a frequent word narrows a search, when counting stopped early: less frequent, then longer, is better."""
    return _FREQUENT.get(word, 0), -len(word)


_FREQUENT: Final = {
    word: rank
    for rank, word in enumerate(
        (
            *("dao", "dinh", "mai", "ly", "duong", "ngo", "ho", "do", "bui", "xuan", "dang", "duc", "vu", "vo", "phan"),
            *("huynh", "hoang", "ngoc", "huu", "pham", "le", "tran", "van", "nguyen", "thi"),
        ),
        start=1,
    )
}
"""The most frequent words of Vietnamese names, the most frequent last."""


def _tokens(text: str) -> list[str]:
    return [token for token in (_ODD.sub("", word).strip(".-/'") for word in text.split()) if token]
