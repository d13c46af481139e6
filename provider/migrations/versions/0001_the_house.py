"""The house: all tables of the first month, and what the database itself refuses.

Revises: nothing, this is the first
"""

import sqlalchemy as sa
from alembic import op

from provider.migrations.guards_0001 import GUARDS

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "admin_unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "province", "district", "commune", name="level", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name_fold", sa.String(length=80), nullable=False),
        sa.Column("bare_fold", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "(level = 'province') = (parent_id IS NULL)", name=op.f("ck_admin_unit_only_provinces_have_no_parent")
        ),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_admin_unit_days_in_order")),
        sa.ForeignKeyConstraint(["parent_id"], ["admin_unit.id"], name=op.f("fk_admin_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admin_unit")),
        sa.UniqueConstraint("code", "valid_from", "level", name="uq_admin_unit_code_from"),
    )
    with op.batch_alter_table("admin_unit", schema=None) as batch_op:
        batch_op.create_index("ix_admin_unit_bare", ["bare_fold"], unique=False)
        batch_op.create_index("ix_admin_unit_name", ["name_fold"], unique=False)
        batch_op.create_index("ix_admin_unit_parent", ["parent_id", "name_fold"], unique=False)

    op.create_table(
        "answered_request",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=48), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_answered_request")),
    )
    op.create_table(
        "benefit",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column(
            "programme",
            sa.Enum("BTXH", "NCC", "HTXH", name="programme", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "monthly",
                "one_off",
                "funeral",
                "yearly",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("group_name", sa.String(length=80), nullable=False),
        sa.Column("coefficient", sa.BigInteger(), nullable=True),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("coefficient IS NULL OR coefficient > 0", name=op.f("ck_benefit_coefficient_positive")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_benefit")),
    )
    with op.batch_alter_table("benefit", schema=None) as batch_op:
        batch_op.create_index("ix_benefit_programme", ["programme", "position"], unique=False)

    op.create_table(
        "chain_head",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_chain_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_head")),
    )
    op.create_table(
        "deed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("staff_name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("about", sa.String(length=48), nullable=False),
        sa.Column("within", sa.String(length=48), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
        sa.UniqueConstraint("hash", name=op.f("uq_deed_hash")),
    )
    with op.batch_alter_table("deed", schema=None) as batch_op:
        batch_op.create_index("ix_deed_about", ["about"], unique=False)
        batch_op.create_index("ix_deed_at", ["at"], unique=False)
        batch_op.create_index("ix_deed_within", ["within"], unique=False)

    op.create_table(
        "entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "received",
                "withdrawn",
                "advance",
                "hand_back",
                "banked",
                "sent",
                "bounced",
                "payment",
                "returned",
                "carried",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("from_account", sa.String(length=40), nullable=False),
        sa.Column("to_account", sa.String(length=40), nullable=False),
        sa.Column("period_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("payout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("attempt", sa.SmallInteger(), nullable=True),
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("reverses_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "kind <> 'payment' OR reverses_id IS NOT NULL OR (payout_id IS NOT NULL AND attempt >= 1 AND period_id IS NOT NULL AND to_account LIKE 'recipient:%')",
            name=op.f("ck_entry_payment_names_its_payout"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_entry_amount_positive")),
        sa.CheckConstraint("from_account <> to_account", name=op.f("ck_entry_moves_somewhere")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("payout_id", "attempt", name="uq_entry_paid_once"),
        sa.UniqueConstraint("reverses_id", name="uq_entry_reversed_once"),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("ix_entry_from_account", ["from_account"], unique=False)
        batch_op.create_index("ix_entry_payout", ["payout_id"], unique=False)
        batch_op.create_index("ix_entry_period", ["period_id", "kind"], unique=False)
        batch_op.create_index("ix_entry_to_account", ["to_account"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("about", sa.String(length=48), nullable=False),
        sa.Column(
            "state",
            sa.Enum("running", "done", "failed", name="state", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_about", ["about", "kind"], unique=False)

    op.create_table(
        "received_file",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_received_file")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempt_account", ["account", "device", "at"], unique=False)
        batch_op.create_index("ix_sign_in_attempt_ip", ["ip", "at"], unique=False)

    op.create_table(
        "standard",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "programme",
            sa.Enum("BTXH", "NCC", "HTXH", name="programme", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_standard_amount_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard")),
        sa.UniqueConstraint("programme", "effective_from", name="uq_standard_programme_from"),
    )
    op.create_table(
        "agency",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("short_name", sa.String(length=80), nullable=False),
        sa.Column("parent_name", sa.String(length=160), nullable=False),
        sa.Column("place_name", sa.String(length=60), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("account_no", sa.String(length=24), nullable=False),
        sa.Column("account_bank", sa.String(length=80), nullable=False),
        sa.Column("account_holder", sa.String(length=160), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.CheckConstraint("active_to IS NULL OR active_to >= active_from", name=op.f("ck_agency_days_in_order")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_agency_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("code", name="uq_agency_code"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_fold", sa.String(length=120), nullable=False),
        sa.Column("birth_year", sa.SmallInteger(), nullable=True),
        sa.Column("birth_month", sa.SmallInteger(), nullable=True),
        sa.Column("birth_day", sa.SmallInteger(), nullable=True),
        sa.Column(
            "sex", sa.Enum("nam", "nữ", name="sex", native_enum=False, create_constraint=True, length=24), nullable=True
        ),
        sa.Column("id_number", sa.String(length=12), nullable=True),
        sa.Column(
            "id_reversed",
            sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("old_id", sa.String(length=12), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("commune_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hamlet", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("book_no", sa.String(length=40), nullable=False),
        sa.Column("deceased_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "birth_day IS NULL OR (birth_day BETWEEN 1 AND 31 AND birth_month IS NOT NULL)",
            name=op.f("ck_person_birth_day"),
        ),
        sa.CheckConstraint("birth_month IS NULL OR birth_month BETWEEN 1 AND 12", name=op.f("ck_person_birth_month")),
        sa.ForeignKeyConstraint(["commune_id"], ["admin_unit.id"], name=op.f("fk_person_commune_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("code", name="uq_person_code"),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_commune", ["commune_id"], unique=False)
        batch_op.create_index("ix_person_id_number", ["id_number"], unique=False)
        batch_op.create_index("ix_person_id_reversed", ["id_reversed"], unique=False)
        batch_op.create_index("ix_person_name_fold", ["name_fold", "commune_id"], unique=False)

    op.create_table(
        "post_office",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("province", "area", "counter", name="kind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "(kind = 'province') = (parent_id IS NULL)", name=op.f("ck_post_office_only_provinces_have_no_parent")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["post_office.id"], name=op.f("fk_post_office_parent_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_post_office_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_office")),
        sa.UniqueConstraint("code", name="uq_post_office_code"),
    )
    with op.batch_alter_table("post_office", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_office_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "rate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("benefit_code", sa.String(length=16), nullable=False),
        sa.Column(
            "component",
            sa.Enum(
                "allowance",
                "supplement",
                "attendant",
                name="component",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_rate_amount_positive")),
        sa.ForeignKeyConstraint(["benefit_code"], ["benefit.code"], name=op.f("fk_rate_benefit_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate")),
        sa.UniqueConstraint("benefit_code", "component", "effective_from", name="uq_rate_benefit_component_from"),
    )
    op.create_table(
        "unit_became",
        sa.Column("old_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("new_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.CheckConstraint("old_id <> new_id", name=op.f("ck_unit_became_became_another")),
        sa.ForeignKeyConstraint(["new_id"], ["admin_unit.id"], name=op.f("fk_unit_became_new_id")),
        sa.ForeignKeyConstraint(["old_id"], ["admin_unit.id"], name=op.f("fk_unit_became_old_id")),
        sa.PrimaryKeyConstraint("old_id", "new_id", name=op.f("pk_unit_became")),
    )
    with op.batch_alter_table("unit_became", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_became_new_id"), ["new_id"], unique=False)

    op.create_table(
        "contract",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "programme",
            sa.Enum("BTXH", "NCC", "HTXH", name="programme", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("window_from_day", sa.SmallInteger(), nullable=False),
        sa.Column("window_to_day", sa.SmallInteger(), nullable=False),
        sa.Column("cut_off_day", sa.SmallInteger(), nullable=False),
        sa.Column("settle_day", sa.SmallInteger(), nullable=False),
        sa.Column("warn_months", sa.SmallInteger(), nullable=False),
        sa.Column("report_months", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "1 <= warn_months AND warn_months <= report_months", name=op.f("ck_contract_warns_before_it_reports")
        ),
        sa.CheckConstraint(
            "1 <= window_from_day AND window_from_day <= window_to_day AND window_to_day <= cut_off_day AND cut_off_day <= settle_day AND settle_day <= 31",
            name=op.f("ck_contract_month_in_order"),
        ),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_contract_days_in_order")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_contract_agency_id")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_contract_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("agency_id", "programme", "valid_from", name="uq_contract_agency_programme_from"),
        sa.UniqueConstraint("number", name="uq_contract_number"),
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_office_id"), ["office_id"], unique=False)

    op.create_table(
        "entitlement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "programme",
            sa.Enum("BTXH", "NCC", "HTXH", name="programme", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("benefit_code", sa.String(length=16), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decision_no", sa.String(length=60), nullable=False),
        sa.Column("book_no", sa.String(length=40), nullable=False),
        sa.Column("from_month", sa.String(length=7), nullable=False),
        sa.Column("to_month", sa.String(length=7), nullable=True),
        sa.CheckConstraint("to_month IS NULL OR to_month >= from_month", name=op.f("ck_entitlement_months_in_order")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_entitlement_agency_id")),
        sa.ForeignKeyConstraint(["benefit_code"], ["benefit.code"], name=op.f("fk_entitlement_benefit_code")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_entitlement_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entitlement")),
        sa.UniqueConstraint("person_id", "benefit_code", "agency_id", "from_month", name="uq_entitlement_from"),
    )
    with op.batch_alter_table("entitlement", schema=None) as batch_op:
        batch_op.create_index("ix_entitlement_agency", ["agency_id", "programme"], unique=False)

    op.create_table(
        "pay_way",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "cash_point", "home", "account", name="channel", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("bank", sa.String(length=80), nullable=False),
        sa.Column("account_no", sa.String(length=24), nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(channel = 'account') = (account_no <> '')", name=op.f("ck_pay_way_account_has_a_number")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_pay_way_days_in_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pay_way_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_way")),
    )
    with op.batch_alter_table("pay_way", schema=None) as batch_op:
        batch_op.create_index("ix_pay_way_account", ["account_no"], unique=False)
        batch_op.create_index("ix_pay_way_person", ["person_id", "valid_from"], unique=False)
        batch_op.create_index(
            "uq_pay_way_one_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL"),
        )

    op.create_table(
        "payee",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "self", "guardian", "proxy", "carer", name="kind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("id_number", sa.String(length=12), nullable=False),
        sa.Column("relation", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("paper", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_payee_days_in_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_payee_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee")),
    )
    with op.batch_alter_table("payee", schema=None) as batch_op:
        batch_op.create_index("ix_payee_id_number", ["id_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_payee_person_id"), ["person_id"], unique=False)

    op.create_table(
        "period",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme", sa.String(length=8), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("window_from", sa.Date(), nullable=False),
        sa.Column("window_to", sa.Date(), nullable=False),
        sa.Column("cut_off_on", sa.Date(), nullable=False),
        sa.Column("settle_on", sa.Date(), nullable=False),
        sa.Column("cut_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("locked_at IS NULL OR cut_off_at IS NOT NULL", name=op.f("ck_period_cut_off_before_lock")),
        sa.CheckConstraint("window_from <= window_to", name=op.f("ck_period_window_in_order")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_period_agency_id")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_period_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("agency_id", "programme", "month", name="uq_period_agency_programme_month"),
    )
    with op.batch_alter_table("period", schema=None) as batch_op:
        batch_op.create_index("ix_period_month", ["month"], unique=False)
        batch_op.create_index("ix_period_office", ["office_id", "month"], unique=False)

    op.create_table(
        "person_word",
        sa.Column(
            "word", sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("commune_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("line", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_word_person_id")),
        sa.PrimaryKeyConstraint("word", "person_id", name=op.f("pk_person_word")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("person_word", schema=None) as batch_op:
        batch_op.create_index("ix_person_word_commune", ["commune_id", "word", "person_id", "line"], unique=False)
        batch_op.create_index("ix_person_word_person", ["person_id"], unique=False)

    op.create_table(
        "point",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("commune_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address", sa.String(length=240), nullable=False),
        sa.Column("people_per_hour", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("people_per_hour > 0", name=op.f("ck_point_people_per_hour_positive")),
        sa.ForeignKeyConstraint(["commune_id"], ["admin_unit.id"], name=op.f("fk_point_commune_id")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_point_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point")),
        sa.UniqueConstraint("code", name=op.f("uq_point_code")),
    )
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_point_commune_id"), ["commune_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_office_id"), ["office_id"], unique=False)

    op.create_table(
        "report_letter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_report_letter_agency_id")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_report_letter_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_letter")),
        sa.UniqueConstraint("number", name=op.f("uq_report_letter_number")),
    )
    with op.batch_alter_table("report_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_letter_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "slip",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("short", sa.String(length=9), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_slip_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_slip_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
        sa.UniqueConstraint("agency_id", "month", "short", name="uq_slip_short"),
        sa.UniqueConstraint("code", name=op.f("uq_slip_code")),
        sa.UniqueConstraint("person_id", "agency_id", "month", name="uq_slip_one_per_month"),
    )
    with op.batch_alter_table("slip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slip_short"), ["short"], unique=False)

    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "accountant",
                "controller",
                "cashier",
                "point_staff",
                "courier",
                "agency_officer",
                "agency_supervisor",
                "provincial_manager",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("totp_secret", sa.String(length=200), nullable=False),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("activation_code_hash", sa.String(length=64), nullable=False),
        sa.Column("activation_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(role IN ('agency_officer', 'agency_supervisor') AND agency_id IS NOT NULL AND office_id IS NULL) OR (role IN ('administrator', 'provincial_manager') AND agency_id IS NULL) OR (role NOT IN ('agency_officer', 'agency_supervisor', 'administrator', 'provincial_manager') AND office_id IS NOT NULL AND agency_id IS NULL)",
            name=op.f("ck_staff_belongs_somewhere"),
        ),
        sa.CheckConstraint("login = lower(login) AND login <> ''", name=op.f("ck_staff_login_folded")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_staff_agency_id")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_staff_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name="uq_staff_login"),
    )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_office_id"), ["office_id"], unique=False)

    op.create_table(
        "batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "cancelled",
                "sent",
                "answered",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("built_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("bank_reference", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'cancelled') OR released_by_id IS NOT NULL",
            name=op.f("ck_batch_sent_only_when_released"),
        ),
        sa.CheckConstraint(
            "released_by_id IS NULL OR released_by_id <> built_by_id", name=op.f("ck_batch_released_by_another")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_batch_agency_id")),
        sa.ForeignKeyConstraint(["built_by_id"], ["staff.id"], name=op.f("fk_batch_built_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_batch_office_id")),
        sa.ForeignKeyConstraint(["released_by_id"], ["staff.id"], name=op.f("fk_batch_released_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index("ix_batch_month", ["month", "agency_id"], unique=False)

    op.create_table(
        "movement_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "death",
                "move",
                "prison",
                "refusal",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum("reported", "sent", "answered", name="state", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "answer",
            sa.Enum("stop", "stop_after", "keep", name="answer", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("answer_words", sa.String(length=300), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(state = 'answered') = (answer IS NOT NULL) AND (state = 'answered') = (answered_at IS NOT NULL)",
            name=op.f("ck_movement_report_answered_is_said"),
        ),
        sa.CheckConstraint("kind <> 'other' OR remark <> ''", name=op.f("ck_movement_report_other_is_explained")),
        sa.CheckConstraint(
            "state <> 'answered' OR coalesce(answered_by_id, 0) <> coalesce(reported_by_id, 0)",
            name=op.f("ck_movement_report_answered_by_another"),
        ),
        sa.CheckConstraint("state <> 'sent' OR letter_id IS NOT NULL", name=op.f("ck_movement_report_sent_by_letter")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_movement_report_agency_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["report_letter.id"], name=op.f("fk_movement_report_letter_id")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_movement_report_office_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_movement_report_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement_report")),
    )
    with op.batch_alter_table("movement_report", schema=None) as batch_op:
        batch_op.create_index("ix_movement_report_agency", ["agency_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_movement_report_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index("ix_movement_report_office", ["office_id", "state"], unique=False)
        batch_op.create_index(
            "uq_movement_report_one_open",
            ["person_id", "agency_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'answered'"),
            postgresql_where=sa.text("state <> 'answered'"),
        )

    op.create_table(
        "opening",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("from_time", sa.Time(), nullable=False),
        sa.Column("to_time", sa.Time(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "open",
                "closed",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("from_time < to_time", name=op.f("ck_opening_hours_in_order")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_opening_office_id")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_opening_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.create_index("ix_opening_month", ["month", "office_id"], unique=False)
        batch_op.create_index("ix_opening_point", ["point_id", "on"], unique=False)

    op.create_table(
        "payout",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("period_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("commune_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hamlet", sa.String(length=120), nullable=False),
        sa.Column("benefit", sa.String(length=16), nullable=False),
        sa.Column("benefit_text", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due",
                "held",
                "sent",
                "missed",
                "paid",
                "carried",
                "returned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "cash_point", "home", "account", name="channel", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("channel_reason", sa.String(length=200), nullable=False),
        sa.Column("list_row", sa.String(length=40), nullable=True),
        sa.Column("carried_from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("missed_reason", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payout_amount_positive")),
        sa.ForeignKeyConstraint(["carried_from_id"], ["payout.id"], name=op.f("fk_payout_carried_from_id")),
        sa.ForeignKeyConstraint(["commune_id"], ["admin_unit.id"], name=op.f("fk_payout_commune_id")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_payout_period_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_payout_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout")),
        sa.UniqueConstraint("carried_from_id", name="uq_payout_carried_once"),
        sa.UniqueConstraint("list_row", name="uq_payout_list_row"),
    )
    with op.batch_alter_table("payout", schema=None) as batch_op:
        batch_op.create_index("ix_payout_commune", ["commune_id", "period_id"], unique=False)
        batch_op.create_index("ix_payout_period_state", ["period_id", "state"], unique=False)
        batch_op.create_index("ix_payout_person", ["person_id"], unique=False)

    op.create_table(
        "payout_list",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("period_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme", sa.String(length=8), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "payout",
                "increase",
                "decrease",
                "adjust",
                "supplementary",
                "campaign",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "accepted",
                "rejected",
                "replaced",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("with_warnings", sa.Integer(), nullable=False),
        sa.Column("with_errors", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("declared_people", sa.Integer(), nullable=True),
        sa.Column("declared_amount", sa.BigInteger(), nullable=True),
        sa.Column("words_amount", sa.BigInteger(), nullable=True),
        sa.Column("ties_out", sa.Boolean(), nullable=False),
        sa.Column("understood", sa.JSON(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state <> 'accepted' OR ties_out OR (coalesce(decided_by_id, 0) <> coalesce(received_by_id, 0) AND decision_reason <> '')",
            name=op.f("ck_payout_list_untied_needs_a_second_person"),
        ),
        sa.CheckConstraint("rows = good + with_warnings + with_errors", name=op.f("ck_payout_list_every_row_counted")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_payout_list_agency_id")),
        sa.ForeignKeyConstraint(["file_hash"], ["received_file.hash"], name=op.f("fk_payout_list_file_hash")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_payout_list_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_list")),
        sa.UniqueConstraint("agency_id", "programme", "month", "file_hash", name="uq_payout_list_same_file"),
        sa.UniqueConstraint("agency_id", "programme", "month", "kind", "version", name="uq_payout_list_version"),
    )
    with op.batch_alter_table("payout_list", schema=None) as batch_op:
        batch_op.create_index(
            "uq_payout_list_one_movement_in_force",
            ["agency_id", "programme", "month", "kind"],
            unique=True,
            sqlite_where=sa.text("state = 'accepted' AND kind IN ('increase', 'decrease', 'adjust')"),
            postgresql_where=sa.text("state = 'accepted' AND kind IN ('increase', 'decrease', 'adjust')"),
        )

    op.create_table(
        "role_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "from_role",
            sa.Enum(
                "administrator",
                "accountant",
                "controller",
                "cashier",
                "point_staff",
                "courier",
                "agency_officer",
                "agency_supervisor",
                "provincial_manager",
                name="from_role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_role",
            sa.Enum(
                "administrator",
                "accountant",
                "controller",
                "cashier",
                "point_staff",
                "courier",
                "agency_officer",
                "agency_supervisor",
                "provincial_manager",
                name="to_role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("proposed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("confirmed_at IS NULL OR declined_at IS NULL", name=op.f("ck_role_change_decided_once")),
        sa.CheckConstraint("proposed_by <> confirmed_by", name=op.f("ck_role_change_two_people")),
        sa.CheckConstraint(
            "staff_id <> proposed_by AND staff_id <> confirmed_by", name=op.f("ck_role_change_never_one_s_own")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_role_change_agency_id")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["staff.id"], name=op.f("fk_role_change_confirmed_by")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_role_change_office_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["staff.id"], name=op.f("fk_role_change_proposed_by")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_role_change_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_change")),
    )
    with op.batch_alter_table("role_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_change_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "closed", name="state", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_round_office_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_round_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index("ix_round_month", ["month", "office_id"], unique=False)

    op.create_table(
        "settlement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum("drawn_up", "confirmed", name="state", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("head_deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("drawn_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_up_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_by_id IS NOT NULL)", name=op.f("ck_settlement_confirmed_by_somebody")
        ),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> drawn_up_by_id",
            name=op.f("ck_settlement_confirmed_by_another"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_settlement_agency_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["staff.id"], name=op.f("fk_settlement_confirmed_by_id")),
        sa.ForeignKeyConstraint(["drawn_up_by_id"], ["staff.id"], name=op.f("fk_settlement_drawn_up_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_settlement_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("agency_id", "month", "version", name="uq_settlement_version"),
        sa.UniqueConstraint("code", name=op.f("uq_settlement_code")),
        sa.UniqueConstraint("number", name=op.f("uq_settlement_number")),
    )
    op.create_table(
        "staff_point",
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_staff_point_point_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_point_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "point_id", name=op.f("pk_staff_point")),
    )
    with op.batch_alter_table("staff_point", schema=None) as batch_op:
        batch_op.create_index("ix_staff_point_point", ["point_id"], unique=False)

    op.create_table(
        "tariff",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contract_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "benefit_kind",
            sa.Enum(
                "monthly",
                "one_off",
                "funeral",
                "yearly",
                name="benefit_kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "cash_point",
                "home",
                "same_bank",
                "other_bank",
                "wallet",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "area",
            sa.Enum(
                "plain",
                "mountain",
                "island",
                "remote",
                name="area",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "percent_amount",
                "per_person_paid",
                "per_payment_line",
                "per_point_per_month",
                "fixed_month",
                "tiered_percent",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("percent", sa.BigInteger(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("tiers", sa.JSON(), nullable=False),
        sa.Column("least", sa.BigInteger(), nullable=True),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column(
            "count_unit",
            sa.Enum("person", "visit", "line", name="count_unit", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "merged_months",
            sa.Enum("one", "each", name="merged_months", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("vat_percent", sa.BigInteger(), nullable=False),
        sa.Column("vat_included", sa.Boolean(), nullable=False),
        sa.Column(
            "rounding",
            sa.Enum("dong", "thousand", name="rounding", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("decision_no", sa.String(length=80), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "(basis = 'percent_amount' AND percent IS NOT NULL AND price IS NULL) OR (basis = 'tiered_percent' AND percent IS NULL AND price IS NULL) OR (basis NOT IN ('percent_amount', 'tiered_percent') AND percent IS NULL AND price IS NOT NULL)",
            name=op.f("ck_tariff_says_what_its_basis_needs"),
        ),
        sa.CheckConstraint(
            "effective_to IS NULL OR effective_to >= effective_from", name=op.f("ck_tariff_days_in_order")
        ),
        sa.CheckConstraint("least IS NULL OR most IS NULL OR least <= most", name=op.f("ck_tariff_least_below_most")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_tariff_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff")),
    )
    with op.batch_alter_table("tariff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tariff_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "user_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("desk", "phone", name="kind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum("code", "open", "locked", name="stage", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pin_failures", sa.SmallInteger(), nullable=False),
        sa.Column("user_agent", sa.String(length=120), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_user_session_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_user_session_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name="uq_user_session_token"),
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index("ix_user_session_staff", ["staff_id", "revoked_at"], unique=False)

    op.create_table(
        "component",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("payout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "allowance",
                "supplement",
                "attendant",
                "care",
                "arrears",
                "one_off",
                "funeral",
                "carried",
                "deduction",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("months", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("(kind = 'deduction') = (amount < 0) AND amount <> 0", name=op.f("ck_component_sign")),
        sa.CheckConstraint("months >= 1", name=op.f("ck_component_months_positive")),
        sa.ForeignKeyConstraint(["payout_id"], ["payout.id"], name=op.f("fk_component_payout_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_component")),
    )
    with op.batch_alter_table("component", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_component_payout_id"), ["payout_id"], unique=False)

    op.create_table(
        "list_row",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=64), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("birth_year", sa.SmallInteger(), nullable=True),
        sa.Column("birth_month", sa.SmallInteger(), nullable=True),
        sa.Column("birth_day", sa.SmallInteger(), nullable=True),
        sa.Column("sex", sa.String(length=4), nullable=False),
        sa.Column("id_number", sa.String(length=20), nullable=False),
        sa.Column("commune", sa.String(length=120), nullable=False),
        sa.Column("commune_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hamlet", sa.String(length=120), nullable=False),
        sa.Column("benefit", sa.String(length=16), nullable=False),
        sa.Column("benefit_text", sa.String(length=200), nullable=False),
        sa.Column("allowance", sa.BigInteger(), nullable=True),
        sa.Column("arrears", sa.BigInteger(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("bank", sa.String(length=80), nullable=False),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("good", "warning", "error", name="level", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("payout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("payout_id IS NULL OR level <> 'error'", name=op.f("ck_list_row_an_error_is_never_paid")),
        sa.ForeignKeyConstraint(["commune_id"], ["admin_unit.id"], name=op.f("fk_list_row_commune_id")),
        sa.ForeignKeyConstraint(["list_id"], ["payout_list.id"], name=op.f("fk_list_row_list_id")),
        sa.ForeignKeyConstraint(["payout_id"], ["payout.id"], name=op.f("fk_list_row_payout_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_row")),
        sa.UniqueConstraint("list_id", "position", name="uq_list_row_position"),
        sa.UniqueConstraint("payout_id", name=op.f("uq_list_row_payout_id")),
    )
    with op.batch_alter_table("list_row", schema=None) as batch_op:
        batch_op.create_index("ix_list_row_level", ["list_id", "level", "position"], unique=False)

    op.create_table(
        "opening_staff",
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_opening_staff_opening_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_opening_staff_staff_id")),
        sa.PrimaryKeyConstraint("opening_id", "staff_id", name=op.f("pk_opening_staff")),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("settlement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlement.id"], name=op.f("fk_paper_settlement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("settlement_id", "kind", name="uq_paper_kind"),
    )
    op.create_table(
        "reported_payout",
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("payout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["payout_id"], ["payout.id"], name=op.f("fk_reported_payout_payout_id")),
        sa.ForeignKeyConstraint(["report_id"], ["movement_report.id"], name=op.f("fk_reported_payout_report_id")),
        sa.PrimaryKeyConstraint("report_id", "payout_id", name=op.f("pk_reported_payout")),
    )
    with op.batch_alter_table("reported_payout", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reported_payout_payout_id"), ["payout_id"], unique=False)

    op.create_table(
        "seat",
        sa.Column(
            "payout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slot_from", sa.Time(), nullable=False),
        sa.Column("slot_to", sa.Time(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_seat_opening_id")),
        sa.ForeignKeyConstraint(["payout_id"], ["payout.id"], name=op.f("fk_seat_payout_id")),
        sa.PrimaryKeyConstraint("payout_id", name=op.f("pk_seat")),
        sa.UniqueConstraint("opening_id", "line_no", "payout_id", name="uq_seat_line"),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index("ix_seat_opening", ["opening_id"], unique=False)

    op.create_table(
        "stop",
        sa.Column(
            "payout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["payout_id"], ["payout.id"], name=op.f("fk_stop_payout_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_stop_round_id")),
        sa.PrimaryKeyConstraint("payout_id", name=op.f("pk_stop")),
    )
    with op.batch_alter_table("stop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stop_round_id"), ["round_id"], unique=False)

    op.create_table(
        "till",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "state",
            sa.Enum("open", "closed", name="state", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted", sa.BigInteger(), nullable=True),
        sa.Column("difference", sa.BigInteger(), nullable=True),
        sa.Column("difference_note", sa.String(length=400), nullable=False),
        sa.CheckConstraint(
            "state = 'open' OR (closed_at IS NOT NULL AND counted IS NOT NULL)", name=op.f("ck_till_closed_is_counted")
        ),
        sa.CheckConstraint("opening_id IS NULL OR round_id IS NULL", name=op.f("ck_till_one_place")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_till_office_id")),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_till_opening_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_till_round_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_till_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till")),
    )
    with op.batch_alter_table("till", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_till_opening_id"), ["opening_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_till_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "uq_till_one_open_per_payer",
            ["staff_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "transfer_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("payout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("bank", sa.String(length=80), nullable=False),
        sa.Column("bank_bin", sa.String(length=8), nullable=False),
        sa.Column("account_no", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=160), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "cancelled",
                "paid",
                "failed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_transfer_line_batch_id")),
        sa.ForeignKeyConstraint(["payout_id"], ["payout.id"], name=op.f("fk_transfer_line_payout_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_line")),
    )
    with op.batch_alter_table("transfer_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_line_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            "uq_transfer_line_one_live",
            ["payout_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'paid')"),
            postgresql_where=sa.text("state IN ('waiting', 'paid')"),
        )

    op.create_table(
        "advance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "issued", "accepted", "cancelled", name="state", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("till_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(state = 'accepted') = (till_id IS NOT NULL)", name=op.f("ck_advance_accepted_into_a_till")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_advance_amount_positive")),
        sa.CheckConstraint("issued_by_id <> staff_id", name=op.f("ck_advance_two_people")),
        sa.CheckConstraint("opening_id IS NULL OR round_id IS NULL", name=op.f("ck_advance_one_place")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["staff.id"], name=op.f("fk_advance_issued_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["post_office.id"], name=op.f("fk_advance_office_id")),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_advance_opening_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_advance_round_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_advance_staff_id")),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name=op.f("fk_advance_till_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advance")),
    )
    with op.batch_alter_table("advance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_advance_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "handout",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("till_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "collector",
            sa.Enum(
                "self",
                "guardian",
                "proxy",
                "carer",
                name="collector",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("collector_name", sa.String(length=160), nullable=False),
        sa.Column("collector_id_number", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "collector = 'self' OR collector_name <> ''", name=op.f("ck_handout_representative_is_named")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_handout_amount_positive")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_handout_person_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_handout_staff_id")),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name=op.f("fk_handout_till_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout")),
        sa.UniqueConstraint("code", name=op.f("uq_handout_code")),
        sa.UniqueConstraint("number", name=op.f("uq_handout_number")),
    )
    with op.batch_alter_table("handout", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handout_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handout_till_id"), ["till_id"], unique=False)

    op.create_table(
        "handout_line",
        sa.Column("handout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("payout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_handout_line_entry_id")),
        sa.ForeignKeyConstraint(["handout_id"], ["handout.id"], name=op.f("fk_handout_line_handout_id")),
        sa.ForeignKeyConstraint(["payout_id"], ["payout.id"], name=op.f("fk_handout_line_payout_id")),
        sa.PrimaryKeyConstraint("handout_id", "payout_id", name=op.f("pk_handout_line")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_handout_line_entry_id")),
    )
    with op.batch_alter_table("handout_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handout_line_payout_id"), ["payout_id"], unique=False)

    op.create_table(
        "undo",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked", "confirmed", "declined", name="state", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_undo_reason_given")),
        sa.CheckConstraint("state = 'asked' OR answered_by_id IS NOT NULL", name=op.f("ck_undo_answered_by_somebody")),
        sa.CheckConstraint(
            "answered_by_id IS NULL OR answered_by_id <> asked_by_id", name=op.f("ck_undo_answered_by_another")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["staff.id"], name=op.f("fk_undo_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["staff.id"], name=op.f("fk_undo_asked_by_id")),
        sa.ForeignKeyConstraint(["handout_id"], ["handout.id"], name=op.f("fk_undo_handout_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undo")),
    )
    with op.batch_alter_table("undo", schema=None) as batch_op:
        batch_op.create_index(
            "uq_undo_one_live",
            ["handout_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'declined'"),
            postgresql_where=sa.text("state <> 'declined'"),
        )

    connection = op.get_bind()
    for statement in GUARDS[connection.dialect.name]:
        connection.exec_driver_sql(statement)
