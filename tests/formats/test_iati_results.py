"""IATI results: written as the standard demands, read back whole, and what is wrong told in sentences."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from samskap.formats.errors import FormatError
from samskap.formats.iati_results import (
    PROBLEMS,
    Activity,
    Baseline,
    Body,
    Document,
    Own,
    Period,
    Result,
    in_language,
    read_results,
    written_results,
)
from samskap.formats.safe_xml import MOST_BYTES, MOST_DEEP, tree_of

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("iati_results.xsd")))
MADE = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)

SIGNS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
WORDS = st.text(SIGNS, min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
TEXTS = st.fixed_dictionaries({"nb": WORDS}, optional={"nn": WORDS, "en": WORDS}).map(
    lambda found: tuple(found.items())
)
VALUES = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> tuple[Period, ...]:
    ends = sorted(draw(st.sets(DAYS, max_size=4)))
    found = []
    for end in ends:
        actual = draw(st.none() | VALUES)
        told = {} if actual is None else {"source": draw(st.just("") | WORDS), "cause": draw(st.just("") | WORDS)}
        found.append(
            Period(end - timedelta(days=draw(st.integers(0, 400))), end, draw(st.none() | VALUES), actual, **told)
        )
    return tuple(found)


OWN = st.builds(
    Own, kind=st.sampled_from(["saved_money", "quality"]), certainty=st.sampled_from(["sure", "hoped"]),
    gainer_sector=st.sampled_from(["public", "people"]), effects_from=DAYS, owner_organisation=WORDS, gainer=TEXTS,
    owner_role=TEXTS, unit=TEXTS, is_harm=st.booleans(), is_planned=st.booleans(), allows_negative=st.booleans(),
)  # fmt: skip
BASELINES = st.builds(
    lambda day, value, source: Baseline(day.year, value, day, source), DAYS, VALUES, st.just("") | WORDS
)
RESULTS = st.builds(
    Result,
    type=st.sampled_from(["1", "2", "3", "9"]),
    title=TEXTS,
    indicator=TEXTS,
    measure=st.sampled_from(["1", "2"]),
    is_ascending=st.booleans(),
    text=st.just(()) | TEXTS,
    baseline=st.none() | BASELINES,
    periods=periods(),
    own=st.none() | OWN,
)


def activity(*results: Result) -> Activity:
    body = Body("Prøveby", "NO-BRC-123456785", "11")
    return Activity(
        identifier="NO-BRC-123456785-1", language="nb", title=(("nb", "Bygdebil"), ("en", "Van")), text=(),
        reporter=body, implementer=Body("Laget", type="22"), status="2", starts_on=date(2026, 1, 1), has_started=True,
        results=results,
    )  # fmt: skip


def written(*results: Result) -> bytes:
    return written_results(Document((activity(*results),), MADE))


def checked(content: bytes) -> bytes:
    SCHEMA.assertValid(etree.fromstring(content))
    return content


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(RESULTS, max_size=3))
def test_what_is_written_is_valid_and_read_back_whole(results: list[Result]) -> None:
    content = checked(written(*results))
    (found,) = read_results(content).activities
    assert (found.problems, found.left_out) == ((), ())
    assert found.results == tuple(results)
    assert (found.identifier, found.title, found.reporter) == (
        "NO-BRC-123456785-1", (("nb", "Bygdebil"), ("en", "Van")), "Prøveby",
    )  # fmt: skip


ONE = Result(
    "2", (("nb", "Færre timer"),), (("nb", "Timer i uka"),), is_ascending=False,
    baseline=Baseline(2025, Decimal("40.5"), date(2025, 10, 1), "Telling"),
    periods=(
        Period(date(2026, 1, 1), date(2026, 6, 30), Decimal(35), Decimal(36), "Telling", "Sen start"),
        Period(date(2026, 7, 1), date(2026, 12, 31), Decimal(30)),
    ),
)  # fmt: skip


def test_a_file_says_what_one_would_write_by_hand() -> None:
    root = etree.fromstring(checked(written(ONE)))
    assert (root.get("version"), root.get("generated-datetime")) == ("2.03", "2026-11-29T12:00:00Z")
    indicator = root.find(".//indicator")
    assert dict(indicator.attrib) == {"measure": "1", "ascending": "false"}
    assert dict(indicator.find("baseline").attrib) == {"iso-date": "2025-10-01", "year": "2025", "value": "40.5"}
    told = [
        (one.find("period-start").get("iso-date"), one.find("period-end").get("iso-date"),
         one.find("target").get("value"), [actual.get("value") for actual in one.findall("actual")])
        for one in indicator.findall("period")
    ]  # fmt: skip
    assert told == [("2026-01-01", "2026-06-30", "35", ["36"]), ("2026-07-01", "2026-12-31", "30", [])]
    assert root.find(".//actual/comment/narrative").text == "Telling"


def test_a_description_keeps_its_lines() -> None:
    told = Result("2", (("nb", "A"),), (("nb", "B"),), text=(("nb", "Først\n\nså"),))
    assert read_results(written(told)).activities[0].results == (told,)


def test_a_made_up_municipality_says_so_and_signs_that_xml_cannot_hold_are_gone() -> None:
    odd = Result("2", (("nb", "A\x00\x0b\ud800B"),), (("nb", "C"),))
    content = written_results(Document((activity(odd),), MADE, is_illustrative=True))
    reading = read_results(content)
    assert reading.is_illustrative
    assert reading.activities[0].results[0].title == (("nb", "AB"),)


# --- Files of others ---

FOREIGN = """<iati-activities version="2.03"><iati-activity xml:lang="en">
  <iati-identifier> XM-1 </iati-identifier><reporting-org ref="XM"><narrative>Office</narrative></reporting-org>
  <title><narrative>Clinics</narrative></title>
  <location ref="L1"/>
  <result type="2"><title><narrative>Care</narrative><narrative xml:lang="fr">Soins</narrative></title>{inner}</result>
