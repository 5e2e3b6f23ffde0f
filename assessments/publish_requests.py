"""Publishing by two people, where settings.PUBLISHING_NEEDS_TWO says so: one asks, another one approves.

The only writer of a PublishRequest. What approving needs is checked in `publishing.publish` itself, so no path leads
around it.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments import publishing
from assessments.auditing import record
from assessments.checklist_rows import content_of
from assessments.models import Checklist, PublishRequest
from assessments.snapshots import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asked for, and whether it still counts: the draft is as it was then."""

    request: PublishRequest
    counts: bool


def ask_to_publish(checklist, *, by, note):
    """Say that a draft is ready, as it is now. Asking again takes the place of an earlier request. Returns the request.

    Raises NotADraft, NoteMissing, ContentMistakes, PatternMistakes, PublishedMeanwhile.
    """
    if not checklist.is_draft:
        raise publishing.NotADraft
    if not note.strip():
        raise publishing.NoteMissing
    with transaction.atomic():
        # Locked, so that an edit is either in what is asked for or comes after it.
        draft = Checklist.objects.drafts().select_for_update(no_key=True).filter(pk=checklist.pk).first()
        if draft is None:
            raise publishing.PublishedMeanwhile
        content = content_of(draft)
        publishing.check_content(content)
        request, _ = PublishRequest.objects.update_or_create(
            checklist=draft,
            defaults={
                "digest": digest_of(content),
                "note": note.strip(),
                "asked_at": timezone.now(),
                "asked_by": by,
                "asked_by_name": publishing.name_of(by),
            },
        )
        record(by=by, verb="ask to publish", what=draft, after={"digest": request.digest, "note": request.note})
        return request


def approve(checklist, *, by, digest):
    """Publish what another person asked for, with their note. Returns the published checklist.

    `digest` is that of the request which the person looked at. Raises what `publishing.publish` raises.
    """
    asked = PublishRequest.objects.filter(checklist=checklist).first()
    if asked is None:
        raise publishing.NobodyAsked
    if asked.digest != digest:
        raise publishing.RequestVoid
    return publishing.publish(checklist, by=by, note=asked.note)


def asked_of(checklist):
    """The Asked of a draft, or None when nobody asked."""
    request = PublishRequest.objects.filter(checklist=checklist).first()
    return Asked(request=request, counts=request.digest == digest_of(content_of(checklist))) if request else None
