"""How the house speaks: one spelling, one word for one thing, full stops where a sentence ends, no English."""

import re
import unicodedata

import pytest

from deploy.translations import catalogue, sentences
from provider.names import tone_normal

FOUND = {message.id: sorted({name for name, _line in message.locations}) for message in sentences() if message.id}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
SHOWCASE = ("desk/style_page.py", "desk/style.html", "desk/style_phone.html")  # samples of forms, not sentences

# -- words

LETTERS = r"[^\W\d_]"
WORD = re.compile(rf"(?<![\w.%]){LETTERS}+(?:[.-]{LETTERS}+)*(?!\w)")
SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|ph|q|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?"
)
ALLOWED = {
    *("Excel", "Unicode", "XML", "web", "PDF", "QR", "PIN", "A4", "A6", "MB", "xlsx", "xls", "ods", "csv"),
    *("Save", "As"),  # as the button of Excel says
    *("BTXH", "NCC", "HTXH", "CCCD", "CMND", "LĐ-TB", "XH", "GTGT", "UBND"),
    *("P", "ntb", "le.an", "GPS"),  # the examples of what may be typed
}
FORBIDDEN = {  # what is not said (a pattern), and what the glossary says instead
    "người chi(?! trả)": "người chi trả",
    "đợt chuyển khoản": "lô chuyển khoản",
    "bảng kê ngân hàng": "lô chuyển khoản",
    "đợt chi": "phiên chi trả, kỳ chi trả",
    "buổi chi": "phiên chi trả",
    "ca chi": "phiên chi trả",
    "lượt chi": "lần chi",
    "chuyến": "tuyến",
    "giấy mời": "giấy báo lĩnh tiền, phiếu",
    "duyệt danh sách": "nhận danh sách vào kỳ",
    "duyệt vào kỳ": "nhận vào kỳ",
    "bảng quyết toán": "bảng kê quyết toán",
    "khóa sổ": "khóa kỳ, đóng quỹ",
    "người quản trị": "quản trị viên",
    "nhân sự": "nhân viên",
    "thụ hưởng": "người hưởng",
    "về quỹ(?! tiền)": "về két (an advance comes from the safe; what a payer holds is the quỹ)",
    "hủy bỏ": "hủy",
    "giao dịch viên": "nhân viên chi trả",
    "thân nhân": "người nhận thay",
    "vui lòng": "hãy",
    "click": "bấm",
    "nhấn": "bấm",
    "kích vào": "bấm",
}


def told(wrong: list[str]) -> str:
    """The first sentences that are wrong, with where they stand."""
    return "\n".join(f"{FOUND[sentence][0]}: {sentence!r}" for sentence in wrong[:30])


def test_every_sentence_is_nfc_with_tones_where_we_place_them() -> None:
    wrong = [s for s in FOUND if unicodedata.normalize("NFC", s) != s or tone_normal(s) != s]
    assert not wrong, told(wrong)


def test_no_sentence_has_spare_spaces_or_typewriter_marks() -> None:
    spare = re.compile(r"\s\s|^\s|\s$|\s[,.;:!?](?:\s|$)|\.\.\.|[«»\"]|[,;]$")
    wrong = [s for s in FOUND if spare.search(PLACEHOLDER.sub("x", s))]
    assert not wrong, told(wrong)


def test_no_english_is_left_over_in_the_vietnamese() -> None:
    wrong = [
        sentence
        for sentence in FOUND
        for word in WORD.findall(PLACEHOLDER.sub(" ", sentence))
        if word.isascii() and word not in ALLOWED and not SYLLABLE.fullmatch(word.lower())
    ]
    assert not wrong, told(wrong)


@pytest.mark.parametrize("word", FORBIDDEN)
def test_the_word_of_the_glossary_is_used(word: str) -> None:
    pattern = re.compile(rf"(?<!\w){word}(?!\w)", re.IGNORECASE)
    wrong = [s for s in FOUND if pattern.search(s)]
    assert not wrong, f"say {FORBIDDEN[word]!r}:\n{told(wrong)}"


# -- where a sentence ends


def test_several_sentences_end_with_a_stop() -> None:
    several = re.compile(r"[^\d][.!] [A-ZÀ-Ỹ]")  # not "1. Quét"; a question may be followed by a label
    example = re.compile("ví dụ: ", re.IGNORECASE)  # nothing comes after what is to be typed
    wrong = [s for s in FOUND if several.search(s) and not example.search(s) and not re.search(r"[.?!:”]$", s)]
    assert not wrong, told(wrong)


def test_what_asks_somebody_to_do_something_ends_with_a_stop() -> None:
    wrong = [
        s
        for s, places in FOUND.items()
        if s.startswith("Hãy ") and not s.endswith(".") and not all(place.endswith(SHOWCASE) for place in places)
    ]
    assert not wrong, told(wrong)


def test_what_a_view_says_was_done_ends_with_a_stop() -> None:
    wrong = [
        s
        for s, places in FOUND.items()
        if s.startswith("Đã ") and not s.endswith(".") and all("/views" in place for place in places)
    ]
    assert not wrong, told(wrong)


def test_a_label_has_no_stop() -> None:
    wrong = [s for s in FOUND if s.endswith(".") and len(s.split()) < 3]
    assert not wrong, told(wrong)


def test_the_english_ends_as_the_vietnamese_does() -> None:
    end = re.compile(r"[.?:!]$")
    wrong = [
        f"{message.id!r} -> {message.string!r}"
        for message in catalogue("en")
        if message.id and message.string and end.findall(message.id) != end.findall(message.string)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_english_uses_no_typewriter_marks_and_no_spare_spaces() -> None:
    spare = re.compile(r"\s\s|^\s|\s$|\.\.\.|\"|'")
    wrong = [f"{m.id!r} -> {m.string!r}" for m in catalogue("en") if m.id and m.string and spare.search(m.string)]
    assert not wrong, "\n".join(wrong)
