"""A first guess at the language of a post, by its most frequent function words. A hint, not a gate."""

import unicodedata

from assessments.engine.tables import FUNCTION_WORDS
from assessments.engine.text import Reading

_SCRIPTS = (
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("HANGUL", "ko"),
    ("CJK", "zh"),
    ("ARABIC", "ar"),
    ("HEBREW", "he"),
    ("GREEK", "el"),
    ("THAI", "th"),
    ("DEVANAGARI", "hi"),
    ("CYRILLIC", "ru"),
)
_ENGLISH = FUNCTION_WORDS["en"].__contains__


def language_of(reading: Reading, text: str) -> str:
    """A hint, not a gate: ISO 639-1 code by the most frequent function words, "und" when there is nothing to go by."""
    forms = reading.forms[:400]
    english = sum(map(_ENGLISH, forms))
    if english * 5 >= len(forms) and english >= 2:
        return "en"  # nothing else has so many English function words
    letters = [character for character in text[:2000] if character.isalpha()]
    if not letters:
        return "und"
    latin = sum(1 for character in letters if character < "\u0250" or "LATIN" in unicodedata.name(character, ""))
    if latin * 2 < len(letters):
        return _language_of_script(letters)
    scores = {code: sum(1 for form in forms if form in words) for code, words in FUNCTION_WORDS.items()}
    best = max(scores, key=lambda code: (scores[code], code == "en"))
    enough = scores[best] >= 3 and scores[best] * 10 >= len(forms)
    return best if enough and scores[best] > 1.5 * english else "en"


def _language_of_script(letters: list[str]) -> str:
    names = " ".join(unicodedata.name(character, "") for character in letters[:200])
    return next((code for script, code in _SCRIPTS if script in names), "und")
