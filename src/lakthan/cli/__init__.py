"""The `lakthan` command: its verbs, and how any failure becomes one line and a status."""

import io
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

import click

from lakthan.cli import language
from lakthan.cli.failures import line_for
from lakthan.core.errors import UserError


@dataclass(frozen=True, slots=True)
class Verb:
    """Where a verb is written (a module with a click command named `command`) and what it needs."""

    module: str
    summary: str
    server: bool = True
    """Needs Django set up; the module may then import apps at its top."""


VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "account": Verb("lakthan.cli.account", "Make an account, or give it a role or a password."),
        "bench": Verb("lakthan.cli.bench", "Measure what things cost on this machine."),
        "demo": Verb("lakthan.cli.demo", "Build the demonstration city."),
        "doctor": Verb("lakthan.cli.doctor", "Say what is wrong here, and how to mend it.", server=False),
        "figure": Verb("lakthan.cli.figure", "Compute an indicator from records."),
        "import": Verb("lakthan.cli.import_", "Read a file into records."),
        "migrate": Verb("lakthan.cli.migrate", "Bring the database to this version of Lakthan."),
        "print": Verb("lakthan.cli.print_", "Print the report of an indicator."),
        "remind": Verb("lakthan.cli.remind", "Remind people by mail of what is due."),
        "rubric": Verb("lakthan.cli.rubric", "Show or adopt what the reporting is scored by."),
        "serve": Verb("lakthan.cli.serve", "Serve the pages."),
        "template": Verb("lakthan.cli.template", "Write a workbook to fill in and import."),
    }
)


class Verbs(click.Group):
    """The group of all verbs. A verb is loaded when it is used, so that help needs no more than click."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all verbs."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Load a verb, after setting up Django where the verb needs it.

        Raises:
            UserError: packages that the verb needs are not installed.
        """
        verb = VERBS.get(name)
        if verb is None:
            return None
        try:
            if verb.server:
                from lakthan.cli.django import set_up  # the base installation has no Django

                set_up()
            command: click.Command = import_module(verb.module).command
        except ModuleNotFoundError as missing:
            raise _needs_server(name, missing) from missing
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs with their summaries, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, VERBS[name].summary) for name in self.list_commands(ctx)])


def _needs_server(verb: str, missing: ModuleNotFoundError) -> Exception:
    package = (missing.name or "").partition(".")[0]
    if package == "lakthan":
        return missing
    return UserError(
        f"lakthan {verb} ต้องใช้แพ็กเกจเพิ่มเติม (ไม่พบ {package}) ให้ติดตั้ง: pip install 'lakthan[server]'",
        f"lakthan {verb} needs more than the base installation ({package} is missing): pip install 'lakthan[server]'",
    )


def _speak(ctx: click.Context, param: click.Parameter, value: language.Language | None) -> None:
    """Choose the language while options are read: verbs are looked up, and may be refused, before `lakthan` runs."""
    language.choose(value)


@click.group(cls=Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=click.Choice(["th", "en"]),
    callback=_speak,
    is_eager=True,
    expose_value=False,
    help="Language of messages; else LAKTHAN_LANGUAGE, else LANG.",
)
@click.version_option(package_name="lakthan", message="%(prog)s %(version)s")
@click.pass_context
def lakthan(ctx: click.Context) -> None:
    """Lakthan: performance reporting for cities, computed from records."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit status: 0 when all is well; any failure is one line on stderr and 1."""
    language.choose(None)
    try:
        status = lakthan.main(args=list(arguments), prog_name="lakthan", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
        return 1
    except Exception as failure:
        click.echo(line_for(failure), err=True)
        return 1
    return status if isinstance(status, int) else 0


def _close_quietly() -> None:
    """Whoever read our output has gone; keep the interpreter from complaining about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """The entry point of the `lakthan` script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    sys.exit(run(sys.argv[1:]))
