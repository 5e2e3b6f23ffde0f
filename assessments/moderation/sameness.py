"""Telling whether two posts have the same words, or nearly the same, without keeping any of them. Pure.

What is kept are keyed hashes: without the key nobody can try texts against them. Nearly the same is found by MinHash
(Broder 1997): the share of common triples of words is estimated from the smallest hashes under several orders, and
those are put together in bands, so that one equal band is enough to look closer.
"""

import hashlib
import random
import re
import unicodedata

from django.utils.crypto import salted_hmac

WORD = re.compile(r"[^\W_]+")
SHINGLE = 3
# Under this many words three in a row say too little: only the very same words count.
FEWEST_WORDS = 12
BANDS, ROWS = 10, 3
# The share of common triples from which two texts count as nearly the same.
NEARLY = 0.7
PRIME = (1 << 61) - 1
_orders = random.Random(20260101)  # fixed: the same text must have the same marks on every machine
ORDERS = tuple((_orders.randrange(1, PRIME), _orders.randrange(PRIME)) for _ in range(BANDS * ROWS))


def fingerprint(text):
    """64 hexadecimal characters: equal for texts with the same words in the same order, whatever else differs."""
    return salted_hmac("moderation.sameness", " ".join(_words(text)) or text, algorithm="sha256").hexdigest()


def near_marks(text):
    """A list of BANDS numbers (signed, 64 bits); texts that are nearly the same share one. Empty for short texts."""
    words = _words(text)
    if len(words) < FEWEST_WORDS:
        return []
    key = salted_hmac("moderation.near_marks", "", algorithm="sha256").digest()
    hashes = [int.from_bytes(_hash(" ".join(shingle), key)) % PRIME for shingle in _shingles(words)]
    smallest = [min((a * value + b) % PRIME for value in hashes) for a, b in ORDERS]
    bands = (smallest[at : at + ROWS] for at in range(0, len(smallest), ROWS))
    return [int.from_bytes(_hash(f"{number}:{band}", key), signed=True) for number, band in enumerate(bands)]


def are_nearly_the_same(one, other):
    """Whether two texts share at least NEARLY of their triples of words."""
    ones, others = _shingles(_words(one)), _shingles(_words(other))
    return bool(ones and others) and len(ones & others) >= NEARLY * len(ones | others)


def _words(text):
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _shingles(words):
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def _hash(text, key):
    return hashlib.blake2b(text.encode(), digest_size=8, key=key).digest()
