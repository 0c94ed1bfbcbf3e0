"""Pictures are looked at by content, made anew, and nothing of them but the picture is kept."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin
from tests.factories.stories import picture_bytes

from samskap.formats.pictures import MOST_BYTES, PictureError, clean_picture


def opened(data: bytes) -> Image.Image:
    """What is kept, as another reads it."""
    return Image.open(io.BytesIO(clean_picture(data).data))


def told_exif() -> Image.Exif:
    """Where, when and with what a picture was taken, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x010E], exif[0x9286], exif[0x0112] = "Kari ved rognekrattet", "en kommentar", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 5.0, 30.0), 3: "E", 4: (9.0, 3.0, 0.0)})
    return exif


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"),
                                            ("PNG", "P"), ("WEBP", "RGB")])  # fmt: skip
def test_every_kind_becomes_a_jpeg_of_the_same_size(kind: str, mode: str) -> None:
    colour = {"L": 90, "P": 1, "CMYK": (0, 90, 90, 10)}.get(mode, (200, 30, 40))
    made = opened(picture_bytes(kind, mode=mode, colour=colour))
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (60, 40))


def test_place_time_comment_and_words_are_gone_and_the_picture_stands_upright() -> None:
    told = picture_bytes(exif=told_exif(), comment=b"rognekrattet")
    assert b"rognekrattet" in told
    cleaned = clean_picture(told).data
    made = Image.open(io.BytesIO(cleaned))
    assert made.size == (40, 60)
    assert (dict(made.getexif()), set(made.info)) == ({}, {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                                          "progressive", "progression"})  # fmt: skip
    assert b"rognekrattet" not in cleaned
    assert b"Exif" not in cleaned


def test_words_in_a_png_are_gone() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "rognekrattet", zip=True)
    words.add_itxt("XML:com.adobe.xmp", "<x>rognekrattet</x>")
    assert b"rognekrattet" not in clean_picture(picture_bytes("PNG", pnginfo=words)).data


def test_the_longest_side_is_1600_points_and_a_small_one_stays_small() -> None:
    assert opened(picture_bytes(size=(3200, 1000))).size == (1600, 500)
    assert opened(picture_bytes("PNG", size=(900, 2000))).size == (720, 1600)


def test_what_can_be_seen_through_stands_on_white() -> None:
    made = opened(picture_bytes("PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    assert made.getpixel((5, 5)) == (255, 255, 255)


def test_colours_of_a_profile_become_those_of_the_web() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = opened(picture_bytes("PNG", icc_profile=profile))
    assert "icc_profile" not in made.info
    assert max(abs(a - b) for a, b in zip(made.getpixel((5, 5)), (200, 30, 40), strict=True)) <= 3


def test_a_broken_profile_is_left_out() -> None:
    assert opened(picture_bytes("PNG", icc_profile=b"not a profile")).size == (60, 40)


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:], duration=100)
    red, _green, blue = opened(written.getvalue()).getpixel((5, 5))  # type: ignore[misc]
    assert (red > 200, blue < 60) == (True, True)


def test_a_picture_with_others_behind_it_as_telephones_make_them_is_a_jpeg() -> None:
    first, second = (Image.new("RGB", (20, 30), colour) for colour in ("red", "blue"))
    written = io.BytesIO()
    first.save(written, "MPO", save_all=True, append_images=[second])
    assert Image.open(io.BytesIO(written.getvalue())).format == "MPO"
    made = opened(written.getvalue())
    assert (made.format, made.size) == ("JPEG", (20, 30))
    assert made.getpixel((5, 5))[0] > 200  # type: ignore[index]


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says that it is so large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b"")]
    body = b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "picture_unreadable"),
        (b"%PDF-1.7 not a picture", "picture_unreadable"),
        (b"GIF89a" + bytes(200), "picture_unreadable"),
        (picture_bytes(size=(400, 400))[:700], "picture_unreadable"),
        (bomb(6000, 6000), "picture_too_many_pixels"),
        (bomb(12_000, 12_000), "picture_too_many_pixels"),
        (bomb(60_000, 60_000), "picture_too_many_pixels"),
        (bomb(25_000, 2), "picture_too_many_pixels"),
        (bytes(MOST_BYTES + 1), "picture_too_big"),
    ],
    ids=["empty", "svg", "pdf", "gif", "cut", "bomb", "warned", "refused", "thread", "big"],
)
def test_what_is_no_picture_a_bomb_or_too_big_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PictureError) as refused:
        clean_picture(data)
    assert refused.value.code == code
    assert refused.value.cure
