"""Ways to walk through the house: its files, its modules."""

import ast
import importlib
import pkgutil
from functools import cache
from pathlib import Path

import provider

PROJECT = Path(__file__).resolve().parents[2]
PROVIDER = PROJECT / "provider"
NOT_OURS = ("migrations/versions/",)


def files(*patterns: str, under: Path = PROVIDER) -> list[Path]:
    """Files of the house that fit one of the patterns, in order."""
    found = {path for pattern in patterns for path in under.rglob(pattern) if "__pycache__" not in path.parts}
    return sorted(path for path in found if not any(part in path.as_posix() for part in NOT_OURS))


def rooms() -> list[Path]:
    """The packages of the house that hold one kind of work."""
    return sorted(path.parent for path in PROVIDER.glob("*/__init__.py"))


def called(path: Path) -> str:
    """A file's name as a person would say it."""
    return path.relative_to(PROJECT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def import_everything() -> None:
    """Import every module of the house, so that every class is known."""
    for module in pkgutil.walk_packages(provider.__path__, "provider."):
        if ".migrations." not in module.name:
            importlib.import_module(module.name)
