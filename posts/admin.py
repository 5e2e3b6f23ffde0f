"""Posts for staff: to find one by its key, never to read along. The words are only on a post's own page."""

from django.contrib import admin

from posts.endless_lists import EndlessAdmin, NewestValuesFilter
from posts.models import Post


@admin.register(Post)
class PostAdmin(EndlessAdmin, admin.ModelAdmin):
    """A list without the words, and a read-only page with them. Posts go by retention, not by hand."""

    list_display = ["key", "country", "created_at", "expires_at"]
    list_filter = [("country", NewestValuesFilter), "created_at"]
    search_fields = ["key__exact"]
    search_help_text = "Search by the key of a report: the last part of its address."
    fields = ["key", "country", "created_at", "expires_at", "author_line", "source_link", "text"]
    readonly_fields = fields

    def get_queryset(self, request):
        """Without the encrypted columns, so that a list decrypts nothing; a post's own page loads them one by one."""
        return super().get_queryset(request).defer("text", "author_line", "source_link")

    def has_add_permission(self, request):
        """Posts come in through the front door only."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody edits another person's words."""
        return False

    def has_delete_permission(self, request, obj=None):
        """A post goes when its time is over, or when its owner says so."""
        return False
