"""A count as plain text: for the terminal, a letter or a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from samskap.formats.count_findings import finding_sentence
from samskap.formats.count_recount import Recount
from samskap.formats.count_told import CountTold, FindingTold, LoserTold, RoundTold
from samskap.formats.count_words import say
from samskap.formats.languages import Language, decimal, number, percent
from samskap.formats.text_tables import TextTable, printable, table_lines, wrapped

__all__ = ["count_text", "recount_lines"]

WIDTH = 100
MOST_NAMES = 5


def count_text(
    count: CountTold,
    *,
    title: str,
    names: Mapping[str, str],
    language: Language,
    sha256: str,
    published: Sequence[str] = (),
    width: int = WIDTH,
) -> str:
    """Lines of at most `width` signs, but for tables, which are as wide as their numbers.

    `names` are those of the projects by id, `sha256` that of the document, `published` the winners that the file
    itself names, if any.
    """
    return "\n".join(_Telling(count, names, language).lines(title, sha256, published, width)) + "\n"


def recount_lines(found: Recount, *, is_untouched: bool, language: Language, width: int = WIDTH) -> list[str]:
    """Whether a published count is the same as one's own, and what is not. `is_untouched`: as it was written."""
    count = found.count
    is_same = found.is_same and is_untouched
    sizes = {"won": len(count.winners), "projects": count.election.projects}
    sentences = [say("recount_same", language, **sizes) if is_same else say("recount_different", language)]
    if not is_untouched:
        sentences.append(say("recount_changed", language))
    is_only_file = not any(one.field == "election" for one in found.differences)
    for one in found.differences:
        key = "differs_file_only" if one.field == "file" and is_only_file else f"differs_{one.field}"
        told = {"published": _names(one.published, language), "found": _names(one.found, language)}
        sentences.append(say(key, language, **told))
    if found.other_version:
        this = f"{count.versions.samskap}, engine {count.versions.engine}"
        sentences.append(say("recount_version", language, other=printable(found.other_version), this=this))
    if found.broken:
        sentences.append(say("recount_broken", language, checks=", ".join(found.broken)))
    return [line for sentence in sentences for line in wrapped(sentence, width)]


def _names(keys: Sequence[str], language: Language) -> str:
    """Some ids in a sentence, and how many more there are."""
    if not keys:
        return say("none", language)
    listed = ", ".join(printable(key) for key in keys[:MOST_NAMES])
    more = len(keys) - MOST_NAMES
    return say("and_more", language, names=listed, more=more) if more > 0 else listed


