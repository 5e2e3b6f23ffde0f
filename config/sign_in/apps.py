from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "config.sign_in"
    label = "sign_in"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Sign-in"
