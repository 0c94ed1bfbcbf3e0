"""How the outlook is made, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

__all__ = ["Topic", "topics"]


@dataclass(frozen=True)
class Topic:
    """One question about the outlook and its answer in a few sentences."""

    key: str
    title: str
    paragraphs: tuple[str, ...]


def topics() -> tuple[Topic, ...]:
    """The method, one topic after the other."""
    return (_people(), _small(), _chance(), _need(), _money(), _room(), _levers(), _limits())


def _people() -> Topic:
    return Topic(
        "people",
        _("From people to people"),
        (
            _(
                "The outlook starts with the people of today by sex and year of age. Each year everybody grows a year "
                "older, some die, some move out, others move in, and children are born. So it goes for 25 years."
            ),
            _(
                "Who moves out of one municipality moves into another: all municipalities share the same movers. Those "
                "who come from abroad and leave the country are counted besides."
            ),
        ),
    )


def _small() -> Topic:
    return Topic(
        "small",
        _("What is ours, and what is the country's?"),
        (
            _(
                "In a small municipality a few births more or less can be chance. Its own figures therefore count as "
                "much as they can tell, and the country's make up the rest. The page shows how much each counts."
            ),
            _(
                "How long people live, how many children they have and at what age they move follow curves for the "
                "whole country, raised or lowered for the municipality."
            ),
        ),
    )


def _chance() -> Topic:
    return Topic(
        "chance",
        _("Why there are bands"),
        (
            _(
                "The outlook is drawn a thousand times. Each time the country develops differently, the municipality "
                "strays in its own way, and chance decides who is born, moves and dies. The dark band holds every "
                "second of these futures, the light one four of five."
            ),
            _(
                "When you move a lever, the same thousand futures are drawn again. What differs is therefore the "
                "lever, and not chance."
            ),
            _(
                "Beside our own band stand official projections as they were made at the time. They show how far such "
                "lines have been from what came."
            ),
        ),
    )


def _need() -> Topic:
    return Topic(
        "need",
        _("From people to posts and kroner"),
        (
            _(
                "Each service has users by age: children in kindergarten, pupils in school, old people in care. How "
                "much each age needs is taken from the state's cost keys and fitted to the municipality's accounts."
            ),
            _(
                "Standard, coverage and work for each user are kept as they are today. The need therefore shows what "
                "the same services take, not what anybody has decided."
            ),
            _(
                "If people stay healthy longer, the need comes later in life. The lever for healthier old age says how "
                "much of the years gained are free of need."
            ),
        ),
    )


def _money() -> Topic:
    return Topic(
        "money",
        _("From kroner to the budget"),
        (
            _(
                "The state evens out what it costs to be many old or many young: a municipality gets more when its "
                "need grows faster than the country's, and less when the country ages faster. So the money follows the "
                "whole country, future by future."
            ),
            _(
                "Revenue less the cost of services, interest and instalments is the net operating result. Debt and "
                "free funds follow from it, year by year. All kroner are of the price year that stands beside them."
            ),
        ),
    )


def _room() -> Topic:
    return Topic(
        "room",
        _("What the room for manoeuvre is"),
        (
            _(
                "The room for manoeuvre is the net operating result less 1.75 per cent of the revenue, at today's "
                "standard. That share is what the technical committee on municipal economy recommends to keep. What is "
                "left can be used for something new; what is missing must be found."
            ),
            _(
                "“Must do” is what number and age of people change in the cost. “Chosen” is what the levers change. "
                "The two are never added up into one."
            ),
            _(
                "The two gaps tell how much of the revenue must be found each year, from now on: one so that the debt "
                "is no heavier at the end than now, the other so that the accounts hold for ever."
            ),
        ),
    )


def _levers() -> Topic:
    return Topic(
        "levers",
        _("What the levers do"),
        (
            _(
                "A lever changes an assumption, never a result: more children a woman, fewer who move out, new jobs "
                "that bring people of working age. It works evenly over the years you choose."
            ),
            _(
                "Money that leaves the budget and time that is freed are told apart. Freed time is no money until "
                "somebody decides so."
            ),
            _(
                "What benefits were measured to save is added to the room for manoeuvre of every future as it is. What "
                "the accounts hold already is not counted again, and what is only hoped for stands apart."
            ),
        ),
    )


def _limits() -> Topic:
    return Topic(
        "limits",
        _("What it cannot know"),
        (
            _(
                "The outlook says what comes if things go on as they have. It knows nothing of a new factory, a war or "
                "a reform. Most of what goes wrong in such outlooks is who moves, and for children how many are born."
            ),
            _(
                "Some rules and prices could not be read at their source. They are marked as not checked, and you can "
                "put in your own."
            ),
        ),
    )
