"""A result of the engine, told: the one read model that page, PDF and files are made of, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.apps.reports import labels, rules
from samskap.apps.reports.labels import sentences

if TYPE_CHECKING:
    from samskap.engines.opinion_map.result import (
        CommonGround,
        Divisive,
        Group,
        OpinionMap,
        Representative,
        StatementResult,
        StratumCount,
        Uncertain,
    )

__all__ = [
    "Cell",
    "Common",
    "Divided",
    "Doubtful",
    "GroupTold",
    "Stands",
    "StatementTold",
    "Stratum",
    "Telling",
    "Wording",
    "tell",
]

SECTORS = ("public", "private", "voluntary")


@dataclass(frozen=True)
class Wording:
    """The words of a statement, its number, and the language they are in."""

    number: int
    text: str
    lang: str


@dataclass(frozen=True)
class Stratum:
    """A group or a sector as a column of the tables."""

    kind: str
    name: str
    label: str

    @property
    def short(self) -> str:
        return labels.stratum_short(self.kind, self.name)


@dataclass(frozen=True)
class Cell:
    """How one stratum answered one statement, in whole percentages; `answered` is None where too few did."""

    label: str
    answered: int | None
    agree: int | None = None
    disagree: int | None = None

    @property
    def agree_share(self) -> str:
        return "–" if self.agree is None else labels.share(self.agree)


@dataclass(frozen=True)
class StatementTold:
    """A statement with everything counted about it. `cells` has one entry for each of `Telling.strata`, in order."""

    words: Wording
    answered: int
    agree: int
    disagree: int
    passed: int
    agree_percent: int
    disagree_percent: int
    passed_percent: int
    spread: int | None
    verdict: str
    verdict_label: str
    is_background: bool
    cells: tuple[Cell, ...]

    @property
    def agree_share(self) -> str:
        return labels.share(self.agree_percent)

    @property
    def passed_share(self) -> str:
        return labels.share(self.passed_percent)

    @property
    def disagree_share(self) -> str:
        return labels.share(self.disagree_percent)

    @property
    def spread_points(self) -> str:
        return "–" if self.spread is None else str(self.spread)

    @property
    def disagree_from(self) -> int:
        """Where the third part of the bar begins."""
        return self.agree_percent + self.passed_percent


@dataclass(frozen=True)
class Common:
    """A statement that all agree with, or reject, with the weakest of all strata."""

    statement: StatementTold
    side: str
    percent: int
    lower: int
    weakest: str
    sentence: str
    unheard: str

    @property
    def share(self) -> str:
        return labels.share(self.percent)


@dataclass(frozen=True)
class Divided:
    """A statement that two strata answer differently."""

    statement: StatementTold
    high: str
    high_percent: int
    low: str
    low_percent: int
    spread: int
    sentence: str

    @property
    def high_share(self) -> str:
        return labels.share(self.high_percent)

    @property
    def low_share(self) -> str:
        return labels.share(self.low_percent)


@dataclass(frozen=True)
class Doubtful:
    """A statement about which too little is known."""

    statement: StatementTold
    lower: int
    upper: int
    sentence: str


@dataclass(frozen=True)
class Stands:
    """A statement that a group stands for."""

    words: Wording
    side: str
    percent: int
    elsewhere: int
    sentence: str

    @property
    def side_label(self) -> str:
        return str(labels.SIDES[self.side])


@dataclass(frozen=True)
class GroupTold:
    """A group: how large, where on the map, and what it stands for."""

    key: str
    label: str
    size: int
    percent: int
    place: str
    sentence: str
    stands: tuple[Stands, ...]

    @property
    def share(self) -> str:
        return labels.share(self.percent)


@dataclass(frozen=True)
class Telling:
    """All that a result says."""

    headline: str
    rejected_headline: str
    divided_headline: str
    structure: str
    trust: str
    map_alternative: str
    people: int
    people_in_map: int
    votes: int
    votes_needed: int
    statement_count: int
    strata: tuple[Stratum, ...]
    agreed: tuple[Common, ...]
    rejected: tuple[Common, ...]
    divided: tuple[Divided, ...]
    uncertain: tuple[Doubtful, ...]
    groups: tuple[GroupTold, ...]
    statements: tuple[StatementTold, ...]


def tell(result: OpinionMap, *, wordings: Mapping[str, Wording]) -> Telling:
    """The result in words and whole numbers.

    `wordings` has the text of each statement by its key in the result. A statement without words has been rejected or
    merged since the result was made, and is left out of all that is told.
    """
    strata = _strata(result)
    counted = {s.key: s for s in result.statements if s.key in wordings}
    told = {key: _statement(s, words=wordings[key], strata=strata) for key, s in counted.items()}
    common = [_common(c, told=told, counted=counted[c.statement]) for c in result.common_ground if c.statement in told]
    agreed = tuple(c for c in common if c.side == "agree")
    rejected = tuple(c for c in common if c.side == "disagree")
    divided = tuple(
        _divided(d, told=told, counted=counted[d.statement]) for d in result.divisive if d.statement in told
    )
    groups = _groups(result, wordings=wordings)
    in_map = sum(not statement.is_background for statement in told.values())
    return Telling(
        headline=_headline(result, agreed=agreed, strata=strata, groups=len(groups), of=in_map),
        rejected_headline=sentences.rejected_together(len(rejected)),
        divided_headline=sentences.what_divides(len(divided)),
        structure=sentences.structure(len(groups), reason=result.structure.reason, people=result.counts.people_in_map),
        trust=sentences.map_trust(result.structure.stability) if groups else "",
        map_alternative=sentences.map_alternative(
            result.counts.people_in_map, groups=[(g.key, g.size, g.place) for g in groups]
        ),
        people=result.counts.people,
        people_in_map=result.counts.people_in_map,
        votes=result.counts.votes,
        votes_needed=result.counts.votes_needed,
        statement_count=in_map,
        strata=strata,
        agreed=agreed,
        rejected=rejected,
        divided=divided,
        uncertain=tuple(_doubtful(u, told=told) for u in result.uncertain if u.statement in told),
        groups=groups,
        statements=tuple(sorted(told.values(), key=lambda s: s.words.number)),
    )


def _headline(
    result: OpinionMap, *, agreed: tuple[Common, ...], strata: tuple[Stratum, ...], groups: int, of: int
) -> str:
    return sentences.headline(
        len(agreed),
        of=of if result.counts.votes else 0,
        groups=groups,
        sectors=_sectors_heard(agreed, strata=strata),
        reason=result.structure.reason,
    )


def _sectors_heard(agreed: tuple[Common, ...], *, strata: tuple[Stratum, ...]) -> int:
    """How many sectors the headline may speak for: those heard enough on every statement that it counts."""
    at = [place for place, stratum in enumerate(strata) if stratum.kind == "sector"]
    heard = [sum(common.statement.cells[place].answered is not None for place in at) for common in agreed]
    return min(heard, default=len(at))


def _strata(result: OpinionMap) -> tuple[Stratum, ...]:
    """The strata with at least one statement answered by enough: groups first, sectors in their usual order."""
    found = {(cell.kind, cell.name) for statement in result.statements for cell in statement.by_stratum}
    order = {("sector", name): (1, number) for number, name in enumerate(SECTORS)}
    ordered = sorted(found, key=lambda pair: (order.get(pair, (0 if pair[0] == "group" else 2, 0)), pair))
    return tuple(Stratum(kind, name, labels.stratum_name(kind, name)) for kind, name in ordered)


def _statement(counted: StatementResult, *, words: Wording, strata: tuple[Stratum, ...]) -> StatementTold:
    by_name = {(cell.kind, cell.name): cell for cell in counted.by_stratum}
    return StatementTold(
        words=words,
        answered=counted.answered,
        agree=counted.agree,
        disagree=counted.disagree,
        passed=counted.passed,
        agree_percent=rules.percent(counted.share_agree),
        disagree_percent=rules.percent(counted.share_disagree),
        passed_percent=rules.percent(counted.passed / counted.answered) if counted.answered else 0,
        spread=rules.percent(counted.spread) if counted.kind else None,
        verdict=counted.verdict,
        verdict_label=str(labels.VERDICTS[counted.verdict]),
        is_background=counted.role == "background",
        cells=tuple(_cell(by_name.get((s.kind, s.name)), label=s.label) for s in strata),
    )


def _cell(count: StratumCount | None, *, label: str) -> Cell:
    if count is None:
        return Cell(label, None)
    return Cell(label, count.answered, rules.percent(count.share_agree), rules.percent(count.share_disagree))


def _common(common: CommonGround, *, told: Mapping[str, StatementTold], counted: StatementResult) -> Common:
    weakest = next(
        (c for c in counted.by_stratum if (c.kind, c.name) == (common.weakest_kind, common.weakest_stratum)), None
    )
    source = weakest or counted
    percent = rules.percent(source.share_agree if common.side == "agree" else source.share_disagree)
    kind, name = common.weakest_kind, common.weakest_stratum
    return Common(
        statement=told[common.statement],
        side=common.side,
        percent=percent,
        lower=rules.down(common.bound),
        weakest="" if weakest is None else labels.stratum_name(kind, name),
        sentence=sentences.common_ground(
            common.side, kind=kind, name=name, percent=percent, lower=rules.down(common.bound)
        ),
        unheard=sentences.too_few_for_this([(u.kind, u.name) for u in common.unheard]),
    )


def _divided(divisive: Divisive, *, told: Mapping[str, StatementTold], counted: StatementResult) -> Divided:
    shares = {c.name: rules.percent(c.share_agree) for c in counted.by_stratum if c.kind == divisive.kind}
    high, low = divisive.high, divisive.low
    return Divided(
        statement=told[divisive.statement],
        high=labels.stratum_name(divisive.kind, high),
        high_percent=shares[high],
        low=labels.stratum_name(divisive.kind, low),
        low_percent=shares[low],
        spread=rules.percent(divisive.spread),
        sentence=sentences.divides(
            high=(divisive.kind, high), high_percent=shares[high], low=(divisive.kind, low), low_percent=shares[low]
        ),
    )


def _doubtful(uncertain: Uncertain, *, told: Mapping[str, StatementTold]) -> Doubtful:
    lower, upper = rules.down(uncertain.lower_agree), rules.up(uncertain.upper_agree)
    return Doubtful(
        statement=told[uncertain.statement],
        lower=lower,
        upper=upper,
        sentence=sentences.uncertain(uncertain.answered, lower=lower, upper=upper),
    )


def _groups(result: OpinionMap, *, wordings: Mapping[str, Wording]) -> tuple[GroupTold, ...]:
    if not result.structure.has_groups:
        return ()
    reach = max((max(abs(g.x), abs(g.y)) for g in result.groups), default=0.0)
    return tuple(_group(g, reach=reach, people=result.counts.people_in_map, wordings=wordings) for g in result.groups)


def _group(group: Group, *, reach: float, people: int, wordings: Mapping[str, Wording]) -> GroupTold:
    percent = rules.percent(group.size / people)
    return GroupTold(
        key=group.key,
        label=labels.stratum_name("group", group.key),
        size=group.size,
        percent=percent,
        place=sentences.group_place(group.x, group.y, reach=reach),
        sentence=sentences.group_size(group.key, size=group.size, percent=percent),
        stands=tuple(_stands(r, wordings=wordings) for r in group.representative if r.statement in wordings),
    )


def _stands(representative: Representative, *, wordings: Mapping[str, Wording]) -> Stands:
    side = representative.side
    percent, elsewhere = rules.percent(representative.share), rules.percent(representative.share_elsewhere)
    return Stands(
        words=wordings[representative.statement],
        side=side,
        percent=percent,
        elsewhere=elsewhere,
        sentence=sentences.stands_for(side, percent=percent, elsewhere=elsewhere),
    )
