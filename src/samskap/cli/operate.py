"""What an operator does: bring the database up to date, check everything, add people and municipalities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from samskap.kernel.acting import SYSTEM_OPERATOR
from samskap.kernel.errors import RuleError, SamskapError

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Organisation

__all__ = ["check", "migrate", "municipality_group", "ready_with_tables", "user_group"]

LANGUAGES = click.Choice(["nb", "nn", "en"])
ROLES = click.Choice(["leader", "facilitator", "unit_manager", "partner"])


def _ready() -> None:
    """Start Django; what it says on the command line is said in English."""
    import django  # noqa: PLC0415 -- slow import

    django.setup()
    from django.utils import translation  # noqa: PLC0415 -- needs settings

    translation.activate("en")


def ready_with_tables() -> None:
    """Start Django, and stop where the database lacks tables or cannot be reached."""
    _ready()
    pending = _pending_migrations()
    if pending:
        raise SamskapError(
            f"The database is older than this version of Samskap ({len(pending)} changes are missing).",
            code="database_is_old",
            cure="Call `samskap migrate` first.",
        )


def _pending_migrations() -> list[str]:
    from django.db import DatabaseError, connection  # noqa: PLC0415 -- needs settings
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- needs settings

    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as trouble:
        reason = str(trouble).strip().splitlines()[0]
        raise SamskapError(
            f"The database cannot be opened: {reason}.", cure="Check SAMSKAP_DATA and DATABASE_URL."
        ) from trouble
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


@click.command()
def migrate() -> None:
    """Bring the database up to date. Take a backup first."""
    _ready()
    from django.core.management import call_command  # noqa: PLC0415 -- needs settings

    pending = _pending_migrations()
    if not pending:
        click.echo("The database is up to date.")
        return
    call_command("migrate", interactive=False, verbosity=0)
    click.echo(f"The database is up to date: {len(pending)} changes were made.")


@click.command()
def check() -> None:
    """Check settings, database and the record of what has happened. Exit code 1 where something is wrong."""
    _ready()
    troubles = [*_troubles_of_the_system(), *_troubles_of_the_database()]
    if not troubles:
        troubles = [*_troubles_of_the_municipality(), *_troubles_of_the_trail()]
    for note in _notes():
        click.echo(f"Note: {note}")
    for trouble in troubles:
        click.echo(f"Wrong: {trouble}", err=True)
    if troubles:
        raise SamskapError(
            f"{len(troubles)} thing{'s are' if len(troubles) > 1 else ' is'} wrong.", code="check_failed"
        )
    click.echo("Everything is in order.")


def _troubles_of_the_system() -> Iterator[str]:
    from django.core.checks import ERROR, run_checks  # noqa: PLC0415 -- needs settings

    for found in run_checks():
        if found.level >= ERROR:
            yield f"{found.msg} {found.hint or ''}".strip()


def _troubles_of_the_database() -> Iterator[str]:
    pending = _pending_migrations()
    if pending:
        yield f"{len(pending)} changes of the database are missing. Call `samskap migrate`."


def _troubles_of_the_municipality() -> Iterator[str]:
    from django.conf import settings  # noqa: PLC0415 -- needs settings

    from samskap.apps.actors import queries  # noqa: PLC0415 -- needs settings

    number = settings.SAMSKAP_MUNICIPALITY
    if number and queries.find_municipality(number) is None:
        yield (
            f"SAMSKAP_MUNICIPALITY is {number}, and that municipality has not been added. "
            f"Call `samskap municipality add {number}`."
        )


def _troubles_of_the_trail() -> Iterator[str]:
    """Recompute every chain, with a bar that says how far it has come."""
    from rich.console import Console  # noqa: PLC0415 -- slow import
    from rich.progress import track  # noqa: PLC0415 -- slow import

    from samskap.apps.trail import queries  # noqa: PLC0415 -- needs settings

    lengths = queries.chain_lengths()
    console = Console(stderr=True)
    for chain in track(lengths, description="Checking the record", console=console, transient=True):
        checked = queries.checked_chain(chain)
        if checked.broken_at is not None:
            yield (
                f"The record of {chain} is broken at entry {checked.broken_at} of {checked.entries}: "
                "it has been changed from outside. Compare it with a backup."
            )
    click.echo(f"The record: {sum(lengths.values())} entries in {len(lengths)} chains were recomputed.")


def _notes() -> Iterator[str]:
    from django.conf import settings  # noqa: PLC0415 -- needs settings

    if settings.SAMSKAP_DEMO:
        yield "SAMSKAP_DEMO is on. Anyone can sign in without e-mail; never where real people take part."
    if settings.DEBUG:
        yield "SAMSKAP_DEBUG is on. Technical error pages are shown; never on an open server."
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        yield "E-mail goes to this console. Set SAMSKAP_EMAIL to send it."
    if not settings.SAMSKAP_URL:
        yield "SAMSKAP_URL is empty. Set it, so that links in e-mails and QR codes lead here."


@click.group("user")
def user_group() -> None:
    """People with an account."""


@user_group.command("add")
@click.argument("email")
@click.option("--name", default="", help="As colleagues know them.")
@click.option("--language", type=LANGUAGES, default="nb", show_default=True, help="The language of letters to them.")
@click.option(
    "--municipality", "number", help="Where they have a role. [default: SAMSKAP_MUNICIPALITY, or the only one]"
)
@click.option("--role", type=ROLES, help="What they are there.")
@click.option("--organisation", default="", help="Whom a unit manager or partner speaks for; it is found by its name.")
@click.option("--operator", is_flag=True, help="May add and delete municipalities on the web.")
def add_user(
    email: str,
    name: str,
    language: str,
    number: str | None,
    role: str | None,
    organisation: str,
    operator: bool,  # noqa: FBT001 -- the form in which click hands over a flag
) -> None:
    """Add a person by E-MAIL address, who then signs in by a code; give a role to one who is here already."""
    ready_with_tables()
    from django.db import transaction  # noqa: PLC0415 -- needs settings

    from samskap.apps.actors import actions  # noqa: PLC0415 -- needs settings

    _check_address(email)
    with transaction.atomic():
        person = actions.add_person(email, by=SYSTEM_OPERATOR, name=name, language=language, is_operator=operator)
        if role:
            town = _municipality(number)
            body = _organisation(town, organisation) if organisation else None
            actions.give_mandate(person, town, role=role, by=SYSTEM_OPERATOR, organisation=body)
            click.echo(f"{person.email} is {role.replace('_', ' ')} in {town.name}.")
    click.echo(f"{person.email} signs in at {_address()}/accounts/login/ with a code by e-mail.")


def _check_address(email: str) -> None:
    from django.core.exceptions import ValidationError  # noqa: PLC0415 -- needs settings
    from django.core.validators import validate_email  # noqa: PLC0415 -- needs settings

    try:
        validate_email(email.strip())
    except ValidationError as wrong:
        raise click.BadParameter(f"{email!r} is not an e-mail address.", param_hint="EMAIL") from wrong


def _municipality(number: str | None) -> Municipality:
    from samskap.apps.actors import queries  # noqa: PLC0415 -- needs settings

    found = queries.find_municipality(number) if number else queries.default_municipality()
    if found is None and number:
        raise SamskapError(
            f"The municipality {number} is not here.", cure=f"Call `samskap municipality add {number}` first."
        )
    if found is None:
        raise click.UsageError("Say which municipality: --municipality 4016.")
    return found


def _organisation(town: Municipality, name: str) -> Organisation:
    from samskap.apps.actors import queries  # noqa: PLC0415 -- needs settings

    found = next((one for one in queries.organisations_of(town) if one.name.lower() == name.strip().lower()), None)
    if found is None:
        raise RuleError(f"{town.name} has no organisation called {name!r}.", cure="Add it on the web first.")
    return found


def _address() -> str:
    from django.conf import settings  # noqa: PLC0415 -- needs settings

    return settings.SAMSKAP_URL or "http://localhost:8000"


@click.group("municipality")
def municipality_group() -> None:
    """The municipalities of this installation."""


@municipality_group.command("add")
@click.argument("number")
@click.option("--language", type=LANGUAGES, default="nb", show_default=True, help="The language of its letters.")
@click.option("--colour", default="", help="Its colour, six hexadecimal digits such as #14595a.")
def add_municipality(number: str, language: str, colour: str) -> None:
    """Add one of the 357 municipalities by its four-digit NUMBER."""
    ready_with_tables()
    from samskap.apps.actors import actions  # noqa: PLC0415 -- needs settings
    from samskap.kernel.colour import parse_colour  # noqa: PLC0415 -- only here

    shown = parse_colour(colour).hex if colour else ""
    added = actions.add_municipality(number, by=SYSTEM_OPERATOR, language=language, colour=shown)
    click.echo(f"{added.name} ({added.number}) is added.")


@municipality_group.command("list")
@click.option("--all", "everyone", is_flag=True, help="All 357 municipalities of Norway instead of those here.")
def list_municipalities(everyone: bool) -> None:  # noqa: FBT001 -- the form in which click hands over a flag
    """Show the municipalities that are here."""
    if everyone:
        from samskap.kernel.municipalities import MUNICIPALITY_NAMES  # noqa: PLC0415 -- only here

        for number, name in sorted(MUNICIPALITY_NAMES.items()):
            click.echo(f"{number}  {name}")
        return
    ready_with_tables()
    from samskap.apps.actors import queries  # noqa: PLC0415 -- needs settings

    found = queries.all_municipalities()
    for one in found:
        click.echo(f"{one.number}  {one.name}")
    if not found:
        click.echo("There are none yet. Call `samskap municipality add NUMBER`.")


@municipality_group.command("delete")
@click.argument("number")
@click.option("--confirm", default=None, help="The number once more; it is asked for where this is left out.")
def delete_municipality(number: str, confirm: str | None) -> None:
    """Delete a municipality and everything in it. Take a backup first."""
    ready_with_tables()
    from samskap.apps.actors import actions  # noqa: PLC0415 -- needs settings

    town = _municipality(number)
    if confirm is None:
        question = f"Everything in {town.name} will be deleted. Type {town.number} to go on"
        confirm = click.prompt(question, default="", show_default=False)
    actions.delete_municipality(town, confirmed=confirm or "", by=SYSTEM_OPERATOR)
    click.echo(f"{town.name} is deleted.")
