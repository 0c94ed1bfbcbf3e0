"""What people type about a decision between two stages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.initiatives import rules
from samskap.apps.initiatives.forms.initiatives import DayInput
from samskap.apps.initiatives.labels import STAGES
from samskap.apps.initiatives.queries.initiatives import today

__all__ = ["GateForm"]


class GateForm(forms.Form):
    """Where to, why, who decided and when; a next step with its date, or what was learned where it is stopped."""

    to_stage = forms.ChoiceField(label=_("New stage"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Why this was decided. Everybody can read it. Where something is missing, say why you go on."),
    )
    decided_by = forms.CharField(
        label=_("Decided by"), max_length=160, help_text=_("The body, such as “The municipal council, case 24/12”.")
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput)
    next_step = forms.CharField(
        label=_("Next step"), max_length=300, required=False, help_text=_("Needed unless the initiative is stopped.")
    )
    next_date = forms.DateField(label=_("Date of the next step"), required=False, widget=DayInput)
    learned = forms.CharField(
        label=_("What we have learned"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed where the initiative is stopped: others will stand where you stand now."),
    )

    def __init__(self, data: Any = None, *, stage: str, lang: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.stage = stage
        self.fields["to_stage"].choices = [  # type: ignore[attr-defined]
            (one, _("%(stage)s (it waits there)") % {"stage": STAGES[one]} if one == stage else STAGES[one])
            for one in rules.targets(stage)
        ]
        for name in ("reason", "next_step", "learned"):
            self.fields[name].widget.attrs["lang"] = lang

    def clean(self) -> dict[str, Any]:
        """What a decision needs: each missing field is told beside it."""
        cleaned = super().clean() or {}
        stops = cleaned.get("to_stage") == rules.STOPPED
        if cleaned.get("to_stage") and not stops:
            self._check_next(cleaned)
        if stops and not cleaned.get("learned"):
            self.add_error("learned", _("Say what was learned. A sentence is enough."))
        decided = cleaned.get("decided_on")
        if decided and decided > today():
            self.add_error("decided_on", _("This date is still to come."))
        return cleaned

    def _check_next(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("next_step"):
            self.add_error("next_step", _("Write what is done next."))
        if not cleaned.get("next_date") and "next_date" not in self.errors:
            self.add_error("next_date", _("Choose by when."))
        elif cleaned.get("next_date") and cleaned["next_date"] < today():
            self.add_error("next_date", _("Choose today or a later day."))
