"""Small sound files of every kind that is taken, written byte by byte, with tags that must go."""

from __future__ import annotations

import io
import struct
import wave

from mutagen.id3 import APIC, COMM, ID3, TIT2
from mutagen.ogg import OggPage

__all__ = ["box", "m4a_bytes", "mp3_bytes", "ogg_opus_bytes", "wav_bytes"]

_FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes, 26 ms


def mp3_bytes(*, words: str = "", frames: int = 80) -> bytes:
    """Frames of nothing, with `words` in a title, a comment and the name of a picture."""
    file = io.BytesIO(_FRAME * frames)
    if words:
        tags = ID3()
        tags.add(TIT2(encoding=3, text=words))
        tags.add(COMM(encoding=3, lang="nob", desc="", text=words))
        tags.add(APIC(encoding=3, mime="image/png", type=3, desc=words, data=b"\x89PNG"))
        tags.save(file, v1=2)
    return file.getvalue()


def ogg_opus_bytes(*, words: str = "", seconds: int = 2) -> bytes:
    """An Opus stream of one packet that says that it lasts so long."""
    comment = f"TITLE={words}".encode()
    tags = struct.pack("<8sI4sI", b"OpusTags", 4, b"test", 1) + struct.pack("<I", len(comment)) + comment
    packets = [struct.pack("<8sBBHIhB", b"OpusHead", 1, 1, 0, 48_000, 0, 0), tags, b"\xf8\xff\xfe"]
    pages = []
    for number, packet in enumerate(packets):
        page = OggPage()
        page.serial, page.sequence, page.packets = 7, number, [packet]
        page.first, page.last = number == 0, number == 2
        page.position = seconds * 48_000 if page.last else 0
        pages.append(page.write())
    return b"".join(pages)


def wav_bytes(*, words: str = "", seconds: float = 1.0) -> bytes:
    """Silence, with `words` in a chunk of information behind it."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * int(8000 * seconds))
    data = file.getvalue()
    if not words:
        return data
    said = words.encode() + b"\0" * (2 - len(words.encode()) % 2)
    told = b"LIST" + struct.pack("<I", 12 + len(said)) + b"INFO" + b"INAM" + struct.pack("<I", len(said)) + said
    return data[:4] + struct.pack("<I", len(data) - 8 + len(told)) + data[8:] + told


def box(kind: bytes, *inside: bytes) -> bytes:
    """A box of MP4 with what is inside it."""
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def m4a_bytes(*, words: str = "", seconds: int = 2, handler: bytes = b"soun") -> bytes:
    """An MP4 with one track of sound that lasts so long, with `words` where telephones write a place and a title."""
    decoder = bytes.fromhex("04 11 40 15 000000 00000000 00000000 05 02 1588")  # AAC, 8 kHz, mono
    described = b"\x03" + bytes([3 + len(decoder) + 3]) + bytes(3) + decoder + bytes.fromhex("06 01 02")
    entry = box(
        b"mp4a", bytes(6), struct.pack(">H8sHHIHH", 1, bytes(8), 1, 16, 0, 8000, 0), box(b"esds", bytes(4), described)
    )
    table = box(b"stbl", box(b"stsd", struct.pack(">II", 0, 1), entry))
    length = struct.pack(">IIIIIHH", 0, 0, 0, 1000, seconds * 1000, 0, 0)
    media = box(
        b"mdia", box(b"mdhd", length), box(b"hdlr", struct.pack(">II4s", 0, 0, handler), bytes(13)), box(b"minf", table)
    )
    said = words.encode()
    place = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(said), 0), said)) if words else b""
    movie = box(b"moov", box(b"mvhd", bytes(100)), box(b"trak", box(b"tkhd", bytes(84)), media), place)
    return box(b"ftyp", b"M4A \0\0\0\0") + movie + box(b"mdat", bytes(64))
