"""Effect chains: one as it is read, drawn and looked through; and what a new one can begin from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samskap.apps.benefits.labels import LINKS
from samskap.apps.benefits.labels.chains import (
    LINK_MEANINGS,
    finding_words,
    kinds_words,
    links_words,
    loose_words,
    way_words,
)
from samskap.apps.benefits.models import Benefit, ChainArrow, ChainLink
from samskap.apps.benefits.permissions.chains import can_edit_chain, can_see_chain
from samskap.apps.benefits.rules import chains
from samskap.apps.initiatives.queries import editable_initiative, visible_initiative
from samskap.formats.charts import ChainArrow as DrawnArrow
from samskap.formats.charts import ChainBox, ChainNote, EffectChain, Face, effect_chain
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "ArrowRead",
    "BenefitOnLink",
    "ChainColumn",
    "ChainFinding",
    "ChainRead",
    "LinkRead",
    "arrow_of",
    "benefit_to_place",
    "chain_drawing",
    "chain_of",
    "editable_chain",
    "link_of",
    "visible_chain",
]


@dataclass(frozen=True)
class BenefitOnLink:
    """A benefit that hangs on a link, in the reader's language."""

    pk: int
    title: str
    lang: str
    is_harm: bool


@dataclass(frozen=True)
class ArrowRead:
    """An arrow with its number in the drawing, its ends by title, and its words in the reader's language."""

    pk: int
    number: int
    source: int
    target: int
    source_title: str
    target_title: str
    source_lang: str
    target_lang: str
    mechanism: str
    assumption: str
    lang: str


