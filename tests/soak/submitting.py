"""People who paste posts, again and again with the same form until it was taken, as a browser's retry does; and the
count of what was kept afterwards.
"""

import itertools
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from posts.front_door import new_submission
from posts.models import Post
from tests.soak.table import none_of, told
from tests.soak.web import PATIENCE, Browser

WORDS = "Running cures depression, honestly. You should all go for a run every morning, I have told {number} people so."
PAUSE = 0.05


@dataclass
class Crowd:
    """`people` threads that send posts to `web` while it is open. `taken`: text -> address of its report."""

    web: object
    people: int = 4
    taken: dict = field(default_factory=dict)
    odd: list = field(default_factory=list)
    tries: int = 0
    _numbers: object = field(default_factory=itertools.count)

    def __enter__(self):
        self._closing, self._is_over = threading.Event(), False
        self._threads = [threading.Thread(target=self._paste_and_paste) for _ in range(self.people)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *failure):
        """Everybody goes on until what they sent last was taken: nothing is left unanswered, unless the soak failed."""
        self._closing.set()
        self._is_over = failure[0] is not None
        for thread in self._threads:
            thread.join()

    def until_more_are_taken(self):
        """Wait until another post is acknowledged. Raises TimeoutError."""
        before, began = len(self.taken), time.monotonic()
        while len(self.taken) == before:
            if time.monotonic() > began + PATIENCE:
                raise TimeoutError("No post is taken any more.")
            time.sleep(PAUSE)

    def _paste_and_paste(self):
        browser = Browser(self.web.port, timeout=20)
        while not self._closing.is_set():
            text = WORDS.format(number=next(self._numbers))
            self._paste(browser, text, new_submission())

    def _paste(self, browser, text, submission):
        while not self._is_over:
            self.tries += 1
            answer = browser.post("/", post=text, submission=submission)
            if answer.status == 302:
                self.taken[text] = answer.location
                return
            # 0: nobody answered. 503: the page that says so. Anything else is no way to answer a fault.
            if answer.status not in (0, 503):
                self.odd.append(answer.status)
            time.sleep(PAUSE)


def _finished(crowd, posts):
    """A fault in the middle may leave a post without its report. Its page says so, and has a button to finish it."""
    browser = Browser(crowd.web.port)
    for post in posts:
        browser.post(f"/reports/{post.key}/assess/", submission=new_submission())
    left = len(posts) - Post.objects.filter(pk__in=[post.pk for post in posts], assessments__isnull=False).count()
    return told("reports finished with the button on their page", len(posts)), none_of("reports not finished", left)


def kept(crowd):
    """The lines about what the database holds of what the crowd was told was taken."""
    posts = list(Post.objects.prefetch_related("assessments"))
    texts = Counter(post.text for post in posts)
    address = {post.text: f"/reports/{post.key}/" for post in posts}
    return [
        told("posts acknowledged", len(crowd.taken)),
        told("requests sent for them", crowd.tries),
        none_of("acknowledged posts lost", sum(address.get(text) != there for text, there in crowd.taken.items())),
        none_of("posts doubled", sum(number - 1 for number in texts.values())),
        none_of("reports doubled", sum(len(post.assessments.all()) > 1 for post in posts)),
        *_finished(crowd, [post for post in posts if not post.assessments.all()]),
        none_of("answers but 302, 503 or none", len(crowd.odd)),
    ]
