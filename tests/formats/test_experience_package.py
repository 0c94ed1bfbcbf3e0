"""An experience package: equal ones are equal bytes, it reads back, and nothing changed or odd gets through."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.experiences import package, with_parts

from samskap.formats import experience_package, frozen
from samskap.formats.errors import FormatError
from samskap.formats.experience_package import LARGEST_BYTES, NOTICE, Package, parts_in, read, written
from samskap.formats.experience_values import StoryTold, ValueOn


def plain_bytes(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def plain_sum(value: Any) -> str:
    return hashlib.sha256(plain_bytes(value)).hexdigest()


def sealed(document: dict[str, Any]) -> bytes:
    """A document with sums that are right, as somebody would make it who knows the form."""
    rest = {name: value for name, value in document.items() if name not in ("sums", "sha256")}
    rest["sums"] = {name: plain_sum(part) for name, part in rest["parts"].items()}
    return plain_bytes({**rest, "sha256": plain_sum(rest)})


def document_of(made: Package) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(made))
    return found


def refused(data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        read(data)
    return caught.value


def test_a_package_reads_back_equal_and_is_the_same_bytes_each_time() -> None:
    made = package()
    received = read(written(made))
    assert (received.package, received.unknown) == (made, ())
    assert written(received.package) == written(made) == sealed(document_of(made))


def test_the_document_says_what_it_is_and_what_the_holder_must_know() -> None:
    document = document_of(package())
    assert {name: document[name] for name in ("format", "version", "key", "exported_at", "notice")} == {
        "format": "samskap-experience", "version": 1, "key": "4030-7", "exported_at": "2026-11-20T12:00:00Z",
        "notice": NOTICE,
    }  # fmt: skip
    assert set(document["sums"]) == set(document["parts"]) == {
        "initiative", "costs", "risks", "affected", "chain", "benefits", "appraisal", "stories",
    }  # fmt: skip


def test_parts_that_were_stored_read_back() -> None:
    made = package()
    assert parts_in(json.loads(json.dumps(frozen.plain(made.parts)))) == made.parts


def test_the_fingerprint_is_of_the_content_and_not_of_the_day() -> None:
    made = package()
    later = replace(made, exported_at="2027-01-01T00:00:00Z")
    other = with_parts(made, stories=())
    first, second, third = (read(written(one)).fingerprint for one in (made, later, other))
    assert first == second
    assert first != third


@settings(max_examples=50)
@given(place=st.integers(min_value=0, max_value=len(written(package())) - 1), byte=st.integers(0, 255))
def test_one_byte_that_is_changed_is_found(place: int, byte: int) -> None:
    data = written(package())
    if data[place] == byte:
        return
    code = refused(data[:place] + bytes([byte]) + data[place + 1 :]).code
    assert code in {
        "format_experience", "format_experience_unreadable", "format_experience_changed",
    }  # fmt: skip


@pytest.mark.parametrize("piece", [b"Bussen", b'"2028-05-01"', b"450000", b'"31.5"', b"4030-7", b'"version": 1'])
def test_what_is_said_cannot_be_changed_by_a_byte(piece: bytes) -> None:
    data = written(package())
    at = data.index(piece) + len(piece) // 2
    error = refused(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    assert error.code in ("format_experience_changed", "format_experience_unreadable")


def test_the_part_that_was_changed_is_named() -> None:
    error = refused(written(package()).replace("Bussen går tom.".encode(), "Bussen går full.".encode()))
    assert (error.code, error.gaps) == ("format_experience_changed", {"part": "initiative"})


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\n",
        lambda data: data.replace(b'"version": 1', b'"version":  1'),
        lambda data: data.replace(b'"version": 1', b'"version": 1,\n "version": 1'),
        lambda data: data.replace("å".encode(), rb"\u00e5"),
    ],
    ids=["a line more", "a space more", "a field twice", "a letter written otherwise"],
)
def test_another_way_to_write_the_same_is_a_change(change: Callable[[bytes], bytes]) -> None:
    assert refused(change(written(package()))).code == "format_experience_changed"


def test_a_newer_version_has_a_sentence_of_its_own() -> None:
    error = refused(sealed(document_of(package()) | {"version": 2}))
    assert (error.code, error.gaps) == ("format_experience_newer", {"version": 2, "known": 1})


@pytest.mark.parametrize("version", [0, -1, "1", True, None])
def test_a_version_that_never_was_is_refused(version: object) -> None:
    assert refused(sealed(document_of(package()) | {"version": version})).code == "format_experience_field"


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"PK\x03\x04", b"[" * 100_000, b'{"a": 1e999}', b'{"a": NaN}', b'{"a": "\\ud800"}',
     b'{"a": ' + b"9" * 5_000 + b"}", b"<html>"],
    ids=["empty", "not UTF-8", "a zip", "deep", "endless", "no number", "half a character", "huge number", "HTML"],
)  # fmt: skip
def test_a_file_of_another_kind_is_not_read(data: bytes) -> None:
    assert refused(data).code == "format_experience_unreadable"


@pytest.mark.parametrize("data", [b"[]", b"{}", b'"samskap-experience"', b'{"format": "samskap-count"}'])
def test_json_of_another_kind_is_no_package(data: bytes) -> None:
    assert refused(data).code == "format_experience"


def test_a_file_that_is_too_large_is_not_read_at_all() -> None:
    assert refused(b"[" * (LARGEST_BYTES + 1)).code == "format_experience_large"
    story = StoryTold("1", "nb", "", "x" * 20_000, "", "2028-01-01")
    with pytest.raises(FormatError) as caught:
        written(with_parts(package(), stories=tuple(replace(story, key=str(at)) for at in range(120))))
    assert caught.value.code == "format_experience_large"


def test_fields_that_this_version_does_not_know_are_reported_and_left_out() -> None:
    document = document_of(package())
    document["colour"] = "red"
    document["origin"]["mayor"] = "x"
    document["parts"]["music"] = [1]
    document["parts"]["benefits"][0]["weight"] = {"a": 1}
    document["parts"]["initiative"]["words"]["nb"]["poem"] = "<script>"
    received = read(sealed(document))
    assert received.package == package()
    assert sorted(received.unknown) == [
        "colour", "origin.mayor", "parts.benefits[0].weight", "parts.initiative.words.nb.poem", "parts.music",
    ]  # fmt: skip


def changed(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The document with another value at a path such as `parts.costs.0.year`."""
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inner: Any = document
    for step in way:
        inner = inner[step]
    inner[last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("key", "4016-7", "key"),
        ("key", "x" * 200, "key"),
        ("origin.number", "403", "key"),
        ("origin.name", " ", "origin.name"),
        ("origin.address", "javascript:alert(1)", "origin.address"),
        ("origin.check", "https://bank.example@evil.example/", "origin.check"),
        ("origin.check", "//evil.example", "origin.check"),
        ("exported_at", "20. november", "exported_at"),
        ("exported_at", "2026-02-30T00:00:00Z", "exported_at"),
        ("parts.costs.0.year", 1999, "parts.costs[0].year"),
        ("parts.costs.0.amount_nok", -1, "parts.costs[0].amount_nok"),
        ("parts.costs.0.amount_nok", 12.0, None),
        ("parts.risks.0.likelihood", 4, "parts.risks[0]"),
        ("parts.initiative.words.nb.title", "", "parts.initiative.words.nb.title"),
        ("parts.initiative.words.nb.title", "x" * 161, "parts.initiative.words.nb.title"),
        ("parts.initiative.words.nb.problem", "a\x00b", "parts.initiative.words.nb.problem"),
        ("parts.initiative.words.nb.problem", "a\x1b[31m", "parts.initiative.words.nb.problem"),
        ("parts.initiative.language", "nn", "parts.initiative.words"),
        ("parts.initiative.language", "se", "parts.initiative.language"),
        ("parts.initiative.starts_on", "2024", "parts.initiative.starts_on"),
        ("parts.initiative.is_illustrative", 0, "package.parts.initiative.is_illustrative"),
        ("parts.benefits.0.kind", "happiness", "package.parts.benefits[0].kind"),
        ("parts.benefits.0.link", "9", "parts.benefits[0].link"),
        ("parts.benefits.0.measured.0.value", "NaN", "parts.benefits[0].measured[0].value"),
        ("parts.benefits.0.measured.0.value", "1e9", "parts.benefits[0].measured[0].value"),
        ("parts.chain.arrows.0.target", "1", "parts.chain.arrows[0]"),
        ("parts.chain.links.1.key", "1", "parts.chain.links"),
        ("parts.stories.0.until", "for alltid", "parts.stories[0].until"),
        ("parts.stories.0.text", " ", "parts.stories[0].text"),
        ("parts.stories", "mange", "package.parts.stories"),
        ("parts.stories", [{}], "package.parts.stories[0].key"),
    ],
)
def test_a_field_that_cannot_be_right_is_named(path: str, value: Any, at: str | None) -> None:
    error = refused(sealed(changed(document_of(package()), path, value)))
    expected = ("format_experience_unreadable", None) if at is None else ("format_experience_field", at)
    assert (error.code, error.gaps.get("at")) == expected


