"""Ordering and storing opinion maps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from samskap.apps.statements import rules
from samskap.apps.statements.models import Conversation, GroupName, OpinionMap
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting
from samskap.web.acting import lock
from samskap.web.jobs import enqueue

__all__ = ["drop_maps", "order_map", "start_map", "store_map"]

MAP_DELAY_S = 5


def order_map(conversation_id: int) -> None:
    """Order a new map in five seconds, unless one is ordered already: a hundred votes make one map."""
    now = clock.now()
    lost = now - timedelta(seconds=rules.MAP_ORDER_LOST_S)
    due = Q(map_ordered_at__isnull=True) | Q(map_ordered_at__lt=lost)
    if Conversation.objects.filter(due, pk=conversation_id).update(map_ordered_at=now):
        enqueue("statements.map_conversation", delay_s=MAP_DELAY_S, conversation_id=conversation_id)


@transaction.atomic
def start_map(conversation: Conversation) -> Conversation:
    """Clear the order before the rows are read, so that a vote that comes meanwhile orders the next map."""
    conversation = lock(conversation)
    conversation.map_ordered_at = None
    conversation.save(update_fields=["map_ordered_at"])
    return conversation


@transaction.atomic
def store_map(
    conversation: Conversation,
    *,
    round: int,
    document: dict[str, Any],
    engine_version: str,
    seed: int,
    input_hash: str,
    people: int,
    votes: int,
    by: Acting,
) -> OpinionMap:
    """Keep the map of a round in place of the one before, which holds people who may have withdrawn since.

    The same engine, seed and input give the same map: then the stored one stays as it is.
    """
    conversation = lock(conversation)
    latest = OpinionMap.objects.filter(conversation=conversation, round=round).first()
    same = latest is not None and (latest.engine_version, latest.seed, latest.input_hash) == (
        engine_version, seed, input_hash,
    )  # fmt: skip
    if latest is not None and same:
        return latest
    OpinionMap.objects.filter(conversation=conversation, round=round).delete()
    stored = OpinionMap.objects.create(
        conversation=conversation,
        round=round,
        document=document,
        engine_version=engine_version,
        seed=seed,
        input_hash=input_hash,
        people=people,
        votes=votes,
        made_at=clock.now(),
    )
    _drop_names(conversation, round=round, besides=[group["key"] for group in document.get("groups", [])])
    facts = {"round": round, "engine": engine_version, "seed": seed, "input": input_hash}
    trail.record("statements.map_stored", conversation, by=by, data=facts)
    return stored


@transaction.atomic
def drop_maps(conversation: Conversation, *, besides: list[int], by: Acting) -> None:
    """Delete the maps of rounds that have no votes any more; `besides` are the rounds that have."""
    conversation = lock(conversation)
    dropped, _rows = OpinionMap.objects.filter(conversation=conversation).exclude(round__in=besides).delete()
    gone = set(conversation.group_names.filter(dropped_at=None).values_list("round", flat=True)) - set(besides)
    for number in gone:
        _drop_names(conversation, round=number, besides=[])
    if dropped:
        trail.record("statements.maps_dropped", conversation, by=by, data={"maps": dropped})


def _drop_names(conversation: Conversation, *, round: int, besides: list[str]) -> None:
    """Show no name of a group that is not in the map any more: its letter may come back for other people."""
    shown = GroupName.objects.filter(conversation=conversation, round=round, dropped_at=None)
    shown.exclude(key__in=besides).update(dropped_at=clock.now())
