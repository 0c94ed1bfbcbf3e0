"""The stand-alone page: whole in three languages, and safe with any words in it."""

from __future__ import annotations

import string
from html.parser import HTMLParser

import pytest
from tests.engines.opinion_map.worlds import planted

from samskap.engines.opinion_map import OpinionMap, Votes, map_opinions
from samskap.engines.opinion_map import result as results
from samskap.formats.opinion_html import map_page
from samskap.formats.opinion_words import LANGUAGES, WORDS, number, percent, say


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.add(tag)
        if tag not in ("meta", "path", "line", "circle", "polygon"):
            self.open.append(tag)
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)

    def handle_endtag(self, tag) -> None:
        if tag not in ("path", "line", "circle", "polygon"):
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def result() -> OpinionMap:
    rows, _ = planted(2, people=90, statements=14)
    sector = {f"p{i}": "public" if i < 87 else "voluntary" for i in range(90)}
    return map_opinions(Votes.from_rows(rows), strata={"sector": sector})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_in_the_language(result: OpinionMap, language) -> None:
    texts = {item.key: f"<script>{item.key}" for item in result.statements}
    page = map_page(result, title="<i>Buses", texts=texts, language=language)
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert (outline.headings[0], outline.headings.count("h1")) == ("h1", 1)
    assert not {"script", "i", "link", "img"} & outline.tags
    assert f'<html lang="{language}">' in page
    assert result.input_hash in page
    for key in ("common_ground", "divisive", "uncertain", "statements", "method", "too_few"):
        assert f"<h2>{say(key, language)}</h2>" in page


def test_every_sentence_has_three_languages_with_the_same_gaps() -> None:
    for key, sentences in WORDS.items():
        gaps = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in sentences]
        assert gaps[0] == gaps[1] == gaps[2], key
        assert all(sentences), key


def test_every_reason_and_border_has_its_sentence() -> None:
    assert set(results.Reason.__args__) <= WORDS.keys()
    assert {"clear", "gradual"} <= WORDS.keys()


def test_numbers_are_written_as_the_language_does() -> None:
    assert [percent(0.456, language=language) for language in LANGUAGES] == ["46%", "46 %", "46 %"]
    assert [number(33_338, language=language) for language in LANGUAGES] == [
        "33,338",
        "33\N{NO-BREAK SPACE}338",
        "33\N{NO-BREAK SPACE}338",
    ]
