"""What every view needs: the store, pages, answers to refusals, security headers, fingerprints."""

import hashlib
import logging
import secrets
import uuid
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
)
from flask import url_for as flask_url_for
from flask_babel import Babel, get_locale, gettext
from flask_compress import Compress
from flask_htmx import HTMX
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from provider import figures, identity, words
from provider.clock import Month
from provider.config import ROOT, Settings
from provider.db import Store
from provider.errors import A_MONTH, N_, Invalid, Missing, NotAllowed, Refusal

log = logging.getLogger("chitra")

STATIC = ROOT / "static"
LANGUAGES = ("vi", "en")
FORM_LIMIT = 256 * 1024
"""Bytes of a form; only a view that says ``takes_files`` gets more."""

POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "report-uri /csp-report",
)
CONTENT_SECURITY_POLICY = "; ".join(POLICY)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., Any])

csrf = CSRFProtect()
htmx = HTMX()


class FromAnotherSite(NotAllowed):
    """A form that did not come from our own pages."""

    code = "from_another_site"
    sentence = N_("Yêu cầu không đến từ trang của hệ thống nên đã bị từ chối. Hãy mở lại trang rồi gửi lại.")


class FormExpired(NotAllowed):
    """The page was open for too long, or the session changed meanwhile."""

    code = "form_expired"
    sentence = N_("Trang đã mở quá lâu hoặc phiên làm việc đã đổi. Hãy tải lại trang rồi gửi lại.")


class TooMuchSent(Invalid):
    """A body over the limit."""

    code = "too_much_sent"
    sentence = N_("Nội dung gửi lên quá lớn. Tệp danh sách được nhận tối đa %(megabytes)s MB.")
    status = 413


def store() -> Store:
    """The database of this house."""
    return cast(Store, current_app.extensions["store"])


def settings() -> Settings:
    """How this house runs."""
    return cast(Settings, current_app.extensions["settings"])


def page(template: str, status: int = 200, **context: Any) -> Response:
    """A rendered template as an answer."""
    return make_response(render_template(template, **context), status)


def done(message: str, url: str) -> AnyResponse:
    """A deed is done: say so and go on to ``url`` (POST, 303, GET)."""
    flash(message, "success")
    return go(url)


def go(url: str) -> AnyResponse:
    """On to another page, for a browser and for htmx alike."""
    if htmx:
        answer = make_response("", 204)
        answer.headers["HX-Redirect"] = url
        return answer
    return redirect(url, 303)


def idempotency_key() -> str:
    """A fresh key for a form that moves money; the server honours it for ever."""
    return str(uuid.uuid4())


