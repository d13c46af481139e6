"""Who is expected when: shared over openings and slots, hamlet by hamlet."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.points.rules import Expected, Hours, Slot, Taken, add, days_for, reading_order, share, slots_of

MORNING = Hours(1, dt.time(7, 30), dt.time(11, 0), 60)
AFTERNOON = Hours(2, dt.time(13, 30), dt.time(16, 30), 60)


def people(*hamlets: str, first: int = 1) -> list[Expected]:
    return [
        Expected(number, hamlet, ("BTXH", number), (number * 10,)) for number, hamlet in enumerate(hamlets, start=first)
    ]


def test_half_hours_from_the_beginning_to_the_end() -> None:
    slots = slots_of(dt.time(7, 30), dt.time(9, 0))
    assert slots == (
        Slot(dt.time(7, 30), dt.time(8, 0)),
        Slot(dt.time(8, 0), dt.time(8, 30)),
        Slot(dt.time(8, 30), dt.time(9, 0)),
    )


def test_a_short_rest_belongs_to_the_last_slot() -> None:
    assert slots_of(dt.time(8, 0), dt.time(9, 10))[-1] == Slot(dt.time(8, 30), dt.time(9, 10))
    assert slots_of(dt.time(8, 0), dt.time(9, 20))[-1] == Slot(dt.time(9, 0), dt.time(9, 20))


def test_even_the_shortest_opening_has_a_slot() -> None:
    assert slots_of(dt.time(8, 0), dt.time(8, 5)) == (Slot(dt.time(8, 0), dt.time(8, 5)),)


def test_people_are_read_out_hamlet_by_hamlet_in_list_order_and_ten_comes_after_two() -> None:
    mixed = [
        Expected(1, "Thôn 10", ("BTXH", 1), (1,)),
        Expected(2, "", ("BTXH", 2), (2,)),
        Expected(3, "thôn 2", ("NCC", 9), (3,)),
        Expected(4, "Thôn 2", ("BTXH", 7), (4,)),
        Expected(5, "Thôn 10", ("BTXH", 0), (5,)),
    ]
    assert [one.person_id for one in reading_order(mixed)] == [4, 3, 5, 1, 2]


def test_a_hamlet_comes_together_when_it_fits_into_the_next_half_hour() -> None:
    placed = share(people(*["Thôn 1"] * 20, *["Thôn 2"] * 25), [MORNING])
    assert Counter(one.slot.from_time for one in placed) == {dt.time(7, 30): 20, dt.time(8, 0): 25}


def test_a_hamlet_larger_than_a_slot_goes_on_in_the_next() -> None:
    placed = share(people(*["Thôn 1"] * 70), [MORNING])
    assert [placed[number].slot.from_time for number in (0, 29, 30, 69)] == [
        dt.time(7, 30),
        dt.time(7, 30),
        dt.time(8, 0),
        dt.time(8, 30),
    ]


def test_with_more_people_than_the_hours_can_serve_every_slot_takes_more_and_nobody_is_left_out() -> None:
    placed = share(people(*["Thôn 1"] * 420), [MORNING])
    assert set(Counter(one.slot for one in placed).values()) == {60}


def test_two_openings_share_a_commune_by_what_they_serve_at_the_end_of_a_hamlet() -> None:
    placed = share(people(*["Thôn 1"] * 60, *["Thôn 2"] * 50), [MORNING, AFTERNOON])
    where = {one.person_id: one.opening_id for one in placed}
    assert {where[number] for number in range(1, 61)} == {1}
    assert {where[number] for number in range(61, 111)} == {2}


def test_one_large_hamlet_is_cut_where_the_share_ends() -> None:
    placed = share(people(*["Thôn 1"] * 130), [MORNING, AFTERNOON])
    assert Counter(one.opening_id for one in placed) == {1: 70, 2: 60}


def test_each_opening_counts_its_lines_from_one() -> None:
    placed = share(people(*["Thôn 1"] * 60, *["Thôn 2"] * 50), [MORNING, AFTERNOON])
    assert [one.line_no for one in placed if one.opening_id == 2] == list(range(1, 51))


def test_without_an_opening_nobody_can_be_placed() -> None:
    with pytest.raises(ValueError):
        share(people("Thôn 1"), [])
    with pytest.raises(ValueError):
        add(people("Thôn 1"), [], [])


def test_a_newcomer_comes_with_the_hamlet_on_a_line_after_the_last() -> None:
    slot = Slot(dt.time(9, 0), dt.time(9, 30))
    placed = add(people("Thôn 2", first=99), [MORNING], [Taken("thôn 2", 1, slot, 57)])
    assert [(one.slot, one.line_no) for one in placed] == [(slot, 58)]


def test_a_newcomer_whose_hamlet_has_no_room_left_comes_when_there_is_most() -> None:
    slot = Slot(dt.time(7, 30), dt.time(8, 0))
    full = [Taken("Thôn 1", 1, slot, line) for line in range(1, 31)]
    placed = add(people("Thôn 1", first=99), [MORNING], full)
    assert placed[0].slot == Slot(dt.time(8, 0), dt.time(8, 30))


def test_working_days_leave_sundays_out() -> None:
    assert days_for(3, dt.date(2024, 9, 6)) == [dt.date(2024, 9, 6), dt.date(2024, 9, 7), dt.date(2024, 9, 9)]
    assert days_for(1, dt.date(2024, 9, 8)) == [dt.date(2024, 9, 9)]
    assert days_for(0, dt.date(2024, 9, 8)) == []


HAMLETS = st.sampled_from(["", "Thôn 1", "thôn 1", "Thôn 2", "Thôn 10", "Khu phố 3", "KP4"])
OPENINGS = st.lists(
    st.tuples(st.integers(6, 12), st.sampled_from([0, 15, 30]), st.integers(20, 400), st.integers(1, 120)),
    min_size=1,
    max_size=4,
).map(
    lambda many: [
        Hours(
            number,
            dt.time(hour, minute),
            (dt.datetime(2024, 9, 5, hour, minute) + dt.timedelta(minutes=length)).time(),
            rate,
        )
        for number, (hour, minute, length, rate) in enumerate(many, start=1)
    ]
)


@given(st.lists(HAMLETS, max_size=200), OPENINGS)
def test_everybody_gets_exactly_one_place_in_reading_order(hamlets: list[str], openings: list[Hours]) -> None:
    crowd = people(*hamlets)
    placed = share(crowd, openings)
    assert [one.person_id for one in placed] == [one.person_id for one in reading_order(crowd)]
    by_opening = {one.opening_id: one for one in openings}
    for one in placed:
        assert one.slot in by_opening[one.opening_id].slots
    for opening in openings:
        here = [one for one in placed if one.opening_id == opening.opening_id]
        assert [one.line_no for one in here] == list(range(1, len(here) + 1))
        assert [one.slot for one in here] == sorted(one.slot for one in here)
        most = max(opening.per_slot, -(-len(here) // len(opening.slots)))
        assert all(count <= most for count in Counter(one.slot for one in here).values())


@given(st.lists(HAMLETS, min_size=1, max_size=80), st.lists(HAMLETS, max_size=30), OPENINGS)
def test_newcomers_get_one_place_each_and_nobodys_line(
    hamlets: list[str], new: list[str], openings: list[Hours]
) -> None:
    crowd = people(*hamlets)
    known = {one.person_id: one.hamlet for one in crowd}
    before = share(crowd, openings)
    taken = [Taken(known[one.person_id], one.opening_id, one.slot, one.line_no) for one in before]
    placed = add(people(*new, first=1000), openings, taken)
    assert sorted(one.person_id for one in placed) == list(range(1000, 1000 + len(new)))
    lines = [(one.opening_id, one.line_no) for one in [*before, *placed]]
    assert len(lines) == len(set(lines))
