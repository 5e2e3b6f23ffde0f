"""How well screenshots are read: `python -m bench.screenshots [--tesseract]`, by hand, not part of `make bench`.

Draws invented posts the way apps show them, reads them through the very door that the page uses, and prints a table:
character and word error rates (words of the app that were left in count as wrong), processor time and memory.
Needs the machine's DejaVu and Noto fonts. Nothing is written to disk.
"""

import argparse
import io
import os
import random
import resource
import subprocess
from statistics import mean

import django
from PIL import Image, ImageDraw, ImageFilter, ImageFont

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# A busy machine is no reason to give up here.
os.environ.setdefault("SCREENSHOT_SECONDS", "600")
django.setup()

from posts.screenshot_lines import Line, words_of  # noqa: E402
from posts.screenshots import PictureError, read_screenshot  # noqa: E402

FONTS = "/usr/share/fonts/truetype"
SANS, BOLD = f"{FONTS}/dejavu/DejaVuSans.ttf", f"{FONTS}/dejavu/DejaVuSans-Bold.ttf"
NOTO, SERIF = f"{FONTS}/noto/NotoSans-Regular.ttf", f"{FONTS}/noto/NotoSerif-Regular.ttf"
EMOJI = f"{FONTS}/noto/NotoColorEmoji.ttf"
POSTS = (
    "Running cures depression, honestly. You should all go for a run every morning, it works.",
    "I was so tired last winter. What helped me: small walks, one good friend and, in the end, a kind doctor.",
    "My therapist told me that thoughts are not facts. I wrote it on my mirror and I read it each day.",
    "Doctors won't tell you this, but 90% of anxiety is just bad breathing. Try my 7-day plan. Link in bio!",
    "If you can't focus for 10 minutes, you have ADHD. It's that simple. No test needed.",
    "Nobody talks about how lonely it is to get better. If you feel that too, you are not broken.",
    "Magnesium, vitamin D and cold showers fixed my panic attacks in two weeks. Why does nobody say so?",
    "Please don't stop your tablets because of a video. Talk with somebody who knows you first.",
    "Signs your mother is a narcissist: she calls too often, she gives advice, she cries at weddings.",
    "Three years ago I could not leave my room. Today I took the bus on my own. Small steps count.",
    "Sugar feeds your sadness. I cut it out and my mood was back by Friday (and I lost the brain fog too).",
    "You do not owe anybody your story. Rest, drink some water, and answer that message tomorrow.",
)


