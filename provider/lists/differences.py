"""What changed between two months: who is new, who is gone, and what is different about those who stayed; pure.

Somebody is recognised by the identity number (when name or birth fits it too), else by name, birth and commune, else by
name and full day of birth in another commune; the last two need a person's confirmation. It is lines that are compared,
since one person may have two allowances. Lines that hold only one-time money (a funeral, arrears alone) come and go by
nature and are set aside. Source of the kinds of changes: DOMAIN 5.6 (mới, mất, đổi mức, đổi CCCD, đổi tên).
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import Final, NamedTuple

from provider.errors import N_
from provider.lists.reading.steady import no_collecting
from provider.money import Money
from provider.names import fold, same_name

CLOSE_LOOK: Final = 64
"""More combinations than this in one group (a number copied down a column) are paired by equal words only."""


class Change(StrEnum):
    """What is different about somebody who stayed."""

    AMOUNT = "amount"
    CATEGORY = "category"
    ID_NUMBER = "id_number"
    NAME = "name"
    BIRTH = "birth"
    COMMUNE = "commune"
    ACCOUNT = "account"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _CHANGES[self]


_CHANGES: Final = {
    Change.AMOUNT: N_("Đổi mức"),
    Change.CATEGORY: N_("Đổi đối tượng"),
    Change.ID_NUMBER: N_("Đổi số CCCD"),
    Change.NAME: N_("Đổi họ tên"),
    Change.BIRTH: N_("Đổi ngày sinh"),
    Change.COMMUNE: N_("Đổi xã, phường"),
    Change.ACCOUNT: N_("Đổi tài khoản"),
}

OF_MONEY: Final = frozenset({Change.AMOUNT, Change.CATEGORY})
"""Changes that a list of adjustments must explain; the others are about the person."""


class Found(StrEnum):
    """By what somebody was recognised."""

    NUMBER = "number"
    NAME = "name"
    ELSEWHERE = "elsewhere"


class Line(NamedTuple):
    """One line of a person on a list. ``monthly`` comes every month, ``once`` does not (arrears, one-off, deduction).

    ``unit`` is the commune by today's register, "" when unknown; ``key`` is the number of the row, 0 for none.
    """

    key: int
    sheet: str
    row: int
    once: Money
    hamlet: str
    name: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    id_number: str
    commune: str
    unit: str
    benefit: str
    benefit_text: str
    monthly: Money
    account: str


_COMPARED: Final = slice(Line._fields.index("name"), None)


class Difference(NamedTuple):
    """One line in both months: ``before`` is None for somebody new, ``after`` for somebody gone."""

    before: Line | None
    after: Line | None
    changes: tuple[Change, ...] = ()
    found: Found = Found.NUMBER

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_gone(self) -> bool:
        return self.after is None

    @property
    def needs_confirming(self) -> bool:
        """Recognised by name only."""
        return self.found is not Found.NUMBER

    @property
    def moves_money(self) -> bool:
        """New, gone, or with another amount or category: what a list of movements must explain."""
        return self.before is None or self.after is None or not OF_MONEY.isdisjoint(self.changes)

    @property
    def line(self) -> Line:
        """The newer of its lines."""
        line = self.after or self.before
        assert line is not None
        return line

    @property
    def monthly(self) -> int:
        """What it adds to the month, in đồng."""
        return (self.after.monthly.dong if self.after else 0) - (self.before.monthly.dong if self.before else 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """A month in figures: lines with monthly money, what they add up to, and one-time money of all lines."""

    lines: int
    monthly: Money
    once: Money


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two months side by side. ``same`` are those who stayed as they were."""

    before: Tally
    after: Tally
    new: tuple[Difference, ...]
    gone: tuple[Difference, ...]
    changed: tuple[Difference, ...]
    same: tuple[Difference, ...]

    def counts(self) -> dict[str, int]:
        """How many lines are new, gone, or changed in each way."""
        counts = {"new": len(self.new), "gone": len(self.gone)}
        counts |= {change.value: sum(change in one.changes for one in self.changed) for change in Change}
        return counts


