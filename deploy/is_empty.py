"""Says by its exit code whether a demo month may be made here: nobody works here yet, and this is not production."""

import sys

from sqlalchemy import func, select

from provider.config import read_settings
from provider.db import Store
from provider.staff.models import Staff


def is_empty() -> bool:
    """Whether nobody works in this house yet."""
    settings = read_settings()
    if settings.production:
        return False
    store = Store(settings.database_url)
    try:
        with store.read() as session:
            return not session.scalar(select(func.count()).select_from(Staff))
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(0 if is_empty() else 1)
