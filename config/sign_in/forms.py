"""allauth's form to begin with an app, with what it leaves out."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP


class ActivateAppForm(ActivateTOTPForm):
    def clean_code(self):
        """A code that an app was begun with is used: it does not sign anybody in afterwards."""
        code = super().clean_code()
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):
            raise get_adapter().validation_error("incorrect_code")
        return code
