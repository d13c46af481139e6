"""The demo month as a house that runs: everything in every state that a screen can show, and everybody's passphrase."""

from pathlib import Path
from typing import Final

from provider import clock
from provider.clock import Month
from provider.config import read_settings
from provider.demo.commands import make
from provider.demo.sign_ins import SignIn
from tests.journeys.running import House

NOW: Final = "2024-11-12T10:00"
"""An opening is going on; the month before is settled."""
MONTH: Final = Month(2024, 11)


class DemoHouse(House):
    """A house with a demo month of so many people, open at the moment the demo ends."""

    def __init__(self, folder: Path, *, people: int) -> None:
        super().__init__(folder)
        self.now = NOW
        self.command("migrate")
        store = self.store()
        with clock.stopped(NOW):
            drawn = make(store, read_settings(self.environment), MONTH, people=people, say=lambda _what: None)
        store.close()
        self.sign_ins: dict[str, SignIn] = {one.login: one for one in drawn}
        self.on(NOW)
