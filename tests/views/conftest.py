"""After each of these tests the books are checked."""

import pytest


@pytest.fixture(autouse=True)
def _true_books(books: None) -> None:
    """See ``books``."""
