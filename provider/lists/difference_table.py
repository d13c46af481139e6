"""A comparison as rows of one table, for the screen and the command: filtered, in order, each with why; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from provider.errors import N_
from provider.lists.differences import Change, Comparison, Difference, Line
from provider.lists.movements import Explained, Matched, Movement, Unexplained


class Show(StrEnum):
    """What the table is filtered by."""

    ALL = "all"
    UNEXPLAINED = "unexplained"
    NEW = "new"
    GONE = "gone"
    AMOUNT = "amount"
    CATEGORY = "category"
    ID_NUMBER = "id_number"
    NAME = "name"
    BIRTH = "birth"
    COMMUNE = "commune"
    ACCOUNT = "account"
    CONFIRM = "confirm"
    LOOK = "look"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return Change(self.value).sentence if self.value in set(Change) else _SHOWN[self]


_SHOWN: Final[Mapping[Show, str]] = {
    Show.ALL: N_("Tất cả thay đổi"),
    Show.UNEXPLAINED: N_("Chưa giải thích được"),
    Show.NEW: N_("Mới"),
    Show.GONE: N_("Không còn"),
    Show.CONFIRM: N_("Nhận ra theo tên, cần xác nhận"),
    Show.LOOK: N_("Thông tin đổi, cần xem"),
}


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One row of the table: a difference, or a row of a movement list that fits none."""

    before: Line | None
    after: Line | None
    line: Line
    changes: tuple[Change, ...]
    movements: tuple[Movement, ...]
    why: tuple[Unexplained, ...]
    needs_confirming: bool
    to_look_at: bool
    only_moved: bool
    """It stands on a movement list only."""

    @property
    def is_new(self) -> bool:
        return self.before is None and self.after is not None

    @property
    def is_gone(self) -> bool:
        return self.after is None and self.before is not None

    def belongs(self, show: Show) -> bool:
        """Whether it is shown under a filter."""
        if show is Show.ALL:
            return True
        if show is Show.UNEXPLAINED:
            return bool(self.why)
        if show is Show.NEW:
            return self.is_new
        if show is Show.GONE:
            return self.is_gone
        if show is Show.CONFIRM:
            return self.needs_confirming
        if show is Show.LOOK:
            return self.to_look_at
        return Change(show.value) in self.changes


def table_of(comparison: Comparison, matched: Matched) -> list[DifferenceRow]:
    """Everything that changed, what is not explained first, then new, gone, changed."""
    said: dict[int, list[Movement]] = {}
    for each in matched.explained:
        if each.difference is not None:
            said.setdefault(id(each.difference), []).extend(each.movements)
    wrong: dict[int, list[Unexplained]] = {}
    loose: list[Unexplained] = []
    for trouble in matched.unexplained:
        if trouble.difference is not None:
            wrong.setdefault(id(trouble.difference), []).append(trouble)
        else:
            loose.append(trouble)
    looked = {id(one) for one in matched.to_look_at}
    rows = []
    kept = [one for one in comparison.same if id(one) in wrong]
    for one in (*comparison.new, *comparison.gone, *comparison.changed, *kept):
        why = tuple(wrong.get(id(one), ()))
        moved = (*said.get(id(one), ()), *(what.movement for what in why if what.movement is not None))
        rows.append(_row(one, moved, why, id(one) in looked))
    rows += [DifferenceRow(None, None, what.line, (), _of(what), (what,), False, False, True) for what in loose]
    return sorted(rows, key=lambda row: not row.why)


def counts_of(rows: Sequence[DifferenceRow]) -> dict[Show, int]:
    """How many rows stand under each filter."""
    return {show: sum(row.belongs(show) for row in rows) for show in Show}


def by_movement(matched: Matched) -> dict[int, Explained | Unexplained]:
    """What became of each row of the movement lists, by the number of the row."""
    found: dict[int, Explained | Unexplained] = {}
    for one in matched.explained:
        found.update({row.line.key: one for row in one.movements})
    for trouble in matched.unexplained:
        if trouble.movement is not None:
            found[trouble.movement.line.key] = trouble
    return found


def _row(one: Difference, movements: tuple[Movement, ...], why: tuple[Unexplained, ...], looked: bool) -> DifferenceRow:
    confirm = one.needs_confirming and one.before is not None and one.after is not None
    return DifferenceRow(one.before, one.after, one.line, one.changes, movements, why, confirm, looked, False)


def _of(trouble: Unexplained) -> tuple[Movement, ...]:
    return (trouble.movement,) if trouble.movement is not None else ()
