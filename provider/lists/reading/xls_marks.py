"""What calamine does not tell about .xls: read from the compound file and its BIFF8 records.

Only what a list needs: is it encrypted, is it older than BIFF8, hidden rows, struck-out cells, old fonts, error cells
and formulas without a stored value, merged ranges. Layout after Microsoft's open specifications MS-CFB and MS-XLS.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from provider.lists.reading.marks import Marks, font_family

_END = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


class Damaged(Exception):
    """The compound file or its records end before they should."""


@dataclass(slots=True)
class Stream:
    """Where a stream of the compound file begins and how long it is; ``sectors`` are its pieces in order."""

    sectors: list[bytes]
    size: int

    def content(self) -> bytes:
        return b"".join(self.sectors)[: self.size]


def streams(content: bytes) -> dict[str, Stream] | None:
    """Names and pieces of all streams of a compound file, or None when it is damaged."""
    try:
        return _streams(content)
    except (struct.error, IndexError, ValueError, Damaged):
        return None


def _streams(content: bytes) -> dict[str, Stream]:
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or mini_shift > 9:
        raise Damaged
    size, mini_size = 1 << shift, 1 << mini_shift
    fat_count, first_directory = struct.unpack_from("<I", content, 44)[0], struct.unpack_from("<I", content, 48)[0]
    cutoff, first_minifat, _, first_difat, _ = struct.unpack_from("<IIIII", content, 56)

    def sector(number: int) -> bytes:
        start = (number + 1) << shift
        piece = content[start : start + size]
        if (len(piece) < size and start + len(piece) < len(content)) or not piece:
            raise Damaged
        return piece

    places = list(struct.unpack_from("<109I", content, 76))
    seen = 0
    while first_difat not in (_END, _FREE):
        more = struct.unpack(f"<{size // 4}I", sector(first_difat))
        places.extend(more[:-1])
        first_difat = more[-1]
        seen += 1
        if seen > len(content) >> shift:
            raise Damaged
    fat: list[int] = []
    for place in [p for p in places if p not in (_FREE, _END)][:fat_count]:
        piece = sector(place)
        fat.extend(struct.unpack(f"<{len(piece) // 4}I", piece[: len(piece) // 4 * 4]))

    def chain(number: int, table: list[int]) -> Iterator[int]:
        steps = 0
        while number not in (_END, _FREE):
            yield number
            number = table[number]
            steps += 1
            if steps > len(table):
                raise Damaged

    directory = b"".join(sector(n) for n in chain(first_directory, fat))
    entries = [directory[i : i + 128] for i in range(0, len(directory) - 127, 128)]
    root_start = struct.unpack_from("<I", entries[0], 116)[0]
    minifat: list[int] = []
    for number in chain(first_minifat, fat):
        piece = sector(number)
        minifat.extend(struct.unpack(f"<{len(piece) // 4}I", piece))
    mini: bytes | None = None
    found: dict[str, Stream] = {}
    for entry in entries:
        name_length, kind = struct.unpack_from("<HB", entry, 64)
        if kind not in (1, 2) or not 2 <= name_length <= 64:
            continue
        name = entry[: name_length - 2].decode("utf-16-le", "replace")
        start, length = struct.unpack_from("<IQ", entry, 116)
        length &= 0xFFFFFFFF
        if kind == 1:
            found.setdefault(name, Stream([], 0))
        elif length >= cutoff:
            found.setdefault(name, Stream([sector(n) for n in chain(start, fat)], length))
        else:
            if mini is None:
                mini = b"".join(sector(n) for n in chain(root_start, fat))
            pieces = [mini[n * mini_size : (n + 1) * mini_size] for n in chain(start, minifat)] if length else []
            found.setdefault(name, Stream(pieces, length))
    return found


@dataclass(slots=True)
class Globals:
    """The workbook part: version, whether encrypted, fonts and formats, and where each sheet begins."""

    stream: bytes
    version: int = 0
    encrypted: bool = False
    fonts: list[tuple[bool, str | None]] = field(default_factory=list)
    formats: list[int] = field(default_factory=list)
    sheets: dict[str, int] = field(default_factory=dict)


def read_globals(content: bytes, where: Stream) -> Globals:
    """Read the records before the first sheet. Raises Damaged when the stream is shorter than it says."""
    stream = where.content()
    if len(stream) < where.size or len(stream) < 8:
        raise Damaged
    found = Globals(stream)
    for record, start, length in _records(stream, 0):
        if record == 0x0809:
            found.version = struct.unpack_from("<H", stream, start)[0]
        elif record == 0x002F:
            found.encrypted = True
            break
        elif record == 0x0031:
            found.fonts.append(_font(stream[start : start + length]))
        elif record == 0x00E0:
            found.formats.append(struct.unpack_from("<H", stream, start)[0])
        elif record == 0x0085 and found.version >= 0x0600:
            position = struct.unpack_from("<I", stream, start)[0]
            found.sheets[_text(stream[start + 6 : start + length])] = position
        elif record == 0x000A:
            break
    return found


def _records(stream: bytes, position: int) -> Iterator[tuple[int, int, int]]:
    """(record, where its body starts, how long it is) from a position to the end of the stream."""
    end = len(stream) - 4
    unpack = struct.Struct("<HH").unpack_from
    while position <= end:
        record, length = unpack(stream, position)
        yield record, position + 4, length
        position += 4 + length


def _text(raw: bytes) -> str:
    """A short unicode string: length, flag, then one or two bytes a letter."""
    if len(raw) < 2:
        return ""
    length, wide = raw[0], raw[1] & 1
    return raw[2 : 2 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")


def _font(body: bytes) -> tuple[bool, str | None]:
    if len(body) < 16:
        return False, None
    return bool(body[2] & 0x08), font_family(_text(body[14:]))


def read_marks(book: Globals, name: str) -> Marks:
    """The marks of one sheet; what is damaged is left out (calamine has the last word on the values)."""
    marks = Marks()
    position = book.sheets.get(name)
    if position is None:
        return marks
    with suppress(struct.error, IndexError):
        _walk(book, position, marks)
    return marks


def _walk(book: Globals, position: int, marks: Marks) -> None:
    stream = book.stream
    # fonts are numbered 0-3, 5, 6…: number 4 does not exist
    fonts = {number if number < 4 else number + 1: font for number, font in enumerate(book.fonts)}
    marked = {
        number: fonts[font]
        for number, font in enumerate(book.formats)
        if fonts.get(font, (False, None)) != (False, None)
    }
    depth = 0
    for record, start, length in _records(stream, position):
        if record == 0x0809:
            depth += 1
        elif record == 0x000A:
            depth -= 1
            if depth <= 0:
                return
        elif record == 0x0208:
            row, flags = struct.unpack_from("<H", stream, start)[0], struct.unpack_from("<H", stream, start + 12)[0]
            if flags & 0x20:
                marks.hidden_rows.add(row + 1)
        elif record == 0x00E5:
            for place in range(start + 2, start + length - 7, 8):
                top, bottom, left, right = struct.unpack_from("<HHHH", stream, place)
                marks.merged.append((top, left, bottom, right))
        elif record == 0x0205:
            row, column, _, value, is_error = struct.unpack_from("<HHHBB", stream, start)
            if is_error:
                marks.broken[(row + 1, column)] = _ERRORS.get(value, "#LỖI")
        elif record == 0x0006:
            row, column = struct.unpack_from("<HH", stream, start)
            if stream[start + 12 : start + 14] == b"\xff\xff":
                if stream[start + 6] == 2:
                    marks.broken[(row + 1, column)] = _ERRORS.get(stream[start + 8], "#LỖI")
                elif stream[start + 6] == 3:
                    marks.broken[(row + 1, column)] = ""
        if marked and record in (0x00FD, 0x0203, 0x027E, 0x0006, 0x0204, 0x00D6):
            row, column, style = struct.unpack_from("<HHH", stream, start)
            if style in marked:
                struck, family = marked[style]
                if struck:
                    marks.struck.setdefault(row + 1, set()).add(column)
                if family:
                    marks.fonts[(row + 1, column)] = family
