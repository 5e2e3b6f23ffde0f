"""allauth's pages with our rules around them, and ending every session at once."""

from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assessments.auditing import record
from config.sign_in import kept_forms, sessions


def noted(view):
    """Put into the audit trail what the view does to somebody's factors; a new one counts as shown in this session:
    its first code, or the passkey itself, was asked for to set it up."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        with transaction.atomic():
            before = _factors(request.user)
            answer = view(request, *args, **kwargs)
            after = _factors(request.user)
            for factor in (before | after).values():
                if factor.pk not in before:
                    record(by=request.user, verb="add a second factor", what=request.user, after=_about(factor))
                elif factor.pk not in after:
                    record(by=request.user, verb="remove a second factor", what=request.user, before=_about(factor))
        new = [factor for key, factor in after.items() if key not in before and factor.type in sessions.FACTORS]
        for factor in new:
            sessions.pass_with(request, factor)
        return answer

    return wrapped


def keeping_one(view):
    """Refuse to remove somebody's last factor: they could do nothing here until they set up another."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if sum(factor.type in sessions.FACTORS for factor in _factors(request.user).values()) < 2:
            messages.error(request, "This is your only second step. Set up another one first, then remove this one.")
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return wrapped


def _factors(user):
    """{primary key: factor} of everything this person signs in with beside a password, recovery codes too."""
    return {factor.pk: factor for factor in Authenticator.objects.filter(user=user.pk)}


def _about(factor):
    return {"factor": factor.type, "name": str(factor)}


activate_app = noted(app.activate_totp)
remove_app = keeping_one(noted(app.deactivate_totp))
new_codes = noted(codes.generate_recovery_codes)
add_passkey = noted(passkeys.add_webauthn)
remove_passkey = keeping_one(noted(passkeys.remove_webauthn))

# Asking for a challenge makes a session, so asking is counted too.
sign_in_with_passkey = login_not_required(
    ratelimit.decorator(app="allauth.mfa", action="webauthn_login", limit_get=True)(passkeys.login_webauthn)
)


@require_safe
def kept_form(request):
    """What somebody sent when their session had just ended, to be sent again with a button."""
    kept = kept_forms.kept_for(request)
    if kept is None:
        return redirect(get_adapter().get_login_redirect_url(request))
    # What people type has words in it; all else are choices and numbers of the page.
    words = [text for _, text in kept["fields"] if " " in text.strip()]
    return render(request, "account/kept_form.html", {"kept": kept, "words": words})


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out_everywhere(request):
    """End every session of the person, this one too."""
    if request.method != "POST":
        return render(request, "account/sign_out_everywhere.html")
    record(by=request.user, verb="sign out everywhere", what=request.user)
    sessions.end_all(request.user)
    logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect("account_login")
