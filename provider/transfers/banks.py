"""The table of banks: what people write, and the number (BIN) by which banks find each other.

The numbers are those of NAPAS. They are kept as data and never taken over from what somebody pasted: several public
lists hold wrong ones. A bank that was renamed keeps its number, and its old names.
"""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from provider.names import fold

_TABLE: Final = Path(__file__).parent / "data" / "banks.csv"
_LETTERS_ONLY: Final = re.compile(r"[^a-z0-9]+")
# From here on the name of a branch follows, and a branch in A Lưới is not the Nam Á bank.
_BRANCH: Final = re.compile(r"\b(?:cn|chi nhanh|pgd|phong giao dich|phong gd|qtd)\b")


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank or wallet: ``bin`` is its number, ``written`` the folded words by which people mean it."""

    bin: str
    name: str
    is_wallet: bool
    written: tuple[str, ...]


@lru_cache(maxsize=1)
def banks() -> tuple[Bank, ...]:
    """All banks, in the order of the table."""
    with _TABLE.open(encoding="utf-8", newline="") as table:
        return tuple(
            Bank(row["bin"], row["name"], row["kind"] == "wallet", tuple(row["written"].split("|")))
            for row in csv.DictReader(table)
        )


@lru_cache(maxsize=4096)
def bank_of(text: str) -> Bank | None:
    """The bank that somebody means by a name, a short name, a number or a full title with its branch.

    Of several banks named the one named first counts, of several readings of the same words the longest: "Sài Gòn Công
    Thương" is not "Sài Gòn". None when nobody can tell.
    """
    words = " ".join(_LETTERS_ONLY.sub(" ", fold(text)).split())
    by_number = {bank.bin: bank for bank in banks()}
    if words in by_number:
        return by_number[words]
    words = _BRANCH.split(words, maxsplit=1)[0].strip() or words
    padded = f" {words} "
    found = [
        (place, -len(written), bank)
        for bank in banks()
        for written in bank.written
        if (place := padded.find(f" {written} ")) >= 0
    ]
    return min(found, key=lambda hit: hit[:2])[2] if found else None
