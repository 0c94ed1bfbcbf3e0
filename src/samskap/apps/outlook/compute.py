"""From figures to an outlook: rows, engine, document.

What does not depend on the levers is computed once and kept: the assumptions, what the country does in every draw (in
memory, and in a file of the data folder where all municipalities are run), and the outlook with every lever at 0. A
slider then runs one place with the same chance.
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from samskap.apps.figures import queries as figures
from samskap.apps.outlook import labels, queries, rules
from samskap.apps.outlook.queries.ground import REPORTED, Ground, ground_of, past_of
from samskap.engines import outlook as engine
from samskap.engines.outlook.parameters import RANGES
from samskap.formats.outlook_basis import Assumed, Basis
from samskap.kernel.errors import RuleError
from samskap.sources.values import NATION, AgeProfile
from samskap.web.files import keep_file

__all__ = [
    "DRAWS",
    "SEED",
    "compared",
    "is_outdated",
    "lacking",
    "outlook",
    "parameters",
    "people",
    "projection_title",
    "scenario_fields",
]

DRAWS = 1000
SEED = 2026
EXPLAINING_DRAWS = 200
OPEN_AGE = 105
KEPT_PLACES = 6  # each holds the draws of the country: about 30 MB


@dataclass(frozen=True, eq=False)
class _Ready:
    """A place ready to be asked: its figures, its assumptions, its own and the country's draws without levers, what
    explains their spread; and, by what was replaced, need at today's standard and the outlooks without levers."""

    ground: Ground
    state: str
    assumptions: engine.Assumptions | None = None
    run: engine.Simulation | None = None
    explained: tuple[engine.Explained, ...] = ()
    past: queries.Past = field(default_factory=queries.Past)
    official: Mapping[str, tuple[engine.Official, ...]] = field(default_factory=dict)
    standards: dict[str, engine.Standard] = field(default_factory=dict)
    bases: dict[tuple[str, bool], tuple[engine.Outlook, engine.OutlookDraws]] = field(default_factory=dict)


