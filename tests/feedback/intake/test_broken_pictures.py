import io
import os
import random
import secrets
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, PngImagePlugin

from consent.ledger.actions import Agreed
from feedback.intake.uploads import LONGEST_SIDE_PIXELS, CheckedFile, FileRefused, check_file
from feedback.tickets.models import Ticket

TRIES = 4000 if os.environ.get("PROOF") == "1" else 150
KEPT_OF_PNG = {b"IHDR", b"IDAT", b"IEND"}
KEPT_OF_JPEG = {0xC0, 0xC4, 0xDB, 0xE0}
"""Size, tables and the empty JFIF mark: no EXIF (E1), profile (E2) or comment (FE)."""


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "CANARY"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    return exif


def _texts() -> PngImagePlugin.PngInfo:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "CANARY")
    texts.add_text("Author", "CANARY" * 20, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", "<x>CANARY</x>", zip=True)
    return texts


def _saved(kind: str, mode: str = "RGB", **extra: object) -> bytes:
    drawn, noise = io.BytesIO(), Image.effect_noise((40, 30), 60).convert(mode)
    if extra.pop("moves", False):
        extra |= {"save_all": True, "append_images": [noise.rotate(90)] * 3}
    noise.save(drawn, kind, **extra)
    return drawn.getvalue()


_marked = {"exif": _exif(), "xmp": b"<x>CANARY</x>", "icc_profile": b"CANARY" * 30}
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::PIL.Image.DecompressionBombWarning")
PICTURES = {
    "jpeg": _saved("JPEG", comment=b"CANARY", **_marked),
    "progressive": _saved("JPEG", progressive=True, **_marked),
    "cmyk": _saved("JPEG", "CMYK", **_marked),
    "grey": _saved("JPEG", "L", **_marked),
    "several in one": _saved("MPO", moves=True, **_marked),
    "png": _saved("PNG", pnginfo=_texts(), exif=_exif(), icc_profile=b"CANARY" * 30),
    "palette": _saved("PNG", "P", pnginfo=_texts()),
    "one bit": _saved("PNG", "1"),
    "sixteen bit": _saved("PNG", "I;16"),
    "transparent": _saved("PNG", "LA"),
    "moving png": _saved("PNG", moves=True),
    "gif": _saved("GIF", "P", comment=b"CANARY"),
    "moving gif": _saved("GIF", "P", moves=True, comment=b"CANARY"),
    "webp": _saved("WEBP", **_marked),
    "moving webp": _saved("WEBP", moves=True, **_marked),
}
JPEGS = {"jpeg", "progressive", "cmyk", "grey", "several in one"}


@pytest.mark.parametrize("kind", PICTURES)
def test_of_every_kind_of_picture_the_pixels_alone_are_kept(kind: str) -> None:
    clean = _checked(PICTURES[kind])

    assert clean.content_type == ("image/jpeg" if kind in JPEGS else "image/png")
    _assert_nothing_but_pixels(clean)
    assert b"CANARY" not in clean.content


@pytest.mark.parametrize("kind", PICTURES)
def test_a_broken_picture_is_refused_in_words_or_read_clean(kind: str) -> None:
    seed = secrets.randbits(32)
    refused = 0
    for number, broken in enumerate(_broken(PICTURES[kind], random.Random(seed))):
        try:
            _assert_nothing_but_pixels(_checked(broken))
        except FileRefused:
            refused += 1
        except Exception as error:
            pytest.fail(f"seed {seed}, try {number}: {type(error).__name__} got through")

    assert refused


def test_a_picture_whose_notes_are_nonsense_is_taken_all_the_same() -> None:
    maker_as_text, maker_as_fraction = b"\x01\x0f\x00\x02", b"\x01\x0f\x00\x0b"
    assert maker_as_text in PICTURES["jpeg"]

    clean = _checked(PICTURES["jpeg"].replace(maker_as_text, maker_as_fraction))

    assert Image.open(io.BytesIO(clean.content)).size == (30, 40)
    _assert_nothing_but_pixels(clean)


@pytest.mark.parametrize("size", [(1, 65000), (65000, 1), (1, 1)])
def test_a_picture_of_odd_measures_fits(size: tuple[int, int]) -> None:
    clean = _checked(_png(size))

    assert max(Image.open(io.BytesIO(clean.content)).size) <= LONGEST_SIDE_PIXELS


@pytest.mark.parametrize("size", [(7072, 7072), (20_000, 20_000), (2**31 - 1, 2**31 - 1), (0, 10)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(FileRefused, match="too large" if size[0] else "cannot be read|something else"):
        _checked(_png(size, rows=1))


def test_large_pictures_sent_at_once_are_drawn_one_after_another() -> None:
    program = """
import io, resource, threading
import django; django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from feedback.intake.uploads import check_file
drawn = io.BytesIO()
Image.new("RGBA", (4000, 4000)).save(drawn, "PNG", compress_level=1)
def check(): check_file(SimpleUploadedFile("photo", drawn.getvalue()))
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
check()
alone = peak()
threads = [threading.Thread(target=check) for _ in range(3)]
for each in threads: each.start()
for each in threads: each.join()
print(peak() / alone)
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "imsupport.settings"}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, cwd=_ROOT, capture_output=True, text=True)

    assert float(ran.stdout) < 1.3, ran.stderr


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"msf1", b"hevc"])
def test_a_heic_picture_gets_a_word_of_its_own(brand: bytes) -> None:
    with pytest.raises(FileRefused, match="HEIC"):
        _checked(b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00" + bytes(range(256)))


@pytest.mark.parametrize("ruined", ["jpeg", "png", "gif", "webp"])
def test_the_words_come_back_with_the_reason(ruined: str, mia: Agreed, client_for: Callable[..., Client]) -> None:
    broken = bytearray(PICTURES[ruined][:-30])
    broken[len(broken) // 2 :] = b"\xff" * (len(broken) - len(broken) // 2)
    given = {"message": "The heron button stays grey.", "idempotency_key": "k"}

    response = client_for(mia).post("/feedback/", {**given, "attachments": SimpleUploadedFile("a.png", bytes(broken))})

    assert response.status_code == 400
    assert "The heron button stays grey." in response.content.decode()
    assert "This picture cannot be read" in response.content.decode()
    assert not Ticket.objects.exists()


_ROOT = Path(__file__).parents[3]


def _checked(content: bytes) -> CheckedFile:
    return check_file(SimpleUploadedFile("photo", content))


def _broken(whole: bytes, chance: random.Random) -> Iterator[bytes]:
    """Yield it cut short, with other bytes, mostly in its head, and with bytes missing."""
    for _ in range(TRIES):
        content = bytearray(whole)
        kind = chance.random()
        if kind < 0.2:
            del content[chance.randrange(len(content)) :]
        else:
            for _ in range(chance.choice((1, 1, 2, 4, 16))):
                place = chance.randrange(min(len(content), chance.choice((60, 200, len(content)))))
                content[place] = chance.choice(
                    (0, 255, chance.randrange(256), content[place] ^ 1 << chance.randrange(8))
                )
        if kind > 0.8:
            place = chance.randrange(len(content))
            del content[place : place + chance.randrange(1, 9)]
        yield bytes(content)


def _png(size: tuple[int, int], rows: int = 0) -> bytes:
    """Return a black picture that says it has this size, and has so many rows (all when none are told)."""
    width, height = size
    line = b"\x00" * (min(width, 100_000) + 1)
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(line * (rows or height))),
        (b"IEND", b""),
    ]
    written = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def _assert_nothing_but_pixels(file: CheckedFile) -> None:
    parts = {"image/png": _png_chunks, "image/jpeg": _jpeg_segments}.get(file.content_type)
    if parts is not None:
        assert set(parts(file.content)) <= {*KEPT_OF_PNG, *KEPT_OF_JPEG}


def _png_chunks(content: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        yield content[at + 4 : at + 8]
        at += 12 + length


def _jpeg_segments(content: bytes) -> Iterator[int]:
    """Yield the kinds of segments before the scan; ours has one scan, and ends with it."""
    at = 2
    while content[at + 1] != 0xDA:
        yield content[at + 1]
        (length,) = struct.unpack_from(">H", content, at + 2)
        at += 2 + length
    assert content.endswith(b"\xff\xd9")
    assert b"\xff\xe1" not in content[at:]
