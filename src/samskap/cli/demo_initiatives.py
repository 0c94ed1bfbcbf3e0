"""What came of the day in the example municipality: ideas, opportunities with partners, initiatives and their gates."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from samskap.cli.demo_texts import LANGUAGES, Content, content, each, sentence, texts
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO

__all__ = ["Ground", "carry_on", "gather_ideas", "plan_initiatives", "write_opportunities"]

SEED = 20171115
SAYS = ("title", "summary", "problem", "measures", "principles", "effects", "recommendation", "conditions",
        "zero_alternative")  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """What all of it stands on: the process, its challenges in their order, and the organisations by key."""

    process: Any
    challenges: Sequence[Any]
    organisations: Mapping[str, Any]

    @property
    def municipality(self) -> Any:
        return self.process.municipality

    def chosen(self, numbers: Sequence[int]) -> list[Any]:
        """Challenges by their numbers from 1."""
        return [self.challenges[number - 1] for number in numbers]


def gather_ideas(ground: Ground, *, known: Mapping[int, Any], opens_at: datetime) -> list[Any]:
    """An idea round of nine days; those who answered on the day write and support. Gives back the ideas."""
    from samskap.apps.initiatives import actions as initiatives  # noqa: PLC0415 -- needs settings
    from samskap.apps.processes import actions as processes  # noqa: PLC0415 -- needs settings

    plan = content("initiatives")
    with clock.showing(opens_at):
        said = texts(plan["idea_round"], "title", "intro")
        idea_round = initiatives.create_idea_round(ground.process, by=SYSTEM_DEMO, **said)
        window = processes.create_activity(
            ground.process, by=SYSTEM_DEMO, results="when_shown", **sentence(_titled(plan["window"]), "title")
        )
        initiatives.attach_idea_round(idea_round, window, by=SYSTEM_DEMO)
        processes.open_activity(window, by=SYSTEM_DEMO)
    people = [known[number] for number in sorted(known)]
    chance = random.Random(f"ideas:{SEED}")  # noqa: S311 -- an example, not a secret
    made: list[Any] = []
    for entry in plan["ideas"]:
        with clock.showing(opens_at + timedelta(hours=8 * len(made) + 1)):
            made.append(_write_idea(entry, idea_round, window, author=chance.choice(people), made=made))
        with clock.showing(opens_at + timedelta(days=8)):
            _support(made[-1], window, people=chance.sample(people, min(entry["supporters"], len(people))))
    with clock.showing(opens_at + timedelta(days=9)):
        _settle_ideas(plan["ideas"], made)
        processes.close_activity(window, by=SYSTEM_DEMO)
        processes.show_results(window, by=SYSTEM_DEMO)
    return made


def _titled(entry: Content) -> Content:
    return {key: entry[key] for key in ("nb", "nn", "en")}


def _write_idea(entry: Content, idea_round: Any, window: Any, *, author: Any, made: Sequence[Any]) -> Any:
    from samskap.apps.initiatives import actions as initiatives  # noqa: PLC0415 -- needs settings

    idea = initiatives.submit_idea(
        author, activity=window, idea_round=idea_round, title=entry["title"], text=entry.get("text", "")
    )
    return initiatives.accept_idea(idea, by=SYSTEM_DEMO)


def _support(idea: Any, window: Any, *, people: Sequence[Any]) -> None:
    from samskap.apps.initiatives import actions as initiatives  # noqa: PLC0415 -- needs settings

    for participant in people:
        if participant.pk != idea.author_id:
            initiatives.support_idea(participant, idea, activity=window)


def _settle_ideas(entries: Sequence[Content], made: Sequence[Any]) -> None:
    """What the moderator does after reading: one is merged into another, one is turned down with a reason."""
    from samskap.apps.initiatives import actions as initiatives  # noqa: PLC0415 -- needs settings

    for entry, idea in zip(entries, made, strict=True):
        if "into" in entry:
            initiatives.merge_idea(idea, into=made[entry["into"] - 1], by=SYSTEM_DEMO)
        elif "reason" in entry:
            initiatives.reject_idea(idea, reason=entry["reason"], by=SYSTEM_DEMO)


def write_opportunities(ground: Ground, *, ideas: Sequence[Any], at: datetime) -> dict[str, Any]:
    """Opportunities of the ideas, published, with partners and what these promise; by key."""
    from samskap.apps.initiatives import actions as initiatives  # noqa: PLC0415 -- needs settings

    plan = content("initiatives")
    found = {}
    for number, entry in enumerate(plan["opportunities"]):
        origin = [idea for told, idea in zip(plan["ideas"], ideas, strict=True) if told.get("of") == entry["key"]]
        with clock.showing(at + timedelta(days=number)):
            opportunity = initiatives.write_opportunity(
                ground.municipality, by=SYSTEM_DEMO, ideas=origin, challenges=ground.chosen(entry["challenges"]),
                process=ground.process, created_at=clock.now(), **texts(entry, "title", "text"),
            )  # fmt: skip
            found[entry["key"]] = initiatives.publish_opportunity(opportunity, by=SYSTEM_DEMO)
        with clock.showing(at + timedelta(days=14 + number)):
            _join(ground, opportunity, entry)
            if entry.get("state") == "set_aside":
                initiatives.set_opportunity_aside(opportunity, by=SYSTEM_DEMO, reason=entry["reason"])
    return found


def _join(ground: Ground, subject: Any, told: Content) -> None:
    """Organisations join and promise; some of it is confirmed or has come."""
    from samskap.apps.initiatives import actions as initiatives  # noqa: PLC0415 -- needs settings

    worded = [entry for entry in told["partners"] if "text" in entry]
    said = iter(each(told | {"promises": worded}, "promises", "text"))
    for entry in told["partners"]:
        organisation = ground.organisations[entry["organisation"]]
        partner = initiatives.join_as_organisation(subject, organisation=organisation, by=SYSTEM_DEMO)
        promised = initiatives.promise_commitment(
            partner, by=SYSTEM_DEMO, kind=entry["kind"], amount=entry.get("amount"),
            **(next(said) if "text" in entry else {}),
        )  # fmt: skip
        for state in ("confirmed", "delivered"):
            if entry["state"] in {state, "delivered"}:
                promised = initiatives.decide_commitment(promised, to=state, by=SYSTEM_DEMO)


def plan_initiatives(ground: Ground, *, opportunities: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The fourteen costed initiatives, published and explored; by key."""
    made = {}
    for number, entry in enumerate(content("initiatives")["initiatives"]):
        with clock.showing(at + timedelta(days=number)):
            made[entry["key"]] = _plan(ground, entry, opportunities=opportunities)
    return made


