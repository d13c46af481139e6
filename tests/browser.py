"""The client of the tests: it asks like a browser of our own pages, and judges every answer."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from provider.web import HEADERS
from tests.judge import problems_of
from tests.watching import watching

TOKEN = "0" * 40
LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})


class JudgingClient(FlaskClient):
    """Like Flask's client, but three things.

    Forms carry their CSRF token by themselves (``csrf=False`` leaves it out); ``htmx=True`` asks as htmx does; and an
    answer that breaks a rule of the house fails the test (``judged = False`` stops that).
    """

    judged = True
    staff_id: int | None = None

    def open(self, *args: Any, csrf: bool = True, htmx: bool = False, **kwargs: Any) -> TestResponse:
        """Ask, and judge the answer."""
        kwargs.setdefault("buffered", True)
        if isinstance(args[0], str):
            method = kwargs.get("method", "GET").upper()
            headers = kwargs["headers"] = dict(kwargs.get("headers") or {})
            if htmx:
                headers["HX-Request"] = "true"
            if method not in LOOKING and csrf:
                headers.setdefault("X-CSRFToken", self._token())
                headers.setdefault("Sec-Fetch-Site", "same-origin")
        with watching(self.application.extensions["store"]) as written:
            answer = super().open(*args, **kwargs)
        if self.judged:
            self._judge(answer, written)
        return answer

    def _token(self) -> str:
        with self.session_transaction() as kept:
            kept["csrf_token"] = TOKEN
        return str(URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token").dumps(TOKEN))

    def _judge(self, answer: TestResponse, written: list[str]) -> None:
        asked = f"{answer.request.method} {answer.request.path} ({answer.status_code})"
        wrong = missing_headers(answer)
        if answer.request.method in LOOKING:
            wrong += [f"a look wrote to the database: {statement}" for statement in written]
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 307, 308) and answer.data:
            wrong += problems_of(answer.get_data(as_text=True))
        if wrong:
            raise AssertionError(f"{asked}:\n  " + "\n  ".join(wrong))


def missing_headers(answer: TestResponse) -> list[str]:
    """The security headers that an answer lacks, as sentences."""
    wrong = [
        f"{name} is {answer.headers.get(name)!r} instead of {value!r}"
        for name, value in HEADERS.items()
        if answer.headers.get(name) != value
    ]
    if not answer.request.path.startswith("/static/") and "no-store" not in answer.headers.get("Cache-Control", ""):
        wrong.append("Cache-Control does not say no-store: personal data would be kept by the browser")
    return wrong


def client_of(app: Flask) -> JudgingClient:
    """A judging client with an empty cookie jar."""
    app.test_client_class = JudgingClient
    client = app.test_client()
    assert isinstance(client, JudgingClient)
    return client
