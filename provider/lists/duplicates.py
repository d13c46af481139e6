"""Legal and illegal doubles: may one person have these two lines in one month? One table of cases, read from the top.

Sources: Pháp lệnh Ưu đãi người có công Điều 6.3 (several NCC categories, attendant once); Nghị định 20/2021/NĐ-CP
Điều 6.2 and 20 (one BTXH allowance, the highest, save poor single parents; care support is a line of its own); Nghị
định 176/2025/NĐ-CP Điều 3.1 (social pension or BTXH, the higher).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """What two lines of one person are. The values are codes of problems, but for ``ALLOWED``."""

    ALLOWED = "allowed"
    TELL = "also_in_other_programme"
    SAME_PAYMENT = "double_payment"
    TWO_BENEFITS = "double_benefit"
    PENSION_AND_BENEFIT = "double_pension"
    TWO_ATTENDANTS = "double_attendant"
    UNSURE = "maybe_double"


@dataclass(frozen=True, slots=True)
class Line:
    """What decides about a double. ``benefit`` is our code, "" when not known; ``words`` are the list's, folded.

    ``parts`` are the kinds of money in it (allowance, attendant, arrears…); ``kind`` is monthly, one_off, funeral or
    yearly.
    """

    programme: str
    benefit: str = ""
    words: str = ""
    kind: str = "monthly"
    parts: frozenset[str] = frozenset({"allowance"})

    @property
    def is_care(self) -> bool:
        """Support for the household that cares, not an allowance of the person (Nghị định 20/2021 Điều 20)."""
        return self.benefit.startswith("CS") or self.parts == {"care"}

    @property
    def is_attendant(self) -> bool:
        return self.benefit in ATTENDANT_BENEFITS or "attendant" in self.parts

    @property
    def only_attendant(self) -> bool:
        return self.benefit in ATTENDANT_BENEFITS or self.parts == {"attendant"}

    @property
    def pays_a_month(self) -> bool:
        """Whether this month's allowance is in it (and not only arrears, a funeral, a gift)."""
        return self.kind == "monthly" and bool(self.parts & {"allowance", "care", "attendant", "supplement"})


ATTENDANT_BENEFITS: Final = frozenset({"NC04P", "NC06P", "NC06P+"})
SINGLE_PARENT: Final = "BT04"
BESIDE_SINGLE_PARENT: Final = ("BT05", "BT06", "BT08")


def _beside_single_parent(a: Line, b: Line) -> bool:
    return (a.benefit == SINGLE_PARENT and b.benefit.startswith(BESIDE_SINGLE_PARENT)) or (
        b.benefit == SINGLE_PARENT and a.benefit.startswith(BESIDE_SINGLE_PARENT)
    )


def _same_benefit(a: Line, b: Line) -> bool:
    if a.benefit and b.benefit:
        return a.benefit == b.benefit
    return not a.benefit and not b.benefit and a.words == b.words


Case = tuple[str, Callable[[Line, Line], bool], Verdict]

CASES: Final[tuple[Case, ...]] = (
    (
        "social pension and a BTXH allowance: only the higher",
        lambda a, b: {a.programme, b.programme} == {"HTXH", "BTXH"} and a.pays_a_month and b.pays_a_month
        and not a.is_care and not b.is_care,
        Verdict.PENSION_AND_BENEFIT,
    ),
    ("lines of two programmes: allowed, and said", lambda a, b: a.programme != b.programme, Verdict.TELL),
    (
        "one line pays this month, the other only something else (arrears, a funeral, a gift)",
        lambda a, b: a.pays_a_month != b.pays_a_month or a.kind != b.kind,
        Verdict.ALLOWED,
    ),
    (
        "the same benefit, different parts (NCC allowance on one line, supplement on another)",
        lambda a, b: a.programme == "NCC" and not a.parts & b.parts and not (a.is_attendant and b.is_attendant),
        Verdict.ALLOWED,
    ),
    ("an attendant twice", lambda a, b: a.is_attendant and b.is_attendant, Verdict.TWO_ATTENDANTS),
    ("an attendant beside an allowance", lambda a, b: a.only_attendant != b.only_attendant, Verdict.ALLOWED),
    ("the same benefit twice", _same_benefit, Verdict.SAME_PAYMENT),
    ("a benefit that we do not know", lambda a, b: not a.benefit or not b.benefit, Verdict.UNSURE),
    ("two categories of NCC", lambda a, b: a.programme == "NCC", Verdict.ALLOWED),
    ("a BTXH allowance and care support", lambda a, b: a.is_care or b.is_care, Verdict.ALLOWED),
    ("a poor single parent who is also old, disabled or ill", _beside_single_parent, Verdict.ALLOWED),
    ("any other two monthly benefits of one programme", lambda a, b: True, Verdict.TWO_BENEFITS),
)  # fmt: skip


def verdict(a: Line, b: Line) -> Verdict:
    """What two lines of one person in one month are, by the first case that fits."""
    return next(answer for _, fits, answer in CASES if fits(a, b))
