"""The page of an answer: in words first, then who pays and who gains, the kinds apart, and how certain it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import frame
from samskap.apps.benefits import labels
from samskap.apps.benefits.labels import answers as words
from samskap.apps.benefits.labels.answers import nok, per_krone
from samskap.apps.benefits.labels.appraisals import DENOMINATORS, KIND_NOTES, MISSING, NOTES, TIMINGS, refusal_words
from samskap.apps.benefits.labels.effects import SCALE
from samskap.apps.benefits.permissions.appraisals import can_appraise, can_edit_effects
from samskap.apps.benefits.queries.answer_facts import parameter_facts, simulation_facts, year_table
from samskap.apps.benefits.queries.answer_figures import simulation_figure, tornado_figure
from samskap.apps.benefits.queries.answers import Named, stored
from samskap.apps.benefits.queries.effects import written

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Appraisal
    from samskap.apps.benefits.queries.answers import Stored
    from samskap.engines.appraisal import ActorLine, Refusal, SectorLine

__all__ = ["BesideLine", "KeyNumber", "MissingLine", "Table", "answer_page"]


@dataclass(frozen=True)
class KeyNumber:
    """One of the numbers at the top, with what it is."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Table:
    """Headers, and rows whose first cell is their heading; `words` are the columns, from 0, that hold no numbers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[int, ...] = ()


@dataclass(frozen=True)
class BesideLine:
    """One effect in one of the three columns: priced, on the scale, or in kind. `source` is that of its price."""

    title: Named
    who: str
    value: str
    note: str = ""
    source: Named | None = None


@dataclass(frozen=True)
class MissingLine:
    """An effect that social return cannot count, what it misses, and where that is filled in ("" for readers)."""

    title: str
    words: str
    url: str = ""


def answer_page(appraisal: Appraisal, *, viewer: Any) -> dict[str, Any]:
    """Everything that the page of an answer shows."""
    found = stored(appraisal)
    initiative, answer = appraisal.initiative, found.answer
    may_edit = can_edit_effects(viewer, initiative)
    return {
        **frame(initiative.municipality),
        "appraisal": appraisal,
        "initiative": initiative,
        "said": initiative.said,
        "may_appraise": can_appraise(viewer, initiative),
        "may_edit": may_edit,
        "is_public": appraisal.is_shown and initiative.is_published,
        "headline": words.headline(answer),
        "krone": words.krone_sentence(answer.appraisal.per_budget_krone),
        "keys": _keys(found),
        "priced": _priced(found, in_kind=False),
        "unpriced": _unpriced(found),
        "in_kind": _priced(found, in_kind=True),
        "actors": _actors(found),
        "sectors": _sectors(found),
        "kinds": _kinds(found),
        "certainty": words.certainty_sentences(answer.appraisal.certainties),
        "krones": _krones(found),
        "tornado": tornado_figure(found),
        "break_evens": [
            words.break_even_sentence(one, title=found.title(one.key))
            for one in answer.break_evens
            if one.why != "no_money"
        ],
        "simulation": simulation_figure(answer.simulation) if answer.simulation else None,
        "simulation_facts": simulation_facts(found) if answer.simulation else None,
        **_social(found, may_edit=may_edit),
        "years": year_table(found),
        "facts": parameter_facts(found),
        "notes": [str(NOTES[key]) for key in ("zero", "npv", "municipality", "kbn")],
        "cut": [found.title(key) for key in answer.appraisal.cut],
    }  # fmt: skip


def _keys(found: Stored) -> list[KeyNumber]:
    appraisal = found.answer.appraisal
    totals = appraisal.totals
    year = {"year": found.options.comparison_year}
    keys = [
        KeyNumber(_("Net present value"), nok(totals.net_present_value), _("discounted to %(year)s") % year),
        KeyNumber(
            _("Net benefit per budget krone"),
            per_krone(appraisal.per_budget_krone.value),
            str(DENOMINATORS[appraisal.per_budget_krone.denominator][0]),
        ),
        KeyNumber(_("Public budgets"), nok(totals.public), _("in cash: freed time is not in it")),
        KeyNumber(_("Cost of taxes"), nok(totals.tax_cost), _("part of the net present value")),
    ]
    if totals.residual_value:
        keys.append(KeyNumber(_("Residual value"), nok(totals.residual_value), _("what comes after the period")))
    return keys


def _priced(found: Stored, *, in_kind: bool) -> list[BesideLine]:
    return [
        BesideLine(
            title=found.titles[line.key],
            who=found.people[line.who].text,
            value=nok(line.present_value),
            note="" if line.is_counted else _("Left out of the net present value."),
            source=_source(found, line.key),
        )
        for line in found.answer.appraisal.effects
        if line.in_kind == in_kind
    ]


def _source(found: Stored, key: str) -> Named | None:
    source = found.effect(key).price_source
    return Named(source, found.appraisal.initiative.language) if source else None


def _unpriced(found: Stored) -> list[BesideLine]:
    return [
        BesideLine(
            title=found.titles[line.key],
            who=found.people[line.who].text,
            value=str(SCALE[line.scale]) if line.scale is not None else _("Not weighed"),
            note=_("%(quantity)s %(unit)s in all")
            % {"quantity": written(line.quantity), "unit": found.units[line.key].text},
        )
        for line in found.answer.appraisal.unpriced
    ]


def _actors(found: Stored) -> Table:
    headers = (
        _("Who"), _("Sector"), _("Gains"), _("Pays"), _("of which in kind"), _("of net, in public budgets"), _("Net"),
        _("Without a price"),
    )  # fmt: skip
    rows = tuple(
        (
            found.people[line.who].text,
            str(labels.SECTORS[line.sector]),
            *_amounts(line),
            _without_price(found, line),
        )
        for line in found.answer.appraisal.actors
    )
    return Table(headers, rows, words=(1, 7))


def _sectors(found: Stored) -> Table:
    headers = (_("Sector"), _("Gains"), _("Pays"), _("of which in kind"), _("of net, in public budgets"), _("Net"))
    lines = found.answer.appraisal.sectors
    return Table(headers, tuple((str(labels.SECTORS[line.sector]), *_amounts(line)) for line in lines))


def _amounts(line: ActorLine | SectorLine) -> tuple[str, ...]:
    return tuple(nok(value) for value in (line.gains, line.pays, line.in_kind, line.public, line.net))


def _without_price(found: Stored, line: ActorLine) -> str:
    """Effects without a price that are for them, and those that are against them."""
    better = [f"+ {found.title(key)}" for key in line.better]
    worse = [f"\N{MINUS SIGN} {found.title(key)}" for key in line.worse]
    return "; ".join([*better, *worse])


def _kinds(found: Stored) -> Table:
    """A line for each kind; no sum below them."""
    headers = (_("Kind"), _("Sure"), _("Hoped for"), _("Harms"), _("What it is"))
    rows = tuple(
        (
            str(labels.KINDS[line.kind]),
            nok(line.sure),
            nok(line.hoped),
            nok(line.harms),
            str(KIND_NOTES[line.kind]) + ("" if line.is_counted else " " + _("Left out of the net present value.")),
        )
        for line in found.answer.appraisal.kinds
        if line.kind != "cost"
    )
    return Table(headers, rows, words=(4,))


def _krones(found: Stored) -> Table:
    """The net benefit per budget krone by each of the practices."""
    headers = (_("Divided by"), _("Budget"), _("Net benefit per budget krone"), _("What it is"))
    rows = tuple(
        (
            str(DENOMINATORS[one.denominator][0]),
            nok(one.budget),
            per_krone(one.value),
            str(DENOMINATORS[one.denominator][1]),
        )
        for one in found.answer.appraisal.budget_krones
    )
    return Table(headers, rows, words=(3,))


def _social(found: Stored, *, may_edit: bool) -> dict[str, Any]:
    """Social return with how it is told in both conventions, or what it is refused for."""
    social, refusal = found.answer.social_return, found.answer.refusal
    if social is None:
        missing = _missing(found, refusal.missing if refusal else (), may_edit=may_edit)
        return {"social": None, "refusal": _refusal(refusal), "missing": missing}
    return {
        "social": words.social_sentences(social),
        "ratios": _ratios(found),
        "outcomes": _outcomes(found),
        "inputs": [
            KeyNumber(_("Put in as cash"), nok(social.cash_inputs)),
            KeyNumber(_("Put in as hours and goods"), nok(social.in_kind_inputs)),
            KeyNumber(_("Value that comes of it"), nok(social.impact)),
            KeyNumber(_("Net in cash"), nok(social.net_cash)),
        ],
        "outside": [found.title(key) for key in social.unpriced],
    }


def _refusal(refusal: Refusal | None) -> str:
    if refusal is None or refusal.code == "appraisal_missing":
        return _("Social return is not told before this is known:")
    return refusal_words(refusal.code, detail=refusal.message)


def _missing(found: Stored, lines: Iterable[Any], *, may_edit: bool) -> list[MissingLine]:
    by_name: dict[str, list[str]] = {}
    for one in found.effects:
        by_name.setdefault(one.name, []).append(one.key)
    told = []
    for line in lines:
        keys = by_name.get(line.effect, [])
        key = keys.pop(0) if len(keys) > 1 else keys[0] if keys else ""
        lacks = ", ".join(str(MISSING[field]) for field in line.fields)
        told.append(MissingLine(found.title(key) if key else line.effect, lacks, _url(found, key) if may_edit else ""))
    return told


def _url(found: Stored, key: str) -> str:
    """Where the line is changed; an effect that has been deleted leads to the list."""
    initiative = found.appraisal.initiative
    number = key.removeprefix("effect-")
    if number.isdecimal() and initiative.effect_list.filter(pk=int(number)).exists():
        return reverse("benefits:change_effect", args=[initiative.pk, int(number)]) + "#sroi"
    return reverse("benefits:effect_list", args=[initiative.pk])


def _ratios(found: Stored) -> Table:
    social = found.answer.social_return
    assert social is not None
    headers = (_("Timing"), _("Value that comes of it"), _("Ratio"), _("Net ratio"))
    rows = tuple(
        (str(TIMINGS[one.timing][0]), nok(one.impact), words.times(one.ratio), words.times(one.net_ratio))
        for one in social.ratios
    )
    return Table(headers, rows)


def _outcomes(found: Stored) -> Table:
    """Each outcome with what each share takes of its first year."""
    social = found.answer.social_return
    assert social is not None
    headers = (
        _("Outcome"), _("First year, all of it"), _("after deadweight"), _("after displacement"),
        _("after attribution to others"), _("Present value with drop-off"), _("Source of the shares"),
    )  # fmt: skip
    rows = tuple(
        (
            found.title(line.key),
            *map(nok, (line.gross, line.after_deadweight, line.after_displacement, line.after_attribution)),
            nok(line.present_value),
            line.shares.source,
        )
        for line in social.outcomes
    )
    return Table(headers, rows, words=(6,))
