"""What the engine hands back: frozen values, keys and numbers, no prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Side = Literal["agree", "disagree"]
Answer = Literal["agree", "disagree", "pass"]
Role = Literal["opinion", "background"]
Verdict = Literal["agreed", "rejected", "divisive", "divided", "awaited", "uncertain", "mixed", "background"]
List = Literal["agreed", "rejected", "divisive", "divided", "representative"]
Border = Literal["clear", "gradual", "none"]
Reason = Literal[
    "groups_found",
    "sides_found",
    "too_few_people",
    "too_few_statements",
    "no_common_pattern",
    "groups_not_stable",
    "groups_too_small",
]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there was to work with.

    `people` have at least one vote that counts, `people_in_map` gave enough votes to be grouped (see
    `votes_needed`), `statements` are in the map, `background` are counted beside it, `left_out` are not counted.
    `votes` are the votes on statements in the map; `silent` people are known but gave no such vote.
    """

    people: int
    people_in_map: int
    statements: int
    votes: int
    background: int
    left_out: int
    silent: int
    votes_needed: int


class PersonPlace(NamedTuple):
    """Where one person stands, and how sure that is.

    `group` is None for people with too few votes, and where there are no groups. `var_x`, `cov_xy`, `var_y` are the
    posterior covariance of the place: few votes leave it wide.
    """

    key: str
    x: float
    y: float
    group: str | None
    votes: int
    var_x: float
    cov_xy: float
    var_y: float


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement that a group stands for: it answers so more often than the other groups together do.

    `share` and `share_elsewhere` are shares of answers (pass included) that are `side`; `effect` is their difference
    and `lower` its lower bound at the level of the list (see `Claim`), always above 0. `side` is what most of the
    group answer, or "pass" where that is their most frequent answer.
    """

    statement: str
    side: Answer
    share: float
    share_elsewhere: float
    effect: float
    lower: float


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people who vote alike.

    Keys are letters: in order of size at first, and kept from one map to the next by those who stay together.
    `x`, `y` is its middle and `var_x`, `cov_xy`, `var_y` how its members spread around it.
    """

    key: str
    size: int
    x: float
    y: float
    var_x: float
    cov_xy: float
    var_y: float
    representative: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class GroupTrial:
    """How one number of groups fared: the evidence behind `Structure`.

    `stability` is the mean adjusted Rand index between this grouping and the ones found in draws of 80 % of the
    people; `separation` is the silhouette (0 to 1), `null_separation` its mean where people spread around one
    middle, `p_value` the share of such spreads that reach the real one with any number of groups; `smallest` is the
    size of the smallest group. `accepted` trials stand apart, are stable and large enough.
    """

    groups: int
    stability: float
    separation: float
    null_separation: float
    p_value: float
    smallest: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class Structure:
    """Is there a pattern at all, and does it fall into groups?

    `first_axis_share` is the share of all variation that the first axis carries, `null_first_axis_share` the mean
    of the same in votes shuffled within each statement, `p_value` the share of shuffles that reach the real one.
    `stability` is that of the chosen number of groups (or of the best refused one; 0 where none was tried).
    `border` is "clear" where groups stand apart more than in any spread of people around one middle, and "gradual"
    where people lie on one such spread and the two groups are its two sides.
    """

    has_groups: bool
    groups: int
    border: Border
    first_axis_share: float
    second_axis_share: float
    null_first_axis_share: float
    p_value: float
    stability: float
    reason: Reason
    trials: tuple[GroupTrial, ...]


