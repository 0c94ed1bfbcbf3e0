"""The page that explains the files of an export."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samskap.apps.reports.labels.words import ILLUSTRATIVE, LICENCE_URL

__all__ = ["Explained", "readme"]


@dataclass(frozen=True)
class Explained:
    """What the page tells about one export. `background` are the numbers of statements that do not shape the map."""

    title: str
    round: int
    address: str
    has_sectors: bool
    is_illustrative: bool
    background: tuple[str, ...]
    input_hash: str


def readme(files: Explained) -> str:
    """What the files hold, under which licence, what was left out and why, and how to compute the map again."""
    told = [
        files.title,
        "=" * len(files.title),
        "",
        _("Round %(round)d. The result in words: %(address)s") % {"round": files.round, "address": files.address},
        *([str(ILLUSTRATIVE)] if files.is_illustrative else []),
        _("Licence: Creative Commons Attribution 4.0 International (%(address)s).") % {"address": LICENCE_URL},
        "",
        _("The files, in UTF-8 with commas:"),
        "- comments.csv: " + _("the statements. moderated: 1 accepted, -1 rejected or merged into another."),
        "- votes.csv: " + _("one row a vote. vote: 1 agree, 0 pass, -1 disagree."),
        "- participants-votes.csv: " + _("one row a person with all their votes, and their group on the map."),
        "- summary.csv: " + _("the title and a few counts."),
        "",
        *_left_out(files),
        "",
        _("Compute the map again:") + f" {_command(files)}",
        _("Its input_hash is then: %(hash)s") % {"hash": files.input_hash},
        "",
    ]
    return "\n".join(told)


def _command(files: Explained) -> str:
    background = "".join(f" --background {number}" for number in files.background)
    return f"samskap map FOLDER --json FILE{background}"


def _left_out(files: Explained) -> list[str]:
    sector = (
        _("The column sector is there because no combination of sector and group is smaller than five people.")
        if files.has_sectors
        else _(
            "There is no column sector: some combination of sector and group would be smaller than five people. Common "
            "ground across sectors can therefore not be computed again, groups can."
        )
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
