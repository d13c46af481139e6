"""What calamine does not tell about .xlsx and .ods: read from their XML with searches over bytes.

A search is only made where the file shows that it is needed (no struck-out font in the styles: no look at cells), so
that an ordinary file costs one pass of ``bytes.find``.
"""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

from provider.lists.reading.marks import Marks, font_family

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
_ADDRESS = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d+)[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
_FAR = re.compile(rb" r=[\"'](?:[A-Z]{2,3}\d|[A-Z]?\d{5})")
_WIDE = re.compile(rb" r=[\"']([A-Z]{2,3})\d")
_TALL = re.compile(rb" r=[\"'][A-Z]{0,3}(\d{5,7})[\"']")
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*ref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")


@dataclass(slots=True)
class Styles:
    """Cell style numbers whose font is struck out, and those whose font is an old Vietnamese one."""

    struck: set[bytes] = field(default_factory=set)
    old_fonts: dict[bytes, str] = field(default_factory=dict)


def column_number(letters: bytes | str) -> int:
    """A -> 0, Z -> 25, AA -> 26."""
    text = letters.decode() if isinstance(letters, bytes) else letters
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 -> A, 26 -> AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _parse(xml: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError("a document type is not allowed in a workbook")
    return ElementTree.fromstring(xml)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> path of its XML inside the file."""
    targets: dict[str, str] = {}
    for link in _parse(archive.read("xl/_rels/workbook.xml.rels")):
        target = link.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
        targets[link.get("Id", "")] = path
    parts: dict[str, str] = {}
    for element in _parse(archive.read("xl/workbook.xml")).iter():
        if _local(element.tag) == "sheet":
            link_id = next((value for key, value in element.items() if _local(key) == "id"), "")
            if link_id in targets:
                parts[element.get("name", "")] = targets[link_id]
    return parts


def read_styles(archive: zipfile.ZipFile) -> Styles:
    """Fonts of the styles; an empty answer for a file without styles."""
    styles = Styles()
    try:
        xml = archive.read("xl/styles.xml")
    except KeyError:
        return styles
    if not re.search(rb"<(?:\w+:)?strike|val=[\"'](?:\.Vn|VNI)", xml, re.IGNORECASE):
        return styles
    fonts: list[tuple[bool, str | None]] = []
    for top in _parse(xml):
        part = _local(top.tag)
        if part == "fonts":
            fonts = [_font(font) for font in top]
        elif part == "cellXfs":
            for number, xf in enumerate(top):
                index = int(xf.get("fontId") or 0)
                struck, family = fonts[index] if index < len(fonts) else (False, None)
                if struck:
                    styles.struck.add(str(number).encode())
                if family:
                    styles.old_fonts[str(number).encode()] = family
    return styles


def _font(element: ElementTree.Element) -> tuple[bool, str | None]:
    struck, family = False, None
    for detail in element:
        tag = _local(detail.tag)
        if tag == "strike":
            struck = detail.get("val", "1") not in ("0", "false")
        elif tag in ("name", "rFont"):
            family = font_family(detail.get("val", ""))
    return struck, family


def extent(xml: bytes) -> tuple[int, int]:
    """How high (0: below 10.000 rows) and how wide (26: up to column Z) the sheet claims to be."""
    if _FAR.search(xml) is None:
        return 0, 26
    height = max((int(number) for number in set(_TALL.findall(xml))), default=0)
    width = max((column_number(letters) + 1 for letters in set(_WIDE.findall(xml))), default=26)
    return height, width


def read_marks(xml: bytes, styles: Styles) -> Marks:
    """Hidden rows, struck-out cells, old fonts, formulas without a value, error cells and merged ranges of a sheet."""
    marks = Marks()
    if b"hidden=" in xml:
        for match in _ROW.finditer(xml):
            attributes = match[1]
            if b'hidden="1"' in attributes or b'hidden="true"' in attributes or b"hidden='1'" in attributes:
                number = _NUMBER.search(attributes)
                if number:
                    marks.hidden_rows.add(int(number[1]))
    if styles.struck or styles.old_fonts:
        _read_cell_styles(xml, styles, marks)
    if b"<strike" in xml:  # struck-out text inside a cell (inline rich text)
        _read_inline_strikes(xml, marks)
    if b"<f" in xml or b":f" in xml:
        for match in _NO_VALUE.finditer(xml):
            _mark_broken(marks, match[1], "")
    if b't="e"' in xml or b"t='e'" in xml:
        for match in _ERROR.finditer(xml):
            value = _VALUE.search(match[2])
            _mark_broken(marks, match[1], value[1].decode("utf-8", "replace") if value else "#LỖI")
    for left, top, right, bottom in (
        (m[1], m[2], m[3], m[4]) for m in _MERGE.finditer(xml, max(0, xml.rfind(b"</sheetData>")))
    ):
        marks.merged.append((int(top) - 1, column_number(left), int(bottom) - 1, column_number(right)))
    return marks


def _mark_broken(marks: Marks, attributes: bytes, shown: str) -> None:
    address = _ADDRESS.search(attributes)
    if address:
        marks.broken[(int(address[2]), column_number(address[1]))] = shown


def _read_cell_styles(xml: bytes, styles: Styles, marks: Marks) -> None:
    for match in _CELL.finditer(xml):
        style = _STYLE.search(match[1])
        if style is None:
            continue
        struck, family = style[1] in styles.struck, styles.old_fonts.get(style[1])
        if not struck and family is None:
            continue
        address = _ADDRESS.search(match[1])
        if address is None:
            continue
        row, column = int(address[2]), column_number(address[1])
        if struck and not match[2]:
            marks.struck.setdefault(row, set()).add(column)
        if family:
            marks.fonts[(row, column)] = family


def _read_inline_strikes(xml: bytes, marks: Marks) -> None:
    for match in re.finditer(rb"<c\b([^>]*)>(?:(?!</c>).)*?<strike", xml, re.DOTALL):
        address = _ADDRESS.search(match[1])
        if address:
            marks.struck.setdefault(int(address[2]), set()).add(column_number(address[1]))


def read_ods_marks(xml: bytes) -> dict[str, Marks]:
    """Hidden rows and struck-out cells of each sheet of an .ods; sheets without either are not mentioned."""
    struck_styles = set()
    if b"line-through-style" in xml:
        for match in re.finditer(
            rb"<style:style\b[^>]*style:name=\"([^\"]+)\"[^>]*>(.*?)</style:style>", xml, re.DOTALL
        ):
            if re.search(rb"text-line-through-style=\"(?!none)", match[2]):
                struck_styles.add(match[1])
    if not struck_styles and b"table:visibility=" not in xml:
        return {}
    marks_of: dict[str, Marks] = {}
    for table in re.finditer(rb"<table:table\b[^>]*table:name=\"([^\"]*)\"[^>]*>(.*?)</table:table>", xml, re.DOTALL):
        marks = Marks()
        number = 1
        for row in re.finditer(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", table[2], re.DOTALL):
            times = _repeated(row[1], rb"rows")
            if times < 10_000:
                if re.search(rb"table:visibility=\"(?:collapse|filter)\"", row[1]):
                    marks.hidden_rows.update(range(number, number + times))
                if struck_styles and row[2]:
                    _read_ods_row(row[2], struck_styles, marks, number)
            number += times
        marks_of[table[1].decode("utf-8", "replace")] = marks
    return marks_of


def _repeated(attributes: bytes, what: bytes) -> int:
    match = re.search(rb"table:number-" + what + rb"-repeated=\"(\d+)\"", attributes)
    return int(match[1]) if match else 1


def _read_ods_row(xml: bytes, struck_styles: set[bytes], marks: Marks, number: int) -> None:
    column = 0
    for cell in re.finditer(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/?)>", xml):
        style = re.search(rb"table:style-name=\"([^\"]+)\"", cell[1])
        if style and style[1] in struck_styles and not cell[2]:
            marks.struck.setdefault(number, set()).add(column)
        column += _repeated(cell[1], rb"columns")
