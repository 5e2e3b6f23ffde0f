"""The page on which a reader says that a report is wrong, or asks a person to look at the post."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from assessments.moderation.flagging import raise_flag
from assessments.moderation.forms import FlagForm
from assessments.moderation.models import Kind
from assessments.views.answers import form_page, private_page, taking_in, wait
from assessments.views.keeping import post_of
from posts.front_door import front_door, has_broken_bytes, new_submission, read_submission
from posts.intake import PostError, UnreadableCharacters
from posts.rate_limit import count_submission


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@vary_on_headers("Accept-Language")
@front_door
def flag(request, key):
    """The form, and what was sent with it."""
    if request.method == "POST":
        return _sent(request, key)
    post, _ = assessed_post(request, key)
    return _flag_page(request, post.key, FlagForm(initial={"kind": request.GET.get("kind") or Kind.WRONG_RESULT}))


def _sent(request, key):
    """The answer to a form that was sent. Whatever goes wrong, the page comes back with its words."""
    form = FlagForm(request.POST)
    try:
        with taking_in():
            _, assessment = assessed_post(request, key)
            if not form.is_valid():
                return _flag_page(request, key, form, status=422)
            raise_flag(assessment=assessment, submission=sent_form(request, field="reason"), **form.cleaned_data)
    except PostError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return wait(_flag_page(request, key, form, status=error.status), error)
    return redirect("moderation:flag_sent", key)


@login_not_required
@require_safe
@private_page
@vary_on_headers("Accept-Language")
def flag_sent(request, key):
    """Thanks, and what happens next."""
    post, _ = assessed_post(request, key)
    return render(request, "moderation/flag_sent.html", {"post": post})


def assessed_post(request, key):
    """The post with this key and its newest assessment. Raises Http404 when there is nothing to speak about yet."""
    post = post_of(request, key)
    assessment = post.assessments.newest_first().first()
    if assessment is None:
        raise Http404
    return post, assessment


def sent_form(request, *, field):
    """The number of the form that was sent with words in it: `field` names their box. Raises PostError."""
    submission = read_submission(request.POST.get("submission", ""))
    if has_broken_bytes(request):
        error = UnreadableCharacters()
        error.field = field
        raise error
    count_submission(request)
    return submission


def _flag_page(request, key, form, *, status=200):
    context = {"key": key, "form": form, "submission": new_submission()}
    return form_page(render(request, "moderation/flag.html", context, status=status))
