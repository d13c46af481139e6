"""What changed since last month, asked of the stored rows; nothing of it is kept, since it can be asked again.

The month before is what stands accepted there: the newest accepted list, and whoever an older or a supplementary list
brought and it does not name. Movement lists explain the differences: of each kind the accepted one, else the newest
received, so that four files sent together can be looked at before any is accepted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import BigInteger, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from provider.agreements.models import Benefit
from provider.agreements.rules import BenefitKind
from provider.clock import Month
from provider.errors import Missing, Refusal
from provider.lists.differences import Comparison, Line, compare
from provider.lists.kinds import MOVEMENTS, OF_THE_MONTH, ListKind
from provider.lists.models import ListRow, ListState, PayoutList, RowLevel
from provider.lists.movements import Matched, Movement, match
from provider.money import Money
from provider.names import fold
from provider.places.queries import today_unit_of

ONE_TIME: Final = {"arrears": 1, "one_off": 1, "funeral": 1, "carried": 1, "deduction": -1}
"""Parts of a payout that do not come every month, and their sign."""


@dataclass(frozen=True, slots=True)
class ListUsed:
    """A list that took part in a comparison."""

    id: int
    kind: ListKind
    month: Month
    version: int
    file_name: str
    state: ListState


@dataclass(frozen=True, slots=True)
class Compared:
    """Two months side by side, and what the movement lists say about it."""

    month: Month
    after: tuple[ListUsed, ...]
    against: tuple[ListUsed, ...]
    movements: tuple[ListUsed, ...]
    comparison: Comparison
    matched: Matched
    rows: tuple[Movement, ...] = field(repr=False)
    """The rows of the movement lists, each with the number of its row as ``line.key``."""

    @property
    def missing(self) -> tuple[ListKind, ...]:
        """The kinds of movement lists that nobody sent."""
        return tuple(kind for kind in MOVEMENTS if kind not in {one.kind for one in self.movements})


def differences_of(session: Session, list_id: int, *, in_force: bool = False) -> Compared:
    """What a list changes against the month before, explained by the movement lists of its month.

    For a movement list: the comparison of its month, explained by it. ``in_force``: against what stands accepted for
    its own month instead, which is what a corrected version changes. Raises Missing.
    """
    asked = session.get(PayoutList, list_id)
    if asked is None:
        raise Missing()
    after = _month_with(session, asked)
    if in_force:
        before = [one for one in _standing(session, asked, asked.month) if one.id != asked.id]
        rows: list[Movement] = []
        explaining: list[PayoutList] = []
    else:
        before = _standing(session, asked, asked.month.previous())
        explaining = _explaining(session, asked)
        rows = [row for one in explaining for row in _movements(session, one)]
    comparison = compare(*_lines_of_both(session, before, after))
    return Compared(
        asked.month,
        tuple(map(_used, after)),
        tuple(map(_used, before)),
        tuple(map(_used, explaining)),
        comparison,
        match(comparison, rows, month=asked.month),
        tuple(rows),
    )


# -- which lists


def _of_sender(asked: PayoutList, month: Month) -> Any:
    return select(PayoutList).where(
        PayoutList.agency_id == asked.agency_id, PayoutList.programme == asked.programme, PayoutList.month == month
    )


def _standing(session: Session, asked: PayoutList, month: Month) -> list[PayoutList]:
    """The accepted lists of a month, newest first; when there is none, the newest received one."""
    wanted = _of_sender(asked, month).where(PayoutList.kind.in_(OF_THE_MONTH)).order_by(PayoutList.id.desc())
    accepted = list(session.scalars(wanted.where(PayoutList.state == ListState.ACCEPTED)))
    if accepted:
        return sorted(accepted, key=lambda one: one.kind is not ListKind.PAYOUT)
    received = wanted.where(PayoutList.state == ListState.RECEIVED, PayoutList.kind == ListKind.PAYOUT)
    return list(session.scalars(received.limit(1)))


def _month_with(session: Session, asked: PayoutList) -> list[PayoutList]:
    """The lists that are the month of ``asked``, itself among them unless it is a list of movements."""
    standing = _standing(session, asked, asked.month)
    if asked.kind in MOVEMENTS or asked in standing:
        return standing
    return [*standing, asked] if asked.kind is ListKind.SUPPLEMENTARY else [asked]


def _explaining(session: Session, asked: PayoutList) -> list[PayoutList]:
    found = []
    for kind in MOVEMENTS:
        wanted = _of_sender(asked, asked.month).where(
            PayoutList.kind == kind, PayoutList.state.in_((ListState.ACCEPTED, ListState.RECEIVED))
        )
        accepted_first = (PayoutList.state == ListState.ACCEPTED).desc()
        one = asked if asked.kind is kind else session.scalar(wanted.order_by(accepted_first, PayoutList.id.desc()))
        if one is not None:
            found.append(one)
    return found


def _used(one: PayoutList) -> ListUsed:
    return ListUsed(one.id, one.kind, one.month, one.version, one.file_name, one.state)


# -- their lines


def _lines_of_both(
    session: Session, before: Sequence[PayoutList], after: Sequence[PayoutList]
) -> tuple[list[Line], list[Line]]:
    once = frozenset(session.scalars(select(Benefit.code).where(Benefit.kind != BenefitKind.MONTHLY)))
    sides = [_lines_of(session, side, once) for side in (before, after)]
    today = _todays_units(session, {unit for lines in sides for line in lines if (unit := line.unit)}, after)
    return (
        [line._replace(unit=today[line.unit]) if line.unit in today else line for line in sides[0]],
        [line._replace(unit=today[line.unit]) if line.unit in today else line for line in sides[1]],
    )


def _todays_units(session: Session, units: Iterable[str], after: Sequence[PayoutList]) -> dict[str, str]:
    """What communes that ended before the later month have become, so that a merger moves nobody."""
    if not after:
        return {}
    on = after[0].month.first_day
    became = {unit: [str(one.unit.id) for one in today_unit_of(session, int(unit), on)] for unit in units}
    return {unit: new[0] if len(new) == 1 else "" for unit, new in became.items() if new != [unit]}


def _lines_of(session: Session, lists: Sequence[PayoutList], once: frozenset[str]) -> list[Line]:
    lines: list[Line] = []
    seen: set[tuple[str, str]] = set()
    for place, one in enumerate(lists):
        new = _lines(session, one.id, once, only_paid=place > 0)
        if place:
            new = [line for line in new if line.monthly and _who(line) not in seen]
        if len(lists) > 1:
            seen.update(map(_who, new))
        lines += new
    return lines


def _who(line: Line) -> tuple[str, str]:
    person = line.id_number or f"{fold(line.name)}|{line.birth_year}|{line.unit or fold(line.commune)}"
    return person, line.benefit or fold(line.benefit_text)


def _lines(session: Session, list_id: int, once: frozenset[str], *, only_paid: bool) -> list[Line]:
    """The rows of a list as lines; struck-out rows are no part of the month."""
    row = ListRow
    wanted = select(
        row.id, row.sheet, row.row, row.hamlet, row.name, row.birth_year, row.birth_month, row.birth_day,
        row.id_number, row.commune, row.commune_id, row.benefit, row.benefit_text, row.account,
        type_coerce(row.total, BigInteger), type_coerce(row.arrears, BigInteger),
    ).where(row.list_id == list_id, row.name != "").order_by(row.position)  # fmt: skip
    if only_paid:
        wanted = wanted.where(row.payout_id.is_not(None))
    special = _special(session, list_id)
    amounts: dict[int, Money] = {}
    lines = []
    for (
        key, sheet, number, hamlet, name, year, month, day, id_number, commune, unit, benefit, words, account, total,
        arrears,
    ) in session.execute(wanted):  # fmt: skip
        one_time = arrears or 0
        if (more := special.get(key)) is not None:
            if more.get("struck"):
                continue
            one_time = sum(more["components"].get(part, 0) * sign for part, sign in ONE_TIME.items())
        whole = total
        if whole is None:
            parts = special[key]["components"] if key in special else {}
            whole = one_time + sum(value for part, value in parts.items() if part not in ONE_TIME)
        if benefit in once:
            one_time = whole
        lines.append(
            Line(
                key, sheet, number, _money(one_time, amounts), hamlet, name, year, month, day, id_number, commune,
                "" if unit is None else str(unit), benefit, words, _money(whole - one_time, amounts), account,
            )
        )  # fmt: skip
    return lines


def _special(session: Session, list_id: int) -> dict[int, dict[str, Any]]:
    """Components of the rows whose total is more than allowance and arrears, and which rows are struck out."""
    plain = func.coalesce(ListRow.allowance, 0) + func.coalesce(ListRow.arrears, 0)
    wanted = select(ListRow.id, ListRow.more).where(
        ListRow.list_id == list_id,
        or_(
            ListRow.level == RowLevel.ERROR,
            ListRow.total.is_(None),
            type_coerce(ListRow.total, BigInteger) != type_coerce(plain, BigInteger),
        ),
    )
    return {
        number: {"components": more.get("components", {}), "struck": more.get("struck", False)}
        for number, more in session.execute(wanted)
    }


def _money(dong: int, known: dict[int, Money]) -> Money:
    """One Money for each amount: a hundred thousand people share a dozen amounts, and equal ones compare at once."""
    found = known.get(dong)
    if found is None:
        found = known[dong] = Money(dong)
    return found


# -- the rows of movement lists


def _movements(session: Session, one: PayoutList) -> list[Movement]:
    lines = {line.key: line for line in _lines(session, one.id, frozenset(), only_paid=False)}
    wanted = select(ListRow.id, ListRow.more).where(ListRow.list_id == one.id).order_by(ListRow.position)
    return [
        _movement(one.kind, lines[number], {**more.get("extra", {}), "note": more.get("note", "")})
        for number, more in session.execute(wanted)
        if number in lines
    ]


def _movement(kind: ListKind, line: Line, told: dict[str, str]) -> Movement:
    old, new = _amount(told.get("amount_old", "")), _amount(told.get("amount_new", ""))
    difference = _amount(told.get("difference", ""))
    listed = line.monthly if line.monthly else None
    if kind is ListKind.INCREASE:
        new = new if new is not None else listed
    elif kind is ListKind.DECREASE:
        old = old if old is not None else listed
    elif new is None:
        new = old + difference if old is not None and difference is not None else listed
    starts = told.get("stopped_from") if kind is ListKind.DECREASE else told.get("entitled_from")
    return Movement(kind, line, old, new, told.get("reason") or told["note"], _month(starts or ""))


def _amount(text: str) -> Money | None:
    try:
        return Money.read(text) if text.strip() else None
    except Refusal:
        return None


def _month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except Refusal:
        return None
