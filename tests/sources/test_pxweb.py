"""Questions to PxWebApi 2: addresses, bodies, parts, and the sentences for tables that changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.offices import Ssb, made_up
from tests.sources.tables import ssb

from samskap.sources.catalogue import fetch
from samskap.sources.client import Client
from samskap.sources.errors import SourceError
from samskap.sources.pxweb import (
    LONGEST_ADDRESS,
    MOST_CELLS,
    Metadata,
    Selection,
    Variable,
    address,
    ask,
    describe,
    posted,
    search,
    split,
)

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


def asked_of(office: Ssb, folder: Path) -> Client:
    return Client(folder, transport=office, sleep=lambda _seconds: None)


def test_a_short_question_is_an_address() -> None:
    selections = [
        Selection("Region", ("K-4016", "K-4020"), "agg_KommSummer", is_summed=True),
        Selection("Sektor", ("A+B+D+E.5-7",)),
        Selection("Tid", ("from(2020)",)),
    ]
    assert address("13472", selections) == (
        "https://data.ssb.no/api/pxwebapi/v2/tables/13472/data?lang=no&outputFormat=json-stat2"
        "&valueCodes%5BRegion%5D=K-4016,K-4020&codelist%5BRegion%5D=agg_KommSummer&outputValues%5BRegion%5D=aggregated"
        "&valueCodes%5BSektor%5D=A%2BB%2BD%2BE.5-7&valueCodes%5BTid%5D=from(2020)"
    )


def test_a_long_question_has_a_body() -> None:
    selections = [Selection("Region", ("K-4016",), "agg_KommSummer", is_summed=True), Selection("Tid", ("*",))]
    assert posted("07459", selections) == (
        "https://data.ssb.no/api/pxwebapi/v2/tables/07459/data?lang=no&outputFormat=json-stat2"
        "&outputValues%5BRegion%5D=aggregated",
        {
            "selection": [
                {"variableCode": "Region", "valueCodes": ["K-4016"], "codelist": "agg_KommSummer"},
                {"variableCode": "Tid", "valueCodes": ["*"]},
            ]
        },
    )


def test_get_and_post_give_the_same_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = ssb()
    client = asked_of(office, tmp_path)
    metadata = describe(client, "07459", now=NOW)
    selections = [
        Selection("Region", ("K-4016", "K-4020"), "agg_KommSummer", is_summed=True),
        Selection("ContentsCode", ("Personer1",)),
        Selection("Tid", ("from(2024)",)),
    ]
    office.asked.clear()
    by_address, _ = ask(client, metadata, selections, now=NOW)
    monkeypatch.setattr("samskap.sources.pxweb.LONGEST_ADDRESS", 100)
    by_body, _ = ask(client, metadata, [*selections[:2], Selection("Tid", ("2024", "2025"))], now=NOW)
    assert [body is None for _url, body in office.asked] == [True, False]
    assert by_address == by_body
    assert by_address.values == tuple(
        made_up("07459", {"Region": region, "ContentsCode": "Personer1", "Tid": year})
        for region in ("K-4016", "K-4020")
        for year in ("2024", "2025")
    )
    assert LONGEST_ADDRESS < 2100


def table(regions: int, others: int) -> Metadata:
    variables = {
        "Region": Variable("Region", "region", {str(n): str(n) for n in range(regions)}, (), True),
        "Tid": Variable("Tid", "år", {str(n): str(n) for n in range(others)}, (), True),
    }
    return Metadata("07459", "Folkemengde", None, variables)


@settings(deadline=None)
@given(st.integers(1, 400), st.integers(1, 20_000))
def test_parts_hold_every_place_once_and_no_more_cells_than_allowed(regions: int, others: int) -> None:
    metadata = table(regions, others)
    codes = tuple(metadata.variable("Region").codes)
    parts = list(split(metadata, [Selection("Region", codes), Selection("Tid", ("*",))], by="Region"))
    assert [code for part in parts for code in part[0].values] == list(codes)
    assert all(len(part[0].values) * others <= MOST_CELLS for part in parts)
    fewest = -(-regions // (MOST_CELLS // others))
    assert len(parts) == fewest


def test_a_place_that_is_too_much_alone_is_told() -> None:
    with pytest.raises(SourceError, match="has 900000 cells for one place, and gives at most 800000"):
        list(split(table(2, 900_000), [Selection("Region", ("0",)), Selection("Tid", ("*",))], by="Region"))


def test_a_table_over_the_limit_comes_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three municipalities with 106 ages, 2 sexes and 8 years, where one fits in an answer and two do not."""
    monkeypatch.setattr("samskap.sources.pxweb.MOST_CELLS", 2_000)
    office = ssb()
    office.most = 2_000
    client = asked_of(office, tmp_path)
    [edition] = fetch(["population"], places=["4016", "4020", "1508"], client=client, now=NOW)
    assert office.cells == [106 * 2 * 8] * 3
    assert len(edition.profiles) == 3 * 8


