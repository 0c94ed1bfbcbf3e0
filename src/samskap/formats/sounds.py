"""Sound from people: looked at by its content, and freed of everything that is not the sound.

The sound itself is not touched. Where a container keeps addresses into itself (MP4), what is taken out is blanked in
place, so that every address still fits.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mutagen import MutagenError, apev2, id3
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from samskap.formats.errors import FormatError

__all__ = ["LONGEST_S", "MOST_BYTES", "CleanSound", "SoundError", "clean_sound"]

MOST_BYTES = 20 * 1024 * 1024
LONGEST_S = 10 * 60

_BROKEN = (MutagenError, OSError, ValueError, EOFError, KeyError, IndexError, OverflowError, struct.error)
_BOXES_WITH_BOXES = {b"moov", b"trak", b"mdia", b"moof", b"traf"}
_BOXES_THAT_TELL = {b"udta", b"meta", b"uuid", b"ilst", b"loci", b"free", b"skip"}
_DEEPEST = 6  # moov, trak, mdia and what is in them
_CHUNKS_OF_SOUND = {b"fmt ", b"fact", b"data"}


class SoundError(FormatError):
    """A file that cannot be played as sound; `code` says why."""

    code = "sound"


@dataclass(frozen=True, slots=True)
class CleanSound:
    """The sound without tags; `suffix` names its kind (mp3, ogg, m4a, wav), `seconds` how long it lasts."""

    data: bytes
    suffix: str
    seconds: float


def clean_sound(data: bytes) -> CleanSound:
    """The sound with tags, pictures, places and comments gone. `SoundError` where it is none, broken or too long."""
    if len(data) > MOST_BYTES:
        raise SoundError(
            f"The sound file is larger than {MOST_BYTES // 1024**2} MB.",
            code="sound_too_big",
            cure="Choose a shorter one, or save it as MP3.",
        )
    kind = _kind(data)
    if kind is None:
        raise _unreadable()
    try:
        cleaned, seconds = _CLEANERS[kind](data)
    except _BROKEN as broken:
        raise _unreadable() from broken
    if not 0 < seconds <= LONGEST_S:
        raise _too_long() if seconds > 0 else _unreadable()
    return CleanSound(cleaned, "ogg" if kind == "opus" else kind, seconds)


def _kind(data: bytes) -> str | None:
    """What the first bytes say that it is."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "wav"
    if data[:4] == b"OggS":
        return "opus" if b"OpusHead" in data[:128] else "ogg"
    if data[4:8] == b"ftyp":
        return "m4a"
    is_mp3 = data[:3] == b"ID3" or (len(data) > 2 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2)
    return "mp3" if is_mp3 else None


def _mp3(data: bytes) -> tuple[bytes, float]:
    if _read(MP3, data).info.sketchy:
        raise ValueError("no row of frames")
    file = io.BytesIO(data)
    id3.delete(file)
    file.seek(0)
    apev2.delete(file)
    return file.getvalue(), _read(MP3, file.getvalue()).info.length


def _ogg(data: bytes) -> tuple[bytes, float]:
    return _without_comments(OggVorbis, data)


def _opus(data: bytes) -> tuple[bytes, float]:
    return _without_comments(OggOpus, data)


def _without_comments(kind: Any, data: bytes) -> tuple[bytes, float]:
    file = io.BytesIO(data)
    kind(io.BytesIO(data)).delete(file)
    return file.getvalue(), _read(kind, file.getvalue()).info.length


def _read(kind: Any, data: bytes) -> Any:
    """What mutagen, which has no types, reads from a file in memory."""
    return kind(io.BytesIO(data))


def _m4a(data: bytes) -> tuple[bytes, float]:
    """Boxes that tell something are blanked: tags, but also the place that phones write beside them."""
    blanked = bytearray(data)
    is_moving = False
    for box in _boxes(data, 0, len(data)):
        if box.kind == b"hdlr" and data[box.body + 8 : box.body + 12] == b"vide":
            is_moving = True
        if box.kind in _BOXES_THAT_TELL:
            blanked[box.start + 4 : box.start + 8] = b"free"
            blanked[box.body : box.end] = bytes(box.end - box.body)
    info = _read(MP4, bytes(blanked)).info  # after our own look: mutagen follows boxes in boxes to any depth
    if is_moving or not info.codec.startswith(("mp4a", "alac", "Opus")):
        raise ValueError("not sound alone")
    return bytes(blanked), info.length


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    body: int
    end: int


def _boxes(data: bytes, start: int, end: int, *, depth: int = 0) -> Iterator[_Box]:
    """Every box from `start` to `end`, and those inside the ones that hold others."""
    if depth > _DEEPEST:
        raise ValueError("boxes in boxes without end")
    while start + 8 <= end:
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", data[start + 8 : start + 16])[0], 16
        stop = end if size == 0 else start + size
        if stop > end or stop < start + head:
            raise ValueError("a box longer than what holds it")
        yield _Box(kind, start, start + head, stop)
        if kind in _BOXES_WITH_BOXES:
            yield from _boxes(data, start + head, stop, depth=depth + 1)
        start = stop


def _wav(data: bytes) -> tuple[bytes, float]:
    """The chunks that are the sound, and no other."""
    seconds = _read(WAVE, data).info.length
    kept = bytearray()
    at = 12
    while at + 8 <= len(data):
        kind, size = struct.unpack("<4sI", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        if kind in _CHUNKS_OF_SOUND:
            kept += struct.pack("<4sI", kind, len(body)) + body + b"\0" * (len(body) % 2)
        at += 8 + size + size % 2
    return struct.pack("<4sI4s", b"RIFF", 4 + len(kept), b"WAVE") + bytes(kept), seconds


_CLEANERS: dict[str, Callable[[bytes], tuple[bytes, float]]] = {
    "mp3": _mp3, "ogg": _ogg, "opus": _opus, "m4a": _m4a, "wav": _wav,
}  # fmt: skip


def _unreadable() -> SoundError:
    return SoundError(
        "The file is not sound that can be played.",
        code="sound_unreadable",
        cure="Choose an MP3, an M4A, an Ogg or a WAV file.",
    )


def _too_long() -> SoundError:
    return SoundError(
        f"The sound lasts longer than {LONGEST_S // 60} minutes.", code="sound_too_long", cure="Choose a shorter piece."
    )
