"""The real server over a temporary database, on this machine only."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus

from provider.bench.grounds import Ground
from provider.config import ROOT

PATIENCE = 40
SECRET = "a secret of measurements only, as long as it must be"


class ServerDidNotStart(RuntimeError):
    """The server said nothing for too long; what it wrote is in the message."""


@contextmanager
def served(place: Ground) -> Iterator[int]:
    """gunicorn with the settings of this house (2 processes, 8 threads each); its port."""
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": place.url,
        "CHITRA_SECRET": SECRET,
        "CHITRA_BIND": f"127.0.0.1:{port}",
        "CHITRA_WORKERS": "2",
        "CHITRA_THREADS": "8",
        "CHITRA_PRODUCTION": "",
        "CHITRA_HTTPS": "",
        "CHITRA_SHOW_SIGN_INS": "",
    }
    said = place.folder / "server.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "deploy" / "gunicorn.conf.py")],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            if not _answers(port, process):
                raise ServerDidNotStart(said.read_text(encoding="utf-8", errors="replace")[-2000:])
            yield port
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection, suppress(OSError):
            connection.request("GET", "/healthz")
            if connection.getresponse().status == HTTPStatus.OK:
                return True
        time.sleep(0.1)
    return False
