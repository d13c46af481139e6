"""The statement: what came in is what went out plus what is left, and every summary says the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.money import ZERO, Money
from provider.payouts.lifecycle import Channel
from provider.settlement.statement import (
    Kind,
    MorePaidThanReceived,
    Movement,
    PayoutStandsTwice,
    content_hash,
    draw_up,
)

START = datetime(2024, 9, 6, 0, 30, tzinfo=UTC)


def received(dong, minute=0):
    return Movement(kind=Kind.RECEIVED, at=START + timedelta(minutes=minute), reference="GBC 0912", amount=Money(dong))


def paid(payout, dong, person=None, channel=Channel.CASH_POINT, kind=Kind.PAID, minute=None, **more):
    words = {
        "commune": "Xã Hải Lệ",
        "programme": "Bảo trợ xã hội",
        "group": "Người cao tuổi",
        "text": "Nguyễn Thị Bưởi",
    }
    return Movement(
        kind=kind,
        at=START + timedelta(minutes=payout if minute is None else minute),
        reference=f"BN-{payout}",
        amount=Money(dong),
        payout=payout,
        person=payout if person is None else person,
        channel=channel if kind is Kind.PAID else None,
        **{**words, **more},
    )


MOVEMENTS = [
    received(3_000_000),
    paid(1, 500_000),
    paid(2, 1_000_000, channel=Channel.ACCOUNT),
    paid(3, 500_000, person=2, channel=Channel.HOME, commune="Phường 1"),
    paid(4, 750_000, kind=Kind.CARRIED, minute=900),
    paid(5, 250_000, kind=Kind.RETURNED, minute=900, programme="Người có công", group="Thương binh"),
]


def test_the_balance_runs_from_the_opening_to_the_closing():
    statement = draw_up(MOVEMENTS, opening=Money(100_000))
    assert [line.balance.dong for line in statement.lines] == [
        3_100_000, 2_600_000, 1_600_000, 1_100_000, 350_000, 100_000,
    ]  # fmt: skip
    assert statement.closing == Money(100_000)
    assert [line.number for line in statement.lines] == [1, 2, 3, 4, 5, 6]


def test_a_person_is_counted_once_however_many_payments():
    statement = draw_up(MOVEMENTS)
    assert statement.total.paid.people == 2
    assert statement.total.paid.payouts == 3
    assert dict(statement.by_channel)[Channel.ACCOUNT].people == 1
    assert statement.cash.people == 2
    assert statement.people_counted_across


def test_summaries_are_sorted_as_vietnamese_readers_expect_and_grouped_by_programme():
    statement = draw_up(MOVEMENTS)
    assert [row.label for row in statement.by_commune] == ["Phường 1", "Xã Hải Lệ"]
    assert [(head.label, [row.label for row in rows]) for head, rows in statement.by_group] == [
        ("Bảo trợ xã hội", ["Người cao tuổi"]),
        ("Người có công", ["Thương binh"]),
    ]


def test_an_empty_month_is_a_statement_too():
    statement = draw_up([], opening=Money(5))
    assert (statement.closing, statement.lines, statement.total.due.people) == (Money(5), (), 0)


def test_paying_more_than_was_received_is_refused_with_the_missing_amount():
    with pytest.raises(MorePaidThanReceived, match=r"200\.000 đ"):
        draw_up([received(300_000), paid(1, 500_000)])


def test_one_payout_may_not_stand_in_two_lines():
    with pytest.raises(PayoutStandsTwice, match="số 1 "):
        draw_up([received(2_000_000), paid(1, 500_000), paid(1, 500_000, kind=Kind.CARRIED)])


@pytest.mark.parametrize(
    "wrong",
    [
        paid(1, 0),
        paid(1, -5),
        replace(paid(1, 5), payout=None),
        replace(paid(1, 5), person=None),
        replace(paid(1, 5), channel=None),
    ],
)
def test_a_movement_that_cannot_be_is_a_bug(wrong):
    with pytest.raises(ValueError):
        draw_up([received(1_000_000), wrong])


def test_the_hash_notices_one_dong_one_name_one_moment_and_the_number():
    one = draw_up(MOVEMENTS)
    base = content_hash(one, "05/BKQT")
    assert base == content_hash(draw_up(reversed(MOVEMENTS)), "05/BKQT")
    assert len(base) == 64
    others = [
        draw_up([received(3_000_001), *MOVEMENTS[1:]]),
        draw_up([*MOVEMENTS[:1], replace(MOVEMENTS[1], text="Nguyễn Thị Bươi"), *MOVEMENTS[2:]]),
        draw_up([*MOVEMENTS[:1], replace(MOVEMENTS[1], at=MOVEMENTS[1].at + timedelta(seconds=1)), *MOVEMENTS[2:]]),
        draw_up(MOVEMENTS, opening=Money(1)),
    ]
    hashes = {base, content_hash(one, "06/BKQT"), *(content_hash(other, "05/BKQT") for other in others)}
    assert len(hashes) == 2 + len(others)


movement_facts = st.tuples(
    st.integers(1, 10**8),
    st.integers(1, 12),
    st.sampled_from(["Xã Hải Lệ", "Phường 1", "Đakrông"]),
    st.sampled_from(["Bảo trợ xã hội", "Người có công"]),
    st.sampled_from(["Người cao tuổi", "Thương binh"]),
    st.sampled_from(list(Channel)),
    st.sampled_from([Kind.PAID, Kind.PAID, Kind.CARRIED, Kind.RETURNED]),
    st.integers(0, 500),
)


@given(st.lists(movement_facts, max_size=40), st.integers(0, 10**9), st.integers(0, 10**9))
def test_money_is_neither_made_nor_lost(facts, opening, surplus):
    out = [
        paid(number, dong, person=person, commune=commune, programme=programme, group=group, channel=channel,
             kind=kind, minute=minute)
        for number, (dong, person, commune, programme, group, channel, kind, minute) in enumerate(facts)
    ]  # fmt: skip
    spent = sum(movement.amount.dong for movement in out)
    movements = [*out, received(spent + surplus + 1)]
    statement = draw_up(movements, opening=Money(opening))
    assert statement.opening + statement.received == (
        statement.paid + statement.returned + statement.carried + statement.closing
    )
    assert statement.closing == Money(opening + surplus + 1)
    assert len(statement.lines) == len(movements)
    for rows in (statement.by_commune, [head for head, _ in statement.by_group],
                 [row for _, members in statement.by_group for row in members]):  # fmt: skip
        assert Money.sum(row.due.amount for row in rows) == statement.total.due.amount
        assert Money.sum(row.paid.amount for row in rows) == statement.paid
        assert Money.sum(row.carried.amount for row in rows) == statement.carried
        assert Money.sum(row.returned.amount for row in rows) == statement.returned
        for row in rows:
            assert row.due.amount == row.paid.amount + row.carried.amount + row.returned.amount
            assert row.paid.amount == row.cash + row.by_account.amount
    assert Money.sum(tally.amount for _, tally in statement.by_channel) == statement.paid
    assert statement.total.due.people == len({movement.person for movement in out})
    assert all(line.balance >= ZERO for line in statement.lines[-1:])
