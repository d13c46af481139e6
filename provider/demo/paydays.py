"""The openings of the month: three are over, one goes on; what can go wrong at a counter goes wrong once."""

import datetime as dt
from collections.abc import Sequence

from provider.demo.counting_out import Payer, cash_for, draw_cash, people_at, queue, take_over
from provider.demo.planning import Held
from provider.demo.stage import Stage
from provider.money import Money
from provider.payday import safe
from provider.payday.service import MISS_REASONS, ask_undo, confirm_undo, decline_undo, note_refusal
from provider.points.service import close_opening

REMARKS = {
    "absent": "Đi bệnh viện tỉnh",
    "refused": "Nói đã nhận lương hưu, xin không nhận",
    "papers_missing": "Quên căn cước và giấy báo",
    "amount_disputed": "Cho rằng còn thiếu truy lĩnh",
    "dead": "Con báo mất tuần trước, chưa có trích lục",
    "moved": "Vào Nam ở với con",
    "in_prison": "Xã báo",
}


def first_payday(stage: Stage, opening_id: int, day: dt.date) -> list[int]:
    """Two payers, every reason for not paying, an undo that was confirmed, a till that is short. Who was absent."""
    people = people_at(stage, opening_id=opening_id)
    stage.walk.to(day, "07:00")
    amount = cash_for(stage, people)
    draw_cash(stage, amount + Money(20_000_000))
    payers = [
        take_over(stage, "diem1", cash_for(stage, people[0::2]), opening_id=opening_id),
        take_over(stage, "diem2", cash_for(stage, people[1::2]), opening_id=opening_id),
    ]
    missing = dict(zip(people[1 :: max(1, len(people) // (len(MISS_REASONS) + 3))], MISS_REASONS, strict=False))
    never_came = set(people[-max(1, len(people) // 12) :]) - set(missing)
    absent: list[int] = []
    undone = False
    coming = [person for person in people if person not in never_came]
    for number, person in enumerate(queue(stage, day, ("07:32", "11:20"), coming)):
        payer = payers[people.index(person) % 2]
        if person in missing:
            payer.miss(person, missing[person], REMARKS[missing[person]])
            absent += [person] if missing[person] in ("absent", "papers_missing") else []
            continue
        given = payer.pay(person)
        if given and not undone and number >= len(coming) // 2:
            stage.walk.on(seconds=70)
            undo = ask_undo(stage.session, given.id, reason="Bấm nhầm người cùng tên", by=stage.cast[payer.login])
            stage.walk.on(seconds=90)
            confirm_undo(stage.session, undo.id, by=stage.controller)
            stage.walk.on(seconds=40)
            payer.pay(person)
            undone = True
    stage.walk.to(day, "11:40")
    payers[0].close()
    stage.walk.on(minutes=6)
    payers[1].close(-50_000, "Thiếu một tờ 50.000 đ, có thể đưa thừa cho người nhận; đã lập biên bản")
    end(stage, opening_id)
    return absent


def second_payday(stage: Stage, opening_id: int, day: dt.date) -> None:
    """A small ward: one payer, nearly everybody comes, the till is right."""
    payer = open_alone(stage, opening_id, day, "diem1", people_at(stage, opening_id=opening_id))
    serve(stage, payer, day, ("13:32", "16:10"), people_at(stage, opening_id=opening_id), leave_every=11)
    stage.walk.to(day, "16:35")
    payer.close()
    end(stage, opening_id)


def third_payday(stage: Stage, opening_id: int, day: dt.date, absent: Sequence[int]) -> None:
    """The till is topped up, it has too much in the end; later those who were absent are paid at the counter."""
    people = people_at(stage, opening_id=opening_id)
    half = people[: max(1, len(people) // 2)]
    payer = open_alone(stage, opening_id, day, "diem2", half, spare=cash_for(stage, people))
    serve(stage, payer, day, ("13:32", "14:50"), half, leave_every=13)
    rest = [person for person in people if person not in half]
    if rest:
        take_over(stage, "diem2", cash_for(stage, rest), opening_id=opening_id)
        serve(stage, payer, day, ("14:56", "16:20"), rest, leave_every=8)
    stage.walk.to(day, "16:40")
    payer.close(20_000, "Thừa 20.000 đ, chưa rõ nguyên nhân")
    end(stage, opening_id)
    if absent:
        stage.walk.to(day, "16:55")
        counter = take_over(stage, "diem1", cash_for(stage, absent))
        for person in absent:
            stage.walk.on(minutes=5)
            counter.pay(person)
        counter.close()


def live_payday(stage: Stage, opening_id: int, day: dt.date) -> None:
    """Two payers in the middle of it: an undo that waits, one that was declined, refusals, an advance that waits."""
    people = people_at(stage, opening_id=opening_id)
    first, second = people[0::2], people[1::2]
    stage.walk.to(day, "07:05")
    amount = cash_for(stage, people) + Money(40_000_000)
    draw_cash(stage, amount)
    payers = [
        take_over(stage, "diem3", cash_for(stage, first), opening_id=opening_id),
        take_over(stage, "diem4", cash_for(stage, second[: max(1, len(second) * 6 // 10)]), opening_id=opening_id),
    ]
    waiting = safe.issue_advance(
        stage.session,
        office_id=stage.office_id,
        staff_id=stage.cast.id_of("diem5"),
        amount=Money(5_000_000),
        by=stage.cashier,
    )
    safe.cancel_advance(stage.session, waiting.id, by=stage.cashier)
    coming = people[: max(6, len(people) * 45 // 100)]
    given = []
    for number, person in enumerate(queue(stage, day, ("07:33", "10:05"), coming)):
        payer = payers[number % 2]
        if number % 17 == 5:
            payer.miss(person, "papers_missing", REMARKS["papers_missing"])
        elif handout := payer.pay(person):
            given.append((payer, handout))
        if number == 3:
            by = stage.cast[payer.login]
            note_refusal(stage.session, person_id=None, till_id=payer.till_id, code="slip_is_forged", by=by)
    if not given:
        return
    payer, handout = given[len(given) // 2]
    undo = ask_undo(stage.session, handout.id, reason="Người nhận đòi trả lại để con lĩnh", by=stage.cast[payer.login])
    stage.walk.on(minutes=2)
    decline_undo(stage.session, undo.id, by=stage.controller)
    payer, handout = given[-1]
    stage.walk.on(minutes=1)
    ask_undo(stage.session, handout.id, reason="Chi nhầm: hai chị em cùng tên", by=stage.cast[payer.login])
    stage.walk.on(minutes=2)
    safe.issue_advance(
        stage.session,
        office_id=stage.office_id,
        staff_id=stage.cast.id_of("diem4"),
        amount=cash_for(stage, second[len(second) * 6 // 10 :]),
        opening_id=opening_id,
        by=stage.cashier,
    )


def prepare_next(stage: Stage, held: Held) -> None:
    """Cash for the opening to come is prepared the evening before."""
    people = people_at(stage, opening_id=held["Xã Hải Lệ"])
    if people:
        amount = cash_for(stage, people)
        draw_cash(stage, amount)
        stage.walk.on(minutes=4)
        safe.issue_advance(
            stage.session,
            office_id=stage.office_id,
            staff_id=stage.cast.id_of("diem5"),
            amount=amount,
            opening_id=held["Xã Hải Lệ"],
            by=stage.cashier,
        )


def open_alone(
    stage: Stage, opening_id: int, day: dt.date, login: str, people: Sequence[int], *, spare: Money | None = None
) -> Payer:
    """One payer takes over the cash for some people; ``spare`` is drawn into the safe instead of just that."""
    amount = cash_for(stage, people)
    stage.walk.to(day, "12:50")
    draw_cash(stage, (spare or amount) + Money(10_000_000))
    return take_over(stage, login, amount, opening_id=opening_id)


def serve(
    stage: Stage, payer: Payer, day: dt.date, hours: tuple[str, str], people: Sequence[int], *, leave_every: int
) -> None:
    """Pay one after another; of so many people one is absent."""
    for number, person in enumerate(queue(stage, day, hours, people)):
        if number % leave_every == leave_every - 2:
            payer.miss(person, "absent", REMARKS["absent"])
        else:
            payer.pay(person)


def end(stage: Stage, opening_id: int) -> None:
    """The day at the point is over."""
    stage.walk.on(minutes=5)
    close_opening(stage.session, opening_id, by=stage.accountant)
