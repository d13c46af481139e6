"""The front door: ``flask --app app run``, or ``gunicorn app:app``."""

from provider import create_app

app = create_app()
