"""What stands on letters and on forms of paper, as plain data in the language of the ballot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samskap.apps.actors.labels import SECTORS
from samskap.apps.budgeting.labels import choosing
from samskap.apps.budgeting.models import Ballot, CodeBatch, Project
from samskap.apps.budgeting.queries.ballots import districts_of, limits_of, projects_of, windows_of
from samskap.apps.budgeting.rules.codes import grouped
from samskap.formats.qr import qr_svg
from samskap.web.localised import LANGUAGES
from samskap.web.money import kroner

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["forms_document", "letters_document"]


def letters_document(
    ballot: Ballot, batch: CodeBatch, *, codes: Sequence[str], layout: str, site: str
) -> dict[str, Any]:
    """The letters of a batch: the ballot's language first, and below it the same in short in the others."""
    languages = [ballot.language, *(code for code, _name in LANGUAGES if code != ballot.language)]
    address = site + reverse("budgeting:short", args=[ballot.pk])
    return {
        "layout": layout,
        "lang": ballot.language,
        "place": ballot.process.municipality.name,
        "batch": batch.title,
        "address": _bare(address),
        "languages": [_letter_words(ballot, language, address=_bare(address)) for language in languages],
        "letters": [{"code": grouped(code), "square": _square(ballot, code, site=site)} for code in codes],
    }


def _square(ballot: Ballot, code: str, *, site: str) -> str:
    """The QR code of the address that fills the code in."""
    link = site + reverse("budgeting:letter", args=[ballot.pk, code])
    return qr_svg(link, level="m", quiet_zone=2)


def _bare(address: str) -> str:
    """An address as people type it."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


def _letter_words(ballot: Ballot, language: str, *, address: str) -> dict[str, Any]:
    with translation.override(language):
        said = ballot.said
        return {
            "lang": language,
            "name": str(dict(LANGUAGES)[language]),
            "title": said.title,
            "title_lang": said.lang,
            "intro": said.intro,
            "greeting": _("You can vote on how %(budget)s is used.") % {"budget": kroner(ballot.budget_nok)},
            "how": _("Go to %(address)s and write your code, or point the camera of your phone at the square.")
            % {"address": address},
            "code": _("Your code"),
            "until": _until(ballot),
            "once": _("The code is one vote. You can change your ballot with it until the vote closes."),
            "secret": _("The code is not tied to your name: nobody can see how you have voted."),
            "paper": _("You can also vote on paper or at the desk of the municipality. Then you need no code."),
            "square": _("A square code that leads to the vote"),
        }


def _until(ballot: Ballot) -> str:
    """Until when one can vote: the last closing time of the windows, where one is set."""
    closing = _closes_at(ballot)
    if closing is None:
        return ""
    return _("You can vote until %(day)s at %(time)s.") % choosing.moment(closing)


def _closes_at(ballot: Ballot) -> datetime | None:
    times = [window.closes_at for window in windows_of(ballot) if window.closes_at]
    return max(times, default=None)


def forms_document(ballot: Ballot, *, numbers: Sequence[int], site: str) -> dict[str, Any]:
    """Forms of paper: one ballot with a number each, in the language of the ballot."""
    language = ballot.language
    with translation.override(language):
        limits, districts = limits_of(ballot), districts_of(ballot)
        return {
            "lang": language,
            "title": ballot.said.title,
            "place": ballot.process.municipality.name,
            "intro": ballot.said.intro,
            "how": choosing.limits_sentence(limits),
            "mark": _mark(ballot),
            "kind": ballot.kind,
            "numbers": list(numbers),
            "projects": [_on_paper(one) for one in projects_of(ballot) if one.fell_out_at is None],
            "blank": _("I vote blank") if not limits.least else "",
            "sector": _("Where do you come from? You can leave this open.") if ballot.asks_sector else "",
            "sectors": [str(name) for name in SECTORS.values()] if ballot.asks_sector else [],
            "district": _("Where do you live? You can leave this open.") if districts else "",
            "districts": districts,
            "until": _until(ballot),
            "words": _form_words(),
            "made": date_format(timezone.localdate(), pgettext("date format", "j F Y")),
        }


def _mark(ballot: Ballot) -> str:
    """What to write in the boxes."""
    return {
        "approval": _("Put a cross in the box of each project that you choose."),
        "knapsack": _("Put a cross in the box of each project that you choose. Add up what they cost."),
        "ranking": _("Write 1 in the box of the project you want most, 2 in the next, and so on."),
        "points": _("Write the points in the boxes."),
    }[ballot.kind]


def _form_words() -> dict[str, str]:
    return {
        "number": _("Ballot"),
        "no_name": _("Do not write your name. The number tells only that no form is typed twice."),
        "wrong": _("If you make a mistake, cross it out clearly, or ask for a new form."),
    }


def _on_paper(project: Project) -> dict[str, str]:
    said = project.said
    about = [project.get_sector_display() if project.sector else "", project.theme, project.district]
    paid = (
        _("partners pay %(amount)s") % {"amount": kroner(project.full_cost_nok - project.cost_nok)}
        if project.full_cost_nok and project.full_cost_nok > project.cost_nok
        else ""
    )
    needs = _("Needs: %(title)s") % {"title": project.requires.said.title} if project.requires else ""
    group = project.exclusive_group
    rivals = _("At most one of “%(group)s” can win.") % {"group": group.said.title} if group else ""
    return {
        "key": project.key,
        "title": said.title,
        "lang": said.lang,
        "cost": kroner(project.cost_nok),
        "about": " · ".join(part for part in (*map(str, about), paid, needs, rivals) if part),
        "text": said.text,
    }
