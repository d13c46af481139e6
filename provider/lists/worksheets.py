"""The list of reported decreases as a workbook for the agency; from frozen rows."""

from collections.abc import Sequence

from provider import clock, figures
from provider.letterhead import Letterhead, PaperMark, Signature
from provider.lists.report_queries import LetterShown, ReportRow
from provider.sheets import Column, Kind, Table, workbook

_COLUMNS = (
    Column(head="STT", width=6, kind=Kind.COUNT),
    Column(head="Họ và tên", width=26),
    Column(head="Ngày sinh", width=12),
    Column(head="Số CCCD", width=16),
    Column(head="Thôn, tổ", width=16),
    Column(head="Xã, phường", width=18),
    Column(head="Lý do giảm", width=20),
    Column(head="Ngày", width=12, kind=Kind.DAY),
    Column(head="Số tiền đang giữ", width=16, kind=Kind.MONEY, totalled=True),
    Column(head="Ngày báo", width=12, kind=Kind.DAY),
    Column(head="Ghi chú", width=26),
    Column(head="Ý kiến của cơ quan", width=26),
)


def decrease_list(letter: LetterShown, rows: Sequence[ReportRow]) -> bytes:
    """The workbook: whom the unit reports, why, and room for the agency's answer."""
    table = Table(
        name="Báo giảm",
        columns=_COLUMNS,
        rows=[
            [
                number,
                row.name,
                figures.birth(row.birth_year, row.birth_month, row.birth_day),
                row.id_number,
                row.hamlet,
                row.commune,
                row.kind.sentence,
                row.happened_on,
                row.held,
                clock.local(row.reported_at).date(),
                row.remark,
                row.answer.sentence if row.answer else "",
            ]
            for number, row in enumerate(rows, start=1)
        ],
        freeze_columns=2,
    )
    return workbook(
        "Danh sách đề nghị giảm",
        [table],
        letterhead=Letterhead(
            parent=letter.parent_office,
            issuer=letter.office,
            place=letter.office.removeprefix("Bưu điện ").strip(),
        ),
        mark=PaperMark(number=letter.number, signed_on=clock.local(letter.sent_at).date()),
        about=(f"Kính gửi: {letter.agency}", "Đơn vị tính: đồng"),
        signatures=(Signature(title="NGƯỜI LẬP"), Signature(title="THỦ TRƯỞNG ĐƠN VỊ", stamped=True)),
    )
