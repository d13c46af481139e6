"""How one deed is chained to the one before it; pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

START = "0" * 64
"""The hash before the first deed."""


def canonical(facts: Mapping[str, Any]) -> str:
    """Facts as text that is the same for the same facts, on every machine."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(previous: str, *parts: str) -> str:
    """The hash (64 hex digits, SHA-256) of a deed: over the hash before it and its own parts."""
    content = "\x1f".join((previous, *parts))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()
