"""The payout fee: by tariff, in whole đồng, with the lines it counted."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.clock import Month
from provider.money import ZERO, Money
from provider.settlement.fees import Basis, CountedLine, Rounding, Tariff, Tier, reckon

SEPTEMBER = Month(2024, 9)


def tariff(**terms):
    usual = {"id": 1, "label": "Mọi khoản", "basis": Basis.PERCENT_AMOUNT, "effective_from": Month(2024, 1)}
    return Tariff(**{**usual, **terms})


def line(payout=1, person=None, dong=500_000, programme="BTXH", channel="cash_point", **more):
    person = payout if person is None else person
    return CountedLine(payout=payout, person=person, programme=programme, channel=channel, amount=Money(dong), **more)


def test_per_cent_of_what_was_paid():
    fee = reckon([line(1), line(2, dong=2_789_000)], [tariff(rate=Decimal("0.75"))], month=SEPTEMBER)
    assert fee.net == Money(24_668)  # 0,75 % of 3.289.000 is 24.667,5
    assert fee.rows[0].payouts == (1, 2)
    assert (fee.rows[0].people, fee.rows[0].amount) == (2, Money(3_289_000))


def test_the_price_of_ho_chi_minh_city_includes_its_vat():
    priced = tariff(basis=Basis.PER_PERSON_PAID, price=Money(6_600), vat_rate=Decimal(10), vat_included=True)
    fee = reckon([line(1), line(2)], [priced], month=SEPTEMBER)
    assert (fee.net, fee.vat, fee.gross) == (Money(12_000), Money(1_200), Money(13_200))


def test_vat_comes_on_top_where_it_is_not_included():
    fee = reckon([line(dong=10_000_000)], [tariff(rate=Decimal(1), vat_rate=Decimal(8))], month=SEPTEMBER)
    assert (fee.net, fee.vat) == (Money(100_000), Money(8_000))


@given(st.integers(0, 10**12), st.sampled_from(["0", "5", "8", "10", "7.5"]))
def test_vat_taken_out_of_a_price_adds_up_again(price, rate):
    priced = tariff(basis=Basis.FIXED_MONTH, price=Money(price), vat_rate=Decimal(rate), vat_included=True)
    fee = reckon([], [priced], month=SEPTEMBER)
    assert fee.gross == Money(price)
    assert abs(fee.net.percent(Decimal(rate)) - fee.vat) <= Money(1)


def test_a_person_is_counted_once_per_programme_unless_the_contract_says_otherwise():
    lines = [line(1, person=7), line(2, person=7), line(3, person=7, programme="NCC")]
    once = tariff(basis=Basis.PER_PERSON_PAID, price=Money(5_000))
    each = tariff(basis=Basis.PER_PERSON_PAID, price=Money(5_000), person_once=False)
    assert reckon(lines, [once], month=SEPTEMBER).net == Money(10_000)
    assert reckon(lines, [each], month=SEPTEMBER).net == Money(15_000)
    assert reckon(lines, [once], month=SEPTEMBER).rows[0].people == 1


def test_two_months_paid_together_count_twice_only_where_agreed():
    lines = [line(1, months=2), line(2)]
    for basis in (Basis.PER_PAYMENT_LINE, Basis.PER_PERSON_PAID):
        assert reckon(lines, [tariff(basis=basis, price=Money(1_000))], month=SEPTEMBER).net == Money(2_000)
        merged = tariff(basis=basis, price=Money(1_000), months_count=True)
        assert reckon(lines, [merged], month=SEPTEMBER).net == Money(3_000)


def test_a_price_per_point_counts_points_where_something_was_paid():
    lines = [line(1, point=1), line(2, point=1), line(3, point=2), line(4)]
    fee = reckon(lines, [tariff(basis=Basis.PER_POINT_PER_MONTH, price=Money(1_000_000))], month=SEPTEMBER)
    assert (fee.rows[0].units, fee.net) == (2, Money(2_000_000))


def test_a_fixed_month_is_charged_even_when_nothing_was_paid_and_takes_no_line_away():
    fixed = tariff(id=9, basis=Basis.FIXED_MONTH, price=Money(300_000))
    assert reckon([], [fixed], month=SEPTEMBER).net == Money(300_000)
    both = reckon([line()], [fixed, tariff(rate=Decimal(1))], month=SEPTEMBER)
    assert both.net == Money(305_000)
    assert both.without_tariff == ()


def test_tiers_take_each_their_part():
    tiered = tariff(basis=Basis.TIERED_PERCENT, tiers=(Tier(Money(1_000_000), Decimal(1)), Tier(None, Decimal("0.5"))))
    assert reckon([line(dong=3_000_000)], [tiered], month=SEPTEMBER).net == Money(20_000)
    assert reckon([line(dong=400_000)], [tiered], month=SEPTEMBER).net == Money(4_000)


def test_tiers_that_end_too_early_are_a_mistake_in_the_tariff():
    gap = tariff(basis=Basis.TIERED_PERCENT, tiers=(Tier(Money(1_000_000), Decimal(1)),))
    with pytest.raises(ValueError, match="no tier"):
        reckon([line(dong=3_000_000)], [gap], month=SEPTEMBER)


def test_least_and_most_hold_before_vat():
    low = tariff(rate=Decimal(1), least=Money(50_000), vat_rate=Decimal(10))
    high = tariff(rate=Decimal(1), most=Money(1_000))
    assert reckon([line()], [low], month=SEPTEMBER).gross == Money(55_000)
    assert reckon([line()], [high], month=SEPTEMBER).net == Money(1_000)


def test_rounding_to_the_thousand_goes_half_up():
    to_thousand = tariff(rate=Decimal(1), rounding=Rounding.THOUSAND)
    assert reckon([line(dong=250_000)], [to_thousand], month=SEPTEMBER).net == Money(3_000)
    assert reckon([line(dong=249_900)], [to_thousand], month=SEPTEMBER).net == Money(2_000)


def test_of_two_tariffs_that_fit_priority_decides_then_precision():
    general = tariff(id=1, rate=Decimal(1))
    home = tariff(id=2, rate=Decimal(2), channel="home")
    campaign = tariff(id=3, rate=Decimal(3), priority=5)
    lines = [line(1), line(2, channel="home")]
    assert [row.payouts for row in reckon(lines, [general, home], month=SEPTEMBER).rows] == [(1,), (2,)]
    assert [row.payouts for row in reckon(lines, [general, home, campaign], month=SEPTEMBER).rows] == [(1, 2)]


def test_a_tariff_holds_only_in_its_months():
    old = tariff(rate=Decimal(1), effective_to=Month(2024, 8))
    fee = reckon([line(4)], [old], month=SEPTEMBER)
    assert fee.rows == ()
    assert fee.without_tariff == (4,)
    assert reckon([line(4)], [old], month=Month(2024, 8)).net == Money(5_000)


def test_what_no_tariff_covers_is_named_and_free():
    fee = reckon([line(1), line(2, programme="NCC")], [tariff(programme="BTXH", rate=Decimal(1))], month=SEPTEMBER)
    assert fee.without_tariff == (2,)
    assert fee.net == Money(5_000)


@given(st.lists(st.tuples(st.integers(1, 10**7), st.sampled_from(["BTXH", "NCC"]), st.booleans()), max_size=30))
def test_every_paid_line_is_counted_exactly_once(paid):
    lines = [
        line(number, dong=dong, programme=programme, channel="home" if home else "account")
        for number, (dong, programme, home) in enumerate(paid)
    ]
    tariffs = [
        tariff(id=1, rate=Decimal("0.5"), programme="BTXH"),
        tariff(id=2, basis=Basis.PER_PERSON_PAID, price=Money(7_000), channel="home", programme="NCC"),
    ]
    fee = reckon(lines, tariffs, month=SEPTEMBER)
    counted = [payout for row in fee.rows for payout in row.payouts] + list(fee.without_tariff)
    assert sorted(counted) == list(range(len(lines)))
    assert Money.sum(row.amount for row in fee.rows) + Money.sum(
        lines[payout].amount for payout in fee.without_tariff
    ) == Money.sum(one.amount for one in lines)
    assert fee.gross >= ZERO
