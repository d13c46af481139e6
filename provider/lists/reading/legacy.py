"""Old font text -> Unicode: TCVN3 (.VnTime, .VnTimeH), VNI (VNI-Times), and UTF-8 that was read as Latin letters.

Decided cell by cell: by the cell's font where the file tells it, else by whether the text as it stands, or as it would
be converted, is made of Vietnamese syllables. In TCVN3 the soft hyphen U+00AD *is* the letter "ư": nothing may strip
it.
"""

import re
import unicodedata
from functools import lru_cache

_TCVN3 = (
    "µà ¸á ¶ả ·ã ¹ạ ¨ă »ằ ¾ắ ¼ẳ ½ẵ Æặ ©â Çầ Êấ Èẩ Éẫ Ëậ ®đ Ìè Ðé Îẻ Ïẽ Ñẹ ªê Òề Õế Óể Ôễ Öệ ×ì Ýí Øỉ Üĩ Þị ßò "
    "ãó áỏ âõ äọ «ô åồ èố æổ çỗ éộ ¬ơ êờ íớ ëở ìỡ îợ ïù óú ñủ òũ ôụ \xadư õừ øứ öử ÷ữ ùự úỳ ýý "
    "ûỷ üỹ þỵ ¡Ă ¢Â §Đ £Ê ¤Ô ¥Ơ ¦Ư"
)
_FROM_TCVN3 = {ord(pair[0]): pair[1] for pair in _TCVN3.split(" ")}

_VNI_MARKS = {  # what follows the bare vowel in VNI, and the combining marks it stands for
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {"ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}
_VNI_TONES = "øùûõï"


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for vowel in "aeou":
        for mark, marks in _VNI_MARKS.items():
            if (("\u0306" in marks) and vowel != "a") or (("\u0302" in marks) and vowel == "u"):
                continue
            table[vowel + mark] = unicodedata.normalize("NFC", vowel + marks)
    for tone in _VNI_TONES:
        table["y" + tone] = unicodedata.normalize("NFC", "y" + _VNI_MARKS[tone])
        for letter, plain in (("ô", "ơ"), ("ö", "ư")):
            table[letter + tone] = unicodedata.normalize("NFC", plain + _VNI_MARKS[tone])
    table |= _VNI_ALONE
    for old, new in list(table.items()):
        table[old.upper()] = new.upper()
        if len(old) == 2:
            table[old[0].upper() + old[1]] = new.upper()  # a capital typed with a small mark
            table.setdefault(old[0] + old[1].upper(), new)
    return table


_FROM_VNI = _vni_table()
_VNI = re.compile("|".join(sorted((re.escape(key) for key in _FROM_VNI), key=len, reverse=True)))

_VIETNAMESE = frozenset(
    letter
    for base in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
    for each in [unicodedata.normalize("NFC", base + tone)]
    for letter in (each, each.upper())
) | frozenset("đĐ")
_BEYOND_LATIN = frozenset(letter for letter in _VIETNAMESE if ord(letter) > 0xFF)
_TCVN3_SIGNS = frozenset("µ¸¶·¹¨»¾¼½Æ©ÇÊËÈÉ®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞß«¬\xad¡¢§£¤¥¦åæçëîïñûüøöþ÷äðÿ")
_WORD = re.compile(r"[^\W\d_]+")
_CP1252_HOLES = {0x81: "\x81", 0x8D: "\x8d", 0x8F: "\x8f", 0x90: "\x90", 0x9D: "\x9d"}

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"(?:uyê|iêu|yêu|oai|oay|oao|oeo|uây|uôi|uyu|uya|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|"
    r"ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|ya|[aăâeêioôơuưy])(?:ng|nh|ch|[cmnpt])?"
)
_TONE_MARKS = dict.fromkeys(map(ord, "\u0300\u0301\u0309\u0303\u0323"))


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word (NFC) can be one Vietnamese syllable: its letters, their order, at most one tone."""
    parts = unicodedata.normalize("NFD", word.lower())
    bare = parts.translate(_TONE_MARKS)
    if len(parts) - len(bare) > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def score(text: str) -> float:
    """Share of words that are Vietnamese syllables, 0 to 1; signs inside a word speak against it."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    good = sum(1 for word in words if is_syllable(word))
    strange = sum(1 for letter in text if letter in _STRANGE)
    return (good - strange) / len(words)


_STRANGE = frozenset("µ¸¶·¹¨»¾¼½©®ª«¬\xad¡¢§£¤¥¦×÷ÐðÞþßØøÆæÅåÇçÑñÄäËëÏïÖöÜüÿ\ufffd") - _VIETNAMESE


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """TCVN3 bytes that were read as Latin letters. ``capitals`` for the fonts whose name ends in H."""
    converted = text.translate(_FROM_TCVN3)
    return converted.upper() if capitals else converted


def from_vni(text: str) -> str:
    """VNI: a letter and the mark behind it."""
    return _VNI.sub(lambda match: _FROM_VNI[match[0]], text)


def from_misread_utf8(text: str) -> str | None:
    """UTF-8 that was read as cp1252 (Nguyá»…n): the text that was meant, or None when it was something else."""
    raw = bytearray()
    for letter in text:
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return None
            raw.append(ord(letter))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def to_unicode(text: str, *, font: str | None = None, prior: str | None = None) -> str:
    """The text in Unicode. ``font`` is what the file says of the cell; ``prior`` what most of its sheet is written in.

    Text that is Vietnamese as it stands stays as it is, whatever its font is called: offices retype single cells.
    """
    if text.isascii():
        return text.upper() if font == "tcvn3h" and _WORD.search(text) and not _has_digits(text) else text
    kind = scheme(text, font=font, prior=prior)
    if kind == "tcvn3":
        return from_tcvn3(text, capitals=font == "tcvn3h")
    if kind == "vni":
        return unicodedata.normalize("NFC", from_vni(text))
    if kind == "utf8":
        return from_misread_utf8(text) or text
    return text


def _has_digits(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


@lru_cache(maxsize=50_000)
def scheme(text: str, *, font: str | None = None, prior: str | None = None) -> str | None:
    """tcvn3, vni, utf8, or None for text that is already Unicode."""
    composed = unicodedata.normalize("NFC", text)
    if any(letter in _BEYOND_LATIN for letter in composed):
        # letters no single-byte font has; but Ơ, ư… also come out of UTF-8 misread by Vietnamese Windows (cp1258)
        return None
    candidates: list[tuple[float, int, str | None]] = [(score(composed), 1, None)]
    family = "tcvn3" if font in ("tcvn3", "tcvn3h") else font
    meant = from_misread_utf8(text)
    if meant is not None and meant != text:
        candidates.append((score(meant) + 0.5, 0, "utf8"))
    for name, converted in (("tcvn3", from_tcvn3(text)), ("vni", from_vni(text))):
        if converted != text:
            hint = 2 if name == family else 1 if family is None and name == prior and prior is not None else 0
            bonus = 0.01 if hint else 0.0
            candidates.append((score(converted) + bonus, hint, name))
    return max(candidates, key=lambda each: (each[0], each[1]))[2]


def prevailing(texts: list[str]) -> str | None:
    """Which old scheme a sheet is written in, when more than a tenth of its telling cells are; else None."""
    counts: dict[str | None, int] = {}
    for text in texts:
        if not text.isascii():
            kind = scheme(text)
            counts[kind] = counts.get(kind, 0) + 1
    old = {kind: count for kind, count in counts.items() if kind in ("tcvn3", "vni")}
    if not old:
        return None
    best = max(old, key=lambda kind: old[kind])
    return best if old[best] * 10 > sum(counts.values()) else None
