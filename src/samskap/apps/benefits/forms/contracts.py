"""What people type about an outcome contract: itself, its parties, what is counted, what was counted, and money."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits.forms.measuring import DayInput
from samskap.apps.benefits.forms.said import SaidForm
from samskap.apps.benefits.forms.typed import NumberField
from samskap.apps.benefits.labels import CONTRACT_ROLES
from samskap.apps.benefits.labels.contracts import ROLE_MEANINGS, said_fault
from samskap.apps.benefits.rules.contracts import MOST_NOK, MOST_UNITS, date_faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.apps.benefits.queries.contract_desk import Choices

__all__ = [
    "PART_FORMS",
    "AmountField",
    "ContractForm",
    "MetricForm",
    "PaidForm",
    "PartForm",
    "PartyForm",
    "PlanForm",
    "PlannedForm",
    "ResultForm",
]

# Spaces between thousands, kroner before or after, and “,-” for no øre.
_BESIDE = re.compile(r"(?i)kroner\b|\bkr\b\.?|\bnok\b|,[-–](?!\d)|[\s\u00a0\u202f]")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:\.\d{3})+|-?\d{1,3}(?:,\d{3})+")


class AmountField(NumberField):
    """Kroner with at most two decimals. `1 200`, `1.200`, `kr 12,50` and `500,-` are read.

    What is below nothing is read too: the rule says why it cannot be.
    """

    default_error_messages = {
        "invalid": _("Write kroner in figures, such as 120 000 or 99.50."),
        "too_fine": _("Write kroner with at most two decimals."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(low=-MOST_NOK, high=MOST_NOK, **options)

    def _bare(self, text: str) -> str:
        bare = _BESIDE.sub("", text).replace("\N{MINUS SIGN}", "-")
        return re.sub(r"[.,]", "", bare) if _THOUSANDS.fullmatch(bare) else bare

    def _read(self, text: str) -> Decimal:
        amount = super()._read(text)
        if amount != round(amount, 2):
            raise forms.ValidationError(self.error_messages["too_fine"])
        return round(amount, 2)


class PartForm(forms.Form):
    """One thing of a contract that has no texts in several languages."""

    def __init__(self, data: Any = None, *, language: str, choices: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer(choices)

    def offer(self, choices: Choices) -> None:
        """Put in what can be chosen."""

    def fill(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        """Let these be what can be chosen in a field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, thing: Any) -> dict[str, Any]:
        """What stands in the fields for a thing that is there."""
        found = {}
        for name in cls.base_fields:
            value = getattr(thing, f"{name}_id", None) if hasattr(thing, f"{name}_id") else getattr(thing, name)
            found[name] = value
        return found

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Every field that is shown, in its order."""
        return [field for field in self if not field.is_hidden]

    def cleaned_thing(self) -> dict[str, Any]:
        """The fields as they were typed; those of things chosen are ids."""
        return dict(self.cleaned_data)


class ContractForm(SaidForm):
    """A contract itself."""

    said_fields = ("title", "text")
    plain = ("starts_on", "ends_on")

    title = forms.CharField(label=_("What the contract is called"), max_length=160)
    text = forms.CharField(
        label=_("What it is about"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Who is to be better off, what is delivered, and why results are paid for."),
    )
    starts_on = forms.DateField(label=_("It starts on"), widget=DayInput)
    ends_on = forms.DateField(label=_("It ends on"), widget=DayInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("starts_on") and cleaned.get("ends_on"):
            for fault in date_faults(cleaned["starts_on"], cleaned["ends_on"]):
                self.add_error("ends_on", said_fault(fault))
        return cleaned


class PartyForm(PartForm):
    """An organisation in a role."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=lambda: [(role, f"{name}: {ROLE_MEANINGS[role]}") for role, name in CONTRACT_ROLES.items()],
        widget=forms.RadioSelect,
    )
    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    commitment_nok = AmountField(
        label=_("Kroner that an investor has bound itself to"),
        required=False,
        help_text=_("Only for investors. May be empty."),
    )

    def offer(self, choices: Choices) -> None:
        self.fill("organisation", choices.organisations)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        amount = cleaned.get("commitment_nok")
        if amount is not None and amount <= 0:
            self.add_error("commitment_nok", _("The amount must be above 0."))
        if amount is not None and cleaned.get("role") not in (None, "investor"):
            self.add_error("commitment_nok", _("Only an investor binds itself to a sum. Leave this empty."))
        return cleaned


