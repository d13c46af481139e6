"""The builders of the tests leave true books behind (the fixture ``books`` looks after each of these)."""

from sqlalchemy import func, select

from provider.db import Store
from provider.payouts.lifecycle import Channel, State
from provider.payouts.models import Payout
from provider.staff.models import Staff
from provider.staff.rules import Role
from tests.make import make_opening, make_payee, make_payout, make_person, make_staff, make_way


def test_one_payout_brings_everything_it_stands_on(store: Store) -> None:
    with store.write() as session:
        make_payout(session)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 1


def test_the_same_name_is_the_same_person(store: Store) -> None:
    with store.write() as session:
        assert make_person(session, "Lê Thị Hoa").id == make_person(session, "Lê Thị Hoa").id
        assert make_person(session, "Lê Thị Hoa").id != make_person(session, "Trần Văn Đức").id


def test_a_paid_payout_has_its_payment_in_the_cash_book(store: Store) -> None:
    with store.write() as session:
        for channel, name in zip(Channel, ("Nguyễn Thị Bưởi", "Trần Văn Đức", "Võ Hữu Long"), strict=True):
            make_payout(session, make_person(session, name), state=State.PAID, channel=channel, arrears=20_000)


def test_there_is_somebody_for_every_role(store: Store) -> None:
    with store.write() as session:
        for role in Role:
            make_staff(session, role)
    with store.read() as session:
        assert set(session.scalars(select(Staff.role))) == set(Role)


def test_an_opening_expects_payouts_and_has_a_payer(store: Store) -> None:
    with store.write() as session:
        person = make_person(session)
        make_way(session, person)
        make_payee(session, person)
        make_opening(session, staff=make_staff(session, Role.POINT_STAFF), payouts=(make_payout(session, person),))
