"""Several answers beside each other, and an old one computed again: by its own edition and by today's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samskap.apps.benefits.labels.answers import nok, per_krone, percent, times
from samskap.apps.benefits.queries.answer_page import Table
from samskap.apps.benefits.queries.answers import Stored, stored
from samskap.apps.benefits.rules.appraisals import is_same
from samskap.kernel.errors import RuleError

if TYPE_CHECKING:
    from samskap.apps.benefits.compute import Recomputed
    from samskap.apps.benefits.models import Appraisal
    from samskap.engines.appraisal import Answer
    from samskap.formats.appraisal_again import Again, Difference

__all__ = ["AnswerLine", "Verdict", "again_page", "answer_lines", "chosen_answers", "side_by_side"]

MOST_BESIDE = 4
MOST_DIFFERENCES = 200


@dataclass(frozen=True)
class AnswerLine:
    """One answer in the list: readable or not, chosen to be compared or not."""

    appraisal: Appraisal
    edition: str
    net: str
    made: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Verdict:
    """What came of computing again: a sentence, and the numbers before and after."""

    title: str
    words: str
    is_same: bool
    table: Table
    differences: tuple[Difference, ...]
    more: int


@dataclass(frozen=True)
class _Measure:
    """A number of an answer that is compared, and how it is written."""

    label: str
    read: Callable[[Answer], float | None]
    write: Callable[[float], str]

    def words(self, answer: Answer) -> str:
        value = self.read(answer)
        return "–" if value is None else self.write(value)


def _measures() -> tuple[_Measure, ...]:
    return (
        _Measure(_("Net present value"), lambda one: one.appraisal.net_present_value, nok),
        _Measure(_("Net benefit per budget krone"), lambda one: one.appraisal.per_budget_krone.value, per_krone),
        _Measure(_("Benefits"), lambda one: one.appraisal.totals.benefits, nok),
        _Measure(_("Costs and harms"), lambda one: one.appraisal.totals.costs, nok),
        _Measure(_("Public budgets"), lambda one: one.appraisal.totals.public, nok),
        _Measure(_("Cost of taxes"), lambda one: one.appraisal.totals.tax_cost, nok),
        _Measure(_("Residual value"), lambda one: one.appraisal.totals.residual_value, nok),
        _Measure(
            _("Chance that it is above 0"),
            lambda one: one.simulation.chance_positive if one.simulation else None,
            percent,
        ),
        _Measure(_("Social return"), lambda one: one.social_return.ratio if one.social_return else None, times),
    )


def _read(appraisal: Appraisal) -> Stored | None:
    try:
        return stored(appraisal)
    except RuleError:
        return None


def answer_lines(appraisals: Sequence[Appraisal], chosen: Sequence[Appraisal]) -> list[AnswerLine]:
    """The list of all answers about an initiative."""
    keys = {one.pk for one in chosen}
    return [_line(one, is_chosen=one.pk in keys) for one in appraisals]


def _line(appraisal: Appraisal, *, is_chosen: bool) -> AnswerLine:
    found = _read(appraisal)
    return AnswerLine(
        appraisal=appraisal,
        edition=found.parameters.title if found else appraisal.edition,
        net=nok(found.answer.appraisal.net_present_value) if found else _("Cannot be read"),
        made=date_format(localtime(appraisal.created_at), "DATE_FORMAT"),
        url=reverse("benefits:appraisal", args=[appraisal.initiative_id, appraisal.pk]),
        is_chosen=is_chosen,
    )


def chosen_answers(appraisals: Sequence[Appraisal], wanted: Sequence[str]) -> list[Appraisal]:
    """Those that were chosen to stand beside each other, in the order of the list; without a choice the newest."""
    chosen = [one for one in appraisals if str(one.pk) in wanted]
    return (chosen or list(appraisals))[:MOST_BESIDE]


def side_by_side(appraisals: Sequence[Appraisal]) -> Table | None:
    """The numbers of these answers, a column each; None for fewer than two that can be read."""
    found = [one for one in map(_read, appraisals) if one is not None]
    if len(found) < 2:
        return None
    facts = (
        (_("Edition"), [one.parameters.title for one in found]),
        (_("Comparison year"), [str(one.options.comparison_year) for one in found]),
        (_("Period"), [f"{one.options.comparison_year}–{one.options.last_year}" for one in found]),
        (_("Prices of"), [str(one.options.price_base) for one in found]),
    )
    rows = [(label, *values) for label, values in facts]
    rows += [(one.label, *(one.words(each.answer) for each in found)) for one in _measures()]
    return Table((_("Number"), *(one.appraisal.name for one in found)), tuple(rows))


def again_page(appraisal: Appraisal, found: Recomputed) -> dict[str, Any]:
    """What both ways of computing again say."""
    is_newer = found.today.parameters != found.own.parameters
    before = stored(appraisal).answer
    return {
        "own": _verdict(_("By its own edition"), found.own, before),
        "today": _verdict(_("By today’s edition"), found.today, before) if is_newer else None,
        "edition": found.own.parameters.title,
        "latest": found.today.parameters.title,
        "other_engine": found.own.other_engine,
        "is_untouched": found.own.is_untouched,
    }


def _verdict(title: str, found: Again, before: Answer) -> Verdict:
    changed = [
        one.label
        for one in _measures()
        if not is_same(one.read(before), one.read(found.found)) or one.words(before) != one.words(found.found)
    ]
    if found.is_same:
        words = _("The same to the last digit.")
    elif not changed:
        words = _("The same to the krone; only details differ.")
    else:
        words = _("It differs in: %(numbers)s.") % {"numbers": ", ".join(changed)}
    rows = tuple((one.label, one.words(before), one.words(found.found)) for one in _measures())
    table = Table((_("Number"), _("As it was kept"), _("Now")), rows)
    shown = found.differences[:MOST_DIFFERENCES]
    return Verdict(title, words, found.is_same, table, shown, len(found.differences) - len(shown))
