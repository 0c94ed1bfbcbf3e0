"""The common direction and the report of the day: pages, the PDF, and open files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.apps.gatherings import queries as gatherings
from samskap.apps.processes import queries as processes
from samskap.apps.reports import compute, permissions, queries
from samskap.apps.reports.labels import method as how
from samskap.apps.reports.labels import words
from samskap.apps.reports.views.frame import download, fresh, in_asked_language
from samskap.apps.statements import queries as statements
from samskap.web.errors import errors_as_json
from samskap.web.site import site_of
from samskap.web.tickets import ticket_key

if TYPE_CHECKING:
    from samskap.apps.gatherings.models import Gathering
    from samskap.apps.processes.models import Participant, Process
    from samskap.apps.reports.queries import DayPart, Look
    from samskap.apps.statements.models import Conversation

__all__ = [
    "changes",
    "direction",
    "direction_json",
    "direction_state",
    "export",
    "group",
    "method",
    "report",
    "report_json",
    "report_pdf",
    "sector",
    "statement",
]

LIVE_MS = 10_000  # how often a page that follows a conversation asks


@require_safe
@fresh
@in_asked_language
def direction(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one conversation: what all agree on, what divides, who stands where."""

    def fill(seen: dict[str, Any]) -> dict[str, Any]:
        told, participant = seen["direction"], _participant(request, seen["process"])
        return _table(request, told) | queries.direction_context(told, participant=participant)

    return _unless_hidden(request, pk, template="reports/direction.html", fill=fill)


