"""Whole sentences about a result, built from its numbers alone: pages, the PDF and the files say the same words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.reports.labels import REASONS, listing, share, stratum_inside

__all__ = [
    "answered_so",
    "awaited",
    "both_rounds",
    "common_ground",
    "divides",
    "group_matched",
    "group_place",
    "group_size",
    "headline",
    "map_alternative",
    "map_trust",
    "more_in_table",
    "moved",
    "no_sectors",
    "not_heard",
    "own_place",
    "own_trust",
    "rejected_together",
    "split_inside",
    "stands_for",
    "structure",
    "too_few_for_this",
    "turnout_share",
    "uncertain",
    "unsure_places",
    "what_divides",
    "what_moved",
]


def headline(agreed: int, *, of: int, groups: int, sectors: int, reason: str) -> str:
    """What everybody agrees on, in one sentence. `groups` and `sectors` are how many of each were heard enough."""
    gaps = {"agreed": agreed, "of": of}
    if of == 0:
        return _("There are no answers to tell about yet.")
    if agreed == 0:
        return _nothing_agreed(groups=groups, sectors=sectors)
    if reason == "sides_found":
        return _both_sides(sectors=sectors) % gaps
    if groups > 1 and sectors == 3:
        return _("All groups and all three sectors agree on %(agreed)d of %(of)d statements.") % gaps
    if groups > 1 and sectors:
        return (
            _("All groups, and the sectors we have heard enough from, agree on %(agreed)d of %(of)d statements.") % gaps
        )
    if groups > 1:
        return _("All groups agree on %(agreed)d of %(of)d statements.") % gaps
    if sectors == 3:
        return _("All three sectors agree on %(agreed)d of %(of)d statements.") % gaps
    if sectors:
        return _("The sectors we have heard enough from agree on %(agreed)d of %(of)d statements.") % gaps
    return _("A clear majority agrees on %(agreed)d of %(of)d statements.") % gaps


def _both_sides(*, sectors: int) -> str:
    if sectors == 3:
        return _("Both sides and all three sectors agree on %(agreed)d of %(of)d statements.")
    if sectors:
        return _("Both sides, and the sectors we have heard enough from, agree on %(agreed)d of %(of)d statements.")
    return _("Both sides agree on %(agreed)d of %(of)d statements.")


def _nothing_agreed(*, groups: int, sectors: int) -> str:
    if groups > 1 and sectors:
        return _("There is no statement yet that all groups and sectors clearly agree on.")
    if groups > 1:
        return _("There is no statement yet that all groups clearly agree on.")
    if sectors:
        return _("There is no statement yet that all sectors clearly agree on.")
    return _("There is no statement yet that a clear majority agrees on.")


def rejected_together(count: int) -> str:
    """How many statements everybody rejects; empty where there are none."""
    if count == 0:
        return ""
    return ngettext(
        "%(count)d statement is rejected by all alike.", "%(count)d statements are rejected by all alike.", count
    ) % {"count": count}


def what_divides(count: int) -> str:
    """How many statements divide people."""
    if count == 0:
        return _("No statement clearly divides people.")
    return ngettext("%(count)d statement divides people.", "%(count)d statements divide people.", count) % {
        "count": count
    }


def structure(groups: int, *, reason: str, people: int) -> str:
    """Whether the answers fall into groups, and if not, why."""
    if reason != "groups_found":
        return str(REASONS[reason])
    return _("Among the %(people)d people on the map, the answers fall into %(groups)d groups.") % {
        "people": people,
        "groups": groups,
    }


def map_trust(stability: float) -> str:
    """How far the division into groups can be trusted; `stability` is the mean adjusted Rand index of the draws."""
    if stability >= 0.9:
        return _("The groups are firm: they come out almost the same when every fifth person is left out.")
    if stability >= 0.75:
        return _("The groups are fairly firm: most people stay in theirs when every fifth person is left out.")
    return _("The groups are loose: many change group when every fifth person is left out.")


def common_ground(side: str, *, kind: str, name: str, percent: int, lower: int) -> str:
    """Where the agreement (or the rejection) is weakest, and how low it may be."""
    gaps = {"where": stratum_inside(kind, name), "share": share(percent), "lower": share(lower)}
    if kind == "everyone" and side == "agree":
        return _("Of all, %(share)s agree: with the uncertainty, at least %(lower)s.") % gaps
    if kind == "everyone":
        return _("Of all, %(share)s disagree: with the uncertainty, at least %(lower)s.") % gaps
    if side == "agree":
        return _("Weakest in %(where)s, where %(share)s agree: with the uncertainty, at least %(lower)s.") % gaps
    return _("Weakest in %(where)s, where %(share)s disagree: with the uncertainty, at least %(lower)s.") % gaps


def too_few_for_this(strata: list[tuple[str, str]]) -> str:
    """Whom a statement says nothing about; empty where everybody was heard."""
    if not strata:
        return ""
    where = listing([stratum_inside(kind, name) for kind, name in strata])
    return _("There are too few answers to say anything about %(where)s.") % {"where": where}


def divides(*, high: tuple[str, str], high_percent: int, low: tuple[str, str], low_percent: int) -> str:
    """Between whom a statement divides, and how far."""
    return _("In %(high)s, %(high_share)s agree. In %(low)s, %(low_share)s agree.") % {
        "high": stratum_inside(*high),
        "high_share": share(high_percent),
        "low": stratum_inside(*low),
        "low_share": share(low_percent),
    }


def more_in_table(count: int) -> str:
    """How many of a list are found in the table of all statements only; empty where there are none."""
    if count == 0:
        return ""
    return ngettext(
        "%(count)d more is in the table of all statements.", "%(count)d more are in the table of all statements.", count
    ) % {"count": count}


def uncertain(answered: int, *, lower: int, upper: int) -> str:
    """How little is known about a statement."""
    gaps = {"answered": answered, "lower": share(lower), "upper": share(upper)}
    return (
        ngettext(
            "%(answered)d answer so far: between %(lower)s and %(upper)s may agree.",
            "%(answered)d answers so far: between %(lower)s and %(upper)s may agree.",
            answered,
        )
        % gaps
    )


def group_size(key: str, *, size: int, percent: int) -> str:
    """How large a group is."""
    return _("Group %(key)s is %(size)d people, %(share)s of those on the map.") % {
        "key": key,
        "size": size,
        "share": share(percent),
    }


def group_place(x: float, y: float, *, reach: float) -> str:
    """Where a group stands on the map, in words. `reach` is the distance from the middle of the farthest group."""
    near = reach / 3
    across = "" if abs(x) <= near else "left" if x < 0 else "right"
    along = "" if abs(y) <= near else "up" if y > 0 else "down"
    places = {
        "": _("in the middle"), "left": _("to the left"), "right": _("to the right"),
        "up": _("at the top"), "down": _("at the bottom"),
        "left up": _("at the top left"), "right up": _("at the top right"),
        "left down": _("at the bottom left"), "right down": _("at the bottom right"),
    }  # fmt: skip
    return places[f"{across} {along}".strip()]


def stands_for(side: str, *, percent: int, elsewhere: int) -> str:
    """How a group answers one of its statements, beside everybody else."""
    gaps = {"share": share(percent), "elsewhere": share(elsewhere)}
    if side == "agree":
        return _("%(share)s of the group agree, against %(elsewhere)s of the others.") % gaps
    if side == "pass":
        return _("%(share)s of the group pass, against %(elsewhere)s of the others.") % gaps
    return _("%(share)s of the group disagree, against %(elsewhere)s of the others.") % gaps


def answered_so(answered: int, *, agree: int, lower: int, upper: int) -> str:
    """How a group or a sector (or everybody) answered one statement, with the uncertainty."""
    gaps = {"answered": answered, "share": share(agree), "lower": share(lower), "upper": share(upper)}
    return (
        _("%(share)s of %(answered)d agree. With the uncertainty counted in: between %(lower)s and %(upper)s.") % gaps
    )


def awaited(side: str, *, lacking: list[tuple[str, str, int | None]]) -> str:
    """From whom a statement needs more answers before it is common ground: kind, name, and about how many in all."""
    where = listing([_lacks(kind, name, needed=needed) for kind, name, needed in lacking])
    if side == "agree":
        return _("It points to agreement, but more answers are needed to be sure: from %(where)s.") % {"where": where}
    return _("It points to rejection, but more answers are needed to be sure: from %(where)s.") % {"where": where}


def _lacks(kind: str, name: str, *, needed: int | None) -> str:
    where = stratum_inside(kind, name)
    if needed is None:
        return where
    return _("%(where)s (about %(needed)d in all)") % {"where": where, "needed": needed}


def split_inside(kind: str, *, name: str, agree: int, disagree: int) -> str:
    """That a group or sector (or everybody) is of two minds within itself."""
    gaps = {"where": stratum_inside(kind, name), "agree": share(agree), "disagree": share(disagree)}
    if kind == "everyone":
        return _("Of all, %(agree)s agree and %(disagree)s disagree.") % gaps
    return _("Within %(where)s, %(agree)s agree and %(disagree)s disagree.") % gaps


def unsure_places(people: int) -> str:
    """How many people are drawn with a ring; empty where nobody is."""
    if people == 0:
        return ""
    return ngettext(
        "%(people)d person has a ring: a place that rests on few answers, and may well be another.",
        "%(people)d people have a ring: a place that rests on few answers, and may well be another.",
        people,
    ) % {"people": people}


def map_alternative(people: int, *, groups: list[tuple[str, int, str]]) -> str:
    """The map for those who do not see it. `groups` are key, size and place in words."""
    start = _("Map of %(people)d people: those who answer alike stand close together.") % {"people": people}
    if not groups:
        return start + " " + _("There are no groups, only a spread.")
    told = [
        _("Group %(key)s, %(size)d people, stands %(place)s.") % {"key": key, "size": size, "place": place}
        for key, size, place in groups
    ]
    return " ".join([start, *told])


def own_place(group: str | None, *, votes: int, needed: int, has_groups: bool) -> str:
    """Where the reader stands."""
    if votes < needed:
        return _("You have answered %(votes)d statements. From %(needed)d on, you have a place on the map.") % {
            "votes": votes,
            "needed": needed,
        }
    if group is not None:
        return _("You are in group %(key)s: your answers are most like theirs.") % {"key": group}
    if has_groups:
        return _("You stand between the groups.")
    return _("You are on the map, and there are no groups to belong to.")


def own_trust(votes: int, *, of: int, is_unsure: bool) -> str:
    """How sure the reader's own place is."""
    gaps = {"votes": votes, "of": of}
    if is_unsure:
        return _("Your place is uncertain: you have answered %(votes)d of %(of)d statements.") % gaps
    return _("Your place is fairly sure: you have answered %(votes)d of %(of)d statements.") % gaps