</iati-activity></iati-activities>"""
INDICATOR = '<indicator measure="{measure}"><title><narrative>Visits</narrative></title>{inside}</indicator>'
PERIOD = '<period><period-start iso-date="{start}"/><period-end iso-date="{end}"/>{inside}</period>'
WISH = b"""<s:benefit xmlns:s="urn:samskap:results:1" kind="wish" certainty="sure" gainer-sector="people"
  effects-from="2026-01-01"/></result>"""


def foreign(*inside: str, measure: str = "1") -> bytes:
    return FOREIGN.format(inner=INDICATOR.format(measure=measure, inside="".join(inside))).encode()


def period(start: str = "2026-01-01", end: str = "2026-12-31", inside: str = '<target value="5"/>') -> str:
    return PERIOD.format(start=start, end=end, inside=inside)


def test_a_file_of_others_is_read_without_what_only_ours_have() -> None:
    content = foreign(
        '<baseline year="2025" value="3"><comment><narrative>Register</narrative></comment></baseline>', period()
    )
    (found,) = read_results(content).activities
    assert (found.identifier, found.reporter, found.problems) == ("XM-1", "Office", ())
    assert found.results == (
        Result(
            "2", (("en", "Care"), ("fr", "Soins")), (("en", "Visits"),),
            baseline=Baseline(2025, Decimal(3), None, "Register"),
            periods=(Period(date(2026, 1, 1), date(2026, 12, 31), Decimal(5)),),
        ),
    )  # fmt: skip


def test_each_indicator_is_a_result_of_its_own_named_by_both() -> None:
    two = INDICATOR.format(measure="2", inside="") + INDICATOR.format(measure="1", inside="")
    (found,) = read_results(FOREIGN.format(inner=two).encode()).activities
    assert [(one.title, one.measure) for one in found.results] == [
        ((("en", "Care: Visits"),), "2"), ((("en", "Care: Visits"),), "1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (foreign(measure=""), "The indicator of “Care” has no unit: the attribute measure is missing."),
        (foreign(measure="7"), "The measure “7” of “Care” is not in the code list of IATI."),
        (foreign('<baseline year="2025"/>'), "A baseline of “Care” has no value."),
        (foreign('<baseline year="2025" value="many"/>'), "The baseline “many” of “Care” is not a number."),
        (foreign('<baseline year="25" value="1"/>'), "The year “25” of the baseline of “Care” is not a year."),
        (
            foreign('<baseline year="2025" iso-date="2024-12-31" value="1"/>'),
            "The baseline of “Care” is dated 2024-12-31, and its year is another.",
        ),
        (foreign('<baseline year="2025" value="1"/>' * 2), "“Care” has more than one baseline for the same time."),
        (foreign(period(end="")), "A period-end of “Care” has no date."),
        (foreign(period(end="2026-02-30")), "The date “2026-02-30” of a period-end of “Care” is not a date."),
        (
            foreign(period("2026-12-31", "2026-01-01")),
            "A period of “Care” ends on 2026-01-01, before it starts on 2026-12-31.",
        ),
        (
            foreign(period("2027-01-01", "2027-12-31"), period()),
            "The periods of “Care” are not in order: one that ends on 2026-12-31 comes after 2027-12-31.",
        ),
        (foreign(period(inside="<target/>")), "A target of “Care” has no value."),
        (foreign(period(inside='<actual value="1e5"/>')), "The actual “1e5” of “Care” is not a number."),
        (
            foreign(period(inside='<actual value="0.00001"/>')),
            "The actual “0.00001” of “Care” has more than 14 digits or more than 4 decimals.",
        ),
        (
            foreign(period(inside='<target value="1"/><target value="2"/>')),
            "“Care” has more than one target for the same time.",
        ),
        (
            written(ONE).replace(b"</result>", WISH),
            "“wish” is not a kind that this version knows, in “Færre timer”.",
        ),
        (FOREIGN.replace("<narrative>Care</narrative>", "").replace('<narrative xml:lang="fr">Soins</narrative>', "")
         .format(inner=INDICATOR.format(measure="1", inside="")).encode(), "Result Visits has no title."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_a_sentence(content: bytes, told: str) -> None:
    (found,) = read_results(content).activities
    assert [str(problem) for problem in found.problems] == [told]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    (found,) = read_results(foreign('<baseline year="x" value="y"/>', period(end="z"), measure="9")).activities
    assert [problem.key for problem in found.problems] == ["measure_unknown", "value_wrong", "year_wrong", "date_wrong"]


def test_what_has_no_number_or_is_of_a_group_alone_is_left_out_and_told() -> None:
    (found,) = read_results(foreign(period(), measure="5")).activities
    assert (found.results, [str(one) for one in found.left_out]) == (
        (), ["“Care” is left out: it is described in words and has no number to follow."],
    )  # fmt: skip
    split = '<actual value="1"><dimension name="sex" value="female"/></actual><actual value="3"/>'
    (found,) = read_results(foreign(period(inside=split))).activities
    assert found.results[0].periods[0].actual == 3
    assert [one.key for one in found.left_out] == ["split_left_out"]
    assert {one.key for one in found.left_out} <= set(PROBLEMS)


# --- What is no such file ---


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml_empty"),
        (b" \n", "xml_empty"),
        (b"Tiltak;2026", "xml_broken"),
        (b"<a><b></a>", "xml_broken"),
        (b"<a>", "xml_broken"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "xml_broken"),
        (b"<a>\x00</a>", "xml_broken"),
        (b"<a>&x;</a>", "xml_broken"),
        (b"<!DOCTYPE iati-activities><iati-activities/>", "xml_doctype"),
        (b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>', "xml_doctype"),
        (b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>', "xml_doctype"),
        (b"<a>" * (MOST_DEEP + 1), "xml_too_many"),
        (b"<!--" + b"x" * MOST_BYTES + b"--><a/>", "xml_too_large"),
        (b"<iati-organisations version='2.03'/>", "iati_root"),
        (b"<iati-activities version='1.05'/>", "iati_version"),
        (b"<iati-activities/>", "iati_version"),
        (b"<iati-activities version='2.03'/>", "iati_no_activity"),
    ],
)
def test_a_file_that_is_none_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        read_results(content)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_the_tree_is_that_of_the_library() -> None:
    content = '<a xmlns:s="urn:s" xml:lang="nb"><s:b s:c="1">æ</s:b>t<d/></a>'.encode()
    theirs = etree.fromstring(content)
    assert [(one.tag, dict(one.attrib), one.text, one.tail) for one in tree_of(content).iter()] == [
        (one.tag, dict(one.attrib), one.text, one.tail) for one in theirs.iter()
    ]


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=60) | st.text("<>/=\"' ab&;!-[]", max_size=40).map(str.encode))
def test_no_file_at_all_stops_the_reader_otherwise(content: bytes) -> None:
    try:
        read_results(content)
    except FormatError:
        return


def test_the_wanted_language_is_taken_else_the_first() -> None:
    texts = (("nb", "a"), ("en", "b"))
    assert [in_language(texts, *wanted) for wanted in (["en"], ["nn", "nb"], ["fr"])] == ["b", "a", "a"]
    assert in_language((), "nb") == ""
