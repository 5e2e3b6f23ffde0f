"""Triggers that keep published and retired versions of the checklist as they are, whoever writes: `.save()`,
`.update()`, bulk operations, another programme, psql.

Every refusal is SQLSTATE 23001 (restrict_violation), which reaches Django as IntegrityError.
"""

from django.db import migrations

# Every table whose rows belong to one version.
ROW_TABLES = (
    "section",
    "item",
    "answer",
    "level",
    "wordclass",
    "claim",
    "signal",
    "signaleffect",
    "title",
    "source",
    "citation",
)

# (table, its column, the table it points to): both must belong to the same version, or a draft's row could hang
# itself under a published one.
SAME_VERSION = (
    ("item", "section_id", "section"),
    ("answer", "item_id", "item"),
    ("signaleffect", "signal_id", "signal"),
    ("signaleffect", "answer_id", "answer"),
    ("citation", "source_id", "source"),
    ("citation", "item_id", "item"),
    ("citation", "claim_id", "claim"),
    ("citation", "signal_id", "signal"),
)

FUNCTIONS = """
CREATE FUNCTION assessments_require_draft(checklist bigint, table_name text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    found_status text;
BEGIN
    -- FOR SHARE: publishing, which changes the row, waits for whoever is editing; whoever edits waits for publishing
    -- and then sees its outcome. So no edit can slip in between freezing and publishing.
    SELECT status INTO found_status FROM assessments_checklist WHERE id = checklist FOR SHARE;
    IF found_status <> 'draft' THEN
        RAISE EXCEPTION 'a % version of the checklist cannot be changed (%)', found_status, table_name
            USING ERRCODE = 'restrict_violation', HINT = 'Start a draft, change the draft and publish it.';
    END IF;
END $$;

CREATE FUNCTION assessments_guard_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM assessments_require_draft(OLD.checklist_id, TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.checklist_id <> OLD.checklist_id THEN
        PERFORM assessments_require_draft(NEW.checklist_id, TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION assessments_guard_checklist() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    retiring CONSTANT text[] := ARRAY['status', 'retired_at', 'retired_by_id', 'retired_by_name'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status = 'draft' THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'a checklist starts as a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = 'draft' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'a % version of the checklist cannot be deleted', OLD.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status = 'draft' AND NEW.status = 'draft' THEN
        RETURN NEW;
    END IF;
    IF OLD.status = 'draft' AND NEW.status = 'published' THEN
        IF NEW.digest IS DISTINCT FROM encode(sha256(convert_to(NEW.snapshot, 'UTF8')), 'hex') THEN
            RAISE EXCEPTION 'the digest is not the SHA-256 of the snapshot' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.version::text IS DISTINCT FROM NEW.snapshot::jsonb ->> 'version' THEN
            RAISE EXCEPTION 'the snapshot names another version' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status = 'published' AND NEW.status = 'retired' AND to_jsonb(NEW) - retiring = to_jsonb(OLD) - retiring THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a % version of the checklist cannot be changed', OLD.status
        USING ERRCODE = 'restrict_violation', HINT = 'Start a draft, change the draft and publish it.';
END $$;

CREATE FUNCTION assessments_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the versions of the checklist cannot be emptied (%)', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION assessments_refuse_truncate();
DROP FUNCTION assessments_guard_checklist();
DROP FUNCTION assessments_guard_row();
DROP FUNCTION assessments_require_draft(bigint, text);
"""


def guard(table, function):
    """The two triggers of one table: for each row, and for TRUNCATE, which no row trigger sees."""
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON assessments_{table}
            FOR EACH ROW EXECUTE FUNCTION {function}();
        CREATE TRIGGER never_truncated BEFORE TRUNCATE ON assessments_{table}
            FOR EACH STATEMENT EXECUTE FUNCTION assessments_refuse_truncate();
        """,
        f"""
        DROP TRIGGER never_truncated ON assessments_{table};
        DROP TRIGGER frozen ON assessments_{table};
        """,
    )


def same_version(table, column, target):
    """A foreign key over (row, checklist), beside Django's over the row alone. Deferred, as Django's own are."""
    name = f"{table}_{column}_same_version"
    return migrations.RunSQL(
        f"""
        ALTER TABLE assessments_{table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, checklist_id)
            REFERENCES assessments_{target} (id, checklist_id) DEFERRABLE INITIALLY DEFERRED;
        """,
        f"ALTER TABLE assessments_{table} DROP CONSTRAINT {name};",
    )


def pair_once(table):
    """What a foreign key over (row, checklist) needs to point to."""
    return migrations.RunSQL(
        f"ALTER TABLE assessments_{table} ADD CONSTRAINT {table}_id_checklist UNIQUE (id, checklist_id);",
        f"ALTER TABLE assessments_{table} DROP CONSTRAINT {table}_id_checklist;",
    )


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        *(guard(table, "assessments_guard_row") for table in ROW_TABLES),
        guard("checklist", "assessments_guard_checklist"),
        *(pair_once(table) for table in sorted({target for _, _, target in SAME_VERSION})),
        *(same_version(*pair) for pair in SAME_VERSION),
    ]
