"""Many moderators over many cases at once: python -m tests.soak.moderators [--cases 2000] [--people 8]

Real threads, each with a connection of its own, real PostgreSQL, and the actions that the pages call. What came of it
is counted from what everybody saw and from what the database holds; `faults` says what does not fit. The control reads
first and writes later, as code without locks does, to show that the same count finds what goes wrong then.
"""

import argparse
import os
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

PEOPLE, CASES = 8, 2_000
# Seconds until somebody who waits for another, whose thread broke, gives up.
WAIT = 60


@dataclass(slots=True)
class Seen:
    """What the people saw: (case, person) handed out, (case, person) answered, and answers that were refused."""

    taken: list = field(default_factory=list)
    answered: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    broken: list = field(default_factory=list)


def make_cases(number):
    """So many waiting cases of different posts, made by the actions of the product. The checklist must be published."""
    from tests.factories import a_flag, an_assessment

    for at in range(number):
        a_flag(an_assessment(f"Case {at}: somebody says that number {at} works for everybody."), kind="look_at_post")


def work(people, *, take, answer):
    """Let everybody take and answer cases at the same time until nothing is left. Returns what they Seen."""
    from django.db import connection

    seen, start = Seen(), threading.Barrier(len(people), timeout=WAIT)
    connection.close()
    connection.close_pool()  # a new one has eight connections, one for each of the people

    def at_work(person):
        try:
            start.wait()
            while case := take(by=person):
                seen.taken.append((case.pk, person.pk))
                answer(case, person, seen)
        except Exception as error:  # a thread's error would be lost otherwise
            seen.broken.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=at_work, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def answer(case, person, seen):
    """Decide the case; then once more, as a second press does, which must be refused."""
    from assessments.moderation.deciding import DecidingError, decide
    from tests.factories import a_reason

    given = {"decision": "stands", "reason": a_reason(), "note": "We looked at it."}
    for _ in range(2):
        try:
            decide(case=case, by=person, version=case.version, **given)
            seen.answered.append((case.pk, person.pk))
        except DecidingError:
            seen.refused.append((case.pk, person.pk))


def faults(seen, *, cases, readings=1):
    """What does not fit, in words; an empty list when every case was answered by as many people as it needs, once."""
    from assessments.models import Review
    from assessments.moderation.models import Case, CaseState, Flag, Ruling

    handed = Counter(case for case, _ in seen.taken)
    rulings = Counter(Ruling.objects.standing().values_list("case", "by"))
    final = Counter(Ruling.objects.final().values_list("case", flat=True))
    found = {
        "threads that broke": seen.broken,
        "cases handed to too many": [case for case, number in handed.items() if number > readings],
        "cases answered twice by the same person": [pair for pair, number in rulings.items() if number > 1],
        "answers seen and not stored, or stored and not seen": list(Counter(seen.answered) - rulings)
        + list(rulings - Counter(seen.answered)),
        "cases with another number of answers": [
            case for case, number in Counter(case for case, _ in rulings).items() if number != readings
        ],
        "cases settled more than once": [case for case, number in final.items() if number != 1],
        "cases lost": list(Case.objects.exclude(state=CaseState.DECIDED).values_list("pk", flat=True)),
        "cases missing": [None] * (cases - Case.objects.count()),
        "decided cases that nobody answered": set(Case.objects.values_list("pk", flat=True)) - set(final),
        "readers who were not told, or twice": [None] * abs(cases - Review.objects.standing().count()),
        "answers that the audit trail does not have, or has twice": _differ(_in_trail("answer"), rulings),
        "cases handed out that it does not have, or has twice": _differ(_in_trail("assign"), Counter(seen.taken)),
        "flags left open": list(Flag.objects.open().values_list("pk", flat=True)),
    }
    return [f"{len(cases)} {words}" for words, cases in found.items() if cases]


def _in_trail(verb):
    """How often the audit trail says that each person did this to each case."""
    from assessments.models.audit import AuditEntry

    entries = AuditEntry.objects.filter(kind="moderation.case", verb=verb).values_list("object_id", "user_id")
    return Counter((int(case), person) for case, person in entries)


def _differ(some, others):
    return [*(some - others), *(others - some)]


class Naive:
    """The control: reads which case is free, and writes later that it is taken; decides what is undecided when read."""

    def __init__(self, people):
        self.step = threading.Barrier(people, timeout=WAIT)
        self.rounds = threading.local()

    def take(self, *, by):
        from assessments.moderation.models import Case

        if getattr(self.rounds, "done", False):
            return None
        self.rounds.done = True
        case = Case.objects.readable_by(by).free_for(by).in_order().first()
        self.step.wait()  # everybody has read before anybody writes: what happens now and then, every time
        Case.objects.filter(pk=case.pk).update(assigned_to=None)
        return case

    def answer(self, case, person, seen):
        from assessments.moderation.models import Ruling
        from tests.factories import a_reason

        is_free = not Ruling.objects.filter(case=case).exists()
        self.step.wait()
        if is_free:
            reason = a_reason()
            # Without `is_open` the constraint of the database, the second guard, is out of the way as well.
            Ruling.objects.create(
                case=case, round="first", decision="stands", level_before="", reason=reason, policy="p", note="n",
                by=person, is_open=False, is_final=True,
            )  # fmt: skip
            seen.answered.append((case.pk, person.pk))


def main():
    """Returns the exit status: 1 when anything does not fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--people", type=int, default=PEOPLE)
    given = parser.parse_args()
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection
    from django.test.utils import override_settings

    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "second_look_soak_moderators"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with override_settings(SECOND_READING_SHARE=0, GOLDEN_SHARE_PERCENT=0):
            return _run(given)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def _run(given):
    from assessments.moderation.assigning import take_next
    from assessments.roles import MODERATORS
    from tests.factories import a_published_checklist, a_reason, a_user

    a_published_checklist()
    a_reason()
    people = [a_user(f"person{number}", group=MODERATORS) for number in range(given.people)]
    started = time.monotonic()
    make_cases(given.cases)
    made = time.monotonic()
    seen = work(people, take=take_next, answer=answer)
    decided = time.monotonic()
    wrong = faults(seen, cases=given.cases)
    share = sorted(Counter(person for _, person in seen.answered).values())
    print(f"{given.cases:,} cases made in {made - started:.0f} s, decided by {given.people} people at once in ", end="")
    print(f"{decided - made:.0f} s: {share[0]} to {share[-1]} each")
    print(
        f"handed out {len(seen.taken):,}, answered {len(seen.answered):,}, refused {len(seen.refused):,} second presses"
    )
    print("Nothing decided twice, nothing lost." if not wrong else "WRONG: " + "; ".join(wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
