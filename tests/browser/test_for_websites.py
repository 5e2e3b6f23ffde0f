"""The button on another website: a page of another origin holds it, and a reader presses it."""

import html
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)

LINK = "https://www.example.org/a-post?one=1&two=2"


@pytest.fixture
def elsewhere(client, live_server):
    """The address of another website whose only page holds the pieces, for LINK, as its owner would copy them."""
    page = client.get("/for-websites/", SERVER_NAME="localhost").content.decode()
    pieces = re.findall(r'<textarea id="(?:opens|button|brings|look)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    *parts, look = (html.unescape(piece).replace("http://localhost/", f"{live_server.url}/") for piece in pieces)
    body = "".join(parts).replace("https://example.org/a-post", html.escape(LINK))
    whole = f"<!doctype html><html lang=en><title>A forum</title><style>{look}</style><h1>A forum</h1>{body}".encode()

    class Forum(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(whole if self.path == "/secret-topic" else b"")

        def log_message(self, *said):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Forum)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_pressing_the_button_brings_the_link_and_nothing_else(
    chromium, live_server, published, elsewhere, check_accessibility
):
    context = chromium.new_context()
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request))

    page.goto(f"{elsewhere}/secret-topic")
    before = [request.url for request in asked if not request.url.startswith(elsewhere)]
    page.get_by_role("button", name="Check this post with Second Look").click()
    page.wait_for_url("**/check/**")
    expect(page.get_by_label("Paste the post, or a link to it")).to_have_value(LINK)
    page.go_back()
    page.get_by_role("link", name="Check this post with Second Look").first.click()
    page.wait_for_url(f"{live_server.url}/")

    assert before == []
    assert {request.url.split("/")[2] for request in asked} == {elsewhere[7:], live_server.url[7:]}
    ours = [request.all_headers() for request in asked if request.url.startswith(live_server.url)]
    assert not [headers["referer"] for headers in ours if "secret-topic" in headers.get("referer", "")]
    assert context.cookies() == []
    page.goto(f"{live_server.url}/for-websites/")
    assert check_accessibility(page) == []
    context.close()
