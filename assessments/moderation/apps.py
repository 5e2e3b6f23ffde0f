from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "assessments.moderation"
    label = "moderation"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Moderation"

    def ready(self):
        """Reports of assessments show what became of flags and appeals; that there are any, they ask with the rest."""
        from assessments import report_rows
        from assessments.moderation import told

        report_rows.also_ask("is_told", told.IS_TOLD)
