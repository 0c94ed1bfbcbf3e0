"""Reading challenges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.challenges import permissions
from samskap.apps.challenges.labels import FIGURE_KINDS
from samskap.apps.challenges.models import Challenge, ChallengeFigure
from samskap.apps.figures import queries as figures
from samskap.apps.figures.labels import breakdown_words, indicator_title
from samskap.apps.outlook import queries as outlook
from samskap.apps.trail.queries import Story
from samskap.kernel.errors import NotFound
from samskap.web.parts import Card, Part, Step

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.figures.queries import Chart

__all__ = [
    "Told",
    "challenge_card",
    "challenge_story",
    "challenges_by_key",
    "challenges_of",
    "editable_challenge",
    "editable_figure",
    "figure_choices",
    "figures_of",
    "hall_chart",
    "hall_figures",
    "hall_title",
    "has_scenarios",
    "municipality_parts",
    "place_parts",
    "published_challenges",
    "story_in_figures",
    "visible_challenge",
    "work_steps",
]


@dataclass(frozen=True)
class Told:
    """One chart of a challenge, and where its figures can be read."""

    figure: ChallengeFigure
    title: str
    url: str
    chart: Chart


def _find(pk: int) -> Challenge | None:
    return Challenge.objects.select_related("municipality").filter(pk=pk).first()


def visible_challenge(pk: int, *, viewer: Any) -> Challenge:
    """The challenge, or `NotFound` where it does not exist or this viewer may not see it."""
    challenge = _find(pk)
    if challenge is None or not permissions.can_see_challenge(viewer, challenge):
        raise NotFound(_("There is no such challenge here."))
    return challenge


def editable_figure(pk: int, *, viewer: Any) -> ChallengeFigure:
    """The chart of a challenge, for those who may change that; `NotFound` for everybody else."""
    found = ChallengeFigure.objects.select_related("challenge__municipality").filter(pk=pk).first()
    if found is None or not permissions.can_edit_challenge(viewer, found.challenge):
        raise NotFound(_("There is no such figure here."))
    return found


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


def figures_of(challenge: Challenge) -> list[ChallengeFigure]:
    """The charts of a challenge in their order, also those without figures at the moment."""
    return list(challenge.figures.select_related("indicator", "scenario").defer("scenario__result"))


def story_in_figures(challenge: Challenge) -> list[Told]:
    """The charts of a challenge that there are figures for, in their order. As many queries for one as for ten."""
    return _told(list(challenge.figures.select_related("indicator", "scenario")), challenge.municipality)


def _told(found: list[ChallengeFigure], municipality: Municipality) -> list[Told]:
    place = figures.Place(municipality.number, municipality.name)
    measured = [one for one in found if one.scenario is None]
    foreseen = [(one, one.scenario) for one in found if one.scenario is not None]
    drawn = outlook.scenario_charts([(scenario, one.part) for one, scenario in foreseen])
    charts = dict(zip(measured, figures.charts_of(place, [one.chart_key for one in measured]), strict=True))
    charts |= {one: chart for (one, _scenario), chart in zip(foreseen, drawn, strict=True)}
    return [
        Told(one, chart.title, _figure_url(one, place.number), chart)
        for one in found
        if (chart := charts[one]) is not None
    ]


def _figure_url(figure: ChallengeFigure, number: str) -> str:
    if figure.scenario is not None:
        return outlook.scenario_url(figure.scenario)
    if figure.indicator is not None:
        return figures.indicator_url(number, figure.indicator.key, figure.part)
    return reverse("figures:place", args=[number])


def figure_choices(challenge: Challenge) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be chosen as a chart, by heading: `kind`, `indicator:key:part` or `outlook:scenario:chart`, and a name.

    First the figures as they are, then the scenarios, the newest first.
    """
    municipality = challenge.municipality
    found = figures.chart_choices(figures.Place(municipality.number, municipality.name))
    measured = [(key if key in FIGURE_KINDS else f"indicator:{key}:{part}", name) for key, part, name in found]
    foreseen = [
        (
            _("Scenario: %(name)s") % {"name": one.name},
            [(f"outlook:{one.pk}:{key}", outlook.chart_name(key)) for key in outlook.SCENARIO_CHARTS],
        )
        for one in outlook.scenarios_with_charts(municipality)
    ]
    return ([(_("The figures"), measured)] if measured else []) + foreseen


def has_scenarios(challenge: Challenge) -> bool:
    """Whether there is a scenario that a chart can be chosen of."""
    return bool(outlook.scenarios_with_charts(challenge.municipality))


def hall_figures(found: list[Challenge]) -> list[ChallengeFigure]:
    """The charts of these challenges that can stand on a hall screen, in the order of the challenges."""
    rows = ChallengeFigure.objects.filter(challenge__in=found, challenge__published_at__isnull=False)
    return list(
        rows.select_related("indicator", "scenario", "challenge__municipality").defer("scenario__result")
        .order_by("challenge__order", "challenge_id", "order", "pk")
    )  # fmt: skip


def hall_title(figure: ChallengeFigure) -> str:
    """What the host reads on the button of a chart."""
    if figure.scenario is not None:
        gaps = {"chart": outlook.chart_name(figure.part), "scenario": figure.scenario.name}
        return _("%(chart)s (scenario “%(scenario)s”)") % gaps
    if figure.indicator is None:
        return str(FIGURE_KINDS[figure.kind])
    part = breakdown_words(figure.part)
    title = indicator_title(figure.indicator)
    return f"{title}, {part}" if part else title


def hall_chart(figure: ChallengeFigure) -> Told | None:
    """One chart for the hall screen; None where its challenge is hidden or there are no figures."""
    if not figure.challenge.is_published:
        return None
    return next(iter(_told([figure], figure.challenge.municipality)), None)


def place_parts(number: str, viewer: Any) -> list[Part]:
    """The public challenges of a municipality that its figures tell of, for the page of its figures."""
    found = Challenge.objects.filter(
        municipality__number=number, published_at__isnull=False, figures__isnull=False
    ).distinct()
    return [Part(title=_("Challenges that these figures tell of"), cards=tuple(map(challenge_card, found)), order=60)]


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
