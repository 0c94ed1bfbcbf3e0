"""Every recipe of the catalogue: asked of a publisher in memory, and of one whose codes have changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.sources.tables import fhi, ssb

from samskap.kernel.errors import SamskapError
from samskap.sources import RECIPES, Client, SourceError, fetch
from samskap.sources.transport import Reply
from samskap.sources.values import MISSING, Fetched

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)
PLACES = ("4016", "4020", "0000")


class Both:
    """SSB and FHI behind one line."""

    def __init__(self) -> None:
        self.ssb, self.fhi = ssb(), fhi()

    def __call__(self, url: str, body: bytes | None, *, timeout: float, limit: int) -> Reply:
        office = self.ssb if "ssb.no" in url else self.fhi
        return office(url, body, timeout=timeout, limit=limit)


def fetched(key: str, folder: Path, line: Any, places: Sequence[str] = PLACES) -> list[Fetched]:
    client = Client(folder, transport=line, sleep=lambda _seconds: None)
    return list(fetch([key], places=places, client=client, now=NOW))


@pytest.mark.parametrize("key", RECIPES)
def test_a_recipe_gives_what_it_says(key: str, tmp_path: Path) -> None:
    recipe, line = RECIPES[key], Both()
    editions = fetched(key, tmp_path, line)
    assert editions
    for edition in editions:
        given = {figure.indicator for figure in edition.figures}
        assert given == set(recipe.gives)
        assert (edition.publisher.lower(), edition.fetched_at, edition.from_cache) == (recipe.office, NOW, False)
        assert edition.updated_at is not None
        assert edition.updated_at < NOW
        assert edition.url.startswith("https://")
        assert edition.title
        assert edition.licence == recipe.licence
        assert edition.table == (recipe.table or edition.table)
        assert {figure.place for figure in edition.figures} <= set(PLACES)
        assert all((figure.value is None) == (figure.missing in MISSING) for figure in edition.figures)
        keys = [(figure.indicator, figure.place, figure.period, figure.breakdown) for figure in edition.figures]
        assert len(keys) == len(set(keys))
    assert all(request[0].startswith("https://") for request in line.ssb.asked + line.fhi.asked)


@pytest.mark.parametrize("key", RECIPES)
def test_a_second_run_asks_nothing_and_gives_the_same(key: str, tmp_path: Path) -> None:
    first = fetched(key, tmp_path, Both())
    line = Both()
    second = fetched(key, tmp_path, line)
    assert line.ssb.asked + line.fhi.asked == []
    assert all(edition.from_cache for edition in second)
    assert [(edition.figures, edition.profiles) for edition in first] == [
        (edition.figures, edition.profiles) for edition in second
    ]


def used_codes(line: Both) -> list[tuple[str, str, str]]:
    """Table, variable and code of everything that was asked for by its code."""
    codes = []
    for url, body in line.ssb.asked:
        if "/data?" in url:
            table = url.partition("/tables/")[2][:5]
            for name, value in _asked(url, body).items():
                if name not in ("Region", "KOKkommuneregion0000", "Tid") and value != "*":
                    codes += [(table, name, code) for code in value.split(",")]
    return list(dict.fromkeys(codes))


def _asked(url: str, body: Any) -> dict[str, str]:
    from urllib.parse import parse_qsl, urlsplit

    if body:
        return {one["variableCode"]: ",".join(one["valueCodes"]) for one in body["selection"]}
    return {k[11:-1]: v for k, v in parse_qsl(urlsplit(url).query) if k.startswith("valueCodes[")}


MAY_LACK = {"100", "211", "221", "222", "223", "232", "251", "253", "281"}  # functions that not every table has


@pytest.mark.parametrize("key", [key for key, recipe in RECIPES.items() if recipe.office == "ssb"])
def test_a_code_that_is_gone_is_named_with_its_table(key: str, tmp_path: Path) -> None:
    line = Both()
    fetched(key, tmp_path / "first", line)
    used = used_codes(line)
    # Of more than a hundred ages, one is as good as all.
    ages = [one for one in used if one[1] in ("Alder", "AlderX") and len(one[2]) == 3][1:]
    wrong = []
    for number, (table, variable, code) in enumerate(one for one in used if one not in ages and one[2] not in MAY_LACK):
        changed = Both()
        there = changed.ssb.tables[table].variables[variable]
        for codes in (there.codes, *there.lists.values()):
            if code in codes:
                codes["new"] = "Noe annet enn før"
                del codes[code]
        with pytest.raises(SourceError) as caught:
            fetched(key, tmp_path / str(number), changed)
        error = caught.value
        if error.code not in ("source_changed", "source_refused") or table not in error.message:
            wrong.append((table, variable, code, str(error)))
    assert wrong == []


@pytest.mark.parametrize("key", [key for key, recipe in RECIPES.items() if recipe.office == "fhi"])
def test_a_category_that_fits_no_longer_is_named_with_its_table(key: str, tmp_path: Path) -> None:
    table = RECIPES[key].table
    for number, dimension in enumerate(fhi().tables[table][1]):
        changed = Both()
        label, categories = changed.fhi.tables[table][1][dimension]
        if dimension in ("GEO", "AAR"):
            del changed.fhi.tables[table][1][dimension]
        elif len(categories) > 1:
            renamed = {value: f"Ny {place}" for place, value in enumerate(categories)}
            changed.fhi.tables[table][1][dimension] = (label, renamed)
        else:
            continue
        with pytest.raises(SourceError) as caught:
            fetched(key, tmp_path / str(number), changed)
        assert (caught.value.code, f"FHI table {table}" in caught.value.message) == ("source_changed", True)
        assert dimension in caught.value.message


def test_keys_and_places_are_checked_before_anything_is_asked(tmp_path: Path) -> None:
    line = Both()
    for key, place, code in [
        ("popuation", "4016", "source_unknown"),
        ("population", "0817", "municipality_number_old"),
        ("population", "1507", "municipality_number_split"),
        ("population", "9999", "municipality_number_unknown"),
        ("population", "EKG1", "municipality_number_form"),
    ]:
        with pytest.raises(SamskapError) as caught:
            fetch([key], places=[place], client=Client(tmp_path, transport=line), now=NOW)
        assert caught.value.code == code
    assert line.ssb.asked == []


def test_editions_come_one_by_one_and_a_broken_run_goes_on(tmp_path: Path) -> None:
    """What is whole is given before the next is asked for; the next run asks only for what is missing."""
    line = Both()
    lost = line.ssb.tables.pop("12134")
    client = Client(tmp_path, transport=line, sleep=lambda _seconds: None)
    run = fetch(["components", "key_figures"], places=PLACES, client=client, now=NOW)
    assert next(run).table == "06913"
    with pytest.raises(SourceError, match="SSB 12134 answered with status 404"):
        next(run)
    line.ssb.tables["12134"], line.ssb.asked = lost, []
    tables = [one.table for one in fetch(["components", "key_figures"], places=PLACES, client=client, now=NOW)]
    assert tables == ["06913", "12134"]
    assert {url.partition("/tables/")[2][:5] for url, _body in line.ssb.asked} == {"12134"}


@pytest.mark.parametrize("wrong", [[], {"id": 7}, {"dimension": []}])
def test_an_answer_in_a_form_nobody_foresaw_is_an_error_of_its_table(wrong: Any, tmp_path: Path) -> None:
    """What was whole before it stays given, and no other kind of error comes out."""

    class Strange(Both):
        def __call__(self, url: str, body: bytes | None, *, timeout: float, limit: int) -> Reply:
            reply = super().__call__(url, body, timeout=timeout, limit=limit)
            if "/12134/data" not in url:
                return reply
            answer = json.loads(reply.body) | wrong if isinstance(wrong, dict) else wrong
            return Reply(200, {}, json.dumps(answer).encode())

    client = Client(tmp_path, transport=Strange(), sleep=lambda _seconds: None)
    run = fetch(["components", "key_figures"], places=PLACES, client=client, now=NOW)
    assert next(run).table == "06913"
    with pytest.raises(SourceError, match="12134"):
        next(run)


@pytest.mark.parametrize("key", ["projection", "population", "components", "youth_distress"])
def test_places_that_a_table_has_not_give_no_empty_edition(key: str, tmp_path: Path) -> None:
    assert fetched(key, tmp_path, Both(), places=["EKG01"]) == []
