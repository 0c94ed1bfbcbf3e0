"""The report as plain data: what the page of paper is set from, and what the JSON file of the report holds."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samskap.apps.reports import labels
from samskap.apps.reports.labels import sentences, words
from samskap.apps.reports.queries import drawing
from samskap.apps.reports.queries.day import Day, DayPart
from samskap.apps.reports.queries.direction import Direction
from samskap.apps.reports.queries.told import Telling
from samskap.apps.reports.queries.votes import vote_document, vote_on_paper

if TYPE_CHECKING:
    from samskap.apps.outlook.queries import Reported

__all__ = ["absolute", "key_numbers", "method_rows", "paper", "part_title", "report_document"]


# Longer lists are cut on paper: every statement stands in the table of all statements.
MOST_ON_PAPER = 10


def paper(day: Day, *, notice: str, site: str) -> dict[str, Any]:
    """Everything that stands in the PDF, in the reader's language. `notice` is a warning on the first page, or ""."""
    gathering = day.gathering
    municipality = gathering.process.municipality
    return {
        "lang": get_language() or "nb",
        "title": gathering.said.title,
        "author": municipality.name,
        "place_line": " · ".join(part for part in (municipality.name, day.when, gathering.place) if part),
        "subtitle": gathering.process.said.title,
        "illustrative": str(words.ILLUSTRATIVE) if gathering.process.is_illustrative else "",
        "notice": notice,
        "footer": _("Report from %(title)s · %(place)s") % {"title": gathering.said.title, "place": municipality.name},
        "key_numbers": key_numbers(day),
        "most": MOST_ON_PAPER,
        "parts": [_part(part) for part in day.parts],
        "votes": [vote_on_paper(one) for one in day.votes],
        "outlooks": [_outlook(one) for one in day.outlooks],
        **_about_the_day(day),
        "openness": openness(day, site=site),
        "words": words.paper_words(),
    }


def report_document(day: Day, *, site: str) -> dict[str, Any]:
    """The report as open data: the same numbers and sentences, with the addresses of the files behind them."""
    gathering = day.gathering
    return {
        "format": "samskap.report/1",
        "language": get_language() or "nb",
        "title": gathering.said.title,
        "code": gathering.code,
        "municipality": {"number": gathering.process.municipality.number, "name": gathering.process.municipality.name},
        "process": gathering.process.said.title,
        "place": gathering.place,
        "starts_at": gathering.starts_at.isoformat(),
        "ends_at": gathering.ends_at.isoformat(),
        "is_illustrative": gathering.process.is_illustrative,
        **_about_the_day(day),
        "conversations": [_open_part(part, site=site) for part in day.parts],
        "votes": [vote_document(one, site=site) for one in day.votes],
        "outlooks": [
            {
                "name": one.name,
                "headline": one.context["headline"],
                "assumed": dict(one.context["lines"]),
                "page": absolute(one.url, site=site),
                "data": absolute(one.data, site=site),
            }
            for one in day.outlooks
        ],
        "licence": words.LICENCE_URL,
    }


def key_numbers(day: Day) -> list[dict[str, str]]:
    """The few numbers that stand large: only what is known."""
    present = next((count.number for count in day.counts if count.key == "present"), None)
    found = [(_("present"), present)] if present else []
    told = [part.direction for part in day.parts if part.direction and part.direction.telling]
    if len(told) == 1 and told[0].telling:
        telling = told[0].telling
        found += [(_("answered"), told[0].heard.answered), (_("statements"), telling.statement_count)]
        found += [(_("votes"), telling.votes), (_("groups"), len(telling.groups))]
    return [{"label": label, "value": labels.number(value)} for label, value in found]


def openness(day: Day, *, site: str) -> list[dict[str, str]]:
    """Where the numbers can be had and counted again."""
    report = absolute(reverse("reports:report", args=[day.gathering.code]), site=site)
    told = [{"sentence": _("This report as a page, with links to all its data:"), "address": report}]
    again = _("The votes without names. Anyone can compute the map again from them with the command “samskap map”:")
    for vote in day.votes:
        sealed = absolute(reverse("budgeting:sealed_file", args=[vote.ballot.pk]), site=site)
        told.append(
            {
                "sentence": _(
                    "All ballots of “%(title)s” without names. Anyone can count them again with the "
                    "command “samskap count”:"
                )
                % {"title": vote.ballot.said.title},
                "address": sealed,
            }
        )
    for part in day.parts:
        if part.direction and part.direction.telling:
            address = absolute(reverse("reports:export", args=[part.conversation.pk]), site=site)
            told.append({"sentence": again, "address": f"{address}?round={part.round}"})
    return told


