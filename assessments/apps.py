from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Checklist and assessments"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from assessments.signing_in import record_sign_in, record_sign_out

        # The one place that listens to signals: Django signs people in by several ways (its own page, a second factor,
        # tests), and this is the only point that all of them pass. Nothing in the product hangs on it.
        user_logged_in.connect(record_sign_in, dispatch_uid="audit-sign-in")
        user_logged_out.connect(record_sign_out, dispatch_uid="audit-sign-out")