def file_answer(content: bytes, name: str, kind: str) -> Response:
    """A file to download; its name is ASCII-safe with the UTF-8 name beside it (RFC 6266)."""
    answer = make_response(content)
    answer.headers["Content-Type"] = kind
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@lru_cache(maxsize=512)
def _fingerprint(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The URL of a file in static/, with a fingerprint of its content, so that it may be cached for ever."""
    path = STATIC / name
    return flask_url_for("static", filename=name, v=_fingerprint(path, path.stat().st_mtime_ns))


def furnish(app: Flask, house: Settings, house_store: Store) -> None:
    """Give the app its store, languages, CSRF guard, headers, template words and answers to refusals."""
    app.extensions["settings"] = house
    app.extensions["store"] = house_store
    app.config.update(
        SECRET_KEY=house.key("session").hex(),
        SESSION_COOKIE_NAME="__Host-form" if house.https else "form",
        SESSION_COOKIE_SECURE=house.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=FORM_LIMIT,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        TRUSTED_HOSTS=list(house.trusted_hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_HEADERS=["X-CSRFToken"],
        BABEL_DEFAULT_LOCALE="vi",
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "provider" / "translations"),
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )
    app.before_request(_let_files_in)
    csrf.init_app(app)
    htmx.init_app(app)
    Babel(app, locale_selector=_language)
    Compress(app)
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)
    app.context_processor(_template_words)
    app.jinja_env.filters.update(template_filters())
    app.jinja_env.globals.update(asset=asset, idempotency_key=idempotency_key)  # imported macros see no context
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.register_error_handler(Refusal, _answer_refusal)
    app.register_error_handler(CSRFError, lambda _problem: _answer_refusal(FormExpired()))
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_crash)


def template_filters() -> dict[str, Any]:
    """How figures look, for templates on screen."""
    return {
        "dong": figures.dong,
        "plain": figures.plain,
        "count": figures.count,
        "day": figures.day,
        "moment": figures.moment,
        "month": month_shown,
        "percent": figures.percent,
        "in_words": words.amount_in_words,
        "masked_id": identity.mask,
        "translated": _translated,
    }


def month_shown(of: Month) -> str:
    """``Tháng 09/2024``, or as the other language writes it."""
    return str(gettext(A_MONTH, month=f"{of.number:02}/{of.year}"))


def _translated(sentence: str) -> str:
    """A sentence that was marked elsewhere, in the reader's language; nothing stays nothing."""
    return str(gettext(sentence)) if sentence else ""


def _language() -> str:
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else "vi"


def _template_words() -> dict[str, Any]:
    return {
        "asset": asset,
        "idempotency_key": idempotency_key,
        "locale": str(get_locale() or "vi"),
        "version": current_app.extensions.get("version", ""),
        "htmx": htmx,
        "birth": figures.birth,
    }


def takes_files(view: ViewFunction) -> ViewFunction:
    """Declare that a view receives files up to the upload limit."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def _let_files_in() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False):
        request.max_content_length = settings().upload_limit + FORM_LIMIT


def _refuse_other_sites() -> None:
    """Fetch-Metadata first, Origin where a browser does not send it (the token is checked besides)."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site in ("cross-site", "same-site"):
        raise FromAnotherSite()
    origin = request.headers.get("Origin")
    if site is None and origin and origin != "null" and origin.partition("://")[2] != request.host:
        raise FromAnotherSite()


def _add_headers(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if settings().https:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint == "static":
        if request.args.get("v"):
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        answer.headers["Cache-Control"] = "no-store"
        answer.vary.add("HX-Request")
        answer.vary.add("Cookie")
    return answer


def wants_json() -> bool:
    """Whether the one who asks is a script of a phone rather than a person's browser."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return bool(request.is_json or best == "application/json")


def _answer_refusal(refusal: Refusal) -> AnyResponse:
    sentence = refusal.text(gettext)
    if wants_json():
        answer = jsonify({"refused": {"code": refusal.code, "text": sentence}})
        answer.status_code = refusal.status
        return answer
    if htmx:
        answer = page("_toast.html", refusal.status, level="error", message=sentence, code=refusal.code)
        answer.headers["HX-Retarget"] = "#toasts"
        answer.headers["HX-Reswap"] = "afterbegin"
        return answer
    return page("errors/refusal.html", refusal.status, sentence=sentence, code=refusal.code, refusal=refusal)


def _answer_http(problem: HTTPException) -> AnyResponse:
    if problem.response is not None and problem.code and problem.code < 400:
        return cast(AnyResponse, problem.response)
    if problem.code == 413:
        return _answer_refusal(TooMuchSent(megabytes=settings().upload_limit // (1024 * 1024)))
    if problem.code == 404:
        return _answer_refusal(Missing())
    if problem.code == 403:
        return _answer_refusal(NotAllowed())
    if problem.code is not None and problem.code >= 500:
        return _answer_crash(problem)
    refusal = Refusal()
    answer = _answer_refusal(refusal)
    answer.status_code = problem.code or 400
    if problem.code == 405 and (allowed := problem.get_headers()):
        answer.headers.extend((name, value) for name, value in allowed if name == "Allow")
    return answer


def _answer_crash(problem: Exception) -> AnyResponse:
    """Not a refusal, so a bug: logged with a reference number, shown as a crash page, never explained."""
    reference = secrets.token_hex(4).upper()
    log.exception("crash %s at %s %s", reference, request.method, request.endpoint, exc_info=problem)
    if current_app.testing and current_app.config.get("PROPAGATE_CRASHES"):
        raise problem
    if wants_json():
        answer = jsonify({"crashed": {"reference": reference}})
        answer.status_code = 500
        return answer
    g.crashed = True
    return page("errors/crash.html", 500, reference=reference)
