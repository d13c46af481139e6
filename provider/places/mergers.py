"""What became of the communes of 30/06/2025: reads "Phường 1, Phường 2 (thị xã Quảng Trị), một phần Xã Hải Lệ"; pure.

The published text names old communes by kind and name, with the district in brackets only where two of one province
would be mistaken. The code of a new unit is that of one old commune it was formed from, which tells the district to
look in first. What cannot be placed is given back as such and never dropped.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from provider.places.rules import Level, read_unit_name

KEPT: Final = "giữ nguyên"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One line of the published registers."""

    code: str
    name: str
    level: Level
    parent: str
    formed_from: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An old commune named in the text: its name, the district in brackets, and whether only a part is meant."""

    name: str
    hint: str = ""
    part: bool = False


@dataclass(frozen=True, slots=True)
class Became:
    """Old code, new code, and whether the whole old unit went there."""

    old: str
    new: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A mention in the text of a new unit that fits no old commune, or more than one."""

    new: str
    mention: str
    candidates: int


@dataclass(frozen=True, slots=True)
class Mergers:
    """All that was understood, what could not be placed, and the old communes that nobody mentions.

    ``districts`` are the island districts that became a special zone as a whole.
    """

    communes: tuple[Became, ...]
    districts: tuple[Became, ...]
    provinces: tuple[Became, ...]
    unplaced: tuple[Unplaced, ...]
    without_successor: tuple[str, ...]

    def coverage(self, old_communes: int) -> float:
        """The share of old communes (0 to 1) whose new unit is known."""
        return 1 - len(self.without_successor) / old_communes if old_communes else 0.0


_BRACKET: Final = re.compile(r"\(([^()]*)\)")
_NAMED: Final = re.compile(r"(?:Phường|Xã|Thị trấn|Thị Trấn)\s+(.+)$", re.IGNORECASE)
_STARTS: Final = re.compile(r"\b(?:Phường|Xã|Thị trấn)\s", re.IGNORECASE)
_AND: Final = re.compile(r"[,;]|\.(?=\s|$)|\s+và\s+(?=\S)")
_DISTRICT: Final = re.compile(r"^(?:huyện|thị xã|thành phố|quận|tp\.?|tx\.?)\s", re.IGNORECASE)
_PART: Final = re.compile(r"phần|còn lại|diện tích", re.IGNORECASE)
_REST: Final = re.compile(r"\s+(?:sau khi|còn lại|thuộc|phần còn lại).*$")


def mentions(text: str) -> list[Mention]:
    """The old communes that a text names, in its order.

    "một phần …" and "phần còn lại của …" reach from where they stand to the end of the enumeration they open; a
    remark in brackets belongs to the name before it.
    """
    brackets: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        brackets.append(found[1].strip())
        return f" \x00{len(brackets) - 1}\x00"

    held = unicodedata.normalize("NFC", text)
    while _BRACKET.search(held):
        held = _BRACKET.sub(set_aside, held)
    named: list[Mention] = []
    part = False
    for piece in _AND.split(held):
        remarks = [brackets[int(number)] for number in re.findall(r"\x00(\d+)\x00", piece)]
        words = " ".join(re.sub(r"\x00\d+\x00", " ", piece).split())
        starts = list(_STARTS.finditer(words))
        before = words[: starts[-1].start()] if starts else words
        part = part or bool(_PART.search(before))
        if not starts:
            continue
        name = _REST.sub("", words[starts[-1].start() :]).strip()
        hint = next((remark for remark in remarks if _DISTRICT.match(remark)), "")
        only_part = part or any(_PART.search(remark) for remark in remarks)
        named.append(Mention(name, hint, only_part))
    return named


@dataclass(slots=True)
class _Old:
    """The old country, ready to be asked."""

    lines: Mapping[tuple[Level, str], UnitLine]
    by_name: dict[str, list[UnitLine]] = field(default_factory=lambda: defaultdict(list))
    by_bare: dict[str, list[UnitLine]] = field(default_factory=lambda: defaultdict(list))
    communes_of: dict[str, list[UnitLine]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, lines: Iterable[UnitLine]) -> "_Old":
        old = cls({(line.level, line.code): line for line in lines})
        for line in old.lines.values():
            if line.level is Level.COMMUNE:
                name = read_unit_name(line.name)
                old.by_name[name.whole].append(line)
                old.by_bare[name.bare].append(line)
                old.communes_of[line.parent].append(line)
        return old

    def district(self, commune: UnitLine) -> UnitLine:
        return self.lines[Level.DISTRICT, commune.parent]

    def province_code(self, commune: UnitLine) -> str:
        return self.district(commune).parent