def test_every_page_of_the_list_of_tables_is_read(tmp_path: Path) -> None:
    office = ssb()
    found = [entry["id"] for entry in search(asked_of(office, tmp_path), "title:Framskrevet folkemengde", now=NOW)]
    assert found == ["14746", "14288", "12882", "08825"]


METADATA = Metadata(
    "12134",
    "Nøkkeltall",
    None,
    {
        "ContentsCode": Variable("ContentsCode", "", {"A": "Netto driftsresultat", "B": "Frie inntekter"}, (), True),
        "Region": Variable("Region", "", {str(n): f"Kommune {n}" for n in range(30)}, ("agg_KommGjeldende",), True),
        "Omfang": Variable("Omfang", "", {"A": "Konsern"}, (), True),
    },
)


def test_codes_are_found_by_themselves_or_by_their_labels() -> None:
    assert METADATA.code("ContentsCode", code="A", label="driftsresultat") == "A"
    assert METADATA.code("ContentsCode", label="^frie") == "B"
    assert METADATA.only("Omfang") == "A"
    assert METADATA.codelist("Region", "agg_KommGjeldende") == "agg_KommGjeldende"


CURE = " Update Samskap; if that does not help, tell us which table it is."


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: METADATA.code("ContentsCode", code="C"),
         "SSB table 12134 no longer has the code C in ContentsCode. It has A (Netto driftsresultat), "
         "B (Frie inntekter)." + CURE),
        (lambda: METADATA.code("ContentsCode", code="A", label="gjeld"),
         "SSB table 12134 has “Netto driftsresultat” under the code A in ContentsCode, not “gjeld”. It has "
         "A (Netto driftsresultat), B (Frie inntekter)." + CURE),
        (lambda: METADATA.code("ContentsCode", label="gjeld"),
         "SSB table 12134 has none where one of ContentsCode should be like “gjeld”. It has A (Netto driftsresultat), "
         "B (Frie inntekter)." + CURE),
        (lambda: METADATA.code("ContentsCode", label="t"),
         "SSB table 12134 has 2 where one of ContentsCode should be like “t”. It has A (Netto driftsresultat), "
         "B (Frie inntekter)." + CURE),
        (lambda: METADATA.only("ContentsCode"),
         "SSB table 12134 now has the variable ContentsCode, and one of its codes must be chosen. It has "
         "A (Netto driftsresultat), B (Frie inntekter)." + CURE),
        (lambda: METADATA.variable("Tid"),
         "SSB table 12134 no longer has the variable Tid. It has ContentsCode, Region, Omfang." + CURE),
        (lambda: METADATA.codelist("Region", "agg_X"),
         "SSB table 12134 no longer has the code list agg_X for Region. It has agg_KommGjeldende." + CURE),
        (lambda: METADATA.codelist("Omfang", "agg_X"),
         "SSB table 12134 no longer has the code list agg_X for Omfang. It has nothing." + CURE),
        (lambda: METADATA.code("Region", code="99"),
         "SSB table 12134 no longer has the code 99 in Region. It has 0 (Kommune 0), 1 (Kommune 1), 2 (Kommune 2), "
         "3 (Kommune 3), 4 (Kommune 4), 5 (Kommune 5), 6 (Kommune 6), 7 (Kommune 7) and 22 more." + CURE),
    ],
)  # fmt: skip
def test_a_table_that_changed_is_told_in_a_sentence(call: object, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        call()  # type: ignore[operator]
    assert (caught.value.code, str(caught.value)) == ("source_changed", said)
