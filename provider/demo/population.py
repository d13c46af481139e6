"""Who stands on the lists of a demo: people, where they live, what they are paid, what is wrong with their lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from random import Random
from typing import Final

from provider.agreements.rules import Programme, RateComponent
from provider.clock import Month
from provider.demo.benefits import MERIT, PENSION, PENSION_SINCE, Kind, Worth, social_kinds
from provider.demo.people import PeopleMaker, PlausiblePerson
from provider.identity import Sex
from provider.money import ZERO, Money

BANKS: Final = ("Agribank", "BIDV", "VietinBank", "Vietcombank", "LPBank", "MB Bank")
EVERY: Final = {"account": 5, "other_holder": 60, "arrears": 45, "no_id": 61, "lost_zero": 37, "other_year": 73}
"""Of so many lines one is like this."""


@dataclass(frozen=True, slots=True)
class Place:
    """A commune with its hamlets, and how many of a hundred people live there."""

    commune: str
    hamlets: tuple[str, ...]
    share: int


def _quarters(count: int) -> tuple[str, ...]:
    return tuple(f"KP {number}" for number in range(1, count + 1))


QUANG_TRI: Final = (
    Place("Phường 1", _quarters(5), 22),
    Place("Phường 2", _quarters(5), 18),
    Place("Phường 3", _quarters(6), 27),
    Place("Phường An Đôn", _quarters(3), 9),
    Place("Xã Hải Lệ", ("Thôn Tân Mỹ", "Thôn Tích Tường", "Thôn Như Lệ", "Thôn Tân Phước", "Thôn Phước Môn"), 24),
)
DONG_HA: Final = (
    Place("Phường 1", _quarters(4), 30),
    Place("Phường 5", _quarters(4), 40),
    Place("Phường Đông Lễ", _quarters(3), 30),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list: somebody and one allowance of theirs."""

    person: PlausiblePerson
    place: Place
    hamlet: str
    programme: Programme
    kind: Kind
    parts: Mapping[RateComponent, Money]
    book_no: str
    decision_no: str
    arrears: Money = ZERO
    account: str = ""
    bank: str = ""
    holder: str = ""
    id_shown: str = ""
    year_shown: int = 0

    @property
    def total(self) -> Money:
        """What the line comes to, in đồng."""
        return Money.sum(self.parts.values()) + self.arrears


@dataclass(slots=True)
class Population:
    """The lines of one agency's month by programme."""

    lines: dict[Programme, list[Line]] = field(default_factory=dict)

    def of(self, programme: Programme) -> list[Line]:
        """The lines of one programme, in the order in which they were made."""
        return self.lines.get(programme, [])


