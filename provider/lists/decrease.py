"""Báo giảm: what the unit reports about somebody who should be paid no more, and what the agency may answer; pure."""

from enum import StrEnum
from typing import Final

from provider.errors import N_


class DecreaseKind(StrEnum):
    """Why somebody should be paid no more."""

    DEATH = "death"
    MOVE = "move"
    PRISON = "prison"
    REFUSAL = "refusal"
    OTHER = "other"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _KINDS[self]


class ReportState(StrEnum):
    """Where a report stands."""

    REPORTED = "reported"
    SENT = "sent"
    ANSWERED = "answered"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _STATES[self]


class Answer(StrEnum):
    """What the agency decided, and so what becomes of the money that is held."""

    STOP = "stop"
    STOP_AFTER = "stop_after"
    KEEP = "keep"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _ANSWERS[self]

    @property
    def pays(self) -> bool:
        """Whether what is held may be collected; else it goes back when the month is closed."""
        return self is not Answer.STOP


_KINDS: Final = {
    DecreaseKind.DEATH: N_("Đã mất"),
    DecreaseKind.MOVE: N_("Chuyển đi nơi khác"),
    DecreaseKind.PRISON: N_("Đang chấp hành án"),
    DecreaseKind.REFUSAL: N_("Từ chối hưởng"),
    DecreaseKind.OTHER: N_("Lý do khác"),
}
_STATES: Final = {
    ReportState.REPORTED: N_("Đã báo, chưa gửi cơ quan"),
    ReportState.SENT: N_("Đã gửi cơ quan, chờ trả lời"),
    ReportState.ANSWERED: N_("Cơ quan đã trả lời"),
}
_ANSWERS: Final = {
    Answer.STOP: N_("Đồng ý giảm, hoàn trả khoản đang giữ"),
    Answer.STOP_AFTER: N_("Giảm từ tháng sau, vẫn chi khoản đang giữ"),
    Answer.KEEP: N_("Không giảm, chi tiếp"),
}
"""An allowance stops the month after a death; that of the month may still be paid (Nghị định 20/2021 Điều 8.2)."""
