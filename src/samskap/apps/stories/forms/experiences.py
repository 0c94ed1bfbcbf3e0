"""What people type about experiences: a file, and how an own initiative begins from one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.stories.labels.experiences import bring_choices
from samskap.formats.experience_package import LARGEST_BYTES

__all__ = ["BeginForm", "PackageForm"]


class PackageForm(forms.Form):
    """An experience package."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An experience package from another municipality. Its name ends in .experience.json."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            limit = LARGEST_BYTES // 1024 // 1024
            raise forms.ValidationError(_("The file is larger than %(number)s MB.") % {"number": limit})
        return file


class _DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class BeginForm(forms.Form):
    """How an own initiative begins: what comes along, what is done first, and who is to answer for the benefits."""

    title = forms.CharField(label=_("Title"), max_length=160)
    brings = forms.MultipleChoiceField(
        label=_("What comes along"),
        choices=bring_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As texts to work on. Costs, measured numbers and stories stay with the experience."),
    )
    next_step = forms.CharField(label=_("What is done next"), max_length=300)
    next_date = forms.DateField(label=_("When"), widget=_DayInput())
    effects_from = forms.DateField(
        label=_("When it could have its first effect"),
        widget=_DayInput(),
        help_text=_("A guess is enough. The baseline must be measured before this day."),
    )
    organisation = forms.ChoiceField(
        label=_("Organisation that is to own the benefits"),
        required=False,
        help_text=_("Needed only where the benefits come along. It can be changed for each of them."),
    )
    owner_role = forms.CharField(
        label=_("Role of the benefit owner"),
        max_length=120,
        required=False,
        help_text=_("With authority in the line, such as “Head of the health unit”."),
    )

    def __init__(self, *args: Any, organisations: Sequence[tuple[int, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *((str(pk), name) for pk, name in organisations)]

    def clean_next_date(self) -> date:
        found: date = self.cleaned_data["next_date"]
        if found < self._today:
            raise forms.ValidationError(_("Choose today or a later day."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "benefits" in cleaned.get("brings", ()):
            for name in ("organisation", "owner_role"):
                if not cleaned.get(name):
                    self.add_error(name, _("The benefits need an owner. Fill this in, or let the benefits stay."))
        return cleaned
