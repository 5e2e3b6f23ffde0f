"""How allauth is told our rules. Named in the settings; nothing imports it."""

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.safestring import mark_safe
from qrcode.image.svg import SvgPathFillImage

from config.sign_in import sessions
from posts.encryption import decrypt, encrypt
from posts.rate_limit import hashed_address

WAIT = "That was too often. Wait five minutes, then try again."


class StaffAccounts(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "This name and password do not belong together. Look at both and try again.",
        "incorrect_password": "This is not your password. Try again.",
        "enter_current_password": "This is not your password of today. Try again.",
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
    }

    def get_client_ip(self, request):
        """What counts as one visitor for the limits: never an address, but a keyed hash of today and REMOTE_ADDR."""
        return hashed_address(request)

    def get_login_stages(self):
        """After the password comes the second factor, and nothing by mail or phone."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def is_open_for_signup(self, request):
        """Accounts are made in the admin."""
        return False

    def login(self, request, user):
        super().login(request, user)
        sessions.begin(request.session)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who has just signed in need not do so twice."""
        return not sessions.was_confirmed_lately(self.request)

    def get_login_redirect_url(self, request):
        """Moderators begin at the queue, all others in the admin."""
        user = request.user
        moderates = user.has_perm("moderation.decide_case") and not user.is_superuser
        return reverse("moderation_staff:queue" if moderates else "admin:index")

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")


class SecondFactors(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This did not work. A code works once, and for half a minute: try the next one.",
    }

    def get_totp_issuer(self):
        return "Second Look"

    def build_totp_svg(self, url):
        """The square code as a picture in the page: our policy takes no `data:` pictures, so it must be inline."""
        # Safe: the library writes numbers and its own words only.
        return mark_safe(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))  # nosec B308 B703

    def encrypt(self, text):
        return encrypt(text)

    def decrypt(self, encrypted_text):
        return decrypt(encrypted_text)

    def generate_authenticator_name(self, user, type):
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": "Second Look"}
