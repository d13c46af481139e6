"""List files as agencies send them, made in memory: a social list, a merit list, a list of pensioners, a bad one."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any, Final

import xlsxwriter

from provider.agreements.rules import Programme, RateComponent
from provider.clock import Month
from provider.demo.benefits import Worth
from provider.demo.population import Line
from provider.figures import birth
from provider.identity import Sex
from provider.money import Money
from provider.words import amount_in_words

Row = Sequence[str | int]
Part = Line | Row | str
"""What stands under the heads: a line, a line as it was written, or the heading of a section."""
ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")
ALLOWANCE, SUPPLEMENT, ATTENDANT = RateComponent.ALLOWANCE, RateComponent.SUPPLEMENT, RateComponent.ATTENDANT


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file as it arrives, with what the letter beside it says."""

    name: str
    content: bytes
    people: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose letterhead stands above the lists."""

    parent: str
    name: str
    place: str
    mark: str


@dataclass(frozen=True, slots=True)
class _Layout:
    title: str
    heads: tuple[str, ...]
    total_column: int
    row: Callable[[int, Line], Row]
    section: Callable[[Line], str] | None = None


def list_file(sender: Sender, lines: Sequence[Line], month: Month, worth: Worth, *, programme: Programme) -> ListFile:
    """The list of a programme's month in the layout its officers use."""
    layout = _layout(programme, worth)
    ordered = sorted(lines, key=layout.section) if layout.section else list(lines)
    content = _workbook(sender, layout, ordered, month)
    name = f"{programme.value.lower()}_{sender.mark}_{month.iso}.xlsx"
    return ListFile(name, content, len(lines), Money.sum(line.total for line in lines))


def wrong_total_file(right: ListFile, sender: Sender, lines: Sequence[Line], month: Month, worth: Worth) -> ListFile:
    """The same list as it came first: the last page was forgotten, the totals are those of the whole."""
    layout = _layout(lines[0].programme, worth)
    ordered = sorted(lines, key=layout.section) if layout.section else list(lines)
    content = _workbook(sender, layout, ordered[: -max(2, len(ordered) // 30)], month, declared=right.amount)
    return ListFile(right.name.replace(".xlsx", "_ban_dau.xlsx"), content, right.people, right.amount)


def late_file(sender: Sender, new: Sequence[Line], paid: Sequence[Line], month: Month, worth: Worth) -> ListFile:
    """A list of late additions with what goes wrong in real life; it does not tie out."""
    layout = _layout(Programme.BTXH, worth)
    rows = [list(layout.row(number, line)) for number, line in enumerate([*new, *paid[:3]], start=1)]
    rows[0][1] = ""
    rows[1][9] = "1 triệu rưỡi"
    rows[2][11] = int(rows[2][11]) + 300_000
    rows[3][7] = "Hộ chính sách khó khăn"
    rows[4][3] = "04514100001"
    rows[5][2] = "31/02/1950"
    rows[6][13], rows[6][14] = "0451000", ""
    rows.append(list(rows[7]))
    title = "DANH SÁCH BỔ SUNG CHI TRẢ TRỢ CẤP XÃ HỘI HÀNG THÁNG"
    content = _workbook(sender, layout, [new[0].place.commune.upper(), *rows], month, title=title)
    amount = Money.sum(line.total for line in new)
    return ListFile(f"btxh_{sender.mark}_{month.iso}_bo_sung.xlsx", content, len(new), amount)


def _layout(programme: Programme, worth: Worth) -> _Layout:
    if programme is Programme.NCC:
        return _Layout(
            "DANH SÁCH CHI TRẢ TRỢ CẤP ƯU ĐÃI NGƯỜI CÓ CÔNG",
            (
                *("TT", "Số hồ sơ", "Họ và tên", "Số CCCD", "Năm sinh > Nam", "Năm sinh > Nữ", "Địa chỉ > Thôn, KP"),
                *("Địa chỉ > Xã, phường", "Tỷ lệ", "Số tiền (đồng) > Trợ cấp", "Số tiền (đồng) > Phụ cấp"),
                *("Số tiền (đồng) > TC người phục vụ", "Số tiền (đồng) > Truy lĩnh", "Số tiền (đồng) > Tổng cộng"),
                *("Ký nhận", "Số tài khoản", "Chủ tài khoản", "Ngân hàng"),
            ),
            13,
            _merit_row,
            lambda line: line.kind.words,
        )
    if programme is Programme.HTXH:
        return _Layout(
            "DANH SÁCH CHI TRẢ TRỢ CẤP HƯU TRÍ XÃ HỘI",
            (
                *("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Thôn, KP", "Xã, phường", "Đối tượng"),
                *("Trợ cấp tháng này", "Truy lĩnh", "Tổng số tiền", "Ký nhận", "Số tài khoản", "Tên chủ tài khoản"),
                "Ngân hàng",
            ),
            10,
            _pension_row,
        )
    return _Layout(
        "DANH SÁCH CHI TRẢ TRỢ CẤP XÃ HỘI HÀNG THÁNG",
        (
            *("STT", "Họ và tên", "Ngày sinh", "Số CCCD/CMND", "Địa chỉ (thôn, KP)", "Số quyết định hưởng"),
            *("Số sổ lĩnh tiền", "Đối tượng", "Hệ số", "Tiền trợ cấp tháng này", "Truy lĩnh", "Tổng số tiền"),
            *("Ký nhận", "Số tài khoản", "Ngân hàng"),
        ),
        11,
        lambda number, line: _social_row(number, line, worth),
        lambda line: line.place.commune.upper(),
    )


def _social_row(number: int, line: Line, worth: Worth) -> Row:
    coefficient = worth.coefficients.get(line.kind.code)
    return (
        number,
        line.person.name,
        _born(line),
        line.id_shown,
        line.hamlet,
        line.decision_no,
        line.book_no,
        line.kind.words,
        f"{coefficient or 1:f}".replace(".", ","),
        line.parts[ALLOWANCE].dong,
        line.arrears.dong or "",
        line.total.dong,
        "",
        line.account,
        line.bank,
    )


def _pension_row(number: int, line: Line) -> Row:
    return (
        number,
        line.person.name,
        _born(line),
        "Nữ" if line.person.sex is Sex.FEMALE else "Nam",
        line.id_shown,
        line.hamlet,
        line.place.commune,
        line.kind.words,
        line.parts[ALLOWANCE].dong,
        line.arrears.dong or "",
        line.total.dong,
        "",
        line.account,
        line.holder.upper(),
        line.bank,
    )


def _merit_row(number: int, line: Line) -> Row:
    woman = line.person.sex is Sex.FEMALE
    supplement, attendant = line.parts.get(SUPPLEMENT), line.parts.get(ATTENDANT)
    return (
        number,
        f"QT/{line.book_no.partition('/')[0]}-{line.book_no[-4:]}",
        line.person.name,
        line.id_shown,
        "" if woman else _born(line),
        _born(line) if woman else "",
        line.hamlet,
        line.place.commune,
        line.kind.detail,
        line.parts[ALLOWANCE].dong,
        supplement.dong if supplement else "",
        attendant.dong if attendant else "",
        line.arrears.dong or "",
        line.total.dong,
        "",
        line.account,
        line.holder.upper(),
        line.bank,
    )


def _born(line: Line) -> str:
    return birth(line.year_shown, line.person.birth_month, line.person.birth_day)


def _workbook(
    sender: Sender,
    layout: _Layout,
    lines: Sequence[Part],
    month: Month,
    *,
    title: str = "",
    declared: Money | None = None,
) -> bytes:
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2024, 1, 1)})  # noqa: DTZ001  (the library wants it so)
    sheet = book.add_worksheet("DS chi tra")
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
    last = len(layout.heads) - 1
    sheet.write(0, 0, sender.parent, bold)
    sheet.write(1, 0, sender.name, bold)
    sheet.write(0, last - 6, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold)
    sheet.write(1, last - 6, "Độc lập - Tự do - Hạnh phúc", bold)
    sheet.write(3, 0, title or layout.title, bold)
    sheet.write(4, 0, f"Tháng {month.number} năm {month.year}")
    sheet.write(5, last - 4, "Đơn vị tính: đồng")
    at = _heads(sheet, layout.heads, bold)
    at, total = _body(sheet, layout, lines, at, bold, money)
    total = declared or total
    sheet.write(at, 1, "Tổng cộng", bold)
    sheet.write_number(at, layout.total_column, total.dong, money)
    sheet.write(at + 1, 0, f"Bằng chữ: {amount_in_words(total)}./.")
    sheet.write(
        at + 3, last - 6, f"{sender.place}, ngày 26 tháng {month.previous().number} năm {month.previous().year}"
    )
    sheet.write(at + 4, 1, "NGƯỜI LẬP BIỂU", bold)
    sheet.write(at + 4, last - 6, "TRƯỞNG PHÒNG", bold)
    sheet.set_column(1, 2, 26)
    book.close()
    return held.getvalue()


