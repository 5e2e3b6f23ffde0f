"""The preview of a draft: started in the admin, done by a worker, and what it counts."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from assessments import previewing, publishing
from assessments.models import Assessment, Claim, Item, PreviewRun, RunState, Signal
from assessments.previewing import preview_batch
from posts.models import Post
from posts.retention import delete_post
from tests.assessments.staff_pages import address, run_action, said
from tests.factories import a_post, a_review, an_assessment
from tests.workers import jobs, last_sign_of_life_long_ago, process, run_jobs, run_jobs_after_recovery, until

pytestmark = pytest.mark.django_db

WORKS = "This works for everybody, and I mean that it really works."
HELPED = "Running helped my mood a lot last year, and I hope that it goes on."


@pytest.fixture
def draft(published, editor):
    """A draft that no longer knows the claim about running, and takes a sentence about oneself for a sweeping one."""
    draft = publishing.start_draft(by=editor)
    Claim.objects.filter(checklist=draft, key="running-cures-depression").update(
        patterns="jogging cures {DEPRESSION}", examples="jogging cures depression"
    )
    Signal.objects.filter(checklist=draft, key="works-for-all").update(
        patterns="works for everybody\nworked for me", examples="this works for everybody\nthis worked for everyone"
    )
    return draft


def press(client, button, *args):
    return client.post(address(PreviewRun, button, *args), follow=True)


def finished(run):
    run.refresh_from_db()
    assert run.is_finished
    return run


def do_all(run):
    """Do all batches here and now, as a worker does them one after the other."""
    run.refresh_from_db()
    while run.is_running:
        preview_batch(run=run.pk, batch=run.batch)
        run.refresh_from_db()
    return finished(run)


# --- the whole way ---------------------------------------------------------------------------------------------------


def test_an_editor_starts_a_preview_and_reads_what_would_change(no_jobs, published, draft, editor, signed_in):
    flipped, same = an_assessment().post, an_assessment(HELPED).post
    unread = a_post(WORKS)
    browser = signed_in(editor)

    assert "Preview the draft" in browser.get(address(PreviewRun, "newest")).text
    page = press(browser, "start")
    run = PreviewRun.objects.get()
    before = (run.state, page.text.count("0 of 3 posts"))
    run_jobs()
    page = browser.get(address(PreviewRun, "change", run.pk)).text

    assert before == (RunState.RUNNING, 1)
    finished(run)
    assert (run.posts_done, run.posts_total, run.entries_done, run.content) == (3, 3, 4, "")
    assert run.figures["levels"] == {
        "": {
            "check-first": {"read-with-care": [1, [flipped.pk]]},
            "read-with-care": {"read-with-care": [2, []]},
        }
    }
    assert run.figures["items"]["C1-known-claims"] == {"high (red)": {"none (unknown)": [1, [flipped.pk]]}}
    assert run.figures["flags"] == {"misleading_claim": {"yes": {"no": [1, [flipped.pk]]}}}
    assert "Question C1-known-claims?" in page
    assert f"/reports/{flipped.key}/" in page
    assert f"/reports/{same.key}/" not in page
    assert f"/reports/{unread.key}/" not in page
    assert Assessment.objects.count() == 2  # nothing about a post has changed


def test_false_alarms_of_the_draft_are_named(published, draft, editor):
    run = do_all(previewing.start_preview(draft, by=editor))

    assert run.figures["tried"] == {"examples": 5, "missed": 1, "uncounted": 0, "near_misses": 4, "wrong": 1}
    assert run.figures["entries"] == [
        {
            "key": "works-for-all",
            "group": "generality",
            "examples": 2,
            "missed": 1,
            "uncounted": 0,
            "near_misses": 1,
            "wrong": 1,
        }
    ]


def test_a_report_of_an_older_version_is_compared_with_what_is_published(published, draft, editor):
    """The report is of version 1, and version 2 has dropped the claim already: version 3 changes nothing more."""
    an_assessment()
    publishing.publish(draft, by=editor, note="Dropped.")
    third = publishing.start_draft(by=editor)

    run = do_all(previewing.start_preview(third, by=editor))

    assert run.compared_version == 2
    assert (run.figures["items"], run.level_changes) == ({}, 0)


def test_no_word_of_a_post_is_kept(published, draft, editor):
    an_assessment("Running cures depression, says Zebedee from the corner shop, and he knows.")

    run = do_all(previewing.start_preview(draft, by=editor))

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(assessments_previewrun)::text FROM assessments_previewrun")
        stored = cursor.fetchone()[0]
    assert run.posts_done == 1
    assert "Zebedee" not in stored
    assert Post.objects.get().key not in stored


# --- stopping, going on, dying ---------------------------------------------------------------------------------------


def test_stop_and_go_on_counts_every_post_once(published, draft, editor, signed_in, monkeypatch):
    monkeypatch.setattr(previewing, "POSTS_AT_ONCE", 2)
    for _ in range(5):
        an_assessment()
    run = previewing.start_preview(draft, by=editor)
    browser = signed_in(editor)
    for batch in (0, 1):  # the examples, and two posts
        preview_batch(run=run.pk, batch=batch)

    stopped = press(browser, "stop", run.pk)
    preview_batch(run=run.pk, batch=2)  # the job that was waiting
    run.refresh_from_db()
    while_stopped = (run.state, run.posts_done)
    press(browser, "resume", run.pk)
    press(browser, "resume", run.pk)  # pressed twice: two jobs for one batch
    preview_batch(run=run.pk, batch=2)
    preview_batch(run=run.pk, batch=2)
    do_all(run)

    assert "2 of 5 posts" in " ".join(stopped.text.split())
    assert while_stopped == (RunState.STOPPED, 2)
    assert run.posts_done == 5
    assert run.figures["levels"][""] == {"check-first": {"read-with-care": [5, list(_posts())]}}


def _posts():
    return Post.objects.order_by("pk").values_list("pk", flat=True)


def test_a_preview_whose_worker_is_killed_in_the_middle_is_finished_by_another(no_jobs, published, draft, editor):
    """The worker waits for a table that we hold, with the examples done and a batch of posts begun."""
    for _ in range(3):
        an_assessment()
    run = previewing.start_preview(draft, by=editor)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE assessments_review IN ACCESS EXCLUSIVE MODE")
        with process("procrastinate", "worker") as worker:
            until(
                lambda: PreviewRun.objects.get(pk=run.pk).batch == 1 and jobs()[-1][1:] == ("doing", second_batch(run))
            )
            worker.kill()
            worker.wait()
    run.refresh_from_db()
    after_the_kill = (run.state, run.entries_done, run.posts_done)

    last_sign_of_life_long_ago()
    run_jobs_after_recovery()

    assert after_the_kill == (RunState.RUNNING, 4, 0)
    finished(run)
    assert (run.posts_done, run.figures["tried"]["examples"]) == (3, 5)
    assert run.figures["levels"][""] == {"check-first": {"read-with-care": [3, list(_posts())]}}
    assert jobs() == []


def second_batch(run):
    return {"run": run.pk, "batch": 1}


def test_posts_that_are_deleted_meanwhile_are_not_missed_and_not_linked(published, draft, editor, signed_in):
    gone, kept = an_assessment().post, an_assessment().post
    run = do_all(previewing.start_preview(draft, by=editor))
    delete_post(key=gone.key)

    page = signed_in(editor).get(address(PreviewRun, "change", run.pk)).text

    assert f"/reports/{kept.key}/" in page
    assert gone.key not in page
    assert "and 1 more" in page


def test_posts_that_come_later_are_not_part_of_it(published, draft, editor):
    an_assessment()
    run = previewing.start_preview(draft, by=editor)
    an_assessment()

    assert do_all(run).posts_done == 1


def test_a_preview_ends_with_its_draft(published, draft, editor):
    run = previewing.start_preview(draft, by=editor)
    publishing.delete_draft(draft, by=None)

    preview_batch(run=run.pk, batch=0)

    assert not PreviewRun.objects.exists()


# --- what is refused -------------------------------------------------------------------------------------------------


def test_two_at_once_make_one_run(no_jobs, published, draft, editor, signed_in):
    browser = signed_in(editor)
    press(browser, "start")

    again = press(browser, "start")

    assert previewing.AlreadyRunning.sentence in again.text
    assert PreviewRun.objects.count() == 1
    assert len(jobs()) == 1


def test_a_draft_with_mistakes_is_not_previewed(published, draft, editor, signed_in):
    Claim.objects.filter(checklist=draft, key="running-cures-depression").update(patterns="cures {NOTHING}")

    page = press(signed_in(editor), "start")

    assert previewing.DraftHasMistakes.sentence in page.text
    assert not PreviewRun.objects.exists()


def test_without_a_draft_the_page_says_where_to_start_one(published, editor, signed_in):
    browser = signed_in(editor)

    assert "There is no draft." in browser.get(address(PreviewRun, "newest")).text
    assert "There is no draft." in press(browser, "start").text


def test_without_a_published_version_there_is_nothing_to_compare_with(published, draft, editor, signed_in):
    publishing.retire(published, by=editor)

    assert previewing.NothingToCompareWith.sentence in press(signed_in(editor), "start").text


def test_a_finished_preview_cannot_go_on_and_a_stopped_one_not_stop(published, draft, editor, signed_in):
    browser = signed_in(editor)
    run = do_all(previewing.start_preview(draft, by=editor))

    assert "Start another one" in press(browser, "resume", run.pk).text
    assert "nothing to stop" in press(browser, "stop", run.pk).text


def test_who_may_look_and_who_may_act(published, draft, editor, moderator, stranger, signed_in):
    run = previewing.start_preview(draft, by=editor)

    looking = signed_in(moderator).get(address(PreviewRun, "change", run.pk))
    acting = [
        signed_in(moderator).post(address(PreviewRun, button, *args)).status_code for button, args in buttons(run)
    ]

    assert looking.status_code == 200
    assert "Stop" not in looking.text.replace("Stopped", "")
    assert acting == [403, 403, 403]
    assert signed_in(stranger).get(address(PreviewRun, "change", run.pk)).status_code == 302
    assert signed_in(editor).get(address(PreviewRun, "start")).status_code == 405
    run.refresh_from_db()
    assert run.is_running


def buttons(run):
    return [("start", ()), ("stop", (run.pk,)), ("resume", (run.pk,))]


# --- the pages -------------------------------------------------------------------------------------------------------


def test_an_edit_afterwards_makes_it_out_of_date(published, draft, editor, signed_in):
    run = do_all(previewing.start_preview(draft, by=editor))
    browser = signed_in(editor)
    fresh = browser.get(address(PreviewRun, "change", run.pk)).text
    Item.objects.filter(checklist=draft, key="B1-everyone").update(question="Another question?")

    page = browser.get(address(PreviewRun, "change", run.pk)).text

    assert "out of date" not in fresh
    assert "out of date" in page


def test_the_bar_asks_again_while_it_runs_and_the_page_comes_anew_when_it_is_done(published, draft, editor, signed_in):
    an_assessment()
    run = previewing.start_preview(draft, by=editor)
    browser = signed_in(editor)

    piece = browser.get(address(PreviewRun, "change", run.pk), headers={"HX-Request": "true"})
    do_all(run)
    last = browser.get(address(PreviewRun, "change", run.pk), headers={"HX-Request": "true"})

    assert 'hx-trigger="every 2s"' in piece.text
    assert "<html" not in piece.text
    assert last.headers["HX-Refresh"] == "true"


def test_the_page_that_publishes_says_what_the_preview_found(published, draft, editor, signed_in):
    an_assessment()
    browser = signed_in(editor)
    before = run_action(browser, "publish", draft).text
    do_all(previewing.start_preview(draft, by=editor))

    after = " ".join(run_action(browser, "publish", draft).text.split())

    assert "Nobody has looked yet" in before
    assert "read 1 stored post: 1 would get another level. Of 4 near misses, 1 is a false alarm" in after
    assert "Preview what it would change" in browser.get(address(type(draft), "change", draft.pk)).text


def test_a_draft_that_was_previewed_can_be_deleted_in_the_admin(published, draft, editor, signed_in):
    previewing.start_preview(draft, by=editor)

    response = signed_in(editor).post(address(type(draft), "delete", draft.pk), {"post": "yes"})

    assert said(response)[0].startswith("The checklist")
    assert not PreviewRun.objects.exists()


# --- how much it asks the database -----------------------------------------------------------------------------------


@pytest.fixture
def queries_of_a_batch(published, draft, editor, moderator):
    def count(posts):
        for _ in range(posts):
            a_review(an_assessment(), by=moderator)
            a_post()
        run = previewing.start_preview(draft, by=editor)
        preview_batch(run=run.pk, batch=0)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            preview_batch(run=run.pk, batch=1)
        do_all(run)
        return len(queries)

    return count


def test_a_batch_asks_the_same_for_few_posts_and_many(queries_of_a_batch):
    assert queries_of_a_batch(1) == queries_of_a_batch(3) == 8


def test_a_page_of_results_asks_the_same_for_few_posts_and_many(published, draft, editor, signed_in):
    browser = signed_in(editor)
    asked = []
    for posts in (1, 3):
        for _ in range(posts):
            an_assessment()
        run = do_all(previewing.start_preview(draft, by=editor))
        with CaptureQueriesContext(connection) as queries:
            browser.get(address(PreviewRun, "change", run.pk))
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 32


def test_two_previews_of_the_same_draft_find_the_same(published, draft, editor):
    an_assessment()

    first = do_all(previewing.start_preview(draft, by=editor))
    second = do_all(previewing.start_preview(draft, by=editor))

    assert first.pk != second.pk
    assert first.figures == second.figures
