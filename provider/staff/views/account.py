"""One's own account."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from provider.errors import Refusal
from provider.paper import qr_svg
from provider.staff import guard, queries, second_factor, service
from provider.staff.forms import PasswordForm, PinForm, RemoveSecondFactorForm, SecondFactorForm
from provider.staff.guard import current_actor, requires, signed_in
from provider.staff.passwords import LEAST_ALONE, LEAST_WITH_SECOND_FACTOR
from provider.staff.refusals import WrongCode, WrongPassword
from provider.staff.rules import Right
from provider.staff.views.blueprint import beside, bp, own_proof, room_key
from provider.web import done, page, settings, store


@bp.get("/account")
@requires(Right.SIGNED_IN)
def account() -> Response:
    """Who I am here, and where I am signed in."""
    actor = current_actor()
    with store().read() as session:
        living = queries.sessions_of(session, actor.staff_id or 0)
    return page("staff/account.html", person=signed_in(), sessions=living)


@bp.post("/account/sessions/<int:session_id>/end")
@requires(Right.SIGNED_IN)
def end_session(session_id: int) -> AnyResponse:
    """End one of my sessions, here or elsewhere."""
    with store().write() as session:
        service.end_session(session, session_id, by=current_actor())
    return done(_("Đã kết thúc phiên làm việc."), url_for("staff.account"))


@bp.get("/account/password")
@requires(Right.SIGNED_IN)
def password() -> Response:
    """Another password."""
    return _password_page(PasswordForm())


@bp.post("/account/password")
@requires(Right.SIGNED_IN)
def change_password() -> AnyResponse:
    """Change it; the other sessions end."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return _password_page(form, 422)
    proof = own_proof(form.current.data)
    try:
        with store().write() as session:
            token = service.change_password(session, proof, form.new.data, by=current_actor())
    except WrongPassword as wrong:
        return _password_page(form, beside(form.current, wrong))
    except Refusal as weak:
        return _password_page(form, beside(form.new, weak))
    answer = done(_("Đã đổi mật khẩu. Các phiên làm việc khác đã kết thúc."), url_for("staff.account"))
    return guard.give_cookie(answer, token)


@bp.get("/account/pin")
@requires(Right.SIGNED_IN)
def pin() -> Response:
    """The PIN that opens a locked phone."""
    return page("staff/pin.html", form=PinForm())


@bp.post("/account/pin")
@requires(Right.SIGNED_IN)
def set_pin() -> AnyResponse:
    """Set it."""
    form = PinForm()
    if not form.validate_on_submit():
        return page("staff/pin.html", 422, form=form)
    proof = own_proof(form.current.data)
    try:
        with store().write() as session:
            service.set_pin(session, proof, form.pin.data, by=current_actor())
    except WrongPassword as wrong:
        return page("staff/pin.html", beside(form.current, wrong), form=form)
    except Refusal as unsafe:
        return page("staff/pin.html", beside(form.pin, unsafe), form=form)
    return done(_("Đã đặt mã PIN."), url_for("staff.account"))


@bp.get("/account/second-factor", endpoint="second_factor")
@requires(Right.SIGNED_IN)
def second_factor_page() -> Response:
    """A QR code for an authenticator; every look makes a new secret, which counts only once it is confirmed."""
    owner = f"enrol:{current_actor().staff_id}"
    sealed = second_factor.seal(room_key(), owner, second_factor.new_secret())
    return _second_factor_page(SecondFactorForm(sealed=sealed))


@bp.post("/account/second-factor")
@requires(Right.SIGNED_IN)
def set_second_factor() -> AnyResponse:
    """Take the second factor into use."""
    form = SecondFactorForm()
    if not form.validate_on_submit():
        return _second_factor_page(form, 422)
    proof = own_proof(form.current.data)
    try:
        with store().write() as session:
            token = service.set_second_factor(
                session, proof, form.sealed.data, form.code.data, key=room_key(), by=current_actor()
            )
    except WrongPassword as wrong:
        return _second_factor_page(form, beside(form.current, wrong))
    except WrongCode as wrong:
        return _second_factor_page(form, beside(form.code, wrong))
    answer = done(_("Đã bật xác thực hai lớp. Từ nay khi đăng nhập sẽ hỏi mã."), url_for("staff.account"))
    return guard.give_cookie(answer, token)


@bp.get("/account/second-factor/remove")
@requires(Right.SIGNED_IN)
def without_second_factor() -> Response:
    """Do without the second factor: asks for the password."""
    return page("staff/second_factor_remove.html", form=RemoveSecondFactorForm())


@bp.post("/account/second-factor/remove")
@requires(Right.SIGNED_IN)
def remove_second_factor() -> AnyResponse:
    """Do without it from now on."""
    form = RemoveSecondFactorForm()
    if not form.validate_on_submit():
        return page("staff/second_factor_remove.html", 422, form=form)
    proof = own_proof(form.current.data)
    try:
        with store().write() as session:
            service.remove_second_factor(session, proof, by=current_actor())
    except WrongPassword as wrong:
        return page("staff/second_factor_remove.html", beside(form.current, wrong), form=form)
    return done(_("Đã tắt xác thực hai lớp. Hãy đặt mật khẩu mới đủ dài."), url_for("staff.password"))


def _password_page(form: PasswordForm, status: int = 200) -> Response:
    person = signed_in()
    least = LEAST_WITH_SECOND_FACTOR if person and person.has_second_factor else LEAST_ALONE
    must = bool(person and person.must_change_password)
    return page("staff/password.html", status, form=form, least=least, must=must)


def _second_factor_page(form: SecondFactorForm, status: int = 200) -> Response:
    person = signed_in()
    secret = second_factor.unseal(room_key(), f"enrol:{current_actor().staff_id}", form.sealed.data or "")
    if person is None or secret is None:
        raise WrongCode()
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    picture = qr_svg(second_factor.address(secret, person.login), level="M")
    required = settings().second_factor_required and not person.has_second_factor
    return page("staff/second_factor.html", status, form=form, secret=spaced, picture=picture, required=required)