@dataclass(frozen=True, slots=True)
class StratumCount:
    """Answers of one group or sector to one statement. Never present below five answers.

    Shares are of all answers, pass included. Bounds are exact one-sided 95 % bounds (Clopper-Pearson). The pooled
    shares are the best guesses of the whole stratum's: drawn towards everybody's, as far as strata differ little.
    """

    kind: str
    name: str
    size: int
    agree: int
    disagree: int
    passed: int
    share_agree: float
    lower_agree: float
    upper_agree: float
    share_disagree: float
    lower_disagree: float
    upper_disagree: float
    pooled_agree: float
    pooled_disagree: float

    @property
    def answered(self) -> int:
        """Answers in all, pass included."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True, slots=True)
class StratumName:
    """A group or a sector, by kind and name."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class StatementResult:
    """All that is known about one statement.

    `x`, `y` are its loadings on the two axes (0 for background). `spread` is the difference between two strata
    of the same kind, in agreement or in disagreement, that is largest for certain, and `spread_lower` its 95 % lower
    bound (all pairs considered); `kind` says which kind of stratum that is (None where no two strata have enough
    answers). `too_few` names strata with too few answers to this one.
    """

    key: str
    x: float
    y: float
    agree: int
    disagree: int
    passed: int
    share_agree: float
    lower_agree: float
    upper_agree: float
    share_disagree: float
    lower_disagree: float
    upper_disagree: float
    by_stratum: tuple[StratumCount, ...]
    too_few: tuple[StratumName, ...]
    spread: float
    spread_lower: float
    kind: str | None
    role: Role
    verdict: Verdict

    @property
    def answered(self) -> int:
        """Answers in all, pass included."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True, slots=True)
class CommonGround:
    """A statement that more than half of every stratum agrees with (or rejects), as far as one can be certain.

    `bound` is the smallest lower bound of the share on `side`, over everybody and all strata told, at the level of
    the list (see `Claim`); `weakest_kind` and `weakest_stratum` say where it was found ("everyone" and "" for the
    whole). `unheard` are strata of which nothing is told and nothing is claimed.
    """

    statement: str
    side: Side
    bound: float
    weakest_kind: str
    weakest_stratum: str
    unheard: tuple[StratumName, ...]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A stratum that has not said enough on a statement.

    `answered` is None where it may not be told (fewer than five, or hidden with such). `needed` is about how many
    answers it takes in all, if the stratum goes on as so far (or, unheard, answers as everybody); None where it
    would take more than a thousand.
    """

    kind: str
    name: str
    answered: int | None
    needed: int | None


@dataclass(frozen=True, slots=True)
class Awaited:
    """A statement that would be common ground on `side`, if the `lacking` strata turned out as they seem."""

    statement: str
    side: Side
    lacking: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class Divisive:
    """A statement on which two strata of one kind differ; `high` leans more towards agreement than `low`.

    `side` is the answer on which their shares differ by `spread`: `high` agrees more, or `low` disagrees more.
    `lower` is the lower bound of the difference, at the level of the list (see `Claim`).
    """

    statement: str
    spread: float
    lower: float
    kind: str
    high: str
    low: str
    side: Side


@dataclass(frozen=True, slots=True)
class DividedWithin:
    """A statement that a group (a sector, or everyone where there are no groups) is itself split on.

    Both sides have at least the share `bound` of the stratum, at the level of the list (see `Claim`).
    """

    statement: str
    kind: str
    name: str
    share_agree: float
    share_disagree: float
    bound: float


@dataclass(frozen=True, slots=True)
class Claim:
    """How sure a list is: of its `chosen` entries at most the part `rate` is expected to be wrong.

    `tested` is the number they had to stand out from, and `level` the error level of each bound told in the list,
    at most rate * chosen / tested.
    """

    list: List
    tested: int
    chosen: int
    rate: float
    level: float


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A statement with too few answers to tell: the interval of its agreement is too wide."""

    statement: str
    answered: int
    lower_agree: float
    upper_agree: float


@dataclass(frozen=True, slots=True)
class StratumTooFew:
    """A group or sector about which nothing is said, since fewer than `needed` of its people answered.

    `answered` is 0 where nobody did and None for 1 to `needed` - 1: small numbers are not told.
    """

    kind: str
    name: str
    answered: int | None
    needed: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a map was laid beside the one before, so that it does not jump.

    The places of the map by itself, times the matrix ((xx, xy), (yx, yy)), are the places here; `letters` are the
    letters that its groups, A, B, C by size, have here. `common` people are in both maps.
    """

    xx: float
    xy: float
    yx: float
    yy: float
    letters: tuple[str, ...]
    common: int


@dataclass(frozen=True, slots=True)
class OpinionMap:
    """The whole result. Equal input (in any order) and seed give an equal map; `alignment` is None unless it was laid
    beside an earlier one."""

    engine_version: str
    seed: int
    input_hash: str
    counts: Counts
    people: tuple[PersonPlace, ...]
    groups: tuple[Group, ...]
    structure: Structure
    statements: tuple[StatementResult, ...]
    common_ground: tuple[CommonGround, ...]
    awaited: tuple[Awaited, ...]
    divisive: tuple[Divisive, ...]
    divided_within: tuple[DividedWithin, ...]
    uncertain: tuple[Uncertain, ...]
    too_few: tuple[StratumTooFew, ...]
    claims: tuple[Claim, ...]
    alignment: Alignment | None
