"""Numbered changes to the tables: ``versions/0001_the_house.py``, ``0002_…``; one head, never two.

A change that has left the house is never edited; a mistake in it is mended by the next one. There is no way down: a
unit that must go back restores its backup, because the books may not lose a line. Each change works on SQLite and on
PostgreSQL and says in its first line why it is needed. ``provider.migrate.upgrade`` makes them all in one transaction;
tests/house/test_migrations.py compares the result with the models.

A new one::

    .venv/bin/python -m deploy.new_change "words saying what changes"
"""
