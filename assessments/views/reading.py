"""The page between a link and its report: it waits while the post is read, or says why it could not be."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from assessments import crisis_help
from assessments.views.answers import form_page, private_page
from assessments.views.keeping import kept_or_gone
from assessments.views.leaving import SeeOther
from assessments.views.paste import PATIENCE, address_after, paste_page
from posts.forms import PostForm
from posts.front_door import front_door
from posts.link_reading import NotRead, read_if_free, stop_reading
from posts.models import LinkReading, ReadingState


@login_not_required
@require_safe
@private_page
@vary_on_headers("Accept-Language")
def reading(request, key):
    """“Reading the post…”, and in the end the report, or the form with the link still in its box. Writes nothing."""
    waits_for = kept_or_gone(LinkReading.objects.kept().select_related("post"), key)
    if waits_for.post:
        return redirect("assessments:report", waits_for.post.key)
    crisis = request.crisis_help = crisis_help.for_request(request, post_country=waits_for.country)
    if waits_for.state in (ReadingState.FAILED, ReadingState.STOPPED):
        return _ask_for_words(request, waits_for, crisis)
    return form_page(render(request, "assessments/reading.html", {"reading": waits_for}))


@login_not_required
@require_POST
@private_page
@front_door
def look(request, key):
    """Read the link within this request if nobody else does, and lead on; htmx asks for this again and again.

    Never makes it wait for a place: "still reading" is an empty answer. A press of the button has some patience.
    """
    waits_for = LinkReading.objects.kept().select_related("post").filter(key=key).first()
    if waits_for:
        waits_for = read_if_free(reading=waits_for, patience=0 if request.htmx else PATIENCE)
    if request.htmx and waits_for and waits_for.state in (ReadingState.WAITING, ReadingState.READING):
        return HttpResponse(status=204)
    # A link whose hour is over leads to its page too, which says that it is gone.
    address = address_after(waits_for) if waits_for else reverse("assessments:reading", args=(key,))
    return HttpResponseClientRedirect(address) if request.htmx else SeeOther(address)


@login_not_required
@require_POST
@private_page
@front_door
def stop(request, key):
    """Stop reading, and go on with the words. Needs no number of a form: stopping twice changes nothing."""
    stop_reading(reading=kept_or_gone(LinkReading.objects.kept(), key))
    return SeeOther(reverse("assessments:reading", args=(key,)))


def _ask_for_words(request, waits_for, crisis):
    """The paste page with all that was typed, how to copy the words there and, if it failed, why."""
    typed = {"post": waits_for.text, "author_line": waits_for.author_line, "country": waits_for.country}
    form = PostForm(typed, countries=crisis.countries)
    if waits_for.sentence:
        form.add_error("post", waits_for.sentence)
    return paste_page(request, form, error=NotRead(waits_for.link, waits_for.sentence))
