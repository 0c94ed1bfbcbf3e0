"""Odd votes as told to people: counts, and what they do. Results: show them only where they are visible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from samskap.apps.statements import labels
from samskap.apps.statements.models import OpinionMap
from samskap.formats import guards_json
from samskap.formats.guards_json import GuardsTold, KindTold, Move, StatementSide

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["GuardRow", "guard_rows", "guard_sentences", "guards_of"]


@dataclass(frozen=True, slots=True)
class GuardRow:
    """One kind of odd votes, in words: its name and meaning, how many people, and what would change without them."""

    name: StrOrPromise
    meaning: StrOrPromise
    people: str
    changes: tuple[str, ...]


def guards_of(stored: OpinionMap) -> GuardsTold | None:
    """What was flagged among the votes of a map; None for maps made before there were guards."""
    document = stored.document.get("guards")
    return guards_json.from_document(document) if document else None


def guard_sentences(stored: OpinionMap) -> list[str]:
    """One sentence or two for each kind of which something was flagged, fit for everybody who may see the map."""
    told = guards_of(stored)
    found = told.found if told else ()
    return [labels.guard_sentence(each.kind, flagged=each.flagged, changed=each.changed) for each in found]


def guard_rows(stored: OpinionMap) -> list[GuardRow] | None:
    """A row for each kind of which something was flagged; None where nobody has looked."""
    told = guards_of(stored)
    return None if told is None else [_row(each) for each in told.found]


def _row(kind: KindTold) -> GuardRow:
    name, meaning = labels.GUARDS[kind.kind]
    return GuardRow(name=name, meaning=meaning, people=labels.guard_people(kind.flagged), changes=tuple(_changes(kind)))


def _changes(kind: KindTold) -> list[str]:
    said = [_ground(kind)] if not (kind.gained or kind.lost) else []
    if kind.gained:
        said.append(gettext("Would enter the common ground: %(numbers)s.") % {"numbers": _numbers(kind.gained)})
    if kind.lost:
        said.append(gettext("Would leave the common ground: %(numbers)s.") % {"numbers": _numbers(kind.lost)})
    return said + ([_move(kind.moves[0])] if kind.moves else [])


def _ground(kind: KindTold) -> str:
    if not kind.changed:
        return gettext("The common ground would be the same.")
    return ngettext(
        "%(n)s statement would enter or leave the common ground.",
        "%(n)s statements would enter or leave the common ground.",
        kind.changed,
    ) % {"n": kind.changed}


def _numbers(statements: tuple[StatementSide, ...]) -> str:
    return ", ".join(gettext("statement %(n)s") % {"n": each.statement} for each in statements)


def _move(move: Move) -> str:
    text = (
        gettext("Largest move: agreement with statement %(n)s would go from %(share)s %% to %(other)s %%.")
        if move.side == "agree"
        else gettext("Largest move: disagreement with statement %(n)s would go from %(share)s %% to %(other)s %%.")
    )
    return text % {"n": move.statement, "share": move.share, "other": move.share_without}
