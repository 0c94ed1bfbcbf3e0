"""Sound is looked at by content, and tags, pictures and places are taken out of it."""

from __future__ import annotations

import io
import struct
import wave
from typing import Any

import mutagen
import pytest
from tests.factories.sounds import box, m4a_bytes, mp3_bytes, ogg_opus_bytes, wav_bytes

from samskap.formats.sounds import MOST_BYTES, SoundError, clean_sound

WORDS = "rognekrattet +59.09+009.05/"
MAKERS: dict[str, Any] = {"mp3": mp3_bytes, "ogg": ogg_opus_bytes, "wav": wav_bytes, "m4a": m4a_bytes}


@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_is_known_by_its_content_and_its_words_are_gone(kind: str) -> None:
    told = MAKERS[kind](words=WORDS)
    assert WORDS.encode() in told
    cleaned = clean_sound(told)
    assert (cleaned.suffix, round(cleaned.seconds)) == (kind, 2 if kind != "wav" else 1)
    assert b"rogne" not in cleaned.data
    assert mutagen.File(io.BytesIO(cleaned.data)).info.length == pytest.approx(cleaned.seconds)


@pytest.mark.parametrize("kind", MAKERS)
def test_sound_without_words_is_taken_too(kind: str) -> None:
    assert clean_sound(MAKERS[kind]()).suffix == kind


def test_the_sound_itself_is_the_same() -> None:
    assert clean_sound(mp3_bytes(words=WORDS)).data == mp3_bytes()
    with wave.open(io.BytesIO(clean_sound(wav_bytes(words=WORDS)).data)) as sound:
        assert sound.readframes(99_999) == b"\x80" * 8000
    cleaned = clean_sound(m4a_bytes(words=WORDS)).data
    assert len(cleaned) == len(m4a_bytes(words=WORDS))
    assert cleaned.endswith(box(b"mdat", bytes(64)))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sound_unreadable"),
        (b"This is text.", "sound_unreadable"),
        (b"ID3\x04\0\0\0\0\0\0" + bytes(500), "sound_unreadable"),
        (b"OggS" + bytes(300), "sound_unreadable"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "sound_unreadable"),
        (m4a_bytes(handler=b"vide"), "sound_unreadable"),
        (m4a_bytes()[:-30], "sound_unreadable"),
        (box(b"ftyp", b"M4A ") + struct.pack(">I4s", 16, b"moov") * 500, "sound_unreadable"),
        (wav_bytes(seconds=601), "sound_too_long"),
        (ogg_opus_bytes(seconds=3600), "sound_too_long"),
        (bytes(MOST_BYTES + 1), "sound_too_big"),
    ],
    ids=["empty", "text", "tag only", "ogg", "wav", "film", "cut", "nested", "long", "long opus", "big"],
)
def test_what_is_no_sound_too_long_or_too_big_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(SoundError) as refused:
        clean_sound(data)
    assert refused.value.code == code
    assert refused.value.cure


def test_boxes_that_hold_each_other_without_end_are_refused() -> None:
    nested = b""
    for _ in range(2000):
        nested = box(b"moov", nested)
    with pytest.raises(SoundError):
        clean_sound(box(b"ftyp", b"M4A ") + nested)
