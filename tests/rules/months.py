"""Months and movement lists for tests: a few people as lines, and the samples as they were read."""

from pathlib import Path
from typing import Any

from provider.clock import Month
from provider.errors import Refusal
from provider.lists.differences import Line
from provider.lists.kinds import ListKind
from provider.lists.movements import Movement
from provider.lists.reading.document import read_list
from provider.lists.reading.listed import ReadRow
from provider.money import Money

SAMPLES = Path(__file__).resolve().parents[1] / "files" / "lists"
OCTOBER = Month(2024, 10)
ONE_TIME = ("arrears", "one_off", "funeral")


def line(name: str = "Nguyễn Thị Bưởi", id_number: str = "045141000017", **more: Any) -> Line:
    """A person's line; Nguyễn Thị Bưởi of Phường 1 with 500.000 đ unless something else is said."""
    values: dict[str, Any] = {
        "key": 0,
        "sheet": "DS",
        "row": 11,
        "once": Money(0),
        "hamlet": "KP 1",
        "birth_year": 1941,
        "birth_month": None,
        "birth_day": None,
        "commune": "Phường 1",
        "unit": "",
        "benefit": "",
        "benefit_text": "NCT từ đủ 80 tuổi",
        "monthly": Money(500_000),
        "account": "",
    }
    return Line(name=name, id_number=id_number, **values | more)


def movement(kind: ListKind, its_line: Line, **more: Any) -> Movement:
    """A row of a movement list that states no figures, unless they are given."""
    return Movement(kind, its_line._replace(monthly=Money(0)), **more)


def sample_lines(name: str) -> list[Line]:
    """A sample payout list as lines."""
    return [_line(row) for row in _rows(name)]


def sample_movements(name: str, kind: ListKind) -> list[Movement]:
    """A sample movement list."""
    return [
        Movement(
            kind,
            its_line := _line(row),
            _money(row, "amount_old"),
            its_line.monthly if kind is ListKind.INCREASE else _money(row, "amount_new"),
            row.extra.get("reason", ""),
            _month(row.extra.get("stopped_from") or row.extra.get("entitled_from", "")),
        )
        for row in _rows(name)
    ]


def _rows(name: str) -> list[ReadRow]:
    path = SAMPLES / name
    return read_list(path.read_bytes(), path.name).rows


def _line(row: ReadRow) -> Line:
    once = Money.sum(row.components.get(part, Money(0)) for part in ONE_TIME)
    return Line(
        key=0,
        sheet=row.sheet,
        row=row.row,
        once=once,
        hamlet=row.hamlet,
        name=row.name,
        birth_year=row.birth_year,
        birth_month=row.birth_month,
        birth_day=row.birth_day,
        id_number=row.id_number or "",
        commune=row.commune,
        unit="",
        benefit="",
        benefit_text=row.benefit_text,
        monthly=(row.total or Money(0)) - once,
        account=row.account or "",
    )


def _money(row: ReadRow, meaning: str) -> Money | None:
    return Money.read(row.extra[meaning]) if row.extra.get(meaning) else None


def _month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except Refusal:
        return None
