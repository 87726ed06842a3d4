"""Every public name is what it is called, whatever was imported before it, and does what its description says."""

from __future__ import annotations

import ast
import asyncio
import doctest
import gc
import inspect
import logging
import pickle
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import orebook
from orebook import api
from orebook.files.plan_folder import plan_texts
from tests.builders import make_problem
from tests.cli import hard

ROOT = Path(__file__).parents[1]

CALLS = """
import importlib, pickle, pkgutil, sys, tempfile
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
        assert name in ("__version__", "errors") or callable(getattr(orebook, name)), name

from tests.builders import make_document

called = {"__version__"}
class Public:
    def __getattr__(self, name):
        called.add(name)
        return getattr(orebook, name)
o = Public()

rows = {"volatility": [{"mineral": "tin", "volatility_pct": 20}]}
o.write_instance(make_document(**rows), folder / "case")
problem = o.read(folder / "case")
assert isinstance(problem, o.Problem)
o.write_workbook(problem, folder / "case.xlsx")
assert o.read(folder / "case.xlsx").digest == problem.digest
model = o.read_model("weekly")
assert o.Model.model_validate(model.model_dump()) == model
seen = []
plan = o.solve(problem, model, audit=False, stop=o.Stop(), listener=o.Listener(on_built=lambda *_: seen.append("built")))
assert isinstance(plan, o.Plan) and seen
more = o.whatif(plan, "instance.target_days=12")
assert [t.tonnes for t in more.document.tickets] == [12]
assert o.Session(problem).solve().costs.total_usd == 1000
facts = o.compare(plan, more, causes=False)
assert all(isinstance(fact, o.Fact) for fact in facts)
assert isinstance(o.explain(plan), o.Explainer)
assert o.explain(plan).confidence()
risk = o.risk(plan, draws=2)
assert isinstance(risk, o.Risk) and risk.draws == 2
drawn = o.futures(problem, draws=9, keep=2)
assert isinstance(drawn, o.DrawnFutures) and drawn.problem.futures
hedged = o.hedge(problem, model, audit=False)
assert isinstance(hedged, o.HedgedPlan) and hedged.now
assert isinstance(o.explain(hedged), o.HedgeExplainer) and o.explain(hedged).worth()
hedged.save(folder / "hedged")
assert o.open_hedge(folder / "hedged").document == hedged.document
plan.save(folder / "plan")
assert o.open_plan(folder / "plan").document == plan.document
moved = o.next_week(plan)
assert isinstance(moved, o.NextWeek) and moved.problem.weeks == problem.weeks
program = o.stage_program(problem, "cost")
assert isinstance(program, o.StageProgram) and "held[cover]" in program.rows
verdict = o.verify(problem, folder / "plan" / "plan.json")
assert isinstance(verdict, o.Verdict) and verdict.ok
imported = o.import_book({"Quotes": [["Supplier", "Metal", "Price (USD/kg)"], ["Traxys", "Tin", 30]]})
assert isinstance(imported, o.Imported) and imported.problem is not None
imported.save(folder / "imported")
assert all(isinstance(source, o.Source) for source in o.trace(folder / "imported", "offers.traxys-tin"))
client = o.Client("http://127.0.0.1:1")
client.close()
try:
    o.solve(problem, gap=5)
except o.InputError as error:
    assert all(isinstance(finding, o.Finding) for finding in error.findings)
for name in [name for name in orebook.__all__ if name.endswith("Error")]:
    assert issubclass(getattr(o, name), o.OrebookError), name
    assert getattr(o.errors, name) is getattr(o, name)
assert called == set(orebook.__all__), set(orebook.__all__) - called
assert pickle.loads(pickle.dumps(more)) == more
"""


def _fresh(code: str, *words: str) -> None:
    ran = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("order", ["in order", "backwards", "every module first"])
def test_every_public_name_can_be_called(order: str) -> None:
    """In a process of its own: each name looked at twice, then called as the README does."""
    _fresh(CALLS, order)


def test_no_module_takes_the_place_of_a_public_name() -> None:
    """A module of that name would stand on the package as soon as anything imports it."""
    modules = {found.name for found in pkgutil.iter_modules(orebook.__path__)}
    assert modules & set(NAMES) == set()


