"""The command tree. Other packages add commands through the entry-point group `footnote.commands`."""

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from assistant.cli.ask import ask
from assistant.cli.index import index_app
from assistant.cli.ingest import ingest
from assistant.cli.options import RootOptions
from assistant.cli.serve import serve
from assistant.cli.sources import sources_app
from assistant.cli.watch import watch
from ingest.errors import OptionalDependencyError

COMMANDS_GROUP = "footnote.commands"


class PluginGroup(TyperGroup):
    """A command group whose entry-point commands are loaded only when one is named or help lists them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands, those of entry points last."""
        own = super().list_commands(ctx)
        return own + sorted(_plugins().keys() - set(own))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, None when there is none."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        plugin = _plugins().get(cmd_name)
        return None if plugin is None else _load_plugin(plugin)


def build_command() -> Any:
    """The whole command tree, as the object whose `main` runs it."""
    app = typer.Typer(
        cls=PluginGroup,
        add_completion=True,
        no_args_is_help=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_root)
    app.command("ingest")(ingest)
    app.command("watch")(watch)
    app.command("ask")(ask)
    app.command("serve")(serve)
    app.add_typer(sources_app, name="sources")
    app.add_typer(index_app, name="index")
    return typer.main.get_command(app)


def _root(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option("--home", metavar="DIR", help="The folder that holds the index (or FOOTNOTE_HOME)."),
    ] = None,
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.")] = False,
) -> None:
    """Ask questions about a collection of articles; every sentence of an answer stands on a passage.

    Begin with [bold]footnote ingest SOURCE[/bold] (a file, a folder, an address, or [bold]samples[/bold]),
    then [bold]footnote ask "QUESTION"[/bold] or [bold]footnote serve[/bold].
    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 declined to answer.
    """
    context.obj = RootOptions(home=home)
    if version:
        from assistant.version import installed_version

        print(f"footnote {installed_version()}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(2)


def _plugins() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=COMMANDS_GROUP)}


def _load_plugin(plugin: EntryPoint) -> Any:
    try:
        loaded = plugin.load()
    except (ImportError, AttributeError) as error:
        return _unavailable(plugin, error)
    command = typer.main.get_command(loaded)
    command.name = plugin.name
    return command


def _unavailable(plugin: EntryPoint, reason: Exception) -> Any:
    """A command that says why it cannot run: one broken plugin must not hide the other commands."""
    app = typer.Typer(add_completion=False)

    def unavailable(_words: Annotated[list[str] | None, typer.Argument(hidden=True)] = None) -> None:
        raise OptionalDependencyError(
            f"the command '{plugin.name}' cannot be loaded ({reason})",
            "install footnote-qa again; if the command comes from another package, install that one again",
        )

    settings = {"ignore_unknown_options": True, "help_option_names": []}
    app.command(plugin.name, help=f"Not available: {reason}", context_settings=settings)(unavailable)
    return typer.main.get_command(app)
