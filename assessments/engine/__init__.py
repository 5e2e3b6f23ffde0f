"""The engine: pure. No Django, no database, no network, no clock, no randomness. This module is its only door.

    compiled = compile(snapshot)
    result = assess("post text", compiled, author_line="…", country="GB")

The same text, snapshot and VERSION always give the same Result. Behaviour moves only together with VERSION.
"""

from assessments.engine.assessing import assess, patterns_found
from assessments.engine.compiled import CLAIMS_ITEM, TITLES_ITEM, Compiled, check_patterns
from assessments.engine.compiled import compile_snapshot as compile
from assessments.engine.patterns import LONGEST_PATTERN, PatternError, check_entry, explain, parse, read_classes
from assessments.engine.steps import Candidate, Steps, WordRead, steps_of
from assessments.engine.types import FLAGS, VERSION, Author, Context, Effect, Finding, ItemResult, Result

__all__ = [
    "CLAIMS_ITEM",
    "FLAGS",
    "LONGEST_PATTERN",
    "TITLES_ITEM",
    "VERSION",
    "Author",
    "Candidate",
    "Compiled",
    "Context",
    "Effect",
    "Finding",
    "ItemResult",
    "PatternError",
    "Result",
    "Steps",
    "WordRead",
    "assess",
    "check_entry",
    "check_patterns",
    "compile",
    "explain",
    "parse",
    "patterns_found",
    "read_classes",
    "steps_of",
]
