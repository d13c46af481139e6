"""The lock on every door: who is asking, what they may do, and how far they reach. Deny by default.

Flask-Login is used through this module alone, with sessions of our own (see ``sessions``): the cookie holds a random
secret and nothing else. ``flask.session`` serves for forms, messages and the language only.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, make_response, redirect, request, url_for
from flask_babel import gettext
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from provider import clock
from provider.audit.actor import Actor
from provider.errors import N_, Missing, NotAllowed, Refusal
from provider.staff import queries, sessions
from provider.staff.models import Stage
from provider.staff.rules import PHONE_ROLES, Right, Role, Scope, may, may_any
from provider.staff.sessions import Door, SignedIn
from provider.web import settings, store, wants_json

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., Any])

OPEN_ENDPOINTS: Final = frozenset({"static"})
"""Doors that are no views of ours and need no right."""

WHILE_LOCKED: Final = frozenset({"staff.unlock", "staff.give_pin", "staff.sign_out"})
"""What a locked phone can still do."""

ONE_S_OWN: Final = WHILE_LOCKED | frozenset(
    {"staff.account", "staff.password", "staff.change_password", "staff.second_factor", "staff.set_second_factor"}
)
"""What somebody can do who must first change a password or set a second factor."""

KNOWN_BROWSER_DAYS: Final = 180


class SignInNeeded(Refusal):
    """Nobody is signed in, or the session has ended."""

    code = "sign_in_needed"
    sentence = N_("Phiên làm việc đã kết thúc. Hãy đăng nhập lại.")
    status = 401


class Locked(Refusal):
    """The phone was left alone: the PIN opens it."""

    code = "locked"
    sentence = N_("Máy đang khóa. Hãy nhập mã PIN để làm tiếp.")
    status = 401


class CurrentStaff(UserMixin):
    """Who is signed in, as Flask-Login wants it."""

    def __init__(self, signed_in: SignedIn) -> None:
        self.signed_in = signed_in
        self.id = signed_in.staff_id


def requires(*rights: Right, background: bool = False) -> Callable[[ViewFunction], ViewFunction]:
    """Declare who may call a view: whoever holds one of ``rights``. A view without it is refused to everybody.

    ``background`` marks what a page asks for by itself (a progress that refreshes): it does not keep a session awake.
    Put it directly above the function, below ``@bp.get``.
    """
    if not rights:
        raise ValueError("a view names at least one right")

    def declare(view: ViewFunction) -> ViewFunction:
        view.required_rights = frozenset(rights)  # type: ignore[attr-defined]
        view.runs_in_background = background  # type: ignore[attr-defined]
        return view

    return declare


public: Final = requires(Right.ANYONE)
"""``@public``: needs no sign-in."""


def watch(app: Flask) -> None:
    """Set the guard before all doors of the app."""
    login = LoginManager()
    login.session_protection = None
    login.init_app(app)
    login.request_loader(lambda _request: _current_staff())
    app.before_request(_check)
    app.context_processor(_template_words)
    app.jinja_env.filters["role_name"] = role_name


def signed_in() -> SignedIn | None:
    """Who is signed in, be the phone locked or not; None for nobody."""
    return current_user.signed_in if current_user.is_authenticated else None


def current_actor() -> Actor:
    """Who does this, for ``by=``. Raises SignInNeeded."""
    person = signed_in()
    if person is None:
        raise SignInNeeded()
    return Actor(person.staff_id, person.name, person.role.value, person.session_id)


def current_scope(session: Session) -> Scope:
    """How far the one who asks reaches (read once per request). Raises SignInNeeded."""
    if "scope" not in g:
        g.scope = queries.scope_of(session, current_actor().staff_id or 0)
    return g.scope


def current_may(right: Right | str) -> bool:
    """Whether the one who asks holds a right; for what a view shows or leaves out."""
    person = signed_in()
    return person is not None and may(person.role, Right(right))


def refuse_unless(covered: bool) -> None:
    """What is out of reach looks as if it were not there. Raises Missing."""
    if not covered:
        raise Missing()


def door() -> Door:
    """Where the request comes from."""
    return Door(
        ip=request.remote_addr or "",
        user_agent=request.user_agent.string,
        device=request.cookies.get(_cookie("known"), "")[:64],
    )


def token() -> str:
    """The session's secret that the browser showed; empty for none."""
    return request.cookies.get(_cookie("sid"), "")


def came_from() -> str:
    """The page a form was sent from, when it is one of ours; else the start page."""
    shown = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    if shown.netloc != request.host or not _can_be_looked_at(shown.path):
        return "/"
    return local_address(shown.path + (f"?{shown.query}" if shown.query else ""))


