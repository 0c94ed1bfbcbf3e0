"""Idea rounds for those who run them: texts, windows, ideas on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors import queries as actors
from samskap.apps.initiatives import actions, labels, queries
from samskap.apps.initiatives.forms.ideas import IdeaRoundForm, PaperIdeaForm
from samskap.apps.initiatives.labels.ideas import IDEA_COLOURS
from samskap.apps.processes import actions as processes
from samskap.apps.processes import queries as process_queries
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Idea, IdeaRound
    from samskap.apps.processes.models import Activity

__all__ = [
    "attach_window",
    "idea_list",
    "idea_texts",
    "idea_windows",
    "new_idea_round",
    "new_window",
    "order_window",
    "paper_ideas",
    "work_page",
]

PAGE = 50

_ORDERS: dict[str, tuple[Callable[..., Any], Any]] = {
    "open": (processes.open_activity, gettext_lazy("The window is open. People can write and support now.")),
    "close": (processes.close_activity, gettext_lazy("The window is closed.")),
    "show": (processes.show_results, gettext_lazy("Everybody sees now how many support each idea.")),
    "hide": (processes.hide_results, gettext_lazy("How many support each idea is hidden.")),
}


@login_required
@require_http_methods(["GET", "POST"])
def new_idea_round(request: SignedInRequest, process_pk: int) -> HttpResponse:
    """Start an idea round in a process."""
    process = process_queries.runnable_process(process_pk, viewer=request.user)
    initial = {"language": process.language, "moderation": "strict"}
    form = IdeaRoundForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        made = actions.create_idea_round(process, by=request.user, **form.cleaned_round())
        messages.success(request, _("The idea round is made. Give it a window, and open it when people are to write."))
        return redirect("initiatives:idea_windows", made.pk)
    context = {**actors.frame(process.municipality), "process": process, "form": form}
    return render(request, "initiatives/ideas/work/new.html", context)


@login_required
@require_safe
def idea_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """All ideas by state, with how many support each; from here several become an opportunity."""
    idea_round = queries.runnable_idea_round(pk, viewer=request.user)
    state = request.GET.get("state", "")
    state = state if state in labels.IDEA_STATES else ""
    page = Paginator(queries.ideas_by_state(idea_round, state=state), PAGE).get_page(request.GET.get("page"))
    context = work_page(idea_round, tab="idea_list") | {
        "page": page,
        "rows": _with_supporters(idea_round, list(page)),
        "state": state,
        "states": labels.IDEA_STATES.items(),
    }
    return render(request, "initiatives/ideas/work/ideas.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def idea_texts(request: SignedInRequest, pk: int) -> HttpResponse:
    """The question and introduction in three languages, and how it is moderated."""
    idea_round = queries.runnable_idea_round(pk, viewer=request.user)
    form = IdeaRoundForm(request.POST) if request.method == "POST" else IdeaRoundForm.of(idea_round)
    if form.is_valid():
        actions.update_idea_round(idea_round, by=request.user, **form.cleaned_round())
        messages.success(request, _("The change is saved."))
        return redirect("initiatives:idea_texts", pk)
    context = work_page(idea_round, tab="idea_texts") | {"form": form}
    return render(request, "initiatives/ideas/work/texts.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def paper_ideas(request: SignedInRequest, pk: int) -> HttpResponse:
    """Type in ideas from paper or the desk, one after the other."""
    idea_round = queries.runnable_idea_round(pk, viewer=request.user)
    form = PaperIdeaForm(request.POST) if request.method == "POST" else PaperIdeaForm.fresh()
    if form.is_valid():
        said = form.cleaned_data
        made = actions.add_paper_idea(
            idea_round, by=request.user, **form.words, channel=said["channel"], form_key=said["form_key"]
        )
        messages.success(request, _("Idea %(number)s is typed in.") % {"number": made.number})
        return redirect("initiatives:paper_ideas", pk)
    context = work_page(idea_round, tab="paper_ideas") | {"form": form}
    return render(request, "initiatives/ideas/work/paper.html", context)


@login_required
@require_safe
def idea_windows(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every window with what can be done with it."""
    idea_round = queries.runnable_idea_round(pk, viewer=request.user)
    context = work_page(idea_round, tab="idea_windows") | {
        "windows": [(one, process_queries.activity_is_open(one)) for one in queries.idea_windows(idea_round)],
        "free": process_queries.free_activities(idea_round.process),
    }
    return render(request, "initiatives/ideas/work/windows.html", context)


