"""How Alembic reaches our database: through the connection that ``provider.migrate`` already holds."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import BigInteger, Enum
from sqlalchemy.types import TypeDecorator, TypeEngine

from provider.migrate import all_tables


def written_plainly(_what: str, shown: Any, _autogen: object) -> str | Literal[False]:
    """A change names what is in the database, never our own column types: those may change later, a change may not."""
    if isinstance(shown, TypeDecorator):
        shown = shown.impl_instance
    if isinstance(shown, Enum):
        return f"sa.String(length={shown.length})"
    if isinstance(shown, BigInteger) and shown._variant_mapping:
        return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    if isinstance(shown, TypeEngine):
        return f"sa.{shown!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=all_tables(),
    render_as_batch=True,
    render_item=written_plainly,
    transaction_per_migration=False,
)
context.run_migrations()
