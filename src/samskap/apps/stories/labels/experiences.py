"""Words about experience packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from samskap.formats.errors import FormatError
from samskap.kernel.errors import SamskapError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["BRINGS", "FIGURES", "PARTS", "REFUSALS", "STANDINGS", "bring_choices", "refusal", "usual_brings"]

# The parts of a package, in the order in which they are told.
PARTS = {
    "initiative": _("What it is, and what was learned"),
    "costs": _("What it cost"),
    "affected": _("Who is affected"),
    "risks": _("What can go wrong"),
    "chain": _("The effect chain"),
    "benefits": _("What it brought"),
    "appraisal": _("What it was appraised to be worth"),
    "stories": _("What people tell"),
}

# The results of an appraisal that a package tells.
FIGURES = {
    "net_present_value": _("Net present value"),
    "net_benefit_per_budget_krone": _("Net benefit per budget krone"),
    "benefits": _("Present value of benefits"),
    "costs": _("Present value of costs"),
    "tax_cost": _("Tax financing cost"),
}

# How a package that is looked at stands to what is here.
STANDINGS = {
    "new": _("Nothing of this initiative is here yet."),
    "same": _("This is here already, word for word. There is nothing new to store."),
    "newer": _("An older version is here. This one takes its place."),
    "older": _("What is here is newer than this file. Nothing is stored."),
}

BRINGS = {
    "questions": _("The answers to the six questions"),
    "affected": _("Who is affected"),
    "risks": _("The risks"),
    "chain": _("The effect chain"),
    "benefits": _("The benefits, as proposals without numbers"),
}

# Files that cannot be used, by the code of the error; its own words are English.
REFUSALS: dict[str, StrOrPromise] = {
    "format_experience": _("This file is not an experience package. Choose one that ends in “.experience.json”."),
    "format_experience_changed": _(
        "The package has been changed since it was made: its checksum for “%(part)s” no longer fits. Fetch it again "
        "from the municipality that made it."
    ),
    "format_experience_field": _(
        "The package does not hold what it must: “%(at)s” is not as it has to be. Ask the municipality that made it to "
        "export it again."
    ),
    "format_experience_large": _("The file is larger than %(limit)s MB. An experience package holds texts only."),
    "format_experience_newer": _(
        "The package is of version %(version)s, and this Samskap knows version %(known)s. Upgrade Samskap here, or ask "
        "for a package from an older one."
    ),
    "format_experience_unreadable": _(
        "The file cannot be read. Fetch it again, and see that no program opens and saves it on the way."
    ),
}


def refusal(error: SamskapError) -> str:
    """Why a package cannot be used, in the reader's language; errors of rules speak that language already."""
    if not isinstance(error, FormatError) or error.code not in REFUSALS:
        return str(error)
    return str(REFUSALS[error.code]) % error.gaps


def bring_choices() -> list[tuple[str, StrOrPromise]]:
    return list(BRINGS.items())


def usual_brings() -> list[str]:
    """What comes along unless somebody says otherwise: everything."""
    return list(BRINGS)