def compare(before: Iterable[Line], after: Iterable[Line]) -> Comparison:
    """Every line of both months, once: as new, gone, changed or the same; in the order of the lists."""
    with no_collecting():
        return _compare(list(before), list(after))


def _compare(earlier: list[Line], later: list[Line]) -> Comparison:
    was = [line for line in earlier if line.monthly.dong or not line.once.dong]
    now = [line for line in later if line.monthly.dong or not line.once.dong]
    places = {id(line): at for at, line in enumerate(now)}
    stayed: list[tuple[int, Difference]] = []
    left, right = was, now
    for found, key, fits in _PASSES:
        matched = _pair(left, right, key, fits)
        for old, new in matched:
            changes = () if old[_COMPARED] == new[_COMPARED] else changes_between(old, new)
            stayed.append((places[id(new)], Difference(old, new, changes, found)))
        done = {id(old) for old, _new in matched} | {id(new) for _old, new in matched}
        left = [line for line in left if id(line) not in done]
        right = [line for line in right if id(line) not in done]
    stayed.sort(key=itemgetter(0))
    return Comparison(
        _tally(earlier, len(was)),
        _tally(later, len(now)),
        tuple(Difference(None, line) for line in right),
        tuple(Difference(line, None) for line in left),
        tuple(one for _at, one in stayed if one.changes),
        tuple(one for _at, one in stayed if not one.changes),
    )


def changes_between(old: Line, new: Line) -> tuple[Change, ...]:
    """What is different between two lines of one person; what one of them does not say is not different."""
    changes = []
    if old.monthly != new.monthly:
        changes.append(Change.AMOUNT)
    if not same_benefit(old, new):
        changes.append(Change.CATEGORY)
    if old.id_number != new.id_number:
        changes.append(Change.ID_NUMBER)
    if old.name != new.name and not same_name(old.name, new.name):
        changes.append(Change.NAME)
    if not same_birth(old, new):
        changes.append(Change.BIRTH)
    if not same_commune(old, new):
        changes.append(Change.COMMUNE)
    if old.account != new.account:
        changes.append(Change.ACCOUNT)
    return tuple(changes)


def same_benefit(a: Line, b: Line) -> bool:
    """By our code where both have one, else by their words."""
    if a.benefit and b.benefit:
        return a.benefit == b.benefit
    return not a.benefit_text or not b.benefit_text or fold(a.benefit_text) == fold(b.benefit_text)


def same_birth(a: Line, b: Line) -> bool:
    """Whether two days of birth agree as far as both are known."""
    theirs = ((a.birth_year, b.birth_year), (a.birth_month, b.birth_month), (a.birth_day, b.birth_day))
    return all(x is None or y is None or x == y for x, y in theirs)


def same_commune(a: Line, b: Line) -> bool:
    """By today's unit where both have one, else by name; what is not said does not differ."""
    if a.unit and b.unit:
        return a.unit == b.unit
    return not a.commune or not b.commune or fold(a.commune) == fold(b.commune)


def alike(a: str, b: str) -> bool:
    """Whether two names may be one person's beside the same number: equal without marks, or the same given name."""
    one, other = fold(a), fold(b)
    return one == other or one.rpartition(" ")[2] == other.rpartition(" ")[2]


def numbers_allow(a: Line, b: Line) -> bool:
    """Whether two lines of one name may be one person as far as their identity numbers go.

    Two different 12-digit numbers are two people, unless they differ by a slip of the hand or the day of birth agrees.
    """
    if not a.id_number or not b.id_number or len(a.id_number) != len(b.id_number):
        return True
    slips = sum(x != y for x, y in zip(a.id_number, b.id_number, strict=True))
    return slips <= 2 or (a.birth_day is not None and b.birth_day is not None and same_birth(a, b))


# -- passes: (recognised by, key of a line or None, may these two be one?)


def _by_number(line: Line) -> Hashable:
    return line.id_number or None


