"""Benefits, standards and rates as shipped with the house; see ``data/README.md`` for sources and gaps."""

import csv
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from provider.agreements.rules import BenefitKind, Programme, RateComponent
from provider.money import Money

_DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One benefit; ``synonyms`` are whole, each with its detail."""

    code: str
    programme: Programme
    name: str
    kind: BenefitKind
    group: str
    coefficient: Decimal | None
    sensitive: bool
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandardLine:
    """One standard, in đồng, from a day on."""

    programme: Programme
    amount: Money
    effective_from: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class RateLine:
    """One fixed rate, in đồng, from a day on."""

    benefit: str
    component: RateComponent
    amount: Money
    effective_from: dt.date
    source: str


def benefits() -> list[BenefitLine]:
    """All benefits, in the order of the programmes' own tables."""
    return [
        BenefitLine(
            code=row["code"],
            programme=Programme(row["programme"]),
            name=row["name"],
            kind=BenefitKind(row["kind"]),
            group=row["group"],
            coefficient=Decimal(row["coefficient"]) if row["coefficient"] else None,
            sensitive=row["sensitive"] == "1",
            synonyms=_with_details(row["synonyms"], row["details"]),
        )
        for row in _rows("benefits.csv")
    ]


def standards() -> list[StandardLine]:
    """All standards, with where each stands."""
    return [
        StandardLine(
            Programme(row["programme"]),
            Money(int(row["amount"])),
            dt.date.fromisoformat(row["effective_from"]),
            row["source"],
        )
        for row in _rows("standards.csv")
    ]


def rates() -> list[RateLine]:
    """All fixed rates, with where each stands."""
    return [
        RateLine(
            row["benefit"],
            RateComponent(row["component"]),
            Money(int(row["amount"])),
            dt.date.fromisoformat(row["effective_from"]),
            row["source"],
        )
        for row in _rows("rates.csv")
    ]


def _with_details(synonyms: str, details: str) -> tuple[str, ...]:
    names = [name for name in synonyms.split("|") if name]
    return tuple(f"{name} {detail}".strip() for detail in details.split("|") for name in names)


def _rows(name: str) -> list[dict[str, str]]:
    with open(_DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
