"""The registers of units as they were published, shipped with the house (see ``data/README.md``)."""

import csv
import datetime as dt
from pathlib import Path
from typing import Final

from provider.places.mergers import UnitLine
from provider.places.rules import Level, tidy_unit_name

REDRAWN_ON: Final = dt.date(2025, 7, 1)
"""Two tiers of local government: districts end, communes and provinces are merged (Luật số 72/2025/QH15)."""
BEGINNING: Final = dt.date(1900, 1, 1)
"""The first day of a unit whose founding we do not know: before anything in our books."""

_DATA: Final = Path(__file__).parent / "data"


def units_before() -> list[UnitLine]:
    """63 provinces, their districts and communes, as valid until 30/06/2025; parents come before their children."""
    return _read("units_before_2025-07.csv")


def units_since() -> list[UnitLine]:
    """34 provinces and 3,321 communes since 01/07/2025, with the text of what each was formed from."""
    return _read("units_since_2025-07.csv")


def _read(name: str) -> list[UnitLine]:
    with open(_DATA / name, encoding="utf-8", newline="") as file:
        lines = [
            UnitLine(
                code=row["code"],
                name=tidy_unit_name(row["name"]),
                level=Level(row["level"]),
                parent=row["parent"] or "",
                formed_from=row.get("formed_from") or "",
            )
            for row in csv.DictReader(file)
        ]
    order = list(Level)
    return sorted(lines, key=lambda line: order.index(line.level))