def _by_name(line: Line) -> Hashable:
    return (fold(line.name), line.birth_year, line.unit or fold(line.commune)) if line.name else None


def _by_name_anywhere(line: Line) -> Hashable:
    return (fold(line.name), line.birth_year, line.birth_month, line.birth_day) if line.birth_day else None


def _one_number(a: Line, b: Line) -> bool:
    return a.name == b.name or alike(a.name, b.name) or (a.birth_year is not None and same_birth(a, b))


def _one_name(a: Line, b: Line) -> bool:
    if a.birth_year is None and fold(a.hamlet) != fold(b.hamlet):
        return False
    return same_birth(a, b) and numbers_allow(a, b)


def _moved(a: Line, b: Line) -> bool:
    return not a.id_number or not b.id_number or len(a.id_number) != len(b.id_number)


_PASSES: Final[tuple[tuple[Found, Callable[[Line], Hashable], Callable[[Line, Line], bool]], ...]] = (
    (Found.NUMBER, _by_number, _one_number),
    (Found.NAME, _by_name, _one_name),
    (Found.ELSEWHERE, _by_name_anywhere, _moved),
)


def _pair(
    left: Sequence[Line],
    right: Sequence[Line],
    key: Callable[[Line], Hashable],
    fits: Callable[[Line, Line], bool],
) -> list[tuple[Line, Line]]:
    first: dict[Hashable, Line] = {}
    more: dict[Hashable, list[Line]] = {}
    for line in left:
        if (its_key := key(line)) is not None and first.setdefault(its_key, line) is not line:
            more.setdefault(its_key, [first[its_key]]).append(line)
    asked: dict[Hashable, Line] = {}
    crowds: dict[Hashable, list[Line]] = {}
    for line in right:
        if (its_key := key(line)) in first and asked.setdefault(its_key, line) is not line:
            crowds.setdefault(its_key, [asked[its_key]]).append(line)
    pairs: list[tuple[Line, Line]] = []
    for its_key, new in asked.items():
        if its_key not in more and its_key not in crowds:
            if fits(first[its_key], new):
                pairs.append((first[its_key], new))
            continue
        olds, news = more.get(its_key, [first[its_key]]), crowds.get(its_key, [new])
        small = len(olds) * len(news) <= CLOSE_LOOK
        pairs += _best(olds, news, fits) if small else _equal_words(olds, news)
    return pairs


def _best(olds: Sequence[Line], news: Sequence[Line], fits: Callable[[Line, Line], bool]) -> list[tuple[Line, Line]]:
    """The likeliest pairs of a small group, each line once."""
    ranked = sorted(
        ((_nearness(old, new), i, j) for i, old in enumerate(olds) for j, new in enumerate(news) if fits(old, new)),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for _score, i, j in ranked:
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            pairs.append((olds[i], news[j]))
    return pairs


def _nearness(old: Line, new: Line) -> int:
    return (
        32 * (fold(old.name) == fold(new.name))
        + 16 * (same_benefit(old, new) and bool(old.benefit_text or old.benefit))
        + 8 * (old.birth_day is not None and same_birth(old, new))
        + 4 * (old.monthly == new.monthly)
        + 2 * (fold(old.hamlet) == fold(new.hamlet))
        + (old.account == new.account)
    )


def _equal_words(olds: Sequence[Line], news: Sequence[Line]) -> list[tuple[Line, Line]]:
    waiting: dict[Hashable, list[Line]] = defaultdict(list)
    for old in reversed(olds):
        waiting[_words(old)].append(old)
    return [(waiting[_words(new)].pop(), new) for new in news if waiting.get(_words(new))]


def _words(line: Line) -> Hashable:
    return (
        fold(line.name), line.birth_year, line.birth_month, line.birth_day, line.unit or fold(line.commune),
        fold(line.hamlet), line.benefit or fold(line.benefit_text),
    )  # fmt: skip


def _tally(lines: Sequence[Line], count: int) -> Tally:
    return Tally(count, Money(sum(line.monthly.dong for line in lines)), Money(sum(line.once.dong for line in lines)))
