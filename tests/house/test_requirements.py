"""What is imported is required, in the exact version that is installed."""

import ast
import re
import sys
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest

from tests.house.walk import PROJECT, files, parsed

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([\w.]+)(?:\s*;.*?)?(?:\s+#.*)?$")
INSTALLED = {re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower(): one.version for one in distributions()}


def pins(path: Path, *, direct: bool = False) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    if direct:
        text = text.partition("# -- what the above need")[0]
    found = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            pin = PIN.match(line)
            assert pin, f"{path.name}: {line!r} is no exact version"
            found[re.sub(r"[-_.]+", "-", pin[1]).lower()] = pin[2]
    return found


def imported(paths: list[Path]) -> set[str]:
    """The distributions behind every import of these files that is neither ours nor Python's."""
    owners = packages_distributions()
    names = set()
    for path in paths:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add((node.module or "").partition(".")[0])
    theirs = names - set(sys.stdlib_module_names) - {"provider", "tests", "deploy", "app"}
    return {re.sub(r"[-_.]+", "-", owners[name][0]).lower() for name in theirs}


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_the_installed_versions_are_the_required_ones(name: str) -> None:
    wrong = {
        package: (version, INSTALLED.get(package))
        for package, version in pins(PROJECT / name).items()
        if INSTALLED.get(package) != version and package != "backports-zstd"
    }
    assert not wrong, f"required and installed differ: {wrong}"


def test_what_the_house_imports_is_required_directly_or_comes_with_flask() -> None:
    required = pins(PROJECT / "requirements.txt", direct=True)
    comes_along = {"werkzeug", "wtforms", "click", "jinja2", "markupsafe", "babel", "pillow", "fonttools"}
    missing = imported(files("*.py")) - set(required) - comes_along
    assert not missing, f"not in requirements.txt: {sorted(missing)}"
    assert comes_along <= set(pins(PROJECT / "requirements.txt"))


def test_what_the_tests_import_is_required() -> None:
    required = pins(PROJECT / "requirements.txt") | pins(PROJECT / "tests" / "requirements.txt")
    missing = imported(files("*.py", under=PROJECT / "tests")) - set(required)
    assert not missing, f"not in tests/requirements.txt: {sorted(missing)}"
