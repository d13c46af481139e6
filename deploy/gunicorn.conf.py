"""The server: two processes of eight threads each, on this machine only unless told otherwise."""

import os
from pathlib import Path
from typing import Any

bind = os.environ.get("CHITRA_BIND", "127.0.0.1:8000")
wsgi_app = "app:app"
worker_class = "gthread"
workers = int(os.environ.get("CHITRA_WORKERS", "2"))
threads = int(os.environ.get("CHITRA_THREADS", "8"))

# A long paper may take a while; a phone on a bad line keeps its connection.
timeout = 120
graceful_timeout = 30
keepalive = 15
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

# Errors are told; requests are not: addresses of pages say who was looked at.
errorlog = "-"
loglevel = os.environ.get("CHITRA_LOG_LEVEL", "warning")
accesslog = None


def when_ready(_server: Any) -> None:
    """Say where the house is, and with which demo names one may sign in, once it really answers."""
    print(f"\nChi trả: http://{bind}   (Ctrl+C closes it)\n", flush=True)
    sign_ins = Path("var/sign-ins.txt")
    if os.environ.get("CHITRA_SHOW_SIGN_INS") and sign_ins.exists():
        print(sign_ins.read_text(encoding="utf-8"), flush=True)
