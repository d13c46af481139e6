"""The life of a payout: a table on one screen; pure."""

from enum import StrEnum
from typing import Final

from provider.errors import N_, Refusal


class State(StrEnum):
    """Where a payout stands."""

    DUE = "due"
    HELD = "held"
    SENT = "sent"
    MISSED = "missed"
    PAID = "paid"
    CARRIED = "carried"
    RETURNED = "returned"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _STATES[self]


class Step(StrEnum):
    """What can happen to a payout."""

    HOLD = "hold"
    RELEASE = "release"
    SEND = "send"
    BOUNCE = "bounce"
    MISS = "miss"
    PAY = "pay"
    UNDO = "undo"
    CARRY_OVER = "carry_over"
    GIVE_BACK = "give_back"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _STEPS[self]


class Channel(StrEnum):
    """How a payout shall reach its person."""

    CASH_POINT = "cash_point"
    HOME = "home"
    ACCOUNT = "account"

    @property
    def sentence(self) -> str:
        """In Vietnamese; the web translates it."""
        return _CHANNELS[self]


_STATES: Final = {
    State.DUE: N_("Chờ chi"),
    State.HELD: N_("Tạm giữ"),
    State.SENT: N_("Đã gửi ngân hàng"),
    State.MISSED: N_("Chưa nhận"),
    State.PAID: N_("Đã chi"),
    State.CARRIED: N_("Chuyển kỳ sau"),
    State.RETURNED: N_("Hoàn trả"),
}
_STEPS: Final = {
    Step.HOLD: N_("Tạm giữ"),
    Step.RELEASE: N_("Thôi tạm giữ"),
    Step.SEND: N_("Gửi ngân hàng"),
    Step.BOUNCE: N_("Ngân hàng trả về"),
    Step.MISS: N_("Ghi chưa nhận"),
    Step.PAY: N_("Chi trả"),
    Step.UNDO: N_("Hủy lần chi"),
    Step.CARRY_OVER: N_("Chuyển kỳ sau"),
    Step.GIVE_BACK: N_("Hoàn trả cơ quan"),
}
_CHANNELS: Final = {
    Channel.CASH_POINT: N_("Tiền mặt tại điểm"),
    Channel.HOME: N_("Tại nhà"),
    Channel.ACCOUNT: N_("Tài khoản"),
}

LIFE: dict[tuple[State, Step], State] = {
    (State.DUE, Step.HOLD): State.HELD,
    (State.DUE, Step.SEND): State.SENT,
    (State.DUE, Step.MISS): State.MISSED,
    (State.DUE, Step.PAY): State.PAID,
    (State.DUE, Step.CARRY_OVER): State.CARRIED,
    (State.DUE, Step.GIVE_BACK): State.RETURNED,
    (State.MISSED, Step.HOLD): State.HELD,
    (State.MISSED, Step.SEND): State.SENT,
    (State.MISSED, Step.MISS): State.MISSED,
    (State.MISSED, Step.PAY): State.PAID,
    (State.MISSED, Step.CARRY_OVER): State.CARRIED,
    (State.MISSED, Step.GIVE_BACK): State.RETURNED,
    (State.HELD, Step.RELEASE): State.DUE,
    (State.HELD, Step.CARRY_OVER): State.CARRIED,
    (State.HELD, Step.GIVE_BACK): State.RETURNED,
    (State.SENT, Step.PAY): State.PAID,
    (State.SENT, Step.BOUNCE): State.DUE,
    (State.PAID, Step.UNDO): State.DUE,
    (State.PAID, Step.BOUNCE): State.DUE,
}
"""Every step that exists. What is not here is refused."""

PAYABLE = (State.DUE, State.MISSED)
"""States from which money may be handed to a person."""

OPEN = (State.DUE, State.MISSED, State.HELD, State.SENT)
"""States that must be resolved before a period is settled."""

FINAL = (State.PAID, State.CARRIED, State.RETURNED)
"""States in which a settlement may find a payout."""


class StepNotPossible(Refusal):
    """The life of a payout has no such step from where it stands."""

    code = "step_not_possible"
    sentence = N_("Khoản chi đang ở trạng thái “%(state)s”, không thể làm bước này.")


def after(state: State, step: Step) -> State:
    """The state after a step. Raises StepNotPossible."""
    try:
        return LIFE[state, step]
    except KeyError:
        raise StepNotPossible(state=state.sentence, step=step.sentence) from None


def diagram() -> str:
    """The table as a Mermaid state diagram, for the docs: a test compares the two."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.DUE.value}"]
    lines += [f'    state "{state.sentence}" as {state.value}' for state in State]
    arrows: dict[tuple[State, State], list[str]] = {}
    for (state, step), target in LIFE.items():
        arrows.setdefault((state, target), []).append(step.sentence.lower())
    lines += [f"    {state.value} --> {target.value} : {', '.join(steps)}" for (state, target), steps in arrows.items()]
    lines += [f"    {state.value} --> [*]" for state in FINAL]
    return "\n".join(lines)
