"""The audit trail, to which rows are added and nothing else is ever done; and when somebody said that a help service
has closed, which the trail tells of.

The refusals are triggers, because code asks only those who go through it. SQLSTATE 23001 (restrict_violation), as in
migration 0002, and the same names for the triggers: the test suite knows how to empty tables that have them.
"""

import django.db.models.functions.datetime
from django.db import migrations, models

import assessments.models.audit

GUARD = """
CREATE FUNCTION assessments_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail can only grow (%)', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON assessments_auditentry
    FOR EACH ROW EXECUTE FUNCTION assessments_append_only();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON assessments_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION assessments_append_only();
"""

DROP_GUARD = """
DROP TRIGGER never_truncated ON assessments_auditentry;
DROP TRIGGER frozen ON assessments_auditentry;
DROP FUNCTION assessments_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0005_preview_run"),
    ]

    operations = [
        migrations.AddField(
            model_name="helpservice",
            name="closed_reported_at",
            field=models.DateField(
                blank=True, editable=False, help_text="Somebody told us that it has closed.", null=True
            ),
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="when"
                    ),
                ),
                (
                    "user_id",
                    models.BigIntegerField(editable=False, help_text="Empty when the software did it.", null=True),
                ),
                ("user_name", models.CharField(editable=False, max_length=200, verbose_name="who")),
                ("verb", models.CharField(editable=False, max_length=60, verbose_name="did what")),
                (
                    "kind",
                    models.CharField(
                        editable=False,
                        help_text="Example: assessments.claim",
                        max_length=120,
                        verbose_name="to what kind",
                    ),
                ),
                ("object_id", models.CharField(blank=True, editable=False, max_length=100, verbose_name="its number")),
                ("label", models.CharField(blank=True, editable=False, max_length=300, verbose_name="its name")),
                ("before", models.JSONField(editable=False, encoder=assessments.models.audit.FieldsEncoder, null=True)),
                ("after", models.JSONField(editable=False, encoder=assessments.models.audit.FieldsEncoder, null=True)),
            ],
            options={
                "verbose_name": "entry of the audit trail",
                "verbose_name_plural": "audit trail",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(fields=["user_name", "-id"], name="audit_by_user"),
                    models.Index(fields=["verb", "-id"], name="audit_by_verb"),
                    models.Index(fields=["kind", "-id"], name="audit_by_kind"),
                    models.Index(fields=["object_id", "-id"], name="audit_by_number"),
                    models.Index(fields=["recorded_at"], name="audit_by_time"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("user_name", ""), _negated=True),
                            models.Q(("verb", ""), _negated=True),
                            models.Q(("kind", ""), _negated=True),
                        ),
                        name="audit_entry_says_who_and_what",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, DROP_GUARD),
    ]
