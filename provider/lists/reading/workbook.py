"""Bytes -> sheets of cells, decided by content and never by the file's name.

calamine reads the values (fast); what it does not tell (hidden rows, struck-out cells, old fonts, formulas without a
stored value, error cells) is read from the file's own XML or BIFF records by ``xlsx_marks`` and ``xls_marks``.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import python_calamine as calamine

from provider.lists.reading import delimited, refusals, sparse, xls_marks, xlsx_marks
from provider.lists.reading.marks import Marks

Cell = Any  # str, float, int, bool, datetime.date, datetime.datetime, datetime.time, datetime.timedelta

MEGABYTE = 1024 * 1024
FILE_LIMIT = 12 * MEGABYTE
UNPACKED_LIMIT = 400 * MEGABYTE
WIDEST = 256  # columns; a list is never wider, Excel 97 could not be
ROOMIEST = 30_000_000  # cells of one sheet as a rectangle: beyond, calamine would take gigabytes for emptiness

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"BM", "ảnh BMP"),
    (b"II*\x00", "ảnh quét TIFF"),
    (b"MM\x00*", "ảnh quét TIFF"),
    (b"{\\rtf", "Word (RTF)"),
    (b"Rar!", "nén RAR"),
    (b"7z\xbc\xaf\x27\x1c", "nén 7-Zip"),
    (b"\x1f\x8b", "nén GZIP"),
    (b"MZ", "chương trình"),
    (b"\x7fELF", "chương trình"),
    (b"SQLite format 3", "cơ sở dữ liệu"),
)


@dataclass(slots=True)
class Sheet:
    """One sheet: its rows from column A on, the file's own number of each row, and what is marked in it."""

    name: str
    rows: list[list[Cell]]
    numbers: Sequence[int]
    visible: bool = True
    marks: Marks = field(default_factory=Marks)
    failed: str | None = None


@dataclass(slots=True)
class Book:
    """``kind`` is xlsx, xlsb, xls, ods or csv; ``sheets`` are opened one after the other, as they are asked for."""

    kind: str
    names: tuple[str, ...]
    _open: Any

    def sheets(self) -> Iterator[Sheet]:
        for name in self.names:
            yield self._open(name)


