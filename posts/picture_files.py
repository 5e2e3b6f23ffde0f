"""What a picture file says about itself, read from its bytes by plain Python: nothing is decoded, no name is trusted.

So almost every bad picture is refused here, at once, before a decoder sees a byte of it.
"""

import re
import struct
from dataclasses import dataclass

PNG = b"\x89PNG\r\n\x1a\n"
# Apple's and Android's newer formats, which nothing here can read.
NEWER_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})
# Other files that may hang on the end of a picture. Phones hang harmless notes of their own there; those are cut off.
OTHER_FILES = (b"pk\x03\x04", b"pk\x05\x06", b"%pdf-", b"<html", b"<script", b"<!doctype", b"<svg", b"<?")
PROGRAMS = (b"\x7felf", b"mz")
# What follows a marker of JPEG: no stuffed byte, no restart, no padding.
JPEG_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JPEG_END, JPEG_SCAN = 0xD9, 0xDA


class BadPicture(Exception):
    """The file is no picture that can be read. `why`: unknown, newer, moving, broken or attached."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The bytes of one still picture and nothing after them; `kind` is what Pillow calls its format."""

    kind: str
    width: int
    height: int
    content: bytes


def picture_in(content):
    """The Picture that these bytes are. Raises BadPicture."""
    try:
        if content.startswith(PNG):
            return _whole("PNG", content, *_png(content))
        if content.startswith(b"\xff\xd8\xff"):
            return _whole("JPEG", content, *_jpeg(content))
        if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            return _whole("WEBP", content, *_webp(content))
    except (struct.error, IndexError):
        # The file ends in the middle of a number.
        raise BadPicture("broken") from None
    if content[4:8] == b"ftyp" and content[8:12] in NEWER_BRANDS:
        raise BadPicture("newer")
    raise BadPicture("moving" if content.startswith((b"GIF87a", b"GIF89a")) else "unknown")


def _whole(kind, content, width, height, end):
    """The Picture that ends at `end`. Raises BadPicture when it has no size or another file hangs on it."""
    if not (width and height) or end > len(content):
        raise BadPicture("broken")
    rest = content[end:].lstrip(b"\0").lower()
    if rest.startswith(PROGRAMS) or any(sign in rest for sign in OTHER_FILES):
        raise BadPicture("attached")
    return Picture(kind=kind, width=width, height=height, content=content[:end])


def _png(content):
    """Width, height and end of a PNG, from its chunks."""
    width, height = struct.unpack(">II", content[16:24])
    if content[12:16] != b"IHDR":
        raise BadPicture("broken")
    at, has_pixels = len(PNG), False
    while True:
        length, name = struct.unpack(">I4s", content[at : at + 8])
        at += 12 + length
        if name == b"acTL":
            raise BadPicture("moving")
        has_pixels |= name == b"IDAT"
        if name == b"IEND":
            if not has_pixels:
                raise BadPicture("broken")
            return width, height, at


def _jpeg(content):
    """Width, height and end of a JPEG, from its markers."""
    width = height = 0
    at = 2
    while marker := JPEG_MARKER.search(content, at):
        code, at = marker[1][0], marker.end()
        if code == JPEG_END:
            return width, height, at
        if code == JPEG_SCAN and not width:
            raise BadPicture("broken")
        if code in JPEG_SIZES:
            height, width = struct.unpack(">HH", content[at + 3 : at + 7])
        # A segment says how long it is; what follows a scan's is searched for the next marker.
        at += struct.unpack(">H", content[at : at + 2])[0]
    raise BadPicture("broken")


def _webp(content):
    """Width, height and end of a WebP, from its header."""
    end = struct.unpack("<I", content[4:8])[0] + 8
    name, first = content[12:16], content[20:30]
    if name == b"VP8X":
        if first[0] & 0b10:
            raise BadPicture("moving")
        width, height = (int.from_bytes(first[at : at + 3], "little") + 1 for at in (4, 7))
    elif name == b"VP8L":
        (bits,) = struct.unpack("<I", first[1:5])
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif name == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", first[6:10]))
    else:
        raise BadPicture("broken")
    return width, height, end
