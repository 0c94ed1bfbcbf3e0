"""From the data of a report to its PDF, and from votes to files that anyone can compute the map from again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.reports import actions, queries
from samskap.apps.reports.labels.readme import Explained, readme
from samskap.apps.statements import queries as statements
from samskap.engines.opinion_map import Votes, compare
from samskap.engines.opinion_map.votes import input_hash
from samskap.formats import typesetting
from samskap.formats.polis_csv import conversation_files
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.statements.models import Conversation
    from samskap.formats.polis_csv import Conversation as OpenConversation

__all__ = ["changes", "export_files", "typeset", "typeset_unkept"]

_FOLDER = Path(__file__).parent / "templates/reports"
# What each kind of paper is set from, one after another.
_TEMPLATES = {
    "report": ("report.typ",),
    "initiative_report": ("ground.typ", "initiative_report.typ"),
    "follow_up": ("ground.typ", "follow_up.typ"),
}
_KEPT_IN_MEMORY_S = 50


def changes(before: queries.Direction, after: queries.Direction) -> queries.ChangesTold:
    """What changed between two rounds of one conversation. Ask first whether both may be shown."""
    if before.result is None or after.result is None:
        raise NotFound(_("One of the two rounds has no result yet."), cure=_("Come back when people have answered."))
    return queries.changes_told(before, after, changes=compare(before.result, after.result))


def typeset(document: dict[str, Any], *, name: str, kind: str = "report") -> bytes:
    """The PDF of this data, tagged as PDF/UA-1. `name` and the language say which earlier file it replaces."""
    start = f"{name}-{document['lang']}-"
    kept = Path(settings.SAMSKAP_DATA) / "reports" / f"{start}{_content(document, kind)}.pdf"
    if kept.is_file():
        return kept.read_bytes()
    pdf = typesetting.typeset(_source(kind), document, name="report")
    actions.keep_file(kept, content=pdf, in_place_of=f"{start}*.pdf")
    return pdf


def typeset_unkept(document: dict[str, Any], *, kind: str) -> bytes:
    """The same of data with words that can be taken back: no file holds it, and memory only for less than a minute.

    Words that were taken back are not in the data any more, so that nobody is given a PDF with them again.
    """
    key = f"reports.pdf.{_content(document, kind)}"
    kept = cache.get(key)
    if isinstance(kept, bytes):
        return kept
    pdf = typesetting.typeset(_source(kind), document, name="report")
    cache.set(key, pdf, _KEPT_IN_MEMORY_S)
    return pdf


def _content(document: dict[str, Any], kind: str) -> str:
    data = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{_maker(kind)}\n{data}".encode()).hexdigest()[:32]


@lru_cache
def _source(kind: str) -> bytes:
    return b"\n".join((_FOLDER / name).read_bytes() for name in _TEMPLATES[kind])


@lru_cache
def _maker(kind: str) -> str:
    """What besides the data decides how the PDF looks: the template and the version of Typst."""
    return f"{version('typst')} {hashlib.sha256(_source(kind)).hexdigest()}"


def export_files(conversation: Conversation, *, round: int, site: str) -> dict[str, bytes]:
    """The files of one round by name, with a page that explains them in the reader's language.

    The page tells the hash that the engine gives these very files: whoever computes the map again can compare it.
    """
    opened = queries.open_conversation(conversation, round=round)
    background = statements.statements_of(conversation).filter(is_background=True)
    explained = Explained(
        title=conversation.said.title,
        round=round,
        address=f"{site.rstrip('/')}{reverse('reports:direction', args=[conversation.pk])}",
        has_sectors=bool(opened.sectors),
        is_illustrative=conversation.process.is_illustrative,
        background=tuple(str(number) for number in background.values_list("number", flat=True)),
        input_hash="",
    )
    explained = replace(explained, input_hash=_input_hash(opened, background=explained.background))
    return {**conversation_files(opened), "README.txt": readme(explained).encode()}


def _input_hash(opened: OpenConversation, *, background: tuple[str, ...]) -> str:
    votes = Votes.from_rows(
        opened.rows,
        people=[person.key for person in opened.people],
        statements=[statement.key for statement in opened.statements],
    )
    strata = {"sector": opened.sectors} if opened.sectors else {}
    return input_hash(votes, strata=strata, background=frozenset(background), left_out=opened.rejected)
