"""All answers at once are those of each alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engines.appraisal.cases import FOUND, effect, options

from samskap.engines.appraisal import (
    ENGINE_VERSION,
    Answer,
    AppraisalError,
    Missing,
    Refusal,
    Spread,
    answer,
    appraise,
    break_even,
    simulate,
    social_return,
    tornado,
)

COST = effect("c", "cost", 100, public_share=1.0, spread=Spread.normal(0.1))
CALM = effect("q", "quality", 300, shares=FOUND)
BESIDE = effect("n", "quality", price=None, price_year=None, scale=2)


def test_an_answer_is_all_answers() -> None:
    effects, chosen = [COST, CALM, BESIDE], options(seed=5, draws=500)
    assert answer(effects, chosen) == Answer(
        engine_version=ENGINE_VERSION,
        appraisal=appraise(effects, chosen),
        social_return=social_return(effects, chosen),
        refusal=None,
        tornado=tornado(effects, chosen),
        break_evens=tuple(break_even(effects, chosen, of=key) for key in ("c", "q")),
        simulation=simulate(effects, chosen),
    )


def test_a_refused_return_says_what_misses_and_the_rest_is_told() -> None:
    found = answer([COST, replace(CALM, shares=None, title="Calm")], options())
    assert found.social_return is None
    assert isinstance(found.refusal, Refusal)
    assert found.refusal.code == "appraisal_missing"
    assert found.refusal.missing == (
        Missing("Calm", ("deadweight", "displacement", "attribution", "drop_off", "source")),
    )
    assert found.simulation is None
    assert found.appraisal.net_present_value == 180.0


def test_a_return_on_nothing_is_refused_too() -> None:
    refusal = answer([CALM], options()).refusal
    assert refusal is not None
    assert (refusal.code, refusal.missing) == ("appraisal_no_inputs", ())


def test_a_seed_without_a_spread_simulates_nothing() -> None:
    assert answer([replace(COST, spread=None)], options(seed=5)).simulation is None


def test_what_cannot_be_appraised_is_not_answered() -> None:
    with pytest.raises(AppraisalError, match="cannot be -1"):
        answer([replace(COST, quantity=(-1.0,))], options())
