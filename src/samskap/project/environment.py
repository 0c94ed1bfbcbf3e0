"""Every setting: its name, type, default, meaning, and what to say when it is wrong.

The reference page `docs/reference/settings.md` is checked against this table.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from samskap.kernel.colour import parse_colour
from samskap.kernel.errors import SamskapError, SettingError
from samskap.kernel.municipalities import municipality_name

__all__ = ["SETTINGS", "Setting", "read", "read_all"]


@dataclass(frozen=True)
class Setting:
    """One environment variable. `parse` raises ValueError; the user then sees `code` and `cure`."""

    name: str
    code: str
    default: str
    parse: Callable[[str], Any]
    meaning: str
    cure: str


def _text(value: str) -> str:
    return value.strip()


def _path(value: str) -> Path:
    return Path(value).expanduser().resolve()


def _yes_or_no(value: str) -> bool:
    answers = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}
    return answers[value.strip().lower()]


def _names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]


def _language(value: str) -> str:
    if value not in {"nb", "nn", "en"}:
        raise ValueError(value)
    return value


def _number(least: int, most: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        number = int(value)
        if not least <= number <= most:
            raise ValueError(value)
        return number

    return parse


def _municipality(value: str) -> str:
    if value and municipality_name(value) is None:
        raise ValueError(value)
    return value


def _colour(value: str) -> str:
    try:
        return parse_colour(value).hex if value else ""
    except SamskapError as mistake:
        raise ValueError(value) from mistake


def _address(value: str) -> str:
    if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
        raise ValueError(value)
    return value.rstrip("/")


def _database(value: str) -> str:
    if value and urlsplit(value).scheme not in {"postgres", "postgresql", "sqlite"}:
        raise ValueError(value)
    return value


def _mail(value: str) -> str:
    if value != "console" and (urlsplit(value).scheme not in {"smtp", "smtps"} or not urlsplit(value).hostname):
        raise ValueError(value)
    return value


def _secret(value: str) -> str:
    if value and len(value) < 32:
        raise ValueError("too short")
    return value


def _providers(value: str) -> list[dict[str, str]]:
    providers = json.loads(value or "[]")
    for provider in providers:
        if not set(provider) >= {"id", "name", "issuer", "client_id", "secret"}:
            raise ValueError(value)
    return list(providers)


def _one_of(*names: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in names:
            raise ValueError(value)
        return value

    return parse


SETTINGS = (
    Setting(
        "SAMSKAP_DATA",
        "samskap.E001",
        "./data",
        _path,
        "The folder of the database, the keys and the files.",
        "Name a folder that this user may write to.",
    ),
    Setting(
        "DATABASE_URL",
        "samskap.E002",
        "",
        _database,
        "The database; empty means SQLite in the data folder.",
        "Write postgresql://user:password@host:5432/name, or leave it empty.",
    ),
    Setting(
        "SAMSKAP_SECRET_KEY",
        "samskap.E003",
        "",
        _secret,
        "The key that signs tickets and sessions; empty means one is made and kept in the data folder.",
        "Use at least 32 random characters, or leave it empty.",
    ),
    Setting(
        "SAMSKAP_HOSTS",
        "samskap.E004",
        "localhost,127.0.0.1,[::1]",
        _names,
        "The host names this server answers to.",
        "Separate the names with commas, without http:// or ports.",
    ),
    Setting(
        "SAMSKAP_URL",
        "samskap.E005",
        "",
        _address,
        "The public address, used in QR codes, e-mails and reports; empty means the address of the request.",
        "Write it as https://samskap.example.org.",
    ),
    Setting(
        "SAMSKAP_MUNICIPALITY",
        "samskap.E006",
        "",
        _municipality,
        "The municipality that the front page shows; empty means a list where there is more than one.",
        "Write the number of one of the 357 municipalities, such as 4016.",
    ),
    Setting(
        "SAMSKAP_LANGUAGE",
        "samskap.E007",
        "nb",
        _language,
        "The language of a visitor who has not chosen one.",
        "Write nb, nn or en.",
    ),
    Setting(
        "SAMSKAP_DEMO",
        "samskap.E008",
        "no",
        _yes_or_no,
        "Turns on the demonstration: its sign-in without e-mail and its notice on every page.",
        "Write yes or no; never yes where real people take part.",
    ),
    Setting(
        "SAMSKAP_DEBUG",
        "samskap.E009",
        "no",
        _yes_or_no,
        "Shows technical error pages, for developers.",
        "Write yes or no; never yes on an open server.",
    ),
    Setting(
        "SAMSKAP_EMAIL",
        "samskap.E010",
        "console",
        _mail,
        "Where e-mail goes: `console`, or a mail server.",
        "Write console, smtp://user:password@host:587 or smtps://user:password@host:465.",
    ),
    Setting(
        "SAMSKAP_EMAIL_FROM",
        "samskap.E011",
        "samskap@localhost",
        _text,
        "The sender of e-mails.",
        "Write an e-mail address.",
    ),
    Setting(
        "SAMSKAP_REQUIRE_MFA",
        "samskap.E012",
        "no",
        _yes_or_no,
        "Leaders and facilitators must use a second factor or a passkey.",
        "Write yes or no.",
    ),
    Setting(
        "SAMSKAP_OIDC",
        "samskap.E013",
        "[]",
        _providers,
        "OpenID Connect providers, such as ID-porten, Ansattporten or Entra, as a JSON list.",
        'Write [{"id": "entra", "name": "Entra", "issuer": "https://…", "client_id": "…", "secret": "…"}].',
    ),
    Setting(
        "SAMSKAP_WORKERS",
        "samskap.E014",
        "1",
        _number(1, 64),
        "Server processes.",
        "Write a whole number from 1 to 64.",
    ),
    Setting(
        "SAMSKAP_THREADS",
        "samskap.E015",
        "16",
        _number(1, 256),
        "Threads in each server process.",
        "Write a whole number from 1 to 256.",
    ),
    Setting(
        "SAMSKAP_TASK_WORKER",
        "samskap.E016",
        "embedded",
        _one_of("embedded", "separate"),
        "Where background work is done: in the server, or by `samskap worker`.",
        "Write embedded or separate.",
    ),
    Setting(
        "SAMSKAP_HTTPS",
        "samskap.E017",
        "no",
        _yes_or_no,
        "The server stands behind HTTPS: cookies are then sent over HTTPS only.",
        "Write yes or no.",
    ),
    Setting(
        "SAMSKAP_COLOUR",
        "samskap.E018",
        "",
        _colour,
        "The municipality's own colour; empty means the colour of Samskap. Contrast in light and dark follows from it.",
        "Write six hexadecimal digits, such as #14595a.",
    ),
)


def read(setting: Setting, environment: Mapping[str, str]) -> Any:
    """The typed value of one setting, or a `SettingError` with its code and cure."""
    raw = environment.get(setting.name, setting.default)
    try:
        return setting.parse(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as mistake:
        shown = "…" if "SECRET" in setting.name or setting.name in {"SAMSKAP_OIDC", "DATABASE_URL"} else repr(raw)
        raise SettingError(
            f"{setting.code}: {setting.name} is {shown}, which cannot be used.", code=setting.code, cure=setting.cure
        ) from mistake


def read_all(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Every setting, typed. Stops at the first that is wrong."""
    source = os.environ if environment is None else environment
    return {setting.name: read(setting, source) for setting in SETTINGS}
