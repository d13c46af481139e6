"""How much room a text takes in the font of the papers, so that a template can decide before it is laid out.

Widths come from the advances in ``printouts/fonts``. Kerning is left out, which errs on the wide side: what fits here
fits on paper. Sizes in points, widths and heights in millimetres.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "printouts" / "fonts"
MM_PER_POINT = 25.4 / 72
_ROWS_KEPT_WITH_SIGNATURES = 2


@cache
def _advances(bold: bool) -> tuple[dict[int, float], float]:
    """Advance of each character in parts of the font size, and the widest ordinary one for what is not in the font."""
    with TTFont(FONTS / f"Tinos-{'Bold' if bold else 'Regular'}.ttf", lazy=True) as font:
        units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        widths = {code: metrics[name][0] / units for code, name in font.getBestCmap().items()}
    return widths, widths[ord("W")]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is on one line, in mm, at a size in points."""
    widths, widest = _advances(bold)
    return sum(widths.get(ord(character), widest) for character in text) * size * MM_PER_POINT


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many lines the text needs in a column ``room`` mm wide, broken at spaces; a longer word is broken inside."""
    count, used = 1, 0.0
    space = width(" ", size, bold=bold)
    for word in _words(text):
        wide = width(word, size, bold=bold)
        if used and used + space + wide <= room:
            used += space + wide
            continue
        count += 1 if used else 0
        while wide > room:
            count, wide = count + 1, wide - room
        used = wide
    return count


def largest(text: str, room: float, sizes: Sequence[float], *, rows: int = 1, bold: bool = False) -> float:
    """The first of these sizes (big to small) at which the text takes at most ``rows`` lines; else the last one."""
    for size in sizes:
        if lines(text, room, size, bold=bold) <= rows and _longest_word(text, size, bold) <= room:
            return size
    return sizes[-1]


def row_height(cells: Iterable[tuple[str, float, float]], *, least: float, spacing: float = 1.15) -> float:
    """Height in mm of a table row whose cells are (text, room, size); never below ``least``."""
    tallest = max((lines(text, room, size) * size * spacing * MM_PER_POINT for text, room, size in cells), default=0.0)
    return max(least, tallest + 1)


def scale_to_fit(
    blocks: Iterable[tuple[str, float, float]], room: float, scales: Sequence[float], *, spacing: float = 1.2
) -> float:
    """The first of these scales (big to small) at which blocks of text stand one below the other in ``room`` mm.

    A block is (text, width of its column in mm, size in points at scale 1). The last scale is given when none fits.
    """
    stacked = tuple(blocks)
    for scale in scales:
        height = sum(lines(text, wide, size * scale) * size * scale for text, wide, size in stacked)
        if height * spacing * MM_PER_POINT <= room:
            return scale
    return scales[-1]


def page_sizes(heights: Sequence[float], *, first: float, following: float, tail: float) -> tuple[int, ...]:
    """How many rows go on each page: ``first`` and ``following`` mm of room, ``tail`` mm needed after the last row.

    Signatures never stand alone: when the tail does not fit below the last rows, some rows go over with it.
    """
    sizes: list[int] = []
    room, count = first, 0
    for height in heights:
        if height > room and count:
            sizes.append(count)
            room, count = following, 0
        room, count = room - height, count + 1
    if room < tail and count > 1:
        moved = min(_ROWS_KEPT_WITH_SIGNATURES, count - 1)
        sizes += [count - moved, moved]
    else:
        sizes.append(count)
    return tuple(sizes)


def _words(text: str) -> list[str]:
    """What may be parted at the end of a line; a no-break space holds its neighbours together."""
    return [word for word in re.split("[ \\n]+", text) if word]


def _longest_word(text: str, size: float, bold: bool) -> float:
    return max((width(word, size, bold=bold) for word in _words(text)), default=0.0)
