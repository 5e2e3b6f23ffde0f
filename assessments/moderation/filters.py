"""Which cases the queue shows: the choices of its form, and the page after a given case."""

from datetime import datetime, timedelta

from django import forms
from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.utils import timezone

from assessments import snapshots
from assessments.moderation.models import Band, Case, CaseState, ReferralSource
from assessments.reference import reference_for

PAGE = 30
# Counting stops here: nobody needs to know more exactly, and counting a million rows takes time.
MOST_COUNTED = 1_000

AGES = (("", "Any age"), ("1", "Over 1 hour"), ("24", "Over 1 day"), ("72", "Over 3 days"), ("168", "Over 1 week"))
WHO = (("", "Anybody's"), ("free", "Free"), ("mine", "Mine"), ("late", "Late"))
STATES = (
    ("", "All that wait"),
    *((state.value, state.label) for state in (CaseState.OPEN, CaseState.SECOND, CaseState.THIRD)),
)


class QueueFilter(forms.Form):
    """The choices above the queue. All are optional, and an unknown one shows an error instead of an empty queue."""

    band = forms.TypedChoiceField(
        choices=[("", "All bands"), *Band.choices], coerce=int, empty_value=None, required=False
    )
    source = forms.ChoiceField(label="Kind", choices=[("", "All kinds"), *ReferralSource.choices], required=False)
    section = forms.ChoiceField(required=False)
    state = forms.ChoiceField(choices=STATES, required=False)
    topics = forms.ChoiceField(choices=[("", "Topics that I read"), ("all", "All topics")], required=False)
    who = forms.ChoiceField(choices=WHO, required=False)
    older = forms.TypedChoiceField(choices=AGES, coerce=int, empty_value=None, required=False)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        required=False,
        error_messages={"invalid": "Two letters, such as GB."},
        widget=forms.TextInput(attrs={"size": 3, "maxlength": 2, "autocomplete": "off"}),
    )
    language = forms.RegexField(
        r"^[A-Za-z]{2,3}$",
        required=False,
        error_messages={"invalid": "Two or three letters, such as en."},
        widget=forms.TextInput(attrs={"size": 3, "maxlength": 3, "autocomplete": "off"}),
    )

    def __init__(self, *args, sections=(), topics_not_read=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.topics_not_read = topics_not_read
        if not topics_not_read:
            del self.fields["topics"]
        self.fields["section"].choices = [("", "All topics"), *sections]

    @property
    def choices(self):
        """What was chosen, as the form sent it: for addresses and for keeping."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}

    def chosen(self, cases, *, by):
        """`cases` narrowed to the choices. The form must be valid."""
        given = self.cleaned_data
        cases = cases.filter(state=given["state"]) if given["state"] else cases.waiting()
        if given["band"]:
            cases = cases.filter(band=given["band"])
        if given["source"]:
            cases = cases.filter(sources__contains=[given["source"]])
        if given["section"]:
            cases = cases.filter(sections__contains=[given["section"]])
        if given["country"]:
            cases = cases.filter(country=given["country"].upper())
        if given["language"]:
            cases = cases.filter(language=given["language"].lower())
        if given["older"]:
            cases = cases.filter(opened_at__lt=timezone.now() - timedelta(hours=given["older"]))
        if not given.get("topics"):
            cases = cases.without_topics(self.topics_not_read, but_of=by)
        return _by_whom(cases, given["who"], by)


def _by_whom(cases, who, by):
    now = timezone.now()
    if who == "free":
        return cases.readable_by(by).free_for(by, now=now)
    if who == "mine":
        return cases.filter(assigned_to=by, assigned_until__gt=now)
    if who == "late":
        return cases.filter(due_at__lt=now)
    return cases


def kept(given):
    """The choices of the queue among what a page was asked with, by name."""
    return {name: given[name] for name in QueueFilter.base_fields if given.get(name)}


def sections():
    """(key, title) of the sections of the published checklist; none when nothing is published."""
    try:
        reference = reference_for(snapshots.published_digest())
    except snapshots.NoPublishedChecklist:
        return []
    return [(section["key"], section["title"]) for section in reference.snapshot["sections"]]


def page_after(cases, mark):
    """(cases of one page in the queue's order, the mark of the next page or "", how many there are in all).

    The mark names the last case that was shown, not how many: no page repeats or misses a case because others were
    decided meanwhile, and the millionth page is as quick as the first. A mark that is none gives the first page.
    The number is at most MOST_COUNTED + 1.
    """
    # Few cases are looked up and put in order; of many the queue is walked until a page is full. PostgreSQL cannot know
    # which it is, and would walk a million cases to find the three of a rare topic.
    keys = list(cases.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    if len(keys) <= MOST_COUNTED:
        cases = Case.objects.filter(pk__in=keys)
    if place := _place(mark):
        cases = cases.filter(TupleGreaterThan(Tuple(F("band"), F("opened_at"), F("id")), place))
    found = list(cases.in_order().select_related("assigned_to__moderator_preference")[: PAGE + 1])
    more = len(found) > PAGE
    last = found[:PAGE][-1] if found else None
    mark = f"{last.band}_{last.opened_at.timestamp()!r}_{last.pk}" if more else ""
    return found[:PAGE], mark, len(keys)


def _place(mark):
    try:
        band, opened_at, pk = mark.split("_")
        return int(band), datetime.fromtimestamp(float(opened_at), tz=timezone.get_default_timezone()), int(pk)
    except (ValueError, OverflowError, OSError):
        return None


def count(cases):
    """How many cases, but at most MOST_COUNTED + 1."""
    return cases.order_by()[: MOST_COUNTED + 1].count()


def counted(number):
    """The count in words: 1,000 and more are “more than 1,000”."""
    return f"more than {MOST_COUNTED:,}" if number > MOST_COUNTED else f"{number:,}"
