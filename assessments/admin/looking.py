"""Admin pages that show and change nothing."""


class LookOnly:
    """For admin pages and inlines."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
