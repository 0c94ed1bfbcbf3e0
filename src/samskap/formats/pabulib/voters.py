"""The ids of voters: each has one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samskap.formats.pabulib.drafts import Draft

__all__ = ["check_voters"]


def check_voters(draft: Draft) -> None:
    """Each voter has an id of its own."""
    votes, cells = draft.votes, draft.votes.cells("voter_id")
    taken = set(map(str.strip, cells))
    if len(taken) == len(cells) and "" not in taken:
        return
    seen: set[str] = set()
    for place, (cell, line) in enumerate(zip(cells, votes.lines, strict=True)):
        voter = cell.strip()
        if voter and voter not in seen:
            seen.add(voter)
            continue
        cells[place] = name = _free(voter or str(place + 1), taken=taken)
        draft.findings.meet("voter_twice" if voter else "voter_missing", line=line, value=voter, voter=name)


def _free(name: str, *, taken: set[str]) -> str:
    at = 2
    while f"{name}-{at}" in taken:
        at += 1
    taken.add(f"{name}-{at}")
    return f"{name}-{at}"
