"""What people set on the outlook: levers and parameters, in the address; and the name of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.outlook import labels, rules
from samskap.apps.outlook.queries.parameters import Parameter

__all__ = ["LeverRow", "LeversForm", "ScenarioForm"]


class NumberField(forms.FloatField):
    """A number that may be written with a decimal comma or point, and with a minus or a dash before it."""

    def __init__(self, *, low: float, high: float, **options: Any) -> None:
        words = labels.numbers()
        reach = {"low": words.write(low, 0 if low == int(low) else 1), "high": words.write(high)}
        wrong = _("Write a number from %(low)s to %(high)s.") % reach
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
        super().__init__(required=False, min_value=low, max_value=high, error_messages=messages, **options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().replace(",", ".").replace("−", "-").replace("\u202f", "").replace("\xa0", "")
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "decimal", "autocomplete": "off"}


@dataclass(frozen=True)
class LeverRow:
    """One lever of the form: its field, the reach and step of its slider, where it stands and rests, its unit."""

    field: forms.BoundField
    low: float
    high: float
    step: float
    value: float
    rest: float
    unit: str


@dataclass(frozen=True)
class LeverGroup:
    """Levers that belong together."""

    key: str
    title: str
    rows: tuple[LeverRow, ...]

    @property
    def is_pulled(self) -> bool:
        """Some lever is not at rest, or is written wrong: the group must be seen."""
        return any(row.value != row.rest or row.field.errors for row in self.rows)


class LeversForm(forms.Form):
    """The levers of a place with so many people, and the parameters that can be replaced. Empty means as it is.

    With an official `projection` the middle can be laid on it.

    The weights of the state's cost keys are too many for fields: they are taken from the address where they are there.
    """

    def __init__(self, data: Any, *, people: float, parameters: Sequence[Parameter] = (), projection: str = "") -> None:
        super().__init__(data, auto_id="lever-%s")
        self.people = people
        self.parameters = tuple(one for one in parameters if not one.is_key or one.field in data)
        for lever in (*rules.LEVERS, rules.PHASE_IN):
            self.fields[lever.key] = NumberField(
                low=lever.low, high=lever.high, label=labels.LEVERS[lever.key], help_text=labels.LEVER_HELP[lever.key],
                widget=_number(f"{lever.step:g}", rest=f"{rules.PHASE_IN_YEARS if lever is rules.PHASE_IN else 0:g}"),
            )  # fmt: skip
        if projection:
            self.fields[rules.FOLLOW] = forms.BooleanField(
                required=False,
                label=_("Let the middle follow the official projection"),
                help_text=labels.follow_help(projection),
                widget=forms.CheckboxInput(attrs={"class": "ds-input", "value": "1"}),
            )
        for one in self.parameters:
            self.fields[one.field] = NumberField(
                low=one.low, high=one.high, label=one.label, widget=_number("any", rest=f"{one.value:g}")
            )

    @property
    def levers(self) -> dict[str, float]:
        """The levers that are pulled, as far as they are written right."""
        return rules.set_levers({key: value for key, value in self._right().items() if key in _LEVER_KEYS})

    @property
    def replaced(self) -> dict[str, float]:
        """The replaced parameters by key, in the units of the engine, as far as they are written right."""
        right = self._right()
        return {one.key: right[one.field] * one.factor for one in self.parameters if right.get(one.field) is not None}

    def _right(self) -> dict[str, Any]:
        """What is written right; the form is whole only where `is_valid` says so."""
        self.is_valid()
        return self.cleaned_data

    @property
    def address(self) -> dict[str, str]:
        """What the address holds of it: only what is changed, in the shortest form."""
        found = {key: f"{value:g}" for key, value in self.levers.items()}
        right = self._right()
        replaced = {one.field: right.get(one.field) for one in self.parameters}
        return found | {field: f"{value:g}" for field, value in replaced.items() if value is not None}

    @property
    def groups(self) -> tuple[LeverGroup, ...]:
        """The levers as the page lays them out."""
        return tuple(
            LeverGroup(key, str(title), tuple(self._row(one) for one in rules.LEVERS if one.group == key))
            for key, title in labels.LEVER_GROUPS.items()
        )

    @property
    def pace(self) -> LeverRow:
        """How fast the changes come."""
        return self._row(rules.PHASE_IN, rest=rules.PHASE_IN_YEARS)

    @property
    def follow(self) -> forms.BoundField | None:
        """Whether the middle is laid on the official projection; None where there is none."""
        return self[rules.FOLLOW] if rules.FOLLOW in self.fields else None

    @property
    def replaceable(self) -> list[tuple[Parameter, forms.BoundField]]:
        """The parameters with their fields."""
        return [(one, self[one.field]) for one in self.parameters]

    def _row(self, lever: rules.LeverRule, *, rest: float = 0.0) -> LeverRow:
        low, high = rules.reach(lever, persons=self.people)
        value = self._right().get(lever.key)
        unit = str(labels.LEVER_UNITS.get(lever.key, "%"))
        at = rest if value is None else value
        return LeverRow(self[lever.key], low, high, lever.step, at, rest, unit)


_LEVER_KEYS = {rules.FOLLOW} | {lever.key for lever in (*rules.LEVERS, rules.PHASE_IN)}


def _number(step: str, *, rest: str) -> forms.NumberInput:
    """A number whose empty field shows what holds then."""
    return forms.NumberInput(attrs={"step": step, "placeholder": rest})


class ScenarioForm(forms.Form):
    """The name under which an outlook is kept."""

    name = forms.CharField(label=_("Name of the scenario"), max_length=120)
