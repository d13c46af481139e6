"""Báo giảm: reported from the till or the desk, held meanwhile, sent as a list, answered by somebody else."""

import datetime as dt
import io

import openpyxl
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from provider.agreements.rules import Programme
from provider.audit.actor import SYSTEM
from provider.audit.deeds import DeedKind
from provider.audit.queries import deeds_about
from provider.db import Store
from provider.errors import Missing
from provider.lists import queries
from provider.lists.decrease import Answer, DecreaseKind, ReportState
from provider.lists.models import MovementReport, ReportedPayout
from provider.lists.refusals import AnswerNeedsAnother, NoReportToSend, NothingToReport, ReportIsAnswered
from provider.lists.report_queries import letter_of, office_paying, reports
from provider.lists.reports import mark_answered, report_decrease, send_reports, to_give_back
from provider.lists.service import accept
from provider.lists.worksheets import decrease_list
from provider.money import Money
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout
from provider.payouts.service import ReasonNeeded
from provider.settlement.closing import close_month
from provider.staff.rules import Role, Scope
from tests.make import (
    SEPTEMBER,
    make_actor,
    make_agency,
    make_office,
    make_payout,
    make_period,
    make_person,
)
from tests.make.lists import line, receive_list

EVERYTHING = Scope.everything()


def reported(session: Session, payout: Payout, kind: DecreaseKind = DecreaseKind.DEATH) -> MovementReport:
    """One report of the accountant's about the person of a payout."""
    (report,) = report_decrease(
        session, person_id=payout.person_id, kind=kind, office_id=make_office(session).id, by=make_actor(session)
    )
    return report


def state_of(session: Session, payout: Payout) -> State:
    session.refresh(payout)
    return payout.state


def test_a_report_holds_everything_payable_and_leaves_what_is_paid(store: Store) -> None:
    with store.write() as session:
        due, account = make_payout(session), make_payout(session, channel=Channel.ACCOUNT)
        paid, neighbour = (
            make_payout(session, state=State.PAID),
            make_payout(session, make_person(session, "Lê Thị Hoa")),
        )
        report = reported(session, due)
        assert [state_of(session, one) for one in (due, account)] == [State.HELD, State.HELD]
        assert [state_of(session, one) for one in (paid, neighbour)] == [State.PAID, State.DUE]
        assert report.state is ReportState.REPORTED
        (row,) = reports(session, EVERYTHING)
        assert (row.name, row.held, row.held_count) == ("Nguyễn Thị Bưởi", Money(1_000_000), 2)
        assert [deed.kind for deed in deeds_about(session, f"report:{report.id}")] == [DeedKind.DECREASE_REPORTED]
        assert deeds_about(session, f"payout:{due.id}")[-1].facts["reason"] == "Báo giảm: đã mất"


def test_each_agency_that_pays_is_told_by_itself(store: Store) -> None:
    with store.write() as session:
        other = make_agency(session, "SOLDTBXH", "Sở Lao động - Thương binh và Xã hội tỉnh Quảng Trị")
        here = make_payout(session)
        there = make_payout(session, period=make_period(session, Programme.NCC, agency=other))
        found = report_decrease(
            session,
            person_id=here.person_id,
            kind=DecreaseKind.MOVE,
            office_id=make_office(session).id,
            by=make_actor(session),
        )
        assert {one.agency_id for one in found} == {make_agency(session).id, other.id}
        assert state_of(session, there) is State.HELD


def test_reporting_again_adds_to_the_open_report(store: Store) -> None:
    with store.write() as session:
        first = reported(session, make_payout(session))
        later = make_payout(session, period=make_period(session, month=SEPTEMBER.next()))
        assert reported(session, later).id == first.id
        assert state_of(session, later) is State.HELD
    with pytest.raises(IntegrityError), store.write() as session:
        session.add(
            MovementReport(
                person_id=first.person_id,
                agency_id=first.agency_id,
                office_id=first.office_id,
                kind=DecreaseKind.MOVE,
                reported_at=first.reported_at,
            )
        )


def test_somebody_already_paid_can_be_reported_for_next_month(store: Store) -> None:
    with store.write() as session:
        paid = make_payout(session, state=State.PAID)
        assert reported(session, paid).agency_id == make_agency(session).id
        assert state_of(session, paid) is State.PAID


def test_who_is_never_paid_here_cannot_be_reported(store: Store) -> None:
    with store.write() as session, pytest.raises(NothingToReport):
        report_decrease(
            session, person_id=make_person(session).id, kind=DecreaseKind.DEATH, office_id=make_office(session).id,
            by=SYSTEM,
        )  # fmt: skip
    with store.write() as session, pytest.raises(Missing):
        report_decrease(session, person_id=999, kind=DecreaseKind.DEATH, office_id=1, by=SYSTEM)


def test_another_reason_needs_words(store: Store) -> None:
    with store.write() as session, pytest.raises(ReasonNeeded):
        reported(session, make_payout(session), DecreaseKind.OTHER)


def test_the_list_has_a_number_and_everybody_on_it(store: Store) -> None:
    with store.write() as session:
        report = reported(session, make_payout(session))
        letter = send_reports(session, [report.id], by=make_actor(session))
        assert (letter.number, report.state) == ("01/2024/DSBG", ReportState.SENT)
        with pytest.raises(NoReportToSend):
            send_reports(session, [report.id], by=SYSTEM)
        shown = letter_of(session, EVERYTHING, letter.id)
        assert shown is not None
        assert letter_of(session, Scope(), letter.id) is None
        content = decrease_list(shown, reports(session, EVERYTHING, letter_id=letter.id))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    words = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"DANH SÁCH ĐỀ NGHỊ GIẢM", "Nguyễn Thị Bưởi", "045141000017", "Đã mất", "500000"} <= words
    assert "Số: 01/2024/DSBG" in words


