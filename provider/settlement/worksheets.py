"""The settlement as worksheets: the statement and its summaries; pure, from the sheet to tables."""

from provider.figures import moment
from provider.settlement.settlement_sheet import SettlementSheet
from provider.settlement.statement import Kind, SummaryRow
from provider.sheets import Column, Table, Value, workbook
from provider.sheets import Kind as Cell

WAYS = {"cash_point": "Tại điểm", "home": "Tại nhà", "account": "Tài khoản"}
KINDS = {Kind.RECEIVED: "Nhận kinh phí", Kind.RETURNED: "Hoàn trả", Kind.CARRIED: "Chuyển kỳ sau"}

_STATEMENT = (
    Column(head="STT", width=6, kind=Cell.COUNT),
    Column(head="Thời gian", width=18),
    Column(head="Số chứng từ", width=18),
    Column(head="Người hưởng / nội dung", width=28),
    Column(head="Xã, phường", width=20),
    Column(head="Chương trình", width=10),
    Column(head="Hình thức", width=14),
    Column(head="Phát sinh có (nhận)", width=16, kind=Cell.MONEY, totalled=True),
    Column(head="Phát sinh nợ (chi)", width=16, kind=Cell.MONEY, totalled=True),
    Column(head="Số dư", width=17, kind=Cell.MONEY),
)

_SUMMARY = (
    Column(head="", width=32),
    Column(head="Người", width=8, kind=Cell.COUNT, totalled=True, group="Phải chi"),
    Column(head="Số tiền", width=16, kind=Cell.MONEY, totalled=True, group="Phải chi"),
    Column(head="Người", width=8, kind=Cell.COUNT, totalled=True, group="Tiền mặt tại điểm"),
    Column(head="Số tiền", width=16, kind=Cell.MONEY, totalled=True, group="Tiền mặt tại điểm"),
    Column(head="Người", width=8, kind=Cell.COUNT, totalled=True, group="Tại nhà"),
    Column(head="Số tiền", width=16, kind=Cell.MONEY, totalled=True, group="Tại nhà"),
    Column(head="Người", width=8, kind=Cell.COUNT, totalled=True, group="Qua tài khoản"),
    Column(head="Số tiền", width=16, kind=Cell.MONEY, totalled=True, group="Qua tài khoản"),
    Column(head="Người", width=8, kind=Cell.COUNT, totalled=True, group="Tổng đã chi"),
    Column(head="Số tiền", width=16, kind=Cell.MONEY, totalled=True, group="Tổng đã chi"),
    Column(head="Chuyển kỳ sau", width=16, kind=Cell.MONEY, totalled=True),
    Column(head="Hoàn trả", width=16, kind=Cell.MONEY, totalled=True),
)


def tables_of(sheet: SettlementSheet) -> list[Table]:
    """The worksheets of a settlement."""
    statement = sheet.statement
    rows: list[list[Value]] = [[None, "", "", "Số dư đầu kỳ", "", "", "", None, None, statement.opening]]
    for line in statement.lines:
        it = line.movement
        received = it.kind is Kind.RECEIVED
        rows.append(
            [
                line.number,
                moment(it.at),
                it.reference,
                it.text,
                it.commune,
                it.programme,
                WAYS[it.channel.value] if it.kind is Kind.PAID and it.channel else KINDS.get(it.kind, ""),
                it.amount if received else None,
                None if received else it.amount,
                line.balance,
            ]
        )
    rows.append([None, "", "", "Số dư cuối kỳ", "", "", "", None, None, statement.closing])
    groups: list[list[Value]] = []
    bold: set[int] = set()
    for programme, members in statement.by_group:
        bold.add(len(groups))
        groups.append(_summary(programme))
        groups += [_summary(member, indent="   ") for member in members]
    return [
        Table(
            name="Bảng kê",
            columns=_STATEMENT,
            rows=rows,
            total_label="Cộng phát sinh",
            bold_rows=frozenset({0, len(rows) - 1}),
        ),
        _summary_table("Theo xã, phường", "Xã, phường", [_summary(row) for row in statement.by_commune], sheet),
        _summary_table("Theo nhóm", "Chương trình, nhóm đối tượng", groups, sheet, bold=frozenset(bold)),
    ]


def _summary_table(
    name: str, head: str, rows: list[list[Value]], sheet: SettlementSheet, *, bold: frozenset[int] = frozenset()
) -> Table:
    totals = tuple(
        (at, value)
        for at, value in enumerate(_summary(sheet.statement.total))
        if at and value is not None and not isinstance(value, str)
    )
    columns = (Column(head=head, width=32), *_SUMMARY[1:])
    return Table(name=name, columns=columns, rows=rows, totals=totals, bold_rows=bold, freeze_columns=1)  # type: ignore[arg-type]


def _summary(row: SummaryRow, *, indent: str = "") -> list[Value]:
    return [
        indent + row.label,
        row.due.people,
        row.due.amount,
        row.at_point.people,
        row.at_point.amount,
        row.at_home.people,
        row.at_home.amount,
        row.by_account.people,
        row.by_account.amount,
        row.paid.people,
        row.paid.amount,
        row.carried.amount,
        row.returned.amount,
    ]


def workbook_of(sheet: SettlementSheet) -> bytes:
    """The settlement as a workbook ready to sign: the statement and its summaries."""
    return workbook(
        "BẢNG KÊ VÀ QUYẾT TOÁN TÌNH HÌNH CHI TRẢ TRỢ CẤP",
        tables_of(sheet),
        letterhead=sheet.letterhead,
        mark=sheet.mark,
        about=(
            f"{sheet.month.label} – {sheet.agency}",
            f"Mã nội dung {sheet.content_hash[:16]} – sổ nhật ký đến {sheet.day_book_head[:16]}",
            "Đơn vị tính: đồng",
        ),
        in_words=sheet.statement.paid,
        signatures=sheet.signatures,
    )
