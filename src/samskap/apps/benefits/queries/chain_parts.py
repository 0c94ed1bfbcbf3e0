"""What effect chains add to the pages of an initiative, what a chain can begin from, and the choices in its forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from samskap.apps.benefits.labels import LINKS
from samskap.apps.benefits.labels.chains import links_words
from samskap.apps.benefits.queries.chains import chain_of
from samskap.apps.benefits.rules import chains
from samskap.apps.initiatives.labels.opportunities import amount_words
from samskap.apps.initiatives.queries import partnership
from samskap.web.localised import LANGUAGES
from samskap.web.parts import Card, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "Proposed",
    "chain_proposals",
    "initiative_chain",
    "initiative_chain_at_work",
    "link_choices",
    "outcome_choices",
]


@dataclass(frozen=True)
class Proposed:
    """A link that could be made: `texts` as a link has them, `about` says where it comes from."""

    key: str
    kind: str
    kind_name: str
    title: str
    lang: str
    about: str
    texts: dict[str, Any]
    benefit: int | None = None

    @property
    def words(self) -> str:
        """What it would say, of which kind it would be, and where it comes from."""
        return f"{self.title} ({self.kind_name}; {self.about})"


def chain_proposals(initiative: Initiative) -> list[Proposed]:
    """Inputs from costs and from what partners bring, outcomes from benefits; not what is a link already."""
    there = {(link.kind, link.title) for link in initiative.chain_links.all()}
    found: dict[tuple[str, str], Proposed] = {}
    for one in (*_from_costs(initiative), *_from_partners(initiative), *_from_benefits(initiative)):
        key = (one.kind, one.texts["title"])
        if key not in there:
            found.setdefault(key, one)
    return list(found.values())


def _from_costs(initiative: Initiative) -> Iterator[Proposed]:
    for line in initiative.cost_lines.all():
        texts = {"language": line.language, "title": line.text[:160], "translations": _titles(line, "text")}
        yield _proposed(f"cost-{line.pk}", "input", _("from the costs"), texts, line.said.text, line.said.lang)


def _from_partners(initiative: Initiative) -> Iterator[Proposed]:
    """What organisations have promised and not broken: hours, kroner, or something in words."""
    for sector in partnership(initiative).sectors:
        for partner in sector.partners:
            for one in partner.commitments.all():
                if one.state == "not_delivered" or partner.organisation is None:
                    continue
                said = {
                    code: f"{partner.organisation.name}: {_commitment(one, code)}"[:160] for code, _name in LANGUAGES
                }
                own = initiative.language
                others = {code: {"title": words} for code, words in said.items() if code != own}
                texts = {"language": own, "title": said[own], "translations": others}
                shown = _commitment(one, None)
                title = f"{partner.organisation.name}: {shown}"
                yield _proposed(f"promise-{one.pk}", "input", _("from the partners"), texts, title, "")


def _commitment(commitment: Any, code: str | None) -> str:
    """What is promised, in this language or the reader's."""
    if commitment.amount is None:
        return str(commitment.text and (commitment.said_in(code) if code else commitment.said).text)
    if code is None:
        return amount_words(commitment.kind, commitment.amount)
    with override(code):
        return amount_words(commitment.kind, commitment.amount)


def _from_benefits(initiative: Initiative) -> Iterator[Proposed]:
    for one in initiative.benefits.filter(link=None):
        texts = {"language": one.language, "title": one.title, "translations": _titles(one, "title")}
        about = _("from the benefits")
        yield _proposed(f"benefit-{one.pk}", "outcome", about, texts, one.said.title, one.said.lang, benefit=one.pk)


def _titles(thing: Any, field: str) -> dict[str, dict[str, str]]:
    return {code: {"title": said[field][:160]} for code, said in thing.translations.items() if said.get(field)}


def _proposed(
    key: str, kind: str, about: str, texts: dict[str, Any], title: str, lang: str, *, benefit: int | None = None
) -> Proposed:
    return Proposed(key, kind, str(LINKS[kind]), title, lang, about, texts, benefit)


def link_choices(initiative: Initiative) -> list[tuple[int, str]]:
    """The links that an arrow can begin and end at, by kind."""
    links = sorted(initiative.chain_links.all(), key=lambda one: chains.KINDS.index(one.kind))
    return [(link.pk, f"{LINKS[link.kind]}: {link.said.title}") for link in links]


def outcome_choices(initiative: Initiative) -> list[tuple[int, str]]:
    """The links that a benefit can hang on."""
    links = initiative.chain_links.filter(kind__in=chains.ENDS)
    return [
        (link.pk, link.said.title) for link in sorted(links, key=lambda one: (chains.KINDS.index(one.kind), one.order))
    ]


def initiative_chain(initiative: Initiative, viewer: Any) -> list[Part]:
    """The chain on the public page of an initiative: from its first link to what it changes."""
    chain = chain_of(initiative, viewer)
    if chain.is_empty:
        return []
    first, last = chain.links[0], chain.links[-1]
    card = Card(
        title=_("From what is put in to what changes"),
        url=reverse("benefits:chain", args=[initiative.pk]),
        text=f"{first.title} → {last.title}" if len(chain.links) > 1 else first.title,
        eyebrow=_("Effect chain"),
        foot=links_words(len(chain.links)),
    )
    return [Part(title=_("How it is meant to work"), cards=(card,), order=18)]


def initiative_chain_at_work(initiative: Initiative, viewer: Any) -> list[Part]:
    """The chain on the desk of an initiative: how far it is, and how much there is to look at."""
    chain = chain_of(initiative, viewer)
    url = reverse("benefits:work_chain", args=[initiative.pk])
    if chain.is_empty:
        empty = _("An effect chain says how what is put in leads to what changes. Benefits hang on its outcomes.")
        return [
            Part(
                title=_("Effect chain"), empty=empty, action_url=url, action_label=_("Begin the effect chain"), order=10
            )
        ]
    number = len(chain.findings)
    found = ngettext("%(n)s thing to look at", "%(n)s things to look at", number) % {"n": number}
    card = Card(
        title=_("From what is put in to what changes"),
        url=url,
        foot=links_words(len(chain.links)),
        tag=found if number else _("Hangs together"),
        colour="warning" if number else "success",
    )
    return [Part(title=_("Effect chain"), cards=(card,), order=10)]
