"""What idea rounds and opportunities add to the pages of earlier modules, to the steps at work, and their histories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.actors import permissions as actors
from samskap.apps.actors.queries import mandates_of
from samskap.apps.initiatives.labels import OPPORTUNITY_STATES
from samskap.apps.initiatives.labels.opportunities import OPPORTUNITY_COLOURS
from samskap.apps.initiatives.models import Commitment, IdeaRound, IdeaWindow, Opportunity
from samskap.apps.initiatives.queries.ideas import idea_windows, visible_idea_round
from samskap.apps.initiatives.queries.opportunities import OPEN_FIRST, visible_opportunity
from samskap.apps.initiatives.queries.partners import join_counts, own_partners
from samskap.apps.processes import queries as processes
from samskap.apps.trail.queries import Story
from samskap.kernel import clock
from samskap.web.parts import Card, Part, Step

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.challenges.models import Challenge
    from samskap.apps.processes.models import Process

__all__ = [
    "challenge_opportunities",
    "ideas_story",
    "joined_parts",
    "municipality_opportunities",
    "opportunity_steps",
    "opportunity_story",
    "process_ideas",
    "process_ideas_at_work",
    "process_opportunities",
]

_MOST_ON_FRONT = 6


def process_ideas(process: Process, viewer: Any) -> list[Part]:
    """The idea rounds of a process, for everybody."""
    cards = tuple(_round_card(one, view="initiatives:idea_round") for one in _rounds(process))
    return [Part(title=_("Ideas"), cards=cards, order=22)]


def process_opportunities(process: Process, viewer: Any) -> list[Part]:
    """The public opportunities that came out of a process."""
    rows = Opportunity.objects.filter(process=process, published_at__isnull=False).order_by(*OPEN_FIRST)
    return [Part(title=_("Opportunities"), cards=_cards(list(rows)), order=30)]


def process_ideas_at_work(process: Process, viewer: Any) -> list[Part]:
    """The idea rounds of a process, for those who run it."""
    return [
        Part(
            title=_("Idea rounds"),
            cards=tuple(_round_card(one, view="initiatives:idea_list") for one in _rounds(process)),
            empty=_("No idea round yet: one question that people answer with ideas, and support each other's."),
            action_url=reverse("initiatives:new_idea_round", args=[process.pk]),
            action_label=_("New idea round"),
            order=22,
        )
    ]


def challenge_opportunities(challenge: Challenge, viewer: Any) -> list[Part]:
    """The public opportunities that answer a challenge."""
    rows = challenge.opportunities.filter(published_at__isnull=False).order_by(*OPEN_FIRST)
    return [Part(title=_("Opportunities that answer it"), cards=_cards(list(rows)), order=35)]


def municipality_opportunities(municipality: Municipality, viewer: Any) -> list[Part]:
    """The newest opportunities that are open for partners, and the way to all."""
    found = Opportunity.objects.filter(municipality=municipality, published_at__isnull=False)
    if not found.exists():
        return []
    rows = list(found.filter(state="open").order_by("-published_at", "-pk")[:_MOST_ON_FRONT])
    url = reverse("initiatives:opportunities", args=[municipality.number])
    return [Part(_("Opportunities to join"), _cards(rows), action_url=url, action_label=_("Show all"), order=42)]


def joined_parts(person: Person) -> list[Part]:
    """What the organisations that a person speaks for have joined, with what they promised, and the way to more."""
    towns = list({one.municipality_id: one.municipality for one in mandates_of(person)}.values())
    joined = [partner for town in towns for partner in own_partners(person, town)]
    cards = tuple(
        Card(
            title=one.subject.said.title,
            url=reverse("initiatives:partner", args=[one.pk]),
            lang=one.subject.said.lang,
            foot=str(one.organisation),
        )
        for one in joined
    )
    if not towns:
        return []
    return [
        Part(
            title=_("What we have joined"),
            cards=cards,
            empty=_("Your organisation has joined nothing yet."),
            action_url=reverse("initiatives:opportunities_at_work"),
            action_label=_("Go to the opportunities"),
            order=20,
        )
    ]


def opportunity_steps(municipality: Municipality, person: Person) -> list[Step]:
    """What waits: ideas for a moderator, drafts to publish, promises to confirm, promises past their date."""
    if not actors.can_facilitate(person, municipality):
        return []
    return [*_idea_steps(municipality), *_draft_steps(municipality), *_promise_steps(municipality)]


def ideas_story(pk: int, *, viewer: Any) -> Story:
    """The history of an idea round, its windows and its ideas, for those who may see it."""
    found = visible_idea_round(pk, viewer=viewer)
    said = found.said
    things = (found, *idea_windows(found), *found.ideas.exclude(state="waiting"))
    return Story(said.title, said.lang, reverse("initiatives:idea_round", args=[pk]), things)


def opportunity_story(pk: int, *, viewer: Any) -> Story:
    """The history of an opportunity, for those who may see it."""
    found = visible_opportunity(pk, viewer=viewer)
    said = found.said
    return Story(said.title, said.lang, reverse("initiatives:opportunity", args=[pk]), (found,))


def _rounds(process: Process) -> list[IdeaRound]:
    windows = Prefetch("windows", queryset=IdeaWindow.objects.select_related("activity"))
    accepted = Count("ideas", filter=Q(ideas__state="accepted"))
    found = IdeaRound.objects.filter(process=process).annotate(accepted=accepted).prefetch_related(windows)
    return list(found.order_by("order", "pk"))


def _round_card(idea_round: IdeaRound, *, view: str) -> Card:
    is_open = any(processes.activity_is_open(window.activity) for window in idea_round.windows.all())
    accepted = getattr(idea_round, "accepted", 0)
    said = idea_round.said
    return Card(
        title=said.title,
        url=reverse(view, args=[idea_round.pk]),
        text=said.intro,
        lang=said.lang,
        tag=_("Open now") if is_open else _("Not open now"),
        colour="success" if is_open else "neutral",
        foot=ngettext("%(n)s idea", "%(n)s ideas", accepted) % {"n": accepted},
    )


def _cards(rows: list[Opportunity]) -> tuple[Card, ...]:
    joined = join_counts(rows)
    return tuple(_card(one, *joined[one.pk]) for one in rows)


def _card(one: Opportunity, organisations: int, residents: int) -> Card:
    joined = organisations + residents
    foot = ngettext("%(n)s has joined", "%(n)s have joined", joined) % {"n": joined} if joined else ""
    return Card(
        title=one.said.title,
        url=reverse("initiatives:opportunity", args=[one.pk]),
        text=one.said.text,
        lang=one.said.lang,
        tag=str(OPPORTUNITY_STATES[one.state]),
        colour=OPPORTUNITY_COLOURS[one.state],
        foot=foot,
    )


def _idea_steps(municipality: Municipality) -> Iterable[Step]:
    waiting = Count("ideas", filter=Q(ideas__state="waiting"))
    found = IdeaRound.objects.filter(process__municipality=municipality).annotate(waiting=waiting)
    for one in found.filter(waiting__gt=0).order_by("pk"):
        said = ngettext("%(n)s idea waits in “%(title)s”.", "%(n)s ideas wait in “%(title)s”.", one.waiting)
        yield Step(
            title=_("Read the ideas that wait"),
            text=said % {"n": one.waiting, "title": one.said.title},
            url=reverse("initiatives:idea_moderation", args=[one.pk]),
            label=_("Go to moderation"),
            order=11,
        )


def _draft_steps(municipality: Municipality) -> Iterable[Step]:
    drafts = Opportunity.objects.filter(municipality=municipality, published_at__isnull=True).count()
    if drafts:
        said = ngettext(
            "%(n)s draft can be seen by you and your colleagues only.",
            "%(n)s drafts can be seen by you and your colleagues only.",
            drafts,
        )
        yield Step(
            title=_("Publish the opportunities that are ready"),
            text=said % {"n": drafts},
            url=reverse("initiatives:opportunities_at_work"),
            label=_("Go to the opportunities"),
            order=46,
        )


def _promise_steps(municipality: Municipality) -> Iterable[Step]:
    """One step a thing with promises that wait, and one a thing with promises past their date."""
    rows = Commitment.objects.filter(
        Q(partner__opportunity__municipality=municipality) | Q(partner__initiative__municipality=municipality),
        partner__left_at__isnull=True,
        state__in=["promised", "confirmed"],
    ).select_related("partner__opportunity", "partner__initiative")
    today = timezone.localdate(clock.now())
    waiting: dict[Any, int] = {}
    overdue: dict[Any, int] = {}
    for row in rows.order_by("pk"):
        subject = row.partner.subject
        if row.state == "promised":
            waiting[subject] = waiting.get(subject, 0) + 1
        elif row.due_on is not None and row.due_on < today:
            overdue[subject] = overdue.get(subject, 0) + 1
    for subject, n in waiting.items():
        text = ngettext("%(n)s promise waits for “%(title)s”.", "%(n)s promises wait for “%(title)s”.", n)
        yield _promise_step(subject, title=_("Confirm what partners promise"), text=text, n=n, order=14)
    for subject, n in overdue.items():
        text = ngettext(
            "%(n)s promise to “%(title)s” is past its date.", "%(n)s promises to “%(title)s” are past their date.", n
        )
        yield _promise_step(subject, title=_("Say whether what was promised came"), text=text, n=n, order=16)


def _promise_step(subject: Any, *, title: str, text: str, n: int, order: int) -> Step:
    return Step(
        title=title,
        text=text % {"n": n, "title": subject.said.title},
        url=reverse(f"initiatives:{subject._meta.model_name}_partners", args=[subject.pk]),
        label=_("Go to the promises"),
        order=order,
    )
