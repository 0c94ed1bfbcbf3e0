"""Commands for an operator, a clerk or a citizen. Exit codes: 0 done, 1 the input or the state forbids it, 2 usage."""

from __future__ import annotations

import os
import sys

import click

from samskap.kernel.errors import SamskapError

__all__ = ["main"]


class Commands(click.Group):
    """A group that imports a command only when it is called, and shows errors as sentences."""

    table = {
        "demo": "samskap.cli.demo:demo",
        "serve": "samskap.cli.serve:serve",
        "worker": "samskap.cli.serve:worker",
        "migrate": "samskap.cli.operate:migrate",
        "check": "samskap.cli.operate:check",
        "map": "samskap.cli.map:map_command",
        "outlook": "samskap.cli.outlook:outlook",
        "count": "samskap.cli.count:count_command",
        "audit": "samskap.cli.audit:audit_command",
        "appraise": "samskap.cli.appraise:appraise_command",
        "import": "samskap.cli.exchange:import_group",
        "export": "samskap.cli.exchange:export_group",
        "figures": "samskap.cli.figures:figures",
        "user": "samskap.cli.operate:user_group",
        "municipality": "samskap.cli.operate:municipality_group",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = self.table.get(cmd_name)
        if target is None:
            return None
        from importlib import import_module  # noqa: PLC0415 -- slow import

        module, _, name = target.partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SamskapError as error:
            click.echo(f"samskap: {error}", err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="samskap", prog_name="samskap")
def main() -> None:
    """Samskap: from a challenge in the figures to a co-created service whose benefit is measured."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.project.settings")
    # Matrices here are small: more threads of the linear algebra only wait for each other. Read when NumPy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.stdout.encoding and sys.stdout.encoding.lower() not in {"utf-8", "utf8"}:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
