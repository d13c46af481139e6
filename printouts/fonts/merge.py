"""Make the four fonts of this folder out of the npm package @fontsource/tinos.

    npm pack @fontsource/tinos@5.3.0 && tar xzf fontsource-tinos-5.3.0.tgz
    .venv/bin/python printouts/fonts/merge.py package/files

The package cuts Tinos into one file per script for browsers. A Vietnamese word needs two or three of them ("Nguyễn":
latin and vietnamese), and a paper set from cut fonts changes font inside a word: no kerning across the cut, and text
that breaks into pieces when it is copied or read back. So latin, latin-ext and vietnamese become one font again.
Hinting is dropped, paper does not need it. The result is the same, byte for byte, each time.
"""

import sys
from io import BytesIO
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

STYLES = {"Regular": "400-normal", "Italic": "400-italic", "Bold": "700-normal", "BoldItalic": "700-italic"}
SUBSETS = ("latin", "latin-ext", "vietnamese")
# Latin with its two extensions (also the letters of Ê-đê, Gia-rai, K'ho names), the tone marks on their own,
# punctuation, currencies, and the few arrows and signs that Tinos has in these subsets.
WANTED = {*range(0x20, 0x250), *range(0x2B9, 0x2E0), *range(0x300, 0x330), *range(0x1E00, 0x1F00),
          *range(0x2000, 0x2070), *range(0x20A0, 0x20C1), 0x2122, 0x2191, 0x2193, 0x2212, 0x2215}


def cut(path: Path, codes: set[int]) -> BytesIO:
    """The font at `path` with only these characters, without hinting, as a TrueType file in memory."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=["*"], notdef_outline=True, glyph_names=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.flavor = None
    out = BytesIO()
    font.save(out)
    out.seek(0)
    return out


def merge(folder: Path, style: str) -> TTFont:
    """One font out of the three subsets of a style; each character is taken from the first subset that has it."""
    taken: set[int] = set()
    parts = []
    for subset in SUBSETS:
        path = folder / f"tinos-{subset}-{style}.woff2"
        codes = (set(TTFont(path).getBestCmap()) & WANTED) - taken
        taken |= codes
        parts.append(cut(path, codes))
    font = Merger().merge(parts)
    font.recalcTimestamp = False
    head = TTFont(folder / f"tinos-latin-{style}.woff2")["head"]
    font["head"].created, font["head"].modified = head.created, head.modified
    return font


def main() -> None:
    folder, here = Path(sys.argv[1]), Path(__file__).parent
    for name, style in STYLES.items():
        merge(folder, style).save(here / f"Tinos-{name}.ttf", reorderTables=True)


if __name__ == "__main__":
    main()
