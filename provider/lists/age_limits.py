"""Ages that benefits ask for (Nghị định 20/2021/NĐ-CP Điều 5; Nghị định 176/2025/NĐ-CP Điều 2)."""

from dataclasses import dataclass
from typing import Final

from provider.clock import Month


@dataclass(frozen=True, slots=True)
class Limits:
    """From ``least`` years on, ``below`` so many; ``child_or_old`` is under 16 or from 60 on."""

    least: int | None = None
    below: int | None = None
    child_or_old: bool = False


AGES: Final = {
    "BT01A": Limits(below=4),
    "BT01B": Limits(4, 16),
    "BT02": Limits(16, 23),
    "BT03A": Limits(below=4),
    "BT03B": Limits(4, 16),
    "BT05A1": Limits(60, 80),
    "BT05A2": Limits(80),
    "BT05B": Limits(75, 80),
    "BT05C": Limits(80),
    "BT05D": Limits(60),
    "BT06B": Limits(child_or_old=True),
    "BT06D": Limits(child_or_old=True),
    "BT07": Limits(below=3),
    "HT01": Limits(75),
    "HT02": Limits(70, 75),
}


def age_in(month: Month, birth_year: int, birth_month: int | None) -> tuple[int, int]:
    """The least and the greatest age that somebody may have in a month; one year apart when the month is unknown.

    The month of the birthday counts as reached: the allowance begins with it (Nghị định 20/2021 Điều 8.1).
    """
    years = month.year - birth_year
    if birth_month is None:
        return years - 1, years
    reached = years if month.number >= birth_month else years - 1
    return reached - (1 if month.number == birth_month else 0), reached
