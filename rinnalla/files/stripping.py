"""Pictures without what a camera adds: a photo of a form tells no place where it was taken."""

import struct
from collections.abc import Iterator

PNG_START = b"\x89PNG\r\n\x1a\n"
# What a picture needs to look right; words, times and the camera's own notes are left out.
PNG_LEFT_OUT = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
SOI, SOS, COM = 0xD8, 0xDA, 0xFE
# Sizes, colour profile, Adobe's colours.
JPEG_APPS_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
EXIF = 0xE1
ORIENTATION = 0x0112


def stripped(content: bytes, media_type: str) -> bytes:
    """The same picture without the camera's notes, but for which way is up; a PDF as it is.

    ValueError when the picture is cut off or no picture after all.
    """
    try:
        if media_type == "image/png":
            return PNG_START + b"".join(_png(content))
        if media_type == "image/jpeg":
            return b"\xff\xd8" + b"".join(_jpeg(content))
    except (struct.error, IndexError) as broken:
        raise ValueError("a broken picture") from broken
    return content


def _png(content: bytes) -> Iterator[bytes]:
    at = len(PNG_START)
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + length + 12
        if end > len(content):
            raise ValueError("cut off")
        if kind not in PNG_LEFT_OUT:
            yield content[at:end]
        at = end
        if kind == b"IEND":
            return


def _jpeg(content: bytes) -> Iterator[bytes]:
    at = 2
    while True:
        start, marker, length = struct.unpack_from(">BBH", content, at)
        if start != 0xFF:
            raise ValueError("no marker")
        if marker == SOS:
            yield _scans(content, at)
            return
        end = at + 2 + length
        body = content[at + 4 : end]
        if marker == EXIF and (up := _orientation(body)) > 1:
            yield _only_orientation(up)
        elif _is_kept(marker, body):
            yield content[at:end]
        at = end


def _scans(content: bytes, at: int) -> bytes:
    """The picture itself, without what some cameras write behind its end."""
    end = content.rfind(b"\xff\xd9")
    if end < at:
        raise ValueError("cut off")
    return content[at : end + 2]


def _is_kept(marker: int, body: bytes) -> bool:
    if marker == COM or 0xE0 <= marker <= 0xEF:
        begins = JPEG_APPS_KEPT.get(marker)
        return begins is not None and body.startswith(begins)
    return True


def _orientation(body: bytes) -> int:
    """Which way is up, 1 to 8; 1 when it does not say."""
    if not body.startswith(b"Exif\0\0"):
        return 1
    notes = body[6:]
    order = "<" if notes.startswith(b"II") else ">"
    (first,) = struct.unpack_from(f"{order}I", notes, 4)
    (count,) = struct.unpack_from(f"{order}H", notes, first)
    for number in range(count):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", notes, first + 2 + 12 * number)
        if tag == ORIENTATION:
            return int(value) if 1 <= value <= 8 else 1
    return 1


def _only_orientation(up: int) -> bytes:
    notes = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, up, 0, 0)
    body = b"Exif\0\0" + notes
    return struct.pack(">BBH", 0xFF, EXIF, len(body) + 2) + body
