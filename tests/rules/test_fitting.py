"""How much room a text takes: what fits by this measure fits on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.fitting import largest, lines, page_sizes, row_height, scale_to_fit, width

WORDS = st.lists(st.sampled_from(["Nguyễn", "Thị", "Bưởi", "Công", "Tằng", "045042001234"]), min_size=1, max_size=30)


def test_width_grows_with_the_size_and_with_bold():
    assert width("Nguyễn Thị Bưởi", 14) == pytest.approx(2 * width("Nguyễn Thị Bưởi", 7))
    assert width("Nguyễn Thị Bưởi", 14, bold=True) > width("Nguyễn Thị Bưởi", 14)


def test_digits_are_half_the_size_wide_as_in_times():
    assert width("0" * 12, 10) == pytest.approx(12 * 0.5 * 10 * 25.4 / 72)


@given(WORDS, st.integers(8, 90))
def test_a_narrower_column_never_needs_fewer_lines(words, room):
    text = " ".join(words)
    assert lines(text, room, 9) >= lines(text, room + 5, 9)
    assert lines(text, room, 9) <= lines(text, room, 12)


def test_a_word_longer_than_its_column_is_counted_in_pieces():
    assert lines("045042001234", 10, 9) == 2
    assert lines("", 10, 9) == 1


def test_the_largest_size_that_fits_is_taken_or_else_the_smallest():
    assert largest("An", 50, (17, 14, 11)) == 17
    assert largest("Công Tằng Tôn Nữ Phương Thảo", 50, (17, 14, 11)) == 11
    assert largest("Công Tằng Tôn Nữ Phương Thảo", 10, (17, 14, 11)) == 11


def test_blocks_are_made_smaller_until_they_stand_in_their_room():
    blocks = [("Nguyễn Thị Bưởi " * 10, 80, 14)]
    assert scale_to_fit(blocks, 100, (1, 0.8, 0.6)) == 1
    assert scale_to_fit(blocks, 15, (1, 0.8, 0.6)) < 1


@given(st.lists(st.floats(9, 30), max_size=80), st.integers(60, 100), st.integers(100, 150), st.integers(10, 60))
def test_every_row_finds_its_page_and_signatures_never_stand_alone(heights, first, following, tail):
    sizes = page_sizes(heights, first=first, following=following, tail=tail)
    assert sum(sizes) == len(heights)
    assert all(size > 0 for size in sizes[:-1])
    start = 0
    for number, size in enumerate(sizes):
        assert sum(heights[start : start + size]) <= (first if number == 0 else following) + 1e-6
        start += size
    if len(heights) > 1:
        assert sizes[-1] >= 1
        rest = (first if len(sizes) == 1 else following) - sum(heights[len(heights) - sizes[-1] :])
        assert rest >= tail or sizes[-1] <= 2


def test_a_row_is_as_high_as_its_fullest_cell():
    assert row_height([("An", 30, 9)], least=9.6) == 9.6
    assert row_height([("An", 30, 9), ("Công Tằng Tôn Nữ " * 4, 20, 9)], least=9.6) > 15
