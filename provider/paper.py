"""Papers: a template of ``printouts/`` and frozen values in, the bytes of a PDF out.

Nothing is fetched from outside, fonts are embedded, and the same values always give the same bytes: there is no clock
here. Whoever prints says so in the values (``PaperMark.printed``).
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

import qrcode
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from provider import figures, fitting
from provider.words import amount_in_words

PRINTOUTS = Path(__file__).resolve().parent.parent / "printouts"
SERVED = {".css": "text/css", ".ttf": "font/ttf", ".png": "image/png", ".svg": "image/svg+xml"}
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
QUIET_ZONE = 4
QR_LEVELS = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q}
# Trying all eight masks is what costs; any mask is valid. Two independent readers read this one in the tests.
QR_MASK = 4


class NotOnPaper(RuntimeError):
    """A template asked for something outside ``printouts/``: a bug in the template, never the fault of a person."""


class _ClosedFetcher(URLFetcher):
    """Serves the files of ``printouts/`` and nothing else, no network at all."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or path.suffix not in SERVED or PRINTOUTS not in path.parents:
            # Only this kind of error stops the rendering; any other would leave a paper with a piece missing.
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": SERVED[path.suffix]})


def sheet(template: str, **data: Any) -> bytes:
    """The PDF of ``printouts/<template>`` filled with ``data``.

    Raises NotOnPaper when the template reaches outside ``printouts/``, jinja2.UndefinedError for a missing value.
    """
    return sheets(template, [data])


def sheets(template: str, many: Sequence[Mapping[str, Any]]) -> bytes:
    """One PDF of the same paper filled several times, each with its own page numbers; raises what ``sheet`` raises."""
    pages = environment().get_template(template)
    htmls = [pages.render(data) for data in many]
    try:
        documents = [
            HTML(string=html, base_url=f"{PRINTOUTS.as_uri()}/", url_fetcher=_ClosedFetcher()).render()
            for html in htmls
        ]
        together = documents[0].copy([page for document in documents for page in document.pages])
        identifier = hashlib.sha256("\x1f".join(htmls).encode()).digest()[:16]
        pdf: bytes = together.write_pdf(pdf_identifier=identifier)
    except FatalURLFetchingError as problem:
        raise NotOnPaper(str(problem)) from problem
    return pdf


def qr_matrix(text: str, *, level: str = "Q") -> tuple[tuple[bool, ...], ...]:
    """The modules of a QR code, row by row, True for dark, without the quiet zone. ``level`` is M or Q."""
    code = qrcode.QRCode(error_correction=QR_LEVELS[level], mask_pattern=QR_MASK, border=0)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def qr_svg(text: str, *, level: str = "Q") -> str:
    """The QR code as one SVG path of runs, with its quiet zone of 4 modules; its size is given by the style sheet."""
    rows = qr_matrix(text, level=level)
    side = len(rows) + 2 * QUIET_ZONE
    path = "".join(
        f"M{start + QUIET_ZONE} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows, start=QUIET_ZONE)
        for start, length in _runs(row)
    )
    return Markup(
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" aria-label="QR"'
        f' shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )


@cache
def environment() -> Environment:
    """The templates of ``printouts/``: an environment of their own, so that paper does not depend on the web."""
    env = Environment(
        loader=FileSystemLoader(PRINTOUTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        dong=figures.dong,
        plain=figures.plain,
        count=figures.count,
        percent=figures.percent,
        day=figures.day,
        long_day=figures.long_day,
        moment=figures.moment,
        month=figures.month,
        birth=figures.birth,
        weekday=_weekday,
        unbroken=_unbroken,
        words=amount_in_words,
    )
    env.globals.update(
        qr_svg=qr_svg,
        largest=fitting.largest,
        scale_to_fit=fitting.scale_to_fit,
        row_height=fitting.row_height,
        page_sizes=fitting.page_sizes,
        refuse=_refuse,
    )
    return env


def _weekday(on: date) -> str:
    return WEEKDAYS[on.weekday()]


def _unbroken(text: str) -> str:
    """A number written in groups stays on one line."""
    return text.replace(" ", "\u00a0")


def _refuse(why: str) -> NoReturn:
    """For templates: stop instead of printing something that cannot be right."""
    raise NotOnPaper(why)


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where dark modules begin and how many stand together."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs
