"""Appointments, roles by two people, how far somebody reaches, the staff list."""

import datetime as dt

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from provider import clock as house_clock
from provider.clock import Stopped
from provider.db import Store
from provider.errors import ChangedMeanwhile
from provider.staff import passwords, queries, service, sessions
from provider.staff.entrance import SignIn
from provider.staff.models import RoleChange, Staff, StaffPoint
from provider.staff.passwords import Cost
from provider.staff.refusals import (
    AlreadyAppointed,
    LoginTaken,
    NotOneself,
    PlaceNeeded,
    RoleChangeLapsed,
    SameRole,
    SlowDown,
    UnusableLogin,
    WrongActivation,
)
from provider.staff.rules import Role, Scope, SecondPersonNeeded
from provider.staff.sessions import Door
from tests.make import actor, make_actor, make_agency, make_contract, make_office, make_point, make_staff

PASSWORD = "lúa chín vàng bên triền đê"
KEY = b"a key of the staff room for test"
STRANGER = Door(ip="203.0.113.9", user_agent="curl")


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", Cost(memory=8, passes=1, lanes=1))


# -- appointing


def test_somebody_appointed_chooses_a_password_with_a_code_that_works_once(store: Store) -> None:
    with store.write() as session:
        by = make_actor(session, Role.ADMINISTRATOR)
        made = service.appoint(
            session, login="Vo.Long", name="Võ  Hữu Long", role=Role.CASHIER, office_id=make_office(session).id, by=by
        )
        assert (made.staff.login, made.staff.name) == ("vo.long", "Võ Hữu Long")
        assert made.code not in made.staff.activation_code_hash
        assert isinstance(service.activate(session, "vo.long", "WRONG", PASSWORD), WrongActivation)
        assert isinstance(service.activate(session, "vo.long", made.code.lower(), PASSWORD, key=KEY), SignIn)
        assert isinstance(service.activate(session, "vo.long", made.code, PASSWORD), WrongActivation)
        assert isinstance(service.sign_in(session, "vo.long", PASSWORD, key=KEY), SignIn)


def test_an_activation_code_is_good_for_three_days(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        code = service.first_administrator(session, login="quantri", name="Đặng Quốc Trị")
        clock.forward(hours=72)
        assert isinstance(service.activate(session, "quantri", code, PASSWORD), WrongActivation)


def test_activation_codes_cannot_be_guessed_one_after_the_other(store: Store) -> None:
    with store.write() as session:
        service.first_administrator(session, login="quantri", name="Đặng Quốc Trị")
        answers = [service.activate(session, "quantri", f"ABCD{n}", PASSWORD, door=STRANGER) for n in range(7)]
        assert [type(answer) for answer in answers] == [WrongActivation] * 5 + [SlowDown] * 2


def test_there_is_one_first_administrator(store: Store) -> None:
    with store.write() as session:
        service.first_administrator(session, login="quantri", name="Đặng Quốc Trị")
        with pytest.raises(AlreadyAppointed):
            service.first_administrator(session, login="quantri2", name="Đặng Quốc Trị")


@pytest.mark.parametrize("login", ["", "ab", "có dấu", "a b c", ".an", "x" * 41, "an@buudien"])
def test_a_login_is_short_and_plain(store: Store, login: str) -> None:
    with store.write() as session, pytest.raises(UnusableLogin):
        service.first_administrator(session, login=login, name="An")


def test_a_login_belongs_to_one_person(store: Store) -> None:
    with store.write() as session:
        by, office = make_actor(session, Role.ADMINISTRATOR), make_office(session)
        with pytest.raises(LoginTaken):
            service.appoint(session, login="QUANTRI", name="An", role=Role.CASHIER, office_id=office.id, by=by)


def test_every_role_belongs_where_it_works(store: Store) -> None:
    with store.write() as session:
        by, agency = make_actor(session, Role.ADMINISTRATOR), make_agency(session)
        with pytest.raises(PlaceNeeded):
            service.appoint(session, login="thu.quy", name="An", role=Role.CASHIER, agency_id=agency.id, by=by)
        with pytest.raises(PlaceNeeded):
            service.appoint(
                session, login="can.bo", name="An", role=Role.AGENCY_OFFICER, office_id=make_office(session).id, by=by
            )
        service.appoint(session, login="lanh.dao", name="An", role=Role.PROVINCIAL_MANAGER, by=by)


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.AGENCY_OFFICER, Role.POINT_STAFF])
def test_the_database_refuses_somebody_who_belongs_nowhere(store: Store, role: Role) -> None:
    with pytest.raises(IntegrityError, match="belongs_somewhere"), store.write() as session:
        session.add(Staff(login="an", name="An", role=role, created_at=house_clock.now()))


