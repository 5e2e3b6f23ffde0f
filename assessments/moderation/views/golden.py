"""Practice cases: what one answered and what was expected; and, for seniors, writing them."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.assessing import NoPublishedChecklist, ReviewError
from assessments.moderation import golden
from assessments.moderation.golden_forms import GoldenForm
from assessments.moderation.models import GoldenCase
from posts.intake import PostError

may_look = permission_required("moderation.view_case", raise_exception=True)
may_write = permission_required("moderation.add_goldencase", raise_exception=True)


@require_safe
@never_cache
@may_look
def practice(request):
    """One's own answers to practice cases. Nobody sees those of others by name."""
    context = {"answers": golden.answers_of(request.user)}
    if request.user.has_perm("moderation.add_goldencase"):
        context["written"] = golden.written()
    return render(request, "moderation/practice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@may_write
def write(request):
    """The form for a new practice case. “Look first” shows what the checklist says, and keeps nothing."""
    form = GoldenForm(request.POST or None)
    if request.method != "POST":
        return _form_page(request, form)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    try:
        if "look" in request.POST:
            return _form_page(request, form, looked=golden.look(**form.words()))
        golden.write_golden(by=request.user, **form.answer())
    except PostError as error:
        form.add_error("text" if error.field == "post" else error.field, str(error))
    except (golden.GoldenError, ReviewError, NoPublishedChecklist) as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, "Kept. Moderators meet it among the other cases, once each.")
        return redirect("moderation_staff:practice")
    return _form_page(request, form, status=422)


@require_POST
@may_write
def switch_off(request, pk):
    """Hand out this one no more."""
    golden.switch_off(golden=get_object_or_404(GoldenCase, pk=pk), by=request.user)
    messages.success(request, "Switched off. The answers that were given stay counted.")
    return redirect("moderation_staff:practice")


def _form_page(request, form, *, status=200, looked=None):
    return render(request, "moderation/practice_write.html", {"form": form, "looked": looked}, status=status)
