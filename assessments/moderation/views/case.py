"""One case: what the checklist found, the post when somebody asks for it, and the form of the answer.

Every way to the page that is not the first one carries what was typed so far, and shows it again.
"""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from assessments.moderation.cases import SplitError, split_off
from assessments.moderation.models import Case, CasePost, RulingReason
from assessments.moderation.reading_forms import MOST_MISSED
from assessments.moderation.views.case_page import case_page

may_look = permission_required("moderation.view_case", raise_exception=True)
may_decide = permission_required("moderation.decide_case", raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@may_look
def case(request, key):
    """The case as it is now. Reading it takes nothing; the button on it does. POST shows again what was typed."""
    sent = request.POST.copy()
    if "more" in sent:
        sent["missed-TOTAL_FORMS"] = _one_more(sent.get("missed-TOTAL_FORMS", ""))
    if "use_note" in sent and (reason := RulingReason.objects.filter(key=sent.get("reason", "")).first()):
        sent["note"] = reason.note_template
    return case_page(request, find(key), sent=sent)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@may_look
def post(request, key):
    """The same with the words of the post, because somebody pressed the button for that."""
    if request.method != "POST":
        return redirect("moderation_staff:case", key)
    sent = request.POST.copy()
    sent["post"] = "open"
    return case_page(request, find(key), sent=sent, was_asked_for_post=True)


@require_POST
@never_cache
@may_decide
def split(request, key, post_key):
    """Take one post out of the case, and show the case again with what was typed."""
    if not Case.objects.open_to(request.user).filter(key=key).exists():
        return case_page(request, find(key))  # says that it is not their topic
    member = get_object_or_404(CasePost.objects.select_related("post"), case__key=key, post__key=post_key)
    try:
        split_off(post=member.post, by=request.user)
    except SplitError as error:
        return case_page(request, find(key), sent=request.POST, problems=[("posts", str(error))], status=409)
    return case_page(request, find(key), sent=request.POST, said="The post has a case of its own now.")


def find(key):
    """The Case with whoever reads it. Raises Http404."""
    return get_object_or_404(Case.objects.select_related("assigned_to__moderator_preference"), key=key)


def _one_more(number):
    return min(int(number) + 1, MOST_MISSED) if number.isascii() and number.isdigit() and len(number) < 3 else 1
