"""What people type about processes and activities."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.processes import labels
from samskap.apps.processes.models import Activity, Process
from samskap.web.localised_forms import LocalisedForm

__all__ = ["ActivityForm", "ChallengesForm", "ProcessForm"]

_CLEAR_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another when read aloud


class ProcessForm(LocalisedForm):
    """A process in three languages, and what it promises those who take part."""

    said_fields = ("title", "summary")

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("What it is about"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Two or three sentences. Markdown can be used."),
    )
    promise = forms.ChoiceField(
        label=_("What we promise those who take part"),
        choices=labels.promise_choices,
        widget=forms.RadioSelect,
        help_text=_("The report shows afterwards what was promised. Promise no more than you keep."),
    )
    is_illustrative = forms.BooleanField(
        label=_("Illustrative: an example without real answers"), required=False
    )  # fmt: skip

    @classmethod
    def of(cls, process: Process) -> ProcessForm:
        own = {"promise": process.promise, "is_illustrative": process.is_illustrative}
        return cls(initial=cls.said_initial(process) | own)

    def cleaned_process(self) -> dict[str, Any]:
        own = {name: self.cleaned_data[name] for name in ("promise", "is_illustrative")}
        return self.cleaned_said() | own


class ChallengesForm(forms.Form):
    """Which challenges a process works on."""

    challenges = forms.TypedMultipleChoiceField(
        label=_("Challenges"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["challenges"].choices = choices  # type: ignore[attr-defined]


class _Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ActivityForm(LocalisedForm):
    """A window: when, who may take part, and when results are seen."""

    said_fields = ("title",)

    title = forms.CharField(label=_("Title"), max_length=160)
    opens_at = forms.DateTimeField(
        label=_("Opens"), required=False, widget=_Moment, help_text=_("Empty means: when you open it.")
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"), required=False, widget=_Moment, help_text=_("Empty means: when you close it.")
    )
    access = forms.ChoiceField(
        label=_("Who may take part"), choices=labels.access_choices, widget=forms.RadioSelect, initial="open"
    )
    access_code = forms.CharField(
        label=_("Code"),
        max_length=12,
        required=False,
        help_text=_("For those who must have a code. Leave it empty and we make one."),
    )
    results = forms.ChoiceField(
        label=_("When results are seen"), choices=labels.results_choices, widget=forms.RadioSelect, initial="when_shown"
    )
    round = forms.IntegerField(
        label=_("Round"), min_value=1, max_value=20, initial=1, help_text=_("In round 2 people answer anew.")
    )

    @classmethod
    def of(cls, activity: Activity) -> ActivityForm:
        names = ("opens_at", "closes_at", "access", "access_code", "results", "round")
        return cls(initial=cls.said_initial(activity) | {name: getattr(activity, name) for name in names})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It must close after it opens."))
        code = str(cleaned.get("access_code", "")).strip().upper()
        if cleaned.get("access") == "code" and not code:
            code = "".join(secrets.choice(_CLEAR_SIGNS) for _sign in range(6))
        cleaned["access_code"] = code if cleaned.get("access") == "code" else ""
        return cleaned

    def cleaned_activity(self) -> dict[str, Any]:
        names = ("opens_at", "closes_at", "access", "access_code", "results", "round")
        return self.cleaned_said() | {name: self.cleaned_data[name] for name in names}
