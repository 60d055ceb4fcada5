"""Pictures without the place where they were taken: cameras write it into photos, and with it where people live.

Nothing is compressed anew: the picture itself is copied bit for bit. What describes it is kept by a list of what may
stay, not by a list of what must go: makers of cameras write places into many fields.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from PIL import Image
from PIL.ExifTags import IFD, Base

START, END = 0xD8, 0xD9
SCAN, COMMENT, EXIF = 0xDA, 0xFE, 0xE1
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers of JPEG without a length."""
APPLICATIONS = range(0xE0, 0xF0)
KEPT_APPLICATIONS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""What programs need to show the colours as they are."""
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
"""Where the coded picture ends: its own 0xff are followed by a zero or by a restart."""
EXIF_HEAD = b"Exif\0\0"
MOMENT = re.compile(r"\d{4}:\d{2}:\d{2} \d{2}:\d{2}:\d{2}")
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
KEPT_CHUNKS = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT cICP mDCV cLLI acTL fcTL fdAT".split(),
)
"""Chunks of PNG that are needed to show it; those that begin with a capital letter are the picture itself."""


class _Segment(NamedTuple):
    """A part of a JPEG file: its marker, all its bytes, and those behind marker and length."""

    marker: int
    whole: bytes
    body: bytes


def without_place(content: bytes, media_type: str) -> bytes:
    """The same picture, with nothing beside it but how it is turned and when it was taken; other files as they are.

    Raises:
        ValueError: the picture is damaged.
    """
    match media_type:
        case "image/jpeg":
            return _jpeg(content)
        case "image/png":
            return b"".join((PNG_HEAD, *_kept_chunks(content)))
    return content


def _jpeg(content: bytes) -> bytes:
    """Head, what is kept of the Exif, and the picture up to its end, behind which many cameras put another."""
    segments = list(_segments(content))
    if not any(segment.marker == SCAN for segment in segments):
        raise ValueError("a JPEG file without a picture")
    exif = next((each.body for each in segments if each.marker == EXIF and each.body.startswith(EXIF_HEAD)), b"")
    kept = [segment for segment in segments if _is_kept(segment)]
    heads = [segment.whole for segment in kept if segment.marker == 0xE0]
    rest = [segment.whole for segment in kept if segment.marker != 0xE0]
    return b"".join((b"\xff\xd8", *heads, _kept_exif(exif), *rest))


def _segments(content: bytes) -> Iterator[_Segment]:
    """The parts behind the start, up to the first end."""
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            raise ValueError("no marker where one stands in JPEG")
        start = at
        while at < len(content) and content[at] == 0xFF:
            at += 1
        marker = content[at] if at < len(content) else END
        at += 1
        if marker == END:
            yield _Segment(marker, b"\xff\xd9", b"")
            return
        if marker in ALONE:
            yield _Segment(marker, content[start:at], b"")
            continue
        length = int.from_bytes(content[at : at + 2])
        body = content[at + 2 : at + length]
        if length < 2 or len(body) != length - 2:
            raise ValueError("a segment of JPEG is cut off")
        at += length
        if marker == SCAN:
            following = NEXT_MARKER.search(content, at)
            at = following.start() if following else len(content)
        yield _Segment(marker, content[start:at], body)


def _is_kept(segment: _Segment) -> bool:
    if segment.marker in APPLICATIONS:
        head = KEPT_APPLICATIONS.get(segment.marker)
        return head is not None and segment.body.startswith(head)
    return segment.marker != COMMENT


def _kept_exif(body: bytes) -> bytes:
    """How the picture is turned and when it was taken, as a segment; nothing where neither is said readably."""
    read, kept = Image.Exif(), Image.Exif()
    try:
        read.load(body)
        details = dict(read.get_ifd(IFD.Exif))
        first = dict(read)
    except Exception:
        return b""
    turned = first.get(Base.Orientation)
    if isinstance(turned, int) and 1 < turned <= 8:
        kept[Base.Orientation] = turned
    taken = details.get(Base.DateTimeOriginal)
    if isinstance(taken, str) and MOMENT.fullmatch(taken):
        kept.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = taken
    if not (kept or kept.get_ifd(IFD.Exif)):
        return b""
    packed = kept.tobytes()
    return b"\xff\xe1" + (len(packed) + 2).to_bytes(2) + packed


def _kept_chunks(content: bytes) -> Iterator[bytes]:
    """The chunks of a PNG file that show it, up to the last."""
    at, kind = len(PNG_HEAD), b""
    while kind != b"IEND":
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        chunk = content[at : at + 12 + length]
        if len(chunk) != 12 + length or not kind.isalpha():
            raise ValueError("a chunk of PNG is cut off")
        at += len(chunk)
        if kind[:1].isupper() or kind in KEPT_CHUNKS:
            yield chunk
