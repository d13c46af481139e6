"""Passwords: how they are kept, and which are refused.

Argon2id over the NFKC form (Vietnamese input methods type the same word in several ways). No rules of composition and
no expiry (NIST SP 800-63B-4): length counts, and what everybody tries first is refused. What is common is decided by a
rule rather than by a list of whole passwords: a word of ``common_words.txt`` stays common with any year, digits, signs
or look-alike letters around it.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from provider.names import fold
from provider.staff.refusals import PasswordTooCommon, PasswordTooLong, PasswordTooShort, UnsafePin

LEAST_ALONE: Final = 15
LEAST_WITH_SECOND_FACTOR: Final = 8
MOST: Final = 128
LEAST_OF_ONE_S_OWN: Final = 5
"""So many characters must remain when everything common is taken away."""
PIN_LENGTH: Final = 6


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int


PRODUCTION_COST: Final = Cost(memory=64 * 1024, passes=3, lanes=4)
"""The library's own default (RFC 9106, second choice); OWASP's least is Cost(19456, 2, 1)."""

COST = PRODUCTION_COST
"""What a new hash costs now; tests lower it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of checking a password, worked out before a writing transaction begins: hashing is slow on purpose."""

    against: str
    """The hash it was checked against; empty when there is no such account."""
    right: bool
    renewed: str = ""
    """A hash at today's cost, when the kept one is from cheaper days."""


def hash_of(password: str) -> str:
    """A password or PIN as it is kept."""
    return _hasher(COST).hash(_normal(password))


def prove(kept: str, password: str) -> Proof:
    """Check a password against what is kept. Takes as long for an account that does not exist."""
    hasher = _hasher(COST)
    if len(password) > 4 * MOST:
        return Proof(kept, right=False)
    try:
        right = hasher.verify(kept or _nobody(COST), _normal(password)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return Proof(kept, right=False)
    renewed = hasher.hash(_normal(password)) if right and hasher.check_needs_rehash(kept) else ""
    return Proof(kept, right, renewed)


def refuse_weak(password: str, *, second_factor: bool, about: Iterable[str] = ()) -> None:
    """Refuse what is too short, too long or too common; ``about`` are words about the person (login, name).

    Raises PasswordTooShort, PasswordTooLong, PasswordTooCommon.
    """
    normal = _normal(password)
    least = LEAST_WITH_SECOND_FACTOR if second_factor else LEAST_ALONE
    if len(normal) < least:
        raise PasswordTooShort(least=least)
    if len(normal) > MOST:
        raise PasswordTooLong(most=MOST)
    if is_common(normal, about=about):
        raise PasswordTooCommon()


def refuse_unsafe_pin(pin: str) -> None:
    """Six digits, neither one digit again and again nor a run. Raises UnsafePin."""
    if len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdecimal()):
        raise UnsafePin()
    steps = {int(later) - int(earlier) for earlier, later in pairwise(pin)}
    if steps in ({0}, {1}, {-1}) or pin[:3] * 2 == pin or pin[:2] * 3 == pin:
        raise UnsafePin()


def is_common(password: str, *, about: Iterable[str] = ()) -> bool:
    """Whether hardly anything remains of a password without common words, the person's own words, digits and runs."""
    plain = "".join(fold(password).split())
    own = {word for text in about for word in (*_words(text), "".join(_words(text))) if len(word) > 2}
    words = sorted(own | common_words(), key=len, reverse=True)
    bare = "".join(letter for letter in plain if letter.isalpha())
    core = plain.strip("".join({letter for letter in plain if not letter.isalpha()})).translate(_LOOK_ALIKES)
    return any(_left_over(text, words) < LEAST_OF_ONE_S_OWN for text in (bare, core))


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """The words and key runs that passwords are mostly made of, folded, without look-alike digits."""
    text = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word.translate(_LOOK_ALIKES) for line in lines for word in line.split())


_CODE_ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_activation_code() -> str:
    """A one-time code to hand over on paper or by telephone: 59 bits, no letters that look alike."""
    letters = [secrets.choice(_CODE_ALPHABET) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


def activation_hash(code: str) -> str:
    """What of an activation code is kept; spaces, dashes and case do not matter."""
    tidy = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(tidy.encode()).hexdigest()


_LOOK_ALIKES: Final = str.maketrans("013457@$!", "oieastasi")


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _words(text: str) -> list[str]:
    folded = "".join(letter if letter.isalnum() else " " for letter in fold(text))
    return folded.translate(_LOOK_ALIKES).split()


def _left_over(text: str, words: list[str]) -> int:
    """How many letters remain without these words, and without letters that repeat or follow the one before."""
    for word in words:
        text = text.replace(word, " ")
    letters = [letter for letter in text if letter.isalpha()]
    return sum(1 for before, letter in pairwise(["", *letters]) if not before or abs(ord(letter) - ord(before)) > 1)


@lru_cache(maxsize=8)
def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes)


@lru_cache(maxsize=8)
def _nobody(cost: Cost) -> str:
    return _hasher(cost).hash(secrets.token_hex(16))
