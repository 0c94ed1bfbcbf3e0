"""The two budget votes of the example municipality: one counted and shown, one that is open now."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from samskap.cli.demo_texts import Content, content, sentence, texts
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO

if TYPE_CHECKING:
    from samskap.apps.budgeting.rules import Chosen

__all__ = ["hold_vote", "open_vote"]

SEED = 20171201
LASTS = timedelta(days=14)
SECTORS = ("public", "private", "voluntary")


def hold_vote(process: Any, *, initiatives: Mapping[str, Any], opens_at: datetime, voters: int) -> list[str]:
    """A vote of two weeks, closed, counted and shown. Gives back the keys of the initiatives that won."""
    from samskap.apps.budgeting import actions as budgeting  # noqa: PLC0415 -- needs settings
    from samskap.apps.budgeting import tasks  # noqa: PLC0415 -- needs settings
    from samskap.apps.initiatives import queries  # noqa: PLC0415 -- needs settings
    from samskap.apps.processes import actions as processes  # noqa: PLC0415 -- needs settings

    plan = content("initiatives")
    with clock.showing(opens_at):
        ballot = _prepare(process, plan["ballot"], max_choices=plan["ballot"]["max_choices"])
        for entry in plan["initiatives"]:
            told = queries.initiative_for_ballot(initiatives[entry["key"]].pk)
            project = budgeting.add_initiative(ballot, told, by=SYSTEM_DEMO)
            budgeting.update_project(project, by=SYSTEM_DEMO, theme=_THEMES[entry["theme"]])
        ballot, window = _open(ballot, plan["ballot"])
    likes = [entry["likes"] for entry in plan["initiatives"]]
    _vote(ballot, window, plan["ballot"], likes=likes, voters=voters, opens_at=opens_at)
    with clock.showing(opens_at + LASTS):
        processes.close_activity(window, by=SYSTEM_DEMO)
        ballot = budgeting.close_ballot(ballot, by=SYSTEM_DEMO, counted=voters)
        count = budgeting.order_count(ballot, by=SYSTEM_DEMO)
        tasks.count_ballot(count_id=count.pk)
    with clock.showing(opens_at + LASTS + timedelta(hours=20)):
        budgeting.show_result(ballot, by=SYSTEM_DEMO)
    count.refresh_from_db()
    keys = [entry["key"] for entry in plan["initiatives"]]
    return [keys[int(winner) - 1] for winner in json.loads(bytes(count.content or b""))["winners"]]


_THEMES = {"community": "Møteplasser", "work": "Arbeid", "health": "Helse", "places": "Steder"}


def open_vote(process: Any, *, opens_at: datetime, voters: int) -> None:
    """A vote that goes on now, with small projects and points."""
    from samskap.apps.budgeting import actions as budgeting  # noqa: PLC0415 -- needs settings

    plan = content("initiatives")["open_ballot"]
    with clock.showing(opens_at):
        ballot = _prepare(process, plan, points=plan["points"])
        for entry in plan["projects"]:
            fields = sentence(entry, "title") | {"cost_nok": entry["cost"], "sector": entry["sector"]}
            budgeting.add_project(ballot, by=SYSTEM_DEMO, **fields)
        ballot, window = _open(ballot, plan)
    chance = random.Random(f"open:{SEED}")  # noqa: S311 -- an example, not a secret
    for number in range(voters):
        with clock.showing(opens_at + timedelta(minutes=37 * number)):
            _cast(ballot, window, _points(chance, projects=len(plan["projects"]), points=plan["points"]),
                  sector=chance.choice(SECTORS), channel="web", chance=chance)  # fmt: skip


def _prepare(process: Any, plan: Content, **limits: int) -> Any:
    from samskap.apps.budgeting import actions as budgeting  # noqa: PLC0415 -- needs settings

    fields = {"kind": plan["kind"], "budget_nok": plan["budget"], "seed": plan["seed"], "eligible": plan["eligible"]}
    return budgeting.create_ballot(process, by=SYSTEM_DEMO, **fields, **limits, **texts(plan, "title", "intro"))


def _open(ballot: Any, plan: Content) -> tuple[Any, Any]:
    from samskap.apps.budgeting import actions as budgeting  # noqa: PLC0415 -- needs settings
    from samskap.apps.processes import actions as processes  # noqa: PLC0415 -- needs settings

    window = processes.create_activity(
        ballot.process, by=SYSTEM_DEMO, results="when_shown", access="open", **texts(plan, "title")
    )
    budgeting.attach_window(ballot, window, by=SYSTEM_DEMO)
    processes.open_activity(window, by=SYSTEM_DEMO)
    return budgeting.open_ballot(ballot, by=SYSTEM_DEMO), window


def _vote(
    ballot: Any, window: Any, plan: Content, *, likes: Sequence[Mapping[str, float]], voters: int, opens_at: datetime
) -> None:
    """So many simulated voters, each of a camp, on the channels of the plan; what is on paper is typed by two."""
    from samskap.apps.budgeting import actions as budgeting  # noqa: PLC0415 -- needs settings

    chance = random.Random(f"vote:{SEED}")  # noqa: S311 -- an example, not a secret
    cast = [_voter(chance, plan, likes) for _ in range(voters)]
    typed = [one for one in cast if one[0] == "paper"]
    papers = iter(budgeting.print_forms(ballot, by=SYSTEM_DEMO, size=len(typed)) if typed else ())
    typists = _typists(ballot.process.municipality)
    for number, (channel, sector, chosen) in enumerate(cast):
        with clock.showing(opens_at + LASTS * (number / voters)):
            if channel == "paper":
                _type(next(papers), chosen, sector=sector, typists=typists)
            else:
                _cast(ballot, window, chosen, sector=sector, channel=channel, chance=chance)


def _voter(chance: random.Random, plan: Content, likes: Sequence[Mapping[str, float]]) -> tuple[str, str, list[Chosen]]:
    """Channel, sector and choices of one voter."""
    from samskap.apps.budgeting.rules import Chosen  # noqa: PLC0415 -- beside the others

    camp = chance.choices(list(plan["camps"]), list(plan["camps"].values()))[0]
    channel = chance.choices(list(plan["channels"]), list(plan["channels"].values()))[0]
    sector = chance.choices(SECTORS, plan["sectors"][camp])[0]
    wanted = [number for number, like in enumerate(likes, start=1) if chance.random() < like[camp]]
    chosen = chance.sample(wanted, min(len(wanted), plan["max_choices"])) or [chance.randint(1, len(likes))]
    return channel, sector, [Chosen(str(number)) for number in sorted(chosen)]


def _points(chance: random.Random, *, projects: int, points: int) -> list[Chosen]:
    """All points of one voter on one to three projects."""
    from samskap.apps.budgeting.rules import Chosen  # noqa: PLC0415 -- beside the others

    chosen = chance.sample(range(1, projects + 1), chance.randint(1, 3))
    shares = [points // len(chosen)] * len(chosen)
    shares[0] += points - sum(shares)
    return [Chosen(str(number), points=share) for number, share in zip(chosen, shares, strict=True)]


def _cast(
    ballot: Any, window: Any, chosen: Sequence[Chosen], *, sector: str, channel: str, chance: random.Random
) -> None:
    from samskap.apps.budgeting import actions as budgeting  # noqa: PLC0415 -- needs settings
    from samskap.apps.processes import actions as processes  # noqa: PLC0415 -- needs settings

    key = uuid.UUID(int=chance.getrandbits(128), version=4)
    participant = processes.take_ticket(ballot.process, key=key, channel=channel, assurance="open")
    participant = processes.say_sector(participant, sector=sector)
    budgeting.cast_ballot(participant, ballot, activity=window, chosen=chosen)


def _type(paper: Any, chosen: Sequence[Chosen], *, sector: str, typists: Sequence[Any]) -> None:
    from samskap.apps.budgeting import actions as budgeting  # noqa: PLC0415 -- needs settings

    for person in typists:
        paper = budgeting.type_paper(paper, by=person, read=budgeting.ReadForm(chosen=tuple(chosen), sector=sector))


def _typists(municipality: Any) -> list[Any]:
    """Two accounts of the example that run processes."""
    from samskap.apps.actors import queries as actors  # noqa: PLC0415 -- needs settings

    return actors.people_with_role(municipality, "leader", "facilitator")[:2]
