"""One measurement, and how a table of them reads."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What was measured (``measured``, in ``unit``), what it is compared with, and whether a goal was met.

    ``goal`` is a sentence; ``is_met`` is None where a measurement is only reported.
    """

    name: str
    engine: str
    measured: float
    unit: str
    limit_name: str
    limit: float | None
    ratio: float | None
    goal: str = ""
    is_met: bool | None = None
    details: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        facts = asdict(self)
        facts["met"] = facts.pop("is_met")
        return {name: _short(value) for name, value in facts.items()}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured; tests measure next to nothing."""

    rows: int = 10_000
    repeats: int = 3
    people: int = 200_000
    questions: int = 400
    roster: int = 60
    apart: int = 320
    clients: int = 8
    seconds: int = 20
    slips: int = 400
    lines: int = 2_400


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    """Seconds since the block began."""
    begun = time.perf_counter()
    yield lambda: time.perf_counter() - begun


def median(values: Sequence[float]) -> float:
    """The value in the middle."""
    return statistics.median(values)


def percentile(values: Sequence[float], part: float) -> float:
    """The value that ``part`` of a hundred do not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part / 100))] if ordered else 0.0


def table(measures: Sequence[Measure]) -> str:
    """For people: one line each, details below."""
    lines = []
    for one in measures:
        verdict = {True: "met", False: "NOT MET", None: "reported"}[one.is_met]
        limit = f"{_figure(one.limit)} {one.unit} ({one.limit_name})" if one.limit is not None else one.limit_name
        ratio = f"{one.ratio:.2f} x" if one.ratio is not None else "-"
        lines.append(
            f"{one.name:<16} {one.engine:<11} {_figure(one.measured)} {one.unit:<5} limit {limit}  ratio {ratio}"
            f"  goal {one.goal or '-'}: {verdict}"
        )
        if one.details:
            lines.append("    " + ", ".join(f"{name} {_figure(value)}" for name, value in one.details.items()))
    return "\n".join(lines)


def _figure(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.0f}" if value >= 1_000 else f"{value:.3g}"
    return str(value)


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _short(one) for name, one in value.items()}
    return round(value, 4) if isinstance(value, float) else value