def not_heard(name: str, *, answered: int | None) -> str:
    """A sector we know nothing about: `answered` is 0 for nobody, else too few."""
    where = stratum_inside("sector", name)
    if answered == 0:
        return _("We know of no answers from %(where)s.") % {"where": where}
    return _("Fewer than five from %(where)s have answered, so nothing is said about them.") % {"where": where}


def no_sectors() -> str:
    """That nobody said their sector."""
    return _("Nobody has said which sector they belong to, so nothing is known about the sectors.")


def turnout_share(answered: int, *, eligible: int) -> str:
    """How many of those who could take part have answered."""
    return _("%(answered)d of the %(eligible)d who could take part have answered: %(share)s.") % {
        "answered": answered,
        "eligible": eligible,
        "share": share(round(100 * answered / eligible)),
    }


def what_moved(moved: int, *, of: int) -> str:
    """How many statements moved for certain between two rounds."""
    if of == 0:
        return _("The two rounds have no statement with enough answers in common.")
    if moved == 0:
        return _("On none of the %(of)d statements has agreement surely changed.") % {"of": of}
    return ngettext(
        "On %(moved)d of %(of)d statements agreement has surely changed.",
        "On %(moved)d of %(of)d statements agreement has surely changed.",
        moved,
    ) % {"moved": moved, "of": of}


