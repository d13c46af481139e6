"""Chi trả: the field-operations system of a post office's payment unit.

The list of rooms below is the table of contents; one walks only down the stairs (see README).
"""

import logging

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from provider.config import ROOT, Settings, read_settings
from provider.db import Store

__version__ = "0.1.0"


def create_app(settings: Settings | None = None, store: Store | None = None) -> Flask:
    """The whole house, ready to answer. Raises WrongSetting when the environment holds a wrong value."""
    from provider import commands, rooms, web

    settings = settings or read_settings()
    store = store or Store(settings.database_url)
    app = Flask("provider", root_path=str(ROOT), static_folder="static", template_folder="templates")
    app.extensions["version"] = __version__
    logging.getLogger("chitra").setLevel(logging.INFO)
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops)  # type: ignore[method-assign]
    web.furnish(app, settings, store)
    rooms.register(app)
    commands.register(app)
    return app
