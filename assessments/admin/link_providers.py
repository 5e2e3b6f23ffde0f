"""The switches for the platforms whose links are read."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from assessments.admin.audited import Audited
from assessments.auditing import record_difference, state_of
from posts.links.pauses import troubled_hosts
from posts.links.platforms import NAMES
from posts.links.providers import PROVIDERS
from posts.links.switches import UnknownProvider, switch, switches
from posts.models import LinkProvider


@admin.register(LinkProvider)
class LinkProviderAdmin(Audited, admin.ModelAdmin):
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
        key, is_on = request.POST.get("platform", ""), request.POST.get("is_on") == "1"
        try:
            with transaction.atomic():
                kept = switches().get(key)
                before = state_of(kept) if kept and kept.pk else None
                provider = switch(key=key, is_on=is_on, by=request.user)
                record_difference(by=request.user, what=provider, before=before, after=state_of(provider))
        except UnknownProvider as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            now = "are read again." if is_on else "are not read any more."
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
