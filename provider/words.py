"""Numbers to Vietnamese words and back: the "bằng chữ" of every paper, and the check of the one in an incoming list.

Groups of three: nghìn, triệu, tỷ; above tỷ the names repeat (nghìn tỷ, triệu tỷ). A group inside the number keeps its
"không trăm"; a group 000 is not said. After two or more tens 1, 4 and 5 become mốt, tư and lăm; after mười only 5 does.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from provider.errors import N_, Invalid
from provider.money import Money
from provider.names import fold

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION: Final = 10**9


@dataclass(frozen=True, slots=True)
class WordStyle:
    """Which of the equally good words a province uses: nghìn/ngàn, tỷ/tỉ, linh/lẻ, hai mươi tư/bốn."""

    thousand: str = "nghìn"
    billion: str = "tỷ"
    odd: str = "linh"
    four: str = "tư"


DEFAULT: Final = WordStyle()
SOUTHERN: Final = WordStyle(thousand="ngàn", odd="lẻ")


class UnclearWords(Invalid):
    """An amount in words that cannot be read in exactly one way; ``text`` is what was written."""

    code = "unclear_words"
    sentence = N_("Không đọc được số tiền bằng chữ “%(text)s”.")


def in_words(n: int, *, locale: WordStyle = DEFAULT) -> str:
    """The number in words, lower case, without "đồng": ``một triệu không trăm tám mươi nghìn``."""
    if n <= 0:
        return f"âm {in_words(-n, locale=locale)}" if n else _DIGITS[0]
    leading, inner = _groups(locale)
    if n >= _BILLION:
        high, rest = divmod(n, _BILLION)
        said = [in_words(high, locale=locale), locale.billion]
        names = inner
    else:
        rest, said, names = n, [], leading
    millions, rest = divmod(rest, 1_000_000)
    thousands, ones = divmod(rest, 1000)
    if millions:
        said += names[millions], "triệu"
        names = inner
    if thousands:
        said += names[thousands], locale.thousand
        names = inner
    if ones:
        said.append(names[ones])
    return " ".join(said)


def amount_in_words(money: Money, *, locale: WordStyle = DEFAULT, even: bool = False) -> str:
    """``Một triệu không trăm tám mươi nghìn đồng``; with ``even`` also "chẵn" when nothing is below a thousand."""
    said = in_words(money.dong, locale=locale)
    return f"{said[0].upper()}{said[1:]} đồng{' chẵn' if even and money.dong % 1000 == 0 else ''}"


def from_words(text: str) -> int:
    """The number said in ``text``, as on lists: ``Bằng chữ: Một triệu không trăm tám mươi nghìn đồng chẵn./.``.

    Reads every style of ``WordStyle``, missing marks and capitals, "hai mốt" for 21, a left-out "không trăm". Raises
    UnclearWords for what can be read in two ways: "một triệu hai" is 1.200.000 in speech and nothing on paper.
    """
    words = _number_words(text)
    negative = words[:1] == ["am"]
    number = _read(words[1:] if negative else words)
    if number is None:
        raise UnclearWords(text=text)
    return -number if negative else number


@cache
def _groups(style: WordStyle) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All thousand groups in words: as the first group of a number, and as a later one (with "không trăm")."""
    tens = [_below_hundred(n, style) for n in range(100)]
    leading, inner = [], []
    for n in range(1000):
        hundreds, rest = divmod(n, 100)
        tail = f" {style.odd} {_DIGITS[rest]}" if 0 < rest < 10 else f" {tens[rest]}" if rest else ""
        full = f"{_DIGITS[hundreds]} trăm{tail}"
        inner.append(full)
        leading.append(full if hundreds else tens[rest])
    return tuple(leading), tuple(inner)


def _below_hundred(n: int, style: WordStyle) -> str:
    ten, one = divmod(n, 10)
    if ten == 0:
        return _DIGITS[one]
    said = "mười" if ten == 1 else f"{_DIGITS[ten]} mươi"
    if one == 0:
        return said
    if one == 5:
        return f"{said} lăm"
    if ten >= 2 and one in (1, 4):
        return f"{said} {'mốt' if one == 1 else style.four}"
    return f"{said} {_DIGITS[one]}"


