"""Opening the words of a post: the one place that every showing of them to somebody of the staff goes through."""

import logging

logger = logging.getLogger(__name__)


def record_view(case, by):
    """Put on record that `by` was shown the words of the case's post, and nothing of the words."""
    # The log keeps fixed words only, no keys and no names: who saw which case is for the audit trail to say.
    logger.info("The post of a case was shown to a moderator.", extra={"level": case.get_band_display()})
