"""Reading a picture: what is refused and how, and what the child that reads is kept from."""

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest
from django.conf import settings as django_settings
from PIL import Image

from posts import screenshots
from posts.picture_files import PNG, BadPicture, picture_in
from posts.screenshots import (
    BusyReading,
    CouldNotRead,
    NoPicture,
    NoWordsSeen,
    PictureError,
    PictureTooBig,
    TooManyPixels,
    read_screenshot,
)
from tests.drawn import drawn, saved


@pytest.fixture(autouse=True)
def patient(settings):
    """A busy machine is no reason for a test to fail."""
    settings.SCREENSHOT_SECONDS = 600


def chunk(name, content=b""):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width, height, *chunks):
    return PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + b"".join(chunks)


def a_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    return out.getvalue()


SMALL = {kind: saved(Image.new("RGB", (60, 40), "teal"), kind) for kind in ("PNG", "JPEG", "WEBP", "GIF")}
FRAMES = [Image.new("RGB", (60, 40), colour) for colour in ("red", "green")]
MOVING = {kind: saved(FRAMES[0], kind, save_all=True, append_images=FRAMES[1:]) for kind in ("PNG", "WEBP", "GIF")}
BAD = {
    "text": (b"these are only words", "could not tell that this is a picture"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "could not tell that this is a picture"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "could not tell that this is a picture"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 50, "HEIC or AVIF"),
    "avif": (b"\0\0\0\x18ftypavif\0\0\0\0" + b"\0" * 50, "HEIC or AVIF"),
    "gif": (SMALL["GIF"], "This picture moves"),
    "moving gif": (MOVING["GIF"], "This picture moves"),
    "moving png": (MOVING["PNG"], "This picture moves"),
    "moving webp": (MOVING["WEBP"], "This picture moves"),
    "half a png": (SMALL["PNG"][:-20], "broken or not all there"),
    "half a jpeg": (SMALL["JPEG"][:-20], "broken or not all there"),
    "half a webp": (SMALL["WEBP"][:-20], "broken or not all there"),
    "first bytes of a png": (PNG + b"\0\0", "broken or not all there"),
    "first bytes of a jpeg": (b"\xff\xd8\xff", "broken or not all there"),
    "first bytes of a webp": (b"RIFF\0\0\0\0WEBP", "broken or not all there"),
    "no pixels": (png(60, 40, chunk(b"IEND")), "broken or not all there"),
    "no size": (png(0, 40, chunk(b"IDAT"), chunk(b"IEND")), "broken or not all there"),
    "png and zip": (SMALL["PNG"] + a_zip(), "Something else is hidden"),
    "jpeg and page": (SMALL["JPEG"] + b"\n<html><script>1</script>", "Something else is hidden"),
    "webp and pdf": (SMALL["WEBP"] + b"%PDF-1.7", "Something else is hidden"),
    "jpeg and program": (SMALL["JPEG"] + b"\x7fELF\x02", "Something else is hidden"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence_before_anything_decodes_it(name):
    content, sentence = BAD[name]

    with pytest.raises(PictureError, match=sentence):
        read_screenshot(content)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NoPicture),
        (b"x" * (10 * 1024 * 1024 + 1), PictureTooBig),
        (png(50_000, 50_000, chunk(b"IDAT", zlib.compress(b"\0" * 1000)), chunk(b"IEND")), TooManyPixels),
        (png(6325, 6325, chunk(b"IDAT", b"x"), chunk(b"IEND")), TooManyPixels),
    ],
    ids=["nothing", "over 10 MB", "a bomb", "over 40 megapixels"],
)
def test_limits_hold_before_anything_is_decoded(content, error):
    with pytest.raises(error):
        read_screenshot(content)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_file_is_known_by_its_content_and_what_a_phone_hangs_on_it_is_cut_off(kind):
    picture = picture_in(SMALL[kind] + b"\0\0Samsung notes SEFT")

    assert (picture.kind, picture.width, picture.height) == (kind, 60, 40)
    assert picture.content == SMALL[kind]


@pytest.mark.parametrize("how", [{"lossless": True}, {"exif": b"Exif\0\0"}, {"quality": 50}], ids=str)
def test_every_form_of_webp_tells_its_size(how):
    picture = picture_in(saved(Image.new("RGB", (300, 70), "teal"), "WEBP", **how))

    assert (picture.width, picture.height) == (300, 70)