def test_nobody_does_it_to_themselves(store: Store) -> None:
    with store.write() as session:
        by = make_actor(session, Role.ADMINISTRATOR)
        own = by.staff_id or 0
        for deed in (
            lambda: service.suspend(session, own, by=by),
            lambda: service.reinstate(session, own, by=by),
            lambda: service.renew_activation(session, own, by=by),
            lambda: service.propose_role(session, own, Role.PROVINCIAL_MANAGER, by=by),
        ):
            with pytest.raises(NotOneself):
                deed()


# -- another role, by two people


def _proposed(session: Session, role: Role = Role.CONTROLLER) -> RoleChange:
    by, staff = make_actor(session, Role.ADMINISTRATOR), make_staff(session, Role.ACCOUNTANT)
    return service.propose_role(session, staff.id, role, office_id=staff.office_id, reason="luân chuyển", by=by)


def _second_administrator(session: Session) -> Staff:
    return make_staff(session, Role.ADMINISTRATOR, login="quantri2", name="Hoàng Thị Hai")


def test_a_role_changes_when_a_second_administrator_confirms(store: Store) -> None:
    with store.write() as session:
        change = _proposed(session)
        staff = session.get_one(Staff, change.staff_id)
        _row, token = sessions.begin(session, staff)
        assert staff.role is Role.ACCOUNTANT
        service.confirm_role(session, change.id, by=actor(_second_administrator(session)))
        assert staff.role is Role.CONTROLLER
        assert sessions.whose(session, token) is None
        assert queries.waiting_change(session, staff.id) is None


def test_who_proposed_a_role_cannot_confirm_it(store: Store) -> None:
    with store.write() as session:
        change = _proposed(session)
        with pytest.raises(SecondPersonNeeded):
            service.confirm_role(session, change.id, by=make_actor(session, Role.ADMINISTRATOR))


def test_the_database_refuses_one_person_for_both(store: Store) -> None:
    with store.write() as session:
        number = _proposed(session).id
    by_proposer = update(RoleChange).where(RoleChange.id == number).values(confirmed_by=RoleChange.proposed_by)
    with pytest.raises(IntegrityError, match="two_people"), store.write() as session:
        session.execute(by_proposer)


def test_the_database_refuses_somebody_promoting_themselves(store: Store) -> None:
    with store.write() as session:
        number = _proposed(session).id
    by_oneself = update(RoleChange).where(RoleChange.id == number).values(confirmed_by=RoleChange.staff_id)
    with pytest.raises(IntegrityError, match="never_one_s_own"), store.write() as session:
        session.execute(by_oneself)


def test_nobody_confirms_their_own_new_role(store: Store) -> None:
    with store.write() as session:
        first = make_actor(session, Role.ADMINISTRATOR)
        second = _second_administrator(session)
        change = service.propose_role(session, second.id, Role.PROVINCIAL_MANAGER, by=first)
        with pytest.raises(NotOneself):
            service.confirm_role(session, change.id, by=actor(second))


