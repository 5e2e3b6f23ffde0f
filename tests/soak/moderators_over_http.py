"""Eight moderators who decide the same four hundred cases at the same moment, each over HTTP with a session of their
own; and the control, a naive way to decide, which must fail here or this proves nothing.
"""

import threading
from collections import Counter

from django.db.models import Count

from assessments.assessing import run_assessment
from assessments.models import Assessment
from assessments.moderation.cases import take_up
from assessments.moderation.models import Case, CaseState, Ruling
from posts.intake import submit_post
from tests.soak.staff import staff_browser
from tests.soak.table import Line, none_of, told

MODERATORS = 8
CASES = 400
# Decided by a naive way. A race is a matter of chance, but not so rare that none of these would show it.
CONTROLS = 40
ANSWERS = {201: "taken", 409: "refused in words"}


def run(here, scaled):
    """The Lines."""
    _make_cases(scaled(CASES))
    cases = list(Case.objects.in_order().values_list("key", "version"))
    # The form of the page and this address call the same action.
    with here.web(DJANGO_SETTINGS_MODULE="tests.soak.site_settings") as web:
        browsers = [staff_browser(web, f"mod{number}") for number in range(MODERATORS)]
        naive = _all_at_once(browsers, "naive", cases[:CONTROLS])
        doubled_by_control = _assessments_with_two_reviews()
        answers = _all_at_once(browsers, "decide", cases)
    odd = {status: number for status, number in (answers + naive).items() if status not in ANSWERS}
    return [
        told("moderators", MODERATORS),
        told("cases", len(cases)),
        told("answers sent", answers.total()),
        none_of(f"answers neither taken nor refused in words {odd or ''}".strip(), sum(odd.values())),
        Line(what="answers taken", found=f"{answers[201]:,}", must=f"{len(cases):,}", kept=answers[201] == len(cases)),
        none_of("cases not decided", Case.objects.exclude(state=CaseState.DECIDED).count()),
        none_of("cases decided twice", _twice(Ruling.objects.standing().values("case"))),
        Line(
            what=f"decided twice by the naive way, of {len(cases[:CONTROLS])}",
            found=str(doubled_by_control),
            must=">= 1",
            kept=doubled_by_control >= 1,
        ),
    ]


def _make_cases(number):
    """Cases about texts that have nothing to do with each other, or they would be one case."""
    for one in range(number):
        text = f"Listen: you deserve to hurt yourself. {' '.join(f'w{one}x{word}' for word in range(30))}"
        run_assessment(post=submit_post(text=text, submission=f"soak {one}"))
    while take_up():
        pass


def _all_at_once(browsers, way, cases):
    """How often each status was the answer. Nobody goes on to the next case before everybody is there."""
    line, statuses = threading.Barrier(len(browsers)), Counter()

    def decide(browser):
        for key, version in cases:
            line.wait()
            answer = browser.post(f"/soak/{way}/{key}/", version=version)
            statuses[answer.status] += 1

    threads = [threading.Thread(target=decide, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def _assessments_with_two_reviews():
    return Assessment.objects.annotate(times=Count("reviews")).filter(times__gt=1).count()


def _twice(rows):
    return rows.annotate(times=Count("pk")).filter(times__gt=1).count()
