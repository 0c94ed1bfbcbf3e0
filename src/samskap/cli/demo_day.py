"""The two gatherings of the example municipality: a day that is over, with its report, and one that is open now."""

from __future__ import annotations

import itertools
import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from samskap.cli.demo_people import Answer, Opinion, SimulatedPerson, simulated_answers, simulated_people
from samskap.cli.demo_round import hold_second_round, name_groups
from samskap.cli.demo_texts import LANGUAGES, Content, content, sentence, texts
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO

__all__ = ["Held", "Stage", "begin_evening", "play_day"]

SEED = 20171114
MODERATION = timedelta(minutes=2)
DAY_VOTING = timedelta(minutes=28)
EVENING_VOTING = timedelta(minutes=24)
EVENING_PEOPLE = 90
SECOND_ROUND = timedelta(days=1)  # after the day, for a week
ONLOOKERS = 6  # present, but without an answer

Event = tuple[datetime, Callable[[], object]]


@dataclass(frozen=True)
class Stage:
    """What both gatherings stand on: the process, the organisations by key, and the plan in `day.toml`."""

    process: Any
    organisations: dict[str, Any]
    plan: Content
    people: int


@dataclass(frozen=True)
class Meeting:
    """A gathering with its programme, its conversation and the window of that; `known` are those who answered."""

    gathering: Any
    slots: list[Any]
    conversation: Any
    activity: Any
    known: dict[int, Any] = field(default_factory=dict)

    @property
    def talking(self) -> Any:
        """The slot in which people answer."""
        return next(slot for slot in self.slots if slot.kind == "conversation")


@dataclass(frozen=True)
class Held:
    """What the day left: the number of votes in both rounds, and those who answered by the simulated person."""

    votes: int
    known: dict[int, Any]


def play_day(stage: Stage, *, starts_at: datetime, tell: Callable[[str], None]) -> Held:
    """The day from invitation to report, and the second round online."""
    from samskap.apps.gatherings import actions as gatherings  # noqa: PLC0415 -- needs settings

    tell("The day is prepared")
    said = content("statements")
    with clock.showing(starts_at - timedelta(days=21)):
        meeting = _prepare(stage, "day", conversation="conversation", seeds=said["seeds"], starts_at=starts_at)
    tell("The day is held")
    with clock.showing(starts_at - timedelta(minutes=10)):
        meeting = replace(meeting, gathering=gatherings.open_gathering(meeting.gathering, by=SYSTEM_DEMO))
    people = simulated_people(stage.people, seed=SEED)
    _onlook(meeting, ONLOOKERS)
    votes = 0
    for slot in meeting.slots:
        with clock.showing(slot.starts_at):
            gatherings.go_to_slot(meeting.gathering, slot, by=SYSTEM_DEMO)
        if slot is meeting.talking:
            votes = _answer(meeting, people, said["seeds"], said["written"], lasts=DAY_VOTING, seed=SEED)
            _close_and_show(meeting)
    with clock.showing(meeting.gathering.ends_at):
        gatherings.end_gathering(meeting.gathering, by=SYSTEM_DEMO)
        name_groups(meeting.conversation, round=1)
    asked = [*said["seeds"], *(entry for entry in said["written"] if entry["fate"] == "accepted")]
    opinions = [_opinion(entry, lasts=DAY_VOTING) for entry in asked]
    votes += hold_second_round(
        meeting.conversation,
        known=meeting.known,
        opinions=opinions,
        starts_at=starts_at + SECOND_ROUND,
        seed=SEED,
        tell=tell,
    )
    return Held(votes, meeting.known)


