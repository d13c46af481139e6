"""Vietnamese names: how they are folded for search, compared, sorted and shortened.

A name is shown as it was written; everything here is for finding and comparing.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

_APOSTROPHES: Final = "\u2018\u2019\u02bc\u02b9`\u00b4"
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Letters whose bar is no combining mark (ƀ: Ba Na, Ê Đê); the capitals of ð and ɖ look like Đ and stand for it.
_STROKED: Final = {"đ": "d", "ð": "d", "ɖ": "d", "ƀ": "b"}


def _base(letter: str) -> str:
    letters = unicodedata.normalize("NFD", letter).lower()
    return "".join(_STROKED.get(c, c) for c in letters if not unicodedata.combining(c))


def _folding() -> dict[int, str]:
    blocks = (range(0x41, 0x5B), range(0xC0, 0x250), range(0x1E00, 0x1F00))
    table = {code: _base(chr(code)) for block in blocks for code in block if unicodedata.category(chr(code))[0] == "L"}
    table |= dict.fromkeys(range(0x300, 0x370), "")
    table |= {ord(c): "'" for c in _APOSTROPHES} | {ord(c): "" for c in _INVISIBLE}
    return table


_FOLDING: Final = _folding()


@lru_cache(maxsize=2**15)
def fold(text: str) -> str:
    """Without marks, lower case, single spaces: ``Nguyễn Thị Bưởi`` is ``nguyen thi buoi``. NFC and NFD fold alike."""
    folded = " ".join(text.translate(_FOLDING).split())
    return folded if folded.isascii() else " ".join(_base(folded).split())


def fold_loose(text: str) -> str:
    """``fold``, and y as i at the end of words, so that Mỹ finds Mĩ: a second chance for search, not a comparison."""
    return f"{fold(text)} ".replace("y ", "i ")[:-1]


def initials(name: str) -> str:
    """``ntb`` for Nguyễn Thị Bưởi, as typed in a hurry at the counter."""
    return "".join(word[0] for word in fold(name).split())


# -- comparing

# Six of each vowel: level, huyền, sắc, hỏi, ngã, nặng.
_VOWELS: Final = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_TONE_OF: Final = {vowel: (_VOWELS[i - i % 6], i % 6) for i, vowel in enumerate(_VOWELS)}
_TONED: Final = {toned: vowel for vowel, toned in _TONE_OF.items()}
_LETTER: Final = r"[^\W\d_]"
_OPEN: Final = re.compile(rf"o[àáảãạèéẻẽẹ](?!{_LETTER})|(?<!q)u[ỳýỷỹỵ](?!{_LETTER})", re.IGNORECASE)
_CLOSED: Final = re.compile(rf"[òóỏõọ][ae](?={_LETTER})|[ùúủũụ]y(?=[nptu])|(?<=q)[ùúủũụ][aăâeêioơy]", re.IGNORECASE)


def _moved(leave: int, take: int) -> Callable[[re.Match[str]], str]:
    """Carry the tone of a pair of vowels from one to the other, each keeping its own case."""

    def move(found: re.Match[str]) -> str:
        pair = found[0]
        base, tone = _TONE_OF[pair[leave].lower()]
        toned = _TONED[pair[take].lower(), tone]
        kept = {leave: base, take: toned}
        return "".join(kept[i].upper() if pair[i].isupper() else kept[i] for i in (0, 1))

    return move


_TO_FIRST: Final = _moved(1, 0)
_TO_SECOND: Final = _moved(0, 1)


def tone_normal(text: str) -> str:
    """One placement of tones: ``hoà`` as ``hòa``, ``thuỷ`` as ``thủy``, ``khoẻ`` as ``khỏe``; ``quý`` stays.

    Also puts right what typing programs of the 1990s left in lists: ``hòang`` as ``hoàng``, ``qúy`` as ``quý``. NFC.
    """
    text = unicodedata.normalize("NFC", text)
    if text.isascii():
        return text
    return _CLOSED.sub(_TO_SECOND, _OPEN.sub(_TO_FIRST, text))


_TIDIED: Final = str.maketrans(
    dict.fromkeys(_INVISIBLE, "") | dict.fromkeys(_APOSTROPHES, "'") | {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"}
)


def clean(name: str) -> str:
    """The name in its normal form: NFC, single spaces, one placement of tones. Case and marks are kept."""
    return tone_normal(" ".join(name.translate(_TIDIED).split()))


# y and i are one vowel where they stand alone after a consonant (Mỹ/Mĩ, Lý/Lí, Quý/Quí); Hay and Hai are two names.
_LONE_Y: Final = re.compile(rf"(?<=[bcdđghklmnpqrstvx])[yỳýỷỹỵ](?!{_LETTER})|(?<=qu)[yỳýỷỹỵ](?!{_LETTER})")
_Y_TO_I: Final = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))


@lru_cache(maxsize=2**13)
def _comparable(name: str) -> str:
    return _LONE_Y.sub(lambda found: _Y_TO_I[found[0]], clean(name).lower())


def same_name(a: str, b: str) -> bool:
    """Whether two spellings are one name: case, spaces, tone placement and Mỹ/Mĩ do not count; marks do.

    ``Hoa`` and ``Hòa`` are two people. To match a bank's unaccented name compare ``fold`` of both.
    """
    return a == b or _comparable(a) == _comparable(b)


# -- sorting

_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_QUALITIES: Final = {"\u0306": "~", "\u0302": "~~", "\u031b": "~"}  # ă, â, ê, ô, ơ, ư come after their plain letter
# "ô" before "ơ": the circumflex of o is the first step, its horn the second; elsewhere ă comes before â.
_STEPS: Final = {"o\u0302": "o~", "o\u031b": "o~~", "e\u0302": "e~"}


@lru_cache(maxsize=2**13)
def _word_key(word: str) -> str:
    """Letters first, then the tone: two words differing only in tone stand together, wherever the tone is placed."""
    letters: list[str] = []
    tones = ""
    for c in unicodedata.normalize("NFD", word.lower()):
        if c in _TONES:
            tones += _TONES[c]
        elif c in _QUALITIES and letters:
            letters[-1] = _STEPS.get(letters[-1] + c, letters[-1] + _QUALITIES[c])
        elif c == "đ":
            letters.append("d~")
        else:
            letters += [a for a in _base(c) if a.isalnum()]
    return f"{''.join(letters)} {tones or '0'}" if letters else ""


def sort_key(name: str) -> str:
    """Given name, then family name, then middle names, by the Vietnamese alphabet and ngang huyền hỏi ngã sắc nặng.

    Plain ASCII for Vietnamese names, to be compared byte by byte: a stored column needs collation "C" on PostgreSQL.
    """
    words = [key for word in clean(name).split() if (key := _word_key(word))]
    return " ".join(words[-1:] + words[:-1])
