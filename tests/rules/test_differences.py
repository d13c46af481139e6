"""Two months side by side: who is new, gone, changed, and by what somebody was recognised."""

import gc
import random
import time
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from provider.lists.differences import CLOSE_LOOK, Change, Comparison, Difference, Found, Line, compare
from provider.money import Money
from tests.rules.months import line, sample_lines


def only(comparison: Comparison) -> Difference:
    """The one difference there is."""
    assert len(comparison.changed) == 1, comparison
    assert not comparison.new
    assert not comparison.gone
    return comparison.changed[0]


def test_the_same_list_again_has_no_differences() -> None:
    people = [line(), line("Trần Văn Đức", "045036000025", birth_year=1936)]
    found = compare(people, reversed(people))
    assert not found.new
    assert not found.gone
    assert not found.changed
    assert len(found.same) == 2


def test_somebody_is_new_and_somebody_is_gone() -> None:
    found = compare([line()], [line("Trần Văn Đức", "045036000025", birth_year=1936)])
    assert [one.line.name for one in found.new] == ["Trần Văn Đức"]
    assert [one.line.name for one in found.gone] == ["Nguyễn Thị Bưởi"]
    assert not found.new[0].needs_confirming


def test_a_number_recognises_somebody_whatever_else_changed() -> None:
    one = only(
        compare(
            [line(account="0451000123456")],
            [
                line(
                    "Nguyễn Thị Bười", commune="Phường 2", monthly=Money(750_000), birth_year=1942, account="0451000999"
                )
            ],
        )
    )
    assert set(one.changes) == {Change.NAME, Change.COMMUNE, Change.AMOUNT, Change.BIRTH, Change.ACCOUNT}
    assert one.found is Found.NUMBER
    assert one.monthly == 250_000


def test_tone_placement_capitals_and_nfd_are_no_change_of_name() -> None:
    written = unicodedata.normalize("NFD", "TRẦN THỊ THUỶ HOÀ")
    assert not compare([line("Trần Thị Thủy Hòa")], [line(written)]).changed


def test_a_birth_day_that_is_now_known_is_no_change() -> None:
    assert not compare([line()], [line(birth_month=8, birth_day=21)]).changed
    one = only(compare([line(birth_month=8, birth_day=12)], [line(birth_month=8, birth_day=21)]))
    assert one.changes == (Change.BIRTH,)


def test_a_number_typed_for_somebody_else_joins_nobody() -> None:
    """The number of Đức stood at Bưởi last month; now both have their own."""
    wrong = line(id_number="045036000025")
    found = compare([wrong], [line(), line("Trần Văn Đức", "045036000025", birth_year=1936, commune="Phường 2")])
    assert [one.line.name for one in found.new] == ["Nguyễn Thị Bưởi", "Trần Văn Đức"]
    found = compare(
        [wrong._replace(birth_day=1, birth_month=2)],
        [
            line(birth_day=1, birth_month=2),
            line("Trần Văn Đức", "045036000025", birth_year=1936, commune="Phường 2"),
        ],
    )
    assert [one.line.name for one in found.new] == ["Trần Văn Đức"]
    assert [(one.line.name, one.changes, one.needs_confirming) for one in found.changed] == [
        ("Nguyễn Thị Bưởi", (Change.ID_NUMBER,), True)
    ]


def test_without_a_number_name_birth_and_commune_recognise_and_ask_for_confirmation() -> None:
    one = only(compare([line(id_number="")], [line("NGUYỄN THỊ BƯỞI")]))
    assert one.changes == (Change.ID_NUMBER,)
    assert one.found is Found.NAME
    assert one.needs_confirming


def test_namesakes_of_one_year_with_two_whole_numbers_are_two_people() -> None:
    found = compare([line()], [line(id_number="045141077799")])
    assert len(found.new) == len(found.gone) == 1


def test_a_slip_in_the_number_is_one_person() -> None:
    one = only(compare([line()], [line(id_number="045141000071")]))
    assert one.changes == (Change.ID_NUMBER,)
    assert one.needs_confirming


def test_a_move_without_a_number_is_recognised_by_the_full_day_of_birth_only() -> None:
    born = {"birth_month": 8, "birth_day": 21, "id_number": ""}
    one = only(compare([line(**born)], [line(**born, commune="Xã Hải Lệ")]))
    assert one.found is Found.ELSEWHERE
    assert one.changes == (Change.COMMUNE,)
    found = compare([line(id_number="")], [line(id_number="", commune="Xã Hải Lệ")])
    assert len(found.new) == len(found.gone) == 1


def test_a_commune_that_was_renamed_is_the_same_commune() -> None:
    assert not compare([line(unit="19360")], [line(commune="Phường Quảng Trị", unit="19360")]).changed


def test_two_allowances_of_one_person_are_two_lines() -> None:
    care = line(benefit="CS01", benefit_text="Hỗ trợ chăm sóc", monthly=Money(540_000))
    own = line(benefit="BT05")
    found = compare([own, care], [care, own._replace(monthly=Money(750_000))])
    assert [(one.line.benefit, one.changes) for one in found.changed] == [("BT05", (Change.AMOUNT,))]
    assert len(found.same) == 1
    found = compare([own, care], [own])
    assert [one.line.benefit for one in found.gone] == ["CS01"]


