"""Posts for staff: to find one by its key, never to read along. The words are only on a post's own page.

And the switches for the platforms whose links are read.
"""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from posts.links.pauses import troubled_hosts
from posts.links.platforms import NAMES
from posts.links.providers import PROVIDERS
from posts.links.switches import UnknownProvider, switch, switches
from posts.models import LinkProvider, Post


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    """A list without the words, and a read-only page with them. Posts go by retention, not by hand."""

    list_display = ["key", "country", "created_at", "expires_at"]
    list_filter = ["country", "created_at"]
    search_fields = ["key"]
    search_help_text = "Search by the key of a report: the last part of its address."
    date_hierarchy = "created_at"
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


@admin.register(LinkProvider)
class LinkProviderAdmin(admin.ModelAdmin):
    """One page instead of a list: every platform that we can read, its switch, and how its hosts behave."""

    readonly_fields = ["key", "is_on", "switched_by", "switched_at"]

    def changelist_view(self, request, extra_context=None):
        """Show the switches; a POST uses one: `platform`, and `is_on` (1 or 0)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._switch(request)
        context = {
            **self.admin_site.each_context(request),
            "title": "Reading links",
            "opts": self.opts,
            "platforms": _platforms(),
            "is_reading": settings.LINK_READING,
            "may_switch": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/posts/linkprovider/switches.html", context)

    def _switch(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied
        is_on = request.POST.get("is_on") == "1"
        try:
            provider = switch(key=request.POST.get("platform", ""), is_on=is_on, by=request.user)
        except UnknownProvider as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            now = "are read again." if is_on else "are not read any more."
            self.log_change(request, provider, f"Links {now}")
            self.message_user(request, f"{provider} {now}", messages.SUCCESS)
        return redirect("admin:posts_linkprovider_changelist")

    def has_add_permission(self, request):
        """The platforms are what there is a module for."""
        return False

    def has_delete_permission(self, request, obj=None):
        """A switch is used, never thrown away."""
        return False


def _platforms():
    """What the page shows of each platform: how much of a post is read, its switch, its hosts that are in trouble."""
    hosts = list(troubled_hosts())
    return [
        {
            "key": key,
            "name": NAMES[key],
            "reads": PROVIDERS[key].READS.label,
            "switch": provider,
            "hosts": [host for host in hosts if _is_at(host.host, key)],
        }
        for key, provider in switches().items()
    ]


def _is_at(host, key):
    """Whether a host belongs to a platform. What belongs to none by name is a server of Mastodon."""
    owner = next((other for other, module in PROVIDERS.items() if host in (module.HOSTS or ())), "mastodon")
    return owner == key
