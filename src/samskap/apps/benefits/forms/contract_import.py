"""What is asked before a contract is brought in from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samskap.web.localised import LANGUAGES

if TYPE_CHECKING:
    from samskap.apps.benefits.queries.contract_import import Preview

__all__ = ["ContractFileForm", "ContractImportForm"]

MOST_MB = 10


class ContractFileForm(forms.Form):
    """A file of the INDIGO standard."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A project of the INDIGO data standard as JSON. You see what is in it first."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_MB * 1024 * 1024:
            raise forms.ValidationError(_t("The file is larger than %(most)s MB.") % {"most": MOST_MB})
        return file


class ContractImportForm(forms.Form):
    """The language of the texts, and who the organisations are that nobody here has the number of."""

    language = forms.ChoiceField(label=_("Language of the texts"), choices=LANGUAGES)
    left = forms.BooleanField(label=_("Bring it in without what is listed as not kept"))

    def __init__(
        self, data: Any = None, *, preview: Preview, offered: Sequence[tuple[str, str]], language: str
    ) -> None:
        asked = list(preview.asked)
        initial = {"language": language} | {f"body_{at}": one.proposed for at, one in enumerate(asked)}
        super().__init__(data, initial=initial)
        if not preview.project.remarks:
            del self.fields["left"]
        self._bodies = {f"body_{at}": one.key for at, one in enumerate(asked)}
        for at, one in enumerate(asked):
            self.fields[f"body_{at}"] = forms.ChoiceField(label=one.name[:160], choices=offered)
        self.order_fields([*self._bodies, "language", "left"])

    @property
    def chosen(self) -> dict[str, str]:
        """What each organisation becomes, by its key in the file."""
        return {key: self.cleaned_data[name] for name, key in self._bodies.items()}
