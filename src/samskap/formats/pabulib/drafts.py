"""A file while it is checked: its sections, what META says, and where problems go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samskap.engines.fair_budget.election import Kind
    from samskap.formats.pabulib.problems import Findings
    from samskap.formats.pabulib.sections import Rows

__all__ = ["Draft", "Facts"]

_KINDS: dict[str, Kind] = {
    "approval": "approval",
    "choose-1": "choose-1",
    "ordinal": "ordinal",
    "cumulative": "cumulative",
    "scoring": "scoring",
}


@dataclass(frozen=True, eq=False, slots=True)
class Draft:
    """The three sections, repaired in place. `ends`: whether the last line of the file has its end."""

    facts: Facts
    projects: Rows
    votes: Rows
    findings: Findings
    ends: bool = True

    def check_counts(self) -> None:
        """META counts as many projects and votes as there are."""
        self.facts.check_count("num_projects", found=len(self.projects), ends=self.ends)
        self.facts.check_count("num_votes", found=len(self.votes), ends=self.ends)


class Facts:
    """META while it is checked: what it says by key, repaired in place."""

    def __init__(self, rows: Rows, *, findings: Findings) -> None:
        self.rows = rows
        self._findings = findings
        self._places: dict[str, int] = {}
        for place, key in enumerate(map(str.strip, rows.cells("key"))):
            if key in self._places:
                findings.meet("key_twice", line=rows.lines[place], key=key)
            else:
                self._places[key] = place
        if len(self._places) < len(rows):
            rows.keep(list(self._places.values()))
            self._places = {key: place for place, key in enumerate(self._places)}

    def get(self, key: str) -> str | None:
        """What META says of it, None where it says nothing."""
        place = self._places.get(key)
        return (None if place is None else self.rows.cells("value")[place].strip()) or None

    def needed(self, key: str) -> str:
        return self.get(key) or self._findings.fail("key_missing", line=self.line(key), key=key)

    def line(self, key: str) -> int:
        """Where it stands; the title of META where it does not."""
        place = self._places.get(key)
        return self.rows.lines[place] if place is not None else self.rows.line - 1

    def put(self, key: str, value: str) -> None:
        """Correct it, or add it at the end."""
        place = self._places.get(key)
        if place is not None:
            self.rows.cells("value")[place] = value
            return
        self._places[key] = len(self.rows)
        self.rows.extend([self.rows.line - 1], [[key, value]])

    def drop(self, key: str) -> None:
        """Take it out."""
        place = self._places.pop(key)
        self.rows.keep([one for one in range(len(self.rows)) if one != place])
        self._places = {one: at - (at > place) for one, at in self._places.items()}

    def kind(self) -> Kind:
        """The kind of ballots. An approval under a limit of cost is a knapsack."""
        said = self.needed("vote_type")
        wanted = said.lower().replace(" ", "-")
        if wanted not in _KINDS:
            self._findings.fail("vote_type", line=self.line("vote_type"), value=said)
        if said != wanted:
            self._findings.meet("vote_type_form", line=self.line("vote_type"), value=said, wanted=wanted)
            self.put("vote_type", wanted)
        return "knapsack" if wanted == "approval" and self.get("max_sum_cost") else _KINDS[wanted]

    def check_count(self, key: str, *, found: int, ends: bool) -> None:
        """Whether META counts as many as there are. A file without its last line end that lacks rows was cut off."""
        said = self.get(key)
        if said is None:
            self._findings.meet("count_missing", line=self.line(key), key=key, found=found)
        elif not said.isdecimal() or int(said) != found:
            if said.isdecimal() and int(said) > found and not ends:
                self._findings.fail("cut_off", said=said, things=key.removeprefix("num_"), found=found)
            self._findings.meet("count", line=self.line(key), key=key, said=said, found=found)
        else:
            return
        self.put(key, str(found))
