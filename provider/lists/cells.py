"""In which cell of our own table a problem is shown; pure.

A problem names the column of the sender's file by its letter. What that column was understood as decides the cell; a
problem without a letter is placed by what it is about.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from provider.lists.problems import Problem
from provider.lists.reading.synonyms import LABELS

_MEANINGS: Final = {
    "name": "name family_name",
    "birth": "birth birth_male birth_female birth_day birth_month birth_year sex sex_male sex_female",
    "id_number": "id_number issued_on issued_at",
    "commune": "commune hamlet district province address",
    "benefit": "benefit percent coefficient coefficient_old coefficient_new",
    "allowance": "allowance supplement attendant care standard amount_old amount_new",
    "arrears": "arrears arrears_months",
    "total": "total deduction funeral one_off",
    "account": "account account_holder bank branch way",
}
CELL_OF: Final[Mapping[str, str]] = {word: cell for cell, words in _MEANINGS.items() for word in words.split()}
"""What a column was understood as -> the cell of our table."""

_BEGINNINGS: Final = (
    ("name_", "name"),
    ("birth_", "birth"),
    ("age_", "birth"),
    ("id_", "id_number"),
    ("commune_", "commune"),
    ("benefit_", "benefit"),
    ("coefficient_", "benefit"),
    ("account_", "account"),
    ("bank_", "account"),
    ("holder_", "account"),
    ("amount_", "total"),
    ("total_", "total"),
)

Columns = Mapping[str, Mapping[str, tuple[str, str]]]
"""Sheet -> letter -> (meaning, the sender's own heading)."""


def columns_of(understood: Mapping[str, Any]) -> Columns:
    """What was understood of the columns, as it is kept with a list."""
    return {
        sheet["name"]: {column["letter"]: (column["meaning"], column["title"]) for column in sheet["columns"]}
        for sheet in understood.get("sheets", [])
    }


def by_cell(problems: Iterable[Problem], columns: Columns) -> dict[str, list[Problem]]:
    """The problems of a row by the cell they belong to; "" for the row as a whole."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(cell_of(problem, columns), []).append(problem)
    return found


def cell_of(problem: Problem, columns: Columns) -> str:
    """The cell of one problem, or "" for the row as a whole."""
    meaning, _title = columns.get(problem.sheet, {}).get(problem.column, ("", ""))
    if meaning:
        return CELL_OF.get(meaning, "")
    return next((cell for beginning, cell in _BEGINNINGS if problem.code.startswith(beginning)), "")


def label_of(meaning: str) -> str:
    """What we call a column; Vietnamese, translated where it is shown."""
    return LABELS.get(meaning, meaning)
