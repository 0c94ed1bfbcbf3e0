"""IATI results from XML: everything that is wrong is gathered, so that one look tells what to mend.

A file that is no IATI file at all is a FormatError. Elements that we do not use are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree.ElementTree import Element

from samskap.formats.errors import FormatError
from samskap.formats.iati_results.document import NAMESPACE, Baseline, Own, Period, Result, Texts, in_language
from samskap.formats.iati_results.problems import Problem
from samskap.formats.safe_xml import tree_of

__all__ = ["ReadActivity", "Reading", "read_results"]

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
COUNTED, IN_WORDS = ("1", "2"), ("3", "4", "5")
KINDS = ("saved_money", "freed_time", "avoided_cost", "quality", "value_for_others")
CERTAINTIES = ("sure", "hoped")
SECTORS = ("public", "private", "voluntary", "people")
YEARS = range(1800, 2200)
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")


@dataclass(frozen=True, slots=True)
class ReadActivity:
    """An activity as it was read: what stands in it, what is wrong, and what is left out."""

    identifier: str
    title: Texts
    reporter: str
    results: tuple[Result, ...]
    problems: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read."""

    version: str
    activities: tuple[ReadActivity, ...]
    is_illustrative: bool = False


def read_results(content: bytes) -> Reading:
    """What a file of IATI activities says of results; FormatError where it is no such file, or older than version 2."""
    root = tree_of(content)
    if root.tag != "iati-activities":
        raise FormatError(
            f"The file begins with <{root.tag[:60]}> and not with <iati-activities>.",
            code="iati_root",
            gaps={"found": root.tag[:60]},
        )
    version = root.get("version", "")[:60]
    if not version.startswith("2."):
        raise FormatError(f"The file is of version {version!r} of IATI.", code="iati_version", gaps={"found": version})
    activities = tuple(_activity(one) for one in root.findall("iati-activity"))
    if not activities:
        raise FormatError("There is no activity in the file.", code="iati_no_activity")
    return Reading(version, activities, root.get(f"{{{NAMESPACE}}}illustrative") == "true")


@dataclass(slots=True)
class _Notes:
    """What was found wrong with one result, and what of it is left out."""

    result: str
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)

    def wrong(self, key: str, **gaps: str) -> None:
        self.problems.append(Problem(key, {"result": self.result, **gaps}))

    def leave_out(self, key: str) -> None:
        problem = Problem(key, {"result": self.result})
        if problem not in self.left_out:
            self.left_out.append(problem)


def _activity(element: Element) -> ReadActivity:
    language = element.get(LANG, "")
    results: list[Result] = []
    problems: list[Problem] = []
    left_out: list[Problem] = []
    for number, found in enumerate(element.findall("result"), start=1):
        indicators = found.findall("indicator")
        for indicator in indicators:
            result, notes = _result(found, indicator, language, number=number, is_only=len(indicators) == 1)
            problems += notes.problems
            left_out += notes.left_out
            if result is not None:
                results.append(result)
    reporter = element.find("reporting-org")
    return ReadActivity(
        identifier=(element.findtext("iati-identifier") or "").strip(),
        title=_texts(element.find("title"), language),
        reporter="" if reporter is None else in_language(_texts(reporter, language), language),
        results=tuple(results),
        problems=tuple(problems),
        left_out=tuple(left_out),
    )


def _result(
    found: Element, indicator: Element, language: str, *, number: int, is_only: bool
) -> tuple[Result | None, _Notes]:
    """One indicator as a result of its own; None where it has no number to follow."""
    title, counted = _texts(found.find("title"), language), _texts(indicator.find("title"), language)
    if not is_only:
        title = _joined(title, counted)
    notes = _Notes(in_language(title or counted, language) or str(number))
    if not title:
        notes.wrong("title_missing")
    measure = indicator.get("measure")
    if measure in IN_WORDS:
        notes.leave_out("not_a_number")
        return None, notes
    if not measure:
        notes.wrong("measure_missing")
    elif measure not in COUNTED:
        notes.wrong("measure_unknown", value=measure[:40])
    result = Result(
        type=found.get("type", "9"),
        title=title,
        indicator=counted or title,
        measure=measure or "1",
        is_ascending=indicator.get("ascending", "true") in {"true", "1"},
        text=_prose(found.find("description"), language),
        baseline=_baseline(indicator, language, notes),
        periods=_periods(indicator, language, notes),
        own=_own(found.find(_own_name("benefit")), notes),
    )
    return result, notes


def _joined(titles: Texts, counted: Texts) -> Texts:
    """“Result: indicator” in every language that both have; else what there is."""
    there = dict(counted)
    both = tuple((code, f"{words}: {there[code]}") for code, words in titles if code in there)
    return both or counted or titles


def _texts(element: Element | None, language: str) -> Texts:
    """The narratives on one line, each language once."""
    return tuple((code, " ".join(words.split())) for code, words in _prose(element, language))


