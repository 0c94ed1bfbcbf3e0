"""The example municipality, made through the same actions as everything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from samskap.cli import demo_ballot, demo_benefits, demo_day, demo_experience, demo_initiatives, demo_stories
from samskap.cli.demo_figures import store_figures, store_own_figures
from samskap.cli.demo_outlook import save_scenarios
from samskap.cli.demo_texts import Content, content, sentence, texts
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO

__all__ = ["STEPS", "Town", "build_town", "day_of", "evening_of"]

OSLO = ZoneInfo("Europe/Oslo")
STEPS = 13
VOTERS_A_PERSON = 10 / 3  # 600 in the budget vote where 180 are at the day
LEAST_AGE = timedelta(days=250)  # so that what came of the day has come


@dataclass(frozen=True)
class Town:
    """What was made, for the words that tell about it."""

    people: int
    votes: int


def day_of(now: datetime, *, month: int, day: int, hour: int) -> datetime:
    """The latest such day that is old enough for something to have come of it, at this hour in Norway."""
    local = now.astimezone(OSLO) - LEAST_AGE
    this_year = local.replace(month=month, day=day, hour=hour, minute=0, second=0, microsecond=0)
    return this_year if this_year.date() < local.date() else this_year.replace(year=local.year - 1)


def evening_of(now: datetime) -> datetime:
    """When the open gathering began: three quarters of an hour ago, at whole five minutes."""
    local = now.astimezone(OSLO) - timedelta(minutes=45)
    return local.replace(minute=local.minute // 5 * 5, second=0, microsecond=0)


def build_town(*, people: int, now: datetime, tell: Callable[[str], None]) -> Town:
    """Make everything in one transaction: all of it is there afterwards, or nothing. `tell` hears each of the steps."""
    from django.db import transaction  # noqa: PLC0415 -- needs settings

    plan = content("day")
    starts_at = day_of(now, **{name: plan["day"][name] for name in ("month", "day", "hour")})
    with transaction.atomic():
        tell("The municipality and its people")
        with clock.showing(starts_at - timedelta(days=40)):
            municipality, organisations = _make_place()
        tell("Its figures")
        with clock.showing(starts_at - timedelta(days=35)):
            store_figures(municipality.number, now=clock.now())
            store_own_figures(municipality, now=clock.now())
            scenarios = save_scenarios(municipality)
        tell("What the municipality faces")
        with clock.showing(starts_at - timedelta(days=30)):
            process, faced = _make_process(municipality, plan["process"], scenarios=scenarios)
        stage = demo_day.Stage(process=process, organisations=organisations, plan=plan, people=people)
        held = demo_day.play_day(stage, starts_at=starts_at, tell=tell)
        ground = demo_initiatives.Ground(process, faced, organisations)
        _come_of(ground, held, starts_at=starts_at, now=now, voters=round(people * VOTERS_A_PERSON), tell=tell)
        votes = held.votes + demo_day.begin_evening(stage, starts_at=evening_of(now), tell=tell)
    return Town(people, votes)


def _come_of(
    ground: demo_initiatives.Ground,
    held: demo_day.Held,
    *,
    starts_at: datetime,
    now: datetime,
    voters: int,
    tell: Callable[[str], None],
) -> None:
    """What came of the day: ideas, opportunities, initiatives, a vote under a budget, and what was carried out."""
    tell("Ideas become initiatives")
    ideas = demo_initiatives.gather_ideas(ground, known=held.known, opens_at=starts_at + timedelta(days=10))
    found = demo_initiatives.write_opportunities(ground, ideas=ideas, at=starts_at + timedelta(days=22))
    made = demo_initiatives.plan_initiatives(ground, opportunities=found, at=starts_at + timedelta(days=50))
    tell("The budget is voted on")
    opens_at = starts_at + timedelta(days=80)
    won = demo_ballot.hold_vote(ground.process, initiatives=made, opens_at=opens_at, voters=voters)
    demo_initiatives.carry_on(made, won=won, decided_at=starts_at + timedelta(days=100), now=now)
    tell("Benefits are measured")
    benefits = demo_benefits.measure_benefits(ground, initiatives=made, starts_at=starts_at)
    demo_benefits.appraise_one(ground, made["van"], benefits=benefits, starts_at=starts_at)
    demo_benefits.pay_for_results(ground, made["digital_youth"], starts_at=starts_at)
    tell("Stories are told")
    demo_stories.tell_stories(initiatives=made, benefits=benefits, starts_at=starts_at)
    demo_experience.bring_experience(ground.process.municipality, starts_at=starts_at)
    tell("A second vote is open")
    demo_ballot.open_vote(ground.process, opens_at=now - timedelta(days=2), voters=max(12, voters // 13))


def _make_place() -> tuple[Any, dict[str, Any]]:
    """The municipality and its organisations by key; its accounts hold their mandates."""
    from samskap.apps.actors import actions as actors  # noqa: PLC0415 -- needs settings

    town = content("town")
    number = town["municipality"]["number"]
    municipality = actors.add_municipality(number, by=SYSTEM_DEMO, is_illustrative=True, created_at=clock.now())
    organisations = {}
    for entry in town["organisations"]:
        fields = {name: value for name, value in entry.items() if name != "key"}
        organisations[entry["key"]] = actors.create_organisation(municipality, by=SYSTEM_DEMO, **fields)
    for entry in town["people"]:
        person = actors.add_person(entry["email"], by=SYSTEM_DEMO, name=entry["name"])
        organisation = organisations.get(entry.get("organisation", ""))
        actors.give_mandate(person, municipality, role=entry["role"], by=SYSTEM_DEMO, organisation=organisation)
    return municipality, organisations


def _make_process(municipality: Any, entry: Content, *, scenarios: Mapping[str, int]) -> tuple[Any, list[Any]]:
    """The published process, and its published challenges in their order."""
    from samskap.apps.challenges import actions as challenges  # noqa: PLC0415 -- needs settings
    from samskap.apps.processes import actions as processes  # noqa: PLC0415 -- needs settings

    made = []
    for told in content("town")["challenges"]:
        fields = texts(told, "title", "text", "known")
        challenge = challenges.create_challenge(municipality, by=SYSTEM_DEMO, **fields)
        questions = [sentence(question, "text") for question in told["questions"]]
        challenges.set_questions(challenge, questions=questions, by=SYSTEM_DEMO)
        for figure in told["figures"]:
            challenges.add_figure(challenge, by=SYSTEM_DEMO, **_figure(figure, scenarios))
        made.append(challenges.publish_challenge(challenge, by=SYSTEM_DEMO))
    fields = texts(entry, "title", "summary") | {"promise": entry["promise"], "created_at": clock.now()}
    process = processes.create_process(municipality, by=SYSTEM_DEMO, is_illustrative=True, **fields)
    processes.choose_challenges(process, challenges=made, by=SYSTEM_DEMO)
    return processes.publish_process(process, by=SYSTEM_DEMO), made


def _figure(told: str | Content, scenarios: Mapping[str, int]) -> dict[str, Any]:
    """A chart of a challenge: people by age, the key of an indicator, or a scenario with one of its charts."""
    if isinstance(told, dict):
        return {"kind": "outlook", "scenario": scenarios[told["scenario"]], "part": told["chart"]}
    return {"kind": told} if told in {"people", "support"} else {"kind": "indicator", "indicator": told}