def test_a_progressive_jpeg_with_a_comment_is_whole():
    content = saved(drawn(), "JPEG", progressive=True, comment=b"\xff\xd9 not the end")

    assert picture_in(content).content == content


def test_every_cut_of_a_good_file_ends_in_a_picture_or_a_refusal():
    refused = set()
    for content in SMALL.values():
        for end in range(0, len(content), 7):
            try:
                picture_in(content[:end])
            except BadPicture as error:
                refused.add(error.why)

    assert refused <= screenshots.UnusablePicture.sentences.keys()
    assert "broken" in refused


def test_pixels_that_are_broken_inside_are_refused_by_the_child():
    content = png(600, 400, chunk(b"IDAT", b"no pixels at all"), chunk(b"IEND"))

    with pytest.raises(PictureError, match="broken or not all there"):
        read_screenshot(content)


def test_a_picture_without_words_says_so():
    with pytest.raises(NoWordsSeen):
        read_screenshot(saved(Image.new("RGB", (300, 300), "teal")))


def test_a_picture_that_lies_on_its_side_is_read_upright():
    """A phone says in EXIF how it was held; a transparent picture stands on white."""
    turned = drawn().rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6

    words = read_screenshot(saved(turned, "JPEG", exif=exif, quality=95))

    assert words.text.startswith("Running cures depression, honestly.")


def test_only_so_many_are_read_at_once(monkeypatch):
    monkeypatch.setattr(screenshots, "WAIT_SECONDS", 0)
    for _ in range(django_settings.SCREENSHOTS_AT_ONCE):
        assert screenshots._turns.acquire(blocking=False)
    try:
        with pytest.raises(BusyReading):
            read_screenshot(SMALL["PNG"])
    finally:
        for _ in range(django_settings.SCREENSHOTS_AT_ONCE):
            screenshots._turns.release()


def test_a_child_that_takes_too_long_is_stopped_and_its_place_is_free_again(settings):
    settings.SCREENSHOT_SECONDS = 0.05

    for _ in range(django_settings.SCREENSHOTS_AT_ONCE + 1):
        with pytest.raises(CouldNotRead):
            read_screenshot(SMALL["PNG"])


IN_THE_CHILD = "from posts import screenshot_reading as child; {before}; child.limit(); {then}"


def in_the_child(then, before="pass"):
    """Run code in a process that has limited itself as the child does."""
    code = IN_THE_CHILD.format(before=before, then=then)
    return subprocess.run(
        [sys.executable, "-c", code], cwd=django_settings.BASE_DIR, capture_output=True, text=True, env={}, check=False
    )


def test_a_child_that_eats_memory_is_refused_it():
    enough = in_the_child("print(len(bytearray(child.MOST_MEMORY // 2)))")
    too_much = in_the_child("print(len(bytearray(child.MOST_MEMORY)))")

    assert enough.returncode == 0
    assert too_much.returncode != 0
    assert "MemoryError" in too_much.stderr


def test_a_child_that_never_ends_is_stopped_by_the_kernel():
    stopped = in_the_child("exec('while True: pass')", before="child.MOST_CPU_SECONDS = 1")

    assert stopped.returncode < 0


def test_a_child_writes_no_file_and_opens_nothing_once_it_looks_at_a_picture(tmp_path):
    kept = in_the_child(f"open({str(tmp_path / 'kept')!r}, 'wb', buffering=0).write(b'x' * 9)")
    read = in_the_child("child.give_up_opening(); open('/etc/hostname')")
    called = in_the_child("import socket; child.give_up_opening(); socket.socket()")

    assert kept.returncode != 0
    assert (tmp_path / "kept").read_bytes() == b""
    assert "Too many open files" in read.stderr
    assert "Too many open files" in called.stderr


def test_the_child_tells_what_went_wrong_and_never_more_than_json():
    done = subprocess.run(
        [sys.executable, "-m", "posts.screenshot_reading", "PNG"],
        input=png(7000, 7000, chunk(b"IDAT", b"x"), chunk(b"IEND")),
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        env={},
        check=True,
    )

    assert json.loads(done.stdout) == {"problem": "pixels"}
