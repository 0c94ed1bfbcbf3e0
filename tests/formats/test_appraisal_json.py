"""An appraisal as a document: there and back, the same bytes, and errors that name the field."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.formats.appraisals import EFFECTS, OPTIONS, document

from samskap.engines.appraisal import EDITIONS, ENGINE_VERSION, AppraisalError, Effect, Options, answer
from samskap.formats import frozen
from samskap.formats.appraisal_again import Difference, again
from samskap.formats.appraisal_json import (
    answer_from,
    canonical,
    digest,
    effects_from,
    input_hash,
    is_untouched,
    options_from,
    parameters_from,
    read_document,
    rounded,
    to_document,
    written,
)
from samskap.formats.errors import FormatError


@pytest.fixture(scope="module")
def stored() -> dict[str, Any]:
    return document()


def back(value: dict[str, Any]) -> dict[str, Any]:
    return read_document(written(value), file="a.json")


def test_effects_options_and_edition_come_back_equal(stored: dict[str, Any]) -> None:
    read = back(stored)
    assert effects_from(read) == EFFECTS
    assert options_from(read) == OPTIONS
    assert parameters_from(read) == EDITIONS["no-r109-2021"]
    assert rounded(frozen.plain(answer_from(read))) == read["answer"]
    assert read["versions"]["engine"] == ENGINE_VERSION


def test_the_same_appraisal_is_the_same_bytes(stored: dict[str, Any]) -> None:
    assert written(document()) == written(stored)
    assert is_untouched(back(stored))
    assert again(back(stored)).document() == stored


def test_whole_numbers_and_numbers_with_decimals_are_the_same_document() -> None:
    whole = replace(EFFECTS[0], quantity=(1, 2), price=850_000, public_share=1, spread=None)  # type: ignore[arg-type]
    parted = replace(EFFECTS[0], quantity=(1.0, 2.0), price=850_000.0, public_share=1.0, spread=None)
    options = replace(OPTIONS, correlations=())
    assert document((whole,), options)["sha256"] == document((parted,), options)["sha256"]


def test_hashes_are_of_what_is_said_and_not_of_the_name(stored: dict[str, Any]) -> None:
    renamed = {**stored, "title": "Another name"}
    assert is_untouched(renamed)
    changed = json.loads(written(stored))
    changed["effects"][0]["price"] += 1
    assert not is_untouched(changed)
    assert input_hash(changed) != stored["input_hash"] == input_hash(renamed)
    assert digest(changed) != stored["sha256"]
    assert canonical({"b": 1, "a": "å"}) == '{"a":"å","b":1}'.encode()


def test_a_document_can_ask_without_an_answer() -> None:
    asked = to_document(EFFECTS, OPTIONS)
    assert "answer" not in asked
    assert answer_from(asked) is None
    found = again(asked)
    assert (found.stored, found.is_same) == (None, True)
    assert found.document()["input_hash"] == asked["input_hash"]


def test_what_is_usual_may_be_left_out() -> None:
    short = {
        "options": {"comparison_year": 2026, "correlations": [], "price_index": {"values": [[2026, 1]], "source": "x"}},
        "effects": [
            {
                "key": "a", "kind": "quality", "who": "R", "sector": "people", "unit": "people", "first_year": 2026,
                "quantity": [1], "price": 2, "price_year": 2026, "shares": {"deadweight": 0.5},
                "spread": {"distribution": "normal", "sd": 0.1},
            }
        ],
    }  # fmt: skip
    (effect,) = effects_from(short)
    assert (effect.certainty, effect.shares.deadweight, effect.shares.source) == ("hoped", 0.5, "")
    assert effect.spread.yearly_sd == 0.0
    assert options_from(short).price_index.source == "x"
    assert parameters_from(short).key == "no-r109-2021"


def changed(value: dict[str, Any], *path: str | int, to: object) -> dict[str, Any]:
    found = json.loads(json.dumps(value))
    inner = found
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return found


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("effects",), {}, "effects must be a list"),
        (("effects", 0), 5, r"effects\[0\] must be an object"),
        (("effects", 0, "kind"), "joy", r"effects\[0\]\.kind must be one of cost"),
        (("effects", 0, "quantity"), "many", r"effects\[0\]\.quantity must be a list"),
        (("effects", 0, "quantity", 1), "two", r"effects\[0\]\.quantity\[1\] must be a number"),
        (("effects", 0, "dead_weight"), 1, r"effects\[0\]\.dead_weight must be one of key"),
        (("effects", 2, "shares", "share"), 1, r"effects\[2\]\.shares\.share must be one of deadweight"),
        (("options",), None, "options must be an object"),
        (("options", "seed"), "x", r"options\.seed must be a whole number"),
        (("options", "correlations", 0, "r"), 1, r"options\.correlations\[0\]\.r must be one of one"),
        (("parameters", "steps", 0, "rate"), "4 %", r"parameters\.steps\[0\]\.rate must be a number"),
        (("answer", "appraisal", "totals", "costs"), None, r"answer\.appraisal\.totals\.costs must be a number"),
    ],
)
def test_a_wrong_field_is_named(stored: dict[str, Any], path: tuple[str | int, ...], value: object, named: str) -> None:
    with pytest.raises(FormatError, match=named) as caught:
        again(changed(stored, *path, to=value))
    assert caught.value.code == "format_appraisal"


def test_a_field_that_misses_is_named(stored: dict[str, Any]) -> None:
    short = json.loads(written(stored))
    del short["effects"][0]["unit"]
    with pytest.raises(FormatError, match=r"effects\[0\]\.unit must be present"):
        effects_from(short)


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[1]",
        b'{"format": "samskap-appraisal", "version": 2}',
        b"[" * 100_000,
        b'{"format": "samskap-appraisal", "version": 1, "title": "\\ud800"}',
    ],
)
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(FormatError, match=r"a\.json is not") as caught:
        read_document(content, file="a.json")
    assert caught.value.code == "format_appraisal"


# Computed again


def test_an_old_answer_comes_out_the_same_by_its_own_edition(stored: dict[str, Any]) -> None:
    """Also when the edition is no longer known, or has other values today: the document has it whole."""
    lost = changed(stored, "parameters", "key", to="no-r109-1999")
    for part in (lost["options"], lost["answer"]["appraisal"], lost["answer"]["social_return"]):
        part["edition"] = "no-r109-1999"
    found = again(lost)
    assert found.is_same
    assert found.parameters.key == "no-r109-1999"


def test_an_old_answer_can_be_computed_by_another_edition(stored: dict[str, Any]) -> None:
    found = again(stored, edition="uk-2026")
    assert found.parameters == EDITIONS["uk-2026"]
    assert found.found == answer(EFFECTS, replace(OPTIONS, edition="uk-2026"))
    assert found.stored.appraisal.edition == "no-r109-2021"
    assert Difference("answer.appraisal.edition", "no-r109-2021", "uk-2026") in found.differences
    assert found.document()["parameters"]["key"] == "uk-2026"
    with pytest.raises(AppraisalError, match="no edition x"):
        again(stored, edition="x")


def test_what_differs_is_told_with_both_values(stored: dict[str, Any]) -> None:
    net = stored["answer"]["appraisal"]["totals"]["net_present_value"]
    wrong = changed(stored, "answer", "appraisal", "totals", "net_present_value", to=net + 1)
    wrong["answer"]["social_return"] = None
    wrong["answer"]["break_evens"] = []
    wrong["answer"]["engine_version"] = "0"
    found = again(wrong)
    assert (found.is_same, found.is_untouched, found.other_engine) == (False, False, "0")
    assert found.differences[0] == Difference("answer.appraisal.totals.net_present_value", net + 1, net)
    assert [each.at for each in found.differences[1:]] == ["answer.social_return", "answer.break_evens"]


def test_another_engine_that_found_the_same_is_told_and_is_no_difference(stored: dict[str, Any]) -> None:
    found = again(changed(stored, "answer", "engine_version", to="0"))
    assert (found.is_same, found.other_engine) == (True, "0")
    assert again(changed(stored, "versions", to={"engine": 5})).other_engine is None


def test_a_bad_effect_in_a_file_is_an_error_of_the_appraisal(stored: dict[str, Any]) -> None:
    with pytest.raises(AppraisalError, match="cannot be -1"):
        again(changed(stored, "effects", 0, "quantity", to=[-1]))


def test_effects_and_options_are_the_types_of_the_engine(stored: dict[str, Any]) -> None:
    assert all(isinstance(effect, Effect) for effect in effects_from(stored))
    assert isinstance(options_from(stored), Options)
