"""An outlook in words: one sentence, and tables of a few years. What the terminal, a text file and a page share."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from samskap.engines.outlook import NO_LEVERS, Band, Closing, Comparison, Levers, MoneyPath, Official, Outlook
from samskap.formats.languages import Language, decimal, number
from samskap.formats.outlook_basis import Basis
from samskap.formats.outlook_words import WORDS, say
from samskap.formats.text_tables import TextTable

__all__ = ["headline", "key_years", "remarks", "tables"]

KEY_YEARS = (2030, 2040, 2050)
OLD = "80+"
MILLION = 1e6


def key_years(outlook: Outlook) -> tuple[int, ...]:
    """The base year, the round years ahead, and the last year where the round ones do not reach far."""
    ahead = [year for year in KEY_YEARS if outlook.base_year < year <= outlook.years[-1]]
    far = [] if ahead and outlook.years[-1] - ahead[-1] < 5 else [outlook.years[-1]]
    return (outlook.base_year, *ahead, *far)


def headline(outlook: Outlook, *, basis: Basis, language: Language) -> tuple[str, ...]:
    """What a councillor reads first: one sentence on people, and one on money where it is known."""
    ahead = [year for year in key_years(outlook)[1:] if year <= 2040] or [outlook.years[-1]]
    now, then = (_at(outlook, year) for year in (outlook.base_year, ahead[-1]))
    old, ratio = outlook.groups[OLD].p50, outlook.support_ratio.p50
    people = say(
        "headline_more",
        language,
        name=basis.name,
        base=outlook.base_year,
        year=ahead[-1],
        now=_whole(old[now], language),
        then=_whole(old[then], language),
        ratio_now=_one(ratio[now], language),
        ratio_then=_one(ratio[then], language),
    )
    if outlook.money is None:
        return (people,)
    gone = outlook.money.first_likely_negative
    what = say("as_pulled" if _pulled(basis.levers, language) else "as_today", language)
    money = say("money_kept" if gone is None else "money_gone", language, what=what, year=gone or outlook.years[-1])
    return people, money


def tables(
    outlook: Outlook,
    *,
    language: Language,
    officials: Sequence[Official] = (),
    change: Comparison | None = None,
) -> tuple[TextTable, ...]:
    """People, need, posts, money and what the levers change: now and in the key years.

    `officials` are told beside our people where they reach these years; `change` is what the levers change, draw by
    draw.
    """
    made = [_people(outlook, language)]
    if officials:
        made.append(_beside(outlook, officials, language))
    made += [_need(outlook, language), _posts(outlook, language)]
    if outlook.money:
        made.append(_money(outlook, outlook.money, language))
    if change or outlook.closing:
        made.append(_changed(outlook, outlook.closing, change, language))
    return tuple(made)


def remarks(outlook: Outlook, *, basis: Basis, language: Language) -> tuple[str, ...]:
    """What one has to know to judge it: standing, levers, constraint, layers, sources, and how to make it again."""
    return tuple(_remarks(outlook, basis, language))


def _remarks(outlook: Outlook, basis: Basis, language: Language) -> Iterator[str]:
    yield say("band", language)
    if outlook.money is None:
        yield say("no_money", language)
    pulled = _pulled(basis.levers, language)
    if pulled:
        yield say("levers", language, levers=pulled)
    if outlook.constrained_to and outlook.unconstrained:
        total = _whole(outlook.unconstrained.p50[-1], language)
        year = outlook.years[-1]
        yield say("constrained", language, name=outlook.constrained_to, total=total, year=year)
    if outlook.explained:
        layers = ", ".join(
            f"{_layer(each.layer, language)} {_whole(100 * each.share, language)} %" for each in outlook.explained
        )
        yield say("explained", language, year=outlook.years[-1], layers=layers)
    # Need that is counted in average inhabitants is in nobody's accounts.
    counted = {f"users.{service.key}" for service in outlook.services if service.unit == "need"}
    estimated = [line for line in outlook.estimated if line not in counted]
    if outlook.money and estimated:
        yield say("estimated", language, count=len(estimated), lines=", ".join(estimated))
    unverified = sum(not each.verified for each in basis.parameters)
    if unverified:
        yield say("unverified", language, count=unverified, all=len(basis.parameters))
    if basis.sources:
        told = (re.sub(r"^(Source|Kilde|Kjelde): ", "", source) for source in basis.sources)
        yield say("sources", language, sources="; ".join(told))
    draws = number(outlook.draws, language=language)
    made = {"draws": draws, "engine": outlook.engine_version, "seed": outlook.seed, "hash": outlook.input_hash[:16]}
    yield say("made", language, **made)


def _layer(key: str, language: Language) -> str:
    return say(f"layer_{key}", language) if f"layer_{key}" in WORDS else key


def _pulled(levers: Levers, language: Language) -> str:
    """The levers that are not at zero, as they are written on the command line."""
    moved = []
    for field in fields(Levers):
        value = getattr(levers, field.name)
        if isinstance(value, float) and value != 0.0:
            moved.append(f"{field.name}={value:g}")
    moved += [f"coverage_{service}={value:g}" for service, value in levers.coverage.items() if value]
    if moved and levers.phase_in_years != NO_LEVERS.phase_in_years:
        moved.append(f"phase_in_years={levers.phase_in_years}")
    return ", ".join([*moved, *(each.key for each in levers.initiatives)])


def _people(outlook: Outlook, language: Language) -> TextTable:
    groups = [(say("years_old", language, group=name), band) for name, band in outlook.groups.items()]
    rows = [
        _row(name, band, outlook, language) for name, band in [*groups, (say("all_ages", language), outlook.population)]
    ]
    rows.append(_row(say("support_ratio", language), outlook.support_ratio, outlook, language, decimals=1))
    return TextTable(say("people", language), _head("age", outlook, language), tuple(rows))


def _beside(outlook: Outlook, officials: Sequence[Official], language: Language) -> TextTable:
    """The official projection with the band of its own past errors."""
    rows = []
    for each in officials:
        by_year = dict(zip(each.years, zip(each.persons, each.low, each.high, strict=True), strict=True))
        cells = (_banded(*by_year[year], language) if year in by_year else "–" for year in key_years(outlook))
        rows.append((say("years_old", language, group=each.group), *cells))
    title = say("official", language, edition=officials[0].edition)
    note = say("official_note", language)
    return TextTable(title, _head("age", outlook, language), tuple(rows), note)


def _need(outlook: Outlook, language: Language) -> TextTable:
    rows = []
    for service in outlook.services:
        unit = say("need_unit" if service.unit == "need" else service.unit, language)
        rows.append(_row(f"{say(service.key, language)}, {unit}", service.users, outlook, language))
    return TextTable(
        say("need", language), _head("service", outlook, language), tuple(rows), say("need_note", language)
    )


def _posts(outlook: Outlook, language: Language) -> TextTable:
    rows = [_row(say(service.key, language), service.posts, outlook, language) for service in outlook.services]
    rows.append(_row(say("all_posts", language), outlook.posts, outlook, language))
    rows.append(_row(say("posts_share", language), outlook.posts_share, outlook, language, decimals=1))
    return TextTable(say("posts", language), _head("service", outlook, language), tuple(rows))


def _money(outlook: Outlook, money: MoneyPath, language: Language) -> TextTable:
    lines: list[tuple[str, float, int]] = [
        ("revenue", MILLION, 0),
        ("cost", MILLION, 0),
        ("must", MILLION, 1),
        ("chosen", MILLION, 1),
        ("net_result_share", 1.0, 1),
        ("room", MILLION, 1),
        ("room_share", 1.0, 1),
        ("room_posts", 1.0, 0),
        ("free_funds", MILLION, 0),
        ("debt", MILLION, 0),
    ]
    rows = [
        _row(say(name, language), getattr(money, name), outlook, language, unit=unit, decimals=decimals)
        for name, unit, decimals in lines
    ]
    chances = [_whole(100 * money.chance_negative[_at(outlook, year)], language) for year in key_years(outlook)]
    rows.append((say("chance_negative", language), *chances))
    note = f"{say('room_note', language)} {_gaps(money, language)}"
    title = say("money", language, year=money.price_year)
    return TextTable(title, _head("line", outlook, language), tuple(rows), note)


def _gaps(money: MoneyPath, language: Language) -> str:
    gaps: dict[str, str] = {}
    for name, gap in (("target", money.gap_to_target), ("ever", money.gap_for_ever)):
        gaps |= dict(zip((name, f"{name}_low", f"{name}_high"), (_one(part, language) for part in gap), strict=True))
    return say("gaps", language, **gaps)


def _changed(outlook: Outlook, closing: Closing | None, change: Comparison | None, language: Language) -> TextTable:
    rows = []
    if change:
        people = [(say("years_old", language, group=name), band) for name, band in change.groups.items()]
        people.append((say("all_ages", language), change.population))
        rows = [_row(name, band, outlook, language) for name, band in people]
        rows.append(_row(say("all_posts", language), change.all_posts, outlook, language, decimals=1))
        rows.append(_row(say("changed_cost", language), change.all_kroner, outlook, language, unit=MILLION, decimals=1))
        if change.room:
            rows.append(_row(say("changed_room", language), change.room, outlook, language, unit=MILLION, decimals=1))
    if closing:
        if any(closing.freed_posts.p97_5):
            rows.append(_row(say("closing_posts", language), closing.freed_posts, outlook, language))
        rows.append(_row(say("closing_share", language), closing.share_of_gap, outlook, language))
    return TextTable(
        say("closing", language), _head("line", outlook, language), tuple(rows), say("closing_note", language)
    )


def _head(first: str, outlook: Outlook, language: Language) -> tuple[str, ...]:
    return (say(first, language), *(str(year) for year in key_years(outlook)))


def _row(
    name: str, band: Band, outlook: Outlook, language: Language, *, unit: float = 1.0, decimals: int = 0
) -> tuple[str, ...]:
    cells: Iterable[str] = (
        _cell(band, _at(outlook, year), language, unit=unit, decimals=decimals) for year in key_years(outlook)
    )
    return (name, *cells)


def _cell(band: Band, at: int, language: Language, *, unit: float, decimals: int) -> str:
    middle, low, high = (part[at] / unit for part in (band.p50, band.p10, band.p90))
    return _banded(middle, low, high, language, decimals=decimals)


def _banded(middle_value: float, low_value: float, high_value: float, language: Language, *, decimals: int = 0) -> str:
    """A middle, and its band in brackets where there is one."""
    middle, low, high = (_decimals(value, language, decimals) for value in (middle_value, low_value, high_value))
    if low == high == middle or not math.isfinite(low_value + high_value):
        return middle
    # A dash between numbers below zero reads as one minus more.
    between = f" {say('to', language)} " if "−" in low + high else "–"
    return f"{middle} ({low}{between}{high})"


def _at(outlook: Outlook, year: int) -> int:
    return outlook.years.index(year)


def _whole(value: float, language: Language) -> str:
    return _decimals(value, language, 0)


def _one(value: float, language: Language) -> str:
    return _decimals(value, language, 1)


def _decimals(value: float, language: Language, places: int) -> str:
    if not math.isfinite(value):
        return "–"
    text = decimal(abs(value), language=language, places=places)
    is_nothing = not any(sign in "123456789" for sign in text)
    return text if value >= 0 or is_nothing else f"−{text}"
