"""How fast an appraisal is simulated, beside the whole cube of draws, years and effects in NumPy, in the same run.

    python benchmarks/appraisal/speed.py

100,000 draws of 30 effects over 40 years, the four distributions in turn. Three cases: effects by themselves; twelve
pairs correlated; all of them correlated with each other. The twin makes every krone of every draw and year, in blocks
that fit in memory, with NumPy's own numbers of chance and the linear algebra of a library, and finds the same present
values from the same factors. Memory is that of a process of its own, beyond what it holds before it draws. One thread:
the demand is held against processor time, which is wall time where nothing else runs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent / "opinion_map"))  # the reporting that benchmarks share

import numpy as np
from measuring import ROOT, Sheet, at_most, fresh, publish, run

from samskap.engines.appraisal import Correlation, Effect, Options, Spread, answer, appraise, simulate
from samskap.engines.appraisal.drawing import draw
from samskap.engines.appraisal.flows import Case, case_of

RESULTS = ROOT / "benchmarks" / "results" / "appraisal"
DRAWS, YEARS, EFFECTS, BLOCK = 100_000, 40, 30, 2_000
LIMIT_S, LIMIT_MB, TIMES, TWIN_TIMES, SEED = 0.5, 500.0, 15, 3, 20261129
SPREADS = (
    Spread.normal(0.22), Spread.triangular(0.89, 1.0, 1.40), Spread.lognormal(0.3), Spread.uniform(0.8, 1.25),
)  # fmt: skip
KEYS = tuple(f"e{place:02}" for place in range(EFFECTS))
CASES: dict[str, tuple[Correlation, ...]] = {
    "by themselves": (),
    "twelve pairs": tuple(Correlation(one, other, 0.4) for one, other in pairwise(KEYS[:13])),
    "all with each other": tuple(Correlation(one, other, 0.3) for one, other in combinations(KEYS, 2)),
}


def main() -> int:
    """All figures."""
    rows, claims = [], []
    for name, correlations in CASES.items():
        case, options = case_of(effects(), options_with(correlations)), options_with(correlations)
        wall, busy = least(lambda options=options: simulate(effects(), options), times=TIMES)
        twin_wall, twin_busy = least(lambda case=case: cube(case), times=TWIN_TIMES)
        rows.append((name, 1e3 * wall, 1e3 * busy, 1e3 * twin_wall, 1e3 * twin_busy, twin_busy / busy))
        claims.append(at_most(f"Simulation, {name}: processor time, least of {TIMES}", busy, LIMIT_S, unit="s"))
    more = fresh(__file__, "memory").answer
    claims.append(at_most("Simulation, twelve pairs: memory beyond what was there", more, LIMIT_MB, unit="MB"))
    claims.append(at_most("Present values of the cube, from the same factors: largest difference", same(), 1e-12))
    sheets = [
        Sheet(f"{DRAWS:,} draws of {EFFECTS} effects over {YEARS} years, ms",
              ("correlated", "wall", "processor", "cube, wall", "cube, processor", "times less"), rows),
        Sheet("Answers, ms", ("what", "wall", "processor"), _answers()),
    ]  # fmt: skip
    return publish("speed", claims=claims, tables=sheets, folder=RESULTS)


def effects() -> list[Effect]:
    """Costs of the public and benefits of others, with a quantity of its own in each year."""
    chance = np.random.default_rng(SEED)
    return [
        Effect(
            key=key, kind="cost" if place % 3 == 0 else "value_for_others", who=f"actor {place % 5}", sector="public",
            unit="pieces", first_year=2026, quantity=tuple(chance.uniform(1, 10, YEARS).tolist()), price=1e5,
            price_year=2026, public_share=float(place % 3 == 0), spread=SPREADS[place % len(SPREADS)],
        )
        for place, key in enumerate(KEYS)
    ]  # fmt: skip


def options_with(correlations: tuple[Correlation, ...]) -> Options:
    return Options(comparison_year=2026, draws=DRAWS, seed=SEED, correlations=correlations)


def cube(case: Case) -> tuple[Any, Any]:
    """The twin: (draws, years, effects) in blocks; net present value and budget of each draw."""
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 -- the twin's alone

    chance, tax = np.random.default_rng(SEED), case.parameters.tax_cost
    lower = np.linalg.cholesky(_matrix(case))
    parts = []
    for _start in range(0, DRAWS, BLOCK):
        shares = ndtr(chance.standard_normal((BLOCK, EFFECTS)) @ lower.T)
        factors = np.column_stack([_ppf(place, shares[:, place], ndtri) for place in range(EFFECTS)])
        parts.append(_present(case, factors, tax))
    net, budget = (np.concatenate(each) for each in zip(*parts, strict=True))
    return net.mean(), (net / budget).mean()


def _present(case: Case, factors: Any, tax: float) -> tuple[Any, Any]:
    years = sorted({year for flow in case.flows for year in flow.kroner})
    kroner = np.array([[flow.kroner.get(year, 0.0) for flow in case.flows] for year in years])
    discount = np.array([case.factors[year] for year in years])
    public = np.array([flow.effect.public_share for flow in case.flows])
    everything = factors[:, None, :] * kroner
    charged = (everything * public).sum(axis=2)
    yearly = everything.sum(axis=2) + tax * charged
    return (yearly * discount).sum(axis=1), -(charged * discount).sum(axis=1)


def _ppf(place: int, shares: Any, ndtri: Callable[[Any], Any]) -> Any:
    match place % len(SPREADS):
        case 0:
            return 1 + 0.22 * ndtri(shares)
        case 1:
            rising, falling = np.sqrt(shares * 0.51 * 0.11), np.sqrt((1 - shares) * 0.51 * 0.40)
            return np.where(shares < 0.11 / 0.51, 0.89 + rising, 1.40 - falling)
        case 2:
            variance = np.log1p(0.09)
            return np.exp(np.sqrt(variance) * ndtri(shares) - variance / 2)
        case _:
            return 0.8 + 0.45 * shares


def _matrix(case: Case) -> Any:
    matrix = np.eye(EFFECTS)
    for each in case.options.correlations:
        one, other = KEYS.index(each.one), KEYS.index(each.other)
        matrix[one, other] = matrix[other, one] = each.value
    return matrix


def same() -> float:
    """How far the engine's net present values are from the cube's, from the engine's own factors; a share."""
    case = case_of(effects(), options_with(CASES["twelve pairs"]))
    drawn = draw(case, draws=BLOCK, seed=SEED)
    factors = (drawn.amounts / np.array([[flow.present_value] for flow in drawn.flows])).T
    net, budget = _present(case, factors, case.parameters.tax_cost)
    return float(max(np.abs(net / drawn.net - 1).max(), np.abs(budget / drawn.budget - 1).max()))


def memory() -> float:
    """MB that a simulation takes at its peak, beyond what the process holds before it."""
    given, chosen = effects(), options_with(CASES["twelve pairs"])
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # the peak is taken anew from here
    before = _resident("VmRSS")
    simulate(given, chosen)
    return _resident("VmHWM") - before


def _resident(what: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(what))


def _answers() -> list[tuple[Any, ...]]:
    """What a page waits for: one appraisal, and all answers at once."""
    chosen = options_with(CASES["twelve pairs"])
    told = {"appraise": lambda: appraise(effects(), chosen), "answer, all of it": lambda: answer(effects(), chosen)}
    return [(what, *(1e3 * took for took in least(action, times=TIMES))) for what, action in told.items()]


def least(action: Callable[[], Any], *, times: int) -> tuple[float, float]:
    """The shortest wall time and the least processor time of some calls, seconds."""
    taken = []
    for _ in range(times):
        wall, busy = time.perf_counter(), time.process_time()
        action()
        taken.append((time.perf_counter() - wall, time.process_time() - busy))
    return min(wall for wall, _ in taken), min(busy for _, busy in taken)


if __name__ == "__main__":
    run(__file__, whole=main, parts={"memory": memory})
