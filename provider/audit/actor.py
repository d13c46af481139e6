"""Who is doing this: the value that every service takes as ``by=``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the system itself (``staff_id`` is None) when a command does the work."""

    staff_id: int | None
    name: str
    role: str
    session_id: int | None = None


SYSTEM = Actor(staff_id=None, name="Hệ thống", role="system")
