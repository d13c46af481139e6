"""Text files: which encoding, which separator, which quoting. Bytes -> rows of text."""

import csv
import io

from provider.lists.reading import legacy

_SEPARATORS = ("\t", ";", ",", "|")


def read(content: bytes) -> list[list[str]] | None:
    """Rows of a text table, or None when the bytes are no text. Every row gets the width of the widest."""
    text = decode(content)
    if text is None:
        return None
    separator = _separator(text)
    csv.field_size_limit(1_000_000)
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error:
        rows = [line.split(separator) for line in text.splitlines()]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows


def decode(content: bytes) -> str | None:
    """UTF-8 with or without BOM, UTF-16 with or without BOM, else an old single-byte page that reads as Vietnamese."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content.startswith(b"\xef\xbb\xbf"):
        return content[3:].decode("utf-8", "replace")
    start = content[:4000]
    if start.count(0) > len(start) // 4:
        page = "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
        try:
            text = content.decode(page)
        except UnicodeDecodeError:
            return None
        return text if _is_text(text) else None
    if 0 in start:
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        candidates = [content.decode("cp1258", "replace"), content.decode("cp1252", "replace")]
        scored = [(legacy.score(legacy.to_unicode(text)[:200_000]), text) for text in candidates]
        text = max(scored, key=lambda pair: pair[0])[1]
    return text if _is_text(text) else None


def _is_text(text: str) -> bool:
    start = text[:4000]
    strange = sum(1 for letter in start if letter < " " and letter not in "\t\r\n\f\x1a")
    return strange * 50 <= len(start)


def _separator(text: str) -> str:
    """The separator that cuts most lines into the same number (at least two) of pieces."""
    lines = [line for line in text[:60_000].splitlines() if line.strip()][:60]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        usual = max(set(counts), key=lambda n: (counts.count(n) if n > 1 else 0, n), default=1)
        score = counts.count(usual) * min(usual, 20) if usual > 1 else 0
        if score > best_score:
            best, best_score = separator, score
    return best
