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
    for command in (serve, worker, key):
        app.command()(command)
    app.add_typer(keys, name="keys")
