"""Which assessments are about topics that somebody does not read (see TopicAccess): for lists of what hangs on them."""

from django.db.models import Exists, OuterRef, Q

from assessments.models import Assessment, Finding, Item, Section
from assessments.moderation.models import Case, TopicAccess


def closed_assessments(person):
    """The Assessments whose case this person may not read, or that found something in a topic closed to them. None when
    everything is open to them: most people have no rule. Two queries then at most, now."""
    closed = _closed_topics(person)
    if not closed:
        return None
    cases = Case.objects.exclude(pk__in=Case.objects.open_to(person).values("pk"))
    items = Item.objects.filter(section__key__in=closed).values("key")
    found = Finding.objects.filter(assessment=OuterRef("pk"), counted=True, item__in=items)
    return Assessment.objects.filter(Q(post__case_membership__case__in=cases) | Exists(found))


def _closed_topics(person):
    never, only = TopicAccess.objects.topics_of(person)
    if not only:
        return never
    return never | set(Section.objects.exclude(key__in=only).values_list("key", flat=True))
