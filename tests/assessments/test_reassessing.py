"""Stored posts read again after publishing: started in the admin, done by a worker, and nothing written over."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from assessments import publishing, reassessing
from assessments.models import Assessment, Claim, ReassessRun, RunState
from assessments.reassessing import reassess_batch
from posts.models import Post
from tests.assessments.staff_pages import address
from tests.factories import a_post, an_assessment
from tests.workers import jobs, last_sign_of_life_long_ago, process, run_jobs, run_jobs_after_recovery, until

pytestmark = pytest.mark.django_db

NOTE = "Running is no cure, but we looked for it in the wrong words."


@pytest.fixture
def publish_next(editor):
    """A function that publishes a version which no longer knows the claim about running."""

    def publish():
        draft = publishing.start_draft(by=editor)
        Claim.objects.filter(checklist=draft, key="running-cures-depression").update(
            patterns="jogging cures {DEPRESSION}", examples="jogging cures depression"
        )
        return publishing.publish(draft, by=editor, note=NOTE)

    return publish


def press(client, button, *args):
    return client.post(address(ReassessRun, button, *args), follow=True)


def do_all(run):
    """Do all batches here and now, as a worker does them one after the other."""
    run.refresh_from_db()
    while run.is_running:
        reassess_batch(run=run.pk, batch=run.batch)
        run.refresh_from_db()
    return run


def versions(post):
    """The versions that have read a post, the first one first."""
    return list(post.assessments.order_by("pk").values_list("checklist_version", flat=True))


def test_after_publishing_every_old_report_is_made_again_and_says_what_changed_and_why(
    no_jobs, published, publish_next, editor, signed_in, client
):
    old, other, unfinished = an_assessment().post, an_assessment("A walk is nice, and I like it a lot.").post, a_post()
    publish_next()
    new = an_assessment().post
    browser = signed_in(editor)

    page = press(browser, "start")
    run_jobs()
    after = browser.get(address(ReassessRun, "newest")).text

    run = ReassessRun.objects.get()
    assert "0 of 4 posts" in " ".join(page.text.split())
    assert (run.state, run.posts_done, run.posts_reassessed, run.levels_changed) == (RunState.FINISHED, 4, 2, 1)
    assert "2 posts read again; 1 got another level." in after
    assert [versions(post) for post in (old, other, unfinished, new)] == [[1, 2], [1, 2], [], [2]]
    assert old.assessments.newest_first().first().created_by == editor
    report = client.get(f"/reports/{old.key}/").text
    assert "What changed" in report
    assert "Check before you trust it" in report
    assert f"Checklist, version 2: {NOTE}" in report
    assert "See the report as it was" in report


def test_the_reports_made_before_stay_to_the_last_byte(published, publish_next, editor):
    before = list(Assessment.objects.filter(pk=an_assessment().pk).values())
    publish_next()

    do_all(reassessing.start_reassessment(by=editor))

    assert list(Assessment.objects.filter(pk=before[0]["id"]).values()) == before
    assert Assessment.objects.count() == 2


def test_a_second_run_finds_nothing_to_do(published, publish_next, editor):
    an_assessment()
    publish_next()
    do_all(reassessing.start_reassessment(by=editor))

    second = do_all(reassessing.start_reassessment(by=editor))

    assert (second.posts_done, second.posts_reassessed) == (1, 0)
    assert Assessment.objects.count() == 2


def test_twice_at_once_is_one_run(no_jobs, published, editor, signed_in):
    browser = signed_in(editor)
    press(browser, "start")

    again = press(browser, "start")

    assert reassessing.AlreadyRunning.sentence in again.text
    assert ReassessRun.objects.count() == 1
    assert len(jobs()) == 1


def test_a_run_whose_worker_is_killed_in_the_middle_is_finished_by_another(no_jobs, published, publish_next, editor):
    """We hold the last post; the worker has read the first two in its transaction and waits for ours."""
    posts = [an_assessment().post for _ in range(3)]
    publish_next()
    run = reassessing.start_reassessment(by=editor)
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=posts[-1].pk)
        with process("procrastinate", "worker") as worker:
            until(lambda: waiting_for_a_lock() == 1)
            worker.kill()
            worker.wait()
    run.refresh_from_db()
    after_the_kill = (run.state, run.posts_done, Assessment.objects.count())

    last_sign_of_life_long_ago()
    run_jobs_after_recovery()

    run.refresh_from_db()
    assert after_the_kill == (RunState.RUNNING, 0, 3)
    assert (run.state, run.posts_done, run.posts_reassessed) == (RunState.FINISHED, 3, 3)
    assert [versions(post) for post in posts] == [[1, 2]] * 3
    assert jobs() == []


def waiting_for_a_lock():
    """How many other connections wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # or a transaction sees what it saw first
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def test_stop_and_go_on(published, publish_next, editor, signed_in, monkeypatch):
    monkeypatch.setattr(reassessing, "POSTS_AT_ONCE", 2)
    posts = [an_assessment().post for _ in range(3)]
    publish_next()
    run = reassessing.start_reassessment(by=editor)
    browser = signed_in(editor)
    reassess_batch(run=run.pk, batch=0)

    press(browser, "stop", run.pk)
    reassess_batch(run=run.pk, batch=1)  # the job that was waiting
    while_stopped = [versions(post) for post in posts]
    press(browser, "resume", run.pk)
    reassess_batch(run=run.pk, batch=0)  # an old job that comes once more
    do_all(run)

    assert while_stopped == [[1, 2], [1, 2], [1]]
    assert [versions(post) for post in posts] == [[1, 2]] * 3
    assert (run.state, run.posts_done, run.posts_reassessed) == (RunState.FINISHED, 3, 3)


