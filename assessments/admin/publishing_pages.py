"""The pages that move the checklist on: publish the draft, by one person or by two, and go back to a version."""

import json
from functools import partial

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from assessments import publish_requests, publishing
from assessments.models import Checklist
from assessments.previewing import newest_preview
from assessments.version_differences import differences

LIST = "admin:assessments_checklist_changelist"


class NoteForm(forms.Form):
    note = forms.CharField(
        label="What changed in this version, and why?",
        help_text="One or two sentences. Everybody can read them on the page 'How this works'.",
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
    )


class RollBackForm(forms.Form):
    note = forms.CharField(
        label="Why do you go back?",
        help_text="One or two sentences. Everybody can read them, after “Back to version …”.",
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
    )
    # What was published when the page was made: the difference that the person looked at.
    instead_of = forms.ModelChoiceField(Checklist.objects.all(), required=False, widget=forms.HiddenInput)


def attempt(model_admin, request, done, action):
    """Run one action of publishing, and say what came of it. True when it was done."""
    try:
        action()
    except publishing.PublishingError as error:
        model_admin.message_user(request, str(error), messages.ERROR)
        return False
    model_admin.message_user(request, done, messages.SUCCESS)
    return True


def publish_draft(model_admin, request, draft):
    """First the page that asks; it comes back here with a note or an approval. None leads back to the list."""
    if settings.PUBLISHING_NEEDS_TWO and "approve" in request.POST:
        action = partial(publish_requests.approve, draft, by=request.user, digest=request.POST["approve"])
        attempt(model_admin, request, "Published.", action)
        return None
    form = NoteForm(request.POST if "note" in request.POST else None)
    if not form.is_valid():
        return _publish_page(model_admin, request, draft, form)
    action, done = publishing.publish, "Published."
    if settings.PUBLISHING_NEEDS_TWO:
        action, done = publish_requests.ask_to_publish, "Asked. Somebody else can approve it now, if nobody edits it."
    attempt(model_admin, request, done, partial(action, draft, by=request.user, note=form.cleaned_data["note"]))
    return None


def _publish_page(model_admin, request, draft, form):
    needs_two = settings.PUBLISHING_NEEDS_TWO
    asked = publish_requests.asked_of(draft) if needs_two and draft.is_draft else None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Publish the draft",
        "opts": model_admin.opts,
        "draft": draft,
        "form": form,
        "preview": newest_preview(draft),
        "problems": publishing.content_problems(draft) if draft.is_draft else [],
        "needs_two": needs_two,
        "asked": asked,
        "asked_by_me": asked is not None and asked.request.asked_by_id == request.user.pk,
    }
    return TemplateResponse(request, "admin/assessments/checklist/publish.html", context)


def roll_back(model_admin, request, pk):
    """The page that shows what going back to the version `pk` would change, and does it."""
    if not request.user.has_perm("assessments.roll_back_checklist"):
        raise PermissionDenied
    version = get_object_or_404(Checklist.objects.retired(), pk=pk)
    form = RollBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        action = partial(publishing.roll_back, version, by=request.user, **form.cleaned_data)
        done = f"Version {version.version} is in use again, under a new number. A draft is left as it was."
        if attempt(model_admin, request, done, action):
            return redirect(LIST)
    published = Checklist.objects.published().first()
    if not form.is_bound or form.is_valid():  # the first time, or somebody published meanwhile: show what is so now
        form = RollBackForm(initial={"instead_of": published, "note": request.POST.get("note", "")})
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Back to version {version.version}",
        "opts": model_admin.opts,
        "form": form,
        "version": version,
        "published": published,
        "groups": _differences(published, version),
    }
    return TemplateResponse(request, "admin/assessments/checklist/roll_back.html", context)


def _differences(published, version):
    return differences(json.loads(published.snapshot), json.loads(version.snapshot)) if published else ()
