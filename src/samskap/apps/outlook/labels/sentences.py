"""Whole sentences of the outlook, with numbers in them: what a councillor reads first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskap.apps.outlook import labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from samskap.engines.outlook.result import Band, Closing, MoneyPath, Official, Outlook

__all__ = [
    "closing_sentences",
    "difference_sentences",
    "explained_sentence",
    "followed_sentence",
    "gap_sentences",
    "headline",
    "need_sentence",
    "official_sentence",
    "people_sentence",
    "pulled_words",
    "room_sentences",
    "stacked_sentence",
    "support_sentence",
]

Spread = tuple[float, float, float]  # 10 %, middle, 90 %

_EXPLAINED = {
    "nation": gettext_lazy("Most of the spread, %(share)s, comes from births, deaths and immigration in the country."),
    "place": gettext_lazy("Most of the spread, %(share)s, comes from who moves in and out of the municipality."),
    "people": gettext_lazy("Most of the spread, %(share)s, comes from chance, because the people are few."),
}

ROOM_SEEN = 10  # the year of the outlook that the room for manoeuvre is told for


def headline(outlook: Outlook, *, name: str) -> str:
    """The outlook in one sentence; in two where the first has nothing new to tell."""
    now, then = (labels.ratio(outlook.support_ratio.p50[at]) for at in (0, -1))
    money = outlook.money
    year = money.first_likely_negative if money else None
    gaps = {"name": name, "now": now, "then": then, "year": outlook.years[-1], "gone": year}
    if now == then:
        same = _("%(name)s will have %(then)s people of working age for each person over 80 in %(year)s, as now.")
        return " ".join(filter(None, (same % gaps, _money_alone(outlook, gaps))))
    return _changing(outlook) % gaps


def _changing(outlook: Outlook) -> str:
    money = outlook.money
    if money is None:
        return _(
            "%(name)s has %(now)s people of working age for each person over 80 and will have %(then)s in %(year)s."
        )
    if money.first_likely_negative is None:
        return _(
            "%(name)s has %(now)s people of working age for each person over 80 and will have %(then)s in %(year)s; "
            "there is more likely than not room for manoeuvre all the way."
        )
    if money.first_likely_negative == outlook.years[0]:
        return _(
            "%(name)s has %(now)s people of working age for each person over 80 and will have %(then)s in %(year)s; "
            "there is no room for manoeuvre already now."
        )
    return _(
        "%(name)s has %(now)s people of working age for each person over 80 and will have %(then)s in %(year)s; "
        "from %(gone)s the room for manoeuvre is more likely gone than not."
    )


def _money_alone(outlook: Outlook, gaps: dict[str, Any]) -> str:
    money = outlook.money
    if money is None:
        return ""
    if money.first_likely_negative is None:
        return _("There is more likely than not room for manoeuvre all the way.")
    if money.first_likely_negative == outlook.years[0]:
        return _("There is no room for manoeuvre already now.")
    return _("From %(gone)s the room for manoeuvre is more likely gone than not.") % gaps


def support_sentence(band: Band, *, year: int) -> str:
    """How sure the last ratio is."""
    gaps = {"year": year, "band": labels.times(labels.ratio, low=band.p10[-1], high=band.p90[-1])}
    return _("In %(year)s the ratio lies at %(band)s in four of five futures.") % gaps


def people_sentence(band: Band, *, group: str, years: tuple[int, ...]) -> str:
    """From now to then, with the band."""
    gaps = {
        "group": labels.group_name(group),
        "now": labels.persons(band.p50[0]),
        "then": labels.persons(band.p50[-1]),
        "year": years[-1],
        "band": labels.times(labels.persons, low=band.p10[-1], high=band.p90[-1]),
    }
    return (
        _("%(group)s: from %(now)s people now to about %(then)s in %(year)s; %(band)s in four of five futures.") % gaps
    )


def official_sentence(official: tuple[Official, ...]) -> str:
    """What the grey lines are."""
    if not official:
        return ""
    return _(
        "The grey lines are projections as they were made at the time; they show how far such lines have been from "
        "what came."
    )


def followed_sentence(outlook: Outlook) -> str:
    """What the middle follows, and what our own would be."""
    if not outlook.unconstrained:
        return ""
    gaps = {"name": outlook.constrained_to, "year": outlook.years[-1]}
    gaps["own"] = labels.persons(outlook.unconstrained.p50[-1])
    return _("The middle follows “%(name)s”. Our own middle is %(own)s people in %(year)s.") % gaps


def need_sentence(outlook: Outlook) -> str:
    """How many more or fewer posts, and where the most."""
    change = outlook.posts.p50[-1] - outlook.posts.p50[0]
    gaps = {"posts": labels.posts(abs(change)), "year": outlook.years[-1]}
    if abs(change) < 0.5:
        return _("With today's standard the municipality needs as many posts in %(year)s as now.") % gaps
    most = max(outlook.services, key=lambda one: (one.posts.p50[-1] - one.posts.p50[0]) * (1 if change > 0 else -1))
    gaps["service"] = str(labels.SERVICES[most.key]).lower()
    if change > 0:
        return _("The municipality needs about %(posts)s more posts in %(year)s, most of them in %(service)s.") % gaps
    return _("The municipality needs about %(posts)s fewer posts in %(year)s, most of them in %(service)s.") % gaps


def room_sentences(money: MoneyPath, *, years: tuple[int, ...]) -> tuple[str, ...]:
    """What the room for manoeuvre is after ten years and at the end, and how likely it is gone."""
    told = [_room(money, at=at, year=years[at]) for at in sorted({min(ROOM_SEEN, len(years) - 1), len(years) - 1})]
    if money.funds_last is None:
        told.append(_("The free funds last as long as this outlook, in at least half of the futures."))
    else:
        told.append(_("The free funds are used up by %(year)s in half of the futures.") % {"year": money.funds_last})
    return tuple(told)


def _room(money: MoneyPath, *, at: int, year: int) -> str:
    gaps = {
        "year": year,
        "room": labels.millions(money.room.p50[at]),
        "band": labels.times(labels.millions, low=money.room.p10[at], high=money.room.p90[at]),
        "chance": labels.chance(money.chance_negative[at]),
    }
    return (
        _(
            "In %(year)s the room for manoeuvre is about %(room)s million kroner a year (%(band)s in four of five "
            "futures); the chance that it is below zero is %(chance)s."
        )
        % gaps
    )


def gap_sentences(money: MoneyPath, *, years: tuple[int, ...]) -> tuple[str, ...]:
    """The two gaps in plain words."""
    target, for_ever = _gap(money.gap_to_target), _gap(money.gap_for_ever)
    gaps = {"year": years[-1]}
    return (
        (
            _(
                "To have no more debt for each krone of revenue in %(year)s than now, %(gap)s of the revenue must be "
                "found each year from now on (%(band)s)."
            )
            if money.gap_to_target[0] >= 0
            else _(
                "The debt for each krone of revenue can be as now in %(year)s, with %(gap)s of the revenue to spare "
                "each year (%(band)s)."
            )
        )
        % (gaps | target),
        (
            _("For the accounts to hold for ever, %(gap)s of the revenue must be found each year (%(band)s).")
            if money.gap_for_ever[0] >= 0
            else _("The accounts hold for ever, with %(gap)s of the revenue to spare each year (%(band)s).")
        )
        % (gaps | for_ever),
    )


def _gap(gap: tuple[float, float, float]) -> dict[str, str]:
    """The size of a gap, and its band seen from the same side."""
    sign = 1 if gap[0] >= 0 else -1
    low, high = sorted((sign * gap[1], sign * gap[2]))
    return {"gap": labels.share(abs(gap[0])), "band": labels.times(labels.share, low=low, high=high)}


def stacked_sentence(money: MoneyPath, *, years: tuple[int, ...]) -> str:
    """What must be done and what is chosen, at the end."""
    must, chosen = money.must.p50[-1], money.chosen.p50[-1]
    gaps = {"year": years[-1], "must": labels.millions(abs(must)), "chosen": labels.millions(abs(chosen))}
    first = (
        _("Number and age of people make the services %(must)s million kroner dearer in %(year)s than now.")
        if must >= 0
        else _("Number and age of people make the services %(must)s million kroner cheaper in %(year)s than now.")
    )
    if abs(chosen) < 5e4:
        return first % gaps
    second = (
        _("What is chosen adds %(chosen)s million kroner.")
        if chosen > 0
        else _("What is chosen takes away %(chosen)s million kroner.")
    )
    return f"{first % gaps} {second % gaps}"


def closing_sentences(closing: Closing, *, years: tuple[int, ...]) -> tuple[str, ...]:
    """What the changes give, cash and time apart."""
    told = [_cash(_last(closing.cash), year=years[-1])]
    freed = _size(_last(closing.freed_posts), write=labels.posts)
    if not freed["is_nothing"]:
        told.append(
            _("They also free time worth %(size)s posts, which is no money until somebody decides so.") % freed
            if closing.freed_posts.p50[-1] > 0
            else _("They also bind time worth %(size)s posts.") % freed
        )
    return tuple(told)


def _last(band: Band) -> Spread:
    return band.p10[-1], band.p50[-1], band.p90[-1]


def _cash(spread: Spread, *, year: int) -> str:
    gaps = _size(spread, write=labels.millions) | {"year": year}
    if gaps["is_nothing"]:
        return _("With these changes there is as much money in %(year)s as without them.") % gaps
    sentence = (
        _("With these changes there is %(size)s million kroner more a year in %(year)s than without (%(band)s).")
        if spread[1] >= 0
        else _("With these changes there is %(size)s million kroner less a year in %(year)s than without (%(band)s).")
    )
    return sentence % gaps


def explained_sentence(outlook: Outlook) -> str:
    """Which cause explains the most of the spread."""
    if not outlook.explained:
        return ""
    first = outlook.explained[0]
    return _EXPLAINED[first.layer] % {"share": labels.percent(first.share)}


def pulled_words(count: int) -> str:
    """How many levers are pulled."""
    if not count:
        return _("Nothing is changed: this is what comes if all goes on as now.")
    return ngettext("%(count)s assumption is changed.", "%(count)s assumptions are changed.", count) % {"count": count}


def difference_sentences(
    *, names: tuple[str, str], year: int, persons: Spread, posts: Spread, room: Spread | None
) -> tuple[str, ...]:
    """What the second of two scenarios has more or less than the first."""
    told = [_persons(persons, names=names, year=year), _posts(posts)]
    return (*told, _room_difference(room)) if room is not None else tuple(told)


def _persons(spread: Spread, *, names: tuple[str, str], year: int) -> str:
    gaps = {"one": names[0], "other": names[1], "year": year} | _size(spread, write=labels.persons)
    if gaps["is_nothing"]:
        return _("In %(year)s “%(other)s” has as many people as “%(one)s”.") % gaps
    if spread[1] > 0:
        return _("In %(year)s “%(other)s” has %(size)s more people than “%(one)s” (%(band)s).") % gaps
    return _("In %(year)s “%(other)s” has %(size)s fewer people than “%(one)s” (%(band)s).") % gaps


def _posts(spread: Spread) -> str:
    gaps = _size(spread, write=labels.posts)
    if gaps["is_nothing"]:
        return _("It needs as many posts.")
    more, fewer = _("It needs %(size)s more posts (%(band)s)."), _("It needs %(size)s fewer posts (%(band)s).")
    return (more if spread[1] > 0 else fewer) % gaps


def _room_difference(spread: Spread) -> str:
    gaps = _size(spread, write=labels.millions)
    if gaps["is_nothing"]:
        return _("It has as much room for manoeuvre.")
    if spread[1] > 0:
        return _("It has %(size)s million kroner more room for manoeuvre a year (%(band)s).") % gaps
    return _("It has %(size)s million kroner less room for manoeuvre a year (%(band)s).") % gaps


def _size(spread: Spread, *, write: Callable[[float], str]) -> dict[str, Any]:
    """How large a difference is and its band, seen from the same side, and whether it is too small to be written."""
    low, middle, high = spread
    sign = 1 if middle >= 0 else -1
    low, high = sorted((sign * low, sign * high))
    is_nothing = all(write(abs(value)) == write(0.0) for value in spread)
    return {"size": write(abs(middle)), "band": labels.times(write, low=low, high=high), "is_nothing": is_nothing}