def wrapped(draw, text, font, width):
    """The text in lines that fit the width."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if draw.textlength(longer, font=font) > width and line:
            lines, line = [*lines, line], word
        else:
            line = longer
    return [*lines, line]


def put(draw, text, at, *, size, width, fill, face=SANS, stroke=0):
    """Draw the text in a column; the y below it."""
    font, (x, y) = ImageFont.truetype(face, size), at
    for line in wrapped(draw, text, font, width):
        draw.text((x, y), line, font=font, fill=fill, stroke_width=stroke, stroke_fill="black")
        y += round(size * 1.4)
    return y


def like_x(text, *, dark=False, size=38, face=NOTO, width=1080):
    """A post as X shows it: status bar, name, handle, words, time, counters."""
    image = Image.new("RGB", (width, 1500), "black" if dark else "white")
    draw, ink, soft = ImageDraw.Draw(image), "#e7e9ea" if dark else "#0f1419", "#71767b"
    small = {"size": round(size * 0.8), "width": width, "face": face, "fill": soft}
    put(draw, "9:41", (60, 20), **{**small, "fill": ink})
    put(draw, "87%", (width - 140, 20), **{**small, "fill": ink})
    put(draw, "Post", (width // 2 - 60, 110), size=size, width=width, face=BOLD, fill=ink)
    draw.ellipse((40, 210, 140, 310), fill="#7a8a99")
    put(draw, "Sam Example", (170, 210), size=size, width=width, face=BOLD, fill=ink)
    put(draw, "@sam_example", (170, 262), **small)
    put(draw, "Follow", (width - 190, 220), size=size, width=width, face=BOLD, fill=ink)
    y = put(draw, text, (40, 350), size=size, width=width - 90, face=face, fill=ink)
    put(draw, "9:41 AM · Mar 3, 2024 · 1.2M Views", (40, y + 30), **small)
    for x, count in ((60, "24"), (330, "312"), (600, "5.6K")):
        put(draw, count, (x, y + 130), **small)
    put(draw, "Post your reply", (60, y + 260), **small)
    return image


def like_instagram(text, emoji=""):
    """A caption below a picture, with the username before it."""
    image = Image.new("RGB", (1080, 1700), "white")
    draw = ImageDraw.Draw(image)
    put(draw, "sam.example", (150, 60), size=36, width=900, face=BOLD, fill="black")
    put(draw, "Follow", (860, 60), size=36, width=900, face=BOLD, fill="#0095f6")
    image.paste(photo(1080, 620), (0, 140))
    put(draw, "1,204 likes", (40, 800), size=34, width=900, face=BOLD, fill="black")
    y = put(draw, f"sam.example {text}", (40, 860), size=36, width=980, face=NOTO, fill="black")
    if emoji:
        draw.text((40, y + 10), emoji, font=ImageFont.truetype(EMOJI, 109), embedded_color=True)
        y += 130
    put(draw, "View all 24 comments", (40, y + 30), size=32, width=900, fill="#737373")
    put(draw, "2 days ago", (40, y + 90), size=26, width=900, fill="#737373")
    return image


def like_tiktok(text):
    """Words over a busy picture, outlined, with counters at the right."""
    image = photo(1080, 1920)
    draw = ImageDraw.Draw(image)
    put(draw, text, (110, 420), size=52, width=780, face=BOLD, fill="white", stroke=4)
    for y, count in ((1000, "45.2K"), (1160, "812"), (1320, "3,104")):
        put(draw, count, (950, y), size=30, width=200, fill="white")
    put(draw, "@sam_example · 2d", (40, 1640), size=36, width=700, face=BOLD, fill="white")
    put(draw, "original sound - sam", (40, 1720), size=32, width=700, fill="white")
    return image


def like_columns(text, other):
    """Two columns, as a desktop page or a two-page picture has them. Read one after the other."""
    image = Image.new("RGB", (1600, 900), "#fbfbf6")
    draw = ImageDraw.Draw(image)
    put(draw, text, (60, 60), size=30, width=640, face=SERIF, fill="#222")
    put(draw, other, (880, 60), size=30, width=640, face=SERIF, fill="#222")
    return image


def photo(width, height):
    """Something like a photograph: soft shapes in middling colours."""
    chance = random.Random(width + height)
    image = Image.new("RGB", (width // 8, height // 8), "#6b7f86")
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y, r = chance.randrange(width // 8), chance.randrange(height // 8), chance.randrange(5, 30)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(chance.randrange(40, 200) for _ in "rgb"))
    return image.filter(ImageFilter.GaussianBlur(3)).resize((width, height))


def saved(image, kind="PNG", **how):
    """The image as the bytes of a file."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def degraded(image):
    """Made small, blurred and saved badly, as pictures are that went through many hands."""
    small = image.resize((image.width * 6 // 10, image.height * 6 // 10)).filter(ImageFilter.GaussianBlur(0.6))
    return saved(small, "JPEG", quality=35)


def sets():
    """(name, [(words, picture)…]) of every kind of picture."""
    pairs = [(f"{one} {two}", like_columns(one, two)) for one, two in zip(POSTS, POSTS[1:] + POSTS[:1], strict=True)]
    yield "clean (X)", [(text, saved(like_x(text))) for text in POSTS]
    yield "dark mode (X)", [(text, saved(like_x(text, dark=True))) for text in POSTS]
    yield "small letters", [(text, saved(like_x(text, size=20, width=720))) for text in POSTS]
    yield "serif", [(text, saved(like_x(text, face=SERIF))) for text in POSTS]
    yield "degraded JPEG", [(text, degraded(like_x(text))) for text in POSTS]
    yield "caption and emoji", [(text, saved(like_instagram(text, "😀💚🧠"))) for text in POSTS]
    yield "overlay on a photo", [(text, saved(like_tiktok(text), "JPEG", quality=80)) for text in POSTS]
    yield "two columns", [(text, saved(image)) for text, image in pairs]


def distance(wanted, got):
    """How many insertions, deletions and changes lead from one sequence to the other."""
    row = list(range(len(got) + 1))
    for i, one in enumerate(wanted, 1):
        before, row[0] = row[0], i
        for j, two in enumerate(got, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (one != two))
    return row[-1]


def with_tesseract(picture):
    """What Tesseract reads, its lines put through our own rules, so that only the eyes differ."""
    command = ["tesseract", "-", "-", "-l", "eng", "tsv"]
    done = subprocess.run(command, input=picture, capture_output=True, check=True, text=False)
    lines = {}
    for row in done.stdout.decode().splitlines()[1:]:
        level, *place, left, top, width, height, _, word = row.split("\t")
        if level == "5" and word.strip():
            lines.setdefault(tuple(place[:4]), []).append((word, int(left), int(top), int(width), int(height)))
    return words_of(
        [
            Line(
                text=" ".join(word[0] for word in words),
                left=min(word[1] for word in words),
                top=min(word[2] for word in words),
                right=max(word[1] + word[3] for word in words),
                bottom=max(word[2] + word[4] for word in words),
            )
            for words in lines.values()
        ]
    ).text


def with_ours(picture):
    """What the page would put into the box."""
    try:
        return read_screenshot(picture).text
    except PictureError as error:
        print(f"  refused: {error}")
        return ""


def processor_seconds():
    """What the children took of the processor until now: the same on a busy machine as on an idle one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(read, name, pictures):
    """Print one row of the table."""
    characters, words, seconds = [], [], []
    for text, picture in pictures:
        began = processor_seconds()
        got = " ".join(read(picture).split())
        seconds.append(processor_seconds() - began)
        characters.append(distance(text, got) / len(text))
        words.append(distance(text.split(), got.split()) / len(text.split()))
        if os.environ.get("SHOW") and text != got:
            print(f"    {text}\n    {got}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    row = f"{mean(characters):.2%} | {mean(words):.2%} | {mean(seconds):.1f} | {peak:.0f}"
    print(f"| {name} | {len(pictures)} | {row} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tesseract", action="store_true", help="Tesseract on the same pictures, in place of ours")
    parser.add_argument("--first", type=int, default=len(POSTS), help="only so many pictures of each kind")
    chosen = parser.parse_args()
    print(
        "| pictures | how many | characters wrong | words wrong | processor seconds | MB at most |\n"
        "| --- | --- | --- | --- | --- | --- |"
    )
    for name, pictures in sets():
        measure(with_tesseract if chosen.tesseract else with_ours, name, pictures[: chosen.first])


if __name__ == "__main__":
    main()
