"""“Try it”: a text through the draft beside the published version, with every step. Nothing is stored or logged."""

from collections import Counter
from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.views.decorators.debug import sensitive_post_parameters

from assessments import engine, publishing, snapshots
from assessments.admin.draft_rows import StudioMedia, draft_for
from assessments.models import HelpCountry
from posts.intake import MAX_AUTHOR_LINE, MAX_CHARACTERS

QUIET = ("none", "unknown")  # effects that need no line of their own


class TryForm(forms.Form):
    """What to try: the same three things that a reader gives."""

    text = forms.CharField(
        label="The words of a post",
        max_length=MAX_CHARACTERS,
        strip=False,
        help_text="Nothing is stored. Made-up words are best.",
        error_messages={"required": "Paste or write some words to try."},
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField", "spellcheck": "false", "dir": "auto"}),
    )
    author_line = forms.CharField(
        label="What it says about the author",
        required=False,
        max_length=MAX_AUTHOR_LINE,
        help_text="Example: Registered nurse",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    country = forms.ChoiceField(label="Country of the reader", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        countries = HelpCountry.objects.exclude(code="INT").order_by("name").values_list("code", "name")
        self.fields["country"].choices = [("", "Another country"), *countries]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One version's reading of the text: `rows` are (what, lines)."""

    title: str
    rows: dict[str, list[str]]
    words: tuple[engine.WordRead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One step of both versions: lines with whether the other version does not have them."""

    title: str
    published: list[tuple[str, bool]]
    draft: list[tuple[str, bool]]

    @property
    def differs(self):
        return any(only_here for _, only_here in (*self.published, *self.draft))


@sensitive_post_parameters()
def try_it(request, model_admin):
    """The page with the box, and below it both versions' steps. htmx asks for the lower part alone."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    form = TryForm(request.POST if request.method == "POST" else None)
    context = {"form": form, **(_tried(request, form.cleaned_data) if form.is_valid() else {})}
    if request.htmx:
        return TemplateResponse(request, "admin/assessments/checklist/_tried.html", context)
    context |= {
        **model_admin.admin_site.each_context(request),
        "title": "Try a text",
        "opts": model_admin.opts,
        "media": forms.Media(StudioMedia),
    }
    return TemplateResponse(request, "admin/assessments/checklist/try.html", context)


def _tried(request, asked):
    """What the template needs: the versions, their rows side by side, and what is wrong with the draft."""
    sides, problems = {}, []
    try:
        sides["published"] = _side(snapshots.published(), asked, "Published")
    except snapshots.NoPublishedChecklist:
        problems.append("No version is published, so there is nothing to compare with.")
    draft = draft_for(request)
    try:
        if draft is None:
            problems.append("There is no draft, so only the published version was tried.")
        else:
            sides["draft"] = _side(publishing.draft_to_try(draft), asked, "Draft")
    except publishing.ContentMistakes as error:
        problems += ["The draft cannot run yet. Put this right first:", *error.problems[:20]]
    return {"tried": True, "sides": sides, "rows": _side_by_side(sides), "problems": problems}


def _side(version, asked, title):
    result = engine.assess(asked["text"], version.compiled, author_line=asked["author_line"], country=asked["country"])
    steps = engine.steps_of(asked["text"], version.compiled)
    patterns = {row["key"]: row["patterns"] for name in ("claims", "signals") for row in version.snapshot[name]}
    labels = {level["key"]: level["label"] for level in version.snapshot["levels"]}
    rows = {
        "Level": [labels[result.level]],
        "Crisis help first": ["Yes" if result.crisis else "No"],
        "Flags": [name for name, raised in result.flags if raised],
        "Author": [result.author.value],
        "Answers with an effect": [
            f"{item.item} = {item.answer}: {item.effect}" for item in result.items if item.effect not in QUIET
        ],
        "Findings": [_finding(finding, asked) for finding in result.findings],
        "Step by step": list(result.trace),
        "Patterns looked at": [
            f"{'found' if one.found else 'not there'}: {one.key}: {patterns[one.key][one.place]}"
            for one in steps.candidates
        ],
    }
    return Side(title=title, rows=rows, words=steps.words)


def _finding(finding, asked):
    source = asked["author_line"] if finding.place == "author_line" else asked["text"]
    words = " … ".join(source[start:end] for start, end in finding.spans)
    counted = "counts" if finding.counted else "does not count"
    answer = f"{finding.item} = {finding.answer}: {finding.effect}" if finding.item else "no question"
    return f"{finding.signal} ({finding.context.value}, {counted}) → {answer} — “{words}”"


def _side_by_side(sides):
    """The rows of both; a line that the other version does not have is marked. With one version nothing is."""
    if not sides:
        return []
    one, other = (sides.get(name) or next(iter(sides.values())) for name in ("published", "draft"))
    return [
        Row(title=title, published=_marked(lines, other.rows[title]), draft=_marked(other.rows[title], lines))
        for title, lines in one.rows.items()
    ]


def _marked(lines, others):
    left, marked = Counter(others), []
    for line in lines:
        marked.append((line, left[line] <= 0))
        left[line] -= 1
    return marked
