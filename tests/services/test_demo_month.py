"""The demo month: everything in every state, through the services, once."""

import datetime as dt
import stat
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from provider import clock, config
from provider.agreements.models import Agency, Benefit
from provider.audit.models import Deed
from provider.clock import Month
from provider.db import Store
from provider.demo import sign_ins
from provider.demo.commands import is_demo
from provider.demo.passphrases import draw
from provider.demo.people import PeopleMaker
from provider.demo.walk import Walk, calendar_of
from provider.lists.models import ListRow, ListState, PayoutList, RowLevel
from provider.payday.models import Advance, AdvanceState, Handout, Slip, Till, TillState, Undo, UndoState
from provider.payday.service import MISS_REASONS
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout, Period
from provider.points.models import Opening
from provider.points.rules import OpeningState
from provider.recipients.models import Payee, Person
from provider.recipients.rules import PayeeKind
from provider.settlement.models import Paper, Settlement, SettlementState
from provider.staff import passwords
from provider.staff.models import RoleChange, Staff
from provider.staff.rules import Role
from provider.transfers.models import Batch, BatchState, Line, LineState
from provider.visits.models import Round, RoundState

QUICK = passwords.Cost(memory=8, passes=1, lanes=1)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sign-ins go to a folder of the test; hashing passphrases costs next to nothing."""
    monkeypatch.setattr(config, "VAR", tmp_path / "var")
    monkeypatch.setattr(passwords, "COST", QUICK)


@pytest.mark.slow
def test_a_small_demo_shows_every_state_and_is_made_once(app: Flask, store: Store) -> None:
    made = app.test_cli_runner().invoke(args=["demo-month", "--people", "140", "--quiet"])
    assert made.exit_code == 0, made.output
    assert is_demo(store)
    with store.read() as session:
        for column, words in EVERY_STATE:
            shown = set(session.scalars(select(column).distinct()))
            assert set(words) <= shown, f"{column} lacks {set(words) - shown}"
        _stands_in_both_months(session)
        _is_scoped(session)
        _people_are_of_every_kind(session)
        _deeds_are_in_order_of_time(session)
        deeds = session.scalar(select(func.count()).select_from(Deed))
        staff = list(session.scalars(select(Staff)))
    _sign_ins_are_for_the_owner_only(made.output, staff)
    again = app.test_cli_runner().invoke(args=["demo-month", "--people", "140"])
    assert again.exit_code == 0
    assert str(sign_ins.path()) in again.output
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Deed)) == deeds


EVERY_STATE: tuple[tuple[InstrumentedAttribute[Any], Any], ...] = (
    (Payout.state, State),
    (Payout.channel, Channel),
    (Payout.missed_reason, MISS_REASONS),
    (PayoutList.state, (ListState.ACCEPTED, ListState.RECEIVED, ListState.REJECTED)),
    (PayoutList.ties_out, (True, False)),
    (ListRow.level, RowLevel),
    (Opening.state, OpeningState),
    (Till.state, TillState),
    (Advance.state, AdvanceState),
    (Undo.state, UndoState),
    (Batch.state, BatchState),
    (Line.state, LineState),
    (Round.state, RoundState),
    (Settlement.state, SettlementState),
    (Payee.kind, (PayeeKind.GUARDIAN, PayeeKind.PROXY, PayeeKind.CARER)),
    (Handout.collector, (PayeeKind.SELF, PayeeKind.GUARDIAN)),
    (Staff.role, Role),
    (Staff.active, (True, False)),
    (Paper.kind, ("pdf", "xlsx", "fee", "unpaid")),
)


def _stands_in_both_months(session: Session) -> None:
    carried = session.scalar(select(func.count()).where(Payout.carried_from_id.is_not(None)))
    assert carried
    assert set(session.scalars(select(Period.month).distinct())) == {Month(2024, 8), Month(2024, 9)}
    differences = set(session.scalars(select(Till.difference).distinct()))
    assert {money.dong for money in differences if money is not None} == {-50_000, 0, 20_000}
    assert session.scalar(select(func.count()).select_from(Slip))
    assert session.scalar(select(func.count()).select_from(RoleChange)) == 1


def _is_scoped(session: Session) -> None:
    agencies = set(session.scalars(select(Agency.code).join(Period, Period.agency_id == Agency.id)))
    assert agencies == {"LDTBXH-TXQT", "LDTBXH-DH"}


def _people_are_of_every_kind(session: Session) -> None:
    year_only = select(func.count()).where(Person.birth_year.is_not(None), Person.birth_month.is_(None))
    assert session.scalar(year_only)
    several = select(Payout.person_id).join(Period, Period.id == Payout.period_id).where(Period.month == Month(2024, 9))
    assert session.execute(several.group_by(Payout.person_id).having(func.count() > 1)).first()
    assert session.scalar(
        select(func.count()).select_from(Payout).join(Benefit, Benefit.code == Payout.benefit).where(Benefit.sensitive)
    )
    expired = select(func.count()).where(Payee.valid_to < dt.date(2024, 9, 1))
    assert session.scalar(expired)


def _deeds_are_in_order_of_time(session: Session) -> None:
    moments = list(session.scalars(select(Deed.at).order_by(Deed.id)))
    assert all(before <= after for before, after in pairwise(moments))
    assert moments[-1] <= clock.now()


def _sign_ins_are_for_the_owner_only(output: str, staff: list[Staff]) -> None:
    kept = sign_ins.path()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_text(encoding="utf-8") == output
    table = [line.split(" | ") for line in output.splitlines() if line.count(" | ") == 3][1:]
    known = {person.login: person for person in staff}
    assert {cells[1].strip() for cells in table} == {person.login for person in staff if person.active}
    for _role, login, passphrase, _place in table[:3]:
        assert len(passphrase.strip()) >= 15
        assert passwords.prove(known[login.strip()].password_hash, passphrase.strip()).right


def test_a_house_where_somebody_works_is_left_alone(app: Flask, store: Store) -> None:
    from tests.make import make_staff

    with store.write() as session:
        make_staff(session)
    answer = app.test_cli_runner().invoke(args=["demo-month"])
    assert answer.exit_code == 0
    assert not is_demo(store)
    assert not sign_ins.path().exists()


@pytest.mark.parametrize("month", ["2024-10", "2023-05", "soon"])
def test_a_demo_is_of_a_month_that_can_have_happened(app: Flask, month: str) -> None:
    assert app.test_cli_runner().invoke(args=["demo-month", "--month", month]).exit_code == 2


@pytest.mark.parametrize("now", ["2024-09-01T00:10", "2024-09-01T09:00", "2024-09-05T10:00", "2024-09-30T23:00"])
def test_the_story_of_the_current_month_ends_today(now: str) -> None:
    with clock.stopped(now) as stopped:
        days = calendar_of(Month(2024, 9), clock.now())
        assert days.paydays == tuple(sorted(days.paydays))
        assert days.before.first_day < days.paydays[0] <= days.paydays[-1] <= days.live < days.to_come
        assert days.live <= clock.today()
        assert all(day.weekday() != 6 for day in (*days.paydays, days.to_come))
        walk = Walk(stopped, clock.now())
        walk.to(days.to_come, "08:00")
        assert clock.now() == walk.limit


def test_the_walk_never_goes_back() -> None:
    with clock.stopped("2024-09-05T10:00") as stopped:
        walk = Walk(stopped, clock.now() + dt.timedelta(days=1))
        walk.to(dt.date(2024, 9, 4), "08:00")
        assert clock.local(clock.now()).hour == 10
        walk.on(minutes=30)
        assert clock.local(clock.now()).minute == 30


def test_passphrases_differ_and_the_same_seed_makes_the_same_people() -> None:
    assert len({draw("ketoan", "Lê Thị Kế") for _ in range(20)}) == 20
    one, two = (list(PeopleMaker(seed=7).people(20)) for _ in range(2))
    assert one == two
