"""One post in, one line of the contract out: the same for the command line, for bulk and for many machines."""

from assessments import engine
from assessments.assessing import result_record
from assessments.post_lines import BadLine


def answer(post, published, country=""):
    """The record for a PostLine, or for a BadLine its `id` and the sentence that says what is wrong.

    `published` is a snapshots.Published; `country` (two capitals) counts for a post that names none.
    """
    if isinstance(post, BadLine):
        return {"id": post.id, "error": str(post)}
    result = engine.assess(post.text, published.compiled, author_line=post.author_line, country=post.country or country)
    return {"id": post.id, **result_record(published, result)}
