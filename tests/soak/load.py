"""Twenty thousand requests, sixteen at a time: 80 % read, 15 % submit, 5 % moderate. None may go wrong."""

import random
import threading
import time
from collections import Counter, defaultdict

from posts.front_door import new_submission
from tests.soak.staff import staff_browser
from tests.soak.submitting import WORDS
from tests.soak.table import at_most, none_of, percentile, told
from tests.soak.web import Browser

REQUESTS = 20_000
AT_ONCE = 16
SLOWEST = 1.0
READ = ("/", "/", "/help/", "/how-it-works/", "/own-words/", "/es/", "/how-it-works/versions/")
MODERATE = ("/moderation/", "/moderation/?band=1")


class Visitor(threading.Thread):
    """One of those at once. `times` and `wrong` are by kind of request."""

    def __init__(self, web, number, requests, reports):
        super().__init__()
        self.browser, self.staff = Browser(web.port), staff_browser(web, f"mod{number}")
        self.chance, self.number, self.requests, self.reports = random.Random(number), number, requests, reports
        self.times, self.wrong = defaultdict(list), Counter()

    def run(self):
        """Ask, until all is asked."""
        for step in range(self.requests):
            (kind,) = self.chance.choices(("read", "submit", "moderate"), (80, 15, 5))
            answer, expected = getattr(self, f"_{kind}")(step)
            self.times[kind].append(answer.seconds)
            if answer.status != expected:
                self.wrong[f"{kind}: {answer.status}"] += 1

    def _read(self, step):
        # Half of those who read, read a report.
        path = self.chance.choice(self.reports) if self.chance.random() < 0.5 else self.chance.choice(READ)
        return self.browser.get(path), 200

    def _submit(self, step):
        text = WORDS.format(number=f"{self.number} times {step}")
        answer = self.browser.post("/", post=text, submission=new_submission())
        if answer.status == 302:
            self.reports.append(answer.location)
        return answer, 302

    def _moderate(self, step):
        if step % 3:
            return self.staff.get(self.chance.choice(MODERATE)), 200
        return self.staff.post("/moderation/next/"), 302


def run(here, scaled):
    """The Lines."""
    each = scaled(REQUESTS) // AT_ONCE or 1
    with here.web() as web:
        reports = [_first_report(web)]
        visitors = [Visitor(web, number, each, reports) for number in range(AT_ONCE)]
        began = time.monotonic()
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        seconds = time.monotonic() - began
    wrong = sum((visitor.wrong for visitor in visitors), Counter())
    everything = [time for visitor in visitors for times in visitor.times.values() for time in times]
    return [
        told("requests", len(everything)),
        told("at once", AT_ONCE),
        none_of(f"errors {dict(wrong) if wrong else ''}".strip(), wrong.total()),
        told("requests a second", round(len(everything) / seconds)),
        *(_of_kind(visitors, kind) for kind in ("read", "submit", "moderate")),
        told("p50", f"{percentile(everything, 0.5):.3f} s"),
        at_most("p99", percentile(everything, 0.99), SLOWEST),
    ]


def _of_kind(visitors, kind):
    times = [time for visitor in visitors for time in visitor.times[kind]]
    found = f"{len(times):,}: {percentile(times, 0.5):.3f} s · {percentile(times, 0.99):.3f} s"
    return told(f"{kind}: p50 · p99", found)


def _first_report(web):
    answer = Browser(web.port).post("/", post=WORDS.format(number="some"), submission=new_submission())
    return answer.location
