"""Pictures from people: looked at by their content, made anew, and freed of everything that is not the picture."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from samskap.formats.errors import FormatError

__all__ = ["LONGEST_SIDE", "LONGEST_SIDE_READ", "MOST_BYTES", "CleanPicture", "PictureError", "clean_picture"]

MOST_BYTES = 15 * 1024 * 1024
LONGEST_SIDE = 1600  # pixels of what is kept
LONGEST_SIDE_READ = 20_000
_QUALITY = 85

# Pixels that are unpacked at most. A JPEG is unpacked at a fraction of its size, the others are not. A JPEG with more
# pictures behind the first, as telephones make them, is called MPO.
_MOST_PIXELS = {"JPEG": 64_000_000, "MPO": 64_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
_FORMATS = ("JPEG", "PNG", "WEBP")  # who looks; the first gives MPO too
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, SyntaxError, TypeError, ValueError, EOFError, struct.error)


class PictureError(FormatError):
    """A file that cannot be shown as a picture; `code` says why."""

    code = "picture"


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture that was looked at and made anew: a JPEG."""

    data: bytes
    suffix: str = "jpg"


def clean_picture(data: bytes) -> CleanPicture:
    """The picture as a JPEG of at most 1,600 pixels a side, upright, in sRGB, and with no metadata at all.

    What it is is read from its content: a JPEG, a PNG or a WebP, whatever its name says. Its size in pixels is read
    before anything is unpacked. Of a moving picture the first frame is kept. `PictureError` where it is none of these,
    broken, or too big.
    """
    if len(data) > MOST_BYTES:
        raise _too_big()
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            _check_size(picture)
            return CleanPicture(_made_anew(picture))
    except _BOMBS as bomb:
        raise _bomb() from bomb
    except _BROKEN as broken:
        raise PictureError(
            "The file is not a picture that can be read.",
            code="picture_unreadable",
            cure="Choose a JPEG, a PNG or a WebP.",
        ) from broken


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > _MOST_PIXELS[str(picture.format)] or max(picture.size) > LONGEST_SIDE_READ:
        raise _bomb()


def _made_anew(picture: Image.Image) -> bytes:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked small; others do not know this
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    flat = _in_srgb(_flattened(upright), profile)
    # A new picture of nothing but the pixels: no EXIF, comment, profile or thumbnail can come along.
    bare = Image.new("RGB", flat.size)
    bare.paste(flat)
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return written.getvalue()


def _flattened(picture: Image.Image) -> Image.Image:
    """Red, green and blue; what can be seen through stands on white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as they were meant, where the picture says what it means by them."""
    if not profile:
        return picture
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, *_BROKEN):
        return picture
    return changed or picture


def _too_big() -> PictureError:
    return PictureError(
        f"The picture is larger than {MOST_BYTES // 1024**2} MB.",
        code="picture_too_big",
        cure="Choose a smaller one.",
    )


def _bomb() -> PictureError:
    return PictureError(
        "The picture has more points than can be unpacked safely.",
        code="picture_too_many_pixels",
        cure="Make it smaller and choose it again.",
    )
