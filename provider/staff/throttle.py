"""Slowing down guesses at the sign-in: in the database, so that every process counts alike.

Five failures in a quarter of an hour per account, fifty per address; then each further attempt waits longer. Nobody is
locked out for good, and a browser that came in as this account before is counted by itself: strangers who hammer an
account only slow down strangers.
"""

import datetime as dt
import hashlib
import hmac
import math
import secrets
from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from provider import clock
from provider.names import fold
from provider.staff.models import SignInAttempt
from provider.staff.sessions import Door

WINDOW: Final = dt.timedelta(minutes=15)
PER_ACCOUNT: Final = 5
PER_ADDRESS: Final = 50
FIRST_WAIT: Final = dt.timedelta(seconds=30)
FORGET_AFTER: Final = dt.timedelta(days=1)


def account_key(login: str) -> str:
    """What an account is counted under; the typed text itself is not kept."""
    return hashlib.sha256(fold(login).encode()).hexdigest()


def new_device_word(key: bytes, login: str) -> str:
    """A word that makes a browser known for this account: 64 letters, half of them a signature."""
    nonce = secrets.token_hex(16)
    return nonce + _signature(key, login, nonce)


def known_device(key: bytes, login: str, word: str) -> str:
    """The device behind a word given out for this account; empty for a stranger."""
    nonce, signature = word[:32], word[32:]
    return nonce if hmac.compare_digest(signature.encode(), _signature(key, login, nonce).encode()) else ""


def wait_after(failures: Sequence[dt.datetime], now: dt.datetime, *, free: int) -> int:
    """Seconds to wait after these failures (newest first): none up to ``free``, then 30, 60, 120… since the last."""
    recent = [at for at in failures if now - at < WINDOW]
    if len(recent) < free:
        return 0
    doubled: int = 2 ** min(len(recent) - free, 10)
    wait = min(FIRST_WAIT * doubled, WINDOW)
    return max(0, math.ceil((recent[0] - now + wait).total_seconds()))


def wait_before_trying(session: Session, login: str, door: Door, device: str = "") -> int:
    """Seconds until this account may be tried from here; ``device`` is a known device's nonce."""
    now = clock.now()
    newest = SignInAttempt.at.desc()
    of_account = select(SignInAttempt.at).where(
        SignInAttempt.account == account_key(login), SignInAttempt.device == device, SignInAttempt.at > now - WINDOW
    )
    wait = wait_after(list(session.scalars(of_account.order_by(newest).limit(50))), now, free=PER_ACCOUNT)
    if device or not door.ip:
        return wait
    of_address = select(SignInAttempt.at).where(SignInAttempt.ip == door.ip, SignInAttempt.at > now - WINDOW)
    failures = list(session.scalars(of_address.order_by(newest).limit(PER_ADDRESS + 10)))
    return max(wait, wait_after(failures, now, free=PER_ADDRESS))


def remember_failure(session: Session, login: str, door: Door, device: str = "") -> None:
    """Count one failed attempt, and forget those of yesterday."""
    now = clock.now()
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - FORGET_AFTER))
    session.add(SignInAttempt(at=now, account=account_key(login), device=device, ip=door.ip[:45]))
    session.flush()


def forget_failures(session: Session, login: str, door: Door, device: str = "") -> None:
    """The right person came in: what this browser failed before does not count any more."""
    session.execute(
        delete(SignInAttempt).where(
            SignInAttempt.account == account_key(login),
            SignInAttempt.device == device,
            SignInAttempt.ip == door.ip[:45],
        )
    )


def _signature(key: bytes, login: str, nonce: str) -> str:
    return hmac.digest(key, f"device|{account_key(login)}|{nonce}".encode(), "sha256").hex()[:32]