def begin_evening(stage: Stage, *, starts_at: datetime, tell: Callable[[str], None]) -> int:
    """A gathering in the middle of its conversation, with people in the hall. Gives back the number of votes."""
    from samskap.apps.gatherings import actions as gatherings  # noqa: PLC0415 -- needs settings

    tell("The open gathering is prepared")
    said = content("statements")
    with clock.showing(starts_at - timedelta(days=7)):
        meeting = _prepare(stage, "evening", conversation="first_steps", seeds=said["first_steps"], starts_at=starts_at)
    tell("The open gathering begins")
    with clock.showing(starts_at - timedelta(minutes=10)):
        meeting = replace(meeting, gathering=gatherings.open_gathering(meeting.gathering, by=SYSTEM_DEMO))
        for sector in ("voluntary", "voluntary", "public"):
            gatherings.give_out_form(meeting.gathering, by=SYSTEM_DEMO, sector=sector)
    people = simulated_people(min(stage.people, EVENING_PEOPLE), seed=SEED + 1)
    for slot in meeting.slots[: meeting.slots.index(meeting.talking) + 1]:
        with clock.showing(slot.starts_at):
            gatherings.go_to_slot(meeting.gathering, slot, by=SYSTEM_DEMO)
    votes = _answer(meeting, people, said["first_steps"], said["evening_written"], lasts=EVENING_VOTING, seed=SEED + 1)
    _map(meeting)
    return votes


# Before


def _prepare(stage: Stage, name: str, *, conversation: str, seeds: Sequence[Content], starts_at: datetime) -> Meeting:
    """The gathering of this name in the plan, with its conversation, programme, invitations and sign-ups."""
    from samskap.apps.processes import actions as processes  # noqa: PLC0415 -- needs settings
    from samskap.apps.statements import actions as statements  # noqa: PLC0415 -- needs settings

    told = texts(stage.plan[conversation], "title", "intro")
    talk = statements.create_conversation(stage.process, by=SYSTEM_DEMO, created_at=clock.now(), **told)
    title = texts(stage.plan[conversation], "title")
    activity = processes.create_activity(stage.process, by=SYSTEM_DEMO, results="when_shown", **title)
    statements.attach_activity(talk, activity, by=SYSTEM_DEMO)
    for seed in seeds:
        statements.add_seed(talk, by=SYSTEM_DEMO, **sentence(seed, "text"))
    gathering = _make_gathering(stage, stage.plan[name], starts_at=starts_at)
    slots = [_make_slot(stage, gathering, slot, activity=activity) for slot in stage.plan[name]["slots"]]
    return Meeting(gathering, slots, talk, activity)


def _make_gathering(stage: Stage, entry: Content, *, starts_at: datetime) -> Any:
    from samskap.apps.gatherings import actions as gatherings  # noqa: PLC0415 -- needs settings

    gathering = gatherings.create_gathering(
        stage.process,
        by=SYSTEM_DEMO,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=entry["minutes"]),
        created_at=clock.now(),
        **{name: entry[name] for name in ("code", "place", "eligible")},
        **texts(entry, "title", "intro"),
    )
    for question in entry["questions"]:
        gatherings.add_question(gathering, by=SYSTEM_DEMO, **sentence(question, "text"))
    for sector, number in entry["invited"].items():
        gatherings.invite(gathering, by=SYSTEM_DEMO, links=number, sector=sector)
    place = itertools.count(1)
    for sector, number in entry["signed_up"].items():
        for _ in range(number):
            gatherings.sign_up(gathering, sector=sector, name=f"Deltaker {next(place)}")
    return gathering


def _make_slot(stage: Stage, gathering: Any, entry: Content, *, activity: Any) -> Any:
    from samskap.apps.gatherings import actions as gatherings  # noqa: PLC0415 -- needs settings

    fields = sentence(entry, "title")
    if "text_nb" in entry:
        fields["text"] = entry["text_nb"]
        for language in LANGUAGES:
            fields["translations"][language]["text"] = entry[f"text_{language}"]
    slot = gatherings.add_slot(
        gathering,
        by=SYSTEM_DEMO,
        kind=entry["kind"],
        starts_at=gathering.starts_at + timedelta(minutes=entry["at"]),
        minutes=entry["minutes"],
        activity=activity if entry["kind"] == "conversation" else None,
        **fields,
    )
    for speaker in entry.get("speakers", []):
        organisation = stage.organisations[speaker["organisation"]]
        gatherings.add_speaker(slot, by=SYSTEM_DEMO, organisation=organisation, **sentence(speaker, "name"))
    return slot


# While people answer


