"""Workbooks for tests, made on the spot: rows in, bytes out, in each of the formats that offices send."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwt

LISTS = Path(__file__).parents[2] / "files" / "lists"

HEAD = [
    "STT",
    "Họ và tên",
    "Năm sinh",
    "Số CCCD",
    "Xã, phường",
    "Đối tượng",
    "Hệ số",
    "Mức trợ cấp",
    "Truy lĩnh",
    "Tổng cộng",
    "Ghi chú",
]


def person(
    number: Any = 1,
    name: str = "Nguyễn Thị Bưởi",
    born: Any = 1940,
    id_number: Any = "045140025402",
    commune: str = "Xã Hải Lệ",
    benefit: str = "NKT nặng",
    coefficient: Any = 1.5,
    allowance: Any = 750_000,
    arrears: Any = "",
    total: Any = 750_000,
    note: str = "",
) -> list[Any]:
    """One line under HEAD."""
    return [number, name, born, id_number, commune, benefit, coefficient, allowance, arrears, total, note]


def a_list(*people: list[Any], tail: Sequence[list[Any]] = (), title: str = "Tháng 9 năm 2024") -> list[list[Any]]:
    """Title, heading, people, tail."""
    return [["DANH SÁCH CHI TRẢ TRỢ CẤP XÃ HỘI"], [title], [], HEAD, *people, *tail]


def xlsx(
    *sheets: Sequence[Sequence[Any]], names: Sequence[str] = (), touch: Callable[[Any], None] | None = None
) -> bytes:
    """One sheet per table; ``touch`` may change the openpyxl workbook before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for place, rows in enumerate(sheets):
        sheet = book.create_sheet(names[place] if place < len(names) else f"Trang {place + 1}")
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    if touch is not None:
        touch(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_by_writer(rows: Sequence[Sequence[Any]]) -> bytes:
    """The same through XlsxWriter: shared strings, other XML."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("DS")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell != "":
                sheet.write(line, column, cell)
    book.close()
    return out.getvalue()


def xls(rows: Sequence[Sequence[Any]], touch: Callable[[Any, Any], None] | None = None, *, name: str = "DS") -> bytes:
    """BIFF8."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell != "":
                sheet.write(line, column, cell)
    if touch is not None:
        touch(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: Sequence[Sequence[Any]]) -> bytes:
    """A small OpenDocument table, as LibreOffice writes it."""
    lines = []
    for row in rows:
        cells = "".join(_ods_cell(cell) for cell in row)
        lines.append(f"<table:table-row>{cells}</table:table-row>")
    body = "".join(lines)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="DS">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
    return out.getvalue()


def _ods_cell(cell: Any) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"
    text = str(cell).replace("&", "&amp;").replace("<", "&lt;")
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def text_table(rows: Sequence[Sequence[Any]], separator: str = ",") -> str:
    """A delimited text with the usual quoting."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def rewritten(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The zip with its parts passed through ``change(name, bytes)``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info.filename, change(info.filename, source.read(info.filename)))
    return out.getvalue()
