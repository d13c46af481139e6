"""A small month that is over: paid, cut off, carried over and returned, settled, confirmed, with its papers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider.agreements.rules import Programme
from provider.db import Store
from provider.demo.banking import answer, build_and_send
from provider.demo.benefits import PENSION_SINCE, Worth
from provider.demo.counting_out import people_at, queue
from provider.demo.doors import come_home, plan_rounds, set_out
from provider.demo.files import Sender, list_file
from provider.demo.lists_come_in import fund, send_and_accept
from provider.demo.paydays import end, open_alone
from provider.demo.planning import AFTERNOON, plan_at
from provider.demo.population import Line, Population
from provider.demo.stage import Stage
from provider.ledger import accounts
from provider.ledger.queries import balance
from provider.money import ZERO
from provider.payday import safe
from provider.payouts.lifecycle import State
from provider.payouts.models import Payout
from provider.payouts.planning import plan_month
from provider.settlement.closing import close_month
from provider.settlement.issuing import issue
from provider.settlement.service import confirm, draw_up

LINES = {Programme.NCC: 44, Programme.HTXH: 30, Programme.BTXH: 40}
DEAD = 2
"""So many people of the month before are on no list any more."""


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the month before was paid, and by whom; next door it waits for the agency's officer to confirm it."""

    communes: Mapping[str, str]
    courier: str = ""
    is_confirmed: bool = True


HOME = Plot({"Phường 1": "diem1", "Xã Hải Lệ": "diem5"}, "buuta1")
NEXT_DOOR = Plot({"Phường 1": "diem.dh"}, is_confirmed=False)


class OneSession:
    """A store whose transactions are all the one that is already going on: the demo is made whole or not at all."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """The transaction that is going on."""
        yield self._session
        self._session.flush()

    read = write


def play(stage: Stage, plot: Plot, population: Population, dead: list[Line], sender: Sender, *, key: bytes) -> None:
    """The whole month before, from its lists to the settlement."""
    worth = Worth(stage.session, stage.month)
    days = stage.days.of_month_before
    stage.walk.to(days(2), "08:40")
    lines = _lines(stage, plot, population, dead, worth)
    files = {each: list_file(sender, some, stage.month, worth, programme=each) for each, some in lines.items()}
    send_and_accept(stage, files)
    stage.walk.to(days(3), "09:10")
    fund(stage)
    stage.walk.to(days(4), "08:20")
    plan_month(stage.session, [period.id for period in stage.periods().values()], by=stage.accountant)
    batch = build_and_send(stage)
    openings = {commune: plan_at(stage, commune, days(7), AFTERNOON, (who,)) for commune, who in plot.communes.items()}
    rounds = plan_rounds(stage, {plot.courier: (tuple(plot.communes), days(8))}) if plot.courier else {}
    stage.walk.to(days(6), "09:30")
    if batch is not None:
        answer(stage, batch, waiting=0, failures=1)
    for commune, opening in openings.items():
        people = people_at(stage, opening_id=opening.id)
        payer = open_alone(stage, opening.id, days(7), plot.communes[commune], people)
        for number, person in enumerate(queue(stage, days(7), ("13:35", "15:00"), people)):
            if number in (1, 2):
                payer.miss(person, "dead" if number == 1 else "absent")
            elif number % 9 != 4:
                payer.pay(person)
        payer.close()
        end(stage, opening.id)
    for planned in rounds.values():
        come_home(stage, planned, set_out(stage, planned, plot.courier, hours=("07:40", "10:30")))
    _close(stage, plot, key=key)


def _lines(
    stage: Stage, plot: Plot, population: Population, dead: list[Line], worth: Worth
) -> dict[Programme, list[Line]]:
    found: dict[Programme, list[Line]] = {}
    for programme, most in LINES.items():
        if programme is Programme.HTXH and stage.month < PENSION_SINCE:
            continue
        some = [line for line in population.of(programme) if line.place.commune in plot.communes][:most]
        if programme is Programme.BTXH:
            some += dead
        found[programme] = [replace(line, parts=worth.parts(line.kind.code), arrears=ZERO) for line in some]
    return {programme: lines for programme, lines in found.items() if lines}


def _close(stage: Stage, plot: Plot, *, key: bytes) -> None:
    session, days = stage.session, stage.days.of_month_before
    stage.walk.to(days(24), "15:20")
    left = balance(session, accounts.safe(stage.office_id))
    if left:
        safe.bank(session, stage.office_id, left, document=f"NOP-{stage.month.number:02}", by=stage.cashier)
    stage.walk.to(days(25), "16:30")
    held = session.scalars(
        select(Payout.id).where(
            Payout.period_id.in_([period.id for period in stage.periods().values()]), Payout.state == State.HELD
        )
    )
    close_month(session, stage.agency.id, stage.month, give_back=set(held), by=stage.accountant)
    stage.walk.to(days(26), "09:05")
    drawn = draw_up(session, stage.agency.id, stage.month, by=stage.accountant)
    if not plot.is_confirmed:
        return
    issue(cast(Store, OneSession(session)), drawn.id, key=key, by=stage.accountant, report=lambda _done, _all: None)
    stage.walk.to(days(26), "14:45")
    confirm(session, drawn.id, content_hash=drawn.content_hash, by=stage.officer)
