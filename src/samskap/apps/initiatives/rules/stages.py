"""The stages of an initiative, what is decided between two of them, and what each expects to be in place."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["EXPECTED", "STAGES", "STOPPED", "decision", "missing_for", "next_stage", "targets"]

STAGES = ("idea", "explored", "planned", "pilot", "in_operation")
STOPPED = "stopped"

# What should be in place when a stage begins, beside all that the stages before it expect. A gate warns of what is
# missing and can be passed all the same, with the reason that every gate has: municipalities decide differently.
EXPECTED: dict[str, tuple[str, ...]] = {
    "idea": (),
    "explored": ("problem", "measures", "challenge"),
    "planned": (
        "principles", "effects", "recommendation", "conditions", "zero_alternative",
        "owner_organisation", "costs", "affected", "risks",
    ),
    "pilot": ("start", "milestones", "responses", "money_confirmed"),
    "in_operation": ("operating_budget", "learned"),
}  # fmt: skip


def decision(from_stage: str, to_stage: str) -> str:
    """What a gate decides: `go_on`, `wait`, `back`, `stop` or `resume`."""
    if to_stage == STOPPED:
        return "stop"
    if from_stage == STOPPED:
        return "resume"
    if from_stage == to_stage:
        return "wait"
    return "go_on" if STAGES.index(to_stage) > STAGES.index(from_stage) else "back"


def targets(stage: str) -> tuple[str, ...]:
    """The stages that a gate can lead to: from one that is stopped to any but that, else to all of them."""
    return STAGES if stage == STOPPED else (*STAGES, STOPPED)


def next_stage(stage: str) -> str:
    """The stage after this one; the last is followed by itself, and what was stopped begins again as an idea."""
    if stage == STOPPED:
        return STAGES[0]
    return STAGES[min(STAGES.index(stage) + 1, len(STAGES) - 1)]


def missing_for(from_stage: str, to_stage: str, *, present: Collection[str]) -> tuple[str, ...]:
    """What the new stage and all before it expect and is not there. Waiting, going back and stopping expect nothing."""
    if decision(from_stage, to_stage) not in {"go_on", "resume"}:
        return ()
    until = STAGES[: STAGES.index(to_stage) + 1]
    return tuple(key for stage in until for key in EXPECTED[stage] if key not in present)