class _Telling:
    """One count in one language."""

    def __init__(self, count: CountTold, names: Mapping[str, str], language: Language) -> None:
        self.count = count
        self.names = names
        self.language = language

    def lines(self, title: str, sha256: str, published: Sequence[str], width: int) -> Iterator[str]:
        heading = self.say("title", name=printable(title))
        yield heading
        yield "=" * len(heading)
        yield ""
        for sentence in (*self._given(), *self._starts()):
            yield from wrapped(sentence, width)
        for table in (self._winners(), self._losers()):
            yield ""
            yield from table_lines(table, width) if table.rows else [f"{table.title}: {self.say('none')}"]
        yield ""
        for sentence in (self._coverage(), self._greedy(), *self._published(published)):
            yield from wrapped(sentence, width)
        yield ""
        yield from table_lines(self._audit(), width)
        for sentence in self._findings():
            yield from wrapped(sentence, width)
        yield ""
        versions, ballots = self.count.versions, self.count.ballot_file
        basis = {"samskap": versions.samskap, "engine": versions.engine, "ballots": ballots.sha256, "result": sha256}
        yield self.say("basis", **basis)

    def say(self, key: str, **gaps: object) -> str:
        return say(key, self.language, **gaps)

    def whole(self, value: int) -> str:
        return number(value, language=self.language)

    def money(self, units: Fraction | float | int) -> str:
        """An amount in the currency, with two decimals where it is not a whole number of it."""
        amount = Fraction(units) / self.count.election.scale
        if amount.denominator == 1:
            return self.whole(int(amount))
        return decimal(float(amount), language=self.language, places=2)

    def priced(self, units: Fraction | float | int) -> str:
        return f"{self.money(units)} {printable(self.count.election.currency)}".strip()

    def _given(self) -> Iterator[str]:
        election, options = self.count.election, self.count.options
        yield self.say(
            "headline",
            won=self.whole(len(self.count.winners)),
            projects=self.whole(election.projects),
            cost=self.money(self.count.cost),
            budget=self.priced(election.budget),
            voters=self.whole(election.voters),
        )
        yield self.say(
            "how",
            rule=self.say(f"rule_{options.rule}"),
            satisfaction=self.say(f"satisfaction_{options.satisfaction}"),
            completion=self.say(f"completion_{options.completion}"),
            tie_break=self.say(f"tie_{options.tie_break}"),
        )
        if options.seed:
            yield self.say("seed", seed=printable(options.seed))

    def _starts(self) -> Iterator[str]:
        yield from self._start(self.count.start, self.count.increments, self.count.stopped)
        for area in self.count.areas:
            yield self.say(
                "area",
                district=printable(area.name) or self.say("all_others"),
                cost=self.money(area.cost),
                budget=self.priced(area.budget),
                voters=self.whole(area.voters),
            )
            yield from self._start(area.start, area.increments, area.stopped)
        if self.count.compared:
            better, worse, same = map(self.whole, self.count.compared)
            yield self.say("compared", better=better, worse=worse, same=same)

    def _start(self, start: str | None, increments: int, stopped: str) -> Iterator[str]:
        if start is None:
            return
        told = self.priced(round(Fraction(start), 2))
        if not increments:
            yield self.say("start", start=told)
            return
        unit, why = self.priced(self.count.election.scale), self.say(f"stopped_{stopped}")
        yield self.say("raised", start=told, times=self.whole(increments), unit=unit, stopped=why).rstrip()

    def _named(self, key: str) -> str:
        name = printable(self.names.get(key, ""))
        return f"{printable(key)} {name}".rstrip()

    def _winners(self) -> TextTable:
        is_paid = any(one.paid for one in self.count.rounds)
        money = ("effective_votes", "each_paid", "paid_out") if is_paid else ()
        head = tuple(self.say(name) for name in ("project", "cost", "votes", *money, "way"))
        rows = tuple(self._round(place, one, is_paid=is_paid) for place, one in enumerate(self.count.rounds, start=1))
        return TextTable(self.say("winners"), head, rows, self.say("winners_note") if is_paid else "")

    def _round(self, place: int, one: RoundTold, *, is_paid: bool) -> tuple[str, ...]:
        cells = [f"{place}. {self._named(one.project)}", self.money(one.cost), self.whole(one.supporters)]
        if is_paid:
            votes = _number_in(one.effective_votes)
            cells.append("" if votes is None else decimal(votes, language=self.language))
            cells.append("" if one.paid is None else self.money(round(Fraction(one.paid.average), 2)))
            cells.append("" if one.paid_out is None else self.whole(one.paid_out))
        return (*cells, self.say(f"how_{one.how}"))

    def _losers(self) -> TextTable:
        losers = sorted(self.count.losers, key=lambda one: -one.votes)
        is_paid = any(one.more_supporters is not None for one in losers)
        money = ("missing", "more_supporters", "highest_cost") if is_paid else ()
        head = tuple(self.say(name) for name in ("project", "cost", "votes", *money, "why"))
        rows = tuple(self._loser(one, is_paid=is_paid) for one in losers)
        return TextTable(self.say("losers"), head, rows, self.say("losers_note") if is_paid else "")

    def _loser(self, one: LoserTold, *, is_paid: bool) -> tuple[str, ...]:
        cells = [self._named(one.project), self.money(one.cost), self.whole(one.votes)]
        if is_paid:
            cells.append("" if not one.missing else self.money(round(Fraction(one.missing))))
            cells.append("" if one.more_supporters is None else self.whole(one.more_supporters))
            cells.append("" if not one.highest_cost else self.money(one.highest_cost))
        return (*cells, self._why(one))

    def _why(self, one: LoserTold) -> str:
        if one.why == "requires" and not one.because:
            return self.say("why_requires_out")
        if one.why == "budget" and not one.over_budget:
            return self.say("why_ended")
        return self.say(f"why_{one.why}", because=_names(one.because, self.language))

    def _coverage(self) -> str:
        coverage = self.count.coverage
        one, two, three = (percent(coverage.at_least[step], language=self.language) for step in ("1", "2", "3"))
        share = percent(coverage.share_of_choices or 0.0, language=self.language)
        return self.say("coverage", one=one, two=two, three=three, share=share)

    def _greedy(self) -> str:
        other = self.count.comparison
        if not other.only_this and not other.only_other:
            return self.say("same_as_greedy")
        return self.say(
            "greedy",
            others=_names(other.only_other, self.language),
            these=_names(other.only_this, self.language),
            better=self.whole(other.better),
            worse=self.whole(other.worse),
            same=self.whole(other.same),
        )

    def _published(self, published: Sequence[str]) -> Iterator[str]:
        if not published:
            return
        others = [key for key in published if key not in self.count.winners]
        these = [key for key in self.count.winners if key not in published]
        if not others and not these:
            yield self.say("published_same")
            return
        yield self.say(
            "published_other",
            others=_names(others, self.language),
            these=_names(these, self.language),
        )

    def _audit(self) -> TextTable:
        head = tuple(self.say(name) for name in ("check", "finding"))
        rows = tuple((self.say(f"key_{one.key}"), self._finding(one)) for one in self.count.audit)
        return TextTable(self.say("audit"), head, rows)

    def _finding(self, one: FindingTold) -> str:
        if one.holds is None:
            return self.say("undecided")
        unheld = "fails" if one.promised else "fails_unpromised"
        return self.say("holds" if one.holds else unheld)

    def _findings(self) -> Iterator[str]:
        for one in self.count.audit:
            sentence = finding_sentence(one, self.language, money=self.money)
            if sentence:
                yield f"{self.say(f'key_{one.key}')}: {sentence}"
        yield self.say("audit_note")


def _number_in(text: str | None) -> float | None:
    """The number in "a/b"; only so many digits are read, for Python reads no longer whole numbers in one go."""
    if text is None:
        return None
    top, _, bottom = text.partition("/")
    return _leading(top) / _leading(bottom or "1") * 10.0 ** (_cut(top) - _cut(bottom or "1"))


def _leading(digits: str) -> float:
    return float(digits[:40])


def _cut(digits: str) -> int:
    return max(len(digits) - 40, 0)
