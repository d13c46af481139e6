"""A file that is no list is refused with one sentence that says what to do."""

import io
import struct
import zipfile
from contextlib import suppress

import pytest

from provider.errors import Invalid
from provider.lists.reading import refusals
from provider.lists.reading.document import read_list
from provider.lists.reading.workbook import open_workbook
from tests.rules.reading.books import LISTS, a_list, person, rewritten, text_table, xls, xlsx

SAMPLE = (LISTS / "btxh_2024-10_tang.xlsx").read_bytes()
OLD = (LISTS / "ncc_2024-09.xls").read_bytes()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "ảnh PNG"),
        (b"\xff\xd8\xff\xe0....", "ảnh JPEG"),
        (b"Rar!\x1a\x07....", "nén RAR"),
        (zipped(word__document=b"<w/>"), "Word"),
        (zipped(readme=b"hi"), "nén ZIP"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "văn bản OpenDocument"),
        (b"\x00\x01\x02\x03" * 400, "lạ"),
    ],
)
def test_another_kind_of_file_is_named_whatever_its_ending_says(content: bytes, kind: str) -> None:
    with pytest.raises(refusals.NotAListFile) as refused:
        read_list(content, "danh sach.xlsx")
    assert refused.value.facts == {"kind": kind}
    assert kind in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"\r\n  \n", b"\0" * 100])
def test_an_empty_file(content: bytes) -> None:
    with pytest.raises(refusals.EmptyFile):
        read_list(content, "a.xlsx")


def test_a_file_over_the_limit() -> None:
    with pytest.raises(refusals.TooLarge) as refused:
        open_workbook(SAMPLE, "a.xlsx", limit=1000)
    assert "MB" in str(refused.value)


def test_a_file_that_unpacks_beyond_the_limit_is_not_unpacked() -> None:
    bomb = zipped(xl__workbook=b"0" * 5_000_000)
    assert len(bomb) < 50_000
    with pytest.raises(refusals.UnpacksTooLarge):
        open_workbook(bomb, "a.xlsx", unpacked_limit=1_000_000)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("content", [SAMPLE, OLD], ids=["xlsx", "xls"])
def test_a_file_cut_short(content: bytes, share: float) -> None:
    with pytest.raises(refusals.CutShort):
        read_list(content[: int(len(content) * share)], "a.xlsx")


def test_a_web_page_that_calls_itself_excel() -> None:
    with pytest.raises(refusals.WebPageAsExcel):
        read_list(b"<html><table><tr><td>STT</td></tr></table></html>", "ds.xls")


def compound(*names: str) -> bytes:
    """A compound file with empty streams of the given names."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHH", header, 24, 62, 3, 0xFFFE, 9)
    struct.pack_into("<H", header, 32, 6)
    struct.pack_into("<II", header, 44, 1, 1)
    struct.pack_into("<IIIII", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = [_entry("Root Entry", 5), *[_entry(name, 2) for name in names]]
    return bytes(header) + fat + b"".join(entries).ljust(512, b"\0")


def _entry(name: str, kind: int) -> bytes:
    entry = bytearray(128)
    raw = name.encode("utf-16-le") + b"\0\0"
    entry[: len(raw)] = raw
    struct.pack_into("<HB", entry, 64, len(raw), kind)
    struct.pack_into("<IQ", entry, 116, 0xFFFFFFFE, 0)
    return bytes(entry)


def test_an_encrypted_workbook() -> None:
    with pytest.raises(refusals.Encrypted):
        read_list(compound("EncryptionInfo", "EncryptedPackage"), "a.xlsx")


def test_an_old_workbook_with_a_password() -> None:
    content = xls(a_list(person()))
    at = content.index(struct.pack("<HH", 0x0042, 2))  # CODEPAGE; the record after it becomes FILEPASS
    locked = content[: at + 6] + struct.pack("<H", 0x002F) + content[at + 8 :]
    with pytest.raises(refusals.Encrypted):
        read_list(locked, "a.xls")


def test_a_word_file_of_the_old_kind() -> None:
    with pytest.raises(refusals.NotAListFile):
        read_list(compound("WordDocument"), "a.xls")


@pytest.mark.parametrize("content", [compound("Book"), struct.pack("<HHHH", 0x0409, 6, 0, 0x10) + b"\0" * 40])
def test_excel_before_97(content: bytes) -> None:
    with pytest.raises(refusals.OldBiff):
        read_list(content, "a.xls")


def test_a_workbook_without_a_list() -> None:
    with pytest.raises(refusals.NoListInside):
        read_list(xlsx([["Kính gửi", "Bưu điện tỉnh"], ["Về việc", "chi trả"]]), "a.xlsx")
    with pytest.raises(refusals.NoListInside):
        read_list(text_table([["mot", "hai"], ["ba", "bon"]]).encode(), "a.csv")


def test_a_bomb_of_entities_is_never_expanded() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="XFD900000" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    content = rewritten(SAMPLE, lambda name, part: bomb if "sheet1.xml" in name else part)
    with pytest.raises(Invalid):
        read_list(content, "a.xlsx")


def test_every_refusal_has_its_own_code_and_a_vietnamese_sentence() -> None:
    kinds = [
        each for each in vars(refusals).values() if isinstance(each, type) and issubclass(each, refusals.FileRefused)
    ]
    assert len({kind.code for kind in kinds}) == len(kinds) >= 10
    for kind in kinds:
        assert kind.status == 422
        assert kind.sentence.endswith(".")
        assert not kind.sentence.isascii()


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_refused_or_read_and_never_crashes(seed: int) -> None:
    import random

    chance = random.Random(seed)
    for content in (SAMPLE, OLD[:40_000] + OLD[40_000:], xls(a_list(person()))):
        broken = bytearray(content)
        for _ in range(chance.randint(1, 12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with suppress(Invalid):
            read_list(bytes(broken), "a.xlsx")