def read_mergers(before: Sequence[UnitLine], since: Sequence[UnitLine]) -> Mergers:
    """Which old unit became which new one, for provinces and communes; districts ended without a successor.

    Four rounds: what the names say; then, of several with one name, the one that nobody else claimed; then the one
    with the same letters (Cư K'nia, Cư Knia); then the one unclaimed neighbour that is spelt almost alike (Pú Bẩu, Pú
    Pẩu).
    """
    old = _Old.of(before)
    provinces = list(_provinces(before, since))
    came_from: dict[str, set[str]] = defaultdict(set)
    for province in provinces:
        came_from[province.new].add(province.old)
    found: dict[tuple[str, str], bool] = {}
    waiting: list[_Waiting] = []
    for line in since:
        if line.level is Level.COMMUNE:
            waiting += _place(line, old, came_from[line.parent], found)
    for choose in (_the_unclaimed, _the_same_letters, _the_similar):
        claimed = {code for code, _new in found}
        still = []
        for each in waiting:
            chosen = choose(each, old, claimed)
            if chosen is None:
                still.append(each)
            else:
                found[chosen.code, each.new.code] = each.mention.part
                each.districts.add(chosen.parent)
        waiting = still
    return _mergers(before, provinces, _districts(since, old, came_from), found, waiting)


