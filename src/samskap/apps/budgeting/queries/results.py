"""A result as pages tell it: read from the published document, with the names of the projects in the reader's words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.budgeting.labels import COMPLETIONS, RULES, SATISFACTIONS, TIE_BREAKS
from samskap.apps.budgeting.labels import results as said
from samskap.apps.budgeting.models import Ballot, Count, Project, Seal
from samskap.apps.budgeting.queries.counts import latest_count
from samskap.apps.budgeting.queries.result_lines import Group, Lost, Other, Told, Won
from samskap.formats.charts import Block, Face, MoneyMap, Numbers, both_widths, drawn
from samskap.formats.count_json import from_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samskap.formats.count_told import AreaTold, CountTold, LoserTold, RoundTold

__all__ = ["Result", "ratio", "result_of"]


@dataclass(frozen=True)
class Result:
    """The count that stands, and all that the pages say of it. Nothing here asks who may see it."""

    ballot: Ballot
    count: Count
    seal: Seal
    told: CountTold
    projects: Mapping[str, Told]
    extras: Mapping[str, Any] = field(default_factory=dict)

    def money(self, amount: float) -> str:
        return said.money(amount / self.told.election.scale, self.told.election.currency or "NOK")

    def project(self, key: str) -> Told:
        return self.projects.get(key) or Told(key, key)

    @cached_property
    def names(self) -> dict[str, str]:
        return {key: one.title for key, one in self.projects.items()}

    @property
    def currency(self) -> str:
        return self.told.election.currency or "NOK"

    @property
    def headline(self) -> str:
        election, told = self.told.election, self.told
        return said.headline(
            won=len(told.winners),
            projects=election.projects,
            cost=self.money(told.cost),
            budget=self.money(election.budget),
        )

    @property
    def lead(self) -> str:
        coverage = self.told.coverage
        return said.voters_sentence(voters=coverage.voters, share=coverage.at_least["1"])

    @property
    def left_over(self) -> int:
        return self.told.election.budget - self.told.cost

    @property
    def key_numbers(self) -> list[tuple[str, str]]:
        """The few numbers that stand large."""
        election, eligible = self.told.election, self.ballot.eligible
        found = [(_("ballots"), said.number(election.voters))]
        if eligible:
            found.append((_("of those who could vote"), said.percent(min(election.voters / eligible, 1))))
        return [
            *found,
            (_("is used"), said.percent(self.told.cost / election.budget)),
            (_("is left over"), self.money(self.left_over)),
        ]

    @cached_property
    def won(self) -> list[Won]:
        return [self._won(place, one) for place, one in enumerate(self.told.rounds, start=1)]

    @cached_property
    def lost(self) -> list[Lost]:
        """Those that did not win, most votes first."""
        return [self._lost(one) for one in sorted(self.told.losers, key=lambda one: -one.votes)]

    @property
    def map_svg(self) -> str:
        """The map of the money in both widths, as HTML."""
        return mark_safe(both_widths(self._map()))  # noqa: S308 -- drawn by ourselves, words escaped there

    @property
    def map_on_paper(self) -> str:
        """The wide drawing alone, as an SVG document, in one colour: paper has no legend for others."""
        found = self._map()
        return drawn(replace(found, blocks=tuple(replace(block, tone=0) for block in found.blocks)))

    @property
    def map_legend(self) -> list[tuple[str, str]]:
        """The colour and the name of each sector that won something; none where the sectors are not known."""
        won = {one.project.sector for one in self.won}
        return [(style, str(SECTORS[key])) for key, (style, _tone) in _SECTOR_TONES.items() if key in won]

    @property
    def has_hidden_groups(self) -> bool:
        return any(group.is_hidden for _title, groups in self.groups for group in groups)

    @property
    def map_rows(self) -> list[tuple[str, ...]]:
        rows = [(one.project.title, one.cost, one.votes, one.average or "–") for one in self.won]
        return [*rows, (_("Left over"), self.money(self.left_over), "–", "–")]

    @property
    def coverage(self) -> list[tuple[str, str, float]]:
        """Words, share in words, and per cent for the bar: voters with at least one, two, three that won."""
        words = {"1": _("at least one"), "2": _("at least two"), "3": _("at least three")}
        shares = self.told.coverage.at_least
        return [(words[step], said.percent(shares[step]), round(100 * shares[step], 1)) for step in ("1", "2", "3")]

    @property
    def share_of_choices(self) -> str:
        share = self.told.coverage.share_of_choices
        return "" if share is None else said.percent(share)

    @property
    def starts(self) -> list[tuple[str, str]]:
        """What each voter began with: the district where it has a budget of its own, and the sentence."""
        told = self.told
        if not told.areas:
            return [("", self._start(told))] if told.start else []
        return [(area.name or _("Everywhere else"), self._start(area)) for area in told.areas if area.start]

    @property
    def compared(self) -> str:
        """How many preferred which, where the voters decide between this choice and that by votes alone."""
        if not self.told.compared:
            return ""
        this, other, neither = map(said.number, self.told.compared)
        return _("%(this)s voters get more from this result, %(other)s from that by votes alone, %(neither)s the same. "
                 "So this one stands.") % {"this": this, "other": other, "neither": neither}  # fmt: skip

    @property
    def groups(self) -> list[tuple[str, list[Group]]]:
        found = self.extras.get("groups", {})
        return [(str(said.GROUPS[kind]), [_group(kind, one) for one in found[kind]]) for kind in said.GROUPS
                if any(one["coverage"] for one in found.get(kind, []))]  # fmt: skip

    @property
    def greedy(self) -> Other:
        one = self.told.comparison
        return self._other("greedy", one.cost, one.only_this, one.only_other, (one.better, one.worse, one.same))

    @property
    def others(self) -> list[Other]:
        found = self.extras.get("others", [])
        return [
            self._other(one["rule"], one["cost"], one["only_this"], one["only_other"], _voters_of(one)) for one in found
        ]

    @property
    def checks(self) -> list[dict[str, str]]:
        return [
            {
                "title": said.audit_title(one.key),
                "reason": said.audit_reason(one),
                "verdict": verdict,
                "colour": colour,
            }
            for one in self.told.audit
            for verdict, colour in [said.audit_verdict(one)]
        ]

    @property
    def rule_facts(self) -> list[tuple[str, str]]:
        """How it was counted, in words."""
        how = self.told.options
        facts = [
            (_("Rule"), str(RULES[how.rule])),
            (_("What a voter gets from a project"), str(SATISFACTIONS[how.satisfaction])),
            (_("When money is left over"), str(COMPLETIONS[how.completion])),
            (_("When projects are equal"), str(TIE_BREAKS[how.tie_break])),
        ]
        return [*facts, (_("Seed of the lottery"), how.seed)] if how.seed else facts

    @property
    def snippet(self) -> str:
        """A few lines of Python that count the published file again."""
        how = self.told.options
        said_so = {"rule": how.rule, "satisfaction": how.satisfaction, "completion": how.completion,
                   "tie_break": how.tie_break, "seed": how.seed}  # fmt: skip
        options = "".join(f'    {name}="{value}",\n' for name, value in said_so.items() if value)
        return (
            "from pathlib import Path\n\n"
            "from samskap.engines.fair_budget import count\n"
            "from samskap.formats.pabulib import election_of, read_pabulib\n\n"
            f'file = read_pabulib(Path("{self.told.ballot_file.name}"))\n'
            f"outcome = count(\n    election_of(file),\n{options})\n"
            "print(outcome.winners)"
        )

    @property
    def reserve(self) -> dict[str, list[Told]] | None:
        """Who fell out after the count, who moved up, and who is carried out now; None where nobody fell out."""
        found = self.extras.get("reserve")
        if not found:
            return None
        up = [key for key in found["winners"] if key not in self.told.winners]
        return {
            "dropped": [self.project(key) for key in found["dropped"]],
            "up": [self.project(key) for key in up],
            "now": [self.project(key) for key in found["winners"]],
        }

    def _won(self, place: int, one: RoundTold) -> Won:
        effective, paid = ratio(one.effective_votes), one.paid
        how = str(TIE_BREAKS[self.told.options.tie_break])
        return Won(
            project=self.project(one.project),
            round=place,
            cost=self.money(one.cost),
            supporters=one.supporters,
            votes=said.number(one.supporters),
            paid=said.paid_sentence(one, currency=self.currency),
            effective=said.effective_sentence(one, effective=effective),
            how=said.how_sentence(one, currency=self.currency),
            left=said.left_sentence(one, currency=self.currency),
            tie=said.tie_sentence([said.quoted(self.project(key).title) for key in one.tied], how=how),
            average=self.money(paid.average) if paid else "",
            least=self.money(paid.least) if paid else "",
            most=self.money(paid.most) if paid else "",
            weight="" if effective is None else said.number(effective, 1),
        )

    def _lost(self, one: LoserTold) -> Lost:
        return Lost(
            project=self.project(one.project),
            cost=self.money(one.cost),
            supporters=one.votes,
            votes=said.number(one.votes),
            why=said.loser_sentence(one, names=self.names, currency=self.currency),
            spent=said.spent_sentence(one, names=self.names, currency=self.currency),
            rather=said.rather_sentence(one, currency=self.currency),
        )

    def _start(self, of: CountTold | AreaTold) -> str:
        start = (ratio(of.start) or 0.0) / self.told.election.scale
        return said.start_sentence(start, increments=of.increments, stopped=of.stopped, currency=self.currency)

    def _other(self, rule: str, cost: int, only_this: Any, only_other: Any, voters: tuple[int, int, int]) -> Other:
        better, worse, same = voters
        return Other(
            rule=str(RULES[rule]),
            cost=self.money(cost),
            gained=tuple(self.project(key) for key in only_other),
            dropped=tuple(self.project(key) for key in only_this),
            better=better,
            worse=worse,
            same=same,
            voters=self.told.election.voters,
        )

    def _map(self) -> MoneyMap:
        blocks = tuple(
            Block(one.project.title, told.cost, _block_words(one), str(one.round), _tone(one.project.sector))
            for one, told in zip(self.won, self.told.rounds, strict=True)
        )
        face = Face("money", _("Where the money goes"), self.headline, numbers=Numbers())
        left = Block(_("Left over"), self.left_over, (self.money(self.left_over),)) if self.left_over else None
        return MoneyMap(face, blocks, left)


# The colour of a sector in words of the page's style, and its tone in the drawing.
_SECTOR_TONES = {"public": ("s-group-1", 0), "private": ("s-group-2", 1), "voluntary": ("s-group-4", 2)}


def _tone(sector: str) -> int:
    return _SECTOR_TONES.get(sector, ("", 0))[1]


def result_of(ballot: Ballot) -> Result | None:
    """The result that stands, or None before the first count is done. It asks for no permission."""
    count = latest_count(ballot)
    if count is None:
        return None
    told = _read(bytes(count.content or b""))
    seal = Seal.objects.defer("content").get(ballot=ballot)
    return Result(ballot, count, seal, told, _projects(ballot), count.document or {})


@lru_cache(maxsize=8)
def _read(content: bytes) -> CountTold:
    """The document, read once for all who look at it: it never changes."""
    return from_document(json.loads(content))


def ratio(exact: str | None) -> float | None:
    """The number in "a/b". Only the first digits are read: Python reads no longer whole numbers in one go."""
    if exact is None:
        return None
    top, _slash, bottom = exact.partition("/")
    bottom = bottom or "1"
    return float(top[:40]) / float(bottom[:40]) * 10.0 ** (len(top[40:]) - len(bottom[40:]))


def _projects(ballot: Ballot) -> dict[str, Told]:
    found = Project.objects.filter(ballot=ballot).select_related("initiative")
    return {one.key: _told(one) for one in found}


def _told(project: Project) -> Told:
    initiative = project.initiative
    return Told(
        key=project.key,
        title=project.said.title,
        pk=project.pk,
        lang=project.said.lang,
        url=reverse("initiatives:initiative", args=[initiative.pk]) if initiative and initiative.is_published else "",
        sector=project.sector,
        fell_out=project.fell_out_reason if project.fell_out_at else "",
        full_cost=said.money(project.full_cost_nok) if project.full_cost_nok else "",
    )


def _voters_of(one: dict[str, Any]) -> tuple[int, int, int]:
    return one["better"], one["worse"], one["same"]


def _group(kind: str, one: dict[str, Any]) -> Group:
    got, label = one["coverage"], said.group_label(kind, one["label"])
    if got is None:
        return Group(label, is_hidden=True)
    share = got["at_least"][0] / got["voters"]
    return Group(
        label,
        voters=said.number(got["voters"]),
        one=said.percent(share),
        share="–" if got["share"] is None else said.percent(got["share"]),
        percent=round(100 * share),
    )


def _block_words(one: Won) -> tuple[str, ...]:
    if not one.average:
        return (one.cost,)
    return (one.cost, _("%(votes)s × %(average)s") % {"votes": one.votes, "average": one.average})
