"""Invented people as plausible as those on a payout list; the same for the same seed. None of them exists."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from provider.identity import Sex

_FAMILY: Final = (
    ("Nguyễn", 384), ("Trần", 121), ("Lê", 95), ("Phạm", 70), ("Hoàng", 38), ("Huỳnh", 13), ("Phan", 45), ("Vũ", 20),
    ("Võ", 19), ("Đặng", 21), ("Bùi", 20), ("Đỗ", 14), ("Hồ", 13), ("Ngô", 13), ("Dương", 10), ("Lý", 5), ("Đào", 6),
    ("Đinh", 6), ("Đoàn", 7), ("Trương", 12), ("Mai", 6), ("Trịnh", 6), ("Lương", 6), ("Cao", 5), ("Hà", 5), ("Tạ", 3),
    ("Thái", 3), ("Châu", 2), ("Lâm", 4), ("Tô", 2), ("Văn", 2), ("La", 1), ("Quách", 1), ("Phùng", 3), ("Nghiêm", 1),
)  # fmt: skip
_MIDDLE_MEN: Final = (
    ("Văn", 400), ("Hữu", 70), ("Đức", 65), ("Xuân", 55), ("Quang", 50), ("Minh", 45), ("Ngọc", 35), ("Đình", 40),
    ("Công", 30), ("Thanh", 35), ("Trọng", 22), ("Viết", 18), ("Bá", 18), ("Thế", 18), ("Tiến", 15), ("Quốc", 25),
    ("Duy", 15), ("Hồng", 12), ("", 30),
)  # fmt: skip
_MIDDLE_WOMEN: Final = (
    ("Thị", 620), ("Thị Ngọc", 28), ("Thị Thanh", 30), ("Thị Thu", 30), ("Thị Bích", 16), ("Thị Kim", 26),
    ("Thị Hồng", 26), ("Thị Mỹ", 18), ("Thị Minh", 14), ("Ngọc", 22), ("Kim", 14), ("Thanh", 14), ("Thu", 10),
    ("Thùy", 10), ("Bảo", 8),
)  # fmt: skip
_GIVEN_MEN: Final = (
    ("Hùng", 30), ("Dũng", 26), ("Tuấn", 24), ("Minh", 20), ("Hải", 20), ("Thành", 20), ("Bình", 18), ("Sơn", 18),
    ("Long", 17), ("Hòa", 15), ("Tâm", 14), ("Thắng", 14), ("Quang", 14), ("Đức", 13), ("Vinh", 12), ("Phúc", 12),
    ("Lộc", 11), ("Cường", 16), ("Nam", 14), ("An", 10), ("Khánh", 9), ("Trung", 13), ("Kiên", 8), ("Hiếu", 10),
    ("Tùng", 9), ("Quý", 8), ("Lợi", 8), ("Đạt", 8), ("Phong", 8), ("Thọ", 8), ("Bảy", 9), ("Tám", 6), ("Út", 5),
    ("Năm", 7), ("Ba", 7), ("Tư", 7), ("Sáu", 6), ("Chiến", 7), ("Cảnh", 6), ("Diễn", 4), ("Được", 4), ("Ổn", 2),
    ("Ưng", 2), ("Vĩnh", 5), ("Xuân", 6), ("Tý", 4), ("Mạnh", 8), ("Hậu", 6), ("Khoa", 5), ("Thủy", 3), ("Trí", 5),
    ("Toàn", 7), ("Tiến", 7), ("Thịnh", 6), ("Viễn", 2), ("Nghĩa", 6), ("Nhân", 5), ("Lượng", 3), ("Luật", 2),
    ("Đông", 4), ("Bửu", 2), ("Chương", 3), ("Hoạt", 2), ("Khiêm", 2), ("Mậu", 2), ("Ngữ", 1), ("Quyết", 3),
)  # fmt: skip
_GIVEN_WOMEN: Final = (
    ("Lan", 24), ("Hoa", 24), ("Hương", 22), ("Mai", 20), ("Hồng", 18), ("Thủy", 17), ("Hạnh", 16), ("Nga", 15),
    ("Hà", 15), ("Lý", 10), ("Bưởi", 4), ("Bông", 4), ("Mận", 5), ("Lài", 5), ("Cúc", 9), ("Đào", 8), ("Liên", 13),
    ("Yến", 12), ("Oanh", 9), ("Loan", 12), ("Xuân", 10), ("Thu", 13), ("Tuyết", 11), ("Phượng", 12), ("Dung", 13),
    ("Vân", 14), ("Thảo", 12), ("Trang", 11), ("Linh", 10), ("Nhung", 8), ("Hiền", 13), ("Bình", 9), ("Tâm", 10),
    ("Minh", 8), ("Ngọc", 8), ("Thanh", 9), ("Phương", 13), ("Bé", 6), ("Gái", 6), ("Năm", 6), ("Ba", 6), ("Tư", 6),
    ("Bảy", 6), ("Út", 5), ("Sen", 6), ("Huệ", 10), ("Mỹ", 6), ("Quyên", 5), ("Tươi", 4), ("Ưu", 2), ("Nguyệt", 8),
    ("Hằng", 9), ("Hòa", 8), ("Em", 4), ("Chắt", 2), ("Con", 2), ("Dần", 3), ("Điểu", 1), ("Khuyên", 2), ("Lựu", 3),
    ("Mùi", 3), ("Nhàn", 4), ("Nuôi", 2), ("Phấn", 2), ("Quế", 3), ("Rạng", 1), ("Sương", 4), ("Thơm", 4), ("Vinh", 3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlausiblePerson:
    """Somebody invented; the identity number fits sex and birth year; day and month may be unknown for the old."""

    name: str
    sex: Sex
    birth_year: int
    birth_month: int | None
    birth_day: int | None
    id_number: str


class PeopleMaker:
    """Makes plausible people one after another; no two with the same identity number."""

    def __init__(self, seed: int = 45, province: str = "045") -> None:
        """``province`` is the three-digit code that identity numbers begin with."""
        self._random = Random(seed)
        self._province = province
        self._numbers: set[str] = set()

    def person(self, *, born_from: int, born_to: int, sex: Sex | None = None) -> PlausiblePerson:
        """Somebody born between two years, both counted."""
        choose = self._random
        chosen = sex or (Sex.FEMALE if choose.random() < 0.56 else Sex.MALE)
        year = choose.randint(born_from, born_to)
        month: int | None = None
        day: int | None = None
        if not (year < 1955 and choose.random() < 0.22):  # many of the old know their year only
            first_day = choose.random() < 0.06
            on = dt.date(year, 1, 1) + dt.timedelta(days=0 if first_day else choose.randrange(365))
            month, day = on.month, on.day
        return PlausiblePerson(self._name(chosen), chosen, year, month, day, self._number(chosen, year))

    def people(self, count: int, *, born_from: int = 1925, born_to: int = 2020) -> Iterator[PlausiblePerson]:
        """Many people; two thirds of them old, as on the lists."""
        for _ in range(count):
            old = self._random.random() < 0.66
            yield self.person(born_from=born_from, born_to=min(1960, born_to) if old else born_to)

    def _name(self, sex: Sex) -> str:
        women = sex is Sex.FEMALE
        family = self._pick(_FAMILY)
        middle = self._pick(_MIDDLE_WOMEN if women else _MIDDLE_MEN)
        given = self._pick(_GIVEN_WOMEN if women else _GIVEN_MEN)
        while given in middle.split() or given == family:
            given = self._pick(_GIVEN_WOMEN if women else _GIVEN_MEN)
        return " ".join(part for part in (family, middle if middle != family else "", given) if part)

    def _pick(self, weighted: Sequence[tuple[str, int]]) -> str:
        words, weights = _UNZIPPED[id(weighted)]
        return self._random.choices(words, cum_weights=weights)[0]

    def _number(self, sex: Sex, year: int) -> str:
        while True:
            century = (year // 100 - 19) * 2 + (1 if sex is Sex.FEMALE else 0)
            number = f"{self._province}{century}{year % 100:02}{self._random.randrange(10**6):06}"
            if number not in self._numbers:
                self._numbers.add(number)
                return number


def _unzipped(weighted: Sequence[tuple[str, int]]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    total = 0
    sums = []
    for _word, weight in weighted:
        total += weight
        sums.append(total)
    return tuple(word for word, _weight in weighted), tuple(sums)


_UNZIPPED: Final = {
    id(each): _unzipped(each) for each in (_FAMILY, _MIDDLE_MEN, _MIDDLE_WOMEN, _GIVEN_MEN, _GIVEN_WOMEN)
}
