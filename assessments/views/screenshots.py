"""From a screenshot to the paste form with its words in it. Nothing is stored before the button there."""

import math

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from assessments import crisis_help
from assessments.views.answers import form_page, wait
from assessments.views.paste import paste_page
from posts.forms import PictureForm, PostForm
from posts.front_door import front_door
from posts.intake import PostError
from posts.models import ReadAs
from posts.rate_limit import TooManyRequests, count_submission
from posts.screenshots import MOST_BYTES, NoPicture, is_offered, read_screenshot


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("Accept-Language")
@front_door(picture_bytes=MOST_BYTES)
def screenshot(request):
    """Where a picture is chosen, and the paste form with the words that were read in it."""
    if not is_offered():
        raise Http404
    crisis = request.crisis_help = crisis_help.for_request(request, picked=request.POST.get("country", ""))
    if request.method != "POST":
        return screenshot_page(request, PictureForm())
    try:
        read = read_picture(request)
    except PostError as error:
        form = PictureForm(request.POST, request.FILES)
        form.add_error("picture", sentence_of(error))
        return screenshot_page(request, form, error=error, status=error.status)
    initial = {"post": read.text, "author_line": read.author_line, "country": crisis.code}
    form = PostForm(initial={**initial, "read_as": ReadAs.SCREENSHOT}, countries=crisis.countries)
    return paste_page(request, form, template="assessments/screenshot_read.html")


def read_picture(request):
    """The Words in the picture that was sent, counted like a post, because reading is work. Raises PostError."""
    picture = request.FILES.get("picture")
    if not picture:
        raise NoPicture
    count_submission(request)
    return read_screenshot(picture.read())


def sentence_of(error):
    """What the page says about an error. A picture cannot be kept in the form, so no sentence may say that it is."""
    if not isinstance(error, TooManyRequests):
        return str(error)
    minutes = math.ceil(error.retry_after / 60)
    sentence = ngettext(
        "We are getting too many pictures at once. Wait a minute, then choose yours again.",
        "We are getting too many pictures at once. Wait %(minutes)s minutes, then choose yours again.",
        minutes,
    )
    return sentence % {"minutes": minutes}


def screenshot_page(request, form, *, error=None, status=200):
    """The page where a picture is chosen; with `error` it says what was wrong with the last one."""
    context = {"form": form, "most_bytes": MOST_BYTES}
    response = render(request, "assessments/screenshot.html", context, status=status)
    return wait(form_page(response), error)