def waiting_for_code() -> SignedIn | None:
    """The session whose password was right and whose second factor is still asked for."""
    found = _session_of_cookie()
    return found if found is not None and found.stage is Stage.CODE else None


def give_cookie(answer: AnyResponse, secret: str, *, device: str = "") -> AnyResponse:
    """Hand out a session's secret, and the word by which this browser is known next time."""
    answer.set_cookie(_cookie("sid"), secret, **_cookie_flags())
    if device:
        answer.set_cookie(_cookie("known"), device, max_age=KNOWN_BROWSER_DAYS * 86_400, **_cookie_flags())
    return answer


def take_cookie(answer: AnyResponse) -> AnyResponse:
    """Take the session's secret back. What a phone has not sent yet stays on the phone: no Clear-Site-Data."""
    answer.delete_cookie(_cookie("sid"), **_cookie_flags())
    return answer


def local_address(address: str) -> str:
    """An address on this site to go on to, or the start page: never another site."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith(("//", "/\\")):
        return "/"
    return "/" if any(ord(letter) < 32 or letter == "\\" for letter in address) else address


def _can_be_looked_at(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return True


def _cookie(name: str) -> str:
    return f"__Host-{name}" if settings().https else name


def _cookie_flags() -> dict[str, Any]:
    return {"secure": settings().https, "httponly": True, "samesite": "Lax", "path": "/"}


def _session_of_cookie() -> SignedIn | None:
    if "session_of_cookie" not in g:
        g.session_of_cookie = None
        if shown := token():
            with store().read() as session:
                g.session_of_cookie = sessions.whose(session, shown)
    return g.session_of_cookie


def _current_staff() -> CurrentStaff | None:
    found = _session_of_cookie()
    return CurrentStaff(found) if found is not None and found.stage is not Stage.CODE else None


def _check() -> AnyResponse | None:
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return None
    view = current_app.view_functions[request.endpoint]
    rights: frozenset[Right] = getattr(view, "required_rights", frozenset())
    if Right.ANYONE in rights:
        return None
    person = signed_in()
    if person is None:
        return _send_to("staff.sign_in", SignInNeeded())
    if person.stage is Stage.LOCKED and request.endpoint not in WHILE_LOCKED:
        return _send_to("staff.unlock", Locked())
    if not may_any(person.role, rights):
        raise NotAllowed()
    if not getattr(view, "runs_in_background", False) and person.unseen_since(clock.now()):
        _write_seen(person)
    return _first_things_first(person)


def _first_things_first(person: SignedIn) -> AnyResponse | None:
    """A password given by somebody else is changed, and a required second factor set, before anything else is done."""
    if request.endpoint in ONE_S_OWN:
        return None
    if person.must_change_password:
        return _send_to("staff.password", SignInNeeded())
    if settings().second_factor_required and not person.has_second_factor and person.role not in PHONE_ROLES:
        return _send_to("staff.second_factor", SignInNeeded())
    return None


def _write_seen(person: SignedIn) -> None:
    if person.stage is Stage.OPEN:
        with store().write() as session:
            sessions.seen(session, person.session_id)


def _send_to(endpoint: str, refusal: Refusal) -> AnyResponse:
    """A person is led to the page where they can go on; a script is told why it may not."""
    if wants_json():
        raise refusal
    came_from = request.full_path.rstrip("?") if request.method == "GET" else ""
    if request.headers.get("HX-Request"):
        shown = urlsplit(request.headers.get("HX-Current-URL", ""))
        came_from = shown.path + (f"?{shown.query}" if shown.query else "")
        answer: Response = make_response("", 401)
        answer.headers["HX-Redirect"] = url_for(endpoint, next=came_from or None)
        return answer
    return redirect(url_for(endpoint, next=came_from if came_from not in ("", "/") else None), 302)


def _template_words() -> dict[str, Any]:
    person = signed_in()
    if person is None:
        return {"current_actor": None, "may": current_may}
    return {"current_actor": current_actor(), "may": current_may, "office": _place(person)}


def role_name(role: Role | str) -> str:
    """A role in the reader's language; what is no role (the system's own) is shown as it is."""
    known = {each.value: each.label for each in Role}
    return gettext(known[role]) if role in known else str(role)


def _place(person: SignedIn) -> str:
    if "place_name" not in g:
        with store().read() as session:
            g.place_name = queries.place_name(session, person.office_id, person.agency_id)
    return str(g.place_name)
