"""Where two people are needed to publish: one asks for a draft as it is, another one approves just that."""

import pytest
from django.contrib.auth.models import Permission

from assessments import publish_requests, publishing
from assessments.models import Checklist, Claim, Item, PublishRequest
from tests import factories
from tests.assessments.staff_pages import address, run_action, said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_are_needed(settings):
    settings.PUBLISHING_NEEDS_TWO = True


def a_publisher(name):
    user = factories.a_user(name)
    names = ("view_checklist", "publish_checklist")
    user.user_permissions.set(Permission.objects.filter(codename__in=names, content_type__app_label="assessments"))
    return user


@pytest.fixture
def asker(db):
    return a_publisher("asha")


@pytest.fixture
def approver(db):
    return a_publisher("ben")


@pytest.fixture
def draft(published, asker):
    return publishing.start_draft(by=asker)


def edit(draft):
    Item.objects.filter(checklist=draft, key="B1-everyone").update(question="Is it for all?")


def test_one_asks_and_another_approves(draft, asker, approver):
    asked = publish_requests.ask_to_publish(draft, by=asker, note=" A better question. ")

    version = publish_requests.approve(draft, by=approver, digest=asked.digest)

    assert (version.status, version.version, version.note) == ("published", 2, "A better question.")
    assert (version.published_by, version.publish_request.asked_by) == (approver, asker)


def test_nobody_publishes_alone(draft, asker, published):
    with pytest.raises(publishing.NobodyAsked):
        publishing.publish(draft, by=asker, note="Mine.")
    assert list(Checklist.objects.published()) == [published]


def test_nobody_approves_themselves(draft, asker, published):
    asked = publish_requests.ask_to_publish(draft, by=asker, note="Mine.")

    with pytest.raises(publishing.ApprovingOneself):
        publish_requests.approve(draft, by=asker, digest=asked.digest)
    with pytest.raises(publishing.ApprovingOneself):
        publishing.publish(draft, by=asker, note="Mine.")
    assert list(Checklist.objects.published()) == [published]


def test_an_edit_makes_the_request_void_until_somebody_asks_again(draft, asker, approver, published):
    asked = publish_requests.ask_to_publish(draft, by=asker, note="Ready.")
    edit(draft)

    assert publish_requests.asked_of(draft).counts is False
    with pytest.raises(publishing.RequestVoid):
        publish_requests.approve(draft, by=approver, digest=asked.digest)
    assert list(Checklist.objects.published()) == [published]

    again = publish_requests.ask_to_publish(draft, by=asker, note="Ready again.")
    with pytest.raises(publishing.RequestVoid):  # the approver still looks at the page of the first request
        publish_requests.approve(draft, by=approver, digest=asked.digest)
    assert publish_requests.approve(draft, by=approver, digest=again.digest).note == "Ready again."
    assert PublishRequest.objects.count() == 1


def test_an_edit_that_was_taken_back_leaves_the_request_valid(draft, asker, approver):
    question = Item.objects.get(checklist=draft, key="B1-everyone").question
    asked = publish_requests.ask_to_publish(draft, by=asker, note="Ready.")
    edit(draft)
    Item.objects.filter(checklist=draft, key="B1-everyone").update(question=question)

    assert publish_requests.approve(draft, by=approver, digest=asked.digest).version == 2


def test_who_asks_again_after_an_edit_of_the_approver_cannot_approve(draft, asker, approver):
    publish_requests.ask_to_publish(draft, by=asker, note="Ready.")
    edit(draft)
    asked = publish_requests.ask_to_publish(draft, by=approver, note="I changed a word.")

    with pytest.raises(publishing.ApprovingOneself):
        publish_requests.approve(draft, by=approver, digest=asked.digest)
    assert publish_requests.approve(draft, by=asker, digest=asked.digest).published_by == asker


def test_a_draft_with_mistakes_cannot_be_asked_for(draft, asker):
    Claim.objects.filter(checklist=draft, key="running-cures-depression").update(patterns="cures {NOTHING}")

    with pytest.raises(publishing.ContentMistakes, match="NOTHING"):
        publish_requests.ask_to_publish(draft, by=asker, note="Ready.")
    assert not PublishRequest.objects.exists()