def open_workbook(content: bytes, name: str, *, limit: int = FILE_LIMIT, unpacked_limit: int = UNPACKED_LIMIT) -> Book:
    """Open a file as a book of sheets. ``name`` is only for people; the content decides.

    Raises the refusals of ``refusals.py``: empty, too large, unpacks too large, encrypted, cut short, another kind.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise refusals.EmptyFile()
    if len(content) > limit:
        raise refusals.TooLarge(size=_megabytes(len(content)), limit=_megabytes(limit))
    for magic, kind in _KINDS:
        if content.startswith(magic):
            raise refusals.NotAListFile(kind=kind)
    if content.startswith(b"PK"):
        return _open_zip(content, unpacked_limit)
    if content.startswith(_OLE):
        return _open_ole(content)
    if _is_old_biff(content):
        raise refusals.OldBiff()
    if _is_markup(content):
        raise refusals.WebPageAsExcel()
    rows = delimited.read(content)
    if rows is None:
        raise refusals.NotAListFile(kind="lạ")
    sheet = Sheet(name="csv", rows=rows, numbers=range(1, len(rows) + 1))
    return Book("csv", ("csv",), lambda _name: sheet)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def _is_old_biff(content: bytes) -> bool:
    """BIFF2 to BIFF4 begin with a bare BOF record, no compound file around it."""
    if len(content) < 4:
        return False
    record, length = struct.unpack_from("<HH", content)
    return record in (0x0009, 0x0209, 0x0409) and length in (4, 6, 8)


def _is_markup(content: bytes) -> bool:
    start = content[:2000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    return bool(re.match(rb"<(\?xml|!doctype|html|table|meta|head|body|div|style)", start))


def _open_zip(content: bytes, unpacked_limit: int) -> Book:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except Exception as error:
        raise refusals.CutShort() from error
    size = sum(info.file_size for info in infos)
    if size > unpacked_limit:
        raise refusals.UnpacksTooLarge(size=_megabytes(size), limit=_megabytes(unpacked_limit))
    if any(info.flag_bits & 1 for info in infos):
        raise refusals.Encrypted()
    names = {info.filename for info in infos}
    if "xl/workbook.xml" in names:
        return _open_xlsx(content, archive)
    if "xl/workbook.bin" in names:
        return _open_calamine(content, "xlsb")
    if "mimetype" in names or "content.xml" in names:
        kind = _small(archive, "mimetype")
        if "content.xml" in names and (not kind or b"spreadsheet" in kind):
            if b"manifest:encryption-data" in _small(archive, "META-INF/manifest.xml"):
                raise refusals.Encrypted()
            return _open_ods(content, archive)
        raise refusals.NotAListFile(kind="văn bản OpenDocument")
    if any(entry.startswith("word/") for entry in names):
        raise refusals.NotAListFile(kind="Word")
    if any(entry.startswith("ppt/") for entry in names):
        raise refusals.NotAListFile(kind="PowerPoint")
    if any(entry.startswith("xl/") for entry in names):  # the workbook part itself under another name
        return _open_calamine(content, "xlsx")
    raise refusals.NotAListFile(kind="nén ZIP")


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(MEGABYTE)
    except Exception:
        return b""


def _load(content: bytes) -> Any:
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError as error:
        raise refusals.Encrypted() from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise refusals.CutShort() from error
    except BaseException as error:  # a Rust panic is a BaseException
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)):
            raise
        raise refusals.CutShort() from error


def _read_sheet(book: Any, name: str, marks: Marks) -> Sheet:
    """The cells of one sheet; a reader that fails on one sheet says so and keeps the others."""
    visible = _visible(book, name)
    try:
        source = book.get_sheet_by_name(name)
        start = source.start
        shift = start[1] if start else 0
        rows = list(source.iter_rows()) if start else []
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)):
            raise
        return Sheet(name, [], (), visible, marks, failed=str(error) or type(error).__name__)
    if shift:
        pad = [""] * shift
        rows = [pad + row for row in rows]
    if not marks.merged:
        marks.merged = [(a[0], a[1], b[0], b[1]) for a, b in (source.merged_cell_ranges or ())]
    return Sheet(name, rows, range(1, len(rows) + 1), visible, marks)


def _visible(book: Any, name: str) -> bool:
    for sheet in book.sheets_metadata:
        if sheet.name == name:
            return bool(sheet.visible == calamine.SheetVisibleEnum.Visible)
    return True


def _tables(book: Any) -> tuple[str, ...]:
    """Names of worksheets; charts and macro sheets hold no list."""
    return tuple(s.name for s in book.sheets_metadata if s.typ == calamine.SheetTypeEnum.WorkSheet)


def _open_calamine(content: bytes, kind: str) -> Book:
    book = _load(content)
    return Book(kind, _tables(book), lambda name: _read_sheet(book, name, Marks()))


def _open_xlsx(content: bytes, archive: zipfile.ZipFile) -> Book:
    try:
        parts = xlsx_marks.sheet_parts(archive)
        styles = xlsx_marks.read_styles(archive)
    except zipfile.BadZipFile as error:
        raise refusals.CutShort() from error
    except Exception:  # a workbook part that only calamine understands: read the values, forgo the marks
        parts, styles = {}, xlsx_marks.Styles()
    book = _load(content)

    def one(name: str) -> Sheet:
        part = parts.get(name)
        if part is None:
            return _read_sheet(book, name, Marks())
        try:
            xml = archive.read(part)
        except (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
            return Sheet(name, [], (), _visible(book, name), failed=str(error))
        except Exception as error:
            return Sheet(name, [], (), _visible(book, name), failed=str(error))
        height, width = xlsx_marks.extent(xml)
        marks = xlsx_marks.read_marks(xml, styles)
        if height * width > ROOMIEST or width > WIDEST or height > 10 * xml.count(b" r=") + 1000:
            try:
                rows, numbers, far = sparse.read(xml, archive, WIDEST)
            except Exception as error:
                return Sheet(name, [], (), _visible(book, name), failed=str(error))
            marks.far_cells = far
            return Sheet(name, rows, numbers, _visible(book, name), marks)
        return _read_sheet(book, name, marks)

    return Book("xlsx", _tables(book), one)


def _open_ods(content: bytes, archive: zipfile.ZipFile) -> Book:
    try:
        xml = archive.read("content.xml")
    except Exception as error:
        raise refusals.CutShort() from error
    marks = xlsx_marks.read_ods_marks(xml)
    book = _load(content)
    return Book("ods", _tables(book), lambda name: _read_sheet(book, name, marks.get(name) or Marks()))


def _open_ole(content: bytes) -> Book:
    streams = xls_marks.streams(content)
    if streams is None:
        raise refusals.CutShort()
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        raise refusals.Encrypted()
    if "WordDocument" in streams:
        raise refusals.NotAListFile(kind="Word")
    if "PowerPoint Document" in streams:
        raise refusals.NotAListFile(kind="PowerPoint")
    if "Workbook" not in streams:
        if "Book" in streams:
            raise refusals.OldBiff()
        raise refusals.NotAListFile(kind="lạ")
    try:
        globals_ = xls_marks.read_globals(content, streams["Workbook"])
    except xls_marks.Damaged as error:
        raise refusals.CutShort() from error
    if globals_.encrypted:
        raise refusals.Encrypted()
    if globals_.version < 0x0600:
        raise refusals.OldBiff()
    book = _load(content)
    return Book("xls", _tables(book), lambda name: _read_sheet(book, name, xls_marks.read_marks(globals_, name)))
