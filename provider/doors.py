"""The doors to the rooms, as the navigation shows them: to each person only those that open."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from flask_babel import gettext

from provider.errors import N_
from provider.staff.guard import current_may, signed_in
from provider.staff.rules import Right


@dataclass(frozen=True, slots=True)
class Door:
    """A room's entrance: any of ``rights`` opens it."""

    label: str
    url: str
    icon: str
    rights: tuple[Right, ...]


DOORS = (
    Door(N_("Bàn làm việc"), "/", "inbox", (Right.SEE_DESK,)),
    Door(N_("Chi trả"), "/payday/", "cash", (Right.OPEN_TILL,)),
    Door(N_("Danh sách"), "/lists/", "book", (Right.SEE_LIST,)),
    Door(N_("Khoản chi"), "/payouts", "users", (Right.SEE_PAYOUT,)),
    Door(N_("Phiên chi trả"), "/openings", "calendar", (Right.SEE_OPENING,)),
    Door(N_("Chi tại nhà"), "/visits", "home", (Right.SEE_VISIT,)),
    Door(N_("Chuyển khoản"), "/transfers", "bank", (Right.SEE_BATCH,)),
    Door(N_("Quỹ tiền"), "/payday/cash", "cash", (Right.ISSUE_ADVANCE, Right.RECEIVE_FUNDS)),
    Door(N_("Đề nghị hủy"), "/payday/undos", "undo", (Right.CONFIRM_UNDO,)),
    Door(N_("Người hưởng"), "/people", "user", (Right.SEE_PERSON,)),
    Door(N_("Tiến độ"), "/progress", "chart", (Right.SEE_PROGRESS,)),
    Door(N_("Quyết toán"), "/settlement/", "seal", (Right.SEE_SETTLEMENT,)),
    Door(N_("Hợp đồng"), "/agreements", "contract", (Right.SEE_AGREEMENTS,)),
    Door(N_("Bưu cục, địa bàn"), "/places", "pin", (Right.MANAGE_OFFICES,)),
    Door(N_("Điểm chi trả"), "/points", "pin", (Right.PLAN_OPENING,)),
    Door(N_("Nhân viên"), "/staff", "users", (Right.MANAGE_STAFF,)),
    Door(N_("Nhật ký"), "/day-book", "clock", (Right.SEE_DAY_BOOK,)),
)


def show(app: Flask) -> None:
    """Give every page its navigation."""
    app.context_processor(_navigation)


def _navigation() -> dict[str, Any]:
    if signed_in() is None:
        return {"navigation": []}
    here = request.path
    open_doors = [door for door in DOORS if any(current_may(right) for right in door.rights)]
    best = max((door.url for door in open_doors if _leads_here(door.url, here)), key=len, default="")
    return {
        "navigation": [
            {"label": gettext(door.label), "url": door.url, "icon": door.icon, "current": door.url == best}
            for door in open_doors
        ]
    }


def _leads_here(url: str, here: str) -> bool:
    return here == url or (url != "/" and here.startswith(url.rstrip("/") + "/"))
