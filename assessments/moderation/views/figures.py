"""How moderation goes: the page of figures, a year in facts, and both as CSV."""

from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import charts, snapshots
from assessments.auditing import record
from assessments.moderation import figures, transparency
from assessments.moderation.models import Ruling
from assessments.moderation.sheets import as_csv
from assessments.reference import reference_for

PERIODS = (30, 90, 365)
MOST_QUESTIONS = 12

may_look = permission_required("moderation.view_case", raise_exception=True)
may_export = permission_required("moderation.export_cases", raise_exception=True)


@require_safe
@never_cache
@may_look
def page(request):
    """The figures of the last days; `days` says how many."""
    days = _days(request)
    found = _gather(days)
    since = figures.period(days)
    context = {
        **found,
        "days": days,
        "periods": PERIODS,
        "charts": _charts(found),
        "mine": figures.golden_agreement(since=since, person=request.user),
        # Everybody's practice together; nobody is ranked, and only one's own is shown by name.
        "everybody": figures.golden_agreement(since=since) if _is_senior(request.user) else None,
        "year": timezone.now().year,
    }
    return render(request, "moderation/figures.html", context)


@require_safe
@never_cache
@may_export
def sheet(request):
    """The same figures as CSV, one number with its interval on each line."""
    days = _days(request)
    record(by=request.user, verb="export", what=Ruling, after={"days": days})
    return as_csv(
        f"moderation-{days}-days.csv", ("figure", "of", "part", "whole", "low", "high"), _lines(_gather(days))
    )


@require_safe
@never_cache
@may_look
def year(request, number):
    """A year in facts, to be published."""
    context = {"number": number, "chapters": _year(number), "years": transparency.years()}
    return render(request, "moderation/transparency.html", context)


@require_safe
@never_cache
@may_export
def year_as_csv(request, number):
    """The same as CSV, with the same small numbers left out."""
    record(by=request.user, verb="export", what=Ruling, after={"year": number})
    rows = [(chapter.title, fact.what, fact.shown) for chapter in _year(number) for fact in chapter.facts]
    return as_csv(f"transparency-{number}.csv", ("chapter", "fact", "value"), rows)


def _year(number):
    if not 2000 <= number <= timezone.now().year:
        raise Http404
    return transparency.year_in_facts(number)


def _is_senior(person):
    return person.has_perm("moderation.undo_any_ruling")


def _days(request):
    asked = request.GET.get("days", "")
    return int(asked) if asked in {str(days) for days in PERIODS} else 90


def _gather(days):
    """All figures that may be shown to every moderator."""
    since = figures.period(days)
    items, signals = figures.overturned(since=since)
    topics, reasons = figures.skips(since=since)
    asked, said = figures.referrals(since=since)
    return {
        "bands": figures.by_band(since=since),
        "decisions": figures.decisions(since=since),
        "items": _named(items[:MOST_QUESTIONS]),
        "signals": [(row.key, row) for row in signals[:MOST_QUESTIONS]],
        "blind": figures.blind_agreement(since=since),
        "skipped_topics": _titled(topics),
        "skipped_reasons": reasons,
        "asked": asked,
        "said": said,
    }


def _named(items):
    """(question, Overturned) rows, in the words of the published checklist where it has the question."""
    reference = _reference()
    return [
        (reference.item(row.key)["question"] if reference and reference.section_of(row.key) else row.key, row)
        for row in items
    ]


def _titled(topics):
    reference = _reference()
    titles = {section["key"]: section["title"] for section in reference.snapshot["sections"]} if reference else {}
    return {titles.get(key, key): number for key, number in topics.items()}


def _reference():
    try:
        return reference_for(snapshots.published_digest())
    except snapshots.NoPublishedChecklist:
        return None


def _charts(found):
    waiting = [(band.label, band.waiting, f"{band.waiting:,}") for band in found["bands"]]
    times = [
        (band.label, band.median.total_seconds(), transparency.in_hours(band.median))
        for band in found["bands"]
        if band.median is not None
    ]
    asked = [(label, number, f"{number:,}") for label, number in found["asked"].items()]
    return {
        "waiting": charts.bars("waiting", "Cases that wait", waiting),
        "times": charts.bars("times", "Median time until a decision", times),
        "asked": charts.bars("asked", "Who asked", asked),
        "items": charts.shares(
            "items", "Questions that people overturned", [(q, row.share) for q, row in found["items"]]
        ),
    }


def _lines(found):
    for band in found["bands"]:
        yield "waiting", band.label, band.waiting, "", "", ""
        yield "waiting longer than its clock", band.label, band.late, band.waiting, "", ""
        yield "decided late", band.label, *_numbers(band.decided)
        if band.median is not None:
            yield "median seconds until a decision", band.label, band.median.total_seconds(), "", "", ""
    for figure, rows in (("question overturned", found["items"]), ("signal overturned", found["signals"])):
        for _, row in rows:
            yield figure, row.key, *_numbers(row.share)
    yield "blind readings that agree", "decision", *_numbers(found["blind"].same)
    yield "Cohen's kappa of blind readings", "decision", found["blind"].kappa, "", "", ""
    for figure in ("decisions", "skipped_topics", "skipped_reasons", "asked", "said"):
        for label, number in found[figure].items():
            yield figure.replace("_", " "), label, number, "", "", ""


def _numbers(share):
    return share.part, share.whole, share.low, share.high
