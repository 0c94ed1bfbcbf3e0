"""What is asked before benefits are imported from a file of IATI results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits import labels
from samskap.formats.safe_xml import MOST_BYTES

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation

__all__ = ["ImportResultsForm", "UploadResultsForm"]


class UploadResultsForm(forms.Form):
    """A file of IATI activities."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A file of IATI activities (.xml), version 2. You see what is in it first."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,application/xml,text/xml"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            most = MOST_BYTES // 1_000_000
            raise forms.ValidationError(_t("The file is larger than %(most)s MB.") % {"most": most})
        return file


class ImportResultsForm(forms.Form):
    """Which activity becomes benefits, and what each benefit is given where the file does not say it."""

    activity = forms.ChoiceField(label=_("Which activity?"), widget=forms.RadioSelect)
    organisation = forms.TypedChoiceField(
        label=_("Organisation that answers for the benefits"),
        coerce=int,
        help_text=_("Where the file names an organisation that is here, that one answers."),
    )
    owner_role = forms.CharField(
        label=_("Role of who answers for them"), max_length=120, help_text=_("For example: head of home care.")
    )
    kind = forms.ChoiceField(label=_("Kind of benefit"), choices=labels.kind_choices, initial="quality")
    gainer = forms.CharField(label=_("Who gains"), max_length=160)
    gainer_sector = forms.ChoiceField(
        label=_("Sector of those who gain"), choices=labels.sector_choices, initial="people"
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=40,
        help_text=_("IATI has no units but numbers and per cent. Write what is counted, such as “persons”."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        activities: Sequence[tuple[str, str]],
        organisations: Sequence[Organisation],
        is_ours: bool,
        chosen: int | None = None,
    ) -> None:
        super().__init__(data, initial={"activity": activities[0][0], "organisation": chosen})
        self.fields["activity"].choices = activities  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [(one.pk, one.name) for one in organisations]  # type: ignore[attr-defined]
        if len(activities) == 1:
            self.fields["activity"].widget = forms.HiddenInput()
        # A file of ours says all of this; what is asked of others is asked once for all results.
        for name in ("owner_role", "kind", "gainer", "gainer_sector", "unit") if is_ours else ():
            del self.fields[name]

    @property
    def said(self) -> dict[str, Any]:
        """What was chosen for what the file may not say; empty where it was not asked."""
        names = ("owner_role", "kind", "gainer", "gainer_sector", "unit")
        return {name: self.cleaned_data.get(name, "") for name in names}
