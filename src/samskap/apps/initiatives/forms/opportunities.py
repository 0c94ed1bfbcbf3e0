"""What people type about opportunities, partners, promises and following."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskap.apps.initiatives import labels
from samskap.apps.initiatives.labels.opportunities import PROBLEMS, problem_sentence
from samskap.apps.initiatives.models import Commitment, Idea, Opportunity
from samskap.apps.initiatives.rules.commitments import WITH_AMOUNT, commitment_problem
from samskap.kernel import clock
from samskap.web.localised_forms import LocalisedForm

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.apps.challenges.models import Challenge

__all__ = [
    "CommitmentForm",
    "FollowForm",
    "JoinAsOrganisationForm",
    "JoinAsResidentForm",
    "OpportunityForm",
    "ReasonForm",
]


class OpportunityForm(LocalisedForm):
    """An opportunity in three languages, the ideas it came from, and the challenges it answers."""

    said_fields = ("title", "text")

    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("What could we do together?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=8000,
        help_text=_("What it is, for whom, and what is needed from whom. Markdown can be used."),
    )
    challenges = forms.TypedMultipleChoiceField(
        label=_("Challenges that it answers"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    ideas = forms.TypedMultipleChoiceField(
        label=_("Ideas that it comes from"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, challenges: list[Challenge], ideas: list[Idea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._challenges = {one.pk: one for one in challenges}
        self._ideas = {one.pk: one for one in ideas}
        self.fields["challenges"].choices = [(one.pk, one.said.title) for one in challenges]  # type: ignore[attr-defined]
        self.fields["ideas"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.number}. {one.said.title}") for one in ideas
        ]
        for name, choices in (("challenges", challenges), ("ideas", ideas)):
            if not choices:
                del self.fields[name]

    @classmethod
    def initial_of(cls, opportunity: Opportunity) -> dict[str, Any]:
        """What stands in the fields for an opportunity that is there."""
        return cls.said_initial(opportunity) | {
            "challenges": [one.pk for one in opportunity.challenges.all()],
            "ideas": [one.pk for one in opportunity.ideas.all()],
        }

    @property
    def chosen(self) -> dict[str, list[Any]]:
        """The challenges and ideas that were ticked."""
        return {
            "challenges": [self._challenges[key] for key in self.cleaned_data.get("challenges", [])],
            "ideas": [self._ideas[key] for key in self.cleaned_data.get("ideas", [])],
        }


class ReasonForm(forms.Form):
    """Why something is set aside, withdrawn or not delivered."""

    reason = forms.CharField(label=_("The reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class JoinAsOrganisationForm(forms.Form):
    """Joining on behalf of an organisation."""

    organisation = forms.ChoiceField(label=_("We are"))
    note = forms.CharField(
        label=_("Why we join"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. Everybody can read them. What you bring you promise afterwards."),
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisations = {str(one.pk): one for one in organisations}
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.name) for one in organisations
        ]

    def clean_organisation(self) -> Organisation:
        return self._organisations[self.cleaned_data["organisation"]]


class JoinAsResidentForm(forms.Form):
    """Joining as a resident, confirmed by a link in an e-mail."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send you a link to confirm with. Only those who run it see your name and address."),
    )


class FollowForm(forms.Form):
    """The address to be told at."""

    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class CommitmentForm(forms.Form):
    """A promise: kroner, hours, or something in words."""

    kind = forms.ChoiceField(
        label=_("What do you bring?"), choices=labels.commitment_kind_choices, widget=forms.RadioSelect
    )
    amount = forms.CharField(
        label=_("How much?"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Whole kroner, or whole hours. Leave it empty for premises, data and skills."),
    )
    text = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: the hall on Tuesdays, or two of us who drive."),
    )
    due_on = forms.DateField(
        label=_("By when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty if there is no date yet."),
    )
    reason = forms.CharField(
        label=_("Why does it change?"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, commitment: Commitment | None = None, **kwargs: Any) -> None:
        if commitment is not None:
            names = ("kind", "amount", "text", "due_on")
            kwargs["initial"] = {name: getattr(commitment, name) for name in names}
        super().__init__(*args, **kwargs)
        self._due_before = commitment.due_on if commitment else None
        if commitment is None or commitment.state == "promised":
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True

    def clean_amount(self) -> int | None:
        typed = "".join(self.cleaned_data["amount"].split()).replace("\u00a0", "")
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal()):
            raise forms.ValidationError(_("Write a whole number with digits only, such as 20000."))
        return int(typed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "amount" in self.errors or "due_on" in self.errors or "kind" not in cleaned:
            return cleaned
        due_on = cleaned.get("due_on")
        problem = commitment_problem(
            cleaned["kind"], amount=cleaned.get("amount"), text=cleaned.get("text", ""),
            due_on=due_on if due_on != self._due_before else None, today=timezone.localdate(clock.now()),
        )  # fmt: skip
        if problem:
            self.add_error(PROBLEMS[problem][0], problem_sentence(problem))
        if cleaned["kind"] not in WITH_AMOUNT:
            cleaned["amount"] = None
        return cleaned
