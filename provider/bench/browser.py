"""A small browser: cookies, forms, and how many bytes came over the line."""

import gzip
import http.client
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

import brotli  # type: ignore[import-untyped]

ENCODINGS = "gzip, deflate, br"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``wire`` is how many bytes were transferred, heads included."""

    status: int
    text: str
    location: str
    wire: int
    seconds: float


@dataclass(slots=True)
class Form:
    """A form on a page: where it goes and what it sends when nothing is changed and every point is ticked."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)


class _Page(HTMLParser):
    """Forms and the addresses of what a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.loads: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said.get("action", "")))
            self._open = True
        elif tag == "input" and self._open and said.get("name"):
            self._keep(said)
        elif tag == "link" and {"stylesheet", "icon", "manifest", "modulepreload", "preload"} & set(
            said.get("rel", "").split()
        ):
            self.loads.append(said.get("href", ""))
        elif (tag == "script" and said.get("src")) or tag == "img":
            self.loads.append(said.get("src", ""))
        elif tag == "use":
            self.loads.append(said.get("href", "").partition("#")[0])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False

    def _keep(self, said: Mapping[str, str]) -> None:
        kind = said.get("type", "text")
        if kind in ("radio",) and "checked" not in said:
            return
        self.forms[-1].fields.append((said["name"], said.get("value", "on" if kind == "checkbox" else "")))


class Browser:
    """One person's browser, with one connection that is kept open."""

    def __init__(self, port: int, session_token: str) -> None:
        self.port = port
        self.cookies = {"sid": session_token}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> Answer:
        """Look at a page or a file."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Sequence[tuple[str, str]]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields).encode())

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        heads = {
            "Accept-Encoding": ENCODINGS,
            "Accept": "text/html,*/*",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Sec-Fetch-Site": "same-origin",
        }
        if body is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        try:
            self._connection.request(method, path, body, heads)
            answer = self._connection.getresponse()
            content = answer.read()
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()  # the server let an idle connection go: as browsers do, ask once more
            self._connection.request(method, path, body, heads)
            answer = self._connection.getresponse()
            content = answer.read()
        seconds = time.perf_counter() - begun
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _sign, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        wire = len(content) + sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 19
        plain = _unpacked(content, answer.getheader("Content-Encoding", "") or "")
        return Answer(
            answer.status, plain.decode("utf-8", "replace"), answer.getheader("Location", "") or "", wire, seconds
        )


def forms_of(page: str) -> list[Form]:
    """The forms of a page."""
    return _read(page).forms


def loads_of(page: str) -> list[str]:
    """What a page loads besides itself, each once."""
    return [address for address in dict.fromkeys(_read(page).loads) if address.startswith("/")]


def _read(page: str) -> _Page:
    reader = _Page()
    reader.feed(page)
    return reader


def _unpacked(content: bytes, encoding: str) -> bytes:
    if encoding == "br":
        unpacked: bytes = brotli.decompress(content)
        return unpacked
    return gzip.decompress(content) if encoding == "gzip" else content
