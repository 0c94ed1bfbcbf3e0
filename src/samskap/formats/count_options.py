"""How an election is counted, as META of a `.pb` file says it: what a municipality decided, so that all can repeat it.

`rule` names the rule as other Pabulib files do; our own keys `samskap_rule`, `samskap_satisfaction`,
`samskap_completion`, `samskap_tie_break` and `samskap_seed` say it whole. Constraints stand in `samskap_constraints`
(`formats.pabulib`). Where nothing is said: Equal Shares by cost, filled up, ties by id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from samskap.engines.fair_budget import RULES, Completion, Kind, Options, Satisfaction

__all__ = ["meta_of", "natural_satisfaction", "options_of"]

# "add1" is followed by filling up wherever it was voted on, and in the rules of those who did.
PABULIB: Mapping[str, tuple[str, Completion]] = {
    "greedy": ("greedy", "none"),
    "greedy-threshold": ("greedy", "none"),
    "greedy-no-skip": ("greedy_no_skip", "none"),
    "phragmen": ("phragmen", "none"),
    "equalshares": ("equal_shares", "none"),
    "equalshares/add1": ("equal_shares", "add1u"),
    "equalshares/add1-comparison": ("equal_shares", "comparison"),
}
BY_COUNT = ("greedy", "greedy_no_skip")  # rules that go by how much support there is, whatever it costs
OWN = "samskap_"


def options_of(
    meta: Mapping[str, str],
    *,
    kind: Kind,
    rule: str | None = None,
    satisfaction: str | None = None,
    completion: str | None = None,
    tie_break: str | None = None,
    seed: str | None = None,
) -> Options:
    """What the caller says; else what META says, as far as it is about the same rule; else what suits the rule."""
    named, named_completion = PABULIB.get(meta.get("rule", ""), (None, None))
    theirs = meta.get(f"{OWN}rule") or named
    chosen = rule or theirs or "equal_shares"
    said = meta if chosen == theirs else {}
    if meta.get(f"{OWN}rule") not in (None, named):
        named_completion = None
    own_completion = said.get(f"{OWN}completion") or (named_completion if chosen == theirs else None)
    order = tie_break or meta.get(f"{OWN}tie_break") or ("lottery" if seed else "lexicographic")
    return Options(
        rule=chosen,
        satisfaction=cast(
            "Satisfaction", satisfaction or said.get(f"{OWN}satisfaction") or _satisfaction(chosen, kind=kind)
        ),
        completion=cast("Completion", completion or own_completion or _completion(chosen)),
        tie_break=order,
        seed=(seed or meta.get(f"{OWN}seed")) if order == "lottery" else seed,
    )


def meta_of(options: Options) -> dict[str, str]:
    """The keys of META that say these options; `options_of` reads them back."""
    names = [name for name, said in PABULIB.items() if said == (options.rule, options.completion)]
    said = {
        "rule": names[0] if names else options.rule,
        f"{OWN}rule": options.rule,
        f"{OWN}satisfaction": options.satisfaction,
        f"{OWN}completion": options.completion,
        f"{OWN}tie_break": options.tie_break,
    }
    return {**said, f"{OWN}seed": options.seed} if options.seed else said


def natural_satisfaction(kind: Kind) -> Satisfaction:
    """What such ballots are added up by: points, places below, or else their number."""
    by: Mapping[str, Satisfaction] = {"cumulative": "points", "scoring": "points", "ordinal": "borda"}
    return by.get(kind, "cardinality")


def _satisfaction(rule: str, *, kind: Kind) -> Satisfaction:
    return natural_satisfaction(kind) if rule in BY_COUNT else "cost"


def _completion(rule: str) -> Completion:
    return "add1u" if rule in RULES and "add1u" in RULES[rule].completions else "none"
