"""What is marked in a sheet besides its values."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Marks:
    """Rows are the file's own numbers (1-based), columns 0-based; ``merged`` is all 0-based and inclusive."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    struck: dict[int, set[int]] = field(default_factory=dict)
    """row -> columns whose text is struck out"""
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    """(row, column) -> "" for a formula without a stored value, or the error the cell shows (#REF!)"""
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    """(row, column) -> tcvn3, tcvn3h or vni, where the cell's font is an old one"""
    far_cells: list[str] = field(default_factory=list)
    """addresses of cells too far to the right to belong to a list"""


def font_family(name: str) -> str | None:
    """Old Vietnamese font families: .VnTime -> tcvn3, .VnTimeH -> tcvn3h (capitals), VNI-Times -> vni."""
    folded = name.strip().lower()
    if folded.startswith(".vn"):
        return "tcvn3h" if folded.endswith("h") and folded not in (".vnmonotypeh",) else "tcvn3"
    if folded.startswith("vni"):
        return "vni"
    return None