def test_another_category_is_a_change_and_not_a_new_person() -> None:
    one = only(compare([line(benefit="BT05")], [line(benefit="BT06", monthly=Money(750_000))]))
    assert one.changes == (Change.AMOUNT, Change.CATEGORY)


def test_arrears_come_and_go_without_being_a_change() -> None:
    found = compare([line(once=Money(1_500_000))], [line()])
    assert not found.changed
    assert found.before.once == Money(1_500_000)
    assert found.before.monthly == found.after.monthly == Money(500_000)


def test_a_funeral_support_is_neither_new_nor_gone() -> None:
    funeral = line("Võ Hữu Long", "045062000041", monthly=Money(0), once=Money(10_000_000))
    found = compare([line(), funeral], [line()])
    assert not found.gone
    assert found.before.lines == 1
    assert found.before.once == Money(10_000_000)


def test_one_number_copied_down_a_whole_column_still_pairs_equal_people() -> None:
    people = [line(f"Nguyễn Thị Bưởi {at}", "045141000017", hamlet=f"KP {at}") for at in range(CLOSE_LOOK)]
    found = compare(people, reversed(people))
    assert len(found.same) == CLOSE_LOOK


def test_september_and_october_differ_as_the_truth_says() -> None:
    found = compare(sample_lines("btxh_2024-09.xlsx"), sample_lines("btxh_2024-10.xlsx"))
    counts = {name: count for name, count in found.counts().items() if count}
    assert counts == {"new": 14, "gone": 14, "amount": 7}
    assert found.before.lines == found.after.lines == 1178
    assert found.after.monthly + found.after.once == Money(872_500_000)


GIVEN = ("Bưởi", "Hoa", "Hòa", "Thủy", "Mỹ", "Long", "Quý", "Diễn", "Ổn")
PEOPLE = st.integers(min_value=0, max_value=40)


def person(number: int, dice: random.Random) -> Line:
    """Somebody of a made month; one in five has no number, then the day of birth is known."""
    name = f"{dice.choice(('Nguyễn', 'Trần', 'Lê'))} {dice.choice(('Thị', 'Văn'))} {dice.choice(GIVEN)}"
    numbered = dice.random() < 0.8
    return line(
        name,
        f"0451{number:02}{dice.randint(0, 9)}{number:05}" if numbered else "",
        birth_year=1930 + number,
        birth_month=None if numbered and dice.random() < 0.3 else dice.randint(1, 12),
        birth_day=None,
        commune=dice.choice(("Phường 1", "Phường 2", "Xã Hải Lệ")),
        benefit_text=dice.choice(("NCT từ đủ 80 tuổi", "NKT nặng")),
        monthly=Money(dice.choice((500_000, 750_000, 1_000_000))),
        once=Money(dice.choice((0, 0, 1_500_000))),
        row=number,
    )


def respelled(one: Line, dice: random.Random) -> Line:
    """The same person as another clerk types it."""
    ways = (str, str.upper, lambda name: name.replace("ủy", "uỷ").replace("òa", "oà"), lambda name: f" {name}  ")
    name = dice.choice(ways)(one.name)
    form = dice.choice(("NFC", "NFD"))
    return one._replace(name=unicodedata.normalize(form, name), once=Money(dice.choice((0, 250_000))), row=99)


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(min_value=0, max_value=2**32), gone=st.sets(PEOPLE, max_size=8), raised=st.sets(PEOPLE, max_size=8)
)
def test_random_months_give_back_their_truth(seed: int, gone: set[int], raised: set[int]) -> None:
    """Spelling, order and arrears change at random; who is new, gone or raised is known."""
    dice = random.Random(seed)
    before = [person(number, dice) for number in range(41)]
    new = [person(number, dice) for number in range(41, 41 + dice.randint(0, 6))]
    after = [
        respelled(one, dice)._replace(monthly=one.monthly + Money(250_000 * (number in raised)))
        for number, one in enumerate(before)
        if number not in gone
    ] + new
    dice.shuffle(after)
    found = compare(before, after)
    assert {one.line.birth_year for one in found.new} == {one.birth_year for one in new}
    assert {one.line.row for one in found.gone} == gone
    assert {one.before.row for one in found.changed if one.before} == raised - gone
    assert all(one.changes == (Change.AMOUNT,) for one in found.changed)
    balance = found.before.monthly.dong + sum(one.monthly for one in (*found.new, *found.gone, *found.changed))
    assert balance == found.after.monthly.dong


def test_a_province_is_compared_in_seconds() -> None:
    """170,000 lines a month; processor time, so that a busy machine does not fail it."""
    dice = random.Random(2024)
    names = [
        f"{family} {middle} {given}"
        for family in ("Nguyễn", "Trần", "Lê")
        for middle in ("Thị", "Văn")
        for given in GIVEN
    ]
    before = [
        line(dice.choice(names), f"045{at:09}", row=at, birth_year=1930 + at % 80, commune=f"Phường {at % 90}")
        for at in range(170_000)
    ]
    after = [one._replace(row=0) for one in before if one.row % 100]
    dice.shuffle(after)
    gc.collect()
    begun = time.process_time()
    found = compare(before, after)
    took = time.process_time() - begun
    assert len(found.gone) == 1700
    assert took < 5, f"{took:.2f} s"
