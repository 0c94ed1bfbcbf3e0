"""Decisions about ideas, on plain values: lengths, likeness, order, and what may still be changed."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = [
    "ERASED",
    "MOST_OWN_IDEAS",
    "TEXT_LIMIT",
    "TITLE_LIMIT",
    "Alike",
    "alike_ideas",
    "idea_problem",
    "is_editable",
    "own_order",
    "same_code",
]

# What stands where an author has taken the idea back.
ERASED = "—"
TITLE_LIMIT = 120
TEXT_LIMIT = 1000
MOST_OWN_IDEAS = 20

_FEWEST_SHARED = 2
_ALIKE_SHARE = 0.5
_SHORTEST_WORD = 4
# Words that tell nothing about what an idea is about, in the three languages.
_EMPTY_WORDS = frozenset(
    """alle andre bare bedre blir bruke burde denne dere deres dette disse eller etter flere fleire for fordi fram frå
    gjera gjere gjør gjøre hele heile hjelpe hver hvis hvor hadde have here ikke ikkje ingen innen kan kanskje kommer
    kommune kommunen kunne lage langt like litt mange mellom mer meir mest mindre mykje mye måtte noen nokre noko
    også over samme seg selv siden skal skulle slik som starte sjølv their them there they this that those til under
    uten utan ved veldig vere være vært vil ville with would your about more most should could which what when where
    """.split()  # noqa: SIM905 -- sixty words in a list are sixty lines
)


@dataclass(frozen=True, slots=True)
class Alike:
    """An idea that looks like a new one, and the words that they share."""

    pk: int
    words: tuple[str, ...]


def idea_problem(title: str, text: str) -> str | None:
    """Why cleaned words cannot be an idea: `no_title`, `title_too_long`, `text_too_long`; None where they can."""
    if not any(sign.isalnum() for sign in title):
        return "no_title"
    if len(title) > TITLE_LIMIT:
        return "title_too_long"
    return "text_too_long" if len(text) > TEXT_LIMIT else None


def alike_ideas(text: str, others: Mapping[int, str], *, most: int = 3) -> list[Alike]:
    """The ideas that share words with this one, most shared words first.

    Two texts are alike where they share at least two words of four letters or more, not counting words that tell
    nothing, and these are at least half of the words of the shorter one. A simple rule that can be said aloud.
    """
    words = _words(text)
    found = []
    for pk, other in others.items():
        theirs = _words(other)
        shared = words & theirs
        if len(shared) >= _FEWEST_SHARED and len(shared) >= _ALIKE_SHARE * min(len(words), len(theirs)):
            found.append(Alike(pk, tuple(sorted(shared))))
    return sorted(found, key=lambda like: (-len(like.words), like.pk))[:most]


def _words(text: str) -> set[str]:
    letters = "".join(sign if sign.isalnum() else " " for sign in unicodedata.normalize("NFC", text).casefold())
    return {word for word in letters.split() if len(word) >= _SHORTEST_WORD and word not in _EMPTY_WORDS}


def own_order(pks: Iterable[int], *, key: str) -> list[int]:
    """The ideas in an order that is random between tickets and always the same for one: no idea is first for all."""
    return sorted(pks, key=lambda pk: hashlib.blake2b(f"{key}:{pk}".encode(), digest_size=8).digest())


def is_editable(state: str, *, moderation: str, supporters: int, has_opportunity: bool) -> bool:
    """Whether its author may change the words: while it waits, or where nobody waits, before anybody supports it."""
    if has_opportunity:
        return False
    return state == "waiting" or (state == "accepted" and moderation == "open" and not supporters)


def same_code(one: str, other: str) -> bool:
    """Whether a typed code is the right one: case, spaces and hyphens do not matter."""
    return _plain(one) == _plain(other) != ""


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())
