"""Benefits and IATI results: which periods a benefit has in a file, and what benefit a result of a file becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from samskap.apps.benefits.rules.measuring import GIVEN_UNITS
from samskap.formats.iati_results import Baseline, Period, Result, Texts, in_language

__all__ = [
    "LONGEST",
    "PER_CENT",
    "Defaults",
    "Measured",
    "PlannedBenefit",
    "periods_of",
    "planned_benefit",
    "status_of",
]

DAY = timedelta(days=1)
LONGEST = {"title": 160, "measure": 200, "unit": 40, "gainer": 160, "owner_role": 120, "source": 300, "cause": 500}
PER_CENT = frozenset({"%", "prosent", "percent", "per cent", "pst.", "pct"})
_LANGUAGES = ("nb", "nn", "en")
_STATUS = {"idea": "1", "explored": "1", "planned": "1", "pilot": "2", "in_operation": "2", "stopped": "5"}


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on a day: value, source, and why it was behind."""

    on: date
    value: Decimal
    source: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a benefit is given where the file does not say it; texts in `language`, that of the initiative."""

    language: str
    kind: str
    gainer: str
    gainer_sector: str
    owner_role: str
    unit: str
    source: str
    today: date


@dataclass(frozen=True, slots=True)
class PlannedBenefit:
    """A benefit that is to be written: `fields` as a benefit has them, without who answers for it by id.

    `organisation` is a name, "" where the file has none. `cut`: names of texts that were too long, and are cut off.
    """

    fields: Mapping[str, Any]
    organisation: str
    baseline: Measured | None
    targets: tuple[tuple[date, Decimal], ...]
    measurements: tuple[Measured, ...]
    cut: tuple[str, ...] = ()


def status_of(stage: str) -> str:
    """The activity status of IATI for a stage of an initiative."""
    return _STATUS[stage]


def periods_of(
    *, effects_from: date, baseline_on: date | None, targets: Mapping[date, Decimal], measured: Sequence[Measured]
) -> tuple[Period, ...]:
    """A period up to each day that something is to be reached or was measured, one after the other.

    Each begins the day after the one before, the first after the baseline, or with the effects; of two days that
    follow each other the second has a period that overlaps by a day, for the standard wants a start before the end.
    """
    by_day = {one.on: one for one in measured}
    before = baseline_on or effects_from - DAY
    found = []
    for end in sorted({*targets, *by_day}):
        one = by_day.get(end)
        period = Period(min(before + DAY, end - DAY), end, targets.get(end))
        if one is not None:
            period = replace(period, actual=one.value, source=one.source, cause=one.cause)
        found.append(period)
        before = end
    return tuple(found)


def planned_benefit(result: Result, defaults: Defaults) -> PlannedBenefit:
    """The benefit that a result becomes: what the file says, and the defaults where it says nothing."""
    own = result.own
    cut: list[str] = []
    kind = own.kind if own else defaults.kind
    start = own.effects_from if own else _start(result, defaults)
    texts = {
        "title": result.title,
        "measure": result.indicator,
        "gainer": _or(own.gainer if own else (), defaults.gainer, defaults),
        "owner_role": _or(own.owner_role if own else (), defaults.owner_role, defaults),
        "unit": () if kind in GIVEN_UNITS else _unit(result, defaults),
        "text": _whole_text(result),
    }
    said = _said({name: _cut(name, words, cut) for name, words in texts.items()}, defaults.language)
    fields = {
        **said,
        "kind": kind,
        "certainty": own.certainty if own else "hoped",
        "gainer_sector": own.gainer_sector if own else defaults.gainer_sector,
        "is_harm": bool(own and own.is_harm),
        "is_planned": own.is_planned if own else True,
        "allows_negative": bool(own and own.allows_negative),
        "better": "higher" if result.is_ascending else "lower",
        "effects_from": start,
    }
    return PlannedBenefit(
        fields=fields,
        organisation=own.owner_organisation if own else "",
        baseline=_baseline(result.baseline, start, defaults, cut),
        targets=tuple((one.end, one.target) for one in result.periods if one.target is not None),
        measurements=_measurements(result.periods, defaults, cut),
        cut=tuple(dict.fromkeys(cut)),
    )


def _start(result: Result, defaults: Defaults) -> date:
    """The day from which it can have an effect: the first period; without one the day after the baseline, or today."""
    if result.periods:
        return result.periods[0].start
    base = result.baseline
    return defaults.today if base is None else (base.on or date(base.year, 12, 31)) + DAY


def _baseline(base: Baseline | None, start: date, defaults: Defaults, cut: list[str]) -> Measured | None:
    """Where only the year is known: its last day, or the day before the effects where they begin in that year."""
    if base is None:
        return None
    on = base.on or date(base.year, 12, 31)
    if base.on is None and base.year == start.year:
        on = max(date(base.year, 1, 1), start - DAY)
    return Measured(on, base.value, _shortened("source", base.source or defaults.source, cut))


def _measurements(periods: Sequence[Period], defaults: Defaults, cut: list[str]) -> tuple[Measured, ...]:
    return tuple(
        Measured(
            one.end, one.actual, _shortened("source", one.source or defaults.source, cut),
            _shortened("cause", one.cause, cut),
        )
        for one in periods
        if one.actual is not None
    )  # fmt: skip


def _unit(result: Result, defaults: Defaults) -> Texts:
    if result.own and result.own.unit:
        return result.own.unit
    if result.measure == "2":
        return (("nb", "prosent"), ("nn", "prosent"), ("en", "per cent"))
    return ((defaults.language, defaults.unit),)


def _or(texts: Texts, words: str, defaults: Defaults) -> Texts:
    return texts or ((defaults.language, words),)


def _whole_text(result: Result) -> Texts:
    """The description; before it the title where that is longer than a benefit can have."""
    if all(len(words) <= LONGEST["title"] for _code, words in result.title):
        return result.text
    there = dict(result.text)
    return tuple((code, f"{words}\n\n{there.get(code, '')}".strip()) for code, words in result.title)


def _cut(name: str, texts: Texts, cut: list[str]) -> Texts:
    return tuple((code, _shortened(name, words, cut)) for code, words in texts)


def _shortened(name: str, words: str, cut: list[str]) -> str:
    most = LONGEST.get(name)
    if most is None or len(words) <= most:
        return words
    cut.append(name)
    return f"{words[: most - 1].rstrip()}…"


def _said(texts: Mapping[str, Texts], wanted: str) -> dict[str, Any]:
    """Texts as a localised row has them: one language is the original, those that we have beside it."""
    titles = {_code(code) for code, _words in texts["title"]}
    language = wanted if wanted in titles or not titles & set(_LANGUAGES) else next(
        code for code in _LANGUAGES if code in titles
    )  # fmt: skip
    coded = {name: tuple((_code(code), words) for code, words in found) for name, found in texts.items()}
    translations: dict[str, dict[str, str]] = {}
    for name, found in coded.items():
        for code, words in found:
            if code != language and code in _LANGUAGES:
                translations.setdefault(code, {})[name] = words
    original = {name: in_language(found, language) for name, found in coded.items()}
    return {"language": language, "translations": translations, **original}


def _code(code: str) -> str:
    """Norwegian without a form is bokmål, as most that is called so."""
    return "nb" if code == "no" else code
