"""Which passwords staff may not choose: what guessers try first. Named in the settings; nothing imports it.

Django's list of 20,000 common passwords has 190 of twelve characters or more, which is the least we take. What people
do then is to write one twice, or two of them, or add a number. All of that is refused here, and so are the words of
this place. What characters a password is made of is nobody's business.
"""

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# What somebody would try who knows where they are.
OUR_WORDS = frozenset({"secondlook", "second", "look", "moderator", "moderation", "checklist", "helpline"})
AROUND = "0123456789 .,;:!?_-+*#@$%&/()"
RUNS = ("0123456789" * 3, "9876543210" * 3)
SENTENCE = "This is one of the passwords that are tried first. Take three words or more that do not belong together."


class NotGuessedFirst(CommonPasswordValidator):
    """Refuses one or two common passwords with anything around or between them, and numbers that count or repeat."""

    def validate(self, password, user=None):
        """Raises ValidationError."""
        written = password.lower().strip()
        words = written.strip(AROUND)
        if self._are_common(words) if words else _is_counted(written):
            raise ValidationError(SENTENCE, code="guessed_first")

    def get_help_text(self):
        """What stands beside the box."""
        return "Three words or more that do not belong together make a good password."

    def _are_common(self, words):
        """Whether this is one of them, or two."""
        known = self.passwords | OUR_WORDS
        pairs = ((words[:at].rstrip(AROUND), words[at:]) for at in range(1, len(words)))
        return words in known or any(first in known and second in known for first, second in pairs)


def _is_counted(digits):
    return len(set(digits)) <= 3 or any(digits in run for run in RUNS)
