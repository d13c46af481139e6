"""Coming in, the hours of a session, and one's own account."""

import pyotp
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider import clock as house_clock
from provider.audit.deeds import DeedKind
from provider.audit.models import Deed
from provider.audit.queries import first_broken_deed
from provider.clock import Stopped
from provider.db import Store
from provider.errors import Missing, Refusal
from provider.staff import passwords, queries, second_factor, service, sessions
from provider.staff.entrance import SignIn, actor_of
from provider.staff.models import SignInAttempt, Staff, Stage, UserSession
from provider.staff.passwords import Cost, Proof
from provider.staff.refusals import (
    PasswordTooCommon,
    PinUsedUp,
    SignInExpired,
    SlowDown,
    WrongCode,
    WrongPassword,
    WrongPin,
    WrongSignIn,
)
from provider.staff.rules import Role
from provider.staff.sessions import Door
from tests.make import make_actor, make_staff

PASSWORD = "lúa chín vàng bên triền đê"
KEY = b"a key of the staff room for test"
OFFICE_PC = Door(ip="10.0.0.5", user_agent="Firefox")
STRANGER = Door(ip="203.0.113.9", user_agent="curl")


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", Cost(memory=8, passes=1, lanes=1))


def _with_password(session: Session, role: Role = Role.ACCOUNTANT, **more: str) -> Staff:
    return make_staff(session, role, password_hash=passwords.hash_of(PASSWORD), **more)


def _in(session: Session, staff: Staff, door: Door = OFFICE_PC) -> SignIn:
    outcome = service.sign_in(session, staff.login, PASSWORD, door=door, key=KEY)
    assert isinstance(outcome, SignIn)
    return outcome


def _try(store: Store, login: str, password: str, door: Door = OFFICE_PC) -> SignIn | Refusal:
    with store.write() as session:
        return service.sign_in(session, login, password, door=door, key=KEY)


def _deeds(session: Session, kind: DeedKind) -> int:
    return session.scalar(select(func.count()).where(Deed.kind == kind.value)) or 0


