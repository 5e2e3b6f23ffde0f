"""Emoji: which characters are words of their own, and those that stand for a plain word."""

import unicodedata

JOINER = "\u200d"
_ADDED = frozenset("\ufe0e\ufe0f\u20e3") | frozenset(map(chr, range(0x1F3FB, 0x1F400)))  # variants and skin tones
_EMOJI_BLOCKS = range(0x1F300, 0x1FB00)
_GENDER = frozenset("♀♂")

# A word that the emoji may be read as, beside itself. Only where it means one thing in almost every post.
MEANINGS = {
    emoji: word
    for word, all_emoji in {
        "pills": "💊",
        "brain": "🧠",
        "mushrooms": "🍄",
        "alcohol": "🍺🍻🍷🍸🥃🍾",
        "doctor": "🩺⚕",
        "hospital": "🏥",
        "injection": "💉",
        "yoga": "🧘",
        "gym": "🏋",
        "running": "🏃",
        "prayer": "🛐",
        "coffee": "☕",
    }.items()
    for emoji in all_emoji
}


def is_emoji(character: str) -> bool:
    """Whether a character is a word of its own: an emoji, an arrow, a sign. Emoji newer than this Python count too."""
    if ord(character) < 0x2190:
        return False
    kind = unicodedata.category(character)
    return kind in ("So", "Sk", "Sm") or (kind == "Cn" and ord(character) in _EMOJI_BLOCKS)


def end_of_emoji(raw: str, place: int) -> int:
    """Where an emoji ends that stands at a place: behind its variant marks, skin tone and sign of gender."""
    end, length = place + 1, len(raw)
    while end < length:
        if raw[end] in _ADDED:
            end += 1
        elif raw[end] == JOINER and raw[end + 1 : end + 2] in _GENDER:
            end += 2
        else:
            break
    return end