class Census:
    """Makes the lines of an agency; the same for the same seed."""

    def __init__(self, places: Sequence[Place], month: Month, worth: Worth, *, seed: str) -> None:
        self.places, self.month, self.worth = places, month, worth
        self.choose = Random(seed)
        self.people = PeopleMaker(seed=self.choose.randrange(2**31))
        self._weights = list(accumulate(place.share for place in places))
        self._count = 0

    def population(self, merit: int, social: int) -> Population:
        """So many people with merit allowances, and so many with social ones (pensioners among them, since 2025)."""
        pensioners = social * 9 // 20 if self.month >= PENSION_SINCE else 0
        found = Population()
        found.lines[Programme.NCC] = self._lines(Programme.NCC, MERIT, merit)
        old = [line for line in found.lines[Programme.NCC] if self.month.year - line.person.birth_year >= 76]
        both = old[:: max(2, len(old) // max(1, social // 30))]
        if pensioners:
            found.lines[Programme.HTXH] = self._lines(Programme.HTXH, PENSION, pensioners, known=both)
        kinds = social_kinds(self.month)
        found.lines[Programme.BTXH] = self._lines(Programme.BTXH, kinds, social - pensioners)
        found.lines[Programme.NCC] += self._second_merits(found.lines[Programme.NCC])
        found.lines[Programme.BTXH] += self._single_parents(found.lines[Programme.BTXH])
        return found

    def newcomers(self, count: int) -> list[Line]:
        """More lines of the social programme."""
        return [
            replace(line, place=self.places[0]) for line in self._lines(Programme.BTXH, social_kinds(self.month), count)
        ]

    def _lines(self, programme: Programme, kinds: Sequence[Kind], count: int, known: Sequence[Line] = ()) -> list[Line]:
        shares = list(accumulate(kind.share for kind in kinds))
        lines = []
        for number in range(count):
            drawn = self.choose.choices(kinds, cum_weights=shares)[0]
            kind = kinds[number] if number < min(len(kinds), count // 2) else drawn
            line = self._line(programme, kind)
            age = self.month.year - known[number].person.birth_year if number < len(known) else 0
            lines.append(_as_known(line, known[number]) if kind.youngest <= age <= kind.oldest else line)
        return lines

    def _line(self, programme: Programme, kind: Kind) -> Line:
        choose, year, number = self.choose, self.month.year, self._count
        self._count += 1
        sex = Sex.FEMALE if kind.code in ("NC04", "BT04") else None
        person = self.people.person(born_from=year - kind.oldest, born_to=year - kind.youngest, sex=sex)
        place = choose.choices(self.places, cum_weights=self._weights)[0]
        parts = self.worth.parts(kind.code)
        line = Line(
            person=person,
            place=place,
            hamlet=choose.choice(place.hamlets),
            programme=programme,
            kind=kind,
            parts=parts,
            book_no=f"{choose.randrange(1000, 9999)}/{programme.value}-{number + 1:04}",
            decision_no=f"{choose.randrange(200, 2600)}/QĐ-UBND",
            arrears=parts[RateComponent.ALLOWANCE] * choose.randint(1, 3) if self._is(number, "arrears") else ZERO,
            id_shown=person.id_number,
            year_shown=person.birth_year,
        )
        return self._with_dirt(self._with_account(line, number), number)

    def _with_account(self, line: Line, number: int) -> Line:
        if not self._is(number, "account") or line.kind.oldest < 18:
            return line
        other = self._is(number, "other_holder")
        holder = self.people.person(born_from=1960, born_to=1990).name if other else ""
        account = f"{self.choose.randrange(1, 10)}{self.choose.randrange(10**11):011}"
        return replace(line, account=account, bank=self.choose.choice(BANKS), holder=holder)

    def _with_dirt(self, line: Line, number: int) -> Line:
        if self._is(number, "no_id"):
            return replace(line, id_shown="")
        if self._is(number, "lost_zero"):
            return replace(line, id_shown=line.id_shown.lstrip("0"))
        if self._is(number, "other_year"):
            return replace(line, year_shown=line.year_shown - 1)
        return line

    def _second_merits(self, lines: Sequence[Line]) -> list[Line]:
        """Somebody may have several merits, and is paid for each."""
        second = next(kind for kind in MERIT if kind.code == "NC09")
        holders = [line for line in lines if line.kind.code.startswith(("NC06", "NC10")) and line.id_shown][::20]
        return [_as_known(self._line(Programme.NCC, second), line) for line in holders]

    def _single_parents(self, lines: Sequence[Line]) -> list[Line]:
        """A poor single parent who is disabled is paid for both (Nghị định 20/2021/NĐ-CP Điều 6 khoản 2)."""
        second = next(kind for kind in social_kinds(self.month) if kind.code == "BT06C")
        parents = [line for line in lines if line.kind.code == "BT04" and line.id_shown][::2]
        return [_as_known(self._line(Programme.BTXH, second), line) for line in parents]

    def _is(self, number: int, what: str) -> bool:
        return number % EVERY[what] == EVERY[what] // 2


def _as_known(line: Line, known: Line) -> Line:
    """A further line of somebody who has one already."""
    return replace(
        line,
        person=known.person,
        place=known.place,
        hamlet=known.hamlet,
        account=known.account,
        bank=known.bank,
        holder=known.holder,
        id_shown=known.id_shown,
        year_shown=known.year_shown,
    )
