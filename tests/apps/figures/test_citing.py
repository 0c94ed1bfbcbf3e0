"""Where figures come from: one line a publisher, with a link for each of its tables."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import override

from samskap.apps.figures.queries.series import Cited, CitedTable, joined

NOW = datetime(2026, 10, 12, 8, tzinfo=UTC)


def one(publisher: str, table: str, *, standing: str = "official", licence: str = "CC BY 4.0", url: str = "") -> Cited:
    tables = (CitedTable(table, url, NOW),)
    return Cited(f"Source: {publisher}, {table}", standing, url, licence, f"T{table}", publisher, tables)


def test_tables_of_one_publisher_stand_together_where_standing_and_licence_are_the_same() -> None:
    loose = Cited("From a scenario.", "ours", "/x", "", "")
    with override("en"):
        found = joined([
            one("SSB", "07459"), one("FHI", "339"), one("SSB", "14746"), loose, one("SSB", "07459"), loose,
            one("SSB", "B", standing="illustrative"), one("SSB", "C", licence="NLOD"),
        ])  # fmt: skip
    assert [(source.text, source.standing, source.title) for source in found] == [
        ("Source: SSB, tables 07459 and 14746, fetched 12 October 2026", "official", "T07459; T14746"),
        ("Source: FHI, 339", "official", "T339"),
        ("From a scenario.", "ours", ""),
        ("Source: SSB, B", "illustrative", "TB"),
        ("Source: SSB, C", "official", "TC"),
    ]
    assert joined(found) == found


def test_one_table_is_a_link_and_of_several_each_is() -> None:
    first, second = one("A & B", "<1>", url="https://a.no/1"), one("A & B", "2", url="https://a.no/2?x=1&y")
    with override("en"):
        [both] = joined([first, second])
        assert both.linked == (
            'Source: A &amp; B, tables <a class="ds-link" href="https://a.no/1" rel="noreferrer">&lt;1&gt;</a> and '
            '<a class="ds-link" href="https://a.no/2?x=1&amp;y" rel="noreferrer">2</a>, fetched 12 October 2026'
        )
    assert first.linked == (
        '<a class="ds-link" href="https://a.no/1" rel="noreferrer">Source: A &amp; B, &lt;1&gt;</a>'
    )
    assert one("A & B", "3").linked == "Source: A &amp; B, 3"
