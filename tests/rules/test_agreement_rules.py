"""What a benefit is worth in a month, and which tariff applies."""

import datetime as dt
from decimal import Decimal

import pytest

from provider.agreements import reference
from provider.agreements.benefit_names import BenefitNames
from provider.agreements.rules import (
    Area,
    Basis,
    BenefitKind,
    BenefitTerms,
    CountUnit,
    MergedMonths,
    Programme,
    RateLevel,
    Rounding,
    StandardLevel,
    TariffChannel,
    TariffTerms,
    rate_of,
    standard_of,
    tariff_that_applies,
)
from provider.clock import Month

STANDARDS = [StandardLevel(each.programme, each.amount, each.effective_from) for each in reference.standards()]
RATES = [RateLevel(each.benefit, each.component, each.amount, each.effective_from) for each in reference.rates()]
BENEFITS = {each.code: each for each in reference.benefits()}


def worth(code: str, month: str) -> dict[str, int]:
    benefit = BENEFITS[code]
    terms = BenefitTerms(benefit.code, benefit.programme, benefit.coefficient)
    amounts = rate_of(terms, Month.parse(month), standards=STANDARDS, rates=RATES)
    return {component.value: amount.dong for component, amount in amounts.items()}


@pytest.mark.parametrize(
    ("month", "amount"),
    [
        ("2021-06", None),
        ("2021-07", 360_000),
        ("2024-06", 360_000),
        ("2024-07", 500_000),
        ("2026-06", 500_000),
        ("2026-07", 540_000),
    ],
)
def test_the_standard_of_social_assistance_changes_with_the_decrees(month: str, amount: int | None) -> None:
    found = standard_of(Programme.BTXH, Month.parse(month), STANDARDS)
    assert (found.dong if found else None) == amount


@pytest.mark.parametrize(
    ("code", "month", "amount"),
    [
        ("BT01A", "2024-09", 1_250_000),
        ("BT05C", "2024-09", 500_000),
        ("BT06B", "2023-01", 900_000),
        ("BT06D", "2026-11", 1_080_000),
        ("CS06C", "2024-09", 500_000),
        ("MT-BT", "2024-09", 10_000_000),
        ("HT01", "2025-07", 500_000),
        ("HT01", "2026-07", 540_000),
    ],
)
def test_a_coefficient_multiplies_the_standard_of_its_month(code: str, month: str, amount: int) -> None:
    assert worth(code, month)["allowance"] == amount


def test_a_fixed_rate_has_its_components() -> None:
    assert worth("NC06-81", "2024-09") == {"allowance": 7_240_000, "supplement": 1_399_000, "attendant": 2_789_000}


def test_a_rate_made_under_an_earlier_standard_no_longer_counts() -> None:
    assert worth("NC09", "2026-06") == {"allowance": 1_673_000}
    assert worth("NC09", "2026-07") == {}


def test_before_the_first_decree_nothing_is_known() -> None:
    assert worth("HT01", "2025-06") == {}
    assert worth("NC09", "2024-06") == {}


def test_every_benefit_of_a_pensioner_or_child_is_worth_something_in_september_2024() -> None:
    known = {code: worth(code, "2024-09") for code, benefit in BENEFITS.items() if benefit.programme is Programme.BTXH}
    assert not [code for code, amounts in known.items() if not amounts]


def test_what_others_may_not_read_is_marked() -> None:
    assert {code for code, benefit in BENEFITS.items() if benefit.sensitive} == {"BT03A", "BT03B", "BT08"}


NAMES = {
    programme: BenefitNames(
        (each.code, (each.name, *each.synonyms)) for each in BENEFITS.values() if each.programme is programme
    )
    for programme in Programme
}