class _Shelf:
    """The places that were asked for last. A place is made ready by one thread; the others wait for it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Ready] = OrderedDict()
        self._locks: dict[str, threading.Lock] = {}
        self._own = threading.Lock()

    def get(self, place: str) -> _Ready:
        state = figures.stored_state()
        with self._own:
            lock = self._locks.setdefault(place, threading.Lock())
        with lock:
            found = self._kept.get(place)
            if found is None or found.state != state:
                found = _made_ready(place, state=state)
            with self._own:
                self._kept[place] = found
                self._kept.move_to_end(place)
                while len(self._kept) > KEPT_PLACES:
                    self._kept.popitem(last=False)
        return found


_SHELF = _Shelf()


def lacking(place: str) -> tuple[str, ...]:
    """Why there can be no outlook of this place, in sentences; empty where there can."""
    return _SHELF.get(place).ground.lacking


def people(place: str) -> float:
    """How many people the place has now; 0 where nobody knows."""
    profiles = _SHELF.get(place).ground.people.get(place, ())
    return float(sum(profiles[-1].women) + sum(profiles[-1].men)) if profiles else 0.0


def projection_title(place: str) -> str:
    """The newest official projection, which the middle path can be laid on; "" where there is none for all ages."""
    newest = _newest(_SHELF.get(place).ground)
    return newest.edition if newest else ""


def parameters() -> list[queries.Parameter]:
    """The rules, prices and weights of the engine, as people read them."""
    return [
        queries.shown(
            key, known.value, unit=known.unit, reach=RANGES[known.unit], edition=known.edition, source=known.source,
            verified=known.verified,
        )
        for key, known in engine.PARAMETERS.values.items()
    ]  # fmt: skip


def outlook(place: str, *, name: str, levers: Mapping[str, float], replaced: Mapping[str, float]) -> queries.Told:
    """The outlook of a place with these levers (by the keys of the form) and replaced parameters.

    Raises RuleError where figures are missing or cannot be used; ask `lacking` first to tell why.
    """
    ready = _SHELF.get(place)
    result, _draws = _looked(ready, levers=levers, replaced=replaced)
    start = {key: value for key, value in levers.items() if key == rules.FOLLOW}
    base = _looked(ready, levers=start, replaced=replaced)[0] if rules.pulled(levers) else None
    return _told(ready, result, name=name, levers=levers, replaced=replaced, base=base)


def compared(place: str, *, one: queries.Choice, other: queries.Choice, name: str) -> queries.Compared:
    """Two choices of levers with the same chance, and what the second has more in the last year, draw by draw."""
    ready = _SHELF.get(place)
    pair = [_looked(ready, levers=choice.levers, replaced=choice.replaced) for choice in (one, other)]
    told = [
        _told(ready, result, name=name, levers=choice.levers, replaced=choice.replaced)
        for choice, (result, _draws) in zip((one, other), pair, strict=True)
    ]
    (first, base), (_second, draws) = pair
    more = engine.compare(base, draws, base_year=first.base_year)
    return queries.Compared(
        one=told[0],
        other=told[1],
        names=(one.name, other.name),
        persons=_last(more.population),
        posts=_last(more.all_posts),
        room=_last(more.room) if more.room else None,
    )


def scenario_fields(
    told: queries.Told, *, levers: Mapping[str, float], replaced: Mapping[str, float]
) -> dict[str, Any]:
    """What a scenario keeps of an outlook."""
    return {
        "place": told.outlook.place,
        "levers": dict(levers),
        "replaced": dict(replaced),
        "address": dict(told.address),
        "draws": told.outlook.draws,
        "seed": told.outlook.seed,
        "input_hash": told.outlook.input_hash,
        "engine_version": told.outlook.engine_version,
        "standing": told.basis.standing,
        "result": queries.document(told),
    }


def is_outdated(scenario: Any) -> bool:
    """Whether the same levers would give another result now: other figures, or another method."""
    ready = _SHELF.get(scenario.place)
    if ready.assumptions is None:
        return True
    now, _draws = _looked(ready, levers=scenario.levers, replaced=scenario.replaced)
    return (now.input_hash, now.engine_version) != (scenario.input_hash, scenario.engine_version)


def _last(band: engine.Band) -> tuple[float, float, float]:
    """10 %, the middle and 90 % of the last year."""
    return band.p10[-1], band.p50[-1], band.p90[-1]


def _told(
    ready: _Ready,
    result: engine.Outlook,
    *,
    name: str,
    levers: Mapping[str, float],
    replaced: Mapping[str, float],
    base: engine.Outlook | None = None,
) -> queries.Told:
    ground = ready.ground
    return queries.Told(
        name=name,
        outlook=result,
        basis=_basis(ground, name=name, levers=levers, replaced=replaced),
        past=ready.past,
        base=base,
        official=ready.official,
        notes=labels.filled_notes(result.estimated, has_accounts=ground.accounts is not None),
        levers=levers,
    )


def _basis(ground: Ground, *, name: str, levers: Mapping[str, float], replaced: Mapping[str, float]) -> Basis:
    used = engine.PARAMETERS.with_values(replaced)
    assumed = tuple(Assumed(key, one.value, one.edition, one.source, one.verified) for key, one in used.values.items())
    return Basis(name, ground.standing, ground.sources, _levers(levers), assumed)  # type: ignore[arg-type]


def _looked(
    ready: _Ready, *, levers: Mapping[str, float], replaced: Mapping[str, float]
) -> tuple[engine.Outlook, engine.OutlookDraws]:
    if ready.run is None:
        raise RuleError(" ".join(ready.ground.lacking), cure=_("Fetch the figures first."))
    official = _newest(ready.ground) if rules.FOLLOW in levers else None
    key = (repr(sorted(replaced.items())), official is not None)
    if key not in ready.bases:
        if len(ready.bases) > KEPT_PLACES:
            ready.bases.clear()
        ready.bases[key] = _look(ready, levers={}, replaced=replaced, official=official)
    base = ready.bases[key]
    if not rules.pulled(levers):
        return base
    return _look(ready, levers=rules.pulled(levers), replaced=replaced, official=official, base=base[1])


def _levers(values: Mapping[str, float]) -> engine.Levers:
    """The levers of the form as the engine takes them."""
    pulled = rules.pulled(values)
    plain: dict[str, Any] = {key: value for key, value in pulled.items() if not key.startswith("coverage_")}
    pace = int(plain.pop(rules.PHASE_IN.key, rules.PHASE_IN_YEARS))
    coverage = {key: float(values.get(f"coverage_{key}", 0.0)) for key in rules.COVERED}
    return engine.Levers(**plain, coverage=coverage, phase_in_years=pace)


def _look(
    ready: _Ready,
    *,
    levers: Mapping[str, float],
    replaced: Mapping[str, float],
    official: engine.Projection | None,
    base: engine.OutlookDraws | None = None,
) -> tuple[engine.Outlook, engine.OutlookDraws]:
    """One run of the engine. What explains the spread hardly depends on levers: it is that of the base."""
    assert ready.assumptions is not None
    assert ready.run is not None
    run = ready.run
    if rules.acts_on_people(levers):
        run = _run(ready.assumptions, ready.ground.place, levers=_levers(levers), pool=run.pool)
    return engine.look_at(
        run,
        ready.assumptions,
        place=ready.ground.place,
        accounts=_accounts(ready.ground),
        parameters=engine.PARAMETERS.with_values(replaced),
        levers=_levers(levers),
        official=official,
        base=base,
        unlevered=ready.run,
        explained=ready.explained,
        standard=_standard(ready, replaced),
    )


def _run(
    assumptions: engine.Assumptions,
    place: str,
    *,
    levers: engine.Levers = engine.NO_LEVERS,
    pool: engine.Pool | None,
) -> engine.Simulation:
    """People of the place by single year of age, in the draws of every outlook; without a pool the country runs too."""
    return engine.simulate(assumptions, draws=DRAWS, seed=SEED, levers=levers, places=(place,), pool=pool, classes=None)


def _standard(ready: _Ready, replaced: Mapping[str, float]) -> engine.Standard:
    """Need by age at today's standard: it hangs on the country and the parameters, not on levers."""
    assert ready.assumptions is not None
    assert ready.run is not None
    key = repr(sorted(replaced.items()))
    if key not in ready.standards:
        if len(ready.standards) > KEPT_PLACES:
            ready.standards.clear()
        parameters = engine.PARAMETERS.with_values(replaced)
        ready.standards[key] = engine.national_standard(ready.assumptions, parameters, years=ready.run.years)
    return ready.standards[key]


