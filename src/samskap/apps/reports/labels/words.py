"""Headings and explanations of the report, for the page of paper, which has no words of its own."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samskap.apps.reports.labels import share

__all__ = [
    "ILLUSTRATIVE",
    "LICENCE_URL",
    "NOT_COMPUTED",
    "NOT_SHOWN",
    "UNCHANGED",
    "WHERE_THE_MONEY_GOES",
    "method_paragraphs",
    "paper_words",
]

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
ILLUSTRATIVE = gettext_lazy("Illustrative: not real answers")
NOT_COMPUTED = gettext_lazy(
    "Nothing has been computed yet: the first result comes a few seconds after the first votes."
)
NOT_SHOWN = gettext_lazy("Hidden from others: only those who run the process can see these results.")

WHERE_THE_MONEY_GOES = gettext_lazy("Where the money goes")

UNCHANGED = gettext_lazy("Nothing is changed: this is what comes if all goes on as now.")


def method_paragraphs() -> list[str]:
    """How the result is made, in plain words."""
    return [
        _(
            "Everyone answers statements with agree, disagree or pass. People who answer alike are placed close to "
            "each other on the map. Groups are shown only where the answers really fall apart into groups, and come "
            "out again when every fifth person is left out."
        ),
        _(
            "A statement is common ground when more than half agree in every group and in every sector that has enough "
            "answers, also when the uncertainty is counted in. “At least” is a one-sided 95 % lower bound: in nineteen "
            "of twenty such counts the real share is higher."
        ),
        _(
            "Nothing is told about fewer than five people. Nobody's name, address or device is stored, and a "
            "participant can take back every answer."
        ),
        _(
            "Those who answered chose to take part. The result tells what they think, and not what everybody in the "
            "municipality thinks."
        ),
    ]


def paper_words() -> dict[str, object]:
    """All words of the template by their place."""
    return {
        **_headings(),
        **_columns(),
        "common_ground_help": _(
            "The bar shows the weakest of all groups and sectors. The dark part holds also when the uncertainty is "
            "counted in."
        ),
        "divides_help": _("The upper bar is the part that agrees most, the lower bar the part that agrees least."),
        "nothing_uncertain": _("Every statement has enough answers to tell."),
        "map_caption": _(
            "Each dot is a person. Those who answer alike stand close together; the directions have no name."
        ),
        "outline": _("An outline holds nine in ten of a group."),
        "outline_gradual": _(
            "A dashed outline holds nine in ten of a group: the groups pass into each other without a border."
        ),
        "hidden_help": _("Hidden: fewer than five people, or a number that would give such a small one away."),
        "all_statements_help": _(
            "Shares are of all answers, pass included. The columns to the right show how many agree in each group and "
            "sector; a dash means too few answers."
        ),
        "method_paragraphs": method_paragraphs(),
        "percent": share(1)[1:],
        "figure": _("Figure"),
        "unknown": _("not known"),
        "hidden": _("hidden"),
        "hidden_short": "–",
    }


def _headings() -> dict[str, object]:
    return {
        "common_ground": _("Common ground"),
        "rejected": _("Rejected together"),
        "divides": _("What divides"),
        "divided_within": _("Divided within"),
        "awaited": _("Needs more answers"),
        "groups": _("The groups"),
        "uncertain": _("What is uncertain, and who was not heard"),
        "turnout": _("Who took part"),
        "outlook": _("Outlook"),
        "vote": _("Vote on the budget"),
        "assumed": _("What was assumed"),
        "by_sector": _("By sector"),
        "programme": _("The day"),
        "questions": _("The questions of the day"),
        "challenges": _("The challenges"),
        "all_statements": _("All statements"),
        "method": _("How the result was made"),
        "openness": _("Count again"),
    }


def _columns() -> dict[str, object]:
    return {
        "group": _("Group"),
        "people": _("People"),
        "share": _("Share"),
        "place": _("Place on the map"),
        "count": _("Count"),
        "number": _("Number"),
        "definition": _("Definition"),
        "sector": _("Sector"),
        "time": _("Time"),
        "what": _("What"),
        "nr": _("No."),
        "statement": _("Statement"),
        "agree": pgettext("vote", "Agree"),
        "pass": pgettext("vote", "Pass"),
        "disagree": pgettext("vote", "Disagree"),
        "answers": _("Answers"),
    }
