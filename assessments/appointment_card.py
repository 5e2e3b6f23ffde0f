"""One page to print and take to a doctor: what the post says, what was found, and questions. Pure.

It holds the checklist's words only, never the post's: a printed page is seen by others, and harmful words stay hidden.
"""

from dataclasses import dataclass

# So much fits on one printed page with room to write.
MOST_CLAIMS, MOST_FOUND, MOST_QUESTIONS = 3, 5, 6
ALWAYS = "always"
GAP, ROOM_TO_WRITE = "___", "_" * 15


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCard:
    """`found` are (question, answer) pairs of the checklist; `left_out` says how many more the report has."""

    level: str
    claims: tuple[str, ...]
    found: tuple[tuple[str, str], ...]
    left_out: int
    about_me: tuple[str, ...]
    questions: tuple[str, ...]


def build(*, report, step_keys, suggested, what_to_say):
    """The AppointmentCard for a Report.

    `suggested` are (key, questions) pairs, asked when the key is a step that fits or "always"; `what_to_say` are the
    sentences of the help guidance, of which those with a gap can be filled in.
    """
    # A claim can be found by two questions; said once is enough.
    details = [detail for card in report.careful for detail in card.details if detail.claim]
    claims = tuple(dict.fromkeys(detail.claim for detail in details))
    asked = [question for key, group in suggested if key == ALWAYS or key in step_keys for question in group]
    return AppointmentCard(
        level=report.label,
        claims=claims[:MOST_CLAIMS],
        found=tuple((card.question, card.answer) for card in report.careful[:MOST_FOUND]),
        left_out=max(0, len(claims) - MOST_CLAIMS) + max(0, len(report.careful) - MOST_FOUND),
        about_me=tuple(line.replace(GAP, ROOM_TO_WRITE) for line in what_to_say if GAP in line),
        questions=tuple(asked[:MOST_QUESTIONS]),
    )
