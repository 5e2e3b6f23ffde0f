"""Links that show a report to others: made and stopped by its owner, opened by anybody who has one."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from assessments import crisis_help, decided
from assessments.models import ShareLink
from assessments.sharing import DAYS, make_share_link, revoke_share_link
from assessments.views.answers import accepted_form, form_page, private_page, wait
from assessments.views.keeping import post_of, read
from posts.front_door import front_door, new_submission
from posts.intake import PostError


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@vary_on_headers("Accept-Language")
@front_door
def share(request, key):
    """The links to one report, and the form that makes another one."""
    post = post_of(request, key)
    if request.method != "POST":
        return _share_page(request, post)
    shows_post = request.POST.get("shows_post") == "on"
    try:
        make_share_link(post=post, shows_post=shows_post, submission=accepted_form(request))
    except PostError as error:
        return wait(_share_page(request, post, shows_post=shows_post, error=error, status=error.status), error)
    return redirect("assessments:share", post.key)


@login_not_required
@require_POST
@private_page
@front_door
def stop_sharing(request, key):
    """Stop one link. Needs no number of a form: stopping it twice changes nothing."""
    post = post_of(request, key)
    revoke_share_link(post=post, key=request.POST.get("link", ""))
    return redirect("assessments:share", post.key)


@login_not_required
@require_safe
@private_page
@vary_on_headers("Accept-Language")
def shared(request, key):
    """A report for somebody who got a link: to read, with the words of the post only if its owner said so."""
    link = ShareLink.objects.working().select_related("post").filter(key=key).first()
    assessment = link and link.post.assessments.newest_first().first()
    if assessment is None:
        return render(request, "assessments/shared_gone.html", status=410)
    post = link.post
    request.crisis_help = crisis_help.for_request(request, post_country=post.country)
    # The post itself is not in the context, so that no template can give its address away.
    context = {"assessment": assessment, "shows_post": link.shows_post, "until": link.expires_at}
    # Of where it was seen, the platform's name; the address leads to the words, so it is shown or hidden with them.
    if post.source:
        context |= {"platform": post.source.name, "address": post.source.shown if link.shows_post else ""}
    if link.shows_post:
        report, decision = read(assessment, post)
    else:
        hidden = {"text": decided.blank(post.text), "author_line": decided.blank(post.author_line)}
        report, decision = read(assessment, post, **hidden)
        report = decided.without_words(report)
    return render(request, "assessments/shared.html", context | {"report": report, "decision": decision})


def _share_page(request, post, *, shows_post=False, error=None, status=200):
    links = list(post.share_links.working())
    for link in links:
        link.address = request.build_absolute_uri(reverse("assessments:shared", args=(link.key,)))
    context = {
        "post": post,
        "links": links,
        "days": DAYS,
        "shows_post": shows_post,
        "submission": new_submission(),
        "error": error,
    }
    return form_page(render(request, "assessments/share.html", context, status=status))
