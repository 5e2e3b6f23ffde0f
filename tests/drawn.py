"""Pictures for the tests, drawn with Pillow's own font so that they look alike on every machine."""

import io

from PIL import Image, ImageDraw, ImageFont

WORDS = "Running cures depression, honestly. You should all go for a run every morning."
LINES = ("Running cures depression, honestly.", "You should all go for a run every morning.")


def drawn(lines=LINES, *, size=(640, 240), at=(20, 20), letters=26):
    """An image with these lines of text on white."""
    image = Image.new("RGB", size, "white")
    font = ImageFont.load_default(size=letters)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((at[0], at[1] + number * letters * 1.4), line, font=font, fill="black")
    return image


def saved(image, kind="PNG", **how):
    """The image as the bytes of a file of that kind."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def a_post():
    """A screenshot of a post the way an app shows one: a name and a handle above, counters below."""
    image = drawn(LINES, size=(640, 420), at=(20, 150))
    draw = ImageDraw.Draw(image)
    for text, at, size in (
        ("9:41", (20, 4), 18),
        ("Dr Sam Example", (90, 60), 26),
        ("@sam_example", (90, 94), 20),
        ("Follow", (520, 64), 26),
        ("24", (40, 290), 20),
        ("5.6K", (240, 290), 20),
        ("Post your reply", (40, 360), 20),
    ):
        draw.text(at, text, font=ImageFont.load_default(size=size), fill="black")
    return image
