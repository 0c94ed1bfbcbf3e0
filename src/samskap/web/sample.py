"""Made-up content for the styleguide, so that every component can be seen at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

__all__ = ["SampleForm", "styleguide_context"]


class SampleForm(forms.Form):
    """One field of each kind that the house uses."""

    name = forms.CharField(label=_("Name"), help_text=_("As you want others to see it."), max_length=60)
    email = forms.EmailField(label=_("E-mail"), required=False)
    sector = forms.ChoiceField(
        label=_("Sector"),
        widget=forms.RadioSelect,
        choices=[("public", _("Public")), ("private", _("Private")), ("voluntary", _("Voluntary"))],
    )
    municipality = forms.ChoiceField(label=_("Municipality"), choices=[("4016", "Drangedal"), ("4014", "Kragerø")])
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label=_("I have read the privacy notice"))


def styleguide_context() -> dict[str, Any]:
    """A clean form, one with errors, and a page of each list component."""
    return {
        "form": SampleForm(prefix="clean"),
        "broken": SampleForm({"email": "nobody"}),
        "page": Paginator(range(50), 10).page(2),
        "tabs": [
            {"label": _("Results"), "url": "#results", "current": True},
            {"label": _("Statements"), "url": "#statements", "current": False},
        ],
        "crumbs": [(_("Front page"), "/"), (_("Styleguide"), "/styleguide/")],
        "headers": [_("Group"), _("People"), _("Share of all")],
        "rows": [["A", "72", "40 %"], ["B", "61", "34 %"], ["C", "47", "26 %"]],
    }
