"""How the opinion map is made, in plain words, with an example whose numbers a test computes anew."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samskap.apps.reports.labels import share, stratum_name

__all__ = ["EXAMPLE", "NEEDED", "ExampleRow", "Topic", "example_rows", "topics"]

# One statement: who, answers, how many agree, and the whole percentages of the share and of its lower bound. How many
# answers the voluntary sector needs in all is the last number. `tests/apps/reports/test_method.py` reads them.
EXAMPLE = (("everyone", 48, 40, 83, 71), ("public", 24, 22, 92, 76), ("private", 16, 12, 75, 51),
           ("voluntary", 8, 6, 75, 40))  # fmt: skip
NEEDED = 13


@dataclass(frozen=True)
class Topic:
    """One question about the map and its answer in a few sentences."""

    key: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class ExampleRow:
    """One row of the example, as it is written."""

    who: str
    answers: int
    agree: int
    share: str
    lower: str


def example_rows() -> tuple[ExampleRow, ...]:
    """The table of the example."""
    return tuple(
        ExampleRow(
            who=_("Everyone") if name == "everyone" else stratum_name("sector", name),
            answers=answers,
            agree=agree,
            share=share(percent),
            lower=share(lower),
        )
        for name, answers, agree, percent, lower in EXAMPLE
    )


def topics() -> tuple[Topic, ...]:
    """The method, one topic after the other."""
    return (_places(), _groups(), _ground(), _divides(), _privacy(), _again())


def _places() -> Topic:
    return Topic(
        "places",
        _("From answers to places"),
        (
            _(
                "Each answer is compared with the average answer to the same statement. The two directions in which "
                "people differ most become the axes of the map. They have no name: up is not better than down."
            ),
            _(
                "People who answer alike come close to each other. Few answers leave a person near the middle, and the "
                "place is then marked as uncertain. From seven answers on, a person can belong to a group."
            ),
        ),
    )


def _groups() -> Topic:
    return Topic(
        "groups",
        _("Are there groups at all?"),
        (
            _(
                "First the answers to each statement are shuffled between people. If the real answers show no more "
                "pattern than shuffled ones, there are no groups, and we say so."
            ),
            _(
                "Then several divisions are tried. Groups are told only if they stand apart more than they would in "
                "one even spread, and if the same groups come out again when every fifth person is left out. If "
                "opinions lie on one spread, its two sides are told as two groups without a border between them, and "
                "drawn with a dashed outline."
            ),
        ),
    )


def _ground() -> Topic:
    return Topic(
        "ground",
        _("When is something common ground?"),
        (
            _(
                "A statement is common ground when more than half agree in every group and in every sector, also when "
                "the uncertainty is counted in. The lower bound is the share that we can be 95% sure of."
            ),
            _(
                "When many statements are looked at, some stand out by chance. So the demand is stricter the fewer "
                "statements pass: of all that are listed, at most one in twenty is expected to be wrong."
            ),
        ),
    )


def _divides() -> Topic:
    return Topic(
        "divides",
        _("What divides, and what is uncertain?"),
        (
            _(
                "A statement divides when two groups, or two sectors, surely differ by more than 25 percentage points. "
                "A statement that nearly everybody rejects does not divide: it is rejected together."
            ),
            _(
                "A statement with too few answers is called uncertain, and a statement that lacks answers from one "
                "group or sector is said to need more answers, with the name of the one that was not heard."
            ),
        ),
    )


def _privacy() -> Topic:
    return Topic(
        "privacy",
        _("What is never told"),
        (
            _(
                "Nothing is told about fewer than five people. No page shows how one person answered, and your own "
                "place on the map is shown to you alone."
            ),
            _("You can take back all your answers. You are then gone from the next map, a few seconds later."),
        ),
    )


def _again() -> Topic:
    return Topic(
        "again",
        _("Count again"),
        (
            _(
                "Anyone can fetch the answers without names from the page of a direction and compute the map again "
                "with the same program. The same answers give the same map."
            ),
        ),
    )
