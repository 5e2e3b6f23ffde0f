"""Opening the words of a post: the one place that every showing of them to a moderator goes through."""

from assessments.auditing import record


def record_view(case, by):
    """Put on record that `by` was shown the words of the case's post: who and which, and nothing of the words."""
    record(by=by, verb="view", what=case, after={"shown": "the words of the post"})
