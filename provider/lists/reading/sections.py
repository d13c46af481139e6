"""Sections within sections: which are open at a row, what they give to it, and which one a sum closes."""

import re

from provider.lists.reading.listed import Section
from provider.lists.reading.rows import Label, Subject
from provider.lists.reading.titles import key


class Sections:
    """All sections of a sheet in order, and the open ones from the outermost to the innermost.

    ``first`` is the number of sections that the list had before this sheet; numbers count over the whole list.
    """

    def __init__(self, first: int) -> None:
        self.first = first
        self.all: list[Section] = []
        self.open: list[int] = []
        self.commune = self.category = self.hamlet = ""

    def __getitem__(self, number: int) -> Section:
        return self.all[number - self.first]

    def enter(self, section: Section) -> None:
        """Put a section where it belongs: beside the last one numbered alike, else inside the one that is open."""
        opened = [self[index] for index in self.open]
        for depth, other in enumerate(opened):
            alike = other.label is section.label and (
                section.label is not Label.NONE or other.subject is section.subject
            )
            same_place = other.subject is section.subject and section.subject in (Subject.COMMUNE, Subject.HAMLET)
            if alike or same_place:
                del self.open[depth:]
                break
        self.all.append(section)
        self.open.append(self.first + len(self.all) - 1)
        self._inherit()

    def _inherit(self) -> None:
        self.commune = self.category = self.hamlet = ""
        for index in self.open:
            section = self[index]
            if section.subject is Subject.COMMUNE:
                self.commune = section.title
            elif section.subject is Subject.HAMLET:
                self.hamlet = section.title
            elif section.subject is Subject.CATEGORY or section.label is not Label.NONE:
                inner = bool(self.category) and section.subject is Subject.OTHER
                self.category = self.category if inner else section.title

    def is_closed_by(self, text: str) -> bool:
        """Whether "Tổng Phường 1", "Tổng cộng mục II": is a total of the section it names."""
        rest = key(re.sub(r"^\W*tổng\s*(?:cộng|số|tiền)?\s*(?:mục|phần)?", "", text, flags=re.IGNORECASE))
        section = self[self.open[-1]]
        mark = key(section.mark)
        return bool(rest) and (rest == key(section.title) or (bool(mark) and rest == mark))

    def closed_by(self, text: str) -> int | None:
        """The open section that "Cộng II" or "Cộng Phường 1" closes; the page and running sums close none."""
        rest = key(re.sub(r"^\W*cộng\s*(?:mục|phần|nhóm)?", "", text, flags=re.IGNORECASE))
        if rest.startswith(("trang", "don", "luy ke", "mang sang", "chuyen")):
            return None
        for index in reversed(self.open):
            section = self[index]
            if rest and rest in (key(section.mark), key(section.title)):
                return index
        folded = key(text)
        if folded.startswith(("luy ke", "mang sang", "chuyen sang", "trang truoc")):
            return None
        return self.open[-1] if self.open else None
