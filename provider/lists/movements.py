"""Do the lists of increases, decreases and adjustments say exactly what changed? Pure.

list(m) = list(m-1) + increase - decrease ± adjust: each row of a movement is matched with the line it tells of, by the
identity number, else by name with birth and commune as far as the row gives them. Whatever one side has and the other
has not is named, with a sentence. Source: DOMAIN 3.3 (the lists), 2.4 (an allowance stops the month after a death).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from provider.clock import Month
from provider.errors import N_
from provider.figures import dong
from provider.lists.differences import (
    OF_MONEY,
    Comparison,
    Difference,
    Line,
    alike,
    numbers_allow,
    same_benefit,
    same_birth,
    same_commune,
)
from provider.lists.kinds import MOVEMENTS, ListKind
from provider.money import Money
from provider.names import fold

WRITTEN_IN_THOUSANDS: Final = 10_000
"""A figure below this stands for nghìn đồng when that fits: no allowance is so small."""


class Movement(NamedTuple):
    """One row of a movement list. ``old`` and ``new`` are monthly amounts as stated, None where nothing is stated."""

    kind: ListKind
    line: Line
    old: Money | None = None
    new: Money | None = None
    reason: str = ""
    starts: Month | None = None
    """The first month it is true for: "Hưởng từ", "Dừng từ", "Từ tháng"."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A difference and the rows of the movement lists that say so. None: a row that changes no line, rightly."""

    difference: Difference | None
    movements: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class Unexplained:
    """What stands on one side only, or differently on both. ``facts`` fill the sentence of the code."""

    code: str
    difference: Difference | None = None
    movement: Movement | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def line(self) -> Line:
        """Whom it is about: the line of the list where there is one, else the row of the movement list."""
        if self.difference is not None:
            return self.difference.line
        assert self.movement is not None
        return self.movement.line

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The sentence; ``translate`` is the web's gettext."""
        return translate(SENTENCES[self.code]) % self.facts


SENTENCES: Final[Mapping[str, str]] = {
    # -- the month has it, the movement lists do not
    "new_without_increase": N_("Mới có trong tháng này, danh sách tăng không có."),
    "gone_without_decrease": N_("Tháng trước có, tháng này không còn, danh sách giảm không có."),
    "changed_without_adjust": N_("Tháng này thay đổi (%(what)s), danh sách điều chỉnh không có."),
    # -- the movement lists have it, the month does not
    "increase_not_listed": N_("Danh sách tăng có, danh sách chi trả tháng này không có."),
    "increase_was_there": N_("Danh sách tăng có, nhưng tháng trước đã có và tháng này không đổi."),
    "decrease_still_listed": N_("Danh sách giảm có (%(reason)s), nhưng vẫn còn ở dòng %(row)s của tháng này."),
    "decrease_not_known": N_("Danh sách giảm có, danh sách tháng trước không có."),
    "adjust_without_change": N_("Danh sách điều chỉnh có, nhưng tháng này vẫn như tháng trước."),
    "adjust_not_listed": N_("Danh sách điều chỉnh có, nhưng không có ở cả hai tháng."),
    "adjust_of_one_month": N_("Danh sách điều chỉnh có, nhưng chỉ có ở một trong hai tháng."),
    "movement_twice": N_("Ghi hai lần trong danh sách biến động (dòng %(row)s và dòng %(other)s)."),
    "movement_of_several": N_("Có nhiều người trùng họ tên, thiếu số CCCD để biết là ai."),
    # -- both have it, with different figures
    "increase_other_amount": N_("Danh sách tăng ghi %(stated)s, danh sách chi trả ghi %(listed)s."),
    "increase_other_arrears": N_("Danh sách tăng ghi truy lĩnh %(stated)s, danh sách chi trả ghi %(listed)s."),
    "decrease_other_amount": N_("Danh sách giảm ghi mức %(stated)s, tháng trước chi %(listed)s."),
    "adjust_other_old": N_("Danh sách điều chỉnh ghi mức cũ %(stated)s, tháng trước chi %(listed)s."),
    "adjust_other_new": N_("Danh sách điều chỉnh ghi mức mới %(stated)s, tháng này ghi %(listed)s."),
}
"""Why something is not explained, for people."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The whole answer. ``to_look_at`` are changes about the person (number, name, account…) that no row mentions."""

    explained: tuple[Explained, ...]
    unexplained: tuple[Unexplained, ...]
    to_look_at: tuple[Difference, ...]

    @property
    def is_exact(self) -> bool:
        """Whether list(m) = list(m-1) + increase - decrease ± adjust, to the last line."""
        return not self.unexplained


def match(comparison: Comparison, movements: Iterable[Movement], *, month: Month) -> Matched:
    """Every row of the movement lists against every difference; each is explained or named."""
    rows = sorted(movements, key=lambda row: MOVEMENTS.index(row.kind))
    matching = _Matching(comparison, rows, month)
    left = [row for row in rows if not matching.take(row)]
    left = [row for row in left if not matching.take_together(row, left)]
    for row in left:
        matching.say_why(row)
    return matching.answer()


