"""A voter's ballot as it is sent: the same form on a phone, at the desk, and where paper is typed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.budgeting import labels, rules
from samskap.apps.budgeting.rules import Chosen

if TYPE_CHECKING:
    from django.http import QueryDict

    from samskap.apps.budgeting.models import Ballot, Project

__all__ = ["CodeForm", "PaperNumberForm", "ReadPaperForm", "Row", "SizeForm", "VoterForm", "WhereForm"]

MOST_TYPED = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One project on the form, with what stands there now. `theme` is its place among the themes, from 1."""

    project: Project
    is_chosen: bool = False
    rank: int | None = None
    points: str = ""
    theme: int = 0


class VoterForm:
    """Reads what was sent, and keeps it as it was typed where something is wrong with it.

    Names of fields: `choice` (ids, one a tick), or `rank_<id>`, or `points_<id>`, `blank`, `form_key`. `problems` are
    sentences about what cannot be read at all; what the rules say comes from the action.
    """

    def __init__(
        self, ballot: Ballot, projects: Sequence[Project], *, data: QueryDict | None = None, own: Sequence[Chosen] = ()
    ) -> None:
        self.ballot = ballot
        self.projects = projects
        self.problems: list[str] = []
        self.form_key = uuid.uuid4()
        self.was_closed_up = False
        self.is_blank = False
        self._points_text: dict[str, str] = {}
        self.chosen: tuple[Chosen, ...] = tuple(own)
        if data is not None:
            self._read(data)

    @property
    def places(self) -> range:
        """The places that can be given."""
        return range(1, min(self.ballot.max_choices or len(self.projects), len(self.projects)) + 1)

    @property
    def rows(self) -> list[Row]:
        """The projects in the order given, with what is chosen."""
        by_key = {one.key: one for one in self.chosen}
        themes = sorted({project.theme for project in self.projects if project.theme})
        return [self._row(project, by_key.get(project.key), themes) for project in self.projects]

    def _row(self, project: Project, chosen: Chosen | None, themes: list[str]) -> Row:
        points = str(chosen.points) if chosen and chosen.points is not None else ""
        return Row(
            project,
            is_chosen=chosen is not None,
            rank=chosen.rank if chosen else None,
            points=self._points_text.get(project.key, points),
            theme=themes.index(project.theme) + 1 if project.theme else 0,
        )

    def _read(self, data: QueryDict) -> None:
        self.is_blank = bool(data.get("blank"))
        try:
            self.form_key = uuid.UUID(data.get("form_key", ""))
        except ValueError:
            self.form_key = uuid.uuid4()
        if self.ballot.kind in {"approval", "knapsack"}:
            self.chosen = tuple(Chosen(self._key(pk)) for pk in data.getlist("choice"))
        elif self.ballot.kind == "ranking":
            self._read_places(data)
        else:
            self._read_points(data)

    def _read_places(self, data: QueryDict) -> None:
        given = [(key, n) for key, n, _text in self._numbers(data, "rank_")]
        places = tuple(Chosen(key, rank=n) for key, n in given if n > 0)
        self.chosen = rules.closed_up(places)
        self.was_closed_up = self.chosen != places

    def _read_points(self, data: QueryDict) -> None:
        given = self._numbers(data, "points_")
        self._points_text = {key: text for key, _n, text in given}
        self.chosen = tuple(Chosen(key, points=n) for key, n, _text in given if n)

    def _numbers(self, data: QueryDict, prefix: str) -> list[tuple[str, int, str]]:
        """Key, number and text of each field that is filled in; what is no whole number is 0 and a problem."""
        found = []
        for name in data:
            text = data.get(name, "").strip()[:MOST_TYPED]
            if not name.startswith(prefix) or not text:
                continue
            key = self._key(name.removeprefix(prefix))
            found.append((key, self._number(text, key), text))
        return found

    def _number(self, text: str, key: str) -> int:
        if text.isascii() and text.isdecimal() and len(text) < 7:
            return int(text)
        title = next((one.said.title for one in self.projects if one.key == key), key)
        self.problems.append(
            gettext("“%(text)s” at “%(project)s” is not a whole number from 0 up.") % {"text": text, "project": title}
        )
        return 0

    def _key(self, pk: str) -> str:
        """The key of a project by its id; an id that is not on this ballot stays, for the rules to refuse."""
        return next((one.key for one in self.projects if str(one.pk) == pk), f"#{pk[:MOST_TYPED]}")


class WhereForm(forms.Form):
    """Where the voter comes from: both may be left open."""

    sector = forms.ChoiceField(choices=lambda: [("", ""), *SECTORS.items()], required=False)
    district = forms.CharField(required=False, max_length=80)


class ReadPaperForm(forms.Form):
    """What else stands on a form of paper."""

    sector = forms.ChoiceField(
        label=_("Sector"), choices=lambda: [("", _("Not said")), *SECTORS.items()], required=False
    )
    district = forms.ChoiceField(label=_("District"), required=False)
    spoilt = forms.ChoiceField(
        label=_("If it cannot be counted, why"),
        choices=lambda: [("", _("It can be counted")), *labels.SPOILT.items()],
        required=False,
    )

    def __init__(self, *args: Any, ballot: Ballot, districts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].choices = [("", _("Not said")), *((one, one) for one in districts)]  # type: ignore[attr-defined]
        if not districts:
            del self.fields["district"]
        if not ballot.asks_sector:
            del self.fields["sector"]


class CodeForm(forms.Form):
    """The code from a letter, or the one that stands on the screen in the hall."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
                "class": "ds-input b-code", "enterkeyhint": "go",
            }
        ),
    )  # fmt: skip


class SizeForm(forms.Form):
    """How many forms of paper to print."""

    size = forms.IntegerField(label=_("How many"), min_value=1, max_value=500, initial=50)


class PaperNumberForm(forms.Form):
    """The number on a form of paper."""

    number = forms.IntegerField(
        label=_("Number on the form"),
        min_value=1,
        max_value=10**9,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
