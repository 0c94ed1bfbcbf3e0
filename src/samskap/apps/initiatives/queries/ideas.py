"""Idea rounds, their windows, their ideas, and who stands behind each.

How many support an idea is a result: it is shown only where `supporters_are_visible` says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.initiatives import permissions
from samskap.apps.initiatives.labels import IDEA_STATES
from samskap.apps.initiatives.models import Idea, IdeaRound, IdeaSupport
from samskap.apps.initiatives.rules import ideas as rules
from samskap.apps.statements import queries as statements
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant, Process

__all__ = [
    "alike_ideas",
    "author_may_change",
    "idea_counts",
    "idea_in",
    "idea_round_of",
    "idea_rounds_of",
    "idea_windows",
    "ideas_answered_by_sector",
    "ideas_answered_count",
    "ideas_by_state",
    "ideas_in_own_order",
    "kept_ideas",
    "merged_under",
    "own_idea",
    "own_ideas",
    "runnable_idea_round",
    "shown_idea",
    "shown_ideas",
    "supported_by",
    "supporters_are_visible",
    "supporters_by_idea",
    "supporters_of",
    "visible_idea_round",
    "waiting_ideas",
    "with_alike_ideas",
]


def visible_idea_round(pk: int, *, viewer: Any) -> IdeaRound:
    """The idea round, or `NotFound` where it does not exist or this viewer may not see it."""
    found = IdeaRound.objects.select_related("process__municipality").filter(pk=pk).first()
    if found is None or not permissions.can_see_ideas(viewer, found):
        raise NotFound(_("There is no such idea round here."), cure=_("Check the address, or ask the host for it."))
    return found


def runnable_idea_round(pk: int, *, viewer: Any) -> IdeaRound:
    """The idea round, for someone who runs it; `NotFound` for everybody else."""
    found = IdeaRound.objects.select_related("process__municipality").filter(pk=pk).first()
    if found is None or not permissions.can_run_ideas(viewer, found):
        raise NotFound(_("There is no such idea round here."), cure=_("Sign in with an account that runs it."))
    return found


def idea_rounds_of(process: Process) -> QuerySet[IdeaRound]:
    """The idea rounds of a process, in their order."""
    return IdeaRound.objects.filter(process=process)


def idea_round_of(activity: Activity) -> IdeaRound | None:
    """The idea round that this activity opens, or None where it opens something else."""
    return IdeaRound.objects.select_related("process__municipality").filter(windows__activity_id=activity.pk).first()


def idea_windows(idea_round: IdeaRound) -> list[Activity]:
    """The activities that open this idea round, in their order."""
    return [window.activity for window in idea_round.windows.select_related("activity")]


def kept_ideas(idea_round: IdeaRound) -> QuerySet[Idea]:
    """The accepted ideas, by number: those that stand on their own."""
    return Idea.objects.filter(idea_round=idea_round, state="accepted")


def shown_ideas(pks: Sequence[int]) -> list[Idea]:
    """These ideas in this order, each with those that were merged into it and what it became."""
    rows = Idea.objects.select_related("opportunity").prefetch_related("merged_ideas").in_bulk(list(pks))
    return [rows[pk] for pk in pks if pk in rows]


def ideas_in_own_order(idea_round: IdeaRound, *, key: str) -> list[int]:
    """The keys of the accepted ideas in the order of one ticket, so that no idea is first for everybody."""
    return rules.own_order(kept_ideas(idea_round).values_list("pk", flat=True), key=key)


def merged_under(idea: Idea) -> list[Idea]:
    """The ideas that were merged into this one and are not taken back."""
    return [one for one in idea.merged_ideas.all() if one.title != rules.ERASED]


def idea_in(idea_round: IdeaRound, pk: int) -> Idea:
    """One idea of this round in whatever state, or `NotFound`."""
    found = Idea.objects.select_related("merged_into", "opportunity", "idea_round__process__municipality")
    idea = found.filter(idea_round=idea_round, pk=pk).first()
    if idea is None:
        raise _no_idea()
    return idea


def shown_idea(idea_round: IdeaRound, pk: int, *, participant: Participant | None) -> Idea:
    """One idea that everybody sees, or that this participant wrote; else `NotFound`."""
    idea = idea_in(idea_round, pk)
    is_own = participant is not None and idea.author_id == participant.pk
    is_merged = idea.state == "merged" and idea.title != rules.ERASED
    if idea.state != "accepted" and not is_merged and not is_own:
        raise _no_idea()
    return idea


def own_ideas(participant: Participant, idea_round: IdeaRound) -> QuerySet[Idea]:
    """What this participant has written here, by number."""
    mine = Idea.objects.filter(idea_round=idea_round, author=participant)
    return mine.select_related("merged_into", "opportunity", "idea_round").order_by("number")


def own_idea(participant: Participant | None, idea_round: IdeaRound, pk: int) -> Idea:
    """One that this participant wrote, or `NotFound`."""
    found = own_ideas(participant, idea_round).filter(pk=pk).first() if participant else None
    if found is None:
        raise _no_idea()
    return found


def author_may_change(idea: Idea) -> bool:
    """Whether its author may change the words now."""
    is_shown_unread = idea.state == "accepted" and idea.idea_round.moderation == "open"
    return rules.is_editable(
        idea.state,
        moderation=idea.idea_round.moderation,
        supporters=supporters_of([idea]) if is_shown_unread else 0,
        has_opportunity=idea.opportunity_id is not None,
    )


def waiting_ideas(idea_round: IdeaRound) -> QuerySet[Idea]:
    """The moderation queue, oldest first."""
    return Idea.objects.filter(idea_round=idea_round, state="waiting")


def ideas_by_state(idea_round: IdeaRound, *, state: str = "") -> QuerySet[Idea]:
    """For those who run it: ideas in one state, or all, by number."""
    found = Idea.objects.filter(idea_round=idea_round).select_related("merged_into", "opportunity")
    return (found.filter(state=state) if state else found).order_by("number")


def idea_counts(idea_round: IdeaRound) -> dict[str, int]:
    """How many ideas are in each state."""
    rows = Idea.objects.filter(idea_round=idea_round).order_by().values("state").annotate(n=Count("pk"))
    return dict.fromkeys(IDEA_STATES, 0) | dict(rows.values_list("state", "n"))


def alike_ideas(idea_round: IdeaRound, text: str, *, besides: int = 0) -> list[tuple[Idea, tuple[str, ...]]]:
    """Accepted and waiting ideas that share words with this text, with the words, most alike first."""
    rows = Idea.objects.filter(idea_round=idea_round, state__in=["accepted", "waiting"]).exclude(pk=besides)
    found = {row.pk: row for row in rows}
    likes = rules.alike_ideas(text, {pk: _words(row) for pk, row in found.items()})
    return [(found[like.pk], like.words) for like in likes]


def with_alike_ideas(idea_round: IdeaRound, rows: Sequence[Idea]) -> list[tuple[Idea, list[Idea]]]:
    """Each of these with the accepted ones that share words with it; the texts are read once."""
    kept = {row.pk: row for row in kept_ideas(idea_round)}
    texts = {pk: _words(row) for pk, row in kept.items()}
    return [(row, [kept[like.pk] for like in rules.alike_ideas(_words(row), texts)]) for row in rows]


def supported_by(participant: Participant | None, idea_round: IdeaRound) -> frozenset[int]:
    """The accepted ideas that this participant stands behind, directly or through one merged into it."""
    if participant is None:
        return frozenset()
    return frozenset(_counting(idea_round).filter(participant=participant).values_list("root", flat=True))


def supporters_by_idea(idea_round: IdeaRound) -> dict[int, int]:
    """How many people stand behind each accepted idea; whoever supported two that were merged is one person."""
    rows = _counting(idea_round).order_by().values("root").annotate(n=Count("participant", distinct=True))
    return dict(rows.values_list("root", "n"))


def supporters_of(ideas: Iterable[Idea]) -> int:
    """How many people stand behind at least one of these ideas, merged ones included."""
    keys = [idea.pk for idea in ideas]
    rows = IdeaSupport.objects.filter(Q(idea__in=keys) | Q(idea__merged_into__in=keys))
    return rows.order_by().values("participant").distinct().count()


def ideas_answered_count(idea_round: IdeaRound) -> int:
    """Participants with at least one idea or support that counts: on any channel, each once."""
    return sum(ideas_answered_by_sector(idea_round).values())


def ideas_answered_by_sector(idea_round: IdeaRound) -> dict[str, int]:
    """The same by sector ("" for those who did not say). Small numbers are there: whoever tells it hides them."""
    writers = Idea.objects.filter(idea_round=idea_round, author__isnull=False).exclude(state="rejected")
    people = _counting(idea_round).order_by().values_list("participant", "participant__sector")
    found = people.union(writers.order_by().values_list("author", "author__sector"))
    return dict.fromkeys([*SECTORS, ""], 0) | dict(Counter(sector for _pk, sector in found))


def supporters_are_visible(
    idea_round: IdeaRound, *, participant: Participant | None = None, windows: Sequence[Activity] | None = None
) -> bool:
    """Whether this participant (or the public) sees how many support each idea: hidden means hidden everywhere.

    Where results are shown after voting, whoever has supported an idea has voted.
    """
    windows = idea_windows(idea_round) if windows is None else windows
    asks = any(window.results == "after_voting" for window in windows)
    voted = asks and bool(supported_by(participant, idea_round))
    return statements.results_of_windows_are_visible(windows, voted=voted)


def _counting(idea_round: IdeaRound) -> QuerySet[Any]:
    """Supports of ideas that stand, each with the `root` it counts for: the idea, or the one it was merged into."""
    stands = Q(idea__state="accepted") | Q(idea__state="merged", idea__merged_into__state="accepted")
    rows = IdeaSupport.objects.filter(stands, idea__idea_round=idea_round)
    return rows.annotate(root=Coalesce(F("idea__merged_into_id"), F("idea_id")))


def _words(idea: Idea) -> str:
    return f"{idea.title} {idea.text}"


def _no_idea() -> NotFound:
    return NotFound(_("There is no such idea in this idea round."), cure=_("Load the page again."))
