"""Who may collect for whom, how money may reach a person, and whether two records are one person; pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from provider.errors import N_


class PayeeKind(StrEnum):
    """In which capacity somebody collects."""

    SELF = "self"
    GUARDIAN = "guardian"
    PROXY = "proxy"
    CARER = "carer"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _PAYEE_KINDS[self]


_PAYEE_KINDS: Final = {
    PayeeKind.SELF: N_("Chính chủ"),
    PayeeKind.GUARDIAN: N_("Người giám hộ"),
    PayeeKind.PROXY: N_("Người được ủy quyền"),
    PayeeKind.CARER: N_("Người chăm sóc, nuôi dưỡng"),
}


class Way(StrEnum):
    """How money shall reach a person."""

    CASH_POINT = "cash_point"
    HOME = "home"
    ACCOUNT = "account"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _WAYS[self]


_WAYS: Final = {
    Way.CASH_POINT: N_("Tiền mặt tại điểm chi trả"),
    Way.HOME: N_("Tại nhà"),
    Way.ACCOUNT: N_("Tài khoản"),
}


def in_force(valid_from: dt.date, valid_to: dt.date | None, on: dt.date) -> bool:
    """Whether a day lies between two days, both counted; an open end is for ever."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


@dataclass(frozen=True, slots=True)
class Birth:
    """As much of a day of birth as is known; ``None`` for what is not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def agrees_with(self, other: "Birth") -> bool:
        """Whether nothing that both know is different: 1937 agrees with 21/08/1937."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(one is None or two is None or one == two for one, two in pairs)

    @property
    def precision(self) -> int:
        """How many of year, month and day are known."""
        return sum(part is not None for part in (self.year, self.month, self.day))


def are_one_person(one_fold: str, one_birth: Birth, two_fold: str, two_birth: Birth) -> bool:
    """Whether two records with the same identity number are one person.

    The same folded name is enough (birth days get corrected); so is a birth that agrees when at least the given name
    is the same (a missing or misspelt middle name). Otherwise one of the two numbers is wrong, and joining the records
    would pay one person's money to another.
    """
    if one_fold == two_fold:
        return True
    if one_birth.year is None or two_birth.year is None or not one_birth.agrees_with(two_birth):
        return False
    one, two = one_fold.split(), two_fold.split()
    return bool(one and two) and (one[-1] == two[-1] or one[:-1] == two[:-1])
