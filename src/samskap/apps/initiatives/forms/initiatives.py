"""What people type about an initiative: one short form for each section, in three languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.initiatives.labels.initiatives import QUESTIONS
from samskap.apps.initiatives.queries.initiatives import today
from samskap.web.localised import LocalisedModel
from samskap.web.localised_forms import LocalisedForm

__all__ = [
    "SECTION_FORMS",
    "AboutForm",
    "DayInput",
    "FilterForm",
    "NewInitiativeForm",
    "NextForm",
    "SectionForm",
]


class DayInput(forms.DateInput):
    """A date as the browser asks for one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _question(key: str) -> forms.CharField:
    label, help_text = QUESTIONS[key]
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 7})
    )


class SectionForm(LocalisedForm):
    """A part of the texts of something that is there.

    The original language is chosen when it is made and stays: the other sections are written in it.
    """

    def keep_language(self, code: str) -> None:
        """Take the original language for given."""
        self.fields["language"].disabled = True
        self.initial["language"] = code
        for name in self._demanded:
            self.fields[f"{name}_{code}"].required = True

    @classmethod
    def of(cls, thing: LocalisedModel, data: Any = None, **kwargs: Any) -> Self:
        """The form with what is there, or with what was typed."""
        initial = cls.said_initial(thing) | kwargs.pop("initial", {})
        form = cls(data, initial=initial, **kwargs)
        form.keep_language(thing.language)
        return form

    def merged(self, thing: LocalisedModel) -> dict[str, Any]:
        """What is stored: the texts of this section in all languages, the others as they were."""
        said = self.cleaned_said()
        new = said.pop("translations")
        kept = {
            code: {name: text for name, text in texts.items() if name not in self.said_fields}
            for code, texts in thing.translations.items()
        }
        codes = {*kept, *new}
        together = {code: {**kept.get(code, {}), **new.get(code, {})} for code in sorted(codes)}
        return said | {"translations": {code: texts for code, texts in together.items() if texts}}


class _ChallengesMixin(forms.Form):
    challenges = forms.TypedMultipleChoiceField(
        label=_("Challenges it answers"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The initiative is shown on the pages of these."),
    )

    def set_challenges(self, choices: Sequence[tuple[int, str]]) -> None:
        """Offer these challenges; none to choose from, no question."""
        if choices:
            self.fields["challenges"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["challenges"]


class AboutForm(SectionForm, _ChallengesMixin):
    """Title, summary and challenges."""

    said_fields = ("title", "summary")

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences that everybody understands."),
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_challenges(choices)


class ProblemForm(SectionForm):
    said_fields = ("problem", "zero_alternative")
    problem = _question("problem")
    zero_alternative = _question("zero_alternative")


class MeasuresForm(SectionForm):
    said_fields = ("measures", "principles")
    measures = _question("measures")
    principles = _question("principles")


class EffectsForm(SectionForm):
    said_fields = ("effects",)
    effects = _question("effects")


class RecommendationForm(SectionForm):
    said_fields = ("recommendation", "conditions")
    recommendation = _question("recommendation")
    conditions = _question("conditions")


class LearnedForm(SectionForm):
    said_fields = ("learned",)
    learned = forms.CharField(
        label=_("What we have learned"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("What worked, what did not, and what others should know before they begin."),
    )


SECTION_FORMS: dict[str, type[SectionForm]] = {
    "about": AboutForm,
    "problem": ProblemForm,
    "measures": MeasuresForm,
    "effects": EffectsForm,
    "recommendation": RecommendationForm,
    "learned": LearnedForm,
}


class _OwnerFields(forms.Form):
    """Who owns it and when something happens next."""

    next_date = forms.DateField(label=_("Date of the next step"), widget=DayInput)
    owner = forms.TypedChoiceField(
        label=_("Owner"),
        coerce=int,
        empty_value=None,
        help_text=_("Gets a letter at the date of the next step. A week later those in charge get one."),
    )
    owner_organisation = forms.TypedChoiceField(
        label=_("Organisation that owns it"), coerce=int, empty_value=None, required=False,
        help_text=_("This is what the public page shows; it does not show the name of the owner."),
    )  # fmt: skip
    starts_on = forms.DateField(label=_("Starts on"), required=False, widget=DayInput)

    def offer(self, *, owners: Sequence[tuple[int, str]], organisations: Sequence[tuple[int, str]]) -> None:
        """Offer these owners and organisations."""
        self.fields["owner"].choices = [("", _("Choose")), *owners]  # type: ignore[attr-defined]
        self.fields["owner_organisation"].choices = [("", _("None yet")), *organisations]  # type: ignore[attr-defined]


def _next_step() -> forms.CharField:
    help_text = _("What is done next, such as “Ask three companies for an offer”. Everybody can read it.")
    return forms.CharField(label=_("Next step"), max_length=300, help_text=help_text)


class NextForm(SectionForm, _OwnerFields):
    """The owner, and the next step with its date: every initiative has them."""

    said_fields = ("next_step",)
    next_step = _next_step()

    def __init__(self, *args: Any, offered: dict[str, Any], was: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(**offered)
        self._was = was

    def clean_next_date(self) -> Any:
        """A date that is still to come, unless it stands as it was."""
        chosen = self.cleaned_data["next_date"]
        if chosen != self._was and chosen < today():
            raise forms.ValidationError(_("Choose today or a later day."))
        return chosen


class NewInitiativeForm(SectionForm, _ChallengesMixin, _OwnerFields):
    """A new initiative: its name, who owns it and what is done next. The rest is written section by section."""

    said_fields = ("title", "summary", "next_step")

    title = AboutForm.base_fields["title"]
    summary = AboutForm.base_fields["summary"]
    next_step = _next_step()
    field_order = ("language", "next_date", "owner", "owner_organisation", "starts_on", "challenges")

    def __init__(self, *args: Any, offered: dict[str, Any], choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(**offered)
        self.set_challenges(choices)

    def cleaned_new(self) -> dict[str, Any]:
        """Texts and choices in one."""
        return {**self.cleaned_data, **self.cleaned_said()}

    def clean_next_date(self) -> Any:
        """A date that is still to come."""
        chosen = self.cleaned_data["next_date"]
        if chosen < today():
            raise forms.ValidationError(_("Choose today or a later day."))
        return chosen


class FilterForm(forms.Form):
    """What to look for in a list of initiatives; whatever is not understood is left out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100, widget=forms.TextInput)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    challenge = forms.ChoiceField(label=_("Challenge"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)

    def __init__(self, data: Any, *, offered: dict[str, Sequence[tuple[str, Any]]]) -> None:
        super().__init__(data)
        for name, choices in offered.items():
            if choices:
                self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    @property
    def wanted(self) -> dict[str, str]:
        """What was chosen, without what is empty or unknown."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
