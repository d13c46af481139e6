"""Which allowances the people of a demo have, how often, and what each is worth in its month."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from provider.agreements import queries, reference
from provider.agreements.rules import Programme, RateComponent, standard_of
from provider.clock import Month
from provider.money import Money

PENSION_SINCE: Final = Month(2025, 7)
"""From then on the old without a pension are paid as social pensioners (Nghị định 176/2025/NĐ-CP)."""

Parts = Mapping[RateComponent, Money]


@dataclass(frozen=True, slots=True)
class Kind:
    """One allowance as a list writes it, with the ages it is for, and how many of a hundred have it."""

    code: str
    words: str
    share: int
    youngest: int
    oldest: int
    detail: str = ""


SOCIAL: Final = (
    Kind("BT05C", "Người từ đủ 80 tuổi không có lương hưu", 40, 81, 98),
    Kind("BT05A1", "NCT cô đơn từ 60 đến dưới 80 tuổi", 5, 61, 78),
    Kind("BT05A2", "NCT cô đơn từ đủ 80 tuổi", 3, 81, 93),
    Kind("BT06A", "NKT đặc biệt nặng", 7, 18, 58),
    Kind("BT06B", "NKT đặc biệt nặng là NCT, trẻ em", 6, 62, 90),
    Kind("BT06C", "NKT nặng", 19, 18, 58),
    Kind("BT06D", "NKT nặng là NCT, trẻ em", 15, 61, 88),
    Kind("BT06D", "NKT nặng là trẻ em, NCT", 4, 5, 14),
    Kind("CS06C", "Hộ gia đình trực tiếp chăm sóc NKT ĐBN", 9, 28, 66),
    Kind("BT01B", "Trẻ em mồ côi từ đủ 4 tuổi", 4, 6, 14),
    Kind("BT02", "Người từ 16 đến 22 tuổi đang học", 2, 17, 21),
    Kind("BT04", "Người đơn thân nghèo đang nuôi con", 3, 24, 45),
    Kind("BT08", "Người nhiễm HIV hộ nghèo", 2, 25, 55),
    Kind("BT03B", "Trẻ em nhiễm HIV hộ nghèo từ đủ 4 tuổi", 1, 6, 13),
)
PENSION: Final = (
    Kind("HT01", "Hưu trí xã hội từ đủ 75 tuổi", 88, 76, 97),
    Kind("HT02", "Hưu trí xã hội từ 70 đến 74 tuổi", 12, 71, 73),
)
_OF_2024: Final = 2_789_000
"""The merit standard, in đồng, that the amounts we ship belong to."""
_INVALID: Final = "Thương binh, người hưởng chính sách như thương binh"
_POISONED: Final = "Người HĐKC bị nhiễm chất độc hóa học"
MERIT: Final = (
    Kind("NC06-21", _INVALID, 15, 71, 84, "21%"),
    Kind("NC06-31", _INVALID, 11, 71, 86, "31%"),
    Kind("NC06-41", _INVALID, 7, 71, 86, "41%"),
    Kind("NC06-61", _INVALID, 6, 71, 86, "61%"),
    Kind("NC06-81", _INVALID, 3, 72, 86, "81%"),
    Kind("NC07-41", "Bệnh binh", 3, 70, 84, "41-50%"),
    Kind("NC07-61", "Bệnh binh", 6, 70, 84, "61-70%"),
    Kind("NC08-21", _POISONED, 4, 70, 84, "21-40%"),
    Kind("NC08-41", _POISONED, 5, 70, 84, "41-60%"),
    Kind("NC08C1", "Con đẻ người HĐKC bị nhiễm chất độc hóa học", 3, 34, 54, "61-80%"),
    Kind("NC03.1", "Thân nhân liệt sĩ", 17, 72, 96, "1 liệt sĩ"),
    Kind("NC03.2", "Thân nhân liệt sĩ", 2, 84, 98, "2 liệt sĩ"),
    Kind("NC04", "Bà mẹ Việt Nam anh hùng", 1, 90, 99),
    Kind("NC09", "Người HĐCM, HĐKC bị địch bắt tù, đày", 6, 74, 92),
    Kind("NC10B", "Huân chương, Huy chương kháng chiến", 11, 74, 95, "HCKC"),
)
SENSITIVE: Final = frozenset({"BT08", "BT03B"})
ATTENDED: Final = frozenset({"NC06-81", "NC04"})
"""Whose list line has the attendant's allowance beside the person's own."""


def social_kinds(month: Month) -> tuple[Kind, ...]:
    """The social allowances of a month: without the old who are pensioners by then."""
    return SOCIAL if month < PENSION_SINCE else tuple(kind for kind in SOCIAL if kind.code != "BT05C")


class Worth:
    """What an allowance is worth in one month, in đồng.

    The tables of merit allowances we ship are those of 07/2024; a month under a later standard is reckoned from them in
    proportion and rounded to thousands, as the decrees themselves round: invented amounts for invented people.
    """

    def __init__(self, session: Session, month: Month) -> None:
        levels = queries.standard_levels(session)
        self.social = standard_of(Programme.BTXH, month, levels) or Money(360_000)
        self._pension = standard_of(Programme.HTXH, month, levels) or Money(500_000)
        merit = standard_of(Programme.NCC, month, levels) or Money(_OF_2024)
        self._merit: dict[str, dict[RateComponent, Money]] = {}
        for line in reference.rates():
            thousands = (line.amount.dong * merit.dong + _OF_2024 * 500) // (_OF_2024 * 1_000)
            amount = Money(thousands * 1_000)
            self._merit.setdefault(line.benefit, {})[line.component] = amount
        self.coefficients = {line.code: line.coefficient for line in reference.benefits()}

    def parts(self, code: str) -> dict[RateComponent, Money]:
        """The components of an allowance; attendants are paid only where a list has them."""
        if code in self._merit:
            kept = dict(self._merit[code])
            if code not in ATTENDED:
                kept.pop(RateComponent.ATTENDANT, None)
            return kept
        standard = self._pension if code.startswith("HT") else self.social
        coefficient = self.coefficients.get(code) or 1
        return {RateComponent.ALLOWANCE: Money(int(standard.dong * coefficient))}