def _newest(ground: Ground) -> engine.Projection | None:
    """The newest official projection of the place, where its groups cover every age once."""
    found = [one for one in ground.projections if one.people(0, engine.OLDEST)]
    if not found:
        return None
    newest = max(found, key=lambda one: one.start)
    years = tuple(newest.people(0, engine.OLDEST))
    groups = {group: tuple(people[year] for year in years) for group, people in newest.groups.items()}
    return engine.Projection(newest.title, ground.place, years, groups)


def _accounts(ground: Ground) -> engine.Accounts | None:
    known = ground.accounts
    return engine.Accounts.from_lines(known.year, known.values) if known else None


def _made_ready(place: str, *, state: str) -> _Ready:
    ground = ground_of(place)
    if ground.lacking:
        return _Ready(ground, state)
    try:
        assumptions = engine.estimate(_history(ground), engine.NORWAY)
        run = _run(assumptions, place, pool=_country(assumptions, ground))
        explained = engine.explain(assumptions, run=run, draws=EXPLAINING_DRAWS)
        own = replace(ground, people={place: ground.people[place]})  # those of all others are not needed again
        past = past_of(ground.people[place])
        return _Ready(own, state, assumptions, run, explained, past, _official(ground))
    except engine.OutlookError as error:
        told = _("The figures cannot be used: %(detail)s") % {"detail": str(error)}
        return _Ready(replace(ground, lacking=(told,)), state)


def _history(ground: Ground) -> engine.History:
    """The people of all municipalities; where only the place and the country are known, of the place and the rest."""
    arrays = {place: _persons(profiles, ground.years) for place, profiles in ground.people.items()}
    nation = arrays.pop(NATION)
    if not ground.is_whole:
        arrays[engine.REST] = nation - arrays[ground.place]
    return engine.read_history(
        np.stack(list(arrays.values())), places=tuple(arrays), years=ground.years, mortality=engine.NORWAY.mortality
    )


def _persons(profiles: tuple[AgeProfile, ...], years: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """(T, 2, 106) persons of these years."""
    by_year = {profile.year: (profile.women, profile.men) for profile in profiles}
    return np.array([by_year[year] for year in years], dtype=np.float64)


def _country(assumptions: engine.Assumptions, ground: Ground) -> engine.Pool | None:
    """What the country does in every draw, kept in a file; None for a place and the rest, who are run together."""
    if not ground.is_whole:
        return None
    name = hashlib.sha256(b"".join(np.ascontiguousarray(each).data for each in _arrays(assumptions))).hexdigest()[:32]
    kept = Path(settings.SAMSKAP_DATA) / "outlook" / f"country-{name}.npz"
    with _COUNTRY:
        if kept.is_file():
            with np.load(kept) as stored:
                return engine.Pool(assumptions.base_year, SEED, stored["movers"], stored["national"])
        pool = engine.simulate(assumptions, places=(ground.place,), draws=DRAWS, seed=SEED).pool
        packed = io.BytesIO()
        np.savez(packed, movers=pool.movers, national=pool.national)
        keep_file(kept, content=packed.getvalue(), in_place_of="country-*.npz")
    return pool


_COUNTRY = threading.Lock()


def _arrays(assumptions: engine.Assumptions) -> list[np.ndarray[Any, Any]]:
    """All that decides what the country does, the version of the engine besides."""
    found = [getattr(assumptions, each.name) for each in fields(assumptions)]
    version = np.frombuffer(engine.ENGINE_VERSION.encode(), dtype=np.uint8)
    variation = np.frombuffer(repr(assumptions.variation).encode(), dtype=np.uint8)
    return [version, variation, *(each for each in found if isinstance(each, np.ndarray))]


def _official(ground: Ground) -> dict[str, tuple[engine.Official, ...]]:
    """The official projections by group of ages; the newest with the band that the errors of all suggest."""
    past = past_of(ground.people[ground.place])
    found = {}
    for group, (first, last) in REPORTED.items():
        ages = (first, engine.OLDEST if last > OPEN_AGE - 1 else last)
        vintages = [
            engine.Vintage(str(one.start), ground.place, group, one.start, people)
            for one in ground.projections
            if (people := one.people(*ages))
        ]
        if vintages:
            came = dict(zip(past.years, past.groups[group], strict=True))
            errors = engine.past_errors(vintages, actual={(ground.place, group): came})
            found[group] = tuple(engine.official_band(one, errors) for one in vintages)
    return found
