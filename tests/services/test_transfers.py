"""Batches: who enters, two people, the money's way there and back; the books are true after each test."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM, Actor
from provider.audit.deeds import DeedKind
from provider.audit.queries import deeds_about
from provider.db import Store
from provider.errors import Missing, NotAllowed
from provider.ledger import accounts
from provider.ledger.models import Entry, EntryKind
from provider.ledger.queries import balance
from provider.ledger.service import NotEnoughMoney
from provider.money import Money
from provider.payouts.lifecycle import Channel, State, StepNotPossible
from provider.payouts.models import Payout
from provider.payouts.service import PeriodIsLocked, cut_off, hold, lock_period, move_channel
from provider.recipients.models import PayWay
from provider.staff.queries import scope_of
from provider.staff.rules import Role, Scope, SecondPersonNeeded
from provider.transfers import queries
from provider.transfers.models import Batch, BatchState, Line, LineState
from provider.transfers.refusals import (
    BatchIsNotDraft,
    BatchNotSent,
    LineAnswered,
    LinesChanged,
    NothingToSend,
    ReferenceNeeded,
)
from provider.transfers.rules import Failure, StayOut, token_of
from provider.transfers.service import build_batch, cancel_batch, mark_failed, mark_paid, number_of, release_batch
from tests.make import (
    SEPTEMBER,
    make_actor,
    make_agency,
    make_office,
    make_payee,
    make_payout,
    make_period,
    make_person,
    make_way,
)


def to_account(session: Session, name: str, way: dict[str, object] | None = None, **more: object) -> Payout:
    person = make_person(session, name)
    if session.scalar(select(PayWay.id).where(PayWay.person_id == person.id)) is None:
        make_way(session, person, **(way or {}))  # type: ignore[arg-type]
    return make_payout(session, person, channel=Channel.ACCOUNT, **more)  # type: ignore[arg-type]


def build(session: Session, **more: object) -> Batch:
    values: dict[str, object] = {"agency_id": make_agency(session).id, "month": SEPTEMBER, "by": make_actor(session)}
    return build_batch(session, **(values | more))  # type: ignore[arg-type]


def sent(session: Session, *names: str) -> tuple[Batch, list[Line]]:
    for name in names or ("Nguyễn Thị Bưởi", "Trần Văn Đức"):
        to_account(session, name)
    batch = release_batch(session, build(session).id, by=controller(session))
    return batch, list(session.scalars(select(Line).where(Line.batch_id == batch.id).order_by(Line.id)))


def controller(session: Session) -> Actor:
    return make_actor(session, Role.CONTROLLER)


@contextmanager
def _written(store: Store, row: Line | Batch) -> Iterator[None]:
    with store.write() as session:
        session.add(row)
    yield


def deposit(session: Session) -> Money:
    return balance(session, accounts.deposit(make_office(session).id))


def kinds(session: Session, payout_id: int) -> list[EntryKind]:
    return list(session.scalars(select(Entry.kind).where(Entry.payout_id == payout_id).order_by(Entry.id)))


def test_a_batch_takes_what_may_enter_with_its_account_frozen_and_moves_no_money(store: Store) -> None:
    with store.write() as session:
        payout = to_account(session, "Nguyễn Thị Bưởi", {"account_no": "0451 000 123 456", "bank": "NH Đầu tư và PT"})
        cash = make_payout(session, make_person(session, "Lê Thị Hoa"))
        batch = build(session)
        (line,) = session.scalars(select(Line).where(Line.batch_id == batch.id))
        assert (line.payout_id, line.account_no, line.bank, line.bank_bin, line.holder) == (
            payout.id,
            "0451000123456",
            "BIDV",
            "970418",
            "NGUYEN THI BUOI",
        )
        assert (batch.count, batch.total, batch.state) == (1, Money(500_000), BatchState.DRAFT)
        assert payout.state is cash.state is State.DUE
        assert deposit(session) == Money(1_000_000)


def test_what_may_not_enter_stays_out_with_its_reason(store: Store) -> None:
    with store.write() as session:
        to_account(session, "Nguyễn Thị Bưởi", {"holder": "TRAN VAN NAM"})
        to_account(session, "Trần Văn Đức", {"bank": "ngân hàng nào đó"})
        make_payout(session, make_person(session, "Lê Thị Hoa"), channel=Channel.ACCOUNT)
        with pytest.raises(NothingToSend):
            build(session)
        waiting = queries.waiting(session, Scope.everything(), month=SEPTEMBER)
        assert [(one.name, one.stays_out) for one in waiting] == [
            ("Nguyễn Thị Bưởi", StayOut.NAME_DIFFERS),
            ("Trần Văn Đức", StayOut.BANK_UNKNOWN),
            ("Lê Thị Hoa", StayOut.NO_ACCOUNT),
        ]
        make_payee(session, make_person(session, "Nguyễn Thị Bưởi"), "Trần Văn Nam")
        assert build(session).count == 1
        (row,) = queries.ready(session, queries.waiting(session, Scope.everything(), month=SEPTEMBER))
        assert (row.count, row.left_out) == (0, 2)


def test_all_programmes_of_the_agency_go_into_one_batch_and_a_payout_into_one_alone(store: Store) -> None:
    with store.write() as session:
        to_account(session, "Nguyễn Thị Bưởi")
        to_account(session, "Nguyễn Thị Bưởi", period=make_period(session, Programme.NCC), amount=2_055_000)
        assert build(session).count == 2
        with pytest.raises(NothingToSend):
            build(session)


def test_the_database_keeps_a_payout_out_of_a_second_live_line(store: Store) -> None:
    with store.write() as session:
        _batch, (line,) = sent(session, "Nguyễn Thị Bưởi")
        values = {name: getattr(line, name) for name in ("batch_id", "payout_id", "amount", "bank", "bank_bin")}
        second = Line(**values, account_no="1", holder="X")
    with (
        pytest.raises(IntegrityError, match=r"uq_transfer_line_one_live|transfer_line\.payout_id"),
        _written(store, second),
    ):
        pass


def test_nobody_builds_for_an_agency_out_of_reach_and_the_system_builds_nothing(store: Store) -> None:
    with store.write() as session:
        to_account(session, "Nguyễn Thị Bưởi")
        other = make_office(session, "DHA", "Bưu điện thành phố Đông Hà")
        stranger = make_actor(session, Role.ACCOUNTANT, login="ketoan2", name="Kế Toán Khác", office=other)
        with pytest.raises(Missing):
            build(session, by=stranger)
        with pytest.raises(NotAllowed):
            build(session, by=SYSTEM)
        batch = build(session)
        boss = make_actor(session, Role.CONTROLLER, login="kiemsoat2", name="Kiểm Soát Khác", office=other)
        for deed in (release_batch, cancel_batch):
            with pytest.raises(Missing):
                deed(session, batch.id, by=boss)
        with pytest.raises(Missing):
            mark_paid(session, batch.id, reference="FT1", by=stranger)
        line = session.scalars(select(Line)).one()
        with pytest.raises(Missing):
            mark_failed(session, line.id, Failure.OTHER, by=stranger)
        assert queries.batch_row(session, scope_of(session, stranger.staff_id or 0), batch.id) is None
        assert queries.waiting(session, scope_of(session, stranger.staff_id or 0), month=SEPTEMBER) == []


def test_the_builder_does_not_release_and_the_second_person_moves_the_money(store: Store) -> None:
    with store.write() as session:
        payout = to_account(session, "Nguyễn Thị Bưởi")
        batch = build(session)
        with pytest.raises(SecondPersonNeeded):
            release_batch(session, batch.id, by=make_actor(session))
        release_batch(session, batch.id, by=controller(session))
        session.refresh(payout)
        assert payout.state is State.SENT
        assert (deposit(session), balance(session, accounts.batch(batch.id))) == (Money(0), Money(500_000))
        entry = session.scalars(select(Entry).where(Entry.kind == EntryKind.SENT)).one()
        assert (entry.payout_id, entry.period_id, entry.document) == (payout.id, payout.period_id, number_of(batch))
        assert [deed.kind for deed in deeds_about(session, f"payout:{payout.id}")] == [DeedKind.BATCH_SENT]
        with pytest.raises(BatchIsNotDraft):
            release_batch(session, batch.id, by=controller(session))
        with pytest.raises(BatchIsNotDraft):
            cancel_batch(session, batch.id, by=controller(session))


def test_the_database_itself_refuses_one_person_as_builder_and_releaser(store: Store) -> None:
    with store.write() as session:
        batch, _lines = sent(session, "Nguyễn Thị Bưởi")
    batch.released_by_id = batch.built_by_id
    with pytest.raises(IntegrityError, match="released_by_another"), _written(store, batch):
        pass


def test_a_batch_without_its_money_is_not_released(store: Store) -> None:
    with store.write() as session:
        payout = to_account(session, "Nguyễn Thị Bưởi", funded=False)
        batch = build(session)
        with pytest.raises(NotEnoughMoney, match=r"cần 500\.000 đ, hiện còn 0 đ"):
            release_batch(session, batch.id, by=controller(session))
        assert batch.state is BatchState.DRAFT
        assert payout.state is State.DUE


def test_what_changed_since_the_batch_was_built_is_not_sent(store: Store) -> None:
    with store.write() as session:
        first = to_account(session, "Nguyễn Thị Bưởi")
        second = to_account(session, "Trần Văn Đức")
        third = to_account(session, "Lê Thị Hoa")
        batch = build(session)
        hold(session, first.id, reason="Báo tử", by=make_actor(session))
        move_channel(session, second.id, Channel.CASH_POINT, reason="Xin nhận tiền mặt", by=make_actor(session))
        session.scalars(select(PayWay).where(PayWay.person_id == third.person_id)).one().account_no = "0451000999999"
        session.flush()
        with pytest.raises(LinesChanged, match=r"3 khoản .*NGUYEN THI BUOI"):
            release_batch(session, batch.id, by=controller(session))
        cancel_batch(session, batch.id, by=make_actor(session))
        again = build(session)
        assert (again.count, again.total) == (1, third.amount)
        release_batch(session, again.id, by=controller(session))
        assert deposit(session) == Money(1_000_000)


def test_a_period_that_was_cut_off_is_neither_built_nor_released(store: Store) -> None:
    with store.write() as session:
        to_account(session, "Nguyễn Thị Bưởi")
        batch = build(session)
        cut_off(session, make_period(session), by=make_actor(session))
        with pytest.raises(LinesChanged):
            release_batch(session, batch.id, by=controller(session))
        cancel_batch(session, batch.id, by=make_actor(session))
        with pytest.raises(NothingToSend):
            build(session)


def test_the_bank_paid_all_and_the_batch_is_answered(store: Store) -> None:
    with store.write() as session:
        batch, lines = sent(session)
        with pytest.raises(ReferenceNeeded):
            mark_paid(session, batch.id, reference=" ", by=make_actor(session))
        assert mark_paid(session, batch.id, reference="FT24249001", by=make_actor(session)) == 2
        states = set(session.scalars(select(Payout.state)))
        assert (states, batch.state, batch.bank_reference) == ({State.PAID}, BatchState.ANSWERED, "FT24249001")
        assert balance(session, accounts.batch(batch.id)) == Money(0)
        assert balance(session, accounts.ACCOUNT) == Money(1_000_000)
        payments = session.scalars(select(Entry).where(Entry.kind == EntryKind.PAYMENT)).all()
        assert {entry.document for entry in payments} == {number_of(batch)}
        assert all(entry.period_id and entry.payout_id for entry in payments)
        story = deeds_about(session, f"payout:{lines[0].payout_id}")
        assert [deed.kind for deed in story] == [DeedKind.BATCH_SENT, DeedKind.BATCH_ANSWERED]
        with pytest.raises(LineAnswered):
            mark_paid(session, batch.id, reference="FT24249001", by=make_actor(session))


def test_single_lines_can_be_paid_and_the_rest_waits(store: Store) -> None:
    with store.write() as session:
        batch, lines = sent(session)
        assert mark_paid(session, batch.id, [lines[0].id], reference="FT1", by=make_actor(session)) == 1
        assert batch.state is BatchState.SENT
        with pytest.raises(LineAnswered):
            mark_paid(session, batch.id, [line.id for line in lines], reference="FT2", by=make_actor(session))
        row = queries.batch_row(session, Scope.everything(), batch.id)
        assert row is not None
        assert row.counts == {LineState.PAID: 1, LineState.WAITING: 1}
        assert row.amounts[LineState.PAID] == Money(500_000)


def test_a_draft_has_no_answers(store: Store) -> None:
    with store.write() as session:
        to_account(session, "Nguyễn Thị Bưởi")
        batch = build(session)
        line = session.scalars(select(Line)).one()
        with pytest.raises(BatchNotSent):
            mark_paid(session, batch.id, reference="FT1", by=make_actor(session))
        with pytest.raises(BatchNotSent):
            mark_failed(session, line.id, Failure.OTHER, by=make_actor(session))


def test_what_failed_is_due_again_in_cash_with_the_reason(store: Store) -> None:
    with store.write() as session:
        batch, lines = sent(session)
        failed = mark_failed(session, lines[0].id, Failure.ACCOUNT_CLOSED, remark="mã lỗi 14", by=make_actor(session))
        payout = session.get_one(Payout, failed.payout_id)
        assert (payout.state, payout.channel) == (State.DUE, Channel.CASH_POINT)
        assert payout.channel_reason == f"Ngân hàng trả lại ({number_of(batch)}): Tài khoản đã đóng: mã lỗi 14"
        assert kinds(session, payout.id) == [EntryKind.SENT, EntryKind.BOUNCED]
        assert (deposit(session), balance(session, accounts.batch(batch.id))) == (Money(500_000), Money(500_000))
        with pytest.raises(LineAnswered):
            mark_failed(session, lines[0].id, Failure.OTHER, by=make_actor(session))
        mark_paid(session, batch.id, reference="FT1", by=make_actor(session))
        assert batch.state is BatchState.ANSWERED
        story = [deed.kind for deed in deeds_about(session, f"payout:{payout.id}")]
        assert story == [DeedKind.BATCH_SENT, DeedKind.BATCH_ANSWERED, DeedKind.CHANNEL_MOVED]


def test_what_came_back_after_it_was_paid_is_unpaid_again(store: Store) -> None:
    with store.write() as session:
        batch, lines = sent(session, "Nguyễn Thị Bưởi")
        mark_paid(session, batch.id, reference="FT1", by=make_actor(session))
        mark_failed(session, lines[0].id, Failure.NAME_WRONG, by=make_actor(session))
        payout = session.get_one(Payout, lines[0].payout_id)
        assert (payout.state, payout.channel) == (State.DUE, Channel.CASH_POINT)
        assert kinds(session, payout.id) == [
            EntryKind.SENT,
            EntryKind.PAYMENT,
            EntryKind.PAYMENT,
            EntryKind.BOUNCED,
        ]
        assert (deposit(session), balance(session, accounts.ACCOUNT)) == (Money(500_000), Money(0))
        assert balance(session, accounts.batch(batch.id)) == Money(0)


def test_who_has_a_new_account_after_a_failure_enters_the_next_batch_and_is_paid_once(store: Store) -> None:
    with store.write() as session:
        first, lines = sent(session, "Nguyễn Thị Bưởi")
        mark_failed(session, lines[0].id, Failure.ACCOUNT_WRONG, by=make_actor(session))
        payout_id = lines[0].payout_id
        move_channel(session, payout_id, Channel.ACCOUNT, reason="Đã sửa số tài khoản", by=make_actor(session))
        second = build(session)
        release_batch(session, second.id, by=controller(session))
        mark_paid(session, second.id, reference="FT2", by=make_actor(session))
        assert first.state is second.state is BatchState.ANSWERED
        assert session.get_one(Payout, payout_id).state is State.PAID
        assert balance(session, accounts.ACCOUNT) == Money(500_000)


def test_a_sent_payout_is_paid_in_no_other_way(store: Store) -> None:
    with store.write() as session:
        _batch, lines = sent(session, "Nguyễn Thị Bưởi")
        with pytest.raises(StepNotPossible):
            move_channel(
                session, lines[0].payout_id, Channel.CASH_POINT, reason="Đòi nhận ngay", by=make_actor(session)
            )


def test_nothing_is_answered_in_a_settled_month(store: Store) -> None:
    with store.write() as session:
        batch, lines = sent(session, "Nguyễn Thị Bưởi")
        mark_paid(session, batch.id, reference="FT1", by=make_actor(session))
        lock_period(session, make_period(session), by=make_actor(session))
        with pytest.raises(PeriodIsLocked):
            mark_failed(session, lines[0].id, Failure.OTHER, by=make_actor(session))


def test_lines_are_found_by_name_account_and_the_bank_s_word(store: Store) -> None:
    with store.write() as session:
        batch, lines = sent(session)
        word = token_of(lines[0].id)
        for search, hits in (("buoi", 1), ("Đức", 1), ("3456", 2), (word, 1), (word + "0", 0), ("100 %", 0), ("", 2)):
            found, count = queries.lines(session, batch.id, search=search)
            assert len(found) == count == hits, search
        (line,), count = queries.lines(session, batch.id, limit=1, offset=1)
        assert (count, line.account_tail) == (2, "••••\u00a03456")


def test_the_bank_s_file_adds_up_to_the_batch(store: Store) -> None:
    with store.write() as session:
        batch, _lines = sent(session)
        row = queries.batch_row(session, Scope.everything(), batch.id)
        assert row is not None
        file = queries.bank_file(session, row)
        assert (file.total, len(file.transfers), file.number) == (batch.total, batch.count, number_of(batch))
        assert {transfer.id_number for transfer in file.transfers} == {"045141000017", "045036000025"}
