"""What the database itself refuses since change 0001, in each engine's own words: frozen with that change."""

GUARDS = {
    "sqlite": (
        (
            "CREATE TRIGGER deed_never_update BEFORE UPDATE ON deed BEGIN SELECT RAISE(ABORT, 'deed is "
            "append-only'); END"
        ),
        (
            "CREATE TRIGGER deed_never_delete BEFORE DELETE ON deed BEGIN SELECT RAISE(ABORT, 'deed is "
            "append-only'); END"
        ),
        (
            "CREATE TRIGGER entry_never_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is "
            "append-only'); END"
        ),
        (
            "CREATE TRIGGER entry_never_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is "
            "append-only'); END"
        ),
        (
            "CREATE TRIGGER entry_paid_again_only_after_reversal BEFORE INSERT ON entry WHEN NEW.kind = "
            "'payment' AND NEW.reverses_id IS NULL AND (NEW.attempt <> 1 + (SELECT count(*) FROM entry p "
            "WHERE p.payout_id = NEW.payout_id AND p.kind = 'payment' AND p.reverses_id IS NULL) OR "
            "EXISTS (SELECT 1 FROM entry p WHERE p.payout_id = NEW.payout_id AND p.kind = 'payment' AND "
            "p.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses_id = p.id))) "
            "BEGIN SELECT RAISE(ABORT, 'payout is already paid'); END"
        ),
        (
            "CREATE TRIGGER entry_reversal_mirrors BEFORE INSERT ON entry WHEN NEW.reverses_id IS NOT "
            "NULL AND NOT EXISTS (SELECT 1 FROM entry o WHERE o.id = NEW.reverses_id AND o.reverses_id IS "
            "NULL AND o.amount = NEW.amount AND o.from_account = NEW.to_account AND o.to_account = "
            "NEW.from_account AND o.kind = NEW.kind AND coalesce(o.period_id, 0) = "
            "coalesce(NEW.period_id, 0) AND coalesce(o.payout_id, 0) = coalesce(NEW.payout_id, 0)) BEGIN "
            "SELECT RAISE(ABORT, 'a reversal mirrors exactly one entry'); END"
        ),
        (
            "CREATE TRIGGER list_row_of_movements_pays_nobody BEFORE UPDATE OF payout_id ON list_row WHEN "
            "NEW.payout_id IS NOT NULL AND (SELECT kind FROM payout_list WHERE id = NEW.list_id) IN "
            "('increase', 'decrease', 'adjust') BEGIN SELECT RAISE(ABORT, 'a list of movements pays "
            "nobody'); END"
        ),
    ),
    "postgresql": (
        (
            "CREATE FUNCTION deed_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
            "EXCEPTION 'deed is append-only' USING ERRCODE = 'restrict_violation'; END $$"
        ),
        (
            "CREATE TRIGGER deed_never_changed BEFORE UPDATE OR DELETE ON deed FOR EACH ROW EXECUTE "
            "FUNCTION deed_is_append_only()"
        ),
        (
            "CREATE TRIGGER deed_never_emptied BEFORE TRUNCATE ON deed FOR EACH STATEMENT EXECUTE "
            "FUNCTION deed_is_append_only()"
        ),
        (
            "CREATE FUNCTION entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
            "EXCEPTION 'entry is append-only' USING ERRCODE = 'restrict_violation'; END $$"
        ),
        (
            "CREATE TRIGGER entry_never_changed BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE "
            "FUNCTION entry_is_append_only()"
        ),
        (
            "CREATE TRIGGER entry_never_emptied BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE "
            "FUNCTION entry_is_append_only()"
        ),
        (
            "CREATE FUNCTION entry_paid_again_only_after_reversal() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN IF NEW.kind = 'payment' AND NEW.reverses_id IS NULL AND (NEW.attempt <> 1 + (SELECT "
            "count(*) FROM entry p WHERE p.payout_id = NEW.payout_id AND p.kind = 'payment' AND "
            "p.reverses_id IS NULL) OR EXISTS (SELECT 1 FROM entry p WHERE p.payout_id = NEW.payout_id "
            "AND p.kind = 'payment' AND p.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM entry r WHERE "
            "r.reverses_id = p.id))) THEN RAISE EXCEPTION 'payout is already paid' USING ERRCODE = "
            "'unique_violation', CONSTRAINT = 'entry_paid_again_only_after_reversal'; END IF; RETURN NEW; "
            "END $$"
        ),
        (
            "CREATE TRIGGER entry_paid_again_only_after_reversal BEFORE INSERT ON entry FOR EACH ROW "
            "EXECUTE FUNCTION entry_paid_again_only_after_reversal()"
        ),
        (
            "CREATE FUNCTION entry_reversal_mirrors() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
            "NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entry o WHERE o.id = "
            "NEW.reverses_id AND o.reverses_id IS NULL AND o.amount = NEW.amount AND o.from_account = "
            "NEW.to_account AND o.to_account = NEW.from_account AND o.kind = NEW.kind AND "
            "coalesce(o.period_id, 0) = coalesce(NEW.period_id, 0) AND coalesce(o.payout_id, 0) = "
            "coalesce(NEW.payout_id, 0)) THEN RAISE EXCEPTION 'a reversal mirrors exactly one entry' "
            "USING ERRCODE = 'unique_violation', CONSTRAINT = 'entry_reversal_mirrors'; END IF; RETURN "
            "NEW; END $$"
        ),
        (
            "CREATE TRIGGER entry_reversal_mirrors BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION "
            "entry_reversal_mirrors()"
        ),
        (
            "CREATE FUNCTION list_row_of_movements_pays_nobody() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN IF (SELECT kind FROM payout_list WHERE id = NEW.list_id) IN ('increase', 'decrease', "
            "'adjust') THEN RAISE EXCEPTION 'a list of movements pays nobody' USING ERRCODE = "
            "'check_violation', CONSTRAINT = 'list_row_of_movements_pays_nobody'; END IF; RETURN NEW; END "
            "$$"
        ),
        (
            "CREATE TRIGGER list_row_of_movements_pays_nobody BEFORE UPDATE OF payout_id ON list_row FOR "
            "EACH ROW WHEN (NEW.payout_id IS NOT NULL) EXECUTE FUNCTION "
            "list_row_of_movements_pays_nobody()"
        ),
    ),
}
