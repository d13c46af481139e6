"""The code on a slip: it reads back whatever way it was typed, and nothing forged passes."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.errors import Invalid
from provider.payday import slips

KEY = b"a key for slips only, 32 bytes.."
ID = bytes.fromhex("0102030405060708")
ids = st.binary(min_size=slips.ID_BYTES, max_size=slips.ID_BYTES)
contexts = st.sampled_from(slips.CONTEXTS)


@given(ids, contexts)
def test_a_token_reads_back(id8, context):
    token = slips.make(id8, KEY, context=context)
    assert len(token) == 34
    assert token.isascii()
    assert token.isalnum()
    assert token.isupper()
    assert slips.read(token, KEY, context=context) == id8


@given(ids, st.integers(0, 33), st.sampled_from(slips.ALPHABET))
def test_any_single_altered_character_is_refused(id8, place, character):
    token = slips.make(id8, KEY)
    altered = token[:place] + character + token[place + 1 :]
    if altered.translate(slips._LOOK_ALIKE) == token:
        assert slips.read(altered, KEY) == id8
        return
    with pytest.raises(Invalid):
        slips.read(altered, KEY)


def test_every_character_of_one_token_altered_to_every_other_is_refused():
    token = slips.make(ID, KEY)
    for place, was in enumerate(token):
        for character in slips.ALPHABET:
            if character != was:
                with pytest.raises((slips.Forged, slips.NotASlip)):
                    slips.read(token[:place] + character + token[place + 1 :], KEY)


@pytest.mark.parametrize(
    "dress",
    [
        str.lower,
        lambda token: " ".join(token[at : at + 4] for at in range(0, len(token), 4)),
        lambda token: "-".join(token[at : at + 5] for at in range(0, len(token), 5)),
        lambda token: f"HTTPS://CHITRA.EXAMPLE.VN/P/{token}",
        lambda token: f"https://chi-tra.example.vn/v/{token.lower()}?x=1#top",
        lambda token: f"  {token}\r\n",
        lambda token: token.replace("0", "O").replace("1", "I"),
        lambda token: token.replace("0", "o").replace("1", "l"),
        lambda token: token.replace("V", "U"),
        lambda token: f"Mã: {token}.",
    ],
)
def test_the_way_it_was_typed_or_scanned_does_not_matter(dress):
    assert slips.read(dress(slips.make(ID, KEY)), KEY) == ID


@given(ids, contexts, contexts)
def test_a_code_of_another_paper_never_passes(id8, made_for, read_as):
    token = slips.make(id8, KEY, context=made_for)
    if made_for != read_as:
        with pytest.raises(slips.AnotherPaper):
            slips.read(token, KEY, context=read_as)


@given(ids)
def test_a_code_sealed_with_another_key_is_forged(id8):
    with pytest.raises(slips.Forged):
        slips.read(slips.make(id8, b"somebody else's key"), KEY)


@pytest.mark.parametrize(
    "text", ["", "CT1", "8934563138164", "045042001234|191234567|Nguyễn Thị Bưởi|01011942", "CT", "🙂"]
)
def test_something_else_is_not_a_slip(text):
    with pytest.raises(slips.NotASlip):
        slips.read(text, KEY)


def test_a_code_cut_short_or_with_more_behind_it_is_refused():
    token = slips.make(ID, KEY)
    for text in (token[:-1], token + "0", token[:20], token + token):
        with pytest.raises(slips.Forged):
            slips.read(text, KEY)


@given(st.text(max_size=600))
def test_no_text_breaks_the_reader(text):
    for read in (lambda: slips.read(text, KEY), lambda: slips.read_short_code(text)):
        with contextlib.suppress(Invalid):
            read()


def test_the_seal_has_not_changed_since_slips_were_printed():
    assert slips.make(ID, KEY, context="notice") == "CT1040G40R40M30E21CZRMX5839WRXNF00"


def test_an_id_of_another_length_is_a_bug_not_a_slip():
    with pytest.raises(ValueError):
        slips.make(b"short", KEY)


@given(ids)
def test_a_short_code_reads_back_in_any_dress(id8):
    code = slips.short_code(id8)
    assert len(code) == 9
    assert code[4] == " "
    for typed in (code, code.lower(), code.replace(" ", ""), code.replace(" ", "-"), f" {code} "):
        assert slips.read_short_code(typed) == code


@given(ids, st.integers(0, 7), st.sampled_from(slips.TYPED_ALPHABET))
def test_one_wrong_character_in_a_short_code_is_noticed(id8, place, character):
    typed = slips.short_code(id8).replace(" ", "")
    if typed[place] != character:
        with pytest.raises(slips.MistypedCode):
            slips.read_short_code(typed[:place] + character + typed[place + 1 :])


@given(ids, st.integers(0, 6))
def test_two_swapped_neighbours_in_a_short_code_are_noticed(id8, place):
    typed = slips.short_code(id8).replace(" ", "")
    if typed[place] != typed[place + 1]:
        with pytest.raises(slips.MistypedCode):
            slips.read_short_code(typed[:place] + typed[place + 1] + typed[place] + typed[place + 2 :])


def test_the_example_in_the_refusal_is_a_good_code():
    assert "XR8V PG8T" in slips.MistypedCode.sentence
    assert slips.read_short_code("xr8v-pg8t") == "XR8V PG8T"


def test_a_vietnamese_keyboard_has_nothing_to_turn_into_an_accent():
    assert not set("AEIOUYDW") & set(slips.TYPED_ALPHABET)


def test_refusals_have_each_their_own_code_and_a_sentence():
    kinds = (slips.NotASlip, slips.Forged, slips.AnotherPaper, slips.MistypedCode)
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(kind().status == 422 and str(kind()).endswith(".") for kind in kinds)
