"""`samskap map --scheduler`: the same map from a cluster, and sentences where there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.engines.opinion_map.worlds import planted

from samskap.cli import cluster as dask_cluster
from samskap.cli import main
from samskap.formats.polis_csv import (
    CastVote,
    Conversation,
    ConversationPerson,
    ConversationStatement,
    write_conversation,
)

distributed = pytest.importorskip("distributed", reason="The extra samskap[cluster] is not installed.")

pytestmark = pytest.mark.slow


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["map", *map(str, arguments)])


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    rows, _ = planted(2, people=100, statements=16, density=0.9)
    conversation = Conversation(
        title="Buses",
        description="",
        statements=tuple(ConversationStatement(key, f"Words of {key}") for key in sorted({row[1] for row in rows})),
        people=tuple(ConversationPerson(key, sector="public") for key in sorted({row[0] for row in rows})),
        votes=tuple(CastVote(*row) for row in sorted(rows)),
    )
    write_conversation(conversation, tmp_path / "talk")
    return tmp_path / "talk"


def test_a_cluster_prints_and_writes_the_map_of_one_machine(talk: Path, tmp_path: Path) -> None:
    alone = run(talk, "--json", tmp_path / "alone.json")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        address = cluster.scheduler_address
        command = [sys.executable, "-m", "samskap", "map", str(talk), "--scheduler", address]
        done = subprocess.run(
            [*command, "--json", str(tmp_path / "far.json")], capture_output=True, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (0, f"Wrote {tmp_path / 'far.json'}\n")
    assert done.stdout == alone.stdout
    assert (tmp_path / "far.json").read_text("utf-8") == (tmp_path / "alone.json").read_text("utf-8")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x"])
def test_an_address_without_a_scheduler_ends_with_one_and_a_sentence(
    talk: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_cluster, "WAIT_S", 1)
    done = run(talk, "--scheduler", address)
    assert done.exit_code == 1
    assert f"No scheduler answers at {address}. Start one with: dask scheduler." in " ".join(done.stderr.split())
    assert "Traceback" not in done.output


def test_a_scheduler_without_workers_ends_with_one_and_a_sentence(talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "WAIT_S", 1)
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as cluster:
        done = run(talk, "--scheduler", cluster.scheduler_address)
        assert done.exit_code == 1
        assert f"The scheduler at {cluster.scheduler_address} has no workers." in " ".join(done.stderr.split())


def test_without_dask_the_extra_to_install_is_named(talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run(talk, "--scheduler", "tcp://127.0.0.1:8786")
    assert done.exit_code == 1
    assert "pip install 'samskap[cluster]'" in done.stderr
