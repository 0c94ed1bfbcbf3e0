"""From rows to a stored opinion map, and to the statement that each person is asked next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.core.cache import cache

from samskap.apps.actors.labels import SECTORS
from samskap.apps.statements import actions, queries
from samskap.apps.statements.models import Conversation
from samskap.engines.opinion_map import OpinionMap, Votes, map_opinions
from samskap.engines.opinion_map.guards import KINDS, find_guards, without
from samskap.engines.opinion_map.result import StratumName
from samskap.engines.opinion_map.routing import EVERYONE, Router, Why
from samskap.formats import guards_json, opinion_json
from samskap.kernel.acting import SYSTEM_MAPPER

if TYPE_CHECKING:
    from samskap.apps.processes.models import Participant
    from samskap.apps.statements.models import Statement

__all__ = ["Asking", "asking_now", "map_conversation", "map_round", "next_statement", "next_statements"]

COUNTS_KEPT_S = 2
STATE_KEPT_S = 60
GROUPS_KEPT_S = 600


def map_conversation(conversation_id: int) -> None:
    """Make the map of every round that has votes anew, and drop those of rounds that have none any more."""
    conversation = Conversation.objects.select_related("process__municipality").filter(pk=conversation_id).first()
    if conversation is None:
        return
    conversation = actions.start_map(conversation)
    rounds = queries.rounds_with_votes(conversation)
    for number in rounds:
        map_round(conversation, round=number)
    actions.drop_maps(conversation, besides=rounds, by=SYSTEM_MAPPER)


def map_round(conversation: Conversation, *, round: int) -> None:
    """Compute one round and store it. People are pseudonyms of this conversation, statements their numbers."""
    rows = [(row.participant, str(row.statement), row.choice) for row in queries.votes_rows(conversation, round)]
    statements = list(queries.statements_of(conversation).values_list("number", "is_background"))
    votes = Votes.from_rows(rows, statements=[str(number) for number, _background in statements])
    sectors = queries.sectors(conversation, round)
    background = frozenset(str(number) for number, background in statements if background)
    previous = queries.map_before(conversation, round)
    result = map_opinions(votes, strata={"sector": sectors}, background=background, previous=previous)
    actions.store_map(
        conversation,
        round=round,
        document=opinion_json.to_document(result)
        | {"guards": _guards(votes, result, sectors=sectors, background=background)},
        engine_version=result.engine_version,
        seed=result.seed,
        input_hash=result.input_hash,
        people=result.counts.people,
        votes=votes.count,
        by=SYSTEM_MAPPER,
    )


def _guards(
    votes: Votes, result: OpinionMap, *, sectors: dict[str, str], background: frozenset[str]
) -> dict[str, object]:
    """What the guards found, as counts, and what the common ground would be without each kind of it."""
    guards = find_guards(votes, background=background, seed=result.seed)
    others = {
        kind: map_opinions(without(votes, guards, kind), strata={"sector": sectors}, background=background)
        for kind, effect in zip(KINDS, guards.effects, strict=True)
        if effect.flagged
    }
    return guards_json.to_document(guards_json.told(guards, result=result, without=others))


@dataclass(frozen=True, slots=True)
class Asking:
    """A statement that the router asks for now, of whom, and why. For those who run the conversation."""

    statement: Statement
    why: Why


def next_statement(
    conversation: Conversation,
    participant: Participant | None,
    round: int,
    *,
    skipped: Sequence[int] = (),
    seed: str = "",
) -> Statement | None:
    """What to ask this person now, or None where they have answered everything."""
    found = next_statements(conversation, participant, round=round, skipped=skipped, seed=seed, most=1)
    return found[0] if found else None


def next_statements(
    conversation: Conversation,
    participant: Participant | None,
    round: int,
    *,
    skipped: Sequence[int] = (),
    seed: str = "",
    most: int = 8,
) -> list[Statement]:
    """The next statements for this person, best first. `seed` orders for a ticket that has done nothing yet.

    Which ones: `docs/methods/opinion-map.md`. The counts behind it are up to two seconds old, the statements never.
    """
    asked = queries.asked_statements(conversation)
    state = _state(conversation, round=round, asked=asked)
    mine = queries.answered_by(conversation, participant, round)
    number_of = {one.pk: str(one.number) for one in asked}
    asker = state.router.asker(
        seed=participant.key.hex if participant else seed,
        chances=_chances(conversation, participant, groups=state.groups),
        answered=frozenset(number_of[pk] for pk in mine if pk in number_of),
        skipped=[number_of[pk] for pk in skipped if pk in number_of],
    )
    pk_of = {number: pk for pk, number in number_of.items()}
    order = [pk_of[number] for number in state.router.order(asker, most=most)]
    found = queries.statements_of(conversation).in_bulk(order)
    return [found[pk] for pk in order if pk in found]


def asking_now(conversation: Conversation, round: int, *, most: int = 5) -> list[Asking]:
    """What the router asks for now, the dearest first: at most `most` statements that an answer can settle."""
    state = _state(conversation, round=round, asked=queries.asked_statements(conversation))
    found = {str(one.number): one for one in queries.statements_of(conversation)}
    return [Asking(found[why.statement], why) for why in state.router.asking(most=most) if why.statement in found]


@dataclass(frozen=True, slots=True)
class _Groups:
    """The groups on one stored map: who is where, their shares, and their answers by statement number."""

    members: Mapping[str, str]
    shares: Mapping[str, float]
    answers: Mapping[tuple[str, str], tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class _State:
    """What is kept for a moment to route by. `asked` says which statements it is about."""

    asked: list[queries.AskedStatement]
    router: Router
    groups: _Groups


NO_GROUPS = _Groups(members={}, shares={}, answers={})


def _state(conversation: Conversation, *, round: int, asked: list[queries.AskedStatement]) -> _State:
    """The router, counted anew every other second by one of those who ask; the others go on with what there is."""
    key = f"statements.router.{conversation.pk}.{round}"
    kept: _State | None = cache.get(key)
    is_my_turn = cache.add(f"{key}.counted", True, COUNTS_KEPT_S)
    if kept is not None and kept.asked == asked and not is_my_turn:
        return kept
    state = _counted(conversation, round=round, asked=asked)
    cache.set(key, state, STATE_KEPT_S)
    return state


def _counted(conversation: Conversation, *, round: int, asked: list[queries.AskedStatement]) -> _State:
    counts = queries.counts_by_sector(conversation, round)
    groups = _groups(conversation, round=round)
    sectors = sorted({count.sector for count in counts} & set(SECTORS))
    strata = [EVERYONE, *(StratumName("group", key) for key in groups.shares)]
    strata += [StratumName("sector", sector) for sector in sectors]
    row = {stratum.name: place for place, stratum in enumerate(strata) if stratum.kind == "sector"}
    column = {one.number: place for place, one in enumerate(asked)}
    answers = np.zeros((len(strata), len(asked), 3), dtype=np.int64)
    for sector, number, choice, people in counts:
        if number in column:
            answers[0, column[number], choice + 1] += people
            if sector in row:
                answers[row[sector], column[number], choice + 1] += people
    for place, stratum in enumerate(strata):
        if stratum.kind == "group":
            for number, at in column.items():
                answers[place, at] = groups.answers.get((stratum.name, str(number)), (0, 0, 0))
    background = frozenset(str(one.number) for one in asked if one.is_background)
    numbers = [str(one.number) for one in asked]
    router = Router.of(answers, statements=numbers, strata=strata, background=background)
    return _State(asked=asked, router=router, groups=groups)


def _groups(conversation: Conversation, *, round: int) -> _Groups:
    """The groups of the latest map: a few seconds old, and read once a map. Without a map there are none."""
    pk = queries.latest_map_pk(conversation, round)
    if pk is None:
        return NO_GROUPS
    key = f"statements.groups.{pk}"
    kept: _Groups | None = cache.get(key)
    if kept is None:
        result = queries.stored_result(conversation, round)
        kept = _groups_of(result) if result else NO_GROUPS
        cache.set(key, kept, GROUPS_KEPT_S)
    return kept


def _groups_of(result: OpinionMap) -> _Groups:
    whole = sum(group.size for group in result.groups)
    return _Groups(
        members={person.key: person.group for person in result.people if person.group},
        shares={group.key: group.size / whole for group in result.groups},
        answers={
            (count.name, statement.key): (count.disagree, count.passed, count.agree)
            for statement in result.statements
            for count in statement.by_stratum
            if count.kind == "group"
        },
    )


def _chances(
    conversation: Conversation, participant: Participant | None, *, groups: _Groups
) -> dict[str, Mapping[str, float]]:
    """The chance that this person belongs to each group and sector; who is on no map yet may be in any group."""
    if participant is None:
        return {"group": groups.shares}
    group = groups.members.get(queries.pseudonym(conversation, participant.key.hex)) if groups.members else None
    return {"group": {group: 1.0} if group else groups.shares, "sector": {participant.sector: 1.0}}
