"""Sign-in, second factor, activation, lock and PIN, sign-out, language."""

from flask import Response, redirect, request, url_for
from flask import session as browser
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse
from wtforms import Field

from provider.errors import Refusal
from provider.staff import guard, passwords, queries, service
from provider.staff.forms import ActivateForm, CodeForm, SignInForm, UnlockForm
from provider.staff.guard import current_actor, public, requires, signed_in
from provider.staff.models import Stage
from provider.staff.refusals import SlowDown, WrongPin
from provider.staff.rules import Right
from provider.staff.service import SignIn
from provider.staff.views.blueprint import beside, bp, room_key
from provider.web import LANGUAGES, done, go, page, store


@bp.get("/sign-in")
@public
def sign_in() -> AnyResponse:
    """Login and password. Who is in already goes on; a locked phone may change hands here."""
    person = signed_in()
    onward = guard.local_address(request.args.get("next", "/"))
    if person is not None and person.stage is Stage.OPEN:
        return redirect(onward)
    form = SignInForm(next=onward)
    return page("staff/sign_in.html", form=form, ended="next" in request.args)


@bp.post("/sign-in")
@public
def come_in() -> AnyResponse:
    """Come in, or be asked for the second factor."""
    form = SignInForm()
    if not form.validate_on_submit():
        return page("staff/sign_in.html", 422, form=form)
    door, key = guard.door(), room_key()
    with store().read() as session:
        first = queries.before_sign_in(session, form.login.data, door, key=key)
    if first.wait:
        return page("staff/sign_in.html", beside(form.password, SlowDown(seconds=first.wait)), form=form)
    proof = passwords.prove(first.kept, form.password.data)
    with store().write() as session:
        outcome = service.sign_in(session, form.login.data, form.password.data, door=door, key=key, proof=proof)
        if isinstance(outcome, SignIn) and signed_in() is not None:
            service.sign_out(session, by=current_actor())
    if isinstance(outcome, Refusal):
        return page("staff/sign_in.html", beside(form.password, outcome), form=form)
    if outcome.waits_for_code:
        return guard.give_cookie(go(url_for("staff.code", next=form.next.data or None)), outcome.token)
    return _welcome(outcome, form.next)


@bp.get("/sign-in/code")
@public
def code() -> AnyResponse:
    """The code of the second factor."""
    if guard.waiting_for_code() is None:
        return redirect(url_for("staff.sign_in"))
    return page("staff/code.html", form=CodeForm(next=guard.local_address(request.args.get("next", "/"))))


@bp.post("/sign-in/code")
@public
def give_code() -> AnyResponse:
    """The second half of a sign-in."""
    form = CodeForm()
    if not form.validate_on_submit():
        return page("staff/code.html", 422, form=form)
    with store().write() as session:
        outcome = service.give_code(session, guard.token(), form.code.data, door=guard.door(), key=room_key())
    if isinstance(outcome, Refusal):
        return page("staff/code.html", beside(form.code, outcome), form=form)
    return _welcome(outcome, form.next)


@bp.get("/activate")
@public
def activation() -> Response:
    """A new account: the one-time code and a password of one's own."""
    return page("staff/activate.html", form=ActivateForm(login=request.args.get("login", "")[:40]))


@bp.post("/activate")
@public
def activate() -> AnyResponse:
    """Take a new account into use."""
    form = ActivateForm()
    if not form.validate_on_submit():
        return page("staff/activate.html", 422, form=form)
    outcome: SignIn | Refusal
    try:
        with store().write() as session:
            outcome = service.activate(
                session, form.login.data, form.code.data, form.new.data, door=guard.door(), key=room_key()
            )
    except Refusal as weak:
        return page("staff/activate.html", beside(form.new, weak), form=form)
    if isinstance(outcome, Refusal):
        return page("staff/activate.html", beside(form.code, outcome), form=form)
    return _welcome(outcome)


@bp.post("/sign-out")
@requires(Right.SIGNED_IN)
def sign_out() -> AnyResponse:
    """Go out; this device only."""
    with store().write() as session:
        service.sign_out(session, by=current_actor())
    _forget_browser()
    return guard.take_cookie(done(_("Đã đăng xuất."), url_for("staff.sign_in")))


@bp.post("/lock")
@requires(Right.SIGNED_IN)
def lock() -> AnyResponse:
    """Put the phone aside; a desk is signed out."""
    with store().write() as session:
        locked = service.lock(session, by=current_actor())
    return go(url_for("staff.unlock" if locked else "staff.sign_in"))


@bp.get("/unlock")
@requires(Right.SIGNED_IN)
def unlock() -> AnyResponse:
    """The PIN of a locked phone; without a PIN it is a full sign-in."""
    person = signed_in()
    onward = guard.local_address(request.args.get("next", "/"))
    if person is None or person.stage is not Stage.LOCKED:
        return redirect(onward)
    if not person.has_pin:
        return redirect(url_for("staff.sign_in", next=onward))
    return page("staff/unlock.html", form=UnlockForm(next=onward), name=person.name)


@bp.post("/unlock")
@requires(Right.SIGNED_IN)
def give_pin() -> AnyResponse:
    """Open the phone again."""
    form, actor = UnlockForm(), current_actor()
    if not form.validate_on_submit():
        return page("staff/unlock.html", 422, form=form, name=actor.name)
    with store().read() as session:
        kept = queries.kept_hashes(session, actor.staff_id or 0)
    proof = passwords.prove(kept.pin, form.pin.data)
    with store().write() as session:
        outcome = service.unlock(session, form.pin.data, by=actor, proof=proof)
    if isinstance(outcome, WrongPin):
        return page("staff/unlock.html", beside(form.pin, outcome), form=form, name=actor.name)
    if isinstance(outcome, Refusal):
        _forget_browser()
        return guard.take_cookie(done(outcome.text(_), url_for("staff.sign_in")))
    return guard.give_cookie(go(guard.local_address(form.next.data or "/")), outcome)


@bp.post("/language")
@public
def language() -> AnyResponse:
    """Another language; kept for the person who is signed in, else for this browser."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        browser["language"] = chosen
        if signed_in() is not None:
            with store().write() as session:
                service.choose_language(session, chosen, by=current_actor())
    return go(guard.came_from())


def _welcome(outcome: SignIn, onward: Field | None = None) -> AnyResponse:
    _forget_browser()
    browser["language"] = outcome.staff.language
    answer = go(guard.local_address((onward.data if onward else "") or "/"))
    return guard.give_cookie(answer, outcome.token, device=outcome.device)


def _forget_browser() -> None:
    """What the browser carried for somebody else does not outlive them; its language does."""
    kept = browser.get("language")
    browser.clear()
    if kept:
        browser["language"] = kept
