"""How a payout is called on papers and screens that others may read along."""

from provider.payouts.models import ComponentKind
from provider.payouts.queries import ComponentRow, PayoutRow

PROGRAMME_LABELS = {
    "BTXH": "Trợ cấp xã hội hằng tháng",
    "NCC": "Trợ cấp ưu đãi người có công",
    "HTXH": "Trợ cấp hưu trí xã hội",
}
"""Neutral: never the category, which may tell of an illness (Nghị định 20/2021 Điều 8.1b)."""

PART_LABELS = {
    ComponentKind.ALLOWANCE: "trợ cấp",
    ComponentKind.SUPPLEMENT: "phụ cấp",
    ComponentKind.ATTENDANT: "người phục vụ",
    ComponentKind.CARE: "chăm sóc, nuôi dưỡng",
    ComponentKind.ARREARS: "truy lĩnh",
    ComponentKind.ONE_OFF: "một lần",
    ComponentKind.FUNERAL: "mai táng phí",
    ComponentKind.CARRIED: "kỳ trước chuyển sang",
    ComponentKind.DEDUCTION: "khấu trừ",
}


def label_of(payout: PayoutRow) -> str:
    """What the allowance is called, without its category: "Trợ cấp xã hội hằng tháng, Tháng 09/2024"."""
    return f"{PROGRAMME_LABELS.get(payout.programme, payout.programme)}, {payout.month.label}"


def note_of(parts: list[ComponentRow] | tuple[ComponentRow, ...]) -> str:
    """What a payout is made of, where it is more than the allowance: "gồm truy lĩnh 1.000.000"."""
    if len(parts) <= 1 and all(part.kind is ComponentKind.ALLOWANCE for part in parts):
        return ""
    words = [
        f"{PART_LABELS[part.kind]} {abs(part.amount.dong):,}".replace(",", ".")
        for part in parts
        if part.kind is not ComponentKind.ALLOWANCE
    ]
    return "gồm " + ", ".join(words) if words else ""
