"""The stairs, and the furniture of the rooms."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.walk import PROJECT, PROVIDER, called, files, parsed, rooms

MODULE_LINES, VIEW_LINES, TEMPLATE_LINES = 400, 40, 150
NO_ROOM_HAS_THIS_NAME = re.compile(r"(utils?|helpers?|manager|managers|common|base|misc|info|data|stuff|tools?)")
PLACES_OF_THIS_MACHINE = re.compile(
    r"(?<![\w.:/])/(?:work|root|home|farm)/|https?://[\w.-]*(?:pypi|npmjs|pythonhosted)\."
)


def pure_files() -> list[Path]:
    """The files that the contract "Rules are pure" in pyproject.toml names, but for the clock itself."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    names = next(contract["source_modules"] for contract in contracts if contract["id"] == "pure")
    places = [name.removeprefix("provider.").replace(".", "/") for name in names if name != "provider.clock"]
    found = {path for place in places for path in [*PROVIDER.glob(f"{place}.py"), *PROVIDER.glob(f"{place}/**/*.py")]}
    return sorted(found)


def test_one_walks_only_down_the_stairs() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([linter, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout[-6000:] + answer.stderr[-2000:]


@pytest.mark.parametrize("path", files("*.py"), ids=called)
def test_a_module_is_short_enough_to_be_read(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MODULE_LINES, f"{called(path)} has {lines} lines: a room is missing, find it"


@pytest.mark.parametrize("path", files("*.py"), ids=called)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(parsed(path)), f"{called(path)} opens without a docstring"


@pytest.mark.parametrize("path", files("views.py", "views/*.py", "*_views.py"), ids=called)
def test_a_view_only_reads_calls_and_answers(path: Path) -> None:
    long = [
        f"{node.name}: {(node.end_lineno or 0) - node.lineno + 1} lines"
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > VIEW_LINES
    ]
    assert not long, f"{called(path)}: {', '.join(long)}; what is more than reading and answering belongs below"


@pytest.mark.parametrize("path", files("views.py", "views/*.py", "*_views.py"), ids=called)
def test_a_view_holds_no_sql(path: Path) -> None:
    """A session is handed through, and may be named as a type; nothing is asked of the database here."""
    taken = {
        alias.name
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
        if "sqlalchemy" in (getattr(node, "module", None) or alias.name)
    }
    assert taken <= {"Session"}, f"{called(path)} takes {', '.join(sorted(taken))} from SQLAlchemy"
    asked = re.findall(
        r"session\.(?:execute|scalars?|add|add_all|delete|flush|query)\(", path.read_text(encoding="utf-8")
    )
    assert not asked, f"{called(path)}: {asked}"


@pytest.mark.parametrize("path", pure_files(), ids=called)
def test_a_rule_does_not_look_at_the_clock_or_the_disk_by_itself(path: Path) -> None:
    found = re.findall(
        r"clock\.(?:now|today)\(|(?<![.\w])open\(|\.read_(?:text|bytes)\(|os\.environ", path.read_text(encoding="utf-8")
    )
    assert not found, f"{called(path)}: {found}; let it be given"


@pytest.mark.parametrize("path", files("*.html", under=PROJECT / "templates"), ids=called)
def test_a_template_is_one_thing(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= TEMPLATE_LINES, f"{called(path)} has {lines} lines: a fragment or a component is missing"


@pytest.mark.parametrize("path", files("*.py", "*.css", "*.js", under=PROVIDER), ids=called)
def test_a_file_is_named_for_what_it_holds(path: Path) -> None:
    assert not NO_ROOM_HAS_THIS_NAME.fullmatch(path.stem), f"{called(path)}: this name fits anything"


@pytest.mark.parametrize("room", rooms(), ids=called)
def test_a_room_is_introduced_and_its_front_holds_no_code(room: Path) -> None:
    front = parsed(room / "__init__.py")
    assert ast.get_docstring(front), f"{called(room)} does not say what it is for"
    assert len(front.body) == 1, f"{called(room)}/__init__.py holds code"


@pytest.mark.parametrize("path", files("service.py", "queries.py", "rules.py"), ids=called)
def test_what_others_may_call_says_what_it_does(path: Path) -> None:
    silent = [
        node.name
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent, f"{called(path)}: no docstring: {', '.join(silent)}"


@pytest.mark.parametrize("path", [path for path in files("*.py") if path.parent.name != "bench"], ids=called)
def test_transactions_end_at_the_edge_only(path: Path) -> None:
    ended = [
        f"line {node.lineno}: .{node.func.attr}()"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("commit", "rollback")
        and path.name != "db.py"
    ]
    assert not ended, f"{called(path)}: {', '.join(ended)}; Store.write() does that"


@pytest.mark.parametrize("path", files("*.py"), ids=called)
def test_vietnamese_needs_no_plural_forms(path: Path) -> None:
    assert "ngettext" not in path.read_text(encoding="utf-8")


def test_nothing_knows_the_machine_it_was_written_on() -> None:
    told = [
        f"{called(path)}: {found[0]}"
        for folder in ("provider", "templates", "static", "printouts", "deploy", "docs", "tests", ".ci")
        for path in files("*.py", "*.html", "*.js", "*.css", "*.sh", "*.md", "run", under=PROJECT / folder)
        if "vendor" not in path.parts and path.name != Path(__file__).name
        for found in [PLACES_OF_THIS_MACHINE.search(path.read_text(encoding="utf-8"))]
        if found
    ]
    assert not told, "\n".join(told)
