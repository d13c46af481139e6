"""The house: all tables of the first month, and what the database itself refuses.

Revises: nothing, this is the first
"""

import importlib

from alembic import op

from provider.guards import append_only
from provider.migrate import HOUSE, all_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    all_tables().create_all(connection)
    statements = append_only("deed", connection.dialect.name)
    for room in sorted(HOUSE.glob("*/guards.py")):
        guards = importlib.import_module(f"provider.{room.parent.name}.guards")
        statements += guards.statements(connection.dialect.name)
    for statement in statements:
        connection.exec_driver_sql(statement)