def _onlook(meeting: Meeting, number: int) -> None:
    """People who join and do no more."""
    from samskap.apps.gatherings import actions as gatherings  # noqa: PLC0415 -- needs settings
    from samskap.apps.processes import actions as processes  # noqa: PLC0415 -- needs settings

    with clock.showing(meeting.gathering.starts_at):
        tickets: list[dict[str, object]] = [{"channel": "phone", "assurance": "code"} for _ in range(number)]
        for participant in processes.import_tickets(meeting.gathering.process, tickets=tickets, by=SYSTEM_DEMO):
            gatherings.join(meeting.gathering, participant)


def _answer(
    meeting: Meeting,
    people: Sequence[SimulatedPerson],
    seeds: Sequence[Content],
    written: Sequence[Content],
    *,
    lasts: timedelta,
    seed: int,
) -> int:
    """Open the conversation and let everybody answer and write. Gives back the number of votes.

    Those who write do everything by the actions that a phone calls; the answers of the others come in one go.
    """
    from samskap.apps.gatherings import actions as gatherings  # noqa: PLC0415 -- needs settings
    from samskap.apps.statements import queries as statements  # noqa: PLC0415 -- needs settings

    opened_at = meeting.talking.starts_at
    with clock.showing(opened_at):
        gatherings.open_conversation(meeting.gathering, by=SYSTEM_DEMO)
        writers = {people[entry["by"] % len(people)] for entry in written}
        tickets = {person.number: _join(meeting, person, seed=seed) for person in sorted(writers, key=_number)}
    asked = [*seeds, *(entry for entry in written if entry["fate"] == "accepted")]
    opinions = [_opinion(entry, lasts=lasts) for entry in asked]
    answers = simulated_answers(people, opinions, seconds=int(lasts.total_seconds()), seed=seed)
    placed = dict(enumerate(statements.statements_of(meeting.conversation)))
    events = _writing(meeting, written, tickets=tickets, people=len(people), placed=placed)
    events += _voting(meeting, answers, tickets=tickets, placed=placed)
    for moment, happen in sorted(events, key=lambda event: event[0]):
        with clock.showing(moment):
            happen()
    others = _import_others(meeting, people, answers, tickets=tickets, placed=placed)
    for number, participant in (tickets | others).items():
        meeting.known[number] = participant
    return len(answers)


def _number(person: SimulatedPerson) -> int:
    return person.number


def _opinion(entry: Content, *, lasts: timedelta) -> Opinion:
    shown = timedelta(minutes=entry["minute"]) + MODERATION if "minute" in entry else timedelta()
    return Opinion(
        agree=tuple(entry["agree"]),
        against=tuple(entry["against"]),
        sectors=entry.get("sectors", {}),
        shown_after=shown / lasts,
    )


def _join(meeting: Meeting, person: SimulatedPerson, *, seed: int) -> Any:
    """A ticket for somebody, who says their sector and is present."""
    from samskap.apps.gatherings import actions as gatherings  # noqa: PLC0415 -- needs settings
    from samskap.apps.processes import actions as processes  # noqa: PLC0415 -- needs settings

    chance = random.Random(f"ticket:{seed}:{person.number}")  # noqa: S311 -- an example, not a secret
    key = uuid.UUID(int=chance.getrandbits(128), version=4)
    participant = processes.take_ticket(meeting.gathering.process, key=key, channel="phone", assurance="code")
    processes.say_sector(participant, sector=person.sector if person.says_sector else "")
    gatherings.join(meeting.gathering, participant)
    return participant


def _writing(
    meeting: Meeting, written: Sequence[Content], *, tickets: dict[int, Any], people: int, placed: dict[int, Any]
) -> list[Event]:
    """What is written, and what the moderator does with it two minutes later. Accepted ones get a place."""
    places = iter(range(len(placed), len(placed) + len(written)))
    events: list[Event] = []
    for entry in written:
        place = next(places) if entry["fate"] == "accepted" else None
        author = tickets[entry["by"] % people]
        at = meeting.talking.starts_at + timedelta(minutes=entry["minute"])
        pending: list[Any] = []
        events.append((at, partial(_write, meeting, entry, author=author, pending=pending)))
        events.append((at + MODERATION, partial(_moderate, entry, pending=pending, place=place, placed=placed)))
    return events


