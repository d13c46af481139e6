"""Rounds: one that is over, one on its way, one to come."""

import datetime as dt

from provider.demo.counting_out import Payer, cash_for, draw_cash, people_at, queue, take_over
from provider.demo.stage import Stage
from provider.payouts.lifecycle import Channel
from provider.visits.models import Round
from provider.visits.service import close_round, plan_round


def plan_rounds(stage: Stage, rounds: dict[str, tuple[tuple[str, ...], dt.date]]) -> dict[str, Round]:
    """One round for each courier and group of communes; a group where nobody waits has none."""
    planned = {}
    for name, (communes, day) in rounds.items():
        where = [stage.commune_id(commune) for commune in communes]
        if any(payout.commune_id in where for payout in stage.payouts(channel=Channel.HOME)):
            stage.walk.on(minutes=8)
            planned[name] = plan_round(
                stage.session,
                office_id=stage.office_id,
                month=stage.month,
                staff_id=stage.cast.id_of(name.partition("/")[0]),
                on=day,
                commune_ids=where,
                by=stage.accountant,
            )
    return planned


def set_out(stage: Stage, planned: Round, login: str, *, hours: tuple[str, str], share: int = 100) -> Payer:
    """A courier takes the cash along and visits ``share`` of a hundred doors; every ninth is closed."""
    people = people_at(stage, round_id=planned.id)
    amount = cash_for(stage, people)
    stage.walk.to(planned.on, hours[0])
    draw_cash(stage, amount)
    payer = take_over(stage, login, amount, round_id=planned.id)
    visited = people[: max(1, len(people) * share // 100)]
    for number, person in enumerate(queue(stage, planned.on, hours, visited)):
        if number % 9 == 4:
            payer.miss(person, "absent", "Nhà khóa cửa, hàng xóm nói đi thăm con")
        else:
            payer.pay(person)
    return payer


def come_home(stage: Stage, planned: Round, payer: Payer) -> None:
    """The courier counts what is left, and the round is over."""
    stage.walk.on(minutes=25)
    payer.close()
    stage.walk.on(minutes=4)
    close_round(stage.session, planned.id, by=stage.cast[payer.login])