def moved(way: str, *, before: int, after: int, low: int, high: int) -> str:
    """How far one statement moved, with the uncertainty in percentage points."""
    gaps = {"before": share(before), "after": share(after), "low": low, "high": high}
    if way == "up":
        return (
            _(
                "From %(before)s to %(after)s agree: up by %(low)d to %(high)d percentage points, with the uncertainty "
                "counted in."
            )
            % gaps
        )
    return (
        _(
            "From %(before)s to %(after)s agree: down by %(low)d to %(high)d percentage points, with the uncertainty "
            "counted in."
        )
        % gaps
    )


def both_rounds(both: int | None) -> str:
    """How many answered both times, and so how to read a change."""
    if both is None:
        return _("Fewer than five people answered in both rounds: a change may come from other people answering.")
    if both == 0:
        return _("Nobody answered in both rounds: a change may come from other people answering.")
    return ngettext(
        "%(both)d person answered in both rounds. A change can come from people who changed their minds, and from "
        "other people answering.",
        "%(both)d people answered in both rounds. A change can come from people who changed their minds, and from "
        "other people answering.",
        both,
    ) % {"both": both}


def group_matched(key: str, *, was: int | None, now: int | None, stayed: int | None) -> str:
    """What became of a group."""
    if was is None:
        return _("Group %(key)s is new.") % {"key": key}
    if now is None:
        return _("Group %(key)s is not there any more.") % {"key": key}
    if stayed is None:
        return _("Fewer than five people are in group %(key)s in both rounds.") % {"key": key}
    return _("%(stayed)d people are in group %(key)s in both rounds.") % {"stayed": stayed, "key": key}
