"""The font of the papers: what the README says, and every letter a Vietnamese name can have."""

import hashlib
import re
import unicodedata

import pytest
from fontTools.ttLib import TTFont

from provider.paper import PRINTOUTS

FONTS = PRINTOUTS / "fonts"
FACES = ("Regular", "Italic", "Bold", "BoldItalic")
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def vietnamese_letters() -> set[str]:
    small = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
    return small | {letter.upper() for letter in small}


def test_the_fonts_are_the_ones_that_were_vendored():
    listed = dict(re.findall(r"\| (Tinos-\w+\.ttf) \| `([0-9a-f]{64})` \|", (FONTS / "README.md").read_text()))
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")}
    assert listed == found
    assert len(found) == len(FACES)


def test_the_licence_lies_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text()


@pytest.mark.parametrize("face", FACES)
def test_every_vietnamese_letter_has_a_glyph(face):
    assert len(vietnamese_letters()) == 146
    with TTFont(FONTS / f"Tinos-{face}.ttf") as font:
        drawn = set(font.getBestCmap())
    needed = vietnamese_letters() | set("0123456789.,:;/()-–…•₫%“”") | {"ĭ", "ŏ", "ŭ", "č", "ñ", "ƀ"}
    assert {letter for letter in needed if ord(letter) not in drawn} == set()
