"""Small helpers to read back what the house made: its books, its pages, its papers."""

import importlib.util
from typing import Any

from sqlalchemy.orm import Session


def untrue_sentences(session: Session) -> list[str]:
    """What must be true of the books and is not, as sentences."""
    if importlib.util.find_spec("provider.settlement.checks") is None:
        return []
    checks: Any = importlib.import_module("provider.settlement.checks")
    return [str(difference) for difference in checks.check_books(session)]