def test_a_notebook_lists_the_public_names() -> None:
    """`dir` has them and nothing else; a name that is none is refused."""
    assert dir(orebook) == sorted(orebook.__all__)
    with pytest.raises(AttributeError, match="sovle"):
        _ = orebook.sovle  # type: ignore[attr-defined]


NAMES = sorted(set(orebook.__all__) - {"__version__", "errors"})
PUBLIC = [getattr(api, name) if name in api.__all__ else getattr(orebook, name) for name in NAMES]
CALLABLE: list[Callable[..., object]] = [
    *(found for found in PUBLIC if inspect.isfunction(found)),
    *(orebook.Explainer, orebook.HedgeExplainer, orebook.Session, orebook.Client, orebook.Listener),
    *(orebook.Problem.change, orebook.Problem.from_frames, orebook.Plan.save),
    *(orebook.Imported.save, orebook.Imported.trace),
    *(call for name, call in inspect.getmembers(orebook.Explainer, inspect.isfunction) if name[0] != "_"),
    *(call for name, call in inspect.getmembers(orebook.HedgeExplainer, inspect.isfunction) if name[0] != "_"),
]


@pytest.mark.parametrize("call", CALLABLE, ids=lambda call: call.__qualname__)
def test_every_parameter_is_described(call: Callable[..., object]) -> None:
    """By its name, in the description of what takes it."""
    said = inspect.getdoc(call) or ""
    assert [name for name in inspect.signature(call).parameters if name != "self" and f"`{name}" not in said] == []


@pytest.mark.parametrize("data", [orebook.Problem, orebook.Plan, orebook.Imported])
def test_every_attribute_is_described(data: type) -> None:
    """By a sentence after it."""
    (tree,) = ast.parse(inspect.getsource(data)).body
    assert isinstance(tree, ast.ClassDef)
    after = zip(tree.body, tree.body[1:], strict=False)
    bare = [ast.unparse(a.target) for a, b in after if isinstance(a, ast.AnnAssign) and not isinstance(b, ast.Expr)]
    assert bare == []


MODULES = sorted(
    {found.__module__ for found in PUBLIC} | {"orebook.explanations.explainer_base"} - {"orebook.client.client"}
)


@pytest.mark.parametrize("module", MODULES)
def test_examples_say_what_comes(module: str) -> None:
    """Those of the descriptions, run."""
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.testmod(import_module(module), optionflags=flags).failed == 0


def test_whoever_is_public_has_an_example() -> None:
    """But for what one is only handed, and for errors that no example can bring about."""
    handed = {"Verdict", "Risk", "Client", "Explainer", "DrawnFutures"}
    bare = [f.__name__ for f in PUBLIC if ">>>" not in (f.__doc__ or "") and not f.__name__.endswith("Error")]
    assert set(bare) == handed


