"""The app of what people bring us."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """Posts: taking them in, keeping them safe, letting them go."""

    name = "posts"
    verbose_name = "Posts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Importing them registers the checks of `manage.py check`."""
        from posts import checks  # noqa: F401