def test_asking_needs_a_note_and_a_draft(draft, published, asker):
    with pytest.raises(publishing.NoteMissing):
        publish_requests.ask_to_publish(draft, by=asker, note=" ")
    with pytest.raises(publishing.NotADraft):
        publish_requests.ask_to_publish(published, by=asker, note="Ready.")
    same_draft_in_another_window = Checklist.objects.get(pk=draft.pk)
    publishing.delete_draft(draft, by=None)
    with pytest.raises(publishing.PublishedMeanwhile):
        publish_requests.ask_to_publish(same_draft_in_another_window, by=asker, note="Ready.")


def test_a_draft_can_be_deleted_with_its_request(draft, asker, published):
    publish_requests.ask_to_publish(draft, by=asker, note="Ready.")

    publishing.delete_draft(draft, by=None)

    assert list(Checklist.objects.all()) == [published]
    assert not PublishRequest.objects.exists()


def test_the_software_itself_needs_nobody(db):
    assert factories.a_published_checklist().version == 1


def test_one_person_may_go_back(published, asker):
    second = factories.a_published_checklist()
    published.refresh_from_db()

    assert publishing.roll_back(published, by=asker, note="Back.", instead_of=second).version == 3


# --- the staff page --------------------------------------------------------------------------------------------------


def test_the_page_asks_one_and_lets_the_other_approve(draft, asker, approver, signed_in):
    asking, approving = signed_in(asker), signed_in(approver)

    assert "Ask to publish" in run_action(asking, "publish", draft).content.decode()
    asked = run_action(asking, "publish", draft, note="A better question.")
    assert said(asked) == ["Asked. Somebody else can approve it now, if nobody edits it."]
    draft.refresh_from_db()
    assert draft.is_draft

    mine = run_action(asking, "publish", draft).content.decode()
    assert "Somebody else must approve it." in mine
    assert "Approve and publish" not in mine

    page = run_action(approving, "publish", draft)
    assert "asha asked to publish this draft" in page.content.decode()
    assert "A better question." in page.content.decode()
    digest = page.context["asked"].request.digest
    assert said(run_action(approving, "publish", draft, approve=digest)) == ["Published."]
    draft.refresh_from_db()
    assert (draft.version, draft.published_by) == (2, approver)
    assert "asha," in approving.get(address(Checklist, "change", draft.pk)).content.decode()


def test_the_page_says_that_an_edit_made_the_request_void(draft, asker, approver, signed_in):
    asked = publish_requests.ask_to_publish(draft, by=asker, note="Ready.")
    edit(draft)
    browser = signed_in(approver)

    page = run_action(browser, "publish", draft).content.decode()
    assert "so the request no longer counts" in " ".join(page.split())
    assert "Approve and publish" not in page
    assert said(run_action(browser, "publish", draft, approve=asked.digest)) == [publishing.RequestVoid.sentence]
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_made_up_approval_publishes_nothing(draft, asker, approver, signed_in):
    assert said(run_action(signed_in(approver), "publish", draft, approve="")) == [publishing.NobodyAsked.sentence]
    publish_requests.ask_to_publish(draft, by=asker, note="Ready.")
    refused = run_action(signed_in(approver), "publish", draft, approve="0" * 64)
    assert said(refused) == [publishing.RequestVoid.sentence]
    draft.refresh_from_db()
    assert draft.is_draft


def test_who_may_start_a_draft_may_not_publish_it(published, signed_in, settings):
    settings.PUBLISHING_NEEDS_TWO = False
    starter = factories.a_user("stan")
    starter.user_permissions.set(Permission.objects.filter(codename__in=("view_checklist", "start_checklist_draft")))
    browser = signed_in(starter)

    run_action(browser, "start_draft", published)
    draft = Checklist.objects.drafts().get()
    run_action(browser, "publish", draft, note="No.")
    run_action(browser, "retire", published)

    assert list(Checklist.objects.values_list("status", flat=True)) == ["draft", "published"]
