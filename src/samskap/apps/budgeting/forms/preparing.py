"""What those who prepare a ballot type: texts, rules, projects, districts, windows, letters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.budgeting import labels, rules
from samskap.apps.budgeting.models import Ballot, ExclusiveGroup, Project
from samskap.apps.processes import labels as process_labels
from samskap.web.kroner_field import KronerField
from samskap.web.localised_forms import LocalisedForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "BatchForm",
    "DistrictsForm",
    "FallForm",
    "GroupForm",
    "NewBallotForm",
    "ProjectForm",
    "RulesForm",
    "TextsForm",
    "WindowForm",
]


class TextsForm(LocalisedForm):
    """What the ballot is called and what it is about."""

    said_fields = ("title", "intro")

    title = forms.CharField(label=_("Title"), max_length=160)
    intro = forms.CharField(
        label=_("Introduction"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the money is for, who can vote, and what happens with the result."),
    )


class NewBallotForm(TextsForm):
    """The same with what decides what kind of vote it is."""

    kind = forms.ChoiceField(label=_("How people vote"), choices=labels.kind_choices, widget=forms.RadioSelect)
    budget_nok = KronerField(label=_("Budget in kroner"))


class RulesForm(forms.Form):
    """How people vote and how it is counted."""

    kind = forms.ChoiceField(label=_("How people vote"), choices=labels.kind_choices, widget=forms.RadioSelect)
    budget_nok = KronerField(label=_("Budget in kroner"))
    min_choices = forms.IntegerField(
        label=_("Fewest projects on a ballot"),
        min_value=0,
        max_value=1000,
        help_text=_("0 lets people vote blank: they are counted as voters, and choose nothing."),
    )
    max_choices = forms.IntegerField(
        label=_("Most projects on a ballot"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Empty: as many as one wants. Equal Shares works best when people choose all that they want."),
    )
    points = forms.IntegerField(
        label=_("Points to share out"), min_value=1, max_value=1000, help_text=_("Only where people share out points.")
    )
    points_a_project = forms.IntegerField(
        label=_("Most points for one project"), min_value=1, max_value=1000, required=False
    )
    rule = forms.ChoiceField(
        label=_("Rule"),
        choices=lambda: described(labels.RULES, labels.RULE_MEANINGS),
        widget=forms.RadioSelect,
        help_text=_("We suggest Equal Shares: each voter decides over an equal part of the money."),
    )
    satisfaction = forms.ChoiceField(
        label=_("What a voter gets from a project"),
        choices=labels.satisfaction_choices,
        widget=forms.RadioSelect,
        help_text=_(
            "We suggest the money: a project that costs twice as much counts as twice as much. By the place, the "
            "project that stands last on a ballot is worth nothing to its voter, and so is one that stands alone."
        ),
    )
    completion = forms.ChoiceField(
        label=_("When money is left over"), choices=labels.completion_choices, widget=forms.RadioSelect
    )
    tie_break = forms.ChoiceField(
        label=_("When projects are equal"), choices=labels.tie_break_choices, widget=forms.RadioSelect
    )
    seed = forms.CharField(
        label=_("Seed of the lottery"),
        max_length=64,
        required=False,
        help_text=_(
            "It is public from the opening on, so that nobody can choose it afterwards. It also decides the order in "
            "which each voter sees the projects. You can write one of your own, such as the numbers of a public draw."
        ),
    )
    minimum_support = forms.IntegerField(
        label=_("Fewest voters behind a project"),
        min_value=0,
        max_value=10**6,
        help_text=_("A project that fewer have chosen cannot win. 0: no such limit."),
    )
    eligible = forms.IntegerField(
        label=_("How many can vote"),
        min_value=1,
        max_value=10**7,
        required=False,
        help_text=_("Everyone who is entitled to vote. The turnout is told as a share of them."),
    )
    asks_sector = forms.BooleanField(
        label=_("Ask people for their sector after they have voted"),
        required=False,
        help_text=_("To see whether the result is fair to all sectors. They can leave it open."),
    )

    @classmethod
    def initial_of(cls, ballot: Ballot) -> dict[str, Any]:
        return {name: getattr(ballot, name) for name in cls.base_fields}

    @property
    def counting_fields(self) -> list[forms.BoundField]:
        """What decides how the ballots become a result."""
        names = ("rule", "satisfaction", "completion", "tie_break", "seed", "minimum_support")
        return [self[name] for name in names]

    @property
    def voting_fields(self) -> list[forms.BoundField]:
        """What decides what a ballot may hold, and who votes."""
        counting = {field.name for field in self.counting_fields}
        return [self[name] for name in self.fields if name not in counting]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        least, most = cleaned.get("min_choices"), cleaned.get("max_choices")
        if least is not None and most is not None and most < least:
            self.add_error("max_choices", _("The most cannot be below the fewest."))
        if cleaned.get("tie_break") == "lottery" and not cleaned.get("seed"):
            self.add_error("seed", _("A lottery needs a seed."))
        chosen = {name: cleaned.get(name, "") for name in ("kind", "rule", "satisfaction", "completion")}
        if all(chosen.values()):
            for name in rules.fitting_problems(**chosen):
                self.add_error(name, labels.FITTING[name])
        return cleaned


def described(
    names: Mapping[str, StrOrPromise], meanings: Mapping[str, StrOrPromise]
) -> list[tuple[str, StrOrPromise]]:  # fmt: skip
    """Choices with what each means behind its name."""
    return [(key, f"{name}. {meanings[key]}") for key, name in names.items()]


class ProjectForm(LocalisedForm):
    """What the ballot says about a project."""

    said_fields = ("title", "text")

    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(
        label=_("What it is, in a few sentences"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    cost_nok = KronerField(label=_("Cost for this budget, in kroner"))
    full_cost_nok = KronerField(
        label=_("The whole price, where partners pay a part"), required=False, help_text=_("Empty: nobody else pays.")
    )
    sector = forms.ChoiceField(
        label=_("Sector of the owner"), choices=lambda: [("", _("Not said")), *SECTORS.items()], required=False
    )
    theme = forms.CharField(label=_("Theme"), max_length=80, required=False, help_text=_("Voters can filter by it."))
    district = forms.CharField(label=_("District"), max_length=80, required=False)
    exclusive_group = forms.ChoiceField(label=_("At most one of these can win"), required=False)
    requires = forms.ChoiceField(label=_("Can only be carried out together with"), required=False)

    def __init__(
        self, *args: Any, groups: Sequence[ExclusiveGroup] = (), others: Sequence[Project] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._groups = {str(one.pk): one for one in groups}
        self._others = {str(one.pk): one for one in others}
        said = [("", _("No group")), *((pk, one.said.title) for pk, one in self._groups.items())]
        self.fields["exclusive_group"].choices = said  # type: ignore[attr-defined]
        said = [("", _("Nothing else")), *((pk, one.said.title) for pk, one in self._others.items())]
        self.fields["requires"].choices = said  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, project: Project) -> dict[str, Any]:
        plain = ("cost_nok", "full_cost_nok", "sector", "theme", "district")
        bonds = {"exclusive_group": project.exclusive_group_id, "requires": project.requires_id}
        return cls.said_initial(project) | {name: getattr(project, name) for name in plain} | bonds

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cost, full = cleaned.get("cost_nok"), cleaned.get("full_cost_nok")
        if cost and full and full < cost:
            self.add_error("full_cost_nok", _("The whole price is lower than what this budget pays."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The fields of the project."""
        data = self.cleaned_data
        plain = ("cost_nok", "full_cost_nok", "sector", "theme", "district")
        bonds = {
            "exclusive_group": self._groups.get(data["exclusive_group"]),
            "requires": self._others.get(data["requires"]),
        }
        return self.cleaned_said() | {name: data[name] for name in plain} | bonds


