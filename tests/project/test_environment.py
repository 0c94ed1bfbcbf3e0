"""Settings are typed, and a wrong one is named with its code and its cure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from samskap.kernel.errors import SettingError
from samskap.project.environment import SETTINGS, read_all

WRONG = {
    "DATABASE_URL": "mysql://somewhere/db",
    "SAMSKAP_SECRET_KEY": "short",
    "SAMSKAP_URL": "samskap.example.org",
    "SAMSKAP_MUNICIPALITY": "40160",
    "SAMSKAP_LANGUAGE": "no",
    "SAMSKAP_DEMO": "perhaps",
    "SAMSKAP_DEBUG": "2",
    "SAMSKAP_EMAIL": "mail.example.org",
    "SAMSKAP_REQUIRE_MFA": "",
    "SAMSKAP_OIDC": '[{"id": "entra"}]',
    "SAMSKAP_WORKERS": "0",
    "SAMSKAP_THREADS": "many",
    "SAMSKAP_TASK_WORKER": "elsewhere",
    "SAMSKAP_HTTPS": "maybe",
}


def test_every_default_can_be_read() -> None:
    values = read_all({})
    assert set(values) == {setting.name for setting in SETTINGS}
    assert (values["SAMSKAP_WORKERS"], values["SAMSKAP_DEMO"], values["SAMSKAP_LANGUAGE"]) == (1, False, "nb")


def test_codes_and_names_occur_once() -> None:
    assert len({setting.code for setting in SETTINGS}) == len({setting.name for setting in SETTINGS}) == len(SETTINGS)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_named_with_code_and_cure(name: str) -> None:
    setting = next(setting for setting in SETTINGS if setting.name == name)
    with pytest.raises(SettingError) as caught:
        read_all({name: WRONG[name]})
    assert caught.value.code == setting.code
    assert str(caught.value).startswith(f"{setting.code}: {name} is ")
    assert caught.value.cure == setting.cure


@pytest.mark.parametrize("name", ["SAMSKAP_SECRET_KEY", "SAMSKAP_OIDC", "DATABASE_URL"])
def test_a_secret_is_never_repeated_in_the_message(name: str) -> None:
    with pytest.raises(SettingError) as caught:
        read_all({name: "hunter2://secret"[:16]})
    assert "hunter2" not in str(caught.value)


def test_a_wrong_setting_stops_the_start_without_a_traceback(tmp_path: Path) -> None:
    environment = os.environ | {"SAMSKAP_DATA": str(tmp_path), "SAMSKAP_WORKERS": "none"}
    run = subprocess.run(
        [sys.executable, "-m", "samskap", "migrate"], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "samskap.E014: SAMSKAP_WORKERS is 'none'" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    from samskap.project.keys import secret_key

    first = secret_key("", tmp_path)
    assert len(first) >= 48
    assert secret_key("", tmp_path) == first
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert secret_key("x" * 40, tmp_path) == "x" * 40


def test_a_data_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    from samskap.project.keys import data_folder

    (tmp_path / "file").write_text("")
    with pytest.raises(SettingError, match="that folder cannot be made"):
        data_folder(tmp_path / "file" / "data")


def test_each_process_of_a_test_run_has_a_data_folder_of_its_own() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    assert str(settings.SAMSKAP_DATA) == os.environ["SAMSKAP_DATA"]
    assert worker is None or settings.SAMSKAP_DATA.name == worker
