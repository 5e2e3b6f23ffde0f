"""Moving the checklist on: draft, published, retired. The only writer of a Checklist and, the admin's editing of a
draft apart, of its rows.

Every action is keyword-only after its checklist, takes `by` (None only where the software itself acts, when the first
content is loaded), runs in one transaction, and raises a PublishingError whose str() is the sentence for the editor.
"""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from assessments import content_loading, engine
from assessments.auditing import record
from assessments.checklist_rows import checklist_fields, content_of, insert_rows
from assessments.models import Checklist, PublishRequest
from assessments.models.checklist import NOBODY, Status
from assessments.snapshots import canonical_bytes, digest_of, is_ready, make_ready


class PublishingError(Exception):
    """Something stands in the way. str() is a sentence for the editor."""

    sentence = ""

    def __init__(self, sentence=""):
        super().__init__(sentence or self.sentence)


class AlreadyADraft(PublishingError):
    sentence = "There is a draft already. Publish it or delete it before you start another one."


class NotADraft(PublishingError):
    sentence = "This version is not a draft, so it cannot be published or deleted."


class NotPublished(PublishingError):
    sentence = "This version is not the published one, so it cannot be retired."


class NotRetired(PublishingError):
    sentence = "Only an earlier version that is not in use any more can be brought back."


class MovedOn(PublishingError):
    sentence = "Somebody else changed which version is in use while you were looking. Look again before you go back."


class NobodyAsked(PublishingError):
    sentence = "Two people publish here: one asks, another one approves. Nobody has asked to publish this draft yet."


class ApprovingOneself(PublishingError):
    sentence = "You asked to publish this draft yourself, so somebody else must approve it."


class RequestVoid(PublishingError):
    sentence = (
        "The draft was changed after somebody asked to publish it, so the request no longer counts. "
        "Look at the draft and ask again."
    )


class NothingPublished(PublishingError):
    sentence = "No version is published, so there is nothing to start a draft from."


class PublishedMeanwhile(PublishingError):
    sentence = "Somebody else published or deleted this draft while you were looking at it. Nothing was changed by you."


class NoteMissing(PublishingError):
    sentence = "Say in a sentence or two what changed in this version and why. Everybody can read it."


class ContentMistakes(PublishingError):
    """The content is not fit to be published. `problems` is a list of sentences, each naming the place."""

    def __init__(self, problems):
        self.problems = problems
        found = "one mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        super().__init__(f"The checklist has {found}: " + " ".join(problems[:10]))


class PatternMistakes(ContentMistakes):
    """The engine cannot read a pattern."""


def start_draft(*, by):
    """Start a draft with the rows of the published version. Returns it.

    Raises AlreadyADraft, NothingPublished.
    """
    with transaction.atomic():
        published = Checklist.objects.published().first()
        if published is None:
            raise NothingPublished
        draft = _insert_draft(content_of(published, with_notes=True), by=by)
        record(by=by, verb="start a draft", what=draft, after={"from_version": published.version})
        return draft


def load_draft(content, *, by, replace=False):
    """Make a draft out of a content dictionary (what read_content returns, or a snapshot). Returns it.

    Notes among editors (an item's `confirm`) are taken in when they are there; freezing leaves them out again.
    Freezing the draft gives the same dictionary back, with HTML in guidance made harmless. With `replace` it takes
    the place of the present draft, if there is one. Raises AlreadyADraft, ContentMistakes.
    """
    check_content(content)
    with transaction.atomic():
        if replace:
            _lock_current_versions()
            old = Checklist.objects.drafts().first()
            if old:
                record(by=by, verb="replace a draft", what=old, before={"title": old.title})
                old.delete()
        draft = _insert_draft(content, by=by)
        record(by=by, verb="load a draft", what=draft, after={"title": draft.title})
        return draft


def freeze(checklist):
    """The content dictionary of the rows of a version, and once it was published with "version": the snapshot."""
    content = content_of(checklist)
    return content if checklist.is_draft else content | {"version": str(checklist.version)}


def publish(checklist, *, by, note):
    """Publish a draft as the next version and retire the published one. Returns the published checklist.

    Of two people who publish the same draft at once, one succeeds and the other gets PublishedMeanwhile. Where two
    people are needed (settings.PUBLISHING_NEEDS_TWO), another person must have asked for just this content; see
    `assessments.publish_requests`. Raises NotADraft, NoteMissing, ContentMistakes, PatternMistakes, PublishedMeanwhile,
    NobodyAsked, ApprovingOneself, RequestVoid.
    """
    if not checklist.is_draft:
        raise NotADraft
    if not note.strip():
        raise NoteMissing
    with transaction.atomic():
        _lock_current_versions()
        if not Checklist.objects.drafts().filter(pk=checklist.pk).exists():
            raise PublishedMeanwhile
        # From here on nobody can change a row of the draft: the trigger on its rows waits for our lock.
        content = content_of(Checklist.objects.get(pk=checklist.pk))
        if settings.PUBLISHING_NEEDS_TWO and by is not None:
            _require_two(checklist, content, by=by)
        _publish(checklist, content, by=by, note=note.strip())
        checklist.refresh_from_db()
        record(by=by, verb="publish", what=checklist, after=_published_as(checklist))
    return checklist