class DistrictsForm(forms.Form):
    """Parts of the budget for districts or themes, one a line: the name and then the kroner."""

    lines = forms.CharField(
        label=_("One a line: the name, and then the kroner"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "Sentrum 500 000"}),
        help_text=_("Projects of that district compete for its money only; all the others share the rest."),
    )

    @classmethod
    def initial_of(cls, budgets: dict[str, int]) -> dict[str, str]:
        return {"lines": "\n".join(f"{name} {amount:,}".replace(",", " ") for name, amount in budgets.items())}

    def clean_lines(self) -> dict[str, int]:
        """Kroner by name."""
        found: dict[str, int] = {}
        for line in filter(None, (line.strip() for line in self.cleaned_data["lines"].splitlines())):
            parts = re.fullmatch(r"(.*?\D)[\s:;]+(\d[\d\s.,]*)(?:kr\.?)?", line)
            if parts is None:
                raise forms.ValidationError(gettext("“%(line)s” has no name and amount.") % {"line": line})
            name = parts[1].strip(" :;")[:80]
            if name in found:
                raise forms.ValidationError(gettext("%(name)s stands there twice.") % {"name": name})
            found[name] = KronerField().clean(parts[2])
        return found


class GroupForm(LocalisedForm):
    """A group of projects that exclude each other."""

    said_fields = ("title",)

    title = forms.CharField(label=_("What they have in common"), max_length=160)


class FallForm(forms.Form):
    """Why a project cannot be carried out after all."""

    reason = forms.CharField(label=_("Why it falls out, for voters to read"), max_length=300)


class BatchForm(forms.Form):
    """A batch of letters."""

    title = forms.CharField(label=_("Who they are for"), max_length=120)
    size = forms.IntegerField(
        label=_("How many letters"), min_value=1, max_value=500, help_text=_("At most 500 in a batch.")
    )


class WindowForm(forms.Form):
    """When people can vote, and who."""

    title = forms.CharField(label=_("Title"), max_length=160)
    opens_at = forms.DateTimeField(
        label=_("Opens"),
        required=False,
        help_text=_("Empty: when you press Open."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"),
        required=False,
        help_text=_("Empty: when you press Close."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    access = forms.ChoiceField(
        label=_("Who may take part"),
        choices=process_labels.access_choices,
        widget=forms.RadioSelect,
        help_text=_("Where letters with codes are made for this vote, those invited are those with a letter."),
    )
    access_code = forms.CharField(
        label=_("The code"), max_length=12, required=False, help_text=_("Letters and digits; only for “with the code”.")
    )

    def clean_access_code(self) -> str:
        return "".join(sign for sign in self.cleaned_data["access_code"].upper() if sign.isalnum())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It must close after it opens."))
        if cleaned.get("access") == "code" and not cleaned.get("access_code"):
            self.add_error("access_code", _("Write the code that people are to use."))
        return cleaned
