"""Words people see about telling a story, about consents, and about what a moderator decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samskap.apps.stories.rules.stories import LIMITS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "CONSENTS",
    "CONSENT_COLOURS",
    "CONSENT_STATES",
    "HINTS",
    "MEDIA_PROBLEMS",
    "MONTH_CHOICES",
    "REASONS",
    "STORY_COLOURS",
    "consent_problem_sentence",
    "tellers_sentence",
    "word_problem_sentence",
]

STORY_COLOURS = {"waiting": "warning", "accepted": "success", "rejected": "neutral", "withdrawn": "neutral"}

# The question of each consent, and in plain words what a yes means.
CONSENTS: dict[tuple[str, str], tuple[StrOrPromise, StrOrPromise]] = {
    ("show", "web"): (
        _("It may be shown on these pages."),
        _(
            "Everybody on the internet can read it on the pages of the initiative. "
            "We ask search engines not to keep it."
        ),
    ),
    ("show", "report"): (
        _("It may stand in reports."),
        _(
            "It can be quoted in the report of the initiative and to the municipal council. What has been printed "
            "cannot be fetched back; a report that is made after you withdraw does not have it."
        ),
    ),
    ("show", "open_data"): (
        _("It may be given out as open data."),
        _(
            "Its text, not pictures or sound, can be downloaded in files that researchers and others use. What "
            "somebody has downloaded before you withdraw, we cannot delete there."
        ),
    ),
    ("learn", "package"): (
        _("Other municipalities may learn from it."),
        _(
            "It can go along when we share what we have learned with another municipality. If you withdraw, new "
            "packages do not have it; what another municipality has got already, we cannot delete there."
        ),
    ),
}

CONSENT_STATES = {
    "not_given": _("No"),
    "withdrawn": _("Withdrawn"),
    "ended": _("Ended"),
    "ends_soon": _("Yes, ends soon"),
    "in_force": _("Yes"),
}
CONSENT_COLOURS = {
    "not_given": "neutral",
    "withdrawn": "neutral",
    "ended": "warning",
    "ends_soon": "warning",
    "in_force": "success",
}

MONTH_CHOICES: list[tuple[int, StrOrPromise]] = [(6, _("Half a year")), (12, _("One year")), (24, _("Two years"))]

HINTS = {
    "national_number": _("May be a national identity number"),
    "email": _("E-mail address"),
    "phone": _("May be a telephone number"),
    "link": _("Link"),
    "street": _("May be an address"),
    "name": _("May be somebody's name"),
    "health": _("May tell of illness"),
}

# Suggestions: the moderator can change the words.
REASONS: list[StrOrPromise] = [
    _("It tells something private about another person. Change it, and send it again."),
    _("We are afraid that you would regret that everybody can read this. Contact us, and we find a way together."),
    _("It is about something else than this initiative."),
    _("It is hurtful to others."),
    _("The picture shows people who may not have been asked."),
]

# What is wrong with a file, by the code of the error that looked at it.
MEDIA_PROBLEMS: dict[str, StrOrPromise] = {
    "picture_unreadable": _("The file is not a picture that can be read. Choose a JPEG, a PNG or a WebP."),
    "picture_too_big": _("The picture is larger than 15 MB. Choose a smaller one."),
    "picture_too_many_pixels": _(
        "The picture has more points than can be unpacked safely. Make it smaller and choose it again."
    ),
    "sound_unreadable": _("The file is not sound that can be played. Choose an MP3, an M4A, an Ogg or a WAV file."),
    "sound_too_big": _("The sound file is larger than 20 MB. Choose a shorter one, or save it as MP3."),
    "sound_too_long": _("The sound lasts longer than 10 minutes. Choose a shorter piece."),
}


def word_problem_sentence(field: str, problem: str, *, length: int = 0) -> str:
    """What is wrong with a field of a story, and what to do."""
    sentences = {
        "no_title": gettext("Give your story a short name."),
        "nothing_told": gettext("Write your story here, or choose a picture or a sound file below."),
        "no_description": gettext("Say in a sentence what the picture shows, for those who cannot see it."),
        "no_transcript": gettext("Write what is said, for those who cannot hear it."),
    }
    if problem in sentences:
        return sentences[problem]
    gaps = {"length": length, "limit": LIMITS[field]}
    return gettext("This has %(length)s characters, and %(limit)s is the most. Make it shorter.") % gaps


def consent_problem_sentence(problem: str) -> str:
    """Why a story cannot be received with these consents."""
    if problem == "none":
        return gettext("Tick at least one thing that your story may be used for. Without that we must not keep it.")
    if problem == "too_long":
        return gettext("A consent lasts two years at most. Choose how long.")
    return gettext("This use of a story does not exist. Load the page again.")


def tellers_sentence(stories: int) -> str:
    """How many stories there are, for a page that shows none of their words."""
    said = ngettext("%(n)s person tells what has changed.", "%(n)s people tell what has changed.", stories)
    return said % {"n": stories}
