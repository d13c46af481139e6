"""Settings, read once from the environment; a wrong value stops the start with a sentence that says which."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
WEAK_SECRET_BELOW = 32


class WrongSetting(SystemExit):
    """A setting that cannot be used; printed as a sentence, and the start stops."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """How this house runs.

    ``secret`` is the root of all keys; each purpose has its own key derived from it (see ``key``), so that a token made
    for one purpose can never be used for another.
    """

    database_url: str
    secret: str
    production: bool = False
    https: bool = False
    trusted_hosts: tuple[str, ...] = ()
    public_url: str = "http://127.0.0.1:8000"
    upload_limit: int = 12 * 1024 * 1024
    second_factor_required: bool = False
    proxy_hops: int = 0

    def key(self, purpose: str) -> bytes:
        """32 bytes for one purpose ("session", "notice", "receipt"…), by HKDF-expand of the secret (RFC 5869)."""
        root = hashlib.sha256(self.secret.encode()).digest()
        return hmac.digest(root, purpose.encode() + b"\x01", "sha256")


def read_settings(environ: dict[str, str] | None = None) -> Settings:
    """Settings from the environment. Raises WrongSetting with a sentence naming the variable that is wrong."""
    env = dict(os.environ if environ is None else environ)
    production = _yes(env, "CHITRA_PRODUCTION")
    return Settings(
        database_url=_database_url(env),
        secret=_secret(env, production=production),
        production=production,
        https=_yes(env, "CHITRA_HTTPS", default=production),
        trusted_hosts=tuple(host for host in env.get("CHITRA_HOSTS", "").split(",") if host),
        public_url=env.get("CHITRA_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
        upload_limit=_whole(env, "CHITRA_UPLOAD_LIMIT", 12 * 1024 * 1024),
        second_factor_required=_yes(env, "CHITRA_SECOND_FACTOR", default=production),
        proxy_hops=_whole(env, "CHITRA_PROXY_HOPS", 0),
    )


def _database_url(env: dict[str, str]) -> str:
    url = env.get("DATABASE_URL", "")
    if not url:
        VAR.mkdir(exist_ok=True)
        return f"sqlite:///{VAR / 'chitra.sqlite3'}"
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    if not url.startswith(("sqlite:", "postgresql+psycopg:")):
        raise WrongSetting(f"DATABASE_URL: only sqlite and postgresql are supported, not {url.split(':')[0]!r}.")
    return url


def _secret(env: dict[str, str], *, production: bool) -> str:
    given = env.get("CHITRA_SECRET", "")
    if env.get("CHITRA_SECRET_FILE"):
        given = Path(env["CHITRA_SECRET_FILE"]).read_text(encoding="utf-8").strip()
    if given:
        if production and len(given) < WEAK_SECRET_BELOW:
            raise WrongSetting(f"CHITRA_SECRET: at least {WEAK_SECRET_BELOW} characters are needed in production.")
        return given
    if production:
        raise WrongSetting("CHITRA_SECRET (or CHITRA_SECRET_FILE) must be set in production.")
    return _kept_secret()


def _kept_secret() -> str:
    """Outside production the secret is made once and kept beside the database, so that slips stay valid."""
    VAR.mkdir(exist_ok=True)
    kept = VAR / "secret"
    try:
        with open(kept, "x", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return kept.read_text(encoding="ascii").strip()


def _yes(env: dict[str, str], name: str, *, default: bool = False) -> bool:
    value = env.get(name, "").strip().lower()
    if value in ("", "0", "no", "false", "off"):
        return default if value == "" else False
    if value in ("1", "yes", "true", "on"):
        return True
    raise WrongSetting(f"{name}: say 1 or 0, not {value!r}.")


def _whole(env: dict[str, str], name: str, default: int) -> int:
    value = env.get(name, "").strip()
    if not value:
        return default
    if not value.isdigit():
        raise WrongSetting(f"{name}: a whole number is needed, not {value!r}.")
    return int(value)