@login_required
@require_POST
def new_window(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a window that is open to everyone when it is opened; times and access are set on its own page."""
    idea_round = queries.runnable_idea_round(pk, viewer=request.user)
    said = {"title": idea_round.title, "language": idea_round.language, "translations": _titles(idea_round)}
    activity = processes.create_activity(idea_round.process, by=request.user, **said)
    actions.attach_idea_round(idea_round, activity, by=request.user)
    messages.success(request, _("The window is made. Open it when people are to write."))
    return redirect("initiatives:idea_windows", pk)


@login_required
@require_POST
def attach_window(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let an activity that is there open this idea round."""
    idea_round = queries.runnable_idea_round(pk, viewer=request.user)
    chosen = request.POST.get("activity", "")
    free = process_queries.free_activities(idea_round.process)
    activity = next((one for one in free if str(one.pk) == chosen), None)
    if activity is None:
        messages.error(request, _("Choose an activity."))
    else:
        actions.attach_idea_round(idea_round, activity, by=request.user)
        messages.success(request, _("The window is attached."))
    return redirect("initiatives:idea_windows", pk)


@login_required
@require_POST
def order_window(request: SignedInRequest, pk: int, activity_pk: int, order: str) -> HttpResponse:
    """Open, close, show or hide."""
    idea_round = queries.runnable_idea_round(pk, viewer=request.user)
    window = _window(idea_round, activity_pk)
    if order not in _ORDERS:
        raise NotFound(_("There is nothing here that can be done so."))
    action, said = _ORDERS[order]
    try:
        action(window, by=request.user)
        messages.success(request, str(said))
    except RuleError as error:
        messages.error(request, str(error))
    return redirect("initiatives:idea_windows", pk)


def work_page(idea_round: IdeaRound, *, tab: str) -> dict[str, Any]:
    """What every page of the work shows: the idea round, its process, the tabs."""
    waiting = queries.waiting_ideas(idea_round).count()
    tabs = [
        ("idea_list", _("Ideas")),
        ("idea_moderation", _("Moderation (%(n)s)") % {"n": waiting} if waiting else _("Moderation")),
        ("paper_ideas", _("Type in from paper")),
        ("idea_windows", _("Windows")),
        ("idea_texts", _("Texts")),
    ]
    return {
        **actors.frame(idea_round.process.municipality),
        "idea_round": idea_round,
        "process": idea_round.process,
        "waiting": waiting,
        "heading": dict(tabs)[tab],
        "tabs": [
            {"label": label, "url": reverse(f"initiatives:{name}", args=[idea_round.pk]), "current": name == tab}
            for name, label in tabs
        ],
    }


def _with_supporters(idea_round: IdeaRound, ideas: list[Idea]) -> list[tuple[Idea, str, int]]:
    """Each idea with the colour of its state and how many support it."""
    counts = queries.supporters_by_idea(idea_round)
    return [(one, IDEA_COLOURS[one.state], counts.get(one.pk, 0)) for one in ideas]


def _titles(idea_round: IdeaRound) -> dict[str, dict[str, str]]:
    said = {code: texts.get("title", "") for code, texts in idea_round.translations.items()}
    return {code: {"title": title} for code, title in said.items() if title}


def _window(idea_round: IdeaRound, activity_pk: int) -> Activity:
    found = next((window for window in queries.idea_windows(idea_round) if window.pk == activity_pk), None)
    if found is None:
        raise NotFound(_("There is no such window of this idea round."), cure=_("Load the page again."))
    return found
