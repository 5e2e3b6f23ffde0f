"""Passkeys in a real Chromium, with an authenticator that Chromium itself plays: set up, sign in with it, confirm."""

import pytest
from allauth.mfa.models import Authenticator

from tests.signing_in import PASSWORD, a_person, code_of

pytestmark = pytest.mark.usefixtures("transactional_db")

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def page(chromium, live_server):
    """A page of a browser with such a device; it fails the test if the policy stops anything."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en-GB", base_url=live_server.url)
    page, complaints = context.new_page(), []
    page.set_default_timeout(20_000)
    page.on(
        "console",
        lambda said: complaints.append(f"{page.url} {said.location} {said.text}") if said.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert [text for text in complaints if "Failed to load resource" not in text] == []


@pytest.fixture
def device(page):
    """A function that talks to the browser's own authenticator."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    number = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    return lambda command, **about: session.send(f"WebAuthn.{command}", {"authenticatorId": number, **about})


def sign_in(page, name="mo"):
    page.goto("/staff/sign-in/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_set_up_and_then_signs_in_alone(page, device, check_accessibility):
    a_person(factor=False)
    sign_in(page)
    page.wait_for_url("**/staff/security/")
    assert check_accessibility(page) == []
    page.get_by_role("link", name="Add a passkey").click()
    assert check_accessibility(page) == []

    page.get_by_role("button", name="Add it").click()

    page.wait_for_url("**/staff/security/codes/")
    assert len(device("getCredentials")["credentials"]) == 1
    page.get_by_role("link", name="I have them").click()
    assert "You have 1." in page.locator("main").inner_text()
    page.get_by_role("button", name="Sign out").click()

    page.wait_for_url("**/staff/sign-in/")
    assert check_accessibility(page) == []
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/moderation/")
    assert page.locator("h1").inner_text() == "What waits"


def test_a_passkey_is_the_second_step_after_a_password(page, device):
    a_person(factor=False)
    sign_in(page)
    page.goto("/staff/security/passkeys/add/")
    page.get_by_label("Let me sign in with it alone").uncheck()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/staff/security/codes/")
    page.context.clear_cookies()

    sign_in(page)
    page.wait_for_url("**/staff/sign-in/code/")
    page.get_by_role("button", name="Use your passkey").click()

    page.wait_for_url("**/moderation/")


def test_a_passkey_that_fails_is_said_in_the_page(page, device):
    a_person()
    device("setUserVerified", isUserVerified=False)
    page.goto("/staff/sign-in/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("The passkey did not work").wait_for()
    sign_in(page)
    page.get_by_label("Code").fill(code_of())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/moderation/")
    assert Authenticator.objects.get().type == "totp"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_fit_and_the_picture_is_seen(page, width, check_accessibility):
    a_person(factor=False)
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page)
    page.goto("/staff/security/app/")

    assert page.locator(".square-code svg").bounding_box()["width"] > 150
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert check_accessibility(page) == []


def test_a_passkey_is_renamed_and_removed_while_another_factor_stays(page, device):
    a_person()
    sign_in(page)
    page.get_by_label("Code").fill(code_of())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/moderation/")
    page.goto("/staff/security/passkeys/add/")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/staff/security/codes/")
    page.goto("/staff/security/passkeys/")

    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name").fill("My <b>phone</b>")
    page.get_by_role("button", name="Keep the name").click()
    page.get_by_text("My <b>phone</b>").first.wait_for()
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("None yet.").wait_for()

    assert {factor.type for factor in Authenticator.objects.all()} == {"totp", "recovery_codes"}
    page.goto("/moderation/")
    assert page.locator("h1").inner_text() == "What waits"
