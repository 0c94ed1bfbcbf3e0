"""What every benchmark of the opinion map shares: claims, fresh processes, and the table and JSON at the end.

A script keeps what it demands beside what it measured, prints both and fails (exit code 1) if a demand is not met:

    claims = [at_most("Cold map, median of 5", 0.41, 0.5, unit="s")]
    raise SystemExit(publish("giant", claims=claims, tables=[Sheet("Stages", ("stage", "s"), rows)]))

Figures that need a process of their own (first call, peak memory, a peer) are parts of the script, run by `fresh`:
`if __name__ == "__main__": run(__file__, whole=main, parts={"cold": cold_map})`.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "opinion_map"
PACKAGES = ("samskap", "numpy", "numba", "scipy", "dask", "scikit-learn", "red-dwarf", "pabutools", "gmpy2")
SKIPPED = 0
"""The exit code of a benchmark whose data is not on this machine."""

Part = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """A demanded figure beside the measured one."""

    what: str
    demanded: str
    measured: float
    unit: str
    holds: bool


def at_most(what: str, measured: float, limit: float, *, unit: str = "") -> Claim:
    """The measured figure must not be larger than the limit."""
    return Claim(what, f"at most {limit:,g}", float(measured), unit, bool(measured <= limit))


def at_least(what: str, measured: float, limit: float, *, unit: str = "") -> Claim:
    """The measured figure must not be smaller than the limit."""
    return Claim(what, f"at least {limit:,g}", float(measured), unit, bool(measured >= limit))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to print and to write: a title, column names and rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Fresh:
    """What a process of its own gave back: its answer, its whole wall time, and its peak resident memory."""

    answer: Any
    seconds: float
    peak_mb: float


def publish(
    name: str,
    *,
    claims: Iterable[Claim],
    tables: Iterable[Sheet] = (),
    notes: Iterable[str] = (),
    folder: Path | None = None,
) -> int:
    """Print the tables and the claims, write them all as JSON, and give the exit code: 1 if a demand is not met.

    `folder` is where the JSON goes, `RESULTS` if it is left out.
    """
    told, sheets, remarks = list(claims), list(tables), list(notes)
    console = Console(width=None if sys.stdout.isatty() else 140)
    for sheet in sheets:
        console.print(_table(sheet.title, sheet.columns, sheet.rows))
    demands = [
        (claim.what, claim.demanded, _cell(claim.measured), claim.unit, "yes" if claim.holds else "NO")
        for claim in told
    ]
    console.print(
        _table(f"{name}: demanded and measured", ("what", "demanded", "measured", "unit", "reached"), demands)
    )
    for remark in remarks:
        console.print(remark)
    results = folder or RESULTS
    results.mkdir(parents=True, exist_ok=True)
    document = {
        "name": name,
        "date": datetime.now(tz=UTC).isoformat(timespec="seconds"),
        "command": " ".join(["python", *sys.argv]),
        "machine": machine(),
        "versions": versions(),
        "claims": [asdict(claim) for claim in told],
        "tables": [asdict(sheet) for sheet in sheets],
        "notes": remarks,
    }
    (results / f"{name}.json").write_text(json.dumps(document, indent=1, default=_plain) + "\n", encoding="utf-8")
    return 0 if all(claim.holds for claim in told) else 1


def skip(name: str, *, reason: str) -> NoReturn:
    """End a benchmark whose data is not here, with a plain reason."""
    print(f"{name}: skipped. {reason}")
    raise SystemExit(SKIPPED)


def machine() -> dict[str, Any]:
    """Cores, processor model, memory and system of this machine."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "memory_mb": round(int((_line("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) / 1024),
        "system": f"{platform.system()} {platform.release()}",
        "load_1min": round(os.getloadavg()[0], 2),
    }


def versions() -> dict[str, str]:
    """Python and the packages that a figure may hang on."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def seconds(action: Callable[[], Any]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def median_seconds(action: Callable[[], Any], *, times: int = 5) -> float:
    """Median wall time of some calls."""
    return float(np.median([seconds(action) for _ in range(times)]))


def peak_mb() -> float:
    """Peak resident memory of this process so far, in MB (10^6 bytes)."""
    # Not ru_maxrss: a child that was started from a large process inherits the large figure.
    line = _line("/proc/self/status", "VmHWM")
    if line:
        return int(line.split()[0]) * 1024 / 1e6
    import resource  # noqa: PLC0415 -- not on every system

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if platform.system() == "Darwin" else 1e3)


def fresh(script: str, part: str, /, *, threads: int | None = None, **arguments: Any) -> Fresh:
    """Run one part of a script in a new Python process; arguments and answer must be JSON.

    `threads` is the number of threads that BLAS and numba may take (left out: as they like). Raises RuntimeError
    with the process's last words if it fails.
    """
    environment = dict(os.environ)
    if threads is not None:
        for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "MKL_NUM_THREADS"):
            environment[name] = str(threads)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, script, "--part", part, json.dumps(arguments, default=_plain)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    took = time.perf_counter() - start
    if done.returncode != 0:
        raise RuntimeError(f"Part {part} of {Path(script).name} failed: {done.stderr[-2000:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    return Fresh(answer=told["answer"], seconds=took, peak_mb=told["peak_mb"])


def run(script: str, *, whole: Callable[[], int], parts: dict[str, Part] | None = None) -> NoReturn:
    """The main of a script: one part as asked for by `fresh`, or the whole benchmark."""
    if len(sys.argv) > 1 and sys.argv[1] == "--part":
        answer = (parts or {})[sys.argv[2]](**json.loads(sys.argv[3]))
        print("\n" + json.dumps({"answer": answer, "peak_mb": peak_mb()}, default=_plain))
        raise SystemExit(0)
    if len(sys.argv) > 1 and sys.argv[1] in ("-h", "--help"):
        print(sys.modules["__main__"].__doc__ or script)
        raise SystemExit(0)
    raise SystemExit(whole())


def _line(path: str, start: str) -> str | None:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(start)), None)


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, (float, np.floating)):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, (np.integer, np.floating, np.bool_)):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    return str(value)
