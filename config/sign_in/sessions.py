"""What a session says about the person in it: when it began, when it was last used, and which second factor was shown.

allauth notes in the session how somebody signed in; the rest is noted here. Nothing else in the product reads either.
"""

import time

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from config.sign_in.models import SharedEntry
from posts.jobs import periodic_job

# A session ends when nobody used it for IDLE, and in any case after LONGEST. All in seconds.
IDLE = 30 * 60
LONGEST = 12 * 60 * 60
# So long after signing in, or after saying again who one is, accounts and roles may be changed.
LATELY = 15 * 60
# How exactly the last use is kept: not every request writes.
TICK = 60

BEGAN, USED = "signed_in_at", "used_at"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def begin(session):
    """Note that somebody has just signed in."""
    session[BEGAN] = session[USED] = time.time()


def is_over(session):
    """Whether the session was left alone for too long, is too old, or does not say when it began."""
    now = time.time()
    return now - session.get(USED, 0) > IDLE or now - session.get(BEGAN, 0) > LONGEST


def use(session):
    """Note that the session is in use."""
    now = time.time()
    if now - session[USED] > TICK:
        session[USED] = now


def pass_with(request, factor):
    """Note that the person in this session has shown `factor` (an Authenticator of theirs)."""
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type)
    request.session.cycle_key()


def has_passed(request):
    """Whether the person has shown a second factor in this session that is still one of theirs."""
    shown = [record["id"] for record in _records(request) if record.get("method") == "mfa" and "id" in record]
    return bool(shown) and Authenticator.objects.filter(user=request.user, pk__in=shown).exists()


def was_confirmed_lately(request):
    """Whether the person has said who they are within LATELY, by any means."""
    now = time.time()
    return any(now - record["at"] < LATELY for record in _records(request))


def has_factor(user):
    """Whether the person has set up a second factor."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def end_all(user):
    """End every session of this person, on every device. Returns how many there were.

    Sessions are few: only people who work here have any, and each lasts half a day at most.
    """
    running = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [one.pk for one in running.iterator() if one.get_decoded().get(SESSION_KEY) == str(user.pk)]
    return Session.objects.filter(pk__in=theirs).delete()[0]


@periodic_job(name="sign_in.forget", cron="29 * * * *")
def forget():
    """Delete what is over: sessions, used codes and counted tries. Once an hour, wherever a worker runs."""
    now = timezone.now()
    Session.objects.filter(expire_date__lte=now).delete()
    SharedEntry.objects.filter(expires__lte=now).delete()


def _records(request):
    return get_authentication_records(request, request.user)
