"""An outlook survives the way through JSON, and a damaged document gets a sentence."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.outlooks import BASIS, band, outlook

from samskap.engines.outlook import Effect, Initiative, Levers
from samskap.formats.errors import FormatError
from samskap.formats.outlook_basis import Basis
from samskap.formats.outlook_json import from_document, to_document


def through_json(one, basis: Basis):
    return from_document(json.loads(json.dumps(to_document(one, basis=basis), allow_nan=False)))


@pytest.mark.parametrize(
    "one", [outlook(), outlook(money=None, closing=None), outlook(constrained_to="SSB 2026", unconstrained=band(1, 2))]
)
def test_an_outlook_comes_back_equal(one) -> None:
    assert through_json(one, BASIS) == (one, BASIS)


def test_initiatives_and_every_bit_of_a_number_come_back() -> None:
    effect = Effect("care", users=(0.1, 1 / 3), first_age=67)
    levers = Levers(initiatives=(Initiative("lift", 2027, (effect,), setup_nok=0.1 + 0.2, is_cash=False),))
    basis = Basis("A", levers=levers)
    assert through_json(outlook(births=band(1 / 3, 2 / 3)), basis) == (outlook(births=band(1 / 3, 2 / 3)), basis)


def test_a_document_from_before_there_were_levers_for_benefits_is_read_with_them_at_rest() -> None:
    document = to_document(outlook(), basis=BASIS)
    for lever in ("saved", "freed"):
        del document["basis"]["levers"][lever]
    assert from_document(document) == (outlook(), BASIS)


def test_a_ratio_to_nobody_is_null_and_comes_back_as_no_number() -> None:
    nobody = outlook(support_ratio=band(math.nan, math.nan))
    document = to_document(nobody, basis=BASIS)
    assert set(document["outlook"]["support_ratio"]["p50"]) == {None}
    back, _basis = through_json(nobody, BASIS)
    assert all(math.isnan(value) for value in back.support_ratio.p50)


def test_the_document_names_engine_seed_hash_and_where_each_parameter_is_from() -> None:
    document = to_document(outlook(), basis=BASIS)
    assert (document["format"], document["format_version"]) == ("samskap-outlook", 1)
    assert [document["outlook"][key] for key in ("engine_version", "seed", "input_hash")] == [
        "outlook 1", 2026, "ab" * 32,
    ]  # fmt: skip
    assert document["basis"]["parameters"][1] == {
        "key": "national.need", "value": 62_000.0, "edition": "2024", "source": "Estimated & rounded",
        "verified": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("damage", "part"),
    [
        (lambda d: d.update(format_version=2), "version 1"),
        (lambda d: d.pop("outlook"), "outlook must be an object"),
        (lambda d: d["outlook"].pop("seed"), "outlook.seed must be present"),
        (lambda d: d["outlook"].update(seed=1.5), "outlook.seed must be a whole number"),
        (lambda d: d["outlook"]["groups"]["80+"].update(p50="many"), "outlook.groups.80+.p50 must be a list"),
        (lambda d: d["outlook"]["money"]["gap_to_target"].pop(), "outlook.money.gap_to_target must be a list of 3"),
        (lambda d: d["basis"].update(standing="guessed"), "basis.standing must be one of official, ours"),
        (lambda d: d["basis"]["levers"].update(births=None), "basis.levers.births must be a number"),
    ],
)
def test_a_damaged_document_gets_a_sentence(damage, part: str) -> None:
    document = json.loads(json.dumps(to_document(outlook(), basis=BASIS)))
    damage(document)
    with pytest.raises(FormatError) as caught:
        from_document(document)
    assert part in caught.value.message


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
@settings(max_examples=50, deadline=None)
def test_anything_else_is_refused(document) -> None:
    with pytest.raises(FormatError):
        from_document(document)
