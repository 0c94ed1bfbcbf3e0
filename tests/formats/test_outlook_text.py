"""An outlook in words: the sentence, the tables, and the same as a page, in three languages."""

from __future__ import annotations

import dataclasses
import math
import re
from xml.etree import ElementTree

import pytest
from tests.formats.outlooks import BASIS, YEARS, band, money, outlook

from samskap.engines.outlook import NO_LEVERS, Comparison, Official
from samskap.formats.languages import LANGUAGES
from samskap.formats.outlook_html import outlook_page
from samskap.formats.outlook_text import outlook_text
from samskap.formats.outlook_told import key_years, tables
from samskap.formats.outlook_words import WORDS


def test_every_word_is_there_in_three_languages_with_the_same_gaps() -> None:
    for key, forms in WORDS.items():
        assert len(forms) == len(LANGUAGES)
        assert len({frozenset(re.findall(r"\{(\w+)\}", form)) for form in forms}) == 1, key
        assert all(form == form.strip() and form for form in forms)


def test_the_whole_text() -> None:
    text = outlook_text(outlook(), basis=BASIS, language="en")
    lines = text.splitlines()
    assert lines[0] == "Outlook: Drangedal"
    assert "Illustrative: made-up figures" in text
    joined = " ".join(lines)
    assert (
        "In 2040 Drangedal will have 380 people aged 80 or older, against 317 in 2026, and 6.2 people aged 16 to 66 "
        "for each of them, against 7.8." in joined
    )
    assert "With these levers the room for manoeuvre is more likely gone than not from 2033 on." in joined
    cells = {re.split(r"  +", line)[0]: re.split(r"  +", line)[1:] for line in lines if re.search(r"\d  +", line)}
    assert cells["Age"] == ["2026", "2030", "2040", "2050"]
    assert cells["80+ years"] == ["317", "335 (328–342)", "380 (353–408)", "425 (372–479)"]
    assert cells["Care, recipients"] == ["100", "103 (101–105)", "111 (103–119)", "119 (104–134)"]
    assert cells["Room for manoeuvre, % of revenue"][0] == "0.5"
    assert cells["Chance that there is none, %"] == ["2", "30", "100", "100"]
    assert "Levers pulled: births=10, coverage_care=-5." in joined
    assert "1 of 2 parameters could not be checked" in joined
    assert lines[-1] == "1,000 futures, engine outlook 1, seed 2026, hash of the input abababababababab."


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_page_hold_the_same_tables_in_each_language(language) -> None:
    one = outlook()
    text, page = (
        outlook_text(one, basis=BASIS, language=language),
        outlook_page(one, basis=BASIS, language=language),
    )
    told = re.sub(r"<[^>]+>", "\n", page)
    for table in tables(one, language=language):
        assert table.title in text
        for row in (table.head, *table.rows):
            for cell in row[1:]:
                assert cell in text
                assert cell in told
    assert f'<html lang="{language}">' in page
    assert "{" not in text


def test_money_that_is_kept_or_unknown_is_said_so() -> None:
    as_today = dataclasses.replace(BASIS, levers=NO_LEVERS)
    kept = outlook_text(outlook(money=money(first_likely_negative=None)), basis=as_today, language="en")
    assert (
        "With today's services and rules there is more likely than not room for manoeuvre all the way to 2051."
        in " ".join(kept.split())
    )
    unknown = outlook_text(outlook(money=None, closing=None), basis=BASIS, language="en")
    assert "The accounts are not known" in unknown
    assert "Room for manoeuvre" not in unknown


def test_lines_that_are_estimated_are_named() -> None:
    text = outlook_text(outlook(estimated=("posts.care", "users.social", "debt")), basis=BASIS, language="en")
    assert "2 lines of the accounts are not known and are estimated at national cost: posts.care, debt." in " ".join(
        text.split()
    )


def test_what_the_levers_change_is_told_draw_by_draw() -> None:
    change = Comparison(
        years=YEARS,
        population=band(0, 100),
        groups={"0-5": band(0, 50), "80+": band(0, 0)},
        posts={},
        kroner={},
        all_posts=band(0, -4),
        all_kroner=band(0, -25e5),
        room=band(0, 25e5),
        room_better=(0.5,) * len(YEARS),
    )
    text = outlook_text(outlook(), basis=BASIS, language="en", change=change)
    page = outlook_page(outlook(), basis=BASIS, language="en", change=change)
    told = text.partition("What the levers change")[2]
    rows = {re.split(r"  +", line)[0]: re.split(r"  +", line)[1:] for line in told.splitlines()}
    assert rows["0-5 years"] == ["0", "8", "28 (26–30)", "48 (42–54)"]
    assert rows["80+ years"] == ["0", "0", "0", "0"]
    assert rows["All posts"][-1].startswith("−3.8 (")
    assert rows["Room for manoeuvre, million kroner"][-1] == "2.4 (2.1–2.7)"
    assert "Against the same futures without the levers." in told
    for row in rows.values():
        assert all(cell in page for cell in row)


def test_a_constraint_is_told_with_what_would_be_without() -> None:
    one = outlook(constrained_to="SSB 2026", unconstrained=band(4034, 3650))
    text = outlook_text(one, basis=BASIS, language="nb")
    assert "følger den offisielle framskrivingen SSB 2026; uten den ville det vært 3\u00a0650" in " ".join(
        text.split(" ")
    )


def test_a_ratio_to_nobody_is_a_dash_and_is_not_drawn() -> None:
    one = outlook(support_ratio=band(math.nan, math.nan))
    assert "–" in outlook_text(one, basis=BASIS, language="nb")
    assert outlook_page(one, basis=BASIS, language="nb").count("<figure") == 3
    assert outlook_page(outlook(), basis=BASIS, language="nb").count("<figure") == 4


def test_a_name_cannot_move_the_cursor_or_open_a_tag() -> None:
    basis = dataclasses.replace(BASIS, name="A\x1b[2J<b>\nB", sources=("<script>",))
    assert "\x1b" not in outlook_text(outlook(), basis=basis, language="en")
    page = outlook_page(outlook(), basis=basis, language="en")
    assert "<b>" not in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("base", "last", "years"),
    [(2026, 2051, (2026, 2030, 2040, 2050)), (2022, 2047, (2022, 2030, 2040, 2047)), (2026, 2029, (2026, 2029)),
     (2024, 2049, (2024, 2030, 2040, 2049)), (2051, 2076, (2051, 2076)), (2026, 2030, (2026, 2030))],
)  # fmt: skip
def test_the_years_that_are_shown(base: int, last: int, years: tuple[int, ...]) -> None:
    assert key_years(outlook(base_year=base, years=tuple(range(base, last + 1)))) == years


def test_drawings_are_whole_and_official_projections_stand_beside_ours() -> None:
    past = Official("2018", YEARS[:5], "80+", (300.0, 310.0, 320.0, 330.0, 340.0), (math.nan,) * 5, (math.nan,) * 5)
    other = dataclasses.replace(past, edition="2010", group="0-5")
    page = outlook_page(outlook(), basis=BASIS, language="en", officials=(past, other))
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawings) == 2 * 4  # for a desk and for a phone
    for drawing in drawings:
        ElementTree.fromstring(drawing)
    assert ["Projection of 2018" in drawing for drawing in drawings] == [False, False, True, True] + 4 * [False]
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "Projection of 2010" not in page
    assert page.count("Illustrative: made-up figures") == 1 + page.count("<figure")
