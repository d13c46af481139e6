"""What a list is sent for: to pay, or to tell what changed since last month; pure."""

from enum import StrEnum
from typing import Final

from provider.errors import N_


class ListKind(StrEnum):
    """The kinds of lists that agencies send."""

    PAYOUT = "payout"
    INCREASE = "increase"
    DECREASE = "decrease"
    ADJUST = "adjust"
    SUPPLEMENTARY = "supplementary"
    CAMPAIGN = "campaign"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _NAMES[self]

    @property
    def pays(self) -> bool:
        """Whether accepting it makes payouts; a list of movements only explains what changed."""
        return self not in MOVEMENTS


_NAMES: Final = {
    ListKind.PAYOUT: N_("Danh sách chi trả"),
    ListKind.INCREASE: N_("Danh sách tăng"),
    ListKind.DECREASE: N_("Danh sách giảm"),
    ListKind.ADJUST: N_("Danh sách điều chỉnh"),
    ListKind.SUPPLEMENTARY: N_("Danh sách bổ sung"),
    ListKind.CAMPAIGN: N_("Danh sách quà, hỗ trợ theo đợt"),
}

MOVEMENTS: Final = (ListKind.INCREASE, ListKind.DECREASE, ListKind.ADJUST)
"""Lists that say what changed against last month."""

OF_THE_MONTH: Final = (ListKind.PAYOUT, ListKind.SUPPLEMENTARY)
"""Lists whose people come back month after month; a campaign stands for itself."""