class MetricForm(SaidForm):
    """What is counted and paid for."""

    said_fields = ("title", "unit", "validation", "source")
    plain = ("target", "price_nok", "cap_nok", "benefit")

    title = forms.CharField(
        label=_("What is counted"), max_length=160, help_text=_("For example: “In work half a year after”.")
    )
    unit = forms.CharField(label=_("Unit"), max_length=40, help_text=_("What one is: “persons”, “hours”, “weeks”."))
    validation = forms.CharField(
        label=_("How it is validated"), max_length=300, help_text=_("For example: “Counted before and after”.")
    )
    source = forms.CharField(label=_("Where the numbers come from"), max_length=300)
    target = NumberField(label=_("Target, in units"), low=-MOST_UNITS, high=MOST_UNITS)
    price_nok = AmountField(label=_("Kroner for a unit"))
    cap_nok = AmountField(
        label=_("At most, in kroner"), help_text=_("Over the whole contract, however much is reached.")
    )
    benefit = forms.TypedChoiceField(
        label=_("The benefit that it pays for"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Results can then be taken from its approved measurements. The unit must be the same."),
    )

    def __init__(self, data: Any = None, *, language: str, choices: Choices, **kwargs: Any) -> None:
        super().__init__(data, language=language, **kwargs)
        self.fields["benefit"].choices = [("", _("None")), *choices.benefits]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, thing: Any) -> dict[str, Any]:
        names = [name for name in cls.plain if name != "benefit"]
        return cls.said_initial(thing) | {name: getattr(thing, name) for name in names} | {"benefit": thing.benefit_id}


class ResultForm(PartForm):
    """What was counted by a day."""

    metric = forms.TypedChoiceField(label=_("What was counted"), coerce=int)
    counted_on = forms.DateField(
        label=_("Counted by"),
        widget=DayInput,
        help_text=_("Everything from the beginning of the contract to this day."),
    )
    engaged = forms.IntegerField(label=_("How many have taken part"), min_value=0, max_value=int(MOST_UNITS))
    reached = NumberField(label=_("How much is reached, in units"), low=-MOST_UNITS, high=MOST_UNITS)
    validated_by = forms.TypedChoiceField(
        label=_("Validated by"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("A result earns nothing before an independent evaluator has validated it."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    measurement = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def offer(self, choices: Choices) -> None:
        self.fill("metric", choices.metrics)
        self.fill("validated_by", [("", _("Nobody yet")), *choices.evaluators])


class PlannedForm(PartForm):
    """A payment for results that is planned."""

    metric = forms.TypedChoiceField(label=_("For what"), coerce=int)
    sender = forms.TypedChoiceField(label=_("From"), coerce=int)
    receiver = forms.TypedChoiceField(label=_("To"), coerce=int)
    amount_nok = AmountField(label=_("Kroner"))
    on = forms.DateField(label=_("By when"), widget=DayInput)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def offer(self, choices: Choices) -> None:
        self.fill("metric", choices.metrics)
        self.fill("sender", choices.parties)
        self.fill("receiver", choices.parties)


class PaidForm(PlannedForm):
    """A payment that was made; `what` is the id of what is counted, or "investment" or "return"."""

    what = forms.ChoiceField(label=_("For what"))
    metric = None  # type: ignore[assignment]
    on = forms.DateField(label=_("Paid on"), widget=DayInput)
    field_order = ("what", "sender", "receiver", "amount_nok", "on", "note")

    def offer(self, choices: Choices) -> None:
        self.fill("what", choices.whats)
        self.fill("sender", choices.parties)
        self.fill("receiver", choices.parties)

    @classmethod
    def initial_of(cls, thing: Any) -> dict[str, Any]:
        names = ("amount_nok", "on", "note")
        ways = {"sender": thing.sender_id, "receiver": thing.receiver_id}
        return {name: getattr(thing, name) for name in names} | ways | {"what": str(thing.metric_id or thing.kind)}


class PlanForm(forms.Form):
    """Why the plan is made anew."""

    reason = forms.CharField(
        label=_("Why the plan is made anew"),
        max_length=300,
        help_text=_("A sentence that everybody can read. The old version stays, and can be compared with the new one."),
    )


PART_FORMS: dict[str, type[PartForm] | type[MetricForm]] = {
    "parties": PartyForm,
    "metrics": MetricForm,
    "results": ResultForm,
    "plan": PlannedForm,
    "paid": PaidForm,
}
