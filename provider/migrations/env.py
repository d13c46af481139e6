"""How Alembic reaches our database: through the connection that ``provider.migrate`` already holds."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum
from sqlalchemy.types import TypeDecorator, TypeEngine

from provider.migrate import all_tables


def written_plainly(what: str, shown: Any, _autogen: object) -> str | Literal[False]:
    """A change names what is in the database, never our own column types: those may change later, a change may not."""
    return _plain(shown) if what == "type" else False


def _plain(shown: TypeEngine[Any]) -> str:
    variants = "".join(f'.with_variant({_plain(other)}, "{name}")' for name, other in shown._variant_mapping.items())
    if isinstance(shown, TypeDecorator):
        return _plain(shown.impl_instance)
    if isinstance(shown, Enum):
        words = ", ".join(repr(word) for word in shown.enums)
        return (
            f"sa.Enum({words}, name={shown.name!r}, native_enum=False, create_constraint=True, length={shown.length})"
        )
    written = repr(shown)
    return f"sa.{written if written.endswith(')') else written + '()'}{variants}"


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=all_tables(),
    render_as_batch=True,
    render_item=written_plainly,
    transaction_per_migration=False,
)
context.run_migrations()
