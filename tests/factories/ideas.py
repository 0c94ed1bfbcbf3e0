"""Idea rounds, ideas, opportunities, partners and promises: one thing a call, past every rule."""

from __future__ import annotations

import itertools
from typing import Any

from tests import factories

from samskap.apps.initiatives.models import (
    Commitment,
    Follower,
    Idea,
    IdeaRound,
    IdeaSupport,
    IdeaWindow,
    Opportunity,
    Partner,
)
from samskap.apps.processes.models import Activity, Participant, Process
from samskap.kernel import clock

__all__ = [
    "make_commitment",
    "make_follower",
    "make_idea",
    "make_idea_round",
    "make_idea_window",
    "make_opportunity",
    "make_partner",
    "make_support",
]

_count = itertools.count(1)


def make_idea_round(*, process: Process | None = None, ideas: int = 0, window: str = "", **fields: Any) -> IdeaRound:
    """An idea round with so many accepted ideas, and with a window in the state `window` if one is named."""
    fields.setdefault("title", f"Hva kan vi gjøre {next(_count)}?")
    idea_round = IdeaRound.objects.create(process=process or factories.make_process(), **fields)
    for _number in range(ideas):
        make_idea(idea_round)
    if window:
        make_idea_window(idea_round, state=window)
    return idea_round


def make_idea_window(idea_round: IdeaRound, **fields: Any) -> Activity:
    """The activity that opens an idea round."""
    activity = factories.make_activity(process=idea_round.process, **fields)
    IdeaWindow.objects.create(activity=activity, idea_round=idea_round)
    return activity


def make_idea(idea_round: IdeaRound | None = None, **fields: Any) -> Idea:
    """An accepted idea, unless `state` says otherwise."""
    idea_round = idea_round or make_idea_round()
    number = fields.pop("number", None) or idea_round.ideas.count() + 1
    fields.setdefault("title", f"Idé {number} i runde {idea_round.pk}")
    fields.setdefault("state", "accepted")
    if fields["state"] == "rejected":
        fields.setdefault("reason", "Ikke en idé.")
    return Idea.objects.create(idea_round=idea_round, number=number, **fields)


def make_support(idea: Idea, participant: Participant | None = None) -> IdeaSupport:
    participant = participant or factories.make_participant(idea.idea_round.process)
    return IdeaSupport.objects.create(idea=idea, participant=participant)


def make_opportunity(*, published: bool = True, **fields: Any) -> Opportunity:
    fields.setdefault("municipality", None)
    fields["municipality"] = fields["municipality"] or factories.make_municipality()
    fields.setdefault("title", f"Mulighet {next(_count)}")
    fields.setdefault("text", "Vi kan gjøre det sammen.")
    fields.setdefault("published_at", clock.now() if published else None)
    return Opportunity.objects.create(**fields)


def make_partner(subject: Any, **fields: Any) -> Partner:
    """An organisation that has joined, or with `email` a resident."""
    if "email" not in fields:
        fields.setdefault("organisation", factories.make_organisation(municipality=subject.municipality))
    fields.setdefault("confirmed_at", clock.now())
    return Partner.objects.create(**{subject._meta.model_name: subject}, **fields)


def make_commitment(partner: Partner, *, kind: str = "money", amount: int | None = 20_000, **fields: Any) -> Commitment:
    return Commitment.objects.create(partner=partner, kind=kind, amount=amount, **fields)


def make_follower(subject: Any, *, email: str = "", **fields: Any) -> Follower:
    """A confirmed follower of an opportunity, an initiative or a process."""
    fields.setdefault("confirmed_at", clock.now())
    fields.setdefault("site", "https://samskap.example.org")
    if "person" not in fields:
        email = email or f"follower{next(_count)}@example.org"
    return Follower.objects.create(**{subject._meta.model_name: subject}, email=email, **fields)
