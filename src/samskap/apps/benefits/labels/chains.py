"""Words people see about effect chains: what each kind of link is, and what is found when a chain is looked through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits.labels import LINKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django_stubs_ext import StrOrPromise

__all__ = [
    "FINDING_WORDS",
    "LINK_MEANINGS",
    "FindingWords",
    "finding_words",
    "kinds_words",
    "links_words",
    "loose_words",
    "way_words",
]

LINK_MEANINGS: Mapping[str, StrOrPromise] = {
    "input": _("What is put in: money, people, hours, premises."),
    "activity": _("What is done with it."),
    "output": _("What people get or can use: a course, a service, a place to meet."),
    "outcome": _("What changes for those it is meant for."),
    "impact": _("What changes for the community in the long run."),
}


@dataclass(frozen=True)
class FindingWords:
    """A finding in whole sentences: what it is about, why it is a problem, and what to do."""

    what: StrOrPromise
    why: StrOrPromise
    cure: StrOrPromise


# Gaps: `link`, or `source` and `target`: titles; `way`: the links of a loop; `kinds`: what is leapt over.
FINDING_WORDS: Mapping[str, FindingWords] = {
    "loop": FindingWords(
        _("The chain goes round in a circle: %(way)s."),
        _("Nothing can be its own cause. In a circle nobody can tell where the effect begins."),
        _("Delete one of these arrows. If it does go round, write what happens the second time as a link of its own."),
    ),
    "no_change": FindingWords(
        _("The chain says what is done, but not what changes for anybody."),
        _("Without an outcome nobody can tell whether the initiative has succeeded, and there is nothing to measure."),
        _("Add an outcome: who is better off, and in what way?"),
    ),
    "alone": FindingWords(
        _("“%(link)s” hangs alone: no arrow leads to it or from it."),
        _("Either it is no part of this initiative, or a step is missing that ties it to the rest."),
        _("Draw an arrow to it or from it, or delete it."),
    ),
    "from_nowhere": FindingWords(
        _("Nothing leads to “%(link)s”."),
        _("It does not come by itself. As long as nobody says what brings it about, nobody answers for it."),
        _("Draw an arrow to it from what brings it about."),
    ),
    "to_nowhere": FindingWords(
        _("“%(link)s” leads to nothing."),
        _("What is put in or done without anything coming of it is a cost without effect."),
        _("Draw an arrow from it to what comes of it, or delete it."),
    ),
    "backwards": FindingWords(
        _("The arrow from “%(source)s” to “%(target)s” goes back in the chain."),
        _("A chain runs from what is put in to what changes. An arrow the other way mixes up cause and effect."),
        _("Turn the arrow round, or change the kind of one of the two links."),
    ),
    "leap": FindingWords(
        _("From “%(source)s” to “%(target)s” the chain leaps over: %(kinds)s."),
        _("Where a step is missing, nobody sees why the one leads to the other, and nothing can be checked between."),
        _("Add what lies between the two. If nothing does, say so in the mechanism and leave the arrow as it is."),
    ),
    "unexplained": FindingWords(
        _("The arrow from “%(source)s” to “%(target)s” is not explained."),
        _("An arrow is a claim. Without a mechanism and an assumption nobody can check whether it holds."),
        _("Write by what mechanism the one leads to the other, and what must be so for that to happen."),
    ),
}


def finding_words(kind: str, gaps: Mapping[str, str]) -> tuple[str, str, str]:
    """What, why and cure of a finding about links or arrows, in the reader's language."""
    words = FINDING_WORDS[kind]
    return str(words.what) % gaps, str(words.why), str(words.cure)


def loose_words(titles: Sequence[str]) -> tuple[str, str, str]:
    """What, why and cure where benefits hang on no outcome."""
    what = ngettext(
        "This benefit hangs on no outcome: %(titles)s.", "These benefits hang on no outcome: %(titles)s.", len(titles)
    )
    return (
        what % {"titles": ", ".join(f"“{title}”" for title in titles)},
        gettext("It is then not said how what is done is to bring about what is measured."),
        gettext("Choose below which outcome each benefit measures."),
    )


def kinds_words(kinds: Sequence[str]) -> str:
    """Kinds of links in a row, as they stand over the columns."""
    return ", ".join(str(LINKS[kind]) for kind in kinds)


def way_words(titles: Sequence[str]) -> str:
    """Titles of links with arrows between them."""
    return " → ".join(f"“{title}”" for title in titles)


def links_words(links: int) -> str:
    """How many links a chain has."""
    return ngettext("%(n)s link", "%(n)s links", links) % {"n": links}
