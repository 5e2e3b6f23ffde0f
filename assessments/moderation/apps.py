from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "assessments.moderation"
    label = "moderation"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Moderation"
