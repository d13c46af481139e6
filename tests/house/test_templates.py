"""Templates compile, use what they import, and hold no code that belongs elsewhere."""

import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError, nodes
from jinja2.meta import find_referenced_templates

from tests.house.walk import PROJECT, called, files

SCREENS = files("*.html", under=PROJECT / "templates")
PAPERS = files("*.html", under=PROJECT / "printouts")
INLINE = re.compile(
    r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+=[\"{]|hx-on|javascript:|\|\s*safe\b", re.IGNORECASE
)


@pytest.mark.parametrize("path", SCREENS, ids=called)
def test_a_template_compiles_and_what_it_names_exists(path: Path, built: Any) -> None:
    tree = built.jinja_env.parse(path.read_text(encoding="utf-8"), filename=str(path))
    built.jinja_env.compile(tree, filename=str(path))
    for name in find_referenced_templates(tree):
        assert name is None or (PROJECT / "templates" / name).exists(), (
            f"{called(path)} names {name}, which is not there"
        )


@pytest.mark.parametrize("path", SCREENS + PAPERS, ids=called)
def test_a_template_uses_every_macro_it_imports(path: Path, built: Any) -> None:
    tree = built.jinja_env.parse(path.read_text(encoding="utf-8"))
    imported: set[str] = set()
    for wanted in tree.find_all(nodes.FromImport):
        imported |= {name if isinstance(name, str) else name[1] for name in wanted.names}
    imported |= {wanted.target for wanted in tree.find_all(nodes.Import)}
    used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    assert imported <= used, f"{called(path)} imports without using: {', '.join(sorted(imported - used))}"


@pytest.mark.parametrize("path", SCREENS, ids=called)
def test_a_template_holds_no_inline_style_or_script_and_marks_nothing_safe(path: Path) -> None:
    text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [hit[0] for hit in INLINE.finditer(text)]
    assert not found, f"{called(path)}: {found}"


@pytest.mark.parametrize("path", SCREENS, ids=called)
def test_a_link_to_a_picture_or_script_has_a_fingerprint(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "/static/" not in text, f"{called(path)}: use asset(), so that a change reaches every phone"


def test_printing_what_is_not_there_fails_a_test(built: Any) -> None:
    assert built.jinja_env.from_string("{{ 'a' if nobody else 'b' }}").render() == "b"
    for wrong in ("{{ nobody }}", "{% for one in nobody %}{% endfor %}", "{{ {}.nobody }}", "{{ nobody|string }}"):
        with pytest.raises(UndefinedError):
            built.jinja_env.from_string(wrong).render()
