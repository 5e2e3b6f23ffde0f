"""The language of a page. Its address says it: /es/… is Spanish, an address without a language is always English.

So a shared link is read in the language that it was sent in, caches need not guess, and no cookie has to remember.
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import get_script_prefix, reverse, translate_url
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_from_request, override

# The apps whose pages have an address in each language (config/urls.py).
SPOKEN = frozenset({"assessments", "moderation"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language that this page can be read in: its code, its own name for itself, and the address there."""

    code: str
    name: str
    path: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """What the pages show about languages. `offered` is the one that the browser prefers to English, or None."""

    all: tuple[Language, ...]
    offered: Language | None


def context(request):
    """Context processor: `languages`, worked out only when a template uses it."""
    return {"languages": SimpleLazyObject(lambda: languages(request))}


def languages(request):
    """The Languages of the page at this request's address."""
    current = get_language()
    found = tuple(
        Language(code=code, name=name, path=_path(request, code), is_current=code == current)
        for code, name in settings.LANGUAGES
    )
    # No cookie of ours names a language, so this is what Accept-Language prefers among those that we have.
    preferred = get_language_from_request(request)
    is_english = current == settings.LANGUAGE_CODE
    offered = next((one for one in found if is_english and one.code == preferred and not one.is_current), None)
    return Languages(all=found, offered=offered)


def _path(request, code):
    """Where this page stands in another language. An answer to a form has no address of its own: the first page."""
    if request.method not in ("GET", "HEAD"):
        with override(code):
            return reverse("assessments:paste")
    match = request.resolver_match
    if match is None or not SPOKEN.intersection(match.namespaces):
        return translate_url(request.path, code)
    # What `translate_url` finds out by taking the address apart and putting it together again.
    path = request.path_info.removeprefix(_prefix(get_language()))
    return escape_uri_path(f"{get_script_prefix().removesuffix('/')}{_prefix(code)}{path}")


def _prefix(code):
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"
