"""Files as they come in: images are drawn anew, so that place and camera are gone; text is stripped."""

import io
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

from feedback.stripping import strip, written_out

IMAGE_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
LONGEST_SIDE_PIXELS = 4096
FILES_AT_MOST = 5
BYTES_AT_MOST = 15 * 1024 * 1024
TEXT_BYTES_AT_MOST = 1024 * 1024
PIXELS_AT_MOST = 50_000_000
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
Image.MAX_IMAGE_PIXELS = PIXELS_AT_MOST


class FileRefused(ValueError):
    """A file of a kind we do not take; the message says which kinds we do."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be sealed: its name stripped, its content checked and cleaned."""

    name: str
    content_type: str
    content: bytes


def check_file(upload: "UploadedFile[bytes]") -> CheckedFile:
    """Return the cleaned file; raise FileRefused for what is neither an image nor plain text."""
    name = _name_of(upload)
    raw = upload.read(BYTES_AT_MOST + 1)
    if len(raw) > BYTES_AT_MOST:
        raise FileRefused("This file is larger than 15 megabytes.")
    try:
        return _drawn_anew(name, raw)
    except UnidentifiedImageError:
        return _as_text(name, raw)
    except FileRefused:
        raise
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise FileRefused("This picture cannot be read. Try a screenshot of it.") from error


def _drawn_anew(name: str, raw: bytes) -> CheckedFile:
    """Return the pixels alone, turned as the camera noted; every comment, profile and place stays behind."""
    with Image.open(io.BytesIO(raw), formats=list(IMAGE_FORMATS)) as image:
        if image.width * image.height > PIXELS_AT_MOST:
            raise FileRefused("This picture is too large. Try a screenshot of it.")
        is_jpeg = image.format == "JPEG"
        image.thumbnail((LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS))
        clean = ImageOps.exif_transpose(image).convert("RGB" if is_jpeg else "RGBA")
    clean.info = {}
    drawn = io.BytesIO()
    clean.save(drawn, format="JPEG" if is_jpeg else "PNG", quality=88)
    content_type, ending = ("image/jpeg", ".jpg") if is_jpeg else ("image/png", ".png")
    return CheckedFile(name + ending, content_type, drawn.getvalue())


def _as_text(name: str, raw: bytes) -> CheckedFile:
    if raw[4:8] == b"ftyp" and raw[8:12] in _HEIC_BRANDS:
        raise FileRefused("This picture is in the HEIC format, which we cannot read. Try a screenshot of it.")
    if len(raw) > TEXT_BYTES_AT_MOST:
        raise FileRefused("We take pictures, and text or logs of at most one megabyte.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileRefused("We take pictures (JPEG, PNG, WebP, GIF) and plain text. This is something else.") from error
    if "\x00" in text:
        raise FileRefused("We take pictures (JPEG, PNG, WebP, GIF) and plain text. This is something else.")
    words = strip(text)
    return CheckedFile(f"{name}.txt", "text/plain", written_out(words.text, words.marks, lambda _: "[…]").encode())


def _name_of(upload: "UploadedFile[bytes]") -> str:
    """Return the name without its ending, stripped; `my_diabetes-log` is read as words."""
    stem = PurePath((upload.name or "")[-120:]).stem
    words = strip(stem)
    if not words.marks and (spaced := strip(stem.replace("_", " ").replace("-", " "))).marks:
        words = spaced
    return written_out(words.text, words.marks, lambda _: "[…]").strip() or "file"
