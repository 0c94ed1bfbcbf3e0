"""What people type about figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.figures.labels import STANDINGS, topic_choices, unit_choices
from samskap.web.localised_forms import LocalisedForm

if TYPE_CHECKING:
    from samskap.apps.figures.models import Indicator

__all__ = ["ImportForm", "IndicatorForm"]

_LARGEST_MB = 20


class ImportForm(forms.Form):
    """A file with figures, and what it does not say of itself."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in the form that is described below, or JSON-stat 2.0 as SSB and FHI give it."),
    )
    indicator = forms.ChoiceField(
        label=_("Indicator"),
        required=False,
        help_text=_("Only for JSON-stat from elsewhere. Our CSV form says it in each row."),
    )
    publisher = forms.CharField(
        label=_("Publisher"),
        max_length=120,
        required=False,
        help_text=_("Who made the figures, such as SSB. Empty: as the file says."),
    )
    table = forms.CharField(
        label=_("Table"), max_length=60, required=False, help_text=_("Number or name. Empty: as the file says.")
    )
    standing = forms.ChoiceField(
        label=_("Kind of figures"),
        required=False,
        choices=[("", _("As the file says")), *STANDINGS.items()],
    )

    def __init__(self, *args: Any, indicators: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("As the file says")), *indicators]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > _LARGEST_MB * 1_000_000:
            raise forms.ValidationError(_("The file is larger than %(number)s MB.") % {"number": _LARGEST_MB})
        return file

    def said(self) -> dict[str, str]:
        """What the person says of the file, for the address of the preview."""
        named = {"name": self.cleaned_data["file"].name[:100]}
        typed = {name: self.cleaned_data[name] for name in ("indicator", "publisher", "table", "standing")}
        return named | {name: value for name, value in typed.items() if value}


class IndicatorForm(LocalisedForm):
    """An indicator of the municipality's own."""

    said_fields = ("title", "text")

    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("What it counts"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=topic_choices)
    unit = forms.ChoiceField(label=_("Counted in"), choices=unit_choices)
    decimals = forms.IntegerField(label=_("Decimals to show"), min_value=0, max_value=4, initial=0)

    @classmethod
    def of(cls, indicator: Indicator) -> IndicatorForm:
        plain = {name: getattr(indicator, name) for name in ("topic", "unit", "decimals")}
        return cls(initial=cls.said_initial(indicator) | plain)

    def cleaned(self) -> dict[str, Any]:
        """The fields of the indicator."""
        return self.cleaned_said() | {name: self.cleaned_data[name] for name in ("topic", "unit", "decimals")}
