"""What changed in the checklist, as Atom feeds: every version, and those that take something back.

They tell what anybody may read on the pages of the versions, and never a post, a person or words of harm.
"""

from uuid import NAMESPACE_URL, uuid5

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.version_history import newest_steps


class VersionsFeed(Feed):
    """Every published version, newest first."""

    feed_type = Atom1Feed
    kind = "version"
    author_name = "Second Look"
    title = gettext_lazy("Second Look: versions of the checklist")
    subtitle = gettext_lazy("Each time that people publish a new version of our checklist, with the reason.")
    description_template = "assessments/_version_entry.html"

    def get_object(self, request):
        """The request: addresses of the feed itself are made from it."""
        return request

    def link(self, request):
        """The page that says the same."""
        return reverse("assessments:versions")

    def feed_guid(self, request):
        """One for each feed, also where two share a page."""
        return request.build_absolute_uri(request.path)

    def items(self):
        """Steps."""
        return newest_steps()

    def get_context_data(self, *, item, **context):
        """For the words of one entry."""
        return {"version": item.version, "before": item.before, "groups": item.groups}

    def item_title(self, step):
        """Escaped twice by nobody: it holds numbers only."""
        return _("Version %(number)d of the checklist") % {"number": step.version.version}

    def item_link(self, step):
        """What the version changed; the first one changed nothing."""
        if step.before is None:
            return reverse("assessments:versions")
        return reverse("assessments:version", args=(step.version.version,))

    def item_guid(self, step):
        """The same for ever, whatever the address of this site: from what was published, and when."""
        about = f"{self.kind} {step.version.digest} {step.version.published_at.isoformat()}"
        return uuid5(NAMESPACE_URL, about).urn

    def item_pubdate(self, step):
        """A version never changes after its day."""
        return step.version.published_at

    item_updateddate = item_pubdate


class CorrectionsFeed(VersionsFeed):
    """The versions, among the newest, that say something otherwise or no longer, or go back to an earlier version."""

    kind = "correction"
    title = gettext_lazy("Second Look: corrections")
    subtitle = gettext_lazy("Each time that we take back or change something that our reports have said.")

    def items(self):
        """Steps."""
        return [step for step in newest_steps() if step.is_correction]

    def get_context_data(self, *, item, **context):
        """Only what is corrected, and what it means for a report."""
        return {"version": item.version, "before": item.before, "groups": item.corrections, "is_correction": True}

    def item_title(self, step):
        """Says which version it is."""
        if step.version.brings_back:
            numbers = {"number": step.version.version, "earlier": step.version.brings_back}
            return _("Version %(number)d goes back to version %(earlier)d") % numbers
        return _("Version %(number)d corrects the checklist") % {"number": step.version.version}
