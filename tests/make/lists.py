"""Lists as offices send them: a workbook of a few people, taken in, accepted."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from sqlalchemy.orm import Session

from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM, Actor
from provider.clock import Month
from provider.lists import service
from provider.lists.models import PayoutList
from provider.words import in_words
from tests.make.month import SEPTEMBER
from tests.make.registers import COMMUNES, PEOPLE, make_agency, make_benefit, make_commune, make_contract

HEAD = (
    *("STT", "Họ và tên", "Năm sinh", "Số CCCD", "Thôn, tổ", "Xã, phường", "Đối tượng"),
    *("Mức trợ cấp", "Truy lĩnh", "Tổng cộng", "Số tài khoản", "Ngân hàng"),
)
ELDERLY = "Người cao tuổi từ đủ 80 tuổi"

Line = tuple[Any, ...]


def line(
    name: str = "Nguyễn Thị Bưởi",
    allowance: int = 500_000,
    *,
    arrears: int = 0,
    total: int | None = None,
    commune: str = "Phường 1",
    benefit: str = ELDERLY,
    account: str = "",
    bank: str = "",
    id_number: str | None = None,
) -> Line:
    """One of the people of all tests, as a line under HEAD."""
    born, _sex, known = PEOPLE.get(name, (1940, None, ""))
    whole = allowance + arrears if total is None else total
    number = known if id_number is None else id_number
    return (name, born, number, "Khu phố 1", commune, benefit, allowance, arrears or "", whole, account, bank)


def list_file(
    *lines: Line, month: Month = SEPTEMBER, declared: int | None = None, words: bool = True, mark: str = ""
) -> bytes:
    """A workbook with a total line and the amount in words; ``declared`` is a sum that the lines do not add up to."""
    total = sum(one[8] for one in lines if isinstance(one[8], int)) if declared is None else declared
    rows: list[Sequence[Any]] = [["DANH SÁCH CHI TRẢ TRỢ CẤP"], [f"Tháng {month.number} năm {month.year} {mark}"], []]
    rows += [HEAD]
    rows += [(number, *one) for number, one in enumerate(lines, start=1)]
    rows += [["", "Tổng cộng", "", "", "", "", "", "", "", total]]
    if words:
        rows += [[f"Bằng chữ: {in_words(total).capitalize()} đồng chẵn./."]]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "DS chi tra"
    for row in rows:
        sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def make_registers(session: Session, *programmes: Programme) -> int:
    """What a list stands on: agency, contracts, communes, a benefit of each programme. The agency's number."""
    agency = make_agency(session)
    for name in COMMUNES:
        make_commune(session, name)
    for programme in programmes or (Programme.BTXH,):
        make_contract(session, programme, agency)
    make_benefit(session, "BT-80", Programme.BTXH, name=ELDERLY)
    if Programme.NCC in programmes:
        make_benefit(session, "NCC-TB", Programme.NCC, name="Thương binh", group="Thương binh")
    return agency.id


def receive_list(
    session: Session,
    *lines: Line,
    programme: Programme = Programme.BTXH,
    month: Month = SEPTEMBER,
    by: Actor = SYSTEM,
    content: bytes | None = None,
    **more: Any,
) -> PayoutList:
    """A list received and checked, not accepted."""
    agency_id = make_registers(session, programme)
    return service.receive(
        session,
        content or list_file(*(lines or (line(),)), month=month),
        "danh-sach.xlsx",
        agency_id=agency_id,
        programme=programme,
        month=month,
        by=by,
        **more,
    )