def roll_back(to_version, *, by, note, instead_of):
    """Publish the content of a retired version again, at once, as the next version. Returns the new version.

    `instead_of` is the version that was published when the person decided (None when there was none): when another one
    is published by now, nothing happens. A draft stays as it is. One person is enough, also where two publish: the
    content was published before, and who goes back is in a hurry.
    Raises NotRetired, NoteMissing, MovedOn, ContentMistakes, PatternMistakes.
    """
    if not note.strip():
        raise NoteMissing
    with transaction.atomic():
        _lock_current_versions()
        if not Checklist.objects.retired().filter(pk=to_version.pk).exists():
            raise NotRetired
        if list(Checklist.objects.published()) != ([instead_of] if instead_of else []):
            raise MovedOn
        content = content_of(to_version, with_notes=True)
        copy = Checklist.objects.create(
            created_by=by, created_by_name=name_of(by), brings_back=to_version.version, **checklist_fields(content)
        )
        insert_rows(copy, content)
        _publish(copy, content_of(copy), by=by, note=f"Back to version {to_version.version}: {note.strip()}")
        copy.refresh_from_db()
        record(by=by, verb="roll back", what=copy, after=_published_as(copy) | {"brings_back": to_version.version})
    return copy


def retire(checklist, *, by):
    """Retire the published version without another one in its place: no post is assessed until one is published.

    Raises NotPublished.
    """
    with transaction.atomic():
        _lock_current_versions()
        if not Checklist.objects.published().filter(pk=checklist.pk).exists():
            raise NotPublished
        _retire_published(by=by)
        checklist.refresh_from_db()
        record(by=by, verb="retire", what=checklist, after={"version": checklist.version})
    return checklist


def delete_draft(checklist, *, by):
    """Throw a draft away with all its rows. Raises NotADraft, PublishedMeanwhile."""
    if not checklist.is_draft:
        raise NotADraft
    with transaction.atomic():
        _lock_current_versions()
        draft = Checklist.objects.drafts().filter(pk=checklist.pk).first()
        if draft is None:
            raise PublishedMeanwhile
        begun = {"title": draft.title, "created_at": draft.created_at, "created_by_name": draft.created_by_name}
        record(by=by, verb="delete the draft", what=draft, before=begun)
        draft.delete()


def content_problems(checklist):
    """What stands in the way of publishing this draft, as sentences; an empty list when nothing does."""
    try:
        check_content(content_of(checklist))
    except ContentMistakes as error:
        return error.problems
    return []


def draft_to_try(checklist):
    """A draft as it stands, compiled and ready to run on a text (snapshots.Published). Nothing is stored.

    The first call after a change takes some seconds. Raises NotADraft, ContentMistakes, PatternMistakes.
    """
    if not checklist.is_draft:
        raise NotADraft
    snapshot = content_of(checklist) | {"version": "draft"}
    if not is_ready(snapshot):
        check_content(snapshot)
    return make_ready(snapshot)


def name_of(user):
    return (user.get_full_name() or user.get_username()) if user else NOBODY


def _insert_draft(content, *, by):
    try:
        with transaction.atomic():  # a savepoint, so that the refused insert leaves the transaction usable
            draft = Checklist.objects.create(created_by=by, created_by_name=name_of(by), **checklist_fields(content))
    except IntegrityError as error:
        raise AlreadyADraft from error
    insert_rows(draft, content)
    return draft


def _published_as(checklist):
    """What the audit trail says about a version that was just published."""
    return {"version": checklist.version, "digest": checklist.digest, "note": checklist.note}


def _lock_current_versions():
    """One publisher at a time: whoever comes second waits here, and then sees what the first one did."""
    # Every version, so that two also meet where nothing is published. no_key: storing assessments need not wait.
    list(Checklist.objects.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _require_two(checklist, content, *, by):
    """Raises NobodyAsked, ApprovingOneself or RequestVoid unless another person asked for just this content."""
    asked = PublishRequest.objects.filter(checklist=checklist).first()
    if asked is None:
        raise NobodyAsked
    if asked.digest != digest_of(content):
        raise RequestVoid
    if asked.asked_by_id == by.pk:
        raise ApprovingOneself


def _publish(checklist, content, *, by, note):
    """Freeze the content of a draft as the next version. In a transaction that has locked the versions."""
    version = (Checklist.objects.aggregate(last=Max("version"))["last"] or 0) + 1
    snapshot = content | {"version": str(version)}
    _check_shape(snapshot)
    try:
        make_ready(snapshot)  # what is published must run; this reads every pattern, so it is not done twice
    except engine.PatternError as error:
        _check_patterns(snapshot)  # says all of them
        raise PatternMistakes([str(error)]) from error
    _retire_published(by=by)
    _mark_published(checklist, snapshot, by=by, note=note)


def _retire_published(*, by):
    Checklist.objects.published().update(
        status=Status.RETIRED, retired_at=timezone.now(), retired_by=by, retired_by_name=name_of(by)
    )


def _mark_published(checklist, snapshot, *, by, note):
    # Compare and set: only a draft can become published, whatever happened meanwhile.
    changed = (
        Checklist.objects.drafts()
        .filter(pk=checklist.pk)
        .update(
            status=Status.PUBLISHED,
            version=int(snapshot["version"]),
            snapshot=canonical_bytes(snapshot).decode("utf-8"),
            digest=digest_of(snapshot),
            note=note,
            published_at=timezone.now(),
            published_by=by,
            published_by_name=name_of(by),
        )
    )
    if changed != 1:
        raise PublishedMeanwhile


def check_content(content):
    """Raises ContentMistakes or PatternMistakes when the strict loader or the engine would not take `content`."""
    _check_shape(content)
    _check_patterns(content)


def _check_shape(content):
    problems = content_loading.check_content_dict(content)
    if problems:
        raise ContentMistakes([str(problem) for problem in problems])


def _check_patterns(content):
    problems = content_loading.check_patterns(content)
    if problems:
        raise PatternMistakes([str(problem) for problem in problems])