@dataclass(frozen=True)
class LinkRead:
    """A link in the reader's language, with what hangs on it and the arrows that leave it."""

    pk: int
    kind: str
    title: str
    text: str
    lang: str
    benefits: tuple[BenefitOnLink, ...]
    arrows: tuple[ArrowRead, ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class ChainColumn:
    """The links of one kind, in their order."""

    kind: str
    name: str
    meaning: str
    links: tuple[LinkRead, ...]


@dataclass(frozen=True)
class ChainFinding:
    """Something to look at, in whole sentences; `links` are the keys it is about."""

    kind: str
    what: str
    why: str
    cure: str
    links: tuple[int, ...]


@dataclass(frozen=True)
class ChainRead:
    """An effect chain: its columns, its arrows by number, and what was found."""

    columns: tuple[ChainColumn, ...]
    arrows: tuple[ArrowRead, ...]
    findings: tuple[ChainFinding, ...]

    @property
    def links(self) -> tuple[LinkRead, ...]:
        return tuple(link for column in self.columns for link in column.links)

    @property
    def is_empty(self) -> bool:
        return not self.links


def visible_chain(pk: int, *, viewer: Any) -> tuple[Initiative, ChainRead]:
    """The initiative and its chain without what was found in it, or `NotFound` where this viewer may not see it."""
    initiative = visible_initiative(pk, viewer=viewer)
    return initiative, replace(chain_of(initiative, viewer), findings=())


def editable_chain(pk: int, *, viewer: Any) -> Initiative:
    """The initiative, for those who may change its chain."""
    return editable_initiative(pk, viewer=viewer)


def link_of(initiative: Initiative, pk: int) -> ChainLink:
    """A link of this chain; else `NotFound`."""
    found = initiative.chain_links.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such link in this effect chain."))
    return found


def arrow_of(initiative: Initiative, pk: int) -> ChainArrow:
    """An arrow of this chain; else `NotFound`."""
    found = ChainArrow.objects.select_related("source", "target").filter(source__initiative=initiative, pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such arrow in this effect chain."))
    return found


def benefit_to_place(initiative: Initiative, pk: int) -> Benefit:
    """A benefit of this initiative; else `NotFound`."""
    found = initiative.benefits.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such benefit in this initiative."))
    return found


def chain_of(initiative: Initiative, viewer: Any) -> ChainRead:
    """The chain as it is shown: what was found is told to those who may change it."""
    if not can_see_chain(viewer, initiative):
        return ChainRead((), (), ())
    links = sorted(initiative.chain_links.all(), key=lambda one: chains.KINDS.index(one.kind))
    by_key = {link.pk: link for link in links}
    rows = list(ChainArrow.objects.filter(source__initiative=initiative))
    place = {link.pk: number for number, link in enumerate(links)}
    rows.sort(key=lambda row: (place[row.source_id], place[row.target_id]))
    arrows = tuple(_arrow(row, number, by_key) for number, row in enumerate(rows, start=1))
    benefits = list(initiative.benefits.all())
    findings: tuple[ChainFinding, ...] = ()
    if can_edit_chain(viewer, initiative):
        findings = _findings(links, rows, [one for one in benefits if _hangs_loose(one)])
    return ChainRead(
        columns=tuple(_column(kind, links, arrows, benefits) for kind in chains.KINDS),
        arrows=arrows,
        findings=findings,
    )


def _arrow(row: ChainArrow, number: int, links: dict[int, ChainLink]) -> ArrowRead:
    source, target, said = links[row.source_id].said, links[row.target_id].said, row.said
    return ArrowRead(
        pk=row.pk,
        number=number,
        source=row.source_id,
        target=row.target_id,
        source_title=source.title,
        target_title=target.title,
        source_lang=source.lang,
        target_lang=target.lang,
        mechanism=row.mechanism and said.mechanism,
        assumption=row.assumption and said.assumption,
        lang=said.lang,
    )


def _column(
    kind: str, links: Sequence[ChainLink], arrows: Sequence[ArrowRead], benefits: Sequence[Benefit]
) -> ChainColumn:
    own = [link for link in links if link.kind == kind]
    return ChainColumn(
        kind=kind,
        name=str(LINKS[kind]),
        meaning=str(LINK_MEANINGS[kind]),
        links=tuple(
            LinkRead(
                pk=link.pk,
                kind=kind,
                title=link.said.title,
                text=link.text and link.said.text,
                lang=link.said.lang,
                benefits=tuple(_benefit(one) for one in benefits if one.link_id == link.pk),
                arrows=tuple(arrow for arrow in arrows if arrow.source == link.pk),
                is_first=link is own[0],
                is_last=link is own[-1],
            )
            for link in own
        ),
    )


def _hangs_loose(benefit: Benefit) -> bool:
    """Planned, and on no outcome. Of a harm, or of what came unplanned, nobody had said how it would come about."""
    return benefit.link_id is None and benefit.is_planned and not benefit.is_harm


def _benefit(benefit: Benefit) -> BenefitOnLink:
    said = benefit.said
    return BenefitOnLink(benefit.pk, said.title, said.lang, benefit.is_harm)


def _findings(
    links: Sequence[ChainLink], arrows: Sequence[ChainArrow], loose: Sequence[Benefit]
) -> tuple[ChainFinding, ...]:
    titles = {link.pk: link.said.title for link in links}
    kinds = {link.pk: link.kind for link in links}
    found = chains.findings(
        [chains.Link(link.pk, link.kind) for link in links],
        [chains.Arrow(one.source_id, one.target_id, bool(one.mechanism), bool(one.assumption)) for one in arrows],
        loose=[one.pk for one in loose],
    )
    told = []
    for one in found:
        if one.kind == "loose":
            words = loose_words([benefit.said.title for benefit in loose])
        else:
            words = finding_words(one.kind, _gaps(one, titles, kinds))
        told.append(ChainFinding(one.kind, *words, links=one.links))
    return tuple(told)


def _gaps(finding: chains.Finding, titles: dict[int, str], kinds: dict[int, str]) -> dict[str, str]:
    keys = finding.links
    if finding.kind == "loop":
        return {"way": way_words([titles[key] for key in (*keys, keys[0])])}
    if len(keys) == 2:
        leapt = kinds_words(chains.skipped(kinds[keys[0]], kinds[keys[1]]))
        return {"source": titles[keys[0]], "target": titles[keys[1]], "kinds": leapt}
    return {"link": titles[keys[0]]} if keys else {}


def chain_drawing(initiative: Initiative, chain: ChainRead) -> str:
    """The chain as SVG, "" where there is nothing to draw; what something was found about is dashed."""
    if chain.is_empty:
        return ""
    odd_links = {one.links[0] for one in chain.findings if len(one.links) == 1}
    odd_arrows = {one.links for one in chain.findings if len(one.links) == 2}
    places = {column.kind: place for place, column in enumerate(chain.columns)}
    face = Face(
        key=f"chain-{initiative.pk}",
        title=_("Effect chain"),
        description=_("%(links)s in five columns, from what is put in to what changes. The list tells the same.")
        % {"links": links_words(len(chain.links))},
    )
    boxes = (
        ChainBox(
            str(link.pk), places[link.kind], link.title,
            tuple(ChainNote(one.title, is_harm=one.is_harm) for one in link.benefits), is_odd=link.pk in odd_links,
        )
        for link in chain.links
    )  # fmt: skip
    drawn = (
        DrawnArrow(str(one.source), str(one.target), str(one.number), is_odd=(one.source, one.target) in odd_arrows)
        for one in chain.arrows
    )
    names = tuple(column.name for column in chain.columns)
    words = {"benefit": _("Benefit that is measured"), "harm": _("Harm that is measured"), "odd": _("To look at")}
    return effect_chain(EffectChain(face, names, tuple(boxes), tuple(drawn), **words))
