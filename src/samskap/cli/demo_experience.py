"""What another municipality learned, brought into the example municipality as a package like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from samskap.cli.demo_texts import Content, content
from samskap.formats import experience_values as values
from samskap.formats.experience_package import Package, written
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO

__all__ = ["bring_experience"]


def bring_experience(municipality: Any, *, starts_at: datetime) -> None:
    """A package is made, held, checked and stored."""
    from samskap.apps.stories import actions as stories  # noqa: PLC0415 -- needs settings

    told = content("experience")
    at = starts_at + timedelta(days=told["day"])
    with clock.showing(at):
        name = stories.hold_package(written(_package(told, at=at)), municipality=municipality, by=SYSTEM_DEMO)
        stories.store_experience(municipality, name, by=SYSTEM_DEMO)
        stories.drop_package(name, municipality=municipality, by=SYSTEM_DEMO)


def _package(told: Content, *, at: datetime) -> Package:
    return Package(
        key=told["key"],
        origin=values.Origin(told["number"], told["name"], told["address"], told["check"]),
        exported_at=(at - timedelta(days=1)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        parts=values.Parts(
            initiative=values.InitiativeTold(
                "nb",
                {code: _words(values.InitiativeWords, told[code]) for code in ("nb", "en")},
                told["stage"],
                told["starts_on"],
                is_illustrative=True,
            ),
            costs=tuple(
                values.CostTold(*_nb(values.CostWords, one), one["year"], one["amount_nok"], one.get("payer", ""))
                for one in told["costs"]
            ),
            risks=tuple(
                values.RiskTold(*_nb(values.RiskWords, one), one["likelihood"], one["consequence"])
                for one in told["risks"]
            ),
            affected=tuple(values.AffectedTold(*_nb(values.AffectedWords, one)) for one in told["affected"]),
            chain=_chain(told),
            benefits=tuple(_benefit(one) for one in told["benefits"]),
            appraisal=None,
            stories=(_story(told["story"], at=at),),
        ),
    )


def _nb(kind: Any, entry: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The language of the texts of an entry, and the texts."""
    return "nb", {"nb": _words(kind, entry)}


def _words(kind: Any, entry: Mapping[str, Any]) -> Any:
    return kind(**{name: entry.get(name, "") for name in kind.__dataclass_fields__})


def _chain(told: Content) -> values.ChainTold:
    return values.ChainTold(
        tuple(values.LinkTold(one["key"], one["kind"], *_nb(values.LinkWords, one)) for one in told["links"]),
        tuple(
            values.ArrowTold(one["source"], one["target"], *_nb(values.ArrowWords, one)) for one in told["arrows"]
        ),
    )  # fmt: skip


def _benefit(one: Content) -> values.BenefitTold:
    return values.BenefitTold(
        key=one["key"],
        link=one["link"],
        language="nb",
        words=_nb(values.BenefitWords, one)[1],
        kind=one["kind"],
        is_harm=False,
        is_planned=True,
        certainty="sure",
        gainer_sector=one["gainer_sector"],
        better=one["better"],
        ended_reason="",
        baseline=_value(one["baseline"]),
        targets=tuple(_value(each) for each in one["targets"]),
        measured=tuple(_value(each) for each in one["measured"]),
    )


def _value(told: Sequence[str]) -> values.ValueOn:
    """Day and number, and for a measurement the cause where it lags."""
    on, value, cause = (*told, "")[:3]
    return values.ValueOn(on, value, "Lista til frivilligsentralen" if len(told) == 3 else "", cause)


def _story(told: Content, *, at: datetime) -> values.StoryTold:
    until = (at + timedelta(days=told["days"])).date()
    return values.StoryTold(told["key"], "nb", told["title"], told["text"], told["name"], until.isoformat())
