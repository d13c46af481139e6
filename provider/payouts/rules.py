"""Which channel a payout takes; pure.

Cash stays the main flow: about 95 % of people were paid in cash when account targets were set (DOMAIN 2.5). A person
has the right to choose, so what is recorded for the person comes before what the benefit or the age suggests.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from provider.clock import Month
from provider.errors import N_
from provider.names import fold
from provider.payouts.lifecycle import Channel


@dataclass(frozen=True, slots=True)
class PlanningTerms:
    """What counts as a special case that is paid at home: settings of the unit, not of the law."""

    home_benefits: frozenset[str] = frozenset({"BT06A", "BT06B"})
    """Extremely severe disability (Nghị định 20/2021/NĐ-CP, Điều 5 khoản 6)."""
    home_from_age: int = 90


TERMS: Final = PlanningTerms()


class Why(StrEnum):
    """Why a rule chose a channel; kept with the payout, so that a choice made by hand can be told from it."""

    OWN_ACCOUNT = "rule:own_account"
    REPRESENTATIVE_ACCOUNT = "rule:representative_account"
    HOME_CHOSEN = "rule:home_chosen"
    HOME_BENEFIT = "rule:home_benefit"
    HOME_AGE = "rule:home_age"
    HOLDER_UNKNOWN = "rule:holder_unknown"
    CASH = "rule:cash"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _SENTENCES[self]


_SENTENCES: Final = {
    Why.OWN_ACCOUNT: N_("Có tài khoản đứng tên người hưởng"),
    Why.REPRESENTATIVE_ACCOUNT: N_("Có tài khoản của người đại diện đã đăng ký"),
    Why.HOME_CHOSEN: N_("Đã đăng ký nhận tại nhà"),
    Why.HOME_BENEFIT: N_("Khuyết tật đặc biệt nặng, chi trả tại nhà"),
    Why.HOME_AGE: N_("Tuổi rất cao, chi trả tại nhà"),
    Why.HOLDER_UNKNOWN: N_("Tài khoản không đứng tên người hưởng hoặc người đại diện, chi tiền mặt"),
    Why.CASH: N_("Chưa có tài khoản, chi tiền mặt tại điểm"),
}

MARK: Final = "rule:"
"""How the reasons of rules begin; anything else was written by a person."""


def is_by_hand(reason: str) -> bool:
    """Whether a person chose the channel: a rule never overrules that."""
    return bool(reason) and not reason.startswith(MARK)


def reason_in_words(reason: str) -> str:
    """A kept reason as people read it: the sentence of a rule, or what a person wrote."""
    try:
        return Why(reason).sentence
    except ValueError:
        return reason


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningFacts:
    """What the choice depends on. ``way`` is how the person shall be paid as recorded, None when nothing is."""

    name: str
    benefit: str
    age: int | None
    way: Channel | None = None
    holder: str = ""
    representatives: tuple[str, ...] = ()


def channel_for(facts: PlanningFacts, terms: PlanningTerms = TERMS) -> tuple[Channel, Why]:
    """The channel of a payout, and why. An account without a written holder is the person's own, as the list says."""
    if facts.way is Channel.ACCOUNT:
        holder = fold(facts.holder)
        if holder in ("", fold(facts.name)):
            return Channel.ACCOUNT, Why.OWN_ACCOUNT
        if holder in map(fold, facts.representatives):
            return Channel.ACCOUNT, Why.REPRESENTATIVE_ACCOUNT
    if facts.way is Channel.HOME:
        return Channel.HOME, Why.HOME_CHOSEN
    if facts.benefit in terms.home_benefits:
        return Channel.HOME, Why.HOME_BENEFIT
    if facts.age is not None and facts.age >= terms.home_from_age:
        return Channel.HOME, Why.HOME_AGE
    return Channel.CASH_POINT, Why.HOLDER_UNKNOWN if facts.way is Channel.ACCOUNT else Why.CASH


def age_in(month: Month, birth_year: int | None, birth_month: int | None) -> int | None:
    """Full years reached by the end of a month; with only the year known, reached within that year."""
    if birth_year is None:
        return None
    not_yet = birth_month is not None and birth_month > month.number
    return max(0, month.year - birth_year - not_yet)


def may_tell_of_illness(text: str) -> bool:
    """Whether words of a list say what others must not read along (Nghị định 20/2021/NĐ-CP Điều 8.1b)."""
    return "hiv" in fold(text) or "aids" in fold(text)
