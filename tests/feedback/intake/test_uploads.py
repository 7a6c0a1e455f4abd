import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from feedback.intake import uploads
from feedback.intake.uploads import FileRefused, check_file


def _saved(kind: str, size: tuple[int, int] = (40, 20), **extra: Any) -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", size).save(drawn, kind, **extra)
    return SimpleUploadedFile("photo", drawn.getvalue())


def test_comments_profiles_and_places_stay_behind() -> None:
    text, exif = PngImagePlugin.PngInfo(), Image.Exif()
    text.add_text("Comment", "CANARY")
    exif[0x010F] = "CANARY"
    pictures = [
        _saved("JPEG", comment=b"CANARY", xmp=b"CANARY", icc_profile=b"CANARY", exif=exif),
        _saved("PNG", pnginfo=text, icc_profile=b"CANARY", exif=exif),
        _saved("WEBP", xmp=b"CANARY", icc_profile=b"CANARY", exif=exif),
        _saved("GIF", comment=b"CANARY"),
    ]

    clean = [check_file(picture) for picture in pictures]

    assert all(b"CANARY" not in file.content for file in clean)
    assert all(not Image.open(io.BytesIO(file.content)).info.get("icc_profile") for file in clean)
    assert [file.content_type for file in clean] == ["image/jpeg", "image/png", "image/png", "image/png"]


def test_a_picture_is_turned_as_the_camera_noted() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    clean = check_file(_saved("JPEG", exif=exif))

    assert Image.open(io.BytesIO(clean.content)).size == (20, 40)


def test_a_large_picture_is_made_smaller_and_a_bomb_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    clean = check_file(_saved("PNG", (5000, 10)))
    assert Image.open(io.BytesIO(clean.content)).width == uploads.LONGEST_SIDE_PIXELS

    monkeypatch.setattr(uploads, "PIXELS_AT_MOST", 100)
    with pytest.raises(FileRefused, match="too large"):
        check_file(_saved("PNG"))


def test_a_log_is_stripped_like_a_message() -> None:
    clean = check_file(SimpleUploadedFile("call.log", b"call dropped\nI have diabetes.\ncall ended\n"))

    assert clean.content_type == "text/plain"
    assert b"diabetes" not in clean.content
    assert b"call ended" in clean.content


@pytest.mark.parametrize("name", ["I have diabetes.txt", "I_have-diabetes.log", "call.I have diabetes"])
def test_a_name_is_stripped_too(name: str) -> None:
    clean = check_file(SimpleUploadedFile(name, b"call dropped"))

    assert "diabetes" not in clean.name
    assert clean.name.endswith(".txt")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00\xff\xfe", "something else"),
        (b"text\x00text", "something else"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"),
        (b"line\n" * 300_000, "one megabyte"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "something else|cannot be read"),
    ],
)
def test_anything_else_gets_a_clear_word(content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        check_file(SimpleUploadedFile("photo.jpg", content))
