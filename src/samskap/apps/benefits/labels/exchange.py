"""Words about results in the shape of IATI: what is wrong with a file, and what is left out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from samskap.formats.errors import FormatError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.formats.iati_results import Problem

__all__ = ["CUT_TEXTS", "FILE_PROBLEMS", "PARTS", "RESULT_PROBLEMS", "cut_words", "file_problem", "problem_sentence"]

# Why a file is not read at all, by the code of the error: what, and what to do.
FILE_PROBLEMS: Mapping[str, tuple[StrOrPromise, StrOrPromise]] = {
    "xml_empty": (_("The file is empty."), _("Choose another file.")),
    "xml_too_large": (_("The file is larger than %(most)s MB."), _("Export fewer activities at a time.")),
    "xml_broken": (_("The file is no XML: line %(line)s is wrong."), _("Fetch or export the file again.")),
    "xml_too_many": (_("The file has more parts than are read here."), _("Export fewer activities at a time.")),
    "xml_doctype": (
        _("The file declares a document type (DOCTYPE). Such files can hide harm, so they are not read."),
        _("Export the file without it. IATI files have none."),
    ),
    "iati_root": (
        _("The file begins with “%(found)s” and not with “iati-activities”."),
        _("Choose a file of IATI activities."),
    ),
    "iati_version": (
        _("The file is of version “%(found)s” of IATI. Version 2 is read here."),
        _("Export it as version 2.03."),
    ),
    "iati_no_activity": (_("There is no activity in the file."), _("Choose a file of IATI activities.")),
}

# What is wrong with a result, or left out of it, by the key of the problem.
RESULT_PROBLEMS: Mapping[str, StrOrPromise] = {
    "title_missing": _("Result %(result)s has no title."),
    "measure_missing": _("The indicator of “%(result)s” has no unit: the attribute “measure” is missing."),
    "measure_unknown": _("The measure “%(value)s” of “%(result)s” is not in the code list of IATI."),
    "value_missing": _("“%(result)s” has a value without a number (%(part)s)."),
    "value_wrong": _("“%(value)s” is no number (%(part)s of “%(result)s”)."),
    "value_too_long": _("“%(value)s” has more than 14 digits or more than 4 decimals (%(part)s of “%(result)s”)."),
    "year_wrong": _("“%(value)s” is no year (baseline of “%(result)s”)."),
    "year_other": _("The baseline of “%(result)s” is dated %(value)s, and its year is another."),
    "date_missing": _("A date is missing (%(part)s of “%(result)s”)."),
    "date_wrong": _("“%(value)s” is no date (%(part)s of “%(result)s”)."),
    "period_backwards": _("A period of “%(result)s” ends on %(end)s, before it starts on %(start)s."),
    "periods_out_of_order": _(
        "The periods of “%(result)s” are not in order: one ends on %(end)s, and the one before it on %(before)s."
    ),
    "part_twice": _("“%(result)s” has more than one number for the same time (%(part)s)."),
    "own_wrong": _("“%(value)s” is not known in this version (%(part)s of “%(result)s”)."),
    "not_a_number": _("“%(result)s” is left out: it is described in words and has no number to follow."),
    "split_left_out": _("Numbers of “%(result)s” for one place or one group alone are left out."),
}

# The parts of a result, by their name in the file.
PARTS: Mapping[str, StrOrPromise] = {
    "baseline": _("baseline"),
    "target": _("target"),
    "actual": _("measurement"),
    "period-start": _("start of a period"),
    "period-end": _("end of a period"),
    "effects-from": _("start of the effects"),
    "kind": _("kind of benefit"),
    "certainty": _("certainty"),
    "gainer-sector": _("sector of those who gain"),
}

CUT_TEXTS: Mapping[str, StrOrPromise] = {
    "title": _("title"),
    "measure": _("what is counted"),
    "unit": _("unit"),
    "gainer": _("who gains"),
    "owner_role": _("who answers for it"),
    "source": _("source"),
    "cause": _("cause"),
}


def file_problem(error: FormatError) -> str:
    """Why a file is not read, and what to do, in the reader's language."""
    if error.code not in FILE_PROBLEMS:
        return str(error)
    what, cure = FILE_PROBLEMS[error.code]
    return f"{str(what) % error.gaps} {cure}"


def problem_sentence(problem: Problem) -> str:
    """What is wrong with a result, or left out of it, in the reader's language."""
    gaps = dict(problem.gaps)
    if "part" in gaps:
        gaps["part"] = str(PARTS[gaps["part"]])
    return str(RESULT_PROBLEMS[problem.key]) % gaps


def cut_words(title: str, names: Iterable[str]) -> str:
    """Which texts of a result are longer than we keep."""
    listed = ", ".join(str(CUT_TEXTS[name]) for name in names)
    return str(_("Texts of “%(title)s” are longer than is kept here and are cut off: %(names)s.")) % {
        "title": title,
        "names": listed,
    }
