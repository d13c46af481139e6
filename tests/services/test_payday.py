"""Handing out, missing and undoing: every promise of the card, every refusal, both books."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider.agreements.rules import Programme
from provider.audit.actor import Actor
from provider.audit.once import KeyMissing, KeyUsedForSomethingElse, once
from provider.audit.queries import deeds_about
from provider.clock import Month, Stopped
from provider.db import Store
from provider.errors import Missing
from provider.ledger import accounts
from provider.ledger.models import Entry, EntryKind
from provider.ledger.queries import balance
from provider.money import Money
from provider.payday import queries, receipts, service, tills
from provider.payday.models import Handout, HandoutLine
from provider.payday.refusals import (
    AlreadyPaid,
    CardIsStale,
    ExpectedElsewhere,
    NothingToPay,
    PersonHasDied,
    RepresentativeExpired,
    RepresentativeUnknown,
    TillIsClosed,
    TillNotYours,
    TillTooLow,
)
from provider.payday.service import UnknownReason, hand_out, miss
from provider.payday.till import close_till
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout
from provider.payouts.service import cut_off, hold, lock_period
from provider.points.rules import OpeningState
from provider.recipients.rules import PayeeKind
from provider.staff.rules import Role
from tests.make import (
    actor,
    make_actor,
    make_commune,
    make_opening,
    make_payee,
    make_payout,
    make_period,
    make_person,
    make_point,
    make_staff,
)
from tests.make.payday import Payday, make_payday, pay


def card_of(session: Session, day: Payday, person_id: int) -> queries.PersonCard:
    """The card as the payer of the day sees it."""
    till = tills.till(session, day.till.id)
    assert till is not None
    found = queries.card(session, person_id, till=till)
    assert found is not None
    return found


def states(session: Session, *payouts: Payout) -> list[State]:
    return list(session.scalars(select(Payout.state).where(Payout.id.in_([one.id for one in payouts]))))


def test_all_allowances_of_a_person_are_paid_together_in_both_books(store: Store) -> None:
    with store.write() as session:
        btxh = make_payout(session, amount=540_000, arrears=60_000)
        ncc = make_payout(session, amount=2_055_000, period=make_period(session, Programme.NCC))
        day = make_payday(session, btxh, ncc)
        assert card_of(session, day, btxh.person_id).payout_ids == [btxh.id, ncc.id]
        given = pay(session, day, btxh, ncc)
        assert given.amount == Money(2_655_000)
        assert given.number.startswith("BN2409-")
        assert states(session, btxh, ncc) == [State.PAID, State.PAID]
        entries = session.scalars(select(Entry).where(Entry.kind == EntryKind.PAYMENT)).all()
        assert [(one.payout_id, one.from_account, one.to_account, one.document) for one in entries] == [
            (btxh.id, f"till:{day.till.id}", accounts.CASH, given.number),
            (ncc.id, f"till:{day.till.id}", accounts.CASH, given.number),
        ]
        lines = session.scalars(select(HandoutLine.entry_id)).all()
        assert sorted(lines) == sorted(one.id for one in entries)
        assert balance(session, accounts.till(day.till.id)) == Money(10_000_000 - 2_655_000)
        for payout in (btxh, ncc):
            (deed,) = deeds_about(session, f"payout:{payout.id}")
            assert deed.facts["number"] == given.number
            assert deed.staff_name == "Bùi Văn Điểm"


def test_paying_one_of_two_is_refused_because_the_card_showed_both(store: Store) -> None:
    with store.write() as session:
        one, two = make_payout(session), make_payout(session, period=make_period(session, Programme.NCC))
        day = make_payday(session, one, two)
        with pytest.raises(CardIsStale):
            pay(session, day, one)


@pytest.mark.parametrize(("ids", "total"), [([], 500_000), ([0], 400_000), ([0, 999], 500_000)])
def test_a_card_that_shows_something_else_is_refused(store: Store, ids: list[int], total: int) -> None:
    with store.write() as session:
        payout = make_payout(session)
        day = make_payday(session, payout)
        shown = [payout.id if number == 0 else number for number in ids]
        with pytest.raises(CardIsStale):
            hand_out(
                session,
                till_id=day.till.id,
                person_id=payout.person_id,
                payout_ids=shown,
                total=Money(total),
                by=day.payer,
            )


def test_a_second_hand_out_says_who_paid_when_and_against_which_receipt(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        payout = make_payout(session, amount=540_000)
        day = make_payday(session, payout)
        given = pay(session, day, payout)
    clock.forward(minutes=42)
    with store.write() as session:
        with pytest.raises(AlreadyPaid) as refused:
            pay(session, day, payout)
        assert refused.value.text() == (
            f"Bùi Văn Điểm đã chi 540.000 đ lúc 10:00 05/09/2024, biên nhận {given.number}. Không chi lần nữa."
        )
        card = card_of(session, day, payout.person_id)
        assert card.kind == "paid"
        assert card.last is not None
        assert (card.last.number, card.last.staff_name) == (given.number, "Bùi Văn Điểm")


def test_a_payment_of_last_month_does_not_hide_that_this_month_is_held(store: Store) -> None:
    with store.write() as session:
        august = make_payout(session, period=make_period(session, month=Month(2024, 8)))
        day = make_payday(session, august)
        pay(session, day, august)
        september = make_payout(session)
        hold(session, september.id, reason="Chờ xác minh", by=make_actor(session))
        with pytest.raises(NothingToPay, match="đang tạm giữ"):
            pay(session, day, september)
        card = card_of(session, day, september.person_id)
        assert (card.kind, card.why_not) == ("refused", "đang tạm giữ")


def test_what_is_held_is_left_out_and_the_rest_is_paid(store: Store) -> None:
    with store.write() as session:
        held, due = make_payout(session), make_payout(session, period=make_period(session, Programme.NCC))
        hold(session, held.id, reason="Chờ xác minh", by=make_actor(session))
        day = make_payday(session, held, due)
        card = card_of(session, day, due.person_id)
        assert (card.kind, card.payout_ids, card.remarks) == ("pay", [due.id], ("held",))
        pay(session, day, due)
        assert states(session, held, due) == [State.HELD, State.PAID]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"channel": Channel.ACCOUNT}, "nhận qua tài khoản"),
        ({"channel": Channel.ACCOUNT, "state": State.SENT}, "nhận qua tài khoản"),
        ({"channel": Channel.ACCOUNT, "state": State.PAID}, "đã nhận qua tài khoản"),
        ({"state": State.HELD}, "đang tạm giữ"),
        ({"state": State.PAID}, "đã chi"),
        ({"state": State.RETURNED, "funded": False}, "đã hoàn trả cơ quan"),
    ],
)
def test_nothing_to_pay_says_why(store: Store, more: dict[str, Any], why: str) -> None:
    with store.write() as session:
        payout = make_payout(session, **more)
        day = make_payday(session, payout)
        with pytest.raises(NothingToPay) as refused:
            pay(session, day, payout)
        assert refused.value.facts["why"] == why
        with pytest.raises(NothingToPay):
            miss(session, person_id=payout.person_id, till_id=day.till.id, reason="absent", by=day.payer)


@pytest.mark.parametrize("close", [cut_off, lock_period])
def test_a_closed_month_is_not_paid(store: Store, close: Any) -> None:
    with store.write() as session:
        payout = make_payout(session, state=State.HELD) if close is cut_off else make_payout(session, state=State.PAID)
        due = make_payout(session, make_person(session, "Trần Văn Đức"), period=make_period(session, Programme.NCC))
        day = make_payday(session, payout, due)
        close(session, make_period(session), by=make_actor(session))
        with pytest.raises(NothingToPay) as refused:
            pay(session, day, payout)
        assert refused.value.facts["why"] == "kỳ chi trả đã khóa"


def test_somebody_without_any_payout_has_no_card(store: Store) -> None:
    with store.write() as session:
        stranger = make_person(session, "Võ Hữu Long")
        day = make_payday(session, make_payout(session))
        with pytest.raises(NothingToPay, match="không có trong danh sách"):
            hand_out(session, till_id=day.till.id, person_id=stranger.id, payout_ids=[], total=Money(0), by=day.payer)
        till = tills.till(session, day.till.id)
        assert till is not None
        assert queries.card(session, stranger.id, till=till) is None
        with pytest.raises(Missing):
            hand_out(session, till_id=day.till.id, person_id=999, payout_ids=[], total=Money(0), by=day.payer)


# -- who collects ------------------------------------------------------------------------------------------------------


def by_somebody(session: Session, day: Payday, payout: Payout, payee_id: int, kind: PayeeKind) -> Handout:
    return hand_out(
        session,
        till_id=day.till.id,
        person_id=payout.person_id,
        payout_ids=[payout.id],
        total=payout.amount,
        collector=kind,
        payee_id=payee_id,
        by=day.payer,
    )


def test_a_registered_representative_collects_and_stands_on_the_receipt(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        payee = make_payee(session, make_person(session))
        day = make_payday(session, payout)
        given = by_somebody(session, day, payout, payee.id, PayeeKind.PROXY)
        shown = receipts.handout(session, given.id)
        assert shown is not None
        assert (shown.collector, shown.collector_name, shown.collector_relation) == (
            PayeeKind.PROXY,
            "Trần Văn Nam",
            "con",
        )
        assert shown.collector_id_masked.endswith("066")


def test_a_representative_whose_time_is_over_is_refused_with_the_day(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        payee = make_payee(session, make_person(session), valid_to=dt.date(2024, 9, 4))
        day = make_payday(session, payout)
        with pytest.raises(RepresentativeExpired, match="Trần Văn Nam đã hết hạn ngày 04/09/2024"):
            by_somebody(session, day, payout, payee.id, PayeeKind.PROXY)
        (shown,) = card_of(session, day, payout.person_id).payees
        assert shown.standing.value == "over"


def test_a_representative_on_the_last_day_may_still_collect(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        payee = make_payee(session, make_person(session), valid_to=dt.date(2024, 9, 5))
        by_somebody(session, make_payday(session, payout), payout, payee.id, PayeeKind.PROXY)


def test_somebody_unknown_or_of_somebody_else_or_in_another_capacity_is_refused(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        payee = make_payee(session, make_person(session))
        of_another = make_payee(session, make_person(session, "Lê Thị Hoa"), "Lê Văn Ba")
        day = make_payday(session, payout)
        for payee_id, kind in (
            (None, PayeeKind.PROXY),
            (999, PayeeKind.PROXY),
            (of_another.id, PayeeKind.PROXY),
            (payee.id, PayeeKind.GUARDIAN),
        ):
            with pytest.raises(RepresentativeUnknown):
                by_somebody(session, day, payout, payee_id, kind)  # type: ignore[arg-type]


def test_nobody_collects_as_a_person_who_died(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        person.deceased_on = dt.date(2024, 8, 30)
        payout, payee = make_payout(session, person), make_payee(session, person)
        day = make_payday(session, payout)
        with pytest.raises(PersonHasDied, match="30/08/2024"):
            pay(session, day, payout)
        assert "died" in [code for code, _facts in card_of(session, day, person.id).checks]
        by_somebody(session, day, payout, payee.id, PayeeKind.PROXY)


# -- the till and the place --------------------------------------------------------------------------------------------


def test_a_till_that_holds_too_little_pays_nobody(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session, amount=540_000)
        day = make_payday(session, payout, cash=500_000)
        with pytest.raises(TillTooLow, match=r"Quỹ còn 500\.000 đ, không đủ để chi 540\.000 đ"):
            pay(session, day, payout)
        assert states(session, payout) == [State.DUE]


def test_a_till_of_somebody_else_or_a_closed_one_pays_nobody(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        day = make_payday(session, payout)
        colleague = make_actor(session, Role.POINT_STAFF, login="diem2", name="Cao Thị Hai")
        values = {
            "till_id": day.till.id,
            "person_id": payout.person_id,
            "payout_ids": [payout.id],
            "total": payout.amount,
        }
        with pytest.raises(TillNotYours):
            hand_out(session, **values, by=colleague)  # type: ignore[arg-type]
        with pytest.raises(TillNotYours):
            miss(session, person_id=payout.person_id, till_id=day.till.id, reason="absent", by=colleague)
        with pytest.raises(Missing):
            hand_out(session, **{**values, "till_id": 999}, by=day.payer)  # type: ignore[arg-type]
        close_till(session, day.till.id, counted=Money(10_000_000), by=day.payer)
        with pytest.raises(TillIsClosed):
            hand_out(session, **values, by=day.payer)  # type: ignore[arg-type]


def test_who_is_expected_at_another_opening_is_sent_there_until_that_one_is_over(store: Store) -> None:
    with store.write() as session:
        here, there = make_payout(session), make_payout(session, make_person(session, "Trần Văn Đức"))
        day = make_payday(session, here)
        other = make_opening(session, make_point(session, make_commune(session, "Phường 2")), payouts=(there,))
        with pytest.raises(ExpectedElsewhere, match="Nhà văn hóa Phường 2, ngày 05/09/2024"):
            pay(session, day, there)
        with pytest.raises(ExpectedElsewhere):
            miss(session, person_id=there.person_id, till_id=day.till.id, reason="absent", by=day.payer)
        card = card_of(session, day, there.person_id)
        assert (card.kind, card.elsewhere) == ("refused", "Nhà văn hóa Phường 2, ngày 05/09/2024")
        other.state = OpeningState.CLOSED
        session.flush()
        pay(session, day, there)


def test_who_has_one_payout_here_gets_the_others_here_too(store: Store) -> None:
    with store.write() as session:
        here = make_payout(session)
        there = make_payout(session, period=make_period(session, Programme.NCC))
        day = make_payday(session, here)
        make_opening(session, make_point(session, make_commune(session, "Phường 2")), payouts=(there,))
        pay(session, day, here, there)


def test_the_counter_pays_whoever_comes(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        make_opening(session, payouts=(payout,))
        pay(session, make_payday(session, at_counter=True), payout)


def test_a_payout_meant_for_home_that_is_paid_at_the_point_changes_its_channel(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session, channel=Channel.HOME)
        day = make_payday(session, at_counter=True)
        pay(session, day, payout)
        assert session.scalar(select(Payout.channel)) is Channel.CASH_POINT


# -- not paid ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", service.MISS_REASONS)
def test_not_paid_with_its_reason_and_what_follows_from_it(store: Store, reason: str) -> None:
    with store.write() as session:
        one, two = make_payout(session), make_payout(session, period=make_period(session, Programme.NCC))
        day = make_payday(session, one, two)
        count = miss(session, person_id=one.person_id, till_id=day.till.id, reason=reason, by=day.payer)
        holds = reason in ("dead", "moved", "in_prison")
        assert count == 2
        assert states(session, one, two) == [State.HELD if holds else State.MISSED] * 2
        assert set(session.scalars(select(Payout.missed_reason))) == {reason}
        *_held, deed = deeds_about(session, f"payout:{two.id}")
        assert (deed.facts["reason"], deed.facts["held"]) == (reason, holds)
        if holds:
            with pytest.raises(NothingToPay):
                pay(session, day, one, two)
        else:
            assert card_of(session, day, one.person_id).remarks == ("missed_before",)
            pay(session, day, one, two)


def test_a_reason_that_is_not_on_the_list_is_refused_and_so_is_missing_somebody_paid(store: Store) -> None:
    with store.write() as session:
        payout = make_payout(session)
        day = make_payday(session, payout)
        with pytest.raises(UnknownReason):
            miss(session, person_id=payout.person_id, till_id=day.till.id, reason="lazy", by=day.payer)
        pay(session, day, payout)
        with pytest.raises(AlreadyPaid):
            miss(session, person_id=payout.person_id, till_id=day.till.id, reason="absent", by=day.payer)


# -- once --------------------------------------------------------------------------------------------------------------


def test_the_same_key_has_the_same_receipt_for_ever_and_other_content_is_refused(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        payout = make_payout(session)
        day = make_payday(session, payout)

    def send(key: str, by: Actor = day.payer, **content: Any) -> int:
        with store.write() as session:
            first = once(session, key, by=by, purpose="payday.hand_out", **content)
            if first.is_new:
                first.keep(handout=pay(session, day, payout).id)
            return int((first.answer or {})["handout"])

    asked = {"till": day.till.id, "payouts": [payout.id], "total": 500_000}
    number = send("k1", **asked)
    clock.forward(days=400)
    assert send("k1", **asked) == number
    with pytest.raises(KeyUsedForSomethingElse):
        send("k1", **{**asked, "total": 600_000})
    with pytest.raises(KeyUsedForSomethingElse):
        send("k1", by=day.cashier, **asked)
    with pytest.raises(KeyMissing):
        send("", **asked)
    with pytest.raises(AlreadyPaid):
        send("k2", **asked)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Handout)) == 1


def test_a_refused_attempt_is_kept_with_its_reason(store: Store) -> None:
    with store.write() as session:
        payer = make_staff(session, Role.POINT_STAFF)
        service.note_refusal(
            session, person_id=7, till_id=3, code="already_paid", reason="Đã chi rồi.", by=actor(payer)
        )
        (deed,) = deeds_about(session, "person:7")
        assert (deed.within, deed.facts) == ("till:3", {"code": "already_paid", "reason": "Đã chi rồi."})
