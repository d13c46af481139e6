"""Writes the next numbered change to the tables from what the models say: ``python -m deploy.new_change "in words"``.

What it writes is a draft: read it, add the guards by hand, and say in its first line why the change is needed.
"""

import re
import sys
import tempfile
from pathlib import Path

from alembic import command

from provider import migrate
from provider.db import Store
from provider.names import fold


def write(words: str) -> Path:
    """A new file in provider/migrations/versions; its place is given back."""
    changes = sorted((migrate.CHANGES / "versions").glob("[0-9]*.py"))
    number = f"{len(changes) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/as-it-was.sqlite3")
        if changes:
            migrate.upgrade(store.engine)
        settings = migrate.settings()
        settings.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with store.engine.execution_options(chitra_writes=True).begin() as connection:
            settings.attributes["connection"] = connection
            command.revision(settings, fold(words), autogenerate=True, rev_id=number)
        store.close()
    return next((migrate.CHANGES / "versions").glob(f"{number}_*.py"))


if __name__ == "__main__":
    said = " ".join(sys.argv[1:])
    if not re.fullmatch(r"[\w ]{4,40}", said):
        sys.exit('Usage: python -m deploy.new_change "four to forty letters saying what changes"')
    print(write(said))
