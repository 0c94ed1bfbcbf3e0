"""What people type about a line of the effect list, and what an effect list is built up from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits import labels
from samskap.apps.benefits.forms.said import SaidForm
from samskap.apps.benefits.forms.typed import NumberField, PercentField, YearField
from samskap.apps.benefits.labels.effects import SHARES, problem_words, scale_choices
from samskap.apps.benefits.models import Effect
from samskap.apps.benefits.queries.effects import quantities_of
from samskap.apps.benefits.rules.effects import (
    EffectProblem,
    TypedEffect,
    effect_problems,
    growing,
    is_steady,
    read_years,
    written_years,
)
from samskap.web.kroner_field import KronerField

__all__ = ["BuildForm", "EffectForm", "FieldGroup"]

GIVEN = {"steady": _("The same each year, or growing"), "by_year": _("Year by year")}
MUNICIPALITY = 0  # instead of the id of an organisation
SHARE_FIELDS = ("growth", "public_share", *SHARES)


@dataclass(frozen=True)
class FieldGroup:
    """Fields that belong together; those that few need are folded unless something stands in them."""

    key: str
    title: str
    help_text: str
    fields: tuple[forms.BoundField, ...]
    is_folded: bool = False


def _share(key: str) -> PercentField:
    name, asks = SHARES[key]
    return PercentField(label=name, help_text=asks, required=False)


class EffectForm(SaidForm):
    """One line of the effect list. Quantities are given as a series, or year by year, as `given` says."""

    said_fields = ("title", "who", "unit")
    plain = (
        "kind", "is_harm", "sector", "certainty", "price_nok", "price_year", "price_source", "scale", "growth",
        "public_share", "in_kind", "deadweight", "displacement", "attribution", "drop_off", "shares_source", "spread",
        "spread_sd", "low", "mode", "high",
    )  # fmt: skip

    title = forms.CharField(label=_("What changes"), max_length=160, help_text=_("Such as “Fewer nights in hospital”."))
    who = forms.CharField(
        label=_("Who bears it or gains from it"), max_length=160, required=False,
        help_text=_("A group, never the name of a person. May be empty where an organisation is chosen."),
    )  # fmt: skip
    unit = forms.CharField(label=_("Unit"), max_length=40, help_text=_("What is counted: nights, hours, kroner."))
    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int, empty_value=None, required=False)
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=lambda: [("", _("As the organisation")), *labels.sector_choices()]
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: [("", _("Choose")), *labels.effect_kind_choices()])
    is_harm = forms.BooleanField(label=_("This is a harm: nobody wants it"), required=False)
    certainty = forms.ChoiceField(label=_("How certain"), choices=labels.certainty_choices, initial="hoped")
    benefit = forms.TypedChoiceField(
        label=_("The benefit that it stands for"), coerce=int, empty_value=None, required=False
    )

    given = forms.ChoiceField(
        label=_("How the quantity is given"), choices=list(GIVEN.items()), widget=forms.RadioSelect, initial="steady"
    )
    first_year = YearField(label=_("From the year"), required=False)
    last_year = YearField(label=_("To the year"), required=False)
    amount = NumberField(label=_("Quantity a year"), low=-(10**12), required=False)
    quantity_growth = PercentField(label=_("More each year, in percent"), low=-50, high=100, required=False)
    quantities = forms.CharField(
        label=_("Quantity year by year"), required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=8000,
        help_text=_("A line for each year or span of years: 2028: 12.5, and below it 2029-2036: 14."),
    )  # fmt: skip

    price_nok = NumberField(label=_("Price of a unit in kroner"), required=False, high=10**11)
    price_year = forms.IntegerField(label=_("In prices of the year"), required=False)
    price_source = forms.CharField(label=_("Source of the price"), max_length=300, required=False)
    growth = PercentField(label=_("Real growth of the price each year"), low=-20, high=20, required=False)
    public_share = PercentField(
        label=_("How much of it is paid or saved by public budgets"), required=False,
        help_text=_("It decides the cost of taxes, and the budget kroner that the net benefit is divided by."),
    )  # fmt: skip
    in_kind = forms.BooleanField(
        label=_("It is given in kind: hours, premises or goods, not money"), required=False,
        help_text=_("It counts as an input of SROI, and never as cash."),
    )  # fmt: skip
    scale = forms.ChoiceField(
        label=_("Without a price: place on the plus-minus scale"), required=False,
        choices=lambda: [("", _("Not weighed")), *scale_choices()],
    )  # fmt: skip

    deadweight = _share("deadweight")
    displacement = _share("displacement")
    attribution = _share("attribution")
    drop_off = _share("drop_off")
    shares_source = forms.CharField(label=_("Source of these shares"), max_length=300, required=False)

    spread = forms.ChoiceField(
        label=_("How it can turn out"),
        required=False,
        choices=lambda: [("", _("As written")), *labels.spread_choices()],
    )
    spread_sd = NumberField(label=_("Standard deviation, as a factor"), required=False, high=10)
    low = NumberField(label=_("Lowest, as a factor"), required=False, high=100)
    mode = NumberField(label=_("Most likely, as a factor"), required=False, high=100)
    high = NumberField(label=_("Highest, as a factor"), required=False, high=100)

    def __init__(
        self,
        *args: Any,
        choices: Mapping[str, Mapping[int, Any]],
        place: str,
        price_years: Sequence[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices = choices
        self._place = place
        self._price_years = price_years
        bodies = [(pk, one.name) for pk, one in choices["organisations"].items()]
        benefits = [(pk, one.said.title) for pk, one in choices["benefits"].items()]
        group, none = ("", _("A group, written above")), ("", _("None of those written"))
        self.fields["organisation"].choices = [group, (MUNICIPALITY, place), *bodies]  # type: ignore[attr-defined]
        self.fields["benefit"].choices = [none, *benefits]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, thing: Effect) -> dict[str, Any]:
        """What stands in the fields; shares in percent, quantities in the shorter of the two ways."""
        initial = super().initial_of(thing)
        percents = {name: None if initial[name] is None else initial[name] * 100 for name in SHARE_FIELDS}
        scale = "" if thing.scale is None else str(thing.scale)
        is_place = thing.organisation_id is None and thing.who == thing.initiative.municipality.name
        body = MUNICIPALITY if is_place else thing.organisation_id or ""
        bonds = {"organisation": body, "benefit": thing.benefit_id or ""}
        return initial | percents | {"scale": scale} | bonds | _given(quantities_of(thing))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._settle_who(cleaned)
        cleaned["by_year"] = self._quantities(cleaned)
        if not self.errors:
            for problem in effect_problems(self._typed(cleaned)):
                self._tell(problem)
        return cleaned

    def _settle_who(self, cleaned: dict[str, Any]) -> None:
        """Who and which sector: those of the organisation where nothing else is said."""
        chosen = cleaned.get("organisation")
        body = self._choices["organisations"].get(chosen or MUNICIPALITY)
        name = f"who_{cleaned.get('language')}"
        if chosen == MUNICIPALITY:
            cleaned[name], sector = self._place, "public"
        else:
            cleaned[name] = cleaned.get(name) or (body.name if body else "")
            sector = body.sector if body else ""
        cleaned["sector"] = cleaned.get("sector") or sector
        if not cleaned[name] and name in self.fields:
            self.add_error(name, gettext("Say who, or choose an organisation."))
        if not cleaned["sector"] and "sector" not in self.errors:
            self.add_error("sector", gettext("Choose a sector."))

    def _quantities(self, cleaned: Mapping[str, Any]) -> dict[int, Decimal]:
        try:
            if cleaned.get("given") == "by_year":
                return read_years(cleaned.get("quantities") or "")
            return self._series(cleaned)
        except EffectProblem as problem:
            self._tell(problem)
            return {}

    def _series(self, cleaned: Mapping[str, Any]) -> dict[int, Decimal]:
        for name in ("first_year", "last_year", "amount"):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, gettext("Write this, or give the quantity year by year."))
        if self.errors.keys() & {"first_year", "last_year", "amount", "quantity_growth"}:
            return {}
        return growing(
            first=cleaned["first_year"],
            last=cleaned["last_year"],
            amount=cleaned["amount"],
            growth=cleaned.get("quantity_growth") or Decimal(0),
        )

    def _typed(self, cleaned: Mapping[str, Any]) -> TypedEffect:
        scale = int(cleaned["scale"]) if cleaned["scale"] else None
        same = (
            "kind", "is_harm", "in_kind", "price_nok", "price_year", "shares_source", "spread", "spread_sd", "low",
            "mode", "high",
        )  # fmt: skip
        return TypedEffect(
            quantities=cleaned["by_year"],
            scale=scale,
            public_share=cleaned["public_share"] or Decimal(0),
            shares=tuple(cleaned[key] for key in SHARES),
            price_years=self._price_years,
            **{name: cleaned[name] for name in same},
        )

    def _tell(self, problem: EffectProblem) -> None:
        """Put the sentence at the field where it is typed."""
        is_series = problem.at == "quantities" and self.data.get("given") != "by_year"
        self.add_error("amount" if is_series else problem.at, problem_words(problem))

    def values(self) -> dict[str, Any]:
        """The line as the actions take it: fields of the model and `quantities`."""
        cleaned = self.cleaned_data
        return self.cleaned_thing() | {
            "scale": int(cleaned["scale"]) if cleaned["scale"] else None,
            "growth": cleaned["growth"] or Decimal(0),
            "public_share": cleaned["public_share"] or Decimal(0),
            "organisation": self._choices["organisations"].get(cleaned["organisation"] or MUNICIPALITY),
            "benefit": self._choices["benefits"].get(cleaned["benefit"] or 0),
            "quantities": cleaned["by_year"],
        }

    @property
    def groups(self) -> Iterator[FieldGroup]:
        """The form in its parts, in the order in which one thinks."""
        yield self._group(
            "what", _("What it is, and for whom"), ("organisation", "sector", "kind", "is_harm", "certainty", "benefit")
        )
        yield self._group(
            "worth",
            _("What it is worth"),
            ("price_nok", "price_year", "price_source", "growth", "public_share", "in_kind", "scale"),
        )
        yield self._group(
            "sroi", _("For social return (SROI)"), (*SHARES, "shares_source"),
            help_text=_("Without these four and their source no SROI is computed."),
        )  # fmt: skip
        yield self._group(
            "spread", _("How uncertain the quantity is"), ("spread", "spread_sd", "low", "mode", "high"),
            help_text=_("As factors of the quantity: 1 is as written, 0.9 is a tenth less."),
        )  # fmt: skip

    def _group(self, key: str, title: Any, names: Sequence[str], *, help_text: Any = "") -> FieldGroup:
        fields = tuple(self[name] for name in names)
        is_folded = key in {"sroi", "spread"} and not any(one.value() or one.errors for one in fields)
        return FieldGroup(key, str(title), str(help_text), fields, is_folded)

    @property
    def steady_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("first_year", "last_year", "amount", "quantity_growth")]


def _given(quantities: Mapping[int, Decimal]) -> dict[str, Any]:
    """How the form gives these quantities: as a series where they are the same each year."""
    if quantities and is_steady(quantities):
        years = sorted(quantities)
        amount = quantities[years[0]]
        return {"given": "steady", "first_year": years[0], "last_year": years[-1], "amount": amount}
    decimal = "." if get_language() == "en" else ","
    return {"given": "by_year", "quantities": written_years(quantities, decimal=decimal)}


class BuildForm(forms.Form):
    """What to build the list from, what an hour is worth, and how long what was reached lasts."""

    sources = forms.MultipleChoiceField(
        label=_("Build from"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )  # fmt: skip
    hour_price_nok = KronerField(
        label=_("What an hour is worth, in kroner"), required=False,
        help_text=_("Needed where hours are taken: what it would cost to buy the hour."),
    )  # fmt: skip
    price_year = forms.IntegerField(label=_("In prices of the year"))
    last_year = YearField(
        label=_("The benefits last to the end of"),
        help_text=_("What the last target says stays until then."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, sources: Sequence[tuple[str, Any]], price_years: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._price_years = price_years
        self.fields["sources"].choices = sources  # type: ignore[attr-defined]

    def clean_price_year(self) -> int:
        """A year whose prices are known."""
        year: int = self.cleaned_data["price_year"]
        if year not in self._price_years:
            years = f"{self._price_years[0]}\N{EN DASH}{self._price_years[-1]}"
            raise forms.ValidationError(problem_words(EffectProblem("price_year_unknown", year=year, years=years)))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wants_hours = "hours" in cleaned.get("sources", [])
        if wants_hours and not cleaned.get("hour_price_nok") and "hour_price_nok" not in self.errors:
            self.add_error("hour_price_nok", gettext("Say what an hour is worth, or do not take the hours."))
        return cleaned
