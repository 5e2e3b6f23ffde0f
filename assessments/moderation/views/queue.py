"""The queue: what waits, the most pressing first, and the way to the next case."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments.moderation import filters, saved_filters
from assessments.moderation.assigning import take_next
from assessments.moderation.breaks import stretch_to_break
from assessments.moderation.cases import take_up
from assessments.moderation.deciding import last_undoable
from assessments.moderation.models import Case, SavedFilter
from assessments.moderation.preferring import preference_of

# What is taken up while somebody waits for the page; the job behind it does the rest.
TAKEN_UP_AT_ONCE = 10


@require_safe
@never_cache
@permission_required("moderation.view_case", raise_exception=True)
def queue(request):
    """The cases that wait, narrowed to what was chosen."""
    take_up(most=TAKEN_UP_AT_ONCE)
    preference, sections = preference_of(request.user), filters.sections()
    form = _form(request.GET, preference, sections)
    theirs = Case.objects.open_to(request.user)
    cases = form.chosen(theirs, by=request.user) if form.is_valid() else Case.objects.none()
    page, next_mark, number = filters.page_after(cases, request.GET.get("after", ""))
    context = {
        "form": form,
        "cases": page,
        "next": urlencode({**form.choices, "after": next_mark}) if next_mark else "",
        "is_first": not request.GET.get("after"),
        "count": filters.counted(number),
        "choices": urlencode(form.choices),
        "saved": _saved(request.user, preference, sections, theirs),
        "preference": preference,
        "last_undoable": last_undoable(request.user),
        "stretch": stretch_to_break(request.user, after_minutes=preference.nudge_minutes),
        "section_titles": dict(form.fields["section"].choices),
    }
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "moderation/_cases.html" if is_part else "moderation/queue.html", context)


@require_POST
@permission_required("moderation.decide_case", raise_exception=True)
def take(request):
    """Give the moderator the most pressing case of the chosen ones."""
    form = _form(request.POST, preference_of(request.user), filters.sections())
    cases = form.chosen(Case.objects.all(), by=request.user) if form.is_valid() else Case.objects.none()
    case = take_next(by=request.user, cases=cases)
    if case is None:
        messages.info(request, "There is nothing to read here for you at the moment.")
        return redirect(f"{reverse('moderation_staff:queue')}?{urlencode(form.choices)}")
    choices = f"?{urlencode(form.choices)}" if form.choices else ""
    return redirect(f"{reverse('moderation_staff:case', args=[case.key])}{choices}")


@require_POST
@permission_required("moderation.view_case", raise_exception=True)
def save(request):
    """Keep the choices under a name."""
    form = _form(request.POST, preference_of(request.user), filters.sections())
    try:
        saved = saved_filters.save_filter(
            name=request.POST.get("name", ""),
            choices=form.choices if form.is_valid() else {},
            is_shared="is_shared" in request.POST,
            by=request.user,
        )
    except saved_filters.FilterError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Kept as “{saved.name}”.")
    return redirect(f"{reverse('moderation_staff:queue')}?{urlencode(form.choices)}")


@require_POST
@permission_required("moderation.view_case", raise_exception=True)
def forget(request, key):
    """Delete one's own view."""
    if saved_filters.forget_filter(key=key, by=request.user):
        messages.success(request, "The view is deleted.")
    return redirect("moderation_staff:queue")


def _form(given, preference, sections):
    return filters.QueueFilter(given, sections=sections, topics_not_read=preference.topics_not_read)


def _saved(person, preference, sections, theirs):
    """The views this person sees, each with its address and count among `theirs`, the cases of topics they read."""
    rows = []
    for saved in SavedFilter.objects.seen_by(person)[: saved_filters.MOST]:
        form = _form(saved.choices, preference, sections)
        cases = form.chosen(theirs, by=person) if form.is_valid() else Case.objects.none()
        rows.append(
            {
                "saved": saved,
                "address": urlencode(saved.choices),
                "count": filters.counted(filters.count(cases)),
                "is_mine": saved.owner_id == person.pk,
            }
        )
    return rows
