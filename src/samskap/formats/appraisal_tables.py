"""The tables of an appraisal as plain text."""

from __future__ import annotations

from dataclasses import dataclass

from samskap.engines.appraisal import ActorLine, Bar, BreakEven, SpreadLine, UnpricedLine
from samskap.formats.appraisal_again import Again
from samskap.formats.appraisal_words import say
from samskap.formats.languages import Language, decimal, number, percent
from samskap.formats.text_tables import TextTable, printable

__all__ = ["Tables", "whole"]

MOST_PLACES = 6


def whole(kroner: float, language: Language) -> str:
    """Whole kroner, with a minus that is as wide as a plus."""
    return number(round(kroner), language=language).replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True, slots=True)
class Tables:
    """All of them in one language; a table without rows has nothing to tell."""

    found: Again
    language: Language

    def say(self, key: str, **gaps: object) -> str:
        return say(key, self.language, **gaps)

    def whole(self, kroner: float) -> str:
        return whole(kroner, self.language)

    def ratio(self, value: float) -> str:
        return decimal(value, language=self.language, places=2)

    def used(self, value: float, *, places: int = 2) -> str:
        """A number that was put in, with all its decimals, and at least so many."""
        needed = len(f"{value:.{MOST_PLACES}f}".rstrip("0").partition(".")[2])
        return decimal(value, language=self.language, places=max(places, needed))

    def kinds(self) -> TextTable:
        """Each kind by itself."""
        rows = tuple(
            (self.say(f"kind_{line.kind}"), *map(self.whole, (line.sure, line.hoped, line.harms)))
            for line in self.found.found.appraisal.kinds
        )
        head = tuple(map(self.say, ("kind", "sure", "hoped", "lost")))
        return TextTable(self.say("kinds"), head, rows, self.say("kinds_note"))

    def actors(self) -> TextTable:
        """Who pays and who gains."""
        appraisal = self.found.found.appraisal
        head = tuple(map(self.say, ("who", "gains", "pays", "in_kind", "net", "beside_count")))
        note = self.say("actors_note", tax_cost=self.whole(appraisal.totals.tax_cost))
        return TextTable(self.say("actors"), head, tuple(map(self._actor, appraisal.actors)), note)

    def _actor(self, line: ActorLine) -> tuple[str, ...]:
        name = f"{printable(line.who)} ({self.say(f'sector_{line.sector}')})"
        beside = " ".join(
            f"{sign}{len(keys)}" for sign, keys in (("+", line.better), ("\N{MINUS SIGN}", line.worse)) if keys
        )
        return (name, *map(self.whole, (line.gains, line.pays, line.in_kind, line.net)), beside)

    def beside(self) -> TextTable:
        """What has no price."""
        rows = tuple(map(self._unpriced, self.found.found.appraisal.unpriced))
        return TextTable(self.say("beside"), tuple(map(self.say, ("effect", "who", "scale"))), rows)

    def _unpriced(self, line: UnpricedLine) -> tuple[str, ...]:
        scale = self.say("not_weighed") if line.scale is None else f"{line.scale:+d}".replace("-", "\N{MINUS SIGN}")
        return printable(line.title or line.key), printable(line.who), "0" if line.scale == 0 else scale

    def tornado(self) -> TextTable:
        """One thing changed at a time, what matters most first."""
        tornado = self.found.found.tornado
        low, high = (self.used(factor, places=1) for factor in tornado.factors)
        rows = tuple((self._driver(bar), self.whole(bar.low), self.whole(bar.high)) for bar in tornado.bars)
        head = tuple(map(self.say, ("what", "lower", "higher")))
        return TextTable(self.say("tornado", low=low, high=high), head, rows)

    def _driver(self, bar: Bar) -> str:
        return printable(bar.title or bar.key) if bar.driver == "effect" else self.say(f"driver_{bar.driver}")

    def break_even(self) -> TextTable:
        """How much of one effect is enough."""
        rows = tuple(map(self._even, self.found.found.break_evens))
        return TextTable(self.say("break_even"), tuple(map(self.say, ("effect", "times", "unit_price"))), rows)

    def _even(self, line: BreakEven) -> tuple[str, ...]:
        name = printable(line.title or line.key)
        if line.factor is None or line.price is None:
            return name, self.say(f"why_{line.why}"), ""
        return name, self.ratio(line.factor), self.ratio(line.price)

    def spreads(self) -> TextTable:
        """What was drawn, in the very numbers that were used."""
        simulation = self.found.found.simulation
        rows = tuple(map(self._spread, simulation.spreads)) if simulation else ()
        return TextTable(self.say("spreads"), tuple(map(self.say, ("effect", "spread", "variance"))), rows)

    def _spread(self, line: SpreadLine) -> tuple[str, ...]:
        spread = line.spread
        numbers = {name: getattr(spread, name) for name in ("sd", "low", "mode", "high")}
        told = {name: self.used(value) for name, value in numbers.items() if value is not None}
        text = self.say(f"spread_{spread.distribution}", **told)
        if spread.yearly_sd:
            text = self.say("spread_years", spread=text, sd=self.used(spread.yearly_sd))
        return printable(line.title or line.key), text, percent(line.share, language=self.language)
