"""The story of a demo month, in order of time, through the services of the house alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from provider import clock
from provider.agreements.rules import Programme
from provider.audit.deeds import DeedKind
from provider.audit.service import note
from provider.clock import Month
from provider.demo import banking, cast, doors, month_before, neighbour, paydays, planning, registers
from provider.demo.benefits import Worth
from provider.demo.cast import HOME_AGENCY, HOME_OFFICE, NEXT_AGENCY, NEXT_OFFICE
from provider.demo.files import ListFile, Sender, late_file, list_file, wrong_total_file
from provider.demo.lists_come_in import accept, fund, send
from provider.demo.population import QUANG_TRI, Census, Line, Population
from provider.demo.sign_ins import SignIn
from provider.demo.stage import Crew, Stage, agency_and_office
from provider.demo.walk import Walk, calendar_of
from provider.lists.service import reject
from provider.staff.rules import Role
from provider.staff.service import propose_role

SENDER = Sender("UBND THỊ XÃ QUẢNG TRỊ", "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Thị xã Quảng Trị", "txqt")
LATECOMERS = 12
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Keys:
    """What slips and settlements are signed with."""

    notice: bytes
    settlement: bytes


def tell(session: Session, month: Month, *, merit: int, social: int, keys: Keys, say: Say) -> list[SignIn]:
    """Play the month and what belongs to it in one transaction; the sign-ins drawn for this installation."""
    now = clock.now()
    days = calendar_of(month, now)
    with clock.stopped(days.of_month_before(1)) as stopped:
        walk = Walk(stopped, now)
        walk.to(days.of_month_before(1), "07:45")
        say("Nhân viên")
        people = cast.appoint_all(session, walk)
        agency, office_id = agency_and_office(session, HOME_AGENCY, HOME_OFFICE)
        stage = Stage(
            session=session, walk=walk, days=days, cast=people, agency=agency, office_id=office_id, month=month
        )
        note(session, DeedKind.DEMO_MADE, by=people["quantri"], about=f"agency:{agency.id}", month=month.iso)
        _play(stage, merit, social, keys, say)
        stopped.move_to(now)
        propose_role(
            session,
            people.id_of("diem5"),
            Role.COURIER,
            office_id=office_id,
            reason="Chuyển sang tuyến chi tại nhà",
            by=people["quantri"],
        )
    return people.sign_ins


def _play(stage: Stage, merit: int, social: int, keys: Keys, say: Say) -> None:
    session, walk, days = stage.session, stage.walk, stage.days
    seed = f"{stage.agency.code} {stage.month.iso} {merit}+{social}"
    worth = Worth(session, stage.month)
    census = Census(QUANG_TRI, stage.month, worth, seed=seed)
    population = census.population(merit, social)
    say(f"{stage.month.previous().label}: một kỳ nhỏ đã quyết toán")
    dead = census.newcomers(month_before.DEAD)
    month_before.play(
        stage.in_month(stage.month.previous()), month_before.HOME, population, dead, SENDER, key=keys.settlement
    )
    next_door = _next_door(stage)
    neighbours = neighbour.population_of(stage, max(30, (merit + social) // 30), seed=f"DH {seed}")
    _month_before_next_door(next_door, neighbours, keys)
    say(f"{stage.month.label}: danh sách và kinh phí")
    walk.to(days.of_month_before(27), "13:50")
    _lists(stage, population, worth)
    walk.to(days.of_month_before(28), "14:30")
    fund(stage)
    next_openings = neighbour.begin(next_door, neighbours)
    walk.to(days.of_month_before(28), "16:05")
    say("Kế hoạch chi")
    registers.name_representatives(stage, seed=seed)
    planning.plan_channels(stage)
    walk.to(days.of_month_before(29), "08:10")
    openings = planning.plan_month_of_openings(stage)
    rounds = doors.plan_rounds(
        stage,
        {
            "buuta1": (("Phường 1", "Phường An Đôn"), days.paydays[1]),
            "buuta2": (("Phường 2", "Phường 3"), days.live),
            "buuta1/next": (("Xã Hải Lệ",), days.to_come),
        },
    )
    batch = banking.build_twice_and_send(stage)
    walk.to(days.of_month_before(30), "15:10")
    for commune in ("Phường 1", "Phường 3"):
        planning.print_slips_of(stage, openings[commune], key=keys.notice)
    say("Ngày chi trả")
    first, second, third = days.paydays
    absent = paydays.first_payday(stage, openings["Phường 1"], first)
    if batch is not None:
        walk.to(first, "15:00")
        banking.answer(stage, batch, waiting=8, failures=4, bounced=1)
    if "buuta1" in rounds:
        payer = doors.set_out(stage, rounds["buuta1"], "buuta1", hours=("07:50", "11:10"))
        doors.come_home(stage, rounds["buuta1"], payer)
    paydays.second_payday(stage, openings["Phường An Đôn"], second)
    neighbour.pay(next_door, next_openings[0])
    walk.to(second, "17:00")
    late = late_file(SENDER, census.newcomers(LATECOMERS), population.of(Programme.BTXH), stage.month, worth)
    send(stage, late, Programme.BTXH)
    paydays.third_payday(stage, openings["Phường 2"], third, absent)
    walk.to(third, "17:20")
    banking.open_accounts(stage, "Xã Hải Lệ")
    planning.print_slips_of(stage, openings["Phường 3"], key=keys.notice)
    paydays.prepare_next(stage, openings)
    say("Hôm nay")
    paydays.live_payday(stage, openings["Phường 3"], days.live)
    if "buuta2" in rounds:
        doors.set_out(stage, rounds["buuta2"], "buuta2", hours=("08:15", "10:30"), share=50)


def _lists(stage: Stage, population: Population, worth: Worth) -> None:
    """The merit list comes wrong first and is sent back; the social one has a line that cannot be used."""
    lines = dict(population.lines)
    broken = lines[Programme.BTXH][3]
    lines[Programme.BTXH] = [*lines[Programme.BTXH], _nameless(broken)]
    files = {each: list_file(SENDER, some, stage.month, worth, programme=each) for each, some in lines.items()}
    right = files[Programme.NCC]
    wrong = send(stage, _first_try(right, population, stage, worth), Programme.NCC)
    stage.walk.on(hours=1, minutes=10)
    reason = "Thiếu trang cuối: tổng ghi trong danh sách không khớp các dòng. Đề nghị gửi lại đủ trang"
    reject(stage.session, wrong, reason=reason, by=stage.accountant)
    stage.walk.to(stage.days.of_month_before(28), "08:15")
    numbers = []
    for programme, file in files.items():
        stage.walk.on(minutes=11)
        numbers.append(send(stage, file, programme))
    stage.walk.on(minutes=45)
    for number in numbers:
        stage.walk.on(minutes=16)
        accept(stage, number)


def _first_try(right: ListFile, population: Population, stage: Stage, worth: Worth) -> ListFile:
    return wrong_total_file(right, SENDER, population.of(Programme.NCC), stage.month, worth)


def _nameless(line: Line) -> Line:
    return replace(line, person=replace(line.person, name=""), id_shown="", account="", bank="")


def _month_before_next_door(stage: Stage, population: Population, keys: Keys) -> None:
    before, plot = stage.in_month(stage.month.previous()), month_before.NEXT_DOOR
    month_before.play(before, plot, population, [], neighbour.SENDER, key=keys.settlement)


def _next_door(stage: Stage) -> Stage:
    agency, office_id = agency_and_office(stage.session, NEXT_AGENCY, NEXT_OFFICE)
    crew = Crew("ketoan.dh", "kiemsoat.dh", "thuquy.dh", "canbo.dh")
    return replace(stage, agency=agency, office_id=office_id, crew=crew)