# Reading works on folded words: lists arrive with lost and misplaced marks, and no two number words fold into one
# except mười/mươi and một/mốt, which their place tells apart.
_ONES: Final = {fold(word): n for n, word in enumerate(_DIGITS)} | {"tu": 4, "lam": 5, "nham": 5}
_ONLY_AFTER_TENS: Final = ("tu", "lam", "nham")
_THOUSANDS: Final = ("nghin", "ngan")
_BILLIONS: Final = ("ty", "ti")
_ODD: Final = ("linh", "le")
_PUNCTUATION: Final = str.maketrans(dict.fromkeys(",.;:/()[]\"'“”*", " "))
_CURRENCY: Final = (["viet", "nam", "dong"], ["dong", "viet", "nam"], ["dong"], ["vnd"], ["d"])
_BEFORE: Final = (["bang", "chu"], ["viet", "bang", "chu"], ["ghi", "bang", "chu"])


def _number_words(text: str) -> list[str]:
    """The folded words of the number itself: no "bằng chữ", no "đồng chẵn"."""
    words = fold(text.translate(_PUNCTUATION)).split()
    for end in range(len(words), 1, -1):
        if words[end - 2 : end] == ["bang", "chu"]:
            words = words[end:]
            break
    if words[-1:] == ["chan"]:
        words = words[:-1]
    for currency in _CURRENCY:
        if words[-len(currency) :] == currency:
            words = words[: -len(currency)]
            break
    return words[:-1] if words[-1:] == ["chan"] else words


def _read(words: list[str]) -> int | None:
    """The number, or None when these are not the words of one. The last "tỷ" parts what repeats from the rest."""
    for place in range(len(words) - 1, -1, -1):
        if words[place] in _BILLIONS:
            high = _read(words[:place])
            rest = _below_billion(words[place + 1 :], leading=False)
            return None if not high or rest is None else high * _BILLION + rest
    return _below_billion(words, leading=True) if words else None


def _below_billion(words: list[str], *, leading: bool) -> int | None:
    total = 0
    for names, scale in ((("trieu",), 1_000_000), (_THOUSANDS, 1000)):
        place = next((i for i, word in enumerate(words) if word in names), None)
        if place is not None:
            group = _group(words[:place], leading=leading)
            if group is None or (leading and group == 0):
                return None
            total, words, leading = total + group * scale, words[place + 1 :], False
    if not words:
        return None if leading else total
    ones = _group(words, leading=leading)
    return None if ones is None else total + ones


def _group(words: list[str], *, leading: bool) -> int | None:
    """0 to 999. A later group that is one bare digit is unclear ("một triệu hai"), unless it is "không"."""
    hundreds = 0
    if len(words) >= 2 and words[1] == "tram":
        if (digit := _digit(words[0])) is None:
            return None
        hundreds, words, leading = digit, words[2:], False
        if not words:
            return hundreds * 100
    if not words or (leading and words[0] in _ODD):
        return None
    rest = _tens(words)
    if rest is None or (not leading and len(words) == 1 and 0 < rest < 10):
        return None
    return hundreds * 100 + rest


def _tens(words: list[str]) -> int | None:
    if len(words) == 2 and words[0] in _ODD:
        return _digit(words[1], "tu")
    if words[0] == "muoi":
        ten, tail = 1, words[1:]
    elif len(words) >= 2 and words[1] == "muoi":
        if (digit := _digit(words[0])) is None:
            return None
        ten, tail = digit, words[2:]
    elif len(words) == 2 and words[1] in ("mot", *_ONLY_AFTER_TENS):
        digit = _digit(words[0])
        ten, tail = digit or 0, words[1:]
        if ten < 2:
            return None
    else:
        return _digit(words[0]) if len(words) == 1 else None
    if not tail:
        return ten * 10
    one = _ONES.get(tail[0]) if len(tail) == 1 else None
    return None if not one else ten * 10 + one


def _digit(word: str, *also: str) -> int | None:
    """A digit said on its own; the forms that only follow tens do not count unless named in ``also``."""
    return None if word in _ONLY_AFTER_TENS and word not in also else _ONES.get(word)