def _prose(element: Element | None, language: str) -> Texts:
    """The narratives with their lines, each language once; those without a word are passed over."""
    found: dict[str, str] = {}
    for one in () if element is None else element.findall("narrative"):
        words = "".join(one.itertext()).strip()
        if words:
            found.setdefault(one.get(LANG, language)[:2].lower(), words)
    return tuple(found.items())


def _comment(element: Element, language: str) -> str:
    return in_language(_texts(element.find("comment"), language), language)


def _whole(elements: Sequence[Element], part: str, notes: _Notes) -> Element | None:
    """The one that is not of a place or a group alone; more than one is wrong."""
    whole = [one for one in elements if one.find("dimension") is None and one.find("location") is None]
    if len(whole) < len(elements):
        notes.leave_out("split_left_out")
    if len(whole) > 1:
        notes.wrong("part_twice", part=part)
    return whole[0] if whole else None


def _baseline(indicator: Element, language: str, notes: _Notes) -> Baseline | None:
    element = _whole(indicator.findall("baseline"), "baseline", notes)
    if element is None:
        return None
    value = _number(element, "baseline", notes)
    on = _day(element.get("iso-date", ""), "baseline", notes) if element.get("iso-date") else None
    said = element.get("year", "" if on is None else str(on.year))
    year = int(said) if said.isascii() and said.isdigit() and len(said) == 4 and int(said) in YEARS else None
    if year is None:
        notes.wrong("year_wrong", value=said[:40])
    elif on is not None and on.year != year:
        notes.wrong("year_other", value=on.isoformat())
    if value is None or year is None:
        return None
    return Baseline(year, value, on, _comment(element, language))


def _periods(indicator: Element, language: str, notes: _Notes) -> tuple[Period, ...]:
    periods = [period for one in indicator.findall("period") if (period := _period(one, language, notes))]
    for before, after in pairwise(periods):
        if after.end <= before.end:
            notes.wrong("periods_out_of_order", end=after.end.isoformat(), before=before.end.isoformat())
    return tuple(periods)


def _period(element: Element, language: str, notes: _Notes) -> Period | None:
    days = [_edge(element, name, notes) for name in ("period-start", "period-end")]
    target = _whole(element.findall("target"), "target", notes)
    actual = _whole(element.findall("actual"), "actual", notes)
    values = [
        None if one is None else _number(one, part, notes) for one, part in ((target, "target"), (actual, "actual"))
    ]
    start, end = days
    if start is None or end is None:
        return None
    if start > end:
        notes.wrong("period_backwards", start=start.isoformat(), end=end.isoformat())
        return None
    source = "" if actual is None else _comment(actual, language)
    cause = "" if actual is None else (actual.findtext(_own_name("cause")) or "").strip()
    return Period(start, end, values[0], values[1], source, cause)


def _edge(element: Element, name: str, notes: _Notes) -> date | None:
    found = element.find(name)
    said = "" if found is None else found.get("iso-date", "")
    if not said:
        notes.wrong("date_missing", part=name)
        return None
    return _day(said, name, notes)


def _day(said: str, part: str, notes: _Notes) -> date | None:
    """A day as XML schema writes it; a time zone at its end does not change the day."""
    plain = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?", said.strip())
    try:
        found = date.fromisoformat(plain[1]) if plain else None
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        notes.wrong("date_wrong", part=part, value=said[:40])
        return None
    return found


def _number(element: Element, part: str, notes: _Notes) -> Decimal | None:
    said = element.get("value", "").strip()
    if not said:
        notes.wrong("value_missing", part=part)
        return None
    if not _NUMBER.fullmatch(said):
        notes.wrong("value_wrong", part=part, value=said[:40])
        return None
    value = Decimal(said)
    if abs(value) >= 10**14 or value != round(value, 4):
        notes.wrong("value_too_long", part=part, value=said[:40])
        return None
    return value


def _own(element: Element | None, notes: _Notes) -> Own | None:
    """What our own files say besides; None where it is not there, or wrong."""
    if element is None:
        return None
    before = len(notes.problems)
    day = _day(element.get("effects-from", ""), "effects-from", notes)
    for name, known in (("kind", KINDS), ("certainty", CERTAINTIES), ("gainer-sector", SECTORS)):
        if element.get(name) not in known:
            notes.wrong("own_wrong", part=name, value=element.get(name, "")[:40])
    if day is None or len(notes.problems) > before:
        return None
    return Own(
        kind=element.get("kind", ""),
        certainty=element.get("certainty", ""),
        gainer_sector=element.get("gainer-sector", ""),
        effects_from=day,
        owner_organisation=element.get("owner-organisation", ""),
        gainer=tuple(_said(element, "gainer")),
        owner_role=tuple(_said(element, "owner-role")),
        unit=tuple(_said(element, "unit")),
        is_harm=element.get("harm") == "true",
        is_planned=element.get("planned", "true") == "true",
        allows_negative=element.get("negative") == "true",
    )


def _said(element: Element, name: str) -> Iterator[tuple[str, str]]:
    for one in element.findall(_own_name(name)):
        if words := " ".join((one.text or "").split()):
            yield one.get(LANG, "")[:2].lower(), words


def _own_name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
