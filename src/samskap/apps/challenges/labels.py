"""Words people see for the states of a challenge and the kinds of its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["FIGURE_KINDS", "VISIBILITY", "figure_choices"]

VISIBILITY = {True: _("Published"), False: _("Draft")}

FIGURE_KINDS = {
    "indicator": _("An indicator"),
    "people": _("People by age"),
    "support": _("People aged 16–66 for each person aged 80 and over"),
    "outlook": _("A chart of a scenario"),
}


def figure_choices() -> list[tuple[str, StrOrPromise]]:
    return list(FIGURE_KINDS.items())