def _plan(ground: Ground, entry: Content, *, opportunities: Mapping[str, Any]) -> Any:
    from samskap.apps.initiatives import actions as initiatives  # noqa: PLC0415 -- needs settings

    step = content("initiatives")["gates"]["explored"]["step"]
    fields = texts(entry, *SAYS) | {
        "owner": _owner(entry["owner"]),
        "owner_organisation": ground.organisations[entry["owner"]],
        "challenges": ground.chosen(entry["challenges"]),
        "next_step": step,
        "next_date": clock.now().date() + timedelta(days=40),
    }
    origin = opportunities.get(entry.get("from", ""))
    if origin is not None:  # its partners come along
        initiative = initiatives.create_initiative_from(origin, by=SYSTEM_DEMO, **fields)
    else:
        initiative = initiatives.create_initiative(ground.municipality, by=SYSTEM_DEMO, **fields)
    _add_parts(initiative, entry)
    initiative = initiatives.publish_initiative(initiative, by=SYSTEM_DEMO)
    if origin is None:
        _join(ground, initiative, entry)
    _decide(initiative, "explored", gate="explored")
    return initiative


def _owner(organisation: str) -> Any:
    """The account that stands for the organisation with this key, or None."""
    from samskap.apps.actors import queries as actors  # noqa: PLC0415 -- needs settings

    return actors.person_by_email(content("initiatives")["owners"].get(organisation, ""))


def _add_parts(initiative: Any, entry: Content) -> None:
    from samskap.apps.initiatives import actions as initiatives  # noqa: PLC0415 -- needs settings

    first = clock.now().year
    for told, said in zip(entry["costs"], each(entry, "costs", "text"), strict=True):
        line = {"year": first + told["year"] - 1, "amount_nok": told["amount"]}
        initiatives.add_part(initiative, "costs", by=SYSTEM_DEMO, **line, **said)
    for kind, fields in (("risks", ("text", "response")), ("affected", ("who", "how"))):
        for told, said in zip(entry[kind], each(entry, kind, *fields), strict=True):
            initiatives.add_part(initiative, kind, by=SYSTEM_DEMO, **(told | said))


def carry_on(made: Mapping[str, Any], *, won: Sequence[str], decided_at: datetime, now: datetime) -> None:
    """What became of them: winners are planned, tried out and put into operation, one of the others is stopped."""
    for number, entry in enumerate(content("initiatives")["initiatives"]):
        initiative = made[entry["key"]]
        due = now.date() + timedelta(days=9 * number - 4)  # the first is overdue, for all to see
        if entry["key"] not in won:
            with clock.showing(decided_at):
                if entry.get("after") == "stopped":
                    _stop(initiative, entry)
                    continue
                _decide(initiative, "explored", gate="lost", due=due)
            continue
        _carry(initiative, entry, decided_at=decided_at, due=due)


def _carry(initiative: Any, entry: Content, *, decided_at: datetime, due: date) -> None:
    """One winner through its gates, some weeks apart."""
    steps = ("planned", "pilot", "in_operation")
    for name in steps[: steps.index(entry["after"]) + 1]:
        with clock.showing(decided_at + timedelta(days=content("initiatives")["gates"][name]["days"])):
            _decide(initiative, name, gate=name, due=due)


def _stop(initiative: Any, entry: Content) -> None:
    own = {"reason": entry["stopped_reason"], "learned": entry["learned"]}
    others = {code: {"reason": entry[code]["stopped_reason"], "learned": entry[code]["learned"]} for code in LANGUAGES}
    _record(initiative, "stopped", **own, translations=others)


def _decide(initiative: Any, stage: str, *, gate: str, due: date | None = None) -> None:
    """Go to a stage with the words of a gate in the file."""
    said = texts(content("initiatives")["gates"][gate], "reason", "step")
    others = {
        code: {"reason": told["reason"], "next_step": told["step"]} for code, told in said["translations"].items()
    }
    _record(
        initiative, stage, reason=said["reason"], next_step=said["step"], translations=others,
        next_date=due or clock.now().date() + timedelta(days=30),
    )  # fmt: skip


def _record(initiative: Any, stage: str, **fields: Any) -> None:
    from samskap.apps.initiatives import actions as initiatives  # noqa: PLC0415 -- needs settings

    initiatives.decide_gate(
        initiative, to_stage=stage, by=SYSTEM_DEMO, decided_on=clock.now().date(),
        decided_by="Kommunedirektøren" if stage == "explored" else "Formannskapet", **fields,
    )  # fmt: skip
