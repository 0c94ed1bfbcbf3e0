"""How an appraisal is made, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

__all__ = ["Topic", "topics"]


@dataclass(frozen=True)
class Topic:
    """One question about appraisals and its answer in a few sentences."""

    key: str
    title: str
    paragraphs: tuple[str, ...]


def topics() -> tuple[Topic, ...]:
    """The method, one topic after the other."""
    return (_list(), _value(), _taxes(), _beside(), _kinds(), _social(), _uncertain(), _again(), _limits())


def _list() -> Topic:
    return Topic(
        "list",
        _("One list for all answers"),
        (
            _(
                "Everything starts with the effect list: who bears or gains something, how much of it there is in "
                "each year, and what a unit is worth. Every line is a difference from going on as today, the zero "
                "alternative, which is therefore 0 everywhere."
            ),
            _("Quantities are never negative. What counts against the initiative is marked as a cost or as a harm."),
        ),
    )


def _value() -> Topic:
    return Topic(
        "value",
        _("Net present value"),
        (
            _(
                "Prices of other years are first made into prices of one year with a price index. Then each year’s "
                "kroner are discounted to the comparison year: a krone that comes later counts less."
            ),
            _(
                "The Norwegian rate is 4 per cent in the first 40 years, then 3, and 2 after 75 years. The factor is "
                "multiplied year by year; it never falls back to a late rate from the start. From which year the "
                "steps are counted is a choice that is kept with the answer."
            ),
        ),
    )


def _taxes() -> Topic:
    return Topic(
        "taxes",
        _("The cost of taxes, and the budget krone"),
        (
            _(
                "Public money must be raised, and that costs society 20 øre a krone. It is counted once, on the part "
                "of each line that is public."
            ),
            _(
                "The net benefit per budget krone is the net present value divided by what public budgets pay. There "
                "is more than one practice for what stands below the line: the page names the one that was chosen and "
                "shows the others."
            ),
        ),
    )


def _beside() -> Topic:
    return Topic(
        "beside",
        _("What has no price"),
        (
            _(
                "Much that matters has no price. It stands beside the money, with a place on the plus-minus scale "
                "from four minus to four plus, and is never made into kroner. What has a price has no place on the "
                "scale."
            ),
        ),
    )


def _kinds() -> Topic:
    return Topic(
        "kinds",
        _("Kinds that are never added together"),
        (
            _(
                "Saved money, freed time, avoided cost, quality and value for others stand apart. Freed time is never "
                "cash: it is not in the line for public budgets, and it can be left out of the net present value."
            ),
            _("What is sure and what is hoped for stand apart too."),
        ),
    )


def _social() -> Topic:
    return Topic(
        "social",
        _("Social return (SROI)"),
        (
            _(
                "Social return asks what comes back for each krone that was put in, hours and premises counted. From "
                "each outcome is taken what would have come anyway, what only moved, and what others did; each is "
                "taken of what the one before has left. What is lost a year is taken from the second year on."
            ),
            _(
                "Without these four shares and their source there is no answer. The page names what is missing. The "
                "ratio always stands beside what is left in cash."
            ),
        ),
    )


def _uncertain() -> Topic:
    return Topic(
        "uncertain",
        _("How certain it is"),
        (
            _(
                "First each thing alone is made lower and higher, and the longest bar is what matters most. Then the "
                "page says how much of an effect is enough. Where it is said how uncertain a quantity is, everything "
                "is drawn anew 100,000 times at once."
            ),
            _(
                "The seed, the distributions and the correlations that stand on the page are those that were used, so "
                "anybody can draw the same again."
            ),
        ),
    )


def _again() -> Topic:
    return Topic(
        "again",
        _("Old answers"),
        (
            _(
                "An answer keeps the list, the edition of the parameters, the options and the result as they were. It "
                "can be computed again by its own edition and by today’s, here or with the command samskap appraise "
                "from the file that the page gives."
            ),
        ),
    )


def _limits() -> Topic:
    return Topic(
        "limits",
        _("What it is not"),
        (
            _(
                "The circular R-109 binds measures of the state; a municipality uses it as a standard. The rate is "
                "not the one that is used for municipal fees, which follows what loans cost."
            ),
            _(
                "An appraisal is no better than its list. It says what follows from the assumptions, and shows which "
                "of them the answer hangs on."
            ),
        ),
    )
