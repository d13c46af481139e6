"""Draws the tree of provider/ in the README anew, from the first sentence of each module: `make plan`."""

import ast
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
HOUSE = PROJECT / "provider"
WITHOUT_CONTENT = {"versions", "translations", "data"}
WIDTH = 40
LONGEST = 118


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring, without its full stop."""
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(words.split("\n\n")[0].split())
    return paragraph.split(". ")[0].rstrip(".")


def lines(folder: Path, before: str = "") -> list[str]:
    """The lines of the tree below a folder: modules first, then packages."""
    modules = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
    packages = sorted(path for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__")
    inside = [*modules, *packages]
    drawn = []
    for path in inside:
        last = path == inside[-1]
        name = before + ("└── " if last else "├── ") + path.name + ("/" if path.is_dir() else "")
        source = path / "__init__.py" if path.is_dir() else path
        words = first_sentence(source) if source.exists() else ""
        line = f"{name:<{WIDTH}} {words}".rstrip()
        drawn.append(line if len(line) <= LONGEST else line[: LONGEST - 1].rsplit(" ", 1)[0] + " …")
        if path.is_dir() and path.name not in WITHOUT_CONTENT:
            drawn += lines(path, before + ("    " if last else "│   "))
    return drawn


def main() -> None:
    """Put the tree between the line "provider/" and the end of its block in the README."""
    readme = PROJECT / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, _begin, rest = text.partition("\nprovider/\n")
    _old, _end, after = rest.partition("\n```")
    readme.write_text(f"{before}\nprovider/\n" + "\n".join(lines(HOUSE)) + "\n```" + after, encoding="utf-8")


if __name__ == "__main__":
    main()
