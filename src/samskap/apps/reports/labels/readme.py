"""The page that explains the files of an export."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samskap.apps.reports.labels.words import ILLUSTRATIVE, LICENCE_URL

__all__ = ["readme"]


def readme(*, title: str, round: int, address: str, has_sectors: str, illustrative: str) -> str:
    """What the files hold, under which licence, and what was left out and why. `has_sectors`: "yes" or "no"."""
    told = [
        title,
        "=" * len(title),
        "",
        _("Round %(round)d. The result in words: %(address)s") % {"round": round, "address": address},
        *([str(ILLUSTRATIVE)] if illustrative == "yes" else []),
        _("Licence: Creative Commons Attribution 4.0 International (%(address)s).") % {"address": LICENCE_URL},
        "",
        _("The files, in UTF-8 with commas:"),
        "- comments.csv: " + _("the statements. moderated: 1 accepted, -1 rejected or merged into another."),
        "- votes.csv: " + _("one row a vote. vote: 1 agree, 0 pass, -1 disagree."),
        "- participants-votes.csv: " + _("one row a person with all their votes, and their group on the map."),
        "- summary.csv: " + _("the title and a few counts."),
        "",
        *_left_out(has_sectors),
        "",
        _("Compute the map again: samskap map FOLDER"),
        "",
    ]
    return "\n".join(told)


def _left_out(has_sectors: str) -> list[str]:
    sector = (
        _("The column sector is there because no combination of sector and group is smaller than five people.")
        if has_sectors == "yes"
        else _("There is no column sector: some combination of sector and group would be smaller than five people.")
    )
    return [
        _("People are numbered anew for these files: a number leads neither to a person nor to another file."),
        _("Times are cut to the hour. Where fewer than five people voted in an hour, the time is left out."),
        _("Who wrote a statement is left out. A statement that was rejected or merged stands without its words."),
        sector,
        _(
            "Statements are written exactly as people wrote them. A spreadsheet may take one that begins with = + - or "
            "@ for a formula: import the columns as text."
        ),
    ]