def _write(meeting: Meeting, entry: Content, *, author: Any, pending: list[Any]) -> None:
    from samskap.apps.statements import actions as statements  # noqa: PLC0415 -- needs settings

    written = statements.submit_statement(
        author,
        activity=meeting.activity,
        conversation=meeting.conversation,
        text=entry["text"],
        language=entry.get("language", "nb"),
    )
    pending.append(written)


def _moderate(entry: Content, *, pending: list[Any], place: int | None, placed: dict[int, Any]) -> None:
    from samskap.apps.statements import actions as statements  # noqa: PLC0415 -- needs settings

    written = pending.pop()
    if place is not None:
        placed[place] = statements.accept_statement(written, by=SYSTEM_DEMO)
    elif entry["fate"] == "rejected":
        statements.reject_statement(written, by=SYSTEM_DEMO, reason=entry["reason"])
    elif entry["fate"] == "merged":
        statements.merge_statement(written, into=placed[entry["into"] - 1], by=SYSTEM_DEMO)


def _voting(
    meeting: Meeting, answers: Sequence[Answer], *, tickets: dict[int, Any], placed: dict[int, Any]
) -> list[Event]:
    """The answers of those who hold a ticket already, one by one."""
    return [
        (
            meeting.talking.starts_at + timedelta(seconds=answer.second),
            partial(_vote, meeting, answer, participant=tickets[answer.person], placed=placed),
        )
        for answer in answers
        if answer.person in tickets
    ]


def _vote(meeting: Meeting, answer: Answer, *, participant: Any, placed: dict[int, Any]) -> None:
    from samskap.apps.statements import actions as statements  # noqa: PLC0415 -- needs settings

    statements.cast_vote(
        participant,
        placed[answer.statement],
        choice=answer.choice,
        matters=answer.matters,
        activity=meeting.activity,
    )


def _import_others(
    meeting: Meeting,
    people: Sequence[SimulatedPerson],
    answers: Sequence[Answer],
    *,
    tickets: dict[int, Any],
    placed: dict[int, Any],
) -> dict[int, Any]:
    """Everybody else with their answers in one go; each of them is present. Gives them back by number."""
    from samskap.apps.gatherings import actions as gatherings  # noqa: PLC0415 -- needs settings
    from samskap.apps.statements import actions as statements  # noqa: PLC0415 -- needs settings

    others = [person for person in people if person.number not in tickets]
    opened_at = meeting.talking.starts_at
    votes = [
        statements.ImportedVote(
            person=str(answer.person),
            statement=placed[answer.statement].number,
            choice=answer.choice,
            matters=answer.matters,
            cast_at=opened_at + timedelta(seconds=answer.second),
        )
        for answer in answers
        if answer.person not in tickets
    ]
    with clock.showing(opened_at + timedelta(seconds=max(answer.second for answer in answers))):
        named = [
            statements.ImportedPerson(
                name=str(person.number), sector=person.sector if person.says_sector else "", channel=person.channel
            )
            for person in others
        ]
        joined = statements.import_answers(
            meeting.conversation, by=SYSTEM_DEMO, people=named, votes=votes, activity=meeting.activity
        )
        for participant in joined:
            gatherings.join(meeting.gathering, participant)
    return {person.number: participant for person, participant in zip(others, joined, strict=True)}


# After


def _close_and_show(meeting: Meeting) -> None:
    """The answers are counted when the conversation is closed, and shown from its own slot before the next begins."""
    from samskap.apps.gatherings import actions as gatherings  # noqa: PLC0415 -- needs settings

    with clock.showing(meeting.talking.starts_at + timedelta(minutes=meeting.talking.minutes)):
        gatherings.close_conversation(meeting.gathering, by=SYSTEM_DEMO)
        _map(meeting)
        gatherings.show_results(meeting.gathering, by=SYSTEM_DEMO)


def _map(meeting: Meeting) -> None:
    """What the background work would do some seconds later: the pages are complete from the first look."""
    from samskap.apps.statements import tasks  # noqa: PLC0415 -- needs settings

    tasks.map_conversation(conversation_id=meeting.conversation.pk)
