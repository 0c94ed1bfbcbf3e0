"""Which statement to show a person next.

    router = Router.of(answers, statements=("s1", "s2"), strata=(EVERYONE, StratumName("sector", "voluntary")))
    asker = router.asker(seed="ticket", chances={"sector": {"voluntary": 1.0}}, answered=frozenset({"s1"}))
    router.next(asker)

The lists of the map are settled by the weakest stratum: a statement is common ground when the lower bound of every
group and every sector is above one half. So an answer is worth most where it may settle a list soon: the chance that
the statement belongs there, times the part that one answer from this person's strata goes of all that it still needs
(`Router.worth`). A stratum that is seldom heard is a longer way.

That is the rule of Smith (1956, Naval Research Logistics Quarterly 3) for jobs of uncertain success, chance of
success by remaining work, and the value of information with the look-ahead that pays best of Frazier and Powell
(2010, Decision Analysis 7(4)): with a look-ahead of one answer almost no answer settles anything, and the questions go
to statements that lie at one half and will never be settled.

Who is asked what depends on counts and on the strata of the person, never on what this person is expected to answer:
within a stratum those who answered a statement stay a fair sample of it. Adaptive routing and not a fixed order,
since a fixed one cannot give every group its due: Halpern, Kehne, Procaccia, Tucker-Foltz and Wüthrich (AAAI 2023).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.bounds import quantile
from samskap.engines.opinion_map.discovery import RATE
from samskap.engines.opinion_map.result import StratumName

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Masks = NDArray[np.bool_]
Reason = Literal["new", "unheard", "agreed", "rejected", "divides", "remainder", "background", "skipped"]

EVERYONE = StratumName("everyone", "")
FEWEST = 5  # answers before anything is said of a statement, or of a stratum's answers to it
LIKENESS = 4.0  # a stratum begins as so many answers of everybody's opinion
GAP = 0.25  # difference in agreement between two strata that makes a statement divisive
DIVIDES_WEIGHT = 0.25  # and once more for a gap in rejection
LEAST = 1e-4  # what is settled sinks to this worth and never to nothing
EAGERNESS = 3.0
FLOOR_EVERY = 3
JUMP_CHANCE = 0.25
BACKGROUND_EVERY = 5


@dataclass(frozen=True, slots=True)
class Why:
    """Why a statement is asked: for the facilitator, and for tests.

    `new` has under five answers in all and `unheard` under five in the named stratum. `agreed`, `rejected` and
    `divides` say which list it may join with about `needed` more answers from the named stratum, by `chance`.
    `remainder` is settled, or not to be settled by this person; `background` and `skipped` are what they say.
    """

    statement: str
    reason: Reason
    kind: str
    name: str
    needed: int
    chance: float


@dataclass(frozen=True, slots=True, eq=False)
class Asker:
    """One person to ask. `membership` (strata,) is the chance of belonging to each; `open` (statements,) may be asked.

    `skipped` are positions to ask last, in this order. `count` is how many statements the person has answered.
    """

    seed: int
    membership: Floats
    open: Masks
    skipped: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Router:
    """What the answers so far say of the next one. All arrays are (strata, statements); stratum 0 is everybody.

    `chances` and `needed` have one layer a list (agreed, rejected, divides in agreement and in rejection): the chance
    that the statement belongs
    there, and the answers this stratum still owes, infinite where it owes none. `hashes` names each statement.
    """

    statements: tuple[str, ...]
    strata: tuple[StratumName, ...]
    background: Masks
    answered: Ints
    chances: Floats
    needed: Floats
    worths: Floats
    hashes: NDArray[np.uint64]

    @classmethod
    def of(
        cls,
        answers: Ints,
        *,
        statements: Sequence[str],
        strata: Sequence[StratumName],
        background: frozenset[str] = frozenset(),
    ) -> Router:
        """The router for these counts: `answers` (strata, statements, 3), last axis disagree, pass, agree.

        The first stratum is everybody. Names are unique. Raises ValueError where shapes and names do not fit.
        """
        if answers.shape != (len(strata), len(statements), 3) or not strata:
            raise ValueError(f"Answers of shape {answers.shape} do not fit {len(strata)} strata, {len(statements)}.")
        agreed, rejected = (_majority(answers, side=side) for side in (2, 0))
        lists = (agreed, rejected, *(_division(answers, strata=strata, side=side) for side in (2, 0)))
        chances, needed = np.stack([found.chance for found in lists]), np.stack([found.needed for found in lists])
        weights = np.array([1.0, 1.0, DIVIDES_WEIGHT, DIVIDES_WEIGHT])[:, None, None]
        return cls(
            statements=tuple(statements),
            strata=tuple(strata),
            background=np.array([key in background for key in statements], dtype=bool),
            answered=np.asarray(answers.sum(axis=2), dtype=np.int64),
            chances=chances,
            needed=needed,
            worths=np.asarray((weights * chances * _shares_of_the_way(needed, answers)).sum(axis=0)),
            hashes=np.array([_hash(key) for key in statements], dtype=np.uint64),
        )

    def asker(
        self,
        *,
        seed: str,
        chances: Mapping[str, Mapping[str, float]] | None = None,
        answered: frozenset[str] = frozenset(),
        skipped: Sequence[str] = (),
    ) -> Asker:
        """A person by the chance of belonging to each stratum: {"group": {"A": 0.6, "B": 0.4}}.

        Who belongs to a group that is not known yet may be spread over all; who says no sector has none.
        """
        known = chances or {}
        membership = [known.get(stratum.kind, {}).get(stratum.name, 0.0) for stratum in self.strata]
        membership[0] = 1.0
        place = {key: number for number, key in enumerate(self.statements)}
        done = [place[key] for key in answered if key in place]
        last = [place[key] for key in dict.fromkeys(skipped) if key in place and key not in answered]
        can_ask = np.ones(len(self.statements), dtype=bool)
        can_ask[done + last] = False
        return Asker(_hash(seed), np.array(membership), open=can_ask, skipped=tuple(last), count=len(done))

    def worth(self, membership: Floats) -> Floats:
        """The list entries (statements,) that one answer of this person is expected to settle.

        The sum over the person's strata, and over the lists, of the chance of joining, times the part of the way that
        one answer goes; half for what divides.
        """
        return np.asarray(membership @ self.worths + LEAST)

    def next(self, asker: Asker) -> str | None:
        """The key of the statement to ask now, or None where nothing is left."""
        found = self.order(asker, most=1)
        return found[0] if found else None

    def order(self, asker: Asker, *, most: int) -> list[str]:
        """The next statements of this person, best first.

        Drawn with chances by worth cubed (the exponential race of Efraimidis and Spirakis, 2006), and not simply
        the best: a hall of five hundred that all get the same statement gives it four hundred answers too many
        before the counts are read again. The draw depends on the seed, the counts and the keys alone, so that a
        page loaded again asks the same. A floor goes first: statements under five answers in all, and at every
        third question those under five from the person's own strata, each with a chance of one in four, so that
        one new statement takes a quarter of the hall. Background questions come at every fifth place.
        """
        race = np.log(self.worth(asker.membership)) * EAGERNESS + _gumbel(self.hashes, seed=asker.seed)
        shy = -np.log1p(self.answered[0]) + _gumbel(self.hashes, seed=asker.seed)
        left, order = asker.open.copy(), list[int]()
        for turn in range(asker.count, asker.count + most):
            if not left.any():
                break
            opinions, background = left & ~self.background, left & self.background
            is_background = background.any() and ((turn + 1) % BACKGROUND_EVERY == 0 or not opinions.any())
            among = background if is_background else self._floor(asker, turn=turn, among=opinions)
            chosen = int(np.argmax(np.where(among, shy if is_background else race, -np.inf)))
            left[chosen] = False
            order.append(chosen)
        return [self.statements[place] for place in [*order, *asker.skipped][:most]]

    def why(self, statement: str, asker: Asker) -> Why:
        """Why this statement is asked of this person."""
        place = self.statements.index(statement)
        if place in asker.skipped:
            return Why(statement, "skipped", EVERYONE.kind, EVERYONE.name, needed=0, chance=0.0)
        return self._why(place, asker.membership)

    def asking(self, *, most: int = 5) -> tuple[Why, ...]:
        """What is asked for now, the dearest first: for each statement the stratum whose answer is worth most."""
        found = []
        for place in np.flatnonzero(~self.background).tolist():
            own = self.worths[:, place].copy()
            own[self.answered[:, place] < FEWEST] += 1.0
            own[0] += self.answered[0, place] < FEWEST
            membership = np.zeros(len(self.strata))
            membership[int(np.argmax(own))] = 1.0
            found.append((-float(own.max()), self._why(place, membership)))
        found.sort(key=lambda item: (item[0], item[1].statement))
        return tuple(why for _worth, why in found if why.reason != "remainder")[:most]

    def _floor(self, asker: Asker, *, turn: int, among: Masks) -> Masks:
        """The statements that the floor lets go first at this turn, else those that are not new."""
        new = few = self.answered[0] < FEWEST
        if turn % FLOOR_EVERY == FLOOR_EVERY - 1:
            few = (self.answered[asker.membership >= 0.5] < FEWEST).any(axis=0)
        jump = _uniform(self.hashes, seed=_mixed(asker.seed, turn + 1)) < JUMP_CHANCE
        for first in (among & few & jump, among & ~new, among):
            if first.any():
                return first
        return among

    def _why(self, place: int, membership: Floats) -> Why:
        key = self.statements[place]
        if self.background[place]:
            return Why(key, "background", EVERYONE.kind, EVERYONE.name, needed=0, chance=0.0)
        asked, heard = self.needed[:, :, place], self.answered[:, place]
        if heard[0] < FEWEST:
            return Why(key, "new", EVERYONE.kind, EVERYONE.name, needed=int(FEWEST - heard[0]), chance=0.0)
        own = np.flatnonzero((membership >= 0.5) & (heard < FEWEST))
        if own.size:
            stratum = self.strata[own[0]]
            return Why(key, "unheard", stratum.kind, stratum.name, needed=int(FEWEST - heard[own[0]]), chance=0.0)
        worth = membership * self.chances[:, :, place] / asked
        chosen, row = np.unravel_index(int(np.argmax(worth)), worth.shape)
        if worth[chosen, row] <= LEAST:
            return Why(key, "remainder", EVERYONE.kind, EVERYONE.name, needed=0, chance=0.0)
        reasons: tuple[Reason, ...] = ("agreed", "rejected", "divides", "divides")
        stratum, chance = self.strata[row], float(self.chances[chosen, row, place])
        return Why(
            key, reasons[chosen], stratum.kind, stratum.name, needed=math.ceil(asked[chosen, row]), chance=chance
        )


def _shares_of_the_way(needed: Floats, answers: Ints) -> Floats:
    """The part of all that a statement still needs that one answer from each stratum goes (lists, strata, statements).

    Ways are measured in time: answers owed, over how often the stratum is heard.
    """
    supply = (answers.sum(axis=(1, 2)) + 1.0) / (answers[0].sum() + 1.0)
    finite = np.isfinite(needed)
    way = np.where(finite, needed, 0.0) / supply[:, None]
    return np.asarray(finite / supply[:, None] / np.maximum(way.sum(axis=1, keepdims=True), 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class _List:
    """One list of the map: (strata, statements) chance of joining it, and answers still owed."""

    chance: Floats
    needed: Floats


def _majority(answers: Ints, *, side: int) -> _List:
    """Common ground on one side: the chance that even the weakest stratum has a majority, and what it takes to show.

    A stratum of n answers, x on the side, is believed to lie at (4 p + x) / (4 + n), p everybody's share. Its exact
    lower bound is above one half about where half a hit less than x lies z standard errors above n / 2, so a share s
    shows it after T answers with T (s - 1/2) - 1/2 = z sqrt(T) / 2. Here s is no nearer to one half than its own
    standard deviation, since nobody knows it better; and z is that of the list when it holds as many as expected.
    """
    hits, heard = answers[..., side].astype(np.float64), answers.sum(axis=2).astype(np.float64)
    share, variance = _belief(hits, heard)
    chance = _normal_cdf((share - 0.5) / np.sqrt(variance)).min(axis=0)
    z = _list_quantile(chance)
    shown = (heard >= FEWEST) & (2.0 * hits - heard - 1.0 > z * np.sqrt(np.maximum(heard, 1.0)))
    lead = np.maximum(share - 0.5, np.sqrt(variance))
    in_all = np.maximum(((z / 2.0 + np.sqrt(z * z / 4.0 + 2.0 * lead)) / (2.0 * lead)) ** 2, FEWEST)
    needed = np.where(shown, np.inf, np.maximum(in_all - heard, 0.0) + 1.0)
    return _List(np.broadcast_to(chance, needed.shape), needed)


def _list_quantile(chance: Floats) -> float:
    """Standard errors that the list asks of its members (see `discovery`) when all that belong there have joined."""
    return quantile(RATE * min(max(float(chance.sum()), 1.0) / max(len(chance), 1), 1.0))


def _division(answers: Ints, *, strata: Sequence[StratumName], side: int) -> _List:
    """The two strata of a kind that lie farthest apart on one side, and what it takes to show a gap of 0.25.

    With variance v an answer, two strata show it after z² (v + v') / (gap - 0.25)² answers each, where again the
    distance to the line is at least its standard deviation.
    """
    hits, heard = answers[..., side].astype(np.float64), answers.sum(axis=2).astype(np.float64)
    share, variance = _belief(hits, heard)
    chance, needed = np.zeros_like(share), np.full_like(share, np.inf)
    columns = np.arange(share.shape[1])
    # By name: of strata that lie equally far out, the order of the rows must not choose.
    by_name = sorted(range(len(strata)), key=lambda row: strata[row].name)
    for kind in {stratum.kind for stratum in strata}:
        rows = np.array([row for row in by_name if strata[row].kind == kind])
        if len(rows) < 2:
            continue
        high, low = rows[share[rows].argmax(axis=0)], rows[share[rows].argmin(axis=0)]
        high = np.where(high == low, rows[1], high)  # all equal: any two
        gap = share[high, columns] - share[low, columns]
        spread = variance[high, columns] + variance[low, columns]
        likely = _normal_cdf((gap - GAP) / np.sqrt(spread))
        z = _list_quantile(likely)
        at_once = share * (1.0 - share)
        each = z * z * (at_once[high, columns] + at_once[low, columns]) / np.maximum(gap - GAP, np.sqrt(spread)) ** 2
        shown = gap - z * np.sqrt(spread) > GAP
        for row in (high, low):
            chance[row, columns] = likely
            owed = np.maximum(each, FEWEST) - heard[row, columns]
            # The other of the two may owe all: what this one would add settles nothing.
            needed[row, columns] = np.where(shown | (owed <= 0.0), np.inf, owed + 1.0)
    return _List(chance, needed)


def _belief(hits: Floats, heard: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of each share: Beta, begun as four answers of everybody's opinion; everybody's, as two."""
    everybody = (hits[0] + 1.0) / (heard[0] + 2.0)
    weight = heard + LIKENESS
    share = (hits + LIKENESS * everybody) / weight
    share[0], weight[0] = everybody, heard[0] + 2.0
    return share, share * (1.0 - share) / (weight + 1.0)


_erf = np.vectorize(math.erf, otypes=[np.float64])


def _normal_cdf(z: Floats) -> Floats:
    return np.asarray(0.5 * (1.0 + _erf(z * math.sqrt(0.5))))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _mixed(seed: int, number: int) -> int:
    return (seed + number * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF


def _uniform(hashes: NDArray[np.uint64], *, seed: int) -> Floats:
    """Numbers in (0, 1) that depend on the seed and each statement's name alone (the mixer of SplitMix64)."""
    mixed = hashes ^ np.uint64(seed)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed = mixed ^ (mixed >> np.uint64(31))
    return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53 + 2.0**-54


def _gumbel(hashes: NDArray[np.uint64], *, seed: int) -> Floats:
    return np.asarray(-np.log(-np.log(_uniform(hashes, seed=seed))))