def test_reports_of_two_agencies_are_two_lists(store: Store) -> None:
    with store.write() as session:
        other = make_agency(session, "SOLDTBXH", "Sở Lao động - Thương binh và Xã hội tỉnh Quảng Trị")
        one = reported(session, make_payout(session))
        neighbour = make_payout(session, make_person(session, "Lê Thị Hoa"), period=make_period(session, agency=other))
        with pytest.raises(NoReportToSend):
            send_reports(session, [one.id, reported(session, neighbour).id], by=SYSTEM)


@pytest.mark.parametrize("answer", [Answer.KEEP, Answer.STOP_AFTER])
def test_pay_on_releases_what_was_held(store: Store, answer: Answer) -> None:
    with store.write() as session:
        payout = make_payout(session)
        report = reported(session, payout)
        mark_answered(session, report.id, answer=answer, words="CV 12", by=make_actor(session, Role.AGENCY_OFFICER))
        assert state_of(session, payout) is State.DUE
        assert report.state is ReportState.ANSWERED
        assert deeds_about(session, f"report:{report.id}")[-1].facts["released"] == 1


def test_stop_keeps_it_held_and_the_closing_gives_it_back(store: Store) -> None:
    with store.write() as session:
        payout, neighbour = make_payout(session), make_payout(session, make_person(session, "Lê Thị Hoa"))
        report = reported(session, payout)
        mark_answered(session, report.id, answer=Answer.STOP, by=make_actor(session, Role.AGENCY_OFFICER))
        assert state_of(session, payout) is State.HELD
        assert to_give_back(session, [payout.period_id]) == {payout.id}
        close_month(session, make_agency(session).id, SEPTEMBER, by=SYSTEM)
        assert state_of(session, payout) is State.RETURNED
        assert state_of(session, neighbour) is State.CARRIED


def test_an_unanswered_report_still_holds_next_month(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        report = reported(session, payout)
        close_month(session, make_agency(session).id, SEPTEMBER, by=SYSTEM)
        carried = session.query(Payout).filter_by(carried_from_id=payout.id).one()
        assert carried.state is State.HELD
        mark_answered(session, report.id, answer=Answer.KEEP, by=make_actor(session, Role.AGENCY_OFFICER))
        assert state_of(session, carried) is State.DUE


def test_next_month_s_list_is_warned_and_its_payout_held(store: Store) -> None:
    with store.write() as session:
        accept(session, receive_list(session, line()).id, by=SYSTEM)
        payout = session.query(Payout).one()
        report_decrease(
            session,
            person_id=payout.person_id,
            kind=DecreaseKind.DEATH,
            office_id=make_office(session).id,
            happened_on=dt.date(2024, 9, 2),
            by=make_actor(session),
        )
        october = receive_list(session, line(), line("Trần Văn Đức"), month=SEPTEMBER.next())
        (told, quiet) = queries.rows(session, october.id)
        assert [problem.code for problem in told.problems] == ["reported_dead"]
        assert "02/09/2024" in told.problems[0].text()
        assert not quiet.problems
        accept(session, october.id, by=make_actor(session, Role.CONTROLLER))
        states = {one.person_id: one.state for one in session.query(Payout).filter_by(period_id=october.period_id)}
        assert sorted(states.values()) == [State.DUE, State.HELD]
        assert states[payout.person_id] is State.HELD
        assert session.query(ReportedPayout).count() == 2


def test_whoever_reported_does_not_answer(store: Store) -> None:
    with store.write() as session:
        report = reported(session, make_payout(session))
        with pytest.raises(AnswerNeedsAnother):
            mark_answered(session, report.id, answer=Answer.STOP, by=make_actor(session))
        officer = make_actor(session, Role.AGENCY_OFFICER)
        mark_answered(session, report.id, answer=Answer.STOP, by=officer)
        with pytest.raises(ReportIsAnswered):
            mark_answered(session, report.id, answer=Answer.KEEP, by=officer)
        with pytest.raises(Missing):
            mark_answered(session, 999, answer=Answer.KEEP, by=officer)


@pytest.mark.parametrize(
    "change",
    [
        "answered_by_id = reported_by_id",
        "answer = NULL",
        "answered_at = NULL",
        "state = 'sent', answer = NULL, answered_at = NULL",
        "kind = 'other', remark = ''",
    ],
)
def test_the_database_keeps_the_rules_of_a_report(store: Store, change: str) -> None:
    with store.write() as session:
        report = reported(session, make_payout(session))
        mark_answered(session, report.id, answer=Answer.STOP, by=make_actor(session, Role.AGENCY_OFFICER))
    with pytest.raises(IntegrityError), store.write() as session:
        session.execute(text(f"UPDATE movement_report SET {change}"))


def test_only_an_office_within_reach_is_found(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        office = make_office(session)
        assert office_paying(session, Scope(frozenset({office.id}), None, None), payout.person_id) == office.id
        assert office_paying(session, Scope(frozenset({office.id + 1}), None, None), payout.person_id) is None