@pytest.mark.parametrize(
    ("asked", "argument"),
    [
        (lambda plan: orebook.solve(plan.problem, gap=5), "gap"),
        (lambda plan: orebook.solve(plan.problem, gap=-1), "gap"),
        (lambda plan: orebook.solve(plan.problem, gap=_any("0.01")), "gap"),
        (lambda plan: orebook.solve(plan.problem, threads=0), "threads"),
        (lambda plan: orebook.solve(plan.problem, threads=_any(1.5)), "threads"),
        (lambda plan: orebook.solve(plan.problem, time_limit_s=-5), "time_limit_s"),
        (lambda plan: orebook.whatif(plan, time_limit_s=float("nan")), "time_limit_s"),
        (lambda plan: orebook.Session(plan.problem, gap=float("nan")), "gap"),
        (lambda plan: orebook.risk(plan, draws=0), "draws"),
        (lambda plan: orebook.risk(plan, seed=-1), "seed"),
        (lambda plan: orebook.risk(plan, level=95), "level"),
        (lambda plan: orebook.risk(plan, workers=0), "workers"),
        (lambda plan: orebook.explain(plan, seconds=-1), "seconds"),
        (lambda plan: orebook.explain(plan).shortages("unobtainium"), "mineral"),
        (lambda plan: orebook.explain(plan).firmness("unobtainium"), "mineral"),
        (lambda plan: orebook.explain(plan).rules("nope"), "rule"),
        (lambda plan: orebook.explain(plan).rules("budget", "nope"), "rule"),
        (lambda plan: orebook.explain(plan).rules(row="nope"), "row"),
        (lambda plan: orebook.explain(plan).margins("nope"), "what"),
        (lambda plan: orebook.explain(plan).offer("nope"), "offer"),
        (lambda plan: orebook.explain(plan).ticket("nope", 1), "ticket"),
        (lambda plan: orebook.explain(plan).ticket("a", 9), "ticket"),
    ],
)
def test_what_cannot_be_meant_is_refused(asked: Callable[[orebook.Plan], object], argument: str) -> None:
    """Before anything is solved, and the fault goes by the argument."""
    with pytest.raises(orebook.InputError) as error:
        asked(_plan())
    assert [finding.file for finding in error.value.findings] == [argument]


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Three arguments, three faults."""
    with pytest.raises(orebook.InputError) as error:
        orebook.solve(make_problem(), gap=2, time_limit_s=-1, threads=99)
    assert [f.file for f in error.value.findings] == ["gap", "time_limit_s", "threads"]


def test_the_library_names_no_option_of_the_command_line() -> None:
    """No text of a room below those that speak of commands begins a word with two dashes."""
    above = ("cli", "service", "workbench", "report")
    found = []
    for file in sorted((ROOT / "src" / "orebook").rglob("*.py")):
        if file.relative_to(ROOT / "src" / "orebook").parts[0] not in above:
            tree = ast.parse(file.read_text("utf-8"))
            notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in notes]
            found += [t.value for t in texts if isinstance(t.value, str) and re.search(r"(^|\s)--[a-z]", t.value)]
    assert found == []


def test_former_names_say_their_new_ones() -> None:
    """They answer as before, and warn."""
    plan = _plan()
    with pytest.warns(DeprecationWarning, match=r"orebook\.explain"):
        assert isinstance(orebook.explainer(plan), orebook.Explainer)
    with pytest.warns(DeprecationWarning, match=r"orebook\.compare"):
        facts = orebook.difference(plan, plan, causes=False)
    assert [fact.model_dump() for fact in facts] == [f.model_dump() for f in orebook.compare(plan, plan, causes=False)]


def test_a_line_says_what_it_is() -> None:
    """Problem, plan and model as a console shows them; a notebook shows a table and the summary."""
    problem, plan = make_problem({"title": "A <b>"}), _plan()
    assert repr(problem) == "Problem case: 1 mineral, 1 offer, 2 weeks"
    assert (
        repr(problem.change("instance.weeks=3")) == "Problem case: 1 mineral, 1 offer, 3 weeks, after instance.weeks=3"
    )
    assert repr(plan) == "Plan case: optimal, 1 ticket, 1,000 USD, every target met, not audited"
    assert repr(orebook.read_model("weekly")).startswith("Model weekly: 18 rules; unmet, cover, ")
    assert "A &lt;b&gt;" in problem._repr_html_()
    assert "<pre" in plan._repr_html_()
    assert "Tickets, largest first" in plan._repr_html_()


def test_what_is_pickled_comes_back_whole(tmp_path: Path) -> None:
    """In this process, hashed alike; and in a fresh one, where what rooms above do can be asked of it at once."""
    plan = _plan()
    again = pickle.loads(pickle.dumps(plan))
    assert again == plan
    assert plan_texts(again) == plan_texts(plan)
    assert {plan: 1, plan.problem: 2}[again.problem] == 2
    assert hash(again) == hash(plan)
    (tmp_path / "plan").write_bytes(pickle.dumps(plan))
    code = f"""
