"""What we took from elsewhere is exactly what we said we took."""

import hashlib
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SHELVES = [PROJECT / "static" / "vendor", PROJECT / "tests" / "vendor"]
ROW = re.compile(
    r"^\| (?P<file>[\w.-]+) \| .+ \| (?P<version>[\w.]+) \| (?P<licence>[\w.-]+) \| (?P<sum>[0-9a-f]{64}) \|$", re.M
)


def promised(shelf: Path) -> dict[str, str]:
    text = (shelf / "README.md").read_text(encoding="utf-8")
    return {row["file"]: row["sum"] for row in ROW.finditer(text)}


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: f"{shelf.parent.name}/{shelf.name}")
def test_every_file_on_the_shelf_has_the_sum_its_readme_promises(shelf: Path) -> None:
    found = {
        path.relative_to(shelf).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(shelf.rglob("*"))
        if path.is_file() and path.name != "README.md"
    }
    assert found, f"nothing on {shelf}"
    assert found == promised(shelf)


def test_htmx_stays_on_the_line_whose_double_click_guard_works() -> None:
    text = (PROJECT / "static" / "vendor" / "htmx.min.js").read_text(encoding="utf-8")
    assert re.search(r'version:"2\.0\.\d+"', text)
