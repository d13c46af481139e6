"""What reading gives: a list, its sheets, its sections and totals, and its rows with the file's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from provider.clock import Month
from provider.identity import Sex
from provider.lists.problems import Problem
from provider.lists.reading.headings import Column
from provider.lists.reading.rows import Kind, Label, Subject
from provider.money import Money


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One person's line. ``raw`` holds the file's own words cell by cell (column A first); ``row`` its own number.

    ``components`` are đồng by kind (allowance, supplement, attendant, care, arrears, one_off, funeral, deduction); a
    deduction is positive and lowers the total. ``sections`` are places in ReadList.sections, outermost first.
    """

    sheet: str
    row: int
    raw: tuple[str, ...]
    name: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    sex: Sex | None
    id_number: str | None
    id_padded: bool
    old_id: str | None
    code: str
    book_no: str
    decision_no: str
    commune: str
    hamlet: str
    address: str
    benefit_text: str
    coefficient: Decimal | None
    percent_text: str
    components: Mapping[str, Money]
    total: Money | None
    account: str | None
    account_holder: str
    bank: str
    payee_name: str
    payee_relation: str
    payee_id: str | None
    phone: str | None
    note: str
    hidden: bool
    struck: bool
    sections: tuple[int, ...]
    extra: Mapping[str, str]
    """what else was understood, as text: entitled_from, reason, way, amount_old…"""
    columns: Mapping[str, str]
    """meaning -> column letter, shared by all rows of a block, so that a check can name the cell"""
    problems: list[Problem]

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)

    def letter(self, meaning: str) -> str:
        return self.columns.get(meaning, "")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading line between rows: a commune, a hamlet, a category; with what it declares about its rows."""

    sheet: str
    row: int
    title: str
    mark: str
    label: Label
    subject: Subject
    people: int | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A line that adds up: ``grand`` for Tổng cộng, else a part; ``section`` is the section it closes, if any."""

    sheet: str
    row: int
    title: str
    grand: bool
    people: int | None
    amount: Money | None
    section: int | None = None
    after: int = 0
    """how many rows of the list had been read before this line"""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet and what was understood of it. ``kinds`` says of every row of the sheet what it was taken for."""

    name: str
    read: bool
    columns: tuple[Column, ...] = ()
    signature: str = ""
    heading_rows: tuple[int, int] | None = None
    month: Month | None = None
    times: int = 1
    purpose: str = "payout"
    """payout, increase, decrease or adjust, by its title and columns"""
    numbers: tuple[int, ...] | range = ()
    kinds: tuple[Kind, ...] = ()
    titles: tuple[str, ...] = ()
    people: int = 0
    head: tuple[tuple[str, ...], ...] = ()
    """the first rows as text, for the screen where columns are put right"""

    def kind_of(self, row: int) -> Kind:
        """What a row (the file's own number) was taken for; rows beyond the last one are empty."""
        if isinstance(self.numbers, range):
            return self.kinds[row - 1] if 0 < row <= len(self.kinds) else Kind.EMPTY
        return self.kinds[self.numbers.index(row)] if row in self.numbers else Kind.EMPTY


@dataclass(frozen=True, slots=True)
class ReadList:
    """A file as read. ``declared_…`` come from its total lines, ``words_amount`` from its line Bằng chữ."""

    kind: str
    sheets: list[ReadSheet]
    rows: list[ReadRow]
    declared_people: int | None = None
    declared_amount: Money | None = None
    words_amount: Money | None = None
    month: Month | None = None
    purpose: str = "payout"
    sections: list[Section] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def amount(self) -> Money:
        """The sum of the totals of all rows, in đồng."""
        return Money(sum(row.total.dong for row in self.rows if row.total is not None))