def _heads(sheet: Any, heads: Sequence[str], bold: Any) -> int:
    """One line of heads, or two where some stand under a common one; the row after them."""
    two = any(" > " in head for head in heads)
    column = 0
    for group, under in groupby(heads, key=lambda head: head.partition(" > ")[0] if " > " in head else head):
        names = list(under)
        if " > " not in names[0]:
            if two:
                sheet.merge_range(7, column, 8, column, group, bold)
            else:
                sheet.write(7, column, group, bold)
        else:
            if len(names) > 1:
                sheet.merge_range(7, column, 7, column + len(names) - 1, group, bold)
            else:
                sheet.write(7, column, group, bold)
            for place, name in enumerate(names):
                sheet.write(8, column + place, name.partition(" > ")[2], bold)
        column += len(names)
    return 9 if two else 8


def _body(sheet: Any, layout: _Layout, lines: Sequence[Part], at: int, bold: Any, money: Any) -> tuple[int, Money]:
    """The lines in their sections; the row after them and what they come to."""
    total, section, sections, number = Money(0), "", 0, 0
    title_column = 2 if layout.heads[2] == "Họ và tên" else 1
    for part in lines:
        heading = part if isinstance(part, str) else section
        if isinstance(part, Line) and layout.section:
            heading = layout.section(part)
        if heading != section:
            section = heading
            sheet.write(at, 0, ROMAN[min(sections, len(ROMAN) - 1)], bold)
            sheet.write(at, title_column, heading, bold)
            sections, at = sections + 1, at + 1
        if isinstance(part, str):
            continue
        number += 1
        row = layout.row(number, part) if isinstance(part, Line) else part
        amount = row[layout.total_column]
        total += Money(amount) if isinstance(amount, int) else Money(0)
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, column, value, money if column else None)
            elif value:
                sheet.write_string(at, column, value)
        at += 1
    return at, total