def test_a_part_that_is_missing_is_named() -> None:
    document = document_of(package())
    del document["parts"]["chain"]
    assert refused(sealed(document)).gaps["at"] == "package.parts.chain"


def test_what_would_not_be_read_again_is_not_written() -> None:
    benefit = package().parts.benefits[0]
    wrong = replace(benefit, targets=(ValueOn("2025-12-01", "mange", "", ""),))
    with pytest.raises(FormatError) as caught:
        written(with_parts(package(), benefits=(wrong,)))
    assert caught.value.code == "format_experience_field"


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80)


@settings(max_examples=40)
@given(title=TEXTS.filter(str.strip), problem=TEXTS, name=TEXTS, told=TEXTS.filter(str.strip))
def test_whatever_people_write_comes_back_as_it_was(title: str, problem: str, name: str, told: str) -> None:
    made = package()
    first = made.parts.initiative
    words = {"nb": replace(first.words["nb"], title=title, problem=problem)}
    story = replace(made.parts.stories[0], name=name, text=told)
    changed_one = with_parts(made, initiative=replace(first, words=words), stories=(story,))
    assert read(written(changed_one)).package == changed_one


def test_the_module_gives_what_it_lists() -> None:
    assert all(hasattr(experience_package, name) for name in experience_package.__all__)


def test_the_reference_names_every_field() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/reference/experience-package.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w-]+)`", page))

    def fields(value: Any) -> set[str]:
        if isinstance(value, dict):
            inner = {name for each in value.values() for name in fields(each)}
            return inner | (set(value) - {"nb", "nn", "en"})
        return {name for each in value for name in fields(each)} if isinstance(value, list) else set()

    document = document_of(package())
    del document["sums"]
    assert fields(document) - named == set()
