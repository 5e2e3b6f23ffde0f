"""People who work here, with a session of their own each."""

from importlib import import_module
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.utils.crypto import get_random_string

from assessments.roles import MODERATORS
from config.sign_in import sessions
from tests.factories import a_second_factor
from tests.soak.web import Browser

CSRF_LETTERS = 32


def a_moderator(name):
    """A moderator's account, made when there is none. Returns the User."""
    user, is_new = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
    if is_new:
        user.groups.add(Group.objects.get(name=MODERATORS))
    return user


def staff_browser(web, name):
    """A Browser in which this moderator is signed in."""
    user = a_moderator(name)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request = SimpleNamespace(session=session, user=user)
    sessions.begin(session)
    sessions.pass_with(request, a_second_factor(user))
    session.save()
    csrf = get_random_string(CSRF_LETTERS)
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={csrf}"
    return Browser(web.port, cookies=cookies, csrf=csrf)
