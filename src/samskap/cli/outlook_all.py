"""All municipalities in one pass: checkpoints that a stopped run goes on from, a file for each, and one table."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from samskap.cli.outlook_figures import Figures, assumptions_of
from samskap.cli.outlook_run import Order, basis_of
from samskap.engines.outlook import (
    FOLDS,
    REPORTED,
    Assumptions,
    Outlook,
    Simulation,
    look_at,
    national_standard,
    simulate,
)
from samskap.formats.bundle import BROKEN
from samskap.formats.outlook_json import to_document
from samskap.formats.outlook_told import key_years
from samskap.formats.tables import written
from samskap.kernel.errors import SamskapError
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.web.files import keep_file

__all__ = ["Done", "Folder", "look_at_all", "print_all"]

SUMMARY = "outlooks.csv"
COLUMNS = ("place", "name", "year", "quantity", "mean", "p10", "p50", "p90")
OLD = "80+"

Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Done:
    """What was made: people 80 and over of each place, the middle now and in the last year; of the country the last
    year's 10, 50 and 90 % of the draws; and what was left out."""

    draws: int
    first: int
    last: int
    old: dict[str, tuple[float, float]]
    country: tuple[float, float, float]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """Finished blocks as files. One that was cut off in writing is as if it were not there."""

    folder: Path

    def get(self, key: str) -> Mapping[str, Single] | None:
        """The arrays of a block, or None."""
        try:
            packed = io.BytesIO(self._file(key).read_bytes())
            with np.load(packed, allow_pickle=False) as kept:
                return dict(kept)
        except (*BROKEN, IndexError, KeyError):
            return None

    def put(self, key: str, arrays: Mapping[str, Single]) -> None:
        """Keep a block, whole or not at all."""
        packed = io.BytesIO()
        np.savez(packed, **arrays)  # type: ignore[arg-type]
        keep_file(self._file(key), content=packed.getvalue())

    def clear(self) -> None:
        """Delete what was kept."""
        for file in self.folder.glob("*.npz"):
            file.unlink()
        self.folder.rmdir()

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.npz"


def look_at_all(
    figures: Figures, *, order: Order, out: Path, progress: Callable[[int, int], None], cluster: Any = None
) -> Done:
    """The outlooks of all municipalities, written to the folder `out`. A run that was stopped goes on where it was."""
    assumptions, notes = assumptions_of(figures, place=None)
    store = Folder(out / "unfinished")
    try:
        run = simulate(
            assumptions, years=order.years, draws=order.draws, seed=order.seed, levers=order.levers, progress=progress,
            store=store, cluster=cluster,
        )  # fmt: skip
        old = _write(run, assumptions, figures, order=order, out=out, progress=progress)
        store.clear()
    except OSError as error:
        raise SamskapError(
            f"{out} cannot be written: {error.strerror}.",
            code="write",
            cure="See that there is room left, and start again: finished blocks are kept.",
        ) from error
    last = assumptions.base_year + order.years
    return Done(order.draws, assumptions.base_year, last, old, _country(run), notes)


def _write(
    run: Simulation,
    assumptions: Assumptions,
    figures: Figures,
    *,
    order: Order,
    out: Path,
    progress: Callable[[int, int], None],
) -> dict[str, tuple[float, float]]:
    """A file for each place, and the table; people 80 and over, now and in the last year."""

    rows: list[tuple[object, ...]] = [COLUMNS]
    old = {}
    standard = national_standard(assumptions, order.parameters, years=order.years)
    for number, place in enumerate(run.places, start=1):
        found, _draws = look_at(
            run, assumptions, place=place, accounts=figures.accounts.get(place), parameters=order.parameters,
            levers=order.levers, standard=standard,
        )  # fmt: skip
        document = to_document(found, basis=basis_of(figures, place=place, order=order))
        keep_file(out / f"{place}.json", content=(json.dumps(document, ensure_ascii=False) + "\n").encode())
        rows += _rows(found)
        old[place] = found.groups[OLD].p50[0], found.groups[OLD].p50[-1]
        progress(number, len(run.places))
    keep_file(out / SUMMARY, content=written(rows))
    return old


def _country(run: Simulation) -> tuple[float, float, float]:
    """People 80 and over in the last year: the sum in each draw, for middles do not add up."""
    folds = [number for number, (first, _last) in enumerate(FOLDS) if first >= REPORTED[OLD][0]]
    low, middle, high = np.quantile(run.pool.national[-1, folds].sum(axis=0), (0.1, 0.5, 0.9))
    return float(low), float(middle), float(high)


def _rows(outlook: Outlook) -> Iterator[tuple[object, ...]]:
    quantities = {"population": outlook.population, **outlook.groups}
    quantities |= {name: getattr(outlook, name) for name in ("support_ratio", "posts", "posts_share")}
    if outlook.money:
        quantities |= {"room_share": outlook.money.room_share}
    name = MUNICIPALITY_NAMES[outlook.place]
    for year in key_years(outlook):
        at = outlook.years.index(year)
        for quantity, band in quantities.items():
            numbers = (f"{getattr(band, part)[at]:.6g}" for part in COLUMNS[4:])
            yield outlook.place, name, year, quantity, *numbers
        if outlook.money:
            chance = f"{outlook.money.chance_negative[at]:.6g}"
            yield outlook.place, name, year, "chance_of_no_room", chance, "", "", ""


def print_all(done: Done, *, out: Path) -> None:
    """What was done, in a few lines."""
    now, (low, middle, high) = sum(pair[0] for pair in done.old.values()), done.country
    growth = {place: later / before - 1 for place, (before, later) in done.old.items() if before}
    least, most = min(growth, key=growth.__getitem__), max(growth, key=growth.__getitem__)
    click.echo(f"{len(done.old)} municipalities, {done.draws:,} draws, {done.first} to {done.last}.")
    click.echo(f"People aged 80 or older in all: {now:,.0f}, then {middle:,.0f} ({low:,.0f}–{high:,.0f}).")
    click.echo(
        f"Least growth {growth[least]:+.0%} in {MUNICIPALITY_NAMES[least]}, most {growth[most]:+.0%} in "
        f"{MUNICIPALITY_NAMES[most]}."
    )
    click.echo(f"Wrote {out / SUMMARY} and {len(done.old)} JSON files beside it.")