def test_a_proposal_lapses_after_a_day_and_is_decided_once(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        second = actor(_second_administrator(session))
        change = _proposed(session)
        service.decline_role(session, change.id, by=second)
        with pytest.raises(RoleChangeLapsed):
            service.confirm_role(session, change.id, by=second)
        late = _proposed(session)
        clock.forward(hours=24)
        assert queries.waiting_change(session, late.staff_id) is None
        with pytest.raises(RoleChangeLapsed):
            service.confirm_role(session, late.id, by=second)


def test_a_later_proposal_takes_the_place_of_the_earlier(store: Store) -> None:
    with store.write() as session:
        first, second = _proposed(session), _proposed(session, Role.CASHIER)
        waiting = queries.waiting_change(session, second.staff_id)
        assert waiting is not None
        assert waiting.to_role is Role.CASHIER
        with pytest.raises(RoleChangeLapsed):
            service.confirm_role(session, first.id, by=actor(_second_administrator(session)))


def test_a_proposal_about_a_role_that_changed_meanwhile_is_refused(store: Store) -> None:
    with store.write() as session:
        change = _proposed(session)
        session.get_one(Staff, change.staff_id).role = Role.CASHIER
        with pytest.raises(ChangedMeanwhile):
            service.confirm_role(session, change.id, by=actor(_second_administrator(session)))


def test_a_change_that_changes_nothing_is_refused(store: Store) -> None:
    with store.write() as session, pytest.raises(SameRole):
        _proposed(session, Role.ACCOUNTANT)


def test_who_pays_no_more_has_no_points_any_more(store: Store) -> None:
    with store.write() as session:
        by, staff, point = (
            make_actor(session, Role.ADMINISTRATOR),
            make_staff(session, Role.POINT_STAFF),
            make_point(session),
        )
        service.assign_points(session, staff.id, [point.id], by=by)
        assert queries.scope_of(session, staff.id).point_ids == {point.id}
        change = service.propose_role(session, staff.id, Role.CASHIER, office_id=staff.office_id, reason="x", by=by)
        service.confirm_role(session, change.id, by=actor(_second_administrator(session)))
        assert session.scalars(select(StaffPoint)).all() == []


# -- how far somebody reaches


def test_an_office_reaches_itself_what_lies_below_and_the_agencies_it_pays_for(store: Store) -> None:
    with store.write() as session:
        area, elsewhere = make_office(session), make_office(session, "HLG", "Bưu điện huyện Hải Lăng")
        contract = make_contract(session)
        other = make_agency(session, "LDTBXH-HLG", "Phòng LĐ-TB&XH huyện Hải Lăng")
        make_contract(session, agency=other, office=elsewhere)
        own = queries.scope_of(session, make_staff(session, Role.ACCOUNTANT).id)
        assert own.office_ids == {area.id}
        assert own.agency_ids == {contract.agency_id}
        province = make_staff(session, Role.CONTROLLER, login="tinh", office=session.get(type(area), area.parent_id))
        above = queries.scope_of(session, province.id)
        assert above.office_ids == {area.parent_id, area.id, elsewhere.id}
        assert above.agency_ids == {contract.agency_id, other.id}


def test_an_agency_reaches_its_own_lists_and_no_point(store: Store) -> None:
    with store.write() as session:
        contract = make_contract(session)
        neighbour = make_agency(session, "LDTBXH-HLG", "Phòng LĐ-TB&XH huyện Hải Lăng")
        make_contract(session, agency=neighbour)
        scope = queries.scope_of(session, make_staff(session, Role.AGENCY_OFFICER).id)
        assert scope == Scope(frozenset({contract.office_id}), frozenset({contract.agency_id}), frozenset())
        assert scope.covers(office_id=contract.office_id, agency_id=contract.agency_id)
        assert not scope.covers(office_id=contract.office_id, agency_id=neighbour.id)


def test_a_payer_reaches_their_own_points_only(store: Store) -> None:
    with store.write() as session:
        point = make_point(session)
        staff = make_staff(session, Role.POINT_STAFF)
        assert queries.scope_of(session, staff.id).point_ids == frozenset()
        session.add(StaffPoint(staff_id=staff.id, point_id=point.id))
        session.flush()
        assert queries.scope_of(session, staff.id).point_ids == {point.id}


def test_who_reads_for_the_province_reaches_everything_and_nobody_reaches_nothing(store: Store) -> None:
    with store.write() as session:
        assert queries.scope_of(session, make_staff(session, Role.PROVINCIAL_MANAGER).id) == Scope.everything()
        assert queries.scope_of(session, 4711) == Scope()


# -- the staff list


def test_staff_are_found_without_diacritics_sorted_by_given_name_within_reach(store: Store) -> None:
    with store.write() as session:
        for role in (Role.ACCOUNTANT, Role.CASHIER, Role.CONTROLLER):
            make_staff(session, role)
        far = make_staff(
            session, Role.CASHIER, login="xa", office=make_office(session, "HLG", "Bưu điện huyện Hải Lăng")
        )
        reach = queries.scope_of(session, make_staff(session, Role.ACCOUNTANT).id)
        names = [row.name for row in queries.staff_list(session, reach)]
        assert names == ["Lê Thị Kế", "Ngô Thị Quỹ", "Phạm Văn Soát"]
        assert [row.login for row in queries.staff_list(session, reach, search="quy")] == ["thuquy"]
        assert queries.staff_card(session, reach, far.id) is None
        assert queries.staff_card(session, Scope.everything(), far.id) is not None


def test_the_card_tells_what_an_administrator_needs(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        by, point = make_actor(session, Role.ADMINISTRATOR), make_point(session)
        made = service.appoint(
            session,
            login="bui.diem",
            name="Bùi Văn Điểm",
            role=Role.POINT_STAFF,
            office_id=point.office_id,
            point_ids=[point.id],
            by=by,
        )
        card = queries.staff_card(session, Scope.everything(), made.staff.id)
        assert card is not None
        assert card.points == ((point.id, point.name),)
        assert not card.row.activated
        assert card.activation_expires_at == house_clock.now() + dt.timedelta(hours=72)
        assert [choice.id for choice in queries.points_of_office(session, point.office_id)] == [point.id]
