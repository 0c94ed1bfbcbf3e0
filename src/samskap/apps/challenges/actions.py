"""Everything that changes challenges and their questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samskap.apps.actors import permissions as actors
from samskap.apps.challenges import permissions
from samskap.apps.challenges.models import Challenge, ChallengeFigure, DiscussionQuestion
from samskap.apps.figures import queries as figures
from samskap.apps.outlook import queries as outlook
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = [
    "add_figure",
    "create_challenge",
    "delete_challenge",
    "hide_challenge",
    "move_challenge",
    "publish_challenge",
    "remove_figure",
    "set_questions",
    "update_challenge",
]


def _may_edit(by: Acting, challenge: Challenge) -> bool:
    return isinstance(by, SystemActor) or permissions.can_edit_challenge(by, challenge)


@transaction.atomic
def create_challenge(municipality: Municipality, *, by: Acting, **fields: Any) -> Challenge:
    """Write a challenge, last in the list; it is not public until it is published."""
    require(isinstance(by, SystemActor) or actors.can_facilitate(by, municipality))
    last = Challenge.objects.filter(municipality=municipality).aggregate(last=Max("order"))["last"]
    fields.setdefault("order", 1 if last is None else last + 1)
    challenge = Challenge.objects.create(municipality=municipality, **fields)
    trail.record("challenges.challenge_created", challenge, by=by)
    return challenge


@transaction.atomic
def update_challenge(challenge: Challenge, *, by: Acting, **fields: Any) -> Challenge:
    """Change the texts of a challenge."""
    challenge = lock(challenge)
    require(_may_edit(by, challenge))
    for name, value in fields.items():
        setattr(challenge, name, value)
    challenge.save(update_fields=list(fields))
    trail.record(
        "challenges.challenge_changed", challenge, by=by, public=challenge.is_published, data={"fields": sorted(fields)}
    )
    return challenge


@transaction.atomic
def set_questions(challenge: Challenge, *, questions: Sequence[dict[str, Any]], by: Acting) -> list[DiscussionQuestion]:
    """Let these be the questions to discuss, in this order: each with `language`, `text` and `translations`.

    A question keeps its row as long as it keeps its place, so that what points to it still does.
    """
    challenge = lock(challenge)
    require(_may_edit(by, challenge))
    there = list(challenge.questions.all())
    kept = []
    for order, fields in enumerate(questions):
        question = there[order] if order < len(there) else DiscussionQuestion(challenge=challenge)
        for name, value in (fields | {"order": order}).items():
            setattr(question, name, value)
        question.save()
        kept.append(question)
    for question in there[len(kept) :]:
        question.delete()
    trail.record("challenges.questions_set", challenge, by=by, data={"questions": len(kept)})
    return kept


@transaction.atomic
def publish_challenge(challenge: Challenge, *, by: Acting) -> Challenge:
    """Show the challenge to everybody."""
    challenge = lock(challenge)
    require(_may_edit(by, challenge))
    if not challenge.is_published:
        challenge.published_at = clock.now()
        challenge.save(update_fields=["published_at"])
        trail.record("challenges.challenge_published", challenge, by=by, public=True)
    return challenge


@transaction.atomic
def hide_challenge(challenge: Challenge, *, by: Acting) -> Challenge:
    """Take the challenge away from the public pages; it is a draft again."""
    challenge = lock(challenge)
    require(_may_edit(by, challenge))
    if challenge.is_published:
        challenge.published_at = None
        challenge.save(update_fields=["published_at"])
        trail.record("challenges.challenge_hidden", challenge, by=by, public=True)
    return challenge


@transaction.atomic
def move_challenge(challenge: Challenge, *, direction: str, by: Acting) -> Challenge:
    """Let the challenge change places with the one before (`up`) or after (`down`) it; at the end nothing happens."""
    lock(challenge.municipality)
    challenge = lock(challenge)
    require(_may_edit(by, challenge))
    listed = list(Challenge.objects.filter(municipality=challenge.municipality))
    here = next(place for place, one in enumerate(listed) if one.pk == challenge.pk)
    there = here + (-1 if direction == "up" else 1)
    if not 0 <= there < len(listed):
        return challenge
    listed[here], listed[there] = listed[there], listed[here]
    for order, one in enumerate(listed, start=1):
        one.order = order
    Challenge.objects.bulk_update(listed, ["order"])
    trail.record("challenges.challenge_moved", challenge, by=by)
    return listed[there]


@transaction.atomic
def delete_challenge(challenge: Challenge, *, by: Acting) -> None:
    """Delete a challenge with its questions; processes that worked on it stay."""
    challenge = lock(challenge)
    require(_may_edit(by, challenge))
    trail.record("challenges.challenge_deleted", challenge, by=by)
    challenge.delete()


@transaction.atomic
def add_figure(
    challenge: Challenge, *, kind: str, by: Acting, indicator: str = "", scenario: int | None = None, part: str = ""
) -> ChallengeFigure:
    """Let a chart tell of the challenge, last of its charts; the same one twice is one.

    Where `kind` is "indicator", `indicator` is the key of one that the municipality has figures of. Where it is
    "outlook", `scenario` is one of the municipality's own, and `part` which of its charts (outlook.SCENARIO_CHARTS).
    """
    challenge = lock(challenge)
    require(_may_edit(by, challenge))
    shown = {
        "indicator": _indicator(challenge, indicator) if kind == "indicator" else None,
        "scenario": _scenario(challenge, scenario, chart=part) if kind == "outlook" else None,
    }
    last = challenge.figures.aggregate(last=Max("order"))["last"]
    figure, created = ChallengeFigure.objects.get_or_create(
        challenge=challenge, kind=kind, part=part, **shown, defaults={"order": (last or 0) + 1}
    )
    if created:
        trail.record("challenges.figure_added", challenge, by=by, public=challenge.is_published)
    return figure


def _indicator(challenge: Challenge, key: str) -> Any:
    found = figures.indicator_by_key(key, page_of=challenge.municipality.number)
    if found is None:
        raise RuleError(
            _("There are no figures of this for %(place)s.") % {"place": challenge.municipality.name},
            code="figure_unknown",
            cure=_("Fetch or import them first."),
        )
    return found


def _scenario(challenge: Challenge, pk: int | None, *, chart: str) -> Any:
    found = outlook.scenario_of(challenge.municipality, pk)
    if found is None or outlook.scenario_charts([(found, chart)]) == [None]:
        raise RuleError(
            _("This chart cannot be had of a scenario of %(place)s.") % {"place": challenge.municipality.name},
            code="figure_unknown",
            cure=_("Open the outlook, save what you see as a scenario, and choose one of its charts."),
        )
    return found


@transaction.atomic
def remove_figure(figure: ChallengeFigure, *, by: Acting) -> None:
    """Take a chart away from its challenge; the figures stay."""
    challenge = lock(figure.challenge)
    require(_may_edit(by, challenge))
    figure.delete()
    trail.record("challenges.figure_removed", challenge, by=by, public=challenge.is_published)
