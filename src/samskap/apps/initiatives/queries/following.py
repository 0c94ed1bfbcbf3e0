"""Who follows what, what has not been told to whom, and news in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from samskap.apps.initiatives.labels.news import NEWS
from samskap.apps.initiatives.models import Follower, Initiative, News, Opportunity, Told
from samskap.kernel.errors import NotFound

__all__ = [
    "TellingGroup",
    "ToldNews",
    "addresses_with_news",
    "follower_by_token",
    "followers_of_address",
    "known_site",
    "latest_news",
    "news_sentence",
    "own_follower",
    "things_followed",
    "told_by_thing",
    "untold_news",
]


@dataclass(frozen=True)
class ToldNews:
    """One piece of news in words."""

    at: datetime
    sentence: str
    path: str


@dataclass(frozen=True)
class TellingGroup:
    """What moved with one thing."""

    title: str
    news: tuple[ToldNews, ...]


def follower_by_token(token: str) -> Follower:
    """The follower with this personal link, or `NotFound`."""
    found = Follower.objects.select_related("person", "opportunity", "initiative", "process").filter(token=token)
    follower = found.first()
    if follower is None:
        raise NotFound(
            _("This link leads nowhere any more."), cure=_("If it was never used for a week, ask to be told again.")
        )
    return follower


def own_follower(subject: Any, person: Any) -> Follower | None:
    """That this signed-in person follows the thing, or None."""
    field = subject._meta.model_name
    return Follower.objects.filter(**{field: subject}, person=person, off_at__isnull=True).first()


def followers_of_address(follower: Follower) -> list[Follower]:
    """Everything that the address of this follower follows, itself first; nothing where it is switched off."""
    email = follower.person.email if follower.person else follower.email
    if not email or follower.off_at is not None:
        return []
    rows = _active().filter(Q(email__iexact=email) | Q(person__email=email.lower()))
    return sorted(rows, key=lambda row: (row.pk != follower.pk, row.pk))


def addresses_with_news(*, since: datetime) -> dict[str, list[int]]:
    """The addresses that follow something with news since then, each with the keys of its followers."""
    keys = [key for key in _things(News.objects.filter(at__gte=since)) if key[1]]
    wanted = Q(pk__in=[])
    for field in ("opportunity", "initiative", "process"):
        wanted |= Q(**{f"{field}__in": [pk for kind, pk in keys if kind == field]})
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in _active().filter(wanted).order_by("pk"):
        found[_address(row)].append(row.pk)
    return dict(found)


def untold_news(followers: Sequence[Follower], *, address: str, since: object) -> list[News]:
    """What these followers (all of one address) are to be told: news since they confirmed, about public things."""
    told = set(Told.objects.filter(address=address).values_list("news", flat=True))
    rows = News.objects.filter(at__gte=since).exclude(pk__in=told)
    rows = rows.select_related("opportunity__process", "initiative__opportunity__process", "process")
    return [one for one in rows if _is_public(one) and any(_concerns(one, follower) for follower in followers)]


def told_by_thing(news: Iterable[News], *, language: str) -> list[TellingGroup]:
    """News in words, gathered under the thing it is about, in the order in which the things first moved."""
    groups: dict[Any, list[News]] = {}
    for one in news:
        groups.setdefault(_subject(one), []).append(one)
    return [
        TellingGroup(thing.said_in(language).title, tuple(_told(one, language=language) for one in found))
        for thing, found in groups.items()
    ]


def things_followed(followers: Iterable[Follower], *, language: str) -> list[str]:
    """The names of what is followed."""
    return [_followed(one).said_in(language).title for one in followers]


def known_site() -> str:
    """The public address of this server as the last follower met it; empty where nobody has followed anything."""
    newest = Follower.objects.exclude(site="").order_by("-pk").values_list("site", flat=True)
    return newest.first() or ""


def latest_news(subject: Opportunity | Initiative, *, most: int = 10) -> list[ToldNews]:
    """What moved last with an opportunity or an initiative, newest first, in the reader's language."""
    field = str(subject._meta.model_name)
    rows = News.objects.filter(**{field: subject}).select_related(field).order_by("-at", "-pk")[:most]
    language = (translation.get_language() or "nb")[:2]
    return [_told(one, language=language) for one in rows]


def news_sentence(news: News, *, language: str) -> str:
    """What moved, in one sentence."""
    gaps: defaultdict[str, object] = defaultdict(lambda: "–", news.data)
    gaps["what"] = _subject(news).said_in(language).title
    with translation.override(language):
        return str(NEWS[news.kind]) % gaps


def _told(news: News, *, language: str) -> ToldNews:
    return ToldNews(news.at, news_sentence(news, language=language), news.path)


def _active() -> Any:
    rows = Follower.objects.filter(confirmed_at__isnull=False, off_at__isnull=True)
    return rows.select_related("person", "opportunity", "initiative", "process")


def _address(follower: Follower) -> str:
    return (follower.person.email if follower.person else follower.email).lower()


def _subject(news: News) -> Any:
    return news.opportunity or news.initiative or news.process


def _followed(follower: Follower) -> Any:
    return follower.opportunity or follower.initiative or follower.process


def _is_public(news: News) -> bool:
    return bool(_subject(news).is_published)


def _concerns(news: News, follower: Follower) -> bool:
    """Whether the follower follows the thing, what it came from, or all of its process, and did so before it moved."""
    followed = [(kind, pk) for kind, pk in _keys(follower) if pk is not None]
    is_since = follower.confirmed_at is not None and follower.confirmed_at <= news.at
    return is_since and any(key in _concerned(news) for key in followed)


def _keys(row: Any) -> list[tuple[str, int | None]]:
    return [("opportunity", row.opportunity_id), ("initiative", row.initiative_id), ("process", row.process_id)]


def _concerned(news: News) -> set[tuple[str, int | None]]:
    """The thing itself, the opportunity that an initiative came from, and the process of either."""
    found = set(_keys(news))
    opportunity = news.opportunity or (news.initiative.opportunity if news.initiative else None)
    if opportunity is not None:
        found |= {("opportunity", opportunity.pk), ("process", opportunity.process_id)}
    return found


def _things(rows: Any) -> set[tuple[str, int | None]]:
    rows = rows.select_related("opportunity", "initiative__opportunity")
    return {key for one in rows for key in _concerned(one)}
