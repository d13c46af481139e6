"""What the database itself refuses about lists, on both engines; a migration installs it."""

_SENTENCE = "a list of movements pays nobody"
_MOVES = "(SELECT kind FROM payout_list WHERE id = NEW.list_id) IN ('increase', 'decrease', 'adjust')"


def statements(dialect: str) -> list[str]:
    """The guard that keeps rows of movement lists from ever naming a payout."""
    name = "list_row_of_movements_pays_nobody"
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE UPDATE OF payout_id ON list_row "
            f"WHEN NEW.payout_id IS NOT NULL AND {_MOVES} BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
        ]
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {_MOVES} THEN "
        f"RAISE EXCEPTION '{_SENTENCE}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}'; "
        f"END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {name} BEFORE UPDATE OF payout_id ON list_row FOR EACH ROW "
        f"WHEN (NEW.payout_id IS NOT NULL) EXECUTE FUNCTION {name}()",
    ]
