"""How an appraisal is made: the edition of the parameters, the years, the prices, and the conventions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits.forms.typed import NumberField, YearField
from samskap.apps.benefits.labels.appraisals import DENOMINATORS, INDEXES, TIMINGS
from samskap.apps.benefits.labels.effects import problem_words
from samskap.apps.benefits.queries.appraisals import Asked
from samskap.apps.benefits.rules.appraisals import (
    HIGHEST_SEED,
    LONGEST_LIFE,
    LONGEST_PERIOD,
    index_problem,
    read_index,
)
from samskap.apps.benefits.rules.effects import EffectProblem

if TYPE_CHECKING:
    from samskap.apps.benefits.queries.appraisals import Ground

__all__ = ["AppraisalForm", "CorrelationRow"]

MOST_CORRELATIONS = 3
ROWS = range(1, MOST_CORRELATIONS + 1)


@dataclass(frozen=True)
class CorrelationRow:
    """Two effects and a number, as fields beside each other."""

    fields: tuple[forms.BoundField, ...]


def _meanings(names: Mapping[str, tuple[Any, Any]]) -> list[tuple[str, str]]:
    return [(key, f"{name}. {meaning}") for key, (name, meaning) in names.items()]


class AppraisalForm(forms.Form):
    """The options of an answer. What is empty is chosen as the help says."""

    name = forms.CharField(label=_("Name of the appraisal"), max_length=120)
    edition = forms.ChoiceField(label=_("Edition of the parameters"))
    comparison_year = YearField(label=_("Comparison year"), help_text=_("Everything is discounted to this year."))
    price_year = YearField(label=_("In prices of the year"))
    horizon_years = forms.IntegerField(
        label=_("Period, in years after the comparison year"), min_value=1, max_value=LONGEST_PERIOD
    )
    lifetime_years = forms.IntegerField(
        label=_("Lifetime, in years after the comparison year"), required=False, min_value=1, max_value=LONGEST_LIFE,
        help_text=_("What comes after the period is told apart, as residual value. Empty: nothing."),
    )  # fmt: skip
    anchor_year = YearField(
        label=_("The steps of the rate are counted from"), required=False,
        help_text=_("Empty: from the comparison year. Some count from the year that something opens."))  # fmt: skip
    count_freed_time = forms.BooleanField(
        label=_("Priced freed time counts in the net present value"), required=False, initial=True,
        help_text=_("It is told apart in any case, and is never cash."),
    )  # fmt: skip

    index = forms.ChoiceField(label=_("Price index"), widget=forms.RadioSelect, initial="none")
    index_values = forms.CharField(
        label=_("Index by year"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A line for each year, such as 2024: 133.9."),
    )  # fmt: skip
    index_source = forms.CharField(label=_("Source of the index"), required=False, max_length=200)

    nnb_denominator = forms.ChoiceField(
        label=_("Net benefit is divided by"), choices=lambda: _meanings(DENOMINATORS), widget=forms.RadioSelect
    )
    timing = forms.ChoiceField(
        label=_("Timing of social return"), choices=lambda: _meanings(TIMINGS), widget=forms.RadioSelect
    )
    growth_fades_from = YearField(label=_("Real growth is whole until"), required=False)
    growth_fades_to = YearField(
        label=_("and has fallen to nothing in"), required=False,
        help_text=_("Both empty: the growth of a price goes on as long as the effect."))  # fmt: skip
    seed = forms.IntegerField(
        label=_("Seed of the simulation"), required=False, min_value=0, max_value=HIGHEST_SEED,
        help_text=_("Empty: drawn by chance. It is stored, so that anybody can draw the same again."),
    )  # fmt: skip

    def __init__(self, *args: Any, ground: Ground, editions: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ground = ground
        self.fields["edition"].choices = editions  # type: ignore[attr-defined]
        known = {key: words for key, words in INDEXES.items() if key != "official" or ground.official_index}
        self.fields["index"].choices = list(known.items())  # type: ignore[attr-defined]
        if len(ground.uncertain) > 1:
            self._ask_correlations(ground.uncertain)

    def _ask_correlations(self, uncertain: Iterable[tuple[str, str]]) -> None:
        choices = [("", _("Choose")), *uncertain]
        for row in ROWS:
            self.fields[f"one_{row}"] = forms.ChoiceField(label=_("An effect"), choices=choices, required=False)
            self.fields[f"other_{row}"] = forms.ChoiceField(label=_("moves with"), choices=choices, required=False)
            self.fields[f"value_{row}"] = NumberField(label=_("Correlation"), low=-1, high=1, required=False)

    def clean_index_values(self) -> dict[int, float]:
        """The typed index by year."""
        try:
            return {year: float(value) for year, value in read_index(self.cleaned_data["index_values"]).items()}
        except EffectProblem as problem:
            raise forms.ValidationError(problem_words(problem)) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_life(cleaned)
        self._check_fading(cleaned)
        cleaned["price_index"] = self._price_index(cleaned)
        cleaned["correlations"] = self._correlations(cleaned)
        return cleaned

    def _check_life(self, cleaned: Mapping[str, Any]) -> None:
        life, period = cleaned.get("lifetime_years"), cleaned.get("horizon_years")
        if life and period and life < period:
            self.add_error("lifetime_years", gettext("The lifetime cannot be shorter than the period."))

    def _check_fading(self, cleaned: Mapping[str, Any]) -> None:
        first, last = cleaned.get("growth_fades_from"), cleaned.get("growth_fades_to")
        if (first is None) != (last is None) or (first and last and first >= last):
            self.add_error("growth_fades_to", gettext("Give both years, the later one last, or neither."))

    def _price_index(self, cleaned: Mapping[str, Any]) -> tuple[Mapping[int, float], str] | None:
        """The index by year and its source; None where none was chosen. Says what it lacks."""
        kind, index, source = cleaned.get("index"), {}, ""
        if kind == "official":
            index, source = dict(self._ground.official_index), self._ground.index_source
        elif kind == "typed":
            index, source = cleaned.get("index_values") or {}, cleaned.get("index_source", "")
            if not source:
                self.add_error("index_source", gettext("Say where the index comes from."))
        base = cleaned.get("price_year")
        if base and "index_values" not in self.errors:
            problem = index_problem(self._ground.price_years, base=base, index=index)
            if problem:
                self.add_error("index", problem_words(problem))
        return (index, source) if index else None

    def _correlations(self, cleaned: Mapping[str, Any]) -> tuple[tuple[str, str, float], ...]:
        found: dict[frozenset[str], tuple[str, str, float]] = {}
        for row in ROWS if "one_1" in self.fields else ():
            one, other, value = (cleaned.get(f"{name}_{row}") for name in ("one", "other", "value"))
            if not one and not other and value is None:
                continue
            if not one or not other or value is None or one == other or frozenset((one, other)) in found:
                self.add_error(f"one_{row}", gettext("Choose two different effects once, and give a number."))
                continue
            found[frozenset((one, other))] = (one, other, float(value))
        return tuple(found.values())

    def asked(self) -> Asked:
        """The options as plain values."""
        cleaned = self.cleaned_data
        fades = (cleaned["growth_fades_from"], cleaned["growth_fades_to"])
        same = (
            "name", "edition", "comparison_year", "price_year", "horizon_years", "lifetime_years", "anchor_year",
            "count_freed_time", "price_index", "nnb_denominator", "timing", "seed", "correlations",
        )  # fmt: skip
        values = {name: cleaned[name] for name in same}
        return Asked(**values, growth_fades=fades if fades[0] is not None else None)

    @property
    def correlation_rows(self) -> list[CorrelationRow]:
        """The fields of the correlations, row by row; none where fewer than two effects are uncertain."""
        if "one_1" not in self.fields:
            return []
        return [CorrelationRow(tuple(self[f"{name}_{row}"] for name in ("one", "other", "value"))) for row in ROWS]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "edition", "comparison_year", "price_year", "horizon_years")]

    @property
    def has_correlations(self) -> bool:
        """Whether something stands in the fields of the correlations: then they are shown at once."""
        return any(field.value() or field.errors for row in self.correlation_rows for field in row.fields)

    @property
    def convention_fields(self) -> list[forms.BoundField]:
        """What few change, folded unless something is wrong there."""
        names = (
            "count_freed_time", "lifetime_years", "anchor_year", "nnb_denominator", "timing", "growth_fades_from",
            "growth_fades_to", "seed",
        )  # fmt: skip
        return [self[name] for name in names]

    @property
    def has_wrong_conventions(self) -> bool:
        return any(field.errors for field in self.convention_fields)
