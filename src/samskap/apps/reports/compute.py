"""From the data of a report to its PDF, and from votes to files that anyone can compute the map from again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
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

__all__ = ["changes", "export_files", "typeset"]

_TEMPLATE = Path(__file__).parent / "templates/reports/report.typ"


def changes(before: queries.Direction, after: queries.Direction) -> queries.ChangesTold:
    """What changed between two rounds of one conversation. Ask first whether both may be shown."""
    if before.result is None or after.result is None:
        raise NotFound(_("One of the two rounds has no result yet."), cure=_("Come back when people have answered."))
    return queries.changes_told(before, after, changes=compare(before.result, after.result))


def typeset(document: dict[str, Any], *, name: str) -> bytes:
    """The PDF of this data, tagged as PDF/UA-1. `name` and the language say which earlier file it replaces."""
    data = json.dumps(document, ensure_ascii=False, sort_keys=True)
    content = hashlib.sha256(f"{_maker()}\n{data}".encode()).hexdigest()[:32]
    start = f"{name}-{document['lang']}-"
    kept = Path(settings.SAMSKAP_DATA) / "reports" / f"{start}{content}.pdf"
    if kept.is_file():
        return kept.read_bytes()
    pdf = typesetting.typeset(_TEMPLATE.read_bytes(), document, name="report")
    actions.keep_file(kept, content=pdf, in_place_of=f"{start}*.pdf")
    return pdf


@cache
def _maker() -> str:
    """What besides the data decides how the PDF looks: the template and the version of Typst."""
    return f"{version('typst')} {hashlib.sha256(_TEMPLATE.read_bytes()).hexdigest()}"


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
