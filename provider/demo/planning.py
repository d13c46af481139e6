"""A month is planned: channels by rule and by hand, holds, openings with their payers, slips."""

import datetime as dt
from dataclasses import dataclass

from provider.demo.stage import Stage
from provider.payday.notices import notices
from provider.payouts.lifecycle import Channel
from provider.payouts.planning import plan_month
from provider.payouts.service import hold, move_channel, release
from provider.points.models import Opening
from provider.points.service import cancel_opening, plan_opening, seat

MORNING, AFTERNOON = (dt.time(7, 30), dt.time(11, 30)), (dt.time(13, 30), dt.time(16, 30))


@dataclass(frozen=True, slots=True)
class Held:
    """Openings of the month by the commune they stand in."""

    openings: dict[str, int]

    def __getitem__(self, commune: str) -> int:
        return self.openings[commune]


def plan_channels(stage: Stage) -> None:
    """Every payout gets its channel by rule; a few are moved by hand, a few are held, one of them is let go again."""
    stage.walk.on(minutes=12)
    plan_month(stage.session, [period.id for period in stage.periods().values()], by=stage.accountant)
    cash = stage.payouts(channel=Channel.CASH_POINT)
    moved = {payout.person_id for payout in cash[7 : 7 + 40 * 3 : 40]}
    for payout in cash:
        if payout.person_id in moved:
            stage.walk.on(minutes=2)
            reason = "Mới gãy chân, xã xác nhận không đi lại được"
            move_channel(stage.session, payout.id, Channel.HOME, reason=reason, by=stage.accountant)
    reasons = (
        "Xã báo đã mất, chờ trích lục khai tử",
        "Lệch số định danh giữa danh sách và căn cước",
        "Đang xác minh nơi cư trú",
        "Cơ quan đề nghị tạm dừng chi trả",
    )
    held = [payout for payout in cash[11::11] if payout.person_id not in moved][: len(reasons)]
    for payout, reason in zip(held, reasons, strict=False):
        stage.walk.on(minutes=3)
        hold(stage.session, payout.id, reason=reason, by=stage.accountant)
    if len(held) > 1:
        stage.walk.on(minutes=50)
        release(stage.session, held[1].id, reason="Đã đối chiếu căn cước, đúng người", by=stage.controller)


def plan_at(
    stage: Stage, commune: str, day: dt.date, hours: tuple[dt.time, dt.time], payers: tuple[str, ...]
) -> Opening:
    """One opening, with everybody of the commune seated there."""
    stage.walk.on(minutes=6)
    opening = plan_opening(
        stage.session,
        point_id=stage.point_id(commune),
        month=stage.month,
        on=day,
        from_time=hours[0],
        to_time=hours[1],
        staff_ids=[stage.cast.id_of(login) for login in payers],
        by=stage.accountant,
    )
    seat(stage.session, opening.id, by=stage.accountant)
    return opening


def plan_month_of_openings(stage: Stage) -> Held:
    """Three openings that will be over, one that goes on, two to come, one that was called off."""
    first, second, third = stage.days.paydays
    live, to_come = stage.days.live, stage.days.to_come
    openings = {
        "Phường 1": plan_at(stage, "Phường 1", first, MORNING, ("diem1", "diem2")).id,
        "Phường An Đôn": plan_at(stage, "Phường An Đôn", second, AFTERNOON, ("diem1",)).id,
        "Phường 2": plan_at(stage, "Phường 2", third, AFTERNOON, ("diem2",)).id,
        "Phường 3": plan_at(stage, "Phường 3", live, MORNING, ("diem3", "diem4")).id,
    }
    called_off = plan_at(stage, "Xã Hải Lệ", to_come, AFTERNOON, ("diem5",))
    stage.walk.on(minutes=25)
    cancel_opening(
        stage.session, called_off.id, reason="Nhà văn hóa thôn có việc, xã đề nghị đổi ngày", by=stage.accountant
    )
    openings["Xã Hải Lệ"] = plan_at(stage, "Xã Hải Lệ", to_come, MORNING, ("diem5",)).id
    plan_at(stage, "Xã Hải Lệ", to_come + dt.timedelta(days=1 if to_come.weekday() != 5 else 2), MORNING, ("diem5",))
    seat(stage.session, openings["Xã Hải Lệ"], afresh=True, by=stage.accountant)
    return Held(openings)


def print_slips_of(stage: Stage, opening_id: int, *, key: bytes) -> int:
    """The slips of an opening are printed: registered with their codes; how many."""
    sheets = notices(
        stage.session,
        agency_id=stage.agency.id,
        month=stage.month,
        key=key,
        opening_id=opening_id,
        by=stage.accountant,
    )
    return len(sheets)