@require_safe
@fresh
@in_asked_language
def statement(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One statement: how everybody, each group and each sector answered it."""

    def fill(seen: dict[str, Any]) -> dict[str, Any]:
        told = seen["direction"]
        return {
            "page": queries.statement_page(told, number=number),
            "drawing": queries.statement_drawing(told, number=number),
        }

    return _unless_hidden(request, pk, template="reports/statement.html", fill=fill)


@require_safe
@fresh
@in_asked_language
def group(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One group: what it stands for, what it shares with the others, where it is split."""

    def fill(seen: dict[str, Any]) -> dict[str, Any]:
        return {"page": queries.group_page(seen["direction"], key=key)}

    return _unless_hidden(request, pk, template="reports/stratum.html", fill=fill)


@require_safe
@fresh
@in_asked_language
def sector(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One sector: what it says, where it differs, where too few answered."""

    def fill(seen: dict[str, Any]) -> dict[str, Any]:
        return {"page": queries.sector_page(seen["direction"], name=name)}

    return _unless_hidden(request, pk, template="reports/stratum.html", fill=fill)


@require_safe
@fresh
@in_asked_language
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Two rounds side by side: what moved, and what became of groups and common ground."""

    def fill(seen: dict[str, Any]) -> dict[str, Any]:
        before, _after = queries.rounds_to_compare(seen["look"])
        earlier = queries.direction(seen["conversation"], round=before)
        return {"changes": compute.changes(earlier, seen["direction"])}

    return _unless_hidden(request, pk, template="reports/changes.html", fill=fill)


@require_safe
@fresh
@errors_as_json
def direction_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Which map this reader sees now, for the page that follows it; null while nothing is shown."""
    conversation = statements.visible_conversation(pk, viewer=request.user)
    return JsonResponse({"map": _map_id(conversation, _look(request, conversation))})


@require_safe
@fresh
@errors_as_json
@in_asked_language
def direction_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The result of one round as open data."""
    conversation = statements.visible_conversation(pk, viewer=request.user)
    number = queries.open_round(
        conversation, participant=_participant(request, conversation.process), wish=queries.wish(request.GET)
    )
    document = queries.direction_document(queries.direction(conversation, round=number), site=site_of(request))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@fresh
@in_asked_language
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The statements and votes of one round, without names, in the form that Polis made common."""
    conversation = statements.visible_conversation(pk, viewer=request.user)
    number = queries.open_round(
        conversation, participant=_participant(request, conversation.process), wish=queries.wish(request.GET)
    )
    files = compute.export_files(conversation, round=number, site=site_of(request))
    return download(queries.zipped(files), kind="application/zip", name=f"samskap-{conversation.pk}-{number}.zip")


@require_safe
@in_asked_language
def method(request: HttpRequest) -> HttpResponse:
    """How the opinion map is made, in the reader's language."""
    context = {"topics": how.topics(), "rows": how.example_rows(), "needed": how.NEEDED}
    return render(request, "reports/method.html", context)


@require_safe
@fresh
@in_asked_language
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The report of a day, as a page."""
    gathering = gatherings.visible_gathering(code, viewer=request.user)
    parts, is_preview = _parts(request, gathering)
    told = queries.day(gathering, parts=parts)
    context = {"gathering": gathering, "process": gathering.process, "day": told, "is_preview": is_preview}
    context["may_preview"] = not is_preview and _may_preview(request, gathering, parts)
    return render(request, "reports/report.html", context | queries.report_context(told))


@require_safe
@fresh
@in_asked_language
def report_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The report of a day, as a tagged PDF."""
    gathering = gatherings.visible_gathering(code, viewer=request.user)
    parts, is_preview = _parts(request, gathering)
    notice = str(words.NOT_SHOWN) if is_preview else ""
    document = queries.paper(queries.day(gathering, parts=parts), notice=notice, site=site_of(request))
    name = _("report") + f"-{gathering.code}.pdf"
    return download(compute.typeset(document, name=gathering.code), kind="application/pdf", name=name, how="inline")


@require_safe
@fresh
@errors_as_json
@in_asked_language
def report_json(request: HttpRequest, code: str) -> HttpResponse:
    """The report of a day, as open data; never with what is hidden."""
    gathering = gatherings.visible_gathering(code, viewer=request.user)
    parts = queries.day_parts(gathering, participant=_participant(request, gathering.process))
    document = queries.report_document(queries.day(gathering, parts=parts), site=site_of(request))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _participant(request: HttpRequest, process: Process) -> Participant | None:
    return processes.find_participant(process, ticket_key(request, process.pk))


def _parts(request: HttpRequest, gathering: Gathering) -> tuple[tuple[DayPart, ...], bool]:
    """The results that go into the report, and whether some of them are hidden from others."""
    parts = queries.day_parts(gathering, participant=_participant(request, gathering.process))
    if queries.wish(request.GET).preview and _may_preview(request, gathering, parts):
        return queries.shown_parts(parts), True
    return parts, False


def _may_preview(request: HttpRequest, gathering: Gathering, parts: tuple[DayPart, ...]) -> bool:
    is_hidden = any(part.hidden for part in parts)
    return is_hidden and permissions.can_preview_results(request.user, gathering.process)


def _unless_hidden(
    request: HttpRequest, pk: int, *, template: str, fill: Callable[[dict[str, Any]], dict[str, Any]]
) -> HttpResponse:
    """This page of a conversation, filled from what the reader sees; the page that says so where that is nothing."""
    seen = _seen(request, pk)
    if seen["direction"] is None:
        return render(request, "reports/hidden.html", seen)
    return render(request, template, seen | fill(seen))


def _seen(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What this reader sees of a conversation: `direction` is None where its results are hidden.

    `explore` and `ask` make the addresses of its other pages: the same round, in the same language.
    """
    conversation = statements.visible_conversation(pk, viewer=request.user)
    look = _look(request, conversation)
    keep = {name: request.GET[name] for name in ("round", "preview", "lang") if name in request.GET}
    return {
        "conversation": conversation,
        "process": conversation.process,
        "look": look,
        "direction": None if look.round is None else queries.direction(conversation, round=look.round),
        "explore": conversation.pk,
        "ask": f"?{urlencode(keep)}" if keep else "",
        "is_live": statements.open_window(conversation) is not None,
        "live_ms": LIVE_MS,
        "map_id": _map_id(conversation, look),
    }


def _look(request: HttpRequest, conversation: Conversation) -> Look:
    participant = _participant(request, conversation.process)
    return queries.look(conversation, participant=participant, viewer=request.user, wish=queries.wish(request.GET))


def _map_id(conversation: Conversation, look: Look) -> int | None:
    return None if look.round is None else statements.latest_map_pk(conversation, look.round)


def _table(request: HttpRequest, told: queries.Direction) -> dict[str, Any]:
    if told.telling is None:
        return {}
    by = queries.arrangement(request.GET)
    keep = {name: request.GET[name] for name in ("round", "preview", "lang") if name in request.GET}
    found = queries.arranged(told.telling.statements, by=by)
    page = Paginator(found, queries.PAGE_SIZE).get_page(request.GET.get("page"))
    asked = {**keep, "sort": by.sort, "order": by.order, **by.asked}
    return {
        "page": page,
        "by": by,
        "keep": keep,
        "headings": queries.headings(by, keep=keep),
        "found": len(found),
        "verdicts": queries.verdicts(told.telling.statements),
        "pages_query": f"{urlencode(asked)}&",
    }
