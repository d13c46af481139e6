"""The same few people on paper: slips, a receipt, a list to sign, a settlement, as frozen values."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from provider.clock import Month
from provider.letterhead import Letterhead, PaperMark
from provider.money import Money
from provider.payday import slips
from provider.payday.slip_sheet import Collector, ReceiptSheet, SlipLine, SlipSheet
from provider.payouts.lifecycle import Channel
from provider.points.roster_sheet import RosterRow, RosterSheet
from provider.settlement.fees import Basis, CountedLine, Tariff, reckon
from provider.settlement.settlement_sheet import FeeClaimSheet, SettlementSheet, UnpaidRow, UnpaidSheet
from provider.settlement.statement import Kind, Movement, content_hash, draw_up

KEY = b"a key for the papers of the tests"
SEPTEMBER = Month(2024, 9)
OFFICE = "Bưu điện thị xã Quảng Trị"
AGENCY = "Phòng LĐ-TB&XH thị xã Quảng Trị"
LETTERHEAD = Letterhead(parent="Bưu điện tỉnh Quảng Trị", issuer=OFFICE, place="Quảng Trị")

NAMES = (
    "Nguyễn Thị Bưởi", "Lê Văn An", "Hồ Thị Út", "Công Tằng Tôn Nữ Phương Thảo", "Trần Văn Đức",
    "Nguyễn Hoàng Phương Nguyên", "Đỗ Thị Ánh", "Bùi Văn Bảy",
)  # fmt: skip
LONGEST_NAME = "Công Tằng Tôn Nữ Hoàng Thị Phương Thảo Nguyên"

ELDERLY = SlipLine("Trợ cấp người cao tuổi từ đủ 80 tuổi", Money(500_000))
WAR_INVALID = SlipLine("Trợ cấp thương binh, tỷ lệ tổn thương 41%", Money(2_789_000))
MANY_LINES = (
    WAR_INVALID,
    SlipLine("Phụ cấp thương tật đặc biệt nặng", Money(1_165_000)),
    SlipLine("Trợ cấp người cao tuổi", Money(500_000), "truy lĩnh 2 tháng"),
    SlipLine(
        "Hỗ trợ kinh phí nhận chăm sóc, nuôi dưỡng người khuyết tật đặc biệt nặng là người cao tuổi", Money(10_000_000)
    ),
    SlipLine("Trợ cấp tuất nuôi dưỡng hằng tháng đối với thân nhân của hai liệt sĩ trở lên", Money(3_299_000)),
    SlipLine("Chuyển từ kỳ trước", Money(1_500_000), "tháng 06, 07, 08/2024"),
    ELDERLY,
    SlipLine("Quà của Chủ tịch nước nhân dịp Tết Nguyên đán", Money(300_000)),
    SlipLine("Trợ cấp thờ cúng liệt sĩ", Money(1_400_000)),
)
LONG_COLLECTORS = (
    Collector("Công Tằng Tôn Nữ Phương Thảo", "cháu nội, người giám hộ", "••• ••• 123"),
    Collector("Nguyễn Hoàng Phương Nguyên", "người được ủy quyền đến 31/12/2024", "••• ••• 456"),
)
LONG_PLACES = {
    "hamlet": "Tổ dân phố số 12 khu tái định cư thủy điện Quảng Trị",
    "commune": "thị trấn Khe Sanh, huyện Hướng Hóa",
    "office": "Bưu điện khu vực Hướng Hóa – Đakrông, Bưu điện tỉnh Quảng Trị",
}


def id_of(number: int) -> bytes:
    return (number * 0x9E3779B97F4A7C15 % 2**64).to_bytes(8, "big")


def slip(number: int = 1, **changed: Any) -> SlipSheet:
    facts: dict[str, Any] = {
        "token": slips.make(id_of(number), KEY),
        "short_code": slips.short_code(id_of(number)),
        "month": SEPTEMBER,
        "office": OFFICE,
        "agency": AGENCY,
        "name": NAMES[number % len(NAMES)],
        "birth": "1942",
        "id_masked": "••• ••• 402",
        "hamlet": "Thôn Như Lệ",
        "commune": "xã Hải Lệ",
        "lines": (ELDERLY,),
        "point": "Điểm BĐ-VHX Hải Lệ",
        "address": "thôn Như Lệ, xã Hải Lệ",
        "day": date(2024, 9, 6),
        "hours": "7 giờ 30 – 11 giờ 00",
        "slot": "7 giờ 30 – 9 giờ 00",
        "until": date(2024, 9, 20),
        "phone": "0233 3861 234",
    }
    return SlipSheet(**{**facts, **changed})


def longest_slip(number: int = 3) -> SlipSheet:
    return slip(
        number,
        name=LONGEST_NAME,
        lines=MANY_LINES,
        agency="Phòng Lao động – Thương binh và Xã hội huyện Hướng Hóa",
        point="Nhà sinh hoạt cộng đồng khu tái định cư số 2",
        address="tổ dân phố số 12, thị trấn Khe Sanh, huyện Hướng Hóa, tỉnh Quảng Trị",
        collectors=LONG_COLLECTORS,
        copy=2,
        **LONG_PLACES,
    )


def receipt(**changed: Any) -> ReceiptSheet:
    facts: dict[str, Any] = {
        "token": "https://chitra.example.vn/v/" + slips.make(id_of(7), KEY, context="receipt"),
        "number": "BN-HL-2024-09-0042",
        "month": SEPTEMBER,
        "office": OFFICE,
        "point": "Điểm BĐ-VHX Hải Lệ",
        "paid_at": datetime(2024, 9, 6, 1, 42, tzinfo=UTC),
        "staff": "Lê Văn An",
        "name": "Nguyễn Thị Bưởi",
        "birth": "21/08/1942",
        "id_masked": "••• ••• 402",
        "hamlet": "Thôn Như Lệ",
        "commune": "xã Hải Lệ",
        "lines": (WAR_INVALID,),
        "phone": "0233 3861 234",
    }
    return ReceiptSheet(**{**facts, **changed})


def roster_rows(count: int, *, long: bool = False) -> tuple[RosterRow, ...]:
    return tuple(
        RosterRow(
            number=number,
            code="BTXH-HL-000123" if long else f"HL{number:04}",
            name=LONGEST_NAME if long else NAMES[number % len(NAMES)],
            born=str(1930 + number % 60),
            male=(True, False, None)[number % 3],
            id_number=f"0450{number:08}",
            hamlet=LONG_PLACES["hamlet"] if long else ("Như Lệ", "Tân Mỹ", "Phước Môn")[number % 3],
            benefits="QD08, QD05, TB41" if long else "QD08",
            coefficient="1,5",
            allowance=Money(2_789_000 if long else 500_000 * (1 + number % 3)),
            arrears=Money(10_165_000 if long else 1_000_000 * (number % 9 == 0)),
            one_off=Money(27_890_000 if long else 0),
            deduction=Money(500_000 if long or number % 29 == 0 else 0),
            collector=f"{LONGEST_NAME} (cháu nội, người giám hộ) 045088001234" if long else "",
            remark="Trả tại nhà, người ốm nặng" if long else "",
        )
        for number in range(1, count + 1)
    )


def roster(count: int = 40, *, long: bool = False) -> RosterSheet:
    return RosterSheet(
        letterhead=LETTERHEAD,
        mark=PaperMark(
            number="12/DSCT-BĐQT",
            signed_on=date(2024, 9, 4),
            printed="In lúc 10:42 04/09/2024 bởi Lê Văn An, bản 1",
        ),
        month=SEPTEMBER,
        agency=AGENCY,
        programme="Bảo trợ xã hội",
        commune="xã Hải Lệ",
        point="Điểm BĐ-VHX Hải Lệ",
        address="thôn Như Lệ, xã Hải Lệ",
        day=date(2024, 9, 6),
        hours="7 giờ 30 – 11 giờ 00",
        rows=roster_rows(count, long=long),
    )


GROUPS = (
    ("Bảo trợ xã hội", "Người cao tuổi"),
    ("Bảo trợ xã hội", "Người khuyết tật nặng và đặc biệt nặng"),
    ("Người có công", "Thương binh, người hưởng chính sách như thương binh"),
    ("Người có công", "Thân nhân liệt sĩ"),
)
COMMUNES = ("Phường 1", "Phường 2", "Phường An Đôn", "Xã Hải Lệ")
CHANNELS = (Channel.CASH_POINT, Channel.CASH_POINT, Channel.ACCOUNT, Channel.HOME)
START = datetime(2024, 9, 2, 1, 0, tzinfo=UTC)


def movements(count: int, *, price: int = 500_000) -> list[Movement]:
    """Payments of some people (every tenth person has two), some carried over, some returned, and the money for it."""
    out = []
    for number in range(1, count + 1):
        kind = Kind.PAID if number % 23 else (Kind.CARRIED if number % 2 else Kind.RETURNED)
        programme, group = GROUPS[number % len(GROUPS)]
        out.append(
            Movement(
                kind=kind,
                at=START + (timedelta(days=4, minutes=2 * number) if kind is Kind.PAID else timedelta(days=20)),
                reference=f"BN-2024-09-{number:05}",
                amount=Money(price * (1 + number % 7)),
                text=NAMES[number % len(NAMES)],
                payout=number,
                person=number - (number % 10 == 0),
                commune=COMMUNES[number * len(COMMUNES) // (count + 1)],
                programme=programme,
                group=group,
                channel=CHANNELS[number % len(CHANNELS)] if kind is Kind.PAID else None,
            )
        )
    money = Money.sum(movement.amount for movement in out) - Money(3_000_000)
    came = Movement(kind=Kind.RECEIVED, at=START, reference="GBC 0912", amount=money, text="Kinh phí chi trả tháng 09")
    return [came, *out]


TARIFFS = (
    Tariff(
        id=1, label="Người có công, mọi hình thức", basis=Basis.PERCENT_AMOUNT, programme="Người có công",
        rate=Decimal("0.75"), vat_rate=Decimal(8), decision_no="HĐ 01/2024", effective_from=Month(2024, 1),
    ),
    Tariff(
        id=2, label="Bảo trợ xã hội, mọi hình thức", basis=Basis.PER_PERSON_PAID, programme="Bảo trợ xã hội",
        price=Money(6_600), vat_rate=Decimal(10), vat_included=True, effective_from=Month(2024, 1),
    ),
)  # fmt: skip


def settlement(count: int = 40, *, price: int = 500_000, version: int = 1) -> SettlementSheet:
    statement = draw_up(movements(count, price=price), opening=Money(3_000_000))
    paid = (line.movement for line in statement.lines if line.movement.kind is Kind.PAID)
    counted = [
        CountedLine(
            payout=one.payout or 0,
            person=one.person or 0,
            programme=one.programme,
            channel=str(one.channel),
            amount=one.amount,
        )
        for one in paid
    ]
    return SettlementSheet(
        letterhead=LETTERHEAD,
        mark=PaperMark(number="05/BKQT-BĐQT", signed_on=date(2024, 9, 25)),
        month=SEPTEMBER,
        agency=AGENCY,
        contract="số 01/2024/HĐCT ngày 02/01/2024",
        account="0771 0000 1234 – Vietcombank Quảng Trị",
        period_from=date(2024, 9, 1),
        period_to=date(2024, 9, 25),
        statement=statement,
        fee=reckon(counted, TARIFFS, month=SEPTEMBER),
        content_hash=content_hash(statement, "05/BKQT-BĐQT"),
        day_book_head="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        token=slips.make(id_of(5), KEY, context="settlement"),
        version=version,
        recipients=(f"{AGENCY} (02 bản)", "Lưu: VT, KTTC"),
    )


def fee_claim() -> FeeClaimSheet:
    settled = settlement()
    assert settled.fee is not None
    return FeeClaimSheet(
        letterhead=LETTERHEAD,
        mark=PaperMark(number="06/ĐNTT-BĐQT", signed_on=date(2024, 9, 26)),
        month=SEPTEMBER,
        addressee=AGENCY,
        contract=settled.contract,
        minutes="biên bản đối chiếu kết quả chi trả ngày 25/9/2024",
        fee=settled.fee,
        account_holder="Bưu điện tỉnh Quảng Trị",
        account_number="0771 0000 1234",
        bank="Ngân hàng TMCP Ngoại thương Việt Nam – Chi nhánh Quảng Trị",
        recipients=("Như trên", "Lưu: VT, KTTC"),
    )


def unpaid(count: int = 30) -> UnpaidSheet:
    rows = tuple(
        UnpaidRow(
            number=number,
            code=f"HL{number:04}",
            name=NAMES[number % len(NAMES)],
            born="1940",
            id_number=f"04504000{number:04}",
            hamlet="Như Lệ",
            commune="Xã Hải Lệ",
            benefits="QD08",
            amount=Money(500_000),
            reason=("Vắng", "Đi viện", "")[number % 3],
            streak=1 + number % 3,
        )
        for number in range(1, count + 1)
    )
    return UnpaidSheet(
        letterhead=LETTERHEAD,
        mark=PaperMark(number="07/DSCN-BĐQT", signed_on=date(2024, 9, 25)),
        month=SEPTEMBER,
        agency=AGENCY,
        rows=rows,
        recipients=("Như trên", "Lưu: VT"),
    )
