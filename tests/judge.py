"""What every page and fragment must fulfil; each broken rule is a sentence."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

VERBS = ("hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete")
BY_ITSELF = re.compile(r"\b(load|every|revealed|intersect)\b")
TOO_STRICT = frozenset({"expected-named-entity"})
"""A bare "&" in an address is good HTML; the parser is older than that rule."""
CONTAINERS = {
    "tr": "tbody",
    "td": "tr",
    "th": "tr",
    "tbody": "table",
    "thead": "table",
    "tfoot": "table",
    "option": "select",
}
UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})


def problems_of(html: str) -> list[str]:
    """Everything that is wrong with a page or a fragment; an empty list when it is fine."""
    whole = html.lstrip().lower().startswith("<!doctype")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html) if whole else parser.parseFragment(html, container=_around(html))
    found = [
        f"line {place[0]}: not HTML: {code} {facts or ''}"
        for place, code, facts in parser.errors
        if code not in TOO_STRICT
    ]
    parents = {child: parent for parent in root.iter() for child in parent}
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    if whole:
        found += _page(root, elements)
    found += _ids(elements)
    for element in elements:
        found += _no_inline_code(element)
        found += _names(element, elements, parents)
        found += _htmx(element, parents)
        found += _form(element)
    return found


def _around(fragment: str) -> str:
    """The element in which a fragment may stand: a row of a table is none outside of one."""
    first = re.search(r"<(\w+)", re.sub(r"<!--.*?-->", "", fragment, flags=re.DOTALL))
    return CONTAINERS.get(first[1].lower() if first else "", "div")


def _page(root: Element, elements: list[Element]) -> Iterator[str]:
    if root.get("lang") not in ("vi", "en"):
        yield f"<html lang={root.get('lang')!r}>: vi or en is needed"
    titles = ["".join(element.itertext()).strip() for element in elements if element.tag == "title"]
    if not titles or not titles[0].strip(" –"):
        yield "the page has no <title>"
    if titles and titles[0].startswith("–"):
        yield f"the <title> says nothing of its own: {titles[0]!r}"
    for tag in ("main", "h1"):
        count = sum(element.tag == tag for element in elements)
        if count != 1:
            yield f"the page has {count} <{tag}> instead of one"


def _ids(elements: list[Element]) -> Iterator[str]:
    seen: set[str] = set()
    for element in elements:
        name = element.get("id")
        if name in seen:
            yield f"id {name!r} stands twice"
        if name is not None:
            seen.add(name)
            if not name or re.search(r"\s", name):
                yield f"id {name!r} is empty or has a space"


def _no_inline_code(element: Element) -> Iterator[str]:
    if element.tag == "style":
        yield "<style> inside the page"
    if element.tag == "script" and (not element.get("src") or (element.text or "").strip()):
        yield "<script> inside the page"
    for name, value in element.attrib.items():
        if name == "style" or name.startswith(("on", "hx-on")):
            yield f"<{element.tag} {name}=…>: no inline styles or scripts"
        if name in ("href", "src", "action", "formaction") and value.strip().lower().startswith("javascript:"):
            yield f"<{element.tag} {name}> holds a script"


def _names(element: Element, elements: list[Element], parents: dict[Element, Element]) -> Iterator[str]:
    """Everything a person can use has a name that can be read aloud."""
    shown = f"<{element.tag} {_which(element)}>"
    if element.tag in ("input", "select", "textarea") and (element.get("type") or "text").lower() not in UNLABELLED:
        labelled = element.get("aria-label") or element.get("aria-labelledby")
        labelled = labelled or any(above.tag == "label" for above in _above(element, parents))
        own = element.get("id")
        if not labelled and not any(other.tag == "label" and other.get("for") == own for other in elements if own):
            yield f"{shown} has no label"
    if element.tag in ("button", "a", "summary") and not (_read_aloud(element) or element.get("popover") is not None):
        yield f"{shown} has no words"
    if element.tag == "img" and element.get("alt") is None:
        yield f"{shown} has no alt"
    if element.tag == "label" and element.get("for") and not any(o.get("id") == element.get("for") for o in elements):
        yield f"<label for={element.get('for')!r}> points nowhere"


def _htmx(element: Element, parents: dict[Element, Element]) -> Iterator[str]:
    if not any(verb in element.attrib for verb in VERBS):
        return
    around = [element, *_above(element, parents)]
    shown = f"<{element.tag} {_which(element)}>"
    if not any("hx-target" in one.attrib for one in around):
        yield f"{shown} has an htmx verb and no hx-target"
    asked_by_a_person = not BY_ITSELF.search(element.get("hx-trigger") or "")
    if asked_by_a_person and not any("hx-disabled-elt" in one.attrib for one in around):
        yield f"{shown} has an htmx verb and no hx-disabled-elt"
    if element.tag == "form" and "hx-post" in element.attrib and (element.get("method") or "").lower() != "post":
        yield f"{shown} does not work without scripts: method and action are missing"


def _form(element: Element) -> Iterator[str]:
    if element.tag != "form":
        return
    names = {inner.get("name") for inner in element.iter()}
    posts = (element.get("method") or "get").lower() == "post"
    if posts and "csrf_token" not in names:
        yield f"<form {_which(element)}> posts without a csrf_token"
    if not posts and "csrf_token" in names:
        yield f"<form {_which(element)}> would show its csrf_token in the address"


def _read_aloud(element: Element) -> str:
    words = "".join(element.itertext()).strip() or element.get("aria-label") or element.get("title") or ""
    return words or " ".join(inner.get("aria-label") or inner.get("alt") or "" for inner in element.iter()).strip()


def _above(element: Element, parents: dict[Element, Element]) -> Iterator[Element]:
    while element in parents:
        element = parents[element]
        yield element


def _which(element: Element) -> str:
    kept = ("id", "name", "type", "action", "href", *VERBS)
    return " ".join(f'{name}="{element.get(name)}"' for name in kept if element.get(name))
