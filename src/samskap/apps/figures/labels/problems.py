"""What is wrong in a file, one sentence for each key that `formats/figures_csv.py` and `rules/checking.py` give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.formats.errors import FormatError
from samskap.kernel.errors import SamskapError
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.sources.errors import SourceError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.formats.figures_csv import Problem

__all__ = ["PROBLEMS", "REFUSALS", "Refusal", "refusal", "sentence", "sentences"]

PROBLEMS: dict[str, StrOrPromise] = {
    # The form of the file
    "ages_missing": _(
        "%(place)s %(year)s: %(count)s of the 212 counts by sex and age are missing, the first is %(first)s."
    ),
    "age_unknown": _("The age “%(value)s” is none of 0 to 104 and 105+."),
    "both": _("There is a value, and a reason why it is missing."),
    "cells": _("The row has %(count)s cells, and the header has %(wanted)s."),
    "columns": _("The header is “%(header)s”. It must name the columns %(wanted)s."),
    "date_unknown": _("“%(value)s” after “%(name)s” is not a date such as 2026-11-20."),
    "empty": _("The file has no rows."),
    "meta_twice": _(
        "“%(name)s” is said twice, as “%(first)s” and as “%(second)s”: two editions are mixed in one file."
    ),
    "meta_unknown": _("“%(name)s” is not known before the header. Known are: %(known)s."),
    "missing_unknown": _("“%(value)s” is no reason for a missing figure. The reasons are: %(known)s."),
    "neither": _("There is neither a value nor a reason why it is missing."),
    "number_unknown": _("“%(value)s” is not a number."),
    "period_unknown": _("“%(value)s” is no period such as 2024, 2024K1, 2024M01 or 2024-2026."),
    "persons_unknown": _("“%(value)s” is not a whole number of people, 0 or more."),
    "place_form": _("“%(value)s” is no place: four digits for a municipality, 0000 for the country, two for a county."),
    "repeated": _("%(what)s stands in an earlier row too, with another value: two editions are mixed in one file."),
    "repeated_same": _("%(what)s stands in an earlier row too."),
    "sex_unknown": _("“%(value)s” is no sex: female or male."),
    "standing_unknown": _("“%(value)s” is no standing: official, ours or illustrative."),
    "url_unknown": _("“%(value)s” is not an address that begins with https:// or http://."),
    "count_wrong": _("%(what)s is “%(value)s”. It must be a whole number of people, 0 or more."),
    "indicator_missing": _("The file does not say which indicator it is about. Choose one."),
    "many_metrics": _("The file holds several measures (%(codes)s), and one indicator was chosen. Save one measure."),
    "no_dimension": _("The file has no dimension with the role “%(role)s”."),
    # What the figures say
    "ages_wrong": _("%(place)s %(year)s has %(count)s ages of a sex, and %(wanted)s are needed: 0 to 104 and 105+."),
    "fraction": _("%(what)s is %(value)s. A count cannot have a fraction: is it a share, or in thousands?"),
    "indicator_unknown": _("The indicator “%(key)s” is not known. Make it first as an indicator of your own."),
    "negative": _("%(what)s is %(value)s and cannot be below 0."),
    "nobody": _("%(place)s %(year)s has no people at all."),
    "not_finite": _("%(what)s is no finite number."),
    "nothing": _("There are no figures in it."),
    "percent_wrong": _("%(what)s is %(value)s. A share is given in per cent, 0 to 100."),
    "period_wrong": _("%(what)s: “%(period)s” is no period such as 2024, 2024K1, 2024M01 or 2024-2026."),
    "persons_wrong": _("%(place)s %(year)s has %(value)s people aged %(age)s. It must be a whole number, 0 or more."),
    "persons_many": _("%(place)s %(year)s has %(value)s people aged %(age)s. That is more than there can be."),
    "place_foreign": _("It holds figures of %(place)s, and you work for %(own)s: it is a file from another place."),
    "place_old": _("%(place)s is an old number. The municipality is %(now)s now: add its old figures up first."),
    "place_split": _("%(place)s is an old number. It was divided between %(now)s, so its figures cannot be used."),
    "place_unknown": _("No municipality has or had the number %(place)s."),
    "profile_twice": _("%(place)s %(year)s stands there twice: two editions are mixed."),
    "publisher_missing": _("The file does not say who published the figures. Write it in the field “Publisher”."),
    "reason_wrong": _("%(what)s must have either a value or a known reason why it is missing."),
    "thousands": _("%(what)s is %(value)s. Accounts are given in kroner: are these thousands?"),
    "twice": _("%(what)s stands there %(times)s times: two editions are mixed."),
    "unit_differs": _("%(key)s is said to be in “%(unit)s”, and is measured in “%(wanted)s”."),
    "years_missing": _("%(place)s lacks the people of these years: %(years)s."),
}

# Files that cannot be read at all, by the code of the error; its own words are English.
REFUSALS: dict[str, StrOrPromise] = {
    "format_csv": _("Row %(row)s cannot be read. Check its quotation marks and separators."),
    "format_encoding": _(
        "Row %(row)s is not in UTF-8: it has the byte %(byte)s. Save the file as UTF-8; in a spreadsheet that is called"
        " “CSV UTF-8”."
    ),
    "format_rows": _("The file has more than %(most)s rows. Split it into several."),
    "source_class": _(
        "The file is not a JSON-stat dataset of version 2.0. Choose the format JSON-stat 2 where you download it."
    ),
    "source_html": _("The file is a web page, not figures. Download the figures as JSON-stat or CSV."),
    "source_json": _(
        "The file is not whole: as JSON it goes wrong in line %(line)s, column %(column)s. Download it once more."
    ),
    "source_size": _(
        "The parts of the file contradict each other: dimensions, sizes, values and flags must agree. Download it once"
        " more; if that does not help, its publisher has changed the form."
    ),
}
# Of these the English words say more than ours.
_DETAILED = {"source_size"}


@dataclass(frozen=True)
class Refusal:
    """Why a file cannot be read: in the reader's language, and what can only be said in English."""

    text: str
    english: str = ""


def refusal(error: SamskapError) -> Refusal:
    """An error in the reader's language as far as we have words for it. Errors of rules speak that language already."""
    if not isinstance(error, FormatError | SourceError):
        return Refusal(str(error))
    if error.code not in REFUSALS:
        return Refusal("", str(error))
    try:
        text = str(REFUSALS[error.code]) % error.gaps
    except KeyError:
        return Refusal("", str(error))
    return Refusal(text, error.message if error.code in _DETAILED else "")


def sentence(problem: Problem) -> str:
    """What is wrong, in the reader's language, with the row where one is known."""
    gaps = dict(problem.gaps)
    for name in ("place", "own", "now"):
        if str(gaps.get(name, "")) in MUNICIPALITY_NAMES:
            gaps[name] = f"{MUNICIPALITY_NAMES[str(gaps[name])]} ({gaps[name]})"
    said = str(PROBLEMS[problem.code]) % gaps
    return gettext("Row %(row)s: %(said)s") % {"row": problem.row, "said": said} if problem.row else said


def sentences(problems: Iterable[Problem], *, most: int = 5) -> str:
    """The first few, one after another, and how many more there are."""
    all_of_them = list(problems)
    shown = " ".join(sentence(one) for one in all_of_them[:most])
    left = len(all_of_them) - most
    return f"{shown} " + gettext("And %(number)s more.") % {"number": left} if left > 0 else shown
