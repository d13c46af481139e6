"""Watches what is written to a store, so that looking can be told from doing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from provider.db import Store

BOOKKEEPING = frozenset({"user_session", "sign_in_attempt"})
"""Tables in which a session writes down that it is in use; that is no deed."""

_WRITES = re.compile(r"\s*(?:WITH\b.*?\b)?(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE | re.DOTALL)


@contextmanager
def watching(store: Store) -> Iterator[list[str]]:
    """The tables written to while the block runs ("INSERT INTO payout"), but for the bookkeeping of sessions."""
    written: list[str] = []

    def look(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found = _WRITES.match(statement)
        if found and found[2].lower() not in BOOKKEEPING:
            written.append(f"{found[1].upper()} {found[2]}")

    event.listen(store.engine, "before_cursor_execute", look)
    try:
        yield written
    finally:
        event.remove(store.engine, "before_cursor_execute", look)
