"""One test for every suspicion; and the samples, where only true doubts remain."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import provider.agreements
from provider.clock import Month
from provider.lists import checks
from provider.lists.benefit_match import BenefitMatch, KnownBenefit
from provider.lists.checks import Checked, Known, check, person_key
from provider.lists.commune_match import CommuneMatch
from provider.lists.problems import CATALOGUE, Level
from provider.lists.reading.document import read_list
from provider.lists.reading.listed import ReadRow
from provider.lists.tie_out import tie_out
from provider.money import Money
from provider.names import fold
from tests.rules.reading.books import HEAD, LISTS, person, xlsx

SEPTEMBER = Month(2024, 9)
TOWN = {
    fold(name): str(code)
    for code, name in enumerate(["Phường 1", "Phường 2", "Phường 3", "Phường An Đôn", "Xã Hải Lệ"])
}


def _lines(path: Path) -> Iterable[dict[str, str]]:
    return csv.DictReader(path.read_text(encoding="utf-8").splitlines())


def _known_benefits() -> list[KnownBenefit]:
    folder = Path(provider.agreements.__file__).parent / "data"
    rates: dict[str, dict[str, Money]] = {}
    for line in _lines(folder / "rates.csv"):
        rates.setdefault(line["benefit"], {})[line["component"]] = Money(int(line["amount"]))
    found = []
    for line in _lines(folder / "benefits.csv"):
        coefficient = Decimal(line["coefficient"]) if line["coefficient"] else None
        amounts = dict(rates.get(line["code"], {}))
        if coefficient is not None and "allowance" not in amounts:
            amounts["allowance"] = Money(int(500_000 * coefficient))
        names = [*line["synonyms"].split("|"), line["name"]]
        synonyms = tuple(f"{name} {detail}".strip() for detail in line["details"].split("|") for name in names)
        found.append(
            KnownBenefit(line["code"], line["programme"], line["name"], synonyms, coefficient, amounts, line["kind"])
        )
    return found


BENEFITS = _known_benefits()
BTXH = Known(
    communes=TOWN,
    benefits=BENEFITS,
    standard=Money(500_000),
    banks=frozenset({"agribank", "bidv", "vietcombank", "lpbank"}),
)
NCC = replace(BTXH, standard=None)
WIDE = [*HEAD, "Số tài khoản", "Ngân hàng", "Chủ tài khoản", "Người nhận thay", "Giới tính"]


def rows(*lines: list[Any], head: list[str] = WIDE) -> list[ReadRow]:
    return read_list(xlsx([["Tháng 9 năm 2024"], head, *lines]), "a.xlsx").rows


def one(known: Known = BTXH, programme: str = "BTXH", more: Iterable[Any] = (), **changed: Any) -> Checked:
    (found,) = check(rows([*person(**changed), *more]), month=SEPTEMBER, programme=programme, known=known)
    return found


def codes(found: Checked) -> list[str]:
    return [problem.code for problem in found.problems]


def test_a_good_row_has_no_problems() -> None:
    found = one()
    assert (found.is_good, found.benefit, found.commune, found.problems) == (True, "BT06C", "4", ())


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name": ""}, "name_missing"),
        ({"allowance": "", "total": ""}, "amount_missing"),
        ({"allowance": "", "total": "1.5"}, "amount_unclear"),
        ({"total": 700_000}, "total_not_sum"),
        ({"allowance": "", "total": 0}, "total_not_positive"),
        ({"allowance": -750_000, "total": -750_000}, "total_not_positive"),
        ({"allowance": 750, "total": 750}, "amount_too_small"),
        ({"allowance": 7_500_000_000, "total": 7_500_000_000}, "amount_too_large"),
    ],
)
def test_what_keeps_a_row_from_being_paid(changed: dict[str, Any], expected: str) -> None:
    found = one(**changed)
    assert expected in codes(found)
    assert not found.is_good
    assert CATALOGUE[expected].level is Level.ERROR


@pytest.mark.parametrize(
    ("changed", "more", "expected", "column"),
    [
        ({"allowance": 700_000, "total": 700_000}, [], "amount_not_by_coefficient", "H"),
        ({"coefficient": 2, "allowance": 1_000_000, "total": 1_000_000}, [], "coefficient_other", "G"),
        ({"coefficient": "", "allowance": 800_000, "total": 800_000}, [], "amount_not_by_rate", "H"),
        ({"arrears": 1_500, "total": 751_500}, [], "amount_not_thousands", "J"),
        ({"id_number": "045150025402"}, [], "id_other_birth_year", "D"),
        ({"id_number": "999140025402"}, [], "id_unknown_place", "D"),
        ({"id_number": "045440025402"}, [], "id_wrong_century", "D"),
        ({"id_number": "04514002540"}, [], "id_unclear", "D"),
        ({"id_number": 45140025402}, [], "id_padded", "D"),
        ({"id_number": ""}, [], "id_missing", "D"),
        ({}, ["", "", "", "", "Nam"], "id_other_sex", "D"),
        ({"born": 1895, "id_number": ""}, [], "birth_unlikely", "C"),
        ({"benefit": "Người làm vườn"}, [], "benefit_unknown", "F"),
        ({"benefit": ""}, [], "benefit_missing", "F"),
        ({"benefit": "Bệnh binh 61-70%"}, [], "benefit_other_programme", "F"),
        ({"commune": "Xã Mù Cang Chải"}, [], "commune_unknown", "E"),
        ({"commune": ""}, [], "commune_missing", "E"),
        ({}, ["0123456789012", "", "", "", ""], "account_without_bank", "M"),
        ({}, ["0123456789012", "Ngân hàng Mây", "", "", ""], "bank_unknown", "M"),
        ({}, ["0123456789012", "Agribank", "TRAN VAN B", "", ""], "holder_other_name", "N"),
        (
            {
                "benefit": "NKT nặng là NCT, trẻ em",
                "born": 1984,
                "id_number": "045184025402",
                "coefficient": 2,
                "allowance": 1_000_000,
                "total": 1_000_000,
            },
            [],
            "age_between",
            "C",
        ),
        (
            {
                "benefit": "Người từ đủ 80 tuổi không có lương hưu",
                "born": 1950,
                "id_number": "045150025402",
                "coefficient": 1,
                "allowance": 500_000,
                "total": 500_000,
            },
            [],
            "age_too_young",
            "C",
        ),
        (
            {"benefit": "Trẻ em không có nguồn nuôi dưỡng từ đủ 4 tuổi", "born": 1990, "id_number": "045190025402"},
            [],
            "age_too_old",
            "C",
        ),
        ({"name": "Nguyễn Thị Bưởi (chết)"}, [], "marked_dead", "B"),
        ({"note": "chuyển đi Đà Nẵng"}, [], "marked_stopped", "K"),
    ],
)
def test_what_asks_for_a_look_and_does_not_stop_a_row(
    changed: dict[str, Any], more: list[Any], expected: str, column: str
) -> None:
    found = one(more=more, **changed)
    assert expected in codes(found)
    assert next(problem.column for problem in found.problems if problem.code == expected) == column
    assert found.is_good


@pytest.mark.parametrize("born", [2010, 2020, 1964, 1940, 2008])
def test_a_child_or_an_old_person_with_a_disability_is_no_doubt(born: int) -> None:
    found = one(
        known=replace(BTXH, standard=None),
        born=born,
        id_number="",
        benefit="NKT nặng là NCT, trẻ em",
        coefficient="",
        allowance=1_000_000,
        total=1_000_000,
    )
    assert codes(found) == ["id_missing"]


def test_a_single_parent_has_one_coefficient_for_each_child() -> None:
    found = one(
        benefit="Người đơn thân nghèo đang nuôi con",
        born=1985,
        id_number="045185025402",
        coefficient=2,
        allowance=1_000_000,
        total=1_000_000,
    )
    assert found.problems == ()
    assert found.benefit == "BT04"


def test_what_is_known_of_a_person_in_this_month() -> None:
    key = ("045140025402", "BT06C")
    assert codes(one(replace(BTXH, paid={key: "đã ký nhận 05/09/2024"}))) == ["already_paid"]
    assert codes(one(replace(BTXH, listed={key: "danh sách bổ sung"}))) == ["already_listed"]
    assert codes(one(replace(BTXH, elsewhere={key[0]: ("NCC",)}))) == ["also_in_other_programme"]
    assert codes(one(replace(BTXH, elsewhere={key[0]: ("HTXH",)}))) == ["double_pension"]
    assert codes(one(replace(BTXH, dead={key[0]: "01/08/2024"}))) == ["reported_dead"]
    assert codes(one(replace(BTXH, stopped={key[0]: "chuyển đi"}))) == ["reported_stopped"]


def test_a_person_without_a_number_is_known_by_name_birth_and_commune() -> None:
    key = person_key(None, "Nguyễn Thị Bưởi", 1940, "4")
    assert "already_paid" in codes(one(replace(BTXH, paid={(key, "BT06C"): "x"}), id_number=""))


def test_the_same_allowance_twice_is_an_error_on_both_rows() -> None:
    first, second = check(rows(person(1), person(2)), month=SEPTEMBER, programme="BTXH", known=BTXH)
    assert codes(first) == codes(second) == ["double_payment"]
    assert first.problems[0].facts == {"row": "4"}
    assert not first.is_good


def test_two_allowances_of_one_programme_are_an_error_and_care_support_is_none() -> None:
    old = person(2, benefit="Người từ đủ 80 tuổi không có lương hưu", coefficient=1, allowance=500_000, total=500_000)
    care = person(2, benefit="Hộ gia đình trực tiếp chăm sóc NKT ĐBN", coefficient=1, allowance=500_000, total=500_000)
    assert [codes(each) for each in check(rows(person(1), old), month=SEPTEMBER, programme="BTXH", known=BTXH)] == [
        ["double_benefit"]
    ] * 2
    assert [codes(each) for each in check(rows(person(1), care), month=SEPTEMBER, programme="BTXH", known=BTXH)] == [
        [],
        [],
    ]


def test_one_number_typed_for_two_people() -> None:
    found = check(rows(person(1), person(2, "Lê Văn Tám", 1940)), month=SEPTEMBER, programme="BTXH", known=BTXH)
    assert [codes(each) for each in found] == [["same_id_other_name"]] * 2
    assert all(each.is_good for each in found)


def test_one_person_with_two_numbers_or_with_none() -> None:
    two = rows(person(1, born="05/03/1940"), person(2, born="05/03/1940", id_number="045140025499"))
    assert [codes(each) for each in check(two, month=SEPTEMBER, programme="BTXH", known=BTXH)] == [
        ["same_person_other_id"]
    ] * 2
    none = rows(person(1, born="05/03/1940"), person(2, born="05/03/1940", id_number=""))
    assert "maybe_double" in codes(check(none, month=SEPTEMBER, programme="BTXH", known=BTXH)[0])
    namesakes = rows(person(1), person(2, id_number="045140025499"))
    assert [codes(each) for each in check(namesakes, month=SEPTEMBER, programme="BTXH", known=BTXH)] == [[], []]


def test_one_account_or_one_representative_for_many() -> None:
    lines = [
        [
            *person(n, f"Nguyễn Văn {name}", id_number=f"04504002540{n}"),
            "0123456789012",
            "Agribank",
            "",
            "Trần Thị Chi",
            "",
        ]
        for n, name in enumerate(["An", "Bình", "Cúc", "Dung", "Em"])
    ]
    found = check(rows(*lines), month=SEPTEMBER, programme="BTXH", known=BTXH)
    assert codes(found[0]) == ["account_of_many", "payee_of_many"]
    assert found[0].problems[0].facts == {"count": 5, "rows": "3, 4, 5, 6, 7"}
    family = check(rows(*lines[:2]), month=SEPTEMBER, programme="BTXH", known=BTXH)
    assert codes(family[0]) == []


def test_nothing_is_changed_by_checking() -> None:
    read = rows(person(total=700_000))
    check(read, month=SEPTEMBER, programme="BTXH", known=BTXH)
    assert read[0].problems == []


def test_a_house_that_knows_nothing_asks_for_nothing() -> None:
    (found,) = check(rows(person()), month=SEPTEMBER, programme="BTXH", known=Known())
    assert found.problems == ()


@pytest.mark.parametrize(
    ("name", "programme", "known", "warnings"),
    [
        ("btxh_2024-09.xlsx", "BTXH", BTXH, {"age_too_young": 9}),
        ("ncc_2024-09.xls", "NCC", NCC, {}),
        ("btxh_2024-10.xlsx", "BTXH", BTXH, {"age_too_young": 8, "coefficient_other": 7}),
    ],
)
def test_the_samples_have_no_errors_and_few_warnings_all_of_them_true(
    name: str, programme: str, known: Known, warnings: dict[str, int]
) -> None:
    read = read_list((LISTS / name).read_bytes(), name)
    assert read.month is not None
    found = check(read.rows, month=read.month, programme=programme, known=known)
    assert all(each.is_good and each.benefit and each.commune for each in found)
    assert Counter(problem.code for each in found for problem in each.problems) == warnings
    ties = tie_out(read, [each.row for each in found if each.is_good])
    assert ties.ties_out
    assert all(section.ties for section in ties.sections)


@pytest.mark.parametrize(
    ("text", "detail", "programme", "code"),
    [
        ("Thương binh, người hưởng chính sách như thương binh", "61%", "NCC", "NC06-61"),
        ("Bệnh binh", "61-70%", "NCC", "NC07-61"),
        ("Thân nhân liệt sĩ", "2 liệt sĩ", "NCC", "NC03.2"),
        ("Người HĐKC bị nhiễm chất độc hóa học", "21-40%", "NCC", "NC08-21"),
        ("Huân chương, Huy chương kháng chiến", "HCKC", "NCC", "NC10B"),
        ("BÀ MẸ VIỆT NAM ANH HÙNG", "", "NCC", "NC04"),
        ("NKT đặc biệt nặng là NCT, trẻ em", "", "BTXH", "BT06B"),
        ("BT05C", "", "BTXH", "BT05C"),
    ],
)
def test_a_benefit_by_its_words_and_detail(text: str, detail: str, programme: str, code: str) -> None:
    (row,) = rows(person(benefit=text))
    found = BenefitMatch(BENEFITS, programme).find(replace(row, percent_text=detail))
    assert found.benefit is not None
    assert found.benefit.code == code


def test_a_benefit_between_two_is_decided_by_its_amount_or_asked() -> None:
    match = BenefitMatch(BENEFITS, "NCC")
    (row,) = rows(person(benefit="Thương binh", coefficient="", allowance=5_450_000, total=5_450_000))
    found = match.find(row)
    assert found.benefit is not None
    assert found.benefit.code == "NC06-61"
    (row,) = rows(person(benefit="Thương binh", coefficient="", allowance=5_450_001, total=5_450_001))
    assert len(match.find(row).choices) > 1
    assert "benefit_unsure" in codes(
        one(NCC, "NCC", benefit="Thương binh", coefficient="", allowance=5_451_000, total=5_451_000)
    )


@pytest.mark.parametrize("text", ["Phường 1", "PHƯỜNG 01", "P.1", "P1", "phuong 1"])
def test_a_commune_in_other_words(text: str) -> None:
    assert CommuneMatch(TOWN).find(text) == "0"


def test_a_commune_at_the_end_of_an_address() -> None:
    assert CommuneMatch(TOWN).find("", "Thôn Như Lệ, xã Hải Lệ, thị xã Quảng Trị") == "4"
    assert CommuneMatch(TOWN).find("", "KP 2") is None


def test_every_suspicion_is_in_the_list() -> None:
    names = {
        name for name, each in vars(checks).items() if getattr(each, "__annotations__", {}).get("case") is checks.Case
    }
    assert names == {each.__name__ for each in checks.SUSPICIONS}
