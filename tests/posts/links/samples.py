"""What the platforms answer, in their documented shapes. Every word is made up."""

LINKS = {
    "bluesky": "https://bsky.app/profile/made-up.bsky.social/post/3kmadeup22222",
    "mastodon": "https://social.example/@made_up/112233445566778899",
    "x": "https://x.com/made_up/status/1000000000000000001",
    "tiktok": "https://www.tiktok.com/@made.up/video/7000000000000000001",
    "youtube": "https://www.youtube.com/watch?v=madeupvideo",
    "reddit": "https://www.reddit.com/r/madeup/comments/1madeup/",
}
HOSTS = {
    "bluesky": "public.api.bsky.app",
    "mastodon": "social.example",
    "x": "publish.twitter.com",
    "tiktok": "www.tiktok.com",
    "youtube": "www.youtube.com",
    "reddit": "www.reddit.com",
}
# Never asked: forbidden, or nothing to be had without signing in.
NEVER = {
    "instagram": "https://www.instagram.com/p/CxMadeUp01/",
    "facebook": "https://www.facebook.com/watch/?v=1234567890",
    "threads": "https://www.threads.com/@made.up/post/DMadeUp",
    "tumblr": "https://www.tumblr.com/madeup/123456789012",
    "pinterest": "https://www.pinterest.com/pin/123456789012/",
    "linkedin": "https://www.linkedin.com/feed/update/urn:li:activity:7000000000000000001/",
    "snapchat": "https://www.snapchat.com/spotlight/W7_madeup",
}


def bluesky(text="Naps cure everything.\n\nTry it.", *, name="Made Up", author_labels=(), labels=()):
    author = {"did": "did:plc:madeup", "handle": "made-up.bsky.social", "displayName": name}
    author["labels"] = [{"val": label} for label in author_labels]
    record = {"$type": "app.bsky.feed.post", "text": text, "langs": ["en"]}
    post = {"uri": "at://did:plc:madeup/app.bsky.feed.post/3kmadeup22222", "author": author, "record": record}
    post["labels"] = [{"val": label} for label in labels]
    return {"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": []}}


def bluesky_without(kind):
    return {"thread": {"$type": f"app.bsky.feed.defs#{kind}", "uri": "at://did:plc:madeup/app.bsky.feed.post/3k"}}


def mastodon(content="<p>Naps cure <b>everything</b>.<br />Try it.</p><p>Now &amp; here</p>", **more):
    account = {"username": "made_up", "acct": "made_up", "display_name": "Made Up", "note": ""}
    status = {"id": "112233445566778899", "visibility": "public", "spoiler_text": "", "content": content}
    return {**status, "account": account, "reblog": None, **more}


def x(text="Naps cure everything.<br><br>Try it &amp; see", name="Made Up"):
    html = (
        f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{text}</p>&mdash; {name} (@made_up) '
        '<a href="https://x.com/made_up/status/1000000000000000001">January 2, 2026</a></blockquote>\n'
    )
    return {"author_name": name, "author_url": "https://x.com/made_up", "html": html, "type": "rich"}


def tiktok(title="Naps cure everything 👀 #naps", name="Made Up Person"):
    about = {"author_url": "https://www.tiktok.com/@made.up", "author_unique_id": "made.up", "author_name": name}
    return {"type": "video", "title": title, "html": "<blockquote></blockquote>", **about}


def youtube(title="How naps cured me", name="Made Up Channel"):
    return {
        "type": "video",
        "title": title,
        "author_name": name,
        "author_url": "https://www.youtube.com/@madeupchannel",
    }


def reddit(title="Do naps cure everything?"):
    return {"type": "rich", "title": title, "author_name": "made_up", "html": "<blockquote></blockquote>"}


ANSWERS = {
    "bluesky": bluesky,
    "mastodon": mastodon,
    "x": x,
    "tiktok": tiktok,
    "youtube": youtube,
    "reddit": reddit,
}
