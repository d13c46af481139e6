"""A house that really runs: its own database, its own server processes, a clock that is set from day to day."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Final
from urllib.error import URLError

from provider.db import Store

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60
"""Seconds that a server may take to answer on a busy machine."""


class House:
    """One house in a folder of its own. ``on(moment)`` opens it with the clock standing there; ``close`` ends it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = f"sqlite:///{folder / 'house.sqlite3'}"
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.now = ""
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the house's processes are told."""
        mine = {
            "DATABASE_URL": self.database,
            "CHITRA_SECRET": "a secret of the journeys only, long enough to be one",
            "CHITRA_BIND": f"127.0.0.1:{self.port}",
            "CHITRA_PUBLIC_URL": self.address,
            "CHITRA_NOW": self.now,
            "CHITRA_PRODUCTION": "",
        }
        return os.environ | mine

    def command(self, *words: str) -> str:
        """What ``flask --app app …`` prints; fails the test when the command fails."""
        told = [sys.executable, "-m", "flask", "--app", "app", *words]
        ran = subprocess.run(told, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=600)
        assert ran.returncode == 0, f"{' '.join(words)}:\n{ran.stdout}\n{ran.stderr}"
        return ran.stdout

    def store(self) -> Store:
        """The database, for what has no door on the web: appointing the people of a test."""
        return Store(self.database)

    def on(self, moment: str) -> None:
        """Open the house at this moment, local time; whoever was signed in the day before signs in again."""
        self.close()
        self.now = moment
        log = (self.folder / "server.log").open("ab")
        told = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
        self._server = subprocess.Popen(told, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        log.close()
        self._wait_until_it_answers()

    def close(self) -> None:
        """End the server, and with it every process it started."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait(timeout=PATIENCE)
            self._server = None

    def said(self) -> str:
        """The end of what the server wrote, for the report of a failure."""
        log = self.folder / "server.log"
        return log.read_text(encoding="utf-8", errors="replace")[-4000:] if log.exists() else ""

    def _wait_until_it_answers(self) -> None:
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            assert self._server is not None
            assert self._server.poll() is None, f"the server ended by itself:\n{self.said()}"
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"no answer within {PATIENCE} s:\n{self.said()}")


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
