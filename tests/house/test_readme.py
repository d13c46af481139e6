"""The plan of the house in the README is the house."""

import re

from tests.house.walk import PROJECT, PROVIDER

LINE = re.compile(r"^(?P<depth>(?:│   |    )*)(?:├──|└──) (?P<name>[\w.\-]+)(?P<folder>/?)(?:\s|$)")
NOT_SHOWN = {"__pycache__", "__init__.py"}


def drawn() -> set[str]:
    """The paths that the tree of provider/ in the README names."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    tree = readme.partition("\nprovider/\n")[2].partition("\n```")[0]
    assert tree, "the README has no tree that begins with a line `provider/`"
    above: list[str] = []
    found = set()
    for line in tree.splitlines():
        hit = LINE.match(line)
        if hit:
            depth = len(hit["depth"]) // 4
            above = [*above[:depth], hit["name"]]
            found.add("/".join(above))
    return found


def real() -> set[str]:
    """The packages and modules of provider/: every room, and what stands in it; of folders of data only the folder."""
    found = set()
    for path in PROVIDER.rglob("*"):
        inside = path.relative_to(PROVIDER)
        if (
            NOT_SHOWN & set(inside.parts)
            or path.suffix == ".pyc"
            or {"translations", "versions"} & set(inside.parts[:-1])
        ):
            continue
        if path.is_dir() or path.suffix == ".py":
            found.add(inside.as_posix())
    return found


def test_the_plan_in_the_readme_is_the_house() -> None:
    plan, house = drawn() - NOT_SHOWN, real()
    plan = {path for path in plan if path.endswith(".py") or (PROVIDER / path).is_dir() or "." not in path}
    assert plan == house, f"only in the README: {sorted(plan - house)}\nonly in the house: {sorted(house - plan)}"


def test_the_quick_start_is_two_commands() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme
