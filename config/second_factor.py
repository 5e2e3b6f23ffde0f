"""Keeps the staff pages to people who have shown a second factor, in a session that is neither old nor left alone.

Asked for every page that needs signing in, before its view. Public pages are not asked, and keep no session alive.
"""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from config.sign_in import kept_forms, sessions

# What somebody without a second factor reaches: setting one up, and leaving.
SET_UP = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "sign_out_everywhere",
    "admin:logout",
}
# Asked for by open pages on their own: nobody need be there, so they keep no session alive.
AUTOMATIC = {"moderation_staff:renew"}
# Who somebody is, and who may do what: asked for again when that was long ago.
SENSITIVE = ("admin:auth_", "admin:moderation_topicaccess_", "admin:api_apikey_")

OVER = "You were signed out, because you were away or it was a long day. Sign in again."
KEPT = "What you have just sent was not taken yet. It is kept for an hour: sign in, and you can send it again."
AGAIN = "Signing in needs a second step now. Sign in again."
SET_UP_FIRST = "Set up a second step first. It takes a minute, and keeps people's words safe."
CONFIRM = "Nothing was changed yet. Confirm that it is you, then send it again."


class SecondFactorMiddleware:
    """Stands after the session, the person and the messages are known."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Staff pages are kept by no browser and no proxy."""
        response = self.get_response(request)
        if getattr(request, "is_staff_page", False) and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    def process_view(self, request, view, args, kwargs):
        """None when the page may be shown, otherwise where to go first."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        request.is_staff_page = True
        name = request.resolver_match.view_name
        if sessions.is_over(request.session):
            return _sign_in_again(request, name, OVER)
        if name not in AUTOMATIC:
            sessions.use(request.session)
            if request.method == "POST":
                # Whatever was kept is sent again now, or is not wanted any more.
                request.session.pop(kept_forms.KEPT, None)
        if is_required() and not sessions.has_passed(request):
            return _second_factor_first(request, name)
        if name.startswith(SENSITIVE) and not sessions.was_confirmed_lately(request):
            return _confirm_first(request)
        return None


def is_required():
    """Whether staff need a second factor. Only a developer's machine can say no."""
    return settings.STAFF_SECOND_FACTOR or not settings.DEBUG


def _second_factor_first(request, name):
    if sessions.has_factor(request.user):
        return _sign_in_again(request, name, AGAIN)
    if name in SET_UP:
        return None
    messages.info(request, SET_UP_FIRST)
    return _lead(request, reverse("mfa_index"))


def _sign_in_again(request, name, why):
    kept, back = kept_forms.kept_from(request, name), _back_to(request)
    logout(request)
    messages.info(request, why)
    if kept:
        request.session[kept_forms.KEPT] = kept
        back = urlencode({REDIRECT_FIELD_NAME: reverse("kept_form")})
        messages.info(request, KEPT)
    return _lead(request, f"{reverse('account_login')}?{back}")


def _confirm_first(request):
    """The form is not kept meanwhile, as allauth would: there may be passwords in it."""
    if request.method == "POST":
        messages.warning(request, CONFIRM)
    methods = get_adapter().get_reauthentication_methods(request.user)
    return _lead(request, f"{methods[0]['url']}?{_back_to(request)}")


def _back_to(request):
    return urlencode({REDIRECT_FIELD_NAME: request.get_full_path() if request.method == "GET" else request.path})


def _lead(request, address):
    """Lead the whole page there; a fragment of htmx would put the other page into this one."""
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)