def method_rows(direction: Direction) -> list[dict[str, str]]:
    """What is needed to compute a result again and see that it is the same."""
    method = direction.method
    if method is None:
        return []
    return [
        {"label": _("Computed"), "value": method.sentence},
        {"label": _("Engine"), "value": method.engine_version},
        {"label": _("Seed"), "value": str(method.seed)},
        {"label": _("Hash of the votes (SHA-256)"), "value": method.input_hash},
        *({"label": _("Do the votes look as they should?"), "value": sentence} for sentence in method.odd),
    ]


def absolute(path: str, *, site: str) -> str:
    """The whole address of a page of this site."""
    return f"{site.rstrip('/')}{path}"


def _about_the_day(day: Day) -> dict[str, Any]:
    return {
        "promise": day.promise,
        "points": [asdict(point) for point in day.points],
        "questions": [asdict(question) for question in day.questions],
        "challenges": [asdict(challenge) for challenge in day.challenges],
        "counts": [asdict(count) for count in day.counts],
        "sectors": [asdict(sector) for sector in day.sectors],
        "sector_columns": [count.label for count in day.counts if count.key != "eligible"],
        "has_hidden": day.has_hidden,
        "turnout_sentence": day.turnout_sentence,
    }


def _part(part: DayPart) -> dict[str, Any]:
    direction = part.direction
    telling = direction.telling if direction else None
    return {
        "title": part_title(part),
        "hidden": part.hidden or str(words.NOT_COMPUTED),
        "telling": asdict(telling) if telling else None,
        "heard": asdict(direction.heard) if direction else None,
        "strata_names": [s.label for s in telling.strata] if telling else [],
        "more": _more(telling) if telling else None,
        "method": direction.method.engine_version if direction and direction.method else None,
        "method_rows": method_rows(direction) if direction else [],
        "svg": drawing.for_paper(direction) if direction else "",
    }


def _outlook(one: Reported) -> dict[str, Any]:
    context = one.context
    return {
        "name": one.name,
        "lang": one.lang,
        "headline": context["headline"],
        "standing": str(context["standing"]) if context["is_illustrative"] else "",
        "sources": " ".join(f"{source}." for source in context["sources"]),
        "lines": [list(line) for line in context["lines"]],
        "unchanged": "" if context["lines"] else str(words.UNCHANGED),
        "figures": [
            {
                "title": figure.title,
                "sentences": list(figure.sentences),
                "alt": f"{figure.title}. {' '.join(figure.sentences)}",
                "svg": figure.svg,
                "headers": list(figure.headers),
                "rows": [list(row) for row in figure.rows],
            }
            for figure in context["figures"]
        ],
    }


def _more(telling: Telling) -> dict[str, str]:
    """For each list, how many it has beyond those that are printed; empty where there are no more."""
    lists = {"agreed": telling.agreed, "rejected": telling.rejected, "divided": telling.divided}
    return {
        name: sentences.more_in_table(max(len(found) - MOST_ON_PAPER, 0))
        for name, found in {**lists, "uncertain": telling.uncertain}.items()
    }


def _open_part(part: DayPart, *, site: str) -> dict[str, Any]:
    direction = part.direction
    told = direction.telling if direction else None
    return {
        "title": part.conversation.said.title,
        "round": part.round,
        "hidden": part.hidden,
        "result": asdict(told) if told else None,
        "heard": asdict(direction.heard) if direction else None,
        "method": {row["label"]: row["value"] for row in method_rows(direction)} if direction else None,
        "direction": absolute(reverse("reports:direction_json", args=[part.conversation.pk]), site=site)
        if told
        else None,
        "export": absolute(reverse("reports:export", args=[part.conversation.pk]), site=site) if told else None,
    }


def part_title(part: DayPart) -> str:
    """The conversation, and the round where it has several."""
    if part.round == 1:
        return part.conversation.said.title
    return _("%(title)s, round %(round)d") % {"title": part.conversation.said.title, "round": part.round}
