"""From rows to a stored opinion map."""

from __future__ import annotations

from samskap.apps.statements import actions, queries
from samskap.apps.statements.models import Conversation
from samskap.engines.opinion_map import OpinionMap, Votes, map_opinions
from samskap.engines.opinion_map.guards import KINDS, find_guards, without
from samskap.formats import guards_json, opinion_json
from samskap.kernel.acting import SYSTEM_MAPPER

__all__ = ["map_conversation", "map_round"]


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
    result = map_opinions(votes, strata={"sector": sectors}, background=background)
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
