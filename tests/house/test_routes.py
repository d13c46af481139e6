"""Every door has a lock; looking changes nothing; another district's things are not there."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from provider.db import Store
from provider.staff.guard import OPEN_ENDPOINTS
from provider.staff.rules import PROVINCE_ROLES, Right, Role, may_any
from tests.house.districts import here, one_of_each, there
from tests.watching import watching

LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
ANSWERS_TO_A_LOOK = frozenset({200, 204, 302, 303, 304, 404, 409, 422})
"""409: a payer without a till is told so before he sees anybody's card."""

SENT_BY_THE_BROWSER_ITSELF = frozenset({"/csp-report"})
"""No form of ours, so without a token; it may write nothing either."""

NOT_SCOPED = frozenset({"month", "programme", "kind"})
"""Parts of an address that belong to no district."""


@pytest.fixture
def twins(store: Store) -> tuple[dict[str, Any], dict[str, Any]]:
    """One of everything here, and one of everything in another district."""
    with store.write() as session:
        return one_of_each(session, here(session)), one_of_each(session, there(session))


def who(role: Role, ours: dict[str, Any]) -> Any:
    """Somebody of a role here; of those who pay, the one with an open till, so that no door is shut for want of one."""
    return ours["payer"] if role is Role.POINT_STAFF else role


def doors(app: Flask, *, looking: bool) -> Iterator[Rule]:
    """The routes that look, or those that do."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in OPEN_ENDPOINTS and ("GET" in (rule.methods or ())) is looking:
            yield rule


def rights_of(app: Flask, rule: Rule) -> frozenset[Right]:
    return getattr(app.view_functions[rule.endpoint], "required_rights", frozenset())


def address(app: Flask, rule: Rule, values: dict[str, Any]) -> str:
    unknown = rule.arguments - set(values)
    assert not unknown, f"{rule.rule}: tests/house/districts.py makes no {', '.join(unknown)} yet"
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments})


def test_every_route_declares_who_may_call_it(app: Flask) -> None:
    open_to_all = [
        rule.rule for rule in [*doors(app, looking=True), *doors(app, looking=False)] if not rights_of(app, rule)
    ]
    assert not open_to_all, f"no @requires(...): {open_to_all}"


def test_only_static_files_need_no_right() -> None:
    assert frozenset({"static"}) == OPEN_ENDPOINTS


def test_a_route_looks_or_does_but_never_both(app: Flask) -> None:
    both = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and (rule.methods or set()) - LOOKS
    ]
    assert not both
    odd = {rule.rule: rule.methods for rule in app.url_map.iter_rules() if (rule.methods or set()) - LOOKS - {"POST"}}
    assert not odd


@pytest.mark.parametrize("role", list(Role))
def test_looking_changes_nothing_and_opens_only_what_the_role_may_see(
    role: Role, app: Flask, twins: tuple[dict[str, Any], dict[str, Any]], sign_in: Any
) -> None:
    """Each page of one's own district, as each role; the client fails a look that writes, and judges each page."""
    ours, _theirs = twins
    browser = sign_in(who(role, ours))
    wrong = []
    for rule in doors(app, looking=True):
        path = address(app, rule, ours)
        try:
            answer = browser.get(path)
        except Exception as trouble:  # every door is tried before the test says what is wrong
            wrong.append(f"{path}: {type(trouble).__name__}: {trouble}")
            continue
        allowed = may_any(role, rights_of(app, rule)) or Right.ANYONE in rights_of(app, rule)
        if not allowed and answer.status_code not in (403, 404):
            wrong.append(f"{path}: {answer.status_code}, but {role} may not see it")
        if allowed and answer.status_code not in ANSWERS_TO_A_LOOK:
            wrong.append(f"{path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [role for role in Role if role not in PROVINCE_ROLES])
def test_what_belongs_to_another_district_is_not_there(
    role: Role, app: Flask, twins: tuple[dict[str, Any], dict[str, Any]], sign_in: Any, store: Store
) -> None:
    ours, theirs = twins
    browser = sign_in(who(role, ours))
    browser.judged = False
    wrong = []
    for looking in (True, False):
        for rule in doors(app, looking=looking):
            if not rule.arguments - NOT_SCOPED or Right.ANYONE in rights_of(app, rule):
                continue
            path = address(app, rule, theirs)
            with watching(store) as written:
                answer = browser.open(path, method="GET" if looking else "POST")
            expected = {403, 404} if looking else {403, 404, 422}
            if role is Role.COURIER:
                expected.add(409)  # who has no till is told so first
            if answer.status_code not in expected or written:
                wrong.append(f"{'GET' if looking else 'POST'} {path}: {answer.status_code} {written}")
            if b"V\xc4\xa9nh Linh" in answer.data:
                wrong.append(f"{path} tells about the other district")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_right_cannot_do(
    role: Role, app: Flask, twins: tuple[dict[str, Any], dict[str, Any]], sign_in: Any, store: Store
) -> None:
    ours, _theirs = twins
    browser = sign_in(who(role, ours))
    wrong = []
    for rule in doors(app, looking=False):
        if may_any(role, rights_of(app, rule)) or Right.ANYONE in rights_of(app, rule):
            continue
        path = address(app, rule, ours)
        with watching(store) as written:
            answer = browser.post(path)
        if answer.status_code not in (403, 404) or written:
            wrong.append(f"POST {path}: {answer.status_code} {written}")
    assert not wrong, "\n".join(wrong)


def test_nobody_signed_in_gets_no_further_than_the_sign_in(
    app: Flask, twins: tuple[dict[str, Any], dict[str, Any]], client: Any
) -> None:
    wrong = []
    for looking in (True, False):
        for rule in doors(app, looking=looking):
            if Right.ANYONE in rights_of(app, rule):
                continue
            answer = client.open(address(app, rule, twins[0]), method="GET" if looking else "POST")
            led = answer.status_code in (302, 303) and "/sign-in" in answer.headers["Location"]
            if not led and answer.status_code != 401:
                wrong.append(f"{rule.rule}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_form_without_its_token_does_nothing(
    app: Flask, twins: tuple[dict[str, Any], dict[str, Any]], sign_in: Any, store: Store
) -> None:
    wrong = []
    browsers = {role: sign_in(role) for role in Role}
    for rule in doors(app, looking=False):
        role = next(
            role for role in Role if may_any(role, rights_of(app, rule)) or Right.ANYONE in rights_of(app, rule)
        )
        with watching(store) as written:
            answer = browsers[role].post(address(app, rule, twins[0]), csrf=False)
        refused = answer.status_code == 403 or rule.rule in SENT_BY_THE_BROWSER_ITSELF
        if not refused or written:
            wrong.append(f"{rule.rule}: {answer.status_code} {written}")
    assert not wrong, "\n".join(wrong)


def test_a_form_from_another_site_does_nothing(app: Flask, twins: Any, client: Any) -> None:
    for rule in doors(app, looking=False):
        answer = client.post(address(app, rule, twins[0]), headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403, rule.rule
