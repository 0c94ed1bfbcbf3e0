"""An appraisal in words, in three languages, made of the very numbers that were used."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.formats.appraisals import EFFECTS, OPTIONS, document

from samskap.engines.appraisal import (
    DENOMINATORS,
    DISTRIBUTIONS,
    EDITIONS,
    KINDS,
    SECTORS,
    TIMINGS,
    Correlation,
    Effect,
    Options,
    Spread,
    Step,
)
from samskap.formats.appraisal_again import again
from samskap.formats.appraisal_json import to_document
from samskap.formats.appraisal_text import again_lines, appraisal_text
from samskap.formats.appraisal_words import WORDS
from samskap.formats.languages import LANGUAGES, Language


def text(effects: tuple[Effect, ...] = EFFECTS, options: Options = OPTIONS, language: Language = "en") -> str:
    return appraisal_text(again(to_document(effects, options, title="Walking group")), language=language)


def told(whole: str) -> str:
    return " ".join(whole.split())


def row(whole: str, name: str) -> list[list[str]]:
    return [re.split(r"  +", line)[1:] for line in whole.splitlines() if re.match(rf"{re.escape(name)}  ", line)]


def test_every_word_is_there_in_three_languages_with_the_same_gaps() -> None:
    for key, forms in WORDS.items():
        assert len(forms) == len(LANGUAGES)
        assert len({frozenset(re.findall(r"\{(\w+)\}", form)) for form in forms}) == 1, key
        assert all(form == form.strip() and form for form in forms)


def test_every_key_of_the_engine_has_words() -> None:
    fields = ("deadweight", "displacement", "attribution", "drop_off", "source", "price")
    named = {
        *DENOMINATORS,
        *TIMINGS,
        *(f"kind_{kind}" for kind in KINDS),
        *(f"sector_{sector}" for sector in SECTORS),
        *(f"spread_{name}" for name in DISTRIBUTIONS),
        *(f"field_{name}" for name in fields),
        *(f"why_{why}" for why in ("no_money", "always_positive", "always_negative")),
        *(f"driver_{name}" for name in ("rates", "tax_cost")),
    }
    assert named - set(WORDS) == set()


def test_the_whole_text_has_every_answer() -> None:
    whole = text()
    for part in (
        "Appraisal: Walking group",
        "Net present value: 2,187,842 kroner, against 0 for going on as today.",
        "Benefits 3,816,257, costs −1,746,087, tax cost 117,671 of 588,357 in net public financing.",
        "Of the net present value 541,348 comes after the period, as residual value.",
        "If only the sure benefits come, it is −1,991,405.",
        "Nothing is told per budget krone over net budget cost without tax cost, because that is −588,357.",
        "Over outlays alone, without tax cost (1,226,590) it is 1.78.",
        "Prices of 2026, discounted to 2026; 10 years after it, rates counted from 2026.",
        "By Rundskriv R-109/2021 (2021-06-25): 4.0 %, 3.0 % after 40 years, 2.0 % after 75 years; 0.20 kroner lost",
        "Prices of other years are converted by SSB 14700.",
        "Kinds are never added to each other.",
        "Social return: 0.82 kroner for each krone put in (1,746,087: 1,226,590 in cash and 519,497 in kind).",
        "In cash alone: 0 saved less 1,226,590 put in is −1,226,590.",
        "The first year not discounted: 0.82. The first year discounted too: 0.79.",
        "In 500 draws (seed 20171114) the net present value has mean",
        "Correlations that were used: Fewer hip fractures – Freed hours of care 0.50.",
        "SHA-256 of effects, options and edition: ",
    ):
        assert part in told(whole)
    assert row(whole, "Freed time") == [["0", "2,001,310", "0"]]
    assert row(whole, "Sports club (voluntary)") == [["0", "−519,497", "−519,497", "−519,497"]]
    assert row(whole, "Residents (residents)") == [["0", "0", "0", "0", "+1 −1"]]
    assert row(whole, "Company") == [["Residents", "+3"]]
    assert row(whole, "noise") == [["Residents", "not weighed"]]
    assert row(whole, "Fewer hip fractures")[1] == ["always above 0"]
    assert row(whole, "Coordinator")[-1][0] == "triangular, 0.90, 1.00, 1.40; each year 0.05"


def test_what_was_put_in_is_told_with_all_its_decimals() -> None:
    effects = (
        *EFFECTS[:2],
        replace(EFFECTS[2], spread=Spread.normal(0.075, yearly_sd=0.0125)),
        *EFFECTS[3:],
    )
    together = (Correlation("falls", "care", 0.285),)
    options = replace(OPTIONS, correlations=together, factors=(0.85, 1.15))
    edition = replace(EDITIONS["no-r109-2021"], steps=(Step(0, 0.0225),), tax_cost=0.125)
    stored = to_document(effects, options, parameters=edition)
    whole = appraisal_text(again(stored), language="nb")
    for part in (
        "normalfordelt, standardavvik 0,075; hvert år 0,0125",
        "Korrelasjoner som ble brukt: Fewer hip fractures – Freed hours of care 0,285.",
        "når én ting er 0,85 eller 1,15 ganger så stor",
        "2,25 %; 0,125 kroner tapt",
    ):
        assert part in told(whole)


def test_a_refused_return_is_told_with_all_that_misses() -> None:
    effects = tuple(replace(effect, shares=None) for effect in EFFECTS)
    assert (
        "There is no social return before this is known: Fewer hip fractures (deadweight, displacement, attribution to "
        "others, drop-off, source); Freed hours of care (deadweight," in told(text(effects))
    )
    only = replace(OPTIONS, correlations=())
    assert "because nothing was put in" in told(text(EFFECTS[3:4], only))
    assert "fordi ingenting er lagt inn" in told(text(EFFECTS[3:4], only, "nb"))


def test_a_proposal_and_what_was_not_checked_are_said() -> None:
    whole = told(text(options=replace(OPTIONS, edition="uk-2026-review")))
    assert "Not all values of this edition were checked at the source." in whole
    assert "This edition is a proposal that nobody has adopted." in whole


def test_what_is_left_out_is_said() -> None:
    options = replace(OPTIONS, horizon_years=2, lifetime_years=None, count_freed_time=False, correlations=())
    whole = told(text(options=options))
    assert "Freed time is not counted in the net present value." in whole
    assert "Left out, because they come after the last year: Fewer hip fractures, Freed hours of care." in whole
    assert "Net benefit per budget krone: " in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_gap_is_left_open_and_no_line_of_words_is_too_long(language: Language) -> None:
    whole = text(language=language)
    assert "{" not in whole
    assert max(map(len, whole.splitlines())) <= 110


def test_names_of_strangers_cannot_move_the_cursor() -> None:
    effects = (replace(EFFECTS[0], title="Evil\x1b[2J", who="No\rbody", spread=None),)
    whole = text(effects, replace(OPTIONS, correlations=()))
    assert "\x1b" not in whole
    assert "\r" not in whole


def test_the_same_answer_is_said_to_be_the_same() -> None:
    stored = document()
    assert again_lines(again(stored), language="en") == ["The same answer as the one that is stored."]
    assert again_lines(again(to_document(EFFECTS, OPTIONS)), language="en") == []
    other = told(" ".join(again_lines(again(stored, edition="uk-2026"), language="nb")))
    assert other.startswith("Det lagrede svaret ble laget etter no-r109-2021: netto nåverdi 2 187 842. Etter uk-2026")


def test_another_answer_is_said_to_be_another() -> None:
    stored = document()
    stored["answer"]["appraisal"]["totals"]["costs"] = -1.0
    stored["answer"]["engine_version"] = "0"
    lines = told(" ".join(again_lines(again(stored), language="en")))
    assert lines == (
        "The file was changed after it was written. Another answer than the one that is stored. Values that differ: 1. "
        "The first is answer.appraisal.totals.costs: stored -1.0, found -1746087.278107. The stored answer was made "
        "with version 0 of the engine, this one with 1."
    )


def test_the_source_of_each_price_is_named() -> None:
    sourced = replace(EFFECTS[0], price_source="The accounts of 2025")
    whole = told(text((sourced, *EFFECTS[1:])))
    assert re.findall(r"The price of “(.+?)” is known from: (.+?)\.", whole) == [(sourced.name, "The accounts of 2025")]