def _mergers(
    before: Sequence[UnitLine],
    provinces: Sequence[Became],
    districts: Sequence[Became],
    found: Mapping[tuple[str, str], bool],
    waiting: Sequence["_Waiting"],
) -> Mergers:
    targets = Counter(old_code for old_code, _new in found)
    communes = tuple(
        Became(old_code, new, whole=not part and targets[old_code] == 1) for (old_code, new), part in found.items()
    )
    unplaced = tuple(Unplaced(each.new.code, each.mention.name, len(each.candidates)) for each in waiting)
    lost = tuple(line.code for line in before if line.level is Level.COMMUNE and line.code not in targets)
    return Mergers(communes, tuple(districts), tuple(provinces), unplaced, lost)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A mention that its name alone did not place; ``districts`` is where its neighbours in the text were."""

    new: UnitLine
    mention: Mention
    candidates: list[UnitLine]
    districts: set[str]
    provinces: set[str]


def _provinces(before: Sequence[UnitLine], since: Sequence[UnitLine]) -> Iterable[Became]:
    by_bare = {read_unit_name(line.name).bare: line.code for line in before if line.level is Level.PROVINCE}
    for line in since:
        if line.level is not Level.PROVINCE:
            continue
        text = line.formed_from.partition(". ")[0]
        parts = [line.name] if text == KEPT else re.split(r",|\s+và\s+", text)
        for part in parts:
            bare = read_unit_name(part).bare.replace("tphcm", "ho chi minh").removeprefix("hcm") or "ho chi minh"
            code = by_bare.get(bare) or (line.code if any(old.code == line.code for old in before) else None)
            if code:
                yield Became(code, line.code, whole=True)


def _districts(since: Sequence[UnitLine], old: _Old, came_from: Mapping[str, set[str]]) -> list[Became]:
    communes = (line for line in since if line.level is Level.COMMUNE)
    formed = ((_whole_district(line, old, came_from[line.parent]), line.code) for line in communes)
    return [Became(district, new, whole=True) for district, new in formed if district]


def _place(line: UnitLine, old: _Old, provinces: set[str], found: dict[tuple[str, str], bool]) -> list[_Waiting]:
    origin = old.lines.get((Level.COMMUNE, line.code))
    kept = line.formed_from.strip().lower().startswith(KEPT)
    if kept and origin is not None:
        found[origin.code, line.code] = False
        return []
    district = _whole_district(line, old, provinces)
    if district:
        found.update({(commune.code, line.code): False for commune in old.communes_of[district]})
        return []
    named = [Mention(line.name)] if kept else mentions(line.formed_from) or [Mention(line.formed_from)]
    districts = {old.district(origin).code} if origin and old.province_code(origin) in provinces else set()
    unclear = []
    for mention in named:
        candidates = _candidates(mention, old, provinces)
        chosen = _choose(candidates, mention, old, districts) if mention.hint or len(candidates) == 1 else None
        if chosen is None:
            unclear.append(_Waiting(line, mention, candidates, districts, provinces))
        else:
            districts.add(chosen.parent)
            found[chosen.code, line.code] = mention.part
    waiting = []
    for each in unclear:
        chosen = _choose(each.candidates, each.mention, old, districts)
        if chosen is None:
            waiting.append(each)
        else:
            found[chosen.code, line.code] = each.mention.part
    return waiting


def _whole_district(line: UnitLine, old: _Old, provinces: set[str]) -> str | None:
    """The code of the old district when a new unit was formed from all of one ("Huyện Kiên Hải"), as islands were."""
    if not re.fullmatch(r"Huyện (?:đảo )?[^,;]+", line.formed_from.strip(), re.IGNORECASE):
        return None
    bare = read_unit_name(line.formed_from).bare
    named = [
        each.code
        for each in old.lines.values()
        if each.level is Level.DISTRICT and each.parent in provinces and read_unit_name(each.name).bare == bare
    ]
    return named[0] if len(named) == 1 else None


def _the_unclaimed(waiting: _Waiting, old: _Old, claimed: set[str]) -> UnitLine | None:
    free = [each for each in waiting.candidates if each.code not in claimed]
    return free[0] if len(free) == 1 else None


def _the_same_letters(waiting: _Waiting, old: _Old, claimed: set[str]) -> UnitLine | None:
    wanted = _letters(waiting.mention.name)
    same = [
        each
        for each in old.lines.values()
        if each.level is Level.COMMUNE
        and each.code not in claimed
        and old.province_code(each) in waiting.provinces
        and _letters(each.name) == wanted
    ]
    if len(same) > 1:
        kind = read_unit_name(waiting.mention.name).kind
        same = [each for each in same if read_unit_name(each.name).kind == kind]
    return same[0] if len(same) == 1 else None


ALIKE: Final = 0.72
"""From which similarity of letters two spellings may be one name, when only one unclaimed neighbour comes so near."""


def _the_similar(waiting: _Waiting, old: _Old, claimed: set[str]) -> UnitLine | None:
    wanted = _letters(waiting.mention.name)
    near = [each for code in waiting.districts for each in old.communes_of[code] if each.code not in claimed]
    alike = sorted(
        ((SequenceMatcher(None, wanted, _letters(each.name)).ratio(), each.code) for each in near), reverse=True
    )
    if not alike or alike[0][0] < ALIKE or (len(alike) > 1 and alike[1][0] > alike[0][0] - 0.05):
        return None
    return old.lines[Level.COMMUNE, alike[0][1]]


_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


def _letters(name: str) -> str:
    """Nothing but the letters and digits of a name, so that "Cư K'nia" and "Cư Knia" are one; y as i, II as 2."""
    words = [_ROMAN.get(word, word) for word in read_unit_name(name).bare.replace("nong truong", "nt").split()]
    words = words[1:] if len(words) > 1 and words[0] == "phuong" else words
    return re.sub(r"[^a-z0-9]", "", "".join(words)).replace("y", "i")


def _candidates(mention: Mention, old: _Old, provinces: set[str]) -> list[UnitLine]:
    name = read_unit_name(mention.name)
    for known in (old.by_name[name.whole], old.by_bare[name.bare]):
        inside = [each for each in known if old.province_code(each) in provinces]
        if inside:
            return inside
    return []


def _choose(candidates: list[UnitLine], mention: Mention, old: _Old, districts: set[str]) -> UnitLine | None:
    if mention.hint:
        hint = read_unit_name(mention.hint).bare
        hinted = [each for each in candidates if read_unit_name(old.district(each).name).bare == hint]
        if len(hinted) == 1:
            return hinted[0]
    if len(candidates) == 1:
        return candidates[0]
    near = [each for each in candidates if each.parent in districts]
    exact = [each for each in near if each.name == mention.name] or near
    return exact[0] if len(exact) == 1 else None
