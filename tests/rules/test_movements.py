"""list(m) = list(m-1) + increase - decrease ± adjust, exactly; or every line that is not explained is named."""

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provider.clock import Month
from provider.lists.differences import Line, compare
from provider.lists.kinds import MOVEMENTS, ListKind
from provider.lists.movements import SENTENCES, Matched, Movement, match
from provider.money import Money
from tests.rules.months import OCTOBER, line, movement, sample_lines, sample_movements

UP, DOWN, OTHER = ListKind.INCREASE, ListKind.DECREASE, ListKind.ADJUST
BUOI = line()
DUC = line("Trần Văn Đức", "045036000025", birth_year=1936, row=12)
HOA = line("Lê Thị Hoa", "045150000033", birth_year=1950, row=13)
RAISED = BUOI._replace(monthly=Money(750_000))


def matched(before: list[Line], after: list[Line], *rows: Movement) -> Matched:
    return match(compare(before, after), rows, month=OCTOBER)


def codes(found: Matched) -> list[str]:
    return [one.code for one in found.unexplained]


def test_the_samples_match_to_the_last_line() -> None:
    comparison = compare(sample_lines("btxh_2024-09.xlsx"), sample_lines("btxh_2024-10.xlsx"))
    rows = [
        *sample_movements("btxh_2024-10_tang.xlsx", UP),
        *sample_movements("btxh_2024-10_giam.xlsx", DOWN),
        *sample_movements("btxh_2024-10_dieu_chinh.xlsx", OTHER),
    ]
    assert len(rows) == 35
    found = match(comparison, rows, month=OCTOBER)
    assert found.is_exact
    assert len(found.explained) == 35
    assert not found.to_look_at
    for at, row in enumerate(rows):
        without = match(comparison, rows[:at] + rows[at + 1 :], month=OCTOBER)
        (missing,) = without.unexplained
        assert missing.line.id_number == row.line.id_number
    wrong = rows[0]._replace(new=Money(1_250_000))
    assert codes(match(comparison, [wrong, *rows[1:]], month=OCTOBER)) == ["increase_other_amount"]


def test_each_kind_explains_its_own_differences() -> None:
    found = matched(
        [BUOI, DUC],
        [RAISED, HOA],
        movement(UP, HOA, new=Money(500_000)),
        movement(DOWN, DUC, old=Money(500_000), reason="Chết"),
        movement(OTHER, BUOI, old=Money(500_000), new=Money(750_000)),
    )
    assert found.is_exact
    assert [one.movements[0].kind for one in found.explained] == [UP, DOWN, OTHER]


def test_without_movement_lists_every_change_of_money_is_named() -> None:
    found = matched([BUOI, DUC], [RAISED, HOA])
    assert codes(found) == ["new_without_increase", "gone_without_decrease", "changed_without_adjust"]
    assert found.unexplained[2].text() == (
        "Tháng này thay đổi (Đổi mức: 500.000 đ → 750.000 đ), danh sách điều chỉnh không có."
    )


@pytest.mark.parametrize(
    ("before", "after", "row", "code"),
    [
        ([BUOI], [BUOI], movement(UP, HOA), "increase_not_listed"),
        ([BUOI], [BUOI], movement(UP, BUOI, new=Money(500_000)), "increase_was_there"),
        ([BUOI], [BUOI, HOA], movement(UP, HOA, new=Money(750_000)), "increase_other_amount"),
        ([BUOI], [BUOI], movement(DOWN, BUOI, reason="Chết"), "decrease_still_listed"),
        ([BUOI], [BUOI], movement(DOWN, HOA), "decrease_not_known"),
        ([BUOI, DUC], [BUOI], movement(DOWN, DUC, old=Money(750_000)), "decrease_other_amount"),
        ([BUOI], [BUOI], movement(OTHER, BUOI, new=Money(750_000)), "adjust_without_change"),
        ([BUOI], [BUOI], movement(OTHER, HOA, new=Money(750_000)), "adjust_not_listed"),
        ([BUOI, DUC], [BUOI], movement(OTHER, DUC, new=Money(750_000)), "adjust_of_one_month"),
        ([BUOI], [RAISED], movement(OTHER, BUOI, old=Money(360_000)), "adjust_other_old"),
        ([BUOI], [RAISED], movement(OTHER, BUOI, new=Money(1_000_000)), "adjust_other_new"),
    ],
)
def test_what_one_side_says_and_the_other_does_not(
    before: list[Line], after: list[Line], row: Movement, code: str
) -> None:
    found = matched(before, after, row)
    assert code in codes(found)
    said = next(one for one in found.unexplained if one.code == code)
    assert "%(" not in said.text()
    assert said.line.name == row.line.name


def test_arrears_of_the_increase_are_compared_where_both_say_them() -> None:
    row = movement(UP, HOA._replace(once=Money(1_500_000)), new=Money(500_000))
    assert matched([], [HOA._replace(once=Money(1_500_000))], row).is_exact
    assert codes(matched([], [HOA._replace(once=Money(1_000_000))], row)) == ["increase_other_arrears"]


def test_somebody_written_twice_is_named_once() -> None:
    found = matched([DUC], [], movement(DOWN, DUC, reason="Chết"), movement(DOWN, DUC._replace(row=20)))
    assert codes(found) == ["movement_twice"]
    assert found.unexplained[0].text() == "Ghi hai lần trong danh sách biến động (dòng 12 và dòng 20)."


