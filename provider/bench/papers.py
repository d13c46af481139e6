"""Papers against bare pages of the same number: what the layout engine costs alone. Reported, not judged."""

import datetime as dt
import re
import secrets
import zlib
from collections.abc import Callable
from decimal import Decimal

from weasyprint import HTML

from provider.agreements.rules import Basis
from provider.bench.measure import Measure, Sizes, stopwatch
from provider.clock import TZ, Month
from provider.demo.people import PeopleMaker
from provider.figures import birth
from provider.identity import mask
from provider.money import Money
from provider.paper import sheet
from provider.payday import slips
from provider.payday.slip_sheet import SlipLine, SlipSheet
from provider.payouts.lifecycle import Channel
from provider.settlement.fees import CountedLine, Tariff
from provider.settlement.frozen import Content
from provider.settlement.papers import settlement_sheet
from provider.settlement.statement import Kind, Movement

MONTH = Month(2024, 9)
KEY = b"k" * 32
COMMUNES = ("Phường 1", "Phường 2", "Phường 3", "Phường An Đôn", "Xã Hải Lệ")


def measure_slips(_engine: str, sizes: Sizes) -> list[Measure]:
    """Slips, four on a sheet, as one PDF."""
    sheet("slip.html", slips=_slips(4), layout="a4x4")  # fonts and templates are loaded once, before
    return [_measured("slips", sizes.slips, lambda: sheet("slip.html", slips=_slips(sizes.slips), layout="a4x4"))]


def measure_settlement(_engine: str, sizes: Sizes) -> list[Measure]:
    """A settlement with one line for each payment, as one PDF."""
    token = slips.make(bytes(8), KEY, context="settlement")
    sheet("settlement.html", settlement=settlement_sheet(_content(4), token=token, head_hash="0" * 64))
    paper = settlement_sheet(_content(sizes.lines), token=token, head_hash="0" * 64)
    return [_measured("settlement", sizes.lines, lambda: sheet("settlement.html", settlement=paper))]


def _measured(name: str, count: int, make: Callable[[], bytes]) -> Measure:
    with stopwatch() as so_far:
        pages = _pages_in(make())
        ours = so_far()
    with stopwatch() as so_far:
        bare = "".join("<p style='break-after: page'>Trang</p>" for _ in range(pages))
        HTML(string=bare).write_pdf()
        limit = so_far()
    return Measure(
        name=name,
        engine="-",
        measured=ours,
        unit="s",
        limit_name=f"{pages} bare pages",
        limit=limit,
        ratio=ours / limit,
        details={"count": count, "pages": pages, "per s": count / ours},
    )


def _pages_in(pdf: bytes) -> int:
    """The page tree stands in a compressed stream of objects."""
    counts = [1]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            plain = zlib.decompressobj().decompress(stream)
        except zlib.error:
            continue
        if b"/Pages" in plain:
            counts += [int(number) for number in re.findall(rb"/Count\s+(\d+)", plain)]
    return max(counts)


def _slips(count: int) -> list[SlipSheet]:
    return [
        SlipSheet(
            token=slips.make(id8 := secrets.token_bytes(slips.ID_BYTES), KEY, context="notice"),
            short_code=slips.short_code(id8),
            month=MONTH,
            office="Bưu điện thị xã Quảng Trị",
            agency="Phòng LĐ-TB&XH thị xã Quảng Trị",
            name=one.name,
            birth=birth(one.birth_year, one.birth_month, one.birth_day),
            id_masked=mask(one.id_number),
            hamlet=f"KP {number % 5 + 1}",
            commune=COMMUNES[number % len(COMMUNES)],
            lines=(SlipLine("Trợ cấp xã hội hằng tháng", Money(540_000 + 1_000 * (number % 90))),),
            point="Bưu cục Phường 1",
            address="Phường 1, thị xã Quảng Trị",
            day=dt.date(2024, 9, 5),
            hours="07:30 – 11:30",
            slot="08:00 – 08:30",
            until=dt.date(2024, 9, 25),
        )
        for number, one in enumerate(PeopleMaker(seed=4).people(count))
    ]


def _content(lines: int) -> Content:
    at = dt.datetime(2024, 9, 5, 8, tzinfo=TZ)
    people = list(PeopleMaker(seed=24).people(lines))
    amounts = [Money(500_000 + 10_000 * (number % 40)) for number in range(lines)]
    received = Movement(kind=Kind.RECEIVED, at=at, reference="UNC-1", amount=Money.sum(amounts), programme="BTXH")
    paid = [
        Movement(
            kind=Kind.PAID,
            at=at + dt.timedelta(seconds=20 * number),
            reference=f"BN2409-{number:06}",
            amount=amount,
            text=one.name,
            payout=number,
            person=number,
            commune=COMMUNES[number % len(COMMUNES)],
            programme="BTXH",
            group="Người cao tuổi",
            channel=Channel.CASH_POINT,
        )
        for number, (one, amount) in enumerate(zip(people, amounts, strict=True), start=1)
    ]
    counted = [
        CountedLine(payout=number, person=number, programme="BTXH", channel="cash_point", amount=one.amount)
        for number, one in enumerate(paid, start=1)
    ]
    tariff = Tariff(
        id=1,
        label="Chi trả tiền mặt",
        basis=Basis.PERCENT_AMOUNT,
        rate=Decimal("0.8"),
        vat_rate=Decimal(10),
        vat_included=True,
        effective_from=Month(2024, 1),
    )
    return Content(
        number="BKQT-2409-01",
        version=1,
        month=MONTH,
        agency_code="LDTBXH-TXQT",
        agency_name="Phòng LĐ-TB&XH thị xã Quảng Trị",
        agency_parent="UBND thị xã Quảng Trị",
        office_name="Bưu điện thị xã Quảng Trị",
        office_parent="Bưu điện tỉnh Quảng Trị",
        place="Thị xã Quảng Trị",
        contract="01/2024/HĐ-BTXH-TXQT",
        account="",
        window_from=dt.date(2024, 9, 5),
        window_to=dt.date(2024, 9, 25),
        drawn_on=dt.date(2024, 9, 26),
        opening=Money(0),
        movements=(received, *paid),
        tariffs=(tariff,),
        counted=tuple(counted),
    )
