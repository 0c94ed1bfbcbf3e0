"""pabutools beside us, with its exact fractions: parts of a benchmark that run in a process of their own.

It is imported only where it runs (`make bench` installs it). Ballots are handed to its rules as it reads them, or as a
multiprofile of equal ballots, often the faster form; then the time of a rule holds that of the merging.
"""

from __future__ import annotations

import gzip
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ABSENT = "pabutools is not installed. Install it with: python -m pip install -r requirements/bench.txt"
_STACK = 512 << 20


def has_pabutools() -> bool:
    """Whether the peer is installed."""
    return find_spec("pabutools") is not None


def content(path: str) -> str:
    """The text of a file, packed or not."""
    data = Path(path).read_bytes()
    return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")


def parse(path: str) -> float:
    """Seconds of processor time that the peer takes to read a file."""
    from pabutools.election.pabulib import parse_pabulib_from_string  # noqa: PLC0415 -- a peer that may be absent

    start = time.process_time()
    parse_pabulib_from_string(content(path))
    return time.process_time() - start


def run(path: str, rules: list[str], *, form: str = "merged") -> list[dict[str, Any]]:
    """Winners and processor seconds of rules as `pabutools-winners.json` names them, one after the other on a file.

    `form`: "merged" or "as_read".
    """
    told: list[dict[str, Any]] = []
    sys.setrecursionlimit(1_000_000)  # it calls itself once for each project and each raise of the budget
    threading.stack_size(_STACK)
    deep = threading.Thread(target=lambda: told.extend(_run(path, rules, form=form)))
    deep.start()
    deep.join()
    return told


def _run(path: str, rules: list[str], *, form: str) -> list[dict[str, Any]]:
    from pabutools import fractions  # noqa: PLC0415 -- a peer that may be absent
    from pabutools.election.pabulib import parse_pabulib_from_string  # noqa: PLC0415 -- a peer that may be absent

    assert fractions.FRACTION == fractions.GMPY_FRAC
    instance, profile = parse_pabulib_from_string(content(path))
    told = []
    for rule in rules:
        start = time.process_time()
        ballots = profile.as_multiprofile() if form == "merged" else profile
        winners = _winners(rule, instance, ballots)
        row = {"rule": rule, "winners": [one.name for one in winners], "seconds": time.process_time() - start}
        if rule.endswith("add1"):
            filled = _filled(rule, instance, ballots, winners)
            row["add1u_winners"] = [one.name for one in filled]
        told.append(row)
    return told


def _filled(rule: str, instance: Any, profile: Any, winners: Any) -> Any:
    """What still fits after a choice, taken greedily."""
    from pabutools.rules import greedy_utilitarian_welfare  # noqa: PLC0415 -- a peer that may be absent

    return greedy_utilitarian_welfare(
        instance, profile, sat_class=_satisfaction(rule), initial_budget_allocation=winners
    )


def _satisfaction(rule: str) -> Any:
    from pabutools import election  # noqa: PLC0415 -- a peer that may be absent

    return {
        "cost": election.Cost_Sat,
        "card": election.Cardinality_Sat,
        "points": election.Additive_Cardinal_Sat,
        "borda": election.Additive_Borda_Sat,
    }[rule.split("_")[1]]


def _winners(rule: str, instance: Any, profile: Any) -> Any:
    from pabutools import rules  # noqa: PLC0415 -- a peer that may be absent

    family, *rest = rule.split("_")
    if family == "phragmen":
        return rules.sequential_phragmen(instance, profile)
    satisfaction = _satisfaction(rule)
    if family == "greedy":
        return rules.greedy_utilitarian_welfare(instance, profile, sat_class=satisfaction)
    if rest[1] == "util":
        return rules.completion_by_rule_combination(
            instance,
            profile,
            [rules.method_of_equal_shares, rules.greedy_utilitarian_welfare],
            [{"sat_class": satisfaction}, {"sat_class": satisfaction}],
        )
    more = {"voter_budget_increment": 1} if rest[1] == "add1" else {}
    return rules.method_of_equal_shares(instance, profile, sat_class=satisfaction, **more)
