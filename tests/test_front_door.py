"""Every public name is what it is called, whatever was imported before it."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import orebook

CALLS = """
import importlib, pkgutil, sys, tempfile
from pathlib import Path

import orebook

order, folder = sys.argv[1], Path(tempfile.mkdtemp())
if order == "every module first":
    for found in pkgutil.walk_packages(orebook.__path__, "orebook."):
        if not found.name.startswith(("orebook.service.migrations", "orebook.service.work.warm_imports")):
            importlib.import_module(found.name)
names = sorted(orebook.__all__, reverse=order == "backwards")
for _ in range(2):  # the first look at a name may import what the second one then finds in its place
    for name in names:
        assert name == "__version__" or callable(getattr(orebook, name)), name

from tests.builders import make_document

rows = {"volatility": [{"mineral": "tin", "volatility_pct": 20}]}
orebook.write_instance(make_document(**rows), folder / "case")
problem = orebook.read(folder / "case")
orebook.write_workbook(problem, folder / "case.xlsx")
assert orebook.read(folder / "case.xlsx").digest == problem.digest
plan = orebook.solve(problem, orebook.read_model("weekly"), audit=False)
more = orebook.whatif(plan, "instance.target_days=12")
assert [t.tonnes for t in more.document.tickets] == [12]
assert orebook.Session(problem).solve().costs.total_usd == 1000
assert orebook.difference(plan, more, causes=False)
assert orebook.explainer(plan).confidence()
assert orebook.risk(plan, draws=2).draws == 2
from orebook.report import files_of
from orebook.files.atomic import write_folder
write_folder(folder / "plan", files_of(plan))
assert orebook.open_plan(folder / "plan").document == plan.document
with_client = orebook.Client("http://127.0.0.1:1")
with_client.close()
assert orebook.__version__
"""


@pytest.mark.parametrize("order", ["in order", "backwards", "every module first"])
def test_every_public_name_can_be_called(order: str) -> None:
    """In a process of its own: each name looked at twice, then called as the README does."""
    ran = subprocess.run(
        [sys.executable, "-c", CALLS, order],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def test_no_module_is_called_as_a_public_name() -> None:
    """A module of that name would take its place on the package as soon as anything imports it."""
    modules = {found.name for found in pkgutil.iter_modules(orebook.__path__)}
    assert not modules & set(orebook.__all__)
