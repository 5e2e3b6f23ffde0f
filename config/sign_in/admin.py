"""The admin has no sign-in of its own, and does not show what people sign in with: codes are theirs alone.

For a lost phone there is `manage.py reset_second_factor`.
"""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin

admin.site.login = secure_admin_login(admin.site.login)

for model in (Authenticator, EmailAddress):
    admin.site.unregister(model)
