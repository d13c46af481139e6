"""Reading a PDF back with other people's tools: text, places of words, fonts, and the codes in a picture of it."""

import re
import subprocess
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import zxingcpp
from PIL import Image
from pypdf import PdfReader

POINTS_PER_MM = 72 / 25.4
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


@dataclass(frozen=True)
class Word:
    """A word and its box in mm from the top left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Word") -> bool:
        """True when the ink of both would meet: boxes are cut to the height of the letters first."""
        trim, other_trim = 0.22 * (self.bottom - self.top), 0.22 * (other.bottom - other.top)
        return (
            self.left + 0.1 < other.right - 0.1
            and other.left + 0.1 < self.right - 0.1
            and self.top + trim < other.bottom - other_trim
            and other.top + other_trim < self.bottom - trim
        )


def run(*command: str, stdin: bytes | None = None) -> bytes:
    return subprocess.run(command, input=stdin, check=True, capture_output=True, timeout=120).stdout


def texts(pdf: bytes) -> list[str]:
    """The text of each page in reading order, spaces made one."""
    pages = run("pdftotext", "-layout", "-", "-", stdin=pdf).decode().split("\f")[:-1]
    return [re.sub(r"\s+", " ", page) for page in pages]


def page_count(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def sizes_in_mm(pdf: bytes) -> set[tuple[int, int]]:
    boxes = (page.mediabox for page in PdfReader(BytesIO(pdf)).pages)
    return {(round(float(box.width) / POINTS_PER_MM), round(float(box.height) / POINTS_PER_MM)) for box in boxes}


def words(pdf: bytes) -> list[list[Word]]:
    """The words of each page with their places."""
    pages = run("pdftotext", "-bbox", "-", "-", stdin=pdf).decode().split("<page ")[1:]
    return [
        [Word(unescape(text), *(float(value) / POINTS_PER_MM for value in box)) for *box, text in _WORD.findall(page)]
        for page in pages
    ]


def collisions(page: list[Word]) -> list[tuple[str, str]]:
    """Pairs of words printed over each other."""
    by_top = sorted(page, key=lambda word: word.top)
    return [
        (one.text, other.text)
        for at, one in enumerate(by_top)
        for other in by_top[at + 1 : at + 120]
        if one.overlaps(other)
    ]


def outside(page: list[Word], left: float, top: float, right: float, bottom: float) -> list[Word]:
    """Words that stand beyond these edges, in mm."""
    return [word for word in page if word.left < left or word.top < top or word.right > right or word.bottom > bottom]


def fonts(pdf: bytes) -> dict[str, bool]:
    """Names of the fonts without their subset tag, and whether each is embedded."""
    lines = run("pdffonts", "-", stdin=pdf).decode().splitlines()
    ruler = lines[1]
    starts = [match.start() for match in re.finditer(r"-+", ruler)]
    cuts = [*starts, None]
    found = {}
    for line in lines[2:]:
        cells = [line[start:end].strip() for start, end in pairwise(cuts)]
        found[cells[0].partition("+")[2] or cells[0]] = cells[3] == "yes"
    return found


def pictures(pdf: bytes, folder: Path, *, dpi: int = 200, pages: int = 0) -> list[Path]:
    """Each page as a grey picture; only the first so many where ``pages`` says so."""
    source = folder / "paper.pdf"
    source.write_bytes(pdf)
    limit = ["-l", str(pages)] if pages else []
    run("pdftoppm", "-r", str(dpi), *limit, "-gray", "-png", str(source), str(folder / "page"))
    return sorted(folder.glob("page*.png"))


def codes(picture: Path) -> tuple[list[str], list[str]]:
    """What two independent readers find in a picture: zxing-cpp and zbar."""
    with Image.open(picture) as image:
        one = [found.text for found in zxingcpp.read_barcodes(image)]
    other = run("zbarimg", "--quiet", "--raw", str(picture)).decode().split()
    return sorted(one), sorted(other)
