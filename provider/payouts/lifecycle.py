"""The life of a payout: a table on one screen; pure."""

from enum import StrEnum

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


class Channel(StrEnum):
    """How a payout shall reach its person."""

    CASH_POINT = "cash_point"
    HOME = "home"
    ACCOUNT = "account"


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
    sentence = N_("Khoản chi đang ở trạng thái «%(state)s», không thể làm bước này.")


def after(state: State, step: Step) -> State:
    """The state after a step. Raises StepNotPossible."""
    try:
        return LIFE[state, step]
    except KeyError:
        raise StepNotPossible(state=state.value, step=step.value) from None
