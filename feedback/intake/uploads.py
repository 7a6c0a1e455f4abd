"""Files as they come in: images are drawn anew, so that place and camera are gone; text is stripped."""

import io
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, UnidentifiedImageError

from feedback.intake.stripping import strip_words
from feedback.stripping import StrippedText
from feedback.tickets.words import categories_of, elided

IMAGE_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
LONGEST_SIDE_PIXELS = 4096
FILES_AT_MOST = 5
BYTES_AT_MOST = 15 * 1024 * 1024
TEXT_BYTES_AT_MOST = 1024 * 1024
PIXELS_AT_MOST = 50_000_000
_CANNOT_BE_READ = _("This picture cannot be read. Try a screenshot of it.")
_SOMETHING_ELSE = _("We take pictures (JPEG, PNG, WebP, GIF) and plain text. This is something else.")
_TOO_LARGE = _("This picture is too large. Try a screenshot of it.")
_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What the orientation of EXIF 2.3, 4.6.4 A, asks for."""
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
Image.MAX_IMAGE_PIXELS = PIXELS_AT_MOST
_drawing = threading.Lock()
"""One picture at a time: unpacked, the largest takes hundreds of megabytes."""


class FileRefused(ValueError):
    """A file of a kind we do not take; the message says which kinds we do."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be sealed: its name stripped, its content checked and cleaned.

    left_out: the category of each cut in its name and its text.
    """

    name: str
    content_type: str
    content: bytes
    left_out: tuple[str, ...] = ()


def check_file(upload: "UploadedFile[bytes]") -> CheckedFile:
    """Return the cleaned file; raise FileRefused for what is neither an image nor plain text."""
    raw = upload.read(BYTES_AT_MOST + 1)
    if len(raw) > BYTES_AT_MOST:
        raise FileRefused(_("This file is larger than 15 megabytes."))
    if not raw:
        raise FileRefused(_("This file is empty."))
    words = _name_of(upload)
    file = _checked(elided(words).strip() or "file", raw)
    return replace(file, left_out=(*categories_of(words), *file.left_out))


def _checked(name: str, raw: bytes) -> CheckedFile:
    try:
        with _drawing:
            return _drawn_anew(name, raw)
    except UnidentifiedImageError:
        return _as_text(name, raw)
    except FileRefused:
        raise
    except Image.DecompressionBombError as error:
        raise FileRefused(_TOO_LARGE) from error
    except Exception as error:  # a broken picture makes Pillow raise SyntaxError, struct.error and whatever else
        raise FileRefused(_CANNOT_BE_READ) from error


def _drawn_anew(name: str, raw: bytes) -> CheckedFile:
    """Return the pixels alone, turned as the camera noted; every comment, profile and place stays behind."""
    with Image.open(io.BytesIO(raw), formats=list(IMAGE_FORMATS)) as image:
        if image.width * image.height > PIXELS_AT_MOST:
            raise FileRefused(_TOO_LARGE)
        # A JPEG with several pictures in it, as some phones write them, calls itself MPO once it is open.
        is_jpeg = image.format in ("JPEG", "MPO")
        image.thumbnail((LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS))
        clean = _turned(image).convert("RGB" if is_jpeg else "RGBA")
    clean.info = {}
    drawn = io.BytesIO()
    clean.save(drawn, format="JPEG" if is_jpeg else "PNG", quality=88)
    content_type, ending = ("image/jpeg", ".jpg") if is_jpeg else ("image/png", ".png")
    return CheckedFile(name + ending, content_type, drawn.getvalue())


def _turned(image: Image.Image) -> Image.Image:
    """Return the picture upright; one whose notes cannot be read stays as it lies."""
    orientation = None
    with suppress(Exception):
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    turn = _TURNED.get(orientation) if isinstance(orientation, int) else None
    return image.transpose(turn) if turn is not None else image


def _as_text(name: str, raw: bytes) -> CheckedFile:
    if raw[4:8] == b"ftyp" and raw[8:12] in _HEIC_BRANDS:
        raise FileRefused(_("This picture is in the HEIC format, which we cannot read. Try a screenshot of it."))
    if len(raw) > TEXT_BYTES_AT_MOST:
        raise FileRefused(_("We take pictures, and text or logs of at most one megabyte."))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileRefused(_SOMETHING_ELSE) from error
    if "\x00" in text:
        raise FileRefused(_SOMETHING_ELSE)
    words = strip_words(text)
    return CheckedFile(f"{name}.txt", "text/plain", elided(words).encode(), categories_of(words))


def _name_of(upload: "UploadedFile[bytes]") -> StrippedText:
    """Return the name without its ending, stripped; words may be joined by hyphens and underscores."""
    return strip_words(PurePath((upload.name or "")[-120:]).stem)
