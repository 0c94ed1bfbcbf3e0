"""An appraisal as plain text: for the terminal, a letter or a file."""

from __future__ import annotations

from collections.abc import Iterator

from samskap.engines.appraisal import ENGINE_VERSION, BudgetKrone, Percentiles, SpreadLine
from samskap.formats.appraisal_again import Again
from samskap.formats.appraisal_tables import Tables, whole
from samskap.formats.appraisal_words import say
from samskap.formats.languages import Language, number, percent
from samskap.formats.text_tables import TextTable, printable, table_lines, wrapped

__all__ = ["again_lines", "appraisal_text"]

WIDTH = 100


def appraisal_text(found: Again, *, language: Language, width: int = WIDTH) -> str:
    """Lines of at most `width` signs, but for tables, which are as wide as their numbers."""
    return "\n".join(_Telling(found, language).lines(width)) + "\n"


def again_lines(found: Again, *, language: Language, width: int = WIDTH) -> list[str]:
    """Whether a stored answer is the same as the one found now, and what is not; nothing where none is stored."""
    if found.stored is None:
        return []
    sentences = [] if found.is_untouched else [say("changed", language)]
    if found.stored.appraisal.edition != found.parameters.key:
        sentences.append(
            say(
                "other_edition",
                language,
                stored=found.stored.appraisal.edition,
                before=whole(found.stored.appraisal.net_present_value, language),
                now=found.parameters.key,
                after=whole(found.found.appraisal.net_present_value, language),
            )
        )
    elif found.is_same:
        sentences.append(say("same", language))
    else:
        first = found.differences[0]
        sentences.append(
            say(
                "different",
                language,
                number=len(found.differences),
                at=first.at,
                stored=printable(str(first.stored)),
                found=printable(str(first.found)),
            )
        )
    if found.other_engine:
        sentences.append(say("other_engine", language, other=printable(found.other_engine), this=ENGINE_VERSION))
    return [line for sentence in sentences for line in wrapped(sentence, width)]


class _Telling(Tables):
    """The sentences round the tables, in the same language."""

    def lines(self, width: int) -> Iterator[str]:
        yield self.say("title", name=printable(self.found.title) or self.say("nameless"))
        yield ""
        yield from self._wrapped(self._money(), width)
        yield from _spaced((self.kinds(), self.actors(), self.beside()), width)
        yield ""
        yield from self._wrapped(self._social(), width)
        yield from _spaced((self.tornado(), self.break_even()), width)
        if self.found.found.simulation:
            yield ""
            yield from self._wrapped(self._simulation(), width)
            yield from _spaced((self.spreads(),), width)
        yield ""
        yield self.say("input_hash", hash=self.found.document()["input_hash"])

    def _wrapped(self, sentences: Iterator[str], width: int) -> Iterator[str]:
        for sentence in sentences:
            yield from wrapped(sentence, width)

    def _money(self) -> Iterator[str]:
        appraisal, options = self.found.found.appraisal, self.found.options
        totals = appraisal.totals
        yield self.say("headline", net=self.whole(totals.net_present_value))
        names = ("benefits", "costs", "tax_cost", "public")
        yield self.say("parts", **{name: self.whole(getattr(totals, name)) for name in names})
        if totals.residual_value:
            yield self.say("residual", residual=self.whole(totals.residual_value))
        yield self.say("sure_only", net=self.whole(appraisal.certainties[0].net_present_value))
        yield from self._per_krone(appraisal.budget_krones)
        if not options.count_freed_time:
            yield self.say("freed_time_out")
        if appraisal.cut:
            names_of = {effect.key: effect.name for effect in self.found.effects}
            yield self.say("cut", names=", ".join(printable(names_of[key]) for key in appraisal.cut))
        yield from self._conventions()

    def _per_krone(self, krones: tuple[BudgetKrone, ...]) -> Iterator[str]:
        for place, krone in enumerate(krones):
            gaps = {"denominator": self.say(krone.denominator), "budget": self.whole(krone.budget)}
            if krone.value is not None:
                yield self.say("per_krone_other" if place else "per_krone", value=self.ratio(krone.value), **gaps)
            elif not place:
                yield self.say("not_charged", **gaps)

    def _conventions(self) -> Iterator[str]:
        options, edition = self.found.options, self.found.parameters
        yield self.say(
            "years",
            price_year=options.price_base,
            year=options.comparison_year,
            horizon=options.horizon_years,
            anchor=options.rate_base,
        )
        rates = [
            self.say(
                "rate_after" if step.after else "rate",
                rate=self.used(100 * step.rate, places=1),
                after=step.after,
            )
            for step in edition.steps
        ]
        yield self.say(
            "edition",
            title=printable(edition.title),
            published=printable(edition.published),
            rates=", ".join(rates),
            tax=self.used(edition.tax_cost),
        )
        if not edition.verified:
            yield self.say("unverified")
        if not edition.adopted:
            yield self.say("proposal")
        if options.price_index:
            yield self.say("index", source=printable(options.price_index.source))
        for effect in self.found.effects:
            if effect.price_source:
                yield self.say("price_source", name=printable(effect.name), source=printable(effect.price_source))

    def _social(self) -> Iterator[str]:
        social, refusal = self.found.found.social_return, self.found.found.refusal
        if refusal is not None and refusal.missing:
            told = "; ".join(
                f"{printable(each.effect)} ({', '.join(self.say(f'field_{field}') for field in each.fields)})"
                for each in refusal.missing
            )
            yield self.say("refused", missing=told)
        if social is None:
            if refusal is None or not refusal.missing:
                yield self.say("refused_inputs")
            return
        gaps = {"cash": self.whole(social.cash_inputs)}
        inputs = {"inputs": self.whole(social.inputs), "in_kind": self.whole(social.in_kind_inputs)}
        yield self.say("social", ratio=self.ratio(social.ratio), **gaps, **inputs)
        back = {"cash_back": self.whole(social.cash_back), "net_cash": self.whole(social.net_cash)}
        yield self.say("social_cash", **gaps, **back)
        for each in social.ratios:
            yield self.say("social_timing", name=self.say(each.timing), ratio=self.ratio(each.ratio))

    def _simulation(self) -> Iterator[str]:
        simulation = self.found.found.simulation
        assert simulation is not None
        told = simulation.net_present_value
        low, high = _middle(told)
        yield self.say(
            "simulation",
            draws=number(simulation.draws, language=self.language),
            seed=simulation.seed,
            mean=self.whole(told.mean),
            sd=self.whole(told.sd),
            low=self.whole(low),
            high=self.whole(high),
            positive=percent(simulation.chance_positive, language=self.language),
        )
        if simulation.per_budget_krone:
            low, high = _middle(simulation.per_budget_krone)
            gaps = {"mean": self.ratio(simulation.per_budget_krone.mean)}
            yield self.say("simulation_krone", low=self.ratio(low), high=self.ratio(high), **gaps)
        if simulation.correlations:
            names = {line.key: _name(line) for line in simulation.spreads}
            pairs = (
                f"{names[each.one]} – {names[each.other]} {self.used(each.value)}" for each in simulation.correlations
            )
            yield self.say("correlations", pairs="; ".join(pairs))


def _name(line: SpreadLine) -> str:
    return printable(line.title or line.key)


def _middle(told: Percentiles) -> tuple[float, float]:
    """What 90 % of the draws lie between."""
    values = dict(told.percentiles)
    return values[5.0], values[95.0]


def _spaced(tables: tuple[TextTable, ...], width: int) -> Iterator[str]:
    for table in tables:
        if table.rows:
            yield ""
            yield from table_lines(table, width)
