"""A result of the engine, told: the one read model that page, PDF and files are made of, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from samskap.apps.reports import labels, rules
from samskap.apps.reports.labels import sentences
from samskap.apps.reports.queries.told import (
    Cell,
    Common,
    Divided,
    Doubtful,
    GroupTold,
    Inside,
    Lacks,
    Stands,
    StatementTold,
    Stratum,
    Telling,
    Wording,
)
from samskap.formats.opinion_svg import unsure_people

if TYPE_CHECKING:
    from samskap.apps.statements.queries import Named
    from samskap.engines.opinion_map.result import (
        CommonGround,
        DividedWithin,
        Divisive,
        Group,
        OpinionMap,
        Representative,
        StatementResult,
        StratumCount,
        Uncertain,
    )

__all__ = ["tell"]

SECTORS = ("public", "private", "voluntary")


def tell(result: OpinionMap, *, wordings: Mapping[str, Wording], names: Mapping[str, Named] | None = None) -> Telling:
    """The result in words and whole numbers.

    `wordings` has the text of each statement by its key in the result. A statement without words has been rejected or
    merged since the result was made, and is left out of all that is told. `names` are what groups are called.
    """
    names = names or {}
    called = {key: named.name for key, named in names.items()}
    strata = _strata(result, called=called)
    counted = {s.key: s for s in result.statements if s.key in wordings}
    told = {key: _statement(s, words=wordings[key], strata=strata) for key, s in counted.items()}
    common = [
        _common(c, told=told, counted=counted[c.statement], called=called)
        for c in result.common_ground
        if c.statement in told
    ]
    agreed = tuple(c for c in common if c.side == "agree")
    rejected = tuple(c for c in common if c.side == "disagree")
    divided = tuple(
        _divided(d, told=told, counted=counted[d.statement], called=called)
        for d in result.divisive
        if d.statement in told
    )
    groups = _groups(result, wordings=wordings, names=names)
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
        awaited=_awaited(result, told=told),
        inside=_inside(result, told=told, called=called),
        unsure=sentences.unsure_places(len(unsure_people(result))),
        is_gradual=result.structure.border == "gradual",
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


def _strata(result: OpinionMap, *, called: Mapping[str, str]) -> tuple[Stratum, ...]:
    """The strata with at least one statement answered by enough: groups first, sectors in their usual order."""
    found = {(cell.kind, cell.name) for statement in result.statements for cell in statement.by_stratum}
    order = {("sector", name): (1, number) for number, name in enumerate(SECTORS)}
    ordered = sorted(found, key=lambda pair: (order.get(pair, (0 if pair[0] == "group" else 2, 0)), pair))
    return tuple(Stratum(kind, name, labels.stratum_label(kind, name, called=called)) for kind, name in ordered)


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
        lower=rules.down(counted.lower_agree),
        upper=rules.up(counted.upper_agree),
        spread=rules.percent(counted.spread) if counted.kind else None,
        verdict=counted.verdict,
        verdict_label=str(labels.VERDICTS[counted.verdict]),
        is_background=counted.role == "background",
        cells=tuple(_cell(by_name.get((s.kind, s.name)), stratum=s) for s in strata),
    )


def _cell(count: StratumCount | None, *, stratum: Stratum) -> Cell:
    if count is None:
        return Cell(stratum.label, None, sentence=sentences.too_few_for_this([(stratum.kind, stratum.name)]))
    agree, lower, upper = rules.percent(count.share_agree), rules.down(count.lower_agree), rules.up(count.upper_agree)
    return Cell(
        stratum.label,
        count.answered,
        agree=agree,
        disagree=rules.percent(count.share_disagree),
        passed=rules.percent(count.passed / count.answered),
        lower=lower,
        upper=upper,
        sentence=sentences.answered_so(count.answered, agree=agree, lower=lower, upper=upper),
    )


def _common(
    common: CommonGround,
    *,
    told: Mapping[str, StatementTold],
    counted: StatementResult,
    called: Mapping[str, str],
) -> Common:
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
        weakest="" if weakest is None else labels.stratum_label(kind, name, called=called),
        sentence=sentences.common_ground(
            common.side, kind=kind, name=name, percent=percent, lower=rules.down(common.bound)
        ),
        unheard=sentences.too_few_for_this([(u.kind, u.name) for u in common.unheard]),
    )


def _divided(
    divisive: Divisive,
    *,
    told: Mapping[str, StatementTold],
    counted: StatementResult,
    called: Mapping[str, str],
) -> Divided:
    shares = {c.name: rules.percent(c.share_agree) for c in counted.by_stratum if c.kind == divisive.kind}
    high, low = divisive.high, divisive.low
    return Divided(
        statement=told[divisive.statement],
        kind=divisive.kind,
        high_name=high,
        low_name=low,
        high=labels.stratum_label(divisive.kind, high, called=called),
        high_percent=shares[high],
        low=labels.stratum_label(divisive.kind, low, called=called),
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


def _awaited(result: OpinionMap, *, told: Mapping[str, StatementTold]) -> tuple[Lacks, ...]:
    return tuple(
        Lacks(
            told[a.statement],
            a.side,
            sentences.awaited(a.side, lacking=[(x.kind, x.name, x.needed) for x in a.lacking]),
        )
        for a in result.awaited
        if a.statement in told
    )


def _inside(result: OpinionMap, *, told: Mapping[str, StatementTold], called: Mapping[str, str]) -> tuple[Inside, ...]:
    return tuple(_split(one, told=told, called=called) for one in result.divided_within if one.statement in told)


def _split(within: DividedWithin, *, told: Mapping[str, StatementTold], called: Mapping[str, str]) -> Inside:
    agree, disagree = rules.percent(within.share_agree), rules.percent(within.share_disagree)
    return Inside(
        statement=told[within.statement],
        kind=within.kind,
        name=within.name,
        where=labels.stratum_label(within.kind, within.name, called=called),
        agree_percent=agree,
        disagree_percent=disagree,
        sentence=sentences.split_inside(within.kind, name=within.name, agree=agree, disagree=disagree),
    )


def _groups(
    result: OpinionMap, *, wordings: Mapping[str, Wording], names: Mapping[str, Named]
) -> tuple[GroupTold, ...]:
    if not result.structure.has_groups:
        return ()
    reach = max((max(abs(g.x), abs(g.y)) for g in result.groups), default=0.0)
    people = result.counts.people_in_map
    return tuple(
        _group(g, reach=reach, people=people, wordings=wordings, named=names.get(g.key)) for g in result.groups
    )


def _group(
    group: Group, *, reach: float, people: int, wordings: Mapping[str, Wording], named: Named | None
) -> GroupTold:
    percent = rules.percent(group.size / people)
    return GroupTold(
        key=group.key,
        label=labels.stratum_label("group", group.key, called={group.key: named.name} if named else {}),
        name=named.name if named else "",
        description=named.description if named else "",
        lang=named.lang if named else "",
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
