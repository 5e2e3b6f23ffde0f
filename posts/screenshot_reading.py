"""Reads the lines of one picture in a process of its own: picture in on stdin, JSON out on stdout, nothing kept.

Run by `screenshots.py` as `python -m posts.screenshot_reading FORMAT`. Pictures come from strangers and decoders have
holes, so this process gets no secrets, little memory and little time; before it looks at the picture it also gives up
opening anything: no file, no connection. The only importer of rapidocr and what it brings.

Out: {"lines": [{"text", "score", "box": [left, top, right, bottom]}…]}, measured in the picture's own pixels, or
{"problem": "broken" | "pixels" | "memory" | "failed"}.
"""

import contextlib
import io
import json
import os
import resource
import sys
from functools import partial

MEGABYTE = 1024 * 1024
# Of what RLIMIT_DATA counts. 1100 MB read every screenshot that was tried, but not a picture of 40 megapixels.
MOST_MEMORY = 1600 * MEGABYTE
# The kernel's own stop, should the parent be gone before it can stop us.
MOST_CPU_SECONDS = 40
MOST_PIXELS = 40_000_000
# Wider pictures are made this wide: letters stay readable, and more only takes longer. An upright one is a phone's,
# with big letters; a wide one may be a computer's.
UPRIGHT_WIDTH = 900
WIDE_WIDTH = 1920
# Pictures are read in strips of this many pixels (the reader's memory grows with them), each beginning a little before
# the end of the last.
STRIP_PIXELS = 1_800_000
OVERLAP = 160
FORMATS = ("PNG", "JPEG", "WEBP")


class TooManyPixels(Exception):
    """More than MOST_PIXELS: refused from the header, before anything is decoded."""


def main(kind):
    """Read the picture on stdin, whose format is `kind`, and write what was found."""
    limit()
    answer = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):  # libraries may print; the answer is ours alone
        read = loaded_reader()
        give_up_opening()
        told = told_of(read, sys.stdin.buffer.read(), kind)
    json.dump(told, answer)


def told_of(read, picture, kind):
    """What `main` writes, for the bytes of one picture."""
    try:
        image, scale = opened(picture, kind)
        return {"lines": lines_of(read, image, scale)}
    except TooManyPixels:
        return {"problem": "pixels"}
    except MemoryError:
        return {"problem": "memory"}
    except (OSError, SyntaxError, ValueError):
        # Pillow's words for a picture that is cut off or broken inside.
        return {"problem": "broken"}
    except Exception:
        # The reader wraps whatever went wrong in it, too little memory too.
        return {"problem": "failed"}


def limit():
    """Bind this process for the rest of its life: memory, time, no files written, no core, behind everybody else."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)


def give_up_opening():
    """No file and no connection can be opened from here on; stdin and stdout stay."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def loaded_reader():
    """The function that reads an array of pixels, everything that it needs loaded."""
    import numpy
    import PIL.Image
    import PIL.ImageOps
    from rapidocr import RapidOCR

    # Pillow loads its formats when a picture is opened, and then no file can be opened any more.
    PIL.Image.init()

    # It downloads models only when its own are missing; they are in its wheel.
    reader = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": STRIP_PIXELS // UPRIGHT_WIDTH,
            # More threads wait for each other in busy loops, which takes the processor from everybody else.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    # Each model is loaded at its first use.
    blank = numpy.full((32, 32, 3), 255, numpy.uint8)
    reader(blank, use_det=True, use_rec=False)
    reader(blank, use_det=False, use_rec=True)
    return partial(reader, use_det=True, use_rec=True)


def opened(picture, kind):
    """The picture (RGB, upright, on white, small enough to read) and how much smaller it was made.

    Raises TooManyPixels and what Pillow raises.
    """
    import PIL.Image
    import PIL.ImageOps

    image = PIL.Image.open(io.BytesIO(picture), formats=[kind])
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixels
    scale = min(1.0, (UPRIGHT_WIDTH if image.height > image.width else WIDE_WIDTH) / image.width)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    image.draft("RGB", size)
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode != mode:
        image = image.convert(mode)
    if image.size != size:
        image = image.resize(size, reducing_gap=2)
    image = PIL.ImageOps.exif_transpose(image)
    if image.mode == "RGBA":
        image = PIL.Image.alpha_composite(PIL.Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return image, scale


def lines_of(read, image, scale):
    """The lines that were found in the picture, as plain dictionaries, from the top strip to the last."""
    found = []
    for top, bottom in strips(image.width, image.height):
        for line in lines_of_strip(read, image.crop((0, top, image.width, bottom))):
            left, upper, right, lower = line["box"]
            # A line that the edge of a strip may cut is whole in the strip before or after.
            middle = (upper + lower) / 2
            if (top == 0 or middle >= OVERLAP / 2) and (bottom == image.height or middle < bottom - top - OVERLAP / 2):
                sides = (left, upper + top, right, lower + top)
                found.append({**line, "box": [round(side / scale) for side in sides]})
    return found


def strips(width, height):
    """(top, bottom) of the parts that a picture is read in: a long one shrunk to fit would be unreadable."""
    tall, top = min(STRIP_PIXELS // width, STRIP_PIXELS // UPRIGHT_WIDTH), 0
    while height - top > tall:
        yield top, top + tall
        top += tall - OVERLAP
    yield top, height


def lines_of_strip(read, image):
    """The lines in one strip, measured in it."""
    import numpy

    found = read(numpy.asarray(image)[:, :, ::-1])
    if found.boxes is None or found.txts is None:
        return []
    return [
        {"text": text, "score": round(float(score), 3), "box": [*map(float, (*box.min(axis=0), *box.max(axis=0)))]}
        for text, score, box in zip(found.txts, found.scores, found.boxes, strict=True)
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
