"""`orebook doctor`, `backup`, `restore`, `prune` and `audit`: what looks after a service's store."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from orebook.cli.exit_status import REFUSED
from orebook.cli.output import result, say
from orebook.cli.store_command import existing, with_settings

if TYPE_CHECKING:
    from orebook.service.settings import Settings

DAY_S = 24 * 3600.0
WHO = "command line"


def doctor(sweep: bool, home: Path | None, store: str | None) -> int:
    """Look the store through; 1 where something is wrong with it."""

    def work(settings: Settings) -> int:
        from orebook.service.store.doctor import examined, swept
        from orebook.service.store.store import Store

        existing(settings)
        opened = Store.of(settings)
        found = examined(opened)
        for fault in found.faults:
            result(f"fault: {fault}")
        gone = swept(opened, found.orphans) if sweep else 0
        result(
            f"{found.sound} contents are sound, {len(found.faults)} faults; "
            f"{len(found.orphans)} contents are named by nothing" + (f", {gone} of them taken away" if sweep else "")
        )
        return REFUSED if found.faults else 0

    return with_settings(work, home=home, store=store)


def back_up(path: Path, home: Path | None, store: str | None) -> int:
    """Write the store to a file; 1 where a content was missing or damaged, the rest being written all the same."""

    def work(settings: Settings) -> int:
        from orebook.service.store.backup import back_up
        from orebook.service.store.store import Store

        existing(settings)
        done = back_up(Store.of(settings), path)
        for fault in done.missing:
            say(f"fault: {fault}")
        say(f"{path}: {done.rows} rows, {done.contents} contents")
        return REFUSED if done.missing else 0

    return with_settings(work, home=home, store=store)


def restore(path: Path, home: Path | None, store: str | None) -> int:
    """Make a store of a backup, and look it through; 1 where something is wrong with what came of it."""

    def work(settings: Settings) -> int:
        from orebook.service.store.backup import restore
        from orebook.service.store.doctor import examined
        from orebook.service.store.store import Store

        done = restore(path, settings)
        found = examined(Store.of(settings))
        for fault in found.faults:
            say(f"fault: {fault}")
        say(f"{settings.home}: {done.rows} rows, {done.contents} contents")
        return REFUSED if found.faults else 0

    return with_settings(work, home=home, store=store)


def prune(days: float | None, instance: str | None, home: Path | None, store: str | None) -> int:
    """Take away what is old and what nobody builds on, or one instance whole; then the contents that nothing names."""

    def work(settings: Settings) -> int:
        from orebook.service.store.doctor import examined, swept
        from orebook.service.store.retention import drop_instance, prune
        from orebook.service.store.store import Store

        existing(settings)
        opened = Store.of(settings)
        with opened.database.write() as session:
            if instance is not None:
                gone = drop_instance(session, instance, WHO)
            else:
                gone = prune(session, time.time() - DAY_S * (days or 0.0), WHO)
        contents = swept(opened, examined(opened).orphans)
        say(f"{gone.runs} runs, {gone.versions} versions and {contents} contents were taken away")
        return 0

    return with_settings(work, home=home, store=store)


def audit(home: Path | None, store: str | None) -> int:
    """The whole audit, a line of JSON a row; 1 where a row does not follow from the one before it."""

    def work(settings: Settings) -> int:
        from orebook.service.actions.audit import whole_audit
        from orebook.service.context import Context
        from orebook.service.store.audit import broken_at

        existing(settings)
        context = Context.of(settings)
        for lines in whole_audit(context):
            result(lines.rstrip("\n"))
        with context.store.database.read() as session:
            row = broken_at(session)
        if row is not None:
            say(f"fault: row {row} does not follow from the one before it; it was changed from outside")
        return 0 if row is None else REFUSED

    return with_settings(work, home=home, store=store)
