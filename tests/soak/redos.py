"""Words made to keep a pattern busy for ever, pasted one after the other, while somebody asks whether we are alive."""

import threading
import time
from collections import Counter

from posts.front_door import new_submission
from posts.intake import MAX_CHARACTERS
from tests.hostile import rows
from tests.soak.table import Line, at_most, none_of, percentile, told
from tests.soak.web import Browser

SLOWEST = 2.0
SLOWEST_HEALTH = 0.5
# Longer is refused before anything reads it; that is why each comes once more, cut to what is read.
MOST_SENT = 1_000_000
ANSWERS = (302, 413, 422)


def run(here, scaled):
    """The Lines. Quick enough to be never scaled."""
    recipes = [row["recipe"] for row in rows("redos_recipes")]
    # One process only: whoever keeps it busy keeps everybody waiting.
    with here.web(WEB_PROCESSES="1") as web:
        Browser(web.port).post("/", post="Running cures depression, honestly.", submission=new_submission())
        with Pulse(web.port) as pulse:
            answers = [answer for recipe in recipes for answer in _paste(Browser(web.port), recipe)]
    statuses = Counter(answer.status for answer in answers)
    taken = [answer.seconds for answer in answers]
    return [
        told("recipes", len(recipes)),
        told("requests: whole, and cut to what is read", len(answers)),
        told("answers", ", ".join(f"{status}: {number}" for status, number in sorted(statuses.items()))),
        none_of("answers but a report or a sentence", sum(statuses[one] for one in statuses if one not in ANSWERS)),
        told("request, median", f"{percentile(taken, 0.5):.3f} s"),
        at_most("request, slowest", max(taken), SLOWEST),
        told("health asked meanwhile", len(pulse.seconds)),
        at_most("health, slowest", max(pulse.seconds), SLOWEST_HEALTH),
        Line(what="health, missed", found=str(pulse.missed), must="0", kept=pulse.missed == 0),
    ]


class Pulse:
    """Asks /healthz twenty times a second while it is open."""

    def __init__(self, port):
        self.browser, self.seconds, self.missed = Browser(port), [], 0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *failure):
        self._closing.set()
        self._thread.join()

    def _ask(self):
        while not self._closing.is_set():
            answer = self.browser.get("/healthz")
            self.seconds.append(answer.seconds)
            self.missed += answer.status != 200
            time.sleep(0.05)


def _paste(browser, recipe):
    """The Answers to a recipe as it stands, and to as much of it as is read."""
    times = min(recipe["n"], MOST_SENT // len(recipe["pump"]))
    whole = recipe["prefix"] + recipe["pump"] * times + recipe["suffix"]
    start = whole[: MAX_CHARACTERS - len(recipe["suffix"])]
    for text in (whole, start + recipe["suffix"]):
        # Lone halves of characters cannot be sent as a form.
        text = text.encode("utf-8", "replace").decode()
        yield browser.post("/", post=text, submission=new_submission())
