"""What a count costs against the number of approvals: made-up elections of 100 projects, five choices a voter.

    python benchmarks/fair_budget/scaling.py

Through the door `count`, exact, merging of equal ballots included; the least processor time of some runs. Draws the
cost as `benchmarks/results/fair_budget/scaling.svg`. Demanded is that cost grows no faster than approvals, but for what
caches no longer hold: the power of the growth, taken from the smallest election to the largest, at most 1.2.
"""

from __future__ import annotations

from math import log

from cases import RESULTS, Way, least, made_up
from measuring import Sheet, at_most, publish, run

from samskap.engines.fair_budget.counting import count
from samskap.engines.fair_budget.election import Election
from samskap.engines.fair_budget.profile import profile_of
from samskap.formats.charts import Face, Line, LineChart, Mark, Numbers, line_chart

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
WAYS = {
    "equal shares, one run": Way("equal_shares", "cost"),
    "equal shares, Add1": Way("equal_shares", "cost", "add1"),
    "Phragmén": Way("phragmen", "cardinality"),
    "greedy": Way("greedy", "cardinality"),
}
DRAWN = ("equal shares, one run", "equal shares, Add1")
POWER = 1.2


def main() -> int:
    """All sizes, all ways."""
    columns = ("approvals", "voters", "unlike ballots", *(f"{name}, ms" for name in WAYS))
    rows = [_measured(made_up(size)) for size in SIZES]
    claims = [
        at_most(f"{name}: power of growth", _power([(row[0], row[3 + at]) for row in rows]), POWER)
        for at, name in enumerate(WAYS)
    ]
    RESULTS.mkdir(parents=True, exist_ok=True)
    lines = {name: [(row[0], row[3 + at]) for row in rows] for at, name in enumerate(WAYS) if name in DRAWN}
    (RESULTS / "scaling.svg").write_text(_drawn(lines), encoding="utf-8")
    return publish("scaling", claims=claims, tables=[Sheet("Cost of a count", columns, rows)], folder=RESULTS)


def _measured(election: Election) -> tuple[float, ...]:
    times = 3 if len(election.ballots.chosen) > SIZES[-2] else 7
    took = []
    for way in WAYS.values():
        count(election, **way._asdict())
        took.append(1e3 * least(lambda way=way: count(election, **way._asdict()), times=times)[1])
    unlike = len(profile_of(election, "cardinality").weights)
    return len(election.ballots.chosen), election.ballots.voters, unlike, *took


def _power(points: list[tuple[float, float]]) -> float:
    (few, short), (many, long) = points[0], points[-1]
    return log(long / short) / log(many / few)


def _drawn(lines: dict[str, list[tuple[float, float]]]) -> str:
    face = Face(
        key="scaling",
        title="Cost of a count against the number of approvals",
        description="Milliseconds from ballots in memory to winners.",
        unit="ms",
        numbers=Numbers(decimal=".", group=","),
    )
    return line_chart(
        LineChart(
            face=face,
            lines=tuple(
                Line(name, ((0.0, 0.0), *points), style="main", tone=at)
                for at, (name, points) in enumerate(lines.items())
            ),
            zero=True,
            labels=tuple(
                Mark(at, f"{at / 1e6:g} million" if at else "0") for at in (0, 1_000_000, 2_000_000, 3_000_000)
            ),
        )
    )


if __name__ == "__main__":
    run(__file__, whole=main)
