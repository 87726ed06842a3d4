"""A model is not looked through while it is used, and is gone once the next one is made."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

import orebook
from orebook import collector
from orebook.collector import spared
from orebook.solver.run import run
from tests.builders import make_problem


class Knot:
    """What refers to itself, as a model does: only a collection frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def _own(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process taken for one of orebook's own."""
    monkeypatch.setattr(collector, "_own", True)


def test_the_callers_collector_is_left_alone() -> None:
    """Paused while a model is made, and then as it was: nothing is kept from the caller's collections."""
    with spared(gc.isenabled) as paused:
        assert (paused, gc.isenabled(), gc.get_freeze_count()) == (False, True, 0)


@pytest.mark.parametrize("own", [False, True])
def test_a_large_solve_freezes_in_a_process_of_its_own_alone(own: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a solve goes on nothing of the caller's is frozen; in a process that is orebook's own, what is there by then."""
    monkeypatch.setattr(run, "LARGE_OFFER_WEEKS", 0)
    monkeypatch.setattr(collector, "_own", own)
    frozen: list[bool] = []
    listener = orebook.Listener(on_built=lambda *_: frozen.append(gc.get_freeze_count() > 0))
    orebook.solve(make_problem(), audit=False, listener=listener)
    assert frozen == [own]
    assert gc.get_freeze_count() == 0


@pytest.mark.parametrize(
    "begun",
    [
        "from orebook.cli import main; sys.argv = ['orebook', '--version']; main()",
        "from orebook.parallel.workers import _begun; _begun(sys.exit, ())",
    ],
)
def test_the_command_line_and_workers_say_that_a_process_is_theirs(begun: str) -> None:
    """Each in a process of its own, which knows it when it ends."""
    code = f"""
import sys
from orebook import collector
assert not collector._own
try:
    {begun}
except SystemExit:
    assert collector._own
    print("ended")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "ended"


def test_threads_pause_one_after_the_other() -> None:
    """While one pauses no other can, so that none takes another's pause for the caller's own wish."""
    with ThreadPoolExecutor(1) as other, collector.collector_paused():
        assert not other.submit(collector._alone.acquire, blocking=False).result()
    assert gc.isenabled()


@pytest.mark.usefixtures("_own")
def test_what_is_spared_goes_once_the_next_is_made() -> None:
    """Made without collections, passed over by those inside, and freed before the next is made."""
    made: list[weakref.ref[Knot]] = []

    def make() -> int:
        assert not gc.isenabled()
        made.append(weakref.ref(Knot()))
        return len(made)

    with spared(make) as count:
        assert gc.isenabled()
        gc.collect()
        assert (count, made[0]() is None) == (1, False)
    with spared(make):
        assert [knot() is None for knot in made] == [True, False]
    assert gc.get_freeze_count() == 0


@pytest.mark.usefixtures("_own")
def test_a_failure_leaves_the_collector_as_it_was() -> None:
    """Whether making fails or what follows does."""
    for broken in (lambda: 1 / 0, lambda: 1):
        with pytest.raises(ZeroDivisionError), spared(broken) as made:
            made / 0
        assert gc.isenabled()
        assert gc.get_freeze_count() == 0
