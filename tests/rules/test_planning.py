"""Which channel a payout takes, and why."""

import pytest

from provider.clock import Month
from provider.payouts.lifecycle import Channel
from provider.payouts.rules import (
    PlanningFacts,
    PlanningTerms,
    Why,
    age_in,
    channel_for,
    is_by_hand,
    reason_in_words,
)


def facts(**more: object) -> PlanningFacts:
    return PlanningFacts(**({"name": "Lê Thị Hoa", "benefit": "BT05C", "age": 74} | more))  # type: ignore[arg-type]


def test_without_anything_recorded_people_are_paid_at_the_point() -> None:
    assert channel_for(facts()) == (Channel.CASH_POINT, Why.CASH)


def test_an_account_of_the_person_is_used_however_the_name_is_written() -> None:
    for holder in ("Lê Thị Hoa", "LE THI HOA", "lê  thị hòa"):
        assert channel_for(facts(way=Channel.ACCOUNT, holder=holder)) == (Channel.ACCOUNT, Why.OWN_ACCOUNT)


def test_an_account_without_a_holder_is_the_persons_own() -> None:
    assert channel_for(facts(way=Channel.ACCOUNT))[1] is Why.OWN_ACCOUNT


def test_an_account_of_a_registered_representative_is_used() -> None:
    found = channel_for(facts(way=Channel.ACCOUNT, holder="TRAN VAN DUC", representatives=("Trần Văn Đức",)))
    assert found == (Channel.ACCOUNT, Why.REPRESENTATIVE_ACCOUNT)


def test_an_account_of_somebody_unknown_is_not_used() -> None:
    found = channel_for(facts(way=Channel.ACCOUNT, holder="Võ Hữu Long", representatives=("Trần Văn Đức",)))
    assert found == (Channel.CASH_POINT, Why.HOLDER_UNKNOWN)


def test_somebody_unknown_does_not_keep_a_special_case_from_being_paid_at_home() -> None:
    found = channel_for(facts(way=Channel.ACCOUNT, holder="Võ Hữu Long", benefit="BT06A"))
    assert found == (Channel.HOME, Why.HOME_BENEFIT)


def test_who_asked_for_it_is_paid_at_home() -> None:
    assert channel_for(facts(way=Channel.HOME)) == (Channel.HOME, Why.HOME_CHOSEN)


@pytest.mark.parametrize("benefit", ["BT06A", "BT06B"])
def test_extremely_severe_disability_is_paid_at_home(benefit: str) -> None:
    assert channel_for(facts(benefit=benefit)) == (Channel.HOME, Why.HOME_BENEFIT)


def test_severe_disability_is_not_a_special_case() -> None:
    assert channel_for(facts(benefit="BT06C"))[0] is Channel.CASH_POINT


def test_an_account_comes_before_a_special_case() -> None:
    assert channel_for(facts(benefit="BT06A", way=Channel.ACCOUNT))[0] is Channel.ACCOUNT


def test_the_very_old_are_paid_at_home_from_the_age_of_the_terms_on() -> None:
    terms = PlanningTerms(home_from_age=95)
    assert channel_for(facts(age=95), terms) == (Channel.HOME, Why.HOME_AGE)
    assert channel_for(facts(age=94), terms)[0] is Channel.CASH_POINT
    assert channel_for(facts(age=None), terms)[0] is Channel.CASH_POINT


@pytest.mark.parametrize(
    ("year", "month", "age"), [(1934, 9, 90), (1934, 10, 89), (1934, None, 90), (None, None, None), (2024, 12, 0)]
)
def test_age_is_what_is_reached_by_the_end_of_the_month(year: int | None, month: int | None, age: int | None) -> None:
    assert age_in(Month(2024, 9), year, month) == age


def test_every_rule_says_why_in_vietnamese() -> None:
    for why in Why:
        assert reason_in_words(why.value) == why.sentence
        assert not is_by_hand(why.value)


def test_what_a_person_wrote_stays_and_counts_as_chosen_by_hand() -> None:
    assert reason_in_words("Con gái xin nhận tại nhà") == "Con gái xin nhận tại nhà"
    assert is_by_hand("Con gái xin nhận tại nhà")
    assert not is_by_hand("")
