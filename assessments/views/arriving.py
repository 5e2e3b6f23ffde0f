"""Ways to the paste form from elsewhere: the share menu of a phone, a bookmark on a computer. None keeps anything."""

from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import condition, require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from assessments import crisis_help
from assessments.views.caching import same_for_everybody, software_mark
from assessments.views.paste import paste_page
from assessments.views.screenshots import read_picture
from posts.forms import PostForm
from posts.front_door import front_door, has_broken_bytes
from posts.intake import PostError, UnreadableCharacters
from posts.models import ReadAs
from posts.screenshots import FORMATS, MOST_BYTES, NoPicturesHere, is_offered
from posts.shared_text import is_one_link, shared_words

ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable-512.png", 512, "maskable"))

# What a browser says of a form that comes from the share menu (or from ourselves), and of none from elsewhere.
SHARE_MENUS = frozenset({"none", "same-origin"})

# A form and not a link with the words in it: an address stays in the history of the browser and in logs, a form does
# not. Also not after a "#": that would stay in the history too, and this page would need a script to read it.
BOOKMARK = (
    '(()=>{{const d=document,f=d.createElement("form");f.method="post";f.target="_blank";f.acceptCharset="utf-8";'
    'f.action="{address}";for(const[n,v]of[["text",getSelection()+""],["url",location.href]])'
    '{{const i=d.createElement("textarea");i.name=n;i.value=v;f.append(i)}}'
    "f.hidden=true;d.body.append(f);f.submit();f.remove()}})()"
)

ARRIVED = "assessments/arrived.html"


class NotALink(PostError):
    """What another website put into the address of our page is no link to anything on the web."""

    sentence = _("The website that you came from gave us no link that we can use. Paste the post or its link here.")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("Accept-Language")
@front_door(asks_origin=False, picture_bytes=MOST_BYTES)
def arrive(request):
    """The paste page with what was shared in its box. Stores nothing, fetches nothing; counts pictures only.

    A share menu sends `Sec-Fetch-Site: none` and a bookmark the address of the site it is used on, so any sender may
    come in. That is harmless: only the person's own press of the button, from our own page, sends the words. A picture
    is work for us, so it comes in by the share menu only.
    """
    if request.method != "POST":
        return redirect("assessments:paste")
    crisis = crisis_help.of(request)
    words = shared_words(**{name: request.POST.get(name, "") for name in ("title", "text", "url")})
    initial = {"post": words, "country": crisis.code}
    error = UnreadableCharacters() if has_broken_bytes(request) else None
    if not error and "picture" in request.FILES:
        try:
            initial = with_words_of_picture(request, initial)
        except PostError as problem:
            error = problem
    form = PostForm(initial=initial, countries=crisis.countries)
    if error:
        form = PostForm(initial, countries=crisis.countries)
        form.add_error("post", str(error))
    status = error.status if error else 200
    return paste_page(request, form, template=ARRIVED, error=error, status=status)


@login_not_required
@require_safe
@never_cache
@vary_on_headers("Accept-Language")
def check_link(request):
    """The paste page with the `link` of the address in its box: for buttons on other websites. Keeps nothing.

    Only a link: words in an address would stay in the history of the browser, and anybody could put some into our page.
    """
    crisis = crisis_help.of(request)
    link = request.GET.get("link", "").strip()
    initial = {"post": link, "country": crisis.code}
    if not link or is_one_link(link):
        return paste_page(request, PostForm(initial=initial, countries=crisis.countries), template=ARRIVED)
    error = NotALink()
    form = PostForm(initial | {"post": ""}, countries=crisis.countries)
    form.add_error(error.field, str(error))
    return paste_page(request, form, template=ARRIVED, error=error, status=error.status)


def with_words_of_picture(request, initial):
    """What the paste form begins with, and the words of the picture that was shared with it. Raises PostError."""
    if request.headers.get("Sec-Fetch-Site") not in SHARE_MENUS or not is_offered():
        raise NoPicturesHere
    read = read_picture(request)
    words = "\n\n".join(filter(None, [read.text, initial["post"]]))
    return {**initial, "post": words, "author_line": read.author_line, "read_as": ReadAs.SCREENSHOT}


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600, stale_while_revalidate=86400)
@condition(etag_func=software_mark)
def manifest(request):
    """What a phone needs to put Second Look on its home screen and in its share menu."""
    pictures = {"files": [{"name": "picture", "accept": list(FORMATS)}]} if is_offered() else {}
    told = {
        "id": "/",
        "name": "Second Look",
        "short_name": "Second Look",
        "description": "A second look at a post about mental health.",
        "lang": "en-GB",
        "start_url": reverse("assessments:paste"),
        "scope": "/",
        # With the browser's own way back, and the address to see: this is a page, and does not pretend to be more.
        "display": "minimal-ui",
        "background_color": "#faf9f5",
        "theme_color": "#0b5563",
        "icons": [
            {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in ICONS
        ],
        "share_target": {
            "action": reverse("assessments:arrive"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"title": "title", "text": "text", "url": "url"} | pictures,
        },
    }
    return JsonResponse(told, content_type="application/manifest+json")


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@same_for_everybody
def install(request):
    """How to put Second Look on a phone, and the bookmark for a computer."""
    address = request.build_absolute_uri(reverse("assessments:arrive"))
    script = BOOKMARK.format(address=quote(address, safe=":/"))
    return render(request, "assessments/install.html", {"bookmark": f"javascript:{script}"})
