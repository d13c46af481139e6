"""The house: all tables of the first month, and what the database itself refuses.

Revises: nothing, this is the first
"""

import importlib
import importlib.util
import pkgutil

from alembic import op

import provider
from provider.guards import append_only
from provider.migrate import all_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    all_tables().create_all(connection)
    statements = append_only("deed", connection.dialect.name)
    for room in pkgutil.iter_modules(provider.__path__):
        if room.ispkg and importlib.util.find_spec(f"provider.{room.name}.guards"):
            guards = importlib.import_module(f"provider.{room.name}.guards")
            statements += guards.statements(connection.dialect.name)
    for statement in statements:
        connection.exec_driver_sql(statement)
