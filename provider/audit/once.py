"""The same request sent twice has the effect of one, and gets the same answer: for ever."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from provider import clock
from provider.audit.actor import Actor
from provider.audit.chain import canonical, link
from provider.audit.models import AnsweredRequest
from provider.errors import N_, Invalid

LONGEST_KEY = 64


class KeyMissing(Invalid):
    """A form that moves money came without its key."""

    code = "key_missing"
    sentence = N_("Biểu mẫu thiếu mã chống gửi trùng. Hãy tải lại trang rồi làm lại.")


class KeyUsedForSomethingElse(Invalid):
    """The key was used before, by somebody else or with other content."""

    code = "key_used_for_something_else"
    sentence = N_("Biểu mẫu này đã được gửi với nội dung khác. Hãy tải lại trang và kiểm tra trước khi làm lại.")


@dataclass(slots=True)
class Once:
    """What was answered the first time (``answer``), or nothing yet (``is_new``)."""

    session: Session
    key: str
    fingerprint: str
    purpose: str
    staff_id: int | None
    answer: dict[str, Any] | None

    @property
    def is_new(self) -> bool:
        """Whether this request comes for the first time."""
        return self.answer is None

    def keep(self, **answer: Any) -> dict[str, Any]:
        """Keep the answer of the first time, in the transaction of the deed."""
        self.session.execute(
            insert(AnsweredRequest),
            {
                "key": self.key,
                "purpose": self.purpose,
                "staff_id": self.staff_id,
                "fingerprint": self.fingerprint,
                "answer": canonical(answer),
                "at": clock.now(),
            },
        )
        self.answer = answer
        return answer


def once(session: Session, key: str, *, by: Actor, purpose: str, **content: Any) -> Once:
    """Look up whether the request with this key was answered before.

    Two at the same moment wait for each other (SQLite's write lock; an advisory lock on PostgreSQL). Raises KeyMissing,
    KeyUsedForSomethingElse.
    """
    if not key or len(key) > LONGEST_KEY:
        raise KeyMissing()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})
    fingerprint = link(purpose, str(by.staff_id or ""), canonical(content))
    found = session.execute(
        select(AnsweredRequest.fingerprint, AnsweredRequest.answer).where(AnsweredRequest.key == key)
    ).first()
    if found and found.fingerprint != fingerprint:
        raise KeyUsedForSomethingElse()
    return Once(session, key, fingerprint, purpose, by.staff_id, json.loads(found.answer) if found else None)
