"""Lists: received, checked again, accepted, rejected; what is wrong is kept and never paid."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from provider.agreements.queries import NoContract
from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM
from provider.audit.deeds import DeedKind
from provider.audit.queries import deeds_about
from provider.db import Store
from provider.errors import Missing
from provider.lists import queries
from provider.lists.models import ListRow, ListState, PayoutList, ReceivedFile, RowLevel
from provider.lists.reading.refusals import NotAListFile
from provider.lists.refusals import (
    ListIsDecided,
    ListIsStale,
    MonthIsOver,
    NothingToAccept,
    NotTiedOut,
    SameFileAgain,
)
from provider.lists.service import accept, receive, recheck, reject
from provider.money import Money
from provider.payouts.lifecycle import Channel, State, Step
from provider.payouts.models import Component, ComponentKind, Payout, Period
from provider.payouts.service import PeriodIsLocked, ReasonNeeded, cut_off, lock_period, take_step
from provider.recipients.models import PayWay, Person
from provider.recipients.rules import Way
from provider.staff.rules import Role
from tests.make import SEPTEMBER, make_actor, make_agency
from tests.make.lists import line, list_file, make_registers, receive_list

TWO = (line(), line("Trần Văn Đức", 700_000, arrears=1_400_000))
WITH_ERROR = (line(), line("Lê Thị Hoa", 500_000, total=900_000))


def payouts_of(session: Session, list_id: int) -> list[Payout]:
    wanted = select(Payout).join(ListRow, ListRow.payout_id == Payout.id).where(ListRow.list_id == list_id)
    return list(session.scalars(wanted.order_by(Payout.line_no)))


# -- receiving


def test_a_received_list_pays_nobody(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, *TWO)
        assert (received.state, received.rows, received.good, received.with_errors) == (ListState.RECEIVED, 2, 2, 0)
        assert received.total == received.declared_amount == received.words_amount == Money(2_600_000)
        assert received.ties_out
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 0
        assert [deed.kind for deed in deeds_about(session, f"list:{received.id}")] == [DeedKind.LIST_RECEIVED]


def test_the_file_is_kept_byte_for_byte_under_its_hash(store: Store) -> None:
    content = list_file(*TWO)
    with store.write() as session:
        received = receive_list(session, content=content)
    with store.read() as session:
        assert queries.original(session, received.id) == ("danh-sach.xlsx", content)
        assert session.get_one(ReceivedFile, received.file_hash).size == len(content)


def test_every_row_keeps_the_file_s_own_words_and_row_number(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, *TWO)
    with store.read() as session:
        first, second = queries.rows(session, received.id)
    assert (first.sheet, first.row, second.row) == ("DS chi tra", 5, 6)
    assert first.raw[:4] == ["1", "Nguyễn Thị Bưởi", "1941", "045141000017"]
    assert (second.name, second.total, second.arrears) == ("Trần Văn Đức", Money(2_100_000), Money(1_400_000))


def test_the_same_file_again_is_refused_and_the_refusal_names_the_first_list(store: Store) -> None:
    content = list_file(*TWO)
    with store.write() as session:
        first = receive_list(session, content=content)
    with store.write() as session, pytest.raises(SameFileAgain) as refused:
        receive_list(session, content=content)
    assert refused.value.facts == {"list_id": first.id, "version": 1}
    assert f"danh sách số {first.id}, bản 1" in str(refused.value)


def test_the_same_file_for_another_month_is_another_list(store: Store) -> None:
    content = list_file(line())
    with store.write() as session:
        first = receive_list(session, content=content)
        second = receive_list(session, content=content, month=SEPTEMBER.next())
        assert (first.version, second.version, first.file_hash) == (1, 1, second.file_hash)


def test_a_corrected_file_is_the_second_version(store: Store) -> None:
    with store.write() as session:
        assert receive_list(session, line()).version == 1
        assert receive_list(session, *TWO).version == 2


def test_what_is_no_list_is_refused_and_leaves_nothing_behind(store: Store) -> None:
    with store.write() as session, pytest.raises(NotAListFile):
        receive_list(session, content=b"%PDF-1.7\n%%EOF")
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(PayoutList)) == 0


def test_nothing_is_received_for_a_month_without_a_contract(store: Store) -> None:
    with store.write() as session:
        agency_id = make_registers(session, Programme.BTXH)
    with store.write() as session, pytest.raises(NoContract):
        receive(session, list_file(line()), "x", agency_id=agency_id, programme="NCC", month=SEPTEMBER, by=SYSTEM)


def test_nothing_is_received_from_an_agency_that_does_not_exist(store: Store) -> None:
    with store.write() as session, pytest.raises(Missing):
        receive(session, b"", "x", agency_id=77, programme="BTXH", month=SEPTEMBER, by=SYSTEM)


def test_after_cut_off_no_list_is_received_and_none_accepted(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, line())
        cut_off(session, session.get_one(Period, received.period_id), by=SYSTEM)
    with store.write() as session, pytest.raises(MonthIsOver):
        receive_list(session, *TWO)
    with store.write() as session, pytest.raises(MonthIsOver):
        accept(session, received.id, by=SYSTEM)


def test_a_locked_month_accepts_nothing(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, line())
        lock_period(session, session.get_one(Period, received.period_id), by=SYSTEM)
    with store.write() as session, pytest.raises(PeriodIsLocked):
        accept(session, received.id, by=SYSTEM)


# -- accepting


def test_accepting_makes_exactly_one_payout_of_every_good_row(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, *TWO)
        assert accept(session, received.id, by=make_actor(session)) == 2
    with store.read() as session:
        made = payouts_of(session, received.id)
        assert [(payout.amount, payout.state) for payout in made] == [
            (Money(500_000), State.DUE),
            (Money(2_100_000), State.DUE),
        ]
        assert session.scalar(select(func.count()).select_from(Payout)) == 2
        assert session.get_one(PayoutList, received.id).decided_by_id is not None


def test_the_components_of_a_payout_add_up_to_it(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, *TWO)
        accept(session, received.id, by=SYSTEM)
    with store.read() as session:
        payout = payouts_of(session, received.id)[1]
        parts = session.execute(select(Component.kind, Component.amount).where(Component.payout_id == payout.id))
        assert dict(parts.all()) == {
            ComponentKind.ALLOWANCE: Money(700_000),
            ComponentKind.ARREARS: Money(1_400_000),
        }


def test_a_row_with_an_error_is_kept_and_never_paid(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, *WITH_ERROR)
        assert (received.good, received.with_errors, received.ties_out) == (1, 1, True)
        accept(session, received.id, by=make_actor(session))
    with store.read() as session:
        wrong = queries.rows(session, received.id, level=RowLevel.ERROR)
        assert [(row.name, row.payout_id) for row in wrong] == [("Lê Thị Hoa", None)]
        assert [problem.code for problem in wrong[0].problems if problem.is_error] == ["total_not_sum"]
        assert len(payouts_of(session, received.id)) == 1


def test_the_database_itself_never_makes_a_payout_of_an_error(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, *WITH_ERROR)
        accept(session, received.id, reason="Dòng lỗi gửi lại sau", by=make_actor(session, Role.CONTROLLER))
        paid = session.scalar(select(ListRow.payout_id).where(ListRow.payout_id.is_not(None)))
    change = text("UPDATE list_row SET payout_id = CASE level WHEN 'error' THEN CAST(:payout AS INTEGER) END")
    with pytest.raises(IntegrityError, match="an_error_is_never_paid"), store.write() as session:
        session.execute(change, {"payout": paid})


def test_accepting_twice_is_refused_and_changes_nothing(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, *TWO)
        accept(session, received.id, by=SYSTEM)
    with store.write() as session, pytest.raises(ListIsDecided):
        accept(session, received.id, by=SYSTEM)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 2


def test_a_list_of_errors_only_has_nothing_to_accept(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, line(total=900_000))
        with pytest.raises(NothingToAccept):
            accept(session, received.id, reason="Vẫn nhận", by=make_actor(session, Role.CONTROLLER))


# -- a list that does not tie out


def untied(session: Session) -> PayoutList:
    content = list_file(*TWO, declared=2_700_000)
    received = receive_list(session, content=content, by=make_actor(session))
    assert not received.ties_out
    return received


def test_a_list_that_does_not_tie_out_needs_a_second_person(store: Store) -> None:
    with store.write() as session:
        received = untied(session)
        with pytest.raises(NotTiedOut):
            accept(session, received.id, reason="Cơ quan xác nhận", by=make_actor(session))


def test_and_the_second_person_needs_a_reason(store: Store) -> None:
    with store.write() as session:
        received = untied(session)
        controller = make_actor(session, Role.CONTROLLER)
        with pytest.raises(ReasonNeeded):
            accept(session, received.id, reason="  ", by=controller)
        assert accept(session, received.id, reason="Cơ quan xác nhận số cộng ghi nhầm", by=controller) == 2
        assert session.get_one(PayoutList, received.id).decision_reason == "Cơ quan xác nhận số cộng ghi nhầm"


@pytest.mark.parametrize(
    "alone",
    [
        "decision_reason = 'Cơ quan xác nhận', decided_by_id = received_by_id",
        "decision_reason = '', decided_by_id = received_by_id + 1",
        "decision_reason = 'Cơ quan xác nhận', received_by_id = NULL, decided_by_id = NULL",
    ],
)
def test_the_database_refuses_one_person_alone_to_accept_it(store: Store, alone: str) -> None:
    with store.write() as session:
        untied(session)
    with pytest.raises(IntegrityError, match="untied_needs_a_second_person"), store.write() as session:
        session.execute(text(f"UPDATE payout_list SET state = 'accepted', {alone}"))


def test_what_the_letter_declares_is_compared_too(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, *TWO, sent_people=3, sent_amount=Money(2_600_000))
        assert not received.ties_out
        assert (received.declared_people, received.declared_amount) == (3, Money(2_600_000))


# -- rejecting


def test_a_rejected_list_becomes_nothing(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, *TWO)
        with pytest.raises(ReasonNeeded):
            reject(session, received.id, reason=" ", by=SYSTEM)
        assert reject(session, received.id, reason="Nhầm tháng", by=SYSTEM).state is ListState.REJECTED
        with pytest.raises(ListIsDecided):
            accept(session, received.id, by=SYSTEM)
        with pytest.raises(ListIsDecided):
            recheck(session, received.id, by=SYSTEM)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 0
        assert session.scalar(select(func.count()).select_from(ListRow)) == 2


# -- versions of a month


def test_a_corrected_list_pays_only_who_was_not_accepted_before(store: Store) -> None:
    with store.write() as session:
        first = receive_list(session, line())
        accept(session, first.id, by=SYSTEM)
        paid = payouts_of(session, first.id)[0].id
        take_step(session, paid, Step.HOLD)
    with store.write() as session:
        second = receive_list(session, *TWO)
        assert (second.good, second.with_errors) == (1, 1)
        accept(session, second.id, reason="Bổ sung", by=make_actor(session, Role.CONTROLLER))
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 2
        assert session.get_one(Payout, paid).state is State.HELD
        doubles = queries.rows(session, second.id, level=RowLevel.ERROR)
        assert [problem.code for problem in doubles[0].problems if problem.is_error] == ["already_paid"]


def test_of_two_versions_read_before_either_was_accepted_nobody_is_paid_twice(store: Store) -> None:
    with store.write() as session:
        first, second = receive_list(session, line()).id, receive_list(session, *TWO).id
        accept(session, first, by=SYSTEM)
    with store.write() as session, pytest.raises(ListIsStale) as refused:
        accept(session, second, by=SYSTEM)
    assert refused.value.facts == {"count": 1}
    with store.write() as session:
        again = recheck(session, second, by=make_actor(session))
        assert (again.rows, again.good, again.with_errors, again.ties_out) == (2, 1, 1, True)
        accept(session, second, reason="Bổ sung", by=make_actor(session, Role.CONTROLLER))
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 2
        kinds = [deed.kind for deed in deeds_about(session, f"list:{second}")]
        assert kinds == [DeedKind.LIST_RECEIVED, DeedKind.LIST_RECHECKED, DeedKind.LIST_ACCEPTED]


def test_checking_again_keeps_what_the_letter_declared(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, *TWO, sent_people=3, sent_amount=Money(1))
        again = recheck(session, received.id, by=SYSTEM)
        assert (again.declared_people, again.declared_amount) == (3, Money(1))
        assert session.scalar(select(func.count()).select_from(ListRow)) == 2


# -- people and accounts


def test_one_person_on_the_lists_of_two_programmes_is_one_person(store: Store) -> None:
    with store.write() as session:
        make_registers(session, Programme.BTXH, Programme.NCC)
        social = receive_list(session, line("Trần Văn Đức", 500_000))
        accept(session, social.id, by=SYSTEM)
        merit = receive_list(
            session, line("TRẦN VĂN ĐỨC ", 2_789_000, benefit="Thương binh", id_number="045036000025"),
            programme=Programme.NCC,
        )  # fmt: skip
        accept(session, merit.id, by=SYSTEM)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1
        assert session.scalar(select(func.count(Payout.person_id.distinct()))) == 1
        assert session.scalar(select(func.count()).select_from(Payout)) == 2


def test_the_same_person_next_month_is_known_again(store: Store) -> None:
    with store.write() as session:
        accept(session, receive_list(session, *TWO).id, by=SYSTEM)
        accept(session, receive_list(session, *TWO, month=SEPTEMBER.next()).id, by=SYSTEM)
        assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_an_account_on_the_list_becomes_a_way_to_pay(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, line(account="0451000123456", bank="BIDV"), line("Trần Văn Đức"))
        accept(session, received.id, by=SYSTEM)
    with store.read() as session:
        ways = session.execute(select(PayWay.channel, PayWay.account_no, PayWay.bank, Person.name).join(Person)).all()
        assert [tuple(way) for way in ways] == [(Way.ACCOUNT, "0451000123456", "BIDV", "Nguyễn Thị Bưởi")]
        assert {payout.channel for payout in payouts_of(session, received.id)} == {Channel.CASH_POINT}


def test_the_rows_find_their_communes(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, line(commune="hai le"), line("Trần Văn Đức", commune="Xã Nào Đó"))
        accept(session, received.id, by=SYSTEM)
    with store.read() as session:
        known, unknown = queries.rows(session, received.id)
        assert (known.commune, unknown.commune, unknown.level) == ("Xã Hải Lệ", "Xã Nào Đó", RowLevel.WARNING)
        assert [payout.commune_id is None for payout in payouts_of(session, received.id)] == [False, True]


# -- looking


def test_lists_are_found_by_agency_office_month_and_number(store: Store) -> None:
    with store.write() as session:
        received = receive_list(session, *TWO)
        agency_id = make_agency(session).id
    with store.read() as session:
        assert [one.id for one in queries.lists(session, agency_ids=[agency_id])] == [received.id]
        assert queries.lists(session, agency_ids=[]) == queries.lists(session, office_ids=[77]) == []
        assert queries.lists(session, month=SEPTEMBER.next()) == []
        shown = queries.lists(session, list_id=received.id)[0]
        assert (shown.usable, shown.agency_code, shown.period_open) == (2, "LDTBXH-TXQT", True)
