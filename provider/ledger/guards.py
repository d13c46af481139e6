"""What the database itself refuses in the cash book, on both engines; a migration installs it."""

from provider.guards import append_only

_REFUSALS = (
    (
        "entry_paid_again_only_after_reversal",
        "NEW.kind = 'payment' AND NEW.reverses_id IS NULL AND ("
        "NEW.attempt <> 1 + (SELECT count(*) FROM entry p WHERE p.payout_id = NEW.payout_id"
        " AND p.kind = 'payment' AND p.reverses_id IS NULL)"
        " OR EXISTS (SELECT 1 FROM entry p WHERE p.payout_id = NEW.payout_id AND p.kind = 'payment'"
        " AND p.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses_id = p.id)))",
        "payout is already paid",
    ),
    (
        "entry_reversal_mirrors",
        "NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entry o WHERE o.id = NEW.reverses_id"
        " AND o.reverses_id IS NULL AND o.amount = NEW.amount AND o.from_account = NEW.to_account"
        " AND o.to_account = NEW.from_account AND o.kind = NEW.kind"
        " AND coalesce(o.period_id, 0) = coalesce(NEW.period_id, 0)"
        " AND coalesce(o.payout_id, 0) = coalesce(NEW.payout_id, 0))",
        "a reversal mirrors exactly one entry",
    ),
)


def statements(dialect: str) -> list[str]:
    """All guards of the cash book for "sqlite" or "postgresql"."""
    made = append_only("entry", dialect)
    for name, refused, sentence in _REFUSALS:
        if dialect == "sqlite":
            made.append(
                f"CREATE TRIGGER {name} BEFORE INSERT ON entry WHEN {refused} "
                f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )
        else:
            made.append(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {refused} THEN "
                f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'unique_violation', CONSTRAINT = '{name}'; "
                f"END IF; RETURN NEW; END $$"
            )
            made.append(f"CREATE TRIGGER {name} BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION {name}()")
    return made