class _Matching:
    """Who is already explained, while rows are gone through."""

    def __init__(self, comparison: Comparison, rows: Sequence[Movement], month: Month) -> None:
        self.comparison, self.month = comparison, month
        self.fates = _fates(comparison, rows)
        self.claimed: dict[int, list[Movement]] = defaultdict(list)
        self.done: set[int] = set()
        self.without: list[Explained] = []
        self.wrong: list[Unexplained] = []

    def take(self, row: Movement) -> bool:
        """Match a row with the one difference it is meant for."""
        fits = [one for one in self.of(row) if _MEANT[row.kind](one) and not self.is_claimed(one)]
        if not fits:
            return False
        if not row.line.id_number and len({_person(one.line) for one in fits}) > 1:
            return False
        self.claim(row, max(fits, key=lambda one: _fit(row, one)))
        return True

    def take_together(self, row: Movement, left: Sequence[Movement]) -> bool:
        """Somebody who moved or changed category is often sent as one row of decrease and one of increase."""
        if id(row) in self.done:
            return True
        if row.kind is ListKind.INCREASE:
            changed = [one for one in self.of(row) if one.before and one.changes and not self.is_claimed(one)]
            for one in changed:
                partner = self._partner(row, one, left)
                if partner or (one.moves_money and row.new is not None and one.after and _says(row.new, one.after)):
                    self.claim(row, one)
                    if partner:
                        self.claim(partner, one)
                    return True
        return id(row) in self.done

    def _partner(self, row: Movement, one: Difference, left: Sequence[Movement]) -> Movement | None:
        return next(
            (
                other
                for other in left
                if other.kind is ListKind.DECREASE
                and id(other) not in self.done
                and any(each is one for each in self.of(other))
            ),
            None,
        )

    def of(self, row: Movement) -> list[Difference]:
        """The lines of the person a row names: by number where both have one, else by name, birth and commune."""
        line = row.line
        by_number = [one for one in self.fates.get(line.id_number, ()) if _is_same_number(one, line)]
        if line.id_number and by_number:
            return by_number
        return [one for one in self.fates.get(fold(line.name), ()) if _may_be(one, line)]

    def is_claimed(self, one: Difference) -> bool:
        return id(one) in self.claimed

    def claim(self, row: Movement, one: Difference) -> None:
        self.claimed[id(one)].append(row)
        self.done.add(id(row))

    def say_why(self, row: Movement) -> None:
        """Name a row that matched nothing."""
        people = self.of(row)
        if twin := self._twin(row, people):
            facts = {"row": twin.line.row, "other": row.line.row}
            self.wrong.append(Unexplained("movement_twice", self._first(people), row, facts))
        elif not row.line.id_number and len({_person(one.line) for one in people}) > 1:
            self.wrong.append(Unexplained("movement_of_several", None, row))
        else:
            _SAY[row.kind](self, row, people)

    def _twin(self, row: Movement, people: Sequence[Difference]) -> Movement | None:
        taken = (other for one in people for other in self.claimed.get(id(one), ()))
        return next((other for other in taken if other.kind is row.kind), None)

    @staticmethod
    def _first(people: Sequence[Difference]) -> Difference | None:
        return people[0] if people else None

    def say_increase(self, row: Movement, people: Sequence[Difference]) -> None:
        here = next((one for one in people if one.after), None)
        code = "increase_was_there" if here else "increase_not_listed"
        self.wrong.append(Unexplained(code, here, row))

    def say_decrease(self, row: Movement, people: Sequence[Difference]) -> None:
        still = next((one for one in people if one.after), None)
        if still is not None and still.after is not None:
            if row.starts is not None and row.starts > self.month:
                self.without.append(Explained(still, (row,)))
            else:
                facts = {"reason": row.reason or "–", "row": still.after.row}
                self.wrong.append(Unexplained("decrease_still_listed", still, row, facts))
        else:
            self.wrong.append(Unexplained("decrease_not_known", self._first(people), row))

    def say_adjust(self, row: Movement, people: Sequence[Difference]) -> None:
        both = next((one for one in people if one.before and one.after), None)
        if both is None:
            code = "adjust_of_one_month" if people else "adjust_not_listed"
            self.wrong.append(Unexplained(code, self._first(people), row))
        elif row.old is None and row.new is None:
            self.without.append(Explained(both, (row,)))  # about who collects or the like: no line shows it
        elif row.starts is not None and row.starts > self.month:
            self.without.append(Explained(both, (row,)))
        else:
            self.wrong.append(Unexplained("adjust_without_change", both, row))

    def answer(self) -> Matched:
        """Check the figures of what matched, and name what no row mentions."""
        explained, look = [], []
        for one in (*self.comparison.new, *self.comparison.gone, *self.comparison.changed):
            rows = tuple(self.claimed.get(id(one), ()))
            if rows:
                wrong = list(_figures_differ(one, rows))
                self.wrong += wrong
                if not wrong:
                    explained.append(Explained(one, rows))
            elif one.is_new:
                self.wrong.append(Unexplained("new_without_increase", one))
            elif one.is_gone:
                self.wrong.append(Unexplained("gone_without_decrease", one))
            elif one.moves_money:
                self.wrong.append(Unexplained("changed_without_adjust", one, None, {"what": _what(one)}))
            else:
                look.append(one)
        return Matched((*explained, *self.without), tuple(self.wrong), tuple(look))


