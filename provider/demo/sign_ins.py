"""The sign-ins of a demo: shown once at the end, and kept in a file that only its owner reads."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from provider import config
from provider.staff.rules import Role

HEADING = "DỮ LIỆU TRÌNH DIỄN: không có người nào, khoản tiền nào ở đây là thật."


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person of the demo and the passphrase drawn for this installation; it is kept nowhere else."""

    role: Role
    login: str
    passphrase: str
    place: str


def path() -> Path:
    """Where the sign-ins of this installation are kept."""
    return config.VAR / "sign-ins.txt"


def table(sign_ins: Iterable[SignIn]) -> str:
    """The sign-ins as lines: role, login, passphrase, place."""
    rows = [("Vai trò", "Tên đăng nhập", "Mật khẩu", "Nơi làm việc")]
    rows += [(one.role.label, one.login, one.passphrase, one.place) for one in sign_ins]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        " | ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3])) for row in rows
    ]
    lines.insert(1, "-+-".join("-" * width for width in (*widths, len(rows[0][3]))))
    return "\n".join((HEADING, "", *lines, ""))


def keep(sign_ins: Iterable[SignIn]) -> Path:
    """Write the file, readable by its owner only, in place of an earlier one."""
    target = path()
    target.parent.mkdir(exist_ok=True)
    fresh = target.with_suffix(".part")
    fresh.unlink(missing_ok=True)
    with open(fresh, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(table(sign_ins))
    fresh.replace(target)
    return target
