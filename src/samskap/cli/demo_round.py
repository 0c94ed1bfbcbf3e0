"""What came after the day: the groups of its map get names, and the same conversation is held once more, online."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from samskap.cli.demo_people import Answer, Opinion, simulated_answers, simulated_people
from samskap.cli.demo_texts import Content, content, texts
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO

__all__ = ["hold_second_round", "name_groups"]

ANSWER_AGAIN = 0.75  # of those who answered on the day
NEWCOMERS = 0.15  # beside them, as a part of those on the day
LASTS = timedelta(days=7)


def name_groups(conversation: Any, *, round: int) -> None:
    """Each group gets the name of the planted camp whose own statement it agrees with most."""
    from samskap.apps.statements import actions as statements  # noqa: PLC0415 -- needs settings
    from samskap.apps.statements import queries  # noqa: PLC0415 -- needs settings

    result = queries.stored_result(conversation, round)
    taken: set[str] = set()
    for entry in content("statements")["groups"] if result else []:
        told = next((s for s in result.statements if s.key == str(entry["number"])), None) if result else None
        cells = [c for c in told.by_stratum if c.kind == "group" and c.name not in taken] if told else []
        if not cells:
            continue
        key = max(cells, key=lambda cell: cell.share_agree).name
        taken.add(key)
        named = texts(entry, "name", "description")
        statements.name_group(conversation, round=round, key=key, by=SYSTEM_DEMO, **named)


def hold_second_round(
    conversation: Any,
    *,
    known: Mapping[int, Any],
    opinions: Sequence[Opinion],
    starts_at: datetime,
    seed: int,
    tell: Callable[[str], None],
) -> int:
    """An online week in which most answer again and some are new; a few opinions have moved. Gives back the votes.

    `known` are the participants of the day by the number of the simulated person.
    """
    tell("The second round is held")
    with clock.showing(starts_at):
        activity = _window(conversation)
    chance = random.Random(f"round:{seed}")  # noqa: S311 -- an example, not a secret
    again = [person for person in simulated_people(len(known), seed=seed) if chance.random() < ANSWER_AGAIN]
    fresh = simulated_people(round(len(known) * NEWCOMERS), seed=seed + 2)
    again += [replace(person, number=person.number + len(known)) for person in fresh]
    moved = [_moved(opinion, number=number) for number, opinion in enumerate(opinions, start=1)]
    answers = simulated_answers(again, moved, seconds=int(LASTS.total_seconds()), seed=seed + 2)
    with clock.showing(starts_at + LASTS):
        _store(conversation, activity, answers=answers, people=again, known=known, starts_at=starts_at)
    return len(answers)


def _window(conversation: Any) -> Any:
    """An activity of the second round, open, with results that are shown when it closes."""
    from samskap.apps.processes import actions as processes  # noqa: PLC0415 -- needs settings
    from samskap.apps.statements import actions as statements  # noqa: PLC0415 -- needs settings

    title = texts(content("day")["second_round"], "title")
    activity = processes.create_activity(
        conversation.process, by=SYSTEM_DEMO, results="when_shown", round=2, access="open", **title
    )
    statements.attach_activity(conversation, activity, by=SYSTEM_DEMO)
    return processes.open_activity(activity, by=SYSTEM_DEMO)


def _moved(opinion: Opinion, *, number: int) -> Opinion:
    """What people think of a statement now."""
    entry: Content | None = next((e for e in content("statements")["moved"] if e["number"] == number), None)
    if entry is None:
        return Opinion(opinion.agree, opinion.against, opinion.sectors)
    return Opinion(tuple(entry["agree"]), tuple(entry["against"]))


def _store(
    conversation: Any,
    activity: Any,
    *,
    answers: Sequence[Answer],
    people: Sequence[Any],
    known: Mapping[int, Any],
    starts_at: datetime,
) -> None:
    from samskap.apps.processes import actions as processes  # noqa: PLC0415 -- needs settings
    from samskap.apps.statements import actions as statements  # noqa: PLC0415 -- needs settings
    from samskap.apps.statements import queries, tasks  # noqa: PLC0415 -- needs settings

    placed = list(queries.statements_of(conversation))
    votes = [
        statements.ImportedVote(
            person=str(answer.person),
            statement=placed[answer.statement].number,
            choice=answer.choice,
            matters=answer.matters,
            cast_at=starts_at + timedelta(seconds=answer.second),
        )
        for answer in answers
    ]
    newcomers = [
        statements.ImportedPerson(name=str(p.number), sector=p.sector if p.says_sector else "", channel="web")
        for p in people
        if p.number not in known
    ]
    before = {str(number): participant for number, participant in known.items()}
    statements.import_answers(
        conversation, by=SYSTEM_DEMO, people=newcomers, known=before, votes=votes, round=2, activity=activity
    )
    processes.close_activity(activity, by=SYSTEM_DEMO)
    tasks.map_conversation(conversation_id=conversation.pk)
    name_groups(conversation, round=2)
    processes.show_results(activity, by=SYSTEM_DEMO)
