"""The slow twin of an appraisal: the stored inputs computed again in exact fractions, in the plainest way."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

__all__ = ["slow_answer", "told_answer"]


def slow_answer(document: dict[str, Any]) -> dict[str, Any]:
    """Net present value and its parts from the stored inputs, in exact fractions and in the plainest way."""
    options, parameters = document["options"], document["parameters"]
    base = options["price_year"] or options["comparison_year"]
    index = dict(map(tuple, (options["price_index"] or {"values": []})["values"]))
    anchor = options["anchor_year"] or options["comparison_year"]
    last = options["comparison_year"] + max(options["horizon_years"], options["lifetime_years"] or 0)

    def factor(year: int) -> Fraction:
        found = Fraction(1)
        for each in range(options["comparison_year"] + 1, year + 1):
            step = [one for one in parameters["steps"] if each - anchor > one["after"]] or parameters["steps"][:1]
            found /= 1 + Fraction(str(step[-1]["rate"]))
        return found

    def grown(effect: dict[str, Any], year: int) -> Fraction:
        found, fades = Fraction(1), options["growth_fades"]
        start = base if options["growth_from"] is None else options["growth_from"]
        for each in range(start + 1, year + 1):
            left = Fraction(fades[1] - each, fades[1] - fades[0]) if fades else Fraction(1)
            found *= 1 + Fraction(str(effect["growth"])) * min(Fraction(1), max(Fraction(0), left))
        return found

    def worth(effect: dict[str, Any]) -> Fraction:
        sign = -1 if effect["kind"] == "cost" or effect["is_harm"] else 1
        ratio = (
            1
            if effect["price_year"] == base
            else Fraction(str(index[base])) / Fraction(str(index[effect["price_year"]]))
        )
        total = Fraction(0)
        for place, quantity in enumerate(effect["quantity"]):
            year = effect["first_year"] + place
            if year <= last:
                total += (
                    Fraction(str(quantity))
                    * Fraction(str(effect["price"]))
                    * ratio
                    * grown(effect, year)
                    * factor(year)
                )
        return sign * total

    priced = {one["key"]: worth(one) for one in document["effects"] if one["price"] is not None}
    effects = {one["key"]: one for one in document["effects"]}
    counted = {
        key: value
        for key, value in priced.items()
        if options["count_freed_time"] or effects[key]["kind"] != "freed_time"
    }
    public = sum(value * Fraction(str(effects[key]["public_share"])) for key, value in counted.items())
    tax = public * Fraction(str(parameters["tax_cost"]))
    net = sum(counted.values()) + tax
    actors: dict[str, Fraction] = {}
    for key, value in counted.items():
        actors[effects[key]["who"]] = actors.get(effects[key]["who"], Fraction(0)) + value
    return {
        "effects": {key: float(value) for key, value in priced.items()},
        "net": float(net),
        "public": float(public),
        "tax": float(tax),
        "per_krone": float(net / -public) if public < 0 else None,
        "actors": {who: float(value) for who, value in actors.items()},
    }


def told_answer(document: dict[str, Any]) -> dict[str, Any]:
    """The same numbers as they were stored."""
    found = document["answer"]["appraisal"]
    return {
        "effects": {line["key"]: line["present_value"] for line in found["effects"]},
        "net": found["totals"]["net_present_value"],
        "public": found["totals"]["public"],
        "tax": found["totals"]["tax_cost"],
        "per_krone": found["budget_krones"][0]["value"],
        "actors": {line["who"]: line["net"] for line in found["actors"] if line["gains"] or line["pays"]},
    }
