"""A sheet whose few cells lie far apart, read cell by cell: a million empty rows cost nothing.

calamine holds a sheet as a full rectangle; one stray cell at XFD1048576 would take hundreds of gigabytes. Such sheets
are rare, so this reader may be slow; it keeps only rows that hold something, with their own numbers.
"""

import datetime
import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

from provider.lists.reading.xlsx_marks import column_letters, column_number

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)$")


def read(xml: bytes, archive: zipfile.ZipFile, widest: int) -> tuple[list[list[Any]], list[int], list[str]]:
    """Rows that hold something, their numbers, and the addresses of cells beyond ``widest`` columns.

    Dates stay serial numbers here (the styles are not read): the readers of values understand them.
    """
    shared = _shared_strings(archive)
    rows: dict[int, dict[int, Any]] = {}
    far: list[str] = []
    row_number, column = 0, -1
    for event, element in ElementTree.iterparse(io.BytesIO(_checked(xml)), events=("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            if tag == "row":
                row_number = int(element.get("r") or row_number + 1)
                column = -1
            continue
        if tag == "c":
            match = _ADDRESS.match(element.get("r") or "")
            at_row, column = (int(match[2]), column_number(match[1])) if match else (row_number, column + 1)
            value = _value(element, shared)
            if value != "":
                if column >= widest:
                    far.append(f"{column_letters(column)}{at_row}")
                else:
                    rows.setdefault(at_row, {})[column] = value
            element.clear()
        elif tag == "row":
            element.clear()
    width = max((max(cells) for cells in rows.values()), default=-1) + 1
    numbers = sorted(rows)
    return [[rows[number].get(c, "") for c in range(width)] for number in numbers], numbers, far


def _checked(xml: bytes) -> bytes:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError("a document type is not allowed in a workbook")
    return xml


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    try:
        xml = archive.read("xl/sharedStrings.xml")
    except KeyError:
        return []
    return [_text(item) for item in ElementTree.fromstring(_checked(xml))]


def _text(element: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in element.iter() if part.tag.rpartition("}")[2] == "t")


def _value(element: ElementTree.Element, shared: list[str]) -> Any:
    kind = element.get("t")
    if kind == "inlineStr":
        return _text(element)
    stored = next((child.text or "" for child in element if child.tag.rpartition("}")[2] == "v"), "")
    if not stored or kind == "e":
        return ""
    if kind == "s":
        return shared[int(stored)] if int(stored) < len(shared) else ""
    if kind == "b":
        return stored == "1"
    if kind == "str":
        return stored
    if kind == "d":
        return datetime.datetime.fromisoformat(stored)
    return float(stored)