def test_it_stops_when_another_version_is_published(published, publish_next, editor, signed_in):
    an_assessment()
    run = reassessing.start_reassessment(by=editor)
    publish_next()

    do_all(run)
    page = press(signed_in(editor), "resume", run.pk)

    assert (run.state, run.posts_done) == (RunState.STOPPED, 0)
    assert reassessing.AnotherVersion.sentence in page.text


def test_without_a_published_version_nothing_starts(published, editor, signed_in):
    publishing.retire(published, by=editor)

    page = press(signed_in(editor), "start")

    assert reassessing.NothingPublished.sentence in page.text
    assert not ReassessRun.objects.exists()


def test_who_may_look_and_who_may_act(published, editor, moderator, stranger, signed_in):
    run = reassessing.start_reassessment(by=editor)
    buttons = [("start", ()), ("stop", (run.pk,)), ("resume", (run.pk,))]
    browser = signed_in(moderator)

    assert browser.get(address(ReassessRun, "change", run.pk)).status_code == 200
    assert [browser.post(address(ReassessRun, button, *args)).status_code for button, args in buttons] == [403] * 3
    assert signed_in(stranger).get(address(ReassessRun, "newest")).status_code == 302
    run.refresh_from_db()
    assert run.is_running


def test_the_page_of_the_published_version_leads_here(published, editor, signed_in):
    page = signed_in(editor).get(address(type(published), "change", published.pk))

    assert address(ReassessRun, "newest") in page.text


def queries_of_a_batch(editor):
    run = reassessing.start_reassessment(by=editor)
    with CaptureQueriesContext(connection) as queries:
        reassess_batch(run=run.pk, batch=0)
    assert do_all(run).is_finished
    return len(queries)


def test_posts_that_are_up_to_date_cost_no_query(published, editor):
    an_assessment()
    one = queries_of_a_batch(editor)
    an_assessment()
    an_assessment()

    assert queries_of_a_batch(editor) == one == 8


def test_a_post_that_is_read_again_costs_a_fixed_number_of_queries(published, editor):
    asked = []
    for posts in (1, 2, 3):  # with those before it, which are out of date again
        an_assessment()
        publishing.publish(publishing.start_draft(by=editor), by=editor, note=f"The same, {posts} times.")
        asked.append(queries_of_a_batch(editor))

    assert asked[2] - asked[1] == asked[1] - asked[0] == 8
