"""Hostile input. A large collection lies beside the repository on some machines (`../shared/corpora`) and is used where
it is; it is never copied. Everywhere else a small set of our own, below, takes its place: no test is left out.
"""

import json
from pathlib import Path

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"

OWN = {
    "xss_vectors": [
        {"payload": payload}
        for payload in (
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
            "<body onload=alert(1)>",
            "<details open ontoggle=alert(1)>",
            "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
            '<a href="javascript:alert(1)" autofocus onfocus=alert(1)>x</a>',
            '"><script>alert(1)</script>',
            "'><img src=x onerror=alert(1)>",
            "</p></article></main><script>alert(1)</script>",
            "</textarea><script>alert(1)</script>",
            "</title><script>alert(1)</script>",
            "<!--><script>alert(1)</script>-->",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
            "<input autofocus onfocus=alert(1)>",
            "<video><source onerror=alert(1)>",
            "<marquee onstart=alert(1)>",
            "<object data=data:text/html,<script>alert(1)</script>>",
            "<base href=//example.org/><script src=x></script>",
            "<link rel=stylesheet href=data:text/css,*{color:red}>",
            "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
            "<form action=javascript:alert(1)><button autofocus>x</button></form>",
            "<div hx-get=/ hx-trigger=load hx-on:htmx:load=alert(1)>x</div>",
            "{{ settings.SECRET_KEY }}{% include 'admin/base.html' %}",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "\u003cimg src=x onerror=alert(1)\u003e",
            "<scr\u0000ipt>alert(1)</scr\u0000ipt>".replace("\u0000", ""),
            "＜script＞alert(1)＜/script＞",
        )
    ],
    "html_parse_quirks": [
        {"payload": payload}
        for payload in (
            "<table><b><tr><td>x</td></b></table>",
            "<p><table></p>x",
            "<svg><foreignObject><p><svg><title></svg>x",
            "<!DOCTYPE html><html><head><title>x</title></head><frameset><frame></frameset>",
            "<b><i></b></i>x",
            "<![CDATA[x]]>",
            "<?php echo 1 ?>",
            "<plaintext>x",
            "<select><option><keygen>",
            "<template><tr></template>x",
        )
    ],
    "naughty_strings": [
        {"payload": payload}
        for payload in (
            "undefined",
            "NULL",
            "-1/0",
            "1e309",
            "𝕿𝖍𝖊 words",
            "表ポあA",
            "ﷺ",
            "👩‍👩‍👧‍👦 family",
            "' OR 1=1 --",
            "%s%d%n",
        )
    ],
    "unicode_hostile": [
        {"payload": payload, "category": "own"}
        for payload in (
            "right \u202eto left\u202c words",
            "zero\u200bwidth words\u2060here",
            "Z\u0351\u036b\u0343a\u0335l\u0321g\u0322o\u0323 words",
            "tag \U000e0041 words",
            "مرحبا بالعالم",
            "今日は少し疲れた",
            "नमस्ते दुनिया",
            "private \ue000 use words",
            "noncharacter \ufdd0 words",
            "half \ud800 character",
            "nothing \x00 here",
        )
    ],
    "bytes_malformed_utf8": [
        {"b64": coded} for coded in ("YWJjgGRlZg==", "w6k=", "wyg=", "8J+Y", "7aCA", "/v8=", "wIA=")
    ],
    "injection_strings": [
        {"payload": payload}
        for payload in (
            "1' OR '1'='1",
            "{{7*7}}",
            "${7*7}",
            "; rm -rf x",
            "../../etc/passwd",
            "=1+1",
            "x\r\nSet-Cookie: a=b",
        )
    ],
    "pii_canaries": [
        {"kind": kind, "value": value}
        for kind, value in (
            ("name", "Ismenia Zebrafinch"),
            ("name", "李測試"),
            ("email", "zebrafinch.canary@example.org"),
            ("phone_uk_drama_range", "07700 900461"),
            ("nhs_number_test_range_999", "999 123 4560"),
            ("ipv4_test_net", "203.0.113.86"),
            ("ipv6_doc", "2001:db8:2eb:a::86"),
            ("handle", "@zebrafinch_canary"),
            ("user_agent", "ZebrafinchUA/1.0 (canary)"),
            ("referer", "https://zebrafinch.example/private?q=canary"),
            ("password", "zebrafinch-Pass-8861"),
            ("link", "https://www.tiktok.com/@zebrafinch_canary/video/7231338487075699999"),
            ("free_text_marker", "zebrafinch8861 I have not slept for a week"),
        )
    ],
    "redos_recipes": [
        {"recipe": recipe}
        for recipe in (
            {"prefix": "", "pump": "a", "suffix": "!", "n": 9_000},
            {"prefix": "http://", "pump": "a.", "suffix": "com", "n": 4_000},
            {"prefix": "", "pump": "<", "suffix": "", "n": 9_000},
            {"prefix": "", "pump": "&#x", "suffix": ";", "n": 3_000},
            {"prefix": "", "pump": "exercise cures ", "suffix": "depression", "n": 600},
            {"prefix": "", "pump": "\u0301", "suffix": "x", "n": 9_000},
        )
    ],
}


def rows(name):
    """The rows of a collection: the large one where it is, otherwise ours."""
    path = CORPORA / f"{name}.jsonl"
    if not path.exists():
        return OWN[name]
    # Not splitlines(): some of what is hostile counts as an end of line there.
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def payloads(name):
    """The texts of a collection, each once. `@repeat:n:c` is written out."""
    return list(dict.fromkeys(_written_out(row["payload"]) for row in rows(name)))


def _written_out(payload):
    if not payload.startswith("@repeat:"):
        return payload
    _, times, character = payload.split(":", 2)
    return character * min(int(times), 12_000)


def packed(texts, *, most=9_000):
    """The texts put together into as few posts as fit, each text on lines of its own; one that is too long is cut."""
    post = ""
    for text in texts:
        text = text.replace("\x00", "")[:most]
        if len(post) + len(text) + 2 > most and post:
            yield post
            post = ""
        post += text + "\n\n"
    if post.strip():
        yield post
