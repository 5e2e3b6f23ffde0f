"""The page of a case, for every view that shows it."""

from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.shortcuts import render

from assessments.moderation import filters, reading
from assessments.moderation.appealing import reply_is_needed
from assessments.moderation.breaks import stretch_to_break
from assessments.moderation.deciding import last_undoable, newest_assessment, undoable_by
from assessments.moderation.looking_at_posts import record_view
from assessments.moderation.models import Case, RulingReason, SkipReason
from assessments.moderation.preferring import preference_of
from assessments.moderation.reading_forms import Reading


def reading_of(case, assessment, sent, *, shows_post=False):
    """A Reading with what was typed on the page; empty when the form was not on it."""
    prefetch_related_objects([assessment], "findings")
    return Reading(assessment, sent if sent and "version" in sent else None, shows_post=shows_post)


def case_page(request, case, *, sent=None, read=None, problems=(), status=200, was_asked_for_post=False, **more):
    """The page. `sent` is what was typed, `read` a Reading of it that was looked at already.

    `problems` are (id of a field, sentence); `more` goes to the template.
    """
    if not Case.objects.open_to(request.user).filter(pk=case.pk).exists():
        return render(request, "moderation/not_your_topic.html", status=403)
    assessment = newest_assessment(case)
    preference = preference_of(request.user)
    choices = filters.kept(sent or request.GET)
    context = {"case": case, "assessment": assessment, "choices": choices, "address": urlencode(choices), **more}
    context |= {"problems": list(problems), **_about_person(request.user, preference), **_history(case, request.user)}
    if assessment:
        # Open once asked for, and as long as the page is sent on; closed again each time for those who want that.
        is_open = bool(sent and sent.get("post")) and (was_asked_for_post or not preference.fold_always)
        if is_open:
            record_view(case, request.user)
        fresh = reading_of(case, assessment, sent, shows_post=is_open)
        context |= _what_is_read(request, case, assessment, fresh, is_open)
        if read and read.was_checked:
            fresh.is_valid()
        context["problems"] += fresh.problems
    return render(request, "moderation/case.html", context, status=status)


def _about_person(person, preference):
    return {
        "preference": preference,
        "stretch": stretch_to_break(person, after_minutes=preference.nudge_minutes),
        "last_undoable": last_undoable(person),
    }


def _undoable(case, person):
    """What the person may take back here. While readings are blind only one's own answer: even a senior reads blind."""
    ruling = undoable_by(person, case)
    is_secret = ruling and ruling.by_id != person.pk and reading.are_names_hidden(case)
    return None if is_secret else ruling


def _history(case, person):
    return {
        "undoable": _undoable(case, person),
        "rulings": reading.rulings_seen(case, person),
        "names_hidden": reading.are_names_hidden(case),
        "appeal_waits": reply_is_needed(case),
        "referrals": case.referrals.select_related("flag"),
        "skips": case.skips.all(),
    }


def _what_is_read(request, case, assessment, read, is_open):
    holder = case.reader_now()
    return {
        "holder": holder,
        "is_mine": holder == request.user,
        # What was typed is shown even when somebody else was quicker.
        "has_form": holder == request.user or read.decision.is_bound,
        "skip_reasons": SkipReason.choices,
        "report": reading.report_of(assessment),
        "read": read,
        "is_open": is_open,
        "stretches": reading.stretches(assessment) if is_open else (),
        "not_counted": reading.not_counted(assessment),
        "posts": reading.posts_reached(case, assessment),
        "earlier": reading.reports_on(assessment.post),
        "reasons": RulingReason.objects.filter(is_active=True),
    }
