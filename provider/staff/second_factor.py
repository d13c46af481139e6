"""The second factor of a desk: a code of six digits that changes every 30 seconds (TOTP, RFC 6238).

The secret is kept sealed (AES-256-GCM, bound to its owner): a copy of the database alone makes no codes.
"""

import base64
import hmac
import secrets
from typing import Final

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from provider import clock

STEP: Final = 30
ISSUER: Final = "Chi trả"
_NONCE: Final = 12


def new_secret() -> str:
    """160 random bits in base32, for an authenticator."""
    return pyotp.random_base32()


def address(secret: str, login: str) -> str:
    """What the QR code of the enrolment says."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def seal(key: bytes, owner: str, secret: str) -> str:
    """The secret as it is kept, with the room's ``key``; ``owner`` binds it to one place ("staff:7")."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(_own(key)).encrypt(nonce, secret.encode("ascii"), owner.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode("ascii")


def unseal(key: bytes, owner: str, sealed: str) -> str | None:
    """The secret again; None when it was sealed with another key or for somebody else."""
    try:
        raw = base64.urlsafe_b64decode(sealed.encode("ascii"))
        return AESGCM(_own(key)).decrypt(raw[:_NONCE], raw[_NONCE:], owner.encode()).decode("ascii")
    except (InvalidTag, ValueError):
        return None


def step_of(secret: str, code: str, *, after: int) -> int | None:
    """The 30-second step a code belongs to: this one or a neighbour, and later than the last one used; else None."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdecimal()):
        return None
    now = int(clock.now().timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    for step in (now, now - 1, now + 1):
        if step > after and hmac.compare_digest(totp.generate_otp(step), digits):
            return step
    return None


def _own(key: bytes) -> bytes:
    return hmac.digest(key, b"second factor", "sha256")
