"""The columns of one heading, and what a row holds in them: the questions that decide what kind of row it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from provider.lists.reading import values
from provider.lists.reading.headings import Heading
from provider.lists.reading.synonyms import AMOUNTS
from provider.money import Money


class Columns:
    """Where each meaning stands."""

    def __init__(self, heading: Heading) -> None:
        self.heading = heading
        self.at: dict[str, int] = {}
        for column in heading.columns:
            if column.meaning:
                self.at.setdefault(column.meaning, column.index)
        self.letters: Mapping[str, str] = {c.meaning: c.letter for c in reversed(heading.columns) if c.meaning}
        self.letter_at = {column.index: column.letter for column in heading.columns}
        self.meaning_at = {column.index: column.meaning for column in heading.columns}
        self.amounts = [(c.meaning, c.index, c.times) for c in heading.columns if c.meaning in AMOUNTS]
        self.total = next(((c.index, c.times) for c in heading.columns if c.meaning == "total"), None)
        self.payees = [c.index for c in heading.columns if c.meaning == "payee_name"]
        self.notes = [c.index for c in heading.columns if c.meaning == "note"]
        self.pays = bool(self.amounts) or self.total is not None

    def text(self, row: Sequence[Any], meaning: str) -> str:
        index = self.at.get(meaning)
        return values.as_text(row[index]).strip() if index is not None and index < len(row) else ""

    def has_money(self, row: Sequence[Any]) -> bool:
        if self.total is not None and type(row[self.total[0]]) is float:
            return True
        return (
            any(_has_figure(row[index]) for _, index, _ in self.amounts if index < len(row))
            or self.total_of(row) is not None
        )

    def has_components(self, row: Sequence[Any]) -> bool:
        return any(_has_figure(row[index]) for _, index, _ in self.amounts if index < len(row))

    def total_of(self, row: Sequence[Any]) -> Money | None:
        if self.total is None or self.total[0] >= len(row):
            return None
        return values.amount(row[self.total[0]], self.total[1])[0]

    def sum_of(self, row: Sequence[Any]) -> Money | None:
        """What a section or total line says it adds up to: its total column, else its single amount column."""
        total = self.total_of(row)
        if total is not None:
            return total
        figures = [
            values.amount(row[i], times)[0] for key, i, times in self.amounts if i < len(row) and key != "deduction"
        ]
        found = [figure for figure in figures if figure is not None]
        return Money.sum(found) if found else None

    def is_identified(self, row: Sequence[Any]) -> bool:
        """Whether the row holds what only a person has: an ID number, a birth, a dossier, an account."""
        keys = (
            "id_number",
            "birth",
            "birth_male",
            "birth_female",
            "birth_year",
            "sex_male",
            "sex_female",
            "code",
            "book_no",
            "account",
        )
        for key in keys:
            index = self.at.get(key)
            if index is not None and index < len(row):
                cell = row[index]
                if cell not in ("", None) and any(letter.isdigit() for letter in values.as_text(cell)):
                    return True
        return False

    def name_text(self, row: Sequence[Any]) -> str:
        name = self.text(row, "name")
        if "family_name" in self.at:
            name = f"{self.text(row, 'family_name')} {name}".strip()
        return name


def _has_figure(cell: Any) -> bool:
    if type(cell) is str:
        return any(letter.isdigit() for letter in cell)
    return cell is not None and cell != 0
