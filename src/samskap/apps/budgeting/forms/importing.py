"""What is asked before a file is imported, and before a ballot is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samskap.apps.budgeting import labels
from samskap.web.localised import LANGUAGES

if TYPE_CHECKING:
    from samskap.formats.ballot_file import Counting

__all__ = ["CloseForm", "DropForm", "ImportForm", "ReceiptForm", "UploadForm"]

MOST_MB = 50
WHAT = {
    "sealed": _("The vote as it was held: closed, sealed, and counted here"),
    "draft": _("Only the projects, as a ballot that is being prepared"),
}


class UploadForm(forms.Form):
    """A `.pb` file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A file in the form of Pabulib (.pb), also packed with gzip. You see what is in it first."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pb,.gz"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_MB * 1024 * 1024:
            raise forms.ValidationError(
                _t("The file is larger than %(most)s MB. Pack it with gzip.") % {"most": MOST_MB}
            )
        return file


class ImportForm(forms.Form):
    """What to make of the file, and how it is counted."""

    what = forms.ChoiceField(label=_("What to import"), choices=list(WHAT.items()), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=160)
    language = forms.ChoiceField(label=_("Language of the projects"), choices=LANGUAGES)
    rule = forms.ChoiceField(label=_("Rule"), choices=labels.rule_choices)
    satisfaction = forms.ChoiceField(label=_("What a voter gets from a project"), choices=labels.satisfaction_choices)
    completion = forms.ChoiceField(label=_("When money is left over"), choices=labels.completion_choices)
    tie_break = forms.ChoiceField(label=_("When projects are equal"), choices=labels.tie_break_choices)
    repaired = forms.BooleanField(label=_("Import the file with the repairs that are listed"))

    def __init__(self, *args: Any, needs_repair: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_repair:
            del self.fields["repaired"]

    @classmethod
    def initial_for(cls, counting: Counting, *, title: str, language: str, voters: int) -> dict[str, Any]:
        names = ("rule", "satisfaction", "completion", "tie_break")
        how = {name: getattr(counting, name) for name in names}
        return how | {"what": "sealed" if voters else "draft", "title": title, "language": language}


class CloseForm(forms.Form):
    """The number of ballots, written by whoever closes: a slip of the finger closes nothing."""

    counted = forms.IntegerField(
        label=_("Write the number of ballots to close the vote"),
        min_value=0,
        max_value=10**9,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8}),
    )


class DropForm(forms.Form):
    """Why a project that won cannot be carried out."""

    reason = forms.CharField(
        label=_("Why it falls out"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read it on the page of the result."),
    )


class ReceiptForm(forms.Form):
    """A receipt as it is typed: small letters and spaces do no harm."""

    receipt = forms.CharField(
        label=_("Receipt"),
        max_length=60,
        help_text=_("The signs that you got when you had voted."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_receipt(self) -> str:
        typed = "".join(str(self.cleaned_data["receipt"]).split())
        return typed if "/" not in typed and typed not in (".", "..") else ""