def test_who_stops_next_month_may_still_be_listed() -> None:
    row = movement(DOWN, BUOI, reason="Chết", starts=Month(2024, 11))
    assert matched([BUOI], [BUOI], row).is_exact
    assert codes(matched([BUOI], [BUOI], row._replace(starts=OCTOBER))) == ["decrease_still_listed"]


def test_a_row_without_a_number_finds_its_person_by_name() -> None:
    row = movement(DOWN, DUC._replace(id_number="", birth_year=None, commune=""))
    assert matched([DUC], [], row).is_exact


def test_a_row_that_may_mean_two_people_is_not_guessed() -> None:
    twin = DUC._replace(id_number="045036077778", commune="Phường 2", unit="")
    row = movement(DOWN, DUC._replace(id_number="", birth_year=None, commune=""))
    found = matched([DUC, twin], [], row)
    assert sorted(codes(found)) == ["gone_without_decrease", "gone_without_decrease", "movement_of_several"]


def test_a_move_is_often_sent_as_a_decrease_and_an_increase() -> None:
    moved = BUOI._replace(commune="Phường 2")
    rows = [movement(DOWN, BUOI, reason="Chuyển đi"), movement(UP, moved, new=Money(500_000))]
    found = matched([BUOI], [moved], *rows)
    assert found.is_exact
    (one,) = found.explained
    assert {row.kind for row in one.movements} == {UP, DOWN}


def test_a_change_about_the_person_is_shown_and_not_counted_against_the_lists() -> None:
    found = matched([BUOI], [BUOI._replace(account="0451000123456")])
    assert found.is_exact
    assert len(found.to_look_at) == 1
    explained = matched([BUOI], [BUOI._replace(account="0451000123456")], movement(OTHER, BUOI, reason="Tài khoản"))
    assert not explained.to_look_at
    assert len(explained.explained) == 1


def test_an_adjustment_of_who_collects_changes_no_line() -> None:
    found = matched([BUOI], [BUOI], movement(OTHER, BUOI, reason="Đổi người giám hộ"))
    assert found.is_exact


def test_amounts_in_thousands_are_understood() -> None:
    assert matched([BUOI], [RAISED], movement(OTHER, BUOI, old=Money(500), new=Money(750))).is_exact


def test_an_adjustment_goes_to_the_allowance_it_names() -> None:
    care = BUOI._replace(benefit_text="Hỗ trợ chăm sóc", monthly=Money(540_000))
    row = movement(OTHER, BUOI._replace(benefit_text=""), old=Money(540_000), new=Money(1_080_000))
    found = matched([BUOI, care], [RAISED, care._replace(monthly=Money(1_080_000))], row)
    assert codes(found) == ["changed_without_adjust"]
    assert found.unexplained[0].line.monthly == Money(750_000)


def test_every_sentence_can_be_filled() -> None:
    facts = dict.fromkeys(("what", "reason", "row", "other", "stated", "listed"), "x")
    for sentence in SENTENCES.values():
        assert "%(" not in sentence % facts
        assert sentence.endswith(".")


def somebody(at: int, dice: random.Random) -> Line:
    """One of a hundred people who are all different."""
    name = f"{dice.choice(('Nguyễn', 'Lê'))} Thị {dice.choice(string.ascii_uppercase)}{'aeiou'[at % 5]}"
    number = f"0451{at % 100:02}{dice.randint(100, 999)}{at:03}"
    return line(name, number, birth_year=1920 + at, row=at, monthly=Money(dice.choice((500_000, 750_000))))


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_random_months_with_their_lists_are_exact_until_one_row_is_lost(seed: int) -> None:
    dice = random.Random(seed)
    before = [somebody(at, dice) for at in range(60)]
    new = [somebody(at, dice) for at in range(60, 60 + dice.randint(0, 8))]
    gone = dice.sample(before, dice.randint(0, 8))
    stayed = [one for one in before if one not in gone]
    raised = dice.sample(stayed, dice.randint(0, 8))
    after = [one._replace(monthly=one.monthly + Money(250_000)) if one in raised else one for one in stayed] + new
    rows = [movement(UP, one, new=one.monthly) for one in new]
    rows += [movement(DOWN, one, old=one.monthly, reason="Chết") for one in gone]
    rows += [movement(OTHER, one, old=one.monthly, new=one.monthly + Money(250_000)) for one in raised]
    rows = [
        row if dice.random() < 0.7 else row._replace(line=row.line._replace(name=row.line.name.upper(), id_number=""))
        for row in rows
    ]
    dice.shuffle(after)
    dice.shuffle(rows)
    found = matched(before, after, *rows)
    assert found.is_exact, [one.text() for one in found.unexplained]
    assert len(found.explained) == len(rows)
    if rows:
        lost = dice.choice(rows)
        less = matched(before, after, *[row for row in rows if row is not lost])
        assert [one.line.row for one in less.unexplained] == [lost.line.row]
        more = matched(before, after, *rows, lost._replace(line=lost.line._replace(row=1_000)))
        assert codes(more) == ["movement_twice"]


def test_the_kinds_that_explain_do_not_pay() -> None:
    assert {kind for kind in ListKind if not kind.pays} == set(MOVEMENTS)
