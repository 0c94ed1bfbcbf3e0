"""Reading challenges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.challenges import permissions
from samskap.apps.challenges.models import Challenge
from samskap.apps.trail.queries import Story
from samskap.kernel.errors import NotFound
from samskap.web.parts import Card, Part, Step

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person

__all__ = [
    "challenge_card",
    "challenge_story",
    "challenges_by_key",
    "challenges_of",
    "editable_challenge",
    "municipality_parts",
    "published_challenges",
    "visible_challenge",
    "work_steps",
]


def _find(pk: int) -> Challenge | None:
    return Challenge.objects.select_related("municipality").filter(pk=pk).first()


def visible_challenge(pk: int, *, viewer: Any) -> Challenge:
    """The challenge, or `NotFound` where it does not exist or this viewer may not see it."""
    challenge = _find(pk)
    if challenge is None or not permissions.can_see_challenge(viewer, challenge):
        raise NotFound(_("There is no such challenge here."))
    return challenge


def editable_challenge(pk: int, *, viewer: Any) -> Challenge:
    """The challenge, for those who may change it; `NotFound` for everybody else."""
    challenge = _find(pk)
    if challenge is None or not permissions.can_edit_challenge(viewer, challenge):
        raise NotFound(_("There is no such challenge here."))
    return challenge


def challenges_of(municipality: Municipality) -> list[Challenge]:
    """Every challenge of a municipality, drafts too, in their order."""
    return list(Challenge.objects.filter(municipality=municipality))


def published_challenges(municipality: Municipality) -> list[Challenge]:
    """The public challenges of a municipality, in their order."""
    return list(Challenge.objects.filter(municipality=municipality, published_at__isnull=False))


def challenges_by_key(municipality: Municipality, keys: list[int]) -> list[Challenge]:
    """Those of these challenges that belong to the municipality, in their order."""
    return list(Challenge.objects.filter(municipality=municipality, pk__in=keys))


def challenge_card(challenge: Challenge) -> Card:
    """The challenge as one line of a list."""
    said = challenge.said
    return Card(
        title=said.title, url=reverse("challenges:challenge", args=[challenge.pk]), text=said.text, lang=said.lang
    )


def municipality_parts(municipality: Municipality, viewer: Any) -> list[Part]:
    """The public challenges, for the municipality's page."""
    cards = tuple(challenge_card(one) for one in published_challenges(municipality))
    return [Part(title=_("What we face"), cards=cards, order=40)]


def challenge_story(pk: int, *, viewer: Any) -> Story:
    """The history of a challenge, for those who may see it."""
    challenge = visible_challenge(pk, viewer=viewer)
    said = challenge.said
    return Story(said.title, said.lang, reverse("challenges:challenge", args=[pk]), (challenge,))


def work_steps(municipality: Municipality, person: Person) -> list[Step]:
    """What is to be done about challenges: write the first, publish the drafts."""
    found = Challenge.objects.filter(municipality=municipality)
    drafts = found.filter(published_at__isnull=True).count()
    if drafts:
        return [
            Step(
                title=_("Publish the challenges that are ready"),
                text=_("Drafts that only you and your colleagues can see: %(number)s.") % {"number": drafts},
                url=reverse("challenges:challenges"),
                label=_("Go to the challenges"),
                order=45,
            )
        ]
    if found.exists():
        return []
    return [
        Step(
            title=_("Say what the municipality faces"),
            text=_("A challenge tells in plain words what it is about, what we know and what we ask."),
            url=reverse("challenges:new_challenge"),
            label=_("Write the first challenge"),
            order=20,
        )
    ]
