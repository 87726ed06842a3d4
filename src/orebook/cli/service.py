"""The commands of the service: `serve`, `worker` and `key`."""

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
    home: Home = None,
    store: StoreUrl = None,
) -> None:
    """Make a key of the API and print its secret, this once. Needed before others than this machine may be served."""
    from orebook.cli.key import run

    raise typer.Exit(run(name, [s.value for s in scope], home, store))


def add_to(app: typer.Typer) -> None:
    """Make them commands of the app."""
    for command in (serve, worker, key):
        app.command()(command)
