"""An outlook as rows: everything in it once, with its unit, and nothing where there is no number."""

from __future__ import annotations

import csv
import dataclasses
import io
import math

from tests.formats.outlooks import BASIS, YEARS, band, money, outlook

from samskap.engines.outlook import SERVICES, Band, MoneyPath, Outlook
from samskap.formats.outlook_csv import COLUMNS, written_outlook


def parts(one: Outlook) -> tuple[dict[str, str], list[dict[str, str]]]:
    lines = written_outlook(one, basis=BASIS).decode().splitlines()
    said = dict(line.removeprefix("# ").split(": ", 1) for line in lines if line.startswith("#"))
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    return said, rows


def test_what_it_was_made_from_stands_before_the_header() -> None:
    said, rows = parts(outlook())
    assert said == {
        "name": "Drangedal", "standing": "illustrative", "source": "Samskap (tenkte tall), tabell E1",
        "price_year": "2025", "draws": "1000", "seed": "2026", "engine": "outlook 1", "input_hash": "ab" * 32,
    }  # fmt: skip
    assert tuple(rows[0]) == COLUMNS


def test_every_band_of_an_outlook_is_there_once_for_each_year() -> None:
    _said, rows = parts(outlook())
    keys = [(row["quantity"], row["part"], row["year"]) for row in rows]
    assert len(keys) == len(set(keys))
    of_money = [f"money_{f.name}" for f in dataclasses.fields(MoneyPath) if isinstance(getattr(money(), f.name), Band)]
    alone = ["population", "births", "deaths", "net_moves", "workforce", "support_ratio", "posts", "posts_share"]
    closing = ["closing_cash", "closing_freed_posts", "closing_share_of_gap"]
    of_services = [f"service_{name}" for name in ("users", "posts", "kroner", "must", "chosen")]
    wanted = {(name, "") for name in (*alone, *of_money, *closing, "money_chance_negative")}
    wanted |= {("group", group) for group in outlook().groups}
    wanted |= {(name, service) for name in of_services for service in SERVICES}
    for year in YEARS:
        assert {(q, p) for q, p, found in keys if found == str(year)} == wanted
    assert {(q, p) for q, p, found in keys if not found} == {
        ("money_gap_to_target", ""), ("money_gap_for_ever", ""), ("money_first_likely_negative", ""),
        ("money_funds_last", ""), *(("explained", one.layer) for one in outlook().explained),
    }  # fmt: skip


def test_numbers_and_units_are_those_of_the_outlook() -> None:
    one = outlook()
    _said, rows = parts(one)
    found = {(row["quantity"], row["part"], row["year"]): row for row in rows}
    last = found["group", "80+", "2051"]
    assert (last["place"], last["unit"]) == ("4016", "persons")
    for name in (field.name for field in dataclasses.fields(Band)):
        assert math.isclose(float(last[name]), getattr(one.groups["80+"], name)[-1], rel_tol=1e-8)
    units = {key[:2]: row["unit"] for key, row in found.items()}
    assert units["service_users", "care"] == "recipients"
    assert units["service_users", "health"] == "need"
    assert (units["money_room", ""], units["money_room_share", ""]) == ("kroner", "percent")
    assert found["money_gap_to_target", "", ""]["p90"] == "3.9"
    assert found["money_first_likely_negative", "", ""]["mean"] == "2033"


def test_what_is_no_number_is_left_empty() -> None:
    _said, rows = parts(outlook(support_ratio=band(math.nan, math.nan), money=None, closing=None))
    assert {row["mean"] for row in rows if row["quantity"] == "support_ratio"} == {""}
    assert not [row for row in rows if row["quantity"].startswith(("money_", "closing_"))]


def test_equal_outlooks_give_equal_bytes() -> None:
    assert written_outlook(outlook(), basis=BASIS) == written_outlook(outlook(), basis=BASIS)
