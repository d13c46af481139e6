"""Which of the people we know a row means; by what words a person is found."""

import pytest

from provider.demo.people import PeopleMaker
from provider.identity import Sex, check_id
from provider.names import fold
from provider.recipients.finding import asked, traces
from provider.recipients.recognition import Acquaintances, Candidate, Known
from provider.recipients.rules import Birth, are_one_person

BUOI = Known(1, "nguyen thi buoi", Birth(1941, 3, 12), "045141000017", 7, "KP 2", "1464/BTXH")


def recognised(name: str, **said: object) -> int | None:
    values: dict[str, object] = {"commune_id": 7, "hamlet": "KP 2"}
    candidate = Candidate(name=name, **(values | said))  # type: ignore[arg-type]
    found = Acquaintances([BUOI]).recognise(candidate, fold(name))
    return found.person_id if found else None


def test_the_same_number_and_name_are_one_person_wherever_they_live() -> None:
    assert recognised("NGUYỄN THỊ BƯỞI", id_number="045141000017", commune_id=99) == 1


def test_a_name_misspelt_is_forgiven_when_number_and_birth_agree() -> None:
    assert recognised("Nguyễn Thị Bười", id_number="045141000017", birth=Birth(1941)) == 1
    assert recognised("Nguyễn Bưởi", id_number="045141000017", birth=Birth(1941, 3, 12)) == 1


def test_the_same_number_with_another_name_is_somebody_else() -> None:
    assert recognised("Trần Văn Đức", id_number="045141000017", birth=Birth(1941)) is None
    assert not are_one_person("tran van duc", Birth(1941), "nguyen thi buoi", Birth(1941))


def test_without_a_number_name_birth_and_commune_must_agree() -> None:
    assert recognised("Nguyễn Thị Bưởi", birth=Birth(1941)) == 1
    assert recognised("Nguyễn Thị Bưởi", birth=Birth(1942)) is None
    assert recognised("Nguyễn Thị Bưởi", birth=Birth(1941), commune_id=8) is None
    assert recognised("Nguyễn Thị Bưởi") is None, "a name alone is nobody"
    assert recognised("Nguyễn Thị Bưởi", book_no="1464/BTXH") == 1


def test_two_different_numbers_are_never_one_person() -> None:
    assert recognised("Nguyễn Thị Bưởi", birth=Birth(1941, 3, 12), id_number="045141000099") is None


def test_a_namesake_of_the_same_year_with_another_hamlet_and_book_is_somebody_else() -> None:
    assert recognised("Nguyễn Thị Bưởi", birth=Birth(1941), hamlet="KP 5", book_no="9999/BTXH") is None


def test_a_person_leaves_the_words_of_the_name_the_initials_and_the_book() -> None:
    found = traces("Nguyễn Thị Mỹ", 1941, ["QT/I-04783"])
    assert found.words == ("nguyen", "thi", "my", "mi", ".ntm", "qt/i-04783", "04783")
    assert found.line == " nguyen thi my mi .ntm qt/i-04783 04783 1941 nguyễn thị mỹ "


def test_a_very_long_name_still_fits_its_line() -> None:
    assert len(traces("Nguyễn " * 60, 1941).line) <= 320


@pytest.mark.parametrize(
    ("typed", "words", "digits"),
    [
        ("  Bưởi   nguyễn ", ("buoi", "nguyen"), ""),
        ("045 141 000 017", ("045141000017",), "045141000017"),
        ("bưởi 0017", ("buoi", "0017"), "0017"),
        ("100% _'; drop", ("100", "drop"), ""),
        ("1464/BTXH", ("1464/btxh",), ""),
    ],
)
def test_what_was_typed_is_read_without_signs_that_mean_something_to_a_database(
    typed: str, words: tuple[str, ...], digits: str
) -> None:
    assert (asked(typed).words, asked(typed).digits) == (words, digits)


def test_accents_are_kept_beside_the_folded_words() -> None:
    assert asked("hòa").has_accents
    assert not asked("hoa").has_accents


def test_invented_people_are_the_same_for_the_same_seed_and_their_numbers_are_right() -> None:
    one, two = (list(PeopleMaker(seed=3).people(300)) for _ in range(2))
    assert one == two
    assert len({person.id_number for person in one}) == 300
    for person in one:
        assert check_id(person.id_number, birth_year=person.birth_year, sex=person.sex) == []
    women = sum(person.sex is Sex.FEMALE for person in one)
    assert 120 < women < 220
