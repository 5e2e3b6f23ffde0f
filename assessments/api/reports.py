"""Reports that are stored and have an address: made, fetched, and told to the moderators."""

from django.http import Http404
from django.urls import reverse
from ninja import Header, Router

from assessments.api import asked, told
from assessments.api.answers import PRIVATE, fetched
from assessments.api.answers import told as answered
from assessments.api.assessing import PATIENCE
from assessments.api.entrance import Bearer
from assessments.api.helping import with_help
from assessments.api.models import Scope
from assessments.api.problems import Problem
from assessments.api.repeats import done, new_submission, once
from assessments.assessing import submit_and_assess
from assessments.moderation.flagging import raise_flag
from assessments.views import keeping
from assessments.views.reports import assess_once
from posts.intake import OnlyALink, OutOfReach
from posts.link_reading import ask_to_read, read_if_free
from posts.links import only_link
from posts.links.reading import can_read
from posts.models import Post, ReadingState

router = Router(tags=["Reports"])


def Name():
    return Header(
        "",
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="The same key with the same body, within 24 hours, is one call however often it is sent.",
    )


@router.post("reports", auth=Bearer(Scope.REPORT), response={201: told.Report}, summary="Make a report")
def make_report(request, body: asked.Text, idempotency_key: str = Name()):
    """Stores the post, encrypted, for as long as one that was pasted on our page, and answers with its report.

    Line ends become LF, and spans count from that. Whoever has `address` may read the post and delete it.
    """
    repeat = once(key=request.auth.key, operation="report", name=idempotency_key, body=body.dict())
    post = _made_before(repeat)
    if post is None:
        post = submit_and_assess(**body.dict(), submission=repeat.submission if repeat else new_submission())
    return _made(request, post, repeat)


@router.post("reports/link", auth=Bearer(Scope.REPORT), response={201: told.Report}, summary="Make a report of a link")
def make_report_of_link(request, body: asked.Link, idempotency_key: str = Name()):
    """Reads the post where its platform gives the words to everybody; takes six seconds at most. Else as `reports`."""
    link = only_link(body.link)
    if link is None or not can_read(link):
        raise Problem("link-not-read", detail=OnlyALink(link))
    repeat = once(key=request.auth.key, operation="report", name=idempotency_key, body=body.dict())
    post = _made_before(repeat)
    if post is None:
        post = _read(body, repeat.submission if repeat else new_submission())
    return _made(request, post, repeat)


@router.get(
    "reports/{slug:key}", auth=Bearer(Scope.READ), response=told.Report, url_name="report", summary="Fetch a report"
)
def fetch_report(request, key: str):
    """What was found, as it was stored, and what a person decided about it. Never the words of the post."""
    return fetched(request, _told(request, _kept(key)), cache=PRIVATE)


@router.post("reports/{slug:key}/flags", auth=Bearer(Scope.FLAG), response={201: told.Flag}, summary="Flag a report")
def flag_report(request, key: str, body: asked.Flagged, idempotency_key: str = Name()):
    """Tells the moderators that a report is wrong, or that a person should look at the post."""
    assessment = _kept(key).assessments.newest_first().first()
    if assessment is None:
        raise Http404
    sent = {"kind": body.kind.value, "reason": body.reason}
    repeat = once(key=request.auth.key, operation=f"flag {key}", name=idempotency_key, body=sent)
    if not (repeat and repeat.is_done):
        raise_flag(assessment=assessment, submission=repeat.submission if repeat else new_submission(), **sent)
        done(repeat)
    return answered({"is_taken": True, "kind": sent["kind"]}, status=201)


def _kept(key):
    """The kept post with this key. Raises Problem."""
    post = Post.objects.kept().filter(key=key).first()
    if post is None:
        raise Problem("gone")
    return post


def _made_before(repeat):
    """The post that an earlier call made, None when there was none. Raises Problem when it is gone by now: whoever
    deleted it does not want it back because a program tries again."""
    if not (repeat and repeat.is_done):
        return None
    post = Post.objects.kept().filter(submission=repeat.submission).first()
    if post is None:
        raise Problem("gone")
    return post


def _made(request, post, repeat):
    """The answer to a call that made a report."""
    assess_once(post)
    done(repeat)
    where = request.build_absolute_uri(reverse("api:report", args=(post.key,)))
    return answered(_told(request, post), status=201, headers={"Location": where})


def _read(body, submission):
    """The Post for a link. Raises Problem and PostError."""
    reading = ask_to_read(text=body.link, author_line=body.author_line, country=body.country, submission=submission)
    reading = read_if_free(reading=reading, patience=PATIENCE)
    if reading.post:
        return reading.post
    if reading.state == ReadingState.FAILED:
        raise Problem("link-not-read", detail=reading.sentence)
    raise Problem("not-now", retry_after=OutOfReach.retry_after)


def _told(request, post):
    """A report as JSON."""
    assessment = post.assessments.newest_first().first()
    record = assessment and assessment.report_record
    report = {
        "key": post.key,
        "address": request.build_absolute_uri(reverse("assessments:report", args=(post.key,))),
        "expires_at": post.expires_at.isoformat(),
        "read_as": post.read_as,
        "result": record,
        "decision": _decision(assessment, post) if assessment else None,
    }
    if record and record["crisis"]:
        [shown] = with_help([{"crisis": True}], [post.country], request=request)
        report["help"] = shown["help"]
    return report


def _decision(assessment, post):
    """What a person decided, as the page shows it; None when nobody did."""
    report, decision = keeping.read(assessment, post)
    return decision and {
        "at": decision.at.isoformat(),
        "sentence": str(decision.sentence),
        "note": decision.note,
        "policy": decision.policy,
        "level": report.level,
        "label": str(report.label),
        "overturned": [card.key for card in decision.struck],
        "is_about_this": decision.is_about_this,
    }
