"""What a browser sends with the forms of the public pages. Used by the tests of the door and of the pages."""

import html
import re

from posts.front_door import new_submission

SAME_ORIGIN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
WORDS = "Running cures depression, honestly. You should all go for a run every morning, it works."


def send(client, post=WORDS, *, headers=SAME_ORIGIN, submission=None, **fields):
    """Send the paste form as a browser does. `submission=""` sends a form without its number."""
    fields["submission"] = new_submission() if submission is None else submission
    return client.post("/", {"post": post, **fields}, headers=headers)


def text_of(answer):
    """The page of an answer, its quotes and apostrophes as people read them."""
    return html.unescape(answer.content.decode())


def box_of(answer):
    """What is in the box of the paste form."""
    return html.unescape(re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", answer.content.decode(), re.DOTALL)[1])