@pytest.mark.parametrize(
    ("programme", "text", "detail", "code"),
    [
        (Programme.BTXH, "Người từ đủ 80 tuổi không có lương hưu", "", "BT05C"),
        (Programme.BTXH, "NKT nặng là NCT, trẻ em", "", "BT06D"),
        (Programme.BTXH, "Người khuyết tật nặng là người cao tuổi, trẻ em", "", "BT06D"),
        (Programme.BTXH, "nkt đbn", "", "BT06A"),
        (Programme.BTXH, "Hộ gia đình trực tiếp chăm sóc NKT ĐBN", "", "CS06C"),
        (Programme.BTXH, "Trẻ em không có nguồn nuôi dưỡng từ đủ 4 tuổi", "", "BT01B"),
        (Programme.BTXH, "bt05c", "", "BT05C"),
        (Programme.NCC, "Thương binh, người hưởng chính sách như thương binh", "61%", "NC06-61"),
        (Programme.NCC, "Thương binh 61%", "", "NC06-61"),
        (Programme.NCC, "Thương binh", "62%", None),
        (Programme.NCC, "Thương binh", "", None),
        (Programme.NCC, "Bệnh binh", "71-80%", "NC07-71"),
        (Programme.NCC, "Bệnh binh", "45%", "NC07-41"),
        (Programme.NCC, "Thân nhân liệt sĩ", "2 liệt sĩ", "NC03.2"),
        (Programme.NCC, "Thân nhân liệt sỹ", "1 LS", "NC03.1"),
        (Programme.NCC, "Bà mẹ VNAH", "", "NC04"),
        (Programme.NCC, "Người bị địch bắt tù đày", "", "NC09"),
        (Programme.NCC, "Huân chương, Huy chương kháng chiến", "HCKC", "NC10B"),
        (Programme.NCC, "Người HĐKC bị nhiễm chất độc hóa học", "41-60%", "NC08-41"),
        (Programme.NCC, "Quà Tết", "", None),
        (Programme.NCC, "", "", None),
    ],
)
def test_a_list_s_own_words_find_their_benefit(programme: Programme, text: str, detail: str, code: str | None) -> None:
    assert NAMES[programme].find(text, detail) == code


def test_every_benefit_is_found_by_its_own_name_and_synonyms() -> None:
    for benefit in BENEFITS.values():
        for name in (benefit.name, *benefit.synonyms):
            assert NAMES[benefit.programme].find(name) == benefit.code, f"{benefit.code}: {name}"


def tariff(number: int, **said: object) -> TariffTerms:
    values: dict[str, object] = {
        "id": number,
        "contract_id": 1,
        "benefit_kind": None,
        "channel": None,
        "area": None,
        "basis": Basis.PERCENT_AMOUNT,
        "percent": Decimal("0.75"),
        "price": None,
        "tiers": (),
        "least": None,
        "most": None,
        "count_unit": CountUnit.PERSON,
        "merged_months": MergedMonths.EACH,
        "vat_percent": Decimal(10),
        "vat_included": True,
        "rounding": Rounding.DONG,
        "decision_no": "",
        "effective_from": dt.date(2024, 1, 1),
        "effective_to": None,
        "priority": 0,
    }
    return TariffTerms(**(values | said))  # type: ignore[arg-type]


def chosen(tariffs: list[TariffTerms], on: dt.date = dt.date(2024, 9, 10), **paid: object) -> int | None:
    values: dict[str, object] = {"benefit_kind": BenefitKind.MONTHLY, "channel": TariffChannel.CASH_POINT}
    found = tariff_that_applies(tariffs, on=on, **(values | paid))  # type: ignore[arg-type]
    return found.id if found else None


def test_the_tariff_that_says_most_applies() -> None:
    tariffs = [
        tariff(1),
        tariff(2, channel=TariffChannel.HOME),
        tariff(3, channel=TariffChannel.HOME, area=Area.ISLAND),
    ]
    assert chosen(tariffs) == 1
    assert chosen(tariffs, channel=TariffChannel.HOME) == 2
    assert chosen(tariffs, channel=TariffChannel.HOME, area=Area.ISLAND) == 3


def test_priority_goes_before_everything_and_the_newer_before_the_older() -> None:
    assert chosen([tariff(1, priority=1), tariff(2, channel=TariffChannel.CASH_POINT)]) == 1
    assert chosen([tariff(1), tariff(2, effective_from=dt.date(2024, 9, 1))]) == 2


def test_outside_its_days_a_tariff_does_not_apply() -> None:
    ended = tariff(1, effective_to=dt.date(2024, 8, 31))
    assert chosen([ended]) is None
    assert chosen([ended], on=dt.date(2024, 8, 31)) == 1