import pickle
plan = pickle.load(open({str(tmp_path / "plan")!r}, "rb"))
assert plan.problem.change("instance.weeks=3").weeks == 3
plan.save({str(tmp_path / "saved")!r})
"""
    _fresh(code)
    assert orebook.open_plan(tmp_path / "saved").document == plan.document


def test_a_plan_is_verified_in_each_of_its_forms(tmp_path: Path) -> None:
    """The plan, its document and its file hold; against a smaller budget none does."""
    plan = _plan()
    plan.save(tmp_path / "plan")
    small = plan.problem.change("instance.budget_usd=500")
    for form in (plan, plan.document, tmp_path / "plan" / "plan.json", str(tmp_path / "plan" / "plan.json")):
        assert orebook.verify(plan.problem, form).ok
        assert [b.row for b in orebook.verify(small, form).breaches] == ["budget_total"]
    assert orebook.verify(small, plan, orebook.read_model("weekly").without("budget")).ok


def test_a_row_a_mineral() -> None:
    """Tin: ten days bought at 100 USD; lead, without use or offer, has neither days nor a target."""
    minerals = [
        {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100},
        {"mineral": "lead", "price_usd_per_t": 10},
    ]
    stock = [{"mineral": "lead", "site": "store", "tonnes": 7}, {"mineral": "tin", "site": "store", "tonnes": 4}]
    plan = orebook.solve(make_problem({"budget_usd": 500}, minerals=minerals, stock=stock), audit=False)
    table = plan.minerals.set_index("mineral")
    tin, lead = table.loc["tin"], table.loc["lead"]
    assert (tin.tickets, tin.houses, tin.bought_t, tin.order_cash_usd) == (1, 1, 5.0, 500.0)
    assert (tin.stock_before_t, tin.stock_t, tin.cover_before_days, tin.cover_days) == (4.0, 9.0, 4.0, 9.0)
    assert (tin.target_week, tin.target_days, tin.short_days) == (2, 10.0, 1.0)
    assert (lead.stock_t, lead.bought_t) == (7.0, 0.0)
    assert lead[["cover_before_days", "cover_days", "target_week", "target_days", "short_days"]].isna().all()


def test_warnings_go_to_the_logger(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    """`orebook` has a handler that says nothing; whoever listens hears what is suspicious, and what is solved."""
    handlers = logging.getLogger("orebook").handlers
    assert [type(handler) for handler in handlers] == [logging.NullHandler]
    with caplog.at_level(logging.INFO, "orebook"):
        orebook.solve(make_problem(), audit=False)
    assert [record.message.split()[0] for record in caplog.records] == ["solving", "solved:"]
    assert capfd.readouterr() == ("", "")


def test_solves_run_beside_each_other_in_a_loop() -> None:
    """Four of two problems at once: each its own plan, and the collector as it was."""
    wanted = {days: orebook.solve(make_problem({"target_days": days}), audit=False) for days in (7, 11)}

    async def solved(days: int) -> bool:
        plan = await asyncio.to_thread(orebook.solve, make_problem({"target_days": days}), audit=False)
        return plan.document.tickets == wanted[days].document.tickets

    async def several() -> list[bool]:
        return await asyncio.gather(*map(solved, (7, 11, 7, 11)))

    assert asyncio.run(several()) == [True] * 4
    assert gc.isenabled()


def test_a_stop_ends_a_solve_of_a_loop(tmp_path: Path) -> None:
    """Asked from the loop while the cost is being proven, which would take long: the best plan so far, and no proof."""
    problem = orebook.read(hard.write(tmp_path / "hard"))

    async def stopped() -> orebook.Plan:
        stop, loop, begun = orebook.Stop(), asyncio.get_running_loop(), asyncio.Event()

        def hear(stage: str, _progress: object) -> None:
            if stage == "cost":
                loop.call_soon_threadsafe(begun.set)

        listener = orebook.Listener(on_progress=hear)
        solving = asyncio.create_task(asyncio.to_thread(orebook.solve, problem, gap=0, listener=listener, stop=stop))
        await begun.wait()
        stop.asked = True
        return await solving

    plan = asyncio.run(asyncio.wait_for(stopped(), 120))
    assert (plan.status, plan.document.repeatable, plan.audit) == ("feasible", False, False)


def _any(value: object) -> Any:
    """A value that no type checker lets through."""
    return value


@cache
def _plan() -> orebook.Plan:
    return orebook.solve(make_problem(), audit=False)
