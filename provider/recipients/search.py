"""Finding a person among hundreds of thousands in a few milliseconds.

One index row holds all that is needed to decide (``PersonWord``), so nothing is joined before the twenty people are
known. The word that narrows most drives the search, found by counts that stop early; the others are checked in the
row's line. One loose round comes first: when it finds everybody there is, ranking happens in memory; only when there
are more than fit, stricter rounds bring the exact hits to the top.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, and_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from provider.recipients.finding import ID_DIGITS, Asked, weight
from provider.recipients.models import Person, PersonWord

ENOUGH_TO_KNOW: Final = 1_000
"""Counting a word stops here: beyond it, which of two words is rarer is guessed from the names of the country."""
ROWS_LOOKED_AT: Final = 60_000
"""A round looks at no more rows than this, so that no question can hold up everybody else."""
ROWS_RANKED: Final = 15_000
"""A round that only brings exact hits to the top looks at no more than this."""

Scope = frozenset[int] | None


def ids_found(session: Session, asked: Asked, communes: Scope, limit: int) -> list[int]:
    """People that fit what was asked, the nearest rounds first; at most three times ``limit``."""
    if communes is not None and not communes:
        return []
    found: dict[int, None] = {}
    if asked.digits:
        found.update(dict.fromkeys(_by_number(session, asked, communes, limit)))
    if asked.words:
        found.update(dict.fromkeys(_by_words(session, asked, communes, limit)))
    return list(found)[: 3 * limit]


def _by_words(session: Session, asked: Asked, communes: Scope, limit: int) -> list[int]:
    loose = _round(session, asked.words, asked.words, communes, 3 * limit, whole=False)
    if len(loose) >= 3 * limit:
        exact: list[int] = []
        if asked.has_accents:
            exact = _round(session, asked.words, asked.accented, communes, limit, whole=True)
        if len(exact) < limit:
            exact += _round(session, asked.words, asked.words, communes, limit, whole=True)
        return [*exact, *loose]
    if len(loose) < limit and asked.loose != asked.words:
        loose += _round(session, asked.loose, asked.loose, communes, limit, whole=False)
    if len(loose) < limit and asked.as_initials:
        loose += _round(session, asked.as_initials, asked.as_initials, communes, limit, whole=False)
    return loose


def _round(
    session: Session, words: Sequence[str], shown: Sequence[str], communes: Scope, limit: int, *, whole: bool
) -> list[int]:
    """People with all these words: the driving one by the index, the others (and its accents) in the line."""
    driver = _narrowest(session, words, communes, whole=whole)
    if driver is None:
        return []
    end = " " if whole else ""
    needed = [shown[place] for place in range(len(words)) if place != driver or shown[place] != words[place]]
    rows = (
        select(PersonWord.person_id, PersonWord.line)
        .where(_has(words[driver], whole=whole), *_inside(session, communes))
        .limit(ROWS_RANKED if whole else ROWS_LOOKED_AT)
        .subquery()
    )
    wanted = select(rows.c.person_id).where(*(rows.c.line.like(f"% {_plain(word)}{end}%") for word in needed))
    # A prefix may fit two words of one name; twice the limit leaves enough after those fall together.
    found = session.scalars(wanted.limit(limit if whole else 2 * limit))
    return list(dict.fromkeys(found))[:limit]


def _narrowest(session: Session, words: Sequence[str], communes: Scope, *, whole: bool) -> int | None:
    """Which word narrows most; None when one of them fits nobody. Birth years stand in the line only."""
    best: tuple[int, tuple[int, int], int] | None = None
    for place in sorted(range(len(words)), key=lambda place: weight(words[place])):
        if _is_year(words[place]) and len(words) > 1:
            continue
        few = select(PersonWord.person_id).where(_has(words[place], whole=whole), *_inside(session, communes))
        count = session.scalar(select(func.count()).select_from(few.limit(ENOUGH_TO_KNOW).subquery())) or 0
        if count == 0:
            return None
        if best is None or (count, weight(words[place])) < best[:2]:
            best = (count, weight(words[place]), place)
        if count < ENOUGH_TO_KNOW:
            break  # already narrow: counting the rest would cost more than it saves
    return best[2] if best else None


def _has(word: str, *, whole: bool) -> ColumnElement[bool]:
    if whole:
        return PersonWord.word == word
    return and_(PersonWord.word >= word, PersonWord.word < f"{word}\U0010ffff")


def _inside(session: Session, communes: Scope) -> list[ColumnElement[bool]]:
    if communes is None:
        return []
    if session.get_bind().dialect.name == "postgresql":
        # One array: a hundred parameters in each of five statements cost more than the search itself.
        return [PersonWord.commune_id == func.any(literal(sorted(communes), ARRAY(BigInteger)))]
    return [PersonWord.commune_id.in_(sorted(communes))]


def _by_number(session: Session, asked: Asked, communes: Scope, limit: int) -> list[int]:
    """People whose identity number ends in the digits; with names typed besides, only those who bear them."""
    if len(asked.digits) < ID_DIGITS:
        return []
    start = asked.digits[::-1]
    wanted = select(Person.id).where(Person.id_reversed >= start, Person.id_reversed < f"{start}:")
    if communes is not None:
        # "+ 0" keeps the engine on the index of the digits, by far the narrower one.
        wanted = wanted.where((Person.commune_id + 0).in_(sorted(communes)))
    for word in asked.names:
        wanted = wanted.where((" " + Person.name_fold).like(f"% {_plain(word)}%"))
    return list(session.scalars(wanted.limit(limit)))


def _is_year(word: str) -> bool:
    return word.isdigit() and len(word) == 4 and word[:2] in ("18", "19", "20")


def _plain(word: str) -> str:
    """Words come out of ``finding.asked`` without the signs that LIKE would read as its own."""
    return word.replace("%", "").replace("_", "")
