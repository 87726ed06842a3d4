"""The commands of the service."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[Path | None, typer.Option(help="Folder of the store; orebook-data where left out.")]
StoreUrl = Annotated[str | None, typer.Option(metavar="URL", help="postgresql://... in the place of SQLite.")]


def serve(
    home: Home = None,
    store: StoreUrl = None,
    host: Annotated[str | None, typer.Option(help="Another address than 127.0.0.1 needs keys or OIDC.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="8000 where left out.")] = None,
    workers: Annotated[int | None, typer.Option(min=0, max=64, help="Runs solved at once; 1 where left out.")] = None,
) -> None:
    """Serve the API and the workbench, with workers. OREBOOK_... in the environment says the same and more."""
    from orebook.cli.serve import run

    options = {"home": home, "store": store, "host": host, "port": port, "workers": workers}
    raise typer.Exit(run("serve", options))


def worker(
    home: Home = None,
    store: StoreUrl = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Runs solved at once; 1 where left out.")] = None,
) -> None:
    """Solve runs of a service; on another machine with the same PostgreSQL store and shared folder of files."""
    from orebook.cli.serve import run

    raise typer.Exit(run("worker", {"home": home, "store": store, "workers": workers}))


def doctor(
    sweep: Annotated[bool, typer.Option("--sweep", help="Take contents away that nothing names for a day.")] = False,
    home: Home = None,
    store: StoreUrl = None,
) -> None:
    """Look a service's store through, also while it runs: contents against their hashes, the audit's chain, the database.

    Exit status: 0 all is well, 1 faults found.
    """
    from orebook.cli.store import doctor

    raise typer.Exit(doctor(sweep, home, store))


NewFile = Annotated[Path, typer.Argument(help="A new file, such as orebook.tar.", show_default=False)]
OldFile = Annotated[Path, typer.Argument(help="What `orebook backup` wrote.", show_default=False)]


def backup(path: NewFile, home: Home = None, store: StoreUrl = None) -> None:
    """Write a service's store to a file, of one moment, also while it runs: database, documents and results.

    Exit status: 0 done, 1 done but for contents that are missing or damaged.
    """
    from orebook.cli.store import back_up

    raise typer.Exit(back_up(path, home, store))


def restore(path: OldFile, home: Home = None, store: StoreUrl = None) -> None:
    """Make a new store of a backup, in SQLite or PostgreSQL, whichever it was written from, and look it through.

    Exit status: 0 done, 1 faults found in it.
    """
    from orebook.cli.store import restore

    raise typer.Exit(restore(path, home, store))


def prune(
    days: Annotated[float | None, typer.Option(min=0, help="Older runs and versions go that nobody builds on.")] = None,
    instance: Annotated[str | None, typer.Option(help="This one goes, with all its versions and runs.")] = None,
    home: Home = None,
    store: StoreUrl = None,
) -> None:
    """Take away old runs and versions, or an instance.

    What stays: the audit, plans with approved tickets, plans that others begin from, each instance's newest plan and version.
    """
    from orebook.cli.store import prune

    if (days is None) == (instance is None):
        raise typer.BadParameter("say either --days or --instance")
    raise typer.Exit(prune(days, instance, home, store))


def audit(home: Home = None, store: StoreUrl = None) -> None:
    """The whole audit, a line of JSON a row, the oldest first, chained by hashes that are checked.

    Exit status: 0 the chain holds, 1 a row was changed from outside.
    """
    from orebook.cli.store import audit

    raise typer.Exit(audit(home, store))


class KeyScope(StrEnum):
    """What a key of the API may do."""

    read = "read"
    plan = "plan"
    approve = "approve"
    admin = "admin"


def key(
    name: Annotated[str, typer.Argument(help="Whose it is; the audit has it.", show_default=False)],
    scope: Annotated[list[KeyScope], typer.Option(help="What it may do; may stand often.")],
    expires_days: Annotated[
        float | None, typer.Option(min=0.001, max=3_660, help="It opens nothing any more after so many days.")
    ] = None,
    home: Home = None,
    store: StoreUrl = None,
) -> None:
    """Make a key of the API and print its secret, this once. Needed before others than this machine may be served."""
    from orebook.cli.key import run

    raise typer.Exit(run(name, [s.value for s in scope], home, store, expires_days))


keys = typer.Typer(help="Keys of the API and log-ins: listed, and taken back.", no_args_is_help=True)


@keys.command("list")
def keys_list(home: Home = None, store: StoreUrl = None) -> None:
    """A line each: id, name, scopes; when it was made, last used, and ends or ended."""
    from orebook.cli.key import list_keys

    raise typer.Exit(list_keys(home, store))


@keys.command("revoke")
def keys_revoke(
    key_id: Annotated[str, typer.Argument(help="As `orebook keys list` shows it.", show_default=False)],
    home: Home = None,
    store: StoreUrl = None,
) -> None:
    """Take one back; streams that it has open end within a second."""
    from orebook.cli.key import revoke

    raise typer.Exit(revoke(key_id, home, store))


def add_to(app: typer.Typer) -> None:
    """Make them commands of the app."""
    for command in (serve, worker, key, doctor, backup, restore, prune, audit):
        app.command()(command)
    app.add_typer(keys, name="keys")
