"""Decisions about the words of a story, on plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samskap.kernel.text import one_line, several_lines

__all__ = ["LIMITS", "MOST_WAITING", "TELLING_STAGES", "Words", "tidied", "word_problems"]

# The most characters of each.
LIMITS = {"title": 120, "text": 5000, "shown_name": 80, "picture_text": 500, "transcript": 10_000}

# Stories of one municipality that may wait at once: no flood fills the disk while nobody reads.
MOST_WAITING = 200

# The stages from which somebody can have met what an initiative does: there the page asks for stories.
TELLING_STAGES = frozenset({"pilot", "in_operation", "stopped"})


@dataclass(frozen=True, slots=True)
class Words:
    """Everything of a story that is written. `has_picture` and `has_sound` say what stands beside it."""

    title: str
    text: str = ""
    shown_name: str = ""
    picture_text: str = ""
    transcript: str = ""
    has_picture: bool = False
    has_sound: bool = False


def tidied(words: Words) -> Words:
    """The same without signs that hide; what describes a picture or a sound goes where there is none."""
    return replace(
        words,
        title=one_line(words.title),
        text=several_lines(words.text),
        shown_name=one_line(words.shown_name),
        picture_text=one_line(words.picture_text) if words.has_picture else "",
        transcript=several_lines(words.transcript) if words.has_sound else "",
    )


def word_problems(words: Words) -> dict[str, str]:
    """What is wrong with tidy words: a problem by the name of its field.

    `no_title`, `nothing_told`, `no_description`, `no_transcript`, `too_long`.
    """
    found = {name: "too_long" for name, most in LIMITS.items() if len(getattr(words, name)) > most}
    if not _says_something(words.title):
        found["title"] = "no_title"
    if not (_says_something(words.text) or words.has_picture or words.has_sound):
        found["text"] = "nothing_told"
    if words.has_picture and not _says_something(words.picture_text):
        found["picture_text"] = "no_description"
    if words.has_sound and not _says_something(words.transcript):
        found["transcript"] = "no_transcript"
    return found


def _says_something(text: str) -> bool:
    return any(sign.isalnum() for sign in text)