_MEANT: Final[Mapping[ListKind, Callable[[Difference], bool]]] = {
    ListKind.INCREASE: lambda one: one.before is None,
    ListKind.DECREASE: lambda one: one.after is None,
    ListKind.ADJUST: lambda one: bool(one.changes),
}
_SAY: Final[Mapping[ListKind, Callable[[_Matching, Movement, Sequence[Difference]], None]]] = {
    ListKind.INCREASE: _Matching.say_increase,
    ListKind.DECREASE: _Matching.say_decrease,
    ListKind.ADJUST: _Matching.say_adjust,
}


def _fates(comparison: Comparison, rows: Sequence[Movement]) -> dict[str, list[Difference]]:
    """What became of everybody whom a row may mean, by number and by folded name."""
    numbers = {row.line.id_number for row in rows} - {""}
    names = {fold(row.line.name) for row in rows} - {""}
    fates: dict[str, list[Difference]] = defaultdict(list)
    if not rows:
        return fates
    for one in (*comparison.new, *comparison.gone, *comparison.changed, *comparison.same):
        lines = [line for line in one[:2] if line is not None]
        for number in {line.id_number for line in lines} & numbers:
            fates[number].append(one)
        for name in {fold(line.name) for line in lines} & names:
            fates[name].append(one)
    return fates


def _is_same_number(one: Difference, line: Line) -> bool:
    return any(
        each is not None
        and each.id_number == line.id_number
        and (alike(each.name, line.name) or (line.birth_year is not None and same_birth(each, line)))
        for each in one[:2]
    )


def _may_be(one: Difference, line: Line) -> bool:
    return any(
        each is not None and same_birth(each, line) and same_commune(each, line) and numbers_allow(each, line)
        for each in one[:2]
    )


def _person(line: Line) -> tuple[str, ...]:
    return (line.id_number,) if line.id_number else (fold(line.name), str(line.birth_year), line.unit or line.commune)


def _fit(row: Movement, one: Difference) -> int:
    """How well a row fits one of several lines of a person."""
    before, after = one.before, one.after
    return (
        4 * (bool(row.line.benefit_text) and same_benefit(row.line, one.line))
        + 2 * (row.old is not None and before is not None and _says(row.old, before))
        + 2 * (row.new is not None and after is not None and _says(row.new, after))
        + one.moves_money
    )


def _says(stated: Money, line: Line) -> bool:
    """Whether a stated amount is that of a line, be it written in đồng or in nghìn đồng."""
    return stated == line.monthly or (
        0 < stated.dong < WRITTEN_IN_THOUSANDS and stated.dong * 1000 == line.monthly.dong
    )


def _figures_differ(one: Difference, rows: Sequence[Movement]) -> Iterable[Unexplained]:
    for row in rows:
        if row.kind is ListKind.INCREASE and one.after is not None:
            if row.new is not None and not _says(row.new, one.after):
                yield _figures("increase_other_amount", one, row, row.new, one.after.monthly)
            elif row.line.once and row.line.once != one.after.once:
                yield _figures("increase_other_arrears", one, row, row.line.once, one.after.once)
        elif row.kind is ListKind.DECREASE and one.before is not None:
            if row.old is not None and not _says(row.old, one.before):
                yield _figures("decrease_other_amount", one, row, row.old, one.before.monthly)
        elif row.kind is ListKind.ADJUST and one.before is not None and one.after is not None:
            if row.old is not None and not _says(row.old, one.before):
                yield _figures("adjust_other_old", one, row, row.old, one.before.monthly)
            elif row.new is not None and not _says(row.new, one.after):
                yield _figures("adjust_other_new", one, row, row.new, one.after.monthly)


def _figures(code: str, one: Difference, row: Movement, stated: Money, listed: Money) -> Unexplained:
    return Unexplained(code, one, row, {"stated": dong(stated), "listed": dong(listed)})


def _what(one: Difference) -> str:
    """The change of money in words: "Đổi mức 500.000 đ → 750.000 đ"."""
    words = []
    for change in one.changes:
        if change in OF_MONEY and one.before is not None and one.after is not None:
            old, new = (
                (dong(one.before.monthly), dong(one.after.monthly))
                if change.value == "amount"
                else (one.before.benefit_text or one.before.benefit, one.after.benefit_text or one.after.benefit)
            )
            words.append(f"{change.sentence}: {old} → {new}")
    return "; ".join(words)
