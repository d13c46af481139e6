"""The headers that every answer carries (they are written out here on purpose: a change must be meant)."""

from typing import Any

import pytest
from flask import Flask

from provider.staff.rules import Role
from tests.house.districts import here, one_of_each
from tests.house.test_routes import address, doors

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self' blob:",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def wrong_headers(answer: Any) -> list[str]:
    wrong = [
        f"{name}: {answer.headers.get(name)}" for name, value in EXPECTED.items() if answer.headers.get(name) != value
    ]
    said = dict(
        part.strip().split(" ", 1)
        for part in answer.headers.get("Content-Security-Policy", "").split(";")
        if part.strip()
    )
    wrong += [f"CSP {name}: {said.get(name)}" for name, value in POLICY.items() if said.get(name) != value]
    wrong += [f"CSP {name} was added" for name in said if name not in POLICY and not name.startswith("report")]
    if "unsafe" in answer.headers.get("Content-Security-Policy", ""):
        wrong.append("CSP says unsafe")
    return wrong


@pytest.mark.parametrize("role", [None, Role.ACCOUNTANT, Role.POINT_STAFF])
def test_every_page_and_every_paper_carries_them(
    role: Role | None, app: Flask, store: Any, client: Any, sign_in: Any
) -> None:
    with store.write() as session:
        ours = one_of_each(session, here(session))
    browser = sign_in(role) if role else client
    browser.judged = False
    wrong = []
    for rule in doors(app, looking=True):
        answer = browser.get(address(app, rule, ours))
        found = wrong_headers(answer)
        if answer.headers.get("Cache-Control") != "no-store" and rule.endpoint != "static":
            found.append(f"Cache-Control: {answer.headers.get('Cache-Control')}")
        wrong += [f"{rule.rule} ({answer.status_code}): {problem}" for problem in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ["/no-such-page", "/static/style/base.css", "/static/no-such-file"])
def test_a_file_and_a_refusal_carry_them_too(path: str, client: Any) -> None:
    assert wrong_headers(client.get(path)) == []


def test_a_file_with_a_fingerprint_is_kept_for_ever_and_one_without_is_not(client: Any) -> None:
    assert "immutable" in client.get("/static/style/base.css?v=1").headers["Cache-Control"]
    assert "immutable" not in client.get("/static/style/base.css").headers.get("Cache-Control", "")


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Any) -> None:
    answer = client.get("/sign-in")
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_with_https_everything_says_so(store: Any) -> None:
    import dataclasses

    from provider import create_app
    from tests.conftest import SETTINGS

    app = create_app(dataclasses.replace(SETTINGS, https=True), store)
    answer = app.test_client().get("/sign-in", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert all("Secure" in cookie and cookie.startswith("__Host-") for cookie in answer.headers.getlist("Set-Cookie"))
