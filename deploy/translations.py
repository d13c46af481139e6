"""The catalogues of sentences: ``python -m deploy.translations collect|compile``.

The code speaks Vietnamese, so the Vietnamese catalogue fills itself; the English one is filled by hand.
"""

import datetime as dt
import sys
import tempfile
import tomllib
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "provider" / "translations"
LANGUAGES = ("vi", "en")
A_FIXED_DAY = dt.datetime(2024, 9, 5, tzinfo=dt.UTC)
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "_l": None, "lazy_gettext": None}


def sentences() -> Catalog:
    """Every sentence that the code and the templates mark, with the files where it stands."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    found = Catalog(project="chi-tra", charset="utf-8", fuzzy=False)
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {mapping["pattern"]: {"silent": "false"} for mapping in mappings if mapping["method"] == "jinja2"}
    for name, _line, message, comments, context in extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, directory_filter=_of_the_house
    ):
        found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return found


def catalogue(language: str) -> Catalog:
    """The kept catalogue of a language; an empty one when there is none yet."""
    kept = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not kept.exists():
        return Catalog(locale=language, project="chi-tra", fuzzy=False)
    with kept.open("rb") as file:
        return read_po(file, locale=language)


def collect() -> int:
    """Bring both catalogues up to the code; say what English still lacks. Gives back how many sentences that is."""
    lacking = []
    for language in LANGUAGES:
        kept = catalogue(language)
        kept.update(sentences(), no_fuzzy_matching=True)  # collected anew: a catalogue takes its messages as they are
        kept.obsolete.clear()
        for message in kept:
            if language == "vi" and message.id and not message.string:
                message.string = message.id
            if message.id and not message.string:
                lacking.append(message.id)
        target = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_po(file, _plain_header(kept), sort_output=True, include_lineno=False, ignore_obsolete=True, width=120)
    for sentence in lacking:
        print(f"no English yet: {sentence}")
    return len(lacking)


def compile_all() -> None:
    """Turn the catalogues into what the web reads, where they are newer. May run in several processes at once."""
    for text in CATALOGUES.glob("*/LC_MESSAGES/messages.po"):
        compiled = text.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= text.stat().st_mtime:
            continue
        with text.open("rb") as source:
            kept = read_po(source, locale=text.parent.parent.name)
        with tempfile.NamedTemporaryFile(dir=text.parent, suffix=".mo.new", delete=False) as target:
            write_mo(target, kept)
        Path(target.name).replace(compiled)


def _of_the_house(folder: str) -> bool:
    """Look into provider/ and templates/ only; a .venv inside the house is large and not ours."""
    inside = Path(folder).relative_to(ROOT).parts
    return not inside or (inside[0] in ("provider", "templates") and inside[-1] not in ("__pycache__", "versions"))


def _plain_header(kept: Catalog) -> Catalog:
    """With a fixed day instead of the moment of collecting, so that an unchanged catalogue is an unchanged file."""
    kept.header_comment = "# Sentences of Chi trả; collected by `make translations`."
    kept.creation_date = kept.revision_date = A_FIXED_DAY
    return kept


if __name__ == "__main__":
    verbs = {"collect": collect, "compile": compile_all}
    if len(sys.argv) != 2 or sys.argv[1] not in verbs:
        sys.exit("Usage: python -m deploy.translations collect|compile")
    verbs[sys.argv[1]]()