def _code(secret: str) -> str:
    return pyotp.TOTP(secret).generate_otp(int(house_clock.now().timestamp()) // 30)


# -- coming in


def test_the_right_password_opens_a_session_and_is_noted(store: Store) -> None:
    with store.write() as session:
        staff = _with_password(session)
        entered = _in(session, staff)
        found = sessions.whose(session, entered.token)
        assert found is not None
        assert (found.staff_id, found.role, found.stage) == (staff.id, Role.ACCOUNTANT, Stage.OPEN)
        assert _deeds(session, DeedKind.SIGNED_IN) == 1
        assert first_broken_deed(session) is None


def test_the_login_may_be_typed_in_capitals_and_with_spaces(store: Store) -> None:
    with store.write() as session:
        _with_password(session)
        assert isinstance(service.sign_in(session, "  KETOAN ", PASSWORD, key=KEY), SignIn)


def test_only_the_hash_of_the_secret_is_kept(store: Store) -> None:
    with store.write() as session:
        entered = _in(session, _with_password(session))
        row = session.scalars(select(UserSession)).one()
        assert len(entered.token) >= 43
        assert entered.token not in (row.token_hash, row.user_agent)
        assert row.token_hash == sessions.token_hash(entered.token)
        assert sessions.whose(session, row.token_hash) is None


def test_a_wrong_password_an_unknown_login_and_a_suspended_account_are_told_the_same(store: Store) -> None:
    with store.write() as session:
        _with_password(session)
        _with_password(session, Role.CASHIER).active = False
    answers = [_try(store, "ketoan", "wrong"), _try(store, "nobody", PASSWORD), _try(store, "thuquy", PASSWORD)]
    assert {type(answer) for answer in answers} == {WrongSignIn}
    with store.read() as session:
        assert _deeds(session, DeedKind.SIGN_IN_FAILED) == 3
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 3


def test_what_was_typed_as_a_login_is_kept_nowhere(store: Store) -> None:
    _try(store, "my-secret-password", "x")
    with store.read() as session:
        kept = [*session.scalars(select(Deed.facts)), *session.scalars(select(Deed.about))]
        kept += session.scalars(select(SignInAttempt.account))
    assert not [text for text in kept if "my-secret" in text]


def test_a_password_proven_against_an_older_hash_opens_nothing(store: Store) -> None:
    with store.write() as session:
        staff = _with_password(session)
        stale = Proof("$argon2id$older", right=True)
        assert isinstance(service.sign_in(session, staff.login, PASSWORD, key=KEY, proof=stale), WrongSignIn)


def test_an_account_without_a_password_cannot_be_entered(store: Store) -> None:
    with store.write() as session:
        make_staff(session, Role.CASHIER)
    assert isinstance(_try(store, "thuquy", ""), WrongSignIn)


def test_after_five_mistakes_even_the_right_password_has_to_wait(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        _with_password(session)
    for _ in range(5):
        assert isinstance(_try(store, "ketoan", "wrong"), WrongSignIn)
    refused = _try(store, "ketoan", PASSWORD)
    assert isinstance(refused, SlowDown)
    assert refused.facts == {"seconds": 30}
    clock.forward(seconds=31)
    assert isinstance(_try(store, "ketoan", PASSWORD), SignIn)


def test_a_refused_attempt_does_not_make_the_wait_longer(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        _with_password(session)
    for _ in range(5):
        _try(store, "ketoan", "wrong")
    for _ in range(20):
        assert isinstance(_try(store, "ketoan", "wrong"), SlowDown)
    clock.forward(seconds=31)
    assert isinstance(_try(store, "ketoan", PASSWORD), SignIn)


def test_strangers_cannot_lock_out_somebody_whose_browser_is_known(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        known = _in(session, _with_password(session)).device
    for _ in range(30):
        _try(store, "ketoan", "guess", STRANGER)
        clock.forward(seconds=20)
    assert isinstance(_try(store, "ketoan", PASSWORD, STRANGER), SlowDown)
    assert isinstance(_try(store, "ketoan", PASSWORD, Door(ip="203.0.113.9", device=known)), SignIn)


def test_one_address_may_not_try_one_account_after_the_other(store: Store) -> None:
    with store.write() as session:
        _with_password(session)
    for number in range(50):
        assert isinstance(_try(store, f"nobody{number}", "guess", STRANGER), WrongSignIn)
    assert isinstance(_try(store, "ketoan", PASSWORD, STRANGER), SlowDown)
    assert isinstance(_try(store, "ketoan", PASSWORD, OFFICE_PC), SignIn)


def test_who_comes_in_starts_again_without_mistakes(store: Store) -> None:
    with store.write() as session:
        _with_password(session)
    for _ in range(4):
        _try(store, "ketoan", "wrong")
    assert isinstance(_try(store, "ketoan", PASSWORD), SignIn)
    for _ in range(4):
        assert isinstance(_try(store, "ketoan", "wrong"), WrongSignIn)
    assert isinstance(_try(store, "ketoan", PASSWORD), SignIn)


# -- hours of a session


def test_a_desk_left_alone_for_a_quarter_of_an_hour_has_ended(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        token = _in(session, _with_password(session)).token
        clock.forward(minutes=15)
        assert sessions.whose(session, token) is not None
        clock.forward(seconds=1)
        assert sessions.whose(session, token) is None


def test_a_desk_in_use_ends_after_eight_hours_all_the_same(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        token = _in(session, _with_password(session)).token
        for _ in range(8 * 6 - 1):
            clock.forward(minutes=10)
            found = sessions.whose(session, token)
            assert found is not None
            sessions.seen(session, found.session_id)
            session.expire_all()
        clock.forward(minutes=10)
        assert sessions.whose(session, token) is None


def test_being_seen_is_written_down_once_a_minute(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        token = _in(session, _with_password(session)).token
        first = sessions.whose(session, token)
        assert first is not None
        assert not first.unseen_since(clock.forward(seconds=59))
        sessions.seen(session, first.session_id)
        session.expire_all()
        assert sessions.whose(session, token) == first
        assert first.unseen_since(clock.forward(seconds=1))
        sessions.seen(session, first.session_id)
        session.expire_all()
        after = sessions.whose(session, token)
        assert after is not None
        assert after.last_seen_at == house_clock.now()


def test_a_phone_left_alone_is_locked_and_its_pin_opens_it_with_a_new_secret(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        staff = _with_password(session, Role.POINT_STAFF)
        staff.pin_hash = passwords.hash_of("508217")
        token = _in(session, staff).token
        clock.forward(minutes=6)
        found = sessions.whose(session, token)
        assert found is not None
        assert found.stage is Stage.LOCKED
        by = actor_of(staff, session.get_one(UserSession, found.session_id))
        opened = service.unlock(session, "508217", by=by)
        assert isinstance(opened, str)
        again = sessions.whose(session, opened)
        assert again is not None
        assert again.stage is Stage.OPEN
        assert sessions.whose(session, token) is None


def test_the_fifth_wrong_pin_ends_the_session(store: Store) -> None:
    with store.write() as session:
        staff = _with_password(session, Role.POINT_STAFF)
        staff.pin_hash = passwords.hash_of("508217")
        token = _in(session, staff).token
        by = actor_of(staff, session.scalars(select(UserSession)).one())
        assert service.lock(session, by=by)
        left = [service.unlock(session, "000001", by=by) for _ in range(4)]
        assert [refusal.facts["left"] for refusal in left if isinstance(refusal, WrongPin)] == [4, 3, 2, 1]
        assert isinstance(service.unlock(session, "000001", by=by), PinUsedUp)
        assert isinstance(service.unlock(session, "508217", by=by), PinUsedUp)
        assert sessions.whose(session, token) is None


def test_a_phone_day_ends_after_twelve_hours(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        token = _in(session, _with_password(session, Role.COURIER)).token
        clock.forward(hours=12)
        assert sessions.whose(session, token) is None


def test_a_phone_without_a_pin_is_signed_out_instead_of_locked(store: Store) -> None:
    with store.write() as session:
        staff = _with_password(session, Role.COURIER)
        token = _in(session, staff).token
        by = actor_of(staff, session.scalars(select(UserSession)).one())
        assert not service.lock(session, by=by)
        assert sessions.whose(session, token) is None


# -- one's own account


def _desk(session: Session) -> tuple[Staff, SignIn, UserSession]:
    staff = _with_password(session)
    entered = _in(session, staff)
    return staff, entered, session.scalars(select(UserSession).order_by(UserSession.id.desc())).first()  # type: ignore[return-value]


def test_another_password_ends_all_other_sessions_and_renews_this_one(store: Store) -> None:
    with store.write() as session:
        staff = _with_password(session)
        elsewhere = _in(session, staff).token
        _, here, row = _desk(session)
        proof = passwords.prove(staff.password_hash, PASSWORD)
        renewed = service.change_password(session, proof, "bướm trắng đậu giàn mướp", by=actor_of(staff, row))
        assert sessions.whose(session, elsewhere) is None
        assert sessions.whose(session, here.token) is None
        assert sessions.whose(session, renewed) is not None
        assert isinstance(service.sign_in(session, "ketoan", PASSWORD, key=KEY), WrongSignIn)
        assert isinstance(service.sign_in(session, "ketoan", "bướm trắng đậu giàn mướp", key=KEY), SignIn)


def test_the_present_password_is_asked_before_it_is_changed(store: Store) -> None:
    with store.write() as session:
        staff, _, row = _desk(session)
        proof = passwords.prove(staff.password_hash, "wrong")
        for deed in (
            lambda: service.change_password(session, proof, "bướm trắng đậu giàn mướp", by=actor_of(staff, row)),
            lambda: service.set_pin(session, proof, "508217", by=actor_of(staff, row)),
            lambda: service.set_second_factor(session, proof, "", "", key=KEY, by=actor_of(staff, row)),
            lambda: service.remove_second_factor(session, proof, by=actor_of(staff, row)),
        ):
            with pytest.raises(WrongPassword):
                deed()


def test_one_s_own_name_is_no_new_password(store: Store) -> None:
    with store.write() as session:
        staff, _, row = _desk(session)
        proof = passwords.prove(staff.password_hash, PASSWORD)
        with pytest.raises(PasswordTooCommon):
            service.change_password(session, proof, "Lê Thị Kế 1985 ketoan", by=actor_of(staff, row))


def _enrol(session: Session) -> tuple[Staff, str]:
    staff, _, row = _desk(session)
    secret = second_factor.new_secret()
    sealed = second_factor.seal(KEY, f"enrol:{staff.id}", secret)
    proof = passwords.prove(staff.password_hash, PASSWORD)
    service.set_second_factor(session, proof, sealed, _code(secret), key=KEY, by=actor_of(staff, row))
    return staff, secret


def test_the_second_factor_is_asked_for_after_the_password_and_opens_once(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        staff, secret = _enrol(session)
        assert secret not in staff.totp_secret
        clock.forward(minutes=1)
        half = _in(session, staff)
        assert half.waits_for_code
        found = sessions.whose(session, half.token)
        assert found is not None
        assert found.stage is Stage.CODE
        assert isinstance(service.give_code(session, half.token, "000000", key=KEY), WrongCode)
        code = _code(secret)
        whole = service.give_code(session, half.token, code, key=KEY)
        assert isinstance(whole, SignIn)
        assert sessions.whose(session, half.token) is None
        second = _in(session, staff)
        assert isinstance(service.give_code(session, second.token, code, key=KEY), WrongCode)


def test_the_code_may_come_with_the_password(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        staff, secret = _enrol(session)
        clock.forward(minutes=1)
        outcome = service.sign_in(session, staff.login, PASSWORD, _code(secret), key=KEY)
        assert isinstance(outcome, SignIn)
        assert not outcome.waits_for_code


def test_the_code_is_waited_for_five_minutes(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        staff, secret = _enrol(session)
        half = _in(session, staff)
        clock.forward(minutes=5)
        assert isinstance(service.give_code(session, half.token, _code(secret), key=KEY), SignInExpired)
        assert isinstance(service.give_code(session, "no such secret", _code(secret), key=KEY), SignInExpired)


def test_codes_cannot_be_guessed_one_after_the_other(store: Store, clock: Stopped) -> None:
    with store.write() as session:
        staff, _secret = _enrol(session)
        half = _in(session, staff)
        answers = [service.give_code(session, half.token, f"{n:06}", key=KEY) for n in range(8)]
        assert [type(answer) for answer in answers] == [WrongCode] * 5 + [SlowDown] * 3


def test_a_second_factor_sealed_for_somebody_else_is_not_taken(store: Store) -> None:
    with store.write() as session:
        staff, _, row = _desk(session)
        secret = second_factor.new_secret()
        sealed = second_factor.seal(KEY, f"enrol:{staff.id + 1}", secret)
        proof = passwords.prove(staff.password_hash, PASSWORD)
        with pytest.raises(WrongCode):
            service.set_second_factor(session, proof, sealed, _code(secret), key=KEY, by=actor_of(staff, row))


def test_one_ends_one_s_own_sessions_and_nobody_else_s(store: Store) -> None:
    with store.write() as session:
        mine, _, row = _desk(session)
        theirs = _in(session, _with_password(session, Role.CASHIER))
        other = session.scalars(select(UserSession).where(UserSession.staff_id != mine.id)).one()
        with pytest.raises(Missing):
            service.end_session(session, other.id, by=actor_of(mine, row))
        service.end_session(session, row.id, by=actor_of(mine, row))
        assert queries.sessions_of(session, mine.id) == []
        assert sessions.whose(session, theirs.token) is not None


# -- put out


def test_a_suspended_person_is_out_at_once_and_may_come_back(store: Store) -> None:
    with store.write() as session:
        by = make_actor(session, Role.ADMINISTRATOR)
        staff = _with_password(session)
        token = _in(session, staff).token
        service.suspend(session, staff.id, reason="nghỉ việc", by=by)
        assert sessions.whose(session, token) is None
        assert isinstance(service.sign_in(session, "ketoan", PASSWORD, key=KEY), WrongSignIn)
        service.reinstate(session, staff.id, by=by)
        assert sessions.whose(session, token) is None
        assert isinstance(service.sign_in(session, "ketoan", PASSWORD, key=KEY), SignIn)


def test_a_new_activation_code_makes_everything_before_worthless(store: Store) -> None:
    with store.write() as session:
        by = make_actor(session, Role.ADMINISTRATOR)
        staff, _secret = _enrol(session)
        code = service.renew_activation(session, staff.id, by=by)
        assert queries.sessions_of(session, staff.id) == []
        assert isinstance(service.sign_in(session, "ketoan", PASSWORD, key=KEY), WrongSignIn)
        assert isinstance(service.activate(session, "ketoan", code, "bướm trắng đậu giàn mướp", key=KEY), SignIn)
