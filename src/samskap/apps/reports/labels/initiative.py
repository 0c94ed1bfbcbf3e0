"""Words of the report of an initiative: what stands large, headings for paper, and sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

__all__ = ["headline", "paper_words", "people_present", "supporters_words"]


def supporters_words(number: int) -> str:
    """How many people stand behind the ideas it came from."""
    said = ngettext("%(number)s person stands behind it.", "%(number)s people stand behind it.", number)
    return said % {"number": number}


def people_present(number: int) -> str:
    """How many were there."""
    return ngettext("%(number)s person was present.", "%(number)s people were present.", number) % {"number": number}


def headline(counts: Mapping[str, int], *, benefits: int, stage: str, is_stopped: bool) -> str:
    """What has come of it, in one or two sentences."""
    if is_stopped:
        first = _("It was stopped. What was learned stays.")
    else:
        first = _("It is at the stage “%(stage)s”.") % {"stage": stage}
    return f"{first} {_outcome(counts, benefits=benefits)}".strip()


def _outcome(counts: Mapping[str, int], *, benefits: int) -> str:
    wanted = benefits - counts.get("harm", 0)
    if not wanted:
        return _("No benefits are written down yet.")
    reached, open_ones = counts.get("reached", 0), wanted - counts.get("reached", 0) - counts.get("not_realised", 0)
    told = [
        ngettext(
            "%(count)s of %(all)s benefits is reached.", "%(count)s of %(all)s benefits are reached.", reached
        )
        % {"count": reached, "all": wanted}
    ]  # fmt: skip
    if counts.get("not_realised"):
        missed = counts["not_realised"]
        told.append(ngettext("%(count)s was not realised.", "%(count)s were not realised.", missed) % {"count": missed})
    if open_ones:
        told.append(
            ngettext("%(count)s is not settled yet.", "%(count)s are not settled yet.", open_ones)
            % {"count": open_ones}
        )
    return " ".join(told)


def paper_words() -> dict[str, str]:
    """All words of the template by their place."""
    return {
        "figure": _("Figure"),
        "report": _("Report of an initiative"),
        "illustrative": _("Illustrative: made up for the example"),
        "learned": _("What we have learned"),
        "stopped": _("Why it was stopped"),
        "began": _("Where it began"),
        "challenge": _("What we face"),
        "day": _("The gathering"),
        "ideas": _("What people proposed"),
        "opportunity": _("Opportunity"),
        "who": _("Who contributed"),
        "organisation": _("Organisation"),
        "sector": _("Sector"),
        "delivered": _("What has been delivered"),
        "nothing_delivered": _("Nothing delivered yet"),
        "nobody": _("Nobody has joined."),
        "together": _("What they bring together"),
        "never_added": _("Kroner, hours and other things are never added together."),
        "decisions": _("What was decided, and why"),
        "missing": _("Not in place when it was decided:"),
        "vote": _("What the vote decided"),
        "cost": _("What it costs, and who pays"),
        "no_cost": _("No costs are written down yet."),
        "chain": _("How it is meant to work"),
        "nr": _("No."),
        "from": _("From"),
        "to": _("To"),
        "how": _("How"),
        "if": _("If"),
        "changed": _("What changed"),
        "no_benefits": _("No benefits are written down yet."),
        "kinds": _("Benefits of different kinds are never added together."),
        "gainer": _("Who gains"),
        "measure": _("What is counted"),
        "owner": _("Answers for it"),
        "cause": _("Cause of the gap"),
        "ended": _("Why it ended"),
        "appraisal": _("What it is appraised to be worth"),
        "stories": _("What people tell"),
        "stories_note": _(
            "Told here with the consent of those who tell. A consent can be taken back: the newest version of this "
            "report is at the address below."
        ),
        "questions": _("What it rests on"),
        "sources": _("Sources"),
        "page": _("This report as a page, always the newest:"),
    }
