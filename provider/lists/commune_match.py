"""Which commune a list means: "Phường 1", "P.1", "PHƯỜNG 01", or the end of an address."""

import re
from collections.abc import Mapping

from provider.places.rules import read_unit_name

_COMMAS = re.compile(r"\s*[,;]\s*|\s+-\s+")


class CommuneMatch:
    """Looks names up among the communes given (folded name -> unit code); the same words are answered from memory."""

    def __init__(self, communes: Mapping[str, str]) -> None:
        self._whole: dict[str, set[str]] = {}
        self._bare: dict[str, set[str]] = {}
        for name, code in communes.items():
            said = read_unit_name(name)
            self._whole.setdefault(said.whole, set()).add(code)
            self._bare.setdefault(said.bare, set()).add(code)
        self._asked: dict[tuple[str, str], str | None] = {}

    def find(self, commune: str, address: str = "") -> str | None:
        """The unit code, or None when no commune or more than one is meant."""
        if not self._whole:
            return None
        key = (commune, "" if commune else address)
        if key in self._asked:
            return self._asked[key]
        found = self._named(commune) if commune else None
        if found is None and not commune:
            for part in reversed(_COMMAS.split(address)):
                found = self._named(part, whole=True)
                if found is not None:
                    break
        if found is None and commune and _COMMAS.search(commune):
            found = next((code for part in _COMMAS.split(commune) for code in [self._named(part)] if code), None)
        self._asked[key] = found
        return found

    def _named(self, text: str, *, whole: bool = False) -> str | None:
        said = read_unit_name(text)
        if not said.bare:
            return None
        readings = [self._whole.get(said.whole, set())]
        if said.kind or not whole:
            readings.append(self._bare.get(said.bare, set()))
        return next((next(iter(found)) for found in readings if len(found) == 1), None)
