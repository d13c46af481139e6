"""The life of a payout: every state times every step."""

import re
from pathlib import Path

import pytest

from provider.payouts.lifecycle import (
    FINAL,
    LIFE,
    OPEN,
    PAYABLE,
    State,
    Step,
    StepNotPossible,
    after,
    diagram,
)

DOCS = Path(__file__).resolve().parents[2] / "docs" / "payout-life.md"


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_a_step_leads_where_the_table_says_and_nowhere_else(state: State, step: Step) -> None:
    if (state, step) in LIFE:
        assert after(state, step) is LIFE[state, step]
    else:
        with pytest.raises(StepNotPossible) as refused:
            after(state, step)
        assert state.sentence in str(refused.value)


def test_nothing_is_paid_twice() -> None:
    assert (State.PAID, Step.PAY) not in LIFE
    assert {state for state, step in LIFE if step is Step.PAY} == {*PAYABLE, State.SENT}


def test_a_held_payout_cannot_be_paid_or_sent_before_it_is_released() -> None:
    assert {step for state, step in LIFE if state is State.HELD} == {Step.RELEASE, Step.CARRY_OVER, Step.GIVE_BACK}


def test_what_was_carried_over_or_given_back_never_moves_again() -> None:
    assert not [step for state, step in LIFE if state in (State.CARRIED, State.RETURNED)]


def test_every_state_is_reached_from_due() -> None:
    reached = {State.DUE}
    while more := {target for (state, _step), target in LIFE.items() if state in reached} - reached:
        reached |= more
    assert reached == set(State)


def test_every_open_state_can_be_brought_to_an_end() -> None:
    for state in OPEN:
        assert any(LIFE.get((state, step)) in FINAL for step in Step)


def test_open_and_final_together_are_all_states() -> None:
    assert {*OPEN, *FINAL} == set(State)


def test_every_word_is_said_in_vietnamese() -> None:
    for word in (*State, *Step):
        assert word.sentence


def test_the_diagram_in_the_docs_is_the_table() -> None:
    drawn = re.search(r"```mermaid\n(.*?)\n```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert drawn is not None
    assert drawn[1] == diagram()
