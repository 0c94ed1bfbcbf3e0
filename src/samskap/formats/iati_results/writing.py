"""IATI results to XML, in the order that the schema of the standard demands."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from samskap.formats.iati_results.document import (
    NAMESPACE,
    VERSION,
    Activity,
    Baseline,
    Body,
    Document,
    Own,
    Period,
    Result,
    Texts,
)

__all__ = ["written_results"]

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
COUNTRY = "NO"
SCOPE = "7"  # one administrative area of the second level: a municipality
SECTOR = "15185"  # local government administration, in the purpose codes of OECD DAC
ACCOUNTABLE, IMPLEMENTING = "2", "4"
PLANNED_START, ACTUAL_START = "1", "2"

_UNWRITABLE = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

register_namespace("samskap", NAMESPACE)


def written_results(document: Document) -> bytes:
    """The file, in UTF-8. Equal documents give equal bytes."""
    made = document.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    root = Element("iati-activities", {"version": VERSION, "generated-datetime": made})
    if document.is_illustrative:
        root.set(_own("illustrative"), "true")
    for activity in document.activities:
        _activity(root, activity)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _activity(root: Element, activity: Activity) -> None:
    found = SubElement(root, "iati-activity", {LANG: activity.language})
    SubElement(found, "iati-identifier").text = _clean(activity.identifier)
    _body(found, "reporting-org", activity.reporter)
    write = _narrator(activity.language)
    write(SubElement(found, "title"), activity.title)
    write(SubElement(found, "description", {"type": "1"}), activity.text or activity.title)
    _body(found, "participating-org", activity.reporter, role=ACCOUNTABLE)
    _body(found, "participating-org", activity.implementer, role=IMPLEMENTING)
    SubElement(found, "activity-status", {"code": activity.status})
    start = ACTUAL_START if activity.has_started else PLANNED_START
    SubElement(found, "activity-date", {"type": start, "iso-date": activity.starts_on.isoformat()})
    SubElement(found, "activity-scope", {"code": SCOPE})
    SubElement(found, "recipient-country", {"code": COUNTRY})
    SubElement(found, "sector", {"vocabulary": "1", "code": SECTOR})
    for result in activity.results:
        _result(found, result, write)


def _body(parent: Element, name: str, body: Body, *, role: str = "") -> None:
    said = {"ref": body.ref, "type": body.type, "role": role}
    found = SubElement(parent, name, {key: _clean(value) for key, value in said.items() if value})
    SubElement(found, "narrative").text = _clean(body.name)


Write = Callable[[Element, Texts], None]


def _narrator(language: str) -> Write:
    """Writes narratives; one in the language of the activity does not say so again."""

    def write(parent: Element, texts: Texts) -> None:
        for code, words in texts:
            said = {LANG: code} if code and code != language else {}
            SubElement(parent, "narrative", said).text = _clean(words)

    return write


def _result(parent: Element, result: Result, write: Write) -> None:
    found = SubElement(parent, "result", {"type": result.type, "aggregation-status": "false"})
    write(SubElement(found, "title"), result.title)
    if result.text:
        write(SubElement(found, "description"), result.text)
    ascending = "true" if result.is_ascending else "false"
    indicator = SubElement(found, "indicator", {"measure": result.measure, "ascending": ascending})
    write(SubElement(indicator, "title"), result.indicator)
    if result.own:
        write(SubElement(indicator, "description"), result.own.unit)
    if result.baseline:
        _baseline(indicator, result.baseline, write)
    for period in result.periods:
        _period(indicator, period, write)
    if result.own:
        _own_part(found, result.own)


def _baseline(parent: Element, baseline: Baseline, write: Write) -> None:
    said = {"year": f"{baseline.year:04}", "value": _number(baseline.value)}
    if baseline.on:
        said = {"iso-date": baseline.on.isoformat(), **said}
    _comment(SubElement(parent, "baseline", said), baseline.source, write)


def _period(parent: Element, period: Period, write: Write) -> None:
    found = SubElement(parent, "period")
    SubElement(found, "period-start", {"iso-date": period.start.isoformat()})
    SubElement(found, "period-end", {"iso-date": period.end.isoformat()})
    if period.target is not None:
        SubElement(found, "target", {"value": _number(period.target)})
    if period.actual is not None:
        actual = SubElement(found, "actual", {"value": _number(period.actual)})
        _comment(actual, period.source, write)
        if period.cause:
            SubElement(actual, _own("cause")).text = _clean(period.cause)


def _comment(parent: Element, words: str, write: Write) -> None:
    if words:
        write(SubElement(parent, "comment"), (("", words),))


def _own_part(parent: Element, own: Own) -> None:
    said = {
        "kind": own.kind,
        "certainty": own.certainty,
        "gainer-sector": own.gainer_sector,
        "effects-from": own.effects_from.isoformat(),
        "owner-organisation": _clean(own.owner_organisation),
        "harm": _flag(holds=own.is_harm),
        "planned": _flag(holds=own.is_planned),
        "negative": _flag(holds=own.allows_negative),
    }
    found = SubElement(parent, _own("benefit"), said)
    for name, texts in (("gainer", own.gainer), ("owner-role", own.owner_role), ("unit", own.unit)):
        for code, words in texts:
            SubElement(found, _own(name), {LANG: code}).text = _clean(words)


def _own(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _flag(*, holds: bool) -> str:
    return "true" if holds else "false"


def _number(value: Decimal) -> str:
    """A number without zeros at its end and never with an exponent."""
    return f"{value.normalize():f}"


def _clean(words: str) -> str:
    """Words without the signs that XML cannot hold, not even escaped."""
    return _UNWRITABLE.sub("", words)
