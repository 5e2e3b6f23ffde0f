"""Signing in and out of the staff pages, in the audit trail. Attempts that fail are counted elsewhere: anybody can make
as many as they like, and the trail can only grow.
"""

from assessments.auditing import record


def record_sign_in(sender, request, user, **_):
    record(by=user, verb="sign in", what=user)


def record_sign_out(sender, request, user, **_):
    if user is not None:  # signing out twice
        record(by=user, verb="sign out", what=user)
