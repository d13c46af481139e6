"""What people see: light sheets, no code inside templates, every template compiles, every drawing exists."""

import gzip
import importlib
import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATES = PROJECT / "templates"
STATIC = PROJECT / "static"
PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
SCRIPTS = sorted((STATIC / "script").glob("*.js"))

COMMENT = re.compile(r"\{#.*?#\}", re.S)
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a script without a file": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "an on… attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "hx-on": re.compile(r"\bhx-on\b", re.I),
    "hx-vals or hx-headers that need eval": re.compile(r"hx-(?:vals|headers)\s*=\s*[\"'](?:js|javascript):", re.I),
    "a trigger filter, which needs eval": re.compile(r"hx-trigger\s*=\s*[\"'][^\"']*\[", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "the safe filter": re.compile(r"\|\s*safe\b"),
    "something from outside": re.compile(r"<(?:script|link|img|source)[^>]+(?:src|href)=[\"'](?:https?:)?//", re.I),
}


def text_of(name: str) -> str:
    return COMMENT.sub("", (TEMPLATES / name).read_text(encoding="utf-8"))


def compressed(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def environment() -> Environment:
    # only compiles: filters, tests and globals of the app are not needed for that
    house = Environment(loader=FileSystemLoader(TEMPLATES), extensions=["jinja2.ext.i18n"], autoescape=True)
    for text in (text_of(name) for name in PAGES):
        for name in re.findall(r"\|\s*([a-z_]+)", text):
            house.filters.setdefault(name, str)
    return house


@pytest.mark.parametrize("name", PAGES)
def test_a_template_compiles(name: str) -> None:
    environment().get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_template_carries_no_code_and_no_style_of_its_own(name: str) -> None:
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text_of(name))]
    assert not found, f"{name} has {', '.join(found)}"


@pytest.mark.parametrize("name", PAGES)
def test_a_button_says_which_kind_it_is(name: str) -> None:
    silent = [tag for tag in re.findall(r"<button\b[^>]*", text_of(name)) if " type=" not in tag]
    assert not silent, f"{name}: a button without type sends its form by surprise: {silent}"


def test_all_sheets_together_are_at_most_12_kb_compressed() -> None:
    assert compressed(*(STATIC / "style").glob("*.css")) <= 12 * 1024


def test_a_first_visit_of_the_shell_stays_far_below_60_kb() -> None:
    shell = [
        *(STATIC / "style").glob("*.css"),
        *SCRIPTS,
        STATIC / "vendor" / "htmx.min.js",
        STATIC / "icon" / "sprite.svg",
        STATIC / "favicon.svg",
    ]
    assert compressed(*shell) <= 40 * 1024


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_small_and_needs_no_eval(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 80
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|^import ", text, re.M)


def test_every_drawing_that_is_asked_for_exists() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icon" / "sprite.svg").read_text(encoding="utf-8")))
    for name in PAGES:
        for asked in re.findall(r"\bicon\(\"([\w-]+)\"", text_of(name)):
            assert asked in drawn, f"{name} asks for the drawing {asked}"


def test_sheets_use_only_values_that_tokens_define() -> None:
    sheets = {path.name: path.read_text(encoding="utf-8") for path in (STATIC / "style").glob("*.css")}
    defined = set(re.findall(r"(--[\w-]+)\s*:", " ".join(sheets.values())))
    for name, text in sheets.items():
        missing = set(re.findall(r"var\((--[\w-]+)", text)) - defined
        assert not missing, f"{name} uses {missing}"


def light(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def colours(sheet: str) -> dict[str, str]:
    return dict(
        re.findall(r"(--[\w-]+):\s*(#[0-9a-fA-F]{3,6});", (STATIC / "style" / sheet).read_text(encoding="utf-8"))
    )


PAIRS = [
    ("--ink", "--paper"),
    ("--ink", "--ground"),
    ("--ink-soft", "--paper"),
    ("--ink-soft", "--ground"),
    ("--ink-soft", "--quiet-ground"),
    ("--blue", "--paper"),
    ("--blue-deep", "--blue-mist"),
    ("--good", "--good-ground"),
    ("--care", "--care-ground"),
    ("--bad", "--bad-ground"),
    ("--paper", "--blue-deep"),
]


@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(word: str, ground: str) -> None:
    desk = colours("tokens.css")
    phone = desk | colours("phone.css")
    assert contrast(desk[word], desk[ground]) >= 4.5
    assert contrast(phone[word], phone[ground]) >= 7


# names that only scripts look for, or that mark a place without a look of their own
WITHOUT_LOOK: set[str] = set()


@pytest.mark.parametrize("name", PAGES)
def test_a_class_that_a_template_uses_has_a_look(name: str) -> None:
    known = set(
        re.findall(r"\.([a-zA-Z][\w-]*)", " ".join(p.read_text("utf-8") for p in (STATIC / "style").glob("*.css")))
    )
    used = {word for words in re.findall(r'class="([^"{}]*)"', text_of(name)) for word in words.split()}
    assert not used - known - WITHOUT_LOOK


LIVES = {
    "payout_state": ("provider.payouts.lifecycle", "State"),
    "channel": ("provider.payouts.lifecycle", "Channel"),
    "list_state": ("provider.lists.models", "ListState"),
    "problem_level": ("provider.lists.problems", "Level"),
    "opening_state": ("provider.points.rules", "OpeningState"),
    "till_state": ("provider.payday.models", "TillState"),
    "advance_state": ("provider.payday.models", "AdvanceState"),
    "undo_state": ("provider.payday.models", "UndoState"),
    "round_state": ("provider.visits.models", "RoundState"),
    "batch_state": ("provider.transfers.models", "BatchState"),
    "line_state": ("provider.transfers.models", "LineState"),
    "settlement_state": ("provider.settlement.models", "SettlementState"),
    "job_state": ("provider.jobs", "JobState"),
}


@pytest.mark.parametrize(("macro", "home"), LIVES.items(), ids=LIVES)
def test_every_state_has_its_word(macro: str, home: tuple[str, str]) -> None:
    house = environment()
    house.install_null_translations()  # type: ignore[attr-defined]
    house.globals["asset"] = str
    words = getattr(house.get_template("_components/state.html").module, macro)
    for state in getattr(importlib.import_module(home[0]), home[1]):
        shown = re.sub(r"<[^>]*>", "", str(words(state))).strip()
        assert shown not in ("", state.value), f"{home[1]}.{state.name} has no word in state.html"
